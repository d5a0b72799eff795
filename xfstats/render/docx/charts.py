"""Native charts of a Word document, which Word, WPS and LibreOffice draw from their figures in the fonts that they have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm, Length

from xfstats.messages import raw
from xfstats.render.chart_scale import value_axis_end
from xfstats.render.charts import COLOURS, Chart, Kind, Role, Series

_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_OVERLAP, _STRAIGHT = '<c:overlap val="100"/>', '<c:smooth val="0"/>'
_DASHES = {Role.NOW: "solid", Role.PREV: "dash", Role.YOY: "sysDot", Role.LEFT: "solid"}
_UPRIGHT = frozenset({Kind.LINE, Kind.HISTOGRAM})
"""Charts whose labels stand below the values."""
_LYING = frozenset({Kind.BARS, Kind.PARTS})
_GAPS = {Kind.BARS: 40, Kind.PARTS: 40, Kind.HISTOGRAM: 5}
_UPRIGHT_CM, _MAX_CM = 7, 19.5
_NO_NAME = "\u3000"
"""Name of a series that the legend shows nothing of."""
_MAX_LABELLED = 60
"""Points up to which each has its figure written beside it."""


def add_chart(document: Any, chart: Chart, lang: str, width: Length, name: str) -> Any:
    """Add a chart of a width as a paragraph, with its name and figures as alternative text; return the paragraph."""
    package, number = document.part.package, len(document.element.findall(f".//{{{_CHART}}}chart")) + 1
    high = _UPRIGHT_CM if chart.kind in _UPRIGHT else min(_bars_height(chart), _MAX_CM)
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{chart_xml(chart, lang)}'
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, xml.encode(), package)
    link = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph = document.add_paragraph(style="Table Text")
    paragraph.paragraph_format.keep_with_next = True
    told = "; ".join(map(chart.spoken, range(len(chart.labels))))
    paragraph.add_run()._element.append(  # noqa: SLF001 - python-docx has no charts
        parse_xml(
            '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
            f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{int(width)}" cy="{int(Cm(high))}"/>'
            f'<wp:docPr id="{number}" name="Chart {number}" descr={quoteattr(f"{name}: {told}")}/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart {_SPACES} r:id="{link}"/></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )
    )
    return paragraph


def _bars_height(chart: Chart) -> float:
    """Return the height of horizontal bars in centimetres, with their axis and legend."""
    beside = len(chart.series) - 1 if chart.kind == Kind.BARS else 0
    return 1.6 + 0.7 * (len(chart.series) > 1) + (0.55 + 0.2 * beside) * len(chart.labels)


def chart_xml(chart: Chart, lang: str) -> str:
    """Return a chart as the XML of its part, with its figures stored in it."""
    series = "".join(_series_xml(chart, one, number) for number, one in enumerate(chart.series))
    if chart.kind == Kind.PARTS:
        series += _ends_xml(chart, len(chart.series))
    axes = '<c:axId val="1"/><c:axId val="2"/>'
    if chart.kind == Kind.LINE:
        plot = f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>{axes}</c:lineChart>'
    else:
        stacked = chart.kind == Kind.PARTS
        plot = (
            f'<c:barChart><c:barDir val="{"col" if chart.kind in _UPRIGHT else "bar"}"/>'
            f'<c:grouping val="{"stacked" if stacked else "clustered"}"/><c:varyColors val="0"/>{series}'
            f'<c:gapWidth val="{_GAPS[chart.kind]}"/>{_OVERLAP if stacked else ""}{axes}</c:barChart>'
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


def _series_xml(chart: Chart, one: Series, number: int) -> str:
    """Return a series with its labels and values."""
    labels = _points("str", [escape(label) for label in chart.labels])
    form = "0.00%" if chart.percent else "#,##0;;" if chart.kind == Kind.PARTS else "#,##0"
    values = _points("num", [None if value is None else f"{value:.10g}" for value in one.values], form)
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v>{escape(one.name)}</c:v></c:tx>'
        f"{_look_xml(chart, one.role)}{_figures_xml(chart, form, told=not number and chart.kind != Kind.PARTS)}"
        f"<c:cat><c:strLit>{labels}</c:strLit></c:cat><c:val><c:numLit>{values}</c:numLit></c:val>"
        f"{_STRAIGHT if chart.kind == Kind.LINE else ''}</c:ser>"
    )


def _look_xml(chart: Chart, role: Role) -> str:
    """Return the colour of a series' bars, or colour, dashes and points of its line."""
    colour = f'<a:solidFill><a:srgbClr val="{COLOURS[role][0].lstrip("#").upper()}"/></a:solidFill>'
    if chart.kind != Kind.LINE:
        return f'<c:spPr>{colour}</c:spPr><c:invertIfNegative val="0"/>'
    point = (
        f'<c:symbol val="circle"/><c:size val="5"/><c:spPr>{colour}</c:spPr>' if role == Role.NOW else '<c:symbol val="none"/>'
    )
    line = f'<a:ln w="25400">{colour}<a:prstDash val="{_DASHES[role]}"/></a:ln>'
    return f"<c:spPr>{line}</c:spPr><c:marker>{point}</c:marker>"


