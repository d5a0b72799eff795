"""Comparison of two reports figure by figure: matched, different, reworded, unplaced or missing.

Figures are matched by what the text says about them (`QuotedFigure.keys`), wherever they are, so a moved block matches.
Remaining figures are matched by position between matched neighbours, then by their tags; others are unplaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from xfstats.frozen import frozen
from xfstats.reports.verify.blocks import DataSheet, ReportBlock, text_lines
from xfstats.reports.verify.data_sheets import compare_data_sheets, sheets_by_head
from xfstats.reports.verify.match import Matching, match_by_key, match_by_position
from xfstats.reports.verify.quoted_figures import QuotedFigure, extract_figures
from xfstats.reports.verify.words import collect_vocabulary

FigurePair: TypeAlias = tuple[QuotedFigure, QuotedFigure]
"""Figure of the report, and the expected one."""
_DIGEST_LINE = re.compile(r"^\W*sha256 ([0-9a-f]{64})\s+(.+)$")
_LETTERS = str.maketrans("0123456789abcdef", "ghijklmnopqrstuv")
_MATCH_KEYS: tuple[Callable[[QuotedFigure], Hashable | None], ...] = (
    lambda one: one.keys[0],
    lambda one: one.keys[1] and (one.keys[1], one.value),
    lambda one: one.keys[1],
    lambda one: one.keys[2] and (one.keys[2], one.value),
    lambda one: one.keys[2],
)
"""Keys that figures are matched by, the strictest first."""


@frozen
class Comparison:
    """Number of matched figures; different and reworded ones, each with the expected one.

    `unplaced` figures have no counterpart in the regenerated report, `missing` ones none in the given report. `sheets` are the
    data sheets with the number of compared cells (None: missing). `profile` and `version` are the
    report's where others are used now.
    """

    matched: int
    different: tuple[FigurePair, ...] = ()
    reworded: tuple[FigurePair, ...] = ()
    unplaced: tuple[QuotedFigure, ...] = ()
    missing: tuple[QuotedFigure, ...] = ()
    sheets: tuple[tuple[str, int | None], ...] = ()
    profile: str | None = None
    version: str | None = None


def compare(report: Sequence[ReportBlock], regenerated: Sequence[ReportBlock]) -> Comparison:
    """Return the comparison of a report with the regenerated one."""
    named = _files_by_digest(report), _files_by_digest(regenerated)
    sheets, cells, kept = compare_data_sheets(
        report, sheets_by_head(regenerated), {name: named[1].get(digest, name) for digest, name in named[0].items()}
    )
    words = collect_vocabulary(regenerated)
    ours_named, theirs_named = _file_placeholders(*named)
    ours = extract_figures(kept, words, ours_named)
    theirs = extract_figures([block for block in regenerated if not isinstance(block, DataSheet)], words, theirs_named)
    of = pair_figures(ours, theirs)
    found = [(ours[one], theirs[other]) for one, other in sorted(of.items())]
    free = [one for place, one in enumerate(ours) if place not in of]
    taken = set(of.values())
    lost = [one for place, one in enumerate(theirs) if place not in taken]
    quoted = [(one, right) for one in free if (right := _expected_by_tag(one, theirs))]
    names = {right.name for _, right in quoted}
    wrong = [pair for pair in found if not _agrees(*pair) and not _is_reworded(*pair)]
    return Comparison(
        matched=sum(_agrees(*pair) and pair[0].numeric for pair in found)
        + sum(_digits_of(one) == _digits_of(two) for one, two in quoted),
        different=(*_without_repeats(wrong), *(pair for pair in quoted if _digits_of(pair[0]) != _digits_of(pair[1])), *cells),
        reworded=tuple(pair for pair in found if _is_reworded(*pair)),
        unplaced=tuple(one for one in free if one.numeric and not _expected_by_tag(one, theirs)),
        missing=tuple(one for one in lost if one.numeric and (one.name is None or one.name not in names)),
        sheets=sheets,
    )


def pair_figures(ours: Sequence[QuotedFigure], theirs: Sequence[QuotedFigure]) -> Mapping[int, int]:
    """Return the index of each figure's counterpart, where it has one."""
    pairs = Matching(len(ours), len(theirs))
    for level in _MATCH_KEYS:
        keys = [level(one) for one in ours], [level(one) for one in theirs]
        match_by_key(*keys, pairs, lambda one, other: ours[one].value == theirs[other].value)
    _match_repeats(ours, theirs, pairs)
    fit: list[Callable[[QuotedFigure, QuotedFigure], bool]] = [_is_same_number, _may_correspond]
    match_by_position([lambda one, other, fits=fits: fits(ours[one], theirs[other]) for fits in fit], pairs)  # type: ignore[misc]  # bound now
    return pairs.counterparts


