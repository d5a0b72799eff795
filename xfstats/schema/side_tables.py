"""Tables beside the log, separated by a blank column: ignored; if one is itself a log, the sheet is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xfstats.config.normalize import blank
from xfstats.errors import InputFault
from xfstats.frozen import frozen
from xfstats.model import Cell, Position, column_letter
from xfstats.schema.content import many
from xfstats.schema.header import UNCOUNTED, Header

MIN_REPORTED_COLUMNS = 2
"""Least number of columns of a side table that is reported; one column is a list of words to choose from."""


@frozen
class Block:
    """A run of columns from `first` to `last` between blank ones, the fields that they may serve, and its filled rows."""

    first: int
    last: int
    fields: frozenset[str]
    rows: int
    counts: bool
    """True if one of its yes/no columns holds counts."""
    numbered: bool
    """True if it has a serial number column of its own."""


def without_side_tables(header: Header, below: Sequence[Sequence[Cell]], at: Position) -> tuple[Header, tuple[str, ...]]:
    """Return the header of the log alone, and the columns of side tables that hold data of their own, such as H:J.

    A block belongs to the log where it serves other fields and has as many rows.  Raises InputFault where one is a log itself.
    """
    found = _blocks(header, below)
    if len(found) < 2:
        return header, ()
    main = max(found, key=lambda one: (len(one.fields), one.rows, -one.first))
    apart = [one for one in found if one is not main and one.fields and _is_side_table(one, main)]
    for one in apart:
        if one.rows and len(one.fields) >= 2 and one.fields & {"received_on", "case_no"}:
            raise InputFault("E332", at, one=column_letter(main.first), other=column_letter(one.first))
    gone = {column for one in apart for column in range(one.first, one.last + 1)}
    cut = replace(
        header,
        names=tuple(None if column in gone else name for column, name in enumerate(header.names)),
        candidates=tuple(() if column in gone else fields for column, fields in enumerate(header.candidates)),
    )
    data = [one for one in apart if one.rows and one.last - one.first + 1 >= MIN_REPORTED_COLUMNS]
    return cut, tuple(f"{column_letter(one.first)}:{column_letter(one.last)}" for one in data)


def _is_side_table(one: Block, main: Block) -> bool:
    """True if a block is no part of the log: it has the same fields, counts, serial numbers of its own, or another length."""
    return (
        bool(one.fields & (main.fields | {"batches"}))
        or one.numbered
        or one.counts
        or one.rows > main.rows
        or 2 * one.rows < main.rows
    )


def _blocks(header: Header, below: Sequence[Sequence[Cell]]) -> list[Block]:
    """Return the runs of columns that have a name or a value."""
    width = len(header.names)
    used = [
        name is not None or any(column < len(row) and not blank(row[column]) for row in below)
        for column, name in enumerate(header.names)
    ]
    made: list[Block] = []
    first: int | None = None
    for column in range(width + 1):
        if column < width and used[column]:
            first = column if first is None else first
        elif first is not None:
            made.append(_block(header, below, first, column - 1))
            first = None
    return made


def _block(header: Header, below: Sequence[Sequence[Cell]], first: int, last: int) -> Block:
    """Return the run of columns from `first` to `last`."""
    rows = sum(1 for row in below if any(not blank(cell) for cell in row[first : last + 1]))
    flags = [
        column for column in range(first, last + 1) if any(field.endswith("_flag") for field, _ in header.candidates[column])
    ]
    counts = any(many([row[column] for row in below if column < len(row)]) for column in flags)
    named = {field for column in range(first, last + 1) for field, _ in header.candidates[column]}
    return Block(first, last, frozenset(named - UNCOUNTED), rows, counts, "serial" in named)
