"""Language-independent narrative: quotation of figures, selection of groups, direction and size of changes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from xfstats.config.periods import SERIES
from xfstats.frozen import frozen
from xfstats.measures.definitions import AMOUNT, OUTCOMES
from xfstats.messages import say
from xfstats.model import Log
from xfstats.reports.figures import (
    Change,
    Figure,
    Pair,
    Place,
    Statistic,
    format_count,
    format_figure,
    format_percent,
    format_signed,
    order_key,
)
from xfstats.reports.references import figure_name
from xfstats.reports.row import Row
from xfstats.reports.table import Report, Table, unclassified_label

MAX_GROUPS_LISTED = 6
"""Number of groups up to which all are named; of more only the first three places, of a series its course."""
MAX_TIED_NAMES = 3
"""Number of tied groups up to which they are named."""
MEASURES_WITH_CLAUSES = frozenset(["visits", "cases", "persons", "share", *(key for pair in OUTCOMES.values() for key in pair)])
"""Measures that have clauses of their own; all others get a general one."""


@frozen
class Quote:
    """Figure quoted in the text: as printed, with its name (`figure_name`)."""

    text: str
    name: str


Part: TypeAlias = str | Quote
Clause: TypeAlias = list[Part]
MAX_SENTENCE = 80
"""Characters after which a sentence ends where a clause does."""
_LAST_CLAUSE = 16
"""Characters by which the last clause may make a sentence longer, so that it does not stand alone."""


class Narrator(ABC):
    """Writer of the paragraph about one table, a subclass for each language."""

    def __init__(self, report: Report, table: Table) -> None:
        self.report, self.table, self.lang = report, table, report.lang
        self.amount = AMOUNT[table.log]
        self.total = table.total_row
        self.basis_measure = self.amount if self.amount in table.measures else table.measures[0]
        """Measure whose change says that it has no basis; changes of other measures are then left out."""

    def quote(self, row: Row, key: str) -> Quote:
        """Return a figure as printed, with its name."""
        return Quote(self._printed(row.figures[key]), figure_name(self.table, row, key, self.report.tables))

    def quote_former(self, row: Row, key: str, figure: Figure, window: str) -> Quote:
        """Return the figure that another is compared with."""
        return self.quote_derived(row, key, self._printed(figure), f"{window}.base")

    def _printed(self, figure: Figure) -> str:
        """Return a figure as the paragraph prints it."""
        return self.running_number(format_figure(figure, self.report.digits))

    def running_number(self, text: str) -> str:
        """Return a printed figure as running text of the language has it."""
        return text

    def measure_name(self, key: str) -> str:
        """Return the printed name of a measure."""
        return self.table.measure_label(key, self.lang)

    def quote_derived(self, row: Row, key: str, text: str, what: str) -> Quote:
        """Return a value derived from a figure (change, share, place), with the figure's name and `what` it is."""
        return Quote(text, f"{figure_name(self.table, row, key, self.report.tables)}.{what}")

    def amount_measures(self, row: Row) -> list[str]:
        """Return the measures of the amount: records, and persons in a log of visits."""
        heads = ["persons"] if self.table.log is Log.VISITS else []
        return [key for key in (self.amount, *heads) if row.figures.get(key) is not None]

    def coverage_clause(self, row: Row, key: str) -> Iterator[Part]:
        """Yield the share of records that the measure is known for, where it is not all of them."""
        base = row.block.bases.get(key)
        if base is not None:
            text = self.running_number(f"{format_count(base.numerator)}/{format_count(base.denominator)}")
            yield from (
                say("within", self.lang),
                self.quote_derived(row, key, text, "records"),
                "）" if self.lang == "zh" else ")",
            )

    def tells_groups(self) -> bool:
        """True if the paragraph has a sentence about groups."""
        return any(True for _ in self.group_sentence())

    def group_sentence(self) -> Iterator[Part]:
        """Yield the groups: all of a few, first, last and highest of a long series, else the first three places."""
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
        """Yield the sentence about a few groups, and about those that have no records."""

    @abstractmethod
    def series_sentence(self, first: Row, last: Row, highest: list[Row]) -> Iterator[Part]:
        """Yield the sentence about a long series."""

    @abstractmethod
    def largest_groups_sentence(self, rows: list[Row]) -> Iterator[Part]:
        """Yield the sentence about the largest of many groups."""

    @property
    def series_unit(self) -> str | None:
        """Return year, quarter, month or week where the table is a series of them; None otherwise."""
        return self.table.by[0] if self.table.by and self.table.by[0] in SERIES else None

    def can_be_named(self, rows: list[Row]) -> bool:
        """True if the groups of a place are few enough to be named, and have records."""
        return len(rows) <= MAX_TIED_NAMES and bool(count_of(rows[0], self.amount))

    def quote_share(self, row: Row) -> Quote:
        """Return a row's share of the total."""
        text = format_percent(count_of(row, self.amount), count_of(self.total, self.amount), self.report.digits)
        return self.quote_derived(row, self.amount, text, "share")

    def own_places(self) -> Iterator[tuple[Row, str, str | None]]:
        """Yield row, measure and crossed value of each place that the office's own group has."""
        key, own_group = self.table.ranked, self.report.own
        for row in self.table.rows:
            if key is None or own_group is None or own_group not in row.group.values():
                continue
            values = [value for value, block in row.cells.items() if value is not None and key in block.places]
            for value in values or (None,):
                if value is not None or key in row.block.places:
                    yield row, key, value

    def place_of(self, row: Row, key: str, value: str | None) -> Place:
        """Return the place of a row, or of its cell for a crossed value."""
        return row.block.places[key] if value is None else row.cells[value].places[key]

    def first_and_last(self) -> tuple[list[Row], list[Row], bool] | None:
        """Return the first and the last rows by the ranked measure, and whether the highest is first.

        None where the profile names the office's own group, where all are equal, and where too many are tied.
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
        """Return the label of a row."""
        return "·".join(one if one is not None else unclassified_label(self.lang) for one in row.group.values())


def count_of(row: Row, key: str) -> int:
    """Return a count of a row; 0 where it has none."""
    figure = row.figures.get(key)
    return figure if isinstance(figure, int) else 0


def top_three(rows: list[Row], key: str) -> list[Row]:
    """Return the rows in the first three places with their ties; without the third place where its ties are too many."""
    placed = sorted((row for row in rows if count_of(row, key)), key=lambda row: -count_of(row, key))
    if len(placed) <= 3:
        return placed
    third = count_of(placed[2], key)
    found = [row for row in placed if count_of(row, key) >= third]
    return found if len(found) <= MAX_GROUPS_LISTED else [row for row in placed if count_of(row, key) > third]


def sentences(clauses: Iterable[Clause], mark: str = "，") -> Iterator[Part]:
    """Yield Chinese sentences of the clauses joined by the mark: a clause that would make one too long begins the next."""
    length, found = 0, list(clauses)
    for index, clause in enumerate(found, 1):
        size = sum(len(part if isinstance(part, str) else part.text) for part in clause)
        ends = bool(length) and length + size >= MAX_SENTENCE + (index == len(found)) * _LAST_CLAUSE
        yield "。" if ends else mark if length else ""
        yield from clause
        length = size if ends else length + size + 1
    yield "。" if length else ""


def joined_clauses(clauses: Iterable[Clause], mark: str) -> Iterator[Part]:
    """Yield the clauses with the mark between them."""
    for index, clause in enumerate(clauses):
        yield mark if index else ""
        yield from clause


def drop_leading_punctuation(parts: Iterator[Part]) -> Iterator[Part]:
    """Yield the parts, the first without its leading comma or semicolon."""
    for index, part in enumerate(parts):
        yield part.lstrip("，,; ") if isinstance(part, str) and not index else part


def direction_and_size(change: Change, exact: tuple[int, int], digits: int) -> tuple[int, str]:
    """Return 1, -1 or 0 (no change after rounding) and the size of a change as printed, without a sign."""
    scale = 1 if isinstance(change.now, Statistic) else 100
    text = format_signed(scale * exact[0], exact[1], digits)
    printed = (
        format_figure(Statistic(abs(exact[0]), exact[1]), digits) if isinstance(change.now, Statistic) else text.lstrip("+-")
    )
    return (0 if text[0] not in "+-" else 1 if text[0] == "+" else -1), printed


def change_unit(change: Change, lang: str, text: str) -> str:
    """Return the unit of a change; in English singular or plural by the printed text."""
    many = "" if text == "1" else "s"
    match change.now:
        case int():
            return "%"
        case Pair():
            return "个百分点" if lang == "zh" else f" point{many}"
        case Statistic(unit="hours"):
            return "小时" if lang == "zh" else f" hour{many}"
        case _:
            return "天" if lang == "zh" else f" day{many}"
