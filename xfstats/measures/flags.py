"""The flags that a record carries, from its sets, dates and words: bare adjectives, one list of booleans each.

Every condition that a measure names is a flag here; what offices disagree on is decided here, by their choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from xfstats.measures.choices import Choices
from xfstats.measures.deadlines import Limits, accept_by, due_days
from xfstats.model import SETS, Position

Column = list[bool]


@dataclass(frozen=True)
class Facts:
    """What understanding found about each of `size` rows: sets, dates, answers, words; None or missing where no column tells."""

    size: int
    sets: Mapping[str, Sequence[bool]]
    dates: dict[str, Sequence[date | None]] = field(default_factory=dict)
    persons: Sequence[int] | None = None
    weighted: bool = False
    extended: Sequence[bool] | None = None
    repeats: Sequence[str | None] | None = None
    """`initial` or `repeat`."""
    collective: Sequence[bool | None] | None = None
    in_time: Sequence[bool | None] | None = None
    """What the log's own column of timeliness says."""
    ratings: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    """Of satisfaction and satisfaction_unit: `satisfied`, `basically`, `dissatisfied`, `unrated`; None where nobody was asked."""
    counted: frozenset[int] | None = None
    """The rows of the period and of those that it is compared with; None: all."""
    unread: frozenset[int] = frozenset()
    """Rows whose state cannot be read; they are in no base."""


@dataclass(frozen=True)
class Flags:
    """The flags that some counts ask for, and where the due days come from, row by row, where a flag needed them."""

    columns: dict[str, Column]
    limits: Limits | None = None


def flag(facts: Facts, wanted: Iterable[str], choices: Choices, as_of: date, at: Position) -> Flags:
    """Each wanted flag of each row; in_base and the sets need no more than the outcomes."""
    names = frozenset(wanted)
    excluded, closed = facts.sets["excluded"], facts.sets["closed"]
    found: dict[str, Column] = {name: list(facts.sets[name]) for name in SETS}
    found["in_base"] = (
        [not one and row not in facts.unread for row, one in enumerate(excluded)]
        if facts.unread
        else [not one for one in excluded]
    )
    found["open"] = [not out and not done for out, done in zip(excluded, closed, strict=True)]
    if names & {"resolved", "decided"} and choices.partly_resolved != "unresolved":
        found.update(_partly(facts, choices))
    found.setdefault("decided", [True] * facts.size)
    if names & _COLLECTIVE:
        found["collective"] = collective(facts, choices)
    if names & _REPEATS:
        found.update({name: [one == name for one in facts.repeats or [None] * facts.size] for name in _REPEATS})
    judged = _judged(facts, choices)
    if names & _ACCEPTED:
        found.update(_acceptance(facts, choices, as_of, at, judged))
    limits = None
    if names & _TIMED:
        limits = due_days(facts.dates, facts.extended, judged, choices, at)
        found.update(_timing(facts, limits, found["open"], as_of))
    if "replied" in names:
        found["replied"] = [day is not None and day <= as_of for day in facts.dates.get("closed_on", [None] * facts.size)]
    for unit in ("", "_unit"):
        if any(name + unit in names for name in _RATED):
            found.update(_ratings(facts, choices, unit))
    return Flags({name: found[name] for name in names}, limits)


_COLLECTIVE = frozenset(["collective"])
_REPEATS = frozenset(["initial", "repeat"])
_ACCEPTED = frozenset(["accepted", "accepted_in_time", "acceptance_due", "dated"])
_TIMED = frozenset(
    [
        "timed",
        "due",
        "ripe",
        "closed_in_time",
        "closed_late",
        "overdue",
        "not_due",
        "due_in_7",
        "due_in_30",
        "due_later",
        "no_limit",
    ]
)
_RATED = ("in_rating", "asked", "answered", "satisfied")


def _judged(facts: Facts, choices: Choices) -> Column:
    """The rows whose limits are asked about: counted, and not excluded from every base."""
    excluded_too = any(base.excluded for base in choices.bases.values())
    rows = range(facts.size) if facts.counted is None else facts.counted
    return [row in rows and (excluded_too or not out) for row, out in enumerate(facts.sets["excluded"])]


