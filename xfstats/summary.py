"""From merged sums to tables: which measures, which rows in which order, the total from the sums themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from xfstats.arranging import Arrangement
from xfstats.choices import Choices
from xfstats.definitions import definitions, notes_on
from xfstats.errors import InputFault
from xfstats.measures import AMOUNT, MEASURES, OUTCOMES, needs
from xfstats.messages import FIELD_NAMES, LOGS, named, say
from xfstats.model import Period, Position
from xfstats.plan import Plan
from xfstats.ranking import View
from xfstats.run.merging import Merged
from xfstats.table import Table


def make_table(merged: Merged, plan: Plan, view: View, profile: Mapping[str, Any], lang: str) -> Table | None:
    """The table of one kind of log; None where the plan is lenient and the log supports no measure that is wanted."""
    choices = Choices.of(profile)
    measures = _measures(merged, plan, choices)
    if not measures:
        return None
    by = merged.by[:-1] if plan.cross else merged.by
    span = plan.period or _span(merged)
    made = Arrangement(merged, plan, view, profile, measures, span)
    return Table(
        log=merged.log,
        title=_title(merged, lang),
        by=by,
        span=span,
        measures=measures,
        definitions=definitions(merged, measures, choices, lang),
        rows=(*made.rows(), *made.subsets()),
        total_row=made.total(),
        notes=(
            *([say("note.public", lang)] if view.least_days > 1 else []),
            *notes_on(merged, measures, choices, plan.windows, lang),
            *_notes(merged, plan, lang),
        ),
        cross=plan.cross,
        windows=plan.windows,
        ranked=view.rank.measure if view.rank else None,
        empty=not merged.total[AMOUNT[merged.log]],
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


def _measures(merged: Merged, plan: Plan, choices: Choices) -> tuple[str, ...]:
    """The measures asked for, each one that the log can support; else those that it has (design §4), and the preset's."""
    if plan.measures is not None:
        lacking = {key: field for key in plan.measures if (field := _lacking(merged, key, choices))}
        if lacking and not plan.lenient:
            raise InputFault("E305", Position(merged.sheets[0].sheet or merged.log.value), field=next(iter(lacking.values())))
        more = [key for key in plan.also if key not in plan.measures and not _lacking(merged, key, choices)]
        return (*(key for key in plan.measures if key not in lacking), *more)
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
    wanted.update(key for key in (*choices.measures, *plan.also) if not _lacking(merged, key, choices))
    return tuple(measure.key for measure in MEASURES if measure.key in wanted)


def _lacking(merged: Merged, key: str, choices: Choices) -> str | None:
    """The field that a log lacks for a measure; a count of cases is none of visits, and the other way round."""
    if key in set(AMOUNT.values()) and key != AMOUNT[merged.log]:
        return "persons" if key == "visits" else "case_no"
    for fields in needs(key, choices):
        if not any(f"field:{field}" in merged.supports or field in merged.supports for field in fields):
            return "status" if fields[0].startswith("tell:") else fields[0]
    return None


def _notes(merged: Merged, plan: Plan, lang: str) -> tuple[str, ...]:
    """What was chosen for the reader: the grouping where it is not the level, the kind where no title says it."""
    notes = []
    if plan.by is None and merged.by and merged.by[0] not in {"level", plan.cross}:
        notes.append(say("note.by", lang, field=named(FIELD_NAMES, merged.by[0], lang)))
    for field, by in sorted({item for sheet in merged.sheets for item in sheet.said.items()}):
        notes.append(say(f"note.named.{by}", lang, field=named(FIELD_NAMES, field, lang)))
    guessed = [sheet for sheet in merged.sheets if sheet.log_by in {"columns", "default"}]
    if guessed:
        notes.append(say("note.log", lang, log=named(LOGS, merged.log, lang)))
    return tuple(notes)
