"""Evidence of copies in the names of two files or sheets: they name two places or teams, or one names itself a copy."""

from __future__ import annotations

import re
from pathlib import PurePath

from xfstats.config import day_patterns, normalize
from xfstats.config.word_patterns import pattern

_DATES = re.compile(day_patterns.OF_NAME + r"|[_\-.,:()\[\]（）]+")
_MARK = re.compile(r"\s*[(（]\d{1,2}[)）]\s*")
"""The number that a system adds to the name of a second file: 5月(1)."""


def tell_two(one: str, other: str) -> bool:
    """True if each of two names holds a place or a team, and they are not the same.

    >>> tell_two("接访一组.csv", "接访二组.csv"), tell_two("东县.csv", "西县.csv"), tell_two("team 1.csv", "team 2.csv")
    (True, True, True)
    >>> tell_two("5月.csv", "6月.csv"), tell_two("东县.csv", "东县 副本.csv"), tell_two("a.csv", "b.csv")
    (False, False, False)
    >>> tell_two("窗口1.csv", "窗口2.csv"), tell_two("1号窗口.csv", "2号窗口.csv"), tell_two("接待室一.csv", "接待室二.csv")
    (True, True, True)
    >>> tell_two("东县一组.csv", "西县一组.csv"), tell_two("东县一组.csv", "东县一组(1).csv")
    (True, False)
    >>> tell_two("desk A.csv", "desk B.csv"), tell_two("东县/来信.csv", "西县/来信.csv"), tell_two("备份/东县.csv", "东县.csv")
    (True, True, False)
    """
    pairs = ((_holders(_plain(one)), _holders(_plain(other))), (_holders(_folders(one)), _holders(_folders(other))))
    return any(first and second and first != second for first, second in pairs)


def says_copy(one: str, other: str) -> bool:
    """True if one of two names says that it is a copy, or they differ in the number of a second file, or in the format alone.

    >>> says_copy("5月.csv", "5月(1).csv"), says_copy("接访 - 副本.xlsx", "接访.xlsx"), says_copy("log.csv", "log.xlsx")
    (True, True, True)
    >>> says_copy("5月.csv", "6月(1).csv"), says_copy("一组.csv", "二组副本.csv"), says_copy("log.csv", "log.csv")
    (False, False, False)
    """
    if tell_two(one, other):
        return False
    bases = {_MARK.sub("", _plain(name)) for name in (one, other)}
    return any(pattern("file", "copy").search(_plain(name)) for name in (one, other)) or (len(bases) == 1 and one != other)


def _plain(name: str) -> str:
    """Return a name without its folders and file extension, normalized for comparison."""
    path, _, sheet = name.partition("「")
    return normalize.word(f"{PurePath(path).stem} {sheet.removesuffix('」')}")


def _folders(name: str) -> str:
    """Return the folders of a name, normalized for comparison."""
    return normalize.word(" ".join(PurePath(name.partition("「")[0]).parent.parts))


def _holders(text: str) -> frozenset[str]:
    """Return the places and teams that a text names."""
    bare = pattern("file", "copy").sub(" ", _DATES.sub(" ", text))
    numbered = pattern("file", "numbered_place").findall(text)
    return frozenset(part.strip() for part in [*numbered, *pattern("file", "place").findall(bare)])
