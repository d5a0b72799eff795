"""A chart alone: SVG of our own, or PNG by matplotlib (the extra `plots`), which needs a font that has Chinese."""

from __future__ import annotations

import io

from xfstats.errors import OutputFault, UsageFault
from xfstats.measures.definitions import label
from xfstats.render.chart_svg import SERIES, alone, bar_length, charted
from xfstats.render.safe_text import CAP, distinct, visible
from xfstats.render.style import Style
from xfstats.report.table import Report, Table, unclassified

_FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "SimHei", "PingFang SC", "WenQuanYi Micro Hei", "SimSun")


def as_svg(report: Report, style: Style) -> str:
    """The chart of every table that has one, below each other."""
    return alone(report, _charted(report)) + "\n"


def as_png(report: Report, style: Style) -> bytes:
    """The same as a picture; refused where no font has the characters, rather than printed as boxes."""
    charts = _charted(report)
    try:
        import matplotlib as mpl  # noqa: PLC0415 - an extra
        from matplotlib import font_manager  # noqa: PLC0415 - an extra
        from matplotlib.figure import Figure  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageFault("E241", package="matplotlib", extra="plots") from None
    known = {font.name for font in font_manager.fontManager.ttflist}
    fonts = [name for name in _FONTS if name in known]
    drawn = [(table, key, *_values(table, key, report.lang)) for table, key in charts]
    texts = [text for table, _, labels, _ in drawn for text in (table.title, *labels)]
    if not fonts and any(ord(char) > 0x2E80 for char in "".join(texts)):
        raise OutputFault("E409")
    heights = [4.5 if table.by[-1] in SERIES else 1.5 + 0.35 * len(labels) for table, _, labels, _ in drawn]
    with mpl.rc_context({"font.sans-serif": [*fonts, "DejaVu Sans"], "svg.hashsalt": "xfstats"}):
        picture = Figure(figsize=(9, sum(heights)), layout="constrained")
        every = picture.subplots(len(drawn), squeeze=False, height_ratios=heights)
        for (axes,), (table, key, labels, values) in zip(every, drawn, strict=True):
            if table.by[-1] in SERIES:
                axes.plot(labels, values, marker="o")
                axes.set_ylim(bottom=0)
            else:
                axes.barh(labels[::-1], values[::-1])
            axes.set_title(f"{visible(table.title, CAP)} · {label(key, report.lang)}")
        buffer = io.BytesIO()
        picture.savefig(buffer, format="png", dpi=144, metadata={"Software": "xfstats/1"})
    return buffer.getvalue()


def _values(table: Table, key: str, lang: str) -> tuple[list[str], list[float]]:
    """The labels of the groups and their figures."""
    rows = [row for row in table.rows if row.kind == "group"]
    short = distinct(label for row in rows for label in row.group.values() if label is not None)
    labels = [short.get(next(iter(row.group.values())) or "") or unclassified(lang) for row in rows]
    return labels, [bar_length(row, key) for row in rows]


def _charted(report: Report) -> list[tuple[Table, str]]:
    """The tables that have a chart, each with the measure that it shows."""
    found = [(table, key) for table in report.tables if (key := charted(table)) is not None]
    if not found:
        raise UsageFault("E242")
    return found
