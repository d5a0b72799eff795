"""Charts on the axes of matplotlib, in the colours and the order of the other formats."""

from __future__ import annotations

from typing import Any

from xfstats.render.chart_scale import axis_ticks, tick_text
from xfstats.render.charts import COLOURS, Chart, Kind, Role

_UPRIGHT_INCHES = 3.6
_LINES = {Role.NOW: "-", Role.PREV: "--", Role.YOY: ":", Role.LEFT: "-"}
_FIRST, _FURTHER = 0.5, 0.22
"""Thickness of the first and of the further bars of a label, whose distance is 1."""
_MAX_POINT_LABELS = 12


def chart_height(chart: Chart) -> float:
    """Return the height of a chart in inches."""
    if chart.kind in {Kind.LINE, Kind.HISTOGRAM}:
        return _UPRIGHT_INCHES
    many = len(chart.series) if chart.kind == Kind.BARS else 1
    return 0.9 + (0.3 if len(chart.series) > 1 else 0) + (0.3 + 0.08 * (many - 1)) * len(chart.labels)


def draw_on_axes(axes: Any, chart: Chart) -> None:
    """Draw a chart, its title, its axes' names and its legend."""
    {Kind.LINE: _draw_line, Kind.HISTOGRAM: _draw_histogram}.get(chart.kind, _draw_bars)(axes, chart)
    several = len(chart.series) > 1
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(chart.title, loc="left", pad=24 if several else 8, fontsize=12, fontweight="bold")
    if several:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(chart.series), frameon=False, borderaxespad=0)


def _draw_bars(axes: Any, chart: Chart) -> None:
    """Draw horizontal bars, the first label on top, the figures at their ends; parts in one bar."""
    places = range(len(chart.labels))
    ends = [0.0] * len(chart.labels)
    stacked, top = chart.kind == Kind.PARTS, 0.0
    for number, one in enumerate(chart.series):
        values = [value or 0 for value in one.values]
        thick = _FIRST if stacked or not number else _FURTHER
        middles = [place + (0 if stacked else top + thick / 2) for place in places]
        axes.barh(middles, values, thick, left=ends if stacked else 0, color=COLOURS[one.role][0], label=one.name)
        ends = [end + value if stacked else max(end, value) for end, value in zip(ends, values, strict=True)]
        top += thick
    for place, end, text in zip(places, ends, chart.texts, strict=True):
        axes.annotate(
            text, (end, place + (0 if stacked else _FIRST / 2)), (4, 0), textcoords="offset points", va="center", fontsize=9
        )
    axes.set_yticks([place + (0 if stacked else top / 2) for place in places], chart.labels)
    axes.set_ylim(len(chart.labels) - (_FIRST if stacked else 0.1), -_FIRST if stacked else -0.3)
    axes.set_xlim(0, chart.most * (1 + 0.018 * max(map(len, chart.texts))))
    axes.set_xticks(axis_ticks(chart), [tick_text(tick, chart) for tick in axis_ticks(chart)])
    axes.set_xlabel(chart.value_axis)
    axes.tick_params(axis="y", length=0)


def _set_value_axis(axes: Any, chart: Chart) -> None:
    """Set the ticks, the lines and the names of an upright chart."""
    ticks = axis_ticks(chart)
    axes.set_yticks(ticks, [tick_text(tick, chart) for tick in ticks])
    axes.set_ylim(0, ticks[-1] * 1.08)
    axes.grid(axis="y", color="#dddddd")
    axes.set_axisbelow(True)
    axes.set_xlabel(chart.label_axis)
    axes.set_ylabel(chart.value_axis)


def _draw_line(axes: Any, chart: Chart) -> None:
    """Draw a line a series, the figures of now at its points."""
    places = range(len(chart.labels))
    for one in chart.series:
        values = [float("nan") if value is None else value for value in one.values]
        mark = "o" if one.role == Role.NOW else ""
        axes.plot(places, values, _LINES[one.role], marker=mark, markersize=4, color=COLOURS[one.role][0], label=one.name)
    every = max(1, -(-len(places) // _MAX_POINT_LABELS))
    for place in places[::every]:
        text, value = chart.figures[place], chart.series[0].values[place] or 0
        axes.annotate(text, (place, value), (0, 5), textcoords="offset points", ha="center", fontsize=9)
    axes.set_xticks(list(places[::every]), chart.labels[::every])
    _set_value_axis(axes, chart)


def _draw_histogram(axes: Any, chart: Chart) -> None:
    """Draw upright bars side by side, each with its number above."""
    places = range(len(chart.labels))
    values = [value or 0 for value in chart.series[0].values]
    axes.bar(places, values, 0.9, color=COLOURS[chart.series[0].role][0])
    for place, value, text in zip(places, values, chart.texts, strict=True):
        axes.annotate(text, (place, value), (0, 4), textcoords="offset points", ha="center", fontsize=9)
    axes.set_xticks(list(places), chart.labels)
    _set_value_axis(axes, chart)
