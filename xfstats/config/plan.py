"""Plan of a run, which goes to every worker; gates that decide the exit code; order of rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from xfstats.config.periods import WEEKDAY, YEAR_TO_DATE
from xfstats.frozen import frozen
from xfstats.model import Claim, Log, Period, Window

TAB = "\t"
TAB_NAMES = ("tab", "TAB", "\\t")
"""How a tab is typed."""
DELIMITERS = ", ; | tab …"
"""What `--delimiter` takes, for messages."""
ENCODINGS = ("utf-8", "utf-16", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "cp1251", "cp1253", "cp1252", "latin-1")
"""Of those that Python has, the ones that logs come in; an unknown name is told of them."""


@frozen
class FigureRequest:
    """A figure to be explained: its log, its measure, the labels of its group by field (none: the total).

    Of 其余 `beside` holds the labels that it leaves out; of a change `window` names what is compared with.
    """

    log: str
    measure: str
    group: tuple[tuple[str, str | None], ...] = ()
    beside: tuple[str | None, ...] = ()
    window: str | None = None


@frozen
class Filter:
    """A --where: the field, and the values of which a row has one, or has none where it is `negated`."""

    field: str
    values: tuple[str, ...]
    negated: bool = False
    lists: tuple[str, ...] = ()
    """Lists of values as they were typed, each of which may be one value that holds commas."""

    @property
    def shown(self) -> tuple[str, str]:
        """Return field and values as they are typed; the field of a negated one ends with !."""
        quoted = (f'"{value}"' if "," in value else value for value in self.values)
        return self.field + "!" * self.negated, ",".join(quoted)


@frozen
class Plan:
    """The instructions of a worker beside the file: options and the words of the office, as plain values."""

    as_of: date
    profile: Mapping[str, Any]
    log: Log | None = None
    sheets: tuple[str, ...] = ()
    header: tuple[int, int] | None = None
    column_maps: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    include_hidden: bool = False
    duplicates: str = "count"
    period: Period | None = None
    date_by: str | None = None
    where: tuple[Filter, ...] = ()
    windows: tuple[Window, ...] = ()
    by: tuple[str, ...] | None = None
    by_columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """The header of each `column_1`, `column_2` of `by`, `cross` and `where`, as it was typed."""
    depths: Mapping[str, int] = dataclasses.field(default_factory=dict)
    """How many parts of a path make the groups of a field; of others the whole label does."""
    series: str | None = None
    """The field of `by` that is a year, quarter, month or week of the date that the period is judged by."""
    cross: str | None = None
    """The field whose values stand side by side; the last of the grouping."""
    measures: tuple[str, ...] | None = None
    extra_measures: tuple[str, ...] = ()
    """Measures that are ranked, sorted or judged by: counted and printed where a log supports them."""
    explain: FigureRequest | None = None
    detail: bool = False
    """True if the counted rows' own columns are wanted: labels, dates, amounts and counts with their positions, nothing else."""
    matters: bool = False
    """True if the open matters themselves are wanted: number, group, due day and position, nothing else."""
    skip_unsupported: bool = False
    """True if measures that a log cannot support are left out of its table, instead of refused."""
    limits: Mapping[str, int] = dataclasses.field(default_factory=dict)
    evidence: bool = False
    compare_sheets: bool = False
    """True if the run has several files, whose rows are to be compared: the tallies then carry their prints."""
    salt: str | None = None
    """Where case numbers are to be compared over files: what their digests are keyed with, new in every run."""
    preferred_grouping: tuple[tuple[Claim, str], ...] = ()
    """The grouping of each ledger whose sheets would differ: what such a sheet says of its ledger, and the field."""

    @property
    def compared(self) -> tuple[Window, ...]:
        """Return the periods that the period is compared with."""
        return tuple(window for window in self.windows if window.name != YEAR_TO_DATE)

    @property
    def cumulative(self) -> Window | None:
        """Return the days of the year up to the end of the period, where figures of these stand beside the period's."""
        return next((window for window in self.windows if window.name == YEAR_TO_DATE), None)

    @property
    def judged_by(self) -> str:
        """Return the date by which a row is in the period or a step of the series; without either that of receipt."""
        return (self.date_by if self.period or self.dated_groups else None) or "received_on"

    @property
    def dated_groups(self) -> bool:
        """True if a grouping is by that date."""
        return bool(self.series) or WEEKDAY in {*(self.by or ()), self.cross}


@frozen
class Gates:
    """The conditions under which a complete run ends with exit code 1."""

    max_rejected: str = "5%"
    fail_if: tuple[str, ...] = ()
    public: bool = False
    strict: bool = False
    skip_bad_files: bool = False


@frozen
class Order:
    """A measure and a direction, as --sort and --rank name them."""

    measure: str
    ascending: bool = False


@frozen
class Paper:
    """What a report says of itself when it is sent out, and whether it has the annex for checking."""

    title: str | None = None
    prepared_by: str | None = None
    checked_by: str | None = None
    addressed_to: str | None = None
    annex: bool = True


@frozen
class View:
    """The arrangement of the rows of a table: sorted, ranked, and all but the first or last few put together as 其余."""

    sort: Order | None = None
    rank: Order | None = None
    top: int | None = None
    bottom: int | None = None
    public: bool = False
    """Medians, percentiles and means as whole numbers: a fraction tells how many records they stand on."""
