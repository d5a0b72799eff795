"""The paragraph: clauses over the tables, every number in it a quotation of a figure by its name.

Sentence shapes are those of such reports (domain note, §3): counts with 其中 as partition or subset, rates with their change in
百分点, the largest groups with their shares, places; what there is none of is said as none, never as 0 %.
"""

from __future__ import annotations

from collections.abc import Sequence

from xfstats.render.narrative.base import Part, Quote
from xfstats.render.narrative.en import English
from xfstats.render.narrative.zh import Chinese
from xfstats.report.table import Report

__all__ = ["Part", "Quote", "narrate", "plain_text"]


def narrate(report: Report) -> list[list[Part]]:
    """One paragraph a table."""
    telling = Chinese if report.lang == "zh" else English
    return [_strip_trailing_blank(list(telling(report, table).write_parts())) for table in report.tables]


def _strip_trailing_blank(parts: list[Part]) -> list[Part]:
    """Without a blank at the end."""
    last = parts[-1] if parts else None
    return [*parts[:-1], last.rstrip()] if isinstance(last, str) else parts


def plain_text(parts: Sequence[Part]) -> str:
    """The text without its names."""
    return "".join(part if isinstance(part, str) else part.text for part in parts)
