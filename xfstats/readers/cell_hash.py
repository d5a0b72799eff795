"""Hashes of cells and digests of rows: equal for every file format and in all workers of one run, different in the next run."""

from __future__ import annotations

from collections.abc import Iterable

from xfstats.model import Cell

MASK = (1 << 64) - 1
FIRST, LAST, SEED = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, hash("xfstats.readers") & MASK
"""Two odd constants of 64 bits, and a seed that changes from run to run as that of Python's own hashes does."""
MIDNIGHT, WHOLE = " 00:00:00", ".0"


def without_midnight(text: str) -> str:
    """Return a cell's text in the form common to all formats: a date without midnight, a whole number without ".0"."""
    return text.removesuffix(MIDNIGHT).removesuffix(WHOLE)


def hash_text(text: str) -> int:
    """Return the hash of a text, by words of eight bytes; `byte_words.hash_spans` computes the same for many texts at once."""
    data = text.encode("utf-8", "surrogatepass")
    found = mix(SEED, data) if data else mix(SEED, b"\0")
    found = (found ^ len(data)) * LAST & MASK
    return found ^ (found >> 29)


def mix(found: int, data: bytes) -> int:
    """Return a hash with further bytes mixed in, eight at a time."""
    for start in range(0, len(data), 8):
        found = (found ^ int.from_bytes(data[start : start + 8], "little")) * FIRST & MASK
        found ^= found >> 32
    return found


def hash_cell(cell: Cell) -> int:
    """Return the hash of a cell, 0 for an empty one."""
    return hash_text(without_midnight(str(cell))) if cell is not None and cell != "" else 0


_MAX_REMEMBERED = 1 << 17
"""Number of texts whose hashes are cached."""


class RowHash:
    """Digests of rows, with a cache of the hashes of their cells, as most cells repeat."""

    def __init__(self) -> None:
        """Begin with an empty cache."""
        self._known: dict[str, int] = {}

    def of(self, cells: Iterable[Cell]) -> int:
        """Return the digest of a row: the sum of its cells' hashes, equal for every format and for any order of the cells."""
        known, total = self._known, 0
        for cell in cells:
            if cell is None or cell == "":
                continue
            text = str(cell)
            if text not in known:
                if len(known) >= _MAX_REMEMBERED:
                    known.clear()
                known[text] = hash_text(without_midnight(text))
            total += known[text]
        return total & MASK
