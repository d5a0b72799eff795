"""Distinct cells of a column of numbers as arrays: the numbers become Python objects when they are asked for, not before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from xfstats.model import Cell

FEWEST = 1 << 12
"""Fewest distinct numbers that are kept as arrays."""


@dataclass(frozen=True, eq=False)
class Numbered(Sequence[Cell]):
    """Cells of any kind, then whole numbers as floats, then texts of digits without a leading zero; no cell occurs twice."""

    others: list[Cell]
    """The cells that are in neither of the arrays, a blank one (None) among them."""
    wholes: NDArray[np.int64]
    digits: NDArray[np.int64]

    @property
    def texts(self) -> range:
        """Return the indices of the texts of digits."""
        return range(len(self) - self.digits.size, len(self))

    def __len__(self) -> int:
        """Return the number of distinct cells."""
        return len(self.others) + self.wholes.size + self.digits.size

    @overload
    def __getitem__(self, place: int) -> Cell: ...
    @overload
    def __getitem__(self, place: slice) -> list[Cell]: ...
    def __getitem__(self, place: int | slice) -> Cell | list[Cell]:
        """Return one cell, or the list of cells of a slice."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        index = range(len(self))[place]
        if index < len(self.others):
            return self.others[index]
        index -= len(self.others)
        if index < self.wholes.size:
            return float(self.wholes[index])
        return str(self.digits[index - self.wholes.size])

    def __iter__(self) -> Iterator[Cell]:
        """Return an iterator over the cells."""
        yield from self.others
        yield from self.wholes.astype(float).tolist()
        yield from map(str, self.digits.tolist())

    def take(self, kept: NDArray[np.bool_]) -> Numbered:
        """Return the cells whose place in the mask is True."""
        others, wholes = len(self.others), len(self.others) + self.wholes.size
        return Numbered(
            [cell for cell, stays in zip(self.others, kept.tolist(), strict=False) if stays],
            self.wholes[kept[others:wholes]],
            self.digits[kept[wholes:]],
        )


def numbered(others: list[Cell], wholes: NDArray[np.int64], digits: NDArray[np.int64]) -> Numbered | None:
    """Return cells and numbers as they stand where the arrays are large and hold none of the cells, else None."""
    if wholes.size + digits.size < FEWEST or len({*others}) < len(others):
        return None
    if wholes.size and any(isinstance(cell, int | float) and cell == cell // 1 for cell in others):
        return None
    if digits.size and any(isinstance(cell, str) and cell.isascii() and cell.isdigit() and cell[0] != "0" for cell in others):
        return None
    return Numbered(others, wholes, digits)
