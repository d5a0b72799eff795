"""What a reader delivered of one sheet, by field; merged ranges filled where a cell stands for several rows."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.model import Cell
from xfstats.readers.base import TextRows
from xfstats.schema.infer import Schema
from xfstats.schema.split_dates import raw_days


@dataclass(frozen=True)
class RawCells:
    """What a reader delivered of a sheet, by field instead of by column."""

    values: dict[str, list[Cell]]
    first_row: int
    labels: Sequence[tuple[str, ...]]
    filled: Sequence[int]
    digests: Sequence[int]
    totals: frozenset[int]
    merges: Sequence[tuple[int, int, int, int]] | None
    errors: frozenset[tuple[int, int]]
    no_values: frozenset[tuple[int, int]]
    text: TextRows | None = None
    """Of text files."""
    updated: Sequence[Cell] | None = None
    """The days on which rows were last changed, where rows are events of one record."""
    struck: frozenset[int] = frozenset()
    """Rows of the sheet, from 0, that are struck through."""


def by_field(
    values: Mapping[int, Sequence[Cell]],
    schema: Schema,
    merges: Sequence[tuple[int, int, int, int]] | None,
    first_row: int,
) -> dict[str, list[Cell]]:
    """The cells of each field, from those of each column."""
    return {
        field: raw_days(values, schema.date_parts[field], merges, first_row)
        if field in schema.date_parts
        else list(values[column])
        for field, column in schema.columns.items()
    }


ONCE = frozenset(["persons", "batches", "serial", "case_no"])
"""Fields that say how many or which record: what stands above is another's."""
_DITTO = frozenset(map(normalize.word, normalize.dittos()))


def each_row(raw: RawCells) -> RawCells:
    """Return the same where every row of a merged record is one: its merged cells are filled, and so count as filled."""
    filled = list(raw.filled)
    for top, left, bottom, right in raw.merges or ():
        for row in range(max(top + 1 - raw.first_row, 0), min(bottom + 1 - raw.first_row, len(filled))):
            filled[row] += (right - left + 1) if filled[row] else 0
    return replace(raw, filled=filled)


def fill_merges(raw: RawCells, schema: Schema, once: Container[str] = ONCE) -> None:
    """Fill group, status and date columns inside recorded vertical merges, and nowhere else; none of those that stand `once`."""
    by_column = {schema.field_map.fields[name]: name for name in raw.values if name not in once}
    for top, left, bottom, right in raw.merges or ():
        for column in range(left, right + 1):
            name = by_column.get(column)
            first = top - raw.first_row
            if name is None or bottom <= top or first < 0:
                continue
            cells = raw.values[name]
            for row in range(first + 1, min(bottom - raw.first_row + 1, len(cells))):
                cells[row] = cells[first]


def fill_dittos(raw: RawCells, skips: Container[int]) -> None:
    """Put what stands in the record above where a cell says 同上 or 〃; where nothing does, the cell is left as it is."""
    for name, cells in raw.values.items():
        said = {cell for cell in set(cells) if isinstance(cell, str) and normalize.word(cell) in _DITTO}
        if name in ONCE or not said:
            continue
        above: Cell = None
        for row, cell in enumerate(cells):
            if row in skips:
                continue
            if cell in said and above is not None:
                cells[row] = above
            else:
                above = None if cell in said else cell


OF_ONE_RECORD = ("persons", "batches", "serial", "case_no")


@dataclass(frozen=True)
class MergedRows:
    """Rows (from 0 below the header) that continue a record, and those of which nothing tells whether they do."""

    continued: tuple[int, ...] = ()
    contested: tuple[int, ...] = ()
    """They hold heads of their own and no date: part of a visit, or a visit."""


def merged_rows(raw: RawCells, schema: Schema) -> MergedRows:
    """The further rows of merged records; one with a date of receipt of its own (and heads, where these are told) is a record."""
    rows = _under(raw, {schema.field_map.fields[field] for field in OF_ONE_RECORD if field in schema.wanted_fields})
    heads = _own("persons", rows, raw, schema)
    dated = _own("received_on", rows, raw, schema)
    if "persons" in raw.values:
        dated &= heads
    return MergedRows(tuple(sorted(rows - dated - heads)), tuple(sorted((rows & heads) - dated)))


def _under(raw: RawCells, columns: set[int]) -> set[int]:
    """The rows that a merge over one of these columns covers, but its first."""
    found: set[int] = set()
    for top, left, bottom, right in raw.merges or ():
        if bottom > top >= raw.first_row and any(left <= column <= right for column in columns):
            found.update(range(top + 1 - raw.first_row, min(bottom + 1 - raw.first_row, len(raw.filled))))
    return found


def _own(field: str, rows: set[int], raw: RawCells, schema: Schema) -> set[int]:
    """Those of the rows that have a cell of their own in a field's column."""
    cells, column = raw.values.get(field), schema.field_map.fields.get(field)
    if not rows or cells is None or column is None:
        return set()
    shared = {
        row - raw.first_row
        for top, left, bottom, right in raw.merges or ()
        if bottom > top and left <= column <= right
        for row in range(top, bottom + 1)
    }
    return {row for row in rows if row not in shared and not blank(cells[row])}
