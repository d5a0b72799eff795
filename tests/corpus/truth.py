"""Truth records, and the figures that follow from them by the definitions of the design (§3, §4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from .words import CLOSED, EXCLUDED, OUTCOME_SETS, RESOLVED, SETTLED, STATUS_SETS

AS_OF = date(2026, 11, 2)
COUNTS = ("visits", "persons", "cases", EXCLUDED, CLOSED, SETTLED, RESOLVED)
RATES: Mapping[str, str] = {"closure_rate": CLOSED, "settlement_rate": SETTLED, "resolution_rate": RESOLVED}

Group: TypeAlias = str | None
Figures: TypeAlias = dict[str, int]


@dataclass(frozen=True)
class Record:
    """One row as it truly is; None is a blank cell. A rejected row is one that nobody can read."""

    received: date | None = None
    closed: date | None = None
    level: str | None = None
    unit: str | None = None
    region: str | None = None
    category: str | None = None
    channel: str | None = None
    persons: int = 1
    batches: int = 1
    status: str | None = None
    outcome: str | None = None
    closed_flag: bool = False
    settled_flag: bool = False
    resolved_flag: bool = False
    rejected: bool = False
    written: Mapping[str, Any] = field(default_factory=dict)  # cells that are written instead of the truth

    def group(self, by: str | None) -> Group:
        """The value of the grouping field."""
        return getattr(self, by) if by else None


@dataclass(frozen=True)
class Table:
    """The figures of one kind of log; `days` are medians, only where there is no doubt which days count."""

    log: str
    by: str | None
    groups: Mapping[Group, Figures]
    total: Figures
    required: tuple[str, ...]
    rates: bool
    days: Mapping[Group, float | None] | None = None
    total_days: float | None = None


@dataclass(frozen=True)
class Rows:
    """The reconciliation."""

    rows: int = 0
    counted: int = 0
    rejected: int = 0
    skipped: int = 0
    outside: int = 0

    def __add__(self, other: "Rows") -> "Rows":
        """The rows of two sheets."""
        return Rows(*(getattr(self, key) + getattr(other, key) for key in self.__dataclass_fields__))


@dataclass(frozen=True)
class Expected:
    """What `summarize` must say: these tables, or exit code 3 where `refuse`.

    With both, either answer is right. `flagged` are tables that are tolerable when a finding says so. `aliases` maps
    other spellings of a group's name to the one in the tables; `unknown` rows hold a word that nobody can know.
    """

    tables: tuple[Table, ...] = ()
    rows: Rows = Rows()
    refuse: bool = False
    flagged: tuple[Table, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    unknown: int = 0


def sets(record: Record, columns: frozenset[str]) -> frozenset[str]:
    """The sets that a row is in, by status and outcome words, each yes/no column for its own set, or the close date."""
    words = STATUS_SETS[record.status] if "status" in columns and record.status else frozenset()
    outcome = OUTCOME_SETS[record.outcome] if "outcome" in columns and record.outcome else frozenset()
    found = set(words | outcome)
    for name in (CLOSED, SETTLED, RESOLVED):
        if f"{name}_flag" in columns:
            found -= {name}
            found |= {name} if getattr(record, f"{name}_flag") else set()
    if not columns & {"status", "closed_flag"} and record.closed and record.closed <= AS_OF:
        found |= {CLOSED}
    return frozenset(found)


def figures(records: Iterable[Record], log: str, columns: frozenset[str]) -> Figures:
    """Every count that the columns allow; in a visits log each row weighs its batches."""
    result = dict.fromkeys(COUNTS, 0)
    record_key = "visits" if log == "visits" else "cases"
    for record in records:
        weight = record.batches if log == "visits" and "batches" in columns else 1
        inside = sets(record, columns)
        counted = {EXCLUDED} if EXCLUDED in inside else set(inside)
        for key in {record_key, *counted}:
            result[key] += weight
        result["persons"] += record.persons if "persons" in columns else 0
    return {key: value for key, value in result.items() if key != ("cases" if log == "visits" else "visits")}


def median(days: Sequence[int]) -> float | None:
    """The mean of the two middle values, None of nothing."""
    ordered = sorted(days)
    if not ordered:
        return None
    half = len(ordered) // 2
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def table(records: Sequence[Record], log: str, columns: frozenset[str], *, rates: bool = True, days: bool = True) -> Table:
    """The table of the rows that are not rejected, by level or by the first of unit, region, category and channel."""
    kept = [record for record in records if not record.rejected]
    by = next((name for name in ("level", "unit", "region", "category", "channel") if name in columns), None)
    members: dict[Group, list[Record]] = {}
    for record in kept if by else ():
        members.setdefault(record.group(by), []).append(record)
    total = figures(kept, log, columns)
    if "persons" not in columns:
        total.pop("persons")
    required = [key for key in total if total[key] or key in {"visits", "cases"}]
    if log != "visits" and "persons" in required:
        required.remove("persons")
    groups = {
        group: {key: value for key, value in figures(rows, log, columns).items() if key in total}
        for group, rows in members.items()
    }
    certain = days and _days_are_certain(kept, columns)
    return Table(
        log,
        by,
        groups,
        total,
        tuple(required),
        rates,
        {group: median(_days(rows)) for group, rows in members.items()} if certain else None,
        median(_days(kept)) if certain else None,
    )


def _days(records: Iterable[Record]) -> list[int]:
    return [(record.closed - record.received).days for record in records if record.closed and record.received]


def _days_are_certain(records: Sequence[Record], columns: frozenset[str]) -> bool:
    """Whether every row with both dates is closed, not excluded, in order and of weight one."""
    if not {"received_on", "closed_on"} <= columns or "batches" in columns:
        return False
    both = [record for record in records if record.closed and record.received]
    return all(sets(record, columns) >= {CLOSED} and min(_days([record])) >= 0 for record in both)
