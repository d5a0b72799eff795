"""The result of reading one sheet: the wanted columns, and of all others only each row's outline."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from xfstats.frozen import frozen
from xfstats.model import Cell
from xfstats.readers.column import Column

Merge: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column, all from 0 and inclusive."""
Place: TypeAlias = tuple[int, int]
FEW = 6
"""Most filled cells of a row of which all texts are kept, to detect blank rows, total rows and footnotes."""


@frozen
class Sheet:
    """The rows from `first_row` to the last that is not blank; rows and columns are counted from 0 in the sheet."""

    columns: dict[int, Column[Cell]]
    first_row: int
    filled: NDArray[np.uint16]
    """Number of cells of each row that are not blank."""
    labels: Column[str | None]
    """The first filled cell of each row if it is a text and not digits only."""
    texts: dict[int, tuple[str, ...]]
    """All texts of each row (from 0 below `first_row`) with few filled cells; "" first where its first filled cell is no text."""
    digests: NDArray[np.uint64]
    """A digest of each row over all cells but the serial number, in any order; 0 for a blank row."""
    totals: frozenset[int] = frozenset()
    """Rows in which any cell is exactly one of the words given as marks."""
    errors: frozenset[Place] = frozenset()
    no_values: frozenset[Place] = frozenset()
    hidden_rows: int = 0
    merges: Sequence[Merge] | None = None
    last: NDArray[np.int32] | None = None
    """For text files: the index of the last filled field of each row; -1 where none is."""

    def few(self) -> list[int]:
        """Return the rows, from 0 below `first_row`, that have few filled cells and at least one."""
        found: list[int] = np.flatnonzero((self.filled > 0) & (self.filled <= FEW)).tolist()
        return found

    @property
    def digest(self) -> str:
        """Return a digest of all rows that are not blank, in their order."""
        return hashlib.blake2b(self.digests[self.filled > 0].tobytes(), digest_size=16).hexdigest()
