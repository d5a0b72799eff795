"""OpenDocument spreadsheets (ods), ODF 1.2, as one content.xml."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from .model import DATE_FORMAT, Cell, Error, Formula, Sheet, dated, plain
from .package import DECLARATION, save, xml

MIME = "application/vnd.oasis.opendocument.spreadsheet"
URN = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = (
    f'xmlns:office="{URN}:office:1.0" xmlns:table="{URN}:table:1.0" xmlns:text="{URN}:text:1.0" '
    f'xmlns:style="{URN}:style:1.0" xmlns:number="{URN}:datastyle:1.0" xmlns:of="{URN}:of:1.2" '
    'xmlns:msoxl="http://schemas.microsoft.com/office/excel/formula" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2"'
)
MANIFEST = (
    f'{DECLARATION}<manifest:manifest xmlns:manifest="{URN}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
DAY_PARTS = (
    '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/>'
)
TIME_PARTS = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/>'
)
STYLES = (
    '<style:style style:name="visible" style:family="table">'
    '<style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
    f'<number:date-style style:name="{DATE_FORMAT}">{DAY_PARTS}</number:date-style>'
    f'<number:date-style style:name="moment-format">{DAY_PARTS}{TIME_PARTS}</number:date-style>'
    f'<style:style style:name="day" style:family="table-cell" style:data-style-name="{DATE_FORMAT}"/>'
    '<style:style style:name="moment" style:family="table-cell" style:data-style-name="moment-format"/>'
)


def write(path: Path, sheets: Sequence[Sheet], *, date1904: bool = False) -> None:
    """Write an ods; numbers under a date format become dates, for here cells say themselves what they are."""
    tables = "".join(_table(sheet, date1904=date1904) for sheet in sheets)
    null_date = '<table:null-date table:date-value="1904-01-01"/>' if date1904 else ""
    content = (
        f"{DECLARATION}<office:document-content {NAMESPACES}>"
        f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:body><office:spreadsheet>"
        f"<table:calculation-settings>{null_date}</table:calculation-settings>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    members = {"mimetype": MIME, "content.xml": content, "META-INF/manifest.xml": MANIFEST}
    save(path, members, uncompressed=["mimetype"])


def _table(sheet: Sheet, *, date1904: bool) -> str:
    style = "visible" if sheet.state == "visible" else "hidden"
    columns = f'<table:table-column table:number-columns-repeated="{max(sheet.width, 1)}"/>'
    rows = "".join(_rows(sheet, date1904=date1904)) or "<table:table-row><table:table-cell/></table:table-row>"
    return f'<table:table table:name="{xml(sheet.name)}" table:style-name="{style}">{columns}{rows}</table:table>'


def _rows(sheet: Sheet, *, date1904: bool) -> Iterator[str]:
    spans, covered = sheet.spans(), sheet.covered()
    for row in range(1, sheet.height + 1):
        stored = {column: dated(cell, code, date1904=date1904) for column, cell, code in sheet.row(row)}
        cells = []
        for column in range(1, max(sheet.width, 1) + 1):
            name = "covered-table-cell" if (row, column) in covered else "table-cell"
            attributes, content = _cell(stored.get(column))
            if (row, column) in spans:
                down, across = spans[row, column]
                attributes += f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
            cells.append(f"<table:{name}{attributes}>{content}</table:{name}>")
        hidden = ' table:visibility="collapse"' if row in sheet.hidden_rows else ""
        yield f"<table:table-row{hidden}>{''.join(cells)}</table:table-row>"


def _cell(cell: Cell) -> tuple[str, str]:
    """The attributes and the paragraphs of a cell."""
    match cell:
        case None:
            return "", ""
        case Formula(text, value):
            attributes, content = _cell(value)
            return f' table:formula="msoxl:={xml(text.removeprefix("="))}"{attributes}', content
        case Error(code):
            formula = f' table:formula="of:={xml(code)}" office:value-type="string" office:string-value=""'
            return f'{formula} calcext:value-type="error"', _paragraphs(code)
        case bool():
            truth = str(cell).lower()
            return f' office:value-type="boolean" office:boolean-value="{truth}"', _paragraphs(plain(cell))
        case datetime():
            return _date("moment", cell.isoformat(), plain(cell))
        case date():
            return _date("day", cell.isoformat(), plain(cell))
        case str():
            return ' office:value-type="string" calcext:value-type="string"', _paragraphs(cell)
        case _:
            return f' office:value-type="float" office:value="{cell!r}"', _paragraphs(plain(cell))


def _date(style: str, value: str, shown: str) -> tuple[str, str]:
    return f' table:style-name="{style}" office:value-type="date" office:date-value="{value}"', _paragraphs(shown)


def _paragraphs(text: str) -> str:
    """Text as ODF keeps it: a paragraph a line, with runs of blanks counted."""
    return "".join(f"<text:p>{_line(line)}</text:p>" for line in text.split("\n"))


def _line(line: str) -> str:
    """One line, with every blank that XML might drop written as an element."""
    pieces = re.split(r"(^ +| {2,}| $|\t)", line)
    return "".join(_blank(piece) if piece and not piece.strip(" \t") else xml(piece) for piece in pieces)


def _blank(piece: str) -> str:
    return "<text:tab/>" if piece == "\t" else f'<text:s text:c="{len(piece)}"/>'
