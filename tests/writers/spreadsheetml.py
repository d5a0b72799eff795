"""SpreadsheetML 2003, the XML that calls itself .xls."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from .model import Cell, Error, Formula, NumberFormat, Sheet, dated
from .package import xml

OFFICE = "urn:schemas-microsoft-com:office"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    f'<Workbook xmlns="{OFFICE}:spreadsheet" xmlns:ss="{OFFICE}:spreadsheet" xmlns:x="{OFFICE}:excel">\n'
)
VISIBILITY = {"visible": "SheetVisible", "hidden": "SheetHidden", "veryHidden": "SheetVeryHidden"}


def write(path: Path, sheets: Sequence[Sheet], *, date1904: bool = False) -> None:
    """Write all sheets; dates are ISO text of type DateTime, and so are numbers under a date format."""
    formats = [number_format for sheet in sheets for number_format in _formats(sheet)]
    styles = {code: f"s{number}" for number, code in enumerate(dict.fromkeys(formats), start=1)}
    lines = "".join(
        f'<Style ss:ID="{name}"><NumberFormat ss:Format="{xml(_code(number_format))}"/></Style>'
        for number_format, name in styles.items()
    )
    epoch = "<x:Date1904/>" if date1904 else ""
    worksheets = "".join(_worksheet(sheet, styles, date1904=date1904) for sheet in sheets)
    page = f"{HEAD}<x:ExcelWorkbook>{epoch}</x:ExcelWorkbook>\n<Styles>{lines}</Styles>\n{worksheets}</Workbook>\n"
    path.write_bytes(page.encode())


def _formats(sheet: Sheet) -> Iterator[NumberFormat]:
    for row in range(1, sheet.height + 1):
        yield from (number_format for _, _, number_format in sheet.row(row) if number_format is not None)


def _code(number_format: NumberFormat) -> str:
    """The format itself; a built-in number has no name here, so dates get the plain one."""
    return number_format if isinstance(number_format, str) else "Short Date"


def _worksheet(sheet: Sheet, styles: Mapping[NumberFormat, str], *, date1904: bool) -> str:
    rows = "".join(_rows(sheet, styles, date1904=date1904))
    options = f"<x:WorksheetOptions><x:Visible>{VISIBILITY[sheet.state]}</x:Visible></x:WorksheetOptions>"
    return f'<Worksheet ss:Name="{xml(sheet.name)}"><Table>\n{rows}</Table>{options}</Worksheet>\n'


def _rows(sheet: Sheet, styles: Mapping[NumberFormat, str], *, date1904: bool) -> Iterator[str]:
    spans, covered = sheet.spans(), sheet.covered()
    for row in range(1, sheet.height + 1):
        stored = {column: (cell, code) for column, cell, code in sheet.row(row)}
        wanted = sorted({*stored, *(column for top, column in spans if top == row)})
        cells = []
        for column in wanted:
            if (row, column) in covered:
                continue
            cell, number_format = stored.get(column, (None, None))
            style = f' ss:StyleID="{styles[number_format]}"' if number_format is not None else ""
            down, across = spans.get((row, column), (1, 1))
            style += f' ss:MergeAcross="{across - 1}"' if across > 1 else ""
            style += f' ss:MergeDown="{down - 1}"' if down > 1 else ""
            cells.append(_cell(column, dated(cell, number_format, date1904=date1904), style))
        hidden = ' ss:Hidden="1"' if row in sheet.hidden_rows else ""
        if cells or hidden:
            yield f'<Row ss:Index="{row}"{hidden}>{"".join(cells)}</Row>\n'


def _cell(column: int, cell: Cell, attributes: str) -> str:
    formula = f' ss:Formula="={xml(cell.text.removeprefix("="))}"' if isinstance(cell, Formula) else ""
    return f'<Cell ss:Index="{column}"{attributes}{formula}>{_data(cell)}</Cell>'


def _data(cell: Cell) -> str:
    """The typed content of a cell."""
    match cell:
        case None:
            return ""
        case Formula(value=value):
            return _data(value)
        case Error(code):
            kind, content = "Error", xml(code)
        case bool():
            kind, content = "Boolean", str(int(cell))
        case datetime():
            kind, content = "DateTime", cell.isoformat(timespec="milliseconds")
        case date():
            kind, content = "DateTime", f"{cell.isoformat()}T00:00:00.000"
        case str():
            kind, content = "String", xml(cell)
        case _:
            kind, content = "Number", repr(cell)
    return f'<Data ss:Type="{kind}">{content}</Data>'
