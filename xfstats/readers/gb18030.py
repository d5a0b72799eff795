"""Detection of Chinese among bytes that decode as GB18030, by the likelihood of their characters in this and other encodings.

Nearly all text in EUC-KR, EUC-JP, Shift-JIS and Big5 decodes as GB18030, and so do words of even length in single-byte
encodings.  Compared is −ln p of the distinct stretches of text that are not ASCII, under a simple model of each encoding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

from xfstats.frozen import frozen

Model = Callable[[str], float]
_STRETCHES = re.compile(rb"(?:[\x81-\xfe][0-9][\x81-\xfe][0-9]|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff])++")
MOST_STRETCHES = 500
"""Most distinct stretches that are examined."""
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_LIKELY, _COMMON, _TRADITIONAL, _PUNCTUATION = 6.6, 8.5, 9.0, 6.0
"""−ln p of each of the 500 commonest characters, of the next 1000, of their traditional forms, of full-width punctuation."""
_LEVEL_1, _LEVEL_2, _EXTENSION, _FOUR_BYTES, _SYMBOL, _NO_CHARACTER = 10.6, 12.6, 15.0, 15.5, 11.0, 17.0
"""−ln p of the other characters of GB 2312 level 1 and 2, of those of GBK, of four bytes, of symbols, of unassigned codes."""
_KNOWN_PAIR = 6.0
"""−ln p is reduced by this for each distinct pair of adjacent characters that occurs in a word of the profile."""
_ANY, _ANY_ODDS = 10.1, 8.0
"""−ln p of a character in an encoding that is not listed, and ln of the odds against such an encoding."""
UNSURE = 5.5
"""Margin of −ln p between GB18030 and the next encoding below which the user is told that the encoding is unsure."""


@frozen
class Judgement:
    """By how much −ln p of GB18030 is below that of the likeliest other encoding, and the others, the likeliest first."""

    margin: float
    others: tuple[str, ...]


def judge(data: bytes, known: frozenset[str] = frozenset()) -> Judgement:
    """Return how likely a text is GB18030; adjacent characters that are `known` pairs of the profile's words count in favour."""
    stretches = list(islice(dict.fromkeys(found.group() for found in _STRETCHES.finditer(data)), MOST_STRETCHES))
    costs = {name: cost for name, other in _OTHERS.items() if (cost := _cost(stretches, name, other.model)) is not None}
    others = sorted(costs, key=lambda name: costs[name] + _OTHERS[name].odds)
    texts = [stretch.decode("gb18030", "replace") for stretch in stretches]
    pairs = {one + other for text in texts for one, other in pairwise(text)}
    chinese = sum(map(_chinese, texts)) - _KNOWN_PAIR * len(pairs & known)
    unlisted = _ANY * sum(map(len, texts)) + _ANY_ODDS
    best = min([unlisted, *(costs[name] + _OTHERS[name].odds for name in others)])
    return Judgement(best - chinese, tuple(others))


def _cost(stretches: Sequence[bytes], encoding: str, model: Model) -> float | None:
    try:
        return sum(model(stretch.decode(encoding)) for stretch in stretches)
    except UnicodeDecodeError:
        return None


def known_pairs(words: Iterable[str]) -> frozenset[str]:
    """Return the pairs of adjacent Chinese characters in some words."""
    return frozenset(one + other for word in words for one, other in pairwise(word) if _HANZI.match(one) and _HANZI.match(other))


@cache
def _commonest() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the 500 commonest characters of Chinese, the next 1000, and the traditional forms of both."""
    text = Path(__file__).with_name("common_characters.txt").read_text("utf-8")
    first, second, third = (frozenset("".join(part.split())) for part in text.split("\n\n"))
    return first, second, third


def _chinese(text: str) -> float:
    return sum(map(_chinese_character, text))


@cache
def _chinese_character(char: str) -> float:
    for chars, cost in zip(_commonest(), (_LIKELY, _COMMON, _TRADITIONAL), strict=True):
        if char in chars:
            return cost
    code = char.encode("gb18030")
    lead, trail = code[0], code[1] if len(code) > 1 else 0
    if len(code) == 4:
        return _FOUR_BYTES
    if trail < 0xA1:
        return _EXTENSION if _HANZI.match(char) else _SYMBOL + 2
    rows = ((0xA1, 0xA1, _PUNCTUATION), (0xA3, 0xA3, _PUNCTUATION), (0xA2, 0xA9, _SYMBOL), (0xB0, 0xD7, _LEVEL_1))
    return next(
        (cost for first, last, cost in (*rows, (0xD8, 0xF7, _LEVEL_2)) if first <= lead <= last),
        _NO_CHARACTER,
    )


def _letters(alphabet: str, beside: float = 0, wrong: re.Pattern[str] | None = None) -> Model:
    """Return the model of a single-byte encoding: words of these letters in lower case, upper case or with a capital first.

    `beside` is the cost of a letter that is not ASCII after another such letter; each match of `wrong` costs 6.
    """
    letter = re.compile(f"[{alphabet}]")

    def cost(text: str) -> float:
        total, before, capitals = 6.0 * len(wrong.findall(text) if wrong else ()), "", 0
        for char in text:
            if not char.isascii() and not letter.match(char):
                total += 5 if char in _MARKS else 9
                before, capitals = "", 0
                continue
            total += 3.3 if char.isascii() else 3.7 + beside * (before != "" and not before.isascii())
            total += _case(before, char, capitals)
            capitals = capitals + 1 if char.isupper() else 0
            before = char if char.isalpha() else ""
        return total

    return cost


_MARKS = "’‘“”–—…«»№°£€·"


def _case(before: str, char: str, capitals: int) -> float:
    """Return the cost of a letter's case after the letter before it."""
    if (before.islower() and char.isupper()) or (char.islower() and capitals > 1):
        return 6.0
    return 2.5 if char.isupper() and capitals == 1 else 0.0


