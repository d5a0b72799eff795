"""Group labels from words (status, rating, first or repeated visit); words in no table only where they may be printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.vocabulary import Vocabulary
from xfstats.messages import raw
from xfstats.model import Cell
from xfstats.readers.column import Column
from xfstats.records.answers import is_mark, table_of
from xfstats.records.rejects import RowReview
from xfstats.records.statuses import EMPTY
from xfstats.schema.person_names import words_of_persons
from xfstats.schema.personal import MOST_OF_OUTCOME, MOST_OF_WORD, named_words


def word_groups(name: str, cells: Column[Cell], review: RowReview) -> Column[str | None]:
    """Return the label of each row by the cells of a field of words; None for a word that may not be printed."""
    vocabulary = review.vocabulary
    known: Callable[[Cell], str | None]
    if name in {"status", "outcome"}:
        known = partial(_state, vocabulary=vocabulary)
    else:
        header = review.schema.header.names[review.schema.field_map.fields[name]] or ""
        known = partial(_answer, name=name, header=header, vocabulary=vocabulary, chinese=review.schema.header.chinese)
    labels = {place: known(cell) for place, cell in enumerate(cells.values)}
    words = [(place, _word(cell)) for place, cell in enumerate(cells.values)]
    rows = Column(range(len(cells.values)), cells.codes).counts(review.recorded)
    unknown: Counter[str] = Counter()
    for place, word in words:
        if word and labels[place] is None:
            unknown[word] += rows.get(place, 0)
    longest = MOST_OF_OUTCOME if name == "outcome" else MOST_OF_WORD
    shown = named_words(unknown, Counter(filter(None, labels.values())), int(review.recorded.sum()), longest)
    printed = set(shown) - {*review.capitalised_held(shown), *words_of_persons(unknown, vocabulary)} if shown else set()
    free = {word for place, word in words if labels[place] and word in vocabulary.denied}
    persons = {*review.capitalised_held(free), *words_of_persons(free, vocabulary)} if free else set()
    found = [
        None if word in persons else labels[place] or (normalize.group_label(cells.values[place]) if word in printed else None)
        for place, word in words
    ]
    review.note("W247", review.recorded & Column([word in persons for _, word in words], cells.codes).where(bool), name)
    return Column.distinct(found, cells.codes)


def _state(cell: Cell, vocabulary: Vocabulary) -> str | None:
    """Return a known state as it is written, without a day or a remark behind it; None for another word."""
    word = _word(cell)
    state = vocabulary.state(normalize.text_of(cell)) if word else ""
    if not word or vocabulary.sets(state) is None:
        return None
    return normalize.group_label(cell) if state == word else state


def _answer(cell: Cell, name: str, header: str, vocabulary: Vocabulary, *, chinese: bool) -> str | None:
    """Return a rating as it is written, a yes or no as the class that it means under its header; None for another word."""
    word = _word(cell)
    one = table_of(name, header, vocabulary).get(word)
    if one and (name == "repeat" or word in vocabulary.yes or word in vocabulary.no) and not (name != "repeat" and is_mark(word)):
        return class_label(name, one, chinese=chinese)
    return normalize.group_label(cell) if one or (name != "repeat" and is_mark(word)) else None


_CLASSES: Mapping[tuple[str, str], str] = {
    ("repeat", "initial"): "classes.repeat.initial",
    ("repeat", "repeat"): "classes.repeat.repeat",
    ("collective", "yes"): "classes.collective.yes",
    ("collective", "no"): "classes.collective.no",
    ("satisfaction", "satisfied"): "classes.satisfaction.satisfied",
    ("satisfaction", "basically"): "classes.satisfaction.basically",
    ("satisfaction", "dissatisfied"): "classes.satisfaction.dissatisfied",
    ("satisfaction", "unrated"): "classes.satisfaction.unrated",
}


def class_label(name: str, one: str, *, chinese: bool) -> str:
    """Return the name of a class of words in the language of the log."""
    return raw(_CLASSES[name, one], "zh" if chinese else "en")


def _word(cell: Cell) -> str:
    """Return the word of a cell, empty where it is blank or means no value."""
    word = "" if blank(cell) or cell is None else normalize.word(normalize.text_of(cell))
    return "" if word in EMPTY or normalize.group_label(cell) is None else word
