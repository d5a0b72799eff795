"""Plain workbook: a sheet of tables with exact numbers, and a sheet of definitions and reconciliation."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import xlsxwriter

from xfstats.frozen import frozen
from xfstats.messages import raw, say
from xfstats.model import FILE_MARK
from xfstats.render.narrative.headings import people, table_name, table_scope, whole_title
from xfstats.render.page_layout import HeadCell, head_rows
from xfstats.render.safe_text import escape_formula, wrap_text
from xfstats.render.style import Style
from xfstats.render.table_lines import (
    CellValue,
    FigureColumn,
    TableLine,
    column_heads,
    figure_columns,
    headline,
    printed_lines,
    subtitle,
)
from xfstats.render.xlsx.fonts import Fonts
from xfstats.render.xlsx.formulas import stored_result
from xfstats.render.xlsx.notes_sheet import write_notes
from xfstats.render.xlsx.paged_sheet import PagedSheet
from xfstats.render.xlsx.print_setup import (
    ColumnRange,
    column_blocks,
    column_widths,
    is_upright,
    page_blocks,
    page_breaks,
    set_up_table_page,
)
from xfstats.reports.figures import Change, Pair, Place, Statistic
from xfstats.reports.table import Report, Table

MIN_TITLE_COLUMNS = 6
"""Smallest number of columns that a title spans, so that it is not cut over a narrow table."""
WORKBOOK_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
PROPERTIES = {"created": datetime(2000, 1, 1), "keywords": FILE_MARK, "author": ""}  # noqa: DTZ001 - no zone in the format
_APART = " " * 16
"""Room between the parts of the line below a table, for names in handwriting."""
_ROW_HEIGHT = 15
_SIZE = 11


def as_workbook(report: Report, style: Style) -> bytes:
    """Return the bytes of the workbook; equal reports give equal bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, WORKBOOK_OPTIONS) as book:
        book.set_properties(PROPERTIES)
        write_tables(book, book.add_worksheet(sheet_title("table", report.lang), PagedSheet), report, None)
        write_notes(book, book.add_worksheet(sheet_title("notes", report.lang), PagedSheet), report)
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
    formats, fonts = {}, Fonts.of(report.lang)
    for kind, extra in (("", {}), ("total ", {"bold": True, "top": 2})):
        for name, form in forms.items():
            own = {
                "font_name": fonts.table if name == "text" else fonts.figure,
                "font_size": _SIZE,
                "border": 1,
                "align": "right",
            }
            formats[kind + name] = book.add_format({**own, **form, **extra})
    middle = {"align": "center", "valign": "vcenter", "text_wrap": True}
    formats["head"] = book.add_format({"font_name": fonts.head, "font_size": _SIZE, "border": 1, "bg_color": "#EEF2F8", **middle})
    formats["title"] = book.add_format({"font_name": fonts.title, "font_size": 18, "bold": report.lang != "zh", **middle})
    formats["name"] = book.add_format({"font_name": fonts.head, "font_size": 13, **middle})
    formats["people"] = book.add_format({"font_name": fonts.table, "font_size": 9, "align": "left"})
    formats["subtitle"] = book.add_format({"font_name": fonts.table, "font_size": 9, "align": "right"})
    return formats


@frozen
class BlockPosition:
    """First and last row of a block of a table's figures, and the half-open range of its figure columns."""

    first: int
    last: int
    columns: ColumnRange


@frozen
class TablePositions:
    """Positions of each table's blocks, and the columns (with their width) that texts are written over.

    Those columns are on the first page and not repeated on others.
    """

    blocks: tuple[tuple[BlockPosition, ...], ...]
    text_columns: tuple[int, int]
    text_width: int


@frozen
class _TableSheet:
    """Worksheet of the tables: the report, its cell formats, the widths of columns, the columns that texts are written over."""

    sheet: Any
    report: Report
    formats: Mapping[str, Any]
    widths: Sequence[int]
    text_columns: tuple[int, int]

    def write_text(self, row: int, text: str, kind: str) -> None:
        """Write a text over its columns, in a format."""
        first, last = self.text_columns
        self.sheet.merge_range(row, first, row, last, escape_formula(text), self.formats[kind])


