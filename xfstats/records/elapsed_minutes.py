"""Minutes from receipt to close, of records whose cells of both have a time of day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from xfstats.measures.deadlines import DayArray
from xfstats.model import Cell
from xfstats.readers.column import Column, Mask
from xfstats.records.case_rows import Numbers
from xfstats.schema.clock_times import second_of_day, utc_second
from xfstats.schema.dates import DateReader

NO_MOMENT = np.iinfo(np.int64).min
BETWEEN = ("received_on", "closed_on")
"""The two date fields between which minutes are counted."""
Moments = Mapping[str, Numbers]


def moments_between(values: Mapping[str, Column[Cell]], read: Mapping[str, DayArray], dates: DateReader) -> Moments | None:
    """Return the second of each row in both date fields, NO_MOMENT without a time of day; None where a field has no times.

    Where cells of both fields have zones, only those with one have a moment; else only those without.
    """
    if any(name not in values or name not in read for name in BETWEEN):
        return None
    zoned = {name: _zoned(values[name], dates) for name in BETWEEN}
    by_zone = all((own != NO_MOMENT).any() for own in zoned.values())
    found = zoned if by_zone else {name: _local(values[name], read[name], zoned[name]) for name in BETWEEN}
    return found if all((own != NO_MOMENT).any() for own in found.values()) else None


def _zoned(cells: Column[Cell], dates: DateReader) -> Numbers:
    """Return the moment in UTC of each row's cell, NO_MOMENT where it has no zone."""
    seconds = [utc_second(cell, dates) for cell in cells.values]
    return np.array([NO_MOMENT if one is None else one for one in seconds], np.int64)[cells.codes]


def _local(cells: Column[Cell], days: DayArray, zoned: Numbers) -> Numbers:
    """Return the moment of each row by the clock of the log, NO_MOMENT where its cell has no time of day or a zone."""
    seconds = np.array([second_of_day(cell) for cell in cells.values], np.int64)[cells.codes]
    timed = (seconds > 0) & ~np.isnat(days) & (zoned == NO_MOMENT)
    return np.where(timed, days.astype(np.int64) + seconds, NO_MOMENT)


def begin_with_earliest(moments: Moments | None, days: DayArray | None, rows: Sequence[int], latest: int) -> None:
    """Set the start of a case's counted row to the earliest moment of its rows; to none where the earliest day has no time."""
    if moments is None or days is None:
        return
    own, starts = days[list(rows)], moments[BETWEEN[0]]
    first = starts[list(rows)][own == min(own[~np.isnat(own)], default=None)]
    starts[latest] = first.min() if first.size else NO_MOMENT


def elapsed_minutes(moments: Moments, days: Numbers) -> tuple[Numbers, Mask]:
    """Return whole minutes from receipt to close, -1 where a record has none, and the rows that were closed before receipt.

    Only records that have days, closed by as-of, have minutes.
    """
    start, end = (moments[name] for name in BETWEEN)
    timed = (start != NO_MOMENT) & (end != NO_MOMENT) & (days >= 0)
    backward = timed & (end < start)
    minutes = np.full(len(days), -1, np.int64)
    counted = timed & ~backward
    minutes[counted] = (end[counted] - start[counted]) // 60
    return minutes, backward
