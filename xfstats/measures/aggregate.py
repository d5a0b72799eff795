"""From records to whole numbers per group: additive, so that tally(a) + tally(b) == tally(a and b).

Rows are folded into distinct combinations first (one pass of `Counter` over zipped columns), so the arithmetic below
runs over a few hundred combinations instead of all rows, exactly and without pandas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from xfstats.measures.definitions import Count
from xfstats.measures.tally import Sums
from xfstats.model import GroupKey


class Rule(Protocol):
    """What counting needs to know of a group by rule."""

    @property
    def label(self) -> str:
        """The group's name."""
        ...

    @property
    def of_which(self) -> bool:
        """Whether it is a 其中 row, outside the sum."""
        ...

    def fits(self, values: Mapping[str, str | None]) -> bool:
        """Whether a record with these labels belongs to the group."""
        ...


@dataclass
class Sum:
    """The counts of one group by key, and its histogram of whole days."""

    counts: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True)
class Columns:
    """What counting looks at, one entry a row: labels and flags by name, amounts and days (None: no such column)."""

    groups: Mapping[str, Sequence[str | None]]
    flags: Mapping[str, Sequence[bool]]
    batches: Sequence[int] | None = None
    persons: Sequence[int] | None = None
    days: Sequence[int | None] | None = None


def tally(
    rows: Sequence[int], every: Sequence[int], by: Sequence[str], columns: Columns, counts: Sequence[Count], rules: Sequence[Rule]
) -> Sums:
    """Whole numbers per group over `rows`; the groups of `every` row keep a row of zeros.

    A row weighs 1 where the log has no batches; persons are 0 where it has no head counts.
    """
    fields = tuple(columns.groups)
    groups: dict[GroupKey, Sum] = {}
    subsets: dict[GroupKey, Sum] = {}
    grouped: dict[tuple[str | None, ...], list[Sum]] = {}
    for labels in set(_labels(every, fields, columns.groups)):
        key, within = group_of(dict(zip(fields, labels, strict=True)), by, rules)
        grouped[labels] = [groups.setdefault(key, Sum()), *(subsets.setdefault(one, Sum()) for one in within)]
    names = tuple(columns.flags)
    carried = {"closed", "in_base"} <= columns.flags.keys()
    for (labels, marks, batches, persons, day), times in Counter(_tuples(rows, fields, columns)).items():
        flags = frozenset(name for name, carries in zip(names, marks, strict=True) if carries)
        for into in grouped[labels]:
            for count in counts:
                if flags.issuperset(count.flags):
                    into.counts[count.key] += times * (persons if count.weight == "persons" else batches)
            if carried and day is not None and flags.issuperset(("closed", "in_base")):
                into.days[day] += times * batches
    return Sums(
        {key: dict(one.counts) for key, one in groups.items()},
        {key: dict(one.days) for key, one in groups.items() if one.days},
        {key: dict(one.counts) for key, one in subsets.items()},
        {key: dict(one.days) for key, one in subsets.items() if one.days},
    )


def _labels(
    rows: Sequence[int], fields: Sequence[str], groups: Mapping[str, Sequence[str | None]]
) -> Iterator[tuple[str | None, ...]]:
    columns = [groups[field] for field in fields]
    if len(columns) == 1:
        only = columns[0]
        return ((only[row],) for row in rows)
    return (tuple(column[row] for column in columns) for row in rows)


def _tuples(
    rows: Sequence[int], fields: Sequence[str], columns: Columns
) -> Iterator[tuple[tuple[str | None, ...], tuple[bool, ...], int, int, int | None]]:
    """One tuple a row of all that counting looks at."""
    batches, persons, days = columns.batches, columns.persons, columns.days
    marks = zip(*([flags[row] for row in rows] for flags in columns.flags.values()), strict=True)
    return zip(
        _labels(rows, fields, columns.groups),
        marks if columns.flags else [()] * len(rows),
        [batches[row] for row in rows] if batches is not None else [1] * len(rows),
        [persons[row] for row in rows] if persons is not None else [0] * len(rows),
        [days[row] for row in rows] if days is not None else [None] * len(rows),
        strict=True,
    )


def group_of(values: Mapping[str, str | None], by: Sequence[str], rules: Sequence[Rule]) -> tuple[GroupKey, tuple[GroupKey, ...]]:
    """The group of these labels (the first rule that fits names the level), and the 其中 rows that they are in."""
    level = next((rule.label for rule in rules if not rule.of_which and rule.fits(values)), values.get("level"))

    def key(level: str | None) -> GroupKey:
        return tuple(level if field == "level" and rules else values.get(field) for field in by)

    return key(level), tuple(key(rule.label) for rule in rules if rule.of_which and rule.fits(values))
