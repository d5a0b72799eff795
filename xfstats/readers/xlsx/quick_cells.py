"""Vectorised parser of rows whose cells are spelled <c r="B7" s="3" t="s"><v>12</v></c>, as spreadsheet programs do.

Nothing is guessed: a cell with another spelling is parsed by its tag, and each cell must begin where the one before it ended.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from xfstats.readers import byte_words
from xfstats.readers.byte_words import MASKS, Places, View, Words, word
from xfstats.readers.xlsx.cells import FOUND, LAST_DAY, CellTypes, Kind, Piece
from xfstats.readers.xlsx.quick_rows import UnusualError, read_row_tags
from xfstats.readers.xlsx.shared_strings import TextState
from xfstats.readers.xlsx.styles import Shows
from xfstats.readers.xlsx.xml_tags import HandOver

_OPEN, _OPEN_SIZE = word(b'<c r="'), 6
_STYLE, _VALUE, _END, _END_SIZE = word(b'" s="'), word(b'"><v>'), word(b"</v></c>"), 8
_SHARED, _NUMBER, _BOOL, _INLINE = word(b'" t="s">'), word(b'" t="n">'), word(b'" t="b">'), word(b'" t="inl')
_INLINE_TYPE, _PRESERVED = word(b"nlineStr"), (word(b'ce="pres'), word(b'eserve">'))
_INLINE_TEXT, _SPACE = word(b'"><is><t'), word(b" xml:spa")
_INLINE_SIZE, _SPACE_SIZE, _INLINE_END, _INLINE_END_SIZE = 23, 21, (word(b"</t></is"), word(b"/is></c>")), 13
_EMPTY, _SPACED_EMPTY = word(b'"/>'), word(b'" />')
_QUOTE, _LESS, _MORE, _ZERO = 34, 60, 62, 48
_V = word(b"<v>")
_CELL = re.compile(rb"<c\b((?:[^>\"'/]|/(?!>)|\"[^\"]*\"|'[^']*')*)(?:/>|>(.*?)</c\s*>)", re.DOTALL)
_LONGEST_NUMBER = 24
_EDGES = np.zeros(256, bool)
_EDGES[list(b" \t\r\n")] = True
Chosen = Places


def read_quickly(xml: bytes, types: CellTypes, last: int) -> Piece | None:
    """Return the cells of whole rows after the row `last`; None where their spelling is unusual."""
    try:
        return _Quick(xml, types).piece(last)
    except UnusualError:
        return None


class _Quick:
    """Parser of one piece: arrays of the begin, end, column, kind, value and hash of each cell."""

    def __init__(self, xml: bytes, types: CellTypes) -> None:
        self.size, self.view, self.types = len(xml), View.of(xml), types
        each, words = self.view.each, self.view.words
        letters = np.flatnonzero((each - np.uint8(65)) <= 25)
        letters = letters[(letters >= _OPEN_SIZE) & (each[letters - 1] == _QUOTE)]
        self.at = letters[(words[letters - _OPEN_SIZE] & MASKS[6]) == _OPEN]
        if not self.at.size:
            raise UnusualError
        count = self.at.size
        self.kinds, self.values = np.full(count, Kind.EMPTY, np.int8), np.zeros(count, np.int64)
        self.hashes, self.end = np.zeros(count, np.uint64), np.zeros(count, np.int64)
        self.sizes: Places | None = None

    def piece(self, last: int) -> Piece:
        """Return the cells of the piece after the row `last`; raises UnusualError for an unusual spelling."""
        digits = self._columns()
        self._row_words(digits)
        shows = self._styles()
        head = self.view.words[self.here]
        self._short_values(head, shows)
        left = np.flatnonzero(self.end == 0)
        self._empty(left, head)
        self._inline(left[(head[left] == _INLINE) & (self.end[left] == 0)])
        self._odd(np.flatnonzero(self.end == 0))
        rows = read_row_tags(self.view, self.size, self.at - _OPEN_SIZE, self.end, self.row_words, self.row_sizes, last)
        ascends = self.columns[1:] > self.columns[:-1]
        ascends[rows.starts[1:] - 1] = True
        if not ascends.all():
            raise UnusualError
        found = (self.columns, self.kinds, self.values, self.hashes)
        return Piece(self.view, rows.numbers, rows.starts, *found, int(rows.numbers[-1]), rows.hidden, self.sizes)

    def _columns(self) -> Places:
        """Read the letters of each cell's column and return the offset of its row's digits; raises UnusualError beyond ZZ."""
        each = self.view.each
        self.columns = (each[self.at] - np.uint8(65)).astype(np.int32)
        digits: Places = self.at + 1
        two = np.flatnonzero(each[digits] > 57)
        if two.size:
            second = each[digits[two]] - np.uint8(65)
            digits[two] += 1
            if (second > 25).any() or (each[digits[two]] > 57).any():
                raise UnusualError
            self.columns[two] = (self.columns[two] + 1) * 26 + second
        return digits

    def _row_words(self, digits: Places) -> None:
        """Read the digits of each cell's row as a word and advance after them; raises UnusualError unless they are 1 to 7."""
        words = self.view.words[digits]
        first, last = byte_words.bytes_before(words[[0, -1]], _QUOTE).tolist()
        sizes = np.full(words.size, first, np.uint64) if first == last else byte_words.bytes_before(words, _QUOTE)
        if sizes.min() < 1 or sizes.max() > 7:
            raise UnusualError
        self.row_words, self.row_sizes = words & MASKS[sizes], sizes
        self.here = digits + sizes.astype(np.int64)

    def _styles(self) -> NDArray[np.int8] | None:
        """Return whether each cell's style shows a number, date or duration, None if none has a style; advance after them."""
        styled = np.flatnonzero((self.view.words[self.here] & MASKS[5]) == _STYLE)
        if not styled.size:
            return None
        at = self.here[styled] + 5
        words = self.view.words[at]
        sizes = byte_words.digits(words)
        if sizes.min() < 1 or sizes.max() > 4:
            raise UnusualError
        styles = self.types.styles
        numbers = np.minimum(byte_words.number(words, sizes).astype(np.int64), len(styles) - 1)
        shows = np.full(self.at.size, Shows.NUMBER, np.int8)
        shows[styled] = styles[numbers]
        self.here[styled] = at + sizes.astype(np.int64)
        return shows

    def _short_values(self, head: Words, shows: NDArray[np.int8] | None) -> None:
        """Read shared texts, numbers, dates and booleans."""
        bare, shared, flags = (head & MASKS[5]) == _VALUE, head == _SHARED, head == _BOOL
        chosen = np.flatnonzero(bare | shared | flags | (head == _NUMBER))
        at = self.here[chosen] + np.where(bare[chosen], 5, 11)
        words = self.view.words[at]
        sizes = byte_words.digits(words)
        end = at + sizes.astype(np.int64)
        whole = (self.view.words[end] == _END) & (sizes > 0) & ((self.view.words[at - 3] & MASKS[3]) == _V)
        whole &= ((words & MASKS[1]) != _ZERO) | (sizes == 1)
        values = byte_words.number(words, np.maximum(sizes, np.uint64(1))).astype(np.int64)
        hashes = byte_words.hash_short(words, sizes)
        long = np.flatnonzero(~whole & (sizes == 8) & ((words & MASKS[1]) != _ZERO))
        if long.size:
            whole[long], end[long] = self._long_values(at, long, values, hashes)
        is_shared, is_flag = shared[chosen], flags[chosen]
        dated = shows[chosen] if shows is not None else np.zeros(chosen.size, np.int8)
        numbers = ~is_shared & ~is_flag
        plain = whole & numbers & (dated == Shows.NUMBER)
        self._take(chosen, plain, Kind.WHOLE, values, hashes, end)
        self._shared(chosen, whole & is_shared, values, end)
        flagged = whole & is_flag & (values < 2)
        self._take(chosen, flagged, Kind.TYPED, values, self.types.flag_hashes[values * flagged], end)
        days = whole & numbers & (dated == Shows.DATE) & (values > 0) & (values <= LAST_DAY)
        if days.any():
            self._take(chosen, days, Kind.DAY, values, self.types.days(values * days), end)
        self._numbers(chosen[numbers & ~plain & ~days], at[numbers & ~plain & ~days], dated[numbers & ~plain & ~days])

    def _long_values(self, at: Places, long: Chosen, values: Places, hashes: Words) -> tuple[NDArray[np.bool_], Places]:
        """Read whole numbers of 9 to 15 digits; return a mask of the cells that hold one, and the offsets of their ends."""
        first, further = self.view.words[at[long]], self.view.words[at[long] + 8]
        sizes = byte_words.digits(further)
        end = at[long] + 8 + sizes.astype(np.int64)
        good = (sizes > 0) & (sizes < 8) & (self.view.words[end] == _END) & ((self.view.words[at[long] - 3] & MASKS[3]) == _V)
        one = long[good]
        values[one] = byte_words.long_number(first[good], further[good], sizes[good])
        hashes[one] = byte_words.hash_spans(self.view, at[one], sizes[good].astype(np.int64) + 8)
        return good, end

    def _take(self, chosen: Chosen, kept: NDArray[np.bool_], kind: Kind, values: Places, hashes: Words, end: Places) -> None:
        """Set kind, value, hash and end of those chosen cells that are kept."""
        if kept.all():
            self.kinds[chosen], self.values[chosen], self.hashes[chosen] = kind, values, hashes
            self.end[chosen] = end + _END_SIZE
            return
        cells = chosen[kept]
        self.kinds[cells], self.values[cells], self.hashes[cells] = kind, values[kept], hashes[kept]
        self.end[cells] = end[kept] + _END_SIZE

    def _shared(self, chosen: Chosen, kept: NDArray[np.bool_], values: Places, end: Places) -> None:
        """Set the cells with shared texts, empty cells for empty texts; raises HandOver for a number that has no text."""
        strings = self.types.strings
        numbers = values[kept]
        if numbers.size and numbers.max() >= len(strings.hashes):
            raise HandOver("a text without a number")
        cells = chosen[kept]
        self.kinds[cells], self.values[cells], self.hashes[cells] = Kind.SHARED, numbers, strings.hashes[numbers]
        self.end[cells] = end[kept] + _END_SIZE
        if strings.any_empty:
            empty = cells[strings.states[numbers] == TextState.EMPTY]
            self.kinds[empty], self.hashes[empty] = Kind.EMPTY, 0

    def _numbers(self, cells: Chosen, at: Places, shows: NDArray[np.int8]) -> None:
        """Read numbers with decimals, signs or exponents, and dates with times and durations: each distinct one once."""
        if not cells.size:
            return
        sizes = byte_words.size_until(self.view, at, _LESS)
        good = (
            (sizes > 0)
            & (sizes <= _LONGEST_NUMBER)
            & (self.view.words[at + sizes] == _END)
            & ((self.view.words[at - 3] & MASKS[3]) == _V)
        )
        cells, at, sizes, shows = cells[good], at[good], sizes[good], shows[good]
        keys = byte_words.hash_spans(self.view, at, sizes) ^ shows.astype(np.uint64)
        firsts, places = _distinct(keys)
        data = self.view.data
        found = [self.types.number(data[at[one] : at[one] + sizes[one]], int(shows[one])) for one in firsts]
        self._place(cells, found, places, at + sizes + _END_SIZE)

    def _place(self, cells: Chosen, found: list[FOUND], places: Places, end: Places) -> None:
        """Set the cells from distinct parsed ones, given the index of each cell's own among them."""
        kinds, values, hashes = zip(*found, strict=True) if found else ((), (), ())
        self.kinds[cells] = np.array(kinds, np.int8)[places]
        self.values[cells] = np.array(values, np.int64)[places]
        self.hashes[cells] = np.array(hashes, np.uint64)[places]
        self.end[cells] = end

    def _empty(self, left: Chosen, head: Words) -> None:
        """Set the ends of cells that have no content, such as <c r="B7" s="3"/>; they stay empty."""
        for mark, size in ((_EMPTY, 3), (_SPACED_EMPTY, 4)):
            cells = left[(head[left] & MASKS[size]) == mark]
            self.end[cells] = self.here[cells] + size

    def _inline(self, cells: Chosen) -> None:
        """Read inline texts, <is><t>text</t></is>."""
        if not cells.size:
            return
        words, each = self.view.words, self.view.each
        at = self.here[cells] + _INLINE_SIZE
        kept = words[at - 1] == _SPACE
        at = at + _SPACE_SIZE * kept
        here, preserved = self.here[cells], (words[np.minimum(at, self.size) - 14] == _PRESERVED[0])
        good = (
            (words[here + 6] == _INLINE_TYPE)
            & (words[here + 14] == _INLINE_TEXT)
            & (each[np.minimum(at, self.size) - 1] == _MORE)
        )
        good &= ~kept | (preserved & (words[np.minimum(at, self.size) - 8] == _PRESERVED[1]))
        cells, at, kept = cells[good], at[good], kept[good]
        sizes = byte_words.size_until(self.view, at, _LESS)
        end = at + sizes
        good = (words[end] == _INLINE_END[0]) & (words[end + 5] == _INLINE_END[1]) & (sizes > 0)
        good &= kept | ~(_EDGES[each[at]] | _EDGES[each[end - 1]])
        cells, at, sizes, end = cells[good], at[good], sizes[good], end[good]
        self.types.longest = max(self.types.longest, int(sizes.max(initial=0)))
        escaped = self._escaped(at, end)
        plain, start, size = cells[~escaped], at[~escaped], sizes[~escaped]
        self.kinds[plain], self.values[plain], self.end[plain] = Kind.SPAN, start, end[~escaped] + _INLINE_END_SIZE
        self.sizes = np.zeros(self.at.size, np.int64)
        self.sizes[plain] = size
        self.hashes[plain] = byte_words.hash_spans(self.view, start, byte_words.plain_sizes(self.view, start, size))
        self._inline_escaped(cells[escaped], at[escaped], sizes[escaped])

    def _escaped(self, start: Places, end: Places) -> NDArray[np.bool_]:
        """Return a mask of the spans with a reference, an escape such as _x000D_ or a carriage return."""
        each, data = self.view.each, self.view.data
        marks = [np.flatnonzero(each == mark) for mark in b"&\r" if mark in data]
        if b"_" in data:
            low = np.flatnonzero(each[:-1] == ord("_"))
            marks.append(low[each[low + 1] == ord("x")])
        places = np.sort(np.concatenate(marks)) if marks else np.zeros(0, np.int64)
        found: NDArray[np.bool_] = np.searchsorted(places, start) != np.searchsorted(places, end)
        return found

    def _inline_escaped(self, cells: Chosen, at: Places, sizes: Places) -> None:
        """Read inline texts with escapes, each distinct one once; openpyxl writes all Chinese as references."""
        kept = self.view.each[at - 2] == _QUOTE
        firsts, places = _distinct(byte_words.hash_spans(self.view, at, sizes) ^ kept.astype(np.uint64))
        data, found = self.view.data, []
        for one in firsts:
            tag = b'<t xml:space="preserve">' if kept[one] else b"<t>"
            found.append(self.types.inline(tag + data[at[one] : at[one] + sizes[one]] + b"</t>"))
        self._place(cells, found, places, at + sizes + _INLINE_END_SIZE)

    def _odd(self, cells: Chosen) -> None:
        """Read the remaining cells one by one; raises UnusualError where a tag is not understood."""
        for one in cells.tolist():
            cell = _CELL.match(self.view.data, int(self.at[one]) - _OPEN_SIZE, self.size)
            if cell is None or cell[1].split(b'"')[0] != b" r=" or b"<c" in (cell[2] or b""):
                raise UnusualError
            self.kinds[one], self.values[one], self.hashes[one] = self.types.cell(cell[1], cell[2] or b"")
            self.end[one] = cell.end()
            size = int(self.row_sizes[one])
            letters = 1 + int(self.columns[one] > 25)
            if self.view.data[self.at[one] + letters + size] != _QUOTE:
                raise UnusualError


def _distinct(keys: Words) -> tuple[list[int], Places]:
    """Return the index of the first occurrence of each distinct key, and for each key its index among the distinct ones."""
    _, firsts, places = np.unique(keys, return_index=True, return_inverse=True)
    return firsts.tolist(), places