def write_tables(book: Any, sheet: Any, report: Report, formulas: FormulaSource | None) -> TablePositions:
    """Write all tables below each other; return their positions.

    With formulas, in a report, the columns of a wide table stand in blocks below each other, so that the sheet is one page wide.
    """
    line_lists = [printed_lines(table, report, None) for table in report.tables]
    ranges = column_blocks(report, line_lists, one_wide=formulas is not None)
    widths = column_widths(report, line_lists, ranges, one_wide=formulas is not None)
    pages = page_blocks(report, widths) if formulas is None else [(0, len(widths))]
    for column, cells in enumerate(widths):
        sheet.set_column(column, column, cells)
    text = (max(len(report.tables[0].by), 1) if len(pages) > 1 else 0, max(MIN_TITLE_COLUMNS, pages[0][1]) - 1)
    target = _TableSheet(sheet, report, _add_formats(book, report), widths, text)
    row, heads = 0, (0, 0)
    tops: list[int] = []
    positions: list[tuple[BlockPosition, ...]] = []
    if formulas is not None:
        row = _write_report_title(target)
    for index, table in enumerate(report.tables):
        found: list[BlockPosition] = []
        for block in ranges[index]:
            tops.append(row if positions or found else 0)
            head = _write_title(target, row, table, continued=bool(block[0]), numbered=index + 1 if formulas else 0)
            begin = _write_heads(target, head, table, block)
            heads = heads if any(heads) else (head, begin)
            _write_body(target, begin, index, line_lists[index], formulas, block)
            found.append(BlockPosition(begin, begin + len(line_lists[index]) - 1, block))
            row = begin + len(line_lists[index]) + 2
        if formulas is not None:
            target.write_text(row - 2, _APART.join(people(report)), "people")
            row += 1
        positions.append(tuple(found))
    sheet.set_h_pagebreaks(page_breaks(tops, row))
    upright = formulas is not None and is_upright(report, line_lists)
    set_up_table_page(sheet, report, heads, pages, alone=sum(map(len, positions)) == 1, upright=upright)
    return TablePositions(tuple(positions), text, sum((*widths, *[9] * MIN_TITLE_COLUMNS)[text[0] : text[1] + 1]))


def _write_report_title(target: _TableSheet) -> int:
    """Write the title of a report; return the row after it."""
    target.sheet.set_row(0, 42)
    target.write_text(0, whole_title(target.report), "title")
    return 1


def _write_title(target: _TableSheet, row: int, table: Table, *, continued: bool, numbered: int) -> int:
    """Write title and subtitle, in a report name and scope of a table, or that it is continued; return the row after them."""
    report = target.report
    if continued:
        target.write_text(row, say("lines.continued", report.lang), "subtitle")
        return row + 1
    if numbered:
        head = say("document.table_name", report.lang, number=numbered, name=table_name(report, table))
        scope = "    ".join(table_scope(report, table))
    else:
        head, scope = headline(table, report), subtitle(table, report)
    target.sheet.set_row(row, 26 if numbered else 42)
    target.write_text(row, head, "name" if numbered else "title")
    target.write_text(row + 1, scope, "subtitle")
    return row + 2


def _write_heads(target: _TableSheet, row: int, table: Table, block: ColumnRange) -> int:
    """Write the column heads of a block from a row on; return the row after them."""
    sheet, head_format = target.sheet, target.formats["head"]
    labels = column_heads(table, target.report.lang)[0]
    above = head_rows(table, target.report.lang, *block)
    shift = len(labels)
    label_heads = [HeadCell(name, place - shift, place - shift + 1, spans_rows=True) for place, name in enumerate(labels)]
    for down, over in enumerate([[*label_heads, *above[0]], *above[1:]], row):
        deep = 1
        for one in over:
            first, last = one.first + shift, one.end + shift - 1
            bottom = row + len(above) - 1 if one.spans_rows else down
            if (first, down) == (last, bottom):
                sheet.write_string(down, first, escape_formula(one.text), head_format)
                deep = max(deep, len(wrap_text(one.text, target.widths[first])))
            else:
                sheet.merge_range(down, first, bottom, last, escape_formula(one.text), head_format)
        sheet.set_row(down, _ROW_HEIGHT * deep + 3)
    return row + len(above)


def _write_body(
    target: _TableSheet,
    begin: int,
    index: int,
    table_lines: Sequence[TableLine],
    formulas: FormulaSource | None,
    block: ColumnRange,
) -> None:
    """Write the rows of one block of a table."""
    sheet, report, formats = target.sheet, target.report, target.formats
    which = figure_columns(report.tables[index])[slice(*block)]
    for number, line in enumerate(table_lines):
        kind = "total " if line.kind == "total" else ""
        for place, label in enumerate(line.labels):
            sheet.write_string(begin + number, place, escape_formula(label), formats[kind + "text"])
        values = zip(which, line.exact[slice(*block)], line.figures[slice(*block)], strict=True)
        for place, (column, exact, text) in enumerate(values, len(line.labels)):
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


def _write_figure(sheet: Any, row: int, column: int, figure: CellValue, text: str, formats: Mapping[str, Any], kind: str) -> None:
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
