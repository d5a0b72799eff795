"""Cells of one sheet as a reader delivered them, by field; merged ranges filled where a cell stands for several rows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.frozen import frozen
from xfstats.model import Cell
from xfstats.readers.base import RowTexts, TextRows
from xfstats.readers.column import Column, Mask
from xfstats.schema.infer import Schema
from xfstats.schema.split_dates import raw_days


@frozen
class RawCells:
    """The cells of a sheet as a reader delivered them, by field instead of by column."""

    values: dict[str, Column[Cell]]
    first_row: int
    labels: RowTexts
    filled: NDArray[np.uint16]
    digests: NDArray[np.uint64]
    totals: frozenset[int]
    merges: Sequence[tuple[int, int, int, int]] | None
    errors: frozenset[tuple[int, int]]
    no_values: frozenset[tuple[int, int]]
    text: TextRows | None = None
    """The structure of the rows of a text file; None for other formats."""
    updated: Column[Cell] | None = None
    """The days on which rows were last changed, where rows are events of one record."""
    struck: frozenset[int] = frozenset()
    """Rows of the sheet, from 0, that are struck through."""

    def all_but(self, rows: Iterable[int]) -> Mask:
        """Return all rows but these."""
        mask = np.ones(len(self.filled), bool)
        mask[np.fromiter(rows, np.int64)] = False
        return mask

    def blank_in(self, names: Iterable[str]) -> Mask:
        """Return the rows that are blank in each of these fields that the sheet has."""
        mask = np.ones(len(self.filled), bool)
        for name in names:
            if name in self.values:
                mask &= self.values[name].blank
        return mask


def by_field(
    values: Mapping[int, Column[Cell]],
    schema: Schema,
    merges: Sequence[tuple[int, int, int, int]] | None,
    first_row: int,
) -> dict[str, Column[Cell]]:
    """Return the cells of each field; those of a date that is split over columns are put together."""
    return {
        field: raw_days(values, schema.date_parts[field], merges, first_row) if field in schema.date_parts else values[column]
        for field, column in schema.columns.items()
    }


ONCE = frozenset(["persons", "batches", "serial", "case_no"])
"""Fields that count or identify a record: the cell in the row above belongs to another record."""
_DITTO = frozenset(map(normalize.word, normalize.dittos()))


def each_row(raw: RawCells) -> RawCells:
    """Return the cells with merged ones counted as filled, for a log in which each row of a merged range is a record."""
    filled = raw.filled.copy()
    for top, left, bottom, right in raw.merges or ():
        rows = filled[max(top + 1 - raw.first_row, 0) : max(bottom + 1 - raw.first_row, 0)]
        rows[rows > 0] += right - left + 1
    return replace(raw, filled=filled)


def fill_merges(raw: RawCells, schema: Schema, once: Container[str] = ONCE) -> None:
    """Fill vertical merged ranges with the cell of their first row, in place, but not in the fields of `once`."""
    by_column: dict[int, list[str]] = {}
    for name in raw.values:
        if name not in once:
            by_column.setdefault(schema.field_map.fields[name], []).append(name)
    codes: dict[str, NDArray[np.int32]] = {}
    for top, left, bottom, right in raw.merges or ():
        first = top - raw.first_row
        if bottom <= top or first < 0:
            continue
        for column in range(left, right + 1):
            for name in by_column.get(column, ()):
                own = codes[name] if name in codes else raw.values[name].codes.copy()
                codes[name] = own
                own[first + 1 : bottom - raw.first_row + 1] = own[first : first + 1]
    for name, own in codes.items():
        raw.values[name] = Column(raw.values[name].values, own).take(slice(None))


def fill_dittos(raw: RawCells, skips: Iterable[int]) -> None:
    """Replace 同上 and 〃 by the cell of the record above, in place; where that is blank, leave the cell as it is."""
    for name, cells in raw.values.items():
        if name in ONCE:
            continue
        ditto_rows = cells.where_text(lambda text: normalize.word(text) in _DITTO)
        if not ditto_rows.any():
            continue
        rows = np.flatnonzero(raw.all_but(skips))
        codes = cells.codes.copy()
        ditto = ditto_rows[rows]
        above = np.maximum.accumulate(np.where(ditto, -1, np.arange(len(rows))))
        sources = codes[rows[above]]
        told = ditto & (above >= 0) & np.array([cell is not None for cell in cells.values], bool)[sources]
        codes[rows[told]] = sources[told]
        raw.values[name] = Column(cells.values, codes).take(slice(None))


OF_ONE_RECORD = ("persons", "batches", "serial", "case_no")


@frozen
class MergedRows:
    """Rows (from 0 below the header) that continue a merged record, and rows that may continue it or be records."""

    continued: tuple[int, ...] = ()
    contested: tuple[int, ...] = ()
    """Rows with a head count of their own and no date of their own: part of a visit, or another visit."""


def merged_rows(raw: RawCells, schema: Schema) -> MergedRows:
    """Return the further rows of merged records; a row with its own date of receipt (and heads, if there are any) is a record."""
    rows = _under(raw, {schema.field_map.fields[field] for field in OF_ONE_RECORD if field in schema.wanted_fields})
    heads = _own("persons", rows, raw, schema)
    dated = _own("received_on", rows, raw, schema)
    if "persons" in raw.values:
        dated &= heads
    return MergedRows(tuple(sorted(rows - dated - heads)), tuple(sorted((rows & heads) - dated)))


def _under(raw: RawCells, columns: set[int]) -> set[int]:
    """Return the rows of merged ranges over one of these columns, without the first row of each range."""
    found: set[int] = set()
    for top, left, bottom, right in raw.merges or ():
        if bottom > top >= raw.first_row and any(left <= column <= right for column in columns):
            found.update(range(top + 1 - raw.first_row, min(bottom + 1 - raw.first_row, len(raw.filled))))
    return found


def _own(field: str, rows: set[int], raw: RawCells, schema: Schema) -> set[int]:
    """Return those of `rows` whose cell in the field's column is filled and in no vertical merged range."""
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
