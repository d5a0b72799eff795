"""Periods as typed, the periods of comparison, and the months, quarters, weeks and years of a series.

A month may run from another day than the 1st: with month_start_day 21, 2026-10 is 21 September to 20 October, and 2026 begins on
21 December.  Months are counted as year x 12 + month, so that shifting and labelling are whole-number arithmetic.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from xfstats.errors import UsageFault
from xfstats.messages import both
from xfstats.model import Period, Window

RELATIVE: Mapping[str, tuple[str, int]] = {
    "this-week": ("week", 0),
    "last-week": ("week", -1),
    "this-month": ("month", 0),
    "last-month": ("month", -1),
    "this-quarter": ("quarter", 0),
    "last-quarter": ("quarter", -1),
    "this-year": ("year", 0),
    "last-year": ("year", -1),
}
"""Periods named by the as-of day: the unit that the day is in, and how many units later."""
YEAR_TO_DATE = "ytd"
FORMS = f"2026-10, 2026-Q3, 2026-W40, 2026, 2026-05-27..2026-11-30, 2026-01..2026-10, {', '.join(RELATIVE)}, {YEAR_TO_DATE}"
SERIES = ("year", "quarter", "month", "week")
"""Groupings by steps of time, beside the log's own fields."""
DERIVED = ("collective", "weekday")
"""Groupings by what is derived of each record."""
WEEKDAY = DERIVED[1]
"""A grouping by the day of the week of the date that the period is judged by."""
COMPARED = ("prev", "yoy")
"""The period before (环比), and the same period a year before (同比)."""
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
    try:
        period = _parse(text.strip(), as_of, start_day)
    except (ValueError, OverflowError):
        raise UsageFault("E220", cause=_cause(text.strip()), forms=FORMS) from None
    if period.first.year not in YEARS or period.last.year not in YEARS:
        raise UsageFault("E220", cause=both("period.years", first=YEARS[0], last=YEARS[-1]), forms=FORMS)
    return period


def _parse(text: str, as_of: date, start_day: int) -> Period:
    """Return the period that a text names; raise ValueError where it names none."""
    first, dots, last = text.partition("..")
    if dots:
        period = Period(_whole(first.strip(), start_day).first, _whole(last.strip(), start_day).end)
        if period.first >= period.end:
            raise ValueError(text)
        return period
    if text == YEAR_TO_DATE:
        return Period(_first_of(12 * (month_of(as_of, start_day) // 12), start_day), as_of + timedelta(days=1))
    if text not in RELATIVE:
        return _whole(text, start_day)
    unit, later = RELATIVE[text]
    if unit == "week":
        monday = as_of + timedelta(days=7 * later - as_of.weekday())
        return Period(monday, monday + timedelta(days=7))
    count = _MONTHS[unit]
    return _months(count * (month_of(as_of, start_day) // count + later), count, start_day)


def _whole(text: str, start_day: int) -> Period:
    """Return the year, quarter, month, week or day that a text names by its number; raise ValueError where it names none."""
    if found := re.fullmatch(r"(\d{4})", text):
        return _months(12 * int(found[1]), 12, start_day)
    if found := re.fullmatch(r"(\d{4})-[Qq]([1-4])", text):
        return _months(12 * int(found[1]) + 3 * int(found[2]) - 3, 3, start_day)
    if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text):
        return _months(12 * int(found[1]) + int(found[2]) - 1, 1, start_day)
    if found := re.fullmatch(r"(\d{4})-[Ww](\d{2})", text):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return Period(monday, monday + timedelta(days=7))
    day = whole_day(text)
    return Period(day, day + timedelta(days=1))


def _cause(text: str) -> tuple[str, str] | str:
    """Return why a text of a known form is no period, with what there is; an empty text where its form is not known."""
    first, dots, last = text.partition("..")
    for one in map(str.strip, (first, last) if dots else (first,)):
        if found := re.fullmatch(r"(\d{4})-(\d{2})-\d{2}", one):
            year, month = int(found[1]), int(found[2])
            if year and 1 <= month <= 12:
                days = calendar.monthrange(year, month)[1]
                if int(one[-2:]) not in range(1, days + 1):
                    return both("period.days", month=one[:7], last=days)
            elif year:
                return both("period.months")
        elif (found := re.fullmatch(r"\d{4}-(\d{2})", one)) and int(found[1]) not in range(1, 13):
            return both("period.months")
        elif (found := re.fullmatch(r"(\d{4})-[Ww](\d{2})", one)) and int(found[1]):
            weeks = date(int(found[1]), 12, 28).isocalendar().week  # the 28th is always in the last week of its year
            if int(found[2]) not in range(1, weeks + 1):
                return both("period.weeks", year=found[1], last=weeks)
        elif re.fullmatch(r"\d{4}-[Qq]\d", one) and one[-1] not in "1234":
            return both("period.quarters")
    forward = dots and all(re.match(r"\d{4}", one.strip()) for one in (first, last))
    return both("period.backward") if forward else ""


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
