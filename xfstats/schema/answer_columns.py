"""Columns of ratings and of timeliness under headers that no list holds: a word in the header hints, the values confirm."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Mapping, Sequence

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import pattern
from xfstats.model import Cell

MARK = pattern("cell", "mark")
"""A mark or a code: 5, 4.5, 80%, 3 stars.  A column that holds one other than 0 and 1 is no yes/no column."""
_ASKED = pattern("header", "asked")
_FLAGS: Mapping[str, str] = {
    "settled": "settled_flag",
    "resolved": "resolved_flag",
    "closed": "closed_flag",
}
"""The field of a column of yes and no by a set of the state that its header asks for; the first set that the state is in."""
TIMED = pattern("value_header", "timed")
RATED = pattern("value_header", "rated")
SCORED = pattern("value_header", "scored")
HIGHEST = 10
"""The highest mark without a unit."""


def answered_field(header: str, values: Sequence[Cell], vocabulary: Vocabulary) -> str | None:
    """Return the field of a column whose header, spelled as by `normalize.header`, only hints at one that its values confirm.

    Timeliness needs words of it in half of the filled cells, a rating words of ratings in nine in ten, or marks alone under a
    header of nothing but a rating.
    """
    cells = _words(values)
    if TIMED.search(header) and _share(cells, vocabulary.answers["on_time_flag"]) >= 1 / 2:
        return "on_time_flag"
    ratings = {word for word in vocabulary.answers["ratings"] if not MARK.fullmatch(word)}
    rated = RATED.search(header) and _share(cells, ratings) >= 9 / 10
    if rated or (SCORED.fullmatch(header) and cells and all(map(_is_score, cells))):
        return "satisfaction"
    return _flag_of_state(header, values, vocabulary)


def yes_or_no(values: Sequence[Cell], vocabulary: Vocabulary, further: Collection[str] = ()) -> bool:
    """True if a column has filled cells and each says yes or no, or is one of the `further` words."""
    cells = set(_words(values))
    return bool(cells) and cells <= vocabulary.yes | vocabulary.no | {*further}


def _words(values: Sequence[Cell]) -> list[str]:
    """Return the filled cells as words for comparison."""
    return [normalize.word(normalize.text_of(cell)) for cell in values if not blank(cell)]


def _flag_of_state(header: str, values: Sequence[Cell], vocabulary: Vocabulary) -> str | None:
    """Return the field of a column of yes and no that says whether a matter was ended: Completed?, 是否完成, Concluded (Y/N).

    A state that only some ended matters have (upheld, refused) tells nothing of those that do not have it.
    """
    asked = _ASKED.search(header)
    if asked is None or not vocabulary.headers.timely.of.fullmatch(asked[1]) or not yes_or_no(values, vocabulary):
        return None
    sets = vocabulary.sets(asked[1]) or ()
    return next((field for one, field in _FLAGS.items() if one in sets), None)


def _share(cells: Sequence[str], words: Container[str]) -> float:
    """Return how large a part of the cells is one of these words; 0 of none."""
    return sum(1 for cell in cells if cell in words) / len(cells) if cells else 0


def _is_score(cell: str) -> bool:
    """True if a cell is a mark with a unit, or a number up to ten."""
    return MARK.fullmatch(cell) is not None and (not re.fullmatch(r"[\d.]+", cell) or float(cell) <= HIGHEST)
