"""Definitions of all measures: flags, numerator, denominator, and the fields that each needs; each stands here once.

Sources: docs/definitions.md; 信访工作条例 (2022) for the limits; what each base means is in `choices`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from xfstats.frozen import frozen
from xfstats.measures.capabilities import (
    COLLECTIVE,
    HOURS,
    STATUS,
    Need,
    column_of,
    fact,
)
from xfstats.measures.choices import Choices
from xfstats.messages import raw
from xfstats.model import Log


@frozen
class Count:
    """The sum of `weight` over the records that have all `flags`."""

    key: str
    flags: tuple[str, ...] = ()
    weight: str = "batches"
    needs: tuple[Need, ...] = ()
    """The fields and facts that it needs where it is asked for by name: of each tuple one."""
    public: bool = False
    """True if it may be published with --public: the others that may reveal no cell together with it (`reports.disclosure`)."""
    usual: bool = False
    """True if it is counted of every log, asked for or not; of a status set it always is."""
    outcome: str | None = None
    """The status set that brings it into a table."""
    offered_by: str | None = None
    """The field whose column brings it into a table where nobody chose any measure."""
    by_days_left: bool = False
    """True if it is one of the counts of open cases by the days that are left."""


@frozen
class Rate:
    """A pair of counts: the records of the base that have `flags`, over the base.

    Every record of the base carries `within`, and what the office's choice of base adds (`pair`).
    """

    key: str
    flags: tuple[str, ...]
    within: tuple[str, ...] = ()
    due_flag: str = "ripe"
    """The flag that leaves out what is open and not yet due."""
    base_grows_by: str | None = None
    """The base that a record enters by becoming a success, where that is not the base of all records."""
    timed: bool = False
    """True if records in the base that are no success can no longer become one."""
    fixed: bool = False
    """True if closing open records does not change it."""
    needs: tuple[Need, ...] = ()
    """The fields and facts that it needs where it is asked for by name: of each tuple one."""
    public: bool = False
    """True if it may be published with --public: the others that may reveal no cell together with it (`reports.disclosure`)."""
    outcome: str | None = None
    """The status set that brings it into a table."""


@frozen
class Share:
    """The records of a group over those of the table's total."""

    key: str
    needs: tuple[Need, ...] = ()
    public: bool = False


@frozen
class DayStatistic:
    """A statistic of the time from received to closed: `median`, `p90` or `mean` of whole days, or of whole minutes in hours."""

    key: str
    statistic: str
    unit: str = "days"
    needs: tuple[Need, ...] = ()
    public: bool = False


Measure: TypeAlias = Count | Rate | Share | DayStatistic

