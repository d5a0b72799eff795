"""Columns that may tell what is closed, named where a log has none that does."""

from __future__ import annotations

from collections.abc import Sequence

from xfstats.config import normalize
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import pattern
from xfstats.model import Cell
from xfstats.schema.answer_columns import yes_or_no
from xfstats.schema.content import STATED, repeating
from xfstats.schema.dates import DateReader
from xfstats.schema.fields import FieldMap, ways_to_map
from xfstats.schema.group_columns import may_name_persons
from xfstats.schema.header import ENDING, Header

_ENDS = pattern("value_header", "ends")
"""Words of an end in a header: 销号情况, Disposition."""
_MOST = 3
"""Columns that are named at most."""


def closing_columns(
    header: Header, field_map: FieldMap, below: Sequence[Sequence[Cell]], vocabulary: Vocabulary, dates: DateReader
) -> tuple[str, ...]:
    """Return the --map options of columns without a field whose headers have a word of an end, the first three.

    Yes and no in all filled cells may be a flag, few words that repeat may be states.  None where a column tells it already.
    """
    if (ENDING | {"closed_on"}) & (field_map.fields.keys() | field_map.ties.keys()):
        return ()
    taken = {*field_map.fields.values(), *field_map.personal}
    found = []
    for column, name in enumerate(header.names):
        values = [row[column] if column < len(row) else None for row in below]
        if not name or column in taken or may_name_persons(column, header, values, vocabulary):
            continue
        text = normalize.header(name)
        if STATED.search(text) or _ENDS.search(text) or vocabulary.headers.timely.of.search(text):
            field = "closed_flag" if yes_or_no(values, vocabulary) else "status" if repeating(values, vocabulary, dates) else None
            found += ways_to_map(field, (column,), header) if field else []
    return tuple(found[:_MOST])
