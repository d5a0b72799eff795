"""Report workbook: tables with live formulas over a sheet of counts, native charts, definitions, the paragraph."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import xlsxwriter

from xfstats.messages import several
from xfstats.model import column_letter
from xfstats.render.narrative import narrate, plain_text
from xfstats.render.narrative.headings import whole_title
from xfstats.render.origin import origin_lines
from xfstats.render.safe_text import display_width, escape_control, escape_formula
from xfstats.render.style import Style
from xfstats.render.table_lines import FigureColumn
from xfstats.render.xlsx.chart_sheet import chart_sheet, write_charts
from xfstats.render.xlsx.count_sheet import count_cells, count_name, counted_rows, window_name
from xfstats.render.xlsx.detail_sheet import has_detail, write_detail
from xfstats.render.xlsx.fonts import Fonts
from xfstats.render.xlsx.formulas import CountRange, RowSelection, make_formula, rows_to_sum
from xfstats.render.xlsx.notes_sheet import write_notes
from xfstats.render.xlsx.paged_sheet import PagedSheet
from xfstats.render.xlsx.print_setup import set_up_list_page
from xfstats.render.xlsx.tables import PROPERTIES, WORKBOOK_OPTIONS, TablePositions, sheet_title, write_tables
from xfstats.reports.table import Report, total_label, unclassified_label

_MAX_PROPERTY = 255
"""Length to which Excel keeps a property."""


def as_report_workbook(report: Report, style: Style) -> bytes:
    """Return the bytes of the workbook; equal reports give equal bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, WORKBOOK_OPTIONS) as book:
        book.set_properties({**PROPERTIES, "title": escape_control(whole_title(report), None)[:_MAX_PROPERTY]})
        lang = report.lang
        more = ("detail",) if has_detail(report) else ()
        checked = ("notes",) if report.paper.annex else ()
        names = ("table", chart_sheet(report), *checked, *more, "tally", "drawn")
        _write_origin(book, report)
        sheets = {one: book.add_worksheet(sheet_title(one, lang), PagedSheet) for one in names}
        numbers = _write_counts(sheets["tally"], report)
        counts = CountRange(sheet_title("tally", lang), 2, 1 + sum(map(len, numbers.cells)), lang)
        if more:
            count, columns = write_detail(sheets["detail"], report, numbers.first)
            letters = {key: column_letter(place) for key, place in columns.items()}
            counts = replace(counts, detail_rows=(sheet_title("detail", lang), 2, 1 + count), detail_columns=letters)
        formulas = _Formulas(report, numbers, counts)
        positions = write_tables(book, sheets["table"], report, formulas)
        write_charts(book, (sheets[chart_sheet(report)], sheets["drawn"]), report, positions)
        if checked:
            write_notes(book, sheets["notes"], report)
        _write_paragraph(book, sheets["table"], report, positions)
        _write_gates(book, sheets["table"], report, positions)
    return buffer.getvalue()


def _write_origin(book: Any, report: Report) -> None:
    """Write what repeats the report into custom properties, a long line in pieces, for `verify` without the notes."""
    for number, line in enumerate(origin_lines(report), 1):
        text = line.encode("utf-8", "backslashreplace").decode()
        for piece, start in enumerate(range(0, len(text), _MAX_PROPERTY)):
            name = f"xfstats {number}" + (f"+{piece}" if piece else "")
            book.set_custom_property(name, text[start : start + _MAX_PROPERTY], "text")


class _RowNumbers:
    """Numbers of each table's first counted row, and the lines of the sheet of counts."""

    def __init__(self, report: Report) -> None:
        self.first: list[int] = []
        self.cells = []
        number = 1
        for table in report.tables:
            self.first.append(number)
            self.cells.append(list(count_cells(table, number)))
            number += len(counted_rows(table))


class _Formulas:
    """Formulas of the sheet of tables."""

    def __init__(self, report: Report, numbers: _RowNumbers, counts: CountRange) -> None:
        self.report, self.counts = report, counts
        self.rows = []
        for table, first in zip(report.tables, numbers.first, strict=True):
            printed = table.printed_rows()
            depths = [len(row.group) if row.kind != "of_which" else 1 for row in printed]
            self.rows.append(rows_to_sum([row.kind for row in printed], depths, first))

    def formula(self, table: int, line: int, column: FigureColumn) -> str | None:
        """Return the formula of one cell; None where its figure is no sum."""
        report_table = self.report.tables[table]
        values = list(report_table.total_row.cells)
        value = values.index(column.crossed_value) + 1 if column.crossed_value in values and report_table.cross else None
        rows, printed = self.rows[table], report_table.printed_rows()
        whole = RowSelection(next(rows[index] for index, row in enumerate(printed) if row.kind == "total"), None)
        selection = RowSelection(rows[line], value, printed[line].of_which)
        return make_formula(column, report_table, selection, whole, self.counts, self.report.lang)


def _write_counts(sheet: Any, report: Report) -> _RowNumbers:
    """Write the sheet of counts, one line a count."""
    numbers = _RowNumbers(report)
    for column, head in enumerate(several("workbook.count", report.lang)):
        sheet.write_string(0, column, head)
    line = 1
    for table, first, cells in zip(report.tables, numbers.first, numbers.cells, strict=True):
        rows = counted_rows(table)
        for cell in cells:
            row = rows[cell.row_number - first]
            label = "·".join(one if one is not None else unclassified_label(report.lang) for one in row.group.values())
            sheet.write_number(line, 0, cell.row_number)
            sheet.write_string(line, 1, table.kind(report.lang))
            sheet.write_string(line, 2, escape_formula(label or total_label(report.lang)))
            sheet.write_number(line, 3, cell.value_number)
            sheet.write_string(line, 4, window_name(cell.window, report.lang))
            sheet.write_string(line, 5, count_name(cell.count, report.lang))
            sheet.write_number(line, 6, cell.amount)
            line += 1
    sheet.set_column(1, 6, 18)
    set_up_list_page(sheet, report)
    sheet.hide()
    sheet.autofilter(0, 0, max(line - 1, 1), 6)
    return numbers


def _write_paragraph(book: Any, sheet: Any, report: Report, positions: TablePositions) -> None:
    """Write the paragraph below the tables, over the columns of the first page."""
    form = book.add_format({"font_name": Fonts.of(report.lang).body, "font_size": 12, "text_wrap": True, "valign": "top"})
    for row, parts in enumerate(narrate(report), positions.blocks[-1][-1].last + 3):
        text = escape_formula(plain_text(parts))
        sheet.merge_range(row, positions.text_columns[0], row, positions.text_columns[1], text, form)
        sheet.set_row(row, 18 * (2 + display_width(text) // (positions.text_width - 2)))


def _write_gates(book: Any, sheet: Any, report: Report, positions: TablePositions) -> None:
    """Add data bars to the first count of each table, and red to rates below a gate."""
    red = book.add_format({"font_color": "#C00000", "bold": True})
    for table, (block, *_) in zip(report.tables, positions.blocks, strict=True):
        first, last = block.first, block.last
        groups = sum(1 for row in table.rows if row.kind == "group")
        if groups < 2 or last < first:
            continue
        column = max(len(table.by), 1)
        sheet.conditional_format(
            first, column, first + groups - 1, column, {"type": "data_bar", "bar_solid": True, "bar_color": "#BDD7EE"}
        )
        for measure, below in report.gates:
            if measure in table.printed and not table.cross and not table.has_several_periods:
                place = column + table.printed.index(measure)
                rule = {"type": "cell", "criteria": "<", "value": below, "format": red}
                sheet.conditional_format(first, place, last, place, rule)
