"""The workbook that is signed: 统计表 with live formulas over 计数, native charts, definitions, the paragraph."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import xlsxwriter

from xfstats.model import column_letter
from xfstats.narrate import narrate, plain
from xfstats.render.detail_sheet import detailed, write_detail
from xfstats.render.formulas import Range, Wanted, formula, wanted_rows
from xfstats.render.layout import Column, lines
from xfstats.render.style import Style
from xfstats.render.tally_cells import summed, tally_cells
from xfstats.render.visible import guard, visible
from xfstats.render.workbook import PROPERTIES, name, write_notes, write_tables
from xfstats.table import Report, Row, Table, total_label, unclassified

_HEAD = (
    ("行", "登记", "分组", "列", "期间", "计数项", "数"),
    ("Row", "Log", "Group", "Column", "Period", "Count", "Number"),
)
ROWS_A_CHART = 16
MOST_BARS = 40
"""Groups that one chart shows."""


def as_report_workbook(report: Report, style: Style) -> bytes:
    """The bytes of the workbook, the same for the same report."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(PROPERTIES)
        lang = report.lang
        more = ("detail",) if detailed(report) else ()
        sheets = {one: book.add_worksheet(name(one, lang)) for one in ("table", "trend", "tally", *more, "notes")}
        numbers = _write_tally(sheets["tally"], report)
        over = Range(name("tally", lang), 2, 1 + sum(map(len, numbers.cells)))
        if more:
            count, columns = write_detail(sheets["detail"], report, numbers.first)
            letters = {key: column_letter(place) for key, place in columns.items()}
            over = replace(over, rows=(name("detail", lang), 2, 1 + count), columns=letters)
        live = _Formulas(report, numbers, over)
        spans = write_tables(book, sheets["table"], report, live)
        _write_charts(book, sheets["trend"], report, spans)
        write_notes(book, sheets["notes"], report)
        _write_paragraph(book, sheets["table"], report, spans[-1][1] + 3)
        _write_gates(book, sheets["table"], report, spans)
    return buffer.getvalue()


class _Numbers:
    """The first number of each table's rows in the 计数 sheet, and the lines written."""

    def __init__(self, report: Report) -> None:
        self.first: list[int] = []
        self.cells = []
        number = 1
        for table in report.tables:
            self.first.append(number)
            self.cells.append(list(tally_cells(table, number)))
            number += len(summed(table))


class _Formulas:
    """The formulas of the 统计表."""

    def __init__(self, report: Report, numbers: _Numbers, over: Range) -> None:
        self.report, self.over = report, over
        self.rows = []
        for table, first in zip(report.tables, numbers.first, strict=True):
            printed = _printed(table)
            depths = [len(row.group) if row.kind != "of_which" else 1 for row in printed]
            self.rows.append(wanted_rows([row.kind for row in printed], depths, first))

    def formula(self, table: int, line: int, column: Column) -> str | None:
        """The formula of one cell."""
        made = self.report.tables[table]
        values = list(made.total_row.cells)
        value = values.index(column.value) + 1 if column.value in values and made.cross else None
        rows = self.rows[table]
        whole = Wanted(next(rows[index] for index, row in enumerate(_printed(made)) if row.kind == "total"), None)
        wanted = Wanted(rows[line], value, _printed(made)[line].of_which)
        return formula(column, made, wanted, whole, self.over, self.report.lang)


def _printed(table: Table) -> list[Row]:
    """The rows in the order in which they are printed (`layout.lines`)."""
    rows = [row for row in table.rows if not row.of_which]
    if all(label is None for row in rows if not row.rest for label in row.group.values()):
        rows = []
    return [*rows, table.total_row, *(row for row in table.rows if row.of_which)]


