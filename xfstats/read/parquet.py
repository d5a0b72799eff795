"""Parquet, through pyarrow (an extra): the column names are the header."""

from __future__ import annotations

import io

from xfstats.errors import InputFault
from xfstats.model import Cell, Position
from xfstats.plan import Plan
from xfstats.read.delimited import GridReader
from xfstats.read.limits import check
from xfstats.read.protocol import Shape, SheetInfo


def read_parquet(data: bytes, sha256: str, plan: Plan, at: Position) -> GridReader:
    """The table as one sheet without a name; raises InputFault where pyarrow is missing or the file is damaged."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, and slow to import
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        raise InputFault("E321", at) from None
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        check("cells", file.metadata.num_rows * file.metadata.num_columns, plan, at)
        table = file.read()
        columns = [column.to_pylist() for column in table.columns]
    except (pa.ArrowException, OSError, ValueError):
        raise InputFault("E303", at, what="Parquet") from None
    rows: list[list[Cell]] = [list(table.column_names), *map(list, zip(*columns, strict=True))]
    return GridReader("parquet", sha256, [(SheetInfo(0, None), rows, Shape())])
