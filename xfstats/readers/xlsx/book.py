"""Scanner of an Office Open XML workbook: list the sheets, peek at one, read its wanted columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

import numpy as np

from xfstats.config.limits import check_limit
from xfstats.config.plan import Plan
from xfstats.model import Cell, Position
from xfstats.readers.filled_down import vertical
from xfstats.readers.sheet import Merge, Sheet
from xfstats.readers.xlsx.cells import CellTypes
from xfstats.readers.xlsx.gathering import Gathered
from xfstats.readers.xlsx.package import PICTURES, Package
from xfstats.readers.xlsx.scan import Scan, Wanted, read_piece
from xfstats.readers.xlsx.shared_strings import SharedStrings
from xfstats.readers.xlsx.sheet_xml import SheetXml
from xfstats.readers.xlsx.struck_rows import struck_rows, struck_styles
from xfstats.readers.xlsx.styles import style_kinds
from xfstats.readers.xlsx.workbook import SheetPart, read_workbook
from xfstats.readers.xlsx.xml_tags import HandOver

T = TypeVar("T")
SMALL = 1 << 21
"""Bytes up to which the whole rectangle of a sheet counts against the limit on cells, however few cells it has."""
_FAR = 26 * 27
_ROW_END = re.compile(rb"</(?:\w+:)?row\s*>")


class XlsxScanner:
    """One open .xlsx or .xlsm.  Any method raises InputFault for damage and HandOver for a file that another reader must read."""

    def __init__(self, data: bytes, plan: Plan, at: Position) -> None:
        """Read the workbook part; other parts are read when they are needed."""
        self._plan, self._at = plan, at
        self.package = Package(data, plan, at)
        self.workbook = _read(lambda: read_workbook(self.package))
        check_limit("sheets", len(self.workbook.sheets), plan, at)
        self._xml: dict[str, SheetXml] = {}

    @property
    def sheets(self) -> tuple[SheetPart, ...]:
        """Return the workbook's list of sheets."""
        return self.workbook.sheets

    @cached_property
    def _strings(self) -> SharedStrings:
        return SharedStrings(self.package, self.workbook.strings)

    def _types(self) -> CellTypes:
        styles = style_kinds(self.package.read(self.workbook.styles) if self.workbook.styles else b"")
        return CellTypes(self._strings, styles, self.workbook.date1904)

    def check_parts(self) -> None:
        """Read every part once, pictures excepted, so that damage anywhere is refused; raises InputFault."""
        for sheet in self.sheets:
            if sheet.part is not None:
                self.merges(sheet.part)
        for name in self.package.unchecked():
            if PICTURES not in name:
                for _ in self.package.inflate(name):
                    pass

    def merges(self, part: str) -> list[Merge]:
        """Return the merged ranges of a sheet, which follow its rows in the XML."""
        return _read(lambda: self._of(part).merges())

    def _of(self, part: str) -> SheetXml:
        """Return a sheet's part, which remembers where its rows are."""
        return self._xml.setdefault(part, SheetXml(self.package, part))

    def peek(self, part: str, count: int) -> list[list[Cell]]:
        """Return the first rows of a sheet, each as long as the widest of them."""
        return _read(lambda: self._peek(part, count))

    def _peek(self, part: str, count: int) -> list[list[Cell]]:
        types, last = self._types(), -1
        found: dict[tuple[int, int], Cell] = {}
        for xml in self._of(part).pieces():
            piece = read_piece(_begin(xml, count), types, last)
            last = piece.last
            self._bounded(piece.last, int(piece.columns.max(initial=-1)) + 1)
            row = np.repeat(piece.rows, np.diff(np.append(piece.starts, piece.columns.size)))
            gathered = Gathered(types)
            gathered.take(piece, np.arange(piece.columns.size))
            cells = gathered.column(0, None, self._strings.texts(gathered.shared())).cells()
            found.update(zip(zip(row.tolist(), piece.columns.tolist(), strict=True), cells, strict=True))
            if last >= count - 1:
                break
        said = {place: cell for place, cell in found.items() if cell is not None and place[0] < count}
        width = max((column + 1 for _, column in said), default=0)
        height = max((row + 1 for row, _ in said), default=0)
        return [[said.get((row, column)) for column in range(width)] for row in range(height)]

    def struck(self, part: str) -> frozenset[int]:
        """Return the rows of a sheet that are struck through."""
        styles = struck_styles(self.package.read(self.workbook.styles) if self.workbook.styles else b"")
        return _read(lambda: struck_rows(self._of(part).pieces(), styles)) if styles else frozenset()

    def scan(self, part: str, wanted: Wanted) -> Sheet:
        """Return the wanted columns of a sheet."""
        return _read(lambda: self._scan(part, wanted))

    def _scan(self, part: str, wanted: Wanted) -> Sheet:
        """Return the wanted columns; a second pass is made where a column without vertically merged ranges holds dittos."""
        merges = self.merges(part)
        scan = self._once(part, wanted, frozenset(vertical(merges)) - {*wanted.serial})
        if scan.untracked:
            scan = self._once(part, wanted, scan.tracked | scan.untracked)
        return scan.sheet(merges)

    def _once(self, part: str, wanted: Wanted, tracked: frozenset[int]) -> Scan:
        types, xml = self._types(), self._of(part)
        scan = Scan(types, wanted, tracked)
        for rows in xml.pieces():
            scan.take(read_piece(rows, types, scan.last))
            self._bounded(scan.last, scan.widest)
        check_limit("cell_bytes", max(types.longest, self._strings.longest), self._plan, self._at)
        if xml.place.size <= SMALL or scan.widest > _FAR:
            check_limit("cells", (scan.last + 1) * scan.widest, self._plan, self._at)
        return scan

    def _bounded(self, last: int, width: int) -> None:
        """Refuse rows and columns beyond the limits; raises InputFault."""
        check_limit("rows", last + 1, self._plan, self._at)
        check_limit("columns", width, self._plan, self._at)


def _begin(xml: bytes, rows: int) -> bytes:
    """Return the first `rows` rows of a piece."""
    end = 0
    for _ in range(rows):
        found = _ROW_END.search(xml, end)
        if found is None:
            return xml
        end = found.end()
    return xml[:end]


def _read(call: Callable[[], T]) -> T:
    """Return the result of a call; raises HandOver for text that is not UTF-8 and for numbers that overflow."""
    try:
        return call()
    except (UnicodeDecodeError, OverflowError) as error:
        raise HandOver(type(error).__name__) from None
