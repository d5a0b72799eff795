"""Paragraph about the tables, in which every number quotes a figure by its name.

The sentences are those of such reports (domain note, §3): counts with partitions or subsets, rates with their change in
percentage points, the largest groups with their shares, places; a count of 0 is said in words, without a rate.
"""

from __future__ import annotations

from collections.abc import Sequence

from xfstats.render.narrative.base import Part, Quote
from xfstats.render.narrative.en import English
from xfstats.render.narrative.zh import Chinese
from xfstats.report.table import Report

__all__ = ["Part", "Quote", "narrate", "plain_text"]


def narrate(report: Report) -> list[list[Part]]:
    """Return one paragraph a table, as parts."""
    telling = Chinese if report.lang == "zh" else English
    return [_strip_trailing_blank(list(telling(report, table).write_parts())) for table in report.tables]


def _strip_trailing_blank(parts: list[Part]) -> list[Part]:
    """Return the parts without a blank at the end of the last."""
    last = parts[-1] if parts else None
    return [*parts[:-1], last.rstrip()] if isinstance(last, str) else parts


def plain_text(parts: Sequence[Part]) -> str:
    """Return the text of a paragraph without the figures' names."""
    return "".join(part if isinstance(part, str) else part.text for part in parts)
