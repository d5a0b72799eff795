"""Report as a Word document that an office can send: title, sections with tables, office and date, wide tables, annex."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Pt

from xfstats.messages import say
from xfstats.render.charts import table_charts
from xfstats.render.docx.annex import add_annex
from xfstats.render.docx.charts import add_chart
from xfstats.render.docx.page import BODY, NAME, SIGNED, STYLES, add_section, prepare_document, text_width
from xfstats.render.docx.parts import add_line, add_parted_line, add_told_paragraph, set_flush
from xfstats.render.docx.properties import finish_document
from xfstats.render.docx.tables import LaidOutTable, add_table, lay_out
from xfstats.render.narrative import narrate
from xfstats.render.narrative.headings import (
    chart_name,
    people,
    report_title,
    section_title,
    spoken_day,
    table_name,
    table_scope,
)
from xfstats.render.safe_text import display_width, escape_control
from xfstats.render.style import Style
from xfstats.reports.table import Report

_TITLE_COLUMNS = 36
"""Columns of text in a line of a Chinese title."""


def as_document(report: Report, style: Style) -> bytes:
    """Return the bytes of the document; equal reports give equal bytes."""
    document = Document()
    prepare_document(document, report.lang)
    pieces = [escape_control(one, None) for one in report_title(report)]
    _add_title(document, pieces, report)
    tables = [lay_out(table, report, number) for number, table in enumerate(report.tables, 1)]
    apart = [one for one in tables if not one.layout.portrait or one.long]
    for one, parts in zip(tables, narrate(report), strict=True):
        if len(tables) > 1:
            add_line(document, section_title(report, one.table, one.number), "Heading 1")
        see = [_attachment_text("document.see", "document.see_only", one, apart, report.lang)] if one in apart else []
        add_told_paragraph(document, [*parts, *see])
        if one not in apart:
            add_named_table(document, one, report, text_width(report.lang, upright=one.layout.portrait))
            add_charts(document, one, report, text_width(report.lang))
    _list_attachments(document, apart, report)
    _add_signature(document, report)
    for one in apart:
        head = _attachment_text("document.attachment", "document.only_attachment", one, apart, report.lang)
        _add_attachment(document, one, report, head)
    if report.paper.annex:
        add_section(document, report.lang, upright=True)
        add_annex(document, report)
    return finish_document(document, "".join(pieces), report)


def _attachment_text(key: str, only: str, one: LaidOutTable, apart: Sequence[LaidOutTable], lang: str) -> str:
    """Return a text with the number of an attachment, or the one of an only attachment, which has none."""
    return say(key, lang, number=apart.index(one) + 1) if len(apart) > 1 else say(only, lang)


def _add_attachment(document: Any, one: LaidOutTable, report: Report, head: str) -> None:
    """Add a table on pages of its own, across where it is wide, and its charts on upright ones."""
    add_section(document, report.lang, upright=one.layout.portrait)
    set_flush(add_line(document, head, "Heading 1"))
    add_named_table(document, one, report, text_width(report.lang, upright=one.layout.portrait), own_pages=True)
    if table_charts(one.table, report):
        add_section(document, report.lang, upright=True)
        add_charts(document, one, report, text_width(report.lang))


def _add_title(document: Any, pieces: Sequence[str], report: Report) -> None:
    """Add the title, broken where it is longer than a line, in English below the office; then whom it is addressed to."""
    if report.lang != "zh" and report.office:
        add_line(document, report.office, BODY)
    document.add_paragraph("\n".join(_title_lines(pieces)), style="Title")
    if told := (report.paper.addressed_to or "").rstrip(" :："):
        to = add_line(document, say("document.to", report.lang, name=told), BODY)
        set_flush(to)
        to.paragraph_format.keep_with_next, to.alignment = True, WD_ALIGN_PARAGRAPH.LEFT


def _title_lines(pieces: Sequence[str]) -> list[str]:
    """Return the lines of a title: one where it fits, else the first piece before those of the rest."""
    whole = "".join(pieces)
    if len(pieces) == 1 or display_width(whole) <= _TITLE_COLUMNS:
        return [whole]
    return [pieces[0], *_title_lines(pieces[1:])]


def add_named_table(document: Any, one: LaidOutTable, report: Report, width: Length, *, own_pages: bool = False) -> None:
    """Add a table below its name and units, above who prepared and checked it."""
    lang, table = report.lang, one.table
    name = table_name(report, table)
    add_line(document, say("document.table_name", lang, number=one.number, name=name), NAME)
    above = add_parted_line(document, table_scope(report, table), width)
    above.paragraph_format.keep_with_next = True
    add_table(document, one, report, width, escape_control(name, None), own_pages=own_pages)
    add_parted_line(document, people(report), width)


def add_charts(document: Any, one: LaidOutTable, report: Report, width: Length) -> None:
    """Add the charts of a table, each above its name."""
    for chart in table_charts(one.table, report):
        number = len(document.inline_shapes) + 1
        named = chart_name(report, one.table, chart.subject)
        name = say("document.chart_name", report.lang, number=number, name=named)
        add_chart(document, chart, report.lang, width, escape_control(name, None))
        place = add_line(document, name, NAME).paragraph_format
        place.keep_with_next, place.space_before = False, Pt(0)


def _list_attachments(document: Any, apart: Sequence[LaidOutTable], report: Report) -> None:
    """Add the list of the tables on pages of their own, where there are any."""
    names = [table_name(report, one.table) for one in apart]
    for number, name in enumerate(names, 1):
        head = say("document.attachments" if len(names) > 1 else "document.only_attachments", report.lang) if number == 1 else ""
        paragraph = add_line(document, f"{head}{number}. {name}" if len(names) > 1 else f"{head}{name}", BODY)
        if number == 1:
            paragraph.paragraph_format.space_before = Pt(STYLES[report.lang][BODY].pitch or 0)


def _add_signature(document: Any, report: Report) -> None:
    """Add office and date: in Chinese at the right as GB/T 9704 has them without a seal, in English at the left.

    They are kept on the same page as the paragraph before them.
    """
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    office, day = report.office or "", spoken_day(date.fromisoformat(report.as_of), report.lang)
    text = STYLES[report.lang][SIGNED]
    lines = [line for line in (office, day) if line]
    widths = [display_width(line) * text.size / 2 for line in lines]
    indents = dict(zip(lines, _right_indents(widths, text.size), strict=True))
    for number, line in enumerate(lines):
        paragraph = add_line(document, line, SIGNED)
        place = paragraph.paragraph_format
        place.keep_with_next = number + 1 < len(lines)
        if not number:
            place.space_before = Pt(2 * (text.pitch or 0))
        if report.lang == "zh":
            place.right_indent = Pt(indents[line])


def _right_indents(widths: Sequence[float], em: float) -> list[float]:
    """Return the right indents of office and date, at least two characters; the date begins two after the office.

    >>> _right_indents([160, 104], 16), _right_indents([48, 104], 16), _right_indents([104], 16)
    ([32, 56], [120, 32], [64])
    """
    if len(widths) == 1:
        return [4 * em]
    office, day = widths
    right = max(office - day, 2 * em)
    return [right + day + 2 * em - office, right]
