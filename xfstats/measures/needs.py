"""Needs of each measure under the choices of the office: the fields, facts and known words that a log has to have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from xfstats.measures.capabilities import DERIVED_FROM, Capability, Need, column_of, is_met, words_of
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import BY_ANSWER, BY_KEY, DUE_TOLD, ON_TIME, OPEN_TOLD, OUTCOMES, RATING_TOLD, STATUS_TOLD

OWN_DEADLINE: Need = (column_of("due_on"),)
"""Fields that due days need where no limit is chosen: the log's own alone."""
_BASE_NEEDS: Mapping[str, tuple[Need, ...]] = {
    "accepted": ((column_of("accepted_on"),),),
    "closed": STATUS_TOLD,
    "due": DUE_TOLD,
    "rated": RATING_TOLD,
    "asked": RATING_TOLD,
}


def required_fields(key: str, choices: Choices) -> tuple[Need, ...]:
    """Return the fields and facts that a measure needs under the choices of the office: of each tuple one."""
    base = choices.bases.get(key)
    more: tuple[Need, ...] = ()
    limit = DUE_TOLD[0] if choices.handling_days is not None else OWN_DEADLINE
    if base is not None:
        of = () if key == "satisfaction_unit_rate" and base.of in {"rated", "asked"} else _BASE_NEEDS.get(base.of, ())
        more = (*of, *(() if base.not_due or key == "acceptance_rate" else OPEN_TOLD))
    found = dict.fromkeys(limit if need == DUE_TOLD[0] else need for need in (*BY_KEY[key].needs, *more))
    own = {limit, (column_of("closed_on"),)} if key in ON_TIME else set()
    return tuple((*need, column_of("on_time_flag")) if need in own else need for need in found)


def required_words(key: str, choices: Choices) -> tuple[Need, ...]:
    """Return what status and rating words must tell before a figure is printed: of each tuple one."""
    base = choices.bases.get(key)
    rated = key in {"rated", "satisfied", *BY_ANSWER} or (base is not None and base.of in {"rated", "asked"})
    ratings = ((words_of("satisfaction_unit" if key == "satisfaction_unit_rate" else "satisfaction"),),) if rated else ()
    if base is None:
        return ratings
    own = next((one for one, (_, rate) in OUTCOMES.items() if rate == key), None)
    ended = key in ON_TIME or base.of == "closed" or (not base.not_due and key != "acceptance_rate")
    states = tuple((words_of(one),) for one in OUTCOMES if one == own or (one == "closed" and ended))
    return (*ratings, *states)


def coverage_key(key: str, choices: Choices) -> str | None:
    """Return the name of the count of records of which a measure is known; None where that is every record.

    Measures that need the same fields share it.
    """
    found = (*required_fields(key, choices), *required_words(key, choices))
    return "told:" + "&".join("|".join(map(str, need)) for need in found) if found else None


def is_supported(key: str, choices: Choices, supports: Collection[Capability]) -> bool:
    """True if a log, or a sheet of it, can tell what a measure needs."""
    return all(is_met(need, supports) for need in (*required_fields(key, choices), *required_words(key, choices)))


def fields_to_read(keys: Iterable[str], choices: Choices) -> tuple[str, ...]:
    """Return the fields that are read for these measures, where a log has them."""
    fields = [
        told
        for key in keys
        for need in required_fields(key, choices)
        for one in need
        for told in DERIVED_FROM.get(one, (one.of,))
    ]
    return tuple(dict.fromkeys([*fields, *(["extension"] if "due_on" in fields else [])]))
