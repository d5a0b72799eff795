"""Sets of digests of 64 bits as sorted bytes: eight bytes a digest, in a worker's answer and in the process that compares.

The order of the eight bytes is that of the machine, since a set is made and compared on one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

WIDTH = 8
"""Bytes of a digest."""
MOST_AT_ONCE = 250_000
"""Digests of all sets together that are compared at once, so that memory does not grow with them."""
_FIRST, _RANGE = -(1 << 63), 1 << 64


def packed(digests: Iterable[int]) -> bytes:
    """Return the set of these signed numbers of 64 bits."""
    return array("q", sorted(set(digests))).tobytes()


def size(digests: bytes) -> int:
    """Return the number of digests of a set."""
    return len(digests) // WIDTH


def within(one: bytes, other: bytes) -> bool:
    """True if the other set has every digest of the first."""
    return frozenset(memoryview(one).cast("q")) <= frozenset(memoryview(other).cast("q"))


def shared(sets: Sequence[bytes]) -> dict[int, list[int]]:
    """Return the digests that stand in several of these sets, each with the places of its sets, in their order.

    The work is as long as the sets together, and as what they share.
    """
    views = [memoryview(one).cast("q") for one in sets]
    parts = 1 + sum(map(len, views)) // MOST_AT_ONCE
    ends = [_FIRST + _RANGE * part // parts for part in range(1, parts)]
    cuts = [[0, *(bisect_left(view, end) for end in ends), len(view)] for view in views]
    found: dict[int, list[int]] = {}
    for part in range(parts):
        seen: set[int] = set()
        several: set[int] = set()
        own = [view[cut[part] : cut[part + 1]] for view, cut in zip(views, cuts, strict=True)]
        for digests in own:
            new = set(digests)
            several |= new & seen
            seen |= new
        if several:
            for place, digests in enumerate(own):
                for digest in several.intersection(digests):
                    found.setdefault(digest, []).append(place)
    return found
