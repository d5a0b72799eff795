"""One page: no script, no network, prints on A4; text from a log is never markup."""

from __future__ import annotations

from html import escape

from xfstats.narrate import Part, Quote, narrate
from xfstats.render.chart import charted, svg
from xfstats.render.layout import headline, heads, lines, signature, title, under_report, under_table
from xfstats.render.style import Style
from xfstats.render.visible import visible
from xfstats.table import Report

GENERATOR = '<meta name="generator" content="xfstats/1">'
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
p { line-height: 1.8; text-indent: 2em; }
.wide { overflow-x: auto; }
@page { size: A4; margin: 15mm; }
"""


def as_html(report: Report, style: Style) -> str:
    """All tables with their definitions, findings and the reconciliation."""
    return _page(report, [[] for _ in report.tables], [])


def as_page(report: Report, style: Style) -> str:
    """The same with the paragraph and a chart before each table, and what was read and how at the end."""
    above = []
    for table, parts in zip(report.tables, narrate(report), strict=True):
        key = charted(table)
        chart = f"<figure>{svg(report, table, key)}</figure>" if key else ""
        above.append([f"<h1>{escape(headline(table, report))}</h1>", f"<p>{''.join(map(_part, parts))}</p>", chart])
    return _page(report, above, [_list(signature(report))])


def _part(part: Part) -> str:
    """Text, or a figure with its name."""
    if isinstance(part, Quote):
        return f'<span data-figure="{escape(visible(part.name, None))}">{escape(part.text)}</span>'
    return escape(visible(part, None))


def _page(report: Report, above: list[list[str]], below: list[str]) -> str:
    body = []
    for table, blocks in zip(report.tables, above, strict=True):
        body += blocks
        labels, figures = heads(table, report.lang)
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in (*labels, *figures))
        rows = []
        for line in lines(table, report, None):
            cells = "".join(f'<th scope="row">{escape(label)}</th>' if label else "<td></td>" for label in line.labels)
            cells += "".join(f"<td>{escape(figure)}</td>" for figure in line.figures)
            rows.append(f'<tr class="{line.kind}">{cells}</tr>')
        caption = f"<caption>{escape(title(table, report))}</caption>"
        body.append(
            f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
        )
        body.append(_list(under_table(table)))
    body += [_list(under_report(report)), *below]
    head = f'<meta charset="utf-8">{GENERATOR}<title>{escape(_name(report))}</title><style>{_CSS}</style>'
    lang = "zh-CN" if report.lang == "zh" else "en"
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head>{head}</head>\n<body>\n' + "\n".join(body) + "\n</body></html>\n"


def _name(report: Report) -> str:
    return headline(report.tables[0], report) if report.tables else "xfstats"


def _list(texts: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
