"""The office's words and choices: one TOML file over the packaged defaults, checked, merged, as plain values."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from xfstats.errors import UsageFault, fault, unknown_name
from xfstats.model import FIELDS, SETS, Kind, Log, Position

NAME = "xfstats.toml"
STATUS_KEYS = (*SETS, "open", "other")
WORDS = ("columns", "levels", "status", "flags", "kinds", "rows", "sheets", "read", "groups")
"""Tables of a profile."""
READ_KEYS = (
    "schema",
    "office",
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
COUNT_KEYS = ("by", "measure", "preset", "date_by")
RUN_KEYS = ("period", "as_of", "where", "max_rejected", "strict", "lang", "digits", "format", "force", "skip_bad_files", "jobs")
"""Keys that only a profile named with -p may hold: one that was merely found must not change what is gated or written."""


@dataclass(frozen=True)
class Profile:
    """Merged words for the workers, and option values for the command line; where they came from."""

    words: Mapping[str, Any]
    options: Mapping[str, Any]
    source: str | None = None

    @property
    def office(self) -> str | None:
        """The office that signs."""
        return self.options.get("office")

    @property
    def accepted(self) -> frozenset[str]:
        """Codes of findings that the office has looked at and accepts."""
        return frozenset(self.options.get("accept", ()))


@lru_cache(maxsize=1)
def default_words() -> dict[str, Any]:
    """The packaged vocabulary."""
    text = files("xfstats").joinpath("default.toml").read_text("utf-8")
    return {key: value for key, value in tomllib.loads(text).items() if key != "schema"}


def find_profile(folders: Sequence[Path]) -> Path | None:
    """`xfstats.toml` in the inputs' folders, then in the working folder; two that differ are an error."""
    found = list(dict.fromkeys(path.resolve() for folder in folders if (path := folder / NAME).is_file()))
    if not found:
        here = Path(NAME)
        return here if here.is_file() else None
    if len({path.read_bytes() for path in found}) > 1:
        raise fault("E324", Position(NAME), count=len(found))
    return found[0]


def load_profile(
    path: Path | None,
    name: str | None = None,
    *,
    named: bool = False,
    levels: Sequence[tuple[str, str]] = (),
    statuses: Sequence[tuple[str, str]] = (),
) -> Profile:
    """The defaults with a profile over them, and --map-level and --map-status over both."""
    words = {key: {inner: _copy(value) for inner, value in table.items()} for key, table in default_words().items()}
    words["groups"] = {}
    options: dict[str, Any] = {}
    if path is not None:
        plain, text = _read(path)
        plain = _section(plain, name, path)
        _check(plain, text, path, named=named)
        _merge(words, plain)
        options = {key: value for key, value in plain.items() if key not in WORDS}
    for word, level in levels:
        _map_level(words["levels"], word, level)
    for word, sets in statuses:
        _map_status(words["status"], word, [one.strip() for one in sets.split(",")])
    return Profile(words, options, str(path) if path else None)


def _copy(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def _read(path: Path) -> tuple[dict[str, Any], str]:
    try:
        text = path.read_text("utf-8-sig")
        return tomllib.loads(text), text
    except FileNotFoundError:
        raise UsageFault("E221", Position(path.name)) from None
    except (OSError, UnicodeDecodeError):
        raise UsageFault("E222", Position(path.name)) from None
    except tomllib.TOMLDecodeError as error:
        line = str(error).rpartition("line ")[2].split(",")[0].split(")")[0]
        raise UsageFault("E223", Position(path.name), line=line if line.isdigit() else "?") from None


def _section(plain: dict[str, Any], name: str | None, path: Path) -> dict[str, Any]:
    """The file's own keys, with those of `[profile.NAME]` over them."""
    sections = plain.pop("profile", {})
    if name is None:
        return plain
    if name not in sections:
        raise UsageFault("E224", Position(path.name), name=name, names=", ".join(sections) or "-")
    return {**plain, **sections[name]}


def _check(plain: Mapping[str, Any], text: str, path: Path, *, named: bool) -> None:
    """Refuse keys and values that mean nothing, with the line and the nearest name."""
    allowed = (*WORDS, *READ_KEYS, *COUNT_KEYS, *RUN_KEYS)
    for key in plain:
        _known(key, allowed, text, path)
        if key in RUN_KEYS and not named:
            raise UsageFault("E225", Position(path.name), line=_line(text, key), key=key)
    words = default_words()
    for key in plain.get("columns", {}):
        _known(key, tuple(FIELDS), text, path)
    for table, names in (("levels", tuple(words["levels"])), ("status", STATUS_KEYS), ("groups", tuple(Log))):
        for key in plain.get(table, {}):
            _known(key, names, text, path)
    for table in ("flags", "kinds", "rows", "sheets", "read"):
        for key in plain.get(table, {}):
            _known(key, tuple(words[table]), text, path)
    for rules in plain.get("groups", {}).values():
        for rule in rules:
            for key in rule:
                _known(key, ("label", "when", "of_which"), text, path)
            for field in rule.get("when", {}):
                _known(field, tuple(name for name, kind in FIELDS.items() if kind is Kind.GROUP), text, path)


def _known(key: str, allowed: Sequence[str], text: str, path: Path) -> None:
    if key in allowed:
        return
    near = difflib.get_close_matches(key, allowed, 1)
    code = "E226" if near else "E227"
    names = near[0] if near else ", ".join(allowed)
    raise UsageFault(code, Position(path.name), line=_line(text, key), key=key, names=names)


def _line(text: str, key: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if key in line.split("#")[0]), 0)


def _merge(words: dict[str, Any], plain: Mapping[str, Any]) -> None:
    """The office's words over the default ones: its headers rank first, in its order; its words leave their old sets."""
    for field, names in plain.get("columns", {}).items():
        own = [[names]] if isinstance(names, str) else [[name] for name in names]
        words["columns"][field] = [*own, *words["columns"].get(field, [])]
    for level, names in plain.get("levels", {}).items():
        for name in names:
            _map_level(words["levels"], name, level)
    if "status" in plain:
        own_status: dict[str, list[str]] = {}
        for one, names in plain["status"].items():
            for name in names:
                own_status.setdefault(name, []).append(one)
        for name, sets in own_status.items():
            _map_status(words["status"], name, sets)
    for table in ("flags", "kinds", "rows", "sheets"):
        for key, names in plain.get(table, {}).items():
            words[table][key] = [*words[table][key], *names]
    words["read"].update(plain.get("read", {}))
    words["groups"].update(plain.get("groups", {}))


def _map_level(levels: dict[str, list[str]], word: str, level: str) -> None:
    """Move a word to a level, named by its key, its label or any of its words; a new label is a level of its own."""
    target = next((key for key, words in levels.items() if level == key or level in words), None)
    for words in levels.values():
        if word in words[1:]:
            words.remove(word)
    if target is None:
        levels[level] = [level, word]
    elif word not in levels[target]:
        levels[target].append(word)


def _map_status(status: dict[str, list[str]], word: str, sets: Sequence[str]) -> None:
    """Put a word into these sets and no others."""
    for one in sets:
        if one not in STATUS_KEYS:
            raise unknown_name(one, STATUS_KEYS, "--map-status")
    for words in status.values():
        while word in words:
            words.remove(word)
    for one in sets:
        status[one].append(word)
