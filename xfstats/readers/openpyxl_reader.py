"""Reader of .xlsx and .xlsm through openpyxl: for files that the scan hands over on machines without python-calamine.

Because openpyxl has its own table of date formats, does not decode `_x000D_` and skips a sheet whose part is missing, it is
given a package with styles and texts rewritten in a form that it reads correctly, and a file of which it would skip something
is refused.  Unlike calamine it keeps blanks at the ends of a text, and refuses text in the place of a number.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, time
from typing import Any, TypeVar

from openpyxl import load_workbook

from xfstats.config.limits import check_limit
from xfstats.config.plan import Plan
from xfstats.errors import InputFault, XfstatsError
from xfstats.messages import both
from xfstats.model import Cell, Position
from xfstats.readers.base import CellPositions, Cells, Columns, SheetInfo, SheetStructure
from xfstats.readers.columns import gather, held, peeked
from xfstats.readers.xlsx.styles import Shows, style_kinds
from xfstats.readers.xlsx.xml_tags import HandOver
from xfstats.readers.zip_safety import inspect_zip

T = TypeVar("T")
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FORMATS = re.compile(rb"<((?:\w+:)?)numFmts\b.*?</\1numFmts\s*>", re.DOTALL)
_STYLES = re.compile(rb"<((?:\w+:)?)cellXfs\b.*?</\1cellXfs\s*>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_NUMBER = re.compile(rb"\bnumFmtId\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_BUILTIN = {Shows.NUMBER: b'numFmtId="0"', Shows.DATE: b'numFmtId="22"', Shows.DURATION: b'numFmtId="46"'}
"""Built-in number formats by which openpyxl reads a number, a date with a time, a duration."""
_ESCAPED = re.compile(rb"_x00([0-9A-Fa-f]{2})_")
_ROWS = re.compile(rb"<(/?)(?:\w+:)?row(?:\s[^>]*?)?(/?)>")


class OpenpyxlReader:
    """One open workbook."""

    format = "xlsx"

    def __init__(self, data: bytes, sha256: str, plan: Plan, at: Position) -> None:
        """Check the file, then open it; raises InputFault for damage and for what is beyond a limit."""
        self.sha256, self._plan, self._at = sha256, plan, at
        self._seen = inspect_zip(data, self.format, plan, at)
        package, self._seen.package = respelled(self._seen.package, at), b""
        self._book = self._guarded(lambda: load_workbook(io.BytesIO(package), read_only=True, data_only=True, keep_links=False))
        if len(self._book.sheetnames) < self._seen.listed:
            raise InputFault("E303", at, what=both("damage.workbook"))

    def _guarded(self, call: Callable[[], T]) -> T:
        """Return the result of a call; raises InputFault for openpyxl's errors, without their text, which may quote a cell."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns of parts that it leaves out, which hold no cell
                return call()
        except (XfstatsError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - openpyxl raises many types for a file that it does not understand
            raise InputFault("E303", self._at, what=both("damage.workbook")) from None

    def sheets(self) -> list[SheetInfo]:
        """Return all worksheets, without chart sheets; raises InputFault for too many or two of one name."""
        check_limit("sheets", len(self._book.sheetnames), self._plan, self._at)
        if len({name.lower() for name in self._book.sheetnames}) < len(self._book.sheetnames):
            raise InputFault("E303", self._at, what=both("damage.sheets-one-name"))
        shown = {sheet.title: sheet.sheet_state == "visible" for sheet in self._book.worksheets}
        return [SheetInfo(index, name, shown[name]) for index, name in enumerate(self._book.sheetnames) if name in shown]

    def _places(self, info: SheetInfo) -> CellPositions:
        return self._seen.places.setdefault(info.name or "", CellPositions())

    def _rows(self, info: SheetInfo) -> Iterator[list[Cell]]:
        """Yield the rows from A1 on and note error cells, among them any whose value does not fit its type."""
        sheet: Any = self._book[info.name or ""]
        sheet.reset_dimensions()  # which some programs state wrongly
        for number, row in enumerate(sheet.iter_rows()):
            cells: list[Cell] = []
            for column, cell in enumerate(row):
                if cell.value is not None and cell.row != number + 1:
                    raise InputFault("E303", self._at, what=both("damage.workbook"))
                if cell.data_type == "e":
                    self._places(info).errors.add((number, column))
                cells.append(_typed(cell))
            yield cells

    def peek(self, sheet: SheetInfo, rows: int) -> Cells:
        """Return the first rows, empty cells as None."""
        found = self._guarded(lambda: peeked(self._rows(sheet), rows))
        return [[None if cell == "" else cell for cell in row] for row in found]

    def structure(self, sheet: SheetInfo) -> SheetStructure:
        """Return merged ranges, error cells, formulas without a value and hidden rows."""
        places = self._places(sheet)
        return SheetStructure(
            merges=self._seen.merges.get(sheet.name or "", []),
            errors=frozenset(places.errors),
            no_values=frozenset(places.no_values),
            hidden_rows=places.hidden_rows,
            date1904=self._seen.date1904,
        )

    def columns(
        self, sheet: SheetInfo, wanted: Sequence[int], first_row: int, serial: Sequence[int], marks: frozenset[str]
    ) -> Columns:
        """Return the wanted columns below the header."""
        merges = self.structure(sheet).merges
        return self._guarded(lambda: gather(self._rows(sheet), wanted, first_row, serial, marks, merges))

    def hold(self, sheet: SheetInfo, columns: Sequence[int], first_row: int, words: Collection[str]) -> frozenset[str]:
        """Return those of `words` that equal or contain a cell of these columns of names."""
        return self._guarded(lambda: held(self._rows(sheet), columns, first_row, words))

    def close(self) -> None:
        """Close the workbook."""
        self._book.close()


def _typed(cell: Any) -> Cell:
    """Return a cell as calamine returns it: numbers as float, midnights as dates, errors as None."""
    value = cell.value
    if cell.data_type == "e":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    found: Cell = value
    return found


def respelled(package: bytes, at: Position) -> bytes:
    """Return the package with styles and texts rewritten for openpyxl; raises InputFault for XML that openpyxl would misread."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content, kind = old.read(name), name.lower()
            if kind.endswith("styles.xml"):
                content = plain_styles(content)
            elif kind.endswith("sharedstrings.xml") or "/worksheets/" in kind:
                if kind.endswith(".xml") and _MAIN not in content[:4096]:
                    raise needs_calamine(at)
                if _nested(content):
                    raise InputFault("E303", at, what=both("damage.workbook"))
                content = _ESCAPED.sub(_as_reference, content) if b"_x" in content else content
            new.writestr(name, content)
    return buffer.getvalue()


def plain_styles(xml: bytes) -> bytes:
    """Return the styles part with each cell style's format replaced by a built-in one: number, date or duration.

    >>> plain_styles(b'<cellXfs><xf numFmtId="57"/><xf numFmtId="2"/></cellXfs>')
    b'<cellXfs><xf numFmtId="22"/><xf numFmtId="0"/></cellXfs>'
    """
    try:
        kinds = iter(style_kinds(xml).tolist())
    except (HandOver, UnicodeDecodeError):
        return xml
    block = _STYLES.search(xml)
    if block is None:
        return xml
    plain = _STYLE.sub(lambda tag: _NUMBER.sub(_BUILTIN[Shows(next(kinds))], tag[0]), block[0])
    return _FORMATS.sub(b"", xml[: block.start()]) + plain + xml[block.end() :]


def _as_reference(found: re.Match[bytes]) -> bytes:
    """Return the character reference for an escape such as _x000D_; the escape itself where XML does not allow the character."""
    number = int(found[1], 16)
    return b"&#%d;" % number if number in {9, 10, 13} or number >= ord(" ") else found[0]


def _nested(xml: bytes) -> bool:
    """True if a row element is nested in another, which openpyxl would drop."""
    tags = [end for end, alone in _ROWS.findall(xml) if not alone]
    return any(tags[::2]) or not all(tags[1::2])


def needs_calamine(at: Position) -> InputFault:
    """Return the error for a file that needs python-calamine, which is not installed."""
    return InputFault("E350", at, package="python-calamine")
