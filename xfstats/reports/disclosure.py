"""Statistical disclosure control for `--public`: no published table reveals a true count of 1 to 7.

Every count of every cell prints as 5 where it is 1 to 7, else as the nearest multiple of 5, equal counts always alike.
Totals are sums of printed cells; rates, shares, changes and places come from printed counts. Medians, percentiles and means
need at least 8 records in every group below them, and print as whole days, since a fraction reveals the number of records.
Only measures are published whose differences reveal no cell (`PUBLIC_MEASURES`; proved by enumeration in
tests/reports/test_disclosure.py): closed with open and excluded, four parts of a whole, or persons with collective visits would.
No number outside the table may be a sum of its cells: groups that print as 10, 10 and 5 and are 17 in all are 8, 8 and 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from xfstats.config.plan import Plan
from xfstats.errors import FINDINGS, UsageFault
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import AMOUNT, BY_KEY, MEASURES, parts_of
from xfstats.measures.needs import coverage_key
from xfstats.measures.tally import Tally
from xfstats.model import Finding, GroupKey
from xfstats.pipeline.merge import Merged
from xfstats.reports.groups import FEW_DAYS_KEY
from xfstats.reports.table import Reconciliation
from xfstats.row_reasons import RowReason

ROUNDING_MULTIPLE, SUPPRESSION_THRESHOLD = 5, 7
"""Multiple that counts are rounded to, and the largest count that prints as one multiple."""
MIN_RECORDS = 8
"""Smallest number of records for a median, percentile or mean."""
WITHHELD = "…"
"""Placeholder for the number of rows of a finding."""
PUBLIC_MEASURES = tuple(one.key for one in MEASURES if one.public)
"""Measures that may be published together."""


def round_count(count: int) -> int:
    """Return a count as it is published.

    >>> [round_count(count) for count in (0, 1, 7, 8, 12, 13)]
    [0, 5, 5, 10, 10, 15]
    """
    return (
        ROUNDING_MULTIPLE
        if 0 < count <= SUPPRESSION_THRESHOLD
        else ROUNDING_MULTIPLE * ((2 * count + ROUNDING_MULTIPLE) // (2 * ROUNDING_MULTIPLE))
    )


def check_public(plan: Plan, groups: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Raise UsageFault where the request could reveal small cells, as several of-which rows of one group could."""
    if plan.matters:
        raise UsageFault("E234", one="--public", other="--list")
    requested = [*(plan.measures or ()), *plan.extra_measures]
    for key in requested:
        if key not in PUBLIC_MEASURES:
            raise UsageFault("E247", option="--public", value=key, names=", ".join(PUBLIC_MEASURES))
    if plan.cumulative is not None:
        raise UsageFault("E234", one="--public", other="--with")
    if plan.detail or plan.explain is not None:
        raise UsageFault("E234", one="--public", other="--detail")
    within = max((sum(1 for rule in rules if rule.get("of_which")) for rules in groups.values()), default=0)
    if within > 1 and (plan.by is None or "level" in plan.by):
        raise UsageFault("E291", count=within)


def protect_sums(merged: Sequence[Merged], choices: Choices) -> list[Merged]:
    """Return the sums with rounded counts; histograms stay, and groups with few records are marked."""
    return [_protect_merged(one, choices) for one in merged]


def _protect_merged(one: Merged, choices: Choices) -> Merged:
    """Return the merged sums of one log with rounded counts."""
    partly_covered = _partly_covered(one, choices)
    return replace(
        one,
        now=_protect_added(one.now, partly_covered, AMOUNT[one.log]),
        windows={name: _protect_added(added, partly_covered, AMOUNT[one.log]) for name, added in one.windows.items()},
        words={name: _withhold_counts(words) for name, words in one.words.items()},
    )


