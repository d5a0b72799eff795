"""A dictionary-encoded column: its distinct typed cells and one code a row, so that each distinct cell is parsed once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from xfstats.config import normalize
from xfstats.readers.number_cells import Numbered

T = TypeVar("T")
V = TypeVar("V")
Codes: TypeAlias = NDArray[np.int32]
Mask: TypeAlias = NDArray[np.bool_]


def cell_key(cell: object) -> Hashable:
    """Return a key that differs for distinct cells: type and value, because True, 1 and 1.0 are equal in Python."""
    kind = cell.__class__
    if kind is float and (cell != cell or cell == 0):  # noqa: PLR0124 - the one value that differs from itself
        return kind, repr(cell)
    return kind, cell


@dataclass(frozen=True, eq=False)
class Column(Sequence[T]):
    """Distinct values, and for each row the index (int32) of its value; a blank cell is the value None.

    As a sequence it is the values row by row; code that works on all rows uses `values` and `codes`.
    """

    values: Sequence[T]
    codes: Codes

    @classmethod
    def fold(cls, cells: Iterable[V]) -> Column[V]:
        """Return the column of these cells, its distinct values in the order of their appearance."""
        known: dict[Hashable, int] = {}
        values: list[V] = []

        def code(cell: V) -> int:
            key = cell_key(cell)
            if key not in known:
                known[key] = len(values)
                values.append(cell)
            return known[key]

        codes = np.fromiter(map(code, cells), np.int32)
        return Column(values, codes)

    @classmethod
    def distinct(cls, values: Sequence[V], codes: Codes) -> Column[V]:
        """Return the column of values and codes whose values may contain duplicates; these are merged."""
        known: dict[Hashable, int] = {}
        places = np.fromiter((known.setdefault(cell_key(value), len(known)) for value in values), np.int32, len(values))
        if len(known) == len(values):
            return Column(values, codes)
        firsts = dict(zip(places.tolist()[::-1], reversed(values), strict=True))
        return Column([firsts[place] for place in range(len(known))], places[codes])

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.codes)

    @overload
    def __getitem__(self, row: int) -> T: ...
    @overload
    def __getitem__(self, row: slice) -> list[T]: ...
    def __getitem__(self, row: int | slice) -> T | list[T]:
        """Return the value of a row, or the list of values of a slice of rows."""
        if isinstance(row, slice):
            return [self.values[code] for code in self.codes[row].tolist()]
        return self.values[int(self.codes[row])]

    def __iter__(self) -> Iterator[T]:
        """Return an iterator over the values, row by row."""
        return iter(self.cells())

    def where(self, test: Callable[[T], object]) -> Mask:
        """Return a mask of the rows whose value passes a test; the test is called once for each distinct value."""
        return np.array([bool(test(value)) for value in self.values], bool)[self.codes]

    def where_text(self, test: Callable[[str], object], *, digits: bool = True) -> Mask:
        """Return a mask of the rows whose value is a text that passes a test, called once for each distinct text and no other.

        `digits` is False for a test that no text of digits without a leading zero passes: a long list of them is then not tested.
        """
        codes, texts = self._texts
        found = np.zeros(len(self.values), bool)
        found[codes] = np.fromiter((bool(test(text)) for text in texts), bool, len(texts))
        if isinstance(self.values, Numbered) and digits:
            found[self.values.texts] = [bool(test(text)) for text in map(str, self.values.digits.tolist())]
        return found[self.codes]

    @cached_property
    def _texts(self) -> tuple[list[int], list[str]]:
        """Return the codes of the texts and the texts, but not those that are kept as numbers."""
        values = self.values.others if isinstance(self.values, Numbered) else self.values
        codes = [code for code, value in enumerate(values) if isinstance(value, str)]
        return codes, [value for value in values if isinstance(value, str)]

    @cached_property
    def is_text(self) -> Mask:
        """Return a mask of the rows whose value is a text."""
        found = np.zeros(len(self.values), bool)
        found[self._texts[0]] = True
        if isinstance(self.values, Numbered):
            found[self.values.texts] = True
        return found[self.codes]

    @cached_property
    def blank(self) -> Mask:
        """Return a mask of the rows whose cell is None or a blank text."""
        values = self.values.others if isinstance(self.values, Numbered) else self.values
        none = values.index(None) if None in values else -1
        found: Mask = self.where_text(normalize.blank, digits=False) | (self.codes == none)
        return found

    @cached_property
    def numeric(self) -> bool:
        """True if any value is a number."""
        if isinstance(self.values, Numbered) and self.values.wholes.size:
            return True
        values = self.values.others if isinstance(self.values, Numbered) else self.values
        return any(isinstance(value, int | float) for value in values)

    def counts(self, rows: Mask | None = None) -> dict[T, int]:
        """Return the frequency of each value in some rows, or in all, in order of appearance; 1 and 1.0 count as one value."""
        codes = self.codes if rows is None else self.codes[rows]
        found, firsts, numbers = np.unique(codes, return_index=True, return_counts=True)
        order = np.argsort(firsts)
        counts: dict[T, int] = {}
        for code, number in zip(found[order].tolist(), numbers[order].tolist(), strict=True):
            counts[self.values[code]] = counts.get(self.values[code], 0) + number
        return counts

    def put(self, rows: Mask, value: T) -> Column[T]:
        """Return a copy of the column in which these rows have this value."""
        codes = self.codes.copy()
        codes[rows] = len(self.values)
        return Column.distinct([*self.values, value], codes).take(slice(None))

    def map(self, parse: Callable[[T], V]) -> Column[V]:
        """Return the column of `parse(value)` of each row; `parse` is called once for each distinct value."""
        return Column.distinct([parse(value) for value in self.values], self.codes)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_] | slice) -> Column[T]:
        """Return the column of these rows; values that no row uses any more are dropped, the order of the others is kept."""
        codes = self.codes[rows]
        used = np.zeros(len(self.values), bool)
        used[codes] = True
        places = np.cumsum(used, dtype=np.int32) - np.int32(1)
        if isinstance(self.values, Numbered):
            return Column(self.values if used.all() else self.values.take(used), places[codes])  # type: ignore[arg-type]
        return Column([value for value, kept in zip(self.values, used.tolist(), strict=True) if kept], places[codes])

    def cells(self) -> list[T]:
        """Return the list of values, one a row."""
        table = np.empty(len(self.values), object)
        for place, value in enumerate(self.values):
            table[place] = value
        found: list[T] = table[self.codes].tolist()
        return found
