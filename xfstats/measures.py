"""Every statistic, defined once: its key, its label, its numerator and its denominator.

Sources: the word list of the product's design (§3); 信访工作条例 (2022) for what a case is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xfstats.model import Log


@dataclass(frozen=True)
class Count:
    """A sum of `weight` over the records that carry all `flags`."""

    key: str
    zh: str
    en: str
    flags: tuple[str, ...] = ()
    weight: str = "batches"


@dataclass(frozen=True)
class Rate:
    """A pair of counts; the numerator is within the denominator."""

    key: str
    zh: str
    en: str
    numerator: Count
    denominator: Count


@dataclass(frozen=True)
class Days:
    """A statistic of whole days from received to closed: `median`, `p90` or `mean`."""

    key: str
    zh: str
    en: str
    statistic: str


Measure: TypeAlias = Count | Rate | Days

VISITS = Count("visits", "批次", "Visits")
PERSONS = Count("persons", "人次", "Persons", weight="persons")
CASES = Count("cases", "件", "Cases")
BASE = Count("base", "应计", "Base", flags=("in_base",))
EXCLUDED = Count("excluded", "剔除", "Excluded", flags=("excluded",))
CLOSED = Count("closed", "结案", "Closed", flags=("in_base", "closed"))
SETTLED = Count("settled", "息诉罢访", "Settled", flags=("in_base", "settled"))
RESOLVED = Count("resolved", "解决", "Resolved", flags=("in_base", "resolved"))
OPEN = Count("open", "未结", "Open", flags=("in_base", "open"))

MEASURES: Sequence[Measure] = (
    VISITS,
    PERSONS,
    CASES,
    EXCLUDED,
    CLOSED,
    Rate("closure_rate", "结案率", "Closure rate", CLOSED, BASE),
    SETTLED,
    Rate("settlement_rate", "息诉罢访率", "Settlement rate", SETTLED, BASE),
    RESOLVED,
    Rate("resolution_rate", "解决率", "Resolution rate", RESOLVED, BASE),
    OPEN,
    Days("median_days", "中位天数", "Median days", "median"),
    Days("p90_days", "九成天数", "90th percentile days", "p90"),
    Days("mean_days", "平均天数", "Mean days", "mean"),
)
"""In the order in which they are printed."""

BY_KEY: Mapping[str, Measure] = {measure.key: measure for measure in MEASURES}
COUNTS: Sequence[Count] = (*(measure for measure in MEASURES if isinstance(measure, Count)), BASE)
"""Every count that a worker sums, once each."""

AMOUNT: Mapping[Log, str] = {Log.VISITS: "visits", Log.CASES: "cases", Log.LETTERS: "cases", Log.BACKLOG: "cases"}
"""The measure that says how many records a log of this kind has."""

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "closed": ("closed", "closure_rate"),
    "settled": ("settled", "settlement_rate"),
    "resolved": ("resolved", "resolution_rate"),
}
"""The count and the rate that a status set brings into a table."""

NEEDS: Mapping[str, str] = {
    "persons": "persons",
    "excluded": "status",
    "closed": "status",
    "closure_rate": "status",
    "open": "status",
    "settled": "status",
    "settlement_rate": "status",
    "resolved": "status",
    "resolution_rate": "status",
    "median_days": "closed_on",
    "p90_days": "closed_on",
    "mean_days": "closed_on",
}
"""The field that a log must have for a measure that is asked for by name."""


def label(key: str, lang: str) -> str:
    """What is printed for a measure."""
    measure = BY_KEY[key]
    return measure.zh if lang == "zh" else measure.en


def kind(measure: Measure) -> str:
    """`count`, `rate` or `days`, as JSON says it."""
    match measure:
        case Count():
            return "count"
        case Rate():
            return "rate"
        case Days():
            return "days"
