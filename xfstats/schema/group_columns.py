"""Columns by which a log without a grouping field could be grouped: few words that repeat, and none about persons."""

from __future__ import annotations

from collections.abc import Sequence

from xfstats.config import normalize
from xfstats.config.header_words import about_persons
from xfstats.config.vocabulary import Vocabulary
from xfstats.model import Cell, column_letter
from xfstats.schema.content import ENDING, repeating
from xfstats.schema.dates import DateReader
from xfstats.schema.fields import FieldMap
from xfstats.schema.header import Header
from xfstats.schema.person_names import are_names, may_head_persons
from xfstats.schema.personal import shown_name

_MOST = 3
"""Columns that are named at most."""


def group_columns(
    header: Header, field_map: FieldMap, below: Sequence[Sequence[Cell]], vocabulary: Vocabulary, dates: DateReader
) -> tuple[str, ...]:
    """Return how --by names the columns without a field whose words repeat, the first three."""
    taken = {*field_map.fields.values(), *field_map.personal, *field_map.prose}
    found = []
    for column, name in enumerate(header.names):
        values = [row[column] if column < len(row) else None for row in below]
        if not name or column in taken or may_name_persons(column, header, values, vocabulary) or ENDING.search(name.lower()):
            continue
        if repeating(values, vocabulary, dates):
            found.append(_named(column, header))
    return tuple(found[:_MOST])


def may_name_persons(column: int, header: Header, values: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """True if a column is or may be about persons by its header or its values."""
    name = header.names[column] or ""
    told = about_persons(header.candidates[column]) or normalize.of_person(normalize.header(name)) or may_head_persons(name)
    return told or are_names(values, vocabulary, capitalised=True)


def _named(column: int, header: Header) -> str:
    """Return --by with a column, by its header where that may be shown and stands once, else by its letter."""
    name = shown_name(header, column)
    alike = [one for one in header.names if one and name and normalize.header(one) == normalize.header(name)]
    if name is None or len(alike) > 1 or any(mark in name for mark in ',"'):
        return f"--by column:{column_letter(column)}"
    return f'--by "column:{name}"' if " " in name else f"--by column:{name}"
