"""Text files as blocks of bytes, read anew at each pass so that a file on disk is not held in memory, and their UTF-8 form."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from xfstats.errors import InputFault
from xfstats.model import Position

BLOCK_BYTES = 1 << 20
"""Size of a block in bytes."""
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Blocks(Protocol):
    """A source of bytes that can be read from its beginning any number of times."""

    def read(self) -> Iterator[bytes]:
        """Yield all blocks from the first one on."""
        ...

    def close(self) -> None:
        """Release the bytes."""
        ...


class BytesInMemory:
    """Bytes in memory, such as those of a pipe, which cannot be read twice."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self) -> Iterator[bytes]:
        """Yield the blocks."""
        yield from (self._data[place : place + BLOCK_BYTES] for place in range(0, len(self._data), BLOCK_BYTES))

    def close(self) -> None:
        """Release the bytes."""
        self._data = b""


class BytesOnDisk:
    """An open file.  It is not memory-mapped: if another program truncates a mapped file, reading it kills the process."""

    def __init__(self, file: BinaryIO, seen: os.stat_result, at: Position) -> None:
        """Take a file, and its status when it was opened."""
        self._file, self._seen, self._at = file, seen, at

    def read(self) -> Iterator[bytes]:
        """Yield the blocks; raises InputFault for a file that was modified or has another size since it was opened."""
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
    """True if the size or the modification time of a file has changed."""
    now = os.fstat(file.fileno())
    return (seen.st_size, seen.st_mtime_ns) != (now.st_size, now.st_mtime_ns)


def in_utf8(blocks: Iterator[bytes], encoding: str, tell: Callable[[str], object] = len) -> Iterator[bytes]:
    """Yield a text in UTF-8; raises UnicodeDecodeError, or EOFError where only its last character is cut off.

    Each decoded block is passed to `tell`.  Blocks in UTF-8 are checked and yielded unchanged.
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
    """Yield in UTF-8 a text that was checked before; blocks in UTF-8 are not decoded again."""
    return blocks if codecs.lookup(encoding).name == "utf-8" else in_utf8(blocks, encoding)


def first_bytes(blocks: Iterator[bytes], count: int) -> bytes:
    """Return the first `count` bytes, or all where there are fewer."""
    head = b""
    while len(head) < count and (more := next(blocks, b"")):
        head += more
    return head[:count]


def skip_bytes(blocks: Iterator[bytes], count: int) -> Iterator[bytes]:
    """Yield the blocks without their first `count` bytes."""
    for block in blocks:
        if len(block) > count:
            yield block[count:]
        count = max(0, count - len(block))
