"""The hash of one cell's text, the same from every format and the same in every worker of a run, and good for nothing else."""

from __future__ import annotations

from xfstats.model import Cell

MASK = (1 << 64) - 1
FIRST, LAST, SEED = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, hash("xfstats.readers") & MASK
"""Two odd constants of MurmurHash and xxHash; the seed is another one in every run, as that of Python's own hashes is."""
MIDNIGHT, WHOLE = " 00:00:00", ".0"


def plain(text: str) -> str:
    """Return a cell's text as all formats write it: a day without its midnight, a whole number without its decimals."""
    return text.removesuffix(MIDNIGHT).removesuffix(WHOLE)


def hash_text(text: str) -> int:
    """Return the hash of a text, by words of eight bytes; `byte_words` does the same for many texts at once."""
    data = text.encode("utf-8", "surrogatepass")
    found = SEED
    for start in range(0, len(data) or 1, 8):
        found = (found ^ int.from_bytes(data[start : start + 8], "little")) * FIRST & MASK
        found ^= found >> 32
    found = (found ^ len(data)) * LAST & MASK
    return found ^ (found >> 29)


def hash_cell(cell: Cell) -> int:
    """Return the hash of a cell, 0 for an empty one."""
    return hash_text(plain(str(cell))) if cell is not None and cell != "" else 0
