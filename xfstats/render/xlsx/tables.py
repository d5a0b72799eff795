"""Plain workbook: a sheet of tables with exact numbers, and a sheet of definitions and reconciliation."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import xlsxwriter

from xfstats.messages import raw, say, several
from xfstats.model import FILE_MARK
from xfstats.render.page_layout import HeadCell, head_rows
from xfstats.render.safe_text import display_width, escape_formula, wrap_text
from xfstats.render.style import EAST_ASIAN_FONT, Style
from xfstats.render.table_lines import (
    CellValue,
    FigureColumn,
    TableLine,
    column_heads,
    figure_columns,
    headline,
    printed_lines,
    report_notes,
    signature,
    subtitle,
    table_notes,
    title,
)
from xfstats.render.xlsx.formulas import stored_result
from xfstats.render.xlsx.print_setup import column_widths, page_blocks, page_breaks, set_up_table_page
from xfstats.reports.figures import Change, Pair, Place, Statistic
from xfstats.reports.table import Input, Report, Table

MIN_TITLE_COLUMNS = 6
"""Smallest number of columns that a title spans, so that it is not cut over a narrow table."""
WORKBOOK_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
PROPERTIES = {"created": datetime(2000, 1, 1), "keywords": FILE_MARK, "author": ""}  # noqa: DTZ001 - no zone in the format
_ROW_HEIGHT = 15
_NOTE_WIDTH, _SHEET_NAME_WIDTH = 80, 16
"""Widths of the first two columns of the sheet of notes."""
_FONT = {"font_name": EAST_ASIAN_FONT, "font_size": 11}


def as_workbook(report: Report, style: Style) -> bytes:
    """Return the bytes of the workbook; equal reports give equal bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, WORKBOOK_OPTIONS) as book:
        book.set_properties(PROPERTIES)
        write_tables(book, book.add_worksheet(sheet_title("table", report.lang)), report, None)
        write_notes(book, book.add_worksheet(sheet_title("notes", report.lang)), report)
    return buffer.getvalue()


def sheet_title(sheet: str, lang: str) -> str:
    """Return the name of a sheet in the report's language."""
    return raw(sheet, lang, "sheets")


class FormulaSource(Protocol):
    """Provider of formulas by table, line and column."""

    def formula(self, table: int, line: int, column: FigureColumn) -> str | None:
        """Return the formula of a cell; None where its figure is no sum."""
        ...


