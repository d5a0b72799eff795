"""The 走势 sheet: a native chart a table, columns by group, bars where there are many, a line over a series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xfstats.config.periods import SERIES
from xfstats.measures.definitions import label
from xfstats.render.safe_text import CAP, escape_control, escape_formula
from xfstats.render.style import EAST
from xfstats.render.xlsx.tables import name
from xfstats.report.table import Report, Table

MOST_BARS = 40
"""Groups that one chart shows."""
MOST_COLUMNS = 12
"""Groups that stand side by side with their labels; more lie below each other."""
_WIDE, _LOW, _BAR, _ROW = 720, 300, 18, 20
_MOST_HIGH = 640
"""Of what stands on a page."""


def write_charts(book: Any, sheet: Any, report: Report, spans: Sequence[tuple[int, int]]) -> None:
    """A chart for each table that has groups to compare; the sheet is hidden where none has."""
    row = used = 0
    breaks = []
    for table, (first, _) in zip(report.tables, spans, strict=True):
        groups = sum(1 for one in table.rows if one.kind == "group")
        if not 2 <= groups <= MOST_BARS or any(one.kind == "subtotal" for one in table.rows):
            continue
        high = _LOW if groups <= MOST_COLUMNS or table.by[-1] in SERIES else min(90 + _BAR * groups, _MOST_HIGH - 2 * _ROW)
        if used and used + high > _MOST_HIGH:
            breaks.append(row)
            used = 0
        sheet.insert_chart(
            row, 0, _chart(book, table, report.lang, first, groups, high), {"description": escape_control(table.title, None)}
        )
        rows = -(-high // _ROW) + 1
        row, used = row + rows, used + rows * _ROW
    sheet.set_h_pagebreaks(breaks)
    if not row:
        sheet.hide()
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _chart(book: Any, table: Table, lang: str, first: int, groups: int, high: int) -> Any:
    """The chart of a table's first measure, over its cells."""
    series = table.by[-1] in SERIES
    lying = high > _LOW
    chart = book.add_chart({"type": "line" if series else "bar" if lying else "column"})
    statistics, column = name("table", lang), len(table.by)
    chart.add_series(
        {
            "name": label(table.measures[0], lang),
            "categories": [statistics, first, 0, first + groups - 1, 0],
            "values": [statistics, first, column, first + groups - 1, column],
            "data_labels": {"value": groups <= MOST_COLUMNS or lying},
        }
    )
    chart.set_title({"name": escape_formula(escape_control(table.title, CAP)), "name_font": {"name": EAST, "size": 12}})
    chart.set_legend({"none": True})
    along, up = (chart.set_y_axis, chart.set_x_axis) if lying else (chart.set_x_axis, chart.set_y_axis)
    along({"num_font": {"name": EAST, "size": 8 if lying else 9}, "reverse": lying, "major_gridlines": {"visible": False}})
    up({"num_font": {"size": 9}, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_size({"width": _WIDE, "height": high})
    return chart
