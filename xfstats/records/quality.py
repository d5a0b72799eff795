"""What was found of rows that are records; 合计 and 小计 rows against the rows that they add up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from xfstats.model import Finding, column_letter
from xfstats.records.cells import RawCells
from xfstats.records.frame import Records
from xfstats.records.rejects import RowReview
from xfstats.schema.infer import Schema
from xfstats.schema.numbers import MOST_ADDED, amount

OF_FILES = frozenset(["W261", "W262"])
"""Findings about how a file was written, whatever becomes of the rows."""


def of_records(work: RowReview, outside: Collection[int]) -> list[Finding]:
    """Return what was found, without rows that were rejected, and of what counts without those outside: that is told instead."""
    found = []
    for place, finding in enumerate(work.findings):
        rows = work.about.get(place, ())
        kept = [row for row in rows if row not in work.rejected and not (finding.code == "W267" and row in outside)]
        if len(kept) == len(rows) or finding.code in OF_FILES:
            found.append(finding)
        elif kept:
            found.append(replace(finding, rows=len(kept), at=work.places(kept, finding.values["field"])))
    return found


def totals_that_differ(records: Records, raw: RawCells, schema: Schema) -> list[Finding]:
    """Rows of sums whose heads or batches are not those of their records: of all, or of those above or below a subtotal."""
    totals = [row for row, why in records.skipped.items() if why == "total"]
    parts = [row for row, why in sorted(records.skipped.items()) if why == "subtotal" and not _of_which(raw.labels[row])]
    found = []
    for field, amounts in (("persons", records.persons), ("batches", records.batches)):
        if amounts is None:
            continue
        added = [0 if row in records.skipped else number for row, number in enumerate(amounts)]
        checked: list[tuple[int, tuple[int, ...]]] = [(row, (sum(added),)) for row in totals if len(totals) == 1]
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


def _beside(added: Sequence[int], row: int, edges: Sequence[int]) -> tuple[int, ...]:
    """What a subtotal may be the sum of: the rows above it since the last sum, those below it until the next, or all above."""
    before, after = max(edge for edge in edges if edge < row), min(edge for edge in edges if edge > row)
    return sum(added[before + 1 : row]), sum(added[row + 1 : after]), sum(added[:row])
