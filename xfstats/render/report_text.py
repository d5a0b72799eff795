"""Report as text and as Markdown: title, paragraph, tables, and the command that reproduces them."""

from __future__ import annotations

from xfstats.render.markdown import as_markdown, escape_markdown
from xfstats.render.narrative import narrate, plain_text
from xfstats.render.narrative.headings import people, whole_title
from xfstats.render.safe_text import escape_control, wrap_text
from xfstats.render.style import Style
from xfstats.render.table_lines import signature
from xfstats.render.text import as_text
from xfstats.reports.table import Report


def as_report_text(report: Report, style: Style) -> str:
    """Return title, paragraphs, tables and the signature as text."""
    paragraphs = [line for parts in narrate(report) for line in wrap_text(escape_control(plain_text(parts), None), style.width)]
    signed = [line for text in signature(report) for line in wrap_text(text, style.width)]
    head = "\n".join(wrap_text(escape_control(whole_title(report), None), style.width))
    blocks = [head, "\n".join(paragraphs), as_text(report, style).rstrip("\n"), *_named_people(report), "\n".join(signed)]
    return "\n\n".join(blocks) + "\n"


def as_report_markdown(report: Report, style: Style) -> str:
    """Return title, paragraphs, tables and the signature as Markdown."""
    paragraphs = "\n\n".join(escape_markdown(escape_control(plain_text(parts), None)) for parts in narrate(report))
    signed = "\n".join(f"- {escape_markdown(text)}" for text in signature(report))
    head = f"# {escape_markdown(escape_control(whole_title(report), None))}"
    named = map(escape_markdown, _named_people(report))
    return "\n\n".join([head, paragraphs, as_markdown(report, style).rstrip("\n"), *named, signed]) + "\n"


def _named_people(report: Report) -> list[str]:
    """Return the line of who prepared and checked the report, where one is named."""
    named = report.paper.prepared_by or report.paper.checked_by
    return [escape_control("  ".join(people(report)), None)] if named else []
