"""Calendar days from cells: a closed list of forms, no fuzzy parser, no guess between day-first and month-first."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from xfstats.config.normalize import INVISIBLE, MISSING
from xfstats.model import Cell
from xfstats.readers.columns import by_distinct

FIRST_YEAR: Final = 1990
MONTHS: Final = 12
LEAST_TELLING: Final = 3
SERIALS: Final = (20000, 80000)
EPOCH_1900: Final = date(1899, 12, 30)
EPOCH_1904: Final = date(1904, 1, 1)

_DIGITS = {**{char: str(value) for value, char in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = (
    r"(?:[T\s]*(?:上午|下午|am|pm)?\s*\d{1,2}(?:[:时点]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?)?时?点?"
    r"\s*(?:am|pm)?(?:z|[+-]\d{2}:?\d{2})?|\s*(?:上午|下午|中午|晚上))?"
)
_CLOCK = r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?)?"
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_FORMS: Final = (
    _form(rf"(?P<y>\d{{4}})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*[日号]{_WEEKDAY}{_TIME}"),
    _form(rf"(?P<y>\d{{4}})\s*(?P<s>[-/.。、])\s*(?P<m>\d{{1,2}})\s*(?P=s)\s*(?P<d>\d{{1,2}}){_WEEKDAY}{_TIME}"),
    _form(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:\s*\d{2}:?\d{2}(?::?\d{2})?)?"),
)
_MONTH_DAY: Final = _form(rf"(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*[日号]?{_WEEKDAY}{_TIME}")
_SHORT_YEAR: Final = _form(rf"(?P<y>\d{{2}})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*[日号]{_TIME}")
_NUMERALS: Final = _form(
    r"(?P<y>[〇零○一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十元正]{1,2})月(?P<d>[一二三四五六七八九十廿卅]{1,3})[日号]?"
)
_SLASHED: Final = _form(rf"(?P<a>\d{{1,2}})(?P<s>[/.-])(?P<b>\d{{1,2}})(?P=s)(?P<y>\d{{4}}|\d{{2}}){_CLOCK}")
_SHORT: Final = _form(r"(?P<a>\d{1,2})\s*(?P<s>[/.-])\s*(?P<b>\d{1,2})")
_YEAR_FIRST: Final = _form(rf"(?P<y>\d{{2}})(?P<s>[/.-])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_CLOCK}")
_NAMED_DAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s)?"
_DAY_FIRST: Final = _form(
    rf"{_NAMED_DAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?P<n>[a-z]{{3,9}})[\s-](?P<y>\d{{4}}|\d{{2}}){_CLOCK}"
)
_MONTH_FIRST: Final = _form(
    rf"{_NAMED_DAY}(?P<n>[a-z]{{3,9}})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s)(?P<y>\d{{4}}){_CLOCK}"
)

_LARGEST: Final = 1e15
"""Beyond it a cell holds no serial and no 20240506."""
BLANK: Final = MISSING - {"?", "??"} | {"", "无", "暂无"}


class DateReader:
    """Reads the cells of one sheet's date columns; `read` gives a day, None for a blank, or a reason code."""

    def __init__(
        self, year: int | None, as_of: date, *, until: date | None = None, date1904: bool = False, order: str = "none"
    ) -> None:
        self._year, self._until = year, until
        self._as_of = as_of
        self._last = date(as_of.year + 1, 12, 31)
        self._epoch = EPOCH_1904 if date1904 else EPOCH_1900
        self._order = order
        self._stated = order != "none"
        self._short = self._stated
        self.borrowed: int | None = None
        """The year that a day without one was read in, once there was one."""

    def settle_order(self, columns: Sequence[Sequence[Cell]], *, chinese: bool = False, typed: bool = False) -> int:
        """Take the order of 3/4/2024, or of 3.4, from the columns themselves; how many different cells tell it, 0 if none do.

        It is taken where three cells or more can be read in one order only, none in the other only, and no cell is a real
        date or number: where some are, a program has already read what it could, in an order of its own.  One cell is enough
        for 3.4 in a `chinese` log; it is taken for 3.40 nowhere in a `typed` one, whose texts are as they were entered.
        """
        cells = {cell for column in columns for cell in set(column) if cell is not None}
        if self._order != "none" or not all(isinstance(cell, str) for cell in cells):
            return 0
        found = [hit for cell in cells if (hit := _SLASHED.fullmatch(str(cell).strip())) and len(hit["y"]) == 4]
        if not found and self._year:
            found = [hit for cell in cells if (hit := _SHORT.fullmatch(str(cell).strip()))]
            self._short = typed or not _shortened(found)
            found = found if self._short else []
        first = sum(1 for hit in found if int(hit["a"]) > MONTHS)
        second = sum(1 for hit in found if int(hit["b"]) > MONTHS)
        least = 1 if chinese and self._short and not first else LEAST_TELLING
        if max(first, second) < least or min(first, second) > 0:
            return 0
        self._order = "dmy" if first else "mdy"
        return first + second

    @property
    def order(self) -> str:
        """`none`, `mdy` or `dmy`."""
        return self._order

    def column(self, cells: list[Cell], *, ahead: int = 1) -> list[date | str | None]:
        """Each cell read, each distinct one once; no later than the end of the `ahead`-th year after as-of."""
        self._last = date(self._as_of.year + ahead, 12, 31)
        return by_distinct(cells, self.read)

    def read(self, cell: Cell) -> date | str | None:
        """A day, None where the cell is blank, or why not: date-text, date-range, date-ambiguous, date-year.

        Accepted: real dates; serials 20000-80000 of the book's epoch (ECMA-376-1 §18.17.4.1); 2024-1-2, 2024.1.2, 2024/1/2 9:05,
        20240102, 2024年1月2日, 二〇二四年一月二日; 1月2日, and 24.1.2 in 2024, where the context gives the year;
        2 Jan 2024.  Never 3/4/2024, nor 3.4, unless the profile states the order or the columns prove it.
        """
        match cell:
            case None:
                return None
            case datetime():
                return self._within(cell.date())
            case date():
                return self._within(cell)
            case bool():
                return "date-text"
            case int() | float():
                return self._number(cell)
            case str():
                return self._text(cell)
            case _:
                return "date-text"

    def _within(self, day: date) -> date | str:
        return day if day.year >= FIRST_YEAR and day <= self._last else "date-range"

    def _number(self, number: float) -> date | str:
        if not math.isfinite(number) or abs(number) > _LARGEST:
            return "date-text"
        if number == int(number) and 19000101 <= number <= 29991231:
            whole = int(number)
            return self._day(whole // 10000, whole // 100 % 100, whole % 100)
        if SERIALS[0] <= number <= SERIALS[1]:
            return self._within(self._epoch + timedelta(days=int(number)))
        return "date-range" if abs(number) < 10_000_000 else "date-text"

    def _text(self, cell: str) -> date | str | None:
        text = _plain(cell)
        if text.lower() in BLANK:
            return None
        for form in _FORMS:
            if found := form.fullmatch(text):
                return self._day(int(found["y"]), int(found["m"]), int(found["d"]))
        if found := _MONTH_DAY.fullmatch(text):
            return self._in_year(int(found["m"]), int(found["d"])) if self._year else "date-year"
        return self._rarer(text)

    def _in_year(self, month: int, day: int) -> date | str:
        """A day of the year that the context states; none after the day on which the log was written or up to which it goes."""
        assert self._year is not None  # noqa: S101 - asked by the caller
        found = self._day(self._year, month, day)
        self.borrowed = self._year
        return "date-year" if isinstance(found, date) and self._until is not None and found > self._until else found

    def _rarer(self, text: str) -> date | str:
        if found := _SHORT_YEAR.fullmatch(text):
            return self._day(2000 + int(found["y"]), int(found["m"]), int(found["d"]))
        if found := _NUMERALS.fullmatch(text.replace(" ", "")):
            year = int("".join(_DIGITS[char] for char in found["y"]))
            return self._day(year, _numeral(found["m"]), _numeral(found["d"]))
        if found := _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text):
            name = found["n"][:3].lower()
            year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
            return self._day(year, _MONTHS.index(name) + 1, int(found["d"])) if name in _MONTHS else "date-text"
        if not self._stated and self._year and (found := _YEAR_FIRST.fullmatch(text)) and int(found["y"]) == self._year % 100:
            return self._day(self._year, int(found["m"]), int(found["d"]))
        if self._short and self._year and self._order != "none" and (found := _SHORT.fullmatch(text)):
            one, other = int(found["a"]), int(found["b"])
            return self._in_year(one, other) if self._order == "mdy" else self._in_year(other, one)
        if found := _SLASHED.fullmatch(text):
            return self._slashed(int(found["a"]), int(found["b"]), found["y"])
        if (text.isascii() and text.isdigit() and len(text) == 5) or re.fullmatch(r"\d{5}\.\d+", text):
            return self._number(float(text))
        return "date-text"

    def _slashed(self, one: int, other: int, year: str) -> date | str:
        if self._order == "none" or (len(year) == 2 and not self._stated):
            return "date-ambiguous"
        month, day = (one, other) if self._order == "mdy" else (other, one)
        return self._day(int(year) + (2000 if len(year) == 2 else 0), month, day)

    def _day(self, year: int, month: int, day: int) -> date | str:
        try:
            return self._within(date(year, month, day))
        except ValueError:
            return "date-range"


