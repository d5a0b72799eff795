"""Charts as SVG: bars by group, a line over a series; text in Chinese font stacks, colours that follow light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from xfstats.measures.definitions import AMOUNT, label
from xfstats.render.safe_text import CAP, escape_control, shorten_distinct, width
from xfstats.report.figures import Pair, Statistic, shown
from xfstats.report.table import Report, Row, Table, unclassified

SERIES = frozenset(["year", "quarter", "month", "week"])
MOST_BARS = 40
FONTS = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','WenQuanYi Micro Hei',SimSun,sans-serif"
_WIDE, _ROW = 720, 24
_LOOK = f'font-family="{FONTS}" font-size="12" fill="currentColor"'


def charted(table: Table) -> str | None:
    """The measure that a chart shows: the amount, else the first; None where there is nothing to compare."""
    rows = _rows(table)
    if not 2 <= len(rows) <= MOST_BARS or any(row.kind == "subtotal" for row in table.rows) or not table.by:
        return None
    amount = AMOUNT[table.log]
    return amount if amount in table.measures else table.measures[0]


def svg(report: Report, table: Table, key: str) -> str:
    """The chart of one measure, for a page."""
    height, body = _drawn(report, table, key)
    return _picture(f'width="100%" {_LOOK}', height, body)


def alone(report: Report, charts: Sequence[tuple[Table, str]]) -> str:
    """Charts below each other, as a file of its own with its colours."""
    top, bodies = 0, []
    for table, key in charts:
        height, body = _drawn(report, table, key)
        bodies.append(_picture(f'y="{top}" width="{_WIDE}" height="{height}"', height, body))
        top += height + _ROW
    colours = "<style>svg{background:#fff;color:#222}</style>"
    if len(charts) == 1:
        return _picture(f'xmlns="http://www.w3.org/2000/svg" width="100%" {_LOOK}', height, colours + body)
    space = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {top - _ROW}" width="100%" {_LOOK}'
    return f"<svg {space}>{colours}{''.join(bodies)}</svg>"


def _picture(attributes: str, height: int, body: str) -> str:
    return f'<svg role="img" viewBox="0 0 {_WIDE} {height}" {attributes}>{body}</svg>'


def _drawn(report: Report, table: Table, key: str) -> tuple[int, str]:
    """The height of a chart, and its elements, with what it says for those who do not see it."""
    rows = _rows(table)
    height, body = _line(rows, key, report) if table.by[-1] in SERIES else _bars(rows, key, report)
    name = escape(f"{escape_control(table.title, CAP)} · {label(key, report.lang)}")
    labels = _labels(rows, report.lang)
    told = "; ".join(f"{text} {shown(row.figures[key], report.digits)}" for text, row in zip(labels, rows, strict=True))
    return height, f'<title>{name}</title><desc>{escape(told)}</desc><text x="0" y="16" font-weight="bold">{name}</text>{body}'


def _rows(table: Table) -> list[Row]:
    return [row for row in table.rows if row.kind in {"group", "rest"}]


def _labels(rows: list[Row], lang: str) -> list[str]:
    """What each group is called; two that differ never alike."""
    shown = shorten_distinct(one for row in rows for one in row.group.values() if one is not None)
    own = [(shown[one] if one is not None else unclassified(lang) for one in row.group.values()) for row in rows]
    return [f"+{row.rest}" if row.rest else "·".join(labels) for row, labels in zip(rows, own, strict=True)]


def bar_length(row: Row, key: str) -> float:
    """Return a row's figure as a number; 0 where it has no value."""
    figure = row.figures[key]
    if isinstance(figure, Pair | Statistic):
        return figure.numerator / figure.denominator if figure.denominator else 0.0
    return float(figure or 0)


def _bars(rows: list[Row], key: str, report: Report) -> tuple[int, str]:
    """A bar a group, its label to the left, its figure at its end."""
    labels = _labels(rows, report.lang)
    left = 8 + 7 * max(map(width, labels))
    most = max((bar_length(row, key) for row in rows), default=0.0) or 1.0
    made = []
    for index, (row, text) in enumerate(zip(rows, labels, strict=True)):
        y = 30 + index * _ROW
        long = (_WIDE - left - 90) * bar_length(row, key) / most
        made.append(
            f'<text x="{left - 6}" y="{y + 14}" text-anchor="end">{escape(text)}</text>'
            f'<rect x="{left}" y="{y + 3}" width="{long:.1f}" height="{_ROW - 8}" fill="#4472c4"/>'
            f'<text x="{left + long + 4:.1f}" y="{y + 14}">{escape(shown(row.figures[key], report.digits))}</text>'
        )
    return 38 + len(rows) * _ROW, "".join(made)


def _line(rows: list[Row], key: str, report: Report) -> tuple[int, str]:
    """A point a step of the series, its figure above it, its label below."""
    values = [bar_length(row, key) for row in rows]
    most = max(values, default=0.0) or 1.0
    step = (_WIDE - 80) / max(len(rows) - 1, 1)
    points = [(40 + index * step, 190 - 140 * value / most) for index, value in enumerate(values)]
    every = max(1, -(-len(rows) // 12))
    made = [f'<line x1="30" y1="190" x2="{_WIDE - 30}" y2="190" stroke="currentColor" stroke-opacity=".4"/>']
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    made.append(f'<polyline points="{path}" fill="none" stroke="#4472c4" stroke-width="2"/>')
    for index, ((x, y), row, text) in enumerate(zip(points, rows, _labels(rows, report.lang), strict=True)):
        made.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#4472c4"/>')
        if index % every == 0:
            made.append(
                f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{escape(shown(row.figures[key], report.digits))}</text>'
            )
            made.append(f'<text x="{x:.1f}" y="208" text-anchor="middle">{escape(text)}</text>')
    return 220, "".join(made)
