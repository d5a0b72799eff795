"""Paragraph about the tables, in which every number quotes a figure by its name.

The sentences are those of such reports (domain note, §3): counts with partitions or subsets, rates with their change in
percentage points, the largest groups with their shares, places; a count of 0 is said in words, without a rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xfstats.render.narrative.base import Part, Quote
from xfstats.render.narrative.en import English
from xfstats.render.narrative.zh import Chinese
from xfstats.reports.table import Report

__all__ = ["Part", "Quote", "narrate", "plain_text"]


def narrate(report: Report) -> list[list[Part]]:
    """Return one paragraph a table, as parts."""
    telling = Chinese if report.lang == "zh" else English
    return [_join_texts(telling(report, table).write_parts()) for table in report.tables]


def _join_texts(parts: Iterable[Part]) -> list[Part]:
    """Return the parts with one text between two figures, and without a blank at the end."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part:
            joined.append(part)
    last = joined[-1] if joined else None
    return [*joined[:-1], last.rstrip()] if isinstance(last, str) else joined


def plain_text(parts: Sequence[Part]) -> str:
    """Return the text of a paragraph without the figures' names."""
    return "".join(part if isinstance(part, str) else part.text for part in parts)