def _shortened(found: Sequence[re.Match[str]]) -> bool:
    """Whether a number format may have cut 3.10 to 3.1: days 1 to 3 occur behind a point, and 10, 20 or 30 never."""
    days = {hit["b"] for hit in found if hit["s"] == "."}
    return bool(days & {"1", "2", "3"}) and not days & {"10", "20", "30"}


def _numeral(text: str) -> int:
    """十二, 二十, 廿一, 元, 正 as whole numbers; 0 where it is none."""
    text = text.replace("廿", "二十").replace("卅", "三十").replace("元", "一").replace("正", "一")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(_DIGITS[text]) if len(text) == 1 else 0
    return int(_DIGITS.get(tens, "0") if tens else "1") * 10 + (int(_DIGITS[ones]) if ones else 0)


_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|年度|[-./]\d{1,2}(?!\d)|\d{4}(?!\d)|\d{2}(?!\d)|(?!\d))")


_EDITION = re.compile(
    r"(?:19|20)\d{2}\s*年?\s*(?:版|修订|印制|印发|制作|监制|制(?![度定]))|[〔\[(（【](?:19|20)\d{2}[〕\])）】]\s*第?\s*\d+\s*号"
    r"|(?:19|20)\d{2}\s*年?\s*《[^》]*》|《[^》]*》\s*[(（]?(?:19|20)\d{2}|条例\s*[(（]?(?:19|20)\d{2}"
)
"""Years of a form, a document or a law, which are none of the log: 2022年版, 〔2022〕15号, 《信访工作条例》(2022)."""
_MONTHS_OF = re.compile(
    r"((?:19|20)\d{2})\s*年\s*(?:\d{1,2}\s*月?(?:份)?\s*[-~至到—－]\s*)?(\d{1,2})\s*月(?!\s*\d{1,2}\s*[日号]|份?(?:起|以来|以后|开始|至|到|-))"
)
"""2024年10月, 2024年1-9月: the last month of what a log is about."""
_NUMERAL_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_WHOLE_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})|(\d{2})(\d{2}))(?!\d)")


