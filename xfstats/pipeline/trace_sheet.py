"""The rows of a sheet behind one figure, and the rows of a detail sheet: positions, no cells."""

from __future__ import annotations

import numpy as np
import pandas as pd

from xfstats.config.normalize import label_key
from xfstats.config.plan import FigureRequest, Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.measures.aggregate import Mask, Numbers
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import BY_KEY, Count, DayStatistic, Rate, Share, rate_counts
from xfstats.measures.trace import Selection, behind, details, ranges
from xfstats.model import RowKind, RowRole
from xfstats.pipeline.typed_sheet import TypedSheet, _columns, _inside, _rules


def _behind(sheet: TypedSheet, rows: Mask, plan: Plan, vocabulary: Vocabulary) -> dict[RowKind, tuple[tuple[int, int], ...]]:
    """Return runs of row numbers by kind for the requested figure, its compared period and uncounted rows; else nothing."""
    asked, records = plan.explain, sheet.records
    if asked is None or asked.log != sheet.schema.log:
        return {}
    found = _sides(sheet, rows, plan, vocabulary, asked, 0)
    for window in plan.windows:
        if window.name == asked.window:
            before = _sides(sheet, _inside(sheet, window, plan), plan, vocabulary, asked, window.steps)
            found |= {kind._replace(compared=True): own for kind, own in before.items()}
    for role in (RowRole.REJECTED, RowRole.OUTSIDE):
        found |= {RowKind(role, reason): np.flatnonzero(rows) for reason, rows in records.reasons(role).items()}
    return {kind: tuple(ranges(own, sheet.raw.first_row)) for kind, own in found.items() if own.size}


def _sides(
    sheet: TypedSheet, rows: Mask, plan: Plan, vocabulary: Vocabulary, asked: FigureRequest, steps: int
) -> dict[RowKind, Numbers]:
    """Return the rows of a figure in one period: of its numerator, of the rest of its base, and those that the base excludes."""
    measure, choices = BY_KEY[asked.measure], Choices.of(plan.profile)
    every = Count("every")
    match measure:
        case Count():
            part = base = measure
        case Rate():
            part, base = rate_counts(measure, choices)
        case Share():
            part, base = every, every
        case DayStatistic():
            rows = rows & _timed(sheet, "minutes" if measure.unit == "hours" else "days")
            part = base = Count(asked.measure, ("closed", "in_base"))
    schema, columns = sheet.schema, _columns(sheet, rows, plan, steps)
    group = {field: _own(label, columns.labels.get(field)) for field, label in asked.group}
    beside = [_own(label, columns.labels.get(schema.by[0])) for label in asked.beside]
    return behind(rows, columns, Selection(schema.by, _rules(schema, vocabulary), group, beside), part, base)


def _timed(sheet: TypedSheet, name: str) -> Mask:
    """Return which records have a number of days, or of minutes, from received to closed."""
    elapsed = sheet.records.frame.get(name)
    return np.zeros(sheet.records.rows, bool) if elapsed is None else elapsed.notna().to_numpy()


def _own(label: str | None, labels: pd.Series[str] | None) -> str | None:
    """Return a label in the spelling of this sheet; unchanged where the sheet does not have the label."""
    keys = {label_key(one): one for one in labels.cat.categories if one} if label and labels is not None else {}
    return keys.get(label_key(label), label) if label else None


def _detail(sheet: TypedSheet, rows: Mask, plan: Plan, vocabulary: Vocabulary) -> dict[str, tuple[str | int | None, ...]]:
    """Return the columns of the detail sheet for the counted rows: row numbers, labels, dates, amounts, days and counts."""
    schema = sheet.schema
    columns, rules = _columns(sheet, rows, plan, 0), _rules(schema, vocabulary)
    frame = sheet.records.frame
    dates = frame[[name for name in frame if frame[name].dtype.kind == "M"]]
    return details(rows, sheet.raw.first_row, schema.by, columns, dates, sheet.wanted, rules)
