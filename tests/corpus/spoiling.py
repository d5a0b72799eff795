"""Mess that changes what is true of some rows: rejected, undated, contradictory, doubled."""

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.writers import Error, Formula

from .truth import Record
from .words import STATUS_SETS, UNKNOWN_LEVELS, UNKNOWN_STATUS

BAD_DATES = ("2024-02-30", "2024-13-05", "3/4/2024", "不详", "5月中旬", "2024-05-06至2024-05-09", "2024年6月31日")
BAD_PERSONS = ("若干", "数十人", "10余人", "3-5", "不详", None, None, " ")


def _bad_dates(rng: random.Random, record: Record) -> Record:
    return replace(record, rejected=True, written={"received_on": rng.choice(BAD_DATES)})


def _bad_persons(rng: random.Random, record: Record) -> Record:
    return replace(record, rejected=True, written={"persons": rng.choice(BAD_PERSONS)})


def _error_cells(rng: random.Random, record: Record) -> Record:
    name = rng.choice(["received_on", "status", "closed_on"])
    cell = Error(rng.choice(["#N/A", "#REF!", "#VALUE!"]))
    if name == "received_on" and rng.random() < 0.4:
        cell = Formula("TODAY()", None)
    if name == "received_on":
        return replace(record, rejected=True, written={name: cell})
    return replace(record, written={name: cell}, **({"status": None} if name == "status" else {"closed": None}))


def _contradictions(rng: random.Random, record: Record) -> Record:
    """A close date without a closing status, or one before the day of receipt."""
    received = record.received or date(2024, 1, 8)
    if record.status and STATUS_SETS[record.status]:
        return replace(record, closed=received - timedelta(days=rng.randint(1, 5)))
    return replace(record, closed=received + timedelta(days=rng.randint(1, 20)))


def _future_close(rng: random.Random, record: Record) -> Record:
    return replace(record, closed=date(2026, 11, rng.randint(3, 28)))


def _date_blank(rng: random.Random, record: Record) -> Record:
    return replace(record, received=None)


def _level_unknown(rng: random.Random, record: Record) -> Record:
    return replace(record, level=UNKNOWN_LEVELS[0])


def _status_unknown(rng: random.Random, record: Record) -> Record:
    return replace(record, status=UNKNOWN_STATUS[0], closed=None)


SPOILS: Mapping[str, tuple[Callable[[random.Random, Record], Record], int, int]] = {
    "status-unknown": (_status_unknown, 1, 4),
    "level-unknown": (_level_unknown, 3, 5),  # a word is shown where it stands in three rows
    "date-blank": (_date_blank, 1, 2),
    "contradictions": (_contradictions, 1, 3),
    "future-close": (_future_close, 1, 2),
    "bad-dates": (_bad_dates, 1, 2),
    "bad-persons": (_bad_persons, 1, 2),
    "error-cells": (_error_cells, 1, 3),
}


def spoil(rng: random.Random, records: Sequence[Record], mess: Collection[str]) -> list[Record]:
    """The records with each chosen mess in some rows, no row hit twice."""
    result = list(records)
    free = list(range(len(result)))
    rng.shuffle(free)
    for name, (change, least, most) in SPOILS.items():
        if name in mess:
            for _ in range(min(rng.randint(least, most), len(free))):
                at = free.pop()
                result[at] = change(rng, result[at])
    if "duplicates" in mess:
        for at in sorted(free[: rng.randint(1, 3)], reverse=True):
            result.insert(at, result[at])
    return result
