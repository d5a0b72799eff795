"""OLE compound files ([MS-CFB], version 3), small and plain, so that their tables can be spoiled."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FAT_AT, DIRECTORY_AT = SECTOR, 2 * SECTOR
"""Where the only FAT sector and the directory begin in a file of `compound`."""


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of a FAT, a directory and whole streams; short ones get zeros past the mini stream's limit."""
    table = [FAT]
    slots = (len(streams) + 1 + 3) // 4
    table += [*range(2, slots + 1), END]
    bodies, entries = b"", [_entry("Root Entry", 5, END, 0, 1)]
    for number, (name, content) in enumerate(streams.items(), 1):
        data = content.ljust(4096, b"\0")
        first, count = len(table), -(-len(data) // SECTOR)
        table += [*range(first + 1, first + count), END]
        bodies += data.ljust(count * SECTOR, b"\0")
        entries.append(_entry(name, 2, first, len(data), FREE, number + 1 if number < len(streams) else FREE))
    assert len(table) <= SECTOR // 4, "one FAT sector holds 128 sectors"
    fat = struct.pack(f"<{SECTOR // 4}I", *table, *[FREE] * (SECTOR // 4 - len(table)))
    directory = b"".join(entries).ljust(slots * SECTOR, b"\0")
    head = MAGIC + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    return head + struct.pack("<109I", 0, *[FREE] * 108) + fat + directory + bodies


def _entry(name: str, kind: int, first: int, size: int, child: int, right: int = FREE) -> bytes:
    text = name.encode("utf-16-le")
    shape = struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, right, child)
    return text.ljust(64, b"\0") + shape + bytes(36) + struct.pack("<IQ", first, size)


def stream(data: bytes, first: int, size: int) -> bytes:
    """The bytes of a stream of an unspoiled file whose sectors follow each other."""
    return data[(first + 1) * SECTOR : (first + 1) * SECTOR + size]


def workbook_stream(data: bytes) -> bytes:
    """The Workbook stream of a file that xlwt wrote: its sectors come first."""
    place = data.index("Workbook".encode("utf-16-le"))
    first, size = struct.unpack_from("<II", data, place + 116)
    return stream(data, first, size)
