"""Folder lock for `--lock`: at most one run at a time writes into a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xfstats.config.small_files import is_folder
from xfstats.errors import fault
from xfstats.model import Position

LOCK_NAME = ".xfstats.lock"


@contextmanager
def hold_lock(folder: Path, *, enabled: bool) -> Iterator[None]:
    """Hold the folder's lock while the block runs, where `enabled`; raise E501 at once where another run holds it.

    The operating system's file lock ends with the process, however that ends; the empty lock file stays.
    """
    if not enabled:
        yield
        return
    path = folder / LOCK_NAME
    if not is_folder(folder):
        raise fault("E405", Position(folder.name))
    try:
        handle = _open(path)
    except OSError:
        raise fault("E402", Position(LOCK_NAME)) from None
    try:
        _lock_file(handle)
        yield
    except BlockingIOError:
        raise fault("E501", Position(LOCK_NAME)) from None
    finally:
        with suppress(OSError):
            os.close(handle)


def _open(path: Path) -> int:
    """Return the lock file, opened; for reading alone where another user made it, for a lock needs no more."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        return os.open(path, os.O_RDONLY)


def _lock_file(handle: int) -> None:
    """Lock an open file without waiting; raise BlockingIOError where another process has locked it."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        import msvcrt  # noqa: PLC0415 - only there

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # unknown on Linux
        except OSError:
            raise BlockingIOError from None
        return
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
