"""Classes of leaders that stand where levels do (市级领导, 县市区党政一把手): whether a label is one, its name, its place.

The grammar is of parts: what a class is of (市级, 县市区, 乡镇), bodies (党政, 部门), whom it is about (领导, 一把手, 书记).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

FOUNDING = ("市级领导", "县市区党政一把手", "其他党政班子成员和乡镇领导")
"""The classes of the account that this program was first made for: their names, whatever marks stand inside."""
_MARKS = re.compile(r"[\s()\[\]【】〔〕、,/·.和及与]")
_OF: Mapping[str, str] = {
    "province": "省长|省部?级?|自治区级?",
    "city": "市长|(?:设区|地级?)?市(?:级|州级?|本级|直属?)?|州级?|盟级?",
    "county": "[县区旗]长|县处级|[市区县旗]*[县区旗][市区县旗]*级?",
    "township": "[乡镇]长|乡科级|(?:乡镇街道|乡镇街|镇街道|街道乡镇|街道镇|街乡镇|街镇|镇街|乡镇|街道|乡|镇|街)级?",
    "village": "村长|(?:村社区|村居|村|社区)级?",
}
_WHOM = (
    "(?:[县区旗市省乡镇村]长|领导干部|领导同志|领导|班子成员|成员|一把手|主要负责人|主要负责同志|负责人|负责同志|正职|副职"
    "|书记|主任|主席|常委|干部)"
)
_BODIES = (
    "党政|党委|党工委|工委|政府|人大常委会|人大|政协|纪委监委|纪委|监委|政法委|四大班子|四套班子|四大家|领导班子|班子"
    "|部门|单位|办事处|委员会|主要|分管|常务|副|正|委"
)
_OTHER = "其[他它余]"
_PARTS = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _OF.items())
_PART = re.compile(f"{_PARTS}|(?P<other>{_OTHER})|{_WHOM}|(?P<department>部门|单位)|{_BODIES}")
_CLASS = re.compile(f"(?:{'|'.join(_OF.values())}|{_OTHER}|{_WHOM}|{_BODIES})++")
_ENDS = re.compile(rf"{_WHOM}\Z")
PLACES: Mapping[str, int] = {name: place for place, name in enumerate(_OF)}


def bare(label: str) -> str:
    """Return a label without blanks, brackets and the marks between its parts.

    >>> bare("县（市、区）党政 一把手")
    '县市区党政一把手'
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", label))


@lru_cache(maxsize=4096)
def place(label: str) -> tuple[str, int] | None:
    """Return the level that a class of leaders is of, the lowest that it names, and its place there; None where it is no class.

    >>> place("市级领导"), place("其他党政班子成员和乡镇领导"), place("园区管委会负责人"), place("市级")
    (('city', 0), ('township', 2), None, None)
    """
    text = bare(label)
    if not (_CLASS.fullmatch(text) and _ENDS.search(text)):
        return None
    parts = {name for found in _PART.finditer(text) for name in found.groupdict() if found[name]}
    levels = sorted(parts & PLACES.keys(), key=PLACES.__getitem__)
    if not levels and "other" not in parts:
        return None
    return levels[-1] if levels else "county", 2 if "other" in parts else 1 if "department" in parts else 0


def name(label: str) -> str:
    """Return the label, or the name of the founding class that it writes with other marks inside.

    >>> name("县（市、区）党政一把手"), name("市级领导干部")
    ('县市区党政一把手', '市级领导干部')
    """
    names = {bare(one): one for one in FOUNDING}
    return names.get(bare(label), label)
