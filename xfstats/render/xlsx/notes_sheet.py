"""Sheet of definitions, findings and reconciliation."""

from __future__ import annotations

from typing import Any

from xfstats.messages import several
from xfstats.render.safe_text import display_width, escape_formula
from xfstats.render.table_lines import report_notes, signature, table_notes, title
from xfstats.render.xlsx.fonts import Fonts
from xfstats.render.xlsx.print_setup import MIN_COLUMN_WIDTH, number_pages
from xfstats.reports.table import Input, Report

_ROW_HEIGHT = 15
_NOTE_WIDTH, _SHEET_NAME_WIDTH = 80, 16
"""Widths of the first two columns."""


def write_notes(book: Any, sheet: Any, report: Report) -> None:
    """Write definitions, findings and reconciliation, then the row counts of each input sheet and the digests."""
    fonts = Fonts.of(report.lang)
    note = book.add_format({"font_name": fonts.table, "font_size": 11, "text_wrap": True, "valign": "top"})
    head = {"font_name": fonts.head, "font_size": 11, "bottom": 1}
    bold = [book.add_format({**head, "align": align}) for align in ("left", "right")]
    number = book.add_format({"font_name": fonts.figure, "font_size": 11, "valign": "top", "num_format": "#,##0"})
    number_pages(sheet, report)
    sheet.set_column(0, 0, _NOTE_WIDTH)
    sheet.set_column(1, 1, _SHEET_NAME_WIDTH)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    texts = [text for table in report.tables for text in (title(table, report), *table_notes(table), "")]
    texts += report_notes(report)
    for row, text in enumerate(texts):
        _write_note(sheet, row, escape_formula(text), note)
    below = len(texts) + 1
    for column, name in enumerate(several("workbook.inputs", report.lang)):
        sheet.write_string(below, column, name, bold[column > 2])
        if column > 1:
            sheet.set_column(column, column, max(MIN_COLUMN_WIDTH, display_width(name) + 2))
    for row, one in enumerate(report.inputs, below + 1):
        _write_input(sheet, row, one, note, number)
    for row, text in enumerate(signature(report), below + len(report.inputs) + 2):
        _write_note(sheet, row, text, note)


def _write_note(sheet: Any, row: int, text: str, form: Any, beside: str = "") -> None:
    """Write a text in the first column, and set the row's height for it and for the text `beside` it."""
    sheet.write_string(row, 0, text, form)
    deep = max(-(-display_width(text) // (_NOTE_WIDTH - 4)), -(-display_width(beside) // (_SHEET_NAME_WIDTH - 2)))
    if deep > 1:
        sheet.set_row(row, _ROW_HEIGHT * deep)


def _write_input(sheet: Any, row: int, one: Input, note: Any, number: Any) -> None:
    """Write one input sheet: file, sheet, header rows, and its row counts."""
    tally = one.tally
    rows = sorted({min(tally.header_rows), max(tally.header_rows)}) if tally.header_rows else []
    _write_note(sheet, row, escape_formula(one.file), note, beside=tally.sheet)
    for column, text in enumerate((tally.sheet, "-".join(map(str, rows))), 1):
        sheet.write_string(row, column, escape_formula(text), note)
    parts = (tally.rejected, tally.skipped, tally.outside)
    for column, rows_of in enumerate([tally.rows, tally.counted, *(sum(part.values()) for part in parts)], 3):
        sheet.write_number(row, column, rows_of, number)
