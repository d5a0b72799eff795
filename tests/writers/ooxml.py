"""Workbooks in Office Open XML (xlsx, xlsm), ECMA-376, part by part so that odd files can be written exactly."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from .model import Cell, Error, Formula, NumberFormat, Sheet, serial
from .package import DECLARATION, FORBIDDEN, OFFICE, content_types, relationships, save, xml
from .styles import Styles

Strings: TypeAlias = Literal["shared", "inline"]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PART = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORKBOOK_TYPES = {
    "xlsx": f"{PART}.sheet.main+xml",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
}
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def write(
    path: Path,
    sheets: Sequence[Sheet],
    *,
    kind: Literal["xlsx", "xlsm"] = "xlsx",
    date1904: bool = False,
    dimension: str | None = None,
    strings: Strings = "shared",
) -> None:
    """Write an xlsx or xlsm; `dimension` is put into every sheet as it is, wrong or not."""
    save(path, parts(sheets, kind=kind, date1904=date1904, dimension=dimension, strings=strings))


def parts(
    sheets: Sequence[Sheet], *, kind: Literal["xlsx", "xlsm"], date1904: bool, dimension: str | None, strings: Strings
) -> dict[str, str]:
    """The members of the package, for tests that spoil one of them before `package.save`."""
    styles = Styles(sheets)
    writer = _SheetWriter(styles, date1904=date1904, dimension=dimension, strings=strings)
    names = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    bodies = {f"xl/{name}": writer.worksheet(sheet) for name, sheet in zip(names, sheets, strict=True)}
    types = {
        "xl/workbook.xml": WORKBOOK_TYPES[kind],
        **dict.fromkeys(bodies, f"{PART}.worksheet+xml"),
        "xl/styles.xml": f"{PART}.styles+xml",
        "xl/sharedStrings.xml": f"{PART}.sharedStrings+xml",
    }
    targets = [
        *(("worksheet", name) for name in names),
        ("styles", "styles.xml"),
        ("sharedStrings", "sharedStrings.xml"),
    ]
    return {
        "[Content_Types].xml": content_types(types),
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(sheets, date1904=date1904),
        "xl/_rels/workbook.xml.rels": relationships(targets),
        **bodies,
        "xl/styles.xml": _styles(styles),
        "xl/sharedStrings.xml": writer.shared_strings(),
    }


def column_name(column: int) -> str:
    """The letters of a 1-based column."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def reference(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """A range such as `A1:C3`, or `A1` when it is one cell."""
    first, last = f"{column_name(first_column)}{first_row}", f"{column_name(last_column)}{last_row}"
    return first if first == last else f"{first}:{last}"


def escaped(text: str) -> str:
    """Text for an ST_Xstring (§22.9.2.19), where control characters read `_x0001_`."""
    safe = LOOKS_ESCAPED.sub("_x005F_", text).replace("\r", "_x000D_")
    return xml(FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", safe))


class _SheetWriter:
    """Writes worksheets, and collects the strings they share."""

    def __init__(self, styles: Styles, *, date1904: bool, dimension: str | None, strings: Strings) -> None:
        self._styles = styles
        self._date1904 = date1904
        self._dimension = dimension
        self._inline = strings == "inline"
        self._shared: dict[str, int] = {}

    def worksheet(self, sheet: Sheet) -> str:
        """One worksheet part."""
        dimension = self._dimension or reference(1, 1, max(sheet.height, 1), max(sheet.width, 1))
        merges = "".join(f'<mergeCell ref="{reference(*merge)}"/>' for merge in sheet.merges)
        merged = f'<mergeCells count="{len(sheet.merges)}">{merges}</mergeCells>' if merges else ""
        rows = "".join(self._rows(sheet))
        hidden = "".join(f'<col min="{at}" max="{at}" width="9" hidden="1"/>' for at in sorted(sheet.hidden_columns))
        columns = f"<cols>{hidden}</cols>" if hidden else ""
        return (
            f'{DECLARATION}<worksheet xmlns="{MAIN}"><dimension ref="{xml(dimension)}"/>{columns}'
            f"<sheetData>{rows}</sheetData>{merged}</worksheet>"
        )

    def shared_strings(self) -> str:
        """The shared strings of all worksheets written so far."""
        items = "".join(f"<si>{_text(text)}</si>" for text in self._shared)
        return f'{DECLARATION}<sst xmlns="{MAIN}" uniqueCount="{len(self._shared)}">{items}</sst>'

    def _rows(self, sheet: Sheet) -> Iterator[str]:
        for row in range(1, sheet.height + 1):
            stored = sheet.row(row)
            cells = "".join(self._cell(f"{column_name(column)}{row}", cell, code) for column, cell, code in stored)
            hidden = ' hidden="1"' if row in sheet.hidden_rows else ""
            if cells or hidden:
                yield f'<row r="{row}"{hidden}>{cells}</row>'

    def _cell(self, position: str, cell: Cell, number_format: NumberFormat | None) -> str:
        style = self._styles.index(number_format)
        kind, content = self._content(cell)
        attributes = (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "")
        return f'<c r="{position}"{attributes}>{content}</c>' if content else f'<c r="{position}"{attributes}/>'

    def _content(self, cell: Cell) -> tuple[str, str]:
        """The type attribute and the elements of a cell."""
        match cell:
            case None:
                return "", ""
            case Formula(text, value):
                kind, content = ("str", f"<v>{escaped(value)}</v>") if isinstance(value, str) else self._content(value)
                return kind, f"<f>{escaped(text.removeprefix('='))}</f>{content}"
            case Error(code):
                return "e", f"<v>{xml(code)}</v>"
            case bool():
                return "b", f"<v>{int(cell)}</v>"
            case date():
                return "", f"<v>{serial(cell, date1904=self._date1904)!r}</v>"
            case str():
                return self._string(cell)
            case _:
                return "", f"<v>{cell!r}</v>"

    def _string(self, text: str) -> tuple[str, str]:
        if self._inline:
            return "inlineStr", f"<is>{_text(text)}</is>"
        return "s", f"<v>{self._shared.setdefault(text, len(self._shared))}</v>"


def _text(text: str) -> str:
    preserve = "" if text == text.strip() else ' xml:space="preserve"'
    return f"<t{preserve}>{escaped(text)}</t>"


def _workbook(sheets: Sequence[Sheet], *, date1904: bool) -> str:
    lines = "".join(
        f'<sheet name="{xml(sheet.name)}" sheetId="{number}"'
        + (f' state="{sheet.state}"' if sheet.state != "visible" else "")
        + f' r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    properties = f'<workbookPr date1904="{int(date1904)}"/>'
    return f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{lines}</sheets></workbook>'


def _styles(styles: Styles) -> str:
    codes = "".join(f'<numFmt numFmtId="{number}" formatCode="{escaped(code)}"/>' for code, number in styles.custom.items())
    formats = f'<numFmts count="{len(styles.custom)}">{codes}</numFmts>' if codes else ""
    cells = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="{int(number > 0)}"/>'
        for number in styles.ids()
    )
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}">{formats}'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(styles.ids())}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
