"""Markdown: a pipe table for each log, then what stands under it."""

from __future__ import annotations

import re

from xfstats.render.style import Style
from xfstats.render.table_lines import heads, lines, title, under_report, under_table
from xfstats.report.table import Report

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|&!~$@]|:(?=//)|(?<=www)\.|^[-+](?=\s)|(?<=^\d)[.)]|(?<=^\d\d)[.)])", re.IGNORECASE)


def as_markdown(report: Report, style: Style) -> str:
    """Tables with escaped labels; figures to the right."""
    blocks = []
    for table in report.tables:
        labels, figures = heads(table, report.lang)
        rows = [f"## {escape(title(table, report))}", "", _row([*labels, *figures])]
        rows.append("|" + "---|" * len(labels) + "---:|" * len(figures))
        for line in lines(table, report, None):
            cells = [*map(escape, (label.strip() for label in line.labels)), *line.figures]
            rows.append(_row([f"**{cell}**" if cell and line.kind == "total" else cell for cell in cells]))
        rows += ["", *(f"- {escape(text)}" for text in under_table(table))]
        blocks.append("\n".join(rows))
    blocks.append("\n".join(f"- {escape(text)}" for text in under_report(report)))
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Text that is no markup."""
    return _MARKUP.sub(r"\\\1", text)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
