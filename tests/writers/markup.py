"""HTML tables that call themselves .xls, as web systems export them."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from .model import Cell, Sheet, plain

VISIBILITY = {"visible": "SheetVisible", "hidden": "SheetHidden", "veryHidden": "SheetVeryHidden"}


def write(path: Path, sheets: Sequence[Sheet], *, date1904: bool = False) -> None:
    """Write one table per sheet in UTF-8; the names of sheets stand in the comment where Excel looks for them."""
    names = "".join(_name(sheet) for sheet in sheets)
    tables = "\n".join(_table(sheet, date1904=date1904) for sheet in sheets)
    page = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">\n'
        '<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n'
        f"<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>{names}</x:ExcelWorksheets>"
        f"</x:ExcelWorkbook></xml><![endif]-->\n</head>\n<body>\n{tables}\n</body>\n</html>\n"
    )
    path.write_bytes(page.encode())


def _name(sheet: Sheet) -> str:
    options = f"<x:WorksheetOptions><x:Visible>{VISIBILITY[sheet.state]}</x:Visible></x:WorksheetOptions>"
    return f"<x:ExcelWorksheet><x:Name>{escape(sheet.name)}</x:Name>{options}</x:ExcelWorksheet>"


def _table(sheet: Sheet, *, date1904: bool) -> str:
    hidden = "" if sheet.state == "visible" else ' style="display:none"'
    rows = "\n".join(_rows(sheet, date1904=date1904))
    return f'<table border="1"{hidden}>\n{rows}\n</table>'


def _rows(sheet: Sheet, *, date1904: bool) -> Iterator[str]:
    spans, covered = sheet.spans(), sheet.covered()
    shown = sheet.shown(date1904=date1904)
    for row in range(1, sheet.height + 1):
        given = shown[row - 1] if row <= len(shown) else []
        cells = [*given, *[None] * (sheet.width - len(given))]
        content = "".join(
            _cell(cell, spans.get((row, column), (1, 1)))
            for column, cell in enumerate(cells, start=1)
            if (row, column) not in covered
        )
        hidden = ' style="display:none"' if row in sheet.hidden_rows else ""
        yield f"<tr{hidden}>{content}</tr>"


def _cell(cell: Cell, span: tuple[int, int]) -> str:
    down, across = span
    attributes = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
    return f"<td{attributes}>{escape(plain(cell)).replace(chr(10), '<br>')}</td>"
