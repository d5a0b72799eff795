"""Sheet of native Excel charts, the same ones as in other formats, and the hidden sheet of what some are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xfstats.messages import several
from xfstats.render.chart_scale import value_axis_end
from xfstats.render.charts import COLOURS, Chart, Kind, Role, table_charts
from xfstats.render.safe_text import escape_formula
from xfstats.render.table_lines import FORMER_OF, FigureColumn, figure_columns
from xfstats.render.xlsx.fonts import Fonts
from xfstats.render.xlsx.print_setup import number_pages
from xfstats.render.xlsx.tables import BlockPosition, TablePositions, sheet_title
from xfstats.reports.table import Report, Table

_CHART_WIDTH, _UPRIGHT_HEIGHT, _BAR_HEIGHT, _THIN, _ROW_HEIGHT = 900, 320, 22, 7, 20
_PAGE_HEIGHT = 1180
"""Height in pixels that fits a printed page."""
_MAX_LABELLED = 60
"""Points up to which each has its figure beside it."""
_DASHES = {Role.NOW: "solid", Role.PREV: "dash", Role.YOY: "round_dot", Role.LEFT: "solid"}
_FORMS = {
    Kind.BARS: {"type": "bar"},
    Kind.LINE: {"type": "line"},
    Kind.PARTS: {"type": "bar", "subtype": "stacked"},
    Kind.HISTOGRAM: {"type": "column"},
}


def chart_sheet(report: Report) -> str:
    """Return the key of the chart sheet's name: 走势 of series, 构成 of groups, or both."""
    kinds = {charts[0].kind == Kind.LINE for table in report.tables if (charts := table_charts(table, report))}
    return "charts" if len(kinds) > 1 else "trend" if kinds == {True} else "groups"


