"""Live formulas of the 统计表: SUMIFS over the 计数 sheet, quotients of them, changes of both; each with its stored result.

A row is named by its number, never by its label, so that no text of a log stands in a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xfstats.measures.definitions import BY_KEY, Share
from xfstats.messages import say
from xfstats.render.table_lines import Column
from xfstats.render.xlsx.count_sheet import NOW, parts
from xfstats.report.figures import MISSING, Change, Figure, Pair, Statistic
from xfstats.report.table import Table


@dataclass(frozen=True)
class Range:
    """The 计数 sheet: its name, and the first and last of its rows."""

    sheet: str
    first: int
    last: int
    rows: tuple[str, int, int] | None = None
    """Where the rows themselves stand: the 明细 sheet, the first and last of its rows."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Which of its columns holds what each row adds to a count."""

    def column(self, letter: str) -> str:
        """One of its columns, as a formula names it."""
        return f"'{self.sheet}'!${letter}${self.first}:${letter}${self.last}"


@dataclass(frozen=True)
class Wanted:
    """Which lines of the 计数 sheet a printed row adds up: numbers of rows from and to, and the crossed value (None: all)."""

    rows: tuple[int, int]
    value: int | None
    subset: bool = False
    """Whether it is a 其中 row, whose rows stand under their groups."""


def formula(column: Column, table: Table, wanted: Wanted, whole: Wanted, over: Range, lang: str) -> str | None:
    """The formula of a cell; None where its figure is no sum (days, places, changes of days)."""
    made = parts(column, table)
    if made is None or column.what == "place":
        return None
    part, base = made
    missing = f'"{MISSING}"'
    if column.what == "figure":
        return _figure(part, base, column, wanted, whole, over, NOW, missing)
    none = f'"{say("no_basis", lang)}"'
    if part == base and not isinstance(BY_KEY[column.measure], Share):
        now, before = _sum(part, wanted, over, NOW), _sum(part, wanted, over, column.what)
        return f"=IF({before}=0,{none},{now}/{before}-1)"
    divisor = whole if isinstance(BY_KEY[column.measure], Share) else wanted
    pairs = [(_sum(part, wanted, over, window), _sum(base, divisor, over, window)) for window in (NOW, column.what)]
    (now, now_base), (before, before_base) = pairs
    return f"=IF(OR({now_base}=0,{before_base}=0),{none},100*({now}/{now_base}-{before}/{before_base}))"


def _figure(part: str, base: str, column: Column, wanted: Wanted, whole: Wanted, over: Range, window: str, missing: str) -> str:
    numerator = _sum(part, wanted, over, window)
    if isinstance(BY_KEY[column.measure], Share):
        denominator = _sum(base, whole, over, window)
    elif part == base:
        return f"={numerator}"
    else:
        denominator = _sum(base, wanted, over, window)
    return f"=IF({denominator}=0,{missing},{numerator}/{denominator})"


def _sum(count: str, wanted: Wanted, over: Range, window: str) -> str:
    """The sum of one count over some rows: of the rows themselves where they are there, else of the tally cells."""
    if over.rows is not None and window == NOW and not wanted.subset and count in over.columns:
        own = Range(*over.rows)
        return f"SUMIFS({own.column(over.columns[count])},{_chosen(own, wanted, 'B')})"
    more = f'{over.column("E")},"{window}",{over.column("F")},"{count}"'
    return f"SUMIFS({over.column('G')},{_chosen(over, wanted, 'D')},{more})"


def _chosen(over: Range, wanted: Wanted, values: str) -> str:
    """The conditions on the number of the row, and on the crossed value."""
    first, last = wanted.rows
    rows = f"{over.column('A')},{first}" if first == last else f'{over.column("A")},">={first}",{over.column("A")},"<={last}"'
    return rows + (f",{over.column(values)},{wanted.value}" if wanted.value is not None else "")


def stored(value: Figure | Change, lang: str) -> int | float | str:
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


def wanted_rows(kinds: Sequence[str], depths: Sequence[int], first: int) -> list[tuple[int, int]]:
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