def _partly(facts: Facts, choices: Choices) -> dict[str, Column]:
    """部分解决 as resolved, or left out of what is decided."""
    partly, resolved = facts.sets["partly"], facts.sets["resolved"]
    if choices.partly_resolved == "resolved":
        return {"resolved": [one or other for one, other in zip(partly, resolved, strict=True)]}
    return {"decided": [not one or other for one, other in zip(partly, resolved, strict=True)]}


def collective(facts: Facts, choices: Choices) -> Column:
    """Visits of as many persons as the office says; by the log's own column where heads do not tell."""
    if facts.persons is not None and not facts.weighted:
        return [number >= choices.collective_from for number in facts.persons]
    return [bool(one) for one in facts.collective or [None] * facts.size]


def _acceptance(facts: Facts, choices: Choices, as_of: date, at: Position, judged: Column) -> dict[str, Column]:
    """Accepted by the as-of day; within the limit; and whether a decision was due: taken, or the limit has passed."""
    nothing = [None] * facts.size
    received, accepted = facts.dates.get("received_on", nothing), facts.dates.get("accepted_on", nothing)
    limits = accept_by([day if asked else None for day, asked in zip(received, judged, strict=True)], choices, at)
    taken = [day is not None and day <= as_of for day in accepted]
    return {
        "dated": [day is not None for day in received],
        "accepted": taken,
        "accepted_in_time": [
            bool(done and limit and day and day <= limit) for done, day, limit in zip(taken, accepted, limits, strict=True)
        ],
        "acceptance_due": [done or (limit is not None and as_of > limit) for done, limit in zip(taken, limits, strict=True)],
    }


def timed_by_log(facts: Facts, as_of: date) -> list[bool | None]:
    """Return what the log's own column says of the time of each closed record; None where it is silent, or closed after as-of."""
    if facts.in_time is None:
        return [None] * facts.size
    days = facts.dates.get("closed_on") or [None] * facts.size
    rows = zip(facts.in_time, days, facts.sets["closed"], strict=True)
    return [said if done and (day is None or day <= as_of) else None for said, day, done in rows]


def _timing(facts: Facts, limits: Limits, opened: Sequence[bool], as_of: date) -> dict[str, Column]:
    """Closed in time or late, by the log's own column, else by the due day; open overdue or not due, by the due day.

    What is closed without either, or without a close date by as-of, has no timing.
    """
    told = timed_by_log(facts, as_of)
    ended = [day if day and day <= as_of else None for day in facts.dates.get("closed_on", [None] * facts.size)]
    rows = list(zip(limits.due, ended, facts.sets["closed"], told, strict=True))
    left = [due - as_of if due is not None and still else None for due, still in zip(limits.due, opened, strict=True)]
    week, month, none = timedelta(days=7), timedelta(days=30), timedelta(0)
    not_due = [days is not None and days >= none for days in left]
    return {
        "timed": [own is not None or (due is not None and (not done or end is not None)) for due, end, done, own in rows],
        "due": [due is not None and due <= as_of for due in limits.due],
        "closed_in_time": [bool(done and due and end and end <= due) if own is None else own for due, end, done, own in rows],
        "closed_late": [bool(done and due and end and end > due) if own is None else not own for due, end, done, own in rows],
        "overdue": [days is not None and days < none for days in left],
        "not_due": not_due,
        "ripe": [not one for one in not_due],
        "due_in_7": [days is not None and none <= days <= week for days in left],
        "due_in_30": [days is not None and week < days <= month for days in left],
        "due_later": [days is not None and days > month for days in left],
        "no_limit": [still and due is None for due, still in zip(limits.due, opened, strict=True)],
    }


def _ratings(facts: Facts, choices: Choices, unit: str) -> dict[str, Column]:
    """Who was asked, who answered, who stands in the base of satisfaction, and who is satisfied."""
    column = facts.ratings.get("satisfaction" + unit, [None] * facts.size)
    counted = {
        "satisfied": "satisfied",
        "dissatisfied": "unsatisfied",
        "basically": choices.basically_satisfied,
        "unrated": choices.unrated,
    }
    return {
        "asked" + unit: [one is not None for one in column],
        "answered" + unit: [one is not None and one != "unrated" for one in column],
        "in_rating" + unit: [one is not None and counted[one] != "out" for one in column],
        "satisfied" + unit: [one is not None and counted[one] == "satisfied" for one in column],
    }
