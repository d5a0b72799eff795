"""A plain styled workbook: a sheet of tables with numbers as numbers, and one of definitions and reconciliation."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any, Protocol

import xlsxwriter

from xfstats.figures import Change, Pair, Place, Statistic
from xfstats.render.formulas import stored
from xfstats.render.layout import (
    Column,
    Value,
    columns,
    headline,
    heads,
    lines,
    signature,
    subtitle,
    title,
    under_report,
    under_table,
)
from xfstats.render.style import Style
from xfstats.render.visible import guard, width
from xfstats.table import Input, Report

MARK = "xfstats/1"
"""Stands in the file's keywords: a workbook of ours may be written over without --force."""
ROWS_A_PAGE = 24
LEAST_WIDE = 6
"""Columns that a title spans at least, so that it is not cut over a narrow table."""
_NAMES = {
    "table": ("统计表", "Statistics"),
    "tally": ("计数", "Counts"),
    "trend": ("走势", "Charts"),
    "detail": ("明细", "Rows"),
    "notes": ("口径与核对", "Definitions"),
}
PROPERTIES = {"created": datetime(2000, 1, 1), "keywords": MARK, "author": ""}  # noqa: DTZ001 - no zone in the format
_INPUTS = (
    ("文件", "表", "表头行", "行", "计入", "拒绝", "跳过", "期外"),
    ("File", "Sheet", "Header", "Rows", "Counted", "Rejected", "Skipped", "Outside"),
)
_FONT = {"font_name": "宋体", "font_size": 11}


