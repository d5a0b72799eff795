"""Tables from merged tallies: selection of measures, rows in order, total, definitions and notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeAlias

from xfstats.config.periods import step_label, step_of
from xfstats.config.plan import Plan, View
from xfstats.errors import InputFault
from xfstats.measures.capabilities import HOURS, column_for, column_of, is_met, records_in
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import (
    ACCEPTANCE,
    AMOUNT,
    AMOUNT_MEASURES,
    BY_ANSWER,
    BY_KEY,
    MEASURES,
    OFFERED,
    OUTCOMES,
    DayStatistic,
    label,
)
from xfstats.measures.needs import OWN_DEADLINE, coverage_key, required_fields
from xfstats.measures.themes import measures_to_print
from xfstats.messages import joined, name_of, raw, say
from xfstats.model import Ledger, Log, Period, Position
from xfstats.pipeline.merge import Merged
from xfstats.reports.arrange import TableBuilder
from xfstats.reports.figures import format_count
from xfstats.reports.notes import choice_notes, define_measures, measure_wordings
from xfstats.reports.row import Row
from xfstats.reports.table import Table, ledger_label, rest_label, total_label, unclassified_label

TableKind: TypeAlias = tuple[Log, Ledger]
"""Log and ledger of a table."""
_DAYS = frozenset(key for key, measure in BY_KEY.items() if isinstance(measure, DayStatistic) and measure.unit == "days")
MAX_BASES = 12
"""Groups for which a note gives the coverage of a measure."""


def make_table(
    merged: Merged, plan: Plan, view: View, profile: Mapping[str, Any], lang: str, at: Position, kinds: Sequence[TableKind]
) -> Table | None:
    """Return the table of one ledger among all `kinds` of the input.

    None where it has none of the requested measures and the plan skips unsupported ones. `at` is the position for errors.
    """
    choices = Choices.of(profile)
    measures = _select_measures(merged, plan, choices, at, {AMOUNT[log] for log, _ in kinds}, public=view.public)
    if not measures:
        return None
    by = merged.by[:-1] if plan.cross else merged.by
    view = view if by else replace(view, rank=None)  # a total has no place
    left_out = frozenset(measures) - frozenset(measures_to_print(measures) if plan.measures is None else measures)
    span = plan.period or _date_span(merged)
    ledgers = [ledger for log, ledger in kinds if log == merged.log]
    builder = TableBuilder(merged, plan, view, profile, measures, span)
    rows, total = (*builder.rows(), *builder.subsets()), builder.total()
    return Table(
        log=merged.log,
        ledger=merged.ledger,
        parted=len(ledgers) > 1,
        title=_title(merged, lang, parted=len(ledgers) > 1),
        by=by,
        span=span,
        measures=measures,
        definitions=define_measures(merged, measures, choices, lang),
        rows=rows,
        total_row=total,
        notes=(
            *([say("note.public", lang)] if view.public else []),
            *choice_notes(merged, measures, choices, plan.windows, lang),
            *_coverage_notes(merged, measures, rows, total, choices, lang, public=view.public),
            *_partial_steps_note(plan, choices, lang),
            *_rank_note(view, measures, lang),
            *_left_out_note(measures, left_out, lang),
            *_assumption_notes(merged, plan, lang),
            *_ledgers_note(ledgers, lang),
        ),
        by_columns={key: header for key, header in plan.by_columns.items() if key in (*by, plan.cross)},
        wordings=measure_wordings(merged),
        left_out=left_out,
        cross=plan.cross,
        windows=plan.compared,
        cumulative=plan.cumulative,
        ranked=view.rank.measure if view.rank else None,
        smallest_first=bool(view.rank and view.rank.ascending),
        empty=not merged.total[AMOUNT[merged.log]],
        days={} if view.public or not _DAYS.intersection(measures) else builder.current.row(()).days,
    )


def _left_out_note(measures: Sequence[str], left_out: frozenset[str], lang: str) -> list[str]:
    """Return a note on the measures that are not printed."""
    names = [label(key, lang) for key in measures if key in left_out]
    return [say("note.left_out", lang, labels=joined(names, lang))] if names else []


def _title(merged: Merged, lang: str, *, parted: bool) -> str:
    """Return the title that all sheets share, else the label of the ledger."""
    titles = {sheet.title for sheet in merged.sheets if sheet.title}
    return titles.pop() if len(titles) == 1 else ledger_label(merged.log, merged.ledger, lang, parted=parted)


def _date_span(merged: Merged) -> Period | None:
    """Return the period from the first to the last date of the sheets; None without dates."""
    spans = [sheet.span for sheet in merged.sheets if sheet.span]
    if not spans:
        return None
    last = date.fromisoformat(max(last for _, last in spans))
    return Period(date.fromisoformat(min(first for first, _ in spans)), last + timedelta(days=1))


def _select_measures(
    merged: Merged, plan: Plan, choices: Choices, at: Position, amounts: Collection[str], *, public: bool
) -> tuple[str, ...]:
    """Return the requested measures that the log supports; without a request those it has and the preset's.

    Of the `amounts` of all logs in the input each log has its own.
    """
    if plan.measures is not None:
        lacking = {key: why for key in plan.measures if (why := unsupported_reason(merged, key, choices, at))}
        refused = [why for key, why in lacking.items() if key not in amounts or len(lacking) == len(plan.measures)]
        if refused and not plan.skip_unsupported:
            raise refused[0]
        more = [
            key for key in plan.extra_measures if key not in plan.measures and not unsupported_reason(merged, key, choices, at)
        ]
        return (*(key for key in plan.measures if key not in lacking), *more)
    selected = {AMOUNT[merged.log]}
    filled = [sheet for sheet in merged.sheets if sheet.counted] or merged.sheets
    if merged.log == "visits" and any(column_of("persons") in sheet.supports for sheet in filled):
        selected.add("persons")
    if merged.total["excluded"]:
        selected.add("excluded")
    for one, keys in OUTCOMES.items():
        if records_in(one) in merged.supports:
            selected.update(keys)
    if {column_of("received_on"), column_of("closed_on"), records_in("closed")} <= merged.supports:
        selected.add("median_days")
    if not public:
        offered = [key for field, keys in OFFERED.items() if column_of(field) in merged.supports for key in keys]
        selected.update(key for key in offered if key not in BY_ANSWER or merged.total[key])
    selected.update(key for key in (*choices.measures, *plan.extra_measures) if not unsupported_reason(merged, key, choices, at))
    return tuple(measure.key for measure in MEASURES if measure.key in selected)


def unsupported_reason(merged: Merged, key: str, choices: Choices, at: Position) -> InputFault | None:
    """Return why a log does not support a measure (another amount, no column, no limit); None where it does."""
    amount = AMOUNT[merged.log]
    if key in AMOUNT_MEASURES and key != amount:
        return InputFault("E249", at, measure=key, log=merged.log.value, own=amount)
    if key in ACCEPTANCE and choices.acceptance_days is None:
        return InputFault("E345", at, measure=key)
    for need in required_fields(key, choices):
        if not is_met(need, merged.supports):
            if need[: len(OWN_DEADLINE)] == OWN_DEADLINE and choices.handling_days is None:
                return InputFault("E344", at, measure=key)
            if need == (HOURS,):
                return InputFault("E358", at, measure=key)
            return InputFault("E305", at, field=column_for(need[0]), instead="")
    return None


def _partial_steps_note(plan: Plan, choices: Choices, lang: str) -> list[str]:
    """Return a note on the first and last period of a compared series where the range of days cuts them."""
    if plan.series is None or plan.period is None or not plan.compared:
        return []
    first, last = plan.period.first, plan.period.last
    day, start_day, unit = timedelta(days=1), choices.month_start_day, plan.series
    edges = ((first, first - day), (last, last + day))
    parts = [
        step_of(own, unit, start_day)
        for own, next_to in edges
        if step_of(own, unit, start_day) == step_of(next_to, unit, start_day)
    ]
    rows = joined((step_label(step, unit) for step in dict.fromkeys(parts)), lang)
    return [say("note.part", lang, rows=rows, first=first, last=last)] if rows else []


def _coverage_notes(
    merged: Merged, measures: Sequence[str], rows: Sequence[Row], total: Row, choices: Choices, lang: str, *, public: bool
) -> list[str]:
    """Return notes on measures that only some sheets have: known for how many records, in total and by group."""
    filled = [sheet for sheet in merged.sheets if sheet.counted]
    partly_covered = [
        key for key in measures if (name := coverage_key(key, choices)) and any(name not in sheet.told for sheet in filled)
    ]
    comma = raw("mark.list", lang)
    labels_by_parts: dict[tuple[str, ...], list[str]] = {}
    for key in partly_covered:
        parts = [(row, base) for row in (total, *rows) if (base := row.block.bases.get(key)) and base.numerator]
        row_texts = [
            f"{_row_name(row, lang)} {format_count(base.numerator)}/{format_count(base.denominator)}" for row, base in parts
        ]
        labels_by_parts.setdefault((*row_texts[:MAX_BASES], *(["…"] if len(row_texts) > MAX_BASES else [])), []).append(
            label(key, lang)
        )
    form = "note.base.public" if public else "note.base"
    return [
        say(form, lang, labels=comma.join(labels), amount=label(AMOUNT[merged.log], lang), parts=comma.join(parts))
        for parts, labels in labels_by_parts.items()
        if parts or public
    ]


def _row_name(row: Row, lang: str) -> str:
    """Return the label of a row as printed."""
    if row.kind == "rest":
        return rest_label(lang)
    return "·".join(unclassified_label(lang) if one is None else one for one in row.group.values()) or total_label(lang)


def _ledgers_note(ledgers: Sequence[Ledger], lang: str) -> list[str]:
    """Return a note that the ledgers of one log are not added up, where it has two."""
    names = joined((name_of("ledgers", one, lang) for one in ledgers), lang)
    return [say("note.ledgers", lang, ledgers=names)] if len(ledgers) > 1 else []


def _rank_note(view: View, measures: Sequence[str], lang: str) -> list[str]:
    """Return a note on the direction of the ranks."""
    rank = view.rank
    if rank is None or rank.measure not in measures:
        return []
    return [say("note.rank.asc" if rank.ascending else "note.rank.desc", lang, label=label(rank.measure, lang))]


_NAMED_BY: Mapping[str, str] = {"sheet": "note.named.sheet", "file": "note.named.file"}
_YEAR_BY: Mapping[str, str] = {"title": "note.year.title", "sheet": "note.year.sheet", "file": "note.year.file"}


def _assumption_notes(merged: Merged, plan: Plan, lang: str) -> tuple[str, ...]:
    """Return notes on inferred choices: the grouping field, constants, ambiguous fields, the year, the kind of log."""
    notes = []
    if plan.by is None and merged.by and merged.by[0] not in {"level", plan.cross}:
        notes.append(say("note.by", lang, field=name_of("fields", merged.by[0], lang)))
    for field, by in sorted({item for sheet in merged.sheets for item in sheet.constants.items()}):
        notes.append(say(_NAMED_BY[by], lang, field=name_of("fields", field, lang)))
    for field, header, other in sorted({one for sheet in merged.sheets if sheet.counted for one in sheet.ambiguous_fields}):
        text_key = "note.stands" if other else "note.hinted"
        notes.append(say(text_key, lang, field=name_of("fields", field, lang), header=header, other=other))
    for year, by in sorted({sheet.year for sheet in merged.sheets if sheet.year}):
        notes.append(say(_YEAR_BY[by], lang, year=year))
    placed = joined(sorted(set(merged.words.get("closed", ())) & set(plan.profile.get("chosen", {}).get("closing", ()))), lang)
    if placed:
        notes.append(say("note.closing", lang, words=placed))
    guessed = [sheet for sheet in merged.sheets if sheet.log_by in {"columns", "default"}]
    if guessed:
        notes.append(say("note.log", lang, log=name_of("logs", merged.log, lang)))
    return tuple(notes)
