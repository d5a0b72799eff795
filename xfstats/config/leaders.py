"""Classes of leaders written in a level column (市级领导): how they are recognised, named and ordered."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from xfstats.config.word_patterns import pattern, words
from xfstats.frozen import frozen

LEVELS = ("province", "city", "county", "township", "village")
"""The levels that a class can be of, from the highest."""


@frozen
class Grammar:
    """The patterns of a class of leaders: the whole, its end, each of its parts."""

    whole: re.Pattern[str]
    ending: re.Pattern[str]
    part: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """Return the patterns, compiled of the packaged words."""
    levels = {name: "|".join(words("leaders", name)) for name in LEVELS}
    other, person, department, body = ("|".join(words("leaders", key)) for key in ("other", "person", "department", "body"))
    parts = "|".join(f"(?P<{name}>{level})" for name, level in levels.items())
    return Grammar(
        re.compile(f"(?:{'|'.join(levels.values())}|{other}|(?:{person})|{body})++"),
        re.compile(rf"(?:{person})\Z"),
        re.compile(f"{parts}|(?P<other>{other})|(?:{person})|(?P<department>{department})|{body}"),
    )


def bare(label: str) -> str:
    """Return a label without the number of a list before it, blanks, brackets, quotes and the marks between its parts.

    >>> bare("县（市、区）党政 “一把手”"), bare("（二）县市区领导"), bare("2. 县市区领导")
    ('县市区党政一把手', '县市区领导', '县市区领导')
    """
    text = unicodedata.normalize("NFKC", label).strip()
    return pattern("leaders", "mark").sub("", pattern("cell", "list_number").sub("", text, count=1))


@lru_cache(maxsize=4096)
def place(label: str) -> tuple[str, int] | None:
    """Return the level that a class of leaders is of, the lowest that it names, and its place there; None where it is no class.

    >>> place("市级领导"), place("其他党政班子成员和乡镇领导"), place("园区管委会负责人"), place("市级")
    (('city', 0), ('township', 2), None, None)
    """
    text = bare(label)
    known = grammar()
    if not (known.whole.fullmatch(text) and known.ending.search(text)):
        return None
    parts = {name for found in known.part.finditer(text) for name in found.groupdict() if found[name]}
    levels = [level for level in LEVELS if level in parts]
    if not levels and "other" not in parts:
        return None
    return levels[-1] if levels else "county", 2 if "other" in parts else 1 if "department" in parts else 0


def levels(label: str) -> tuple[str, ...]:
    """Return every level that a level or a class of leaders names, from the highest; () for any other label.

    >>> levels("县级"), levels("县级和乡镇领导"), levels("开发区")
    (('county',), ('county', 'township'), ())
    """
    text = bare(label)
    if not grammar().whole.fullmatch(text):
        return ()
    parts = {name for found in grammar().part.finditer(text) for name in found.groupdict() if found[name]}
    return tuple(level for level in LEVELS if level in parts)


def name(label: str) -> str:
    """Return the label, or the name of the founding class that it writes with other marks inside.

    >>> name("县（市、区）党政一把手"), name("市级领导干部")
    ('县市区党政一把手', '市级领导干部')
    """
    names = {bare(one): one for one in words("leaders", "founding")}
    return names.get(bare(label), label)
