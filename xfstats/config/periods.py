"""Periods as typed, the periods of comparison, and the months, quarters, weeks and years of a series.

A month may run from another day than the 1st: with month_start_day 21, 2026-10 is 21 September to 20 October, and 2026 begins on
21 December.  Months are counted as year x 12 + month, so that shifting and labelling are whole-number arithmetic.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from xfstats.config.period_causes import why_no_period
from xfstats.config.period_words import MONTHS, period_key
from xfstats.errors import UsageFault
from xfstats.frozen import frozen
from xfstats.messages import both
from xfstats.model import Period, Window

RELATIVE = (
    *("this-month", "last-month", "this-week", "last-week", "this-quarter", "last-quarter", "this-year", "last-year"),
    *("ytd", "today", "yesterday"),
)
SERIES = ("year", "quarter", "month", "week")
"""Groupings by steps of time, beside the log's own fields."""
DERIVED = ("collective", "weekday")
"""Groupings by what is derived of each record."""
WEEKDAY = DERIVED[1]
"""A grouping by the day of the week of the date that the period is judged by."""
WEEKDAY_TEXTS = (
    *("classes.weekday.1", "classes.weekday.2", "classes.weekday.3", "classes.weekday.4"),
    *("classes.weekday.5", "classes.weekday.6", "classes.weekday.7"),
)
"""The texts of its labels, Monday first."""
COMPARED = ("prev", "yoy")
"""The period before (环比), and the same period a year before (同比)."""
YEAR_TO_DATE = "ytd"
"""The window from the first day of the year to the end of the period."""
YEARS = range(1900, 2900)
"""In which a day can be judged, and a period begin: what is earlier or later is a slip, and calendars end."""
_MONTHS = {"year": 12, "quarter": 3, "month": 1}


def parse_period(text: str, as_of: date, start_day: int = 1) -> Period:
    """Return the whole days that a period names, relative ones before `as_of`; raise UsageFault naming the forms.

    >>> parse_period("2026-Q3", date(2026, 11, 2)).last
    datetime.date(2026, 9, 30)
    >>> parse_period("2026-10", date(2026, 11, 2), 21).first
    datetime.date(2026, 9, 21)
    """
    key = period_key(text).strip()
    try:
        period = _parse(key, as_of, start_day)
    except (ValueError, OverflowError):
        raise UsageFault("E220", cause=why_no_period(key)) from None
    if period.first.year not in YEARS or period.last.year not in YEARS:
        raise UsageFault("E220", cause=both("period.years", first=YEARS[0], last=YEARS[-1]))
    return period


def _parse(text: str, as_of: date, start_day: int) -> Period:
    """Return the period that a text names; raise ValueError where it names none.

    Without a year it is that of this year, of the last where it has not begun; begun and not at its last part it could be either.
    """
    if text in RELATIVE:
        return _relative(text, as_of, start_day)
    this_year = month_of(as_of, start_day) // 12
    ends = [_end(one, this_year) for one in text.split("..", 1)]
    if any(end.year is not None for end in ends):
        return _span(
            [replace(one, year=other.year) if one.year is None else one for one, other in zip(ends, ends[::-1], strict=True)],
            start_day,
        )
    return _without_year(ends[0], ends[-1], this_year, as_of, start_day)


def _without_year(first: _End, last: _End, this_year: int, as_of: date, start_day: int) -> Period:
    """Return the period that two ends without a year name; raise UsageFault where it could be that of either year."""
    starts = [_whole(replace(end, year=this_year), start_day).first for end in (first, last)]
    crosses = starts[0] > starts[1]
    if not crosses and starts[0] <= as_of < starts[1]:
        raise UsageFault("E274", one=this_year - 1, other=this_year)
    year = this_year if starts[1] <= as_of else this_year - 1
    return _span([replace(first, year=year - crosses), replace(last, year=year)], start_day)


@frozen
class _End:
    """One end of a period: its year if it is told, and a month, quarter, half, week or day of the year (none: all of it)."""

    year: int | None
    unit: str
    number: int = 0
    day: int = 0


