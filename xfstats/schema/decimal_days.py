"""Days without a year that a spreadsheet keeps as numbers: 10.9 for 9 October."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xfstats.model import Cell
from xfstats.schema.date_forms import SHORT
from xfstats.schema.date_order import possible

_DAYS = 31
_DAYS_A_SLIP = 4
"""Days beside which one number that is none is a slip: a column with more of such numbers holds amounts."""


def decimal_days(cells: Iterable[Cell]) -> list[re.Match[str]]:
    """Return the numbers with a fraction that are days without a year, such as 10.9; none where one in five or more cannot be.

    A fraction of 1, 2 or 3 has lost its zero or not, so such a number is left out: 3.1 is 3.1 and 3.10.
    """
    numbers = {cell for cell in cells if isinstance(cell, float) and 1 < cell < _DAYS + 1 and not cell.is_integer()}
    days = possible(hit for number in numbers if (hit := SHORT.pattern.fullmatch(str(number))))
    slips = len(numbers) - len(days)
    return [hit for hit in days if not may_lack_zero(hit)] if _DAYS_A_SLIP * slips <= len(days) else []


def may_lack_zero(hit: re.Match[str]) -> bool:
    """True if the last part of a number may have been 10, 20 or 30."""
    return hit["b"] in {"1", "2", "3"}
