"""Figures of a saved result that are not compared, because the version that saved it defined them otherwise; with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from xfstats.config import leaders
from xfstats.config.normalize import BLANK_WORDS, label_key, word
from xfstats.config.plan import Plan
from xfstats.config.word_patterns import words
from xfstats.frozen import frozen
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import ACCEPTANCE, BY_ANSWER, BY_DUE_DAY, BY_KEY, OUTCOMES, Count, DayStatistic, Rate
from xfstats.measures.tally import SheetTally
from xfstats.model import Finding
from xfstats.reports.table import Table

_RATES = frozenset(key for key, measure in BY_KEY.items() if isinstance(measure, Rate))
_DAYS = frozenset(key for key, measure in BY_KEY.items() if isinstance(measure, DayStatistic))
_OF_BASE = frozenset(key for key, measure in BY_KEY.items() if isinstance(measure, Count) and "in_base" in measure.flags)
_OF_STATES = frozenset(["open", *(key for pair in OUTCOMES.values() for key in pair), *BY_DUE_DAY, *_DAYS])
_OF_RATINGS = frozenset(["rated", *BY_ANSWER, "participation_rate", "satisfied", "satisfaction_rate", "satisfaction_unit_rate"])
_WHOLE = re.compile(r"(-?\d+)\.0+")


class Cause(StrEnum):
    """Why a figure is not compared with a saved one, and the key of the text that says so."""

    LIMIT = "changed.limit"
    ACCEPTANCE = "changed.acceptance"
    AHEAD = "changed.ahead"
    ROWS = "changed.rows"
    WORDS = "changed.words"
    MAPPED = "changed.mapped"
    TIMELY = "changed.timely"
    EXCLUDED = "changed.excluded"
    MARKS = "changed.marks"
    ZONE = "changed.zone"
    COLUMN = "changed.column"
    LEDGERS = "changed.ledgers"
    GROUPS = "groups"
    """Groups that are joined or parted otherwise: a finding of its own, without a text for a measure."""


@frozen
class DefinitionChange:
    """Measures whose definition changed, and where it shows: one condition of these is enough."""

    reason: Cause
    measures: frozenset[str]
    findings: frozenset[str] = frozenset()
    """Codes that are said of a sheet where the new definition gives another figure."""
    column: str = ""
    """The field that earlier versions did not have."""
    unchosen: str = ""
    """The limit that earlier versions took for any log, where nobody chooses it and records have no day of their own."""
    rated_by_marks: bool = False
    """True if numbers are placed among the ratings."""
    closing_words: bool = False
    """True if words of the office are closed and resolved or settled at once."""
    without: str = ""
    """A field; where a sheet has it, nothing changed."""
    dated: bool = False
    """True if only figures of a period or of steps of time change."""


CHANGES: Mapping[tuple[int, int], Sequence[DefinitionChange]] = {
    (0, 2): (
        DefinitionChange(Cause.LIMIT, BY_DUE_DAY, unchosen="handling_days"),
        DefinitionChange(Cause.ACCEPTANCE, ACCEPTANCE, unchosen="acceptance_days"),
        DefinitionChange(Cause.AHEAD, _DAYS | BY_DUE_DAY, findings=frozenset(["W255"])),
        DefinitionChange(Cause.AHEAD, _OF_STATES, findings=frozenset(["W255"]), without="status"),
        DefinitionChange(Cause.ROWS, _OF_STATES, findings=frozenset(["W263"])),
        DefinitionChange(Cause.WORDS, _OF_STATES, findings=frozenset(["W251"])),
        DefinitionChange(Cause.MAPPED, _OF_STATES, closing_words=True),
        DefinitionChange(Cause.TIMELY, _OF_STATES, column="on_time_flag"),
        DefinitionChange(Cause.EXCLUDED, _OF_BASE | _RATES | {"excluded"}, column="excluded_flag"),
        DefinitionChange(Cause.MARKS, _OF_RATINGS, rated_by_marks=True),
        DefinitionChange(Cause.ZONE, frozenset(BY_KEY), findings=frozenset(["W257", "W258"]), dated=True),
    ),
}
"""By the version that first has the definitions, in the order in which a reason is given."""


def saved_before(saved: Mapping[str, object]) -> list[DefinitionChange]:
    """Return the changes since the version that saved a result; none where it does not say its version."""
    found = re.match(r"(\d+)\.(\d+)", str(saved.get("xfstats")))
    then = (int(found[1]), int(found[2])) if found else max(CHANGES)
    return [change for version, changes in CHANGES.items() if then < version for change in changes]


def changed_measures(
    changes: Iterable[DefinitionChange], sheets: Sequence[SheetTally], plan: Plan, choices: Choices
) -> Mapping[str, Cause]:
    """Return the reason by measure of a table whose sheets these are: the first that holds."""
    found: dict[str, Cause] = {}
    for change in changes:
        if _holds(change, sheets, plan, choices):
            found = {**dict.fromkeys(_measures_of(change, choices), change.reason), **found}
    return found


def _measures_of(change: DefinitionChange, choices: Choices) -> frozenset[str]:
    """Return the measures of a change; of the limit also the rates that leave out what is not due."""
    if change.unchosen != "handling_days":
        return change.measures
    return change.measures | {key for key, base in choices.bases.items() if not base.not_due and key not in ACCEPTANCE}


def _holds(change: DefinitionChange, sheets: Sequence[SheetTally], plan: Plan, choices: Choices) -> bool:
    """True if one of the conditions of a change is met in this run."""
    if (change.dated and plan.period is None and not plan.dated_groups) or any(
        change.without in sheet.columns for sheet in sheets
    ):
        return False
    said = {finding.code for sheet in sheets for finding in sheet.findings}
    ratings = (one for own in plan.profile.get("ratings", {}).values() for one in own)
    return (
        bool(change.findings & said)
        or any(change.column in sheet.columns for sheet in sheets if change.column)
        or bool(change.unchosen and getattr(choices, change.unchosen) is None and not _all_due(change, sheets))
        or (change.rated_by_marks and any(re.fullmatch(r"\d+([.,]\d+)?", one) for one in ratings))
        or (change.closing_words and bool(plan.profile["chosen"].get("closing")))
    )


def _all_due(change: DefinitionChange, sheets: Sequence[SheetTally]) -> bool:
    """True if every record has a due day of the log's own; acceptance has none."""
    limits = [sheet.limits for sheet in sheets if sheet.counted]
    own = all(one.get("due_on", 0) and not any(amount for source, amount in one.items() if source != "due_on") for one in limits)
    return change.unchosen == "handling_days" and own


