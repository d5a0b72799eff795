"""Times of day in cells: seconds after midnight, and moments with a zone in UTC; a midnight is no time of day."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Final

from xfstats.config import day_patterns
from xfstats.model import Cell
from xfstats.schema.dates import SERIAL_RANGE, DateReader, normalize_blanks
from xfstats.schema.numerals import chinese_number

_NIGHT: Final = ("晚上", "晚间", "晚", "夜间", "夜里", "夜")
_AFTER_NOON: Final = ("下午", "午后", "傍晚", *_NIGHT, "午间", "中午")
_CLOCK: Final = re.compile(
    rf"(?P<part>{'|'.join(_AFTER_NOON)})?\s*(?P<hour>\d{{1,2}})"
    r"(?:[:时点](?P<minute>\d{1,2})(?:[:分](?P<second>\d{1,2}))?|[时点])[^ap]*(?P<half>[ap]m)?",
    re.IGNORECASE,
)
_SPOKEN: Final = re.compile(
    rf"(?P<part>{'|'.join(_AFTER_NOON)})?\s*(?P<hour>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})[时点]"
    r"(?:(?P<half>半)|(?P<quarters>[一三])刻|(?P<minute>[零〇一二三四五六七八九十]{1,3}))?"
)
_COMPACT: Final = re.compile(day_patterns.COMPACT + r"\s*(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?")
_SERIAL: Final = re.compile(r"\d{5}\.\d+")
_NOON: Final = 12
_LATE: Final = 10
"""Hour from which 中午 is before noon: 中午11点, 中午1点."""
_QUARTER: Final = 15
"""Minutes of 一刻."""
_DAY: Final = 86_400


def second_of_day(cell: Cell) -> int:
    """Return the time of day of a cell in seconds; 0 where it has none or is a midnight.

    >>> second_of_day("2024-05-01 09:30"), second_of_day("5/1/2024 1:00:05 PM"), second_of_day("2024-05-01")
    (34200, 46805, 0)
    >>> second_of_day("2024年5月1日 下午3时"), second_of_day(45413.5), second_of_day("20240501 0930")
    (54000, 43200, 34200)
    >>> second_of_day("2024年5月1日 晚8点"), second_of_day("5月1日下午三点半"), second_of_day("2024-5-1 早九点一刻")
    (72000, 55800, 33300)
    """
    match cell:
        case bool() | None:
            return 0
        case datetime():
            return _seconds(cell.time())
        case int() | float():
            return round(cell % 1 * _DAY) % _DAY if SERIAL_RANGE[0] <= cell <= SERIAL_RANGE[1] else 0
        case str():
            return _text_second(normalize_blanks(cell))
        case _:
            return 0


def _seconds(clock: time) -> int:
    """Return a time of day in whole seconds."""
    return (3600 * clock.hour + 60 * clock.minute + clock.second + (clock.microsecond >= 500_000)) % _DAY


def _text_second(text: str) -> int:
    """Return the time of day in a text, in seconds."""
    if _SERIAL.fullmatch(text):
        return second_of_day(float(text))
    found = _COMPACT.fullmatch(text) or _CLOCK.search(text)
    groups = found.groupdict() if found else {}
    if not groups.get("minute") and not groups.get("half"):
        return _spoken_second(text)
    half, hour = (groups.get("half") or "").lower(), int(groups["hour"])
    hour = hour % _NOON + _NOON * (half == "pm") if half else _hour(hour, groups.get("part") or "")
    return (3600 * hour + 60 * int(groups["minute"] or 0) + int(groups["second"] or 0)) % _DAY


def _spoken_second(text: str) -> int:
    """Return the time of day of 晚8点, 下午三点半, 早九点一刻 in seconds; 0 where a text has none."""
    found = _SPOKEN.search(text)
    if found is None:
        return 0
    hour = int(found["hour"]) if found["hour"].isdecimal() else chinese_number(found["hour"]) or 0
    minute = 2 * _QUARTER if found["half"] else _QUARTER * (chinese_number(found["quarters"]) or 0) if found["quarters"] else None
    minute = (chinese_number(found["minute"] or "零") or 0) if minute is None else minute
    return (3600 * _hour(hour, found["part"] or "") + 60 * minute) % _DAY


def _hour(hour: int, part: str) -> int:
    """Return the hour of 24 of an hour in a part of the day: 下午3点, 中午1点; 晚上12点 is a midnight."""
    if part in _NIGHT and hour == _NOON:
        return 2 * _NOON
    return hour + _NOON if part and hour < (_NOON if part not in _AFTER_NOON[-2:] else _LATE) else hour


def utc_second(cell: Cell, dates: DateReader) -> int | None:
    """Return the moment of a cell with a zone, in seconds UTC; None without a zone, at midnight, or without a day."""
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        return int(cell.timestamp()) if second_of_day(cell) else None
    moment = dates.moment(cell)
    if moment is None or moment.utc in dates.zones.midnights or not second_of_day(cell):
        return None
    return int(moment.utc.timestamp()) + second_of_day(cell) % 60
