"""The records of one sheet as parallel lists, one entry a row, with what was rejected, skipped, outside, and the findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from xfstats.model import Finding, Period, Reject
from xfstats.records.answers import Answers
from xfstats.records.statuses import Outcomes


@dataclass
class Records:
    """The rows of one sheet, each with its fate; lists are parallel, one entry a row below the header."""

    first_row: int
    rows: int
    skipped: dict[int, str]
    rejected: dict[int, Reject]
    outside: dict[int, str]
    groups: dict[str, list[str | None]]
    batches: list[int] | None
    persons: list[int] | None
    outcomes: Outcomes
    days: list[int | None] | None
    dates: dict[str, list[date | None]]
    answers: Answers
    filtered: frozenset[int] = frozenset()
    """Rows that a --where leaves out."""
    findings: list[Finding] = field(default_factory=list)
    words: dict[str, dict[str, int]] = field(default_factory=dict)
    unread: frozenset[int] = frozenset()
    """Rows whose state cannot be read."""
    absent: dict[str, dict[str, int]] = field(default_factory=dict)
    """The fields of filters that no row fits, with the values that there are and may be shown."""
    spellings: dict[str, dict[str, int]] = field(default_factory=dict)
    """How often each spelling of a label stands, field by field."""

    @property
    def counted(self) -> list[int]:
        """The rows that are counted."""
        gone = self.skipped.keys() | self.rejected.keys() | self.outside.keys()
        return [row for row in range(self.rows) if row not in gone] if gone else list(range(self.rows))

    def inside(self, period: Period, name: str) -> list[int]:
        """The rows of another period, judged by the date of this name."""
        days = self.dates.get(name)
        gone = self.skipped.keys() | self.rejected.keys() | self.filtered
        kept = (row for row in range(self.rows) if row not in gone)
        return [row for row in kept if days and (day := days[row]) and period.first <= day < period.end]
