"""Split dates: year, month and day in columns of their own (年, 月, 日), or month and day with the year from the context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.model import FIELDS, Cell, Kind
from xfstats.readers.column import Column
from xfstats.schema.content import BY_VALUES
from xfstats.schema.header import JOIN, Header

_PARTS = "年月日"


def parted_days(header: Header) -> tuple[Header, dict[str, tuple[int, ...]]]:
    """Return the header with each split date as one field, in the column of its 日; and the columns of each, 年 first.

    The parent header names the date field; without a parent header it is the date of receipt, unless another column serves it.
    """
    lowest = ["" if name is None else normalize.header(name.split(JOIN)[-1]) for name in header.names]
    candidates = list(header.candidates)
    found: dict[str, tuple[int, ...]] = {}
    for day in (column for column in range(1, len(lowest)) if lowest[column - 1 : column + 1] == ["月", "日"]):
        columns = tuple(range(day - 2 if day > 1 and lowest[day - 2] == "年" else day - 1, day + 1))
        named = [(field, rank) for field, rank in candidates[day] if FIELDS[field] is Kind.DATE]
        if not named and JOIN in (header.names[day] or ""):
            continue  # a date of birth or of something unknown
        field, rank = named[0] if named else ("received_on", BY_VALUES)
        others = {one for column, fields in enumerate(candidates) if column not in columns for one, _ in fields}
        if field not in found and (named or field not in others):
            found[field] = columns
            for column in columns:
                candidates[column] = ((field, rank),) if column == day else ()
    return replace(header, candidates=tuple(candidates)), found


def _day(cells: Sequence[Cell]) -> Cell:
    """Return the text of one date, as 2024年5月6日 or 5月6日; None where all its cells are blank."""
    if all(map(blank, cells)):
        return None
    return "".join(f"{_number(cell)}{unit}" for cell, unit in zip(cells, _PARTS[-len(cells) :], strict=True))


def _number(cell: Cell) -> str:
    """Return a cell of a year, month or day without its unit."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if blank(cell) else normalize.word(str(cell)).strip(_PARTS)


def raw_days(
    values: Mapping[int, Column[Cell]],
    columns: Sequence[int],
    merges: Sequence[tuple[int, int, int, int]] | None,
    first_row: int,
) -> Column[Cell]:
    """Return the dates of these columns, with the value of a merged range in all of its rows, each date joined once."""
    parts = [values[column] for column in columns]
    codes = [cells.codes.copy() for cells in parts]
    for top, left, bottom, right in merges or ():
        for column, own in zip(columns, codes, strict=True):
            if left <= column <= right and top >= first_row:
                own[top - first_row + 1 : bottom - first_row + 1] = own[top - first_row : top - first_row + 1]
    distinct, places = np.unique(np.stack(codes, axis=1), axis=0, return_inverse=True)
    cells = [_day([part.values[code] for part, code in zip(parts, row, strict=True)]) for row in distinct.tolist()]
    return Column.distinct(cells, places.reshape(-1).astype(np.int32))
