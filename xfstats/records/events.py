"""Case numbers: those that a spreadsheet cut short, and rows that are events of one case, of which the latest stands for all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.model import Cell

_CUT = re.compile(r"\d(?:\.\d+)?E\+\d{2,}", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2}))?[^ap]*([ap]m)?", re.IGNORECASE)
_NOON = 12

Moment = tuple[date, int]
"""A day and the second of it, 0 where no time is told."""


@dataclass(frozen=True)
class Case:
    """The rows of one case, the one that stands for it, and whether the days tell that it is the latest."""

    rows: tuple[int, ...]
    latest: int
    told: bool


def cut_numbers(cells: Sequence[Cell], rows: Sequence[int]) -> list[int]:
    """Return the rows whose number is a text such as 2.02405E+11: a spreadsheet left out its figures, and many are alike."""
    cut = {cell for cell in set(cells) if isinstance(cell, str) and _CUT.fullmatch(cell.strip())}
    return [row for row in rows if cells[row] in cut] if cut else []


def cases(numbers: Sequence[Cell], rows: Sequence[int], moments: Sequence[Moment | None]) -> list[Case]:
    """Return the cases of several rows: of each the row of its latest moment, of several such the last in the file."""
    known = {cell: _number(cell) for cell in set(numbers)}
    members: dict[str, list[int]] = {}
    for row in rows:
        if number := known[numbers[row]]:
            members.setdefault(number, []).append(row)
    found = []
    for own in members.values():
        if len(own) > 1:
            last = max(moments[row] or (date.min, 0) for row in own)
            latest = [row for row in own if (moments[row] or (date.min, 0)) == last]
            found.append(Case(tuple(own), latest[-1], len(latest) == 1))
    return found


def moments(columns: Sequence[tuple[Sequence[date | None], Sequence[Cell]]], size: int) -> list[Moment | None]:
    """Return the latest moment of each row over some columns, each the days that were read and the cells that they stand in."""
    found: list[Moment | None] = [None] * size
    for days, cells in columns:
        known: Mapping[Cell, int] = {cell: second(cell) for cell in set(cells)}
        for row, day in enumerate(days):
            if day is not None:
                found[row] = max(found[row] or (date.min, 0), (day, known[cells[row]]))
    return found


def second(cell: Cell) -> int:
    """Return the second of its day that a cell tells, 0 where it tells none.

    >>> second("2024-05-01 09:30"), second("5/1/2024 1:00:05 PM"), second("2024-05-01")
    (34200, 46805, 0)
    """
    match = _CLOCK.search(str(cell))
    if match is None:
        return 0
    hour, half = int(match[1]), (match[4] or "").lower()
    hour = hour % _NOON + _NOON * (half == "pm") if half else hour
    return 3600 * hour + 60 * int(match[2]) + int(match[3] or 0)


def _number(cell: Cell) -> str | None:
    """A number as it is compared: 12, 12.0 and "12" alike; None where it is blank."""
    if blank(cell):
        return None
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else normalize.word(str(cell))
