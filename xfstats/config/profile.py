"""Profile of an office: one TOML file of words and choices over the packaged ones, checked and merged."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from xfstats.config import normalize
from xfstats.config.holidays import working_days
from xfstats.config.option_table import PROFILE_KEYS
from xfstats.config.option_types import as_option_text, pairs, texts
from xfstats.config.profile_schema import ANSWERS, OPTION_NAMES, STATUS_KEYS, WORDS, Page, agree, check, with_keys
from xfstats.config.small_files import content, is_file
from xfstats.config.small_files import text as text_of
from xfstats.config.toml_lines import lines_of
from xfstats.config.typed_options import unknown_word_error
from xfstats.config.word_patterns import packaged
from xfstats.errors import UsageFault, fault
from xfstats.frozen import frozen
from xfstats.measures.choices import merged
from xfstats.model import Position

NAME = "xfstats.toml"
_BARE_KEY = re.compile(r"\s*([^\x00-\x7f][^\s=]*)\s*=")
"""A key that is not ASCII, which TOML takes only in quotation marks."""


@frozen
class Profile:
    """A merged profile: words for the workers, option values for the command line, and where they come from."""

    words: Mapping[str, Any]
    options: Mapping[str, Any]
    source: str | None = None
    plain: Mapping[str, Any] = field(default_factory=dict)
    """What the profile itself says, a named one over its file."""
    signed: tuple[str, str] | None = None
    """The digest of its file, and the name by which it can be given again."""

    @property
    def office(self) -> str | None:
        """Return the office that signs."""
        return self.options.get("office")

    @property
    def accepted(self) -> frozenset[str]:
        """Return the codes of findings that the office has looked at and accepts."""
        return frozenset(self.options.get("accept", ()))


@frozen
class TypedWords:
    """What options say in the place of a profile: words with their level, sets and rating, the preset, keys of its tables."""

    levels: Sequence[tuple[str, str]] = ()
    statuses: Sequence[tuple[str, str]] = ()
    ratings: Mapping[str, str] = field(default_factory=dict)
    preset: str | None = None
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Of [read] and [choices]."""


NOTHING_TYPED = TypedWords()


@lru_cache(maxsize=1)
def default_words() -> dict[str, Any]:
    """Return the tables of the packaged vocabulary that a profile may change."""
    return {key: value for key, value in packaged().items() if key not in {"schema", "patterns"}}


def find_profile(folders: Sequence[Path]) -> Path | None:
    """Return `xfstats.toml` of the inputs' folders, else of the working folder; raise an error where two differ."""
    found = list(dict.fromkeys(path.resolve() for folder in folders if is_file(path := folder / NAME)))
    if not found:
        here = Path(NAME)
        return here if is_file(here) else None
    if len({content(path) for path in found}) > 1:
        raise fault("E324", Position(NAME), count=len(found))
    return found[0]


def load_profile(
    path: Path | None,
    name: str | None = None,
    *,
    named: bool = False,
    text: str | None = None,
    typed: TypedWords = NOTHING_TYPED,
) -> Profile:
    """Return the packaged words with a profile over them, and what was typed over both.

    With a `text`, that is what the profile at this path holds.
    """
    words = {key: {inner: _copy(value) for inner, value in table.items()} for key, table in default_words().items()}
    words["groups"] = {}
    words["before"] = {}
    plain: dict[str, Any] = {}
    page = None
    signed: tuple[str, str] | None = None
    if path is not None:
        plain, page = _checked(path, name, text, named=named)
        if text is None:
            import hashlib  # noqa: PLC0415 - it loads a library of its own, and most runs have no profile

            signed = hashlib.sha256(content(path)).hexdigest(), path.name + (f":{name}" if name else "")
    marks = [*pairs(plain.get("map_rating"), "--map-rating"), *typed.ratings.items()]
    plain = {**plain, **{table: {**plain.get(table, {}), **own} for table, own in typed.tables.items() if own}}
    if marks:
        plain["ratings"] = _rated(plain.get("ratings", {}), marks)
    _merge(words, plain)
    options = {
        OPTION_NAMES.get(key, key): as_option_text(value) if PROFILE_KEYS[key].natural else value
        for key, value in plain.items()
        if key not in WORDS
    }
    words["chosen"] = merged(typed.preset or options.get("preset", "plain"), plain.get("choices", {}), plain.get("rates", {}))
    calendar = working_days(words["chosen"]["choices"]["holidays"], path.parent if path else Path())
    if calendar:
        words["chosen"]["calendar"] = calendar
    placed_levels = [*pairs(plain.get("map_level"), "--map-level"), *typed.levels]
    for word, level in placed_levels:
        _map_level(words["levels"], word, level)
    moved = (one for key, own in plain.get("levels", {}).items() for one in own if one not in default_words()["levels"][key])
    words["chosen"]["levels"] = [*moved, *dict(placed_levels)]
    placed: dict[str, list[str]] = {}
    for word, sets in (*pairs(plain.get("map_status"), "--map-status"), *typed.statuses):
        placed.setdefault(word, []).extend(one.strip() for one in sets.split(","))
    for word, own in placed.items():
        _map_status(words["status"], word, _closing(own))
    words["chosen"]["closing"] = sorted(_both(words["status"]) - _both(default_words()["status"]))
    if page is not None:
        agree(plain, words, page)
    return Profile(words, options, str(path) if path else None, plain, signed)


