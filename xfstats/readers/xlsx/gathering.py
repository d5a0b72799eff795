"""Cells of one column, collected from piece to piece as kinds and values and decoded at the end into a Column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xfstats.model import Cell
from xfstats.readers import byte_words
from xfstats.readers.byte_words import Places
from xfstats.readers.column import Codes, Column
from xfstats.readers.text_folder import TextFolder
from xfstats.readers.xlsx.cells import CellTypes, Kind, Kinds, Piece, Values
from xfstats.readers.xlsx.moments import moment

_SPARE = 1 << 16


@dataclass
class Gathered:
    """Cells in the order in which they were added."""

    types: CellTypes
    texts: TextFolder = field(default_factory=TextFolder)
    _kinds: list[Kinds] = field(default_factory=list)
    _values: list[NDArray[np.int32] | Values] = field(default_factory=list)

    def take(self, piece: Piece, cells: Places) -> None:
        """Add some cells of a piece; texts in its bytes become typed cells."""
        kinds, values = np.maximum(piece.kinds[cells], Kind.EMPTY), piece.values[cells]
        spans = np.flatnonzero(kinds == Kind.SPAN)
        if spans.size:
            (start, size), data = piece.spans(cells[spans]), piece.view.data

            def make(places: list[int]) -> int:
                begins, ends = start[places].tolist(), (start[places] + size[places]).tolist()
                return self.types.add_texts([data[one:end].decode() for one, end in zip(begins, ends, strict=True)])

            values[spans] = self.texts.fold(byte_words.hash_spans(piece.view, start, size), make)
            kinds[spans] = Kind.TYPED
        self._kinds.append(kinds)
        self._values.append(values.astype(np.int32) if values.max(initial=0) < 1 << 31 else values)

    def shared(self) -> set[int]:
        """Return the numbers of the shared texts among the cells."""
        kinds, values = self._all()
        return set(np.unique(values[kinds == Kind.SHARED]).tolist())

    def column(self, rows: int, places: Places | None, texts: Mapping[int, str]) -> Column[Cell]:
        """Return a column of `rows` rows with the cells at `places` and None elsewhere; the cells alone if `places` is None."""
        kinds, values = self._all()
        cells: list[Cell] = [None]
        codes = np.zeros(len(kinds), np.int32)
        for kind in np.flatnonzero(np.bincount(kinds, minlength=1)).tolist():
            if kind == Kind.EMPTY:
                continue
            chosen = np.flatnonzero(kinds == kind)
            distinct, found = _distinct(values[chosen])
            codes[chosen] = found + len(cells)
            cells += self._cells(Kind(kind), distinct, texts)
        if places is not None:
            whole = np.zeros(rows, np.int32)
            whole[places] = codes
            codes = whole
        once = Kind.TYPED not in kinds and len(set(cells)) == len(cells)
        column = Column(cells, codes) if once else Column.distinct(cells, codes)
        return column.take(slice(None))

    def _all(self) -> tuple[Kinds, Values]:
        if not self._kinds:
            return np.zeros(0, np.int8), np.zeros(0, np.int64)
        return np.concatenate(self._kinds), np.concatenate(self._values)

    def _cells(self, kind: Kind, values: Values, texts: Mapping[int, str]) -> list[Cell]:
        match kind:
            case Kind.SHARED:
                return list(map(texts.__getitem__, values.tolist()))
            case Kind.DAY:
                return [moment(value, date1904=self.types.date1904) for value in values.astype(float).tolist()]
            case Kind.TYPED:
                return list(map(self.types.typed.__getitem__, values.tolist()))
            case _:
                return list(map(float, values.tolist()))


def _distinct(values: Values) -> tuple[Values, Codes]:
    """Return the distinct values, ascending, and the index of each value among them."""
    low = int(values.min())
    span = int(values.max()) - low + 1
    if span > 4 * values.size + _SPARE:
        distinct, places = np.unique(values, return_inverse=True)
        return distinct.astype(np.int64), places.astype(np.int32)
    seen = np.zeros(span, bool)
    seen[values - low] = True
    numbers: Codes = np.cumsum(seen, dtype=np.int32) - np.int32(1)
    return (np.flatnonzero(seen) + low).astype(np.int64), numbers[values - low].astype(np.int32)
