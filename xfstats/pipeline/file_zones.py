"""Days with Z or an offset in several sheets of one file: the proof of a zone is that of all its sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from xfstats.config.plan import Plan
from xfstats.config.zones import zone
from xfstats.errors import InputFault
from xfstats.frozen import frozen
from xfstats.model import Position
from xfstats.readers.base import SheetInfo
from xfstats.schema.date_zones import Moment, ZoneKind, ZoneReading, judge_file


@frozen
class Zoned:
    """A sheet with moments, and their time zone reading by this sheet alone."""

    info: SheetInfo
    moments: Mapping[str, Counter[Moment]]
    reading: ZoneReading


def differing(sheets: Mapping[int, Zoned], plan: Plan, at: Position) -> tuple[ZoneReading | None, dict[int, SheetInfo]]:
    """Return the time zone reading of a file, and the sheets to read again with it; raise InputFault for mixed offsets."""
    if len(sheets) < 2:
        return None, {}
    reading = judge_file([sheet.moments for sheet in sheets.values()], zone(plan.profile["read"]["timezone"]))
    if reading.kind is ZoneKind.MIXED:
        names = ", ".join(f"「{sheet.info.shown}」" for sheet in sheets.values())
        raise InputFault("E347", at, columns=names)
    return reading, {index: sheet.info for index, sheet in sheets.items() if not _alike(sheet.reading, reading)}


def _alike(one: ZoneReading, other: ZoneReading) -> bool:
    """True if two readings give the same day for every moment: as written, or in one zone without summer time."""
    return one.offsets == other.offsets and "/" not in one.offsets
