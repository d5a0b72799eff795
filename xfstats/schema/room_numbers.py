"""Columns of numbers under headers such as Unit #, which may be of offices or of rooms: they serve no field unasked."""

from __future__ import annotations

from collections.abc import Sequence

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.word_patterns import pattern
from xfstats.model import Cell

ROOM = pattern("value_header", "room")
"""Headers of numbers of offices or of rooms."""


def room_numbers(
    offers: dict[str, list[tuple[int, int, str]]], names: Sequence[str | None], sample: Sequence[Sequence[Cell]]
) -> tuple[int, ...]:
    """Remove the columns of units that may hold numbers of rooms from the offers, and return them."""
    found = offers.get("unit", [])
    rooms = [one for one in found if ROOM.search((names[one[1]] or "").lower()) and _numbered(sample, one[1])]
    if rooms:
        offers["unit"] = [one for one in found if one not in rooms]
    if rooms and not offers["unit"]:
        del offers["unit"]
    return tuple(column for _, column, _ in rooms)


def _numbered(sample: Sequence[Sequence[Cell]], column: int) -> bool:
    """True if most filled cells of a column hold a digit: 12, 3B."""
    filled = [normalize.text_of(row[column]) for row in sample if column < len(row) and not blank(row[column])]
    return 2 * sum(1 for text in filled if any(map(str.isdigit, text))) > len(filled)