_END = re.compile(
    r"(?:(?P<year>\d{4}|this-year|last-year)(?:-(?=.)|$))?"
    r"(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|W(?P<week>\d{2})|(?:(?P<month>0[1-9]|1[0-2])|(?P<name>[a-z]{3,9}))(?:-(?P<day>\d{2}))?)?",
    re.IGNORECASE,
)


def _end(text: str, this_year: int) -> _End:
    """Return one end of a period; raise ValueError where it is none."""
    found = _END.fullmatch(text.strip())
    if found is None or not text.strip():
        raise ValueError(text)
    told = found["year"]
    year = None if not told else this_year - (told == "last-year") if not told.isdigit() else int(told)
    for unit in ("quarter", "half", "week"):
        if found[unit]:
            return _End(year, unit, int(found[unit]))
    if found["month"] and year is None:
        raise ValueError(text)
    month = MONTHS.index(found["name"].lower()) + 1 if found["name"] else int(found["month"] or 0)
    return _End(year, "day" if found["day"] else "month" if month else "year", month, int(found["day"] or 0))


def _whole(end: _End, start_day: int) -> Period:
    """Return the days of what is named in a year; raise ValueError where the year has no such day or week."""
    year = end.year or 0
    match end.unit:
        case "day":
            day = date(year, end.number, end.day)
            return Period(day, day + timedelta(days=1))
        case "week":
            monday = date.fromisocalendar(year, end.number, 1)
            return Period(monday, monday + timedelta(days=7))
        case unit:
            count = {"half": 6, **_MONTHS}[unit]
            return _months(12 * year + count * max(end.number - 1, 0), count, start_day)


def _span(ends: Sequence[_End], start_day: int) -> Period:
    """Return the days from the first end to the last, both included; raise ValueError where the last is earlier."""
    period = Period(_whole(ends[0], start_day).first, _whole(ends[-1], start_day).end)
    if period.first >= period.end:
        raise ValueError
    return period


