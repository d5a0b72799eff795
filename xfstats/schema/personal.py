"""Personal data in values and headers: identity and telephone numbers, columns of names, what may be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xfstats.config import normalize
from xfstats.config.header_words import about_persons
from xfstats.config.word_patterns import pattern
from xfstats.model import Heading, column_letter
from xfstats.schema.header import Header

_IDENTITY = re.compile(r"\d{17}[\dXx]")
_BORN = re.compile(r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_OLD_IDENTITY = re.compile(r"[1-8]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
_PHONE = re.compile(r"(?:\+?86)?1\d{10}|0\d{2,3}-?\d{7,8}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_WITHIN = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


MOST_WORDS = 30
"""Most distinct values of a column of words."""
LEAST_ROWS = 3
"""Least number of rows with a word that may be named."""
MOST_OF_WORD = 40
"""Most characters of a word of a status, flag or rating column that may be named."""
MOST_OF_OUTCOME = 12
"""Most characters of a word of an outcome column that may be named; these columns are nearer to free text."""


def identity(text: str) -> bool:
    """True if a text is or holds what looks like an identity or a telephone number.

    An identity number has 18 characters with a date of birth or a valid check digit (GB 11643); either is enough, since one may
    be mistyped.  Those from before 1999 have 15 digits with a date of birth.
    """
    alone = re.sub(r"[\s-]", "", text)
    return _PHONE.fullmatch(alone) is not None or any(map(_number, [alone, *_WITHIN.findall(text)]))


def _number(text: str) -> bool:
    """True if a text looks like an identity or mobile number."""
    if _IDENTITY.fullmatch(text):
        return _checked(text) or _BORN.fullmatch(text) is not None
    return _MOBILE.fullmatch(text) is not None or _OLD_IDENTITY.fullmatch(text) is not None


def _checked(number: str) -> bool:
    """True if the check digit of an identity number is right."""
    total = sum(int(char) * weight for char, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def identities(labels: Mapping[str | None, int]) -> bool:
    """True if one filled cell in a hundred or more looks like an identity or telephone number; labels have row counts."""
    filled = {text: rows for text, rows in labels.items() if text}
    alike = sum(rows for text, rows in filled.items() if identity(text))
    return 100 * alike >= sum(filled.values()) > 0


def scattered(labels: Mapping[str | None, int]) -> bool:
    """True if a column's cells nearly all differ (over 50 rows), as names do."""
    filled = [rows for text, rows in labels.items() if text]
    return sum(filled) > 50 and 2 * len(filled) > sum(filled)


def showable(header: str, known_in_row: int) -> bool:
    """True if an unknown header may be printed: beside two known names, with no run of digits, date or address."""
    numbered = re.search(r"\d{4,}|\d[-/.年]\d", header) or pattern("header", "address").search(header)
    return known_in_row >= 2 and len(header) <= 30 and not numbered


def named_words(unknown: Mapping[str, int], known: Mapping[str, int], rows: int, longest: int) -> dict[str, int]:
    """Return the unknown words of a column, the commonest first, that may be named: short, in three rows, of a column of words.

    An identity or telephone number is not named.  A column of words has at most 30 distinct values, and at most a fifth as many
    as there are `rows`.
    """
    distinct = len(unknown.keys() | known.keys())
    if distinct > MOST_WORDS or 5 * distinct > rows:
        return {}
    common = sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
    return {word: count for word, count in common if count >= LEAST_ROWS and len(word) <= longest and not identity(word)}


def same(label: str | None, wanted: str) -> bool:
    """True if a label is the one that the user typed, after normalization."""
    typed = normalize.group_label(wanted)
    return label is typed if label is None or typed is None else normalize.label_key(label) == normalize.label_key(typed)


def shown_name(header: Header, column: int) -> str | None:
    """Return a column's header; None where it has none that may be shown."""
    name = header.names[column] if column < len(header.names) and column not in header.withheld else None
    return name if name and (header.candidates[column] or showable(name, len(header.known))) else None


def headed(header: Header) -> tuple[Heading, ...]:
    """Return every column that has a header, those about persons marked."""
    return tuple(
        Heading(column_letter(column), shown_name(header, column), about_persons(header.candidates[column]))
        for column, name in enumerate(header.names)
        if name is not None
    )
