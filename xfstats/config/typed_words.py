"""Names of the keys that an option takes: the key, the names that are printed in both languages, and what else people type."""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from xfstats.errors import XfstatsError, fault
from xfstats.frozen import frozen
from xfstats.messages import LANGS, both, joined, name_of, raw, say

_BLANKS = re.compile(r"\s+")
_IGNORED = re.compile(r"[\s_\-]+")
_MOST_NEAR = 3
"""Names that are suggested for an unknown one."""
_MOST_LISTED = 20
"""Names that an error lists; of more it names the command that does."""
_COMMANDS: Mapping[str, str] = {"measures": "xfstats measures", "fields": "xfstats fields"}
"""The command that lists all names of a table."""
_AS_LIKE = 0.05
_LESS_LIKE = 0.15
"""How much less like a text than the most like name others may be to be suggested too: where an error lists none, more."""
_SHORT = 4
"""Characters below which half of them need be alike, for many a Chinese name has but two."""


@frozen
class Names:
    """The keys that an option takes, and the table (of the locale and of names.toml) that names them."""

    table: str
    keys: tuple[str, ...]

    def key(self, text: str) -> str | None:
        """Return the key that a text names, or None."""
        return text if text in self.keys else _index(self).get(spelled(text))

    def near(self, text: str) -> list[str]:
        """Return the keys of which a name in either language is most like a text; several where they are about as like it."""
        known, typed = _index(self), spelled(text)
        least = 0.5 if len(typed) < _SHORT else 0.6
        likeness = {name: difflib.SequenceMatcher(None, name, typed).ratio() for name in known}
        least = max(least, max(likeness.values()) - (_LESS_LIKE if self._are_many else _AS_LIKE))
        found = sorted((name for name in known if likeness[name] >= least), key=lambda name: -likeness[name])
        return list(dict.fromkeys(known[name] for name in found))[:_MOST_NEAR]

    @property
    def _are_many(self) -> bool:
        """True if an error names the command that lists the keys instead of listing them."""
        return len(self.keys) > _MOST_LISTED and self.table in _COMMANDS

    def listed(self) -> tuple[str, str]:
        """Return the keys with their printed names, in Chinese and in English; of many the command that lists them."""
        if self._are_many:
            return both("names.command", command=_COMMANDS[self.table])
        zh, en = (joined((self.shown(key, lang) for key in self.keys), lang) for lang in LANGS)
        return zh, en

    def shown(self, key: str, lang: str) -> str:
        """Return the printed name of a key with the key beside it, or the key alone where they are the same word."""
        if key.endswith(":HEADER"):
            return key.removesuffix("HEADER") + raw("mark.header", lang)
        name = name_of(self.table, key, lang)
        return key if spelled(name) == spelled(key) else say("mark.key", lang, name=name, typed=key)


def spelled(text: str, *, hyphens: bool = False) -> str:
    """Return a name for comparison: NFKC, no case, no blanks, no hyphens and underscores unless these count.

    >>> spelled("Closure-Rate"), spelled("结案率 "), spelled("１２３４５")
    ('closurerate', '结案率', '12345')
    """
    return (_BLANKS if hyphens else _IGNORED).sub("", unicodedata.normalize("NFKC", text)).casefold()


@cache
def packaged_names() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the packaged names beside the printed ones."""
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))


def names(table: str, key: str) -> tuple[str, ...]:
    """Return all names of a key but itself: the printed ones in Chinese and English, then the others."""
    printed = (name_of(table, key, lang) for lang in LANGS)
    more = packaged_names().get(table, {}).get(key, ())
    return tuple(name for name in dict.fromkeys((*printed, *more)) if name != key)


@cache
def _index(values: Names) -> Mapping[str, str]:
    """Return the key of each name; of a key the key itself."""
    others = {spelled(name): key for key in values.keys for name in names(values.table, key)}
    return {**others, **{spelled(key): key for key in values.keys}}


def unknown(text: str, values: Names, option: str) -> XfstatsError:
    """Return the error for a text that names none of an option's keys, with what was probably meant."""
    near = values.near(text)
    if near:
        told = tuple(say("mark.or", lang).join(values.shown(key, lang) for key in near) for lang in LANGS)
        return fault("E201", option=option, value=text, near=told, names=values.listed())
    return fault("E203", option=option, value=text, names=values.listed())
