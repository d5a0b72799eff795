"""Word document (.docx): title, paragraph and tables; each figure is a content control tagged with the figure's name."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from xfstats.model import FILE_MARK
from xfstats.render.docx.parts import add_line, add_run, add_table_blocks, tag_run
from xfstats.render.narrative import Part, Quote, narrate
from xfstats.render.office_package import fix_timestamps
from xfstats.render.page_layout import lay_out_table
from xfstats.render.safe_text import escape_control
from xfstats.render.style import EAST_ASIAN_FONT, LATIN_FONT, Style
from xfstats.render.table_lines import headline, printed_lines, report_notes, signature, subtitle, table_notes
from xfstats.reports.table import Report

_MARGIN_CM = {True: 2.2, False: 1.5}
"""Page margins in centimetres by portrait (True) or landscape."""
_TEXT_WIDTH_CM = {True: 21 - 2 * 2.2, False: 29.7 - 2 * 1.5}
"""Width between the margins in centimetres, likewise."""


def as_document(report: Report, style: Style) -> bytes:
    """Return the bytes of the document; equal reports give equal bytes."""
    document = Document()
    line_lists = [printed_lines(table, report, None) for table in report.tables]
    layouts = [lay_out_table(table, report, own) for table, own in zip(report.tables, line_lists, strict=True)]
    upright = all(one.portrait for one in layouts)
    _set_page(document, upright=upright)
    for index, (table, parts) in enumerate(zip(report.tables, narrate(report), strict=True)):
        if index:
            document.add_paragraph()
        _add_heading(document, escape_control(headline(table, report), None))
        add_line(document, subtitle(table, report), 9, WD_ALIGN_PARAGRAPH.RIGHT)
        _add_paragraph(document, parts)
        add_table_blocks(document, table, report, line_lists[index], layouts[index], _TEXT_WIDTH_CM[upright])
        for place, text in enumerate(table_notes(table)):
            add_line(document, text, 9, above=0 if place else 4)
    for text in (*report_notes(report), *signature(report)):
        add_line(document, text, 9)
    properties = document.core_properties
    properties.keywords, properties.author, properties.title = (
        FILE_MARK,
        "",
        escape_control(headline(report.tables[0], report), None),
    )
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - no zone in the format
    properties.last_modified_by, properties.comments, properties.revision = "", "", 1
    buffer = io.BytesIO()
    document.save(buffer)
    return fix_timestamps(buffer.getvalue())


def _set_page(document: Any, *, upright: bool) -> None:
    """Set page size, orientation, margins and default font."""
    section = document.sections[0]
    short, long = Cm(21), Cm(29.7)
    section.page_width, section.page_height = (short, long) if upright else (long, short)
    section.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    section.left_margin = section.right_margin = Cm(_MARGIN_CM[upright])
    section.top_margin = section.bottom_margin = Cm(_MARGIN_CM[upright])
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN_FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)


def _add_heading(document: Any, text: str) -> None:
    """Add a centred heading."""
    paragraph = document.add_paragraph(style="Heading 1")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_run(paragraph, text, 16, bold=True).font.color.rgb = RGBColor(0, 0, 0)


def _add_paragraph(document: Any, parts: Iterable[Part]) -> None:
    """Add the paragraph with its figures in content controls."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(24)
    for part in parts:
        if isinstance(part, Quote):
            tag_run(paragraph, add_run(paragraph, part.text, 12), part.name)
        else:
            add_run(paragraph, escape_control(part, None), 12)
