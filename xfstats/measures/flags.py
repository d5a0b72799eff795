"""The flags that a record carries, from its sets, dates and words: bare adjectives, one boolean column each.

Every condition that a measure names is a flag here; what offices disagree on is decided here, by their choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import pandas as pd

from xfstats.frozen import frozen
from xfstats.measures.choices import Choices
from xfstats.measures.deadlines import NO_DAY, DayArray, DueDays, Mask, accept_by, as_days, due_days
from xfstats.measures.definitions import BY_ANSWER
from xfstats.model import SETS, Position

RATINGS = ("satisfaction", "satisfaction_unit")
_DAY = np.timedelta64(86_400, "s")


@frozen
class Flags:
    """The flags that some counts ask for, a column each; and the due days, where a flag needed them."""

    columns: pd.DataFrame
    limits: DueDays | None = None
    latest: date = date.min
    """The latest limit, of acceptance or of handling, that was compared with the as-of day."""


def compute_flags(
    frame: pd.DataFrame, counted: Mask, wanted: Iterable[str], choices: Choices, as_of: date, at: Position
) -> Flags:
    """Return each wanted flag of each row of a frame of records; in_base and the sets need no more than the outcomes.

    The frame has a boolean column for each status set and `unread`, and where the log has them dates (datetime64), `persons`,
    `batches`, and the classes (categories) of `extension`, `repeat`, `collective` and the ratings.  `counted` are the rows
    of the period and of those that it is compared with.
    """
    names = frozenset(wanted)
    excluded, closed = _mask(frame, "excluded"), _mask(frame, "closed")
    found = {name: _mask(frame, name) for name in SETS}
    found["in_base"] = ~excluded & ~_mask(frame, "unread")
    found["open"] = ~excluded & ~closed
    found["decided"] = np.ones(len(frame), bool)
    if names & {"resolved", "decided"}:
        found |= _partly(found, choices)
    if names & _COLLECTIVE:
        found["collective"] = collective(frame, choices)
    if names & _REPEAT_FLAGS:
        found |= {name: _has_class(frame, "repeat", name) for name in _REPEAT_FLAGS}
    judged = counted & (~excluded | any(base.excluded for base in choices.bases.values()))
    last = as_days([as_of])[0]
    compared: list[DayArray] = []
    if names & _ACCEPTANCE_FLAGS:
        limits = accept_by(_days(frame, "received_on"), judged, choices, at)
        found |= _acceptance(frame, limits, last)
        compared.append(limits)
    due = None
    if names & _TIMING_FLAGS:
        due = due_days({name: _days(frame, name) for name in _DATES}, _has_class(frame, "extension", "yes"), judged, choices, at)
        found |= _timing(frame, due, found["open"], last)
        compared.append(due.due)
    if "replied" in names:
        found["replied"] = _days(frame, "closed_on") <= last
    found |= {name: _has_class(frame, "satisfaction", one) for name, one in BY_ANSWER.items() if name in names}
    for unit in ("", "_unit"):
        if any(name + unit in names for name in _RATING_FLAGS):
            found |= _ratings(frame, choices, unit)
    latest = max((day for days in compared if (day := latest_of(days)) is not None), default=date.min)
    return Flags(pd.DataFrame({name: found[name] for name in sorted(names)}, index=frame.index), due, latest)


def latest_of(days: DayArray) -> date | None:
    """Return the latest of some days; None where there is none."""
    known = days[~np.isnat(days)]
    found: date | None = known.max().astype("datetime64[D]").item() if len(known) else None
    return found


def _mask(frame: pd.DataFrame, name: str) -> Mask:
    """Return a boolean column."""
    return frame[name].to_numpy(bool)


def _days(frame: pd.DataFrame, name: str) -> DayArray:
    """Return a column of days; none anywhere where the log has no such column."""
    return frame[name].to_numpy() if name in frame else np.full(len(frame), NO_DAY)


def _has_class(frame: pd.DataFrame, name: str, *classes: str) -> Mask:
    """Return which rows have one of these classes; none where the log has no such column."""
    return frame[name].isin(classes).to_numpy() if name in frame else np.zeros(len(frame), bool)


_DATES = ("due_on", "accepted_on", "received_on")

_COLLECTIVE = frozenset(["collective"])
_REPEAT_FLAGS = frozenset(["initial", "repeat"])
_ACCEPTANCE_FLAGS = frozenset(["accepted", "accepted_in_time", "acceptance_due", "dated"])
_TIMING_FLAGS = frozenset(
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
_RATING_FLAGS = ("in_rating", "asked", "answered", "satisfied")


def _partly(found: Mapping[str, Mask], choices: Choices) -> dict[str, Mask]:
    """Return the flag that the choice for 部分解决 changes: `resolved` with it, or `decided` without it; empty for neither."""
    partly, resolved = found["partly"], found["resolved"]
    match choices.partly_resolved:
        case "resolved":
            return {"resolved": partly | resolved}
        case "out":
            return {"decided": ~partly | resolved}
        case _:
            return {}


def collective(frame: pd.DataFrame, choices: Choices) -> Mask:
    """Return which records are collective visits: by their persons; without these, or with batches, by the log's own column."""
    if "persons" in frame and "batches" not in frame:
        heads: Mask = frame["persons"].to_numpy() >= choices.collective_from
        return heads
    return _has_class(frame, "collective", "yes")


