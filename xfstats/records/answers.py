"""Classes of ratings, first or repeated visits, collective visits, extensions and timeliness, by the office's tables of words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.timely_headers import Timeliness
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import pattern
from xfstats.frozen import frozen
from xfstats.model import ANSWER_FIELDS, Cell
from xfstats.readers.column import Column, Mask
from xfstats.records.statuses import EMPTY
from xfstats.schema.answer_columns import MARK
from xfstats.schema.header import JOIN

RATINGS = ("satisfaction", "satisfaction_unit")
_BITS = frozenset(["0", "1"])
FIELDS = (*RATINGS, *ANSWER_FIELDS)


@frozen
class Answers:
    """By field: the class of each row, None where it is blank or unknown; the unknown words by row; counts of the known words."""

    classes: dict[str, Column[str | None]]
    unknown: dict[str, Column[str | None]]
    words: dict[str, dict[str, int]]
    marks: frozenset[str] = frozenset()
    """Fields of ratings that hold marks of which some are in no class."""
    bits: frozenset[str] = frozenset()
    """Fields of ratings whose only marks are 0 and 1, which are read as no and yes."""

    def without_unknown(self, fields: Collection[str], rows: Mask) -> Answers:
        """Return the answers without those of `fields` that have none in these rows, or one that is a mark or an unknown word."""
        dropped = {field for field in {*fields} & self.classes.keys() if not self._is_known(field, rows)}
        return Answers(
            {name: own for name, own in self.classes.items() if name not in dropped},
            {name: own for name, own in self.unknown.items() if name not in dropped},
            {name: own for name, own in self.words.items() if name not in dropped},
            self.marks - dropped,
            self.bits - dropped,
        )

    def _is_known(self, field: str, rows: Mask) -> bool:
        """True if these rows have an answer in a field, and each is one of its words."""
        told, unknown = (found[field].counts(rows).keys() - {None} for found in (self.classes, self.unknown))
        return bool(told) and not unknown and field not in self.marks | self.bits


def answers(columns: Mapping[str, Column[Cell]], headers: Mapping[str, str], vocabulary: Vocabulary, rows: Mask) -> Answers:
    """Return the classes of the `FIELDS` that a log has; `headers` tell what 是 means (是否初访), `rows` where words count."""
    found = Answers({}, {}, {})
    marks: set[str] = set()
    bits: set[str] = set()
    for field, cells in columns.items():
        words, table = _words(cells, field, table_of(field, headers[field], vocabulary), vocabulary)
        known = frozenset(table)
        marked = {word for word in words.values if word and MARK.fullmatch(word)}
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
    """Return the word of each cell, None where it is blank or a dash, and the table of classes that holds for this column.

    In a column with marks or words of ratings 0 and 1 are marks, not no and yes: the table is then without them.
    """
    words = cells.map(lambda cell: None if blank(cell) or (_word(cell) in EMPTY and _word(cell) not in table) else _word(cell))
    placed = vocabulary.answers["ratings" if field in RATINGS else field]
    rated = field in RATINGS and any(word in placed and word not in _BITS for word in words.values if word)
    if rated or any(word and MARK.fullmatch(word) and word not in _BITS for word in words.values):
        table = {word: one for word, one in table.items() if word in placed or not word.isdecimal()}
    return words, table


def _classed(words: Column[str | None], table: Mapping[str, str]) -> Column[str | None]:
    """Return the class of each word, None where it has none."""
    return words.map(lambda word: table.get(word or ""))


def _without(words: Column[str | None], known: frozenset[str]) -> Column[str | None]:
    """Return the words that are not `known`, None elsewhere."""
    return words.map(lambda word: None if not word or word in known else word)


def table_of(field: str, header: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the class of each word for a field, with what yes and no mean under its header."""
    if field in RATINGS:
        yes, no = "satisfied", "dissatisfied"
    elif field == "repeat":
        first = pattern("value_header", "first").search(header.lower())
        again = pattern("value_header", "again").search(header)
        yes, no = ("", "") if first and again else ("initial", "repeat") if first else ("repeat", "initial")
    elif field == "on_time_flag":
        yes, no = ("yes", "no") if asks(header, vocabulary).kept else ("no", "yes")
    else:
        yes, no = "yes", "no"
    flags = {**dict.fromkeys(vocabulary.yes, yes), **dict.fromkeys(vocabulary.no, no)} if yes else {}
    return {**flags, **vocabulary.answers["ratings" if field in RATINGS else field]}


def is_mark(word: str) -> bool:
    """True if a word of a rating is a mark or a code."""
    return MARK.fullmatch(word) is not None


def asks(header: str, vocabulary: Vocabulary) -> Timeliness:
    """Return what a yes means in a column of timeliness, by its whole header or else by the lowest header row that says so."""
    parts = (header.replace(JOIN, ""), *reversed(header.split(JOIN)))
    return vocabulary.headers.timely.asked([normalize.header(part) for part in parts])


def closed_in_time(cells: Column[Cell], said: Answers, header: str, vocabulary: Vocabulary) -> Mask | None:
    """Return the rows that a column of timeliness closes, by yes or by a word of closing; None where it tells nothing of that."""
    closes = asks(header, vocabulary).closes
    worded = cells.where(lambda cell: not blank(cell) and "closed" in (vocabulary.sets(vocabulary.state(str(cell))) or ()))
    if closes:
        return worded | said.classes["on_time_flag"].where(lambda one: one == "yes")
    return worded if worded.any() else None


def _word(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, bool | float) and cell == int(cell) else normalize.word(str(cell))
