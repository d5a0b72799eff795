"""Report as one HTML page that loads nothing from elsewhere, printable on A4; text from a log is escaped.

Its one script and its styles are named by their digests in the page's own content security policy, which forbids all others.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import field
from html import escape

from xfstats.frozen import frozen
from xfstats.messages import say
from xfstats.model import FILE_MARK
from xfstats.render.chart_svg import draw_inline_svg
from xfstats.render.charts import table_charts
from xfstats.render.html.script import SCRIPT
from xfstats.render.html.style import LANDSCAPE_CSS, PAGE_CSS
from xfstats.render.narrative import Part, Quote, narrate
from xfstats.render.narrative.headings import people, section_title, table_name, table_scope, whole_title
from xfstats.render.origin import origin_lines
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
    subtitle,
    table_notes,
    title,
)
from xfstats.reports.table import Report, Table
from xfstats.reports.verify.extract_html import ORIGIN_NAME

GENERATOR_META = f'<meta name="generator" content="{FILE_MARK}">'
MAX_ROWS_BELOW_CHART = 16
"""Rows up to which a table's chart stands above it; a longer chart would move the table to the next page."""


@frozen
class _Section:
    """Name of one table, what stands above its columns, and the elements before and after it."""

    name: str
    scope: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def as_html(report: Report, style: Style) -> str:
    """Return a page with all tables, their definitions, the findings and the reconciliation."""
    return _page_markup(report, [_Section(title(table, report)) for table in report.tables], [])


def as_report_page(report: Report, style: Style) -> str:
    """Return the page with paragraph and charts of each table (tall charts after it) and the signature at the end."""
    sections = []
    several = len(report.tables) > 1
    for number, (table, parts) in enumerate(zip(report.tables, narrate(report), strict=True), 1):
        heading = [f"<h2>{escape(section_title(report, table, number))}</h2>"] if several else []
        paragraph = [*heading, f"<p>{''.join(map(_part_markup, parts))}</p>"]
        charts = _charts_markup(table, report, number)
        tall = len(table.rows) > MAX_ROWS_BELOW_CHART
        below = [_people_markup(report), *(charts if tall else [])]
        name = say("document.table_name", report.lang, number=number, name=table_name(report, table))
        before = [*paragraph, *(charts if not tall else [])]
        sections.append(_Section(escape_control(name, None), table_scope(report, table), before, below))
    return _page_markup(report, sections, [_list_markup(signature(report))], escape_control(whole_title(report), None))


def _people_markup(report: Report) -> str:
    """Return the line below a table: who prepared and checked it, and its day."""
    parts = " ".join(f"<span>{escape(escape_control(one, None))}</span>" for one in people(report))
    return f'<div class="people">{parts}</div>'


def _charts_markup(table: Table, report: Report, number: int) -> list[str]:
    """Return the charts of a table as figures; nothing where it has none."""
    charts = [
        f"<figure>{draw_inline_svg(chart, f'chart-{number}-{place}')}</figure>"
        for place, chart in enumerate(table_charts(table, report), 1)
    ]
    return [f'<div class="charts">{"".join(charts)}</div>'] if charts else []


def _part_markup(part: Part) -> str:
    """Return a text as escaped markup; a figure as a span with its name."""
    if isinstance(part, Quote):
        return f'<span data-figure="{escape(escape_control(part.name, None))}">{escape(part.text)}</span>'
    return escape(escape_control(part, None))


