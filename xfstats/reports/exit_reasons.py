"""Reasons why a run ends with exit code 1, and figures that conditions judge, both with codes and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from typing import Any

from xfstats.config.plan import Gates
from xfstats.errors import FINDINGS
from xfstats.frozen import frozen
from xfstats.messages import say
from xfstats.reports.figures import Change, Figure


@frozen
class Reason:
    """Reason why the exit code is 1: a code, a sentence in the report's language, and the numbers in it."""

    code: str
    message: str
    figures: Mapping[str, Any] = field(default_factory=dict)


@frozen
class JudgedFigure:
    """Figure that a condition of --fail-if judges, with the bound and whether the condition fails the run."""

    condition: str
    name: str
    log: str
    ledger: str
    measure: str
    group: Mapping[str, Any]
    window: str | None
    figure: Figure
    change: Change | None
    bound: Fraction
    failed: bool
    distance: int | None = None
    """Number of records, fewer if negative, that would pass; None where no number would, or it is not told."""
    message: str = ""
    """Sentence about a failure; empty where there is none."""


@frozen
class RowCounts:
    """Row counts that the reasons are told from."""

    counted: int
    rejected: int
    outside: int


_SENTENCES: Mapping[str, str] = {
    "rejected": "attention.rejected",
    "strict": "attention.strict",
    "unread": "attention.unread",
    "unfinished": "attention.unfinished",
    "unknown": "attention.unknown",
    "skipped": "attention.skipped",
}


def attention_reasons(
    rows: RowCounts, codes: Sequence[str], unknown: Sequence[int | None], skipped_files: int, gates: Gates, lang: str
) -> tuple[Reason, ...]:
    """Return the reasons beside conditions why the exit code is 1, from row counts and codes of findings.

    `unknown` has the number of rows of each finding of unknown words that a printed figure depends on.
    """
    found: dict[str, Mapping[str, Any]] = {}
    if exceeds(rows.rejected, rows.counted + rows.rejected + rows.outside, gates.max_rejected):
        found["rejected"] = {"rejected": rows.rejected, "limit": gates.max_rejected}
    if gates.strict and (rows.rejected or codes):
        found["strict"] = {"rejected": rows.rejected, "findings": len(codes)}
    alarms = Counter(FINDINGS[code].attention for code in codes)
    if alarms["unread"]:
        found["unread"] = {"sheets": alarms["unread"]}
    if alarms["unfinished"]:
        found["unfinished"] = {"files": alarms["unfinished"]}
    if None in unknown or 20 * sum(filter(None, unknown)) > rows.counted:
        found["unknown"] = {"rows": None if None in unknown else sum(filter(None, unknown)), "of": rows.counted}
    if skipped_files:
        found["skipped"] = {"files": skipped_files}
    return tuple(Reason(code, say(_SENTENCES[code], lang, **figures), figures) for code, figures in found.items())


def exceeds(number: int, base: int, limit: str) -> bool:
    """True if a number exceeds a limit such as 20 or 5%.

    >>> exceeds(5, 100, "5%"), exceeds(6, 100, "5%"), exceeds(3, 100, "2")
    (False, True, True)
    """
    if limit.endswith("%"):
        return bool(base) and 100 * number > Fraction(limit[:-1]) * base
    return number > int(limit)
