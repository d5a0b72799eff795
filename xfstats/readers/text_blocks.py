"""The bytes of a text file in blocks, read anew at each pass, so that a file on disk is not held; and the same in UTF-8."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from xfstats.errors import InputFault
from xfstats.model import Position

BLOCK_BYTES = 1 << 20
"""Bytes of a block."""
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Blocks(Protocol):
    """What can be read from its begin as often as wanted."""

    def read(self) -> Iterator[bytes]:
        """Yield the blocks from the first one on."""
        ...

    def close(self) -> None:
        """Let go of the bytes."""
        ...


class BytesInMemory:
    """Bytes in memory, such as those of a pipe, which cannot be read twice."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self) -> Iterator[bytes]:
        """Yield the blocks."""
        yield from (self._data[place : place + BLOCK_BYTES] for place in range(0, len(self._data), BLOCK_BYTES))

    def close(self) -> None:
        """Let go of the bytes."""
        self._data = b""


class BytesOnDisk:
    """An open file.  It is not mapped: a mapped file that another program cuts off ends the process that looks at it."""

    def __init__(self, file: BinaryIO, seen: os.stat_result, at: Position) -> None:
        """Take a file, and what the system said of it when it was opened."""
        self._file, self._seen, self._at = file, seen, at

    def read(self) -> Iterator[bytes]:
        """Yield the blocks; raises InputFault for a file that is longer or was written to since it was opened."""
        done = 0
        try:
            self._file.seek(0)
            while block := self._file.read(BLOCK_BYTES):
                done += len(block)
                if done > self._seen.st_size:
                    break
                yield block
        except OSError:
            raise InputFault("E314", self._at) from None
        if done != self._seen.st_size or is_modified(self._file, self._seen):
            raise InputFault("E308", self._at)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def is_modified(file: BinaryIO, seen: os.stat_result) -> bool:
    """True if the system says of a file something else than it did."""
    now = os.fstat(file.fileno())
    return (seen.st_size, seen.st_mtime_ns) != (now.st_size, now.st_mtime_ns)


def in_utf8(blocks: Iterator[bytes], encoding: str, tell: Callable[[str], object] = len) -> Iterator[bytes]:
    """Yield a text in UTF-8, and tell each block of it; raises UnicodeDecodeError, EOFError where only its end is wrong.

    UTF-8 is told and checked as it is, the others decoded.
    """
    decoder, name = codecs.getincrementaldecoder(encoding)(), codecs.lookup(encoding).name
    block = next(blocks, b"")
    while block:
        behind = next(blocks, b"")
        try:
            text = decoder.decode(block, final=not behind)
        except UnicodeDecodeError as error:
            if error.end == len(error.object) and not behind:
                raise EOFError from None
            raise
        tell(text)
        yield block if name == "utf-8" else text.encode("utf-8", "surrogatepass")
        block = behind


def plain_utf8(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Yield a text that was checked before in UTF-8."""
    return blocks if codecs.lookup(encoding).name == "utf-8" else in_utf8(blocks, encoding)


def skip_bytes(blocks: Iterator[bytes], count: int) -> Iterator[bytes]:
    """Yield what stands behind the first so many bytes, which the first block holds."""
    yield next(blocks, b"")[count:]
    yield from blocks
