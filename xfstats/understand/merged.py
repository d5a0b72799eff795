"""Records over several rows: the further rows of a vertical merge in a column that stands once a record."""

from __future__ import annotations

from dataclasses import dataclass

from xfstats.config.normalize import blank
from xfstats.schema.infer import Layout
from xfstats.understand.raw import Raw

OF_ONE_RECORD = ("persons", "batches", "serial", "case_no")


@dataclass(frozen=True)
class Further:
    """Rows (from 0 below the header) that continue a record, and those of which nothing tells whether they do."""

    continued: tuple[int, ...] = ()
    contested: tuple[int, ...] = ()
    """They hold heads of their own and no date: part of a visit, or a visit."""


def further(raw: Raw, layout: Layout) -> Further:
    """The further rows of merged records; one with a date of receipt of its own (and heads, where these are told) is a record."""
    rows = _under(raw, {layout.roles.fields[field] for field in OF_ONE_RECORD if field in layout.wanted})
    heads = _own("persons", rows, raw, layout)
    dated = _own("received_on", rows, raw, layout)
    if "persons" in raw.values:
        dated &= heads
    return Further(tuple(sorted(rows - dated - heads)), tuple(sorted((rows & heads) - dated)))


def _under(raw: Raw, columns: set[int]) -> set[int]:
    """The rows that a merge over one of these columns covers, but its first."""
    found: set[int] = set()
    for top, left, bottom, right in raw.merges or ():
        if bottom > top >= raw.first_row and any(left <= column <= right for column in columns):
            found.update(range(top + 1 - raw.first_row, min(bottom + 1 - raw.first_row, len(raw.filled))))
    return found


def _own(field: str, rows: set[int], raw: Raw, layout: Layout) -> set[int]:
    """Those of the rows that have a cell of their own in a field's column."""
    cells, column = raw.values.get(field), layout.roles.fields.get(field)
    if not rows or cells is None or column is None:
        return set()
    shared = {
        row - raw.first_row
        for top, left, bottom, right in raw.merges or ()
        if bottom > top and left <= column <= right
        for row in range(top, bottom + 1)
    }
    return {row for row in rows if row not in shared and not blank(cells[row])}
