"""Cells encoded as a kind and a number each, and the parser of one cell's tag in any spelling that XML allows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from xfstats.frozen import frozen
from xfstats.model import Cell
from xfstats.readers import byte_words
from xfstats.readers.blanks import blank_spans, is_blank, may_be_blank
from xfstats.readers.byte_words import Places, View, Words
from xfstats.readers.cell_hash import hash_cell
from xfstats.readers.xlsx.moments import duration, moment
from xfstats.readers.xlsx.shared_strings import SharedStrings, TextState
from xfstats.readers.xlsx.styles import Shows
from xfstats.readers.xlsx.xml_tags import HandOver, attributes, text_of


class Kind(IntEnum):
    """Kind of a cell, which says what its value is."""

    NO_VALUE = -2
    """A formula whose result is not stored; it becomes an empty cell."""
    ERROR = -1
    """An error such as #N/A; it becomes an empty cell."""
    EMPTY = 0
    WHOLE = 1
    """A whole number; the value is the number itself."""
    DAY = 2
    """A date; the value is its serial number."""
    SHARED = 3
    """A shared text; the value is its number."""
    SPAN = 4
    """A text in the bytes of its piece; the value is its offset, and the piece has its size."""
    TYPED = 5
    """Any other cell; the value is its index among the distinct typed cells."""
    DIGITS = 6
    """A text of 1 to 15 digits without a leading zero; the value is the number.  Only gathered cells are of this kind."""


Kinds: TypeAlias = NDArray[np.int8]
Values: TypeAlias = NDArray[np.int64]


@frozen
class Piece:
    """The cells of some rows, in the order of the sheet: arrays with one entry a cell, and two with one entry a row."""

    view: View
    rows: Values
    """The number of each row that has cells, from 0."""
    starts: Values
    """The index of the first cell of each row."""
    columns: NDArray[np.int32]
    kinds: Kinds
    values: Values
    hashes: Words
    last: int
    """The number of the last row, with cells or without."""
    hidden: int = 0
    sizes: Values | None = None
    """Size of each text in the bytes of the piece; None where it has none."""

    def spans(self, cells: Places) -> tuple[Places, Places]:
        """Return the offsets of the texts of these cells, and their sizes."""
        return self.values[cells], np.zeros(cells.size, np.int64) if self.sizes is None else self.sizes[cells]


FOUND: TypeAlias = tuple[Kind, int, int]
"""Kind, value and hash of one cell."""
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_INNER = re.compile(
    rb"\s*(<(?:\w+:)?f(?:\s[^<>]*?)?(?:/>|>[^<]*</(?:\w+:)?f\s*>))?"
    rb"\s*(?:<(?:\w+:)?v(?:\s[^<>]*?)?(?:/>|>([^<]*)</(?:\w+:)?v\s*>)|<(?:\w+:)?is(?:/>|>(.*)</(?:\w+:)?is\s*>))?\s*",
    re.DOTALL,
)
"""Content of <c> (ECMA-376-1 §18.3.1.4): a formula, then a value or a text."""
_MOST_DIGITS = 16
_NOTHING: FOUND = (Kind.EMPTY, 0, 0)
LAST_DAY = 100_000
"""The serial number of a date in 2173; later dates are read one by one."""
_MOST = 1 << 16
"""Most distinct spellings of cells in the cache."""


