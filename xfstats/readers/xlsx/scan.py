"""One pass over a worksheet part: wanted columns, the outline of each row, error cells and formulas without a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from xfstats.frozen import frozen
from xfstats.model import Cell
from xfstats.readers import byte_words
from xfstats.readers.byte_words import HashSet, Places, Words
from xfstats.readers.column import Column
from xfstats.readers.filled_down import DITTOS, filled_down, vertical
from xfstats.readers.row_outline import outline
from xfstats.readers.sheet import Merge, Place, Sheet
from xfstats.readers.text_codes import TextFolder
from xfstats.readers.xlsx.cells import CellTypes, Kind, Piece, blank_cells, text_states
from xfstats.readers.xlsx.gathering import Gathered
from xfstats.readers.xlsx.quick_cells import read_quickly
from xfstats.readers.xlsx.quick_rows import last_empty_row
from xfstats.readers.xlsx.shared_strings import TextState
from xfstats.readers.xlsx.slow_rows import read_rows

_TEXTS = (Kind.SHARED, Kind.SPAN, Kind.TYPED)


def read_piece(xml: bytes, types: CellTypes, last: int) -> Piece:
    """Return the cells of whole rows, by the vectorised parser for the usual spelling, tag by tag otherwise."""
    if b"<c " in xml:
        found = read_quickly(xml, types, last)
    else:
        empty = last_empty_row(xml, last)
        found = None if empty is None else replace(read_rows(b"", types, last), last=empty)
    return found if found is not None else read_rows(xml, types, last)


@frozen
class Wanted:
    """The columns to deliver, the first row, the columns to leave out of digests, and the words that mark a total row."""

    columns: Sequence[int]
    first_row: int = 0
    serial: Sequence[int] = ()
    marks: frozenset[str] = frozenset()


@dataclass
class Scan:
    """State of the pass: everything collected from a sheet so far."""

    types: CellTypes
    wanted: Wanted
    tracked: frozenset[int] = frozenset()
    """Columns with vertically merged ranges or dittos (同上), which are filled down for the digests."""
    last: int = -1
    widest: int = 0
    hidden: int = 0
    _rows: list[Places] = field(default_factory=list)
    _filled: list[NDArray[np.uint16]] = field(default_factory=list)
    _digests: list[Words] = field(default_factory=list)
    _errors: set[Place] = field(default_factory=set)
    _no_values: set[Place] = field(default_factory=set)
    _totals: set[int] = field(default_factory=set)
    _texts: TextFolder = field(default_factory=TextFolder)

    def __post_init__(self) -> None:
        """Create the empty collections."""
        self._columns = {one: self._gathering() for one in self.wanted.columns}
        self._column_rows: dict[int, list[Places]] = {one: [] for one in self.wanted.columns}
        self._labels, self._label_rows = self._gathering(), list[Places]()
        self._few, self._few_rows, self._few_first = self._gathering(), list[Places](), list[NDArray[np.bool_]]()
        self.untracked: set[int] = set()
        self._above: dict[int, tuple[list[Places], list[Words]]] = {one: ([], []) for one in self.tracked}
        self._marks = byte_words.hash_texts([mark.encode() for mark in sorted(self.wanted.marks)])
        self._marks_and_dittos = HashSet(np.append(self._marks, DITTOS))
        self._marked = self._marks_and_dittos.holds(self.types.strings.hashes)

    def _gathering(self) -> Gathered:
        return Gathered(self.types, self._texts)

    def take(self, piece: Piece) -> None:
        """Add the cells of a piece."""
        self.last, self.hidden = piece.last, self.hidden + piece.hidden
        if not piece.rows.size:
            return
        self.widest = max(self.widest, int(piece.columns.max()) + 1)
        row = np.repeat(np.arange(piece.rows.size), np.diff(np.append(piece.starts, piece.columns.size)))
        self._take_places(piece, row)
        skip = int(np.searchsorted(piece.rows, self.wanted.first_row))
        if skip == piece.rows.size:
            return
        first = int(piece.starts[skip])
        self._take_data_rows(piece, first, piece.rows[skip:], piece.starts[skip:] - first, row[first:] - skip)

    def _take_places(self, piece: Piece, row: Places) -> None:
        """Note error cells, formulas without a value, rows with a total mark and untracked dittos; the first two become empty."""
        for kind, found in ((Kind.ERROR, self._errors), (Kind.NO_VALUE, self._no_values)):
            if (piece.kinds == kind).any():
                cells = np.flatnonzero(piece.kinds == kind)
                found.update(zip(piece.rows[row[cells]].tolist(), piece.columns[cells].tolist(), strict=True))
                piece.kinds[cells] = Kind.EMPTY
        shared = np.flatnonzero(piece.kinds == Kind.SHARED)
        hits = shared[self._marked[piece.values[shared]]]
        other = np.flatnonzero((piece.kinds == Kind.SPAN) | (piece.kinds == Kind.TYPED))
        hits = np.append(hits, other[self._marks_and_dittos.holds(piece.hashes[other])])
        if hits.size:
            dittos = np.isin(piece.hashes[hits], DITTOS, kind="sort")
            self._totals.update(piece.rows[row[hits[np.isin(piece.hashes[hits], self._marks, kind="sort")]]].tolist())
            self.untracked.update({*piece.columns[hits[dittos]].tolist()} - self.tracked - set(self.wanted.serial))
        for one in self.wanted.serial:
            piece.hashes[piece.columns == one] = 0

    def _take_data_rows(self, piece: Piece, first: int, rows: Places, starts: Places, row: Places) -> None:
        """Add the cells from index `first` on, those below the header; `row` is the index in `rows` of each cell's row."""
        kinds, columns, hashes, cells = (
            piece.kinds[first:],
            piece.columns[first:],
            piece.hashes[first:],
            np.arange(first, piece.columns.size),
        )
        full, blank = kinds != Kind.EMPTY, blank_cells(piece, cells, self.types)
        found = outline(starts, full, blank, hashes)
        self._rows.append(rows)
        self._filled.append(found.filled)
        self._digests.append(found.digests)
        for one in {*self._columns, *self._above}:
            here = np.flatnonzero(columns == one)
            places = rows if here.size == rows.size else rows[row[here]]
            if one in self._columns:
                self._columns[one].take(piece, here + first)
                self._column_rows[one].append(places)
            if one in self._above:
                above_rows, above = self._above[one]
                above_rows.append(places)
                above.append(hashes[here])
        textual = np.isin(kinds, _TEXTS)
        said = np.flatnonzero((found.first >= 0) & ~found.few)
        said = said[textual[found.first[said]]]
        said = said[text_states(piece, found.first[said] + first, self.types) != TextState.DIGITS]
        self._labels.take(piece, found.first[said] + first)
        self._label_rows.append(rows[said])
        if found.few.any():
            here = np.flatnonzero(found.few[row] & full & ~blank)
            leads = np.append(True, np.diff(row[here]) > 0)[: here.size]
            here, leads = here[textual[here]], leads[textual[here]]
            self._few.take(piece, here + first)
            self._few_rows.append(rows[row[here]])
            self._few_first.append(leads)

    def sheet(self, merges: list[Merge]) -> Sheet:
        """Return the collected sheet, from the first wanted row to the last that is not blank; what was collected is given up."""
        rows = np.concatenate([np.zeros(0, np.int64), *self._rows])
        rows -= self.wanted.first_row
        filled = np.concatenate([np.zeros(0, np.uint16), *self._filled])
        said = np.flatnonzero(filled)
        height = int(rows[said[-1]]) + 1 if said.size else 0
        inside = rows < height
        rows = rows[inside]
        counts, digests = np.zeros(height, np.uint16), np.zeros(height, np.uint64)
        counts[rows] = filled[inside]
        digests[rows] = np.concatenate([np.zeros(0, np.uint64), *self._digests])[inside]
        digests[counts > 0] = self._filled_down(digests, counts, merges)
        shared = set().union(*(one.shared() for one in (*self._columns.values(), self._labels, self._few)))
        texts = self.types.strings.texts(shared)
        columns = {
            one: self._column(self._columns.pop(one), self._column_rows.pop(one), height, texts) for one in [*self._columns]
        }
        labels = self._column(self._labels, self._label_rows, height, texts)
        return Sheet(
            columns,
            self.wanted.first_row,
            counts,
            labels.map(lambda cell: cell if isinstance(cell, str) else None),
            self._few_texts(texts),
            digests,
            frozenset(row for row in self._totals if row >= self.wanted.first_row),
            frozenset(self._errors),
            frozenset(self._no_values),
            self.hidden,
            merges,
        )

    def _filled_down(self, digests: Words, filled: NDArray[np.uint16], merges: list[Merge]) -> Words:
        """Return the digests of the rows that are not blank, after merged ranges and dittos are filled down."""
        said = np.flatnonzero(filled)
        hashes = {}
        for one, (rows, above) in self._above.items():
            column = np.zeros(filled.size + 1, np.uint64)
            places = np.concatenate([np.zeros(0, np.int64), *rows]) - self.wanted.first_row
            column[np.minimum(places, filled.size)] = np.concatenate([np.zeros(0, np.uint64), *above])
            hashes[one] = column[said]
        return filled_down(digests[said], said + self.wanted.first_row, hashes, vertical(merges))

    def _column(self, gathered: Gathered, rows: list[Places], height: int, texts: dict[int, str]) -> Column[Cell]:
        """Return gathered cells as a column, cut after the last row that is not blank."""
        places = np.concatenate([np.zeros(0, np.int64), *rows])
        places -= self.wanted.first_row
        return gathered.column(max(height, int(places.max(initial=-1)) + 1), places, texts).take(slice(height))

    def _few_texts(self, texts: dict[int, str]) -> dict[int, tuple[str, ...]]:
        """Return the texts of rows with few filled cells, by row; "" is put first where the first filled cell is no text."""
        found: dict[int, list[str]] = {}
        rows = np.concatenate([np.zeros(0, np.int64), *self._few_rows]) - self.wanted.first_row
        leads = np.concatenate([np.zeros(0, bool), *self._few_first])
        cells = self._few.column(0, None, texts).cells()
        for row, lead, cell in zip(rows.tolist(), leads.tolist(), cells, strict=True):
            if isinstance(cell, str):
                found.setdefault(row, [] if lead else [""]).append(cell)
        return {row: tuple(own) for row, own in found.items()}
