"""Texts for people, from `locale/zh.toml` and `locale/en.toml`: equal keys, equal placeholders."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

LANGS = ("zh", "en")
TEXT = "text"
"""The table of texts that are asked for by their whole key; keys of another table are those of what it names."""
OPTION_HINTS: Mapping[str, str] = {
    "W201": "--map-status {word}={SET}",
    "W202": "--map-level {word}={LEVEL}",
    "W221": "--map-rating {word}={CLASS}",
}
"""The option to type for each word that such a finding names."""
_TARGETS: Mapping[str, str] = {"SET": "mark.set", "LEVEL": "mark.level", "CLASS": "mark.class"}
MAX_OPTION_HINTS = 8
"""Words of one finding for which that is spelled out."""


@cache
def _texts(lang: str) -> Mapping[str, str | Sequence[str]]:
    """Return all texts of a language: those of the table [text] by their key, those of another table as `table.key`."""
    page = tomllib.loads(Path(__file__).with_name("locale").joinpath(f"{lang}.toml").read_text("utf-8"))
    return {_place(table, key): text for table, texts in page.items() for key, text in texts.items()}


def raw(key: str, lang: str, table: str = TEXT) -> str:
    """Return a text as it stands, with its placeholders; any language but zh is en."""
    return str(_texts("zh" if lang == "zh" else "en")[_place(table, key)])


def _place(table: str, key: str) -> str:
    """Return where a text stands; nothing else puts keys together, so that each is found by a search."""
    return key if table == TEXT else f"{table}.{key}"


class Counted:
    """A value of a text; as a number it chooses between two words: {rows:row|rows}."""

    def __init__(self, value: object) -> None:
        """Take the value."""
        self.value = value

    def __format__(self, spec: str) -> str:
        """Return the singular word where the value is 1, else the plural; without `|` the value."""
        one, bar, more = spec.partition("|")
        if bar:
            return one if str(self.value) == "1" else more
        return format(self.value, spec)


def filled(text: str, values: Mapping[str, object]) -> str:
    """Return a text with its placeholders filled."""
    return text.format_map({name: Counted(value) for name, value in values.items()} if "|" in text else values)


def say(key: str, lang: str, **values: object) -> str:
    """Return a text with its placeholders filled."""
    return filled(raw(key, lang), values)


def both(key: str, **values: object) -> tuple[str, str]:
    """Return a text in Chinese and in English, for an error whose language is chosen where it is shown."""
    return say(key, "zh", **values), say(key, "en", **values)


def text_in(texts: Sequence[str], lang: str) -> str:
    """Return the one of `both` texts in a language; in any language but zh it is en."""
    return dict(zip(LANGS, texts, strict=False))["zh" if lang == "zh" else "en"]


def several(key: str, lang: str, table: str = TEXT) -> tuple[str, ...]:
    """Return a list of texts, such as the heads of a table."""
    return tuple(_texts("zh" if lang == "zh" else "en")[_place(table, key)])


def has(key: str, table: str = TEXT) -> bool:
    """True if there is a text of this key."""
    return _place(table, key) in _texts("en")


def name_of(table: str, key: str, lang: str) -> str:
    """Return the name that a table of the locale gives to a key; the key itself where it has none."""
    return raw(key, lang, table) if has(key, table) else key


def keys(table: str) -> tuple[str, ...]:
    """Return the keys of a table of the locale, in its order."""
    return tuple(key.removeprefix(f"{table}.") for key in _texts("en") if key.startswith(f"{table}."))


def names(table: str, lang: str) -> tuple[str, ...]:
    """Return the names that a table of the locale gives to its keys."""
    return tuple(raw(key, lang, table) for key in keys(table))


def joined(words: Iterable[str], lang: str) -> str:
    """Return words as a list in a sentence."""
    return raw("mark.list", lang).join(words)


def option_hints(code: str, words: Iterable[str], lang: str, *, withheld: bool = False) -> str:
    """Return what to type for the words that a finding names, the first ones, and for those that it does not."""
    shown = [f'"{word}"' if " " in word else word for word in words]
    if withheld or not shown:
        shown = [*shown[: MAX_OPTION_HINTS - 1], raw("mark.word", lang)]
    targets = {one: raw(key, lang) for one, key in _TARGETS.items()}
    more = " …" if len(shown) > MAX_OPTION_HINTS else ""
    return " ".join(OPTION_HINTS.get(code, "").format(word=word, **targets) for word in shown[:MAX_OPTION_HINTS]) + more
