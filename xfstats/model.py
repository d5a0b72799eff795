"""The frozen nouns that all rooms share: logs, fields, positions, plans, tallies."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
"""What a reader delivers: a blank is None or a string of blanks."""

GroupKey: TypeAlias = tuple[str | None, ...]
"""One label a grouping field; None where the record has none (未归类)."""


class Log(StrEnum):
    """The kinds of log, in the order in which their tables are printed."""

    VISITS = "visits"
    CASES = "cases"
    LETTERS = "letters"
    BACKLOG = "backlog"


class Kind(StrEnum):
    """What a field's cells mean, and so how they are read."""

    GROUP = "group"
    DATE = "date"
    AMOUNT = "amount"
    WORD = "word"
    IDENTITY = "identity"
    PERSON = "person"


FIELDS: Mapping[str, Kind] = {
    "level": Kind.GROUP,
    "post": Kind.GROUP,
    "unit": Kind.GROUP,
    "region": Kind.GROUP,
    "category": Kind.GROUP,
    "channel": Kind.GROUP,
    "tier": Kind.GROUP,
    "reception_type": Kind.GROUP,
    "received_on": Kind.DATE,
    "accepted_on": Kind.DATE,
    "due_on": Kind.DATE,
    "closed_on": Kind.DATE,
    "batches": Kind.AMOUNT,
    "persons": Kind.AMOUNT,
    "status": Kind.WORD,
    "outcome": Kind.WORD,
    "closed_flag": Kind.WORD,
    "settled_flag": Kind.WORD,
    "resolved_flag": Kind.WORD,
    "satisfaction": Kind.WORD,
    "satisfaction_unit": Kind.WORD,
    "repeat": Kind.WORD,
    "collective": Kind.WORD,
    "extension": Kind.WORD,
    "case_no": Kind.IDENTITY,
    "serial": Kind.IDENTITY,
    "leader": Kind.PERSON,
    "person": Kind.PERSON,
}
"""The closed list of fields (design §3)."""

GROUP_FIELDS: Sequence[str] = tuple(key for key, kind in FIELDS.items() if kind is Kind.GROUP)
SETS: Sequence[str] = ("closed", "settled", "resolved", "excluded")
"""The status sets; a word may be in several."""


def column_letter(index: int) -> str:
    """Excel's name of a column counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Position:
    """Where something is: a file, perhaps a sheet, a row from 1 and a column from 0; never what stands there."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Excel's own form: 「10月」!F17."""
        cell = (column_letter(self.column) if self.column is not None else "") + str(self.row or "")
        if self.sheet is None:
            return cell
        return f"「{self.sheet}」" + (f"!{cell}" if cell else "")


@dataclass(frozen=True)
class Period:
    """Whole days, half-open: first is in, end is not."""

    first: date
    end: date

    @property
    def last(self) -> date:
        """The last day inside, which is what people and scripts see."""
        return self.end - timedelta(days=1)


@dataclass(frozen=True)
class Source:
    """One input: where it is, and the name by which it is called in all that is printed."""

    path: str
    name: str
    stdin: bool = False


