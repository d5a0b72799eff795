"""Status sets that a sheet cannot tell because most of its records have words that no table holds."""

from __future__ import annotations

from xfstats.readers.column import Mask
from xfstats.records.frame import Records
from xfstats.records.statuses import FLAG_OF

OUTCOMES = tuple(FLAG_OF.values())
"""The sets of which there are rates."""


def untold_sets(records: Records) -> dict[str, tuple[str, Mask]]:
    """Return the sets that most records leave open, each with the field that would tell it and the rows of unknown words.

    A yes/no column without one known answer leaves its set open too, however many of its cells are blank.
    """
    found = {}
    for one in OUTCOMES:
        name = _telling(one, records)
        if name is None or (one != "closed" and one not in records.outcomes.supports):
            continue
        unknown = records.outcomes.unknown[name].where(lambda word: word is not None)
        rows = records.counted & unknown & ~records.outcomes.flags[one]
        answerless = name in FLAG_OF and not records.outcomes.words[name] and rows.any()
        if answerless or 2 * rows.sum() > records.counted.sum():
            found[one] = (name, rows)
    return found


def _telling(one: str, records: Records) -> str | None:
    """Return the column that tells a set: its own yes/no column, else the status, else the outcome; None where a date does."""
    own = next(name for name, of in FLAG_OF.items() if of == one)
    told = next((name for name in (own, "status", "outcome") if name in records.outcomes.unknown), None)
    return None if one == "closed" and records.outcomes.by_date and not records.outcomes.made.get("closed") else told
