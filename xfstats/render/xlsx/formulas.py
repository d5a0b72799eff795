"""Live formulas of the 统计表: SUMIFS over the 计数 sheet, quotients of them, changes of both; each with its stored result.

A row is named by its number, never by its label, so that no text of a log stands in a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xfstats.measures.definitions import BY_KEY, Share
from xfstats.messages import say
from xfstats.render.table_lines import Column
from xfstats.render.xlsx.count_sheet import CURRENT, count_keys
from xfstats.report.figures import MISSING, Change, Figure, Pair, Statistic
from xfstats.report.table import Table


@dataclass(frozen=True)
class CountRange:
    """The 计数 sheet: its name, and the first and last of its rows."""

    sheet: str
    first: int
    last: int
    detail_rows: tuple[str, int, int] | None = None
    """Where the rows themselves stand: the 明细 sheet, the first and last of its rows."""
    detail_columns: Mapping[str, str] = field(default_factory=dict)
    """Which of its columns holds what each row adds to a count."""

    def column(self, letter: str) -> str:
        """One of its columns, as a formula names it."""
        return f"'{self.sheet}'!${letter}${self.first}:${letter}${self.last}"


@dataclass(frozen=True)
class RowSelection:
    """Which lines of the 计数 sheet a printed row adds up: numbers of rows from and to, and the crossed value (None: all)."""

    row_numbers: tuple[int, int]
    value_number: int | None
    of_which: bool = False
    """Whether it is a 其中 row, whose rows stand under their groups."""


def make_formula(
    column: Column, table: Table, selection: RowSelection, whole: RowSelection, counts: CountRange, lang: str
) -> str | None:
    """The formula of a cell; None where its figure is no sum (days, places, changes of days)."""
    made = count_keys(column, table)
    if made is None or column.aspect == "place":
        return None
    part, base = made
    missing = f'"{MISSING}"'
    if column.aspect == "figure":
        return _figure_formula(part, base, column, selection, whole, counts, CURRENT, missing)
    none = f'"{say("no_basis", lang)}"'
    if part == base and not isinstance(BY_KEY[column.measure], Share):
        now, before = _sum_formula(part, selection, counts, CURRENT), _sum_formula(part, selection, counts, column.aspect)
        return f"=IF({before}=0,{none},{now}/{before}-1)"
    divisor = whole if isinstance(BY_KEY[column.measure], Share) else selection
    pairs = [
        (_sum_formula(part, selection, counts, window), _sum_formula(base, divisor, counts, window))
        for window in (CURRENT, column.aspect)
    ]
    (now, now_base), (before, before_base) = pairs
    return f"=IF(OR({now_base}=0,{before_base}=0),{none},100*({now}/{now_base}-{before}/{before_base}))"


def _figure_formula(
    part: str,
    base: str,
    column: Column,
    selection: RowSelection,
    whole: RowSelection,
    counts: CountRange,
    window: str,
    missing: str,
) -> str:
    numerator = _sum_formula(part, selection, counts, window)
    if isinstance(BY_KEY[column.measure], Share):
        denominator = _sum_formula(base, whole, counts, window)
    elif part == base:
        return f"={numerator}"
    else:
        denominator = _sum_formula(base, selection, counts, window)
    return f"=IF({denominator}=0,{missing},{numerator}/{denominator})"


def _sum_formula(count: str, selection: RowSelection, counts: CountRange, window: str) -> str:
    """The sum of one count over some rows: of the rows themselves where they are there, else of the tally cells."""
    if counts.detail_rows is not None and window == CURRENT and not selection.of_which and count in counts.detail_columns:
        own = CountRange(*counts.detail_rows)
        return f"SUMIFS({own.column(counts.detail_columns[count])},{_conditions(own, selection, 'B')})"
    more = f'{counts.column("E")},"{window}",{counts.column("F")},"{count}"'
    return f"SUMIFS({counts.column('G')},{_conditions(counts, selection, 'D')},{more})"


def _conditions(counts: CountRange, selection: RowSelection, values: str) -> str:
    """The conditions on the number of the row, and on the crossed value."""
    first, last = selection.row_numbers
    rows = (
        f"{counts.column('A')},{first}" if first == last else f'{counts.column("A")},">={first}",{counts.column("A")},"<={last}"'
    )
    return rows + (f",{counts.column(values)},{selection.value_number}" if selection.value_number is not None else "")


def stored_result(value: Figure | Change, lang: str) -> int | float | str:
    """The result that is stored with a formula: what it gives when it is calculated."""
    match value:
        case None | Pair(_, 0) | Statistic(_, 0):
            return MISSING
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
    """For each printed row the numbers of the counted rows that it adds up: itself, those of its outer group, or all groups.

    `kinds` and `depths` (how many labels) are those of the printed rows in their order, 其中 rows after the total.
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
