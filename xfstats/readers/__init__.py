"""A file → its sheets, by first bytes; the one way in."""

from __future__ import annotations

import hashlib
import os
import stat
import sys

from xfstats.config.limits import check, limit
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.model import Position, Source
from xfstats.readers.base import Reader
from xfstats.readers.formats import sniff

__all__ = ["open_source"]


def open_source(source: Source, plan: Plan) -> Reader:
    """A reader for the file; raises InputFault for what is missing, no regular file, damaged or no table."""
    at = Position(source.name)
    data = _stdin(plan, at) if source.stdin else _bytes(source.path, plan, at)
    form = sniff(data, at)
    sha256 = hashlib.sha256(data).hexdigest()
    match form:
        case "text":
            from xfstats.readers.csv_scan import CsvReader  # noqa: PLC0415 - each format pays for its own reader

            return CsvReader(data, sha256, plan, at)
        case "html":
            from xfstats.readers.html import read_html  # noqa: PLC0415 - as above

            return read_html(data, sha256, plan, at)
        case "xml":
            from xfstats.readers.html import read_spreadsheetml  # noqa: PLC0415 - as above

            return read_spreadsheetml(data, sha256, plan, at)
        case "parquet":
            from xfstats.readers.parquet import read_parquet  # noqa: PLC0415 - as above

            return read_parquet(data, sha256, plan, at)
        case "xlsx":
            from xfstats.readers.xlsx.reader import XlsxReader  # noqa: PLC0415 - as above

            return XlsxReader(data, sha256, plan, at)
        case _:
            from xfstats.readers.workbooks import open_workbook  # noqa: PLC0415 - as above

            return open_workbook(data, form, sha256, plan, at)


def _stdin(plan: Plan, at: Position) -> bytes:
    data = sys.stdin.buffer.read(limit("file_bytes", plan) + 1)
    check("file_bytes", len(data), plan, at)
    return data


def _bytes(path: str, plan: Plan, at: Position) -> bytes:
    """A regular file's bytes, unchanged while they were read; a FIFO or device is refused without waiting for it."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise InputFault("E301", at) from None
    except PermissionError:
        raise InputFault("E315", at) from None
    except OSError:
        raise InputFault("E314", at) from None
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        os.close(handle)
        raise InputFault("E314", at)
    with os.fdopen(handle, "rb") as file:
        check("file_bytes", before.st_size, plan, at)
        try:
            data = file.read(limit("file_bytes", plan) + 1)
        except OSError:
            raise InputFault("E314", at) from None
        check("file_bytes", len(data), plan, at)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise InputFault("E308", at)
    return data
