"""`--public`: small cells protected, so that one published table tells no true count of 1 to 7.

Every count of every cell prints as 5 where it is 1 to 7, else as the nearest multiple of 5, always the same for the same count;
totals are sums of printed cells, rates, shares, changes and places come from printed counts, and medians, percentiles and means
stand on 8 at least, in every group below them, and print as whole days: a fraction would tell how many they are of.  Only
measures are published that cannot be played off against each other (`ALLOWED`; proved by enumeration in tests/test_public.py):
closed with open and excluded, four parts of a whole, or heads with collective visits would.  Nothing beside the table tells a
number that could be a sum of its cells: groups that print as 10, 10 and 5 and are 17 together are 8, 8 and 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from xfstats.config.plan import Plan
from xfstats.errors import UsageFault
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import AMOUNT, BY_KEY, parts_of, told_key
from xfstats.measures.tally import Tally
from xfstats.model import Finding, GroupKey
from xfstats.pipeline.merge import Merged
from xfstats.report.groups import FEW
from xfstats.report.table import Reconciliation

ROUNDING_MULTIPLE, SUPPRESSION_THRESHOLD = 5, 7
LEAST_DAYS = 8
"""Records that a median, percentile or mean stands on at least."""
UNTOLD = "…"
"""In the place of a number of rows that a finding is about."""
ALLOWED = (
    *("visits", "persons", "cases", "share", "excluded", "closed", "closure_rate", "settled", "settlement_rate"),
    *("resolved", "resolution_rate", "median_days", "p90_days", "mean_days"),
)


def rounded(count: int) -> int:
    """A count as it is published.

    >>> [rounded(count) for count in (0, 1, 7, 8, 12, 13)]
    [0, 5, 5, 10, 10, 15]
    """
    return (
        ROUNDING_MULTIPLE
        if 0 < count <= SUPPRESSION_THRESHOLD
        else ROUNDING_MULTIPLE * ((2 * count + ROUNDING_MULTIPLE) // (2 * ROUNDING_MULTIPLE))
    )


def check_public(plan: Plan, groups: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Raise UsageFault where what is asked for could give small cells away; so could 其中 rows that share a group."""
    asked = [*(plan.measures or ()), *plan.extra_measures]
    for key in asked:
        if key not in ALLOWED:
            raise UsageFault("E247", option="--public", value=key, names=", ".join(ALLOWED))
    if plan.detail or plan.explain is not None:
        raise UsageFault("E234", one="--public", other="--detail")
    within = max((sum(1 for rule in rules if rule.get("of_which")) for rules in groups.values()), default=0)
    if within > 1 and (plan.by is None or "level" in plan.by):
        raise UsageFault("E291", count=within)


def publish(merged: Sequence[Merged], choices: Choices) -> list[Merged]:
    """The sums with every count as it is published; histograms stay, groups with few records are marked."""
    return [_publish(one, choices) for one in merged]


def _publish(one: Merged, choices: Choices) -> Merged:
    apart = _told_apart(one, choices)
    return replace(
        one,
        now=_published(one.now, apart, AMOUNT[one.log]),
        windows={name: _published(added, apart, AMOUNT[one.log]) for name, added in one.windows.items()},
        words={name: _few(words) for name, words in one.words.items()},
    )


def _told_apart(one: Merged, choices: Choices) -> Mapping[str, frozenset[str]]:
    """Return the measures, by what tells them, that only some sheets tell; empty where those are the same sheets for all.

    The records of two parts of a group, beside those excluded, are parts of a whole that could be played off against it.
    """
    told = {name: frozenset(place for place, sheet in enumerate(one.sheets) if name in sheet.told) for name in sorted(one.told)}
    partly = {name: sheets for name, sheets in told.items() if len(sheets) < len(one.sheets)}
    if len(set(partly.values())) < 2:
        return {}
    return {name: frozenset(key for key in BY_KEY if told_key(key, choices) == name) for name in partly}


def _few(words: Counter[str]) -> Counter[str]:
    """Fewer words than records of a small cell, in an order that tells nothing: seven words of closed are seven that closed."""
    return Counter(
        dict.fromkeys(sorted(words)[: SUPPRESSION_THRESHOLD - 1], 1)
        | ({UNTOLD: 0} if len(words) >= SUPPRESSION_THRESHOLD else {})
    )


def _published(added: Tally, apart: Mapping[str, frozenset[str]], amount: str) -> Tally:
    return replace(
        added,
        counts=_rounded({key: _whole(own, apart, amount) for key, own in added.counts.items()}, added.days),
        subsets=_rounded({key: _whole(own, apart, amount) for key, own in added.subsets.items()}, added.subset_days),
    )


def _whole(counts: Mapping[str, int], apart: Mapping[str, frozenset[str]], amount: str) -> Counter[str]:
    """Return the counts of a group without those of a part of its records that other measures have other parts of."""
    gone = {name for name in apart if 0 < counts.get(name, 0) < counts.get(amount, 0)}
    parts = {part for name in gone for key in apart[name] for part in parts_of(key)}
    return Counter({name: number for name, number in counts.items() if name not in gone | parts})


def _rounded(counts: Mapping[GroupKey, Counter[str]], days: Mapping[GroupKey, Mapping[int, int]]) -> dict[GroupKey, Counter[str]]:
    few = {key: int(0 < sum(own.values()) < LEAST_DAYS) for key, own in days.items()}
    return {
        key: Counter({**{name: rounded(number) for name, number in own.items()}, FEW: few.get(key, 0)})
        for key, own in counts.items()
    }


def published_rows(sums: Reconciliation, merged: Sequence[Merged]) -> Reconciliation:
    """The account of the rows, the counted being the sum of the printed totals: the true one would bound the cells again.

    So would rows of a copy, which are left out, and those of the periods compared with, where they are most of what is outside.
    """
    reasons = {
        name: {reason: rounded(count) for reason, count in own.items() if reason != "copy"} for name, own in sums.reasons.items()
    }
    counted = sum(one.total[AMOUNT[one.log]] for one in merged)
    before = sum(added.total[AMOUNT[one.log]] for one in merged for added in one.windows.values())
    if reasons["outside"].get("period", 0) <= 2 * before:
        reasons["outside"] = {**reasons["outside"], **({"period": before} if before else {})}
    rejected, skipped, outside = (sum(reasons.get(name, {}).values()) for name in ("rejected", "skipped", "outside"))
    return Reconciliation(counted + rejected + skipped + outside, counted, rejected, skipped, outside, reasons)


def published_finding(finding: Finding) -> Finding:
    """A finding without the number of its rows, which may be all of the table's; where they stand only of an unread sheet."""
    told = finding.values if finding.code == "W219" else {name: _untold(one) for name, one in finding.values.items()}
    values = {"rows": UNTOLD, **{name: one for name, one in told.items() if name != "words"}}
    return replace(finding, rows=None, at=finding.at if finding.code == "W207" else (), values=values)


def _untold(value: Any) -> Any:
    return UNTOLD if type(value) is int else value
