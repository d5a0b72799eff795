"""Days, months and years in the text of a report, each one figure however it is written: 2026-11-02, 2026年11月2日."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from xfstats.config.period_words import MONTHS

_NAMES = "|".join(month.capitalize() for month in MONTHS)
DAY = (
    r"(?<!\d)(?:\d{4}-\d\d-\d\d(?!\d)|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日"
    rf"|\d{{1,2}} (?:{_NAMES})(?: \d{{4}}(?!\d)|(?= to )))"
)
"""Pattern of a day, month or year; the year may stand with another day: 2021年5月27日至11月30日, 27 May to 30 November 2021."""
_PARTS = re.compile(
    rf"(?:(?P<year>\d{{4}})[-年])?(?:(?P<month>\d{{1,2}})[-月](?:(?P<day>\d{{1,2}})日?)?)?"
    rf"|(?P<first>\d{{1,2}}) (?P<name>{_NAMES})(?: (?P<last>\d{{4}}))?"
)


def read_days(texts: Sequence[str]) -> list[str | None]:
    """Return each day, month or year in ISO form, a day's year from the nearest one that has one; None where a text is none.

    A text that is in the form of a day, without a year or not in the calendar, stays as it is.


    >>> read_days(["2021年5月27日", "11月30日", "96"]), read_days(["27 May", "30 November 2021"])
    (['2021-05-27', '2021-11-30', None], ['2021-05-27', '2021-11-30'])
    >>> read_days(["2021年", "2021年5月", "2021-05-01"])
    ['2021', '2021-05', '2021-05-01']
    >>> read_days(["5月27日"]), read_days(["2021-02-30"])
    (['5月27日'], ['2021-02-30'])
    """
    found = [_PARTS.fullmatch(text) for text in texts]
    years = [one and (one["year"] or one["last"]) for one in found]
    before, known = None, []
    for year in years:
        before = year or before
        known.append(before)
    after = None
    for place in reversed(range(len(years))):
        after = years[place] or after
        known[place] = known[place] or after
    return [one and (_iso(one, year) or one[0]) for one, year in zip(found, known, strict=True)]


def _iso(found: re.Match[str], year: str | None) -> str | None:
    """Return a day, month or year in ISO form; None without a year or where there is no such day."""
    if year is None:
        return None
    month = found["month"] or (found["name"] and str([one.capitalize() for one in MONTHS].index(found["name"]) + 1))
    day = found["day"] or found["first"]
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole[: 10 if day else 7 if month else 4]
