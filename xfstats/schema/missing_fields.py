"""Errors for fields that were asked for and have no column, with what may be typed instead."""

from __future__ import annotations

from collections.abc import Collection

from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.messages import LANGS, name_of, raw, say
from xfstats.model import GROUP_FIELDS, Position


def missing_field(field: str, known: Collection[str], plan: Plan, at: Position) -> InputFault:
    """Return the error for a field without a column, with other dates or groups among the `known` fields of the sheet."""
    others = [one for one in ("accepted_on", "closed_on") if one != field and one in known]
    if field != "received_on" or plan.judged_by != field or not others:
        return InputFault("E305", at, field=field, instead=_groups_instead(field, known, plan))
    ways = [f"--date-by {one}" for one in others]
    return InputFault("E355", at, field=field, ways=tuple(raw("mark.or", lang).join(ways) for lang in LANGS))


def _groups_instead(field: str, known: Collection[str], plan: Plan) -> tuple[str, ...]:
    """Return in each language the groups that the sheet has instead of a missing one, by column or by name; else empty texts."""
    ways = [one for one in GROUP_FIELDS if one in known]
    if field not in GROUP_FIELDS or field not in (plan.by or ()) or not ways:
        return tuple("" for _ in LANGS)
    return tuple(say("instead", lang, ways=raw("mark.or", lang).join(_way(one, lang) for one in ways)) for lang in LANGS)


def _way(field: str, lang: str) -> str:
    """Return what to type to group by a field, with the field's name."""
    return say("instead.way", lang, field=field, name=name_of("fields", field, lang))