def write_charts(book: Any, sheets: tuple[Any, Any], report: Report, positions: TablePositions) -> None:
    """Write the charts of each table to the first sheet, and what they need to the second; hide both where there are none."""
    sheet, data = sheets
    for column, head in enumerate(several("workbook.drawn", report.lang)):
        data.write_string(0, column, head)
    row = used = 0
    line, breaks = 1, []
    for table, blocks in zip(report.tables, positions.blocks, strict=True):
        for chart in table_charts(table, report):
            ranges = _Ranges(report, table, blocks, chart, line)
            line = ranges.write(data)
            high = _height(chart)
            if used and used + high > _PAGE_HEIGHT:
                breaks.append(row)
                used = 0
            drawn = _native_chart(book, chart, ranges, report.lang, high)
            sheet.insert_chart(row, 0, drawn, {"description": escape_formula(chart.title)})
            rows = -(-high // _ROW_HEIGHT) + 1
            row, used = row + rows, used + rows * _ROW_HEIGHT
    sheet.set_h_pagebreaks(breaks)
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    number_pages(sheet, report)
    data.hide()
    if not row:
        sheet.hide()


class _Ranges:
    """Cells that a chart is drawn from: those of the table where they stand there in one column, else lines of the data sheet."""

    def __init__(self, report: Report, table: Table, blocks: Sequence[BlockPosition], chart: Chart, line: int) -> None:
        self.report, self.table, self.blocks, self.chart, self.line = report, table, blocks, chart, line
        nested = len(table.by) != 1 or any(row.subtotal for row in table.rows) or table.cross is not None
        whole = len(chart.labels) == len(table.rows) - sum(1 for row in table.rows if row.of_which)
        self.live = bool(chart.additions) and whole and not nested

    def write(self, data: Any) -> int:
        """Write the chart's lines where its figures do not stand in the table; return the line after them."""
        if self.live:
            return self.line
        for place, label in enumerate(self.chart.labels):
            data.write_string(self.line + place, 0, escape_formula(self.chart.title))
            data.write_string(self.line + place, 1, escape_formula(label))
            for column, one in enumerate(self.chart.series, 2):
                if (value := one.values[place]) is not None:
                    data.write_number(self.line + place, column, value)
            if self.chart.kind == Kind.PARTS:
                data.write_number(self.line + place, 2 + len(self.chart.series), 0)
        return self.line + len(self.chart.labels)

    def labels(self) -> list[Any]:
        """Return the range of the labels."""
        return self._column(0) if self.live else self._data(1)

    def values(self, place: int) -> list[Any]:
        """Return the range of the values of a series; after the last one of zeros, behind the parts of each bar."""
        if not self.live:
            return self._data(2 + place)
        role = self.chart.series[place].role
        aspect = "figure" if role == Role.NOW else FORMER_OF[role]
        return self._column(figure_columns(self.table).index(FigureColumn(self.chart.measure, aspect)), figure=True)

    def _data(self, column: int) -> list[Any]:
        return [sheet_title("drawn", self.report.lang), self.line, column, self.line + len(self.chart.labels) - 1, column]

    def _column(self, place: int, *, figure: bool = False) -> list[Any]:
        block = next(one for one in self.blocks if not figure or one.columns[0] <= place < one.columns[1])
        column = place - block.columns[0] + len(self.table.by) if figure else place
        return [sheet_title("table", self.report.lang), block.first, column, block.first + len(self.chart.labels) - 1, column]


def _height(chart: Chart) -> int:
    """Return the height of a chart in pixels."""
    if chart.kind in {Kind.LINE, Kind.HISTOGRAM}:
        return _UPRIGHT_HEIGHT
    thick = _BAR_HEIGHT + (_THIN * (len(chart.series) - 1) if chart.kind == Kind.BARS else 0)
    return min(140 + 30 * (len(chart.series) > 1) + thick * len(chart.labels), _PAGE_HEIGHT)


def _native_chart(book: Any, chart: Chart, ranges: _Ranges, lang: str, high: int) -> Any:
    """Return a chart with its title, the names of its axes, its legend and its figures."""
    native, fonts = book.add_chart(_FORMS[chart.kind]), Fonts.of(lang)
    for place, one in enumerate(chart.series):
        native.add_series(_series(chart, ranges, place, fonts, one.role))
    if chart.kind == Kind.PARTS:
        native.add_series(_ends(chart, ranges, fonts))
    lying = chart.kind in {Kind.BARS, Kind.PARTS}
    small, bold = {"name": fonts.table, "size": 9}, {"name": fonts.head, "size": 10, "bold": False}
    along, up = (native.set_y_axis, native.set_x_axis) if lying else (native.set_x_axis, native.set_y_axis)
    axis = {"num_font": small, "name_font": bold, "line": {"color": "#8A94A6"}}
    turned = {"reverse": True, "crossing": "max", "interval_unit": 1} if lying else {}
    along({**axis, "name": escape_formula(chart.label_axis), "major_gridlines": {"visible": False}, **turned})
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    form = "0%" if chart.percent else "#,##0"
    room = {"max": value_axis_end(chart)} if chart.kind == Kind.PARTS else {}
    up({**axis, **room, "name": escape_formula(chart.value_axis), "min": 0, "num_format": form, "major_gridlines": grid})
    native.set_title({"name": escape_formula(chart.title), "name_font": {"name": fonts.head, "size": 13, "bold": False}})
    native.set_legend({"position": "top", "font": small} if len(chart.series) > 1 else {"none": True})
    native.set_size({"width": _CHART_WIDTH, "height": high})
    native.set_chartarea({"border": {"none": True}})
    native.show_hidden_data()
    return native


def _series(chart: Chart, ranges: _Ranges, place: int, fonts: Fonts, role: Role) -> dict[str, Any]:
    """Return one series: its cells, its colour, and the figures beside its bars or points."""
    colour = COLOURS[role][0].upper()
    found: dict[str, Any] = {
        "name": escape_formula(chart.series[place].name),
        "categories": ranges.labels(),
        "values": ranges.values(place),
        "gap": 5 if chart.kind == Kind.HISTOGRAM else 40,
    }
    if chart.kind == Kind.LINE:
        found |= {"line": {"color": colour, "width": 2, "dash_type": _DASHES[role]}}
        if role == Role.NOW:
            found |= {"marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}}
    else:
        found |= {"fill": {"color": colour}, "border": {"none": True}}
    if place == 0 and chart.kind != Kind.PARTS and len(chart.labels) <= _MAX_LABELLED:
        found["data_labels"] = {
            "value": True,
            "font": {"name": fonts.figure, "size": 9},
            "position": "above" if chart.kind == Kind.LINE else "outside_end",
            "num_format": "0.00%" if chart.percent else "#,##0",
        }
    return found


def _ends(chart: Chart, ranges: _Ranges, fonts: Fonts) -> dict[str, Any]:
    """Return a series of nothing whose labels, the figures of the parts, stand at the ends of the bars."""
    font = {"name": fonts.figure, "size": 9}
    texts = [{"value": escape_formula(text), "font": font} for text in chart.texts]
    labels = {"value": True, "custom": texts, "font": font, "position": "inside_base"}
    return {
        "name": "\u3000",
        "categories": ranges.labels(),
        "values": ranges.values(len(chart.series)),
        "gap": 40,
        "fill": {"none": True},
        "border": {"none": True},
        **({"data_labels": labels} if len(chart.labels) <= _MAX_LABELLED else {}),
    }
