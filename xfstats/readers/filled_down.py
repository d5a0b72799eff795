"""Row digests after vertically merged ranges and 同上 are filled with the cell above, so that equal digests mean equal rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from xfstats.config.normalize import dittos
from xfstats.readers import byte_words
from xfstats.readers.byte_words import Places, Words
from xfstats.readers.sheet import Merge

DITTOS = byte_words.hash_texts([word.encode() for word in sorted(dittos())])
"""Hashes of the ditto words (同上 and the like)."""


def vertical(merges: Sequence[Merge]) -> dict[int, list[tuple[int, int]]]:
    """Return (first row, last row) of each merged range of several rows, by its first column."""
    found: dict[int, list[tuple[int, int]]] = {}
    for top, left, bottom, _ in sorted(merges):
        if bottom > top:
            found.setdefault(left, []).append((top, bottom))
    return found


def filled_down(
    digests: Words, rows: Places, columns: Mapping[int, Words], merges: Mapping[int, Sequence[tuple[int, int]]]
) -> Words:
    """Return the digests of rows that are not blank, corrected for the cells that are filled down in these columns."""
    found = digests.copy()
    dittos = frozenset(DITTOS.tolist())
    for column, hashes in columns.items():
        said = _column(rows.tolist(), hashes.tolist(), merges.get(column, ()), dittos)
        found += np.array(said, np.uint64) - hashes
    return found


def _column(rows: Sequence[int], hashes: Sequence[int], ranges: Sequence[tuple[int, int]], dittos: Collection[int]) -> list[int]:
    """Return the hash of each cell, or of the cell that is filled down where it is merged or a ditto; 0 where that is blank."""
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
