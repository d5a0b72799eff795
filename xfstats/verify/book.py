"""The blocks of a workbook: stored results, with the formulas that gave them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from xfstats.errors import InputFault
from xfstats.model import Position
from xfstats.verify.blocks import Block, Cell, Cells, Data, Grid, line


def book_blocks(data: bytes, most_bytes: int) -> Iterator[Block]:
    """Lines, tables and sheets of data; raises ValueError where it is too large, InputFault where results are not stored."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(one.file_size for one in package.infolist()) > most_bytes:
            raise ValueError
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out: bars and colours, which hold no figure
        formulas = {sheet.title: sheet for sheet in _opened(data, data_only=False).worksheets}
        for sheet in _opened(data, data_only=True).worksheets:
            rows = _rows(sheet, {})
            if rows and sum(bool(cell.text) for cell in rows[0]) > 1:
                yield Data(sheet.title, Grid(tuple(rows)))
            else:
                yield from _blocks(_rows(sheet, _formulas(formulas[sheet.title])))


def _opened(data: bytes, *, data_only: bool) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 - only for workbooks

    return load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)


def _formulas(sheet: Any) -> dict[tuple[int, int], str]:
    """The formulas of a sheet by row and column, without what programs write in different ways."""
    sheet.reset_dimensions()
    return {
        (cell.row, cell.column): re.sub(r"[\s$']|_xlfn\.", "", str(getattr(cell.value, "text", cell.value))).upper()
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.data_type == "f"
    }


def _rows(sheet: Any, formulas: Mapping[tuple[int, int], str]) -> list[Cells]:
    """The cells of a sheet; raises InputFault where no formula has a result."""
    sheet.reset_dimensions()
    rows = [
        tuple(Cell(_printed(value), formula=formulas.get((row, column))) for column, value in enumerate(values, 1))
        for row, values in enumerate(sheet.iter_rows(values_only=True), 1)
    ]
    if formulas and not any(cell.formula and cell.text for row in rows for cell in row):
        raise InputFault("E256", Position("", sheet.title))
    return rows


def _printed(value: object) -> str:
    """A number without a float's last digits; any other value as text."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.9f}".rstrip("0").rstrip(".")
    return str(value)


def _blocks(rows: list[Cells]) -> Iterator[Block]:
    """A row with one filled cell is a line; other rows up to a blank one are a table."""
    table: list[Cells] = []
    for row in [*rows, ()]:
        texts = [cell.text for cell in row if cell.text]
        if len(texts) == 1:
            yield from map(line, texts[0].splitlines())
        elif texts:
            table.append(row)
        elif table:
            yield Grid(tuple(table))
            table = []
