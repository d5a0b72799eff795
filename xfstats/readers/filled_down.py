"""Digests of rows as they read once merged ranges and 同上 say what stands above: two rows are the same only where these are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from xfstats.config.normalize import dittos
from xfstats.readers import byte_words
from xfstats.readers.byte_words import Places, Words
from xfstats.readers.sheet import Merge

DITTOS = byte_words.hash_texts([word.encode() for word in sorted(dittos())])
"""The hashes of the cells that say what the cell above says."""


def vertical(merges: Sequence[Merge]) -> dict[int, list[tuple[int, int]]]:
    """Return the first and last row of each range of several rows, by its first column."""
    found: dict[int, list[tuple[int, int]]] = {}
    for top, left, bottom, _ in sorted(merges):
        if bottom > top:
            found.setdefault(left, []).append((top, bottom))
    return found


def filled_down(
    digests: Words, rows: Places, columns: Mapping[int, Words], merges: Mapping[int, Sequence[tuple[int, int]]]
) -> Words:
    """Return the digests of rows that are not blank, given their numbers and the hashes of their cells in some columns."""
    found = digests.copy()
    dittos = frozenset(DITTOS.tolist())
    for column, hashes in columns.items():
        said = _column(rows.tolist(), hashes.tolist(), merges.get(column, ()), dittos)
        found += np.array(said, np.uint64) - hashes
    return found


def _column(rows: Sequence[int], hashes: Sequence[int], ranges: Sequence[tuple[int, int]], dittos: Collection[int]) -> list[int]:
    """Return the hash of each cell, or of the one above where it is covered or a ditto; 0 where that is blank."""
    found: list[int] = []
    waiting = list(ranges)[::-1]
    last, covering = -1, 0
    for row, own in zip(rows, hashes, strict=True):
        said = covering if row <= last else own
        if said in dittos and found:
            said = found[-1]
        while waiting and waiting[-1][0] <= row:
            top, last = waiting.pop()
            covering = said if top == row else 0
        found.append(said)
    return found