def _page_markup(report: Report, sections: Sequence[_Section], below: list[str], heading: str | None = None) -> str:
    """Return the page: each table with the elements before and after it, then notes and the elements below."""
    head = _page_title(report) if heading is None else heading
    body = [] if heading is None else [f"<h1>{escape(head)}</h1>"]
    annex = report.paper.annex
    upright = True
    for table, section in zip(report.tables, sections, strict=True):
        table_lines = printed_lines(table, report, None)
        layout = lay_out_table(table, report, table_lines)
        upright = upright and layout.portrait
        parts = [_table_markup(table, report, table_lines, section, *block) for block in layout.blocks]
        size = "frame" if layout.font_size == PAGE_FORMATS[0][1] else "frame small"
        name = f'role="group" tabindex="0" aria-label="{escape(section.name)}"'
        body += [*section.before, f'<div class="{size}" {name}>{"".join(parts)}</div>']
        notes = [*([subtitle(table, report)] if section.scope else []), *table_notes(table)]
        body += [*section.after, *([_list_markup(notes)] if annex else [])]
    if heading is not None and annex:
        body.append(f"<h2>{escape(say('sheets.notes', report.lang))}</h2>")
    if annex:
        body += [_list_markup(report_notes(report)), *below]
    css = PAGE_CSS + ("" if upright else LANDSCAPE_CSS)
    lang = "zh-CN" if report.lang == "zh" else "en"
    origin = [] if annex else origin_lines(report)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head>{_head_markup(head, css, origin)}</head>\n<body><main>\n'
        + "\n".join(body)
        + "\n</main></body></html>\n"
    )


def _head_markup(title_text: str, css: str, origin: Sequence[str]) -> str:
    """Return the elements of the page's head: its policy, mark, origin, title, styles and script."""
    told = "".join(f'<meta name="{ORIGIN_NAME}" content="{escape(line)}">' for line in origin)
    policy = f"default-src 'none'; style-src {_digest(css)}; script-src {_digest(SCRIPT)}; base-uri 'none'; form-action 'none'"
    return (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">{GENERATOR_META}{told}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title_text)}</title><style>{css}</style><script>{SCRIPT}</script>"
    )


def _digest(text: str) -> str:
    """Return a source of a content security policy that allows this text alone."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _table_markup(table: Table, report: Report, table_lines: Sequence[TableLine], section: _Section, first: int, end: int) -> str:
    """Return one block of a table's columns, after its label columns, as a table element."""
    labels = column_heads(table, report.lang)[0]
    rows = head_rows(table, report.lang, first, end)
    down = f' rowspan="{len(rows)}"' if len(rows) > 1 else ""
    above = ["".join(f'<th scope="col" data-column="{place}"{down}>{escape(name)}</th>' for place, name in enumerate(labels)), ""]
    for place, row in enumerate(rows):
        for one in row:
            many = one.end - one.first
            column = (
                f' data-column="{len(labels) + one.first}"' if many == 1 and (one.spans_rows or place == len(rows) - 1) else ""
            )
            scope = f'colgroup" colspan="{many}"' if many > 1 else f'col"{column}'
            above[place] += f'<th scope="{scope}{down if one.spans_rows else ""}>{escape(one.text)}</th>'
    head = "".join(f"<tr>{cells}</tr>" for cells in above if cells)
    body = []
    for line in table_lines:
        cells = "".join(f'<th scope="row">{escape(label)}</th>' if label else "<td></td>" for label in line.labels)
        cells += "".join(f"<td>{escape(figure)}</td>" for figure in line.figures[first:end])
        body.append(f'<tr class="{line.kind}">{cells}</tr>')
    caption = _caption_markup(section, say("lines.continued", report.lang) if first else "")
    sortable = f' data-sortable="{len(labels)}"' if _is_sortable(table_lines) else ""
    return f"<table{sortable}>{caption}<thead>{head}</thead><tbody>{''.join(body)}</tbody></table>"


def _caption_markup(section: _Section, continued: str) -> str:
    """Return the name of a table, that it is continued, and on its first block its period and units."""
    scope = "" if continued else " ".join(f"<span>{escape(escape_control(one, None))}</span>" for one in section.scope)
    below = f'<div class="scope">{scope}</div>' if scope else ""
    more = f" ({continued})" if continued else ""
    return f"<caption><span>{escape(section.name + more)}</span>{below}</caption>"


def _is_sortable(table_lines: Sequence[TableLine]) -> bool:
    """True if the table has groups to put in another order, and no subtotals."""
    kinds = [line.kind for line in table_lines]
    return kinds.count("group") > 1 and "subtotal" not in kinds


def _page_title(report: Report) -> str:
    """Return the title of a page of tables: that of its one table, else the office and what the page is."""
    if len(report.tables) == 1:
        return headline(report.tables[0], report)
    return " ".join(filter(None, (escape_control(report.office or "", None), say("page.title", report.lang))))


def _list_markup(texts: list[str]) -> str:
    """Return texts as a list element."""
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
