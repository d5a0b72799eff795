"""The cells of the 计数 sheet: what the formulas of the 统计表 add up, one line a row, period and count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xfstats.measures.definitions import AMOUNT, BY_KEY, Count, Rate, Share
from xfstats.render.table_lines import Column
from xfstats.report.figures import Pair
from xfstats.report.table import Block, Row, Table

CURRENT = "now"


@dataclass(frozen=True)
class CountCell:
    """A whole number: which printed row (and crossed value) it belongs to, in which period, of which count."""

    row_number: int
    value_number: int
    window: str
    count: str
    amount: int


def count_cells(table: Table, first: int) -> Iterator[CountCell]:
    """The counts of every row that is no sum of others, numbered from `first` in the order of `summed`."""
    for number, row in enumerate(counted_rows(table), first):
        blocks = dict(enumerate(row.cells.values(), 1)) if table.cross else {0: row.block}
        for value, block in blocks.items():
            for window in (CURRENT, *(window.name for window in table.windows)):
                for count, amount in _block_counts(table, block, window).items():
                    yield CountCell(number, value, window, count, amount)


def counted_rows(table: Table) -> list[Row]:
    """The rows that are counted, not added up from others: groups, 其余 and 其中; the total alone where there is no group."""
    rows = [row for row in table.rows if row.kind in {"group", "rest", "of_which"}]
    return rows if any(row.kind != "of_which" for row in rows) else [table.total_row, *rows]


def _block_counts(table: Table, block: Block, window: str) -> dict[str, int]:
    """Each count of a block, and both counts of each rate; of a compared period where it has a basis."""
    found: dict[str, int] = {}
    for key in table.measures:
        figure = block.figures[key]
        if window != CURRENT:
            change = block.changes.get(key, {}).get(window)
            if change is None:
                continue
            figure = change.base
        if isinstance(figure, int):
            found[key] = figure
        elif isinstance(figure, Pair) and isinstance(BY_KEY[key], Rate):
            found[f"{key}.part"], found[f"{key}.base"] = figure.numerator, figure.denominator
        elif isinstance(figure, Pair):
            found[AMOUNT[table.log]] = figure.numerator
    return found


def count_keys(column: Column, table: Table) -> tuple[str, str] | None:
    """The counts that a column's figure is made of, numerator and base (the same for a count); None where it is no sum."""
    measure = BY_KEY[column.measure]
    match measure:
        case Count():
            return column.measure, column.measure
        case Rate():
            return f"{column.measure}.part", f"{column.measure}.base"
        case Share():
            return AMOUNT[table.log], AMOUNT[table.log]
        case _:
            return None
