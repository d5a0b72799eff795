"""From records to whole numbers per group: additive, so that tally(a) + tally(b) == tally(a and b).

Rows are folded into distinct combinations first (one pass of `Counter` over zipped columns), so the arithmetic below
runs over a few hundred combinations instead of all rows, exactly and without pandas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from xfstats.measures import COUNTS
from xfstats.model import SETS, GroupKey


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
class Sums:
    """The counts of one group by measure, and its histogram of whole days."""

    counts: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)


@dataclass
class Tally:
    """Sums per group; 其中 rows apart, for they are outside the total."""

    groups: dict[GroupKey, Sums]
    subsets: dict[str, Sums]


def tally(
    rows: Sequence[int],
    every: Sequence[int],
    by: Sequence[str],
    groups: Mapping[str, Sequence[str | None]],
    flags: Mapping[str, Sequence[bool]],
    amounts: Mapping[str, Sequence[int] | None],
    days: Sequence[int | None] | None,
    rules: Sequence[Rule],
) -> Tally:
    """Whole numbers per group over `rows`; the groups of `every` row keep a row of zeros.

    `amounts` holds batches and persons, None where the log has no such column: then a row weighs 1, and persons are not known.
    """
    fields = tuple(groups)
    result = Tally({}, {rule.label: Sums() for rule in rules if rule.of_which})
    grouped: dict[tuple[str | None, ...], list[Sums]] = {}
    for labels in set(_labels(every, fields, groups)):
        key, subsets = _group(dict(zip(fields, labels, strict=True)), by, rules)
        grouped[labels] = [result.groups.setdefault(key, Sums()), *(result.subsets[name] for name in subsets)]
    columns = _columns(rows, fields, groups, flags, amounts, days)
    for (labels, marks, batches, persons, day), times in Counter(columns).items():
        carried = _marks(marks)
        for sums in grouped[labels]:
            for count in COUNTS:
                if carried.issuperset(count.flags):
                    sums.counts[count.key] += times * (persons if count.weight == "persons" else batches)
            if day is not None and {"closed", "in_base"} <= carried:
                sums.days[day] += times * batches
    return result


def _labels(
    rows: Sequence[int], fields: Sequence[str], groups: Mapping[str, Sequence[str | None]]
) -> Iterator[tuple[str | None, ...]]:
    columns = [groups[field] for field in fields]
    if len(columns) == 1:
        only = columns[0]
        return ((only[row],) for row in rows)
    return (tuple(column[row] for column in columns) for row in rows)


def _columns(
    rows: Sequence[int],
    fields: Sequence[str],
    groups: Mapping[str, Sequence[str | None]],
    flags: Mapping[str, Sequence[bool]],
    amounts: Mapping[str, Sequence[int] | None],
    days: Sequence[int | None] | None,
) -> Iterator[tuple[tuple[str | None, ...], tuple[bool, ...], int, int, int | None]]:
    """One tuple a row of all that counting looks at."""
    batches, persons = amounts.get("batches"), amounts.get("persons")
    marks = zip(*([flags[name][row] for row in rows] for name in SETS), strict=True)
    return zip(
        _labels(rows, fields, groups),
        marks,
        [batches[row] for row in rows] if batches is not None else [1] * len(rows),
        [persons[row] for row in rows] if persons is not None else [0] * len(rows),
        [days[row] for row in rows] if days is not None else [None] * len(rows),
        strict=True,
    )


def _group(values: Mapping[str, str | None], by: Sequence[str], rules: Sequence[Rule]) -> tuple[GroupKey, tuple[str, ...]]:
    """The group of these labels (the first rule that fits names the level), and the 其中 rows that they are in."""
    level = next((rule.label for rule in rules if not rule.of_which and rule.fits(values)), values.get("level"))
    key = tuple(level if field == "level" and rules else values.get(field) for field in by)
    return key, tuple(rule.label for rule in rules if rule.of_which and rule.fits(values))


def _marks(marks: Sequence[bool]) -> frozenset[str]:
    """The flags that a record carries: its sets, whether it is in the base, whether it is open."""
    carried = {name for name, carries in zip(SETS, marks, strict=True) if carries}
    if "excluded" not in carried:
        carried.add("in_base")
        if "closed" not in carried:
            carried.add("open")
    return frozenset(carried)
