"""Annex of a Word document for checking, not for signing: definitions, findings, reconciliation, digests, the command."""

from __future__ import annotations

from typing import Any

from xfstats.messages import say
from xfstats.render.docx.page import LINE, NOTE
from xfstats.render.docx.parts import add_line
from xfstats.render.narrative.headings import annex_part_title, subject
from xfstats.render.table_lines import report_notes, signature, subtitle, table_notes
from xfstats.reports.table import Report


def add_annex(document: Any, report: Report) -> None:
    """Add the annex."""
    lang = report.lang
    add_line(document, say("document.annex", lang), "Heading 1")
    defined = []
    for table in report.tables:
        head = [subject(report, table)] if len(report.tables) > 1 else []
        defined += [*head, subtitle(table, report), *table_notes(table)]
    parts = (
        ("document.definitions", defined),
        ("document.findings", report_notes(report)),
        ("document.origin", signature(report)),
    )
    for number, (key, lines) in enumerate(((key, lines) for key, lines in parts if lines), 1):
        add_line(document, annex_part_title(lang, say(key, lang), number), "Heading 2")
        for line in lines:
            add_line(document, line, LINE if key == "document.origin" else NOTE)