def as_workbook(report: Report, style: Style) -> bytes:
    """The bytes of the workbook, the same for the same report."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(PROPERTIES)
        write_tables(book, book.add_worksheet(name("table", report.lang)), report, None)
        write_notes(book, book.add_worksheet(name("notes", report.lang)), report)
    return buffer.getvalue()


def name(sheet: str, lang: str) -> str:
    """The name of a sheet."""
    return _NAMES[sheet][lang != "zh"]


class Live(Protocol):
    """What turns a figure into a formula: by table, line, column."""

    def formula(self, table: int, line: int, column: Column) -> str | None:
        """The formula of a cell; None where its figure is no sum."""
        ...


def _formats(book: Any, report: Report) -> dict[str, Any]:
    rate = "0." + "0" * report.digits + "%" if report.digits else "0%"
    forms = {
        "text": {"align": "left"},
        "count": {"num_format": "#,##0"},
        "rate": {"num_format": rate},
        "change": {"num_format": f"+{rate};-{rate};{rate}"},
        "points": {"num_format": "+0.00;-0.00;0.00"},
        "days": {"num_format": "0.##"},
    }
    made = {}
    for kind, extra in (("", {}), ("total ", {"bold": True, "top": 2})):
        for name, form in forms.items():
            made[kind + name] = book.add_format({**_FONT, "border": 1, "align": "right", **form, **extra})
    made["head"] = book.add_format(
        {**_FONT, "bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#DDEBF7"}
    )
    made["title"] = book.add_format(
        {**_FONT, "font_size": 16, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    made["subtitle"] = book.add_format({**_FONT, "font_size": 9, "align": "right"})
    made["note"] = book.add_format({**_FONT, "font_size": 9, "text_wrap": True, "valign": "top"})
    return made


def write_tables(book: Any, sheet: Any, report: Report, live: Live | None) -> list[tuple[int, int]]:
    """All tables below each other; the first row and the last of the groups of each."""
    formats = _formats(book, report)
    row = 0
    widths: dict[int, int] = {}
    across = max(LEAST_WIDE, *(len(table.by or (1,)) + len(columns(table)) for table in report.tables)) - 1
    spans = []
    for index in range(len(report.tables)):
        begin = row + 3
        row = _table(sheet, row, index, report, formats, widths, across, live) + 2
        spans.append((begin, row - 3))
    for column, cells in widths.items():
        sheet.set_column(column, column, min(max(cells + 2, 9), 40))
    sheet.set_h_pagebreaks(_breaks(spans))
    if len(report.tables) == 1:
        sheet.freeze_panes(3, max(len(report.tables[0].by), 1))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    return spans


def _breaks(spans: list[tuple[int, int]]) -> list[int]:
    """The rows before which a page begins, so that no table is parted from its title."""
    found, begin = [], 0
    for first, last in spans:
        if last - begin > ROWS_A_PAGE and first - 3 > begin:
            begin = first - 3
            found.append(begin)
    return found


def _table(
    sheet: Any,
    row: int,
    index: int,
    report: Report,
    formats: dict[str, Any],
    widths: dict[int, int],
    across: int,
    live: Live | None,
) -> int:
    """One table from a row on, its title over all columns up to `across`; the row after it."""
    table = report.tables[index]
    labels, figures = heads(table, report.lang)
    sheet.set_row(row, 42)
    sheet.merge_range(row, 0, row, across, guard(headline(table, report)), formats["title"])
    sheet.merge_range(row + 1, 0, row + 1, across, guard(subtitle(table, report)), formats["subtitle"])
    row += 1
    for column, name in enumerate([*labels, *figures]):
        sheet.write_string(row + 1, column, name, formats["head"])
        widths[column] = max(widths.get(column, 0), width(name))
    made = lines(table, report, None)
    for offset, line in enumerate(made, row + 2):
        kind = "total " if line.kind == "total" else ""
        for column, label in enumerate(line.labels):
            sheet.write_string(offset, column, guard(label), formats[kind + "text"])
            widths[column] = max(widths.get(column, 0), width(label))
        cells = zip(columns(table), line.exact, line.figures, strict=True)
        for place, (which, exact, text) in enumerate(cells, len(labels)):
            formula = live.formula(index, offset - row - 2, which) if live and exact is not None else None
            if formula is not None:
                sheet.write_formula(offset, place, formula, formats[kind + _form(exact)], stored(exact, report.lang))
            else:
                _figure(sheet, offset, place, exact, text, formats, kind)
            widths[place] = max(widths.get(place, 0), width(text))
    return row + 2 + len(made)


def _form(value: Value) -> str:
    """The number format of a value."""
    match value:
        case Pair():
            return "rate"
        case Change():
            return "change" if isinstance(value.now, int) else "points"
        case _:
            return "count"


def _figure(sheet: Any, row: int, column: int, figure: Value, text: str, formats: dict[str, Any], kind: str) -> None:
    """A figure as a number; a change or a place as a number where it is one alone, else as its text."""
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
    """Definitions, findings and reconciliation; then what each sheet of each input gave, and the files' digests."""
    note = book.add_format({**_FONT, "text_wrap": True, "valign": "top"})
    bold = [book.add_format({**_FONT, "bold": True, "bottom": 1, "align": align}) for align in ("left", "right")]
    number = book.add_format({**_FONT, "valign": "top", "num_format": "#,##0"})
    sheet.set_column(0, 0, 80)
    sheet.set_column(1, 1, 16)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    texts = [text for table in report.tables for text in (title(table, report), *under_table(table), "")]
    texts += under_report(report)
    for row, text in enumerate(texts):
        sheet.write_string(row, 0, guard(text), note)
    below = len(texts) + 1
    for column, name in enumerate(_INPUTS[report.lang != "zh"]):
        sheet.write_string(below, column, name, bold[column > 2])
    for row, one in enumerate(report.inputs, below + 1):
        _input(sheet, row, one, note, number)
    for row, text in enumerate(signature(report), below + len(report.inputs) + 2):
        sheet.write_string(row, 0, text, note)


def _input(sheet: Any, row: int, one: Input, note: Any, number: Any) -> None:
    """One sheet that was read: file, sheet, header rows, and its rows as they were counted."""
    tally = one.tally
    rows = sorted({min(tally.header_rows), max(tally.header_rows)}) if tally.header_rows else []
    for column, text in enumerate((one.file, tally.sheet, "-".join(map(str, rows)))):
        sheet.write_string(row, column, guard(text), note)
    parts = (tally.rejected, tally.skipped, tally.outside)
    for column, rows_of in enumerate([tally.rows, tally.counted, *(sum(part.values()) for part in parts)], 3):
        sheet.write_number(row, column, rows_of, number)
