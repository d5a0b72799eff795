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
from xfstats.row_reasons import RowReason
from xfstats.schema.dates import DateReader

_DAYS = ("received_on", "closed_on")
_LEAST = 2
"""Fewest rows that a mean is taken of."""
_HALF, _CENT = 0.5, 0.01
"""Tolerance of a mean rounded to a whole number, and to two decimal places; a mean of dates may be off by less than a day."""
_MOST_FAILED = 500
"""Number of candidates without a mean after which the search ends: such rows are records here."""


def averages(raw: RawCells, known: Mapping[int, RowReason], words: Collection[str], dates: DateReader) -> dict[int, RowReason]:
    """Return rows of averages: `subtotal` for the mean of the rows since the last such row, `total` for the mean of all rows.

    Such a row has a day or an amount, each of them the mean; no number and no status; one text, which is the label of the
    rows above beside another word, or any text beside one of `words`, the words of averages.
    """
    means = _Means(raw.values, dates)
    groups = [raw.values[name].map(_key) for name in GROUP_FIELDS if name in raw.values]
    found: dict[int, RowReason] = {}
    parted = RowReason.SUBTOTAL in known.values()
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
                found[row] = RowReason.TOTAL
            elif means.fits(row, above or _since(begin, row, known), varied=not worded):
                found[row] = RowReason.SUBTOTAL
        begin, failed = (row + 1, failed) if row in found else (begin, failed + 1)
    return found


def is_average(labels: Sequence[str], words: Collection[str]) -> bool:
    """True if a text of a row holds a word of averages: 月平均, Grand Average, Total (mean)."""
    return any(_holds(normalize.word(text), word) for text in labels for word in words)


def _holds(text: str, word: str) -> bool:
    """True if a text holds a word, one in letters not within another word."""
    return word in (text if normalize.chinese(word) else re.split(r"[\W_]+", text))


def _bare(raw: RawCells, known: Mapping[int, RowReason], words: Collection[str]) -> list[int]:
    """Return rows with few cells, no number and no status; in a log without number columns, only those with one of `words`."""
    few = (raw.filled <= MOST_FILLED) & raw.blank_in((*NUMBERS, *STATES)) & raw.all_but(known)
    rows: list[int] = np.flatnonzero(few).tolist()
    if any(name in raw.values for name in NUMBERS):
        return rows
    said = re.compile("|".join(map(re.escape, words)), re.IGNORECASE).search
    return [row for row in rows if any(said(text) for text in raw.labels[row])]


def _key(cell: Cell) -> str | None:
    """Return the key of a cell that is a label, None for a cell that is no text."""
    return normalize.label_key(cell) if isinstance(cell, str) else None


def _run(groups: Sequence[Column[str | None]], group: str, begin: int, row: int, known: Collection[int]) -> list[int]:
    """Return the rows directly above a row that have this label, in the first group column in which there are any."""
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


def _since(begin: int, row: int, known: Mapping[int, RowReason]) -> list[int]:
    """Return the records above a row, back to the last subtotal or to `begin`."""
    first = max((one + 1 for one, why in known.items() if why == RowReason.SUBTOTAL and begin <= one < row), default=begin)
    return [other for other in range(first, row) if other not in known]


def _text(texts: Sequence[str], dates: DateReader) -> str | None:
    """Return the one text of a row that is no day and no number; None where there is none or more than one."""
    written = [text for text in texts if text and not _day(text, dates) and number_of(text) is None]
    return written[0] if len(written) == 1 else None


def _day(text: str, dates: DateReader) -> bool:
    return isinstance(read := dates.read(text), date) or read == RowReason.DATE_AMBIGUOUS


def _read(text: str, words: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Yield each label left when a word is cut off the text, and True if that word means an average."""
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
    """Days and amounts of the rows, and the test whether those of one row are the mean of those of others."""

    def __init__(self, values: Mapping[str, Column[Cell]], dates: DateReader) -> None:
        self.numbered = any(name in values for name in NUMBERS)
        self.readers = [dates, *(_ordered(dates, order) for order in ("dmy", "mdy"))]
        self.cells = {name: values[name] for name in (*_DAYS, *AMOUNT_FIELDS) if name in values}
        self._read: dict[tuple[str, DateReader], NDArray[np.float64]] = {}

    def fits(self, row: int, rows: Sequence[int], *, varied: bool = False) -> bool:
        """True if each day and amount of a row is the mean of these rows; with `varied` they must differ and have numbers."""
        own = {name: cells for name, cells in self.cells.items() if not blank(cells[row])}
        if not own or len(rows) < _LEAST or (varied and not self.numbered):
            return False
        return any(self._fits(row, rows, own, reader, varied=varied) for reader in self.readers)

    def _fits(self, row: int, rows: Sequence[int], names: Collection[str], reader: DateReader, *, varied: bool) -> bool:
        """True if each of these columns holds in this row the mean of the rows, with dates read by this reader."""
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
        """Return the number of each row, of a date its ordinal; NaN where a cell holds none."""
        key = name, reader
        if key not in self._read:
            cells = self.cells[name]
            read = [_ordinal(reader.read(cell)) if name in _DAYS else number_of(cell) for cell in cells.values]
            self._read[key] = np.array([math.nan if one is None else one for one in read], float)[cells.codes]
        return self._read[key]


def _ordinal(day: object) -> float | None:
    return float(day.toordinal()) if isinstance(day, date) else None


def _ordered(dates: DateReader, order: str) -> DateReader:
    """Return a copy of the reader with this order of day and month, which is settled for the sheet only later."""
    found = copy(dates)
    found.take_order(order)
    return found


def number_of(cell: Cell) -> float | None:
    """Return the number that a cell holds as a number or as text; None where it holds none."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    try:
        return float(normalize.word(cell).replace(",", "")) if isinstance(cell, str) else float(cell)
    except ValueError:
        return None
