"""The office's own files (profile, holidays, template, saved result): regular ones of a bounded size, never waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from xfstats.errors import UsageFault
from xfstats.model import Position

SMALL, LARGE = 1024 * 1024, 64 * 1024 * 1024
"""Bytes of what people write, and of what programs do."""


def content(path: Path, most: int = SMALL) -> bytes:
    """The bytes of a file; raises UsageFault for a pipe, a device or a folder, and over `most` bytes; OSError as `open` does."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UsageFault("E286", Position(path.name))
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(most + 1)
    finally:
        os.close(handle)
    if len(data) > most:
        raise UsageFault("E287", Position(path.name), value=most)
    return data


def text(path: Path, most: int = SMALL) -> str:
    """The same as UTF-8 text; raises UnicodeDecodeError too."""
    return content(path, most).decode("utf-8-sig").replace("\r\n", "\n")
