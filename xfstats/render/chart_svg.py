"""Charts as SVG: Chinese font stacks, colours for light and dark pages, a text alternative for each figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from xfstats.frozen import frozen
from xfstats.render.chart_scale import axis_ticks, tick_text
from xfstats.render.charts import COLOURS, Chart, Kind, Role, chart_measure
from xfstats.render.safe_text import display_width

__all__ = ["CHART_CSS", "DARK_CHART_CSS", "FONT_STACK", "chart_measure", "draw_inline_svg", "draw_svg_file", "spoken"]

FONT_STACK = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','WenQuanYi Micro Hei',SimSun,sans-serif"
_NEW_LINE = "\n"
_CELL, _GAP = 6.6, 20
_TOP, _LEGEND_HEIGHT, _BAR, _THIN, _SPACE, _LINE = 34, 16, 16, 8, 10, 17
"""Heights: above the first bar, of the legend, of the first and of further bars of a group, between groups, of a line of text."""
_PLOT_TOP, _PLOT_HEIGHT, _PLOT_LEFT, _PLOT_RIGHT = 56, 150, 56, 16
_POINT_WIDTH = 58
"""Width that the label of a point takes."""
_DASHES = {Role.NOW: "", Role.PREV: ' stroke-dasharray="6 4"', Role.YOY: ' stroke-dasharray="2 3"', Role.LEFT: ""}
_TEXT_ATTRIBUTES = f'font-family="{FONT_STACK}" font-size="12" fill="currentColor"'
CHART_CSS = "".join(
    [
        ".grid{stroke:currentColor;stroke-opacity:.18}.line{fill:none;stroke-width:2}",
        *(f".{role}{{fill:{light}}}.line.{role}{{fill:none;stroke:{light}}}" for role, (light, _) in COLOURS.items()),
    ]
)
DARK_CHART_CSS = "".join(f".{role}{{fill:{dark}}}.line.{role}{{fill:none;stroke:{dark}}}" for role, (_, dark) in COLOURS.items())
"""Rules for the classes of the charts' elements on a light and on a dark page."""


@frozen
class _Canvas:
    """Width of a chart, and what it is for: on a page labels stand above their bars and marks can be focused."""

    width: int
    on_page: bool


_FILE, _PAGE = _Canvas(720, on_page=False), _Canvas(430, on_page=True)


def draw_inline_svg(chart: Chart, name: str) -> str:
    """Return a chart as an SVG element for a page, legible on a telephone; its title has the id `name`."""
    height, body = _DRAWERS[chart.kind](chart, _PAGE)
    return (
        f'<svg role="group" aria-labelledby="{name}" viewBox="0 0 {_PAGE.width} {height:g}" width="100%" {_TEXT_ATTRIBUTES}>'
        f"{_title(chart, name)}{body}</svg>"
    )


def draw_svg_file(charts: Sequence[Chart], origin: Sequence[str] = ()) -> str:
    """Return charts below each other as an SVG file with its own colours, and with the lines that repeat it."""
    top, bodies = 0.0, []
    for chart in charts:
        height, body = _DRAWERS[chart.kind](chart, _FILE)
        texts = f"<title>{escape(chart.title)}</title><desc>{escape(spoken(chart))}</desc>{_title(chart, '')}"
        size = f'width="{_FILE.width}" height="{height:g}" viewBox="0 0 {_FILE.width} {height:g}"'
        bodies.append(f'<svg role="img" y="{top:g}" {size}>{texts}{body}</svg>')
        top += height + _GAP
    dark = f"svg{{background:#16181d;color:#e6e8ec}}{DARK_CHART_CSS}"
    style = f"<style>svg{{background:#fff;color:#222}}{CHART_CSS}@media (prefers-color-scheme:dark){{{dark}}}</style>"
    head = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_FILE.width} {top - _GAP:g}" width="100%" {_TEXT_ATTRIBUTES}'
    told = f"<metadata>{escape(_NEW_LINE.join(origin))}</metadata>" if origin else ""
    return f"<svg {head}>{told}{style}{''.join(bodies)}</svg>"


