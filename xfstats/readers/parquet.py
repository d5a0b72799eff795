"""Reader of Parquet files through pyarrow (an extra): the column names are the header row."""

from __future__ import annotations

import io
from typing import Any

from xfstats.config.limits import check_limit
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.model import Cell, Position
from xfstats.readers.base import SheetInfo, SheetStructure
from xfstats.readers.csv import GridReader


def _cells(column: Any, pa: Any) -> list[Cell]:
    """Return the cells of a column; nested and binary values become "(...)", so that they are read as no number and no date."""
    kind = column.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return [None if value is None else "(...)" for value in column.to_pylist()]
    cells: list[Cell] = column.to_pylist()
    if pa.types.is_decimal(kind):
        return [value if value is None else int(value) if value == int(value) else float(value) for value in column.to_pylist()]
    return cells


def read_parquet(data: bytes, sha256: str, plan: Plan, at: Position) -> GridReader:
    """Return the table as one sheet without a name; raises InputFault where pyarrow is missing or the file is damaged."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, and slow to import
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError:
        raise InputFault("E321", at) from None
    try:
        file = pq.ParquetFile(io.BytesIO(data), pre_buffer=False)
        check_limit("cells", file.metadata.num_rows * file.metadata.num_columns, plan, at)
        sizes = [file.metadata.row_group(group).total_byte_size for group in range(file.metadata.num_row_groups)]
        check_limit("inflated_bytes", sum(sizes), plan, at)
        table = file.read(use_threads=False)
        columns = [_cells(column, pa) for column in table.columns]
    except MemoryError:  # it can be an ArrowException too; the worker reports it
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        raise InputFault("E303", at, what="Parquet") from None
    rows: list[list[Cell]] = [list(table.column_names), *map(list, zip(*columns, strict=True))]
    return GridReader("parquet", sha256, [(SheetInfo(0, None), rows, SheetStructure())])
