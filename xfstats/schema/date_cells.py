"""Wrong date cells: day and month exchanged by a program, or four years early (1904 epoch); shown by the days themselves."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from xfstats.frozen import frozen

MONTHS: Final = 12
EPOCH_SHIFT: Final = timedelta(days=1462)
"""Days by which a serial of a 1904 workbook is read too early with the 1900 epoch."""
_LEAST: Final = 3
_YEAR: Final = timedelta(days=366)
_MONTH: Final = timedelta(days=31)


class CellKind(StrEnum):
    """Result of comparing the date cells of a column with its text dates: right, or with day and month exchanged."""

    WHOLE = "whole"
    AS_THEY_STAND = "as-they-stand"
    SWAPPED = "swapped"
    UNCLEAR = "unclear"


@frozen
class Halves:
    """The distinct days of a column: those of date cells, those of texts where all have a day above 12, with their order."""

    cells: frozenset[date] = frozenset()
    texts: frozenset[date] = frozenset()
    order: str = "none"

    @property
    def exchangeable(self) -> bool:
        """True if day and month of every date cell can be exchanged."""
        return all(day.day <= MONTHS for day in self.cells)


def swapped(day: date) -> date:
    """Return the date with day and month exchanged; raise ValueError where the day is above 12."""
    return day.replace(month=day.day, day=day.month)


def judge_cells(halves: Halves) -> CellKind:
    """Return whether the date cells of a column are right or exchanged, by its text dates, all with a day above 12 (13/06/2024).

    A program that reads the other order makes date cells only of days up to 12, and leaves the others as texts.  The cells are
    right where all are within the months of the texts, and would not all be so with day and month exchanged.
    """
    cells, texts = halves.cells, halves.texts
    if not cells or not texts or not halves.exchangeable:
        return CellKind.WHOLE
    first, last = min(texts).replace(day=1), _month_end(max(texts))
    stand = all(first <= day <= last for day in cells)
    exchanged = all(first <= swapped(day) <= last + timedelta(days=MONTHS) for day in cells)
    if stand and not exchanged:
        return CellKind.AS_THEY_STAND
    return CellKind.SWAPPED if exchanged and not stand else CellKind.UNCLEAR


def _month_end(day: date) -> date:
    """Return the last day of the month that a day is in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def years_early(days: Collection[date], year: int | None) -> bool:
    """True if three days or more are all outside the year stated around the table, and in it once shifted by the 1904 epoch.

    >>> years_early([date(2020, 5, 1), date(2020, 6, 1), date(2020, 7, 1)], 2024)
    True
    """
    return (
        year is not None
        and len(set(days)) >= _LEAST
        and all((day + EPOCH_SHIFT).year == year for day in days)
        and not any(day.year == year for day in days)
    )


def early_part(days: Collection[date]) -> frozenset[date]:
    """Return the days that are four years early by the 1904 epoch: three or more, and fewer than the others; else none.

    A gap of more than two years separates them from the others, which span two years at most; shifted by the epoch they are all
    within the span of the others and a month around it.
    """
    ordered = sorted(set(days))
    gaps = [(later - earlier, at) for at, (earlier, later) in enumerate(pairwise(ordered), start=1)]
    gap, at = max(gaps, default=(timedelta(0), 0))
    early, others = ordered[:at], ordered[at:]
    if not (gap > 2 * _YEAR and _LEAST <= len(early) < len(others) and others[-1] - others[0] <= 2 * _YEAR):
        return frozenset()
    first, last = others[0] - _MONTH, others[-1] + _MONTH
    return frozenset(early) if all(first <= day + EPOCH_SHIFT <= last for day in early) else frozenset()


def apart_by_epoch(starts: Sequence[date], ends: Sequence[date]) -> bool | None:
    """Return whether the starts (True) or the ends (False) of three spans or more are four years early; None where neither is.

    All spans are then as long as the shift and a year at most, or end as much before they start.
    """
    spans = [end - start for start, end in zip(starts, ends, strict=True)]
    if len(spans) < _LEAST:
        return None
    if all(EPOCH_SHIFT <= span <= EPOCH_SHIFT + _YEAR for span in spans):
        return True
    return False if all(timedelta(0) <= span + EPOCH_SHIFT <= _YEAR for span in spans) else None
