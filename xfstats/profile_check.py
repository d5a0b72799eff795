"""Whether a profile says what a profile can say: known keys, values of their kind; else the line, and what is taken there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from xfstats.choices import BASE_KEYS, NUMBERS, presets
from xfstats.choices import WORDS as CHOICES
from xfstats.errors import UsageFault
from xfstats.keys import ONE_OR_MORE, OPTIONS, READING, RULE, RUN, TABLE, TABLES, TEXT, TEXTS, Takes, natural, number, word
from xfstats.model import FIELDS, SETS, Kind, Log, Position

ANSWERS = ("ratings", "repeat", "collective", "extension")
LISTS = (*ANSWERS, "flags", "kinds", "rows", "sheets")
"""Tables whose keys are those of the packaged one, each with a list of words."""
WORDS = ("columns", "levels", "status", *LISTS, "read", "groups", "choices", "rates")
"""Tables of a profile."""
STATUS_KEYS = (*SETS, "open", "other")
CHOICE: Mapping[str, Takes] = {
    "holidays": TEXT,
    **{key: word(*names) for key, names in CHOICES.items()},
    **{key: number(*span) for key, span in NUMBERS.items()},
}
BASE: Mapping[str, Takes] = {key: word(*names) for key, names in BASE_KEYS.items()}


def check(plain: Mapping[str, Any], words: Mapping[str, Any], text: str, path: Path, *, named: bool) -> None:
    """Refuse keys and values that mean nothing, with the line and the nearest name, or what is taken there."""
    page = Page(text, path)
    for key, value in plain.items():
        page.known(key, (*WORDS, *OPTIONS))
        if key in RUN and not named:
            raise UsageFault("E225", Position(path.name), line=page.line(key), key=key)
        page.takes(key, value, OPTIONS.get(key, TABLE))
    if "preset" in plain:
        page.known(natural(plain["preset"]), tuple(presets()))
    page.table(plain, "columns", dict.fromkeys(FIELDS, ONE_OR_MORE))
    page.table(plain, "levels", dict.fromkeys(words["levels"], TEXTS))
    page.table(plain, "status", dict.fromkeys(STATUS_KEYS, TEXTS))
    for name in LISTS:
        page.table(plain, name, dict.fromkeys(words[name], TEXTS))
    page.table(plain, "read", READING)
    page.table(plain, "choices", CHOICE)
    page.table(plain, "rates", dict.fromkeys(presets()["plain"]["rates"], TABLE))
    for key in plain.get("rates", {}):
        page.table(plain["rates"], key, BASE)
    page.table(plain, "groups", dict.fromkeys(Log, TABLES))
    for log, rules in plain.get("groups", {}).items():
        for place, rule in enumerate(rules):
            page.rule(rule, log, place)


@dataclass(frozen=True)
class Page:
    """A profile's text, for saying in which line something stands."""

    text: str
    path: Path

    def line(self, key: str, after: int = 0) -> int:
        """The first line that names a key, from 1; 0 where none does."""
        form = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
        lines = enumerate(self.text.splitlines(), 1)
        return next((number for number, line in lines if number >= after and form.search(line.split("#")[0])), 0)

    def known(self, key: str, allowed: Sequence[str], after: int = 0) -> None:
        """Refuse a name that is none of those allowed, with the nearest."""
        if key in allowed:
            return
        near = difflib.get_close_matches(key, allowed, 1)
        names = near[0] if near else ", ".join(allowed)
        self.refuse("E226" if near else "E227", key, names, after)

    def takes(self, key: str, value: Any, takes: Takes, after: int = 0) -> None:
        """Refuse a value that is not of its kind."""
        if not takes.fits(value):
            self.refuse("E228", key, takes.form, after)

    def table(self, plain: Mapping[str, Any], name: str, takes: Mapping[str, Takes], after: int = 0) -> None:
        """Refuse what a table, if it is there, cannot hold."""
        for key, value in plain.get(name, {}).items():
            self.known(key, tuple(takes), after)
            self.takes(key, value, takes[key], after)

    def rule(self, rule: Mapping[str, Any], log: str, place: int) -> None:
        """Refuse what is no rule of groups: the `place`-th of its log, from 0."""
        heads = [at for at, line in enumerate(self.text.splitlines(), 1) if re.match(rf"\s*\[\[\s*groups\.{log}\s*\]\]", line)]
        after = heads[place] if place < len(heads) else 0
        self.table({"rule": rule}, "rule", RULE, after)
        for key in ("label", "when"):
            if key not in rule:
                self.refuse("E250", f"groups.{log}", key, after)
        groups = (name for name, kind in FIELDS.items() if kind is Kind.GROUP)
        self.table(rule, "when", dict.fromkeys(groups, ONE_OR_MORE), after)

    def refuse(self, code: str, key: str, names: str, after: int = 0) -> NoReturn:
        """Raise UsageFault with the line of a key."""
        raise UsageFault(
            code, Position(self.path.name), line=self.line(key, after) or self.line(key) or after, key=key, names=names
        )
