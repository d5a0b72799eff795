"""What a column's values look like: the vote of values beside the vote of headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, time
from enum import StrEnum

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.vocabulary import Vocabulary
from xfstats.model import Cell
from xfstats.understand.dates import BLANK, DateReader
from xfstats.understand.numbers import amount

_IDENTITY = re.compile(r"\d{17}[\dXx]")
_OLD_IDENTITY = re.compile(r"[1-8]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
_PHONE = re.compile(r"(?:\+?86)?1\d{10}|0\d{2,3}-?\d{7,8}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_WITHIN = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


LONG = 12
"""Chinese characters of a text that is no word for a state; twice as many letters."""


class Shape(StrEnum):
    """The kind that most of a column's cells are."""

    BLANK = "blank"
    DATES = "dates"
    TIMES = "times"
    NUMBERS = "numbers"
    FLAGS = "flags"
    LEVELS = "levels"
    STATUS = "status"
    WORDS = "words"
    TEXTS = "texts"


def shape(cells: Sequence[Cell], vocabulary: Vocabulary, dates: DateReader) -> Shape:
    """What at least half of the filled cells are; `texts` where nearly all differ and are known in no way."""
    filled = [cell for cell in cells if not blank(cell) and not (isinstance(cell, str) and cell.strip().lower() in BLANK)]
    if not filled:
        return Shape.BLANK
    words = [normalize.word(cell) if isinstance(cell, str) else cell for cell in filled]
    tests = (
        (Shape.TIMES, lambda cell: isinstance(cell, time)),
        (Shape.FLAGS, lambda cell: isinstance(cell, bool) or str(cell) in vocabulary.yes or str(cell) in vocabulary.no),
        (Shape.LEVELS, lambda cell: isinstance(cell, str) and vocabulary.level(cell) in vocabulary.levels),
        (Shape.STATUS, lambda cell: isinstance(cell, str) and vocabulary.state(cell) in vocabulary.status),
        (Shape.DATES, lambda cell: isinstance(day := dates.read(cell), date) or day == "date-ambiguous"),
        (Shape.NUMBERS, lambda cell: isinstance(cell, int | float) or isinstance(amount(cell), int)),
    )
    for name, test in tests:
        if 2 * sum(map(test, words)) >= len(words):
            return name
    known = sum(1 for cell in words if cell in vocabulary.status or cell in vocabulary.levels)
    long = sum(1 for cell in words if len(str(cell)) > (LONG if normalize.chinese(str(cell)) else 2 * LONG))
    if len(filled) >= 5 and 2 * len(set(words)) > len(words) and 3 * known < len(words) and 2 * long >= len(words):
        return Shape.TEXTS
    return Shape.WORDS


def identity(text: str) -> bool:
    """Whether a text is or holds what looks like an identity or a telephone number.

    An identity number has 18 places, the last a check digit (GB 11643), or the 15 of before 1999, a day of birth among them.
    """
    alone = re.sub(r"[\s-]", "", text)
    return _PHONE.fullmatch(alone) is not None or any(map(_number, [alone, *_WITHIN.findall(text)]))


def _number(text: str) -> bool:
    if _IDENTITY.fullmatch(text):
        return _checked(text)
    return _MOBILE.fullmatch(text) is not None or _OLD_IDENTITY.fullmatch(text) is not None


def _checked(number: str) -> bool:
    total = sum(int(char) * weight for char, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def identities(labels: Sequence[str | None]) -> bool:
    """Whether one cell in a hundred or more looks like an identity or telephone number."""
    filled = Counter(text for text in labels if text)
    alike = sum(rows for text, rows in filled.items() if identity(text))
    return 100 * alike >= filled.total() > 0


def scattered(labels: Sequence[str | None]) -> bool:
    """Whether a column's cells nearly all differ (over 50 rows), as names do."""
    filled = [text for text in labels if text]
    return len(filled) > 50 and 2 * len(set(filled)) > len(filled)


def showable(header: str, known_in_row: int) -> bool:
    """Whether an unknown header may be printed: beside two known names, with no run of digits and no date (design §8)."""
    return known_in_row >= 2 and len(header) <= 30 and not re.search(r"\d{4,}|\d[-/.年]\d|\d{2,}[号弄栋幢室楼]|\d+单元", header)
