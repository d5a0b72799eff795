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
from xfstats.config.option_types import DATE_CELLS, DATE_ORDERS, DUPLICATES, FORMATS, LANGS, PER, ROWS, TEXT_FORMATS
from xfstats.config.period_words import day_key, period_key
from xfstats.config.periods import DERIVED, SERIES, YEAR_TO_DATE
from xfstats.config.typed_words import Names, packaged_names, unknown
from xfstats.config.word_patterns import packaged
from xfstats.errors import UsageFault, XfstatsError
from xfstats.measures.choices import CLOSED_BY, PRESETS
from xfstats.model import BY_FIELDS, FIELDS, GROUP_FIELDS, SETS, WORD_FIELDS, Kind, Log

Change: TypeAlias = Callable[[str], str]

STATUS_SETS = Names("sets", (*SETS, "open", "other", "resolved-only", "settled-only"))
NAMES: Mapping[str, Names] = {
    "--by": Names("fields", (*BY_FIELDS, *WORD_FIELDS, *DERIVED, *SERIES)),
    "--cross": Names("fields", (*GROUP_FIELDS, *WORD_FIELDS, *DERIVED)),
    "--where": Names("fields", (*GROUP_FIELDS, *WORD_FIELDS)),
    "--map": Names("fields", tuple(key for key, kind in FIELDS.items() if kind is not Kind.PERSON or key in BY_FIELDS)),
    "--date-by": Names("fields", tuple(key for key, kind in FIELDS.items() if kind is Kind.DATE)),
    "--per": Names("fields", PER),
    "--measure": MEASURES,
    "--rank": MEASURES,
    "--sort": MEASURES,
    "--fail-if": MEASURES,
    "FIGURE": MEASURES,
    "--compare": WINDOWS,
    "--with": Names("cumulative", (YEAR_TO_DATE,)),
    "--preset": Names("presets", PRESETS),
    "--log": Names("logs", tuple(log.value for log in Log)),
    "--map-status": STATUS_SETS,
    "--map-rating": Names("ratings", ("satisfied", "basically", "dissatisfied", "unrated")),
    "--limit": Names("limits", tuple(LIMITS)),
    "--format": Names("formats", (*FORMATS, *TEXT_FORMATS)),
    "--log-format": Names("formats", ("text", "json")),
    "--duplicates": Names("duplicates", DUPLICATES),
    "--closed-by": Names("closed_by", CLOSED_BY),
    "--date-order": Names("date_order", DATE_ORDERS),
    "--date-cells": Names("date_cells", DATE_CELLS),
    "--rows": Names("rows", ROWS),
    "--color": Names("colours", ("auto", "always", "never")),
    "--lang": Names("langs", LANGS),
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


def refuse(text: str, option: str, allowed: Sequence[str] | None = None) -> XfstatsError:
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
    """Return NAME=VALUE with the name as a key, and the letter of a column as column:F."""
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


NAMED_FIRST: Mapping[str, str] = {"maps": "--map", "where": "--where", "limits": "--limit"}
"""Options of NAME=VALUE texts, by their names in the code."""
TEXTS: Mapping[str, Change] = {
    **{name: partial(_list, f"--{name}") for name in ("by", "measure", "compare")},
    **{
        name: partial(lambda option, text: as_key(text, option), f"--{name.rstrip('_').replace('_', '-')}")
        for name in (
            *("cross", "date_by", "preset", "log", "duplicates", "closed_by", "date_order", "date_cells", "rows", "per"),
            *("lang", "format_", "color", "log_format", "with_"),
        )
    },
    **{name: partial(_order, f"--{name}") for name in ("rank", "sort")},
    **{name: partial(_named_first, option) for name, option in NAMED_FIRST.items()},
    "map_status": partial(_named_last, "--map-status"),
    "map_rating": partial(_named_last, "--map-rating"),
    "map_level": partial(_named_last, "--map-level"),
    "fail_if": _gate,
    "period": period_key,
    "as_of": day_key,
    "max_rejected": half_width,
    "header": half_width,
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
    if name in NAMED_FIRST:
        option = NAMED_FIRST[name]
        changed = {
            as_key(key, option): _column(one) if option == "--map" and isinstance(one, str) else one for key, one in table.items()
        }
        if len(changed) < len(table):
            raise UsageFault("E214", option=NAMED_FIRST[name])
        return changed
    option = f"--{name.replace('_', '-')}"
    return {key: _list(option, value) if option in NAMES and isinstance(value, str) else value for key, value in table.items()}
