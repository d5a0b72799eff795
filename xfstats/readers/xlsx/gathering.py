"""Cells of one column, collected from piece to piece as kinds and values and decoded at the end into a Column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xfstats.model import Cell
from xfstats.readers import byte_words
from xfstats.readers.byte_words import Places, Words
from xfstats.readers.cell_hash import FIRST
from xfstats.readers.column import Codes, Column
from xfstats.readers.number_cells import numbered
from xfstats.readers.text_codes import TextFolder
from xfstats.readers.xlsx.cells import CellTypes, Kind, Kinds, Piece, Values
from xfstats.readers.xlsx.moments import moment

_SPARE, _SPREAD = 1 << 16, np.uint64(FIRST)
_ORDER = (Kind.EMPTY, Kind.DAY, Kind.SHARED, Kind.TYPED, Kind.WHOLE, Kind.DIGITS)
"""The order of the distinct cells of a column by their kinds."""


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
            start, size = piece.spans(cells[spans])
            digits, numbers = byte_words.digit_numbers(piece.view, start, size)
            kinds[spans[digits]], values[spans[digits]] = Kind.DIGITS, numbers
            others = spans[~digits]
            hashes = piece.hashes[cells[others]]
            values[others], kinds[others] = self._folded(piece, hashes, start[~digits], size[~digits]), Kind.TYPED
        self._kinds.append(kinds)
        self._values.append(values.astype(np.int32) if values.max(initial=0) < 1 << 31 else values)

    def _folded(self, piece: Piece, hashes: Words, start: Places, size: Places) -> Places:
        """Return the indices among the typed cells of texts, given the hashes of their cells.

        These are equal for 3 and 3.0, and 0 in a column that is left out of digests.
        """
        data, unhashed = piece.view.data, np.flatnonzero(hashes == 0)
        if unhashed.size:
            first, plain = start[unhashed], byte_words.plain_sizes(piece.view, start[unhashed], size[unhashed])
            hashes[unhashed] = byte_words.hash_spans(piece.view, first, plain)

        def make(places: list[int]) -> int:
            begins, ends = start[places].tolist(), (start[places] + size[places]).tolist()
            return self.types.add_texts([data[one:end].decode() for one, end in zip(begins, ends, strict=True)])

        return self.texts.fold(hashes ^ (size.astype(np.uint64) * _SPREAD), make)

    def shared(self) -> set[int]:
        """Return the numbers of the shared texts among the cells."""
        kinds, values = self._all()
        return set(np.unique(values[kinds == Kind.SHARED]).tolist())

    def column(self, rows: int, places: Places | None, texts: Mapping[int, str]) -> Column[Cell]:
        """Return a column of `rows` rows with the cells at `places` and None elsewhere; the cells alone if `places` is None."""
        kinds, values = self._all()
        cells: list[Cell] = [None]
        codes = np.zeros(len(kinds), np.int32)
        numbers = dict.fromkeys((Kind.WHOLE, Kind.DIGITS), np.zeros(0, np.int64))
        present = np.flatnonzero(np.bincount(kinds, minlength=1)).tolist()
        count = 1
        for kind in sorted(present, key=_ORDER.index):
            if kind == Kind.EMPTY:
                continue
            chosen = slice(None) if len(present) == 1 else np.flatnonzero(kinds == kind)
            distinct, found = _distinct(values[chosen])
            codes[chosen] = found + np.int32(count)
            count += distinct.size
            if kind in numbers:
                numbers[Kind(kind)] = distinct
            else:
                cells += self._cells(Kind(kind), distinct, texts)
        if places is not None:
            codes = _at(places, codes, rows)
        many = numbered(cells, numbers[Kind.WHOLE], numbers[Kind.DIGITS])
        if many is not None:
            return Column(many, codes).take(slice(None))
        cells += [cell for kind, own in numbers.items() for cell in self._cells(kind, own, texts)]
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
            case Kind.DIGITS:
                return list(map(str, values.tolist()))
            case _:
                return list(map(float, values.tolist()))


def _at(places: Places, codes: Codes, rows: int) -> Codes:
    """Return the codes of a column of `rows` rows that has these codes at these places and 0, a blank cell, elsewhere."""
    if 0 < rows == places.size and places[0] == 0 and places[-1] == rows - 1:
        return codes
    whole = np.zeros(rows, np.int32)
    whole[places] = codes
    return whole


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
