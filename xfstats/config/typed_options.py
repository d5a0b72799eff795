"""Values of options by any of their names, as keys: typed, from the environment, a profile or the Python interface.

What no name fits stays as it is, for `config.parse` to refuse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any, TypeAlias

from xfstats.config import normalize
from xfstats.config.figure_names import MEASURES, WINDOWS
from xfstats.config.gate_syntax import gate_key
from xfstats.config.header_words import HeaderWords, header_words
from xfstats.config.limits import LIMITS
from xfstats.config.option_table import BY_NAME, OPTIONS, NameSet, Option, Spelling
from xfstats.config.output_formats import TYPED_FORMATS
from xfstats.config.period_words import day_key, period_key
from xfstats.config.periods import DERIVED, SERIES
from xfstats.config.typed_words import Names, packaged_names, unknown
from xfstats.config.word_patterns import packaged
from xfstats.errors import UsageFault, XfstatsError
from xfstats.measures.choices import PRESETS
from xfstats.model import BY_FIELDS, FIELDS, GROUP_FIELDS, SETS, WORD_FIELDS, Kind

Change: TypeAlias = Callable[[str], str]

NAME_SETS: Mapping[NameSet, Names] = {
    NameSet.GROUPINGS: Names("fields", (*BY_FIELDS, *WORD_FIELDS, *DERIVED, *SERIES)),
    NameSet.CROSSED: Names("fields", (*GROUP_FIELDS, *WORD_FIELDS, *DERIVED)),
    NameSet.FILTERED: Names("fields", (*GROUP_FIELDS, *WORD_FIELDS)),
    NameSet.MAPPED: Names("fields", tuple(key for key, kind in FIELDS.items() if kind is not Kind.PERSON or key in BY_FIELDS)),
    NameSet.DATES: Names("fields", tuple(key for key, kind in FIELDS.items() if kind is Kind.DATE)),
    NameSet.MEASURES: MEASURES,
    NameSet.WINDOWS: WINDOWS,
    NameSet.PRESETS: Names("presets", PRESETS),
    NameSet.STATUSES: Names("sets", (*SETS, "open", "other", "resolved-only", "settled-only")),
    NameSet.RATINGS: Names("ratings", ("satisfied", "basically", "dissatisfied", "unrated")),
    NameSet.LIMITS: Names("limits", tuple(LIMITS)),
    NameSet.FORMATS: Names("formats", TYPED_FORMATS),
}


def _names(one: Option) -> Names | None:
    """Return the names of the keys that an option takes; None where it takes any text."""
    return NAME_SETS[one.names] if one.names else one.type.names


NAMES: Mapping[str, Names] = {
    **{one.flag: names for one in OPTIONS if (names := _names(one)) is not None},
    "FIGURE": MEASURES,
}
"""What each option takes."""
DIRECTIONS = Names("directions", ("asc", "desc"))
_COMMAS = re.compile("[,，、]")
_SIGN = re.compile("[=＝]")


def as_key(text: str, option: str) -> str:
    """Return the key that a text names among those that an option takes; the text itself where it names none.

    A field is named by a header that its column may have, too, where no other field of the option may have it.
    """
    values = NAMES[option]
    if text.startswith("column:"):
        return text
    return values.key(text) or (_field_of(text, values.keys) if values.table == "fields" else None) or text


def _field_of(header: str, allowed: Sequence[str]) -> str | None:
    """Return the field that columns with a header serve, or person for one about persons; None where none or several do."""
    fields = [field for field, _ in _headers().fields(normalize.header(header))]
    served = [field for field in fields if field in allowed or FIELDS[field] is Kind.PERSON]
    return served[0] if len(served) == 1 else None


@cache
def _headers() -> HeaderWords:
    """Return the packaged words of headers."""
    return header_words(packaged())


def unknown_word_error(text: str, option: str, allowed: Sequence[str] | None = None) -> XfstatsError:
    """Return the error for a text that names nothing that an option takes."""
    values = NAMES[option]
    return unknown(text, values if allowed is None else Names(values.table, tuple(allowed)), option)


def half_width(text: str) -> str:
    """Return a text with full-width letters, digits and marks as half-width ones.

    >>> half_width("１，２：９０％")
    '1,2:90%'
    """
    return unicodedata.normalize("NFKC", text)


def _list(option: str, text: str) -> str:
    """Return names between commas as keys."""
    return ",".join(as_key(part.strip(), option) for part in _COMMAS.split(text))


def _order(option: str, text: str) -> str:
    """Return MEASURE:DIRECTION as keys."""
    measure, colon, direction = half_width(text).partition(":")
    return as_key(measure.strip(), option) + colon + (DIRECTIONS.key(direction.strip()) or direction)


def _named_first(option: str, text: str) -> str:
    """Return NAME=VALUE with NAME replaced by its key; for --map, F列 becomes column:F."""
    sign = _SIGN.search(text)
    if sign is None:
        return text
    value = text[sign.end() :]
    return f"{as_key(text[: sign.start()].strip(), option)}={_column(value) if option == '--map' else value}"


def _column(header: str) -> str:
    """Return F列 as column:F; a header as it is."""
    found = re.fullmatch("|".join(packaged_names()["columns"]["letter"]), half_width(header).strip())
    return f"column:{next(filter(None, found.groups()))}" if found else header


def _named_last(option: str, text: str) -> str:
    """Return WORD=NAME,… with the names as keys."""
    signs = list(_SIGN.finditer(text))
    if not signs:
        return text
    word, named = text[: signs[-1].start()], text[signs[-1].end() :]
    return f"{word}={_list(option, named) if option in NAMES else named}"


def _gate(text: str) -> str:
    """Return a condition with keys; the text itself where it is none, or its figure has no name."""
    try:
        return gate_key(text)
    except UsageFault:
        return text


_CHANGES: Mapping[Spelling, Callable[[str, str], str]] = {
    Spelling.KEY: lambda option, text: as_key(text, option),
    Spelling.LIST: _list,
    Spelling.ORDER: _order,
    Spelling.NAMED_FIRST: _named_first,
    Spelling.NAMED_LAST: _named_last,
    Spelling.CONDITION: lambda _, text: _gate(text),
    Spelling.PERIOD: lambda _, text: period_key(text),
    Spelling.DAY: lambda _, text: day_key(text),
    Spelling.HALF_WIDTH: lambda _, text: half_width(text),
}
TEXTS: Mapping[str, Change] = {
    one.name: partial(_CHANGES[one.spelling or Spelling.KEY], one.flag) for one in OPTIONS if one.spelling or one.type.names
}
"""By the name of an option in the code: how one text of it becomes keys."""


def as_keys(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of options with every name in them as its key."""
    return {name: _changed(value, name) if name in TEXTS else value for name, value in given.items()}


def _changed(value: Any, name: str) -> Any:
    """Return a text, several of them, or a table of names and values, with keys for names; anything else as it is."""
    match value:
        case str():
            return TEXTS[name](value)
        case list() | tuple():
            return type(value)(TEXTS[name](one) if isinstance(one, str) else one for one in value)
        case Mapping():
            return _changed_table(value, name)
        case _:
            return value


def _changed_table(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a table of names and values with keys for names; raise UsageFault where two names are of one key."""
    option = BY_NAME[name].flag
    if BY_NAME[name].spelling is Spelling.NAMED_FIRST:
        changed = {
            as_key(key, option): _column(one) if option == "--map" and isinstance(one, str) else one for key, one in table.items()
        }
        if len(changed) < len(table):
            raise UsageFault("E214", option=option)
        return changed
    return {key: _list(option, value) if option in NAMES and isinstance(value, str) else value for key, value in table.items()}
