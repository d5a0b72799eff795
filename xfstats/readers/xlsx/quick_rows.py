"""Check of the XML between cells: nothing within a row, and </row><row r="8" ...> with the cells' row number between rows."""

from __future__ import annotations

import re

import numpy as np

from xfstats.frozen import frozen
from xfstats.readers import byte_words
from xfstats.readers.byte_words import MASKS, Places, View, Words, word

_CLOSE, _BEGIN, _CLOSE_SIZE, _NUMBER_AT = word(b"</row><r"), word(b'<row r="'), 6, 14
_ATTRIBUTES = rb"(?:\s+[\w:.]+=\"[^\"<>]*\")*\s*"
_REST = re.compile(rb"\"" + _ATTRIBUTES + rb">")
_EMPTY_ROWS = rb"(?:<row r=\"(?:[1-9]\d{0,6})\"" + _ATTRIBUTES + rb"(?:/>|></row>)\s*)*"
_ONLY_EMPTY = re.compile(_EMPTY_ROWS)
_GAP = re.compile(rb"(?:</row>)?\s*(" + _EMPTY_ROWS + rb")<row r=\"([1-9]\d{0,6})\"" + _ATTRIBUTES + rb">\s*")
_ROW = re.compile(rb"<row r=\"(\d+)\"")
_ANY_ROW = re.compile(rb"<row\b[^>]*>")
_LONGEST = 160


class UnusualError(Exception):
    """A piece with an unusual spelling, which is to be read tag by tag."""


@frozen
class RowTags:
    """The number of each row that has cells, from 0, and the index of its first cell; the number of hidden rows."""

    numbers: Places
    starts: Places
    hidden: int


def read_row_tags(view: View, size: int, start: Places, end: Places, row_words: Words, row_sizes: Words, last: int) -> RowTags:
    """Return the rows of cells with these offsets of begin and end; raises UnusualError for other content between cells."""
    new = np.flatnonzero(start[1:] != end[:-1]) + 1
    starts = np.concatenate([[0], new])
    words, sizes = row_words[starts], row_sizes[starts]
    if (np.repeat(words, np.diff(np.append(starts, start.size))) != row_words).any() or (byte_words.digits(words) != sizes).any():
        raise UnusualError
    numbers = byte_words.number(words, sizes).astype(np.int64) - 1
    if (np.diff(numbers) <= 0).any() or numbers[0] <= last or ((words & MASKS[1]) == ord("0")).any():
        raise UnusualError
    _check_gaps(view, end[new - 1], start[new], words[1:], sizes[1:].astype(np.int64), numbers)
    _check_gap(view.data, 0, int(start[0]), last, int(numbers[0]))
    if view.data[int(end[-1]) : size].strip() != b"</row>":
        raise UnusualError
    hidden = 0
    if b"hidden=" in view.data:
        hidden = sum(1 for tag in _ANY_ROW.findall(view.data) if b' hidden="1"' in tag or b' hidden="true"' in tag)
    return RowTags(numbers, starts, hidden)


def last_empty_row(data: bytes, last: int) -> int | None:
    """Return the number of the last of the rows after `last` that make up the data and have no cells; None for other data.

    Hidden rows are other data: they are counted.
    """
    if b"hidden" in data or not _ONLY_EMPTY.fullmatch(data):
        return None
    numbers = np.array(_ROW.findall(data), np.int64) - 1
    return int(numbers[-1]) if numbers.size and numbers[0] > last and (np.diff(numbers) > 0).all() else None


def _check_gaps(view: View, gap: Places, stop: Places, words: Words, sizes: Places, numbers: Places) -> None:
    """Check the XML between rows: gaps spelled as the first one at once, any others one by one; raises UnusualError."""
    if not gap.size:
        return
    rest = gap + _NUMBER_AT + sizes
    alike = (view.words[gap] == _CLOSE) & (view.words[gap + _CLOSE_SIZE] == _BEGIN)
    alike &= (view.words[gap + _NUMBER_AT] & MASKS[sizes]) == words
    first, length = int(rest[0]), int(stop[0] - rest[0])
    if 0 < length < _LONGEST and _REST.fullmatch(view.data, first, first + length):
        alike &= stop - rest == length
        for place in [*range(0, length - 8, 8), max(length - 8, 0)]:
            mask = MASKS[min(length, 8)]
            alike &= (view.words[rest + place] & mask) == (view.words[first + place] & mask)
    else:
        alike[:] = False
    for one in np.flatnonzero(~alike).tolist():
        _check_gap(view.data, int(gap[one]), int(stop[one]), int(numbers[one]), int(numbers[one + 1]), closes=True)


def _check_gap(data: bytes, start: int, stop: int, above: int, row: int, *, closes: bool = False) -> None:
    """Check one gap: empty rows with ascending numbers, then the tag of the row with this number; raises UnusualError."""
    found = _GAP.fullmatch(data, start, stop)
    if found is None or int(found[2]) != row + 1 or data.startswith(b"</row>", start) != closes:
        raise UnusualError
    for number in _ROW.findall(found[1]):
        if not above < int(number) - 1 < row:
            raise UnusualError
        above = int(number) - 1
