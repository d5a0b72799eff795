"""Rows of averages that a Subtotal command wrote below each group: Denmark Average, 甲局 平均值, with the mean of its days."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from datetime import date

import numpy as np
from numpy.typing import NDArray

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.model import GROUP_FIELDS, Cell
from xfstats.readers.column import Column
from xfstats.records.cells import RawCells
from xfstats.records.total_rows import AMOUNT_FIELDS, MOST_FILLED, NUMBERS, STATES
from xfstats.schema.dates import DateReader

_DAYS = ("received_on", "closed_on")
_LEAST = 2
"""Rows of which one is the mean."""
_HALF, _CENT = 0.5, 0.01
"""How far a mean is off that was rounded to a whole number, and to two places; of days the time of day is cut off."""
_MOST_FAILED = 500
"""So many rows that look like it and hold no mean, and such rows are records here."""


def averages(raw: RawCells, known: Mapping[int, str], words: Collection[str], dates: DateReader) -> dict[int, str]:
    """Return the rows that hold the mean of the rows above since the last such row, and the one of all that ends the sheet.

    Each has a label of those rows and a word beside it, one of `words` or, where records have numbers, any; a day or an amount
    that is the mean; no number and no state.
    """
    means = _Means(raw.values, dates)
    groups = [raw.values[name].map(_key) for name in GROUP_FIELDS if name in raw.values]
    found: dict[int, str] = {}
    parted = "subtotal" in known.values()
    begin = failed = 0
    for row in _bare(raw, known, words):
        if failed > _MOST_FAILED:
            break
        text = _text(raw.labels[row], dates)
        for group, worded in _read(text, words) if text else ():
            above = _run(groups, group, begin, row, known)
            if not above and not worded:
                continue
            if worded and (found or parted) and not above and means.fits(row, _others(row, known.keys() | found)):
                found[row] = "total"
            elif means.fits(row, above or _since(begin, row, known), varied=not worded):
                found[row] = "subtotal"
        begin, failed = (row + 1, failed) if row in found else (begin, failed + 1)
    return found


def _bare(raw: RawCells, known: Mapping[int, str], words: Collection[str]) -> list[int]:
    """The rows with few cells, no number and no state; where records have no numbers, those alone that hold one of the words."""
    few = (raw.filled <= MOST_FILLED) & raw.blank_in((*NUMBERS, *STATES)) & raw.all_but(known)
    rows: list[int] = np.flatnonzero(few).tolist()
    if any(name in raw.values for name in NUMBERS):
        return rows
    said = re.compile("|".join(map(re.escape, words)), re.IGNORECASE).search
    return [row for row in rows if any(said(text) for text in raw.labels[row])]


def _key(cell: Cell) -> str | None:
    """The key of a cell that is a label, None of any other."""
    return normalize.label_key(cell) if isinstance(cell, str) else None


def _run(groups: Sequence[Column[str | None]], group: str, begin: int, row: int, known: Collection[int]) -> list[int]:
    """The rows that stand right above a row and have this label in one column."""
    for keys in groups:
        found: list[int] = []
        for other in range(row - 1, begin - 1, -1):
            if other not in known:
                if keys[other] != group:
                    break
                found.append(other)
        if found:
            return found
    return []


def _others(row: int, gone: Collection[int]) -> list[int]:
    return [other for other in range(row) if other not in gone]


def _since(begin: int, row: int, known: Mapping[int, str]) -> list[int]:
    """The records above a row, down from the last sum."""
    first = max((one + 1 for one, why in known.items() if why == "subtotal" and begin <= one < row), default=begin)
    return [other for other in range(first, row) if other not in known]


def _text(texts: Sequence[str], dates: DateReader) -> str | None:
    """The one text of a row that is no day and no number."""
    written = [text for text in texts if text and not _day(text, dates) and _number(text) is None]
    return written[0] if len(written) == 1 else None


def _day(text: str, dates: DateReader) -> bool:
    return isinstance(read := dates.read(text), date) or read == "date-ambiguous"


def _read(text: str, words: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Yield the labels that a text may name beside another word, each with whether that is a word of averages."""
    whole = normalize.word(text)
    chinese = {one for one in words if normalize.chinese(one)}
    ends = [one for one in sorted(chinese, key=len, reverse=True) if whole.endswith(one) and whole != one]
    if ends:
        yield normalize.label_key(whole[: -len(ends[0])]), True
        return
    parts = text.split()
    for label, other in ((parts[:-1], parts[-1:]), (parts[1:], parts[:1])) if len(parts) > 1 else ():
        yield normalize.label_key(" ".join(label)), normalize.word(other[0]) in words


class _Means:
    """The days and amounts of the rows, and whether those of one are the mean of those of others."""

    def __init__(self, values: Mapping[str, Column[Cell]], dates: DateReader) -> None:
        self.numbered = any(name in values for name in NUMBERS)
        self.readers = [dates, *(_ordered(dates, order) for order in ("dmy", "mdy"))]
        self.cells = {name: values[name] for name in (*_DAYS, *AMOUNT_FIELDS) if name in values}
        self._read: dict[tuple[str, DateReader], NDArray[np.float64]] = {}

    def fits(self, row: int, rows: Sequence[int], *, varied: bool = False) -> bool:
        """True if all that a row holds is the mean of these rows; where it has to be `varied`, of numbered ones that differ."""
        own = {name: cells for name, cells in self.cells.items() if not blank(cells[row])}
        if not own or len(rows) < _LEAST or (varied and not self.numbered):
            return False
        return any(self._fits(row, rows, own, reader, varied=varied) for reader in self.readers)

    def _fits(self, row: int, rows: Sequence[int], names: Collection[str], reader: DateReader, *, varied: bool) -> bool:
        """True if this is so where days are read in the order of this reader."""
        columns = {name: self._numbers(name, reader) for name in names}
        read = {name: own[rows][~np.isnan(own[rows])] for name, own in columns.items()}
        if varied and all(len(set(numbers.tolist())) < _LEAST for numbers in read.values()):
            return False
        return all(self._mean(name, float(columns[name][row]), numbers.tolist()) for name, numbers in read.items())

    def _mean(self, name: str, value: float, numbers: Sequence[float]) -> bool:
        if math.isnan(value) or len(numbers) < _LEAST:
            return False
        apart = abs(value - sum(numbers) / len(numbers))
        return apart < 1 if name in _DAYS else apart <= (_HALF if value.is_integer() else _CENT)

    def _numbers(self, name: str, reader: DateReader) -> NDArray[np.float64]:
        """The number of each row, a day as its place in the calendar; NaN where there is none."""
        key = name, reader
        if key not in self._read:
            cells = self.cells[name]
            read = [_ordinal(reader.read(cell)) if name in _DAYS else _number(cell) for cell in cells.values]
            self._read[key] = np.array([math.nan if one is None else one for one in read], float)[cells.codes]
        return self._read[key]


def _ordinal(day: object) -> float | None:
    return float(day.toordinal()) if isinstance(day, date) else None


def _ordered(dates: DateReader, order: str) -> DateReader:
    """The same reader with days before months or after, which the sheet's columns tell only later."""
    found = copy(dates)
    found.take_order(order)
    return found


def _number(cell: Cell) -> float | None:
    """A number, written as one or as text; None where a cell is none."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    try:
        return float(normalize.word(cell).replace(",", "")) if isinstance(cell, str) else float(cell)
    except ValueError:
        return None
