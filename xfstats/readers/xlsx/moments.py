"""Conversion of serial numbers to dates, times and durations, as spreadsheet programs do it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from xfstats.readers.xlsx.xml_tags import HandOver

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
_BEHIND_1904 = 1462
_NEVER = 60
"""The serial number of 29 February 1900, which did not exist; lower ones are one day later than counted from the epoch."""
_LAST = 2_958_465
_MILLISECONDS = 86_400_000


def moment(serial: float, *, date1904: bool) -> date | datetime | time:
    """Return a date, a date with a time, or below 1 a time; raises HandOver after the year 9999 or before the epoch."""
    shifted = serial + _BEHIND_1904 * date1904
    if not 0 <= serial <= _LAST - _BEHIND_1904 * date1904:
        raise HandOver("a day that no calendar has")
    if shifted < _NEVER:
        shifted += 1
    found = _EPOCH + timedelta(milliseconds=_rounded(shifted * _MILLISECONDS))
    if serial < 1:
        return found.time()
    return found.date() if serial.is_integer() else found


def duration(serial: float) -> timedelta:
    """Return a duration from a number of days; raises HandOver beyond the range of dates."""
    if abs(serial) > _LAST:
        raise HandOver("a length of time beyond all calendars")
    return timedelta(milliseconds=_rounded(serial * _MILLISECONDS))


def _rounded(milliseconds: float) -> int:
    """Return the nearest whole number, halves away from zero."""
    return int(milliseconds + 0.5) if milliseconds >= 0 else -int(-milliseconds + 0.5)
