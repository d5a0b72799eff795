"""Chart files: SVG, or PNG by matplotlib (the extra `plots`), which needs a font with Chinese characters."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from xfstats.errors import OutputFault, UsageFault
from xfstats.model import FILE_MARK
from xfstats.render.chart_axes import chart_height, draw_on_axes
from xfstats.render.chart_svg import draw_svg_file
from xfstats.render.charts import Chart, report_charts
from xfstats.render.style import Style
from xfstats.render.table_lines import signature
from xfstats.reports.table import Report

if TYPE_CHECKING:
    from matplotlib.font_manager import FontManager

_CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "SimSun",
    "Noto Sans CJK JP",  # all that matplotlib before 3.11 finds in Debian's fonts-noto-cjk; it has the same characters
)


def as_svg(report: Report, style: Style) -> str:
    """Return the charts of all tables that have one, below each other, as an SVG file."""
    return draw_svg_file(_select_charts(report), signature(report) if report.command else ()) + "\n"


def as_png(report: Report, style: Style) -> bytes:
    """Return the charts as a PNG picture; raise OutputFault where no font has the characters, which would print as boxes."""
    return draw_charts(_select_charts(report))


def draw_charts(charts: Sequence[Chart]) -> bytes:
    """Return charts below each other as one PNG picture, 9 inches wide; the faults are those of `as_png`."""
    with _mute_matplotlib():
        return _draw_png(charts)


def _draw_png(charts: Sequence[Chart]) -> bytes:
    """Return the charts as one picture, below each other."""
    try:
        import matplotlib as mpl  # noqa: PLC0415 - an extra
        from matplotlib import font_manager  # noqa: PLC0415 - an extra
        from matplotlib.figure import Figure  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageFault("E241", package="matplotlib", extra="plots") from None
    texts = [text for chart in charts for text in (chart.title, *chart.labels, *(one.name for one in chart.series))]
    fonts = _available_fonts(font_manager.fontManager) or _register_fonts(
        font_manager.fontManager, font_manager.findSystemFonts()
    )
    if not fonts and any(ord(char) > 0x2E80 for char in "".join(texts)):
        raise OutputFault("E409")
    heights = [chart_height(chart) for chart in charts]
    with mpl.rc_context({"font.family": [*fonts, "DejaVu Sans"], "svg.hashsalt": "xfstats"}):
        picture = Figure(figsize=(9, sum(heights)), layout="constrained")
        every = picture.subplots(len(charts), squeeze=False, height_ratios=heights)
        for (axes,), chart in zip(every, charts, strict=True):
            draw_on_axes(axes, chart)
        buffer = io.BytesIO()
        picture.savefig(buffer, format="png", dpi=144, metadata={"Software": FILE_MARK})
    return buffer.getvalue()


def _available_fonts(manager: FontManager) -> list[str]:
    """Return the names of the fonts with Chinese characters that matplotlib knows, the best first."""
    known = {font.name for font in manager.ttflist}
    return [name for name in _CHINESE_FONTS if name in known]


def _register_fonts(manager: FontManager, paths: list[str]) -> list[str]:
    """Return the names of fonts with Chinese characters among these files, after adding them to matplotlib's cached list."""
    for path in set(paths) - {font.fname for font in manager.ttflist}:
        with suppress(Exception):  # a font that cannot be read is none
            manager.addfont(path)
    return _available_fonts(manager)


@contextmanager
def _mute_matplotlib() -> Iterator[None]:
    """Stop matplotlib's log and warnings on stderr about its cache folder, font search and missing glyphs."""
    logger = logging.getLogger("matplotlib")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that it draws a box for a character that no font has
            yield
    finally:
        logger.setLevel(before)


def _select_charts(report: Report) -> list[Chart]:
    """Return the charts of a report; raise UsageFault where it has none."""
    found = report_charts(report)
    if not found:
        raise UsageFault("E242")
    return found
