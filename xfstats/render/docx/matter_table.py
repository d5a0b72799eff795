"""Word document of the open matters that are overdue or soon due."""

from __future__ import annotations

from typing import Any

from docx import Document

from xfstats.render.docx.page import LINE, TABLE_TEXT, prepare_document
from xfstats.render.docx.parts import add_line
from xfstats.render.docx.properties import finish_document
from xfstats.render.matter_list import limit_notes, list_title, matter_heads, matter_lines, summary
from xfstats.render.style import Style
from xfstats.render.table_lines import report_notes
from xfstats.reports.matters import MatterList, matter_lists
from xfstats.reports.table import Report


def as_document(report: Report, style: Style) -> bytes:
    """Return the bytes of the document; equal reports give equal bytes."""
    document = Document()
    prepare_document(document, report.lang)
    for one in matter_lists(report):
        _add_list(document, one, report)
    for text in report_notes(report):
        add_line(document, text, LINE)
    return finish_document(document, "", None)


def _add_list(document: Any, one: MatterList, report: Report) -> None:
    """Add the title, the table and the notes of one list."""
    add_line(document, list_title(one, report), "Title")
    rows = [matter_heads(one, report.lang), *matter_lines(one, report)]
    grid = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for number, (row, texts) in enumerate(zip(grid.rows, rows, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.style = TABLE_TEXT
            paragraph.add_run(text).bold = not number or None
    for text in (*summary(one, report.lang), *limit_notes(one)):
        add_line(document, text, LINE)
