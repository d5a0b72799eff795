"""What a reader delivered of one sheet, by field; merged ranges filled where a cell stands for several rows."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from xfstats.config import normalize
from xfstats.model import Cell
from xfstats.schema.infer import Layout
from xfstats.schema.split_dates import raw_days


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


def by_field(
    values: Mapping[int, Sequence[Cell]],
    layout: Layout,
    merges: Sequence[tuple[int, int, int, int]] | None,
    first_row: int,
) -> dict[str, list[Cell]]:
    """The cells of each field, from those of each column."""
    return {
        field: raw_days(values, layout.parted[field], merges, first_row) if field in layout.parted else list(values[column])
        for field, column in layout.columns.items()
    }


ONCE = frozenset(["persons", "batches", "serial", "case_no"])
"""Fields that say how many or which record: what stands above is another's."""
_DITTO = frozenset(map(normalize.word, ["同上", "同前", "〃", "″", "”", "ditto"]))


def fill_merges(raw: Raw, layout: Layout) -> None:
    """Fill group, status and date columns inside recorded vertical merges, and nowhere else."""
    by_column = {layout.roles.fields[name]: name for name in raw.values if name not in ONCE}
    for top, left, bottom, right in raw.merges or ():
        for column in range(left, right + 1):
            name = by_column.get(column)
            first = top - raw.first_row
            if name is None or bottom <= top or first < 0:
                continue
            cells = raw.values[name]
            for row in range(first + 1, min(bottom - raw.first_row + 1, len(cells))):
                cells[row] = cells[first]


def fill_dittos(raw: Raw, skips: Container[int]) -> None:
    """Put what stands in the record above where a cell says 同上 or 〃; where nothing does, the cell is left as it is."""
    for name, cells in raw.values.items():
        said = {cell for cell in set(cells) if isinstance(cell, str) and normalize.word(cell) in _DITTO}
        if name in ONCE or not said:
            continue
        above: Cell = None
        for row, cell in enumerate(cells):
            if row in skips:
                continue
            if cell in said and above is not None:
                cells[row] = above
            else:
                above = None if cell in said else cell
