"""Columns of days that serve no field, named where no column tells the days of receipt."""

from __future__ import annotations

from collections.abc import Sequence

from xfstats.config import normalize
from xfstats.config.vocabulary import Vocabulary
from xfstats.model import Cell
from xfstats.schema.content import DATES, ColumnType, column_type
from xfstats.schema.dates import DateReader
from xfstats.schema.fields import FieldMap
from xfstats.schema.header import Header

_ENOUGH = 3
"""Fewest rows with different days from which a column of days is one of records."""


def unserved_days(
    header: Header, field_map: FieldMap, below: Sequence[Sequence[Cell]], vocabulary: Vocabulary, dates: DateReader
) -> tuple[int, ...]:
    """Return the columns that may tell the days of receipt by their header (StartTime), and beside them days of acceptance.

    Days of acceptance alone (受理日期) are named elsewhere, as days by which a log can be judged.
    """
    taken = {*field_map.fields.values(), *field_map.personal, *(one for tie in field_map.ties.values() for one in tie)}
    free = [place for place, name in enumerate(header.names) if name and place not in taken and not header.candidates[place]]
    found = [place for place in free if _may_be_receipt(header.names[place] or "", _cells(below, place), vocabulary, dates)]
    accepted = field_map.column("accepted_on")
    told = accepted is not None and column_type(_cells(below, accepted), vocabulary, dates) is ColumnType.DATES
    return tuple(sorted([*found, accepted] if found and told and accepted is not None else found))


def _cells(below: Sequence[Sequence[Cell]], place: int) -> list[Cell]:
    """Return the filled cells of a column."""
    return [row[place] for row in below if place < len(row) and not normalize.blank(row[place])]


def _may_be_receipt(name: str, cells: Sequence[Cell], vocabulary: Vocabulary, dates: DateReader) -> bool:
    """True if a column holds different days and its header does not say that they are planned, due, or of a change."""
    barred = any(DATES[field].search(name.lower()) for field in (None, "due_on", "closed_on"))
    if barred or any(word in normalize.header(name) for word in vocabulary.updated) or len(set(cells)) < _ENOUGH:
        return False
    return column_type(cells, vocabulary, dates) is ColumnType.DATES
