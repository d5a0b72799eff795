"""Charts as SVG: bars for groups, a line for a time series; Chinese font stacks, colours for light and dark pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from xfstats.config.periods import SERIES
from xfstats.measures.definitions import AMOUNT, label
from xfstats.render.safe_text import MAX_WIDTH, display_width, escape_control, shorten_distinct
from xfstats.reports.figures import as_number, format_figure
from xfstats.reports.row import Row
from xfstats.reports.table import Report, Table, unclassified_label

MAX_GROUPS = 40
"""Number of groups up to which a table has a chart."""
FONT_STACK = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','WenQuanYi Micro Hei',SimSun,sans-serif"
_CHART_WIDTH, _ROW_HEIGHT = 720, 24
_TEXT_ATTRIBUTES = f'font-family="{FONT_STACK}" font-size="12" fill="currentColor"'


def chart_measure(table: Table) -> str | None:
    """Return the measure that a table's chart shows (its amount, else its first); None where it has no chart."""
    rows = _chart_rows(table)
    if not 2 <= len(rows) <= MAX_GROUPS or any(row.kind == "subtotal" for row in table.rows) or not table.by:
        return None
    amount = AMOUNT[table.log]
    return amount if amount in table.measures else table.measures[0]


def draw_inline_svg(report: Report, table: Table, key: str) -> str:
    """Return the chart of one measure as an SVG element for a page."""
    height, body = _draw_chart(report, table, key)
    return _svg_element(f'width="100%" {_TEXT_ATTRIBUTES}', height, body)


def draw_svg_file(report: Report, charts: Sequence[tuple[Table, str]]) -> str:
    """Return charts below each other as an SVG file with its own colours."""
    top, bodies = 0, []
    for table, key in charts:
        height, body = _draw_chart(report, table, key)
        bodies.append(_svg_element(f'y="{top}" width="{_CHART_WIDTH}" height="{height}"', height, body))
        top += height + _ROW_HEIGHT
    colours = "<style>svg{background:#fff;color:#222}</style>"
    if len(charts) == 1:
        return _svg_element(f'xmlns="http://www.w3.org/2000/svg" width="100%" {_TEXT_ATTRIBUTES}', height, colours + body)
    space = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_CHART_WIDTH} {top - _ROW_HEIGHT}" width="100%" {_TEXT_ATTRIBUTES}'
    return f"<svg {space}>{colours}{''.join(bodies)}</svg>"


def _svg_element(attributes: str, height: int, body: str) -> str:
    """Return an SVG element with these attributes and this content."""
    return f'<svg role="img" viewBox="0 0 {_CHART_WIDTH} {height}" {attributes}>{body}</svg>'


def _draw_chart(report: Report, table: Table, key: str) -> tuple[int, str]:
    """Return the height of a chart and its elements, with a text alternative for screen readers."""
    rows = _chart_rows(table)
    height, body = _draw_line(rows, key, report) if table.by[-1] in SERIES else _draw_bars(rows, key, report)
    name = escape(f"{escape_control(table.title, MAX_WIDTH)} · {label(key, report.lang)}")
    labels = _group_labels(rows, report.lang)
    description = "; ".join(
        f"{text} {format_figure(row.figures[key], report.digits)}" for text, row in zip(labels, rows, strict=True)
    )
    return (
        height,
        f'<title>{name}</title><desc>{escape(description)}</desc><text x="0" y="16" font-weight="bold">{name}</text>{body}',
    )


def _chart_rows(table: Table) -> list[Row]:
    """Return the rows that a chart shows: groups, and the row of the remaining groups."""
    return [row for row in table.rows if row.kind in {"group", "rest"}]


def _group_labels(rows: list[Row], lang: str) -> list[str]:
    """Return the labels of the rows, shortened so that different labels stay different."""
    shown = shorten_distinct(one for row in rows for one in row.group.values() if one is not None)
    label_parts = [(shown[one] if one is not None else unclassified_label(lang) for one in row.group.values()) for row in rows]
    return [f"+{row.rest}" if row.rest else "·".join(labels) for row, labels in zip(rows, label_parts, strict=True)]


def _draw_bars(rows: list[Row], key: str, report: Report) -> tuple[int, str]:
    """Return a bar chart: a bar a group, with its label to the left and its figure at its end."""
    labels = _group_labels(rows, report.lang)
    left = 8 + 7 * max(map(display_width, labels))
    most = max((as_number(row.figures[key]) for row in rows), default=0.0) or 1.0
    elements = []
    for index, (row, text) in enumerate(zip(rows, labels, strict=True)):
        y = 30 + index * _ROW_HEIGHT
        long = (_CHART_WIDTH - left - 90) * as_number(row.figures[key]) / most
        elements.append(
            f'<text x="{left - 6}" y="{y + 14}" text-anchor="end">{escape(text)}</text>'
            f'<rect x="{left}" y="{y + 3}" width="{long:.1f}" height="{_ROW_HEIGHT - 8}" fill="#4472c4"/>'
            f'<text x="{left + long + 4:.1f}" y="{y + 14}">{escape(format_figure(row.figures[key], report.digits))}</text>'
        )
    return 38 + len(rows) * _ROW_HEIGHT, "".join(elements)


def _draw_line(rows: list[Row], key: str, report: Report) -> tuple[int, str]:
    """Return a line chart: a point a period of the series, with its figure above and its label below."""
    values = [as_number(row.figures[key]) for row in rows]
    most = max(values, default=0.0) or 1.0
    step = (_CHART_WIDTH - 80) / max(len(rows) - 1, 1)
    points = [(40 + index * step, 190 - 140 * value / most) for index, value in enumerate(values)]
    every = max(1, -(-len(rows) // 12))
    elements = [f'<line x1="30" y1="190" x2="{_CHART_WIDTH - 30}" y2="190" stroke="currentColor" stroke-opacity=".4"/>']
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    elements.append(f'<polyline points="{path}" fill="none" stroke="#4472c4" stroke-width="2"/>')
    for index, ((x, y), row, text) in enumerate(zip(points, rows, _group_labels(rows, report.lang), strict=True)):
        elements.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#4472c4"/>')
        if index % every == 0:
            figure = escape(format_figure(row.figures[key], report.digits))
            elements.append(f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{figure}</text>')
            elements.append(f'<text x="{x:.1f}" y="208" text-anchor="middle">{escape(text)}</text>')
    return 220, "".join(elements)