def _acceptance(frame: pd.DataFrame, limits: DayArray, last: np.datetime64) -> dict[str, Mask]:
    """Return the flags of acceptance by the day `last`: dated, accepted, within the limit, due (accepted or past the limit)."""
    accepted = _days(frame, "accepted_on")
    taken = accepted <= last
    return {
        "dated": ~np.isnat(_days(frame, "received_on")),
        "accepted": taken,
        "accepted_in_time": taken & (accepted <= limits),
        "acceptance_due": taken | (last > limits),
    }


def timed_by_log(frame: pd.DataFrame, last: np.datetime64) -> tuple[Mask, Mask]:
    """Return which closed records are in time and which late by the log's own column; those closed after `last` are neither."""
    ended = _days(frame, "closed_on")
    heard = _mask(frame, "closed") & (np.isnat(ended) | (ended <= last))
    return heard & _has_class(frame, "on_time_flag", "yes"), heard & _has_class(frame, "on_time_flag", "no")


def _timing(frame: pd.DataFrame, limits: DueDays, opened: Mask, last: np.datetime64) -> dict[str, Mask]:
    """Return the flags of timing: closed in time or late, by the log's own column, else by the due day; open by the due day.

    Without a value in that column, a closed record has no timing unless it has a due day and a close date up to as-of.
    """
    due, done, ended = limits.due, _mask(frame, "closed"), _days(frame, "closed_on")
    ended = np.where(ended <= last, ended, NO_DAY)
    limited, left = ~np.isnat(due), due - last
    said_in_time, said_late = timed_by_log(frame, last)
    said = said_in_time | said_late
    still = opened & limited
    week, month, none = 7 * _DAY, 30 * _DAY, 0 * _DAY
    not_due = still & (left >= none)
    return {
        "timed": said | (limited & ~(done & np.isnat(ended))),
        "due": due <= last,
        "closed_in_time": said_in_time | (done & (ended <= due) & ~said),
        "closed_late": said_late | (done & (ended > due) & ~said),
        "overdue": still & (left < none),
        "not_due": not_due,
        "ripe": ~not_due,
        "due_in_7": not_due & (left <= week),
        "due_in_30": still & (left > week) & (left <= month),
        "due_later": still & (left > month),
        "no_limit": opened & ~limited,
    }


def _ratings(frame: pd.DataFrame, choices: Choices, unit: str) -> dict[str, Mask]:
    """Return the rating flags by the office's choices: asked, answered, in the base of the satisfaction rate, satisfied."""
    counted = {
        "satisfied": "satisfied",
        "dissatisfied": "unsatisfied",
        "basically": choices.basically_satisfied,
        "unrated": choices.unrated,
    }
    name = "satisfaction" + unit
    in_base = [one for one, as_what in counted.items() if as_what != "out"]
    return {
        "asked" + unit: _has_class(frame, name, *counted),
        "answered" + unit: _has_class(frame, name, *(one for one in counted if one != "unrated")),
        "in_rating" + unit: _has_class(frame, name, *in_base),
        "satisfied" + unit: _has_class(frame, name, *(one for one, as_what in counted.items() if as_what == "satisfied")),
    }
