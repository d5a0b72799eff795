"""The records of one sheet as a frame of typed columns, with what was rejected, skipped, outside, and the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from xfstats.measures.deadlines import DayArray, as_days
from xfstats.model import Finding, Period, Reject
from xfstats.readers.column import Column, Mask
from xfstats.records.answers import Answers
from xfstats.records.case_rows import Numbers
from xfstats.records.statuses import Outcomes
from xfstats.row_reasons import RowReason
from xfstats.schema.date_zones import Moment

STATUSES = ("counted", "outside", "rejected", "skipped")


def categories(labels: Column[str | None]) -> pd.Categorical:
    """Return labels as categories in the order of their appearance; a row without one has the code -1."""
    known = pd.Index([label for label in labels.values if label is not None], dtype=object)
    filled = np.array([label is not None for label in labels.values], bool)
    table = np.where(filled, np.cumsum(filled) - 1, -1)
    found: pd.Categorical = pd.Categorical.from_codes(table[labels.codes], known)
    return found


def row_statuses(
    size: int, skipped: Mapping[int, RowReason], rejected: Mapping[int, Reject], outside: Mapping[RowReason, Mask]
) -> dict[str, pd.Categorical]:
    """Return the status and the reason of each row: `counted` without one, or `outside`, `rejected` or `skipped` with one."""
    reasons = list(dict.fromkeys([*outside, *(one.reason for one in rejected.values()), *skipped.values()]))
    places = {reason: place for place, reason in enumerate(reasons)}
    status, reason = np.zeros(size, np.int8), np.full(size, -1, np.int16)
    for name, rows in outside.items():
        status[rows], reason[rows] = STATUSES.index("outside"), places[name]
    named = {row: one.reason for row, one in rejected.items()}
    for of, given in (("rejected", named), ("skipped", skipped)):
        rows = np.array(list(given), np.int64)
        status[rows], reason[rows] = STATUSES.index(of), [places[one] for one in given.values()]
    return {
        "status": pd.Categorical.from_codes(status, pd.Index(STATUSES, dtype=object)),
        "reason": pd.Categorical.from_codes(reason, pd.Index(reasons, dtype=object)),
    }


def typed_frame(
    statuses: Mapping[str, pd.Categorical],
    dates: Mapping[str, DayArray],
    outcomes: Outcomes,
    answers: Answers,
    amounts: Mapping[str, Numbers | None],
    elapsed: Mapping[str, Numbers | None],
    unread: Mask,
) -> pd.DataFrame:
    """Return a frame of all rows: status, reason, dates, amounts, time to close, status sets, word classes, unread."""
    columns: dict[str, object] = {**statuses, **dates, **outcomes.flags, "unread": unread}
    columns |= {name: categories(one) for name, one in answers.classes.items()}
    columns |= {name: numbers for name, numbers in amounts.items() if numbers is not None}
    for name, numbers in elapsed.items():
        if numbers is not None:
            columns[name] = pd.Series(numbers, dtype="Int64").mask(numbers < 0)
    return pd.DataFrame(columns, index=pd.RangeIndex(len(unread)))


@dataclass
class Records:
    """The rows of one sheet below its header: typed columns, the status and reason of each row, and the findings."""

    first_row: int
    skipped: dict[int, RowReason]
    rejected: dict[int, Reject]
    frame: pd.DataFrame
    """The `status` and `reason` of each row (see `row_statuses`), and its typed cells (see `typed_frame`)."""
    labels: pd.DataFrame
    """The label of each row in every grouping field, as categories."""
    outcomes: Outcomes
    answers: Answers
    filtered: Mask
    """Rows that a --where leaves out, whatever their status."""
    findings: list[Finding] = field(default_factory=list)
    words: dict[str, dict[str, int]] = field(default_factory=dict)
    absent: dict[str, dict[str, int]] = field(default_factory=dict)
    """The values of filters that no row has, as FIELD=VALUE, each with the existing values that may be shown."""
    moments: dict[str, Counter[Moment]] = field(default_factory=dict)
    """The moments with Z or an offset, field by field."""
    spellings: dict[str, dict[str, int]] = field(default_factory=dict)
    """How often each spelling of a label occurs, field by field."""

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return len(self.frame)

    @cached_property
    def recorded(self) -> Mask:
        """Return the rows that are not skipped."""
        return self._of("counted", "outside", "rejected")

    @cached_property
    def kept(self) -> Mask:
        """Return the rows that are neither skipped nor rejected."""
        return self._of("counted", "outside")

    @cached_property
    def counted(self) -> Mask:
        """Return the rows that are counted."""
        return self._of("counted")

    def reasons(self, status: str) -> dict[str, Mask]:
        """Return the rows of a status by their reason, in the order of the first row of each."""
        rows, given = self._of(status), self.frame["reason"].array
        found = pd.unique(given.codes[rows])
        return {given.categories[code]: rows & (given.codes == code) for code in found if code >= 0}

    def inside(self, period: Period, name: str) -> Mask:
        """Return the kept rows that no filter leaves out and whose date of this name lies in another period."""
        if name not in self.frame:
            return np.zeros(self.rows, bool)
        days = self.frame[name].to_numpy()
        first, end = as_days([period.first, period.end])
        found: Mask = self.kept & ~self.filtered & (days >= first) & (days < end)
        return found

    def _of(self, *statuses: str) -> Mask:
        """Return the rows that have one of these statuses."""
        wanted = np.array([status in statuses for status in STATUSES])
        found: Mask = wanted[self.frame["status"].array.codes]
        return found
