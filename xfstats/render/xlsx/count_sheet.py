"""Sheet of counts that the table's formulas add up: one line a row, period and count."""

from __future__ import annotations

from collections.abc import Iterator

from xfstats.config.periods import YEAR_TO_DATE
from xfstats.frozen import frozen
from xfstats.measures.definitions import AMOUNT, BY_KEY, Count, Rate, Share, label
from xfstats.messages import name_of, say
from xfstats.render.table_lines import FORMER_OF, FigureColumn
from xfstats.reports.figures import Pair
from xfstats.reports.row import FigureBlock, Row
from xfstats.reports.table import Table

CURRENT = "now"


@frozen
class CountCell:
    """Line of the sheet: number of the row and of the crossed value, period, count and amount."""

    row_number: int
    value_number: int
    window: str
    count: str
    amount: int


def count_cells(table: Table, first: int) -> Iterator[CountCell]:
    """Yield the counts of every counted row, numbered from `first` in the order of `counted_rows`."""
    for number, row in enumerate(counted_rows(table), first):
        blocks = dict(enumerate(row.cells.values(), 1)) if table.cross else {0: row.block}
        for value, block in blocks.items():
            for window in (CURRENT, *([YEAR_TO_DATE] if table.cumulative else []), *(window.name for window in table.windows)):
                for count, amount in _block_counts(table, block, window).items():
                    yield CountCell(number, value, window, count, amount)


def counted_rows(table: Table) -> list[Row]:
    """Return the rows that are counted and not sums of others: groups, rest and of-which rows; else the total."""
    rows = [row for row in table.rows if row.kind in {"group", "rest", "of_which"}]
    return rows if any(row.kind != "of_which" for row in rows) else [table.total_row, *rows]


def _block_counts(table: Table, block: FigureBlock, window: str) -> dict[str, int]:
    """Return each count of a block, and numerator and base of each rate; of a compared period where it has a basis."""
    found: dict[str, int] = {}
    for key in table.measures:
        figure = block.figures[key]
        if window == YEAR_TO_DATE:
            figure = block.cumulative[key]
        elif window != CURRENT:
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


def count_name(key: str, lang: str) -> str:
    """Return the name of a count in the sheet: of a measure, or of a rate's numerator or base."""
    measure, _, part = key.partition(".")
    return label(measure, lang) + (f" {name_of('workbook', part, lang)}" if part else "")


def window_name(window: str, lang: str) -> str:
    """Return the name of a period in the sheet."""
    if window == YEAR_TO_DATE:
        return name_of("cumulative", window, lang)
    return say("lines.now" if window == CURRENT else FORMER_OF[window], lang)


def count_keys(column: FigureColumn, table: Table) -> tuple[str, str] | None:
    """Return the counts that a figure is a quotient of (the same twice for a count); None where it is no sum."""
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
