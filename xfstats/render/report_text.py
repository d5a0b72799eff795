"""Reports as text and Markdown: the paragraph, then the tables, and the command that repeats them."""

from __future__ import annotations

from xfstats.render.markdown import as_markdown, escape
from xfstats.render.narrative import narrate, plain
from xfstats.render.safe_text import escape_control, wrapped
from xfstats.render.style import Style
from xfstats.render.table_lines import signature
from xfstats.render.text import as_text
from xfstats.report.table import Report


def as_report_text(report: Report, style: Style) -> str:
    """Paragraphs, tables, and what was read and how."""
    told = [line for parts in narrate(report) for line in wrapped(escape_control(plain(parts), None), style.width)]
    signed = [line for text in signature(report) for line in wrapped(text, style.width)]
    return "\n".join(told) + "\n\n" + as_text(report, style) + "\n" + "\n".join(signed) + "\n"


def as_report_markdown(report: Report, style: Style) -> str:
    """The same in Markdown."""
    told = "\n\n".join(escape(escape_control(plain(parts), None)) for parts in narrate(report))
    signed = "\n".join(f"- {escape(text)}" for text in signature(report))
    return f"{told}\n\n{as_markdown(report, style)}\n{signed}\n"
