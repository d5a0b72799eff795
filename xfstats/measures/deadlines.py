"""Days by which a matter must be accepted and closed: calendar or working days after the day that starts them.

信访工作条例 (2022): 15 days from receipt to say whether a matter is accepted, 60 days from acceptance to answer, 30 more by
extension; how many, if any, and of which kind, are the office's choices.  The day that starts a limit is not counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xfstats.errors import InputFault
from xfstats.measures.choices import Calendar, Choices
from xfstats.model import Position

STARTS = ("due_on", "accepted_on", "received_on")
"""What a due day is taken from: the log's own, else the day of acceptance, else that of receipt."""


@dataclass(frozen=True)
class Limits:
    """The due day of each row, and from which date it comes; None where no date tells it."""

    due: list[date | None]
    by: list[str | None]


def add_days(start: date, count: int, choices: Choices, at: Position) -> date:
    """The day `count` days after `start`; raises InputFault where no table says which days of a year are worked."""
    if choices.days == "calendar" or not count:
        return start + timedelta(days=count)
    calendar = choices.calendar
    day = start
    while count:
        day += timedelta(days=1)
        if calendar is None or day.year not in calendar.years:
            raise InputFault("E325", at, year=day.year)
        count -= worked(day, calendar)
    return day


def worked(day: date, calendar: Calendar) -> bool:
    """Whether a day of the calendar's years is a working day: Monday to Friday but days off, and working weekends."""
    ordinal = day.toordinal()
    return ordinal in calendar.on or (day.weekday() < 5 and ordinal not in calendar.off)


def due_days(
    dates: dict[str, Sequence[date | None]],
    extended: Sequence[bool] | None,
    judged: Sequence[bool],
    choices: Choices,
    at: Position,
) -> Limits:
    """Return the day by which each row must be closed: the log's own, else by the limits, if the choices have any.

    A row that is not `judged` has none but its own, nor has one that was extended by how many days nobody says.
    """
    nothing: Sequence[date | None] = [None] * len(judged)
    columns = [dates.get(name, nothing) for name in STARTS]
    known: dict[tuple[date, bool], date] = {}
    due: list[date | None] = []
    by: list[str | None] = []
    for row, (own, accepted, received) in enumerate(zip(*columns, strict=True)):
        longer = bool(extended and extended[row])
        start = accepted or received
        limit = _limit(choices, longer=longer)
        if own is not None:
            due.append(own)
            by.append("due_on")
        elif start is None or limit is None or not judged[row]:
            due.append(None)
            by.append(None)
        else:
            if (start, longer) not in known:
                known[start, longer] = add_days(start, limit, choices, at)
            due.append(known[start, longer])
            by.append("accepted_on" if accepted is not None else "received_on")
    return Limits(due, by)


def _limit(choices: Choices, *, longer: bool) -> int | None:
    """Return the days in which a matter must be closed; None where the choices do not say them."""
    if choices.handling_days is None or not longer:
        return choices.handling_days
    return None if choices.extension_days is None else choices.handling_days + choices.extension_days


def accept_by(received: Sequence[date | None], choices: Choices, at: Position) -> list[date | None]:
    """Return the day by which each row must be accepted or refused; None where the choices have no limit for it."""
    limit = choices.acceptance_days
    if limit is None:
        return [None] * len(received)
    known = {day: add_days(day, limit, choices, at) for day in set(received) if day is not None}
    return [known[day] if day is not None else None for day in received]
