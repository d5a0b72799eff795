"""What a reader delivered of one sheet, by field; merged ranges filled where a cell stands for several rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xfstats.model import Cell
from xfstats.understand.layout import Layout


@dataclass(frozen=True)
class Raw:
    """What a reader delivered of a sheet, by field instead of by column."""

    values: dict[str, list[Cell]]
    first_row: int
    labels: Sequence[tuple[str, ...]]
    filled: Sequence[int]
    digests: Sequence[int]
    totals: frozenset[int]
    merges: Sequence[tuple[int, int, int, int]] | None
    errors: frozenset[tuple[int, int]]
    no_values: frozenset[tuple[int, int]]
    last: tuple[int, ...] | None = None
    """Of text files: the last filled field of each row of the sheet."""


def fill_merges(raw: Raw, layout: Layout) -> None:
    """Fill group, status and date columns inside recorded vertical merges, and nowhere else."""
    once = {"persons", "batches", "serial", "case_no"}
    by_column = {layout.roles.fields[name]: name for name in raw.values if name not in once}
    for top, left, bottom, right in raw.merges or ():
        for column in range(left, right + 1):
            name = by_column.get(column)
            first = top - raw.first_row
            if name is None or bottom <= top or first < 0:
                continue
            cells = raw.values[name]
            for row in range(first + 1, min(bottom - raw.first_row + 1, len(cells))):
                cells[row] = cells[first]
