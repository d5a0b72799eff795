"""A chart alone: SVG of our own, or PNG by matplotlib (the extra `plots`), which needs a font that has Chinese."""

from __future__ import annotations

import io

from xfstats.errors import OutputFault, UsageFault
from xfstats.render.chart import SERIES, charted, svg
from xfstats.render.style import Style
from xfstats.render.visible import CAP, distinct, visible
from xfstats.table import Report, Table, unclassified

_FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "SimHei", "PingFang SC", "WenQuanYi Micro Hei", "SimSun")


def as_svg(report: Report, style: Style) -> str:
    """The chart of the first table that has one."""
    table, key = _charted(report)
    return svg(report, table, key, alone=True) + "\n"


def as_png(report: Report, style: Style) -> bytes:
    """The same as a picture; refused where no font has the characters, rather than printed as boxes."""
    table, key = _charted(report)
    try:
        import matplotlib as mpl  # noqa: PLC0415 - an extra
        from matplotlib import font_manager  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError:
        raise UsageFault("E241", package="matplotlib", extra="plots") from None
    known = {font.name for font in font_manager.fontManager.ttflist}
    fonts = [name for name in _FONTS if name in known]
    rows = [row for row in table.rows if row.kind == "group"]
    shown = distinct(label for row in rows for label in row.group.values() if label is not None)
    labels = [shown.get(next(iter(row.group.values())) or "") or unclassified(report.lang) for row in rows]
    values = [figure if isinstance(figure := row.figures[key], int) else figure.value or 0 for row in rows]
    title = visible(table.title, CAP)
    if not fonts and any(ord(char) > 0x2E80 for char in "".join([title, *labels])):
        raise OutputFault("E409")
    with mpl.rc_context({"font.sans-serif": [*fonts, "DejaVu Sans"], "svg.hashsalt": "xfstats"}):
        picture = Figure(figsize=(9, 4.5 if table.by[-1] in SERIES else 1.5 + 0.35 * len(rows)), layout="constrained")
        axes = picture.subplots()
        if table.by[-1] in SERIES:
            axes.plot(labels, values, marker="o")
            axes.set_ylim(bottom=0)
        else:
            axes.barh(labels[::-1], values[::-1])
        axes.set_title(title)
        buffer = io.BytesIO()
        picture.savefig(buffer, format="png", dpi=144, metadata={"Software": "xfstats/1"})
    return buffer.getvalue()


def _charted(report: Report) -> tuple[Table, str]:
    for table in report.tables:
        key = charted(table)
        if key is not None:
            return table, key
    raise UsageFault("E242")
