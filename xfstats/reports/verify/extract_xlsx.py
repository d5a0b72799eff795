"""Extraction of the blocks of a workbook: stored results with their formulas."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xfstats.errors import InputFault
from xfstats.model import Position
from xfstats.reports.verify.blocks import DataSheet, Grid, ReportBlock, TableCell, TableCells, TextLine, plain_line
from xfstats.reports.verify.package_parts import MAX_BYTES, property_lines

_StoredSheet = tuple[str, list[tuple[object, ...]], dict[tuple[int, int], str] | None]
"""Title, stored values, and formulas by row and column (None for a data sheet)."""


def workbook_blocks(data: bytes) -> Iterator[ReportBlock]:
    """Yield lines, tables and data sheets; raise ValueError where it is too large, InputFault without stored results."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(one.file_size for one in package.infolist()) > MAX_BYTES:
            raise ValueError
        hidden = list(property_lines(package))
    command = False
    for title, values, formulas in _load_sheets(data):
        rows = _table_cells(values, formulas, title)
        if formulas is None:
            yield DataSheet(title, Grid(tuple(rows)))
        else:
            for block in _split_rows(rows):
                command = command or (isinstance(block, TextLine) and "xfstats report" in block.text)
                yield block
    if not command:
        yield from hidden


def _load_sheets(data: bytes) -> list[_StoredSheet]:
    """Return every sheet; raise ValueError where the workbook is damaged."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only for workbooks

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out: bars and colours, which hold no figure
            with_formulas, stored = (load_workbook(io.BytesIO(data), read_only=True, data_only=one) for one in (False, True))
            return [_stored_sheet(sheet, with_formulas[sheet.title]) for sheet in stored.worksheets]
    except Exception:  # noqa: BLE001 - it raises whatever comes up in a workbook that is damaged
        raise ValueError from None


def _stored_sheet(stored: Any, with_formulas: Any) -> _StoredSheet:
    """Return title, stored values and formulas of a sheet; it is a data sheet if its first row has several filled cells."""
    stored.reset_dimensions()
    values = [tuple(row) for row in stored.iter_rows(values_only=True)]
    data = bool(values) and sum(bool(_value_text(value)) for value in values[0]) > 1
    return stored.title, values, None if data else _read_formulas(with_formulas)


def _read_formulas(sheet: Any) -> dict[tuple[int, int], str]:
    """Return the formulas of a sheet by row and column, normalized for differences between programs."""
    sheet.reset_dimensions()
    return {
        (cell.row, cell.column): re.sub(r"[\s$']|_xlfn\.", "", str(getattr(cell.value, "text", cell.value))).upper()
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.data_type == "f"
    }


def _table_cells(
    values: Sequence[Sequence[object]], formulas: Mapping[tuple[int, int], str] | None, title: str
) -> list[TableCells]:
    """Return the cells of a sheet; raise InputFault where no formula has a stored result."""
    known = formulas or {}
    rows = [
        tuple(TableCell(_value_text(value), formula=known.get((row, column))) for column, value in enumerate(cells, 1))
        for row, cells in enumerate(values, 1)
    ]
    if known and not any(cell.formula and cell.text for row in rows for cell in row):
        raise InputFault("E256", Position("", title))
    return rows


def _value_text(value: object) -> str:
    """Return a number to nine decimals, any other value as text."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.9f}".rstrip("0").rstrip(".")
    return str(value)


def _split_rows(rows: list[TableCells]) -> Iterator[ReportBlock]:
    """Yield a row with one filled cell as a line, consecutive other rows as a table."""
    table: list[TableCells] = []
    for row in [*rows, ()]:
        texts = [cell.text for cell in row if cell.text]
        if len(texts) == 1:
            yield from map(plain_line, texts[0].splitlines())
        elif texts:
            table.append(row)
        elif table:
            yield Grid(tuple(table))
            table = []
