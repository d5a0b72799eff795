"""What both languages share: how figures are quoted, which groups are told, how a change is said."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from xfstats.config.periods import SERIES
from xfstats.measures.definitions import AMOUNT
from xfstats.messages import say
from xfstats.model import Log
from xfstats.report.figures import Change, Pair, Statistic, format_count, format_figure, format_percent, format_signed, order_key
from xfstats.report.references import figure_name
from xfstats.report.table import Report, Row, Table, unclassified_label

MAX_GROUPS_LISTED = 6
"""So many groups are all named; of more, those in the first three places with their shares, of a series its course."""
MAX_TIED_NAMES = 3
"""So many groups that share the first or the last place are named."""
OUTCOMES = (("closed", "closure_rate"), ("settled", "settlement_rate"), ("resolved", "resolution_rate"))
MEASURES_WITH_CLAUSES = frozenset(["visits", "cases", "persons", "share", *(key for pair in OUTCOMES for key in pair)])
"""What has clauses of its own."""


@dataclass(frozen=True)
class Quote:
    """A figure in the text: how it is printed, and its name (`reference`)."""

    text: str
    name: str


Part: TypeAlias = str | Quote


class Narrator(ABC):
    """One table being told."""

    def __init__(self, report: Report, table: Table) -> None:
        self.report, self.table, self.lang = report, table, report.lang
        self.amount = AMOUNT[table.log]
        self.total = table.total_row
        self.basis_measure = self.amount if self.amount in table.measures else table.measures[0]
        """The measure of which it is said that a comparison has no basis."""

    def quote(self, row: Row, key: str) -> Quote:
        """A figure as printed."""
        return Quote(format_figure(row.figures[key], self.report.digits), figure_name(self.table, row, key, self.report.tables))

    def quote_derived(self, row: Row, key: str, text: str, what: str) -> Quote:
        """Something about a figure: its change, its share, its place."""
        return Quote(text, f"{figure_name(self.table, row, key, self.report.tables)}.{what}")

    def amount_measures(self, row: Row) -> list[str]:
        """The measures that say how much there was: records, and heads where visits are told."""
        heads = ["persons"] if self.table.log is Log.VISITS else []
        return [key for key in (self.amount, *heads) if row.figures.get(key) is not None]

    def coverage_clause(self, row: Row, key: str) -> Iterator[Part]:
        """Yield of how many records a figure is, where only some have its column."""
        base = row.block.bases.get(key)
        if base is not None:
            text = f"{format_count(base.numerator)}/{format_count(base.denominator)}"
            yield from (
                say("within", self.lang),
                self.quote_derived(row, key, text, "records"),
                "）" if self.lang == "zh" else ")",
            )

    def group_sentence(self) -> Iterator[Part]:
        """The groups: all of few; of a long series its first, last and highest step; else those in the first three places."""
        rows = [row for row in self.table.rows if row.kind == "group" and len(row.group) == 1]
        if len(rows) < 2 or len(self.table.by) != 1 or self.amount not in self.table.measures:
            return
        if len(rows) <= MAX_GROUPS_LISTED:
            yield from self.all_groups_sentence(
                [row for row in rows if count_of(row, self.amount)], [row for row in rows if not count_of(row, self.amount)]
            )
            return
        named = [row for row in rows if next(iter(row.group.values())) is not None]
        if self.series_unit and not any(row.rest for row in self.table.rows):
            most = max(count_of(row, self.amount) for row in named)
            yield from self.series_sentence(named[0], named[-1], [row for row in named if count_of(row, self.amount) == most])
        elif found := top_three(named, self.amount):
            yield from self.largest_groups_sentence(found)

    @abstractmethod
    def all_groups_sentence(self, rows: list[Row], empty: list[Row]) -> Iterator[Part]:
        """The sentence of few groups, and of those that have nothing."""

    @abstractmethod
    def series_sentence(self, first: Row, last: Row, highest: list[Row]) -> Iterator[Part]:
        """The sentence of a long series."""

    @abstractmethod
    def largest_groups_sentence(self, rows: list[Row]) -> Iterator[Part]:
        """The sentence of the largest of many groups."""

    @property
    def series_unit(self) -> str | None:
        """The year, quarter, month or week that the rows are, where the table is a series."""
        return self.table.by[0] if self.table.by and self.table.by[0] in SERIES else None

    def can_be_named(self, rows: list[Row]) -> bool:
        """Whether a place is shared by so few that they are named, and by fewer than all."""
        return len(rows) <= MAX_TIED_NAMES and bool(count_of(rows[0], self.amount))

    def quote_share(self, row: Row) -> Quote:
        """A row's share of the total."""
        text = format_percent(count_of(row, self.amount), count_of(self.total, self.amount), self.report.digits)
        return self.quote_derived(row, self.amount, text, "share")

    def own_places(self) -> Iterator[tuple[Row, str, str | None]]:
        """The places of the office's own group, of each crossed value."""
        key, own = self.table.ranked, self.report.own
        for row in self.table.rows:
            if key is None or own is None or own not in row.group.values():
                continue
            values = [value for value, block in row.cells.items() if value is not None and key in block.places]
            for value in values or (None,):
                if value is not None or key in row.block.places:
                    yield row, key, value

    def first_and_last(self) -> tuple[list[Row], list[Row], bool] | None:
        """Who is first and who is last by the ranked measure, and whether from the highest down.

        None where an office's own group is told instead, where nothing differs, and where too many share an end.
        """
        key = self.table.ranked
        if key is None or self.report.own is not None or self.table.cross is not None:
            return None
        placed: dict[int, list[Row]] = {}
        for row in self.table.rows:
            if key in row.block.places:
                placed.setdefault(row.block.places[key].place, []).append(row)
        if len(self.table.by) != 1 or len(placed) < 2:
            return None
        first, last = placed[min(placed)], placed[max(placed)]
        if max(len(first), len(last)) > MAX_TIED_NAMES:
            return None
        return first, last, order_key(first[0].figures[key]) > order_key(last[0].figures[key])

    def label(self, row: Row) -> str:
        """The name of a row."""
        return "·".join(one if one is not None else unclassified_label(self.lang) for one in row.group.values())