def _copy(value: Any) -> Any:
    """Return a list as a copy, anything else as it is."""
    return list(value) if isinstance(value, list) else value


def _read(path: Path) -> str:
    """Return the text of a profile; raise UsageFault where there is none."""
    try:
        return text_of(path)
    except FileNotFoundError:
        raise UsageFault("E221", Position(path.name)) from None
    except (OSError, UnicodeDecodeError):
        raise UsageFault("E222", Position(path.name)) from None


def read_page(path: Path, text: str | None = None) -> tuple[dict[str, Any], Page]:
    """Return a profile's values, those of its named ones under `profile`, and its lines."""
    text = _read(path) if text is None else text
    try:
        plain = tomllib.loads(text)
    except RecursionError:
        raise UsageFault("E223", Position(path.name), line="?") from None
    except ValueError as error:  # of TOML, or of a number with thousands of digits
        line = str(error).rpartition("line ")[2].split(",")[0].split(")")[0]
        if line.isdigit() and (key := _BARE_KEY.match(text.split("\n")[int(line) - 1])):
            Page(path.name, {(key[1],): int(line)}).known((*WORDS, *PROFILE_KEYS), key[1])
        raise UsageFault("E223", Position(path.name), line=line if line.isdigit() else "?") from None
    page = Page(path.name, lines_of(text))
    named = plain.get("profile", {})
    if not isinstance(named, dict) or not all(isinstance(section, dict) for section in named.values()):
        page.refuse("E228", "[profile.…]", "profile")
    return plain, page


def _checked(path: Path, name: str | None, text: str | None, *, named: bool) -> tuple[dict[str, Any], Page]:
    """Return the file's own keys, with those of `[profile.NAME]` over them; raise UsageFault where they mean nothing."""
    plain, page = read_page(path, text)
    sections = plain.pop("profile", {})
    check(plain, default_words(), page, named=named)
    if name is None:
        return with_keys(plain), page
    if name not in sections:
        raise UsageFault("E224", Position(path.name), name=name, names=", ".join(sections) or "-")
    page = replace(page, under=("profile", name))
    check(sections[name], default_words(), page, named=named)
    return with_keys(_over(plain, sections[name])), page


def _over(plain: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return a named profile over its file: of a table key by key."""
    tables = {key: {**plain[key], **own[key]} for key in WORDS if key in plain and key in own}
    return {**plain, **own, **tables}


def _merge(words: dict[str, Any], plain: Mapping[str, Any]) -> None:
    """Put the office's words over the packaged ones: its headers rank first, in its order; its words leave their old sets."""
    for one, names in plain.get("columns", {}).items():
        words["columns"][one] = [*([name] for name in texts(names)), *words["columns"].get(one, [])]
        words["before"][one] = len(texts(names))
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
    for table in ("flags", "kinds", "ledgers", "rows", "sheets"):
        for key, names in plain.get(table, {}).items():
            words[table][key] = [*words[table][key], *names]
    for table in ANSWERS:
        placed = {name for names in plain.get(table, {}).values() for name in names}
        for key, names in words[table].items():
            words[table][key] = [*(name for name in names if name not in placed), *plain.get(table, {}).get(key, ())]
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


def _closing(sets: Sequence[str]) -> list[str]:
    """Return the sets that an option names: resolved and settled close too, as their packaged words do; `-only` does not."""
    closes = {"resolved", "settled"} & set(sets) and not {"closed", "open"} & set(sets)
    bare = [one.removesuffix("-only") if one in {"resolved-only", "settled-only"} else one for one in sets]
    return [*bare, *(["closed"] if closes else [])]


def _rated(ratings: Mapping[str, Sequence[str]], marks: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the office's words of ratings with others placed, each in the class of this key or that has this word."""
    known = default_words()["ratings"]
    found = {one: list(words) for one, words in ratings.items()}
    for mark, typed in dict(marks).items():
        one = next((key for key, words in known.items() if typed == key or typed in words), typed)
        if one not in known:
            raise unknown_word_error(typed, "--map-rating", tuple(known))
        for words in found.values():
            words[:] = [word for word in words if normalize.word(word) != normalize.word(mark)]
        found.setdefault(one, []).append(mark)
    return {one: words for one, words in found.items() if words}


def _both(status: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the words that are closed, and settled or resolved too."""
    sets = {name: set(map(normalize.word, words)) for name, words in status.items()}
    return sets["closed"] & (sets["settled"] | sets["resolved"])


def _map_status(status: dict[str, list[str]], word: str, sets: Sequence[str]) -> None:
    """Put a word into these sets and no others."""
    for one in sets:
        if one not in STATUS_KEYS:
            raise unknown_word_error(one, "--map-status", STATUS_KEYS)
    for words in status.values():
        words[:] = [other for other in words if normalize.word(other) != normalize.word(word)]
    for one in sets:
        status[one].append(word)
