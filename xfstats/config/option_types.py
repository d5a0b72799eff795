"""Type and range of every profile key; NAME=VALUE texts as pairs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xfstats.config.typed_words import Names
from xfstats.config.zones import EXAMPLES, is_zone
from xfstats.errors import UsageFault
from xfstats.model import Log

LANGS = ("zh", "en")
TEXT_FORMATS = ("txt",)
FORMATS = ("table", "md", "csv", "tsv", "json", "jsonl", "html", "xlsx")
DUPLICATES = ("count", "reject")
DATE_ORDERS = ("ymd", "dmy", "mdy")
DATE_CELLS = ("swapped",)
ROWS = ("each",)
PER = ("case_no",)


@dataclass(frozen=True)
class OptionType:
    """The type of an option: how a value reads in a message, and the test of a value."""

    form: str | tuple[str, str]
    """As it is written, in Chinese and English where these differ."""
    fits: Callable[[Any], bool]
    names: Names | None = None

    def key(self, value: Any) -> Any:
        """Return the key that a value names; any other value as it is."""
        return (self.names.key(value) or value) if self.names and isinstance(value, str) else value


def _text(value: Any) -> bool:
    """True if a value is a text."""
    return isinstance(value, str)


def _texts(value: Any) -> bool:
    """True if a value is a list of texts."""
    return isinstance(value, list) and all(map(_text, value))


def _pairs(value: Any) -> bool:
    """True if a value is a table of texts."""
    return isinstance(value, dict) and all(map(_text, value.values()))


def _amounts(value: Any) -> bool:
    """True if a value is a table of whole numbers."""
    return isinstance(value, dict) and all(map(_whole, value.values()))


def _whole(value: Any) -> bool:
    """True if a value is a whole number."""
    return type(value) is int and abs(value) < 10**18


def _day(value: Any) -> bool:
    """True if a value is a day."""
    return isinstance(value, date) and not isinstance(value, datetime)


def _either(form: str, *kinds: Callable[[Any], bool]) -> OptionType:
    """Return the type that takes what one of several kinds takes."""
    return OptionType(form, lambda value: any(fits(value) for fits in kinds))


def number(first: int, last: int) -> OptionType:
    """Return the type of whole numbers in a range."""
    return OptionType(f"{first}-{last}", lambda value: _whole(value) and first <= value <= last)


def word(table: str, *keys: str) -> OptionType:
    """Return the type of some words, one of which is taken, by any of its names in a table."""
    names = Names(table, keys)
    return OptionType(names.listed(), lambda value: _text(value) and names.key(value) is not None, names)


TEXT = OptionType('"…"', _text)
TEXTS = OptionType('["…", …]', _texts)
ONE_OR_MORE = _either('"…" | ["…", …]', _text, _texts)
FLAG = OptionType("true | false", lambda value: isinstance(value, bool))
TABLE = OptionType("{ … = … }", lambda value: isinstance(value, dict))
TABLES = OptionType("[[…]]", lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value))

READ: Mapping[str, OptionType] = {
    "schema": number(1, 1),
    "office": TEXT,
    "own": TEXT,
    "prepared_by": TEXT,
    "checked_by": TEXT,
    "accept": TEXTS,
    "expect": TEXTS,
    "sheet": ONE_OR_MORE,
    "header": _either('3 | "3-4"', _whole, _text),
    "log": word("logs", *(log.value for log in Log)),
    "encoding": TEXT,
    "delimiter": TEXT,
    "include_hidden": FLAG,
    "duplicates": word("duplicates", *DUPLICATES),
    "case_numbers": FLAG,
    "map": _either('["level=…", …] | { level = "…" }', _texts, _pairs),
    "map_level": _either('["…=…", …] | { "…" = "…" }', _texts, _pairs),
    "map_status": _either('["…=…", …] | { "…" = "…" }', _texts, _pairs),
    "map_rating": _either('["…=…", …] | { "…" = "…" }', _texts, _pairs),
    "limit": _either('["memory_mib=4096", …] | { memory_mib = 4096 }', _texts, _pairs, _amounts),
}
COUNT: Mapping[str, OptionType] = {
    "by": ONE_OR_MORE,
    "measure": ONE_OR_MORE,
    "preset": _either('"…"', _text, _whole),
    "date_by": TEXT,
    "cross": TEXT,
    "rank": TEXT,
    "sort": TEXT,
    "top": number(1, 1000),
    "bottom": number(1, 1000),
}
RUN: Mapping[str, OptionType] = {
    "period": _either('"2026-10"', _text, _whole, _day),
    "compare": ONE_OR_MORE,
    "as_of": _either('"2026-11-02"', _text, _day),
    "where": _either('"level=…" | ["level=…", …] | { level = "…" }', _text, _texts, _pairs),
    "max_rejected": _either('20 | "2%"', _whole, _text),
    "fail_if": ONE_OR_MORE,
    "public": FLAG,
    "strict": FLAG,
    "lang": word("langs", *LANGS),
    "digits": number(0, 6),
    "format": word("formats", *FORMATS),
    "force": FLAG,
    "skip_bad_files": FLAG,
    "jobs": number(1, 256),
    "bars": FLAG,
    "detail": FLAG,
    "template": TEXT,
    "title": TEXT,
    "no_annex": FLAG,
    "quiet": FLAG,
    "lock": FLAG,
}
"""Keys that only a profile named with -p may hold: one that was merely found must not change what is gated or written."""
OPTIONS: Mapping[str, OptionType] = {**READ, **COUNT, **RUN}
READING: Mapping[str, OptionType] = {
    "date_order": word("date_order", "none", *DATE_ORDERS),
    "date_cells": word("date_cells", "none", *DATE_CELLS),
    "rows": word("rows", "none", *ROWS),
    "per": word("fields", "none", *PER),
    "timezone": OptionType(EXAMPLES, is_zone),
    "persons_default": number(0, 9999),
}
"""Keys of [read]."""
RULE: Mapping[str, OptionType] = {"label": TEXT, "when": TABLE, "of_which": FLAG}
"""Keys of a group by rule, of which it needs the first two."""


def texts(value: Any) -> list[str]:
    """Return a text or several as a list."""
    return [value] if isinstance(value, str) else list(value or ())


def pairs(given: Any, name: str) -> list[tuple[str, str]]:
    """Return WORD=VALUE texts as pairs; of a word that may hold one, the last = separates."""
    if isinstance(given, Mapping):
        return [(key, str(value)) for key, value in given.items()]
    found = []
    for text in texts(given):
        plain = text.replace("＝", "=").replace("！=", "!=") if name == "--where" else text
        left, sign, right = plain.partition("=") if name in {"--map", "--where", "--limit"} else plain.rpartition("=")
        if not sign or not left or not right:
            raise UsageFault("E213", option=name)
        found.append((left.strip(), right.strip()))
    return found


def as_option_text(value: Any) -> Any:
    """Return a day or a number in the place of a text as the text that it stands for."""
    return str(value) if _whole(value) or _day(value) else value