def spoken(chart: Chart) -> str:
    """Return all labels with their figures, as one text."""
    return "; ".join(chart.spoken(place) for place in range(len(chart.labels)))


def _title(chart: Chart, name: str) -> str:
    """Return the title of a chart as an element."""
    given = f' id="{name}"' if name else ""
    return f'<text{given} x="0" y="16" font-size="13" font-weight="bold">{escape(chart.title)}</text>'


def _text(x: float, y: float, text: str, anchor: str = "start", more: str = "") -> str:
    """Return a text element."""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{place}{more}>{escape(text)}</text>'


def _mark(chart: Chart, place: int, shapes: str, area: tuple[float, float, float, float], canvas: _Canvas) -> str:
    """Return the shapes of one label; on a page a mark over an area that can be focused and is named."""
    if not canvas.on_page:
        return shapes
    focus, (x, y, wide, high) = 0 if place == 0 else -1, area
    shapes = f'<rect class="hit" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"/>{shapes}'
    return f'<g class="mark" role="img" tabindex="{focus}" aria-label="{escape(chart.spoken(place))}">{shapes}</g>'


def _legend(chart: Chart) -> str:
    """Return the names of several series with their colours, in a line under the title."""
    if len(chart.series) < 2:
        return ""
    elements, x = [], 0.0
    for one in chart.series:
        elements.append(f'<rect class="{one.role}" x="{x:.1f}" y="25" width="12" height="12"/>{_text(x + 17, 35, one.name)}')
        x += 17 + _CELL * display_width(one.name) + _GAP
    return "".join(elements)


def _draw_bars(chart: Chart, canvas: _Canvas) -> tuple[float, str]:
    """Return horizontal bars: a group a label, with its figures; parts in one bar."""
    labels, texts = (_CELL * max(map(display_width, many)) for many in (chart.labels, chart.texts))
    left, right = (0.0, 0.0) if canvas.on_page else (8 + labels, 10 + texts)
    above = 0 if not canvas.on_page else _LINE if labels + texts + _GAP < canvas.width else 2 * _LINE
    scale = max(canvas.width - left - right, 120) / chart.most
    deep = _BAR + (_THIN * (len(chart.series) - 1) if chart.kind == Kind.BARS else 0)
    elements, y = [_legend(chart)], float(_TOP + (_LEGEND_HEIGHT if len(chart.series) > 1 else 0))
    for place, (name, text) in enumerate(zip(chart.labels, chart.texts, strict=True)):
        end, shapes = _bars(chart, place, left, y + above, scale)
        if not canvas.on_page:
            shapes += _text(left - 6, y + 13, name, "end") + _text(end + 5, y + 13, text)
        else:
            shapes += _text(left, y + 12, name) + _text(canvas.width, y + above - 5, text, "end")
        area = (0, y - _SPACE / 2, canvas.width, above + deep + _SPACE)
        elements.append(_mark(chart, place, shapes, area, canvas))
        y += above + deep + _SPACE
    return y + 4, "".join(elements)


def _bars(chart: Chart, place: int, left: float, top: float, scale: float) -> tuple[float, str]:
    """Return the end of the longest bar of a label, and its bars: below each other, or parts behind each other."""
    stacked, end, shapes = chart.kind == Kind.PARTS, left, ""
    for index, one in enumerate(chart.series):
        thick, long = (_BAR if stacked or not index else _THIN - 1), (one.values[place] or 0) * scale
        begin = end if stacked else left
        shapes += f'<rect class="{one.role}" x="{begin:.1f}" y="{top:.1f}" width="{long:.1f}" height="{thick}"/>'
        end = begin + long if stacked else max(end, begin + long)
        top += 0 if stacked else thick + 1
    return end, shapes


