"""Cells as numbers: a kind and a value each; and one cell by its tag, for every spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

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
    """What the value of a cell is."""

    NO_VALUE = -2
    """A formula whose result is not stored; it is empty."""
    ERROR = -1
    """An error such as #N/A; it is empty."""
    EMPTY = 0
    WHOLE = 1
    """The number itself."""
    DAY = 2
    """The serial of a day."""
    SHARED = 3
    """The number of a shared text."""
    SPAN = 4
    """Where a text begins in the bytes of its piece; it ends at the next tag."""
    TYPED = 5
    """The place of a cell among the distinct typed cells."""


Kinds: TypeAlias = NDArray[np.int8]
Values: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Piece:
    """The cells of some rows, in the order of the sheet: arrays with an entry a cell, and two with an entry a row."""

    view: View
    rows: Values
    """The number of each row that has cells, from 0."""
    starts: Values
    """The place of the first cell of each row."""
    columns: NDArray[np.int32]
    kinds: Kinds
    values: Values
    hashes: Words
    last: int
    """The number of the last row, with cells or without."""
    hidden: int = 0
    sizes: Values | None = None
    """How long each text is that stands in the piece; None where it ends at the next tag."""

    def spans(self, cells: Places) -> tuple[Places, Places]:
        """Return where the texts of these cells begin, and their sizes."""
        start = self.values[cells]
        return start, byte_words.size_until(self.view, start, ord("<")) if self.sizes is None else self.sizes[cells]


FOUND: TypeAlias = tuple[Kind, int, int]
"""Kind, value and hash of one cell."""
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_INNER = re.compile(
    rb"\s*(<(?:\w+:)?f(?:\s[^<>]*?)?(?:/>|>[^<]*</(?:\w+:)?f\s*>))?"
    rb"\s*(?:<(?:\w+:)?v(?:\s[^<>]*?)?(?:/>|>([^<]*)</(?:\w+:)?v\s*>)|<(?:\w+:)?is(?:/>|>(.*)</(?:\w+:)?is\s*>))?\s*",
    re.DOTALL,
)
"""What <c> holds (ECMA-376-1 §18.3.1.4): a formula, then a value or a text."""
_DIGITS = re.compile("[0-9]{1,16}")
_NOTHING: FOUND = (Kind.EMPTY, 0, 0)
LAST_DAY = 100_000
"""The serial of a day in 2173; later ones are read one by one."""
_MOST = 1 << 16
"""Distinct spellings of cells that are remembered."""


@dataclass
class CellTypes:
    """The distinct cells that are no short numbers, days or shared texts, and how a tag becomes one."""

    strings: SharedStrings
    styles: NDArray[np.int8]
    date1904: bool
    typed: list[Cell] = field(default_factory=lambda: [False, True])
    hashes: list[int] = field(default_factory=lambda: [hash_cell(False), hash_cell(True)])
    states: bytearray = field(default_factory=lambda: bytearray(2))
    """The state of each typed cell that is a text."""
    longest: int = 0
    _known: dict[tuple[bytes, bytes, int], FOUND] = field(default_factory=dict)
    _day_known: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))
    _day_hashes: Words = field(default_factory=lambda: np.zeros(0, np.uint64))

    def cell(self, tag: bytes, inner: bytes) -> FOUND:
        """Return a cell by the attributes of its tag and what stands in it; raises HandOver for what is not known."""
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
        """Return the cell of a number that is written like this and shown in this way."""
        return self._remembered((b"n", b"<v>" + text + b"</v>", shows))

    def inline(self, text: bytes) -> FOUND:
        """Return the cell of a text that is written like this, between <t> and </t>."""
        return self._remembered((b"inlineStr", b"<is>" + text + b"</is>", 0))

    def days(self, serials: Values) -> Words:
        """Return the hashes of days, which are within LAST_DAY."""
        if not self._day_known.size:
            self._day_known, self._day_hashes = np.zeros(LAST_DAY + 1, bool), np.zeros(LAST_DAY + 1, np.uint64)
        for serial in np.unique(serials[~self._day_known[serials]]).tolist():
            self._day_hashes[serial] = hash_cell(moment(float(serial), date1904=self.date1904))
            self._day_known[serial] = True
        return self._day_hashes[serials]

    def add(self, cell: Cell) -> FOUND:
        """Return a typed cell, which is now among the known ones."""
        if cell == "":
            return _NOTHING
        state = TextState.SAID
        if isinstance(cell, str):
            self.longest = max(self.longest, len(cell))
            state = TextState.BLANK if is_blank(cell) else TextState.DIGITS if _DIGITS.fullmatch(cell) else state
        self.states.append(state)
        self.typed.append(cell)
        self.hashes.append(hash_cell(cell))
        return Kind.TYPED, len(self.typed) - 1, self.hashes[-1]

    def serial(self, value: float, shows: int) -> Cell:
        """Return a number as its style shows it."""
        if shows == Shows.NUMBER:
            return value
        return moment(value, date1904=self.date1904) if shows == Shows.DATE else duration(value)

    def _of(self, kind: bytes, inner: bytes, shows: int) -> FOUND:
        """Return a cell by its type (ECMA-376-1 §18.18.11)."""
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


def text_states(piece: Piece, cells: Places, types: CellTypes) -> NDArray[np.int8]:
    """Return the state of some cells of a piece; of those that are no texts SAID."""
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
