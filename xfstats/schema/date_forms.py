"""The table of date forms: one row each, with its pattern and how year, month and day are taken from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from xfstats.config.day_patterns import YEAR
from xfstats.row_reasons import RowReason
from xfstats.schema.date_order import full_year
from xfstats.schema.numerals import chinese_number

Parts: TypeAlias = tuple[int | None, int, int]
"""Year, month and day; the year is None where the form has none and the log has to state it."""

DIGITS = {**{char: str(value) for value, char in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PART = "(?:凌晨|清晨|早上|早晨|早|晨|上午|中午|午间|下午|午后|傍晚|晚上|晚间|晚|夜间|夜里|夜)"
_TIME = (
    rf"(?:[T\s]*(?:{_PART}|am|pm)?\s*\d{{1,2}}(?:[:时点]\d{{1,2}}(?:[:分]\d{{1,2}}(?:\.\d+)?秒?)?分?)?时?点?"
    rf"\s*(?:am|pm)?(?:z|[+-]\d{{2}}:?\d{{2}})?"
    rf"|\s*(?:{_PART})?\s*(?:\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})[时点](?:钟|半|整|[一三]刻|[零〇一二三四五六七八九十]{{1,3}}分?)?"
    rf"|\s*{_PART})?"
)
_CLOCK = r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?)?"
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_DAY_NAME = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s)?"


@dataclass(frozen=True)
class Habits:
    """What is known of how a sheet writes its days."""

    year: int | None = None
    """The year that the context of the sheet states."""
    order: str = "none"
    """The order of texts such as 3/4/2024: `none`, `ymd`, `mdy` or `dmy`."""
    two_figures: bool = False
    """True if the order of 3/4/24 is known as well."""
    short: bool = False
    """True if the order of 3.4 is known as well."""
    decimal: bool = False
    """True if numbers such as 10.9 are days too, in this order."""


@dataclass(frozen=True)
class DateForm:
    """A form of days, of which a cell is the whole text, perhaps with a time of day."""

    day: str
    """Pattern of the day, with named groups for `read`."""
    read: Callable[[re.Match[str], Habits], Parts | RowReason | None]
    """Returns the parts of the day; None where the text is no day of this form, or a sheet of these habits does not write
    days so: the forms after it are tried. A reason ends the search: no other form could read it."""
    time: str = ""
    """Pattern of what may stand behind the day."""
    year_first: bool = False
    """True if it begins with a year of four figures: day and month are beyond doubt."""
    month_first: bool = False
    """True if it begins with a month in figures, and the day follows it beyond doubt."""
    marks_record: bool = False
    """True if no text of a header has such a day: the row that it stands in is a record."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern of a whole cell; upper and lower case are alike."""
        return re.compile(self.day + self.time, re.IGNORECASE)


def _whole(found: re.Match[str], _habits: Habits) -> Parts:
    """Return the day of 2024-5-6."""
    return int(found["y"]), int(found["m"]), int(found["d"])


def _without_year(found: re.Match[str], _habits: Habits) -> Parts:
    """Return the day of 5月6日."""
    return None, int(found["m"]), int(found["d"])


def _short_year(found: re.Match[str], _habits: Habits) -> Parts:
    """Return the day of 24年5月6日."""
    return 2000 + int(found["y"]), int(found["m"]), int(found["d"])


def _numerals(found: re.Match[str], _habits: Habits) -> Parts:
    """Return the day of 二〇二四年五月六日, with or without its year."""
    year = int("".join(DIGITS[char] for char in found["y"] if char != " ")) if found["y"] else None
    return year, _numeral(found["m"]), _numeral(found["d"])


def _named_month(found: re.Match[str], _habits: Habits) -> Parts | None:
    """Return the day of 6 May 2024 and May 6, 2024."""
    name = found["n"][:3].lower()
    return (full_year(found["y"]), _MONTHS.index(name) + 1, int(found["d"])) if name in _MONTHS else None


