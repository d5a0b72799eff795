"""What was found of rows that are records; 合计 and 小计 rows against the rows that they add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from xfstats.model import Finding, column_letter
from xfstats.readers.column import Mask
from xfstats.records.cells import RawCells
from xfstats.records.events import Numbers
from xfstats.records.frame import Records
from xfstats.records.rejects import RowReview
from xfstats.schema.infer import Schema
from xfstats.schema.numbers import MOST_ADDED, amount

OF_FILES = frozenset(["W261", "W262"])
"""Findings about how a file was written, whatever becomes of the rows."""


def of_records(work: RowReview, outside: Mapping[str, Mask]) -> list[Finding]:
    """Return what was found, without rows that were rejected, and of what counts without those outside: that is told instead."""
    kept = work.raw.all_but(work.rejected)
    counting = kept & ~np.logical_or.reduce(list(outside.values()))
    found = []
    for place, finding in enumerate(work.findings):
        rows = work.about.get(place, np.array([], np.int64))
        told = rows[(counting if finding.code == "W267" else kept)[rows]]
        if told.size == rows.size or finding.code in OF_FILES:
            found.append(finding)
        elif told.size:
            found.append(replace(finding, rows=told.size, at=work.places(told, finding.values["field"])))
    return found


def totals_that_differ(records: Records, raw: RawCells, schema: Schema) -> list[Finding]:
    """Rows of sums whose heads or batches are not those of their records: of all, or of those above or below a subtotal."""
    totals = [row for row, why in records.skipped.items() if why == "total"]
    parts = [row for row, why in sorted(records.skipped.items()) if why == "subtotal" and not _of_which(raw.labels[row])]
    found = []
    for field in ("persons", "batches"):
        if field not in records.frame:
            continue
        added = np.where(records.recorded, records.frame[field].to_numpy(), 0)
        checked: list[tuple[int, tuple[int, ...]]] = [(row, (int(added.sum()),)) for row in totals if len(totals) == 1]
        checked += [(row, _beside(added, row, [-1, *totals, *parts, len(added)])) for row in parts]
        for row, sums in checked:
            stated = amount(raw.values[field][row], MOST_ADDED, 0)
            if isinstance(stated, int) and stated not in sums:
                place = f"{column_letter(schema.field_map.fields[field])}{raw.first_row + row + 1}"
                found.append(Finding("W209", 1, (place,), {"field": field, "stated": stated, "computed": sums[0]}))
    return found


def _of_which(labels: Sequence[str]) -> bool:
    """Whether a row of sums is a part of what others add up: 其中."""
    return any("其中" in label for label in labels)


def _beside(added: Numbers, row: int, edges: Sequence[int]) -> tuple[int, ...]:
    """What a subtotal may be the sum of: the rows above it since the last sum, those below it until the next, or all above."""
    before, after = max(edge for edge in edges if edge < row), min(edge for edge in edges if edge > row)
    return int(added[before + 1 : row].sum()), int(added[row + 1 : after].sum()), int(added[:row].sum())
