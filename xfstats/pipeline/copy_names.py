"""What the names of two files or sheets say: that they are of two places or teams, or that one is a copy of the other."""

from __future__ import annotations

import re
from pathlib import PurePath

from xfstats.config import normalize

_DATES = re.compile(r"\d+\s*[年月日号季度周]+|(?<!\d)\d{4,}|[_\-.,:()\[\]（）]+")
_WORDS = "team|group|unit|ward|district|county|region|branch|office|desk|station|zone|department|dept|area"
_HOLDERS = re.compile(
    r"[\u4e00-\u9fff]{0,8}?[\u4e00-\u9fffa-z0-9](?:县|区|市|旗|州|盟|镇|乡|村|街道|社区|局|委|厅|组|队|科|室|中心|窗口|站|院)"
    r"|[东西南北](?=$|\s|[\u4e00-\u9fff])"
    r"|\b(?:north|south|east|west|central)\w*"
    rf"|(?:{_WORDS})\s*(?:\d+|[a-z])\b|\w+\s(?:{_WORDS})\b"
)
"""A place or a team in a name: 东县, 接访二组, north ward, team b."""
_COPY = re.compile(r"副本|复件|拷贝|备份|复制|筛选|过滤|(?<![a-z])(?:copy|backup|duplicate|filter|filtered)(?![a-z])")
"""What says that the rows stand elsewhere too: all of them, or those that were picked."""
_MARK = re.compile(r"\s*[(（]\d{1,2}[)）]\s*")
"""What a system puts behind the name of a second file: 5月(1)."""


def tell_two(one: str, other: str) -> bool:
    """True if each of two names holds a place or a team, and they are not the same.

    >>> tell_two("接访一组.csv", "接访二组.csv"), tell_two("东县.csv", "西县.csv"), tell_two("team 1.csv", "team 2.csv")
    (True, True, True)
    >>> tell_two("5月.csv", "6月.csv"), tell_two("东县.csv", "东县 副本.csv"), tell_two("a.csv", "b.csv")
    (False, False, False)
    """
    first, second = _holders(one), _holders(other)
    return bool(first and second) and first != second


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
    return any(_COPY.search(_plain(name)) for name in (one, other)) or (len(bases) == 1 and one != other)


def _plain(name: str) -> str:
    """A name without its format, in one spelling."""
    path, _, sheet = name.partition("「")
    return normalize.word(f"{PurePath(path).stem} {sheet.removesuffix('」')}")


def _holders(name: str) -> frozenset[str]:
    """The places and teams that a name holds."""
    return frozenset(part.strip() for part in _HOLDERS.findall(_COPY.sub(" ", _DATES.sub(" ", _plain(name)))))