def _plain(text: str) -> str:
    """NFKC, no invisible characters, one blank for a run of them: patterns would try a long one at every length."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(INVISIBLE).split())


def day_in(text: str) -> date | None:
    """The one whole day that a text states, such as 填表时间：2025年1月6日; None where it states none, several or a span.

    >>> day_in("截至2025年1月10日"), day_in("登记表20241031"), day_in("2024年1月1日至3月31日")
    (datetime.date(2025, 1, 10), datetime.date(2024, 10, 31), None)
    """
    text = _plain(text)
    found = _WHOLE_DAY.findall(text)
    if len(found) != 1 or re.search(r"[日号\d]\s*[至到~—-]\s*\d{1,4}\s*[年月日]", text):
        return None
    year, month, day, joined_month, joined_day = found[0]
    try:
        return date(int(year), int(month or joined_month), int(day or joined_day))
    except ValueError:
        return None


def after_month_in(text: str) -> date | None:
    """Half a year after the one month, or the last of the months, that a text is about; None where something begins with it.

    >>> after_month_in("2026年1月接访登记"), after_month_in("2024年1-9月"), after_month_in("2024年1月以来")
    (datetime.date(2026, 8, 1), datetime.date(2025, 4, 1), None)
    """
    found = _MONTHS_OF.findall(_plain(text))
    if len(found) != 1 or not 1 <= int(found[0][1]) <= MONTHS:
        return None
    month = 12 * int(found[0][0]) + int(found[0][1]) + 6
    return date(month // 12, month % 12 + 1, 1)


def year_in(text: str) -> int | None:
    """The one year that a title, sheet or file name states; None where it states none or several.

    >>> year_in("清源市2024年10月登记表"), year_in("2023-2024年"), year_in("二〇二四年登记表")
    (2024, None, 2024)
    >>> year_in("接访登记表(2022年版)")
    """
    text = _EDITION.sub("", _plain(text))
    text = _NUMERAL_YEAR.sub(lambda found: "".join(_DIGITS[char] for char in found[0]), text)
    years = {int(found) for found in _YEAR.findall(text)}
    years = {year for year in years if FIRST_YEAR <= year <= 2100}
    return years.pop() if len(years) == 1 else None
