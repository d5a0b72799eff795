"""The protocol of all readers: list the sheets, peek at the first rows, deliver the wanted columns and no others."""

from __future__ import annotations

import posixpath
import re
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from xfstats.config import day_patterns
from xfstats.frozen import frozen
from xfstats.model import Cell
from xfstats.readers.column import Column

Cells: TypeAlias = list[list[Cell]]
Merge: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column, all from 0 and inclusive."""


_NUMBERS = re.compile(rf"(?<!\d)(?P<day>{day_patterns.IN_FIGURES})(?!\d)|(?<!\d)\d(?:[ -]?\d){{6,}}[Xx]?")
"""A date written in digits, or seven digits or more, which may be an identity or telephone number."""


def part_name(name: str) -> str:
    """Return the name of a part of a ZIP file, in lower case and with plain slashes; of two that share it, either is read."""
    return posixpath.normpath(name.replace("\\", "/").strip("/")).lower()


@frozen
class SheetInfo:
    """One sheet of a file: its place, its name (None where the format has none), whether it is shown."""

    index: int
    name: str | None
    visible: bool = True

    @property
    def shown(self) -> str | None:
        """Return the name for printing: what may be an identity or telephone number becomes …, the sheet's number follows."""
        name = _NUMBERS.sub(lambda found: found[0] if found["day"] else "…", self.name or "")
        return self.name if name == (self.name or "") else f"{name}({self.index + 1})"


COUNTED_ROWS = 400
"""Rows of a text file whose fields are counted, empty ones too."""


@frozen
class TextRows:
    """Facts about the rows of a text file; rows are counted from 0 in the file."""

    last: array[int]
    """The last filled field of each row, from 0; -1 where none is filled."""
    joined: frozenset[int]
    """Rows whose cells were joined to the row above, because an unquoted line break had split the record."""
    torn: tuple[tuple[int, ...], ...]
    """Groups of rows that look like pieces of one split record but cannot be joined to one."""
    unended: int | None
    """Number of fields of the last line where no line end follows it, which may be cut off."""
    unsure: bool = False
    """True if there is little evidence for the encoding in which it was read."""
    counts: tuple[int, ...] = ()
    """Number of fields, empty ones too, of each of the first rows (at most COUNTED_ROWS)."""


@frozen
class SheetStructure:
    """What a reader knows of a sheet beside its cells: merged ranges, error cells, formulas without a value, hidden rows.

    `merges` is None where the format records none.  `errors` and `no_values` are (row, column) of error cells and of
    formulas without a stored value; `hidden_rows` counts hidden or filtered rows.
    """

    merges: Sequence[Merge] | None = None
    errors: frozenset[tuple[int, int]] = frozenset()
    no_values: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: int = 0
    text: TextRows | None = None
    """Facts about its rows; None where the file is no text file."""
    date1904: bool = False
    struck: frozenset[int] = frozenset()
    """Rows in which every filled cell is struck through."""


@frozen
class RowTexts:
    """The texts of each row: the first filled cell, or all of a row with few filled cells."""

    first: Column[str | None]
    few: Mapping[int, tuple[str, ...]]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.first)

    def __getitem__(self, row: int) -> tuple[str, ...]:
        """Return the texts of a row."""
        if row in self.few:
            return self.few[row]
        first = self.first[row]
        return () if first is None else (first,)


@frozen
class Columns:
    """The rows from `first_row` to the last that is not blank: the wanted columns, and each row's outline.

    `labels` holds the first cell of each row if it is text, and all texts of a row with few filled cells (to know 合计
    and footnotes; blank texts are left out, and "" stands first where the first cell is no text), `filled`
    how many are not blank, `digests` a number per row over all cells but the serial (to know duplicates), `digest` one
    over the sheet.
    """

    values: dict[int, Column[Cell]]
    first_row: int
    labels: RowTexts
    filled: NDArray[np.uint16]
    digests: NDArray[np.uint64]
    digest: str
    totals: frozenset[int] = field(default_factory=frozenset)
    """Rows (from 0, in the sheet) in which any cell is exactly one of the words given as `marks`."""


@dataclass
class CellPositions:
    """(row, column) of error cells and of formulas without a value; number of hidden rows; rows that are struck through."""

    errors: set[tuple[int, int]] = field(default_factory=set)
    no_values: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: int = 0
    struck: set[int] = field(default_factory=set)


class Reader(Protocol):
    """One open file.  Rows and columns are counted from 0 in the sheet, blank leading rows and columns included."""

    format: str
    sha256: str

    def sheets(self) -> list[SheetInfo]:
        """Return all sheets that can hold cells, in the file's order."""
        ...

    def peek(self, sheet: SheetInfo, rows: int) -> Cells:
        """Return the first `rows` rows, each as long as the widest."""
        ...

    def structure(self, sheet: SheetInfo) -> SheetStructure:
        """Return merged ranges; once the columns were read, also error cells, formulas without a value and hidden rows."""
        ...

    def columns(
        self, sheet: SheetInfo, wanted: Sequence[int], first_row: int, serial: Sequence[int], marks: frozenset[str]
    ) -> Columns:
        """Return the wanted columns below the header, and of the others only each row's outline."""
        ...

    def hold(self, sheet: SheetInfo, columns: Sequence[int], first_row: int, words: Collection[str]) -> frozenset[str]:
        """Return those of a few words that equal or contain a cell of these columns, which hold names; no cell is returned."""
        ...

    def close(self) -> None:
        """Close the file and release its memory."""
        ...
