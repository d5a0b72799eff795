"""Definitions and notes below a table: each measure under the office's choices, with the words and columns used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xfstats.measures.capabilities import CLOSED_BY_DATE, CLOSED_BY_TIMELINESS, column_of
from xfstats.measures.choices import Base, Choices
from xfstats.measures.definitions import ACCEPTANCE, AMOUNT, BY_KEY, ON_TIME, DayStatistic, Rate, Share, label
from xfstats.measures.needs import required_fields
from xfstats.messages import filled, joined, name_of, raw, say
from xfstats.model import Log, Window
from xfstats.pipeline.merge import Merged

_FLAG_FIELDS = {"closed": "closed_flag", "settled": "settled_flag", "resolved": "resolved_flag", "excluded": "excluded_flag"}
_STATUS_SETS = frozenset(["closed", "settled", "resolved", "excluded"])
_OF_VISITS = {"initial": "initial_visits", "repeat": "repeat_visits", "repeat_rate": "repeat_visit_rate"}
_OF_DEFUSED = {"resolved": "defused", "resolution_rate": "defusal_rate"}
_NUMERATORS = {"resolution_rate": "resolved", "repeat_rate": "repeat"}
"""The counts that are numerators of rates whose names can differ."""
_BASES: Mapping[str, str] = {
    "received": "base.received",
    "accepted": "base.accepted",
    "closed": "base.closed",
    "due": "base.due",
    "rated": "base.rated",
    "asked": "base.asked",
}
"""The text of each base of `choices.BASES`; below, of the words of other choices."""
_DAYS: Mapping[str, str] = {"calendar": "days.calendar", "working": "days.working"}
_COUNTED_AS: Mapping[str, str] = {"satisfied": "as.satisfied", "unsatisfied": "as.unsatisfied", "out": "as.out"}
_PARTLY: Mapping[str, str] = {"resolved": "note.partly.resolved", "out": "note.partly.out"}
_WINDOWS: Mapping[tuple[str, bool], str] = {
    ("prev", False): "note.window.prev",
    ("yoy", False): "note.window.yoy",
    ("ytd", False): "note.window.ytd",
    ("prev", True): "note.window.prev.step",
    ("yoy", True): "note.window.yoy.step",
}
"""The note on a window, by its name and whether its labels stand steps of a series later."""
_RATING_MEASURES = frozenset(["satisfied", "satisfaction_rate", "satisfaction_unit_rate"])


def define_measures(merged: Merged, measures: Sequence[str], choices: Choices, lang: str) -> dict[str, str]:
    """Return the definition of each measure of the table, in the words of its log."""
    wordings = measure_wordings(merged)
    excluded = bool(merged.total["excluded"])
    defined = {key: _define_in_table(merged, key, choices, lang, excluded=excluded) for key in measures}
    return {key: _reworded(text, key, wordings, lang) for key, text in defined.items()}


def measure_wordings(merged: Merged) -> dict[str, str]:
    """Return the measures that this log has another word for: 化解 where its column or its states say so, 初访 of visits."""
    found = dict(_OF_VISITS) if merged.log is Log.VISITS else {}
    headers = [sheet.columns["resolved_flag"] for sheet in merged.sheets if "resolved_flag" in sheet.columns]
    told = headers or list(merged.words.get("resolved", ()))
    if told and all(raw("wordings.defused", "zh") in text for text in told):
        found |= _OF_DEFUSED
    return found


def _reworded(text: str, key: str, wordings: Mapping[str, str], lang: str) -> str:
    """Return a definition with the names of this log: that of the measure, and of a rate's numerator."""
    if key not in wordings:
        return text
    _, equals, how = text.partition(" = ")
    part = _NUMERATORS.get(key)
    if part is not None:
        how = raw(wordings[part], lang, "wordings") + how.removeprefix(raw(part, lang, "numerators"))
    return raw(wordings[key], lang, "wordings") + equals + how


def _define_in_table(merged: Merged, key: str, choices: Choices, lang: str, *, excluded: bool) -> str:
    """Return the definition of a measure with the words and columns of the table's sheets."""
    amount = label(AMOUNT[merged.log], lang)
    if key in _STATUS_SETS:
        return _describe_set(merged, key, lang)
    if key == "visits" and merged.log is Log.VISITS and any(sheet.weighted for sheet in merged.sheets):
        return say("def.count.visits.weighted", lang)
    return define_measure(key, choices, lang, amount, excluded=excluded)


