"""One sheet read, inferred, typed and flagged: `TypedSheet`, from which it is counted and its figures are traced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from xfstats.config.periods import step_label, step_of
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Rule, Vocabulary
from xfstats.errors import InputFault
from xfstats.measures.aggregate import Columns as Counted
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import USUAL, Count, counts
from xfstats.measures.flags import Facts, Flags, flag
from xfstats.model import Position, Window
from xfstats.readers.base import Columns, Reader, SheetInfo
from xfstats.records.build import make_records
from xfstats.records.cells import RawCells, by_field
from xfstats.records.frame import Records
from xfstats.schema.infer import PEEK, Schema, infer_schema
from xfstats.schema.person_names import name_columns


@dataclass(frozen=True)
class TypedSheet:
    """One sheet as it was understood: its cells by field, its layout, its records, each record's flags."""

    raw: RawCells
    columns: Columns
    schema: Schema
    records: Records
    flags: Flags
    wanted: tuple[Count, ...]
    hidden: int
    at: Position


def read_typed_sheet(reader: Reader, info: SheetInfo, file: str, plan: Plan, vocabulary: Vocabulary) -> TypedSheet | str:
    """A sheet's records and flags, or why it is not a log."""
    try:
        return _typed_sheet(reader, info, Position(file, info.shown), plan, vocabulary)
    except InputFault as error:
        if error.code == "E312":
            return "totals"
        raise


def _typed_sheet(reader: Reader, info: SheetInfo, at: Position, plan: Plan, vocabulary: Vocabulary) -> TypedSheet | str:
    cells = reader.peek(info, PEEK)
    structure = reader.structure(info)
    schema = infer_schema(cells, structure.merges, at, plan, vocabulary, date1904=structure.date1904)
    if isinstance(schema, str):
        return schema
    serial = [column for field, column in schema.field_map.fields.items() if field == "serial"]
    first = schema.header.last + 1
    columns = reader.columns(info, schema.read_columns, first, serial, vocabulary.marks)
    structure = reader.structure(info)  # what is found beside the cells is complete once these were read
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
    of_names = name_columns(schema.header, cells[first:], vocabulary, schema.read_columns)
    held = partial(reader.hold, info, of_names, first) if of_names else None
    records = make_records(raw, schema, plan, vocabulary, at, held)
    choices = Choices.of(plan.profile)
    wanted = counts(dict.fromkeys((*USUAL, *(plan.measures or choices.measures), *plan.extra_measures)), choices)
    names = {name for count in wanted for name in count.flags} | {"closed", "in_base"}
    flags = flag(_facts(records, plan), names, choices, plan.as_of, at)
    return TypedSheet(raw, columns, schema, records, flags, wanted, structure.hidden_rows, at)


def _facts(records: Records, plan: Plan) -> Facts:
    """What the records say, as counting takes it."""
    said = records.answers
    windows = (row for window in plan.windows for row in records.inside(window.period, plan.judged_by))
    return Facts(
        records.rows,
        records.outcomes.flags,
        dict(records.dates),
        records.persons,
        records.batches is not None,
        said.says("extension"),
        said.classes.get("repeat"),
        _yes(said.classes.get("collective")),
        _yes(said.classes.get("on_time_flag")),
        {name: said.classes[name] for name in ("satisfaction", "satisfaction_unit") if name in said.classes},
        frozenset((*records.counted, *windows)),
        records.unread,
    )


def _yes(classes: Sequence[str | None] | None) -> list[bool | None] | None:
    """Whether each row says yes; None where it says nothing, or no column does."""
    return None if classes is None else [one == "yes" if one else None for one in classes]


def _rules(schema: Schema, vocabulary: Vocabulary) -> tuple[Rule, ...]:
    """The groups by rule, which stand in the place of levels."""
    return vocabulary.rules.get(schema.log, ()) if "level" in schema.by else ()


def _inside(sheet: TypedSheet, window: Window, plan: Plan) -> list[int]:
    """The records of a period that is compared with."""
    return sheet.records.inside(window.period, plan.judged_by)


def _columns(sheet: TypedSheet, chosen: list[int], plan: Plan, steps: int) -> Counted:
    """What counting looks at; of a series the labels of the chosen rows, so many steps later."""
    records = sheet.records
    groups = dict(records.groups)
    days = records.dates.get(plan.judged_by)
    if plan.series and days is not None:
        labels = series_labels(days, plan.series, steps, Choices.of(plan.profile).month_start_day)
        inside = set(chosen)
        groups[plan.series] = [label if row in inside else None for row, label in enumerate(labels)]
    return Counted(groups, sheet.flags.columns, records.batches, records.persons, records.days)


def series_labels(days: list[date | None], unit: str, steps: int, start_day: int) -> list[str | None]:
    """The year, quarter, month or week of each day, so many steps later."""
    known = {day: step_label(step_of(day, unit, start_day) + steps, unit) for day in set(days) if day is not None}
    return [known[day] if day is not None else None for day in days]