IN_BASE = ("in_base",)
BY_ANSWER: Mapping[str, str] = {
    "rated_satisfied": "satisfied",
    "rated_basically": "basically",
    "rated_dissatisfied": "dissatisfied",
    "rated_unrated": "unrated",
}
"""The counts of each answer to the question of satisfaction, and the class of the answer."""
STATUS_TOLD = ((STATUS,),)
DUE_TOLD = ((column_of("due_on"), column_of("accepted_on"), column_of("received_on")),)
_ACCEPTED = ((column_of("received_on"),), (column_of("accepted_on"),))
_REPEAT = ((column_of("repeat"),),)
_CLOSED_ON = ((column_of("closed_on"),),)
RATING_TOLD = ((column_of("satisfaction"),),)
OPEN_TOLD = (*STATUS_TOLD, *DUE_TOLD)
_TIMELY = (*STATUS_TOLD, *_CLOSED_ON, *DUE_TOLD)
_ELAPSED = (*STATUS_TOLD, (column_of("received_on"),), *_CLOSED_ON)
MEASURES: Sequence[Measure] = (
    Count("visits", public=True, usual=True),
    Count("persons", weight="persons", needs=((column_of("persons"),),), public=True, usual=True),
    Count("cases", public=True, usual=True),
    Share("share", public=True),
    Count("collective_visits", ("collective",), needs=((COLLECTIVE,),), offered_by="collective"),
    Count("collective_persons", ("collective",), "persons", needs=((column_of("persons"),), (COLLECTIVE,))),
    Count("initial", ("initial",), needs=_REPEAT, offered_by="repeat"),
    Count("repeat", ("repeat",), needs=_REPEAT, offered_by="repeat"),
    Rate("repeat_rate", ("repeat",), fixed=True, needs=_REPEAT),
    Count("excluded", ("excluded",), needs=((fact("excluded"),),), public=True, usual=True),
    Count("accepted", (*IN_BASE, "accepted"), needs=((column_of("accepted_on"),),)),
    Count("accepted_in_time", (*IN_BASE, "accepted_in_time"), needs=_ACCEPTED),
    Rate(
        "acceptance_rate",
        ("accepted_in_time",),
        ("dated",),
        "acceptance_due",
        base_grows_by="accepted",
        timed=True,
        needs=_ACCEPTED,
    ),
    Count("closed", (*IN_BASE, "closed"), needs=STATUS_TOLD, public=True, outcome="closed"),
    Rate("closure_rate", ("closed",), needs=STATUS_TOLD, public=True, outcome="closed"),
    Count("settled", (*IN_BASE, "settled"), needs=((fact("settled"),),), public=True, outcome="settled"),
    Rate("settlement_rate", ("settled",), needs=((fact("settled"),),), public=True, outcome="settled"),
    Count("resolved", (*IN_BASE, "resolved"), needs=((fact("resolved"),),), public=True, outcome="resolved"),
    Rate("resolution_rate", ("resolved",), ("decided",), needs=((fact("resolved"),),), public=True, outcome="resolved"),
    Count("replied", (*IN_BASE, "replied"), needs=_CLOSED_ON),
    Rate("response_rate", ("replied",), needs=_CLOSED_ON),
    Count("closed_in_time", (*IN_BASE, "closed_in_time"), needs=_TIMELY),
    Count("closed_late", (*IN_BASE, "closed_late"), needs=_TIMELY),
    Count("open", (*IN_BASE, "open"), needs=STATUS_TOLD, by_days_left=True),
    Count("overdue", (*IN_BASE, "overdue"), needs=OPEN_TOLD, by_days_left=True),
    Count("not_due", (*IN_BASE, "not_due"), needs=OPEN_TOLD),
    Count("due_in_7", (*IN_BASE, "due_in_7"), needs=OPEN_TOLD, by_days_left=True),
    Count("due_in_30", (*IN_BASE, "due_in_30"), needs=OPEN_TOLD, by_days_left=True),
    Count("due_later", (*IN_BASE, "due_later"), needs=OPEN_TOLD, by_days_left=True),
    Count("no_limit", (*IN_BASE, "no_limit"), needs=OPEN_TOLD, by_days_left=True),
    Rate("on_time_rate", ("closed_in_time",), ("timed",), base_grows_by="closed", timed=True, needs=_TIMELY),
    *(Count(key, (*IN_BASE, key), needs=RATING_TOLD, offered_by="satisfaction") for key in BY_ANSWER),
    Count("rated", (*IN_BASE, "answered"), needs=RATING_TOLD),
    Rate("participation_rate", ("answered",), needs=RATING_TOLD),
    Count("satisfied", (*IN_BASE, "satisfied"), needs=RATING_TOLD),
    Rate("satisfaction_rate", ("satisfied",), base_grows_by="rated", needs=RATING_TOLD),
    Rate("satisfaction_unit_rate", ("satisfied_unit",), base_grows_by="rated", needs=((column_of("satisfaction_unit"),),)),
    DayStatistic("median_days", "median", needs=_ELAPSED, public=True),
    DayStatistic("p90_days", "p90", needs=_ELAPSED, public=True),
    DayStatistic("mean_days", "mean", needs=_ELAPSED, public=True),
    DayStatistic("median_hours", "median", "hours", needs=(*_ELAPSED, (HOURS,))),
)
"""In the order in which they are printed."""

BY_KEY: Mapping[str, Measure] = {measure.key: measure for measure in MEASURES}
_COUNTS = [one for one in MEASURES if isinstance(one, Count)]
_RATES = [one for one in MEASURES if isinstance(one, Rate)]


