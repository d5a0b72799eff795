"""Markdown: a pipe table for each log, then its definitions and notes."""

from __future__ import annotations

import re

from xfstats.render.style import Style
from xfstats.render.table_lines import column_heads, printed_lines, report_notes, table_notes, title
from xfstats.reports.table import Report

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|&!~$@]|:(?=//)|(?<=www)\.|^[-+](?=\s)|(?<=^\d)[.)]|(?<=^\d\d)[.)])", re.IGNORECASE)


def as_markdown(report: Report, style: Style) -> str:
    """Return the tables with escaped labels and right-aligned figures."""
    blocks = []
    for table in report.tables:
        labels, figures = column_heads(table, report.lang)
        rows = [f"## {escape_markdown(title(table, report))}", "", _table_row([*labels, *figures])]
        rows.append("|" + "---|" * len(labels) + "---:|" * len(figures))
        for line in printed_lines(table, report, None):
            cells = [*map(escape_markdown, (label.strip() for label in line.labels)), *line.figures]
            rows.append(_table_row([f"**{cell}**" if cell and line.kind == "total" else cell for cell in cells]))
        rows += ["", *(f"- {escape_markdown(text)}" for text in table_notes(table))]
        blocks.append("\n".join(rows))
    blocks.append("\n".join(f"- {escape_markdown(text)}" for text in report_notes(report)))
    return "\n\n".join(blocks) + "\n"


def escape_markdown(text: str) -> str:
    """Return the text with Markdown's special characters escaped."""
    return _MARKUP.sub(r"\\\1", text)


def _table_row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
