"""From merged sums to sums of every row: groups and what contains them, crossed cells, 其中 rows, the empty steps of a series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product

from xfstats.config.periods import step_labels
from xfstats.measures.tally import Tally
from xfstats.model import GroupKey, Period
from xfstats.pipeline.merge import Merged

REST: GroupKey = ("\0rest",)
"""The key of 其余."""
FEW = "few"
"""Under this key, where small cells are protected: how many groups have days of so few records that they tell them."""


@dataclass
class Sum:
    """Counts by key, and a histogram of whole days."""

    counts: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)

    def add(self, other: Sum) -> None:
        """Add another to it."""
        for key, number in other.counts.items():
            self.counts[key] += number
        self.days.update(other.days)


@dataclass
class Folded:
    """The sums of one period: of every group and of every group that contains it, () the total; and by crossed value."""

    rows: dict[GroupKey, Sum] = field(default_factory=dict)
    cells: dict[tuple[GroupKey, str | None], Sum] = field(default_factory=dict)

    def row(self, key: GroupKey) -> Sum:
        """The sums of a row; of nothing where it has none, but of all that the table could have told."""
        return self.rows[key] if key in self.rows else empty(self.rows.get((), Sum()))

    def cell(self, key: GroupKey, value: str | None) -> Sum:
        """The sums of a crossed cell; of nothing where it has none, but of all that the row could have told."""
        return self.cells[key, value] if (key, value) in self.cells else empty(self.row(key))

    def fill(self, keys: Iterable[GroupKey], place: int) -> None:
        """Add rows without records: zeros of what the rows that differ from them in one label can tell, in that at `place`."""
        around: dict[GroupKey, Sum] = {}
        for key, sums in self.rows.items():
            if len(key) > place:
                around.setdefault(_without(key, place), Sum()).add(empty(sums))
        for key in keys:
            if key not in self.rows and (near := around.get(_without(key, place))):
                for depth in range(place + 1, len(key) + 1):
                    self.rows.setdefault(key[:depth], Sum()).add(empty(near))

    def gather(self, keys: Iterable[GroupKey], into: GroupKey) -> None:
        """Add the sums of some rows, and of their cells, under one key."""
        chosen = set(keys)
        for key in chosen & self.rows.keys():
            self.rows.setdefault(into, Sum()).add(self.rows[key])
        for (key, value), sums in list(self.cells.items()):
            if key in chosen:
                self.cells.setdefault((into, value), Sum()).add(sums)


def empty(sums: Sum) -> Sum:
    """Return zeros of all that these sums tell."""
    return Sum(Counter(dict.fromkeys(sums.counts, 0)))


def _without(key: GroupKey, place: int) -> GroupKey:
    return (*key[:place], *key[place + 1 :])


def fold(added: Tally, crossed: bool, told: Iterable[str]) -> Folded:  # noqa: FBT001 - whether the last part of a key is a crossed value
    """The sums of every row over the groups of a period; of the total also where there is no group."""
    found = _folded(added.counts, added.days, crossed, lambda key: [key[:depth] for depth in range(len(key) + 1)])
    found.rows.setdefault((), Sum()).add(Sum(Counter(dict.fromkeys(told, 0))))
    return found


def fold_subsets(added: Tally, by: Sequence[str], crossed: bool, told: Iterable[str]) -> Folded:  # noqa: FBT001 - as above
    """The sums of the 其中 rows, by the label that stands in the place of the level."""
    place = by.index("level") if "level" in by else 0
    found = _folded(added.subsets, added.subset_days, crossed, lambda key: [(key[place],)])
    found.rows[()] = Sum(Counter(dict.fromkeys(told, 0)))
    return found


def _folded(
    counts: Mapping[GroupKey, Mapping[str, int]],
    days: Mapping[GroupKey, Mapping[int, int]],
    crossed: bool,  # noqa: FBT001 - as above
    projected: Callable[[GroupKey], list[GroupKey]],
) -> Folded:
    found = Folded()
    for full, numbers in counts.items():
        own = Sum(Counter(numbers), Counter(days.get(full, {})))
        for key in projected(full[:-1] if crossed else full):
            found.rows.setdefault(key, Sum()).add(own)
            if crossed:
                found.cells.setdefault((key, full[-1]), Sum()).add(own)
    return found


def row_keys(merged: Merged, by: Sequence[str], series: str | None, span: Period | None, start_day: int) -> set[GroupKey]:
    """The groups that get a row: every one that was seen; of a series every step of the span, none left out."""
    keys = {key[: len(by)] for added in (merged.now, *merged.windows.values()) for key in added.counts}
    if series is None or series not in by:
        return keys
    place = by.index(series)
    steps = step_labels(span.first, span.end - timedelta(days=1), series, start_day) if span else []
    outer = {(*key[:place], *key[place + 1 :]) for key in keys}
    undated = {key for key in keys if key[place] is None and any(_sum(merged, key).values())}
    return {(*rest[:place], step, *rest[place:]) for rest, step in product(outer, steps)} | undated


def _sum(merged: Merged, key: GroupKey) -> Counter[str]:
    return sum((Counter(counts) for full, counts in merged.now.counts.items() if full[: len(key)] == key), Counter())


def crossed_values(merged: Merged, order: Mapping[str, int], amount: str) -> list[str | None]:
    """The values of the crossed field: known ones in their order, others by size, blank last."""
    sizes: Counter[str | None] = Counter()
    for added in (merged.now, *merged.windows.values()):
        for key, counts in added.counts.items():
            sizes[key[-1]] += counts.get(amount, 0) if added is merged.now else 0

    def place(value: str | None) -> tuple[int, int, str]:
        return (2, 0, "") if value is None else (0, order[value], "") if value in order else (1, -sizes[value], value)

    return sorted(sizes, key=place)
