"""Outline of rows: number of filled cells, the first of them, a digest over all; equal for every file format."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xfstats.frozen import frozen
from xfstats.readers.byte_words import Places, Words
from xfstats.readers.sheet import FEW


@frozen
class Outline:
    """Arrays with one entry a row."""

    filled: NDArray[np.uint16]
    first: Places
    """Index of the first cell that is not empty; -1 where none is."""
    digests: Words
    few: NDArray[np.bool_]
    """True for rows with so few filled cells that all their texts are delivered."""


def outline(starts: Places, full: NDArray[np.bool_], blank: NDArray[np.bool_] | None, hashes: Words) -> Outline:
    """Return the outline of rows whose cells begin at `starts`, from masks of not empty and of blank cells, and from hashes.

    Blank texts count as filled in a row that has more than FEW cells that are not empty and does not begin with a blank one.
    """
    if not starts.size:
        return Outline(np.zeros(0, np.uint16), starts, np.zeros(0, np.uint64), np.zeros(0, bool))
    filled = np.add.reduceat(full, starts, dtype=np.uint16)
    first = starts.copy() if full.all() else _first(starts, full)
    if blank is not None and blank.any():
        closely = (filled <= FEW) | (blank[first] & (first >= 0))
        filled = np.where(closely, filled - np.add.reduceat(blank & full, starts, dtype=np.uint16), filled)
    digests = np.add.reduceat(np.where(full, hashes, np.uint64(0)) if not full.all() else hashes, starts)
    digests[filled == 0] = 0
    return Outline(filled, first, digests, (filled <= FEW) & (filled > 0))


def _first(starts: Places, full: NDArray[np.bool_]) -> Places:
    """Return the index of each row's first cell that is not empty; -1 where it has none."""
    places = np.append(np.flatnonzero(full), full.size)
    found = places[np.searchsorted(places, starts)]
    found[found >= np.append(starts[1:], full.size)] = -1
    return found
