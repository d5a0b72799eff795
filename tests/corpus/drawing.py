"""Truth records drawn by seed, and the columns that a log of a kind has."""

import random
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from .truth import Record
from .words import CLOSING, EXCLUDING, GROUP_VALUES, LEVEL_WORDS, OPEN, OUTCOME_SETS, RESOLVING, SETTLING

PLAIN_COLUMNS = {
    "visits": ("serial", "received_on", "level", "leader", "persons", "status", "closed_on"),
    "cases": ("serial", "case_no", "received_on", "level", "leader", "status", "closed_on"),
    "letters": ("serial", "received_on", "level", "unit", "status", "closed_on"),
    "backlog": ("serial", "received_on", "level", "leader", "unit", "status", "closed_on"),
}
GROUPINGS = ("unit", "region", "category", "channel")


def columns(rng: random.Random, kind: str, mess: Collection[str]) -> tuple[str, ...]:
    """The fields of a log in the order of its columns."""
    names = list(PLAIN_COLUMNS[kind])
    if "no-level" in mess:
        _regroup(rng, kind, names)
    if "involved-alone" in mess:
        names[names.index("persons")] = "involved"
    if "involved-beside" in mess:
        names.insert(names.index("persons") + rng.randint(0, 1), "involved")
    if "batches" in mess:
        names.insert(names.index("leader"), "batches")
    _restate(rng, names, mess)
    if "extra-columns" in mess:
        later = [name for name in ("accepted_on", "due_on", "post") if name != "post" or "level" in names]
        names += rng.sample(later, 2)
        if "level" in names:
            names += rng.sample(["region", "category"], 1)
        if kind == "cases":
            names.append("persons")
    if {"personal-columns", "continuation"} & set(mess):
        names[2:2] = rng.sample(["name", "identity", "telephone", "address"], rng.randint(2, 4))
        names.append("text")
    if "two-satisfactions" in mess:
        names += ["satisfaction", "satisfaction_unit"]
    if "column-order" in mess:
        first, *rest = names
        rng.shuffle(rest)
        names = [first, *rest] if first == "serial" else [*rest, first]
    return tuple(names)


def _regroup(rng: random.Random, kind: str, names: list[str]) -> None:
    chosen = rng.choice(GROUPINGS if kind != "visits" else GROUPINGS[:3])
    names[names.index("level")] = chosen
    if "unit" in names and chosen != "unit":
        names.remove("unit")
    if names.count("unit") > 1:
        names.remove("unit")


def _restate(rng: random.Random, names: list[str], mess: Collection[str]) -> None:
    """Replace or complete the status column."""
    at = names.index("status")
    if "close-date-only" in mess:
        names.remove("status")
    if "outcome-column" in mess:
        names.insert(at + 1, "outcome")
    if "flag-columns" in mess:
        flags = ["closed_flag", "settled_flag"] if rng.random() < 0.5 else ["closed_flag", "resolved_flag"]
        names[at : at + 1] = flags if rng.random() < 0.6 else ["status", flags[1]]


def records(
    rng: random.Random, kind: str, names: Sequence[str], count: int, year: int, month: int | None, *, within_year: bool = False
) -> list[Record]:
    """Rows in the order of their dates, as plain as rows can be."""
    words = _Palette(rng, names)
    drawn = [words.record(rng, kind, _day(rng, year, month, within_year=within_year)) for _ in range(count)]
    return sorted(drawn, key=lambda record: record.received or date.min)


def _day(rng: random.Random, year: int, month: int | None, *, within_year: bool) -> date:
    return date(year, month or rng.randint(1, 8 if within_year else 12), rng.randint(1, 28))


class _Palette:
    """The few words that one office uses."""

    def __init__(self, rng: random.Random, names: Sequence[str]) -> None:
        self.names = names
        self.levels = ["市级", "县级", "乡级", *rng.choices(["省级", "村级", ""], weights=[1, 1, 6])]
        plain = "outcome" in names
        self.closing = rng.sample(CLOSING, 2)
        if not plain and "settled_flag" not in names:
            self.closing += rng.sample(SETTLING, 1)
        if not plain and "resolved_flag" not in names:
            self.closing += rng.sample(RESOLVING, 1)
        self.open = [*rng.sample(OPEN, 2), None]
        self.excluding = rng.sample(EXCLUDING, 1)
        self.outcomes = rng.sample(sorted(OUTCOME_SETS), 4)

    def record(self, rng: random.Random, kind: str, day: date) -> Record:
        """One matter: closed, excluded or open, with a close date only where it is closed."""
        fate = rng.choices(["closed", "excluded", "open"], weights=[12, 1 if "status" in self.names else 0, 7])[0]
        word = rng.choice({"closed": self.closing, "excluded": self.excluding, "open": self.open}[fate])
        closed = fate == "closed"
        return Record(
            received=day,
            closed=day + timedelta(days=rng.randint(0, 80)) if closed and rng.random() < 0.9 else None,
            level=rng.choice([level for level in self.levels if level]) if rng.random() < 0.95 else None,
            persons=rng.choices([1, 2, 3, 5, 8, 12, 23], weights=[5, 4, 3, 3, 2, 1, 1])[0],
            batches=rng.choices([1, 2, 3], weights=[6, 2, 1])[0] if kind == "visits" else 1,
            status=word,
            outcome=rng.choice(self.outcomes) if closed and "outcome" in self.names else None,
            closed_flag=closed,
            settled_flag=closed and rng.random() < 0.6,
            resolved_flag=closed and rng.random() < 0.5,
            **{name: rng.choice(values) for name, values in GROUP_VALUES.items()},
        )


def level_words(canonical: str | None) -> Sequence[str]:
    """The spellings of a level; an unknown level has one."""
    return LEVEL_WORDS.get(canonical or "", (canonical or "",))
