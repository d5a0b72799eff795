"""Reading each distinct cell of a column once: a log repeats itself, and a look-up costs less than a parse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from xfstats.model import Cell

Read = TypeVar("Read")


def by_distinct(cells: Sequence[Cell], read: Callable[[Cell], Read]) -> list[Read]:
    """What `read` says of each cell.  True, 1 and 1.0 are equal to Python: they are kept apart where booleans occur."""
    if bool in set(map(type, cells)):
        typed = {(type(cell), cell): cell for cell in cells}
        known = {key: read(cell) for key, cell in typed.items()}
        return [known[type(cell), cell] for cell in cells]
    table = {cell: read(cell) for cell in set(cells)}
    return list(map(table.__getitem__, cells))