@dataclass(frozen=True)
class Plan:
    """All that a worker needs to know beside the file: options and the office's words, as plain values."""

    as_of: date
    profile: Mapping[str, Any]
    log: Log | None = None
    sheets: tuple[str, ...] = ()
    header: tuple[int, int] | None = None
    maps: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    include_hidden: bool = False
    duplicates: str = "count"
    period: Period | None = None
    date_by: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    by: tuple[str, ...] | None = None
    measures: tuple[str, ...] | None = None
    limits: Mapping[str, int] = dataclasses.field(default_factory=dict)
    evidence: bool = False
    salt: str | None = None
    """Where case numbers are to be compared over files: what their digests are keyed with, new in every run."""
    prefer: tuple[tuple[str, str], ...] = ()
    """The grouping of each kind of log where its sheets would differ: (log, field)."""

    def to_json(self) -> dict[str, Any]:
        """Plain values for the pipe to the worker."""
        plain = asdict(self)
        plain["as_of"] = self.as_of.isoformat()
        plain["period"] = [self.period.first.isoformat(), self.period.end.isoformat()] if self.period else None
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Plan:
        """The plan that `to_json` wrote."""
        period = plain["period"]
        return cls(
            **{  # a plain mapping, checked by the types of the fields when it was made
                **plain,
                "as_of": date.fromisoformat(plain["as_of"]),
                "period": Period(*map(date.fromisoformat, period)) if period else None,
                "log": Log(plain["log"]) if plain["log"] else None,
                "sheets": tuple(plain["sheets"]),
                "header": tuple(plain["header"]) if plain["header"] else None,
                "maps": tuple(map(tuple, plain["maps"])),
                "where": tuple(map(tuple, plain["where"])),
                "prefer": tuple(map(tuple, plain["prefer"])),
                "by": tuple(plain["by"]) if plain["by"] is not None else None,
                "measures": tuple(plain["measures"]) if plain["measures"] is not None else None,
            }
        )


@dataclass(frozen=True)
class Gates:
    """When a complete run still ends with exit code 1."""

    max_rejected: str = "5%"
    strict: bool = False
    skip_bad_files: bool = False


@dataclass(frozen=True)
class Finding:
    """What a careful clerk would ask about: a stable code, how many rows, where, and values for its sentence."""

    code: str
    rows: int = 0
    at: tuple[str, ...] = ()
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Reject:
    """One row that was not counted: where, which field, why; never what stood there."""

    row: int
    column: str
    field: str
    reason: str


@dataclass(frozen=True)
class NotRead:
    """A sheet that was passed over, and why: hidden, empty, notes, summary, unselected, unrecognised."""

    sheet: str
    why: str


@dataclass(frozen=True)
class ColumnUse:
    """How one column was understood: the field, the header if it may be shown, the evidence, how many cells."""

    field: str
    column: str
    header: str | None
    evidence: str
    filled: int = 0
    words: Mapping[str, int] = dataclasses.field(default_factory=dict)
    runner_up: str | None = None
    """The header of the column that would have served next best."""


@dataclass(frozen=True)
class SheetTally:
    """All that leaves a worker about one sheet: whole numbers, reason codes, positions, labels; no row."""

    sheet: str
    log: Log
    log_by: str
    title: str | None
    office: str | None
    header_rows: tuple[int, ...]
    columns: Mapping[str, str]
    by: tuple[str, ...]
    said: Mapping[str, str]
    """Grouping fields that no column has: field → `sheet` or `file`, whose name says it."""
    rows: int
    counted: int
    rejected: Mapping[str, int]
    skipped: Mapping[str, int]
    outside: Mapping[str, int]
    digest: str
    copy_of: str | None
    """The sheet of the same file that holds every row of this one: a filtered copy."""
    span: tuple[str, str] | None
    supports: tuple[str, ...]
    counts: Mapping[GroupKey, Mapping[str, int]]
    subsets: Mapping[str, Mapping[str, int]]
    days: Mapping[GroupKey, Mapping[int, int]]
    subset_days: Mapping[str, Mapping[int, int]]
    words: Mapping[str, Mapping[str, int]]
    weighted: bool
    chinese: bool
    findings: tuple[Finding, ...]
    uses: tuple[ColumnUse, ...] = ()
    unused: tuple[str, ...] = ()
    rejects: tuple[Reject, ...] = ()
    case_digests: tuple[str, ...] = ()
    """Salted digests of the distinct case numbers, where the plan asks for them."""


@dataclass(frozen=True)
class FileTally:
    """What `tally_file` returns: the sheets that were counted, and those that were not."""

    name: str
    sha256: str
    format: str
    sheets: tuple[SheetTally, ...]
    not_read: tuple[NotRead, ...]
    findings: tuple[Finding, ...] = ()
