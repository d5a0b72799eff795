"""Deadlines for accepting and closing a matter, in calendar or working days after the day that starts them.

信访工作条例 (2022): 15 days from receipt to say whether a matter is accepted, 60 days from acceptance to answer, 30 more by
extension; how many, if any, and of which kind, are the office's choices.  The day that starts a limit is not counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xfstats.errors import InputFault
from xfstats.frozen import frozen
from xfstats.measures.choices import Calendar, Choices
from xfstats.model import Position

DayArray: TypeAlias = NDArray[np.datetime64]
"""Seconds, of which a day has its midnight; NaT where there is none."""
Mask: TypeAlias = NDArray[np.bool_]
NO_DAY = np.datetime64("NaT", "s")
_EPOCH = date(1970, 1, 1).toordinal()
_SECONDS = 86_400
STARTS = ("due_on", "accepted_on", "received_on")
"""The fields from which a due day is computed: the log's own, else the day of acceptance, else that of receipt."""


@frozen
class DueDays:
    """The due day of each row, NaT where no date tells it, and which of `STARTS` it comes from, -1 for none."""

    due: DayArray
    by: NDArray[np.int8]


def add_days(start: date, count: int, choices: Choices, at: Position) -> date:
    """Return the day `count` days after `start`; raise InputFault where the calendar does not know the working days of a year."""
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
    """True if a day of the calendar's years is a working day: Monday to Friday but days off, and working weekends."""
    ordinal = day.toordinal()
    return ordinal in calendar.on or (day.weekday() < 5 and ordinal not in calendar.off)


def due_days(dates: Mapping[str, DayArray], extended: Mask, judged: Mask, choices: Choices, at: Position) -> DueDays:
    """Return the day by which each row must be closed: the log's own, else by the limits, if the choices have any.

    A row that is not `judged` has none but its own, nor has one that was extended by how many days nobody says.
    """
    nothing = np.full(len(judged), NO_DAY)
    own, accepted, received = (dates.get(name, nothing) for name in STARTS)
    starts = np.where(np.isnat(accepted), received, accepted)
    limits = {longer: _limit(choices, longer=longer) for longer in (False, True)}
    told = np.where(extended, limits[True] is not None, limits[False] is not None)
    open_ended = np.isnat(own) & ~np.isnat(starts) & judged & told
    keys = starts[open_ended].astype("int64") * 2 + extended[open_ended]
    codes, distinct = pd.factorize(keys)
    ends = [add_days(_day(key // 2), limits[bool(key % 2)] or 0, choices, at) for key in distinct.tolist()]
    due = own.copy()
    due[open_ended] = as_days(ends)[codes]
    by = np.where(np.isnat(due), -1, np.where(~np.isnat(own), 0, np.where(np.isnat(accepted), 2, 1))).astype(np.int8)
    return DueDays(due, by)


def _limit(choices: Choices, *, longer: bool) -> int | None:
    """Return the days in which a matter must be closed; None where the choices do not say them."""
    if choices.handling_days is None or not longer:
        return choices.handling_days
    return None if choices.extension_days is None else choices.handling_days + choices.extension_days


def accept_by(received: DayArray, judged: Mask, choices: Choices, at: Position) -> DayArray:
    """Return the day by which each judged row must be accepted or refused; NaT where the choices have no limit for it."""
    due = np.full(len(received), NO_DAY)
    limit = choices.acceptance_days
    if limit is not None:
        rows = judged & ~np.isnat(received)
        codes, distinct = pd.factorize(received[rows].astype("int64"))
        due[rows] = as_days([add_days(_day(second), limit, choices, at) for second in distinct.tolist()])[codes]
    return due


def as_days(days: Sequence[date | None]) -> DayArray:
    """Return days as an array of seconds, NaT for None: all from the year 1 to 9999."""
    return np.array(days, "datetime64[D]").astype("datetime64[s]")


def _day(second: int) -> date:
    return date.fromordinal(_EPOCH + second // _SECONDS)
