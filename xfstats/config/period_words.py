"""Periods and days as people write them (2026年1-10月, 三季度, October 2026), in the form that `config.periods` parses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from xfstats.config.typed_words import packaged_names, spelled
from xfstats.frozen import frozen

_PIECE = re.compile(
    r"(?:(?P<year>\d{4}|thisyear|lastyear)(?:[y/.-]|(?=[qh])|$))?"
    r"(?:(?P<part>q[1-4]|h[12])|(?P<week>\d{1,2})w|(?P<month>\d{1,2})m(?:(?P<day>\d{1,2})d?)?|(?P<last>\d{1,2})d"
    r"|(?P<bare>\d{1,2})(?:[/.-](?P<bare_day>\d{1,2}))?)?"
)
_YEAR_LAST = re.compile(r"(?P<rest>\d{1,2}m|[qh][1-4])(?P<year>\d{4})y?")
_KEY = re.compile(r"(?i:\d{4}(?:-[qhw]?\d{1,2})?(?:-\d{1,2})?)")
_MARKED = re.compile("[ymdwqh/.]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS_BACK: Mapping[str, int] = {"today": 0, "yesterday": 1}
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


@frozen
class _Piece:
    """A year, part of a year, or day, with what its text leaves out as None."""

    year: str | None = None
    part: str | None = None
    week: str | None = None
    month: str | None = None
    day: str | None = None
    bare: str | None = None
    """A number whose mark stands at the other end of the range."""

    def key(self) -> str | None:
        """Return the form that is parsed; None where something in it is missing."""
        if self.bare and not self.month and not self.part:
            return None
        year = {"thisyear": "this-year", "lastyear": "last-year"}.get(self.year or "", self.year)
        head = f"{year}-" if year else ""
        if self.part or self.week:
            return head + (self.part.upper() if self.part else f"W{self.week:0>2}")
        if self.month is None:
            return year if self.day is None else None
        if not 1 <= int(self.month) <= len(MONTHS):
            return None
        month = f"{self.month:0>2}" if year else MONTHS[int(self.month) - 1]
        return f"{head}{month}" + (f"-{self.day:0>2}" if self.day else "")


def _of(found: re.Match[str]) -> _Piece:
    """Return what a marked text names; a number without a mark is the month of a year, and says nothing alone."""
    month = found["month"] or (found["bare"] if found["year"] else None)
    bare = found["bare"] if not found["year"] else None
    return _Piece(found["year"], found["part"], found["week"], month, found["day"] or found["last"] or found["bare_day"], bare)


def period_key(text: str) -> str:
    """Return a period in the form that is parsed; the text itself where nothing in it is known.

    >>> period_key("2026年1-10月"), period_key("三季度"), period_key("上月"), period_key("Oct 2026"), period_key("10月1-15日")
    ('2026-01..2026-10', 'Q3', 'last-month', '2026-10', 'october-01..october-15')
    """
    if all(_KEY.fullmatch(end) for end in text.split("..")):
        return text
    bare = spelled(text, hyphens=True)
    if bare in (relative := _relative()):
        return relative[bare]
    marked = _marked(bare)
    first, dots, last = marked.partition("..")
    if not dots and marked.count("-") == 1 and _MARKED.search(marked):
        first, dots, last = marked.partition("-")
    pieces = [_piece(one) for one in ([first, last] if dots else [first])]
    if None in pieces:
        return text
    keys = [piece.key() for piece in _completed([one for one in pieces if one is not None])]
    return "..".join(key for key in keys if key) if all(keys) else text


def day_key(text: str) -> str:
    """Return a day as 2026-11-30; the text itself where it names no day, or one without a year."""
    key = period_key(text)
    if key in _DAYS_BACK:
        return (date.today() - timedelta(days=_DAYS_BACK[key])).isoformat()  # noqa: DTZ011 - the office's own day
    return key if _DAY.fullmatch(key) else text


@cache
def _relative() -> Mapping[str, str]:
    """Return the relative period of each of its names."""
    table = packaged_names()["relative"]
    return {spelled(name, hyphens=True): key for key, own in table.items() for name in (*own, key)}


def _marked(text: str) -> str:
    """Return a text with the words of dates as marks."""
    for mark, forms in packaged_names()["dates"].items():
        text = re.sub("|".join(forms), mark, text)
    return text


def _piece(text: str) -> _Piece | None:
    """Return what a marked text names, or None."""
    turned = _YEAR_LAST.fullmatch(text)
    found = _PIECE.fullmatch(f"{turned['year']}y{turned['rest']}" if turned else text)
    return _of(found) if found and text else None


def _completed(pieces: list[_Piece]) -> list[_Piece]:
    """Return the two ends of a range, each with the year and month that only the other tells."""
    if len(pieces) < 2:
        return pieces
    first, last = pieces
    if first.bare and last.part:
        first = replace(first, part=last.part[0] + first.bare)
    year = first.year or last.year
    first = replace(first, year=first.year or year, month=first.month or first.bare)
    last = replace(last, year=last.year or year, month=last.month or (last.bare if year else first.month if last.day else None))
    return [first, last]


def english_day(day: date) -> str:
    """Return a day in English: 2 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def english_days(first: date, last: date) -> str:
    """Return a period in English: 27 May to 30 November 2021; of whole months or a whole year their names.

    >>> english_days(date(2026, 3, 1), date(2026, 3, 31)), english_days(date(2026, 1, 1), date(2026, 9, 30))
    ('March 2026', 'January to September 2026')
    """
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if whole and (first.month, last.month, first.year) == (1, 12, last.year):
        return str(first.year)
    names = [MONTHS[one.month - 1].capitalize() if whole else english_day(one).rpartition(" ")[0] for one in (first, last)]
    if first.year != last.year:
        return f"{names[0]} {first.year} to {names[1]} {last.year}"
    return f"{names[0]} {last.year}" if names[0] == names[1] else f"{names[0]} to {names[1]} {last.year}"


def english_period(first: date, last: date) -> str:
    """Return a period as an English sentence begins with it: In March 2026, From 27 May to 30 November 2021, On 2 May 2026.

    >>> english_period(date(2026, 3, 1), date(2026, 3, 31)), english_period(date(2026, 3, 1), date(2026, 3, 9))
    ('In March 2026', 'From 1 March to 9 March 2026')
    """
    told = english_days(first, last)
    return f"{'From' if ' to ' in told else 'On' if first == last else 'In'} {told}"
