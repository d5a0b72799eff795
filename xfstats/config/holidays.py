"""Working days, from an office's own file or from the chinesecalendar package; as plain values for the worker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from xfstats.config.small_files import text
from xfstats.config.word_patterns import words
from xfstats.errors import UsageFault
from xfstats.model import Position

PACKAGE = "chinesecalendar"
_LINE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*,?\s*(.*)")


def working_days(name: str, folder: Path) -> dict[str, list[int]] | None:
    """Return years that are known, days off and working weekends as ordinals; None where no holidays are named.

    A file has a line a day: `2026-10-01` or `2026-10-01 休` (off) is a day off, `2026-10-10 班` (on) a working day; # begins a
    comment.  Every year that it names is known.  Raises UsageFault with the line that is neither.
    """
    if not name:
        return None
    return _packaged() if name == PACKAGE else _plain(*_read(folder / name))


def _read(path: Path) -> tuple[set[date], set[date]]:
    """Return days off and working days of an office's file."""
    off: set[date] = set()
    on: set[date] = set()
    rest, work = words("calendar", "off"), words("calendar", "on")
    try:
        lines = text(path).splitlines()
    except (OSError, UnicodeDecodeError):
        raise UsageFault("E230", Position(path.name)) from None
    for number, line in enumerate(lines, 1):
        said = line.partition("#")[0].strip()
        found = _LINE.fullmatch(said)
        if said and (found is None or found[2] not in {"", *rest, *work}):
            raise UsageFault("E231", Position(path.name), line=number)
        if found is not None:
            try:
                (on if found[2] in work else off).add(date.fromisoformat(found[1]))
            except ValueError:
                raise UsageFault("E231", Position(path.name), line=number) from None
    return off, on


def _packaged() -> dict[str, list[int]]:
    """Return the days of the chinesecalendar package as plain values; raise UsageFault where it is not installed."""
    try:
        from chinese_calendar import constants  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageFault("E232") from None
    return _plain(set(constants.holidays), set(constants.workdays))


def _plain(off: Iterable[date], on: Iterable[date]) -> dict[str, list[int]]:
    """Return the days as ordinals, and the years that they are of."""
    off, on = sorted(off), sorted(on)
    return {
        "years": sorted({day.year for day in (*off, *on)}),
        "off": [day.toordinal() for day in off],
        "on": [day.toordinal() for day in on],
    }
