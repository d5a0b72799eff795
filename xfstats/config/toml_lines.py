"""Line numbers of the keys of a TOML text, found by its tokens, because no TOML parser tells them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""The keys that lead to a value; a number counts the tables of one name, from 0."""

_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*|[\[\]{}\n]",
    re.DOTALL,
)


def lines_of(text: str) -> dict[Place, int]:
    r"""Return the line, from 1, of every key of a valid TOML text: of a table its head, of a key the line that it begins in.

    >>> lines_of('a = [\n1,\n]\n[b.c]\nd = { e = 1 }\n')[("b", "c", "d", "e")]
    5
    """
    found: dict[Place, int] = {}
    tables: dict[Place, int] = {}
    under: Place = ()
    for line, statement in _statements(text):
        plain = tomllib.loads(statement)  # nothing, of a comment
        if statement.startswith("["):
            under = _head(plain, tables, many=statement.startswith("[["))
            for depth in range(1, len(under) + 1):
                found.setdefault(under[:depth], line)
        else:
            for place in _places(plain, ()):
                found.setdefault((*under, *place), line)
    return found


def line_of(lines: Mapping[Place, int], place: Place) -> int:
    """Return the line of a place, else of what holds it; 0 where nothing does."""
    return next((lines[place[:depth]] for depth in range(len(place), 0, -1) if place[:depth] in lines), 0)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each head of a table and each key with its value, and the line that it begins in."""
    begin = depth = 0
    line = 1
    ends = [found for found in _TOKEN.finditer(text) if found[0] in {"\n", "[", "]", "{", "}"}]
    for found in ends:
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if found[0] == "\n" and depth == 0:
            yield line, text[begin : found.start()].strip()
            line += text.count("\n", begin, found.end())
            begin = found.end()
    yield line, text[begin:].strip()


def _head(plain: dict[str, Any], tables: dict[Place, int], *, many: bool) -> Place:
    """Return the place of a table by its head; a name that several tables share stands for the last of them."""
    place: Place = ()
    inner: Any = plain
    while isinstance(inner, dict) and inner:
        (name,) = inner
        place, inner = (*place, name), inner[name]
        last = many and not (isinstance(inner, dict) and inner)
        if last:
            tables[place] = tables.get(place, -1) + 1
        if place in tables:
            place = (*place, tables[place])
    return place


def _places(plain: Any, place: Place) -> Iterator[Place]:
    """Yield the places of a key and of all that is within its value."""
    if place:
        yield place
    for key, value in plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ():
        if isinstance(value, dict | list):
            yield from _places(value, (*place, key))
        elif isinstance(plain, dict):
            yield (*place, key)
