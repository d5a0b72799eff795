"""Distinct values of a column of dates: date cells, texts in an order that is not known, moments with a time zone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from xfstats.model import Cell
from xfstats.readers.column import Column
from xfstats.schema.date_cells import MONTHS, Halves
from xfstats.schema.date_forms import SLASHED
from xfstats.schema.date_order import full_year, possible
from xfstats.schema.date_zones import Moment
from xfstats.schema.dates import DateReader, bare, is_unambiguous

_SLASHED = SLASHED.pattern


def halves(cells: Iterable[Cell], reader: DateReader) -> Halves:
    """Return the distinct days of unambiguous cells, and those of texts such as 13/06/2024 with the order that they prove.

    The texts give no days where one can be read in either order, or where no order fits all of them.
    """
    distinct = set(cells)
    days = frozenset(day for cell in distinct if is_unambiguous(cell) and isinstance(day := reader.read(cell), date))
    texts = (cell for cell in distinct if isinstance(cell, str) and not cell[:4].isdigit())
    slashed = possible(hit for text in texts if (hit := _SLASHED.fullmatch(bare(text))))
    for order, days_in, months_in in (("dmy", "a", "b"), ("mdy", "b", "a")):
        found = [_day(hit, int(hit[months_in]), int(hit[days_in])) for hit in slashed]
        late = frozenset(one for one in found if one is not None and one.day > MONTHS)
        if found and all(one in late for one in found):
            return Halves(days, late, order)
    return Halves(days)


def _day(hit: re.Match[str], month: int, day: int) -> date | None:
    """Return the day of a text in one order; None where that order has no such day."""
    try:
        return date(full_year(hit["y"]), month, day)
    except ValueError:
        return None


def moments(cells: Column[Cell], reader: DateReader) -> Counter[Moment]:
    """Return the moments with Z or an offset in a column, each with the number of its cells."""
    found: Counter[Moment] = Counter()
    for cell, number in cells.counts().items() if any(map(_timed, cells.values)) else ():
        moment = reader.moment(cell) if _timed(cell) else None
        if moment is not None:
            found[moment] += number
    return found


def _timed(cell: Cell) -> bool:
    """True if a text may be a moment with a time of day and a zone."""
    return ":" in cell if isinstance(cell, str) else isinstance(cell, datetime) and cell.tzinfo is not None