def folded_groups(
    saved: Iterable[tuple[tuple[str, str | None], ...]], table: Table
) -> frozenset[tuple[tuple[str, str | None], ...]]:
    """Return the groups, saved and present, whose rows are joined or parted otherwise now.

    By spelling, as levels that were in no list, or as classes of leaders, which stood under their level.
    """
    now = {tuple(row.group.items()) for row in table.flat()}
    then = set(saved)
    gone, new = then - now, now - then
    folded = {group: tuple((field, _fold(label)) for field, label in group) for group in {*gone, *now}}
    heirs = {folded[group] for group in now}
    merged = {group for group in gone if folded[group] in heirs}
    joined = merged | {group for group in now if folded[group] in {folded[one] for one in merged}}
    unknown = {group for group in gone if any(label in _unrecognised() for _, label in group)}
    classes = {group for group in new if any(field == "level" and label and leaders.place(label) for field, label in group)}
    levels = {group for group in {*now, *then} if dict(group).get("level")} if classes else set()
    return frozenset(joined | unknown | (new if unknown else set()) | levels)


def _fold(label: str | None) -> str | None:
    """Return a label as today's groups are told apart; None where it says that nothing is known."""
    if label is None or word(label) in BLANK_WORDS:
        return None
    return label_key(_WHOLE.sub(r"\1", label) if _WHOLE.fullmatch(label) else label)


def _unrecognised() -> frozenset[str]:
    """Return the labels that stood for any word that was in no list."""
    return frozenset(words("cell", "former_unrecognised"))


def uncompared(then: str, reasons: Iterable[tuple[str, Cause]]) -> list[Finding]:
    """Return a finding for each reason, with the measures that are not compared for it, and one of groups that are not."""
    by_reason: dict[Cause, dict[str, None]] = {}
    for measure, reason in reasons:
        by_reason.setdefault(reason, {})[measure] = None
    order = list(BY_KEY)
    groups = [Finding("W279", None, values={"then": then})] if by_reason.pop(Cause.GROUPS, None) else []
    measures = {reason: tuple(sorted(keys, key=order.index)) for reason, keys in sorted(by_reason.items())}
    return [
        *(Finding("W278", None, values={"then": then, "way": one.value, "measures": of}) for one, of in measures.items()),
        *groups,
    ]