def _relative(text: str, as_of: date, start_day: int) -> Period:
    """Return a period that is told from a day."""
    if text == "ytd":
        return Period(_relative("this-year", as_of, start_day).first, as_of + timedelta(days=1))
    if text in {"today", "yesterday"}:
        day = as_of - timedelta(days=text == "yesterday")
        return Period(day, day + timedelta(days=1))
    which, _, unit = text.partition("-")
    if unit == "week":
        monday = as_of - timedelta(days=as_of.weekday() + 7 * (which == "last"))
        return Period(monday, monday + timedelta(days=7))
    months = _MONTHS[unit]
    return _months((month_of(as_of, start_day) // months - (which == "last")) * months, months, start_day)


def whole_day(text: str) -> date:
    """Return a day typed as 2026-05-27; raise ValueError for another of ISO's forms."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
        raise ValueError(text)
    return date.fromisoformat(text.strip())


def month_of(day: date, start_day: int = 1) -> int:
    """Return the month that a day is in, counted as year x 12 + month - 1.

    >>> divmod(month_of(date(2026, 9, 21), 21), 12)
    (2026, 9)
    """
    return 12 * day.year + day.month - 1 + (start_day > 1 and day.day >= start_day)


def _first_of(month: int, start_day: int) -> date:
    """Return the first day of a month."""
    year, index = divmod(month - (start_day > 1), 12)
    return date(year, index + 1, start_day)


def _months(month: int, count: int, start_day: int) -> Period:
    """Return the period of so many months."""
    return Period(_first_of(month, start_day), _first_of(month + count, start_day))


def windows(
    names: Sequence[str], period: Period, as_of: date, start_day: int = 1, unit: str | None = None
) -> tuple[Period, tuple[Window, ...]]:
    """Return a period and its periods of comparison, all cut at the same day where `as_of` has not reached its end.

    With a `unit` of a series, prev is one unit earlier, row by row.  Raises UsageFault for weeks a year ago.
    """
    now = Period(period.first, as_of + timedelta(days=1)) if period.first <= as_of < period.last else period
    made = []
    for name in names:
        if name == "yoy" and unit == "week":
            raise UsageFault("E229")
        months = 12 if name == "yoy" else _MONTHS.get(unit, 0) if unit else whole_months(period, start_day)
        steps = 0 if unit is None else 1 if name == "prev" else 12 // _MONTHS[unit]
        made.append(Window(name, _earlier(now, period, months, start_day, 7 if unit == "week" else None), steps))
    return now, tuple(made)


def whole_months(period: Period, start_day: int = 1) -> int:
    """Return how many whole months a period is; 0 where it begins or ends within one."""
    if period.first.day != start_day or period.end.day != start_day:
        return 0
    return month_of(period.end, start_day) - month_of(period.first, start_day)


def cumulative(period: Period | None, cut: Period | None, start_day: int = 1, series: Sequence[str] = ()) -> Window:
    """Return the days from the first of its year to the end of a month, quarter or week, which may be `cut` at a day.

    A week is of the year that has its Thursday; the window of one that begins before that year begins with it.
    Raises UsageFault for any other period, and for a series.
    """
    if series:
        raise UsageFault("E234", one=f"--by {series[0]}", other="--with")
    if period is None or cut is None:
        raise UsageFault("E373")
    week = period.end - period.first == timedelta(days=7) and period.first.weekday() == 0
    months = whole_months(period, start_day)
    begins = month_of(period.first, start_day)
    if not week and (months not in {1, 3} or begins % months):
        raise UsageFault("E373")
    year = (period.first + timedelta(days=3)).year if week else begins // 12
    first = date(year, 1, 1) if week else _first_of(12 * year, start_day)
    return Window(YEAR_TO_DATE, Period(min(first, period.first), cut.end))


def _earlier(now: Period, period: Period, months: int, start_day: int, days: int | None) -> Period:
    """Return as much of the earlier period as `now` is of its own: so many months earlier, else so many days."""
    if not months:
        length = timedelta(days=days) if days is not None else period.end - period.first
        return Period(now.first - length, now.end - length)
    if now == period and whole_months(period, start_day):
        return Period(back(period.first, months), back(period.end, months))
    return Period(back(now.first, months), back(now.last, months) + timedelta(days=1))


def back(day: date, months: int) -> date:
    """Return the same day so many months before, the last of the month where it has no such day.

    >>> back(date(2024, 2, 29), 12), back(date(2026, 3, 31), 1)
    (datetime.date(2023, 2, 28), datetime.date(2026, 2, 28))
    """
    year, index = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, index + 1, min(day.day, calendar.monthrange(year, index + 1)[1]))


def step_of(day: date, unit: str, start_day: int = 1) -> int:
    """Return the number of the year, quarter, month or week (ISO, from Monday) that a day is in; the next has the next number."""
    if unit == "week":
        return (day.toordinal() - 1) // 7
    return month_of(day, start_day) // _MONTHS[unit]


def step_label(step: int, unit: str) -> str:
    """Return the name of a year, quarter, month or week: 2026, 2026-Q3, 2026-10, 2026-W40.

    >>> step_label(step_of(date(2026, 10, 1), "quarter"), "quarter"), step_label(step_of(date(2026, 10, 1), "week"), "week")
    ('2026-Q4', '2026-W40')
    """
    if unit == "week":
        year, week, _ = date.fromordinal(7 * step + 1).isocalendar()
        return f"{year:04}-W{week:02}"
    year, index = divmod(step, 12 // _MONTHS[unit])
    return {"year": f"{year:04}", "quarter": f"{year:04}-Q{index + 1}", "month": f"{year:04}-{index + 1:02}"}[unit]


def step_labels(first: date, last: date, unit: str, start_day: int = 1) -> list[str]:
    """Return the names of all years, quarters, months or weeks from one day to another, none left out."""
    return [step_label(step, unit) for step in range(step_of(first, unit, start_day), step_of(last, unit, start_day) + 1)]
