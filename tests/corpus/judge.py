"""One answer against one truth: exact, partly, wrong in silence, refused rightly, refused wrongly."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .truth import COUNTS, RATES, Expected, Figures, Group, Rows, Table
from .words import CANARIES

REFUSAL = 3
ABOUT_STATUS = re.compile(r"map-status|unknown|未识别|不认识|未知")
ABOUT_LEVEL = re.compile(r"map-level|unknown|未识别|不认识|未知")
JUDGED_BY_STATUS = re.compile(r"closed|settled|resolved|excluded|\w+_rate|median")
Shown = Mapping[Group, Mapping[str, Any]]


class Outcome(StrEnum):
    """What became of one log."""

    EXACT = "exact"
    PARTLY = "partly"
    WRONG = "wrong in silence"
    REFUSED_RIGHTLY = "refused rightly"
    REFUSED_WRONGLY = "refused wrongly"


BAD = frozenset({Outcome.WRONG})


@dataclass(frozen=True)
class Answer:
    """How one run of the program ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Verdict:
    """The outcome, why, and whether reconciliation or exit code differ from the truth although the figures may not."""

    outcome: Outcome
    notes: tuple[str, ...] = ()
    rows_differ: bool = False


@dataclass(frozen=True)
class Difference:
    """A figure that is not the true one."""

    where: str
    key: str
    true: float | None
    got: float | None

    def __str__(self) -> str:
        """The figure, what is true and what was printed."""
        return f"{self.where} {self.key}: {self.true} but {self.got}"


def judge(expected: Expected, answer: Answer) -> Verdict:
    """The verdict on one answer."""
    leaked = [canary for canary in CANARIES if canary in answer.out or canary in answer.err]
    if leaked:
        return Verdict(Outcome.WRONG, ("a cell of a person was printed",))
    if answer.code not in {0, 1}:
        rightly = expected.refuse and answer.code == REFUSAL
        outcome = Outcome.REFUSED_RIGHTLY if rightly else Outcome.REFUSED_WRONGLY
        return Verdict(outcome, (f"exit {answer.code}", answer.err.strip()[-300:]))
    try:
        given = json.loads(answer.out)
    except ValueError:
        return Verdict(Outcome.REFUSED_WRONGLY, (f"exit {answer.code} without JSON", answer.err.strip()[-300:]))
    return _judged(expected, answer, given)


def _judged(expected: Expected, answer: Answer, given: Mapping[str, Any]) -> Verdict:
    found, missing = compared(expected.tables, given, expected.aliases)
    rows = Rows(**{key: given["reconciliation"].get(key, 0) for key in Rows.__dataclass_fields__})
    differ = rows != expected.rows
    notes = [*map(str, found), *missing, *([f"reconciliation {rows} not {expected.rows}"] if differ else [])]
    if rows.rows != rows.counted + rows.rejected + rows.skipped + rows.outside:
        return Verdict(Outcome.WRONG, (*notes, "the reconciliation does not add up"), rows_differ=True)
    warned = answer.code == 1 or bool(given["findings"])
    if found:
        why = _explained(expected, found, rows, given, warned=warned)
        return Verdict(Outcome.PARTLY if why else Outcome.WRONG, (why or f"exit {answer.code}", *notes), differ)
    counted_otherwise = (rows.counted, rows.rejected) != (expected.rows.counted, expected.rows.rejected)
    return Verdict(Outcome.PARTLY if missing or counted_otherwise else Outcome.EXACT, tuple(notes), differ)


def compared(tables: Sequence[Table], given: Mapping[str, Any], aliases: Mapping[str, str]) -> tuple[list[Difference], list[str]]:
    """Every printed figure that is not the true one, and what is missing."""
    found: list[Difference] = []
    missing: list[str] = []
    expected = {table.log: table for table in tables}
    for shown in given["tables"]:
        table = expected.pop(shown["log"], None)
        if table is None:
            found.append(Difference(f"{shown['log']}:", "table", None, 1))
            continue
        found += _figures(f"{table.log} 合计", table.total, shown["total"]["figures"], table, table.total_days)
        missing += [f"{table.log} has no {key}" for key in table.required if key not in shown["total"]["figures"]]
        if shown["by"] != ([table.by] if table.by else []):
            missing.append(f"{table.log} by {shown['by']} instead of {table.by}")
            continue
        groups, renamed = _groups(shown, table, aliases)
        missing += renamed
        for group, printed in groups.items():
            true = table.groups.get(group, dict.fromkeys(table.total, 0))
            days = table.days.get(group) if table.days is not None else None
            found += _figures(f"{table.log} {group}", true, printed, table, days)
        filled = [group for group, true in table.groups.items() if any(true.values())]
        missing += [f"{table.log} has no row {group}" for group in filled if group not in groups]
    missing += [f"no table {log}" for log in expected]
    return found, missing


