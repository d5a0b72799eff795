"""Columns whose headers serve one field equally well: their values decide where they prove that only one can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.model import FIELDS, Cell, Kind
from xfstats.schema.dates import DateReader

Values = Sequence[str]


def competing(field: str, columns: Sequence[int], sample: Sequence[Sequence[Cell]], dates: DateReader) -> tuple[int, ...]:
    """Return the columns that still compete for a field; case numbers with the most different ones first.

    Dropped are empty columns, for a grouping field those with a single value where another has several, and those equal to an
    earlier one in every row, or of the same day, but not for amounts.
    """
    values = {column: _texts(column, sample, dates if FIELDS[field] is Kind.DATE else None) for column in columns}
    kept = [column for column in columns if any(values[column])] or list(columns[:1])
    if FIELDS[field] is Kind.GROUP:
        telling = [column for column in kept if len(set(filter(None, values[column]))) > 1]
        kept = telling or kept
    if FIELDS[field] is Kind.AMOUNT:
        return tuple(kept)  # equal amounts in the sampled rows prove nothing about the other rows
    if field == "case_no":
        kept.sort(key=lambda column: -len(set(values[column])))
    firsts: dict[tuple[str, ...], int] = {}
    for column in kept:
        firsts.setdefault(tuple(values[column]), column)
    return tuple(firsts.values())


def _texts(column: int, sample: Sequence[Sequence[Cell]], dates: DateReader | None) -> list[str]:
    """Return the cells of a column as texts for comparison; of days without their time."""
    cells = (row[column] if column < len(row) else None for row in sample)
    return ["" if blank(cell) or cell is None else _text(cell, dates) for cell in cells]


def _text(cell: Cell, dates: DateReader | None) -> str:
    """Return a cell as a text for comparison."""
    day = None if dates is None else dates.read(cell)
    return day.isoformat() if isinstance(day, date) else normalize.word(normalize.text_of(cell))


def settled(
    fields: Mapping[str, int], ties: Mapping[str, Sequence[int]], sample: Sequence[Sequence[Cell]], dates: DateReader
) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """Return the fields, tied ones with the first column that still competes, and the ties that remain."""
    left = {field: competing(field, columns, sample, dates) for field, columns in ties.items()}
    return {**fields, **{field: columns[0] for field, columns in left.items()}}, {
        field: columns for field, columns in left.items() if len(columns) > 1
    }
