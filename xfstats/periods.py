"""Periods as people write them: 2026-10, 2026-Q3, 2026, last-month, last-week, A..B; both days included."""

from __future__ import annotations

import re
from datetime import date, timedelta

from xfstats.errors import UsageFault
from xfstats.model import Period

FORMS = "2026-10, 2026-Q3, 2026, last-month, last-week, 2026-05-27..2026-11-30"


def parse_period(text: str, as_of: date) -> Period:
    """The whole days that a period names, relative ones before `as_of`; raises UsageFault naming the forms.

    >>> parse_period("2026-Q3", date(2026, 11, 2)).last
    datetime.date(2026, 9, 30)
    """
    try:
        return _parse(text.strip(), as_of)
    except ValueError:
        raise UsageFault("E220", forms=FORMS) from None


def _parse(text: str, as_of: date) -> Period:
    first, dots, last = text.partition("..")
    if dots:
        period = Period(date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1))
        if period.first >= period.end:
            raise ValueError(text)
        return period
    if text == "last-month":
        end = as_of.replace(day=1)
        return Period(_months_on(end, -1), end)
    if text == "last-week":
        end = as_of - timedelta(days=as_of.weekday())
        return Period(end - timedelta(days=7), end)
    if found := re.fullmatch(r"(\d{4})", text):
        return Period(date(int(found[1]), 1, 1), date(int(found[1]) + 1, 1, 1))
    if found := re.fullmatch(r"(\d{4})-[Qq]([1-4])", text):
        start = date(int(found[1]), 3 * int(found[2]) - 2, 1)
        return Period(start, _months_on(start, 3))
    if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
        start = date(int(found[1]), int(found[2]), 1)
        return Period(start, _months_on(start, 1))
    day = date.fromisoformat(text)
    return Period(day, day + timedelta(days=1))


def _months_on(day: date, months: int) -> date:
    """The first of the month so many months on."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
