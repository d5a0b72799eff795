"""Sums of every row from merged tallies: groups, outer groups, crossed cells, of-which rows, empty periods of a series."""

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

REST_KEY: GroupKey = ("\0rest",)
"""Key of the row of the remaining groups."""
FEW_DAYS_KEY = "few"
"""Count, with --public, of groups with fewer than 8 records with days; above 0 the statistic is suppressed."""


@dataclass
class GroupSum:
    """Counts by key, and histograms of whole days and of whole minutes."""

    counts: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)
    minutes: Counter[int] = field(default_factory=Counter)

    def add(self, other: GroupSum) -> None:
        """Add another sum to this one."""
        for key, number in other.counts.items():
            self.counts[key] += number
        self.days.update(other.days)
        self.minutes.update(other.minutes)


@dataclass
class RowSums:
    """Sums of one period: of every group and outer group, () for the total; and of crossed cells."""

    rows: dict[GroupKey, GroupSum] = field(default_factory=dict)
    cells: dict[tuple[GroupKey, str | None], GroupSum] = field(default_factory=dict)

    def row(self, key: GroupKey) -> GroupSum:
        """Return the sums of a row; zeros of all known counts where the row has no records."""
        return self.rows[key] if key in self.rows else zeros_like(self.rows.get((), GroupSum()))

    def cell(self, key: GroupKey, value: str | None) -> GroupSum:
        """Return the sums of a crossed cell; zeros of the row's known counts where the cell has no records."""
        return self.cells[key, value] if (key, value) in self.cells else zeros_like(self.row(key))

    def fill_empty_rows(self, keys: Iterable[GroupKey], place: int) -> None:
        """Add rows without records: zeros of the counts known for rows that differ only in the label at `place`."""
        neighbours: dict[GroupKey, GroupSum] = {}
        for key, sums in self.rows.items():
            if len(key) > place:
                neighbours.setdefault(_drop_label(key, place), GroupSum()).add(zeros_like(sums))
        for key in keys:
            if key not in self.rows and (near := neighbours.get(_drop_label(key, place))):
                for depth in range(place + 1, len(key) + 1):
                    self.rows.setdefault(key[:depth], GroupSum()).add(zeros_like(near))

    def merge_rows(self, keys: Iterable[GroupKey], into: GroupKey) -> None:
        """Add the sums of some rows, and of their cells, under one key."""
        chosen = set(keys)
        for key in chosen & self.rows.keys():
            self.rows.setdefault(into, GroupSum()).add(self.rows[key])
        for (key, value), sums in list(self.cells.items()):
            if key in chosen:
                self.cells.setdefault((into, value), GroupSum()).add(sums)


def zeros_like(sums: GroupSum) -> GroupSum:
    """Return zeros for all counts of a sum."""
    return GroupSum(Counter(dict.fromkeys(sums.counts, 0)))


def _drop_label(key: GroupKey, place: int) -> GroupKey:
    """Return a key without the label at one position."""
    return (*key[:place], *key[place + 1 :])


def sum_rows(added: Tally, crossed: bool, known_keys: Iterable[str]) -> RowSums:  # noqa: FBT001 - whether the last part of a key is a crossed value
    """Return the sums of every row over the groups of a period; the total also without any group."""
    elapsed = added.days, added.minutes
    found = _sum_projected(added.counts, elapsed, crossed, lambda key: [key[:depth] for depth in range(len(key) + 1)])
    found.rows.setdefault((), GroupSum()).add(GroupSum(Counter(dict.fromkeys(known_keys, 0))))
    return found


def sum_subsets(added: Tally, by: Sequence[str], crossed: bool, known_keys: Iterable[str]) -> RowSums:  # noqa: FBT001 - as above
    """Return the sums of the of-which rows, by their label in place of the level."""
    place = by.index("level") if "level" in by else 0
    found = _sum_projected(added.subsets, (added.subset_days, added.subset_minutes), crossed, lambda key: [(key[place],)])
    found.rows[()] = GroupSum(Counter(dict.fromkeys(known_keys, 0)))
    return found


def _sum_projected(
    counts: Mapping[GroupKey, Mapping[str, int]],
    elapsed: tuple[Mapping[GroupKey, Mapping[int, int]], Mapping[GroupKey, Mapping[int, int]]],
    crossed: bool,  # noqa: FBT001 - as above
    projected: Callable[[GroupKey], list[GroupKey]],
) -> RowSums:
    """Return sums over the keys that `projected` makes of each group."""
    found = RowSums()
    for full, numbers in counts.items():
        group_sum = GroupSum(Counter(numbers), *(Counter(histogram.get(full, {})) for histogram in elapsed))
        for key in projected(full[:-1] if crossed else full):
            found.rows.setdefault(key, GroupSum()).add(group_sum)
            if crossed:
                found.cells.setdefault((key, full[-1]), GroupSum()).add(group_sum)
    return found


def row_keys(merged: Merged, by: Sequence[str], series: str | None, span: Period | None, start_day: int) -> set[GroupKey]:
    """Return the groups that get a row: all that occur; of a series every period of the span."""
    keys = {key[: len(by)] for added in (merged.now, *merged.windows.values()) for key in added.counts}
    if series is None or series not in by:
        return keys
    place = by.index(series)
    steps = step_labels(span.first, span.end - timedelta(days=1), series, start_day) if span else []
    outer = {(*key[:place], *key[place + 1 :]) for key in keys}
    undated = {key for key in keys if key[place] is None and any(_group_counts(merged, key).values())}
    return {(*rest[:place], step, *rest[place:]) for rest, step in product(outer, steps)} | undated


def _group_counts(merged: Merged, key: GroupKey) -> Counter[str]:
    """Return the counts of all groups within an outer group."""
    return sum((Counter(counts) for full, counts in merged.now.counts.items() if full[: len(key)] == key), Counter())


def crossed_values(merged: Merged, order: Mapping[str, int], amount: str) -> list[str | None]:
    """Return the values of the crossed field: known ones in their order, others by size, blank last."""
    sizes: Counter[str | None] = Counter()
    for added in (merged.now, *merged.windows.values()):
        for key, counts in added.counts.items():
            sizes[key[-1]] += counts.get(amount, 0) if added is merged.now else 0

    def place(value: str | None) -> tuple[int, int, str]:
        return (2, 0, "") if value is None else (0, order[value], "") if value in order else (1, -sizes[value], value)

    return sorted(sizes, key=place)
