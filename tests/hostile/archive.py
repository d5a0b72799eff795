"""Zip archives byte by byte, so that their headers can lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

DEFLATED = 8


@dataclass
class Entry:
    """One member; `local` and `central` overwrite what the two headers say: flags method crc packed size name."""

    name: str
    data: bytes
    local: Mapping[str, int | str] = field(default_factory=dict)
    central: Mapping[str, int | str] = field(default_factory=dict)
    packed: bytes | None = None
    told: tuple[int, int] | None = None
    """The crc and the size of data that was packed beforehand."""


def pack(entries: Iterable[Entry], comment: bytes = b"") -> bytes:
    """The archive."""
    body, directory, count = bytearray(), bytearray(), 0
    for entry in entries:
        packed = deflated(entry.data) if entry.packed is None else entry.packed
        crc, size = entry.told or (zlib.crc32(entry.data), len(entry.data))
        true = {"flags": 0x800, "method": DEFLATED, "crc": crc, "packed": len(packed), "size": size, "name": entry.name}
        place = len(body)
        body += _header(b"PK\x03\x04", "<HHHHHIIIHH", (20,), {**true, **entry.local}, (0,)) + packed
        directory += _header(b"PK\x01\x02", "<HHHHHHIIIHHHHHII", (20, 20), {**true, **entry.central}, (0, 0, 0, 0, 0, place))
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(body), len(comment))
    return bytes(body + directory) + b"PK\x05\x06" + end + comment


def _header(magic: bytes, form: str, versions: tuple[int, ...], says: Mapping[str, int | str], rest: tuple[int, ...]) -> bytes:
    name = str(says["name"]).encode("utf-8", "surrogateescape")
    sizes = (says["crc"], says["packed"], says["size"], len(name))
    return magic + struct.pack(form, *versions, says["flags"], says["method"], 0, 0x21, *sizes, *rest) + name


def deflated(data: bytes) -> bytes:
    """A raw deflate stream."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def bomb(name: str, mebibytes: int, start: bytes = b"", end: bytes = b"") -> Entry:
    """A member that inflates to so many MiB of blanks between two texts, made without holding them."""
    block = b" " * (1 << 20)
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = squeeze.compress(start) + squeeze.flush(zlib.Z_FULL_FLUSH)
    one = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
    tail = squeeze.compress(end) + squeeze.flush()
    crc = zlib.crc32(start)
    for _ in range(mebibytes):
        crc = zlib.crc32(block, crc)
    size = len(start) + mebibytes * len(block) + len(end)
    return Entry(name, b"", packed=head + one * mebibytes + tail, told=(zlib.crc32(end, crc), size))
