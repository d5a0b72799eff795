"""DataFrame as JSON with typed cells, which the worker reads back without loss."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

OPAQUE = "(...)"
"""Cell for a value that no cell of a workbook can hold, as readers of Parquet have it."""


def encode_frame(frame: pd.DataFrame) -> bytes:
    """Return the columns of a frame, after the levels of its index that have a name, as the worker reads them."""
    index = [(name, frame.index.get_level_values(place)) for place, name in enumerate(frame.index.names) if name is not None]
    columns = [*index, *((name, frame.iloc[:, place]) for place, name in enumerate(frame.columns))]
    plain = {"columns": [_header(name) for name, _ in columns], "cells": [_cells(values) for _, values in columns]}
    return json.dumps(plain).encode()


def _header(name: Any) -> str:
    """Return the name of a column; of several levels as those of a header of several rows."""
    return "·".join(str(part) for part in name if str(part)) if isinstance(name, tuple) else str(name)


def _cells(values: Any) -> list[Any]:
    """Return the cells of a column as plain values, missing ones as null."""
    return [None if gone else _plain(value) for value, gone in zip(values.astype(object).tolist(), values.isna(), strict=True)]


def _plain(value: Any) -> str | int | float | bool | Mapping[str, Any]:
    """Return a cell as JSON has it: days, times and durations with their type."""
    match value:
        case str() | bool() | int() | float():
            return value
        case datetime():
            whole = value.to_pydatetime(warn=False) if hasattr(value, "to_pydatetime") else value
            return {"datetime": whole.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case timedelta():
            return {"duration": [value.days, value.seconds, value.microseconds]}
        case Decimal() if value.is_finite():
            return int(value) if value == int(value) else float(value)
        case _ if getattr(value, "shape", None) == () and hasattr(value, "item"):
            return _plain(value.item())
        case _:
            return OPAQUE