def _frame(chart: Chart, canvas: _Canvas) -> tuple[str, float, float]:
    """Return the axes of an upright chart with their titles and lines, the bottom of the plot, and the pixels of one unit."""
    ticks = axis_ticks(chart)
    scale = _PLOT_HEIGHT / ticks[-1]
    bottom = _PLOT_TOP + _PLOT_HEIGHT + (_LEGEND_HEIGHT if len(chart.series) > 1 else 0)
    elements = []
    for tick in ticks:
        y = bottom - tick * scale
        elements.append(f'<line class="grid" x1="{_PLOT_LEFT}" x2="{canvas.width - _PLOT_RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        elements.append(_text(_PLOT_LEFT - 8, y + 4, tick_text(tick, chart), "end"))
    elements.append(_text(0, bottom - _PLOT_HEIGHT - 12, chart.value_axis))
    elements.append(_text((_PLOT_LEFT + canvas.width - _PLOT_RIGHT) / 2, bottom + 36, chart.label_axis, "middle"))
    return f'<g aria-hidden="true">{"".join(elements)}</g>', bottom, scale


def _draw_line(chart: Chart, canvas: _Canvas) -> tuple[float, str]:
    """Return a line chart: a point a period, the figure of now above it and its label below."""
    frame, bottom, scale = _frame(chart, canvas)
    step = (canvas.width - _PLOT_LEFT - _PLOT_RIGHT - 40) / max(len(chart.labels) - 1, 1)
    xs = [_PLOT_LEFT + 20 + place * step for place in range(len(chart.labels))]
    lines = []
    for one in reversed(chart.series):
        for run in _runs(one.values):
            points = " ".join(f"{xs[place]:.1f},{bottom - (one.values[place] or 0) * scale:.1f}" for place in run)
            lines.append(f'<polyline class="line {one.role}" points="{points}"{_DASHES[one.role]}/>')
    every = -(-len(chart.labels) * _POINT_WIDTH // canvas.width)
    marks = []
    for place, (x, name) in enumerate(zip(xs, chart.labels, strict=True)):
        value = chart.series[0].values[place]
        y = bottom - (value or 0) * scale
        shapes = f'<circle class="now" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' if value is not None else ""
        if place % every == 0:
            shapes += _text(x, y - 8, chart.figures[place], "middle") + _text(x, bottom + 17, name, "middle")
        marks.append(_mark(chart, place, shapes, (x - step / 2, bottom - _PLOT_HEIGHT - 16, step, _PLOT_HEIGHT + 40), canvas))
    return bottom + 44, _legend(chart) + frame + "".join(lines) + "".join(marks)


def _runs(values: Sequence[float | None]) -> list[list[int]]:
    """Return the places of values in runs without a gap."""
    runs: list[list[int]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _draw_histogram(chart: Chart, canvas: _Canvas) -> tuple[float, str]:
    """Return upright bars side by side: a class of days a bar, with its number above and its days below."""
    frame, bottom, scale = _frame(chart, canvas)
    wide = (canvas.width - _PLOT_LEFT - _PLOT_RIGHT) / len(chart.labels)
    marks = []
    for place, name in enumerate(chart.labels):
        x, high = _PLOT_LEFT + place * wide, (chart.series[0].values[place] or 0) * scale
        shapes = f'<rect class="now" x="{x + 4:.1f}" y="{bottom - high:.1f}" width="{wide - 8:.1f}" height="{high:.1f}"/>'
        shapes += _text(x + wide / 2, bottom - high - 6, chart.texts[place], "middle")
        shapes += _text(x + wide / 2, bottom + 17, name, "middle")
        marks.append(_mark(chart, place, shapes, (x, bottom - _PLOT_HEIGHT - 16, wide, _PLOT_HEIGHT + 40), canvas))
    return bottom + 44, frame + "".join(marks)


_DRAWERS: Mapping[Kind, Callable[[Chart, _Canvas], tuple[float, str]]] = {
    Kind.BARS: _draw_bars,
    Kind.PARTS: _draw_bars,
    Kind.LINE: _draw_line,
    Kind.HISTOGRAM: _draw_histogram,
}