def count_of(row: Row, key: str) -> int:
    """A count of a row; 0 where it has none."""
    figure = row.figures.get(key)
    return figure if isinstance(figure, int) else 0


def top_three(rows: list[Row], key: str) -> list[Row]:
    """The rows in the first three places, those that share the third too; those above it where too many share it."""
    placed = sorted((row for row in rows if count_of(row, key)), key=lambda row: -count_of(row, key))
    if len(placed) <= 3:
        return placed
    third = count_of(placed[2], key)
    found = [row for row in placed if count_of(row, key) >= third]
    return found if len(found) <= MAX_GROUPS_LISTED else [row for row in placed if count_of(row, key) > third]


def drop_leading_punctuation(parts: Iterator[Part]) -> Iterator[Part]:
    """The same parts without the comma or semicolon that the first begins with."""
    for index, part in enumerate(parts):
        yield part.lstrip("，,; ") if isinstance(part, str) and not index else part


def direction_and_size(change: Change, exact: tuple[int, int], digits: int) -> tuple[int, str]:
    """Which way a figure went, and how far, without its sign; 0 where that is not seen in print."""
    scale = 1 if isinstance(change.now, Statistic) else 100
    text = format_signed(scale * exact[0], exact[1], digits)
    told = format_figure(Statistic(abs(exact[0]), exact[1]), digits) if isinstance(change.now, Statistic) else text.lstrip("+-")
    return (0 if text[0] not in "+-" else 1 if text[0] == "+" else -1), told


def change_unit(change: Change, lang: str, text: str) -> str:
    """What a change is measured in; in English one of it or several."""
    many = "" if text == "1" else "s"
    match change.now:
        case int():
            return "%"
        case Pair():
            return "个百分点" if lang == "zh" else f" point{many}"
        case _:
            return "天" if lang == "zh" else f" day{many}"
