"""Value types that all rooms share: logs, fields, positions, periods, sources, findings, rejects."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from xfstats.frozen import frozen
from xfstats.row_reasons import RowReason

FILE_MARK = "xfstats/1"
"""Mark in every file that is written: such a file may be replaced without --force."""

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
"""A value of a cell as a reader delivers it: a blank is None or a string of blanks."""

GroupKey: TypeAlias = tuple[str | None, ...]
"""One label a grouping field; None where the record has none (未归类)."""


class Log(StrEnum):
    """A kind of log, in the order in which their tables are printed."""

    VISITS = "visits"
    CASES = "cases"
    LETTERS = "letters"
    BACKLOG = "backlog"


class Ledger(StrEnum):
    """A ledger, by which logs of one kind are told apart; the first of a kind has the kind's own name, for logs that name none.

    A matter may stand in two ledgers of one log, so they are never added up.
    """

    VISITS = "visits"
    RECEPTIONS = "receptions"
    WALK_INS = "walk_ins"
    CASES = "cases"
    ONLINE = "online"
    CALLS = "calls"
    LETTERS = "letters"
    INSTRUCTIONS = "instructions"
    BACKLOG = "backlog"


LEDGERS: Mapping[Ledger, Log] = {
    Ledger.VISITS: Log.VISITS,
    Ledger.RECEPTIONS: Log.VISITS,
    Ledger.WALK_INS: Log.VISITS,
    Ledger.CASES: Log.CASES,
    Ledger.ONLINE: Log.CASES,
    Ledger.CALLS: Log.CASES,
    Ledger.LETTERS: Log.LETTERS,
    Ledger.INSTRUCTIONS: Log.LETTERS,
    Ledger.BACKLOG: Log.BACKLOG,
}
"""The log that each ledger is of."""
LEADERS: Mapping[Log, Ledger] = {
    Log.VISITS: Ledger.RECEPTIONS,
    Log.CASES: Ledger.CASES,
    Log.LETTERS: Ledger.INSTRUCTIONS,
}
"""The ledger of each log that leaders keep: whom they received, what they took charge of, what they wrote on."""


class Claim(NamedTuple):
    """A sheet's own statement of its ledger: its kind of log, the ledger that a name states, and whether it is the leaders'."""

    log: Log
    ledger: Ledger | None = None
    leaders: bool = False
    by_levels: bool = False
    """Whether only levels tell that it is the leaders': a column of them stands in registers of walk-ins, too."""


class Kind(StrEnum):
    """The kind of a field's values, which decides how they are parsed."""

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
    "excluded_flag": Kind.WORD,
    "on_time_flag": Kind.WORD,
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
"""The closed list of fields; `xfstats fields` prints it."""

GROUP_FIELDS: Sequence[str] = tuple(key for key, kind in FIELDS.items() if kind is Kind.GROUP)
BY_FIELDS: Sequence[str] = (*GROUP_FIELDS, "leader")
"""Fields by which a table may be grouped: leaders too, who are officials, but only where that is asked for."""
WORD_FIELDS: Sequence[str] = ("status", "satisfaction", "repeat")
"""Fields of words by which a table may be grouped, and rows chosen."""
ANSWER_FIELDS: Sequence[str] = ("repeat", "collective", "extension", "on_time_flag")
"""Fields of words that the vocabulary classes, each by its own table."""
SETS: Sequence[str] = ("closed", "settled", "resolved", "excluded", "partly")
"""The status sets; a word may be in several."""
BY_OUTCOME: Sequence[str] = ("settled", "resolved")
"""Status sets that an outcome column adds beside a status column; closed and excluded are the status column's."""


def column_letter(index: int) -> str:
    """Return Excel's name of a column counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@frozen
class Position:
    """The place of something: a file, perhaps a sheet, a row from 1 and a column from 0; never what stands there."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Return the place in Excel's own form: 「10月」!F17."""
        cell = (column_letter(self.column) if self.column is not None else "") + str(self.row or "")
        if self.sheet is None:
            return cell
        return f"「{self.sheet}」" + (f"!{cell}" if cell else "")


@frozen
class Period:
    """A half-open range of whole days: first is in, end is not."""

    first: date
    end: date

    @property
    def last(self) -> date:
        """Return the last day inside, which is what people and scripts see."""
        return self.end - timedelta(days=1)


@frozen
class Window:
    """A period of comparison: its name (prev, yoy), its days, and how many steps of a series later its labels stand."""

    name: str
    period: Period
    steps: int = 0


@frozen
class Source:
    """One input: its path, and the name by which it is called in all that is printed."""

    path: str = dataclasses.field(repr=False)
    """A URL too, which may hold a password: it is printed nowhere."""
    name: str
    stdin: bool = False
    """True if the worker gets the bytes of the log through its stdin, instead of opening a file."""
    listed: bool = False
    """True if no one named the file: it lies in a folder that was named."""
    frame: bool = False
    """True if the input is a DataFrame, passed on as typed cells."""
    remote: bool = False
    """True if the path is a URL, from which the process that has the workers passes the bytes on."""
    content: bytes | None = dataclasses.field(default=None, repr=False, compare=False)
    """Bytes of a log in memory, passed to the worker as stdin is; None where the log is stdin itself or a file."""


@frozen
class Finding:
    """A data-quality finding: a stable code, how many rows, where, and values for its sentence."""

    code: str
    rows: int | None = 0
    """None where the number is not published."""
    at: tuple[str, ...] = ()
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@frozen
class Reject:
    """A row that was not counted: where, which field, why; never what stood there."""

    row: int
    column: str
    field: str
    reason: RowReason


class RowRole(StrEnum):
    """What rows are to a figure that is explained; the value is its word in JSON."""

    COUNTED = "part"
    """They make the count, or the numerator."""
    BASE = "base"
    """They are in the base without being in the numerator."""
    LEFT_OUT = "out"
    """They are of the group, but lack a flag of the base."""
    REJECTED = "rejected"
    OUTSIDE = "outside"


class RowKind(NamedTuple):
    """Rows behind a figure: their role, why (the flag that they lack, or the reason), and whether of the period compared with."""

    role: RowRole
    why: str = ""
    compared: bool = False

    @property
    def key(self) -> str:
        """Return the kind as JSON says it: part, out:closed, before:base, rejected:date-text."""
        return "before:" * self.compared + self.role + f":{self.why}" * bool(self.why)


@frozen
class NotRead:
    """A sheet that was not read, and why: hidden, empty, notes, summary, schedule, unselected, or one of data."""

    sheet: str
    why: str


@frozen
class Heading:
    """A header: the letter of its column, its text if it may be shown, whether it is about persons, and its field."""

    column: str
    header: str | None
    person: bool
    field: str | None = None
    """The field that it serves, where it is understood and was not needed."""


@frozen
class ColumnUse:
    """The use of a column: its field, its header if it may be shown, the evidence, how many cells are filled."""

    field: str
    column: str
    header: str | None
    evidence: str
    filled: int = 0
    words: Mapping[str, int] = dataclasses.field(default_factory=dict)
    runner_up: str | None = None
    """The header of the column that would have served next best."""
