"""Checks of one worksheet part of an .xlsb: rows and columns are within the limits and occur once (MS-XLSB §2.1.4)."""

from __future__ import annotations

from collections.abc import Iterator

from xfstats.config.limits import check_limit
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.messages import both
from xfstats.model import Position
from xfstats.readers.base import CellPositions

ROW, LAST_CELL = 0, 11
"""BrtRowHdr; the records of cells are 1 (BrtCellBlank) to 11 (BrtFmlaError)."""
ERRORS = frozenset([3, 11])
"""BrtCellError and BrtFmlaError."""
SHEET_RECORD = 156
"""BrtBundleSh: a sheet of the workbook."""
DIMENSIONS, BEGIN_CELLS, END_CELLS, ALL_ROWS = 148, 145, 146, 1_048_576
"""BrtWsDim, BrtBeginSheetData, BrtEndSheetData."""


def check_xlsb_sheet(data: bytes, plan: Plan, at: Position) -> CellPositions:
    """Return the error cells of a sheet; raises InputFault for rows or cells beyond the limits, repeated or missing."""
    found = CellPositions()
    widest = said = 0
    row = column = -1
    begun = False
    for kind, start, size in _records(data):
        if kind <= LAST_CELL and size >= 4:
            number = int.from_bytes(data[start : start + 4], "little")
            if kind == ROW:
                _check_increasing(number, row, "rows", plan, at)
                row, column = number, -1
            else:
                _check_increasing(number, column, "columns", plan, at)
                column = number
                widest = max(widest, column + 1)
                if kind in ERRORS:
                    found.errors.add((row, column))
        elif kind == DIMENSIONS and size >= 8:
            said = int.from_bytes(data[start + 4 : start + 8], "little") + 1
        elif kind in {BEGIN_CELLS, END_CELLS}:
            begun = kind == BEGIN_CELLS
    if begun:
        raise InputFault("E303", at, what=both("damage.sheet-end"))
    if row + 1 < said < ALL_ROWS and said > 1:
        raise InputFault("E303", at, what=both("damage.rows-missing", rows=said - row - 1))
    check_limit("cells", (row + 1) * widest, plan, at)
    return found


def sheet_relations(book: bytes) -> dict[str, str]:
    """Return the sheets of workbook.bin: name → relation."""
    found = {}
    for kind, start, _ in _records(book):
        if kind == SHEET_RECORD:
            relation, after = _text(book, start + 8)
            found[_text(book, after)[0]] = relation
    return found


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield each record's kind, the offset of its data, and their size."""
    place = 0
    while place < len(data):
        kind, place = _number(data, place, 2)
        size, place = _number(data, place, 4)
        yield kind, place, size
        place += size


def _text(data: bytes, place: int) -> tuple[str, int]:
    """Return an XLWideString and the offset of its end."""
    end = place + 4 + 2 * int.from_bytes(data[place : place + 4], "little")
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


def _check_increasing(number: int, before: int, limit: str, plan: Plan, at: Position) -> None:
    check_limit(limit, number + 1, plan, at)
    if number <= before:
        raise InputFault("E303", at, what=both("damage.cell-twice"))


def _number(data: bytes, place: int, most: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, the lowest first, of at most `most` bytes, and the offset of its end."""
    number = 0
    for index in range(most):
        if place >= len(data):
            break
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return number, place
