"""An .xls as it is stored: error cells, which calamine blanks, and texts that it does not hold (MS-CFB, MS-XLS §2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from xfstats.errors import InputFault
from xfstats.model import Position
from xfstats.read.protocol import Places

BOF, EOF, SHEET, BOOLERR, FORMULA, TEXTS, TEXT = 0x0809, 0x000A, 0x0085, 0x0205, 0x0006, 0x00FC, 0x00FD
_FREE = 0xFFFFFFFA
"""Sector numbers from here on are marks: free, end of chain, FAT."""


def book_places(data: bytes, at: Position) -> list[Places]:
    """The error cells of each sheet, in the workbook's order; empty where the container is another than expected.

    Raises InputFault for a cell whose text has no entry in the table of texts.
    """
    try:
        stream = _stream(data)
        return [] if stream is None else _sheets(stream, at)
    except (struct.error, IndexError, ValueError):
        return []


def _sheets(stream: bytes, at: Position) -> list[Places]:
    starts: list[int] = []
    texts = 0
    for kind, place, size in _records(stream, 0):
        if kind == SHEET:
            starts.append(int.from_bytes(stream[place : place + 4], "little"))
        elif kind == TEXTS and size >= 8:
            texts = int.from_bytes(stream[place + 4 : place + 8], "little")
    return [_sheet(stream, start, texts, at) for start in starts]


def _sheet(stream: bytes, start: int, texts: int, at: Position) -> Places:
    found = Places()
    for kind, place, size in _records(stream, start):
        if kind == TEXT and size >= 10 and int.from_bytes(stream[place + 6 : place + 10], "little") >= texts:
            raise InputFault("E303", at, what="a text without a number")
        if _failed(stream, kind, place, size):
            row, column = struct.unpack_from("<HH", stream, place)
            found.errors.add((row, column))
    return found


def _failed(stream: bytes, kind: int, place: int, size: int) -> bool:
    """Whether a record is a cell with an error, or a formula whose stored value is one."""
    if kind == BOOLERR:
        return size >= 8 and bool(stream[place + 7])
    return kind == FORMULA and size >= 14 and stream[place + 12 : place + 14] == b"\xff\xff" and stream[place + 6] == 2


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Each record of a substream: its kind, where its data begin, how long they are; charts within are passed over."""
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        place += 4
        depth += (kind == BOF) - (kind == EOF)
        if depth == 1:
            yield kind, place, size
        if depth <= 0:
            return
        place += size


def _stream(data: bytes) -> bytes | None:
    """The workbook's stream: the file itself where it has no container."""
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return data
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    small = 1 << struct.unpack_from("<H", data, 32)[0]
    (first_folder,) = struct.unpack_from("<I", data, 48)
    cutoff, first_small = struct.unpack_from("<II", data, 56)
    fat = _table(data, sector)
    entries = _chain(data, fat, first_folder, sector)
    root = entries[:128]
    for place in range(0, len(entries) - 127, 128):
        entry = entries[place : place + 128]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        if name.lower() in {"workbook", "book"}:
            start, size = struct.unpack_from("<IQ", entry, 116)
            size &= 0xFFFFFFFF
            if size >= cutoff:
                return _chain(data, fat, start, sector)[:size]
            (minis,) = struct.unpack_from("<I", root, 116)
            table = _numbers(_chain(data, fat, first_small, sector))
            return _chain(_chain(data, fat, minis, sector), table, start, small, begin=0)[:size]
    return None


def _table(data: bytes, sector: int) -> list[int]:
    """The file's allocation table, from the sectors that the head and its continuation name."""
    count, more = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 68)[0]
    named = list(struct.unpack_from("<109I", data, 76))
    seen: set[int] = set()
    while more < _FREE and more not in seen:
        seen.add(more)
        numbers = _numbers(data[sector + more * sector : 2 * sector + more * sector])
        named += numbers[:-1]
        more = numbers[-1]
    made: list[int] = []
    for number in named[:count]:
        if number < _FREE:
            made += _numbers(data[sector + number * sector : 2 * sector + number * sector])
    return made


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _chain(data: bytes, table: list[int], start: int, size: int, begin: int | None = None) -> bytes:
    """The sectors of one stream, one after the other; a loop ends it."""
    offset = size if begin is None else begin
    made: list[bytes] = []
    while start < _FREE and start < len(table) and len(made) <= len(table):
        made.append(data[offset + start * size : offset + (start + 1) * size])
        start = table[start]
    return b"".join(made)
