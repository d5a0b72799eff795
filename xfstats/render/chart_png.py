"""Chart files: SVG, or PNG by matplotlib (the extra `plots`), which needs a font with Chinese characters."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from xfstats.config.periods import SERIES
from xfstats.errors import OutputFault, UsageFault
from xfstats.measures.definitions import label
from xfstats.model import FILE_MARK
from xfstats.render.chart_svg import chart_measure, draw_svg_file
from xfstats.render.safe_text import MAX_WIDTH, escape_control, shorten_distinct
from xfstats.render.style import Style
from xfstats.reports.figures import as_number
from xfstats.reports.table import Report, Table, unclassified_label

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
    return draw_svg_file(report, _select_charts(report)) + "\n"


def as_png(report: Report, style: Style) -> bytes:
    """Return the charts as a PNG picture; raise OutputFault where no font has the characters, which would print as boxes."""
    with _mute_matplotlib():
        return _draw_png(report, _select_charts(report))


def _draw_png(report: Report, charts: list[tuple[Table, str]]) -> bytes:
    """Return the charts as one picture, below each other."""
    try:
        import matplotlib as mpl  # noqa: PLC0415 - an extra
        from matplotlib import font_manager  # noqa: PLC0415 - an extra
        from matplotlib.figure import Figure  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageFault("E241", package="matplotlib", extra="plots") from None
    series = [(table, key, *_bar_values(table, key, report.lang)) for table, key in charts]
    texts = [text for table, _, labels, _ in series for text in (table.title, *labels)]
    fonts = _available_fonts(font_manager.fontManager) or _register_fonts(
        font_manager.fontManager, font_manager.findSystemFonts()
    )
    if not fonts and any(ord(char) > 0x2E80 for char in "".join(texts)):
        raise OutputFault("E409")
    heights = [4.5 if table.by[-1] in SERIES else 1.5 + 0.35 * len(labels) for table, _, labels, _ in series]
    with mpl.rc_context({"font.family": [*fonts, "DejaVu Sans"], "svg.hashsalt": "xfstats"}):
        picture = Figure(figsize=(9, sum(heights)), layout="constrained")
        every = picture.subplots(len(series), squeeze=False, height_ratios=heights)
        for (axes,), (table, key, labels, values) in zip(every, series, strict=True):
            if table.by[-1] in SERIES:
                axes.plot(labels, values, marker="o")
                axes.set_ylim(bottom=0)
            else:
                axes.barh(labels[::-1], values[::-1])
            axes.set_title(f"{escape_control(table.title, MAX_WIDTH)} · {label(key, report.lang)}")
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


def _bar_values(table: Table, key: str, lang: str) -> tuple[list[str], list[float]]:
    """Return the labels of a table's groups and their figures as numbers."""
    rows = [row for row in table.rows if row.kind == "group"]
    short = shorten_distinct(label for row in rows for label in row.group.values() if label is not None)
    labels = [short.get(next(iter(row.group.values())) or "") or unclassified_label(lang) for row in rows]
    return labels, [as_number(row.figures[key]) for row in rows]


def _select_charts(report: Report) -> list[tuple[Table, str]]:
    """Return the tables that have a chart, each with the measure that it shows; raise UsageFault where none has."""
    found = [(table, key) for table in report.tables if (key := chart_measure(table)) is not None]
    if not found:
        raise UsageFault("E242")
    return found