_PLAIN_INITIALS = frozenset(range(19)) - {1, 4, 8, 10, 13}
_PLAIN_VOWELS = frozenset(range(21)) - {3, 7, 10, 15, 19}
_PLAIN_FINALS = frozenset({0, 1, 4, 8, 16, 17, 19, 21})


def _korean(text: str) -> float:
    return sum(map(_korean_character, text))


@cache
def _korean_character(char: str) -> float:
    """Return −ln p of a character in EUC-KR: most syllables have a plain initial, a common vowel and a common final."""
    if char.isascii():
        return 4.0
    code = char.encode("cp949")
    if not "\uac00" <= char <= "\ud7a3":
        return _PUNCTUATION if code[0] in {0xA1, 0xA3} else 13.0
    initial, rest = divmod(ord(char) - 0xAC00, 588)
    vowel, final = divmod(rest, 28)
    if initial in _PLAIN_INITIALS and vowel in _PLAIN_VOWELS and final in _PLAIN_FINALS:
        return 6.9
    return 9.0 if code[0] >= 0xB0 and code[1] >= 0xA1 else 15.0


def _japanese(text: str) -> float:
    return sum(map(_japanese_character, text))


@cache
def _japanese_character(char: str) -> float:
    if char.isascii():
        return 4.0
    if "\u3041" <= char <= "\u30ff":
        return 5.0
    if not _HANZI.match(char):
        return _PUNCTUATION if unicodedata.category(char)[0] == "P" else 9.0 if "\uff61" <= char <= "\uff9f" else 11.0
    if any(char in chars for chars in _commonest()):
        return 7.4
    code = char.encode("euc_jp", "ignore")
    return 9.5 if len(code) == 2 and 0xB0 <= code[0] <= 0xCF else 12.5


def _traditional(text: str) -> float:
    return sum(map(_big5_character, text))


@cache
def _big5_character(char: str) -> float:
    lead = char.encode("big5hkscs")[0]
    return 4.0 if char.isascii() else 8.5 if 0xA4 <= lead <= 0xC6 else _PUNCTUATION if lead == 0xA1 else 12.0


_THAI = "\u0e01\u0e02\u0e04\u0e07-\u0e0b\u0e0d\u0e10\u0e13-\u0e23\u0e25\u0e27-\u0e2b\u0e2d\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4d"
"""Thai letters and marks without the rarest, as a character class."""
_THAI_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_MISPLACED = re.compile(
    f"(?<![\u0e01-\u0e2e{_THAI_MARKS}])[{_THAI_MARKS}\u0e30\u0e32\u0e33\u0e45]|[\u0e40-\u0e44](?![\u0e01-\u0e2e])"
    "|[\u0e2f\u0e3f\u0e46\u0e4f-\u0e5b]"
)
"""Thai vowels and tone marks without the consonant that they need before or after them; signs that occur in no word."""
_CYRILLIC = _letters("а-яА-ЯёЁіїєІЇЄ")
_GREEK = _letters("Α-ΩΪΫα-ωάέήίόύώϊϋΐΰΆΈΉΊΌΎΏ")


@frozen
class _Other:
    """Model of another encoding that may decode as GB18030, and ln of the odds against it in a log."""

    model: Model
    odds: float


_OTHERS: Mapping[str, _Other] = {
    "cp1252": _Other(_letters("À-ÖØ-öø-ÿŒœŠšŽž", 3), 2),
    "cp1250": _Other(_letters("À-ÖØ-öø-ÿĀ-ž", 3), 2.5),
    "cp1254": _Other(_letters("À-ÖØ-öø-ÿĞğİıŞş", 3), 3),
    "cp1251": _Other(_CYRILLIC, 5),
    "koi8-r": _Other(_CYRILLIC, 5),
    "iso8859-5": _Other(_CYRILLIC, 5.5),
    "cp866": _Other(_CYRILLIC, 7),
    "cp1253": _Other(_GREEK, 4),
    "iso8859-7": _Other(_GREEK, 5),
    "cp1255": _Other(_letters("\u05d0-\u05ea"), 8),
    "cp1256": _Other(_letters("\u0621-\u064a"), 8),
    "cp874": _Other(_letters(_THAI, wrong=_MISPLACED), 7),
    "euc-kr": _Other(_korean, 2.5),
    "euc-jp": _Other(_japanese, 2),
    "shift_jis": _Other(_japanese, 4),
    "big5": _Other(_traditional, 4),
}


CACHES = (_chinese_character, _korean_character, _japanese_character, _big5_character)
"""Functions whose caches hold characters of texts, which the worker clears."""
