"""Proofs of the order of day, month and year in texts such as 2/22/21 and 3.4."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def lost_trailing_zeros(found: Sequence[re.Match[str]]) -> bool:
    """True if a number format may have cut 3.10 to 3.1: days 1 to 3 occur behind a point, and 10, 20 or 30 never."""
    days = {hit["b"] for hit in found if hit["s"] == "."}
    return bool(days & {"1", "2", "3"}) and not days & {"10", "20", "30"}


def full_year(text: str) -> int:
    """Return 2024 of 24, and of 2024."""
    return int(text) + (2000 if len(text) == 2 else 0)
