"""Settings by which the dates of a sheet are read, found from its columns: order of day and month, exchanged cells, zones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from xfstats.config import normalize
from xfstats.config.zones import zone
from xfstats.errors import InputFault
from xfstats.measures.deadlines import DayArray, as_days
from xfstats.model import FIELDS, Cell, Finding, Kind
from xfstats.readers.column import Column, Mask
from xfstats.records.rejects import RowReview
from xfstats.schema.date_cells import CellKind, Halves, apart_by_epoch, early_part, judge_cells, years_early
from xfstats.schema.date_columns import halves, moments
from xfstats.schema.date_zones import Moment, ZoneKind, ZoneReading, judge_zones

_ZONE_WAYS: Mapping[ZoneKind, str] = {ZoneKind.MIDNIGHT: "way.zone.midnight", ZoneKind.WRITTEN: "way.zone.written"}
"""What is said of a reading that nobody chose."""


def settle_dates(work: RowReview, zones: ZoneReading | None) -> dict[str, Counter[Moment]]:
    """Settle how the date columns of a sheet are read, and return their moments with a zone.

    `zones` is the reading of all sheets of the file together.  Raises InputFault where dates can be read in two ways.
    """
    columns = {name: work.raw.values[name] for name, kind in FIELDS.items() if kind is Kind.DATE and name in work.raw.values}
    _settle_cells(work, columns)
    _settle_order(work, [cells.values for cells in (*columns.values(), work.raw.updated) if cells is not None])
    return _settle_zones(work, columns, zones)


def _settle_cells(work: RowReview, columns: Mapping[str, Column[Cell]]) -> None:
    """Settle day and month of date cells beside texts with days above 12; raise InputFault where they may be exchanged."""
    reader = work.schema.dates
    exchanging = work.vocabulary.date_cells == "swapped"
    found = {name: halves(cells.values, reader) for name, cells in columns.items() if exchanging or _mixed(cells.values)}
    if exchanging:
        work.exchanged = frozenset(name for name, own in found.items() if own.cells and own.exchangeable)
    for name, own in found.items():
        kind = judge_cells(own)
        if kind is CellKind.WHOLE:
            continue
        if not exchanging and kind is not CellKind.AS_THEY_STAND:
            raise InputFault(
                "E346", work.at, column=work.letter(name), cells=len(own.cells), texts=len(own.texts), order=own.order
            )
        reader.take_order(own.order)
        if not exchanging:
            work.note_sheet("W258", when=True, column=work.letter(name), order=own.order, **_span(own))


def _mixed(cells: Sequence[Cell]) -> bool:
    """True if some of the cells are texts that do not begin with a year, and others are not."""
    own = {isinstance(cell, str) and not cell[:4].isdigit() for cell in set(cells) if not normalize.blank(cell)}
    return len(own) > 1


def _span(own: Halves) -> dict[str, str]:
    days = own.cells | own.texts
    return {"first": min(days).isoformat()[:7], "last": max(days).isoformat()[:7]}


def _settle_order(work: RowReview, columns: Sequence[Sequence[Cell]]) -> None:
    """Set the order of day and month where the columns prove it, with a finding."""
    chinese = any(normalize.chinese(name) for name in work.schema.header.names if name)
    typed = any(cells.numeric for cells in work.raw.values.values())
    telling = work.schema.dates.settle_order(columns, chinese=chinese, typed=typed)
    if telling:
        work.findings.append(Finding("W226", telling, (), {"order": work.schema.dates.order}))


def _settle_zones(work: RowReview, columns: Mapping[str, Column[Cell]], zones: ZoneReading | None) -> dict[str, Counter[Moment]]:
    """Settle the zone of moments with Z or an offset, and return them by field; raise InputFault where offsets differ."""
    reader = work.schema.dates
    found = {name: moments(cells, reader) for name, cells in columns.items()}
    filled = {name: counts for name, counts in found.items() if counts}
    reading = zones if zones and filled else judge_zones(filled.values(), zone(work.vocabulary.timezone or ""))
    letters = ", ".join(work.letter(name) for name in filled)
    if reading.kind is ZoneKind.MIXED:
        raise InputFault("E347", work.at, columns=letters)
    reader.zones = reading
    number = max((counts.total() for counts in filled.values()), default=0)
    way = _ZONE_WAYS.get(reading.kind)
    work.note_sheet("W257", when=way is not None, number=number, columns=letters, offsets=reading.offsets, way=way)
    return filled


_FIRST = 3
"""Rows that are enough to compare spans of time."""


def note_shifted(work: RowReview) -> None:
    """Note dates that lie about four years early, as do those pasted from a workbook that counts from 1904."""
    days = {name: _distinct(days) for name, days in work.read.items()}
    early = [name for name, own in days.items() if years_early(own, work.schema.context.year)]
    if not early and {"received_on", "closed_on"} <= days.keys():
        starts = apart_by_epoch(*_spans(work.read["received_on"], work.read["closed_on"], work.recorded))
        early = [] if starts is None else ["received_on" if starts else "closed_on"]
    shifted = {name: set(own) if name in early else early_part(own) for name, own in days.items()}
    for name, moved in shifted.items():
        work.note("W259", work.recorded & np.isin(work.read[name], as_days(sorted(moved))), name)


def _distinct(days: DayArray) -> list[date]:
    """Return the distinct days of a column."""
    found: list[date] = pd.unique(days[~np.isnat(days)]).astype("datetime64[D]").tolist()
    return found


def _spans(starts: DayArray, ends: DayArray, rows: Mask) -> tuple[list[date], list[date]]:
    """Return the start days and the end days of rows that have both: the first three, and one row of each length."""
    both = np.flatnonzero(rows & ~np.isnat(starts) & ~np.isnat(ends))
    told = ~pd.Series(ends[both] - starts[both]).duplicated().to_numpy()
    told[:_FIRST] = True
    both = both[told]
    first, last = (days[both].astype("datetime64[D]").tolist() for days in (starts, ends))
    return first, last
