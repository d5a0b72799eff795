"""Reader of .xlsx and .xlsm by the scan; a workbook that the scan hands over is read by a library from then on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import zip_longest
from typing import TypeVar

from xfstats.config.plan import Plan
from xfstats.model import Position
from xfstats.readers.base import Cells, Columns, Reader, RowTexts, SheetInfo, SheetStructure
from xfstats.readers.columns import held
from xfstats.readers.sheet import Sheet
from xfstats.readers.workbooks import open_workbook
from xfstats.readers.xlsx.book import XlsxScanner
from xfstats.readers.xlsx.scan import Wanted
from xfstats.readers.xlsx.xml_tags import HandOver

T = TypeVar("T")


class XlsxReader:
    """One open .xlsx or .xlsm."""

    format = "xlsx"

    def __init__(self, data: bytes, sha256: str, plan: Plan, at: Position) -> None:
        """Read every part of the file once; raises InputFault for damage anywhere in it."""
        self.sha256, self._data, self._plan, self._at = sha256, data, plan, at
        self._other: Reader | None = None
        self._shapes: dict[int, SheetStructure] = {}
        self._scanner: XlsxScanner | None = None
        self._read(self._look, lambda _: None)

    def _look(self) -> None:
        self._scanner = XlsxScanner(self._data, self._plan, self._at)
        self._scanner.check_parts()

    def _read(self, call: Callable[[], T], other: Callable[[Reader], T]) -> T:
        """Return the result of `call`, or from the first HandOver on, that of `other` with a library's reader."""
        if self._other is None:
            try:
                return call()
            except HandOver:
                self._scanner = None
                self._other = open_workbook(self.format, self._data, self.sha256, self._plan, self._at)
        return other(self._other)

    @property
    def _open(self) -> XlsxScanner:
        """Return the scanner; raises HandOver where the workbook was handed over or closed."""
        if self._scanner is None:
            raise HandOver("closed")
        return self._scanner

    def _part(self, sheet: SheetInfo) -> str:
        part = self._open.sheets[sheet.index].part
        if part is None:
            raise HandOver("a sheet without cells")
        return part

    def sheets(self) -> list[SheetInfo]:
        """Return all worksheets, without chart and macro sheets."""
        return self._read(
            lambda: [SheetInfo(index, one.name, one.visible) for index, one in enumerate(self._open.sheets) if one.part],
            lambda other: other.sheets(),
        )

    def peek(self, sheet: SheetInfo, rows: int) -> Cells:
        """Return the first rows, empty cells as None."""
        return self._read(lambda: self._open.peek(self._part(sheet), rows), lambda other: other.peek(sheet, rows))

    def structure(self, sheet: SheetInfo) -> SheetStructure:
        """Return merged ranges and the epoch; once the columns were read, also error cells, hidden and struck-through rows."""
        return self._read(lambda: self._shape(sheet), lambda other: other.structure(sheet))

    def _shape(self, sheet: SheetInfo) -> SheetStructure:
        if sheet.index not in self._shapes:
            merges = self._open.merges(self._part(sheet))
            return SheetStructure(merges=merges, date1904=self._open.workbook.date1904)
        return self._shapes[sheet.index]

    def columns(
        self, sheet: SheetInfo, wanted: Sequence[int], first_row: int, serial: Sequence[int], marks: frozenset[str]
    ) -> Columns:
        """Return the wanted columns below the header."""
        asked = Wanted(wanted, first_row, serial, marks)
        return self._read(
            lambda: self._columns(sheet, asked), lambda other: other.columns(sheet, wanted, first_row, serial, marks)
        )

    def _columns(self, sheet: SheetInfo, asked: Wanted) -> Columns:
        found = self._open.scan(self._part(sheet), asked)
        date1904, struck = self._open.workbook.date1904, self._open.struck(self._part(sheet))
        self._shapes[sheet.index] = SheetStructure(
            found.merges, found.errors, found.no_values, found.hidden_rows, date1904=date1904, struck=struck
        )
        return as_columns(found)

    def hold(self, sheet: SheetInfo, columns: Sequence[int], first_row: int, words: Collection[str]) -> frozenset[str]:
        """Return those of `words` that equal or contain a cell of these columns of names."""
        asked = Wanted(columns, first_row, (), frozenset())
        return self._read(
            lambda: words_held(self._open.scan(self._part(sheet), asked), words),
            lambda other: other.hold(sheet, columns, first_row, words),
        )

    def close(self) -> None:
        """Close the file and release its memory."""
        self._scanner, self._data = None, b""
        if self._other is not None:
            self._other.close()


def words_held(sheet: Sheet, words: Collection[str]) -> frozenset[str]:
    """Return the words that equal or contain a cell of a sheet's columns, which hold names."""
    columns = [cells.values for cells in sheet.columns.values()]
    return held(zip_longest(*columns), range(len(columns)), 0, words)


def as_columns(sheet: Sheet) -> Columns:
    """Return a sheet in the form that the Reader protocol delivers."""
    few = {row: sheet.texts.get(row, ("",)) for row in sheet.few()}
    return Columns(
        sheet.columns,
        sheet.first_row,
        RowTexts(sheet.labels, few),
        sheet.filled,
        sheet.digests,
        sheet.digest,
        sheet.totals,
    )