def _groups(shown: Mapping[str, Any], table: Table, aliases: Mapping[str, str]) -> tuple[Shown, list[str]]:
    """Printed rows by the true name of their group; other spellings of one level are taken together, and said."""
    names = {_plain(group): group for group in table.groups}
    rows: dict[Group, dict[str, Any]] = {}
    renamed = []
    for row in shown["rows"]:
        if row.get("of_which"):
            continue
        group = names.get(_plain(row["group"].get(table.by)), row["group"].get(table.by))
        if group not in table.groups and aliases.get(group or "", "") in table.groups:
            renamed.append(f"{table.log} has a row {group} of its own")
            group = aliases[group or ""]
        figures = row["figures"]
        rows[group] = _added(rows[group], figures) if group in rows else figures
    return rows, renamed


def _added(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {key: one[key] + other[key] for key in one if key in COUNTS and key in other}


def _plain(group: Group) -> Group:
    return None if group is None else re.sub(r"\s", "", unicodedata.normalize("NFKC", group))


def _figures(where: str, true: Figures, printed: Mapping[str, Any], table: Table, days: float | None) -> Iterator[Difference]:
    """Counts, the pairs of rates and the median, each where it is printed."""
    for key in COUNTS:
        if key in printed and printed[key] != true.get(key):
            yield Difference(where, key, true.get(key), printed[key])
    base = true.get("visits", true.get("cases", 0)) - true.get("excluded", 0)
    for key, count in RATES.items() if table.rates else ():
        if key in printed:
            pair = (true.get(count, 0), base)
            yield from _rate(where, key, pair, printed[key])
    if table.days is not None and "median_days" in printed:
        median = printed["median_days"]
        got = median.get("value") if isinstance(median, dict) else median
        if got != days:
            yield Difference(where, "median_days", days, got)


def _rate(where: str, key: str, pair: tuple[int, int], printed: Mapping[str, Any] | None) -> Iterator[Difference]:
    """Numerator, denominator and value of a printed rate."""
    if printed is None:
        if pair[1]:
            yield Difference(where, key, pair[0] / pair[1], None)
        return
    for name, true in zip(("numerator", "denominator"), pair, strict=True):
        if printed.get(name) != true:
            yield Difference(where, f"{key} {name}", true, printed.get(name))
    value, bottom = printed.get("value"), printed.get("denominator")
    if (value is None) != (not bottom) or (bottom and abs(value - printed["numerator"] / bottom) > 1e-5):
        yield Difference(where, f"{key} value", pair[0] / pair[1] if pair[1] else None, value)


def _explained(expected: Expected, found: Sequence[Difference], rows: Rows, given: Mapping[str, Any], *, warned: bool) -> str:
    """What the answer itself says that accounts for the differences, or nothing."""
    if expected.refuse and warned:
        return "warned"
    if expected.flagged and given["findings"] and not compared(expected.flagged, given, expected.aliases)[0]:
        return "a copy was counted, and said"
    more = rows.rejected - expected.rows.rejected
    if more > 0 and all(_lost(one, more) for one in found):
        return f"{more} rows more were rejected, and said"
    findings = given["findings"]
    most = max(abs((one.true or 0) - (one.got or 0)) for one in found)
    by_status = all(JUDGED_BY_STATUS.match(one.key) for one in found)
    if by_status and _told(findings, ABOUT_STATUS, most + expected.unknown):
        return "status words were not known, and said"
    if all("合计" not in one.where for one in found) and _told(findings, ABOUT_LEVEL, most + expected.unknown):
        return "level words were not known, and said"
    return ""


def _lost(one: Difference, rows: int) -> bool:
    """Whether a figure is smaller by no more than these rows can account for."""
    if one.key == "median_days" or one.key.endswith("value"):
        return True
    if one.true is None or one.got is None or one.key == "table":
        return one.true == 0 or one.got is None
    lost = one.true - one.got
    return lost > 0 if one.key in {"persons", "visits"} else 0 < lost <= rows * 3


def _told(findings: Sequence[Mapping[str, Any]], about: re.Pattern[str], rows: float) -> bool:
    return sum(finding.get("rows") or 0 for finding in findings if about.search(finding.get("message", ""))) >= rows
