"""Report as one HTML page without scripts or external files, printable on A4; text from a log is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from xfstats.messages import say
from xfstats.model import FILE_MARK
from xfstats.render.chart_svg import chart_measure, draw_inline_svg
from xfstats.render.narrative import Part, Quote, narrate
from xfstats.render.page_layout import PAGE_FORMATS, head_rows, lay_out_table
from xfstats.render.safe_text import escape_control
from xfstats.render.style import Style
from xfstats.render.table_lines import (
    TableLine,
    column_heads,
    headline,
    printed_lines,
    report_notes,
    signature,
    table_notes,
    title,
)
from xfstats.reports.table import Report, Table

GENERATOR_META = f'<meta name="generator" content="{FILE_MARK}">'
_CSS = """
:root { color-scheme: light dark; }
body { font-family: "Microsoft YaHei","PingFang SC","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif; }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; text-align: center; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { font-weight: bold; padding: .5rem; }
th, td { border: 1px solid; padding: .25rem .5rem; }
td { text-align: right; }
th[scope=row] { text-align: left; font-weight: normal; }
tr.of_which > th { padding-left: 1.5rem; }
tr { break-inside: avoid; }
tr.total > * { font-weight: bold; border-top-width: 2px; }
ul { padding-left: 1.2rem; font-size: .85rem; overflow-wrap: anywhere; }
figure { margin: 1rem 0; break-inside: avoid; }
@media print {
  figure svg { max-height: 24cm; }
  .wide { overflow: visible; }
  .small table { font-size: 8pt; margin-bottom: 1rem; }
  .small th, .small td { padding: .1rem .25rem; }
}
@media screen { td, th[scope=row] { white-space: nowrap; } }
p { line-height: 1.8; text-indent: 2em; }
.wide { overflow-x: auto; }
@page { size: A4; margin: 15mm; }
"""
_LANDSCAPE_CSS = """
body { max-width: 78rem; }
@media print {
  body { max-width: none; margin: 0; padding: 0; }
  figure svg { max-height: 17cm; }
}
@page { size: A4 landscape; }
"""
"""Styles for a report with a table that does not fit a portrait page."""
MAX_ROWS_BELOW_CHART = 16
"""Rows up to which a table's chart stands above it; a longer chart would move the table to the next page."""


def as_html(report: Report, style: Style) -> str:
    """Return a page with all tables, their definitions, the findings and the reconciliation."""
    return _page_markup(report, [([], []) for _ in report.tables], [])


def as_report_page(report: Report, style: Style) -> str:
    """Return the page with paragraph and chart of each table (a tall chart after it) and the signature at the end."""
    surroundings = []
    for table, parts in zip(report.tables, narrate(report), strict=True):
        key = chart_measure(table)
        chart = [f"<figure>{draw_inline_svg(report, table, key)}</figure>"] if key else []
        paragraph = [f"<h1>{escape(headline(table, report))}</h1>", f"<p>{''.join(map(_part_markup, parts))}</p>"]
        tall = len(table.rows) > MAX_ROWS_BELOW_CHART
        surroundings.append(([*paragraph, *(chart if not tall else [])], chart if tall else []))
    return _page_markup(report, surroundings, [_list_markup(signature(report))])


def _part_markup(part: Part) -> str:
    """Return a text as escaped markup; a figure as a span with its name."""
    if isinstance(part, Quote):
        return f'<span data-figure="{escape(escape_control(part.name, None))}">{escape(part.text)}</span>'
    return escape(escape_control(part, None))


def _page_markup(report: Report, surroundings: Sequence[tuple[list[str], list[str]]], below: list[str]) -> str:
    """Return the page: each table with the elements before and after it, then notes and the elements below."""
    body = []
    upright = True
    for table, (before, after) in zip(report.tables, surroundings, strict=True):
        table_lines = printed_lines(table, report, None)
        layout = lay_out_table(table, report, table_lines)
        upright = upright and layout.portrait
        parts = [_table_markup(table, report, table_lines, *block) for block in layout.blocks]
        size = "wide" if layout.font_size == PAGE_FORMATS[0][1] else "wide small"
        body += [*before, f'<div class="{size}">{"".join(parts)}</div>', _list_markup(table_notes(table)), *after]
    body += [_list_markup(report_notes(report)), *below]
    css = _CSS + ("" if upright else _LANDSCAPE_CSS)
    head = f'<meta charset="utf-8">{GENERATOR_META}<title>{escape(_page_title(report))}</title><style>{css}</style>'
    lang = "zh-CN" if report.lang == "zh" else "en"
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head>{head}</head>\n<body>\n' + "\n".join(body) + "\n</body></html>\n"


def _table_markup(table: Table, report: Report, table_lines: Sequence[TableLine], first: int, end: int) -> str:
    """Return one block of a table's columns, after its label columns, as a table element."""
    labels = column_heads(table, report.lang)[0]
    rows = head_rows(table, report.lang, first, end)
    down = f' rowspan="{len(rows)}"' if len(rows) > 1 else ""
    above = ["".join(f'<th scope="col"{down}>{escape(name)}</th>' for name in labels), ""]
    for place, row in enumerate(rows):
        for one in row:
            many = one.end - one.first
            scope = f'colgroup" colspan="{many}' if many > 1 else "col"
            above[place] += f'<th scope="{scope}"{down if one.spans_rows else ""}>{escape(one.text)}</th>'
    head = "".join(f"<tr>{cells}</tr>" for cells in above if cells)
    body = []
    for line in table_lines:
        cells = "".join(f'<th scope="row">{escape(label)}</th>' if label else "<td></td>" for label in line.labels)
        cells += "".join(f"<td>{escape(figure)}</td>" for figure in line.figures[first:end])
        body.append(f'<tr class="{line.kind}">{cells}</tr>')
    more = f" ({say('lines.continued', report.lang)})" if first else ""
    caption = f"<caption>{escape(title(table, report) + more)}</caption>"
    return f"<table>{caption}<thead>{head}</thead><tbody>{''.join(body)}</tbody></table>"


def _page_title(report: Report) -> str:
    """Return the title of the page."""
    return headline(report.tables[0], report) if report.tables else "xfstats"


def _list_markup(texts: list[str]) -> str:
    """Return texts as a list element."""
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
