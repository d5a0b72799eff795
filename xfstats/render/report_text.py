"""Report as text and as Markdown: paragraph, tables, and the command that reproduces them."""

from __future__ import annotations

from xfstats.render.markdown import as_markdown, escape_markdown
from xfstats.render.narrative import narrate, plain_text
from xfstats.render.safe_text import escape_control, wrap_text
from xfstats.render.style import Style
from xfstats.render.table_lines import signature
from xfstats.render.text import as_text
from xfstats.reports.table import Report


def as_report_text(report: Report, style: Style) -> str:
    """Return paragraphs, tables and the signature as text."""
    paragraphs = [line for parts in narrate(report) for line in wrap_text(escape_control(plain_text(parts), None), style.width)]
    signed = [line for text in signature(report) for line in wrap_text(text, style.width)]
    return "\n".join(paragraphs) + "\n\n" + as_text(report, style) + "\n" + "\n".join(signed) + "\n"


def as_report_markdown(report: Report, style: Style) -> str:
    """Return paragraphs, tables and the signature as Markdown."""
    paragraphs = "\n\n".join(escape_markdown(escape_control(plain_text(parts), None)) for parts in narrate(report))
    signed = "\n".join(f"- {escape_markdown(text)}" for text in signature(report))
    return f"{paragraphs}\n\n{as_markdown(report, style)}\n{signed}\n"
