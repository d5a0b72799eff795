"""A column as its distinct typed cells and one code a row, so that each distinct cell is understood once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from xfstats.config import normalize

T = TypeVar("T")
V = TypeVar("V")
Codes: TypeAlias = NDArray[np.int32]
Mask: TypeAlias = NDArray[np.bool_]


def cell_key(cell: object) -> Hashable:
    """Return what tells a cell from others: its type beside its value, for True, 1 and 1.0 are equal to Python."""
    kind = cell.__class__
    if kind is float and (cell != cell or cell == 0):  # noqa: PLR0124 - the one value that differs from itself
        return kind, repr(cell)
    return kind, cell


@dataclass(frozen=True, eq=False)
class Column(Sequence[T]):
    """Distinct values, and for each row (int32) which of them stands there; a blank is the value None.

    As a sequence it is the values row by row; what looks at all rows takes `values` and `codes`.
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
        """Return a column of values that may repeat themselves, each of them once."""
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
        """Return the value of a row, or those of some."""
        if isinstance(row, slice):
            return [self.values[code] for code in self.codes[row].tolist()]
        return self.values[int(self.codes[row])]

    def __iter__(self) -> Iterator[T]:
        """Return the values row by row."""
        return iter(self.cells())

    def where(self, test: Callable[[T], object]) -> Mask:
        """Return the rows of whose value a test is true; it is asked once for each value."""
        return np.array([bool(test(value)) for value in self.values], bool)[self.codes]

    def where_text(self, test: Callable[[str], object]) -> Mask:
        """Return the rows of whose value, a text, a test is true; others, such as a million serial numbers, are passed over."""
        found = np.zeros(len(self.values), bool)
        for code, text in self._texts:
            found[code] = bool(test(text))
        return found[self.codes]

    @cached_property
    def _texts(self) -> list[tuple[int, str]]:
        return [(code, value) for code, value in enumerate(self.values) if isinstance(value, str)]

    @cached_property
    def blank(self) -> Mask:
        """The rows that hold nothing but blanks."""
        none = self.values.index(None) if None in self.values else -1
        found: Mask = self.where_text(normalize.blank) | (self.codes == none)
        return found

    def counts(self, rows: Mask | None = None) -> dict[T, int]:
        """Return how often each value stands in some rows, or in all, in the order of their appearance; 1 and 1.0 are one."""
        codes = self.codes if rows is None else self.codes[rows]
        found, firsts, numbers = np.unique(codes, return_index=True, return_counts=True)
        order = np.argsort(firsts)
        counts: dict[T, int] = {}
        for code, number in zip(found[order].tolist(), numbers[order].tolist(), strict=True):
            counts[self.values[code]] = counts.get(self.values[code], 0) + number
        return counts

    def put(self, rows: Mask, value: T) -> Column[T]:
        """Return the same with one value in some rows."""
        codes = self.codes.copy()
        codes[rows] = len(self.values)
        return Column.distinct([*self.values, value], codes).take(slice(None))

    def map(self, parse: Callable[[T], V]) -> Column[V]:
        """Return what `parse` makes of each row; it is asked once for each value."""
        return Column.distinct([parse(value) for value in self.values], self.codes)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_] | slice) -> Column[T]:
        """Return these rows, and of the values those that are left, in the order in which they stood."""
        codes = self.codes[rows]
        used = np.zeros(len(self.values), bool)
        used[codes] = True
        places = np.cumsum(used, dtype=np.int32) - np.int32(1)
        return Column([value for value, kept in zip(self.values, used.tolist(), strict=True) if kept], places[codes])

    def cells(self) -> list[T]:
        """Return one value a row."""
        table = np.empty(len(self.values), object)
        for place, value in enumerate(self.values):
            table[place] = value
        found: list[T] = table[self.codes].tolist()
        return found
