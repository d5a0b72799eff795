"""Matching of two sequences by keys in any order, then by neighbours (after Heckel, 1978)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterator, Mapping, Sequence
from typing import TypeAlias

MatchKeys: TypeAlias = Sequence[Hashable | None]
"""Key of each position; None matches nothing."""


class Matching:
    """Positions of one sequence and their counterparts in the other."""

    def __init__(self, ours: int, theirs: int) -> None:
        self.our_count, self.their_count = ours, theirs
        self.counterparts: dict[int, int] = {}
        self.taken: set[int] = set()

    def join(self, one: int, other: int) -> None:
        """Make two free positions counterparts; do nothing where one is matched already."""
        if one not in self.counterparts and other not in self.taken:
            self.counterparts[one] = other
            self.taken.add(other)

    def expected_counterpart(self, one: int, step: int) -> int | None:
        """Return the position next to (`step` 1 or -1) the counterpart of a neighbour; ends match ends."""
        ends = {-1: -1, self.our_count: self.their_count}
        other = ends.get(one - step, self.counterparts.get(one - step, -2)) + step
        return other if 0 <= other < self.their_count else None


def match_by_key(ours: MatchKeys, theirs: MatchKeys, pairs: Matching, alike: Callable[[int, int], bool]) -> None:
    """Match free positions with equal keys: unique keys, neighbours of matches, what is alike, the rest in order."""
    mine, right = _positions_by_key(ours, pairs.counterparts), _positions_by_key(theirs, pairs.taken)
    for key, places in mine.items():
        if len(places) == len(right.get(key, ())) == 1:
            pairs.join(places[0], right[key][0])
    for step, order in ((1, range(len(ours))), (-1, reversed(range(len(ours))))):
        for one in order:
            other = pairs.expected_counterpart(one, step)
            if other is not None and ours[one] is not None and ours[one] == theirs[other]:
                pairs.join(one, other)
    for key, places in mine.items():
        for one in places:
            equal = (other for other in right.get(key, ()) if other not in pairs.taken and alike(one, other))
            if one not in pairs.counterparts and (other := next(equal, None)) is not None:
                pairs.join(one, other)
        free = [other for other in right.get(key, ()) if other not in pairs.taken]
        for one, other in zip([one for one in places if one not in pairs.counterparts], free, strict=False):
            pairs.join(one, other)


def _positions_by_key(keys: MatchKeys, taken: Container[int]) -> Mapping[Hashable, list[int]]:
    """Return the free positions by key."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key is not None and place not in taken:
            found[key].append(place)
    return found


def match_by_position(fit: Sequence[Callable[[int, int], bool]], pairs: Matching) -> None:
    """Match free positions between the same matched neighbours in order, by the first of the conditions that holds."""
    for run in list(_free_runs(pairs)):
        stretch = _free_neighbours(run[0], 1, pairs) or _free_neighbours(run[-1], -1, pairs)
        for fits in fit:
            for one in run:
                other = next((other for other in stretch if other not in pairs.taken and fits(one, other)), None)
                if other is not None:
                    pairs.join(one, other)


def _free_runs(pairs: Matching) -> Iterator[list[int]]:
    """Yield runs of consecutive free positions."""
    run: list[int] = []
    for one in range(pairs.our_count + 1):
        if one < pairs.our_count and one not in pairs.counterparts:
            run.append(one)
        elif run:
            yield run
            run = []


def _free_neighbours(one: int, step: int, pairs: Matching) -> list[int]:
    """Return the free positions of the other sequence next to the counterpart of a neighbour."""
    found = []
    other = pairs.expected_counterpart(one, step)
    while other is not None and 0 <= other < pairs.their_count and other not in pairs.taken:
        found.append(other)
        other += step
    return sorted(found)