def _partly_covered(one: Merged, choices: Choices) -> Mapping[str, frozenset[str]]:
    """Return the measures that only some sheets have, by coverage key; empty where it is the same sheets for all.

    Records of two parts of a group, beside those excluded, would reveal the remainder by subtraction.
    """
    sheets_by_key = {
        name: frozenset(place for place, sheet in enumerate(one.sheets) if name in sheet.told) for name in sorted(one.told)
    }
    partly = {name: sheets for name, sheets in sheets_by_key.items() if len(sheets) < len(one.sheets)}
    if len(set(partly.values())) < 2:
        return {}
    return {name: frozenset(key for key in BY_KEY if coverage_key(key, choices) == name) for name in partly}


def _withhold_counts(words: Counter[str]) -> Counter[str]:
    """Return the words in alphabetical order without counts, and at most six: seven words mean at least seven records."""
    return Counter(
        dict.fromkeys(sorted(words)[: SUPPRESSION_THRESHOLD - 1], 1)
        | ({WITHHELD: 0} if len(words) >= SUPPRESSION_THRESHOLD else {})
    )


def _protect_added(added: Tally, partly_covered: Mapping[str, frozenset[str]], amount: str) -> Tally:
    """Return the sums of one period with rounded counts."""
    return replace(
        added,
        counts=_round_counts(
            {key: _drop_partial_counts(own, partly_covered, amount) for key, own in added.counts.items()}, added.days
        ),
        subsets=_round_counts(
            {key: _drop_partial_counts(own, partly_covered, amount) for key, own in added.subsets.items()}, added.subset_days
        ),
    )


def _drop_partial_counts(counts: Mapping[str, int], partly_covered: Mapping[str, frozenset[str]], amount: str) -> Counter[str]:
    """Return a group's counts without those known for a part of its records only."""
    partial = {name for name in partly_covered if 0 < counts.get(name, 0) < counts.get(amount, 0)}
    parts = {part for name in partial for key in partly_covered[name] for part in parts_of(key)}
    return Counter({name: number for name, number in counts.items() if name not in partial | parts})


def _round_counts(
    counts: Mapping[GroupKey, Counter[str]], days: Mapping[GroupKey, Mapping[int, int]]
) -> dict[GroupKey, Counter[str]]:
    """Return the rounded counts of each group, marked where its statistics of days are suppressed."""
    few = {key: int(0 < sum(own.values()) < MIN_RECORDS) for key, own in days.items()}
    return {
        key: Counter({**{name: round_count(number) for name, number in own.items()}, FEW_DAYS_KEY: few.get(key, 0)})
        for key, own in counts.items()
    }


def protect_reconciliation(sums: Reconciliation, merged: Sequence[Merged]) -> Reconciliation:
    """Return the row counts rounded, the counted rows as the sum of printed totals; a true sum would bound the cells.

    Rows of duplicate sheets are left out, and compared periods are counted as printed where they are most of the rows outside.
    """
    reasons = {
        name: {reason: round_count(count) for reason, count in own.items() if RowReason(reason).public}
        for name, own in sums.reasons.items()
    }
    counted = sum(one.total[AMOUNT[one.log]] for one in merged)
    before = sum(added.total[AMOUNT[one.log]] for one in merged for added in one.windows.values())
    if reasons["outside"].get(RowReason.PERIOD, 0) <= 2 * before:
        reasons["outside"] = {**reasons["outside"], **({RowReason.PERIOD: before} if before else {})}
    rejected, skipped, outside = (sum(reasons.get(name, {}).values()) for name in ("rejected", "skipped", "outside"))
    return Reconciliation(counted + rejected + skipped + outside, counted, rejected, skipped, outside, reasons)


def protect_finding(finding: Finding) -> Finding:
    """Return a finding without its number of rows; with its places only where these are names of sheets."""
    kind = FINDINGS[finding.code]
    kept = finding.values if kind.public else {name: _withhold_number(one) for name, one in finding.values.items()}
    values = {"rows": WITHHELD, **{name: one for name, one in kept.items() if name != "words"}}
    return replace(finding, rows=None, at=finding.at if kind.of_sheets else (), values=values)


def _withhold_number(value: Any) -> Any:
    """Return the placeholder for a whole number; any other value unchanged."""
    return WITHHELD if type(value) is int else value
