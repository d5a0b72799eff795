"""Native charts of a Word document, which Word, WPS and LibreOffice draw from their figures in the fonts that they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm, Length

from xfstats.config.periods import SERIES
from xfstats.messages import raw, say
from xfstats.render.charts import chart_measure
from xfstats.render.narrative.headings import unit_names
from xfstats.render.safe_text import shorten_distinct
from xfstats.render.table_lines import FORMER_OF
from xfstats.reports.figures import Pair, Statistic, as_number, format_figure
from xfstats.reports.row import Row
from xfstats.reports.table import Report, Table, unclassified_label

_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_OVERLAP, _STRAIGHT = '<c:overlap val="100"/>', '<c:smooth val="0"/>'
COLOURS = {"now": "2F5FA8", "prev": "75859B", "yoy": "A37410", "left": "C2571A"}
"""Colour of a series by what it means: now, the period before, a year before, what is left."""
BARS, LINE, PARTS, HISTOGRAM = "bars", "line", "parts", "histogram"
_LABEL_WIDTH, _UPRIGHT_CM, _MAX_CM = 36, 7, 19.5
_MAX_LABELLED = 60
"""Points up to which each has its figure written beside it."""


@dataclass(frozen=True)
class ChartSeries:
    """Values of one colour, one for each label; None where there is no value."""

    name: str
    role: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class DocumentChart:
    """Chart of a document: horizontal bars, a line, stacked bars of parts, or the upright bars of a histogram."""

    kind: str
    measure: str
    label_axis: str
    value_axis: str
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    figures: tuple[str, ...]
    percent: bool = False

    @property
    def upright(self) -> bool:
        """True if the labels stand below the values."""
        return self.kind in {LINE, HISTOGRAM}

    @property
    def spoken(self) -> str:
        """Return labels and figures in one line, for who cannot see the chart."""
        return "; ".join(f"{label} {figure}" for label, figure in zip(self.labels, self.figures, strict=True))


def table_charts(table: Table, report: Report) -> list[DocumentChart]:
    """Return the charts of a table: its amount by group or period, beside the figures that it is compared with."""
    key = chart_measure(table)
    if key is None:
        return []
    lang, rows = report.lang, [row for row in table.rows if row.kind == "group"]
    series = table.by[-1] in SERIES
    found = [ChartSeries(say("lines.now", lang), "now", tuple(_value(row.figures[key]) for row in rows))]
    for window in table.windows:
        former = [change.base if (change := row.block.changes[key][window.name]) else None for row in rows]
        if any(former) and not (series and window.name == "prev"):
            found.append(ChartSeries(say(FORMER_OF[window.name], lang), window.name, tuple(map(_value, former))))
    fields = "·".join(table.field_label(field, lang) for field in table.by)
    name = table.measure_label(key, lang)
    unit = unit_names(table, lang, (key,))
    axis = name if unit.casefold() == name.casefold() else say("document.axis", lang, name=name, unit=unit)
    figures = tuple(format_figure(row.figures[key], report.digits) for row in rows)
    percent = isinstance(table.total[key], Pair)
    return [
        DocumentChart(
            LINE if series else BARS, key, fields, axis, _group_labels(rows, lang), tuple(found), figures, percent=percent
        )
    ]


def _group_labels(rows: Sequence[Row], lang: str) -> tuple[str, ...]:
    """Return the labels of the rows, shortened so that they stay distinct."""
    shown = shorten_distinct((one for row in rows for one in row.group.values() if one is not None), _LABEL_WIDTH)
    return tuple(
        "·".join(shown[one] if one is not None else unclassified_label(lang) for one in row.group.values()) for row in rows
    )


def _value(figure: Any) -> float | None:
    """Return a figure as a number; None where it has no value."""
    return None if figure is None or (isinstance(figure, Pair | Statistic) and not figure.denominator) else as_number(figure)


def add_chart(document: Any, chart: DocumentChart, lang: str, width: Length, name: str) -> Any:
    """Add a chart of a width as a paragraph, with its name and figures as alternative text; return the paragraph."""
    package, number = document.part.package, len(document.element.findall(f".//{{{_CHART}}}chart")) + 1
    many = len(chart.series) if chart.kind == BARS else 1
    high = _UPRIGHT_CM if chart.upright else min(1.6 + (0.55 + 0.2 * (many - 1)) * len(chart.labels), _MAX_CM)
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{chart_xml(chart, lang)}'
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, xml.encode(), package)
    link = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph = document.add_paragraph(style="Table Text")
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run()._element.append(  # noqa: SLF001 - python-docx has no charts
        parse_xml(
            '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
            f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{int(width)}" cy="{int(Cm(high))}"/>'
            f'<wp:docPr id="{number}" name="Chart {number}" descr={quoteattr(f"{name}: {chart.spoken}")}/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart {_SPACES} r:id="{link}"/></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )
    )
    return paragraph


def chart_xml(chart: DocumentChart, lang: str) -> str:
    """Return a chart as the XML of its part, with its figures stored in it."""
    series = "".join(_series_xml(chart, one, number) for number, one in enumerate(chart.series))
    axes = '<c:axId val="1"/><c:axId val="2"/>'
    if chart.kind == LINE:
        plot = f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>{axes}</c:lineChart>'
    else:
        stacked = chart.kind == PARTS
        plot = (
            f'<c:barChart><c:barDir val="{"col" if chart.upright else "bar"}"/>'
            f'<c:grouping val="{"stacked" if stacked else "clustered"}"/><c:varyColors val="0"/>{series}'
            f'<c:gapWidth val="50"/>{_OVERLAP if stacked else ""}{axes}</c:barChart>'
        )
    legend = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    language = "zh-CN" if lang == "zh" else "en-GB"
    return (
        f'<c:chartSpace {_SPACES}><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}'
        f"{_label_axis(chart)}{_value_axis(chart)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text_xml(lang, language)}</c:chartSpace>"
    )


def _text_xml(lang: str, language: str) -> str:
    """Return the font of all texts of a chart."""
    latin, east = quoteattr(raw("fonts.latin", lang)), quoteattr(raw("fonts.table", lang))
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
        f'<a:latin typeface={latin}/><a:ea typeface={east}/></a:defRPr></a:pPr><a:endParaRPr lang="{language}"/></a:p></c:txPr>'
    )


def _series_xml(chart: DocumentChart, one: ChartSeries, number: int) -> str:
    """Return a series with its labels and values."""
    colour = f'<a:solidFill><a:srgbClr val="{COLOURS[one.role]}"/></a:solidFill>'
    labels = _points("str", [escape(label) for label in chart.labels])
    form = "0.0%" if chart.percent else "General"
    values = _points("num", [None if value is None else f"{value:.10g}" for value in one.values], form)
    shown = len(chart.labels) * len(chart.series) <= _MAX_LABELLED and (chart.kind != LINE or len(chart.labels) <= 12)
    told = (
        f'<c:dLbls><c:numFmt formatCode="{form}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr><c:showLegendKey val="0"/>'
        f'<c:showVal val="{int(shown)}"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
    )
    look = (
        f'<c:spPr><a:ln w="25400">{colour}</a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="5"/>'
        f"<c:spPr>{colour}</c:spPr></c:marker>"
        if chart.kind == LINE
        else f'<c:spPr>{colour}</c:spPr><c:invertIfNegative val="0"/>'
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v>{escape(one.name)}</c:v></c:tx>{look}{told}'
        f"<c:cat><c:strLit>{labels}</c:strLit></c:cat><c:val><c:numLit>{values}</c:numLit></c:val>"
        f"{'<c:smooth val=' + chr(34) + '0' + chr(34) + '/>' if chart.kind == LINE else ''}</c:ser>"
    )


def _points(kind: str, texts: Sequence[str | None], form: str = "") -> str:
    """Return the points of a series; none where there is no value."""
    points = "".join(f'<c:pt idx="{place}"><c:v>{text}</c:v></c:pt>' for place, text in enumerate(texts) if text is not None)
    return f'{f"<c:formatCode>{form}</c:formatCode>" if kind == "num" else ""}<c:ptCount val="{len(texts)}"/>{points}'


def _label_axis(chart: DocumentChart) -> str:
    """Return the axis of the labels, the first one on top where they stand beside the values."""
    turned, side = ("minMax", "b") if chart.upright else ("maxMin", "l")
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{turned}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/>'
        f'{_axis_title(chart.label_axis, turned=not chart.upright)}<c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="2"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(chart: DocumentChart) -> str:
    """Return the axis of the values, from 0."""
    side, crosses = ("l", "autoZero") if chart.upright else ("b", "max")
    line = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>'
    return (
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/><c:majorGridlines>{line}</c:majorGridlines>{_axis_title(chart.value_axis, turned=chart.upright)}'
        f'<c:numFmt formatCode="{"0%" if chart.percent else "General"}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="{crosses}"/></c:valAx>'
    )


def _axis_title(text: str, *, turned: bool) -> str:
    """Return the title of an axis."""
    body = '<a:bodyPr rot="-5400000" vert="horz"/>' if turned else "<a:bodyPr/>"
    return (
        f'<c:title><c:tx><c:rich>{body}<a:lstStyle/><a:p><a:pPr><a:defRPr b="0"/></a:pPr><a:r><a:rPr b="0"/>'
        f'<a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    )
