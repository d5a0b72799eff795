"""Words of a report that identify a figure: labels, measures, directions, units and negations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xfstats.config.period_words import MONTHS
from xfstats.frozen import frozen
from xfstats.measures.definitions import BY_KEY, label
from xfstats.messages import LANGS, keys, name_of, names, raw, several
from xfstats.reports.verify.blocks import Grid, ReportBlock, filled_grids

_DIRECTIONS = tuple(word for lang in LANGS for word in several("verify.directions", lang))
"""Words for directions, comparisons and units."""
_MONTHS = tuple(month for month in MONTHS if month != "may")
"""Months in English but the one that is another word too."""
_NEGATIONS = "".join(raw("verify.negations", lang) for lang in LANGS)
_MEASURES = frozenset(
    [
        *(label(key, lang) for key in BY_KEY for lang in LANGS),
        *(name for lang in LANGS for name in names("wordings", lang)),
    ]
)
_FIELDS = frozenset(name for lang in LANGS for name in names("fields", lang)) - _MEASURES
_OF_WHICH = re.compile(rf"^\s*(?:{'|'.join(raw('lines.of_which', lang) for lang in LANGS)})")


@frozen
class ReportVocabulary:
    """Pattern of all identifying words with their negations, and pattern of row labels."""

    word_pattern: re.Pattern[str]
    label_pattern: re.Pattern[str]

    def known_words(self, text: str) -> tuple[str, ...]:
        """Return the identifying words of a clause."""
        return tuple(self.word_pattern.findall(text.casefold()))

    def subjects(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield each row label in a text, with the position where it ends."""
        return ((found.end(), found[0]) for found in self.label_pattern.finditer(text.casefold()))


def collect_vocabulary(blocks: Sequence[ReportBlock]) -> ReportVocabulary:
    """Return the identifying words of a report."""
    heads: set[str] = set()
    rows: set[str] = set()
    for grid in filled_grids(blocks):
        wide = count_label_columns(grid)
        heads |= {word for cell in grid.rows[0][wide:] for word in cell.text.split()}
        rows |= {_OF_WHICH.sub("", cell.text).strip() for row in grid.rows[1:] for cell in row[:wide]}
    kinds = {name_of("ledgers", key, lang) for key in keys("ledgers") if key != "walk_ins" for lang in LANGS}
    return ReportVocabulary(
        _any_word(f"[{_NEGATIONS}]?", (*_DIRECTIONS, *_MONTHS, *_MEASURES, *kinds, *heads, *rows)), _any_word("", rows)
    )


def _any_word(before: str, words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of any of these words, the longest first; Latin words as whole words."""
    folded = {word.casefold() for word in words if re.search(r"[^\W\d_]", word)}
    longest_first = sorted(folded, key=lambda word: (-len(word), word))
    return re.compile(f"{before}(?:{'|'.join(f'(?<![a-z]){re.escape(word)}(?![a-z])' for word in longest_first) or '(?!)'})")


def count_label_columns(grid: Grid) -> int:
    """Return the number of label columns of a table: the first, and following ones with a field's name as head."""
    wide = 1
    for head in grid.rows[0][1:]:
        if head.text not in _FIELDS:
            break
        wide += 1
    return wide
