"""Workbook of the open matters that are overdue or soon due: a sheet for each log."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from xfstats.render.matter_list import limit_notes, list_title, matter_heads, matter_lines, summary
from xfstats.render.safe_text import display_width, escape_formula
from xfstats.render.style import EAST_ASIAN_FONT, Style
from xfstats.render.table_lines import report_notes
from xfstats.render.xlsx.paged_sheet import PagedSheet
from xfstats.render.xlsx.tables import PROPERTIES, WORKBOOK_OPTIONS
from xfstats.reports.matters import MatterList, matter_lists
from xfstats.reports.table import Report

_FONT = {"font_name": EAST_ASIAN_FONT, "font_size": 11}
_MAX_WIDTH = 50


def as_workbook(report: Report, style: Style) -> bytes:
    """Return the bytes of the workbook; equal reports give equal bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, WORKBOOK_OPTIONS) as book:
        book.set_properties(PROPERTIES)
        title = book.add_format({**_FONT, "bold": True, "font_size": 14})
        head = book.add_format({**_FONT, "bold": True, "border": 1, "align": "center"})
        cell = book.add_format({**_FONT, "border": 1})
        note = book.add_format(_FONT)
        for one in matter_lists(report):
            _write(book.add_worksheet(one.table.kind(report.lang), PagedSheet), one, report, (title, head, cell, note))
    return buffer.getvalue()


def _write(sheet: Any, one: MatterList, report: Report, formats: tuple[Any, Any, Any, Any]) -> None:
    """Write one list: title, heads, a row a matter, the notes below."""
    title, head, cell, note = formats
    heads, lines = matter_heads(one, report.lang), list(matter_lines(one, report))
    sheet.write_string(0, 0, escape_formula(list_title(one, report)), title)
    for place, text in enumerate(heads):
        sheet.write_string(1, place, text, head)
        widest = max(map(display_width, (text, *(line[place] for line in lines))))
        sheet.set_column(place, place, min(widest + 3, _MAX_WIDTH))
    for row, line in enumerate(lines, 2):
        for place, text in enumerate(line):
            sheet.write_string(row, place, escape_formula(text), cell)
    texts = [*summary(one, report.lang), *limit_notes(one), *report_notes(report)]
    for row, text in enumerate(texts, len(lines) + 3):
        sheet.write_string(row, 0, escape_formula(text), note)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1, 1)
    sheet.freeze_panes(2, 0)
