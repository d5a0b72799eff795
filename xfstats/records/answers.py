"""What ratings, first or repeated visits, collective visits and extensions say: each word in a class, by the office's tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.timely_headers import Timeliness
from xfstats.config.vocabulary import Vocabulary
from xfstats.model import Cell
from xfstats.readers.column import Column, Mask
from xfstats.records.statuses import EMPTY
from xfstats.schema.header import JOIN

RATINGS = ("satisfaction", "satisfaction_unit")
_MARK = re.compile(r"\d+(?:\.\d+)?(?:/\d+| ?[分星%]| (?:stars?|points?))?|[★☆⭐]+")
"""A mark or a code, as 5, 4.5, 80%, 5分 or 3 stars: a column that holds one but 0 and 1 asks no yes or no."""
_BITS = frozenset(["0", "1"])
FIELDS = (*RATINGS, "repeat", "collective", "extension", "on_time_flag")


@dataclass(frozen=True)
class Answers:
    """The class of each row's cell by field, None where it is blank or not known; the words not known, row by row."""

    classes: dict[str, Column[str | None]]
    unknown: dict[str, Column[str | None]]
    words: dict[str, dict[str, int]]
    marks: frozenset[str] = frozenset()
    """Fields of ratings that hold marks of which some are in no class."""
    bits: frozenset[str] = frozenset()
    """Those that hold 0 or 1, taken for no and yes."""


def answers(columns: Mapping[str, Column[Cell]], headers: Mapping[str, str], vocabulary: Vocabulary, rows: Mask) -> Answers:
    """The classes of the fields above that a log has; `headers` tell what 是 means in 是否初访; words of `rows` count."""
    found = Answers({}, {}, {})
    marks: set[str] = set()
    bits: set[str] = set()
    for field, cells in columns.items():
        words, table = _words(cells, field, table_of(field, headers[field], vocabulary), vocabulary)
        known = frozenset(table)
        marked = {word for word in words.values if word and _MARK.fullmatch(word)}
        if marked - _BITS and marked - known:
            marks.add(field)
        elif marked and marked <= known & _BITS:
            bits.add(field)
        found.classes[field] = _classed(words, table)
        found.unknown[field] = _without(words, known)
        found.words[field] = {word: count for word, count in words.counts(rows).items() if word and word in known}
    of_ratings = frozenset(RATINGS)
    return replace(found, marks=of_ratings & marks, bits=of_ratings & bits)


def _words(
    cells: Column[Cell], field: str, table: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[Column[str | None], Mapping[str, str]]:
    """Return the word of each cell, None where it says nothing; and the table, without marks where the column holds marks.

    Beside words of ratings 0 and 1 are marks too: such a column asks no yes or no.
    """
    words = cells.map(lambda cell: None if blank(cell) or (_word(cell) in EMPTY and _word(cell) not in table) else _word(cell))
    placed = vocabulary.answers["ratings" if field in RATINGS else field]
    rated = field in RATINGS and any(word in placed and word not in _BITS for word in words.values if word)
    if rated or any(word and _MARK.fullmatch(word) and word not in _BITS for word in words.values):
        table = {word: one for word, one in table.items() if word in placed or not word.isdecimal()}
    return words, table


def _classed(words: Column[str | None], table: Mapping[str, str]) -> Column[str | None]:
    """Return the class of each word, None where it has none."""
    return words.map(lambda word: table.get(word or ""))


def _without(words: Column[str | None], known: frozenset[str]) -> Column[str | None]:
    """Return the words that are none of these, None elsewhere."""
    return words.map(lambda word: None if not word or word in known else word)


def table_of(field: str, header: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the class of each word for a field, with what yes and no mean under its header."""
    if field in RATINGS:
        yes, no = "satisfied", "dissatisfied"
    elif field == "repeat":
        first, again = (
            any(char in header for char in "初首") or "initial" in header.lower(),
            any(char in header for char in "重再"),
        )
        yes, no = ("", "") if first and again else ("initial", "repeat") if first else ("repeat", "initial")
    elif field == "on_time_flag":
        yes, no = ("yes", "no") if asks(header, vocabulary).kept else ("no", "yes")
    else:
        yes, no = "yes", "no"
    flags = {**dict.fromkeys(vocabulary.yes, yes), **dict.fromkeys(vocabulary.no, no)} if yes else {}
    return {**flags, **vocabulary.answers["ratings" if field in RATINGS else field]}


def is_mark(word: str) -> bool:
    """True if a word of a rating is a mark or a code."""
    return _MARK.fullmatch(word) is not None


def asks(header: str, vocabulary: Vocabulary) -> Timeliness:
    """Return what the header of a column of timeliness asks, by the whole of it or its lowest part that asks it."""
    parts = (header.replace(JOIN, ""), *reversed(header.split(JOIN)))
    return vocabulary.headers.timely.asked([normalize.header(part) for part in parts])


def closed_in_time(cells: Column[Cell], said: Answers, header: str, vocabulary: Vocabulary) -> Mask | None:
    """Return the rows that a column of timeliness closes, by a yes where it asks that or a word of closing; None: it cannot."""
    closes = asks(header, vocabulary).closes
    worded = cells.where(lambda cell: not blank(cell) and "closed" in (vocabulary.sets(vocabulary.state(str(cell))) or ()))
    if closes:
        return worded | said.classes["on_time_flag"].where(lambda one: one == "yes")
    return worded if worded.any() else None


def _word(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, bool | float) and cell == int(cell) else normalize.word(str(cell))
