"""The counted rows themselves, where they are asked for: labels, dates, amounts, days, and what each adds to every count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from xfstats.count.tallying import Columns, Rule, group_of
from xfstats.measures import Count

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
