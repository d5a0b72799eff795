"""From merged sums to tables: which measures, which rows in which order, the total from the sums themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, assert_never

from xfstats.definitions import definitions
from xfstats.errors import InputFault
from xfstats.figures import STATISTICS, Figure, Pair
from xfstats.measures import AMOUNT, BY_KEY, MEASURES, NEEDS, OUTCOMES, Count, Days, Rate
from xfstats.messages import FIELD_NAMES, LOGS, named, say
from xfstats.model import GroupKey, Period, Plan, Position
from xfstats.run.merging import Merged
from xfstats.table import Row, Table


def make_table(merged: Merged, plan: Plan, profile: Mapping[str, Any], lang: str) -> Table:
    """The table of one kind of log."""
    measures = _measures(merged, plan)
    rules = profile.get("groups", {}).get(merged.log.value, ())
    listed = [rule["label"] for rule in rules if not rule.get("of_which")]
    return Table(
        log=merged.log,
        title=_title(merged, lang),
        by=merged.by,
        span=plan.period or _span(merged),
        measures=measures,
        definitions=definitions(merged, measures, lang),
        rows=(*_rows(merged, measures, _order(profile, rules), listed), *_subsets(merged, measures, rules)),
        total=_figures(measures, merged.total, merged.all_days),
        notes=_notes(merged, plan, lang),
    )


def _title(merged: Merged, lang: str) -> str:
    """The title row where all sheets share one, else the name of the kind."""
    titles = {sheet.title for sheet in merged.sheets if sheet.title}
    return titles.pop() if len(titles) == 1 else named(LOGS, merged.log, lang)


def _span(merged: Merged) -> Period | None:
    spans = [sheet.span for sheet in merged.sheets if sheet.span]
    if not spans:
        return None
    last = date.fromisoformat(max(last for _, last in spans))
    return Period(date.fromisoformat(min(first for first, _ in spans)), last + timedelta(days=1))


def _measures(merged: Merged, plan: Plan) -> tuple[str, ...]:
    """The measures asked for, each one that the log can support; else those that it has (design §4, with no options)."""
    if plan.measures is not None:
        for key in plan.measures:
            need = NEEDS.get(key)
            if need and f"field:{need}" not in merged.supports and not (need == "status" and "status" in merged.supports):
                raise InputFault("E305", Position(merged.sheets[0].sheet or merged.log.value), field=need)
        return plan.measures
    wanted = {AMOUNT[merged.log]}
    filled = [sheet for sheet in merged.sheets if sheet.counted] or merged.sheets
    if merged.log == "visits" and all("field:persons" in sheet.supports for sheet in filled):
        wanted.add("persons")
    if merged.total["excluded"]:
        wanted.add("excluded")
    for one, keys in OUTCOMES.items():
        if f"set:{one}" in merged.supports:
            wanted.update(keys)
    if {"field:received_on", "field:closed_on", "set:closed"} <= merged.supports:
        wanted.add("median_days")
    return tuple(measure.key for measure in MEASURES if measure.key in wanted)


def _figures(measures: Sequence[str], sums: Counter[str], days: Counter[int]) -> dict[str, Figure]:
    return {key: _figure(key, sums, days) for key in measures}


def _figure(key: str, sums: Counter[str], days: Counter[int]) -> Figure:
    measure = BY_KEY[key]
    match measure:
        case Count():
            return sums[measure.key]
        case Rate():
            return Pair(sums[measure.numerator.key], sums[measure.denominator.key])
        case Days():
            return STATISTICS[measure.statistic](days)
        case _:
            assert_never(measure)


def _order(profile: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Labels with a place of their own: groups by rule, then levels from high to low."""
    labels = [rule["label"] for rule in rules] + [words[0] for words in profile["levels"].values()]
    return {label: place for place, label in reversed(list(enumerate(labels)))}


def _rows(merged: Merged, measures: Sequence[str], order: Mapping[str, int], listed: Sequence[str]) -> list[Row]:
    """A row a group, known labels in their order, others by size, 未归类 last; nested groups followed by their subtotal."""
    amount = AMOUNT[merged.log]
    keys = set(merged.counts)
    if merged.by == ("level",):
        keys |= {(label,) for label in listed}
    if not merged.by or (keys == {(None,)} and merged.subsets):
        return []
    sums = _prefix_sums(merged)

    def place(key: GroupKey) -> tuple[tuple[int, int, str], ...]:
        parts = []
        for depth, label in enumerate(key):
            size = sums[key[: depth + 1]][0][amount] if key[: depth + 1] in sums else 0
            parts.append((2, 0, "") if label is None else (0, order[label], "") if label in order else (1, -size, label))
        return tuple(parts)

    rows: list[Row] = []
    ordered = sorted(keys, key=place)
    for index, key in enumerate(ordered):
        rows.append(Row(dict(zip(merged.by, key, strict=True)), _figures(measures, *sums.get(key, (Counter(), Counter())))))
        following = ordered[index + 1] if index + 1 < len(ordered) else ()
        for depth in range(len(key) - 1, 0, -1):
            if following[:depth] != key[:depth]:
                group = dict(zip(merged.by, key[:depth], strict=False))
                rows.append(Row(group, _figures(measures, *sums[key[:depth]]), subtotal=True))
    return rows


def _prefix_sums(merged: Merged) -> dict[GroupKey, tuple[Counter[str], Counter[int]]]:
    """Sums of every group and of every group that contains it."""
    sums: dict[GroupKey, tuple[Counter[str], Counter[int]]] = {}
    for key, counts in merged.counts.items():
        for depth in range(1, len(key) + 1):
            into = sums.setdefault(key[:depth], (Counter(), Counter()))
            for name, number in counts.items():
                into[0][name] += number
            into[1].update(merged.days.get(key, {}))
    return sums


def _subsets(merged: Merged, measures: Sequence[str], rules: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The 其中 rows, in the order of the profile."""
    return [
        Row(
            {"level": rule["label"]},
            _figures(measures, merged.subsets.get(rule["label"], Counter()), merged.subset_days.get(rule["label"], Counter())),
            of_which=True,
        )
        for rule in rules
        if rule.get("of_which") and "level" in merged.by
    ]


def _notes(merged: Merged, plan: Plan, lang: str) -> tuple[str, ...]:
    """What was chosen for the reader: the grouping where it is not the level, the kind where no title says it."""
    notes = []
    if plan.by is None and merged.by and merged.by != ("level",):
        notes.append(say("note.by", lang, field=named(FIELD_NAMES, merged.by[0], lang)))
    for field, by in sorted({item for sheet in merged.sheets for item in sheet.said.items()}):
        notes.append(say(f"note.named.{by}", lang, field=named(FIELD_NAMES, field, lang)))
    guessed = [sheet for sheet in merged.sheets if sheet.log_by in {"columns", "default"}]
    if guessed:
        notes.append(say("note.log", lang, log=named(LOGS, merged.log, lang)))
    return tuple(notes)
