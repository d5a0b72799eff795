"""Parquet, whose first row of cells names the columns."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .model import Cell, Sheet, plain, stored


def write(path: Path, sheets: Sequence[Sheet], *, date1904: bool = False) -> None:
    """Write the first sheet; a column of one kind keeps its type, any other holds plain text."""
    header, *rows = sheets[0].shown(date1904=date1904) or [[]]
    columns = list(zip_longest(header, *rows))
    arrays = [_array([stored(cell) for cell in column[1:]]) for column in columns]
    pq.write_table(pa.Table.from_arrays(arrays, names=[plain(column[0]) for column in columns]), path)


def _array(cells: Sequence[Cell]) -> pa.Array:
    match {type(cell) for cell in cells if cell is not None}:
        case kinds if kinds == {int}:
            return pa.array(cells, pa.int64())
        case kinds if kinds and kinds <= {int, float}:
            return pa.array(cells, pa.float64())
        case kinds if kinds == {date}:
            return pa.array(cells, pa.date32())
        case kinds if kinds and kinds <= {date, datetime}:
            return pa.array([_moment(cell) for cell in cells], pa.timestamp("us"))
        case kinds if kinds == {bool}:
            return pa.array(cells, pa.bool_())
        case _:
            return pa.array([None if cell is None else plain(cell) for cell in cells], pa.string())


def _moment(cell: Cell) -> Cell:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day)
    return cell
