"""One pass over batches of a table: the wanted columns as codes, and the outline of each row, by array expressions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from xfstats.readers.arrow_arrays import Encoded, column, encode
from xfstats.readers.byte_words import Words
from xfstats.readers.column import Column
from xfstats.readers.filled_down import filled_down
from xfstats.readers.row_outline import Outline, outline
from xfstats.readers.sheet import Sheet


@dataclass
class Scan:
    """State of the pass: everything collected from a table so far."""

    wanted: Sequence[int]
    first_row: int
    """The first row to deliver, counted from the row of names."""
    serial: Sequence[int]
    """Columns that are left out of digests."""
    marks: frozenset[str]
    """Words that mark a total row."""
    dittos: frozenset[str]
    tracked: frozenset[int] = frozenset()
    """Columns with dittos (同上), which are filled down for the digests."""
    untracked: set[int] = field(default_factory=set)
    """Columns in which dittos were found and that are not tracked."""
    _row: int = 1
    _filled: list[NDArray[np.uint16]] = field(default_factory=list)
    _digests: list[Words] = field(default_factory=list)
    _totals: set[int] = field(default_factory=set)
    _labels: list[Any] = field(default_factory=list)
    _few: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Create the empty collections."""
        self._columns: dict[int, list[Any]] = {one: [] for one in self.wanted}
        self._above: dict[int, list[Words]] = {one: [] for one in self.tracked}

    def take(self, arrays: Sequence[Any]) -> None:
        """Add a batch of rows, given by its columns."""
        rows = len(arrays[0]) if arrays else 0
        skip = max(self.first_row - self._row, 0)
        first, self._row = max(self._row, self.first_row), self._row + rows
        if skip >= rows:
            return
        rows -= skip
        done = int(sum(map(len, self._filled)))
        full, blank = np.zeros((rows, len(arrays)), bool), np.zeros((rows, len(arrays)), bool)
        hashes = np.zeros((rows, len(arrays)), np.uint64)
        cells = [encode(array[skip:]) for array in arrays]
        for place, own in enumerate(cells):
            full[:, place] = own.full[own.codes]
            if own.blank.any():
                blank[:, place] = own.blank[own.codes]
            if place not in self.serial:
                hashes[:, place] = own.hashes[own.codes]
            self._note_words(place, own, first)
            if place in self._columns:
                self._columns[place].append(own.array)
            if place in self._above:
                self._above[place].append(hashes[:, place].copy())
        found = outline(np.arange(rows) * len(arrays), full.ravel(), blank.ravel() if blank.any() else None, hashes.ravel())
        self._filled.append(found.filled)
        self._digests.append(found.digests)
        self._labels.append(_labels(cells, found))
        if found.few.any():
            self._take_few(cells, np.flatnonzero(found.few), full & ~blank, done)

    def _note_words(self, place: int, cells: Encoded, first: int) -> None:
        """Note the rows with a total mark, and whether a column has dittos."""
        marked = cells.rows_in(self.marks)
        if marked is not None:
            self._totals.update((np.flatnonzero(marked) + first).tolist())
        if place not in self.tracked and place not in self.serial and cells.rows_in(self.dittos) is not None:
            self.untracked.add(place)

    def _take_few(self, cells: Sequence[Encoded], rows: NDArray[np.int64], filled: NDArray[np.bool_], done: int) -> None:
        """Note all texts of rows with few filled cells; "" is put first where the first filled cell is no text."""
        texts: dict[int, list[str]] = {row: [] for row in rows.tolist()}
        first = filled[rows].argmax(axis=1)
        for place, own in enumerate(cells):
            here = filled[rows, place]
            if not own.is_text:
                for row in rows[here & (first == place)].tolist():
                    texts[row].append("")
                continue
            said = own.array.take(pa.array(rows[here])).to_pylist()
            for row, text in zip(rows[here].tolist(), said, strict=True):
                texts[row].append(text)
        self._few |= {done + row: tuple(own) for row, own in texts.items()}

    def sheet(self) -> Sheet:
        """Return the collected sheet, to the last row that is not blank; what was collected is given up."""
        filled = np.concatenate([np.zeros(0, np.uint16), *self._filled])
        said = np.flatnonzero(filled)
        height = int(said[-1]) + 1 if said.size else 0
        digests = np.concatenate([np.zeros(0, np.uint64), *self._digests])[:height]
        if self._above:
            above = {one: np.concatenate([np.zeros(0, np.uint64), *own])[said] for one, own in self._above.items()}
            digests[said] = filled_down(digests[said], said, above, {})
        columns = {one: column(self._columns.pop(one), height) for one in [*self._columns]}
        labels: Column[str | None] = column(self._labels, height).map(lambda cell: cell if isinstance(cell, str) else None)
        return Sheet(columns, self.first_row, filled[:height], labels, self._few, digests, frozenset(self._totals))


def _labels(cells: Sequence[Encoded], found: Outline) -> Any:
    """Return the first cell of each row as a dictionary array: blank where it is no text, is digits, or is told among the few."""
    codes = np.full(found.first.size, -1, np.int32)
    texts: list[Any] = []
    size = 0
    firsts = np.where((found.first >= 0) & ~found.few, found.first % max(len(cells), 1), -1)
    for place in np.unique(firsts[firsts >= 0]).tolist():
        own = cells[place]
        rows = np.flatnonzero(firsts == place)
        rows = rows[~own.digits[own.codes[rows]]]
        if own.is_text and rows.size:
            codes[rows] = own.codes[rows] + size
            texts.append(own.array.dictionary)
            size += len(own.array.dictionary)
    values = pa.concat_arrays(texts) if texts else pa.array([], pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), values)
