"""Codes for distinct texts by their hashes; a table indexed by 16 bits of the hash finds most known ones in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from xfstats.readers.byte_words import Places, Words

_BITS = 16


@dataclass
class TextFolder:
    """A code for each distinct hash, made by the caller when the hash is first seen."""

    _known: dict[int, int] = field(default_factory=dict)
    _slots: Words = field(default_factory=lambda: np.zeros(1 << _BITS, np.uint64))
    _codes: Places = field(default_factory=lambda: np.full(1 << _BITS, -1, np.int64))

    def fold(self, hashes: Words, make: Callable[[int], int]) -> Places:
        """Return the code of each hash; `make` is called with the index of each hash not seen before and returns its code."""
        slots = (hashes >> np.uint64(64 - _BITS)).astype(np.int64)
        codes = self._codes[slots]
        codes[self._slots[slots] != hashes] = -1
        unknown = np.flatnonzero(codes < 0)
        if unknown.size:
            distinct, firsts, places = np.unique(hashes[unknown], return_index=True, return_inverse=True)
            found = [self._code(one, place, make) for one, place in zip(distinct.tolist(), unknown[firsts].tolist(), strict=True)]
            codes[unknown] = np.array(found, np.int64)[places]
            self._slots[slots[unknown]], self._codes[slots[unknown]] = hashes[unknown], codes[unknown]
        return codes

    def _code(self, one: int, place: int, make: Callable[[int], int]) -> int:
        if one not in self._known:
            self._known[one] = make(place)
        return self._known[one]