def define_measure(key: str, choices: Choices, lang: str, amount: str, *, excluded: bool = True) -> str:
    """Return the definition of a measure in one sentence; `excluded` where rows are excluded from the bases."""
    measure = BY_KEY[key]
    match measure:
        case Rate():
            numerator = raw(measure.flags[0], lang, "numerators")
            base = _describe_base(key, choices.bases[key], lang, amount, excluded=excluded)
            return say("def.rate", lang, label=label(key, lang), numerator=numerator, denominator=base)
        case Share():
            return say("def.share", lang, amount=amount)
        case DayStatistic():
            return raw(key, lang, "definitions")
        case _:
            return filled(raw(key, lang, "definitions"), {"amount": amount, "number": choices.collective_from})


def _describe_base(key: str, base: Base, lang: str, amount: str, *, excluded: bool) -> str:
    """Return the denominator in words: which records, and which are left out."""
    within = {"on_time_rate": "base.timed", "acceptance_rate": "base.dated"}.get(key)
    text = say(_BASES[base.of], lang, amount=amount)
    if within:
        text = say(within, lang, base=text)
    out = []
    if excluded and not base.excluded:
        out.append(say("out.excluded", lang))
    if not base.not_due:
        out.append(say("out.not_due.acceptance" if key == "acceptance_rate" else "out.not_due", lang))
    if not out:
        return text if base.of == "received" and not within else say("mark.bare_brackets", lang, text=text)
    return say("base.less", lang, base=text, out=raw("mark.and", lang).join(out))


def choice_notes(merged: Merged, measures: Sequence[str], choices: Choices, windows: Sequence[Window], lang: str) -> list[str]:
    """Return the choices that the figures depend on: preset, limits and sources of due days, ratings, compared periods."""
    used = {one.of for key in measures for need in required_fields(key, choices) for one in need}
    notes = [say("note.preset", lang, preset=name_of("presets", choices.preset, lang))] if choices.preset != "plain" else []
    if "due_on" in used:
        amounts = {name: merged.limits[name] for name in ("due_on", "accepted_on", "received_on", "none")}
        notes.append(_describe_limits(choices, lang))
        notes.append(say("note.limits.rows", lang, **amounts))
    if ON_TIME & set(measures) and merged.limits["on_time_flag"]:
        field, number = _header_of(merged, "on_time_flag", lang), merged.limits["on_time_flag"]
        notes.append(say("note.on_time", lang, field=field, number=number))
    if ACCEPTANCE & set(measures):
        notes.append(say("note.acceptance", lang, days=choices.acceptance_days, kind=say(_DAYS[choices.days], lang)))
    if _RATING_MEASURES & set(measures):
        basically, unrated = say(_COUNTED_AS[choices.basically_satisfied], lang), say(_COUNTED_AS[choices.unrated], lang)
        notes.append(say("note.ratings", lang, basically=basically, unrated=unrated))
    if {"resolved", "resolution_rate"} & set(measures) and choices.partly_resolved != "unresolved":
        notes.append(say(_PARTLY[choices.partly_resolved], lang))
    for window in windows:
        first, last = window.period.first, window.period.last
        notes.append(say(_WINDOWS[window.name, bool(window.steps)], lang, first=first, last=last))
    return notes


def _describe_limits(choices: Choices, lang: str) -> str:
    """Return the sources of due days under the office's choices."""
    if choices.handling_days is None:
        return say("note.limits.own", lang)
    more = say("note.limits.extended", lang, days=choices.extension_days) if choices.extension_days is not None else ""
    return say("note.limits", lang, kind=say(_DAYS[choices.days], lang), handling=choices.handling_days, more=more)


def _describe_set(merged: Merged, key: str, lang: str) -> str:
    """Return how records came into a status set: by words of the status column, a yes/no column, or the close date."""
    how = []
    flag = _FLAG_FIELDS.get(key, "")
    if column_of(flag) in merged.supports:
        how.append(say("def.set.flag", lang, field=_header_of(merged, flag, lang)))
    if words := merged.words.get(key):
        words_text = joined(sorted(words, key=lambda word: (-words[word], word)), lang)
        how.append(say("def.set.words", lang, words=words_text))
    if key == "closed" and CLOSED_BY_TIMELINESS in merged.supports:
        how.append(say("def.set.flag", lang, field=_header_of(merged, "on_time_flag", lang)))
    if key == "closed" and CLOSED_BY_DATE in merged.supports:
        how.append(say("def.set.date", lang))
    base = say("def.set.base", lang) if key != "excluded" and merged.total["excluded"] else ""
    ways = raw("def.set.or", lang).join(how) or say("def.set.none", lang)
    return say("def.set", lang, label=label(key, lang), how=ways, base=base)


def _header_of(merged: Merged, field: str, lang: str) -> str:
    """Return the header of a field's column, else the field's label."""
    return next((sheet.columns[field] for sheet in merged.sheets if field in sheet.columns), name_of("fields", field, lang))
