"""Rows of quotients below a log: 每批平均人数 3.3, Average per visit 2.86, proven by the totals that they are made of."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from itertools import permutations

import numpy as np

from xfstats.config.normalize import blank
from xfstats.model import Cell
from xfstats.readers.column import Mask
from xfstats.records.average_rows import is_average, number_of
from xfstats.records.cells import RawCells
from xfstats.records.total_rows import AMOUNT_FIELDS, LEAST, MOST_FILLED, NUMBERS, STATES
from xfstats.row_reasons import RowReason
from xfstats.schema.dates import DateReader
from xfstats.schema.numbers import MOST_ADDED, amount

_EXACT = 1e-9
"""Tolerance of a quotient that is written with all its decimals."""
_MOST_DECIMALS = 6
"""Decimals beyond which a number is a quotient as it was computed, not as it was rounded."""


def quotients(raw: RawCells, known: Collection[int], words: Collection[str], dates: DateReader) -> dict[int, RowReason]:
    """Return as `total` the rows below all records whose one amount is the quotient of two totals: rows, batches, persons.

    Such a row has one text beside it, no day, no number and no status. A whole number is a quotient only beside one of `words`,
    the words of averages; one with decimals is proven by them.
    """
    names = [name for name in AMOUNT_FIELDS if name in raw.values]
    if not names or "received_on" not in raw.values:
        return {}
    free = raw.all_but(known)
    dated = free & raw.values["received_on"].where(lambda cell: _day(cell, dates))
    rows = np.flatnonzero(dated)
    if len(rows) < LEAST:
        return {}
    below = free & ~dated & (raw.filled <= MOST_FILLED) & raw.blank_in((*NUMBERS, *STATES))
    below[: int(rows[-1]) + 1] = False
    candidates = np.flatnonzero(below).tolist()
    made = set(_quotients(raw, names, dated)) if candidates else set()
    return {row: RowReason.TOTAL for row in candidates if _fits(raw, row, names, made, words)}


def _day(cell: Cell, dates: DateReader) -> bool:
    return isinstance(day := dates.read(cell), date) or day is RowReason.DATE_AMBIGUOUS


def _quotients(raw: RawCells, names: Collection[str], records: Mask) -> Iterator[float]:
    """Yield the quotients of two of the totals: the number of rows, and the sum of each amount."""
    totals = {int(records.sum())}
    for name in names:
        cells = raw.values[name].take(records)
        counts = cells.map(lambda cell: amount(cell, MOST_ADDED, 0)).counts()
        totals.add(sum(number * count for number, count in counts.items() if isinstance(number, int)))
    yield from (one / other for one, other in permutations(totals - {0}, 2))


def _fits(raw: RawCells, row: int, names: Collection[str], made: Collection[float], words: Collection[str]) -> bool:
    """True if the one amount of a row is one of the quotients, rounded to the decimals that it has, beside one text."""
    filled = [cell for name in names if not blank(cell := raw.values[name][row])]
    texts = [text for text in raw.labels[row] if text and number_of(text) is None]
    value = number_of(filled[0]) if len(filled) == 1 and len(texts) == 1 else None
    if value is None or not math.isfinite(value) or (value.is_integer() and not is_average(texts, words)):
        return False
    decimals = -int(Decimal(repr(value)).normalize().as_tuple().exponent)
    apart = _EXACT if decimals > _MOST_DECIMALS else 0.5 * 10.0 ** -max(decimals, 0) + _EXACT
    return any(abs(value - one) <= apart for one in made)
