"""Types of options: how a value reads in a profile and in Python, the tests of a value; NAME=VALUE texts as pairs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xfstats.config.addresses import SCHEDULER_EXAMPLE, is_scheduler
from xfstats.config.typed_words import Names
from xfstats.config.zones import EXAMPLES, is_zone
from xfstats.errors import UsageFault
from xfstats.frozen import frozen

NONE = "none"
"""The word by which a profile undoes an option that takes one of some words."""


def _same(value: Any) -> Any:
    """Return a value as it is."""
    return value


def _text(value: Any) -> bool:
    """True if a value is a text."""
    return isinstance(value, str)


@frozen
class OptionType:
    """The type of an option: how a value reads in a message, and the test of a value; of a profile and of Python."""

    written: str | None
    """As it is written in a profile; None for one of the words."""
    fits: Callable[[Any], bool]
    """True if a profile may hold a value."""
    names: Names | None = None
    """The words of which one is taken, by any of their names."""
    range: tuple[int, int] | None = None
    """The least and the largest of whole numbers."""
    undone: bool = False
    """True if a profile may hold the word `none` too."""
    natural: bool = False
    """True if a profile may hold the text as a number or a day."""
    python: str = "str"
    """As it is written in Python."""
    python_fits: Callable[[Any], bool] = _text
    """True if a value may be given in Python."""
    as_typed: Callable[[Any], Any] = _same
    """Turns what Python gives into what the command line passes on."""

    @property
    def form(self) -> str | tuple[str, str]:
        """Return how it is written in a profile, in Chinese and English where these differ."""
        return self.words.listed() if self.written is None and self.words else self.written or ""

    @property
    def words(self) -> Names | None:
        """Return the words that a profile may hold."""
        return replace(self.names, keys=(NONE, *self.names.keys)) if self.names and self.undone else self.names

    def key(self, value: Any) -> Any:
        """Return the key that a value names; any other value as it is."""
        return (self.words.key(value) or value) if self.words and isinstance(value, str) else value


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


def _flag(value: Any) -> bool:
    """True if a value is true or false."""
    return isinstance(value, bool)


def _any_of(*kinds: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return the test whether a value is of one of several kinds."""
    return lambda value: any(fits(value) for fits in kinds)


def _is_texts(value: Any) -> bool:
    """True if a value is a text or a sequence of texts."""
    return isinstance(value, str) or (isinstance(value, Sequence) and all(isinstance(one, str) for one in value))


def _is_text_mapping(value: Any) -> bool:
    """True if a value is a mapping of texts to texts."""
    return isinstance(value, Mapping) and all(isinstance(one, str) for pair in value.items() for one in pair)


def _is_integer_in(value: Any, low: int, high: int) -> bool:
    """True if a value is a whole number within a range."""
    return type(value) is int and low <= value <= high


def _is_text_or_day(value: Any) -> bool:
    """True if a value is a text or a day."""
    return isinstance(value, str | date)


def _is_limits(value: Any) -> bool:
    """True if a value is a mapping to whole numbers from 0 up."""
    return isinstance(value, Mapping) and all(_is_integer_in(number, 0, 10**18) for number in value.values())


def _is_period(value: Any) -> bool:
    """True if a value is a text, or a pair of days."""
    return isinstance(value, str) or (isinstance(value, tuple) and len(value) == 2 and all(map(_is_text_or_day, value)))


def _period_as_typed(value: Any) -> Any:
    """Return a pair of days as a period is typed; a text as it is."""
    if isinstance(value, str):
        return value
    return "..".join(str(day.date() if isinstance(day, datetime) else day) for day in value)


def number(first: int, last: int) -> OptionType:
    """Return the type of whole numbers in a range."""
    span = (first, last)
    return OptionType(f"{first}-{last}", lambda value: _whole(value) and first <= value <= last, range=span, python="int")


def word(table: str, *keys: str, undone: bool = False) -> OptionType:
    """Return the type of some words, one of which is taken, by any of its names in a table; in a profile also none."""
    held = Names(table, (NONE, *keys) if undone else keys)
    return OptionType(None, lambda value: _text(value) and held.key(value) is not None, Names(table, keys), undone=undone)


def assignments(form: str) -> OptionType:
    """Return the type of NAME=VALUE texts, which a profile may hold as a table."""
    return OptionType(form, _any_of(_texts, _pairs), python="{str: str}", python_fits=_is_text_mapping)


TEXT = OptionType('"…"', _text)
TEXTS = OptionType('["…", …]', _texts)
ONE_OR_MORE = OptionType('"…" | ["…", …]', _any_of(_text, _texts), python="str, [str, …]", python_fits=_is_texts)
FLAG = OptionType("true | false", _flag, python="True, False", python_fits=_flag)
PATH = OptionType('"…"', _text, python="str, Path", python_fits=lambda value: isinstance(value, str | Path), as_typed=str)
PATH_AND_NAME = replace(PATH)
"""A path that may have a name behind a colon."""
ZONE = OptionType(EXAMPLES, is_zone)
SCHEDULER = OptionType(SCHEDULER_EXAMPLE, is_scheduler)
ROW_NUMBERS = OptionType(
    '3 | "3-4"', _any_of(_whole, _text), python="str, int", python_fits=_any_of(_text, lambda v: type(v) is int)
)
SHARE = replace(ROW_NUMBERS, written='20 | "2%"')
PRESET = OptionType('"…"', _any_of(_text, _whole), natural=True)
DAY = OptionType(
    '"2026-11-02"',
    _any_of(_text, _day),
    natural=True,
    python="date, YYYY-MM-DD",
    python_fits=_is_text_or_day,
    as_typed=lambda value: value.date() if isinstance(value, datetime) else value,
)
PERIOD = OptionType(
    '"2026-10"',
    _any_of(_text, _whole, _day),
    natural=True,
    python="2026-10, (first, last)",
    python_fits=_is_period,
    as_typed=_period_as_typed,
)
FILTERS = OptionType(
    '"level=…" | ["level=…", …] | { level = "…" }',
    _any_of(_text, _texts, _pairs),
    python="{str: str}, [str, …]",
    python_fits=_any_of(_is_text_mapping, _is_texts),
)
AMOUNTS = OptionType(
    '["memory_mib=4096", …] | { memory_mib = 4096 }',
    _any_of(_texts, _pairs, _amounts),
    python="{str: int}",
    python_fits=_is_limits,
    as_typed=lambda value: {key: str(number) for key, number in value.items()},
)
ASSIGNMENTS = assignments('["…=…", …] | { "…" = "…" }')
TABLE = OptionType("{ … = … }", lambda value: isinstance(value, dict))
TABLES = OptionType("[[…]]", lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value))


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