def _write_tally(sheet: Any, report: Report) -> _Numbers:
    """One line a cell: what the formulas add up."""
    numbers = _Numbers(report)
    for column, head in enumerate(_HEAD[report.lang != "zh"]):
        sheet.write_string(0, column, head)
    line = 1
    for table, first, cells in zip(report.tables, numbers.first, numbers.cells, strict=True):
        rows = summed(table)
        for cell in cells:
            row = rows[cell.row - first]
            label = "·".join(one if one is not None else unclassified(report.lang) for one in row.group.values())
            sheet.write_number(line, 0, cell.row)
            sheet.write_string(line, 1, table.log.value)
            sheet.write_string(line, 2, guard(label or total_label(report.lang)))
            sheet.write_number(line, 3, cell.value)
            sheet.write_string(line, 4, cell.window)
            sheet.write_string(line, 5, cell.count)
            sheet.write_number(line, 6, cell.number)
            line += 1
    sheet.set_column(1, 6, 18)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(line - 1, 1), 6)
    return numbers


def _write_charts(book: Any, sheet: Any, report: Report, spans: list[tuple[int, int]]) -> None:
    """A native chart a table: lines over a series, else columns by group."""
    below = 0
    statistics = name("table", report.lang)
    for table, (first, _) in zip(report.tables, spans, strict=True):
        rows = [row for row in table.rows if row.kind == "group"]
        if not 2 <= len(rows) <= MOST_BARS or any(row.kind == "subtotal" for row in table.rows):
            continue
        series = table.by[-1] in {"year", "quarter", "month", "week"}
        chart = book.add_chart({"type": "line" if series else "column"})
        column = len(table.by)
        chart.add_series(
            {
                "name": [statistics, first - 1, column],
                "categories": [statistics, first, 0, first + len(rows) - 1, 0],
                "values": [statistics, first, column, first + len(rows) - 1, column],
                "data_labels": {"value": len(rows) <= 12},
            }
        )
        chart.set_title({"name": guard(table.title), "name_font": {"name": "宋体", "size": 12}})
        chart.set_legend({"none": True})
        chart.set_x_axis({"num_font": {"name": "宋体", "size": 9}})
        chart.set_y_axis({"num_font": {"size": 9}, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
        chart.set_size({"width": 720, "height": 300})
        sheet.insert_chart(below, 0, chart, {"description": visible(table.title, None)})
        below += ROWS_A_CHART
    sheet.set_h_pagebreaks(range(2 * ROWS_A_CHART, below, 2 * ROWS_A_CHART))
    if not below:
        sheet.hide()
    sheet.set_landscape()
    sheet.set_paper(9)


def _write_paragraph(book: Any, sheet: Any, report: Report, row: int) -> None:
    """The paragraph under the tables, over all columns."""
    form = book.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"})
    width = max(5, max(len(table.by or (1,)) + len(lines(table, report)[0].figures) for table in report.tables) - 1)
    for parts in narrate(report):
        text = guard(plain(parts))
        sheet.merge_range(row, 0, row, width, text, form)
        sheet.set_row(row, 16 * (1 + 2 * len(text) // (11 * (width + 1))))
        row += 1


def _write_gates(book: Any, sheet: Any, report: Report, spans: list[tuple[int, int]]) -> None:
    """Bars behind the first count of each table, red where a rate is below a gate."""
    red = book.add_format({"font_color": "#C00000", "bold": True})
    for table, (first, last) in zip(report.tables, spans, strict=True):
        groups = sum(1 for row in table.rows if row.kind == "group")
        if groups < 2 or last < first:
            continue
        column = max(len(table.by), 1)
        sheet.conditional_format(
            first, column, first + groups - 1, column, {"type": "data_bar", "bar_solid": True, "bar_color": "#BDD7EE"}
        )
        for measure, below in report.gates:
            if measure in table.measures and not table.cross and not table.windows:
                place = column + table.measures.index(measure)
                rule = {"type": "cell", "criteria": "<", "value": below, "format": red}
                sheet.conditional_format(first, place, last, place, rule)
