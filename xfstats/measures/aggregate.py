"""From records to whole numbers per group by groupby: additive, so that tally(a) + tally(b) == tally(a and b).

Rows are folded into distinct combinations of labels and flags first, so what each count sums up is picked from a few hundred
combinations, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeAlias, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xfstats.frozen import frozen
from xfstats.measures.definitions import Count
from xfstats.measures.tally import Tally
from xfstats.model import GroupKey

Mask: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]
K = TypeVar("K")
DAYS_OF = ("closed", "in_base")
"""Flags that a record needs for its days to be counted."""


class Rule(Protocol):
    """The interface of a group rule for counting."""

    @property
    def label(self) -> str:
        """Return the name of the group."""
        ...

    @property
    def of_which(self) -> bool:
        """True if the group is a 其中 row, outside the sum."""
        ...

    def fits(self, values: Mapping[str, str | None]) -> bool:
        """True if a record with these labels belongs to the group."""
        ...


@frozen
class Columns:
    """The input of counting, one row a record: labels (categories), flags (bool), amounts and days (None: no such column)."""

    labels: pd.DataFrame
    flags: pd.DataFrame
    batches: Numbers | None = None
    persons: Numbers | None = None
    days: pd.Series[int] | None = None
    """Whole days, missing (Int64) where a record has none."""
    minutes: pd.Series[int] | None = None
    """Whole minutes, likewise; None also where no measure asks for them."""

    def amounts(self, weight: str) -> Numbers:
        """Return what each row adds: its persons, 0 where the log has none; else its batches, 1 where it has none."""
        size = len(self.labels)
        if weight == "persons":
            return np.zeros(size, np.int64) if self.persons is None else self.persons
        return np.ones(size, np.int64) if self.batches is None else self.batches

    def carrying(self, flags: Iterable[str]) -> Mask:
        """Return which rows have all of the flags."""
        mask = np.ones(len(self.labels), bool)
        for flag in flags:
            mask &= self.flags[flag].to_numpy()
        return mask


@frozen
class Combinations:
    """The distinct combinations of labels in the order of their first rows, and for each row the number of its combination."""

    values: Sequence[Mapping[str, str | None]]
    numbers: Numbers


def tally(
    chosen: Mask, every: Mask, by: Sequence[str], columns: Columns, counts: Sequence[Count], rules: Sequence[Rule]
) -> Tally:
    """Return whole numbers per group over the `chosen` rows; the other groups of the rows in `every` keep zeros."""
    labels = combinations(columns.labels, every)
    keys = [group_of(values, by, rules) for values in labels.values]
    groups = {key: set[int]() for key, _ in keys}
    subsets = {key: set[int]() for _, within in keys for key in within}
    for number, (key, within) in enumerate(keys):
        groups[key].add(number)
        for one in within:
            subsets[one].add(number)
    sums = _counted(columns, labels.numbers, chosen, counts)
    elapsed = [_histograms(columns, one, labels.numbers, chosen) for one in (columns.days, columns.minutes)]
    days, subset_days, minutes, subset_minutes = (
        {key: own for key, own in _of_groups(one, part).items() if own} for one in elapsed for part in (groups, subsets)
    )
    return Tally(_of_groups(sums, groups), days, _of_groups(sums, subsets), subset_days, minutes, subset_minutes)


def combinations(labels: pd.DataFrame, every: Mask) -> Combinations:
    """Return the combinations of labels that occur in these rows; grouped by codes, which keep rows without a label."""
    codes = pd.DataFrame({name: labels[name].cat.codes for name in labels})
    codes = codes if len(codes.columns) else pd.DataFrame({"": np.zeros(len(every), np.int8)})
    kept = codes[every]
    groups = kept.groupby(list(kept.columns), sort=False)
    numbers = np.full(len(every), -1, np.int64)
    numbers[every] = groups.ngroup().to_numpy()
    distinct = kept.drop_duplicates().to_dict("list")
    texts = {name: [*labels[name].cat.categories, None] for name in labels}
    columns = [[texts[str(name)][code] for code in own] for name, own in distinct.items() if name in texts]
    rows = zip(*columns, strict=True) if columns else [()] * len(kept.drop_duplicates())
    return Combinations([dict(zip(map(str, labels), row, strict=True)) for row in rows], numbers)


def _counted(columns: Columns, groups: Numbers, chosen: Mask, counts: Sequence[Count]) -> dict[int, dict[str, int]]:
    """Return each count by the number of a combination of labels; counts whose flags no row has are left out."""
    bits = {str(name): 1 << place for place, name in enumerate(columns.flags)}
    marks = np.zeros(len(chosen), np.int64)
    for name, bit in bits.items():
        marks |= columns.flags[name].to_numpy() * bit
    frame = pd.DataFrame({"group": groups, "marks": marks, **{name: columns.amounts(name) for name in ("batches", "persons")}})
    folded = frame[chosen].groupby(["group", "marks"], sort=False, as_index=False).sum()
    marked, by_group = folded["marks"].to_numpy(), folded["group"].to_numpy()
    found: dict[int, dict[str, int]] = {}
    for count in counts:
        wanted = sum(bits[flag] for flag in {*count.flags})
        carried = (marked & wanted) == wanted
        for group, number in zip(by_group[carried].tolist(), folded[count.weight].to_numpy()[carried].tolist(), strict=True):
            own = found.setdefault(group, {})
            own[count.key] = own.get(count.key, 0) + number
    return found


def _histograms(columns: Columns, elapsed: pd.Series[int] | None, groups: Numbers, chosen: Mask) -> dict[int, dict[int, int]]:
    """Return the histogram of elapsed days or minutes by the number of a combination of labels."""
    if elapsed is None or not set(DAYS_OF) <= set(columns.flags):
        return {}
    rows = chosen & columns.carrying(DAYS_OF) & elapsed.notna().to_numpy()
    units = elapsed[rows].astype("int64").to_numpy()
    frame = pd.DataFrame({"group": groups[rows], "unit": units, "batches": columns.amounts("batches")[rows]})
    found: dict[int, dict[int, int]] = {}
    folded = frame.groupby(["group", "unit"], as_index=False)["batches"].sum()
    for group, unit, number in zip(folded["group"].tolist(), folded["unit"].tolist(), folded["batches"].tolist(), strict=True):
        found.setdefault(group, {})[unit] = number
    return found


def _of_groups(sums: Mapping[int, Mapping[K, int]], groups: Mapping[GroupKey, Iterable[int]]) -> dict[GroupKey, dict[K, int]]:
    """Return the sums of groups from those of the combinations of labels that they are made of."""
    found: dict[GroupKey, dict[K, int]] = {}
    for key, numbers in groups.items():
        into = found.setdefault(key, {})
        for number in sorted(numbers):
            for name, amount in sums.get(number, {}).items():
                into[name] = into.get(name, 0) + amount
    return found


def group_of(values: Mapping[str, str | None], by: Sequence[str], rules: Sequence[Rule]) -> tuple[GroupKey, tuple[GroupKey, ...]]:
    """Return the group of these labels, where the first rule that fits names the level, and the 其中 rows that they belong to."""
    level = next((rule.label for rule in rules if not rule.of_which and rule.fits(values)), values.get("level"))

    def key(level: str | None) -> GroupKey:
        return tuple(level if field == "level" and rules else values.get(field) for field in by)

    return key(level), tuple(key(rule.label) for rule in rules if rule.of_which and rule.fits(values))
