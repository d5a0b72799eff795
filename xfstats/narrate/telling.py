"""What both languages share: how figures are quoted, which groups are told, how a change is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from xfstats.figures import Change, Pair, Statistic, shown, signed
from xfstats.measures import AMOUNT
from xfstats.model import Log
from xfstats.reference import reference
from xfstats.table import Report, Row, Table, unclassified

FEW = 6
"""So many groups are all named; of more, the three largest with their shares."""
OUTCOMES = (("closed", "closure_rate"), ("settled", "settlement_rate"), ("resolved", "resolution_rate"))
USUAL = frozenset(["visits", "cases", "persons", "share", *(key for pair in OUTCOMES for key in pair)])
"""What has clauses of its own."""


@dataclass(frozen=True)
class Quote:
    """A figure in the text: how it is printed, and its name (`reference`)."""

    text: str
    name: str


Part: TypeAlias = str | Quote


class Telling:
    """One table being told."""

    def __init__(self, report: Report, table: Table) -> None:
        self.report, self.table, self.lang = report, table, report.lang
        self.amount = AMOUNT[table.log]
        self.total = table.total_row

    def quote(self, row: Row, key: str) -> Quote:
        """A figure as printed."""
        return Quote(shown(row.figures[key], self.report.digits), reference(self.table, row, key, self.report.tables))

    def named(self, row: Row, key: str, text: str, what: str) -> Quote:
        """Something about a figure: its change, its share, its place."""
        return Quote(text, f"{reference(self.table, row, key, self.report.tables)}.{what}")

    def counted(self, row: Row) -> bool:
        """Whether there is anything to tell."""
        return any(isinstance(figure, int) and figure for figure in row.figures.values())

    def amounts(self, row: Row) -> list[str]:
        """The measures that say how much there was: records, and heads where visits are told."""
        heads = ["persons"] if self.table.log is Log.VISITS else []
        return [key for key in (self.amount, *heads) if key in row.figures]

    def groups(self) -> tuple[list[Row], list[Row]]:
        """The groups that are told: all of few, with those that have nothing; the three largest of many."""
        rows = [row for row in self.table.rows if row.kind == "group" and len(row.group) == 1]
        if len(rows) < 2 or len(self.table.by) != 1:
            return [], []
        if len(rows) <= FEW:
            return [row for row in rows if row.figures.get(self.amount)], [
                row for row in rows if not row.figures.get(self.amount)
            ]
        rows = [row for row in rows if next(iter(row.group.values())) is not None]
        largest = sorted(rows, key=lambda row: -whole(row, self.amount))[:3]
        return [row for row in largest if row.figures.get(self.amount)], []

    def places(self) -> Iterator[tuple[Row, str, str | None]]:
        """The places of the office's own group, of each crossed value."""
        key, own = self.table.ranked, self.report.own
        for row in self.table.rows:
            if key is None or own is None or own not in row.group.values():
                continue
            values = [value for value, block in row.cells.items() if value is not None and key in block.places]
            for value in values or (None,):
                if value is not None or key in row.block.places:
                    yield row, key, value

    def label(self, row: Row) -> str:
        """The name of a row."""
        return "·".join(one if one is not None else unclassified(self.lang) for one in row.group.values())


def whole(row: Row, key: str) -> int:
    """A count of a row; 0 where it has none."""
    figure = row.figures.get(key)
    return figure if isinstance(figure, int) else 0


def size(change: Change, exact: tuple[int, int], digits: int) -> tuple[int, str]:
    """Which way a figure went, and how far, without its sign; 0 where that is not seen in print."""
    scale = 1 if isinstance(change.now, Statistic) else 100
    text = signed(scale * exact[0], exact[1], digits)
    told = shown(Statistic(abs(exact[0]), exact[1]), digits) if isinstance(change.now, Statistic) else text.lstrip("+-")
    return (0 if text[0] not in "+-" else 1 if text[0] == "+" else -1), told


def unit_of(change: Change, lang: str) -> str:
    """What a change is measured in."""
    match change.now:
        case int():
            return "%"
        case Pair():
            return "个百分点" if lang == "zh" else " points"
        case _:
            return "天" if lang == "zh" else " days"
