"""Codes for distinct texts by their hashes; a table indexed by 16 bits of the hash finds most known ones in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from xfstats.readers.byte_words import Places, Words

_BITS = 16


@dataclass
class TextFolder:
    """A code for each distinct hash, given by the caller when the hash is first seen."""

    _known: dict[int, int] = field(default_factory=dict)
    _slots: Words = field(default_factory=lambda: np.zeros(1 << _BITS, np.uint64))
    _codes: Places = field(default_factory=lambda: np.full(1 << _BITS, -1, np.int64))

    def fold(self, hashes: Words, make: Callable[[list[int]], int]) -> Places:
        """Return the code of each hash; `make` takes the indices of hashes not seen before and returns the code of the first."""
        slots = (hashes >> np.uint64(64 - _BITS)).astype(np.int64)
        codes = self._codes[slots]
        codes[self._slots[slots] != hashes] = -1
        unknown = np.flatnonzero(codes < 0)
        if unknown.size:
            distinct, firsts, places = np.unique(hashes[unknown], return_index=True, return_inverse=True)
            seen, wanted = self._known, distinct.tolist()
            new = [place for place, one in enumerate(wanted) if one not in seen]
            if new:
                first = make(unknown[firsts[new]].tolist())
                seen.update((wanted[place], code) for code, place in enumerate(new, first))
            codes[unknown] = np.fromiter(map(seen.__getitem__, wanted), np.int64, len(wanted))[places]
            self._slots[slots[unknown]], self._codes[slots[unknown]] = hashes[unknown], codes[unknown]
        return codes
