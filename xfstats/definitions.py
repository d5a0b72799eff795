"""What stands under a table: each measure's definition, with the words and columns that made it in this run."""

from __future__ import annotations

from collections.abc import Sequence

from xfstats.measures import AMOUNT, BY_KEY, Count, Rate, label
from xfstats.messages import FIELD_NAMES, named, say
from xfstats.model import Log
from xfstats.run.merging import Merged

_FLAGS = {"closed": "closed_flag", "settled": "settled_flag", "resolved": "resolved_flag"}
_SETS = frozenset(["closed", "settled", "resolved", "excluded"])


def definitions(merged: Merged, measures: Sequence[str], lang: str) -> dict[str, str]:
    """A sentence for each measure of the table, and for the base of its rates."""
    return {key: _definition(merged, key, lang) for key in measures}


def _definition(merged: Merged, key: str, lang: str) -> str:
    measure = BY_KEY[key]
    amount = label(AMOUNT[merged.log], lang)
    match measure:
        case Rate():
            return say(
                "def.rate",
                lang,
                label=label(key, lang),
                numerator=label(measure.numerator.key, lang),
                denominator=_base(merged, lang),
            )
        case Count() if key in _SETS:
            return _set(merged, key, lang)
        case Count() if key == "open":
            return say("def.open", lang, amount=amount)
        case Count():
            if key == "persons":
                return say("def.count.persons", lang)
            weighted = merged.log is Log.VISITS and any(sheet.weighted for sheet in merged.sheets)
            return say("def.count.visits.weighted" if weighted and key == "visits" else f"def.count.{key}", lang)
        case _:
            return say(f"def.days.{key}", lang)


def _base(merged: Merged, lang: str) -> str:
    """The denominator: the amount, less what is excluded where anything is."""
    amount = label(AMOUNT[merged.log], lang)
    if merged.total["excluded"]:
        return say("def.base", lang, amount=amount)
    return amount


def _set(merged: Merged, key: str, lang: str) -> str:
    """How records came into a set: the words of the status column, a yes/no column, or the close date."""
    how = []
    flag = _FLAGS.get(key, "")
    if f"field:{flag}" in merged.supports:
        how.append(say("def.set.flag", lang, field=_header(merged, flag, lang)))
    if words := merged.words.get(key):
        joined = ("、" if lang == "zh" else ", ").join(sorted(words, key=lambda word: (-words[word], word)))
        how.append(say("def.set.words", lang, words=joined))
    if key == "closed" and any(_dated(sheet.supports) for sheet in merged.sheets):
        how.append(say("def.set.date", lang))
    base = say("def.set.base", lang) if key != "excluded" and merged.total["excluded"] else ""
    joined = (" 或 " if lang == "zh" else " or ").join(how) or "—"
    return say("def.set", lang, label=label(key, lang), how=joined, base=base)


def _dated(supports: Sequence[str]) -> bool:
    """Whether a sheet's close dates decide what is closed: it has them, and neither a status nor a yes/no column."""
    fields = {"field:status", "field:outcome", "field:closed_flag"}
    return "field:closed_on" in supports and not fields & set(supports)


def _header(merged: Merged, field: str, lang: str) -> str:
    return next((sheet.columns[field] for sheet in merged.sheets if field in sheet.columns), named(FIELD_NAMES, field, lang))
