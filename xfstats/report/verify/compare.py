"""Every figure of a report against the same report made anew: matched, different, reworded, not placed, or missing.

Figures are laid upon each other by what they say (`Figure.keys`), wherever they stand, so that a block that was moved
matches.  What is left over stands in the place of what is left over between the same neighbours; or its tag tells what it
should be; or it has no place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xfstats.report.verify.blocks import Block, Data, lines
from xfstats.report.verify.data_sheets import compared, data
from xfstats.report.verify.match import Pairs, lay, lay_in_place
from xfstats.report.verify.quoted_figures import Figure, figures
from xfstats.report.verify.words import vocabulary

Pair: TypeAlias = tuple[Figure, Figure]
"""A figure of the report, and the one that it should be."""
_DIGEST = re.compile(r"^\W*sha256 ([0-9a-f]{64})\s+(.+)$")
_LETTERS = str.maketrans("0123456789abcdef", "ghijklmnopqrstuv")
_LEVELS: tuple[Callable[[Figure], Hashable | None], ...] = (
    lambda one: one.keys[0],
    lambda one: one.keys[1] and (one.keys[1], one.value),
    lambda one: one.keys[1],
    lambda one: one.keys[2] and (one.keys[2], one.value),
    lambda one: one.keys[2],
)
"""What figures are laid upon each other by, the strictest first."""


@dataclass(frozen=True)
class Comparison:
    """How many figures match; those that differ, and those whose words alone were changed, with what they should be.

    `unplaced` stand nowhere in the report made anew, `missing` nowhere in the other.  `sheets` of data were compared by their
    cells (so many), or are not there (None).  `profile` is that of the report where another was used now.
    """

    matched: int
    different: tuple[Pair, ...] = ()
    reworded: tuple[Pair, ...] = ()
    unplaced: tuple[Figure, ...] = ()
    missing: tuple[Figure, ...] = ()
    sheets: tuple[tuple[str, int | None], ...] = ()
    profile: str | None = None


def compare(report: Sequence[Block], anew: Sequence[Block]) -> Comparison:
    """The report's figures against those of the same report made anew."""
    named = _files(report), _files(anew)
    sheets, cells, kept = compared(report, data(anew), {name: named[1].get(digest, name) for digest, name in named[0].items()})
    words = vocabulary(anew)
    ours_named, theirs_named = _stand_ins(*named)
    ours = figures(kept, words, ours_named)
    theirs = figures([block for block in anew if not isinstance(block, Data)], words, theirs_named)
    of = paired(ours, theirs)
    found = [(ours[one], theirs[other]) for one, other in sorted(of.items())]
    free = [one for place, one in enumerate(ours) if place not in of]
    taken = set(of.values())
    lost = [one for place, one in enumerate(theirs) if place not in taken]
    quoted = [(one, right) for one in free if (right := _by_tag(one, theirs))]
    names = {right.name for _, right in quoted}
    wrong = [pair for pair in found if not _agree(*pair) and not _reworded(*pair)]
    return Comparison(
        matched=sum(_agree(*pair) and pair[0].numeric for pair in found)
        + sum(_digits(one) == _digits(two) for one, two in quoted),
        different=(*_once(wrong), *(pair for pair in quoted if _digits(pair[0]) != _digits(pair[1])), *cells),
        reworded=tuple(pair for pair in found if _reworded(*pair)),
        unplaced=tuple(one for one in free if one.numeric and not _by_tag(one, theirs)),
        missing=tuple(one for one in lost if one.numeric and (one.name is None or one.name not in names)),
        sheets=sheets,
    )


def paired(ours: Sequence[Figure], theirs: Sequence[Figure]) -> Mapping[int, int]:
    """The place of each figure's counterpart, where it has one."""
    pairs = Pairs(len(ours), len(theirs))
    for level in _LEVELS:
        lay([level(one) for one in ours], [level(one) for one in theirs], pairs)
    fit: list[Callable[[Figure, Figure], bool]] = [_same, _may_stand]
    lay_in_place([lambda one, other, fits=fits: fits(ours[one], theirs[other]) for fits in fit], pairs)  # type: ignore[misc]  # bound now
    return pairs.of


def _same(mine: Figure, right: Figure) -> bool:
    """Whether two figures are the same number, by the same formula where both have one."""
    formulas = {mine.formula, right.formula} - {None}
    return mine.cell == right.cell and mine.value == right.value and len(formulas) < 2


def _may_stand(mine: Figure, right: Figure) -> bool:
    return mine.cell == right.cell and len({mine.name, right.name} - {None}) < 2


def _agree(mine: Figure, right: Figure) -> bool:
    """Whether two figures are the same number, and in the same words."""
    said = mine.keys[0] is not None and mine.keys[0] == right.keys[0]
    return _same(mine, right) and (said or (not mine.cell and mine.keys[1] == right.keys[1]))


def _reworded(mine: Figure, right: Figure) -> bool:
    """Whether two figures are the same number, in words that differ in nothing that says what it is, or its tag says it."""
    tagged = mine.name is not None and (mine.name, mine.subject) == (right.name, right.subject) and mine.known <= right.known
    return not mine.cell and _same(mine, right) and not _agree(mine, right) and (tagged or mine.keys[2] == right.keys[2])


def _by_tag(mine: Figure, theirs: Iterable[Figure]) -> Figure | None:
    """What a tagged figure should be: the one with its name, in a table or in a text as it is, and the same if one is."""
    named = [one for one in theirs if mine.name and one.name == mine.name]
    return max(named, key=lambda one: (_digits(one) == _digits(mine), one.cell == mine.cell), default=None)


def _digits(one: Figure) -> str:
    return re.sub(r"[^\d.]", "", one.text)


def _once(pairs: Iterable[Pair]) -> Iterable[Pair]:
    """Each difference; but one for all cells whose row or column alone is called otherwise."""
    seen: set[Hashable] = set()
    for mine, right in pairs:
        place = 2 if mine.keys[2] != right.keys[2] else 1
        change = (mine.keys[place], right.keys[place])
        if not (mine.cell and _same(mine, right)) or change not in seen:
            yield mine, right
        seen.add(change)


def _files(blocks: Sequence[Block]) -> dict[str, str]:
    """The names of the files that a report was made from, by their digests."""
    found = (_DIGEST.match(line.text) for line in lines(blocks))
    return {one[1]: one[2].strip() for one in found if one}


def _stand_ins(ours: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """A word for each file that both were made from, by the name that it has in each: a name is no figure, and may change."""
    words = {digest: digest[:16].translate(_LETTERS) for digest in ours.keys() & theirs.keys()}
    mine, right = ({named[digest]: word for digest, word in words.items()} for named in (ours, theirs))
    return mine, right
