"""What the sheet's or the file's name says where no column does: the level, the region; always said aloud."""

from __future__ import annotations

import re
from pathlib import PurePath

from xfstats.config import normalize
from xfstats.config.vocabulary import Vocabulary

_REGION = re.compile(r"[\u4e00-\u9fff]{1,5}?(?:县|区|市|旗|州|盟|镇|乡|街道|开发区|新区)")
_NOT_REGIONS = re.compile(
    r"(?:县|区|市|乡|镇)级|各[县区市]|全[县区市]|县市区|县区|区县|[本该]市|信访|地区$|省市|省.?[县区]$|^(?:非|重点|其他|有关|相关|部分)"
)
_OF_LEVEL = r"(?=$|领导|党政|干部|接|包|来|批|阅|信|走|登|台|明|汇|表|[\s_()（）\-.\d])"
"""What may follow the name of a level in a title: 市级领导接访, but not 市级医院, 县级以上."""
_MORE = re.compile("域|和|、|与|及|三级|两级")
_CUT = re.compile(r"\d{4}年?度?|\d{1,2}月份?|第?[一二三四1-4]季度|[上下]半年|[\s_\-()（）.\d]+")


def from_names(sheet: str | None, file: str, vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    """Field → label and where it was found (`sheet` or `file`); the sheet's name first, for it is nearer."""
    found: dict[str, tuple[str, str]] = {}
    for by, text in (("sheet", sheet or ""), ("file", PurePath(file).stem)):
        if "level" not in found and (level := level_in(text, vocabulary)):
            found["level"] = level, by
        if "region" not in found and (region := region_in(text)):
            found["region"] = region, by
    return found


def level_in(text: str, vocabulary: Vocabulary) -> str | None:
    """The one level that a name states: the whole name, or a word of it such as 县级 or 市领导."""
    word = normalize.word(text)
    if word in vocabulary.levels:
        return vocabulary.levels[word]
    stated = {
        label
        for known, label in vocabulary.levels.items()
        if re.search(r"级$|领导$", known)
        and len(known) > 1
        and re.search(rf"(?<![非不及和、级省市县]){re.escape(known)}{_OF_LEVEL}", word)
    }
    return stated.pop() if len(stated) == 1 else None


def region_in(text: str) -> str | None:
    """The place that a name begins with, dates left out: 石桥县, 2024年石桥县接访.

    >>> region_in("2024年石桥县接访"), region_in("县级领导接访"), region_in("Sheet1")
    ('石桥县', None, None)
    >>> region_in("河东区域来访"), region_in("重点地区来访登记"), region_in("青山县和绿水县接访")
    (None, None, None)
    """
    bare = _CUT.sub("", normalize.label(text))
    if _NOT_REGIONS.match(bare):
        return None
    found = _REGION.match(bare)
    if found is None or len(found[0]) < 2 or _NOT_REGIONS.search(found[0]) or _MORE.match(bare[found.end() :]):
        return None
    return found[0]
