"""Reader of a DataFrame that the Python interface passed on: columns of typed cells, their names the header row."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from xfstats.config.limits import check_limit
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.messages import both
from xfstats.model import Cell, Position
from xfstats.readers.base import SheetInfo, SheetStructure
from xfstats.readers.csv import GridReader

_TYPES: Mapping[str, Callable[[Any], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "duration": lambda parts: timedelta(*parts),
}


def read_frame(data: bytes, sha256: str, plan: Plan, at: Position) -> GridReader:
    """Return a reader of the DataFrame as one sheet; raises InputFault where it has no column or is beyond a limit."""
    plain = json.loads(data)
    names, columns = plain["columns"], [list(map(_cell, column)) for column in plain["cells"]]
    if not names:
        raise InputFault("E310", at, why=both("no_table"), without="table")
    check_limit("cells", sum(map(len, columns)), plan, at)
    rows: list[list[Cell]] = [names, *map(list, zip(*columns, strict=True))]
    return GridReader("dataframe", sha256, [(SheetInfo(0, None), rows, SheetStructure())])


def _cell(plain: Any) -> Cell:
    """Return a cell of its plain value."""
    if isinstance(plain, dict):
        ((kind, value),) = plain.items()
        return _TYPES[kind](value)
    cell: Cell = plain
    return cell
