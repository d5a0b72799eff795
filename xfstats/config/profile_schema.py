"""Validation of a profile: known keys, values of their types; an error names the line and what is taken there."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, NoReturn

from xfstats.config import normalize
from xfstats.config.header_words import header_words
from xfstats.config.option_table import NAMED_KEYS, OPTIONS, PROFILE_KEYS, READ_KEYS, RULE_KEYS, Held, held
from xfstats.config.option_types import ONE_OR_MORE, TABLE, TABLES, TEXT, TEXTS, OptionType, as_option_text, number, texts, word
from xfstats.config.toml_lines import Place, line_of
from xfstats.config.typed_options import as_keys
from xfstats.config.typed_words import Names
from xfstats.errors import UsageFault, XfstatsError, unknown_name
from xfstats.frozen import frozen
from xfstats.measures.choices import BASE_KEYS, NUMBERS, PRESETS, presets
from xfstats.measures.choices import WORDS as CHOICES
from xfstats.messages import keys
from xfstats.model import ANSWER_FIELDS, FIELDS, SETS, Kind, Log, Position

ANSWERS = ("ratings", *ANSWER_FIELDS)
LISTS = (*ANSWERS, "flags", "kinds", "ledgers", "rows", "sheets")
"""Tables whose keys are those of the packaged one, each with a list of words."""
WORDS = ("columns", "levels", "status", *LISTS, "read", "groups", "choices", "rates")
"""Tables of a profile."""
OPTION_NAMES = {one.key: one.name for one in OPTIONS if one.key != one.name}
"""Keys whose option has another name in the code."""
TABLE_NAMES = {"columns": "fields", "status": "sets", "groups": "logs", "rates": "measures", "limit": "limits", "when": "fields"}
"""The names of the keys of a profile's tables."""
STATUS_KEYS = (*SETS, "open", "other")
CHOICE: Mapping[str, OptionType] = {
    "holidays": TEXT,
    **{key: word("answers", *names) for key, names in CHOICES.items()},
    **held(Held.CHOICES_TABLE),
    **{key: number(*span) for key, span in NUMBERS.items()},
}
PRESET = word("presets", *PRESETS)
BASE: Mapping[str, OptionType] = {key: word("bases" if key == "base" else "answers", *names) for key, names in BASE_KEYS.items()}


def check(plain: Mapping[str, Any], words: Mapping[str, Any], page: Page, *, named: bool) -> None:
    """Refuse keys and values that mean nothing, with the line and the nearest name, or what is taken there."""
    for key, value in plain.items():
        page.known((*WORDS, *PROFILE_KEYS), key)
        if key in NAMED_KEYS and not named:
            raise UsageFault("E225", Position(page.file), line=page.line(key), key=key)
        page.takes(value, PROFILE_KEYS.get(key, TABLE), key)
    if "preset" in plain:
        page.takes(as_option_text(plain["preset"]), PRESET, "preset")
    page.table(plain, dict.fromkeys(FIELDS, ONE_OR_MORE), "columns")
    page.table(plain, dict.fromkeys(words["levels"], TEXTS), "levels")
    page.table(plain, dict.fromkeys(STATUS_KEYS, TEXTS), "status")
    for name in LISTS:
        page.table(plain, dict.fromkeys(words[name], TEXTS), name)
    page.table(plain, READ_KEYS, "read")
    page.table(plain, CHOICE, "choices")
    page.table(plain, dict.fromkeys(presets()["plain"]["rates"], TABLE), "rates")
    for key in plain.get("rates", {}):
        page.table(plain["rates"], BASE, "rates", key)
    page.table(plain, dict.fromkeys(Log, TABLES), "groups")
    for log, rules in plain.get("groups", {}).items():
        for place, rule in enumerate(rules):
            page.rule(rule, log, place)


