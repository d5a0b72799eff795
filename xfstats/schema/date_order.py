"""Proofs of the order of day, month and year in texts such as 2/22/21 and 3.4."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from xfstats.model import Cell
from xfstats.schema.date_cells import MONTHS

SHORT: Final = re.compile(r"(?P<a>\d{1,2})\s*(?P<s>[/.-])\s*(?P<b>\d{1,2})")
"""A day without a year, 3.21; the order of its parts has to be known."""
_DAYS = 31


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


def lost_trailing_zeros(found: Sequence[re.Match[str]]) -> bool:
    """True if a number format may have cut 3.10 to 3.1: days 1 to 3 occur behind a point, and 10, 20 or 30 never."""
    days = {hit["b"] for hit in found if hit["s"] == "."}
    return bool(days & {"1", "2", "3"}) and not days & {"10", "20", "30"}


def decimal_days(cells: Iterable[Cell]) -> list[re.Match[str]]:
    """Return the numbers with a fraction that are days without a year, such as 10.9; none where one of them cannot be.

    A fraction of 1, 2 or 3 has lost its zero or not, so such a number is left out: 3.1 is 3.1 and 3.10.
    """
    numbers = {cell for cell in cells if isinstance(cell, float) and 1 < cell < _DAYS + 1 and not cell.is_integer()}
    hits = [SHORT.fullmatch(str(number)) for number in numbers]
    days = [hit for hit in hits if hit and min(int(hit["a"]), int(hit["b"])) <= MONTHS and int(hit["b"]) <= _DAYS]
    return [hit for hit in days if not may_lack_zero(hit)] if len(days) == len(hits) else []


def may_lack_zero(hit: re.Match[str]) -> bool:
    """True if the last part of a number may have been 10, 20 or 30."""
    return hit["b"] in {"1", "2", "3"}


def full_year(text: str) -> int:
    """Return 2024 of 24, and of 2024."""
    return int(text) + (2000 if len(text) == 2 else 0)