@dataclass
class CellTypes:
    """The table of distinct cells that are no short numbers, dates or shared texts, and the parser of a cell's tag."""

    strings: SharedStrings
    styles: NDArray[np.int8]
    date1904: bool
    typed: list[Cell] = field(default_factory=lambda: [False, True])
    flag_hashes: Words = field(default_factory=lambda: np.array([hash_cell(False), hash_cell(True)], np.uint64))
    states: bytearray = field(default_factory=lambda: bytearray(2))
    """The TextState of each typed cell; SAID for cells that are no text."""
    longest: int = 0
    _known: dict[tuple[bytes, bytes, int], FOUND] = field(default_factory=dict)
    _day_known: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))
    _day_hashes: Words = field(default_factory=lambda: np.zeros(0, np.uint64))

    def cell(self, tag: bytes, inner: bytes) -> FOUND:
        """Return a cell by the attributes of its tag and its content; raises HandOver for an unknown spelling."""
        said = attributes(tag)
        style = said.get(b"s", b"-1")
        shows = int(self.styles[min(int(style), len(self.styles) - 1)]) if style.isdigit() else Shows.NUMBER
        return self._remembered((said.get(b"t", b"n"), inner, shows))

    def _remembered(self, key: tuple[bytes, bytes, int]) -> FOUND:
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[key] = self._of(*key)
        return found

    def number(self, text: bytes, shows: int) -> FOUND:
        """Return the cell of a number with this text and this kind of style."""
        return self._remembered((b"n", b"<v>" + text + b"</v>", shows))

    def inline(self, text: bytes) -> FOUND:
        """Return the cell of an inline text, given its <t> element."""
        return self._remembered((b"inlineStr", b"<is>" + text + b"</is>", 0))

    def days(self, serials: Values) -> Words:
        """Return the hashes of dates by their serial numbers, from 0 to LAST_DAY."""
        if not self._day_known.size:
            self._day_known, self._day_hashes = np.zeros(LAST_DAY + 1, bool), np.zeros(LAST_DAY + 1, np.uint64)
        for serial in np.unique(serials[~self._day_known[serials]]).tolist():
            self._day_hashes[serial] = hash_cell(moment(float(serial), date1904=self.date1904))
            self._day_known[serial] = True
        return self._day_hashes[serials]

    def add(self, cell: Cell) -> FOUND:
        """Add a typed cell to the table and return it; "" becomes an empty cell."""
        if cell == "":
            return _NOTHING
        if isinstance(cell, str):
            self.add_texts([cell])
        else:
            self.states.append(TextState.SAID)
            self.typed.append(cell)
        return Kind.TYPED, len(self.typed) - 1, hash_cell(cell)

    def add_texts(self, texts: Sequence[str]) -> int:
        """Add texts that are not empty to the typed cells and return the place of the first of them."""
        self.longest = max(self.longest, *map(len, texts))
        self.states += bytes(map(_state, texts))
        self.typed += texts
        return len(self.typed) - len(texts)

    def serial(self, value: float, shows: int) -> Cell:
        """Return a number, or the date, time or duration that its style shows; raises HandOver for one out of range."""
        if shows == Shows.NUMBER:
            return value
        return moment(value, date1904=self.date1904) if shows == Shows.DATE else duration(value)

    def _of(self, kind: bytes, inner: bytes, shows: int) -> FOUND:
        """Return a cell by its type (ECMA-376-1 §18.18.11); raises HandOver for an unknown type or content."""
        held = _INNER.fullmatch(inner)
        if held is None or (held[3] is not None and kind != b"inlineStr"):
            raise HandOver("a cell of other things")
        if kind == b"e":
            return Kind.ERROR, 0, 0
        if kind == b"inlineStr" and held[2] is None:
            return self.add(text_of(held[3] or b""))
        text = held[2]
        if not text:
            return (Kind.NO_VALUE, 0, 0) if held[1] else _NOTHING
        if kind == b"s":
            return self._shared(text)
        if kind == b"str":
            return self.add(text_of(b'<t xml:space="preserve">' + text + b"</t>"))
        if kind == b"b" and text in {b"0", b"1", b"true", b"false"}:
            return self.add(text in {b"1", b"true"})
        if kind == b"n" and _NUMBER.fullmatch(text):
            return self.add(self.serial(float(text), shows))
        raise HandOver("a type of cell that is not known")

    def _shared(self, text: bytes) -> FOUND:
        if not text.isdigit() or int(text) >= len(self.strings.hashes):
            raise HandOver("a text without a number")
        number = int(text)
        if self.strings.states[number] == TextState.EMPTY:
            return _NOTHING
        return Kind.SHARED, number, int(self.strings.hashes[number])


def _state(text: str) -> TextState:
    """Return whether a text is blank, a number of 1 to 16 digits, or another one."""
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return TextState.DIGITS
    return TextState.BLANK if is_blank(text) else TextState.SAID


def blank_cells(piece: Piece, cells: Places, types: CellTypes) -> NDArray[np.bool_]:
    """Return a mask of those of some cells of a piece whose text is blank."""
    kinds, values = piece.kinds[cells], piece.values[cells]
    found = np.zeros(cells.size, bool)
    if types.strings.any_other:
        shared = np.flatnonzero(kinds == Kind.SHARED)
        found[shared] = types.strings.states[values[shared]] == TextState.BLANK
    typed = np.flatnonzero(kinds == Kind.TYPED)
    if typed.size:
        found[typed] = np.frombuffer(types.states, np.int8)[values[typed]] == TextState.BLANK
    spans = np.flatnonzero(kinds == Kind.SPAN)
    spans = spans[may_be_blank(piece.view, values[spans])]
    if spans.size:
        found[spans] = blank_spans(piece.view, *piece.spans(cells[spans]))
    return found


def text_states(piece: Piece, cells: Places, types: CellTypes) -> NDArray[np.int8]:
    """Return the TextState of some cells of a piece; SAID for cells that are no text."""
    kinds, values = piece.kinds[cells], piece.values[cells]
    found = np.full(cells.size, TextState.SAID, np.int8)
    if types.strings.any_other:
        shared = np.flatnonzero(kinds == Kind.SHARED)
        found[shared] = types.strings.states[values[shared]]
    typed = np.flatnonzero(kinds == Kind.TYPED)
    if typed.size:
        found[typed] = np.frombuffer(types.states, np.int8)[values[typed]]
    spans = np.flatnonzero(kinds == Kind.SPAN)
    spans = spans[may_be_blank(piece.view, values[spans]) | byte_words.begins_with_digit(piece.view, values[spans])]
    if spans.size:
        start, size = piece.spans(cells[spans])
        found[spans] = np.where(byte_words.digit_spans(piece.view, start, size), TextState.DIGITS, TextState.SAID)
        found[spans[blank_spans(piece.view, start, size)]] = TextState.BLANK
    return found
