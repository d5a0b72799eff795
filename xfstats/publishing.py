"""`--public`: small cells protected, so that one published table tells no true count of 1 to 7.

Every count of every cell prints as 5 where it is 1 to 7, else as the nearest multiple of 5, always the same for the same count;
totals are sums of printed cells, rates, shares, changes and places come from printed counts; medians, percentiles and means
stand on 8 at least and print as whole days, for a fraction would tell how many they are of.  Only measures are published that
cannot be played off against each other (`ALLOWED`; proved by enumeration in tests/test_public.py): closed with open and
excluded, four parts of a whole, or heads with collective visits would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from xfstats.errors import UsageFault
from xfstats.model import GroupKey
from xfstats.plan import Plan
from xfstats.run.merging import Added, Merged
from xfstats.table import Reconciliation
from xfstats.tallies import Finding

STEP, SMALL = 5, 7
LEAST_DAYS = 8
"""Records that a median, percentile or mean stands on at least."""
ALLOWED = (
    *("visits", "persons", "cases", "share", "excluded", "closed", "closure_rate", "settled", "settlement_rate"),
    *("resolved", "resolution_rate", "median_days", "p90_days", "mean_days"),
)


def rounded(count: int) -> int:
    """A count as it is published.

    >>> [rounded(count) for count in (0, 1, 7, 8, 12, 13)]
    [0, 5, 5, 10, 10, 15]
    """
    return STEP if 0 < count <= SMALL else STEP * ((2 * count + STEP) // (2 * STEP))


def check_public(plan: Plan) -> None:
    """Raise UsageFault where what is asked for could give small cells away."""
    asked = [*(plan.measures or ()), *plan.also]
    for key in asked:
        if key not in ALLOWED:
            raise UsageFault("E247", option="--public", value=key, names=", ".join(ALLOWED))
    if plan.detail or plan.explain is not None:
        raise UsageFault("E234", one="--public", other="--detail")


def publish(merged: Sequence[Merged]) -> list[Merged]:
    """The sums with every count as it is published; histograms stay, for they are suppressed by figure."""
    return [
        replace(one, now=_published(one.now), windows={name: _published(added) for name, added in one.windows.items()})
        for one in merged
    ]


def _published(added: Added) -> Added:
    return replace(added, counts=_rounded(added.counts), subsets=_rounded(added.subsets))


def _rounded(counts: Mapping[GroupKey, Counter[str]]) -> dict[GroupKey, Counter[str]]:
    return {key: Counter({name: rounded(number) for name, number in own.items()}) for key, own in counts.items()}


def published_rows(sums: Reconciliation, counted: int) -> Reconciliation:
    """The account of the rows, `counted` being the sum of the printed totals: the true one would bound the cells again."""
    reasons = {name: {reason: rounded(count) for reason, count in own.items()} for name, own in sums.reasons.items()}
    rejected, skipped, outside = (sum(reasons.get(name, {}).values()) for name in ("rejected", "skipped", "outside"))
    return Reconciliation(counted + rejected + skipped + outside, counted, rejected, skipped, outside, reasons)


def published_finding(finding: Finding) -> Finding:
    """How many rows a finding is about, as it is published; where they stand only if it is a sheet that was not read."""
    values = {name: rounded(value) if type(value) is int else value for name, value in finding.values.items() if name != "words"}
    return replace(finding, rows=rounded(finding.rows), at=finding.at if finding.code == "W207" else (), values=values)
