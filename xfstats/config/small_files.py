"""Reading of the office's small files (profile, holidays, template, saved result): no pipes, no devices, a size limit.

Also what stands at a path; a name that the system cannot hold, or a folder that nobody may look into, is nothing.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from xfstats.errors import UsageFault
from xfstats.model import Position

SMALL, LARGE = 1024 * 1024, 64 * 1024 * 1024
"""Bytes of what people write, and of what programs do."""


def is_folder(path: Path) -> bool:
    """True if a folder is there."""
    return stat.S_ISDIR(_mode(path))


def is_file(path: Path) -> bool:
    """True if a regular file is there."""
    return stat.S_ISREG(_mode(path))


def is_there(path: Path) -> bool:
    """True if anything is there."""
    return _mode(path) != 0


def _mode(path: Path) -> int:
    """Return the mode of what stands at a path; 0 where nothing does, or nobody may look."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):  # `Path.is_file` and the like raise some of them
        return 0


def content(path: Path, most: int = SMALL) -> bytes:
    """Return the bytes of a file; raise UsageFault for no regular file or over `most` bytes, OSError as `open` does."""
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
    """Return the same as UTF-8 text, or UTF-16 with a mark, as `>` writes in PowerShell 5; raise UnicodeDecodeError too."""
    data = content(path, most)
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return data.decode(encoding).replace("\r\n", "\n")
