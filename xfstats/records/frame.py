"""The records of one sheet as a frame of typed columns, with what was rejected, skipped, outside, and the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xfstats.model import Finding, Period, Reject
from xfstats.readers.column import Column
from xfstats.records.answers import Answers
from xfstats.records.statuses import Outcomes
from xfstats.schema.date_zones import Moment

Mask: TypeAlias = NDArray[np.bool_]


def categories(labels: Column[str | None]) -> pd.Categorical:
    """Return labels as categories in the order of their appearance; a row without one has the code -1."""
    known = pd.Index([label for label in labels.values if label is not None], dtype=object)
    filled = np.array([label is not None for label in labels.values], bool)
    table = np.where(filled, np.cumsum(filled) - 1, -1)
    found: pd.Categorical = pd.Categorical.from_codes(table[labels.codes], known)
    return found


def days_of(days: Sequence[date | None]) -> NDArray[np.datetime64]:
    """Return days as seconds, NaT for None."""
    return np.array(days, "datetime64[D]").astype("datetime64[s]")


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
    moments: dict[str, Counter[Moment]] = field(default_factory=dict)
    """The moments with Z or an offset, field by field."""
    spellings: dict[str, dict[str, int]] = field(default_factory=dict)
    """How often each spelling of a label stands, field by field."""

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A row a record: days, amounts, whole days, status sets, classes of words, and whether the state is unread."""
        columns: dict[str, object] = {name: days_of(days) for name, days in self.dates.items()}
        columns |= {name: np.array(one, bool) for name, one in self.outcomes.flags.items()}
        columns |= {name: categories(Column.fold(one)) for name, one in self.answers.classes.items()}
        for name, amounts in (("batches", self.batches), ("persons", self.persons)):
            if amounts is not None:
                columns[name] = np.array(amounts, np.int64)
        if self.days is not None:
            columns["days"] = pd.array(self.days, "Int64")
        columns["unread"] = ~self._all_but(self.unread)
        return pd.DataFrame(columns, index=pd.RangeIndex(self.rows))

    @cached_property
    def labels(self) -> pd.DataFrame:
        """The label of each row in every grouping field, as categories."""
        columns = {name: categories(Column.fold(one)) for name, one in self.groups.items()}
        return pd.DataFrame(columns, index=pd.RangeIndex(self.rows))

    def _all_but(self, rows: Iterable[int]) -> Mask:
        """Return all rows but these."""
        mask = np.ones(self.rows, bool)
        mask[list(rows)] = False
        return mask

    @cached_property
    def kept(self) -> Mask:
        """The rows that are neither skipped nor rejected."""
        return self._all_but([*self.skipped, *self.rejected])

    @cached_property
    def counted(self) -> Mask:
        """The rows that are counted."""
        return self.kept & self._all_but(self.outside)

    def inside(self, period: Period, name: str) -> Mask:
        """The rows of another period, judged by the date of this name."""
        if name not in self.frame:
            return np.zeros(self.rows, bool)
        days = self.frame[name].to_numpy()
        first, end = days_of([period.first, period.end])
        found: Mask = self.kept & self._all_but(self.filtered) & (days >= first) & (days < end)
        return found
