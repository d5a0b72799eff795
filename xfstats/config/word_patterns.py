"""Packaged words that no profile changes, as regular expressions: the tables [patterns.…] of `vocabulary.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def packaged() -> Mapping[str, Any]:
    """Return the packaged vocabulary, read when it is first asked for."""
    return tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))


def words(table: str, key: str) -> tuple[str, ...]:
    """Return the words of a list as they are written."""
    return tuple(packaged()["patterns"][table][key])


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for one of some words, the longest first."""
    return "|".join(map(re.escape, sorted(dict.fromkeys(words), key=len, reverse=True)))


def either(table: str, key: str) -> str:
    """Return a regular expression for one of the words of a list, as a group to be part of another."""
    return f"(?:{'|'.join(words(table, key))})"


@cache
def pattern(table: str, key: str) -> re.Pattern[str]:
    """Return the compiled regular expression for one of the words of a list."""
    return re.compile("|".join(words(table, key)))
