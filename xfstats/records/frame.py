"""The records of one sheet as a frame of typed columns, with what was rejected, skipped, outside, and the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from xfstats.measures.deadlines import Days, as_days
from xfstats.model import Finding, Period, Reject
from xfstats.readers.column import Column, Mask
from xfstats.records.answers import Answers
from xfstats.records.events import Numbers
from xfstats.records.statuses import Outcomes
from xfstats.schema.date_zones import Moment


def categories(labels: Column[str | None]) -> pd.Categorical:
    """Return labels as categories in the order of their appearance; a row without one has the code -1."""
    known = pd.Index([label for label in labels.values if label is not None], dtype=object)
    filled = np.array([label is not None for label in labels.values], bool)
    table = np.where(filled, np.cumsum(filled) - 1, -1)
    found: pd.Categorical = pd.Categorical.from_codes(table[labels.codes], known)
    return found


def typed_frame(
    dates: Mapping[str, Days],
    outcomes: Outcomes,
    answers: Answers,
    amounts: Mapping[str, Numbers | None],
    days: Numbers | None,
    unread: Mask,
) -> pd.DataFrame:
    """Return a row a record: days, amounts, whole days, status sets, classes of words, and whether the state is unread."""
    columns: dict[str, object] = {**dates, **outcomes.flags, "unread": unread}
    columns |= {name: categories(one) for name, one in answers.classes.items()}
    columns |= {name: numbers for name, numbers in amounts.items() if numbers is not None}
    if days is not None:
        columns["days"] = pd.Series(days, dtype="Int64").mask(days < 0)
    return pd.DataFrame(columns, index=pd.RangeIndex(len(unread)))


@dataclass
class Records:
    """The rows of one sheet below its header: typed columns, and what became of each row."""

    first_row: int
    skipped: dict[int, str]
    rejected: dict[int, Reject]
    outside: dict[str, Mask]
    """The rows outside the period, and those that a --where leaves out."""
    frame: pd.DataFrame
    """A row a record: see `typed_frame`."""
    labels: pd.DataFrame
    """The label of each row in every grouping field, as categories."""
    outcomes: Outcomes
    answers: Answers
    filtered: Mask
    """Rows that a --where leaves out, whatever else they are."""
    findings: list[Finding] = field(default_factory=list)
    words: dict[str, dict[str, int]] = field(default_factory=dict)
    absent: dict[str, dict[str, int]] = field(default_factory=dict)
    """The fields of filters that no row fits, with the values that there are and may be shown."""
    moments: dict[str, Counter[Moment]] = field(default_factory=dict)
    """The moments with Z or an offset, field by field."""
    spellings: dict[str, dict[str, int]] = field(default_factory=dict)
    """How often each spelling of a label stands, field by field."""

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.frame)

    @cached_property
    def recorded(self) -> Mask:
        """The rows that are not skipped."""
        return self._all_but(self.skipped)

    @cached_property
    def kept(self) -> Mask:
        """The rows that are neither skipped nor rejected."""
        return self.recorded & self._all_but(self.rejected)

    @cached_property
    def counted(self) -> Mask:
        """The rows that are counted."""
        return self.kept & ~self.outside["period"] & ~self.outside["where"]

    def inside(self, period: Period, name: str) -> Mask:
        """The rows of another period, judged by the date of this name."""
        if name not in self.frame:
            return np.zeros(self.rows, bool)
        days = self.frame[name].to_numpy()
        first, end = as_days([period.first, period.end])
        found: Mask = self.kept & ~self.filtered & (days >= first) & (days < end)
        return found

    def _all_but(self, rows: Iterable[int]) -> Mask:
        """Return all rows but these."""
        mask = np.ones(self.rows, bool)
        mask[list(rows)] = False
        return mask