@frozen
class Page:
    """The lines of a profile, and the table that is checked: the file, or one of its named profiles."""

    file: str
    lines: Mapping[Place, int]
    under: Place = ()

    def line(self, *place: str | int) -> int:
        """Return the line of a key, from 1: of a named profile its own, else the file's; 0 where there is none."""
        own = (*self.under, *place)
        return self.lines.get(own) or self.lines.get(place) or line_of(self.lines, own)

    def known(self, allowed: Sequence[str], *place: str | int) -> None:
        """Refuse a name, the last of the place, that is none of those allowed, with the nearest."""
        key = str(place[-1])
        if key in allowed:
            return
        table = TABLE_NAMES.get(str(place[-2]), "answers") if len(place) > 1 else "keys"
        named = Names(table, tuple(allowed)).key(key)
        near = [named] if named else difflib.get_close_matches(key, allowed, 1)
        self.refuse("E226" if near else "E227", near[0] if near else ", ".join(allowed), *place)

    def takes(self, value: Any, takes: OptionType, *place: str | int) -> None:
        """Refuse a value that is not of its kind."""
        if not takes.fits(value):
            self.refuse("E228", takes.form, *place)

    def table(self, plain: Mapping[str, Any], takes: Mapping[str, OptionType], *place: str | int) -> None:
        """Refuse what a table, the last of the place, cannot hold if it is there."""
        for key, value in plain.get(str(place[-1]), {}).items():
            self.known(tuple(takes), *place, key)
            self.takes(value, takes[key], *place, key)

    def rule(self, rule: Mapping[str, Any], log: str, number: int) -> None:
        """Refuse what is no rule of groups: the `number`-th of its log, from 0."""
        place = ("groups", log, number)
        self.table({str(number): rule}, RULE_KEYS, *place)
        for key in ("label", "when"):
            if key not in rule:
                raise UsageFault("E250", Position(self.file), line=self.line(*place), key=f"groups.{log}", names=key)
        groups = (name for name, kind in FIELDS.items() if kind is Kind.GROUP)
        self.table(rule, dict.fromkeys(groups, ONE_OR_MORE), *place, "when")

    def refuse(self, code: str, names: str | tuple[str, str], *place: str | int) -> NoReturn:
        """Raise UsageFault that names the profile's line of a key."""
        raise UsageFault(code, Position(self.file), line=self.line(*place), key=place[-1], names=names)


def with_keys(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return a profile whose keys and values have been checked with the key for every name among its values."""
    tables: Mapping[str, Mapping[str, OptionType]] = {"read": READ_KEYS, "choices": CHOICE}
    found = dict(plain)
    for key, value in plain.items():
        if key in tables:
            found[key] = {name: tables[key][name].key(one) for name, one in value.items()}
        elif key == "rates":
            found[key] = {rate: {name: BASE[name].key(one) for name, one in own.items()} for rate, own in value.items()}
        elif key not in WORDS:
            name = OPTION_NAMES.get(key, key)
            found[key] = as_keys({name: value})[name]
    return found


def agree(plain: Mapping[str, Any], words: Mapping[str, Any], page: Page) -> None:
    """Refuse what contradicts itself in a profile whose keys and values have been checked; `words` are those in force with it."""
    _apart(plain.get("levels", {}), "levels", normalize.word, page)
    _apart(plain.get("columns", {}), "columns", normalize.header, page)
    _no_persons(plain.get("columns", {}), words, page)
    _rules(plain, words, page)
    for code in plain.get("accept", ()):
        if code not in keys("findings"):
            refuse(unknown_name(code, keys("findings"), "accept"), page, "accept")


def refuse(error: XfstatsError, page: Page, *place: str | int) -> NoReturn:
    """Raise an error with the line of a key."""
    error.position = Position(page.file)
    error.values["line"] = page.line(*place)
    raise error


def _apart(table: Mapping[str, Any], name: str, spelled: Callable[[str], str], page: Page) -> None:
    """Refuse a word that stands under two keys."""
    seen: dict[str, str] = {}
    for key, written in table.items():
        for text in texts(written):
            other = seen.setdefault(spelled(text), key)
            if other != key:
                refuse(UsageFault("E270", word=text, one=other, other=key), page, name, key)


def _no_persons(columns: Mapping[str, Any], words: Mapping[str, Any], page: Page) -> None:
    """Refuse the header of a column about persons under another field."""
    headers = header_words(words)
    for field, written in columns.items():
        for name in texts(written) if FIELDS[field] is not Kind.PERSON else ():
            if headers.about_persons(normalize.header(name)):
                refuse(UsageFault("E271", word=name, field=field), page, "columns", field)


def _rules(plain: Mapping[str, Any], words: Mapping[str, Any], page: Page) -> None:
    """Refuse a label of two rules, and a level that no row can have."""
    labels = [known[0] for known in words["levels"].values()]
    levels = {normalize.word(word) for known in words["levels"].values() for word in known}
    for log, rules in plain.get("groups", {}).items():
        seen: set[str] = set()
        for index, rule in enumerate(rules):
            place: Place = ("groups", log, index)
            if rule["label"] in seen:
                refuse(UsageFault("E272", log=log, word=rule["label"]), page, *place, "label")
            seen.add(rule["label"])
            for pattern in texts(rule["when"].get("level")):
                spelled = normalize.word(pattern)
                if spelled not in levels and not any(fnmatchcase(normalize.word(label), spelled) for label in labels):
                    refuse(UsageFault("E273", word=pattern, names="、".join(labels)), page, *place, "when", "level")
