"""Proofs of the order of day, month and year in texts such as 2/22/21 and 3.4."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from xfstats.schema.date_cells import MONTHS


def short_years(found: Sequence[re.Match[str]], last: int, least: int) -> tuple[str, int]:
    """Return the order that texts with years of two figures prove, and how many do; `none` and 0 where they prove none.

    A middle number above 12 is a day, so the year, which never stands in the middle, is last: 2/22/21.  A first number above 12
    may be a year or a day; only one after the `last` possible year is a day: 28/2/21 before 2026.
    """
    first = sum(1 for hit in found if int(hit["a"]) > max(last, MONTHS))
    second = sum(1 for hit in found if int(hit["b"]) > MONTHS)
    doubtful = any(int(hit["a"]) > MONTHS for hit in found)
    if second >= least and not doubtful:
        return ("mdy", second)
    return ("dmy", first) if first >= least and not second else ("none", 0)


def possible(found: Iterable[re.Match[str]], year: int | None = None) -> list[re.Match[str]]:
    """Return the texts that are a day in some order; one that is none in any, such as 40/13/2024, proves nothing of the others.

    `year` is that of texts such as 3.4; 2024, a leap year, where it is not known.
    """
    return [hit for hit in found if any(_exists(*parts) for parts in _orders(hit, year or _LEAP))]


_LEAP = 2024


def _orders(hit: re.Match[str], year: int) -> list[tuple[int, int, int]]:
    """Return year, month and day of a text in each order that it may be in."""
    one, other, last = int(hit["a"]), int(hit["b"]), hit.groupdict().get("y")
    year = year if last is None else full_year(last)
    first = [(2000 + one, other, int(last))] if last is not None and len(last) == 2 else []
    return [(year, one, other), (year, other, one), *first]


def _exists(year: int, month: int, day: int) -> bool:
    """True if a month has a day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def lost_trailing_zeros(found: Sequence[re.Match[str]]) -> bool:
    """True if a number format may have cut 3.10 to 3.1: days 1 to 3 occur behind a point, and 10, 20 or 30 never."""
    days = {hit["b"] for hit in found if hit["s"] == "."}
    return bool(days & {"1", "2", "3"}) and not days & {"10", "20", "30"}


def full_year(text: str) -> int:
    """Return 2024 of 24, and of 2024."""
    return int(text) + (2000 if len(text) == 2 else 0)
