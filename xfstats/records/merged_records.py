"""Records over several rows: further rows with another unit or status, and the status and close date of the whole record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.measures.deadlines import NO_DAY, DayArray
from xfstats.model import GROUP_FIELDS, Cell
from xfstats.records.statuses import FLAG_OF, Outcomes

SETS = ("closed", "settled", "resolved")
"""Status sets that a record is in only if each of its rows is."""


def first_rows(continued: Iterable[int]) -> dict[int, list[int]]:
    """Return the first row of each record over several rows, with the further ones.

    >>> first_rows([3, 5, 6])
    {2: [3], 4: [5, 6]}
    """
    found: dict[int, list[int]] = {}
    first = -1
    for row in sorted(continued):
        if first not in found or found[first][-1] != row - 1:
            first = row - 1
        found.setdefault(first, []).append(row)
    return found


def differing(values: Mapping[str, Sequence[Cell]], records: Mapping[int, Sequence[int]], states: Sequence[str]) -> list[int]:
    """Return the first rows of records whose further rows hold another unit or status; blanks and dittos are not compared."""
    names = [name for name in (*GROUP_FIELDS, *states) if name in values]
    return [
        first
        for first, rows in records.items()
        if any(_says(values[name][row]) and _other(values[name][row], values[name][first]) for row in rows for name in names)
    ]


def settle(
    results: Outcomes,
    values: Mapping[str, Sequence[Cell]],
    records: Mapping[int, Sequence[int]],
    closed_on: DayArray | None,
) -> list[int]:
    """Make each record closed, settled or resolved only if all its rows with a status are; return those no longer closed.

    A record gets the latest close date of its rows, one that is no longer closed none.
    """
    undone = []
    for first, rows in records.items():
        before = bool(results.flags["closed"][first])
        for one in SETS:
            telling = _telling(one, values, results)
            said = [row for row in rows if any(_says(values[name][row]) for name in telling)]
            results.flags[one][first] = results.flags[one][first] and all(results.flags[one][row] for row in said)
        open_now = before and not results.flags["closed"][first]
        if open_now:
            undone.append(first)
        if closed_on is not None:
            days = closed_on[[first, *rows]]
            closed_on[first] = NO_DAY if open_now else max(days[~np.isnat(days)], default=NO_DAY)
    return undone


def _telling(one: str, values: Mapping[str, Sequence[Cell]], results: Outcomes) -> list[str]:
    """Return the columns that decide a set: its yes/no column, else the words; for closed also timeliness or close date."""
    own = [name for name, of in FLAG_OF.items() if of == one and name in values]
    words = own or [name for name in ("status", "outcome") if name in values]
    if one == "closed" and results.by_timeliness:
        words = [*words, "on_time_flag"]
    return [*words, "closed_on"] if one == "closed" and results.by_date else words


def _says(cell: Cell) -> bool:
    return not blank(cell) and cell not in normalize.dittos()


def _other(cell: Cell, first: Cell) -> bool:
    """True if two cells are not the same word."""
    return normalize.word(str(cell)) != normalize.word(str(first))
