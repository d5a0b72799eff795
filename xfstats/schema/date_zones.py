"""Time zones: moments with Z or an offset, and their days as written, in the zone of their midnights, or in a named zone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from itertools import pairwise
from typing import Final

from xfstats.config.zones import offset
from xfstats.frozen import frozen

_ZONED = re.compile(
    r"(?P<written>.{6,40}?[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)? ?(?P<half>[ap]m)?)"
    r" ?(?:(?P<utc>z|utc|gmt)|(?P<offset>(?:utc|gmt)?[+-]\d{1,2}:?(?:\d{2})?)|[a-z]{1,3}[sd]t|[cew]et|hkt)",
    re.IGNORECASE,
)
"""A day with a time of day and a zone; an abbreviation such as CDT does not identify a zone."""
_SLOT = re.compile(r"[^T:\d]\d{1,2}:\d{2}-\d{1,2}:\d{2}$")
"""A span of time such as 9:00-11:00, which is no offset."""
_NOON: Final = 12
_FIRST_HOUR: Final = 13
"""Midnight from UTC+1 to UTC+11 is 13 to 23 hours UTC; 10 to 12 hours UTC is midnight on either side of the date line."""
_LEAST: Final = 3
"""Least number of rows of a column, all at midnight of one zone, that prove the zone."""
_DAY: Final = 24 * 60
_CHANGING: Final = frozenset([3, 4, 9, 10, 11])
"""The months in which summer time begins or ends in either hemisphere."""
_AROUND_MIDNIGHT: Final = {23, 0}


@frozen
class Clock:
    """A text of a date and time: the text up to the zone, the minute of the day, whether the seconds are 0, and the offset."""

    written: str
    minute: int
    whole: bool
    offset: timedelta | None
    """None where the zone is an abbreviation."""


@frozen
class Moment:
    """A written day and minute with their offset from UTC."""

    day: date
    minute: int
    whole: bool
    offset: timedelta

    @property
    def utc(self) -> datetime:
        """Return the same moment in UTC."""
        start = datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)
        return start + timedelta(minutes=self.minute) - self.offset


class ZoneKind(StrEnum):
    """How the moments of a sheet are read."""

    NONE = "none"
    WRITTEN = "written"
    MIDNIGHT = "midnight"
    NAMED = "named"
    MIXED = "mixed"


@frozen
class ZoneReading:
    """How the moments of a sheet are read as days; the midnights of one zone in UTC where the moments prove it."""

    kind: ZoneKind
    named: tzinfo | None = None
    midnights: tuple[datetime, ...] = ()

    def day(self, moment: Moment) -> date:
        """Return the day of a moment: in the named zone, else in the proven one, else as written."""
        if self.named is not None:
            return moment.utc.astimezone(self.named).date()
        if not self.midnights:
            return moment.day
        place = bisect_left(self.midnights, moment.utc)
        near = min(self.midnights[max(place - 1, 0) : place + 1], key=lambda one: abs(one - moment.utc))
        return moment.utc.astimezone(timezone(zone_of_midnight(near))).date()

    @property
    def offsets(self) -> str:
        """Return the offsets of the zone that the midnights show, as UTC+8 or UTC+1/UTC+2."""
        sizes = sorted({zone_of_midnight(one) for one in self.midnights})
        return "/".join(f"UTC+{int(size.total_seconds()) // 3600}" + (":30" if size.seconds % 3600 else "") for size in sizes)


def clock_of(text: str) -> Clock | None:
    """Return the time of day and offset in a text such as 2024-05-31T16:00:00.000Z; None where it has no zone.

    >>> clock_of("2024-05-31T16:00:00.000Z").minute, clock_of("05/13/2024 09:10:31 PM +0800").offset, clock_of("2024-05-31 16:00")
    (960, datetime.timedelta(seconds=28800), None)
    """
    ends = text[-1:].isalpha() or "+" in text[-7:] or "-" in text[-7:]
    found = _ZONED.fullmatch(text) if ends and ":" in text else None
    if found is None or _SLOT.search(text):
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    hour = hour % _NOON + _NOON * (half == "pm") if half else hour
    size = timedelta(0) if found["utc"] else offset(found["offset"]) if found["offset"] else None
    return Clock(found["written"].rstrip(), hour * 60 + int(found["minute"]), int(found["second"] or 0) == 0, size)


def zone_of_midnight(moment: datetime) -> timedelta:
    """Return the offset from UTC of the zone in which a UTC moment is midnight, from 0 to below 24 hours."""
    return timedelta(minutes=-(moment.hour * 60 + moment.minute) % _DAY)


def judge_zones(columns: Iterable[Mapping[Moment, int]], named: tzinfo | None) -> ZoneReading:
    """Return how the moments of a sheet's columns are read; each is given with the number of its rows.

    All are read in the `named` zone.  Without one, different offsets are MIXED; where all rows of some column in UTC, three or
    more, are at midnight of one zone, all columns are read in that zone.
    """
    filled = [column for column in columns if column]
    sizes = {moment.offset for column in filled for moment in column}
    if not sizes or named is not None:
        return ZoneReading(ZoneKind.NAMED if sizes else ZoneKind.NONE, named)
    if len(sizes) > 1:
        return ZoneReading(ZoneKind.MIXED)
    telling = [column for column in filled if sizes == {timedelta(0)} and sum(column.values()) >= _LEAST and _midnight(column)]
    united = {moment for column in telling for moment in column}
    if united and _midnight(united):
        return ZoneReading(ZoneKind.MIDNIGHT, midnights=tuple(sorted(moment.utc for moment in united)))
    plain = all(moment.minute == 0 and moment.whole for column in filled for moment in column)
    return ZoneReading(ZoneKind.NONE if plain else ZoneKind.WRITTEN)


def judge_file(sheets: Sequence[Mapping[str, Counter[Moment]]], named: tzinfo | None) -> ZoneReading:
    """Return how the moments of all sheets of a file are read; each has those of its date fields.

    A zone is proven by one column, or by the columns of one field in all sheets together, such as one sheet a month.
    """
    columns = [counts for sheet in sheets for counts in sheet.values()]
    fields = dict.fromkeys(field for sheet in sheets for field in sheet)
    together = [sum((sheet[field] for sheet in sheets if field in sheet), Counter[Moment]()) for field in fields]
    return judge_zones([*columns, *together], named)


def _midnight(moments: Iterable[Moment]) -> bool:
    """True if moments in UTC are all midnight of one zone: at one time of day, or at two an hour apart by summer time."""
    found = sorted(moments, key=lambda moment: moment.day)
    hours, minutes = {moment.minute // 60 for moment in found}, {moment.minute % 60 for moment in found}
    if not all(moment.whole for moment in found) or len(minutes) > 1 or not minutes <= {0, 30}:
        return False
    if hours == _AROUND_MIDNIGHT:
        return _seasonal(found)
    low, high = min(hours), max(hours)
    return low >= _FIRST_HOUR and (low == high or (high - low == 1 and len(hours) > 1 and _seasonal(found)))


def _seasonal(found: Sequence[Moment]) -> bool:
    """True if the two hours of some moments, in order of their days, change where summer time begins and ends."""
    changes = sum(1 for one, other in pairwise(found) if one.minute != other.minute)
    years = found[-1].day.year - found[0].day.year + 1
    months = [{moment.day.month for moment in found if moment.minute == minute} for minute in {one.minute for one in found}]
    return changes <= 2 * years and set.intersection(*months) <= _CHANGING
