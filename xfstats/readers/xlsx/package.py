"""Reader of the parts of a zipped workbook, inflated in steps within a limit; the package is not copied."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, Protocol

from xfstats.config.limits import check_limit
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.messages import both
from xfstats.model import Position
from xfstats.readers.base import part_name
from xfstats.readers.xlsx.xml_tags import HandOver

STEP = 1 << 17
"""Bytes of the file that are inflated at a time."""
_LOCAL, _HEAD = b"PK\x03\x04", struct.Struct("<4s22xHH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8 = 0x1, 0x800
_BARRED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LONGEST_BARRED = 10
_XML = (".xml", ".rels")
_BEFORE = b"\xef\xbb\xbf \t\r\n"
PICTURES = "/media/"


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes) -> bytes: ...


def _inflater() -> _Inflater:
    """Return a decompressor of raw deflate data: isal's where it is installed, which is faster, else zlib's."""
    try:
        from isal import isal_zlib  # noqa: PLC0415 - it has no wheel for some machines
    except ImportError:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    inflater: _Inflater = isal_zlib.decompressobj(-zlib.MAX_WBITS)
    return inflater


class Package:
    """An open package.  The first time a part is read to its end, its CRC, its size and its XML are checked."""

    def __init__(self, data: bytes, plan: Plan, at: Position) -> None:
        """Read the list of parts; raises InputFault for a damaged zip, too many parts, or one of them twice."""
        self._data, self._plan, self._at = data, plan, at
        self._checked: set[str] = set()
        self._inflated = 0
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, IndexError):
            raise InputFault("E303", at, what=both("damage.zip")) from None
        check_limit("zip_parts", len(members), plan, at)
        if max(Counter(part_name(member.filename) for member in members).values(), default=0) > 1:
            raise InputFault("E303", at, what="a part twice")
        self._members = {member.filename: member for member in members}
        self._names = {name.lower(): name for name in self._members}

    def find(self, name: str) -> str | None:
        """Return a part's name as the package spells it, ignoring case; None where there is no such part."""
        return self._names.get(name.lower())

    def unchecked(self) -> list[str]:
        """Return the names of the parts that were not yet read to the end, in the order of the package."""
        return [name for name in self._members if name not in self._checked]

    def read(self, name: str) -> bytes:
        """Return all bytes of a part; raises InputFault as `inflate` does."""
        return b"".join(self.inflate(name))

    def inflate(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes; raises InputFault for damage, beyond the limit, and for XML with DOCTYPE or ENTITY."""
        try:
            yield from self._inflate(self._members[name])
        except _damage():
            raise InputFault("E303", self._at, what=both("damage.zip")) from None

    def _inflate(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        first = member.filename not in self._checked
        seen = _Seen(member, self._at)
        for content in _pieces(self._data, member, self._at):
            if first:
                self._inflated += len(content)
                check_limit("inflated_bytes", self._inflated, self._plan, self._at)
                seen.add(content)
            if content:
                yield content
        if first:
            seen.end()
            self._checked.add(member.filename)


def _damage() -> tuple[type[Exception], ...]:
    """Return the exceptions that are raised for damaged deflate data."""
    try:
        from isal import isal_zlib  # noqa: PLC0415 - as above
    except ImportError:
        return zlib.error, struct.error
    error: Any = isal_zlib.IsalError
    return zlib.error, struct.error, error


def _pieces(data: bytes, member: zipfile.ZipInfo, at: Position) -> Iterator[bytes]:
    """Yield one member's content, by its central directory entry; raises InputFault where its local header disagrees."""
    if member.flag_bits & _ENCRYPTED:
        raise InputFault("E302", at)
    if member.compress_type not in {_STORED, _DEFLATED}:
        raise HandOver("another method of compression")
    signature, name, extra = _HEAD.unpack_from(data, member.header_offset)
    behind = member.header_offset + _HEAD.size
    start = behind + name + extra
    end = start + member.compress_size
    own = data[behind : behind + name].decode("utf-8" if member.flag_bits & _UTF8 else "cp437", "replace")
    if signature != _LOCAL or own != member.orig_filename or end > len(data):
        raise InputFault("E303", at, what=both("damage.zip"))
    inflater = _inflater() if member.compress_type == _DEFLATED else None
    for place in range(start, end, STEP):
        piece = data[place : min(place + STEP, end)]
        yield inflater.decompress(piece) if inflater else piece
    if inflater and not inflater.eof:
        raise InputFault("E303", at, what=both("damage.zip"))


class _Seen:
    """Check of a part while it is read: its CRC and size, no zero bytes in XML, no DOCTYPE or ENTITY."""

    def __init__(self, member: zipfile.ZipInfo, at: Position) -> None:
        self._member, self._at = member, at
        self._crc = self._size = 0
        self._end = b""
        self._named = member.filename.lower().endswith(_XML)
        self._xml: bool | None = True if self._named else None

    def add(self, content: bytes) -> None:
        """Check the next bytes; raises InputFault for zero bytes, DOCTYPE or ENTITY in XML."""
        self._crc, self._size = zlib.crc32(content, self._crc), self._size + len(content)
        if self._xml is None and content:
            self._xml = content[:64].lstrip(_BEFORE).startswith(b"<")
        if self._named and b"\0" in content:
            raise InputFault("E303", self._at, what="XML")
        if self._xml and (b"!" in content or b"!" in self._end) and _BARRED.search(self._end + content):
            raise InputFault("E322", self._at)
        self._end = content[-_LONGEST_BARRED:]

    def end(self) -> None:
        """Compare CRC and size with the central directory; raises InputFault where they differ."""
        if self._crc != self._member.CRC or self._size != self._member.file_size:
            raise InputFault("E303", self._at, what=both("damage.zip"))
