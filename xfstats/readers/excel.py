"""Workbooks through python-calamine: xlsx, xlsm, xlsb, xls, et, ods."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from xfstats.config.limits import check_limit
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.messages import both
from xfstats.model import Cell, Position
from xfstats.readers.base import CellPositions, Cells, Columns, Merge, SheetInfo, SheetStructure
from xfstats.readers.columns import gather, held, peeked
from xfstats.readers.zip_safety import PackageScan, inspect_zip


class CalamineReader:
    """One open workbook.  Calamine knows the Chinese built-in date formats and ignores wrong dimensions."""

    def __init__(self, data: bytes, form: str, sha256: str, plan: Plan, at: Position) -> None:
        """Check the file, then open it; raises InputFault for damage and for what is beyond a limit."""
        self.format, self.sha256, self._plan, self._at = form, sha256, plan, at
        self._package_scan = inspect_zip(data, form, plan, at) if form != "xls" else PackageScan()
        self._by_index = _xls_places(data, at) if form == "xls" else []
        data, self._package_scan.package = self._package_scan.package or data, b""  # calamine keeps a copy of its own
        self._book = _call_calamine(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)), at)
        self._open: tuple[int, CalamineSheet] | None = None

    def sheets(self) -> list[SheetInfo]:
        """Return all worksheets, without chart and macro sheets; raises InputFault for too many or two of one name."""
        check_limit("sheets", len(self._book.sheets_metadata), self._plan, self._at)
        names = [one.name.lower() for one in self._book.sheets_metadata]
        if len(set(names)) < len(names):
            raise InputFault("E303", self._at, what=both("damage.sheets-one-name"))
        return [
            SheetInfo(index, one.name, one.visible == SheetVisibleEnum.Visible)
            for index, one in enumerate(self._book.sheets_metadata)
            if one.typ == SheetTypeEnum.WorkSheet
        ]

    def _sheet(self, info: SheetInfo) -> CalamineSheet:
        if self._open is None or self._open[0] != info.index:
            at = Position(self._at.file, info.shown)
            self._open = info.index, _call_calamine(lambda: self._book.get_sheet_by_index(info.index), at)
        return self._open[1]

    def _rows(self, info: SheetInfo) -> Iterator[list[Cell]]:
        """Yield the rows from A1 on; the blank columns at the left, which calamine leaves out, are put back."""
        sheet = self._sheet(info)
        if sheet.start is None:
            return
        _, left = sheet.start
        pad: list[Cell] = [None] * left
        try:
            for row in sheet.iter_rows():
                yield [*pad, *row]
        except OverflowError:  # a length of time that Python does not have
            raise InputFault("E303", Position(self._at.file, info.shown), what="workbook") from None

    def peek(self, sheet: SheetInfo, rows: int) -> Cells:
        """Return the first rows, empty cells as None."""
        return [[None if cell == "" else cell for cell in row] for row in peeked(self._rows(sheet), rows)]

    def structure(self, sheet: SheetInfo) -> SheetStructure:
        """Return merged ranges (xlsx, xls, ods), error cells, formulas without a value, hidden and struck-through rows."""
        merges = self._sheet(sheet).merged_cell_ranges
        places = self._package_scan.places.get(sheet.name or "", CellPositions())
        if len(self._by_index) == len(self._book.sheets_metadata):
            places = self._by_index[sheet.index]
        if self.format == "ods":
            recorded: Sequence[Merge] | None = self._package_scan.merges.get(sheet.name or "", [])
        else:
            recorded = [(*first, *last) for first, last in merges] if merges is not None else None
        return SheetStructure(
            merges=recorded,
            errors=frozenset(places.errors),
            no_values=frozenset(places.no_values),
            hidden_rows=places.hidden_rows,
            date1904=self._package_scan.date1904,
            struck=frozenset(places.struck),
        )

    def columns(
        self, sheet: SheetInfo, wanted: Sequence[int], first_row: int, serial: Sequence[int], marks: frozenset[str]
    ) -> Columns:
        """Return the wanted columns below the header."""
        return gather(self._rows(sheet), wanted, first_row, serial, marks, self.structure(sheet).merges)

    def hold(self, sheet: SheetInfo, columns: Sequence[int], first_row: int, words: Collection[str]) -> frozenset[str]:
        """Return those of `words` that equal or contain a cell of these columns of names."""
        return held(self._rows(sheet), columns, first_row, words)

    def close(self) -> None:
        """Close the workbook."""
        self._open = None
        self._book.close()


def _xls_places(data: bytes, at: Position) -> list[CellPositions]:
    from xfstats.readers.xls_records import book_places  # noqa: PLC0415 - it brings numpy, which costs as much as a small log

    return book_places(data, at)


def _call_calamine(call: Any, at: Position) -> Any:
    """Return the result of a call; raises InputFault for calamine's errors and panics, whose texts may quote a cell."""
    try:
        return call()
    except PasswordError:
        raise InputFault("E302", at) from None
    except (CalamineError, OSError, ValueError):
        raise InputFault("E303", at, what=both("damage.workbook")) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise InputFault("E303", at, what=both("damage.workbook")) from None
        raise
