"""What ratings, first or repeated visits, collective visits and extensions say: each word in a class, by the office's tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.timely_headers import Timeliness
from xfstats.config.vocabulary import Vocabulary
from xfstats.model import Cell
from xfstats.records.statuses import EMPTY
from xfstats.schema.header import JOIN

RATINGS = ("satisfaction", "satisfaction_unit")
_MARK = re.compile(r"\d+(?:\.\d+)?(?:/\d+| ?[分星]| (?:stars?|points?))?|[★☆⭐]+")
"""A mark or a code, as 5, 4.5, 5分 or 3 stars: a column that holds one but 0 and 1 asks no yes or no."""
FIELDS = (*RATINGS, "repeat", "collective", "extension", "on_time_flag")


@dataclass(frozen=True)
class Answers:
    """The class of each row's cell by field, None where it is blank or not known; the words not known, row by row."""

    classes: dict[str, list[str | None]]
    unknown: dict[str, list[str | None]]
    words: dict[str, dict[str, int]]
    marks: frozenset[str] = frozenset()
    """Fields of ratings that hold marks of which some are in no class."""
    bits: frozenset[str] = frozenset()
    """Those that hold 0 or 1, taken for no and yes."""

    def says(self, field: str) -> list[bool] | None:
        """Whether each row says yes; None where the log has no such column."""
        return [one == "yes" for one in self.classes[field]] if field in self.classes else None


def answers(
    columns: Mapping[str, Sequence[Cell]], headers: Mapping[str, str], vocabulary: Vocabulary, rows: Sequence[int]
) -> Answers:
    """The classes of the fields above that a log has; `headers` tell what 是 means in 是否初访; words of `rows` count."""
    found = Answers({}, {}, {})
    marks: set[str] = set()
    bits: set[str] = set()
    for field, cells in columns.items():
        table = _table(field, headers[field], vocabulary)
        keys = {cell: None if blank(cell) else _word(cell) for cell in set(cells)}
        keys = {cell: None if word in EMPTY and word not in table else word for cell, word in keys.items()}
        if any(word and _MARK.fullmatch(word) and word not in {"0", "1"} for word in keys.values()):
            placed = vocabulary.answers["ratings" if field in RATINGS else field]
            table = {word: one for word, one in table.items() if not word.isdecimal() or word in placed}
            if any(word and _MARK.fullmatch(word) and word not in table for word in keys.values()):
                marks.add(field)
        elif not {"0", "1"}.isdisjoint(keys.values()):
            bits.add(field)
        found.classes[field] = [table.get(keys[cell] or "") for cell in cells]
        found.unknown[field] = [word if (word := keys[cell]) and word not in table else None for cell in cells]
        counts = Counter(keys[cells[row]] for row in rows)
        found.words[field] = {word: count for word, count in counts.items() if word and word in table}
    of_ratings = frozenset(RATINGS)
    return replace(found, marks=of_ratings & marks, bits=of_ratings & bits)


def _table(field: str, header: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Word → class for a field, with what yes and no mean under its header."""
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


def asks(header: str, vocabulary: Vocabulary) -> Timeliness:
    """Return what the header of a column of timeliness asks, by the whole of it or its lowest part that asks it."""
    parts = (header.replace(JOIN, ""), *reversed(header.split(JOIN)))
    return vocabulary.headers.timely.asked([normalize.header(part) for part in parts])


def closed_in_time(cells: Sequence[Cell], said: Answers, header: str, vocabulary: Vocabulary) -> list[bool] | None:
    """Return the rows that a column of timeliness closes, by a yes where it asks that or a word of closing; None: it cannot."""
    closes = asks(header, vocabulary).closes
    worded = {cell: not blank(cell) and "closed" in (vocabulary.sets(vocabulary.state(str(cell))) or ()) for cell in set(cells)}
    yes = [one == "yes" for one in said.classes["on_time_flag"]]
    if not closes and not any(worded.values()):
        return None
    return [worded[cell] or (one and closes) for cell, one in zip(cells, yes, strict=True)]


def _word(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, bool | float) and cell == int(cell) else normalize.word(str(cell))
