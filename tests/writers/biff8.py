"""Workbooks in BIFF8 (xls, and et by WPS), written by xlwt except for formulas, which keep a stored value here."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlwt

from .model import ERROR_CODES, Cell, Error, Formula, NumberFormat, Sheet, serial

VISIBILITY = {"visible": 0, "hidden": 1, "veryHidden": 2}


def write(path: Path, sheets: Sequence[Sheet], *, date1904: bool = False) -> None:
    """Write an xls of at most 65536 rows and 256 columns."""
    workbook = xlwt.Workbook(encoding="utf-8", style_compression=2)
    workbook.dates_1904 = date1904
    writer = _SheetWriter(workbook, date1904=date1904)
    for sheet in sheets:
        writer.write(sheet)
    workbook.save(str(path))


class _SheetWriter:
    """Writes sheets into one xlwt workbook."""

    def __init__(self, workbook: xlwt.Workbook, *, date1904: bool) -> None:
        self._workbook = workbook
        self._date1904 = date1904

    def write(self, sheet: Sheet) -> None:
        """Add one sheet."""
        target = self._workbook.add_sheet(sheet.name, cell_overwrite_ok=True)
        target.visibility = VISIBILITY[sheet.state]
        for top, left, bottom, right in sheet.merges:
            target.merged_ranges.append((top - 1, bottom - 1, left - 1, right - 1))
        for number in range(1, sheet.height + 1):
            row = target.row(number - 1)
            row.hidden = int(number in sheet.hidden_rows)
            for column, cell, number_format in sheet.row(number):
                self._write_cell(row, column - 1, cell, self._style(number_format))

    def _write_cell(self, row: xlwt.Row, column: int, cell: Cell, style: xlwt.XFStyle) -> None:
        match cell:
            case Formula(value=value):
                row.write(column, 0, style)  # makes xlwt count the column as used
                index = self._workbook.add_style(style)
                row.insert_cell(column, _FormulaCell(row.get_index(), column, index, value))
            case Error(code):
                row.set_cell_error(column, ERROR_CODES[code], style)
            case date():
                row.write(column, serial(cell, date1904=self._date1904), style)
            case _:
                row.write(column, cell, style)

    def _style(self, number_format: NumberFormat | None) -> xlwt.XFStyle:
        """A style with this number format; xlwt knows no built-in ids 27-36 and 50-58, so they go into its table."""
        style = xlwt.XFStyle()
        if isinstance(number_format, int):
            name = f'"{number_format}"'
            self._workbook._Workbook__styles._num_formats[name] = number_format
            style.num_format_str = name
        elif number_format is not None:
            style.num_format_str = number_format
        return style


@dataclass(frozen=True)
class _FormulaCell:
    """A FORMULA record ([MS-XLS] 2.4.127) whose formula is the constant of its stored value."""

    row: int
    column: int
    style: int
    value: str | float | None

    def get_biff_data(self) -> bytes:
        """The record, and the STRING record of a text value; xlwt asks for it under this name."""
        tokens = _tokens(self.value)
        head = struct.pack("<3H", self.row, self.column, self.style) + _result(self.value)
        record = _record(0x0006, head + struct.pack("<HIH", 0, 0, len(tokens)) + tokens)
        if isinstance(self.value, str) and self.value:
            record += _record(0x0207, _long_string(self.value))
        return record


def _result(value: str | float | None) -> bytes:
    """A FormulaValue ([MS-XLS] 2.5.133); no value is an empty string."""
    match value:
        case bool():
            return struct.pack("<HHHH", 1, value, 0, 0xFFFF)
        case int() | float():
            return struct.pack("<d", value)
        case _:
            return struct.pack("<HHHH", 0 if value else 3, 0, 0, 0xFFFF)


def _tokens(value: str | float | None) -> bytes:
    """A constant expression: PtgNum, or PtgStr where 255 characters suffice."""
    if isinstance(value, int | float):
        return b"\x1f" + struct.pack("<d", value)
    text = (value or "")[:255]
    return b"\x17" + struct.pack("<BB", len(text.encode("utf-16-le")) // 2, 1) + text.encode("utf-16-le")


def _long_string(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<HB", len(encoded) // 2, 1) + encoded


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