def _match_repeats(ours: Sequence[QuotedFigure], theirs: Sequence[QuotedFigure], pairs: Matching) -> None:
    """Match the sentences that a text says more often than the regenerated one does."""
    said = dict(_statements(theirs))
    for statement, places in _statements(ours):
        for place, other in zip(places, said.get(statement, ()), strict=False):
            pairs.counterparts.setdefault(place, other)


def _statements(figures: Sequence[QuotedFigure]) -> Iterator[tuple[Hashable, list[int]]]:
    """Yield each sentence with its figures, and their positions."""
    for sentence, run in groupby(range(len(figures)), lambda place: _sentence_start(figures, place)):
        places = list(run)
        if sentence is not None:
            yield (figures[sentence].keys[0], *(figures[place].value for place in places)), places


def _sentence_start(figures: Sequence[QuotedFigure], place: int) -> int | None:
    """Return the position of the first figure of a figure's sentence; None of a cell, or where no words stand around it."""
    key = figures[place].keys[0]
    return place - key[2] if isinstance(key, tuple) and key[0] == "sentence" else None


def _is_same_number(mine: QuotedFigure, right: QuotedFigure) -> bool:
    """True if two figures are the same number, by the same formula where both have one."""
    formulas = {mine.formula, right.formula} - {None}
    return mine.in_cell == right.in_cell and mine.value == right.value and len(formulas) < 2


def _may_correspond(mine: QuotedFigure, right: QuotedFigure) -> bool:
    """True if two figures may be counterparts: both in a cell or both in text, days alike or none, and of one name."""
    alike = mine.in_cell == right.in_cell and mine.parts_of_day == right.parts_of_day
    return alike and (mine.name is None or mine.name == right.name)


def _agrees(mine: QuotedFigure, right: QuotedFigure) -> bool:
    """True if two figures are the same number in the same words."""
    same_sentence = mine.keys[0] is not None and mine.keys[0] == right.keys[0]
    return _is_same_number(mine, right) and (same_sentence or (not mine.in_cell and mine.keys[1] == right.keys[1]))


def _is_reworded(mine: QuotedFigure, right: QuotedFigure) -> bool:
    """True if two figures are the same number in other words that mean the same, or with the same tag."""
    tagged = (
        mine.name is not None
        and (mine.name, mine.subject) == (right.name, right.subject)
        and mine.known_words <= right.known_words
    )
    return (
        not mine.in_cell
        and _is_same_number(mine, right)
        and not _agrees(mine, right)
        and (tagged or mine.keys[2] == right.keys[2])
    )


def _expected_by_tag(mine: QuotedFigure, theirs: Iterable[QuotedFigure]) -> QuotedFigure | None:
    """Return the figure with the same name, preferably the same number and in the same kind of place; None without one."""
    named = [one for one in theirs if mine.name and one.name == mine.name]
    return max(named, key=lambda one: (_digits_of(one) == _digits_of(mine), one.in_cell == mine.in_cell), default=None)


def _digits_of(one: QuotedFigure) -> str:
    """Return the digits and decimal points of a figure."""
    return re.sub(r"[^\d.]", "", one.text)


def _without_repeats(pairs: Iterable[FigurePair]) -> Iterable[FigurePair]:
    """Yield each difference; only one for all cells whose row or column has another label."""
    seen: set[Hashable] = set()
    for mine, right in pairs:
        place = 2 if mine.keys[2] != right.keys[2] else 1
        change = (mine.keys[place], right.keys[place])
        if not (mine.in_cell and _is_same_number(mine, right)) or change not in seen:
            yield mine, right
        seen.add(change)


def _files_by_digest(blocks: Sequence[ReportBlock]) -> dict[str, str]:
    """Return the names of the files that a report was made from, by digest."""
    found = (_DIGEST_LINE.match(line.text) for line in text_lines(blocks))
    return {one[1]: one[2].strip() for one in found if one}


def _file_placeholders(ours: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return a placeholder for each common input, by its name in either report, so that a renamed file matches."""
    words = {digest: digest[:16].translate(_LETTERS) for digest in ours.keys() & theirs.keys()}
    mine, right = ({named[digest]: word for digest, word in words.items()} for named in (ours, theirs))
    return mine, right
