"""A document (.docx): title, paragraph, tables; every figure tagged with its name in a content control; East Asian fonts set."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from xfstats.narrate import Part, Quote, narrate
from xfstats.reference import reference
from xfstats.render.layout import Column, columns, headline, heads, lines, signature, subtitle, under_report, under_table
from xfstats.render.style import Style
from xfstats.render.visible import visible, width
from xfstats.render.workbook import MARK
from xfstats.table import Report, Row, Table

_LATIN, _EAST = "Times New Roman", "宋体"
_LONGEST_TAG = 64
"""Word's limit for the tag of a content control."""


def as_document(report: Report, style: Style) -> bytes:
    """The bytes of the document, the same for the same report."""
    document = Document()
    _page(document)
    for index, (table, parts) in enumerate(zip(report.tables, narrate(report), strict=True)):
        if index:
            document.add_paragraph()
        _heading(document, visible(headline(table, report), None))
        _line(document, subtitle(table, report), 9, WD_ALIGN_PARAGRAPH.RIGHT)
        _paragraph(document, parts)
        _table(document, table, report)
        for text in under_table(table):
            _line(document, text, 9)
    for text in (*under_report(report), *signature(report)):
        _line(document, text, 9)
    properties = document.core_properties
    properties.keywords, properties.author, properties.title = MARK, "", visible(headline(report.tables[0], report), None)
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - no zone in the format
    properties.last_modified_by, properties.comments, properties.revision = "", "", 1
    buffer = io.BytesIO()
    document.save(buffer)
    return _timeless(buffer.getvalue())


def _timeless(data: bytes) -> bytes:
    """The same package with one date for all members, so that the same report gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _LATIN, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _EAST)


def _run(paragraph: Any, text: str, size: float, *, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold = Pt(size), _LATIN, bold
    run._element.rPr.rFonts.set(qn("w:eastAsia"), _EAST)  # noqa: SLF001 - python-docx has no other way to an East Asian font
    return run


def _heading(document: Any, text: str) -> None:
    paragraph = document.add_paragraph(style="Heading 1")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, 16, bold=True).font.color.rgb = RGBColor(0, 0, 0)


def _line(document: Any, text: str, size: float, align: Any = None) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    if align is not None:
        paragraph.alignment = align
    _run(paragraph, text, size)


def _paragraph(document: Any, parts: Iterable[Part]) -> None:
    """The text with its figures in content controls."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(24)
    for part in parts:
        if isinstance(part, Quote):
            _control(paragraph, _run(paragraph, part.text, 12), part.name)
        else:
            _run(paragraph, visible(part, None), 12)


def _control(paragraph: Any, run: Any, name: str) -> None:
    """Put a run into a content control tagged with the figure's name."""
    control, about, tag, alias, content = (OxmlElement(f"w:{one}") for one in ("sdt", "sdtPr", "tag", "alias", "sdtContent"))
    for one in (alias, tag):
        one.set(qn("w:val"), visible(name, None)[:_LONGEST_TAG])
    about.append(alias)
    about.append(tag)
    element = run._element  # noqa: SLF001 - as above
    paragraph._p.replace(element, control)  # noqa: SLF001
    content.append(element)
    control.append(about)
    control.append(content)


def _table(document: Any, table: Table, report: Report) -> None:
    labels, figures = heads(table, report.lang)
    made = lines(table, report, None)
    grid = document.add_table(rows=1 + len(made), cols=len(labels) + len(figures), style="Table Grid")
    grid.alignment, grid.autofit = 1, False
    if len(labels) == 1 and len(figures) <= 8:
        wide = min(7.0, 1 + 0.5 * max(width(line.labels[0]) for line in made) / 2)
        for cell in grid.columns[0].cells:
            cell.width = Cm(wide)
        for column in list(grid.columns)[1:]:
            for cell in column.cells:
                cell.width = Cm((16.6 - wide) / len(figures))
    _repeat(grid.rows[0])
    size = 10.5 if len(figures) <= 8 else 8
    for cell, text in zip(grid.rows[0].cells, (*labels, *figures), strict=True):
        _cell(cell, text, size, WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    rows = [*(row for row in table.rows if not row.of_which), table.total_row, *(row for row in table.rows if row.of_which)]
    rows = rows[-len(made) :]
    for line, row, cells in zip(made, rows, grid.rows[1:], strict=True):
        bold = line.kind == "total"
        for cell, text in zip(cells.cells, line.labels, strict=False):
            _cell(cell, text, size, WD_ALIGN_PARAGRAPH.LEFT, bold=bold)
        for cell, text, column in zip(cells.cells[len(labels) :], line.figures, columns(table), strict=True):
            paragraph, run = _cell(cell, text, size, WD_ALIGN_PARAGRAPH.RIGHT, bold=bold)
            _control(paragraph, run, _name(table, row, column, report))


def _name(table: Table, row: Row, column: Column, report: Report) -> str:
    """The figure's name, with what else the column shows of it."""
    own = "" if column.what == "figure" else f".{column.what}"
    if table.cross is not None and column.value in row.cells:
        value = column.value if isinstance(column.value, str) else None
        row = Row({**row.group, table.cross: value}, row.cells[value], "group")
    return reference(table, row, column.measure, report.tables) + own


def _repeat(row: Any) -> None:
    """Print the head again on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - as above


def _cell(cell: Any, text: str, size: float, align: Any, *, bold: bool) -> tuple[Any, Any]:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    return paragraph, _run(paragraph, text, size, bold=bold)
