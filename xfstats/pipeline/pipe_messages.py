"""Messages on the pipes of a worker, each behind its length; `wire` says what stands in them."""

from __future__ import annotations

from typing import IO

_LENGTH = 8
"""Number of bytes that hold the length of a message, most significant first."""


def write_message(stream: IO[bytes], content: bytes) -> None:
    """Write one message and flush the stream."""
    stream.write(len(content).to_bytes(_LENGTH, "big") + content)
    stream.flush()


def read_message(stream: IO[bytes], most: int) -> bytes | None:
    """Return the next message, None where the stream ends before or within it; raise ValueError for more than `most` bytes."""
    head = stream.read(_LENGTH)
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH:
        return None
    if length > most:
        message = f"a message of {length} bytes"
        raise ValueError(message)
    content = stream.read(length)
    return content if len(content) == length else None