def _figures_xml(chart: Chart, form: str, *, told: bool) -> str:
    """Return how the figures of a series stand beside its bars or points: of one that is told, with what is added to them."""
    shown = told and len(chart.labels) <= _MAX_LABELLED
    place = {Kind.LINE: "t", Kind.PARTS: "inBase"}.get(chart.kind, "outEnd")
    own = [
        f'<c:dLbl><c:idx val="{index}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>'
        f'</c:rich></c:tx><c:dLblPos val="{place}"/>{_shown_xml(shown=True)}</c:dLbl>'
        for index, text in enumerate(chart.texts)
    ]
    return (
        f'<c:dLbls>{"".join(own) if shown and chart.kind in _LYING else ""}<c:numFmt formatCode="{form}" sourceLinked="0"/>'
        f'<c:spPr><a:noFill/></c:spPr><c:dLblPos val="{place}"/>{_shown_xml(shown=shown)}</c:dLbls>'
    )


def _shown_xml(*, shown: bool) -> str:
    """Return which of its texts a label shows: its value, or what stands for it, or none."""
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(shown)}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _ends_xml(chart: Chart, number: int) -> str:
    """Return a series of nothing behind the parts of each bar, whose labels stand at the bar's end."""
    nothing = _points("num", ["0"] * len(chart.labels), "General")
    labels = _points("str", [escape(label) for label in chart.labels])
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v>{_NO_NAME}</c:v></c:tx>'
        f'<c:spPr><a:noFill/></c:spPr><c:invertIfNegative val="0"/>'
        f"{_figures_xml(chart, 'General', told=True)}<c:cat><c:strLit>{labels}</c:strLit></c:cat>"
        f"<c:val><c:numLit>{nothing}</c:numLit></c:val></c:ser>"
    )


def _points(kind: str, texts: Sequence[str | None], form: str = "") -> str:
    """Return the points of a series; none where there is no value."""
    points = "".join(f'<c:pt idx="{place}"><c:v>{text}</c:v></c:pt>' for place, text in enumerate(texts) if text is not None)
    return f'{f"<c:formatCode>{form}</c:formatCode>" if kind == "num" else ""}<c:ptCount val="{len(texts)}"/>{points}'


def _label_axis(chart: Chart) -> str:
    """Return the axis of the labels, the first one on top where they stand beside the values."""
    turned, side = ("minMax", "b") if chart.kind in _UPRIGHT else ("maxMin", "l")
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{turned}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/>'
        f'{_axis_title(chart.label_axis, turned=chart.kind not in _UPRIGHT)}<c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="2"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(chart: Chart) -> str:
    """Return the axis of the values, from 0."""
    side, crosses = ("l", "autoZero") if chart.kind in _UPRIGHT else ("b", "max")
    line = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>'
    return (
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f'{_most_xml(chart)}<c:min val="0"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/><c:majorGridlines>{line}</c:majorGridlines>'
        f"{_axis_title(chart.value_axis, turned=chart.kind in _UPRIGHT)}"
        f'<c:numFmt formatCode="{"0%" if chart.percent else "General"}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="{crosses}"/></c:valAx>'
    )


def _most_xml(chart: Chart) -> str:
    """Return the end of the value axis of horizontal bars: a round number that leaves room for the figures behind the bars."""
    if chart.kind not in _LYING:
        return ""
    return f'<c:max val="{value_axis_end(chart):.10g}"/>'


def _axis_title(text: str, *, turned: bool) -> str:
    """Return the title of an axis."""
    body = '<a:bodyPr rot="-5400000" vert="horz"/>' if turned else "<a:bodyPr/>"
    return (
        f'<c:title><c:tx><c:rich>{body}<a:lstStyle/><a:p><a:pPr><a:defRPr b="0"/></a:pPr><a:r><a:rPr b="0"/>'
        f'<a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    )
