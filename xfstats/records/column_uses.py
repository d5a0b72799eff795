"""Contents of inspect for a sheet: which column serves which field and why, the words, the columns that were not read."""

from __future__ import annotations

from dataclasses import replace

from xfstats.errors import FINDINGS
from xfstats.model import FIELDS, ColumnUse, Heading, Kind, column_letter
from xfstats.records.cells import RawCells
from xfstats.records.frame import Records
from xfstats.schema.infer import Schema
from xfstats.schema.personal import headed, shown_name


def header_of(schema: Schema, field: str) -> str:
    """Return the header of a field's column, or its letter where it has none or none that may be shown."""
    column = schema.field_map.fields[field]
    return shown_name(schema.header, column) or f"column:{column_letter(column)}"


def stands(schema: Schema) -> tuple[tuple[str, str, str], ...]:
    """Return the main fields whose column was inferred from values or has a runner-up, with its header and the runner-up's."""
    found = []
    for field, column in schema.columns.items():
        unnamed = not schema.header.candidates[column] or field in schema.date_parts
        hinted = schema.field_map.evidence[field] == "values" and unnamed
        other = None if hinted else _runner_up(schema, field)
        tied = {"case_no"} & schema.field_map.ties.keys()
        if field in {"received_on", "closed_on", "persons", "status", *tied, *schema.by} and (hinted or other is not None):
            found.append((field, header_of(schema, field), other or ""))
    return tuple(found)


def column_uses(records: Records, raw: RawCells, schema: Schema) -> tuple[ColumnUse, ...]:
    """Return each column that serves a field, with the evidence, the number of filled cells and the words that may be shown."""
    unknown = {one.values["field"]: one.values["words"] for one in records.findings if FINDINGS[one.code].words}
    uses = [
        ColumnUse(
            field,
            column_letter(column),
            header_of(schema, field),
            schema.field_map.evidence[field],
            int((records.recorded & ~raw.blank_in([field])).sum()),
            {**records.words.get(field, {}), **unknown.get(field, {})},
            _runner_up(schema, field),
        )
        for field, column in schema.columns.items()
    ]
    named = [
        ColumnUse(field, "", None, by, records.rows, {label: records.rows}) for field, (label, by) in schema.constants.items()
    ]
    return (*uses, *(use for use in named if use.field in schema.by))


def _runner_up(schema: Schema, field: str) -> str | None:
    """Return the header of the second-best column of a field, its letter if it has no own header; None without such a column."""
    own, column = schema.field_map.fields[field], schema.field_map.runners_up.get(field)
    if column is None or column == own:
        return None
    name = shown_name(schema.header, column)
    return name if name and name != schema.header.names[own] else f"column:{column_letter(column)}"


def columns_unused(schema: Schema) -> tuple[Heading, ...]:
    """Return the headings of the columns that were not read, with the field of those that are understood."""
    used = set(map(column_letter, schema.read_columns))
    fields = {
        column_letter(column): field
        for field, column in schema.field_map.fields.items()
        if FIELDS.get(field, Kind.PERSON) is not Kind.PERSON
    }
    return tuple(
        replace(one, field=None if one.person else fields.get(one.column))
        for one in headed(schema.header)
        if one.column not in used
    )