def _needing(*needs: Need) -> frozenset[str]:
    """Return the measures that need all of these."""
    return frozenset(one.key for one in MEASURES if {*needs} <= {*one.needs})


AMOUNT: Mapping[Log, str] = {Log.VISITS: "visits", Log.CASES: "cases", Log.LETTERS: "cases", Log.BACKLOG: "cases"}
"""The measure that says how many records a log of this kind has."""

AMOUNT_MEASURES = frozenset(AMOUNT.values())
OUTCOMES: Mapping[str, tuple[str, str]] = {
    count.outcome: (count.key, rate.key)
    for count in _COUNTS
    for rate in _RATES
    if count.outcome and count.outcome == rate.outcome
}
"""The count and the rate that a status set brings into a table."""
OUTCOME_RATES = frozenset(rate for _, rate in OUTCOMES.values())
USUAL = (*(one.key for one in _COUNTS if one.usual), *(key for pair in OUTCOMES.values() for key in pair))
"""Measures that are counted of every log, asked for or not."""
OFFERED: Mapping[str, tuple[str, ...]] = {
    field: tuple(one.key for one in _COUNTS if one.offered_by == field)
    for field in dict.fromkeys(one.offered_by for one in _COUNTS)
    if field
}
"""Measures that a table has where nobody chose any and its log has the column: by its field."""
DEADLINES = tuple(one.key for one in _COUNTS if one.by_days_left)
"""The open cases by the days that are left."""
DUE_DAYS = "overdue"
"""The one of these that cannot be known without due days."""

ACCEPTANCE = _needing(*_ACCEPTED)
"""Measures that need a limit for acceptance."""
IN_HOURS = _needing((HOURS,))
"""Measures that need times of day."""
BY_DUE_DAY = _needing(*DUE_TOLD)
"""Measures that need due days."""
ON_TIME = _needing(*_TIMELY)
"""Measures of timeliness, which the log's own column of timeliness supports too."""


def asked_or_offered(asked: Sequence[str] | None, choices: Choices) -> tuple[str, ...]:
    """Return the measures that are asked for; where none are, those of the office's choices and those that logs may offer."""
    return tuple(asked or (*choices.measures, *(key for keys in OFFERED.values() for key in keys)))


def parts_of(key: str) -> tuple[str, ...]:
    """Return the keys of the counts that a measure is made of, whatever the office's choices."""
    return (f"{key}.part", f"{key}.base") if isinstance(BY_KEY[key], Rate) else (key,)


def rate_counts(rate: Rate, choices: Choices) -> tuple[Count, Count]:
    """Return the numerator and the denominator of a rate, under the choices of the office."""
    base = choices.bases[rate.key]
    rated = ("in_rating_unit", "asked_unit") if rate.key == "satisfaction_unit_rate" else ("in_rating", "asked")
    of = {"received": (), "rated": rated[:1], "asked": rated[1:]}.get(base.of, (base.of,))
    flags = (*(() if base.excluded else IN_BASE), *rate.within, *of, *(() if base.not_due else (rate.due_flag,)))
    return (
        Count(f"{rate.key}.part", tuple(dict.fromkeys((*flags, *rate.flags)))),
        Count(f"{rate.key}.base", tuple(dict.fromkeys(flags))),
    )


def component_counts(keys: Iterable[str], choices: Choices) -> tuple[Count, ...]:
    """Return every count that these measures are made of."""
    found: list[Count] = []
    for key in keys:
        measure = BY_KEY[key]
        if isinstance(measure, Count):
            found.append(measure)
        elif isinstance(measure, Rate):
            found.extend(rate_counts(measure, choices))
    return tuple(dict.fromkeys(found))


def label(key: str, lang: str) -> str:
    """Return the printed name of a measure."""
    return raw(key, lang, "measures")


def kind(measure: Measure) -> str:
    """Return `count`, `rate`, `days` or `hours`, as JSON says it."""
    match measure:
        case Count():
            return "count"
        case Rate() | Share():
            return "rate"
        case _:
            return measure.unit
