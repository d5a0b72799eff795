"""The forms of dates in texts: their patterns, with the groups y, m and d, or a and b where the order is not known."""

from __future__ import annotations

import re
from typing import Final

from xfstats.schema.numerals import chinese_number

DIGITS = {**{char: str(value) for value, char in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PART = "(?:凌晨|清晨|早上|早晨|早|晨|上午|中午|午间|下午|午后|傍晚|晚上|晚间|晚|夜间|夜里|夜)"
_TIME = (
    rf"(?:[T\s]*(?:{_PART}|am|pm)?\s*\d{{1,2}}(?:[:时点]\d{{1,2}}(?:[:分]\d{{1,2}}(?:\.\d+)?秒?)?分?)?时?点?"
    rf"\s*(?:am|pm)?(?:z|[+-]\d{{2}}:?\d{{2}})?"
    rf"|\s*(?:{_PART})?\s*(?:\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})[时点](?:钟|半|整|[一三]刻|[零〇一二三四五六七八九十]{{1,3}}分?)?"
    rf"|\s*{_PART})?"
)
_CLOCK = r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?)?"
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"


def _form(pattern: str) -> re.Pattern[str]:
    """Return the compiled pattern of a form of dates, upper and lower case alike."""
    return re.compile(pattern, re.IGNORECASE)


FORMS: Final = (
    _form(rf"(?P<y>\d{{4}})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})(?:\s*[日号]|(?!\d)){_WEEKDAY}{_TIME}"),
    _form(rf"(?P<y>\d{{4}})\s*(?P<s>[-/.。、])\s*(?P<m>\d{{1,2}})\s*(?P=s)\s*(?P<d>\d{{1,2}}){_WEEKDAY}{_TIME}"),
    _form(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:\s*\d{2}:?\d{2}(?::?\d{2})?)?"),
)
MONTH_DAY: Final = _form(rf"(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*[日号]?{_WEEKDAY}{_TIME}")
SHORT_YEAR: Final = _form(rf"(?P<y>\d{{2}})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*[日号]{_TIME}")
NUMERALS: Final = _form(
    r"(?:(?P<y>[〇零○一二三四五六七八九]{4})年)?(?P<m>[一二三四五六七八九十元正]{1,2})月(?P<d>[一二三四五六七八九十廿卅]{1,3})[日号]?"
)
SLASHED: Final = _form(rf"(?P<a>\d{{1,2}})(?P<s>[/.-])(?P<b>\d{{1,2}})(?P=s)(?P<y>\d{{4}}|\d{{2}}){_CLOCK}")
YEAR_FIRST: Final = _form(rf"(?P<y>\d{{2}})(?P<s>[/.-])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_CLOCK}")
_NAMED_DAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s)?"
DAY_FIRST: Final = _form(
    rf"{_NAMED_DAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?P<s>[\s/-])(?P<n>[a-z]{{3,9}})(?P=s)(?P<y>\d{{4}}|\d{{2}}){_CLOCK}"
)
MONTH_FIRST: Final = _form(rf"{_NAMED_DAY}(?P<n>[a-z]{{3,9}})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s)(?P<y>\d{{4}}){_CLOCK}")


def numeral(text: str) -> int:
    """Return 十二, 二十, 廿一, 元, 正 as whole numbers; 0 where it is none."""
    return chinese_number(text.replace("廿", "二十").replace("卅", "三十").replace("元", "一").replace("正", "一")) or 0
