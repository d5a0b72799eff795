"""The rows behind one figure: which records make its numerator and its base, and which of the group are left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from xfstats.frozen import frozen
from xfstats.measures.aggregate import Columns, Mask, Numbers, Rule, combinations, group_of
from xfstats.measures.definitions import Count
from xfstats.model import RowKind, RowRole

Ranges = list[tuple[int, int]]


@frozen
class Selection:
    """A row of a table: the grouping, the label of each field of it, and of 其余 the labels that it excludes (`beside`)."""

    by: Sequence[str]
    rules: Sequence[Rule]
    group: Mapping[str, str | None]
    beside: Sequence[str | None] = ()

    def holds(self, values: Mapping[str, str | None]) -> bool:
        """True if records with these labels are in the row; a 其中 row is selected by its own label."""
        key, subsets = group_of(values, self.by, self.rules)
        if self.beside and key[0] in self.beside:
            return False
        labels = (dict(zip(self.by, one, strict=True)) for one in (key, *subsets))
        return any(all(own[field] == label for field, label in self.group.items()) for own in labels)


def behind(chosen: Mask, columns: Columns, row: Selection, part: Count, base: Count) -> dict[RowKind, Numbers]:
    """Return rows by kind: those of the part, of the base without it, and those left out by the first flag that they lack.

    The rows of the part are within the base, so a count has none in the base alone.
    """
    labels = combinations(columns.labels, chosen)
    fits = np.array([row.holds(values) for values in labels.values], bool)
    left = chosen.copy()
    left[chosen] = fits[labels.numbers[chosen]]
    out: dict[RowKind, Numbers] = {}
    for flag in base.flags:
        carried = columns.flags[flag].to_numpy()
        out[RowKind(RowRole.LEFT_OUT, flag)] = np.flatnonzero(left & ~carried)
        left &= carried
    within = columns.carrying(part.flags)
    found = {
        RowKind(RowRole.COUNTED): np.flatnonzero(left & within),
        RowKind(RowRole.BASE): np.flatnonzero(left & ~within),
    }
    lacking = {kind: rows for kind, rows in out.items() if rows.size}
    return found | dict(sorted(lacking.items(), key=lambda item: int(item[1][0])))


def ranges(rows: Numbers, first: int) -> Ranges:
    """Return row numbers of the sheet, from 1, as runs (from, to); `first` is the row of record 0 in the sheet, from 0.

    >>> ranges(np.array([0, 1, 2, 5]), 3)
    [(4, 6), (9, 9)]
    """
    ends = np.flatnonzero(np.diff(rows) != 1)
    starts = np.concatenate((rows[:1], rows[ends + 1])) + (first + 1)
    lasts = np.concatenate((rows[ends], rows[-1:])) + (first + 1)
    return list(zip(starts.tolist(), lasts.tolist(), strict=True))


Cells = tuple[str | int | None, ...]


def details(
    chosen: Mask,
    first_row: int,
    by: Sequence[str],
    columns: Columns,
    dates: pd.DataFrame,
    counts: Sequence[Count],
    rules: Sequence[Rule],
) -> dict[str, Cells]:
    """Return columns by name: `row` (from 1), the labels of `by`, dates as ISO text, amounts, days, and what each count adds."""
    labels = combinations(columns.labels, chosen)
    keys = [group_of(values, by, rules)[0] for values in labels.values]
    found: dict[str, Cells] = {"row": tuple((np.flatnonzero(chosen) + first_row + 1).tolist())}
    for place, field in enumerate(by):
        own = [key[place] for key in keys]
        found[field] = tuple(own[number] for number in labels.numbers[chosen].tolist())
    for name in dates:
        found[str(name)] = tuple(None if day == "NaT" else day for day in _iso(dates[name][chosen]))
    for name, amounts in (("batches", columns.batches), ("persons", columns.persons)):
        if amounts is not None:
            found[name] = tuple(amounts[chosen].tolist())
    if columns.days is not None:
        days = columns.days[chosen]
        found["days"] = tuple(None if missing else day for day, missing in zip(days.fillna(0).tolist(), days.isna(), strict=True))
    for count in counts:
        found[f"count:{count.key}"] = tuple((columns.amounts(count.weight) * columns.carrying(count.flags))[chosen].tolist())
    return found


def _iso(days: pd.Series[pd.Timestamp]) -> list[str]:
    """Return days as ISO text, NaT where there is none."""
    texts: list[str] = np.datetime_as_string(days.to_numpy().astype("datetime64[D]")).tolist()
    return texts
