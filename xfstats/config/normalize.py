"""Normalization of texts for comparison: headers, words of cells, labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, time
from functools import cache, lru_cache

from xfstats.config import leaders
from xfstats.config.word_patterns import pattern, words
from xfstats.model import Cell

INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|{[^{}]*}|【[^【】]*】|〔[^〔〕]*〕")
_HEADER_NOISE = re.compile(r"[\s_\-*:：;；,，.。、/\\'\"“”‘’★☆●■※▲△#·]+")
_BLANKS = re.compile(r"\s+")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_CJK_BLANK = re.compile(r"(?<=[\u3000-\u9fff(),/])\s+|\s+(?=[\u3000-\u9fff(),/])")

BLANK_WORDS = frozenset(
    [
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "?",
        "??",
        "null",
        "n/a",
        "na",
        "none",
        "nan",
        "nat",
        "<na>",
        "#n/a",
        "(blank)",
        "(null)",
        "\\n",
    ]
)
"""Words for a missing value, spelled as by `word`."""
_WHOLE = re.compile(r"(-?(?:0|[1-9]\d{0,14}))\.0")


@cache
def dittos() -> frozenset[str]:
    """Return the cells that say what the cell above says."""
    return frozenset(words("cell", "ditto"))


def chinese(text: str) -> bool:
    """True if any Chinese character stands in the text."""
    return _CJK.search(text) is not None


@lru_cache(maxsize=65536)
def word(text: str) -> str:
    r"""Return the word of a cell for comparison: NFKC, no invisible characters, no blanks beside Chinese, lower case.

    >>> word(" 市　级\n"), word("In  Progress")
    ('市级', 'in progress')
    """
    text = unicodedata.normalize("NFKC", text).translate(INVISIBLE)
    text = _BLANKS.sub(" ", text).strip()
    return _CJK_BLANK.sub("", text).lower()


@lru_cache(maxsize=8192)
def header(text: str) -> str:
    r"""Return a header for comparison: as `word`, without brackets and what is in them, units, stars and separators.

    >>> header("*来访人数\n（人）"), header("Created_Date"), header("初件/重件")
    ('来访人数', 'createddate', '初件重件')
    """
    text = word(text)
    bare = _HEADER_NOISE.sub("", _BRACKETS.sub("", text))
    return bare or _HEADER_NOISE.sub("", text.replace("(", "").replace(")", ""))


def of_person(header: str) -> bool:
    """True if a header, spelled as by `header`, holds a word that heads columns about persons and nothing else.

    >>> of_person("客户姓名及工号"), of_person("来访人姓"), of_person("承办单位"), of_person("部门名")
    (True, True, False, False)
    """
    return pattern("header", "person").search(header) is not None


@lru_cache(maxsize=65536)
def label(text: str) -> str:
    """Return a group's label as it is kept: NFKC, trimmed, no blanks between Chinese characters; case kept.

    >>> label("洋  县人民政府"), label("Noise -  Residential")
    ('洋县人民政府', 'Noise - Residential')
    """
    text = unicodedata.normalize("NFKC", text).translate(INVISIBLE)
    return _CJK_BLANK.sub("", _BLANKS.sub(" ", text).strip())


def text_of(cell: object) -> str:
    """Return a cell as the same text from every format: a whole number without a point, a day without its midnight.

    >>> text_of(12.0), text_of("12.0"), text_of(True), text_of("012")
    ('12', '12', 'TRUE', '012')
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    text = str(cell)
    whole = _WHOLE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return whole[1] if whole else text


def group_label(cell: object) -> str | None:
    """Return the label of the group that a cell names; None where it names none.

    >>> group_label("１２．0"), group_label("N/A"), group_label(" North  Side ")
    ('12', None, 'North Side')
    """
    text = label(text_of(cell)) if cell is not None else ""
    return text if text and text.lower() not in BLANK_WORDS else None


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """Return the key that all spellings of one label share: no blanks, no case, and of a class of leaders no marks.

    >>> label_key("North Side") == label_key("NORTH  side"), label_key("县（市、区）领导")
    (True, '县市区领导')
    """
    if leaders.place(text):
        return leaders.bare(text)
    return _BLANKS.sub("", label(text)).casefold()


def commonest(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the commonest spelling of each label that is spelled in several ways; the first of equals.

    >>> commonest({"North": 2, "NORTH": 5, "South": 1})
    {'North': 'NORTH'}
    """
    found: dict[str, str] = {}
    for text in sorted(counts, key=lambda text: (-counts[text], text)):
        found.setdefault(label_key(text), text)
    return {text: found[label_key(text)] for text in counts if found[label_key(text)] != text}


def blank(cell: Cell) -> bool:
    """True if a cell holds nothing but blanks."""
    return cell is None or (isinstance(cell, str) and not cell[:1].isalnum() and not word(cell))
