"""Case numbers: those that a spreadsheet truncated, and rows that are events of one case, of which the latest is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.frozen import frozen
from xfstats.measures.deadlines import DayArray
from xfstats.model import Cell
from xfstats.readers.column import Column, Mask
from xfstats.schema.clock_times import second_of_day

_CUT = re.compile(r"\d(?:\.\d+)?E\+\d{2,}", re.IGNORECASE)
Numbers: TypeAlias = NDArray[np.int64]


@frozen
class Case:
    """The rows of one case, the one that is counted for it, and whether its moment alone shows that it is the latest."""

    rows: tuple[int, ...]
    latest: int
    told: bool


def cut_numbers(cells: Column[Cell], rows: Mask) -> Mask:
    """Return the rows whose number is a text such as 2.02405E+11: a spreadsheet truncated it, so different numbers look equal."""
    return rows & cells.where_text(lambda text: _CUT.fullmatch(text.strip()))


def cases(numbers: Column[Cell], rows: Mask, moments: Numbers) -> list[Case]:
    """Return the cases with several rows; the latest row is that of the latest moment, among equal ones the last in the file."""
    known = numbers.map(_number)
    places = np.flatnonzero(rows & known.where(lambda number: number))
    codes = known.codes[places]
    several = places[np.bincount(codes, minlength=len(known.values))[codes] > 1]
    members: dict[int, list[int]] = {}
    for row, code in zip(several.tolist(), known.codes[several].tolist(), strict=True):
        members.setdefault(code, []).append(row)
    found = []
    for own in members.values():
        times = moments[own]
        latest = np.flatnonzero(times == times.max())
        found.append(Case(tuple(own), own[latest[-1]], len(latest) == 1))
    return found


def moments(columns: Sequence[tuple[DayArray, Column[Cell]]], size: int) -> Numbers:
    """Return the latest moment of each row, in seconds, over columns given as the days that were read and their cells."""
    found = np.full(size, np.iinfo(np.int64).min)
    for days, cells in columns:
        seconds = np.array([second_of_day(cell) for cell in cells.values], np.int64)[cells.codes]
        own = np.where(np.isnat(days), found, days.astype(np.int64) + seconds)
        found = np.maximum(found, own)
    return found


def _number(cell: Cell) -> str | None:
    """Return a case number in the form in which 12, 12.0 and "12" are equal; None where the cell is blank."""
    if blank(cell):
        return None
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else normalize.word(str(cell))