def _named_month_alone(found: re.Match[str], _habits: Habits) -> Parts | RowReason:
    """Return the day of 6 May and 6th of May, without a year; May 6 may be a month of 2006."""
    name = found["n"][:3].lower()
    return (None, _MONTHS.index(name) + 1, int(found["d"])) if name in _MONTHS else RowReason.DATE_TEXT


def _two_figures_first(found: re.Match[str], habits: Habits) -> Parts | None:
    """Return the day of 24-5-6 where that order is stated, or none is and 24 is the year of the log."""
    year = int(found["y"])
    known = habits.order == "ymd" or (not habits.two_figures and habits.year is not None and year == habits.year % 100)
    return (2000 + year, int(found["m"]), int(found["d"])) if known else None


def _short(found: re.Match[str], habits: Habits) -> Parts | None:
    """Return the day of 5.6 where the order is known and the log has a year."""
    if not (habits.short and habits.year and habits.order in {"dmy", "mdy"}):
        return None
    one, other = int(found["a"]), int(found["b"])
    return (None, one, other) if habits.order == "mdy" else (None, other, one)


def _slashed(found: re.Match[str], habits: Habits) -> Parts | RowReason:
    """Return the day of 5/6/2024 in the order that is known."""
    one, other, year = int(found["a"]), int(found["b"]), found["y"]
    if habits.order in {"none", "ymd"} or (len(year) == 2 and not habits.two_figures):
        return RowReason.DATE_AMBIGUOUS
    return (full_year(year), one, other) if habits.order == "mdy" else (full_year(year), other, one)


def _numeral(text: str) -> int:
    """Return 十二, 二十, 廿一, 元, 正 as whole numbers; 0 where it is none."""
    text = text.replace(" ", "").replace("廿", "二十").replace("卅", "三十").replace("元", "一").replace("正", "一")
    return chinese_number(text) or 0


SLASHED: Final = DateForm(
    r"(?P<a>\d{1,2})(?P<s>[/.-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})", _slashed, _CLOCK, marks_record=True
)
SHORT: Final = DateForm(r"(?P<a>\d{1,2})\s*(?P<s>[/.-])\s*(?P<b>\d{1,2})", _short)
# fmt: off
FORMS: Final = (
    DateForm(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})(?:\s*[日号]|(?!\d))", _whole, _WEEKDAY + _TIME,
             year_first=True, marks_record=True),
    DateForm(r"(?P<y>\d{4})\s*(?P<s>[-/.。、])\s*(?P<m>\d{1,2})\s*(?P=s)\s*(?P<d>\d{1,2})", _whole, _WEEKDAY + _TIME,
             year_first=True, marks_record=True),
    DateForm(rf"(?P<y>{YEAR})(?P<m>\d{{2}})(?P<d>\d{{2}})", _whole, r"(?:\s*\d{2}:?\d{2}(?::?\d{2})?)?", year_first=True),
    DateForm(r"(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]?", _without_year, _WEEKDAY + _TIME,
             month_first=True),
    DateForm(r"(?P<y>\d{2})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]", _short_year, _TIME),
    DateForm(r"(?:(?P<y>(?:[〇零○一二三四五六七八九] ?){4})年 ?)?(?P<m>(?:[一二三四五六七八九十元正] ?){1,2})月 ?"
             r"(?P<d>(?:[一二三四五六七八九十廿卅] ?){1,3})[日号]?", _numerals),
    DateForm(rf"{_DAY_NAME}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?P<s>[\s/-])(?P<n>[a-z]{{3,9}})(?P=s)(?P<y>\d{{4}}|\d{{2}})",
             _named_month, _CLOCK, marks_record=True),
    DateForm(rf"{_DAY_NAME}(?P<n>[a-z]{{3,9}})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s)(?P<y>\d{{4}})",
             _named_month, _CLOCK, marks_record=True),
    DateForm(rf"{_DAY_NAME}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof\s|[\s-])(?P<n>[a-z]{{3,9}})", _named_month_alone),
    DateForm(r"(?P<y>\d{2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})", _two_figures_first, _CLOCK),
    SHORT,
    SLASHED,
)
# fmt: on
"""All forms, in the order in which they are tried; day and month are never guessed."""
