"""Classes of days from received to closed, the bars of a histogram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_LAST_DAYS = (7, 15, 30, 60, 90, 180)
"""Last day of each bar of a histogram but the last bar."""


def day_classes(days: Mapping[int, int]) -> Iterator[tuple[str, int]]:
    """Yield each class of days, such as 8–15, with its number of records; no empty classes after the last record."""
    first, most = 0, max(days, default=-1)
    for last in _LAST_DAYS:
        if first > most:
            return
        yield f"{first}–{last}", sum(count for day, count in days.items() if first <= day <= last)
        first = last + 1
    if first <= most:
        yield f"≥{first}", sum(count for day, count in days.items() if day >= first)
