"""Frames: messages on the pipes of a worker, each behind its length."""

from __future__ import annotations

from typing import IO

_LENGTH = 8
"""Number of bytes that hold the length of a frame, most significant first."""


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Write one frame and flush the stream."""
    stream.write(len(content).to_bytes(_LENGTH, "big") + content)
    stream.flush()


def read_frame(stream: IO[bytes], most: int) -> bytes | None:
    """Return the next frame, None where the stream ends before or within it; raise ValueError for more than `most` bytes."""
    head = stream.read(_LENGTH)
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH:
        return None
    if length > most:
        message = f"a frame of {length} bytes"
        raise ValueError(message)
    content = stream.read(length)
    return content if len(content) == length else None
