"""Opening of a source: the file format is detected by its first bytes, and the reader of its sheets is returned."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable
from importlib import import_module
from io import BufferedReader

from xfstats.config.limits import check_limit, limit
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.model import Position, Source
from xfstats.readers.base import Reader
from xfstats.readers.formats import begins_text, sniff
from xfstats.readers.text_blocks import BLOCK_BYTES, BytesOnDisk, is_modified

__all__ = ["open_source"]


def open_source(source: Source, plan: Plan) -> Reader:
    """Return a reader for the file; raises InputFault where it is missing, no regular file, too large, damaged or no table."""
    at = Position(source.name)
    if source.frame:
        from xfstats.readers.frame import read_frame  # noqa: PLC0415 - only the Python interface passes frames

        data = _stdin(plan, at)
        return read_frame(data, hashlib.sha256(data).hexdigest(), plan, at)
    if source.stdin:
        return _reader(_stdin(plan, at), plan, at)
    file, seen = _opened(source.path, at)
    try:
        check_limit("file_bytes", seen.st_size, plan, at)
        head = _read(file, BLOCK_BYTES, at)
        if len(head) == BLOCK_BYTES and begins_text(head, at):
            return _long_text(file, seen, plan, at)
        data = head + _rest(file, seen, len(head), plan, at)
    except BaseException:
        file.close()
        raise
    file.close()
    return _reader(data, plan, at)


def _reader(data: bytes, plan: Plan, at: Position) -> Reader:
    """Return a reader of a file whose bytes are all in memory; raises InputFault where they are no table."""
    module, name = sniff(data, at).reader.split(":")
    reader: Callable[[bytes, str, Plan, Position], Reader] = getattr(import_module(f"xfstats.readers.{module}"), name)
    return reader(data, hashlib.sha256(data).hexdigest(), plan, at)


def _stdin(plan: Plan, at: Position) -> bytes:
    data = sys.stdin.buffer.read(limit("file_bytes", plan) + 1)
    check_limit("file_bytes", len(data), plan, at)
    return data


def _opened(path: str, at: Position) -> tuple[BufferedReader, os.stat_result]:
    """Return a regular file, opened, and its status; raises InputFault for any other, a FIFO or device without waiting for it."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise InputFault("E301", at) from None
    except PermissionError:
        raise InputFault("E315", at) from None
    except OSError:
        raise InputFault("E314", at) from None
    seen = os.fstat(handle)
    if not stat.S_ISREG(seen.st_mode):
        os.close(handle)
        raise InputFault("E314", at)
    return os.fdopen(handle, "rb"), seen


def _read(file: BufferedReader, size: int, at: Position) -> bytes:
    """Return the next `size` bytes at most; raises InputFault where the file cannot be read."""
    try:
        return file.read(size)
    except OSError:
        raise InputFault("E314", at) from None


def _rest(file: BufferedReader, seen: os.stat_result, done: int, plan: Plan, at: Position) -> bytes:
    """Return the bytes not yet read; raises InputFault for a file that is too large or was modified since it was opened."""
    rest = _read(file, max(min(limit("file_bytes", plan), seen.st_size) - done, 0) + 1, at)  # a buffer of so many bytes is made
    check_limit("file_bytes", done + len(rest), plan, at)
    if is_modified(file, seen) or done + len(rest) != seen.st_size:
        raise InputFault("E308", at)
    return rest


def _long_text(file: BufferedReader, seen: os.stat_result, plan: Plan, at: Position) -> Reader:
    """Return a reader of a delimited text that is read from disk in blocks, at each pass anew."""
    from xfstats.readers.csv_scan import CsvReader  # noqa: PLC0415 - each format pays for its own reader

    text, sha256 = BytesOnDisk(file, seen, at), hashlib.sha256()
    for block in text.read():
        sha256.update(block)
    return CsvReader(text, sha256.hexdigest(), plan, at)
