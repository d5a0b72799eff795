"""Folder of a cache: made for its owner alone, marked as ours, with a random key; its entries listed and cleared.

Nothing in it is touched that is not named as we name our files.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from xfstats.config.small_files import content
from xfstats.errors import UsageFault, XfstatsError
from xfstats.model import Position

KEY, TAG = "xfstats.key", "CACHEDIR.TAG"
MARK = b"(xfstats/1)"
KEY_BYTES = 32
TAG_TEXT = b"""Signature: 8a477f597d28d172789f06886806bc55
# Tallies that xfstats keeps (xfstats/1): whole numbers, labels and keyed digests, no rows. It may be deleted at any time.
# Backup programs leave a folder out that has this file (https://bford.info/cachedir/).
"""
"""What marks a folder as a cache, for us and for programs that make backups."""
ENTRY = re.compile(r"[0-9a-f]{64}\.tally")
"""Name of an entry: a keyed digest of all that decides it."""
_TEMPORARY = re.compile(r"\.[0-9a-f]{64}\.tally\.\d+-\d+\.tmp|\.(?:xfstats\.key|CACHEDIR\.TAG)\.\d+-\d+\.tmp")
NO_ROOM = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EROFS])
"""Errors of a disk on which nothing more can be written."""
HEAD = re.compile(rb"xfstats/1 tally ([0-9A-Za-z.+-]{1,40}) ([0-9-]{10}) ([0-9a-f]{64})\n")
"""First line of an entry: the version that wrote it, the day that it was judged by, the keyed digest of the rest."""
LONGEST_HEAD = 256
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


@dataclass
class Contents:
    """What a cache holds: its entries, their bytes, and how many each version of xfstats wrote ("" where that cannot be told)."""

    entries: int = 0
    size: int = 0
    versions: Counter[str] = field(default_factory=Counter)


def open_folder(folder: Path) -> bytes:
    """Return the key of a cache, which is made where there is none; raise UsageFault for a folder that cannot be one.

    Raises OSError where the disk takes nothing more.
    """
    at = Position(folder.name or str(folder))
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _check_owner(folder, at)
        if not _is_marked(folder):
            names = os.listdir(folder)  # noqa: PTH208 - names alone
            if not all(map(_is_own, names)) or (TAG in names and not _is_marked(folder)):  # another run may just have marked it
                raise UsageFault("E367", at)
            _write_new(folder, TAG, TAG_TEXT)
        folder.chmod(0o700)
        key = _read_key(folder)
        if key is None:
            _write_new(folder, KEY, os.urandom(KEY_BYTES))
            key = _read_key(folder)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise
        raise UsageFault("E368", at) from None
    except ValueError:  # a NUL in the name
        raise UsageFault("E368", at) from None
    if key is None:
        raise UsageFault("E368", at)
    return key


def look_into(folder: Path) -> Contents:
    """Return what a cache holds; raise UsageFault for a folder that is none."""
    found = Contents()
    for path in _own_files(folder):
        if ENTRY.fullmatch(path.name):
            with suppress(OSError):  # another run has just replaced or cleared it
                found.size += path.stat().st_size
                with path.open("rb") as file:
                    head = HEAD.match(file.read(LONGEST_HEAD))
                found.entries += 1
                found.versions[head[1].decode() if head else ""] += 1
    return found


def clear(folder: Path) -> Contents:
    """Delete the entries of a cache, its key and what ended runs left of either; return what it held.

    The folder stays, with its mark.  Raises UsageFault for a folder that is no cache, and where a file cannot be deleted.
    """
    held = look_into(folder)
    try:
        for path in _own_files(folder):
            if path.name != TAG:
                path.unlink(missing_ok=True)
    except OSError:
        raise UsageFault("E368", Position(folder.name or str(folder))) from None
    return held


def write_whole(folder: Path, name: str, data: bytes) -> None:
    """Write a file of the folder, readable by its owner alone; others see it whole or not at all.  Raises OSError."""
    temporary = _write_temporary(folder, name, data)
    try:
        os.replace(temporary, folder / name)  # noqa: PTH105 - the one call that is atomic everywhere
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


def _write_new(folder: Path, name: str, data: bytes) -> None:
    """Write a file of the folder unless it is there; of two runs that do so at once one wins, and both see its file."""
    temporary = _write_temporary(folder, name, data)
    try:
        os.link(temporary, folder / name)
    except FileExistsError:
        pass
    except OSError as error:
        if error.errno in NO_ROOM:
            raise
        os.replace(temporary, folder / name)  # noqa: PTH105 - not every file system has links
    finally:
        with suppress(OSError):
            temporary.unlink()


def _write_temporary(folder: Path, name: str, data: bytes) -> Path:
    """Write a temporary file beside the one of this name, and return its path; leave none where that fails."""
    temporary = folder / f".{name}.{os.getpid()}-{int.from_bytes(os.urandom(4), 'big')}.tmp"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _read_key(folder: Path) -> bytes | None:
    """Return the key; None where there is none, or what is there is none."""
    try:
        key = content(folder / KEY, KEY_BYTES)
    except FileNotFoundError:
        return None
    except XfstatsError:
        key = b""
    if len(key) == KEY_BYTES:
        return key
    with suppress(OSError):  # what is there is no key: without it no entry can be read, so it is made anew
        (folder / KEY).unlink()
    return None


def _check_owner(folder: Path, at: Position) -> None:
    """Raise UsageFault where the folder is another user's, or a cache into which others may write: its entries may be forged."""
    if not hasattr(os, "geteuid"):
        return
    found = folder.stat()
    if found.st_uid != os.geteuid() or (found.st_mode & _OTHERS_WRITE and (folder / KEY).exists()):
        raise UsageFault("E366", at)


def _own_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a cache that are ours by their names; raise UsageFault for a folder that is none."""
    at = Position(folder.name or str(folder))
    try:
        if not _is_marked(folder):
            raise UsageFault("E369", at)
        _check_owner(folder, at)
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names alone
    except (OSError, ValueError):
        raise UsageFault("E368", at) from None
    yield from (folder / name for name in names if _is_own(name))


def _is_marked(folder: Path) -> bool:
    """True if the folder has our mark; other programs mark their caches by a file of the same name.  Raises OSError."""
    try:
        return MARK in content(folder / TAG)
    except (FileNotFoundError, XfstatsError):
        return False


def _is_own(name: str) -> bool:
    """True if a file is named as we name ours."""
    return name in {KEY, TAG} or bool(ENTRY.fullmatch(name) or _TEMPORARY.fullmatch(name))
