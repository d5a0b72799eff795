"""Whether a profile says what a profile can say: known keys, choices within their range; else the line and the nearest name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xfstats.choices import BASE_KEYS, NUMBERS, presets
from xfstats.choices import WORDS as CHOICES
from xfstats.errors import UsageFault
from xfstats.model import FIELDS, SETS, Kind, Log, Position

ANSWERS = ("ratings", "repeat", "collective", "extension")
WORDS = ("columns", "levels", "status", *ANSWERS, "flags", "kinds", "rows", "sheets", "read", "groups", "choices", "rates")
"""Tables of a profile."""
STATUS_KEYS = (*SETS, "open", "other")

READ_KEYS = (
    "schema",
    "office",
    "own",
    "accept",
    "expect",
    "sheet",
    "header",
    "log",
    "encoding",
    "include_hidden",
    "duplicates",
    "case_numbers",
)
COUNT_KEYS = ("by", "measure", "preset", "date_by", "cross", "rank", "sort", "top", "bottom")
RUN_KEYS = (
    "period",
    "compare",
    "as_of",
    "where",
    "max_rejected",
    "fail_if",
    "public",
    "strict",
    "lang",
    "digits",
    "format",
    "force",
    "skip_bad_files",
    "jobs",
    "limit",
    "bars",
    "detail",
    "template",
    "quiet",
    "lock",
)
"""Keys that only a profile named with -p may hold: one that was merely found must not change what is gated or written."""


def check(plain: Mapping[str, Any], words: Mapping[str, Any], text: str, path: Path, *, named: bool) -> None:
    """Refuse keys and values that mean nothing, with the line and the nearest name."""
    allowed = (*WORDS, *READ_KEYS, *COUNT_KEYS, *RUN_KEYS)
    for key in plain:
        _known(key, allowed, text, path)
        if key in RUN_KEYS and not named:
            raise UsageFault("E225", Position(path.name), line=_line(text, key), key=key)
    for key in plain.get("columns", {}):
        _known(key, tuple(FIELDS), text, path)
    for table, names in (("levels", tuple(words["levels"])), ("status", STATUS_KEYS), ("groups", tuple(Log))):
        for key in plain.get(table, {}):
            _known(key, names, text, path)
    for table in (*ANSWERS, "flags", "kinds", "rows", "sheets", "read"):
        for key in plain.get(table, {}):
            _known(key, tuple(words[table]), text, path)
    _chosen(plain, text, path)
    for rules in plain.get("groups", {}).values():
        for rule in rules:
            for key in rule:
                _known(key, ("label", "when", "of_which"), text, path)
            for field in rule.get("when", {}):
                _known(field, tuple(name for name, kind in FIELDS.items() if kind is Kind.GROUP), text, path)


def _chosen(plain: Mapping[str, Any], text: str, path: Path) -> None:
    """Choices and bases: known keys, known words, numbers in their range."""
    allowed = {**{key: (key,) for key in ("holidays",)}, **CHOICES, **NUMBERS}
    for key, value in plain.get("choices", {}).items():
        _known(key, tuple(allowed), text, path)
        if key in CHOICES and value not in CHOICES[key]:
            raise UsageFault("E228", Position(path.name), line=_line(text, key), key=key, names=" | ".join(CHOICES[key]))
        if key in NUMBERS and not (type(value) is int and NUMBERS[key][0] <= value <= NUMBERS[key][1]):
            raise UsageFault("E228", Position(path.name), line=_line(text, key), key=key, names="-".join(map(str, NUMBERS[key])))
    if "preset" in plain:
        _known(str(plain["preset"]), tuple(presets()), text, path)
    for key, base in plain.get("rates", {}).items():
        _known(key, tuple(presets()["plain"]["rates"]), text, path)
        for name, value in base.items():
            _known(name, tuple(BASE_KEYS), text, path)
            if value not in BASE_KEYS[name]:
                raise UsageFault("E228", Position(path.name), line=_line(text, key), key=name, names=" | ".join(BASE_KEYS[name]))


def _known(key: str, allowed: Sequence[str], text: str, path: Path) -> None:
    if key in allowed:
        return
    near = difflib.get_close_matches(key, allowed, 1)
    code = "E226" if near else "E227"
    names = near[0] if near else ", ".join(allowed)
    raise UsageFault(code, Position(path.name), line=_line(text, key), key=key, names=names)


def _line(text: str, key: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if key in line.split("#")[0]), 0)
