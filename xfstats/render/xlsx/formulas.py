"""Live formulas of the table sheet: SUMIFS over the sheet of counts, quotients and changes, with their stored results.

A formula refers to a row by its number, never by its label, so no text of a log is part of a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from xfstats.frozen import frozen
from xfstats.measures.definitions import BY_KEY, Share
from xfstats.messages import say
from xfstats.render.table_lines import FORMER, FigureColumn
from xfstats.render.xlsx.count_sheet import CURRENT, count_keys, count_name, window_name
from xfstats.reports.figures import DASH, Change, Figure, Pair, Statistic
from xfstats.reports.table import Table


@frozen
class CountRange:
    """Sheet of counts: its name, and its first and last row."""

    sheet: str
    first: int
    last: int
    lang: str
    detail_rows: tuple[str, int, int] | None = None
    """Name of the sheet of rows, and its first and last row, where there is one."""
    detail_columns: Mapping[str, str] = field(default_factory=dict)
    """Columns of that sheet by count."""

    def column(self, letter: str) -> str:
        """Return the absolute reference of a column."""
        return f"'{self.sheet}'!${letter}${self.first}:${letter}${self.last}"


@frozen
class RowSelection:
    """Range of row numbers that a printed row adds up, and the number of a crossed value (None: all values)."""

    row_numbers: tuple[int, int]
    value_number: int | None
    of_which: bool = False
    """True for an of-which row, whose records also count in their groups."""


def make_formula(
    column: FigureColumn, table: Table, selection: RowSelection, whole: RowSelection, counts: CountRange, lang: str
) -> str | None:
    """Return the formula of a cell; None where its figure is no sum (days, places, changes of days)."""
    keys = count_keys(column, table)
    if keys is None or column.aspect == "place":
        return None
    part, base = keys
    share = isinstance(BY_KEY[column.measure], Share)
    is_count, divisor = part == base and not share, whole if share else selection

    def terms(window: str) -> tuple[str, str]:
        """Return numerator and denominator in a period."""
        return _sum_formula(part, selection, counts, window), _sum_formula(base, divisor, counts, window)

    if column.aspect == "figure" or column.aspect in FORMER:
        numerator, denominator = terms(FORMER.get(column.aspect, CURRENT))
        return f"={numerator}" if is_count else f'=IF({denominator}=0,"{DASH}",{numerator}/{denominator})'
    none = f'"{say("no_basis", lang)}"'
    (now, now_base), (before, before_base) = terms(CURRENT), terms(column.aspect)
    if is_count:
        return f"=IF({before}=0,{none},{now}/{before}-1)"
    return f"=IF(OR({now_base}=0,{before_base}=0),{none},100*({now}/{now_base}-{before}/{before_base}))"


def _sum_formula(count: str, selection: RowSelection, counts: CountRange, window: str) -> str:
    """Return the sum of one count over a selection: over the rows themselves where the workbook has them, else over counts."""
    if counts.detail_rows is not None and window == CURRENT and not selection.of_which and count in counts.detail_columns:
        detail = CountRange(*counts.detail_rows, counts.lang)
        return f"SUMIFS({detail.column(counts.detail_columns[count])},{_conditions(detail, selection, 'B')})"
    names = window_name(window, counts.lang), count_name(count, counts.lang)
    more = f'{counts.column("E")},"{names[0]}",{counts.column("F")},"{names[1]}"'
    return f"SUMIFS({counts.column('G')},{_conditions(counts, selection, 'D')},{more})"


def _conditions(counts: CountRange, selection: RowSelection, values: str) -> str:
    """Return the SUMIFS conditions on the row number and on the crossed value."""
    first, last = selection.row_numbers
    rows = (
        f"{counts.column('A')},{first}" if first == last else f'{counts.column("A")},">={first}",{counts.column("A")},"<={last}"'
    )
    return rows + (f",{counts.column(values)},{selection.value_number}" if selection.value_number is not None else "")


def stored_result(value: Figure | Change, lang: str) -> int | float | str:
    """Return the result that is stored with a formula, equal to what Excel calculates."""
    match value:
        case None | Pair(_, 0) | Statistic(_, 0):
            return DASH
        case Pair(numerator, denominator) | Statistic(numerator, denominator):
            return numerator / denominator
        case Change():
            exact = value.exact
            if exact is None:
                return say("no_basis", lang)
            scale = 100 if isinstance(value.now, Pair) else 1
            return scale * exact[0] / exact[1]
        case _:
            return value


def rows_to_sum(kinds: Sequence[str], depths: Sequence[int], first: int) -> list[tuple[int, int]]:
    """Return for each printed row the numbers of the counted rows that it adds up: its own, its subgroups', or all.

    `kinds` and `depths` (numbers of labels) are those of the printed rows in their order, of-which rows after the total.
    """
    found: list[tuple[int, int]] = []
    number = first - 1
    begun: dict[int, int] = {}
    for kind, depth in zip(kinds, depths, strict=True):
        if kind in {"group", "rest", "of_which"}:
            number += 1
            for level in range(1, depth):
                begun.setdefault(level, number)
            found.append((number, number))
        elif kind == "subtotal":
            found.append((begun[depth], number))
            for level in [level for level in begun if level >= depth]:
                del begun[level]
        else:
            found.append((first, max(number, first)))
            number = max(number, first)
    return found
