"""What the rows of an office truly say, and the figures that follow from them by the definitions of the design (§3)."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeAlias

from tests.corpus.truth import AS_OF, Group, median
from tests.corpus.words import CLOSED, EXCLUDED, RESOLVED, SETTLED

SETS = (CLOSED, SETTLED, RESOLVED)
RATES: Mapping[str, str] = {"closure_rate": CLOSED, "settlement_rate": SETTLED, "resolution_rate": RESOLVED}
OPEN: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Pair:
    """A rate."""

    numerator: int
    denominator: int


Figure: TypeAlias = int | float | Pair | None  # None: there is no such figure, so a dash must stand there
Figures: TypeAlias = dict[str, Figure]


@dataclass(frozen=True)
class State:
    """A word of the status column, the sets it is in, and how often an office uses it."""

    word: str | int | None
    sets: frozenset[str] = OPEN
    weight: int = 4


def done(word: str, *more: str, weight: int = 8) -> State:
    """A word that closes, and perhaps settles or resolves."""
    return State(word, frozenset({CLOSED, *more}), weight)


def dropped(word: str, weight: int = 2) -> State:
    """A word of what is not counted in a rate."""
    return State(word, frozenset({EXCLUDED}), weight)


@dataclass(frozen=True)
class Matter:
    """One record as it truly is; `told` holds groups and whatever else a column of the office writes."""

    received: date | None
    closed: date | None = None
    sets: frozenset[str] = OPEN
    word: str | int | None = None
    persons: int = 1
    told: Mapping[str, Any] = field(default_factory=dict)

    def with_told(self, **more: Any) -> "Matter":
        """The matter with more facts."""
        return Matter(self.received, self.closed, self.sets, self.word, self.persons, {**self.told, **more})


@dataclass(frozen=True)
class Truth:
    """One table: figures by group and in total; `ledger` where it must be the one of that name."""

    log: str
    by: str | None
    groups: Mapping[Group, Figures]
    total: Figures
    ledger: str | None = None


def drawn(
    rng: random.Random,
    states: Sequence[State],
    count: int,
    *,
    first: date = date(2024, 1, 3),
    span: int = 160,
    within: int = 50,
    **told: Sequence[Any],
) -> list[Matter]:
    """Matters in the order of their days; what is closed has a close day, nothing else has."""
    days = sorted(first + timedelta(days=rng.randrange(span)) for _ in range(count))
    matters = []
    for day in days:
        state = rng.choices(states, weights=[state.weight for state in states])[0]
        closed = day + timedelta(days=rng.randint(1, within)) if CLOSED in state.sets else None
        facts = {name: rng.choice(values) for name, values in told.items()}
        matters.append(Matter(day, closed, state.sets, state.word, rng.choices((1, 2, 3, 5, 8), (6, 4, 3, 2, 1))[0], facts))
    return matters


def figures(matters: Sequence[Matter], log: str, *, persons: bool = False, days: bool = True) -> Figures:
    """Counts, the three rates, and the median where nobody can doubt which days it is of."""
    excluded = sum(EXCLUDED in one.sets for one in matters)
    counts = {name: sum(name in one.sets and EXCLUDED not in one.sets for one in matters) for name in SETS}
    result: Figures = {"visits" if log == "visits" else "cases": len(matters), EXCLUDED: excluded, **counts}
    if persons:
        result["persons"] = sum(one.persons for one in matters)
    base = len(matters) - excluded
    result |= {rate: Pair(counts[name], base) for rate, name in RATES.items()}
    if days and _certain(matters):
        result["median_days"] = median([(one.closed - one.received).days for one in matters if one.closed and one.received])
    return result


def _certain(matters: Iterable[Matter]) -> bool:
    """Whether closed matters alone have a close day, none before receipt or after the as-of day."""
    both = [one for one in matters if one.closed]
    return all(
        CLOSED in one.sets and EXCLUDED not in one.sets and one.received and one.closed and one.received <= one.closed <= AS_OF
        for one in both
    )


def counted(
    matters: Sequence[Matter],
    log: str,
    by: str | None = None,
    *,
    persons: bool = False,
    days: bool = True,
    ledger: str | None = None,
    also: Callable[[Sequence[Matter]], Figures] | None = None,
    without: Sequence[str] = (),
) -> Truth:
    """The table of these matters; `also` computes more figures, those of `without` nobody can know."""

    def told(members: Sequence[Matter]) -> Figures:
        found = figures(members, log, persons=persons, days=days and "median_days" not in without) | (
            also(members) if also else {}
        )
        return {key: value for key, value in found.items() if key not in without}

    members: dict[Group, list[Matter]] = {}
    for one in matters if by else ():
        members.setdefault(one.told.get(by or ""), []).append(one)
    return Truth(log, by, {group: told(rows) for group, rows in members.items()}, told(matters), ledger)
