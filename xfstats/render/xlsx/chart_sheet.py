"""Sheet of native Excel charts, one a table: columns, bars where there are many groups, a line for a time series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xfstats.config.periods import SERIES
from xfstats.measures.definitions import label
from xfstats.render.charts import MAX_GROUPS
from xfstats.render.safe_text import MAX_WIDTH, escape_control, escape_formula
from xfstats.render.style import EAST_ASIAN_FONT
from xfstats.render.xlsx.tables import sheet_title
from xfstats.reports.table import Report, Table

MAX_COLUMNS = 12
"""Number of groups up to which they are drawn as columns; more are drawn as horizontal bars."""
_CHART_WIDTH, _MIN_CHART_HEIGHT, _BAR_HEIGHT, _ROW_HEIGHT = 720, 300, 18, 20
_PAGE_HEIGHT = 640
"""Height in pixels that fits a printed page."""


def write_charts(book: Any, sheet: Any, report: Report, spans: Sequence[tuple[int, int]]) -> None:
    """Write a chart for each table that has groups to compare; hide the sheet where none has."""
    row = used = 0
    breaks = []
    for table, (first, _) in zip(report.tables, spans, strict=True):
        groups = sum(1 for one in table.rows if one.kind == "group")
        if not 2 <= groups <= MAX_GROUPS or any(one.kind == "subtotal" for one in table.rows):
            continue
        high = (
            _MIN_CHART_HEIGHT
            if groups <= MAX_COLUMNS or table.by[-1] in SERIES
            else min(90 + _BAR_HEIGHT * groups, _PAGE_HEIGHT - 2 * _ROW_HEIGHT)
        )
        if used and used + high > _PAGE_HEIGHT:
            breaks.append(row)
            used = 0
        sheet.insert_chart(
            row, 0, _make_chart(book, table, report.lang, first, groups, high), {"description": escape_control(table.title, None)}
        )
        rows = -(-high // _ROW_HEIGHT) + 1
        row, used = row + rows, used + rows * _ROW_HEIGHT
    sheet.set_h_pagebreaks(breaks)
    if not row:
        sheet.hide()
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _make_chart(book: Any, table: Table, lang: str, first: int, groups: int, high: int) -> Any:
    """Return the chart of a table's first measure, over the table's cells."""
    series = table.by[-1] in SERIES
    lying = high > _MIN_CHART_HEIGHT
    chart = book.add_chart({"type": "line" if series else "bar" if lying else "column"})
    statistics, column = sheet_title("table", lang), len(table.by)
    chart.add_series(
        {
            "name": label(table.measures[0], lang),
            "categories": [statistics, first, 0, first + groups - 1, 0],
            "values": [statistics, first, column, first + groups - 1, column],
            "data_labels": {"value": groups <= MAX_COLUMNS or lying},
        }
    )
    chart.set_title(
        {"name": escape_formula(escape_control(table.title, MAX_WIDTH)), "name_font": {"name": EAST_ASIAN_FONT, "size": 12}}
    )
    chart.set_legend({"none": True})
    along, up = (chart.set_y_axis, chart.set_x_axis) if lying else (chart.set_x_axis, chart.set_y_axis)
    along(
        {
            "num_font": {"name": EAST_ASIAN_FONT, "size": 8 if lying else 9},
            "reverse": lying,
            "major_gridlines": {"visible": False},
        }
    )
    up({"num_font": {"size": 9}, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_size({"width": _CHART_WIDTH, "height": high})
    return chart
