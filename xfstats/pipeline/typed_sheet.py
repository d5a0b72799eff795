"""One sheet read, inferred, typed and flagged: `TypedSheet`, from which it is counted and its figures are traced."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from xfstats.config.periods import WEEKDAY, WEEKDAY_TEXTS, step_label, step_of
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Rule, Vocabulary
from xfstats.errors import TotalsFault
from xfstats.frozen import frozen
from xfstats.measures.aggregate import Columns as Counted
from xfstats.measures.aggregate import Mask
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import USUAL, Count, asked_or_offered, component_counts
from xfstats.measures.flags import Flags, collective, compute_flags
from xfstats.messages import raw
from xfstats.model import Position, Window
from xfstats.readers.base import Columns, Reader, SheetInfo
from xfstats.readers.column import Column
from xfstats.records.build import make_records
from xfstats.records.cells import RawCells, by_field
from xfstats.records.field_counts import check_field_counts
from xfstats.records.frame import Records, categories
from xfstats.records.rejects import NamesHeld, hold_none
from xfstats.records.word_groups import class_label
from xfstats.schema.date_zones import ZoneReading
from xfstats.schema.infer import PEEK, Schema, infer_schema
from xfstats.schema.person_names import name_columns


@frozen
class TypedSheet:
    """One sheet after type inference: its cells by field, its schema, its records, and the flags of each record."""

    raw: RawCells
    columns: Columns
    schema: Schema
    records: Records
    flags: Flags
    wanted: tuple[Count, ...]
    hidden: int
    at: Position


def read_typed_sheet(
    reader: Reader, info: SheetInfo, file: str, plan: Plan, vocabulary: Vocabulary, zones: ZoneReading | None = None
) -> TypedSheet | str:
    """Return a sheet's records and flags, or why it is no log; `zones` is the whole file's; raise InputFault if it is refused."""
    try:
        return _typed_sheet(reader, info, Position(file, info.shown), plan, vocabulary, zones)
    except TotalsFault:
        return "totals"


def _typed_sheet(
    reader: Reader, info: SheetInfo, at: Position, plan: Plan, vocabulary: Vocabulary, zones: ZoneReading | None
) -> TypedSheet | str:
    cells = reader.peek(info, PEEK)
    structure = reader.structure(info)
    schema = infer_schema(cells, structure.merges, at, plan, vocabulary, date1904=structure.date1904)
    if isinstance(schema, str):
        return schema
    serial = [column for field, column in schema.field_map.fields.items() if field == "serial"]
    first = schema.header.last + 1
    columns = reader.columns(info, schema.read_columns, first, serial, vocabulary.marks)
    structure = reader.structure(info)  # complete only after the columns were read
    raw = RawCells(
        by_field(columns.values, schema, structure.merges, first),
        first,
        columns.labels,
        columns.filled,
        columns.digests,
        columns.totals,
        structure.merges,
        structure.errors,
        structure.no_values,
        structure.text,
        columns.values[schema.updated_column] if schema.updated_column is not None else None,
        structure.struck,
    )
    held = NamesHeld(
        *(
            partial(reader.hold, info, columns, first) if columns else hold_none
            for capitalised in (False, True)
            for columns in [name_columns(schema.header, cells[first:], vocabulary, schema.read_columns, capitalised=capitalised)]
        )
    )
    check_field_counts(raw, schema, vocabulary, at)
    records = make_records(raw, schema, plan, vocabulary, at, held, zones)
    choices = Choices.of(plan.profile)
    wanted = component_counts(dict.fromkeys((*USUAL, *asked_or_offered(plan.measures, choices), *plan.extra_measures)), choices)
    names = {name for count in wanted for name in count.flags} | {"closed", "in_base"}
    asked = records.counted.copy()
    for window in plan.windows:
        asked |= records.inside(window.period, plan.judged_by)
    flags = compute_flags(records.frame, asked, names, choices, plan.as_of, at)
    return TypedSheet(raw, columns, schema, records, flags, wanted, structure.hidden_rows, at)


def _rules(schema: Schema, vocabulary: Vocabulary) -> tuple[Rule, ...]:
    """Return the group rules of the kind of log, which replace its levels; none where the sheet is not grouped by level."""
    return vocabulary.rules.get(schema.log, ()) if "level" in schema.by else ()


def _inside(sheet: TypedSheet, window: Window, plan: Plan) -> Mask:
    """Return which records are inside a compared period."""
    return sheet.records.inside(window.period, plan.judged_by)


def _columns(sheet: TypedSheet, chosen: Mask, plan: Plan, steps: int) -> Counted:
    """Return the labels, flags and amounts to aggregate; in a series, chosen rows get the label `steps` steps after their day."""
    records, frame, schema = sheet.records, sheet.records.frame, sheet.schema
    labels = records.labels
    if plan.series and plan.judged_by in frame:
        own = series_labels(frame[plan.judged_by], plan.series, steps, Choices.of(plan.profile).month_start_day)
        labels = labels.assign(**{plan.series: own.where(chosen)})
    if WEEKDAY in schema.by and plan.judged_by in frame:
        labels = labels.assign(**{WEEKDAY: weekday_labels(frame[plan.judged_by], chinese=schema.header.chinese)})
    if "collective" in schema.by:
        labels = labels.assign(collective=collective_labels(sheet, Choices.of(plan.profile)))
    batches, persons = (frame[name].to_numpy() if name in frame else None for name in ("batches", "persons"))
    return Counted(labels, sheet.flags.columns, batches, persons, frame.get("days"), frame.get("minutes"))


def series_labels(days: pd.Series[pd.Timestamp], unit: str, steps: int, start_day: int) -> pd.Series[str]:
    """Return the year, quarter, month or week that is `steps` steps after that of each day, as categories."""
    codes, distinct = pd.factorize(days)
    labels = [step_label(step_of(day.date(), unit, start_day) + steps, unit) for day in distinct]
    column = Column.distinct([*labels, None], np.where(codes < 0, len(labels), codes).astype(np.int32))
    return pd.Series(categories(column), index=days.index)


def weekday_labels(days: pd.Series[pd.Timestamp], *, chinese: bool) -> pd.Series[str]:
    """Return the day of the week of each day as categories, in the language of the log."""
    names = [raw(key, "zh" if chinese else "en") for key in WEEKDAY_TEXTS]
    codes = np.array(days.dt.day_of_week.fillna(len(names)), np.int32)
    return pd.Series(categories(Column([*names, None], codes)), index=days.index)


def collective_labels(sheet: TypedSheet, choices: Choices) -> pd.Series[str]:
    """Return yes or no for each record, as categories in the language of the log: whether it counts as a collective visit."""
    frame = sheet.records.frame
    codes = collective(frame, choices).astype(np.int32)
    if "persons" not in frame or "batches" in frame:
        codes[frame["collective"].isna().to_numpy()] = 2
    names = [class_label("collective", one, chinese=sheet.schema.header.chinese) for one in ("no", "yes")]
    return pd.Series(categories(Column([*names, None], codes)), index=frame.index)