def _add_formats(book: Any, report: Report) -> dict[str, Any]:
    """Add and return the cell formats by name; those of the total row begin with "total "."""
    rate = "0." + "0" * report.digits + "%" if report.digits else "0%"
    signed = f'{rate.rstrip("%")}"{say("points", report.lang)}"'
    forms: dict[str, dict[str, Any]] = {
        "text": {"align": "left", "text_wrap": True},
        "count": {"num_format": "#,##0"},
        "rate": {"num_format": rate},
        "change": {"num_format": f"+{rate};-{rate};{rate}"},
        "points": {"num_format": f"+{signed};-{signed};{signed}"},
        "days": {"num_format": "0.##"},
    }
    formats = {}
    for kind, extra in (("", {}), ("total ", {"bold": True, "top": 2})):
        for name, form in forms.items():
            formats[kind + name] = book.add_format({**_FONT, "border": 1, "align": "right", **form, **extra})
    formats["head"] = book.add_format(
        {**_FONT, "bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#DDEBF7"}
    )
    formats["title"] = book.add_format(
        {**_FONT, "font_size": 16, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    formats["subtitle"] = book.add_format({**_FONT, "font_size": 9, "align": "right"})
    formats["note"] = book.add_format({**_FONT, "font_size": 9, "text_wrap": True, "valign": "top"})
    return formats


@dataclass(frozen=True)
class TablePositions:
    """First and last row of each table's figures, and the columns (with their width) that texts are written over.

    Those columns are on the first page and not repeated on others.
    """

    figure_rows: tuple[tuple[int, int], ...]
    text_columns: tuple[int, int]
    text_width: int


def write_tables(book: Any, sheet: Any, report: Report, formulas: FormulaSource | None) -> TablePositions:
    """Write all tables below each other; return their positions."""
    formats = _add_formats(book, report)
    line_lists = [printed_lines(table, report, None) for table in report.tables]
    widths = column_widths(report, line_lists)
    blocks = page_blocks(report, widths)
    for column, cells in enumerate(widths):
        sheet.set_column(column, column, cells)
    text = (max(len(report.tables[0].by), 1) if len(blocks) > 1 else 0, max(MIN_TITLE_COLUMNS, blocks[0][1]) - 1)
    row = 0
    tops, spans = [], []
    for index, table in enumerate(report.tables):
        begin = _write_head(sheet, row, table, report, formats, text, widths)
        _write_body(sheet, begin, index, report, line_lists[index], formats, formulas)
        tops.append(row)
        spans.append((begin, begin + len(line_lists[index]) - 1))
        row = begin + len(line_lists[index]) + 2
    sheet.set_h_pagebreaks(page_breaks(tops, row))
    set_up_table_page(sheet, report, spans[0][0], blocks)
    return TablePositions(tuple(spans), text, sum((*widths, *[9] * MIN_TITLE_COLUMNS)[text[0] : text[1] + 1]))


def _write_head(
    sheet: Any, row: int, table: Table, report: Report, formats: dict[str, Any], text: tuple[int, int], widths: Sequence[int]
) -> int:
    """Write title, subtitle and column heads from a row on; return the row after them."""
    sheet.set_row(row, 42)
    sheet.merge_range(row, text[0], row, text[1], escape_formula(headline(table, report)), formats["title"])
    sheet.merge_range(row + 1, text[0], row + 1, text[1], escape_formula(subtitle(table, report)), formats["subtitle"])
    labels = column_heads(table, report.lang)[0]
    above = head_rows(table, report.lang, 0, len(figure_columns(table)))
    label_heads = [
        HeadCell(name, place - len(labels), place - len(labels) + 1, spans_rows=True) for place, name in enumerate(labels)
    ]
    for down, over in enumerate([[*label_heads, *above[0]], *above[1:]], row + 2):
        deep = 1
        for one in over:
            first, last = one.first + len(labels), one.end + len(labels) - 1
            bottom = row + 1 + len(above) if one.spans_rows else down
            if (first, down) == (last, bottom):
                sheet.write_string(down, first, escape_formula(one.text), formats["head"])
                deep = max(deep, len(wrap_text(one.text, widths[first])))
            else:
                sheet.merge_range(down, first, bottom, last, escape_formula(one.text), formats["head"])
        sheet.set_row(down, _ROW_HEIGHT * deep + 3)
    return row + 2 + len(above)


def _write_body(
    sheet: Any,
    begin: int,
    index: int,
    report: Report,
    table_lines: Sequence[TableLine],
    formats: dict[str, Any],
    formulas: FormulaSource | None,
) -> None:
    """Write the rows of one table."""
    which = figure_columns(report.tables[index])
    for number, line in enumerate(table_lines):
        kind = "total " if line.kind == "total" else ""
        for place, label in enumerate(line.labels):
            sheet.write_string(begin + number, place, escape_formula(label), formats[kind + "text"])
        for place, (column, exact, text) in enumerate(zip(which, line.exact, line.figures, strict=True), len(line.labels)):
            formula = formulas.formula(index, number, column) if formulas else None
            if formula is not None and isinstance(exact, int | Pair | Statistic | Change):
                sheet.write_formula(
                    begin + number, place, formula, formats[kind + _number_format(exact)], stored_result(exact, report.lang)
                )
            else:
                _write_figure(sheet, begin + number, place, exact, text, formats, kind)


def _number_format(value: CellValue) -> str:
    """Return the number format of a value."""
    match value:
        case Pair():
            return "rate"
        case Change():
            return "change" if isinstance(value.now, int) else "points"
        case _:
            return "count"


def _write_figure(sheet: Any, row: int, column: int, figure: CellValue, text: str, formats: dict[str, Any], kind: str) -> None:
    """Write a figure as a number; a change or a place as text where it is more than one number."""
    match figure:
        case Pair(_, 0) | Statistic(_, 0) | None:
            sheet.write_string(row, column, text, formats[kind + "count"])
        case Change(int()) if figure.exact:
            sheet.write_number(row, column, figure.exact[0] / figure.exact[1], formats[kind + "change"])
        case Place(place, _, before) if not before:
            sheet.write_number(row, column, place, formats[kind + "count"])
        case Change() | Place():
            sheet.write_string(row, column, text, formats[kind + "count"])
        case Pair(numerator, denominator):
            sheet.write_number(row, column, numerator / denominator, formats[kind + "rate"])
        case Statistic():
            whole = figure.numerator % figure.denominator == 0
            sheet.write_number(row, column, figure.value, formats[kind + ("count" if whole else "days")])
        case _:
            sheet.write_number(row, column, figure, formats[kind + "count"])


def write_notes(book: Any, sheet: Any, report: Report) -> None:
    """Write definitions, findings and reconciliation, then the row counts of each input sheet and the digests."""
    note = book.add_format({**_FONT, "text_wrap": True, "valign": "top"})
    bold = [book.add_format({**_FONT, "bold": True, "bottom": 1, "align": align}) for align in ("left", "right")]
    number = book.add_format({**_FONT, "valign": "top", "num_format": "#,##0"})
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
