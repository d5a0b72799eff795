"""The rows behind one figure: which records make its numerator and its base, and which of the group are left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from xfstats.measures.aggregate import Columns, Rule, group_of
from xfstats.measures.definitions import Count

Ranges = list[tuple[int, int]]


def behind(
    rows: Sequence[int],
    by: Sequence[str],
    columns: Columns,
    rules: Sequence[Rule],
    group: Mapping[str, str | None],
    part: Count,
    base: Count,
    beside: Sequence[str | None] = (),
) -> dict[str, list[int]]:
    """Rows by what they are: `part`, `base` (beside the part), and `out:FLAG` for the first flag of the base that they lack.

    The rows of `part` are within the base, so a count has no rows under `base`.  A 其中 row is asked for by its own label,
    其余 by the labels that it leaves out (`beside`).
    """
    fields = tuple(columns.groups)
    found: dict[str, list[int]] = {"part": [], "base": []}
    fits: dict[tuple[str | None, ...], bool] = {}
    for row in rows:
        labels = tuple(columns.groups[field][row] for field in fields)
        if labels not in fits:
            fits[labels] = _fits(dict(zip(fields, labels, strict=True)), by, rules, group, beside)
        if fits[labels]:
            lacking = next((flag for flag in base.flags if not columns.flags[flag][row]), None)
            if lacking is not None:
                found.setdefault(f"out:{lacking}", []).append(row)
            else:
                found["part" if all(columns.flags[flag][row] for flag in part.flags) else "base"].append(row)
    return found


def _fits(
    values: Mapping[str, str | None],
    by: Sequence[str],
    rules: Sequence[Rule],
    group: Mapping[str, str | None],
    beside: Sequence[str | None],
) -> bool:
    key, subsets = group_of(values, by, rules)
    if beside and key[0] in beside:
        return False
    return any(all(dict(zip(by, one, strict=True))[field] == label for field, label in group.items()) for one in (key, *subsets))


def ranges(rows: Sequence[int], first: int) -> Ranges:
    """Row numbers from 1 in the sheet, as runs from and to; `first` is the sheet's row of record 0, from 0.

    >>> ranges([0, 1, 2, 5], 3)
    [(4, 6), (9, 9)]
    """
    runs: Ranges = []
    for row in rows:
        number = first + row + 1
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


Cells = tuple[str | int | None, ...]


def details(
    rows: Sequence[int],
    first_row: int,
    by: Sequence[str],
    columns: Columns,
    dates: Mapping[str, Sequence[date | None]],
    counts: Sequence[Count],
    rules: Sequence[Rule],
) -> dict[str, Cells]:
    """Columns by name: `row` from 1 in the sheet, the labels of `by`, dates as ISO text, amounts, days, and each count's own."""
    fields = tuple(columns.groups)
    keys = [group_of({field: columns.groups[field][row] for field in fields}, by, rules)[0] for row in rows]
    found: dict[str, Cells] = {"row": tuple(first_row + row + 1 for row in rows)}
    found |= {field: tuple(key[place] for key in keys) for place, field in enumerate(by)}
    for name, days in dates.items():
        found[name] = tuple(day.isoformat() if (day := days[row]) else None for row in rows)
    weights = columns.batches if columns.batches is not None else [1] * (max(rows, default=0) + 1)
    if columns.batches is not None:
        found["batches"] = tuple(columns.batches[row] for row in rows)
    if columns.persons is not None:
        found["persons"] = tuple(columns.persons[row] for row in rows)
    if columns.days is not None:
        found["days"] = tuple(columns.days[row] for row in rows)
    for count in counts:
        amounts = (columns.persons or [0] * (max(rows, default=0) + 1)) if count.weight == "persons" else weights
        marks = [columns.flags[name] for name in count.flags]
        found[f"count:{count.key}"] = tuple(amounts[row] if all(mark[row] for mark in marks) else 0 for row in rows)
    return found
