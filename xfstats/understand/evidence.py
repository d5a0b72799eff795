"""What inspect shows of a sheet: which column serves which field and why, the words, the columns that were not read."""

from __future__ import annotations

from xfstats.model import column_letter
from xfstats.tallies import ABOUT_PERSONS, ColumnUse
from xfstats.understand.layout import Layout
from xfstats.understand.raw import Raw
from xfstats.understand.records import Records
from xfstats.understand.shapes import blank, showable


def header_of(layout: Layout, field: str) -> str:
    """The header of a field's column, or its letter where it has none or none that may be shown."""
    column = layout.roles.fields[field]
    name = layout.header.names[column] if column < len(layout.header.names) else None
    shown = name and (layout.header.candidates[column] or showable(name, len(layout.header.known)))
    return name if name and shown else f"column:{column_letter(column)}"


def column_uses(records: Records, raw: Raw, layout: Layout) -> tuple[ColumnUse, ...]:
    """For inspect: each column that serves a field, why, how many cells are filled, and the words that may be shown."""
    uses = [
        ColumnUse(
            field,
            column_letter(column),
            header_of(layout, field),
            layout.roles.evidence[field],
            sum(1 for row, cell in enumerate(raw.values[field]) if row not in records.skipped and not blank(cell)),
            records.words.get(field, {}),
            layout.header.names[layout.roles.runners_up[field]] if field in layout.roles.runners_up else None,
        )
        for field, column in layout.columns.items()
    ]
    named = [
        ColumnUse(field, "", None, by, records.rows, {label: records.rows}) for field, (label, by) in layout.constants.items()
    ]
    return (*uses, *(use for use in named if use.field in layout.by))


def columns_unused(layout: Layout) -> tuple[str, ...]:
    """The columns that were not read: their headers where these may be shown, else their letters; persons' are said as such."""
    known = len(layout.header.known)
    shown = []
    for column, name in enumerate(layout.header.names):
        if name is None or column in layout.columns.values():
            continue
        letter = column_letter(column)
        text = name if layout.header.candidates[column] or showable(name, known) else ""
        mark = ABOUT_PERSONS if column in layout.roles.personal else ""
        shown.append(f"{letter} {text}".strip() + mark)
    return tuple(shown)
