"""The hash of one cell's text, the same from every format and the same in every worker of a run, and good for nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from xfstats.model import Cell

MASK = (1 << 64) - 1
FIRST, LAST, SEED = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, hash("xfstats.readers") & MASK
"""Two odd constants of MurmurHash and xxHash; the seed is another one in every run, as that of Python's own hashes is."""
MIDNIGHT, WHOLE = " 00:00:00", ".0"


def without_midnight(text: str) -> str:
    """Return a cell's text as all formats write it: a day without its midnight, a whole number without its decimals."""
    return text.removesuffix(MIDNIGHT).removesuffix(WHOLE)


def hash_text(text: str) -> int:
    """Return the hash of a text, by words of eight bytes; `byte_words` does the same for many texts at once."""
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
"""Texts whose hashes are remembered."""


class RowHash:
    """The digests of rows, by the hashes of their cells, which repeat themselves."""

    def __init__(self) -> None:
        """Begin with no text."""
        self._known: dict[str, int] = {}

    def of(self, cells: Iterable[Cell]) -> int:
        """Return the digest of a row: the same from every format, and in any order of its cells."""
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
