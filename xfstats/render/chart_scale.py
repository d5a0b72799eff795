"""Ticks of a chart's value axis, alike in every format."""

from __future__ import annotations

import math

from xfstats.render.charts import Chart
from xfstats.render.safe_text import display_width

_STEPS = (1, 2, 5, 10)
_MIN_TICKS = 3
_ROOM = 0.014
"""Part of the axis that a column of text behind a bar takes."""


def axis_ticks(chart: Chart) -> list[float]:
    """Return round numbers from 0 to at least the largest value; whole ones but for rates."""
    return round_numbers(chart.most, 0 if chart.percent else 1)


def value_axis_end(chart: Chart) -> float:
    """Return a round number that leaves room behind horizontal bars for their figures."""
    most = chart.most * (1 + _ROOM * max(map(display_width, chart.texts)))
    return round_numbers(most, 0 if chart.percent else 1)[-1]


def round_numbers(most: float, smallest: float) -> list[float]:
    """Return round numbers from 0 to at least `most`, whose step is at least `smallest`.

    >>> round_numbers(96, 1), round_numbers(2, 1), round_numbers(0.25, 0)
    ([0.0, 20.0, 40.0, 60.0, 80.0, 100.0], [0.0, 1.0, 2.0], [0.0, 0.05, 0.1, 0.15, 0.2, 0.25])
    """
    size = 10.0 ** math.floor(math.log10(most / _MIN_TICKS))
    step = max(next(size * one for one in _STEPS if most <= size * one * (_MIN_TICKS + 2)), float(smallest))
    return [round(step * place, 6) for place in range(math.ceil(round(most / step, 6)) + 1)]


def tick_text(tick: float, chart: Chart) -> str:
    """Return a tick as printed: in percent where the chart's values are rates."""
    return f"{100 * tick:g}%" if chart.percent else f"{tick:,.10g}"
