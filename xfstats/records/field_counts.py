"""Text files whose records have another number of fields than their header: a delimiter within a field moves what follows it."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import numpy as np

from xfstats.config.vocabulary import Vocabulary
from xfstats.errors import InputFault
from xfstats.model import FIELDS, Kind, Position, column_letter
from xfstats.readers.base import TextRows
from xfstats.records.cells import RawCells
from xfstats.schema.content import ColumnType, column_type
from xfstats.schema.infer import Schema

MOST_LONGER = 20
"""One record in so many may be longer than the header: such a record is rejected, and the others are counted."""
PROVEN_BY = {Kind.DATE: ColumnType.DATES, Kind.AMOUNT: ColumnType.NUMBERS, Kind.WORD: ColumnType.FLAGS}
PROVEN_BY_FIELD = {"level": ColumnType.LEVELS, "status": ColumnType.STATUS, "outcome": ColumnType.STATUS}
_SAMPLE = 200


def check_field_counts(raw: RawCells, schema: Schema, vocabulary: Vocabulary, at: Position) -> None:
    """Raise InputFault where most records are longer or shorter than the header and no read column proves that none is moved.

    The values of a date, an amount, a level or a state prove the place of their column and of all columns before it.
    """
    other = _other_count(raw.text, raw, schema) if raw.text is not None else None
    if other is None:
        return
    named, found = other
    columns = sorted((schema.field_map.fields[name], name) for name in raw.values if name in schema.field_map.fields)
    for column, name in reversed(columns):
        if schema.field_map.evidence.get(name) == "map":
            continue
        if column < min(named, found) and _proven(name, raw, schema, vocabulary):
            return
        raise InputFault("E377", at, header=named, records=found, field=name, letter=column_letter(column))


def _other_count(text: TextRows, raw: RawCells, schema: Schema) -> tuple[int, int] | None:
    """Return the fields of the header and of the commonest record where most records differ from it; None where they agree."""
    head = text.counts[schema.header.first : schema.header.last + 1]
    if not head:
        return None
    named = max(head)
    last = np.array(text.last[raw.first_row :], np.int64)
    longer = last[last >= named]
    if longer.size > max(1, last.size // MOST_LONGER):
        return named, int(np.bincount(longer).argmax()) + 1
    counts = text.counts[raw.first_row :]
    if not counts:
        return None
    usual = Counter(counts).most_common(1)[0][0]
    written = max((place + 1 for place, name in enumerate(schema.header.names) if name), default=0)
    return (written, usual) if 1 < usual <= max(counts) < written else None


def _proven(name: str, raw: RawCells, schema: Schema, vocabulary: Vocabulary) -> bool:
    """True if the values of a field's column are of its type."""
    kind = PROVEN_BY_FIELD.get(name) or PROVEN_BY.get(FIELDS[name]) if name in FIELDS else None
    values = list(islice((cell for cell in raw.values[name].values if cell is not None), _SAMPLE))
    return kind is not None and column_type(values, vocabulary, schema.dates) is kind
