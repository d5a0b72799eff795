"""Word document of the open matters that are overdue or soon due."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from xfstats.model import FILE_MARK
from xfstats.render.docx.parts import add_line, add_run
from xfstats.render.matter_list import limit_notes, list_title, matter_heads, matter_lines, summary
from xfstats.render.office_package import fix_timestamps
from xfstats.render.style import Style
from xfstats.render.table_lines import report_notes
from xfstats.reports.matters import MatterList, matter_lists
from xfstats.reports.table import Report

_TITLE, _TEXT, _NOTE = 16, 10.5, 9
"""Sizes in points."""


def as_document(report: Report, style: Style) -> bytes:
    """Return the bytes of the document; equal reports give equal bytes."""
    document = Document()
    for one in matter_lists(report):
        _add_list(document, one, report)
    for text in report_notes(report):
        add_line(document, text, _NOTE)
    properties = document.core_properties
    properties.keywords, properties.author, properties.title = FILE_MARK, "", ""
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - no zone in the format
    properties.last_modified_by, properties.comments, properties.revision = "", "", 1
    buffer = io.BytesIO()
    document.save(buffer)
    return fix_timestamps(buffer.getvalue())


def _add_list(document: Any, one: MatterList, report: Report) -> None:
    """Add the title, the table and the notes of one list."""
    add_line(document, list_title(one, report), _TITLE, WD_ALIGN_PARAGRAPH.CENTER)
    rows = [matter_heads(one, report.lang), *matter_lines(one, report)]
    grid = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for number, (row, texts) in enumerate(zip(grid.rows, rows, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            add_run(cell.paragraphs[0], text, _TEXT, bold=not number)
    for text in (*summary(one, report.lang), *limit_notes(one)):
        add_line(document, text, _NOTE)
