"""Parser of rows tag by tag, in any spelling that XML allows: the fallback of `quick_cells`, and its reference in tests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from xfstats.readers.byte_words import View
from xfstats.readers.xlsx.cells import CellTypes, Piece
from xfstats.readers.xlsx.xml_tags import HandOver, attributes

_INSIDE = rb"((?:[^>\"'/]|/(?!>)|\"[^\"]*\"|'[^']*')*)"
_TOKEN = re.compile(
    rb"\s*(?:<(?:\w+:)?row\b" + _INSIDE + rb"(/?)>|(</(?:\w+:)?row\s*>)"
    rb"|<(?:\w+:)?c\b" + _INSIDE + rb"(?:/>|>(.*?)</(?:\w+:)?c\s*>))",
    re.DOTALL,
)
_REFERENCE = re.compile(rb"\s*([A-Za-z]{1,3})([1-9][0-9]{0,7})\s*")
_NUMBER = re.compile(rb"\s*([1-9][0-9]{0,7})\s*")


def column_number(letters: bytes) -> int:
    """Return a column from 0 by its letters.

    >>> column_number(b"A"), column_number(b"aa"), column_number(b"XFD")
    (0, 26, 16383)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


@dataclass
class _Rows:
    """State of the parser: the rows and cells of a piece so far."""

    last: int
    column: int = -1
    open: bool = False
    rows: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    cells: list[tuple[int, int, int]] = field(default_factory=list)
    hidden: int = 0

    def begin(self, tag: bytes, closed: bytes) -> None:
        """Begin a row, at its number or after the last row; raises HandOver for one that is nested, repeated or misnumbered."""
        said = attributes(tag)
        number = _NUMBER.fullmatch(said[b"r"]) if b"r" in said else None
        if self.open or (b"r" in said and number is None):
            raise HandOver("a row within another, or without its number")
        row = int(number[1]) - 1 if number else self.last + 1
        if row <= self.last:
            raise HandOver("a row twice")
        self.last, self.column, self.open = row, -1, not closed
        self.hidden += said.get(b"hidden") in {b"1", b"true"}

    def cell(self, tag: bytes, inner: bytes, types: CellTypes) -> None:
        """Take a cell, at its reference or after the last cell; raises HandOver for one that is repeated or in another row."""
        said = attributes(tag)
        column = self.column + 1
        if b"r" in said:
            place = _REFERENCE.fullmatch(said[b"r"])
            if place is None or int(place[2]) - 1 != self.last:
                raise HandOver("a cell in another row")
            column = column_number(place[1])
        if not self.open or column <= self.column:
            raise HandOver("a cell twice")
        if self.column < 0:
            self.rows.append(self.last)
            self.starts.append(len(self.columns))
        self.column = column
        self.columns.append(column)
        self.cells.append(types.cell(tag, inner))


def read_rows(xml: bytes, types: CellTypes, last: int) -> Piece:
    """Return the cells of whole rows after the row `last`; raises HandOver for unknown tags and repeated rows or cells."""
    found, place = _Rows(last), 0
    while token := _TOKEN.match(xml, place):
        place = token.end()
        row, closed, end, cell, inner = token.groups()
        if row is not None:
            found.begin(row, closed)
        elif end:
            if not found.open:
                raise HandOver("the end of a row that did not begin")
            found.open = False
        else:
            found.cell(cell, inner or b"", types)
    if found.open or xml[place:].strip():
        raise HandOver("rows among other things")
    kinds, values, hashes = zip(*found.cells, strict=True) if found.cells else ((), (), ())
    return Piece(
        View.of(b""),
        np.array(found.rows, np.int64),
        np.array(found.starts, np.int64),
        np.array(found.columns, np.int32),
        np.array(kinds, np.int8),
        np.array(values, np.int64),
        np.array(hashes, np.uint64),
        found.last,
        found.hidden,
    )
