"""How the dates of one sheet are read, settled from its columns before any is: their order, exchanged cells, zones; all said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from xfstats.config import normalize
from xfstats.config.zones import zone
from xfstats.errors import InputFault
from xfstats.model import FIELDS, Cell, Finding, Kind
from xfstats.records.rejects import RowReview
from xfstats.schema.date_cells import CellKind, Halves, apart_by_epoch, early_part, judge_cells, years_early
from xfstats.schema.date_columns import halves, moments
from xfstats.schema.date_zones import Moment, ZoneKind, ZoneReading, judge_zones


def settle_dates(work: RowReview, zones: ZoneReading | None) -> dict[str, Counter[Moment]]:
    """Settle how the date columns of a sheet are read, and return their moments with a zone.

    `zones` is what the sheets of the file say together.  Raises InputFault where dates can be read in two ways.
    """
    columns = {name: work.raw.values[name] for name, kind in FIELDS.items() if kind is Kind.DATE and name in work.raw.values}
    _settle_cells(work, columns)
    _settle_order(work, [*columns.values(), work.raw.updated or ()])
    return _settle_zones(work, columns, zones)


def _settle_cells(work: RowReview, columns: dict[str, list[Cell]]) -> None:
    """Judge date cells beside texts above the 12th; of columns that --date-cells speaks of, note those that are exchanged."""
    reader = work.schema.dates
    exchanging = work.vocabulary.date_cells == "swapped"
    found = {name: halves(cells, reader) for name, cells in columns.items() if exchanging or _mixed(cells)}
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
            work.find_whole("W258", when=True, column=work.letter(name), order=own.order, **_span(own))


def _mixed(cells: Sequence[Cell]) -> bool:
    """True if some of the cells are texts that do not begin with a year, and others are none of these."""
    own = {isinstance(cell, str) and not cell[:4].isdigit() for cell in set(cells) if not normalize.blank(cell)}
    return len(own) > 1


def _span(own: Halves) -> dict[str, str]:
    days = own.cells | own.texts
    return {"first": min(days).isoformat()[:7], "last": max(days).isoformat()[:7]}


def _settle_order(work: RowReview, columns: Sequence[Sequence[Cell]]) -> None:
    """Days before months or after, where the columns themselves tell; said aloud."""
    chinese = any(normalize.chinese(name) for name in work.schema.header.names if name)
    typed = any(isinstance(cell, int | float) for cells in work.raw.values.values() for cell in set(cells))
    telling = work.schema.dates.settle_order(columns, chinese=chinese, typed=typed)
    if telling:
        work.findings.append(Finding("W226", telling, (), {"order": work.schema.dates.order}))


def _settle_zones(work: RowReview, columns: dict[str, list[Cell]], zones: ZoneReading | None) -> dict[str, Counter[Moment]]:
    """Judge moments with Z or an offset, of all columns together, and return them."""
    reader = work.schema.dates
    found = {name: moments(cells, reader) for name, cells in columns.items()}
    filled = {name: counts for name, counts in found.items() if counts}
    reading = zones if zones and filled else judge_zones(filled.values(), zone(work.vocabulary.timezone or ""))
    letters = ", ".join(work.letter(name) for name in filled)
    if reading.kind is ZoneKind.MIXED:
        raise InputFault("E347", work.at, columns=letters)
    reader.zones = reading
    number = max((counts.total() for counts in filled.values()), default=0)
    said = reading.kind in {ZoneKind.MIDNIGHT, ZoneKind.WRITTEN}
    way = f"way.zone.{reading.kind}"
    work.find_whole("W257", when=said, number=number, columns=letters, offsets=reading.offsets, way=way)
    return filled


def say_shifted(work: RowReview) -> None:
    """Say which days of a date column lie about four years early, as do those pasted from a workbook that counts from 1904."""
    days = {name: [day for day in days if day is not None] for name, days in work.read.items()}
    early = [name for name, own in days.items() if years_early(own, work.schema.context.year)]
    if not early and {"received_on", "closed_on"} <= days.keys():
        pairs = _pairs(work.read["received_on"], work.read["closed_on"], work)
        starts = apart_by_epoch([start for start, _ in pairs], [end for _, end in pairs])
        early = [] if starts is None else ["received_on" if starts else "closed_on"]
    shifted = {name: set(own) if name in early else early_part(own) for name, own in days.items()}
    for name, moved in shifted.items():
        rows = [row for row, day in enumerate(work.read[name]) if day in moved and row not in work.skips]
        work.find("W259", rows, name)


def _pairs(starts: Sequence[date | None], ends: Sequence[date | None], work: RowReview) -> list[tuple[date, date]]:
    rows = enumerate(zip(starts, ends, strict=True))
    return [(start, end) for row, (start, end) in rows if start and end and row not in work.skips]
