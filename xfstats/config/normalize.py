"""How words are made comparable: headers, cell words, labels."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from xfstats.model import Cell

INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
DITTO = frozenset(["同上", "同前", "〃", "″", "”", "ditto", "Ditto", "DITTO"])
"""Cells that say what the cell above says."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|{[^{}]*}|【[^【】]*】|〔[^〔〕]*〕")
_HEADER_NOISE = re.compile(r"[\s_\-*:：;；,，.。、/\\'\"“”‘’★☆●■※▲△#·]+")
_BLANKS = re.compile(r"\s+")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_CJK_BLANK = re.compile(r"(?<=[\u3000-\u9fff(),/])\s+|\s+(?=[\u3000-\u9fff(),/])")

_PERSON = re.compile(
    "姓名|身份证|证件号|手机号|电话号|(?:联系|家庭|本人)电话|住址|家庭地址"
    "|(?:full|first|last|given|customer|complainant|visitor)name|surname|phonenumber|mobilenumber|e?mailaddress|passportn"
)


def chinese(text: str) -> bool:
    """Whether any Chinese character stands in the text."""
    return _CJK.search(text) is not None


@lru_cache(maxsize=65536)
def word(text: str) -> str:
    r"""A cell's word for comparison: NFKC, no invisible characters, no blanks beside Chinese, lower case.

    >>> word(" 市　级\n"), word("In  Progress")
    ('市级', 'in progress')
    """
    text = unicodedata.normalize("NFKC", text).translate(INVISIBLE)
    text = _BLANKS.sub(" ", text).strip()
    return _CJK_BLANK.sub("", text).lower()


@lru_cache(maxsize=8192)
def header(text: str) -> str:
    r"""A header for comparison: as `word`, without brackets and what is in them, units, stars and separators.

    >>> header("*来访人数\n（人）"), header("Created_Date"), header("初件/重件")
    ('来访人数', 'createddate', '初件重件')
    """
    text = word(text)
    bare = _HEADER_NOISE.sub("", _BRACKETS.sub("", text))
    return bare or _HEADER_NOISE.sub("", text.replace("(", "").replace(")", ""))


def of_person(header: str) -> bool:
    """Whether a header, spelled as `header` does, holds a word that heads columns about persons and nothing else.

    >>> of_person("客户姓名及工号"), of_person("承办单位")
    (True, False)
    """
    return _PERSON.search(header) is not None


@lru_cache(maxsize=65536)
def label(text: str) -> str:
    """A group's label as it is kept: NFKC, trimmed, no blanks between Chinese characters; case kept.

    >>> label("洋  县人民政府"), label("Noise -  Residential")
    ('洋县人民政府', 'Noise - Residential')
    """
    text = unicodedata.normalize("NFKC", text).translate(INVISIBLE)
    return _CJK_BLANK.sub("", _BLANKS.sub(" ", text).strip())


def blank(cell: Cell) -> bool:
    """Whether a cell holds nothing but blanks."""
    return cell is None or (isinstance(cell, str) and not word(cell))
