"""Logs that a worker gets through its stdin: from that of this process, from memory, or from a store of files at a URL.

Bytes pass through and are not read.  No error tells more of a URL than its store, since the rest may be a password.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO, RawIOBase
from typing import IO, Any, cast

from xfstats.config.urls import scheme, store_of
from xfstats.errors import InputFault, UsageFault, XfstatsError
from xfstats.messages import both
from xfstats.model import Position, Source

_GONE = (404, 410)
"""What a server answers where there is no such file; fsspec says that too of a server that does not answer at all."""


@contextmanager
def opened(source: Source) -> Iterator[IO[bytes]]:
    """Yield the bytes of a log; raise InputFault, there or while it is read, where its URL does not give them."""
    if source.content is not None:
        yield BytesIO(source.content)
    elif not source.remote:
        yield sys.stdin.buffer
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                log = _open_url(source)
            except Exception as error:  # noqa: BLE001 - of any library
                raise _refusal(source, error) from None
        try:
            yield cast("IO[bytes]", _Passed(log, source))
        finally:
            log.close()


class _Passed(RawIOBase):
    """The stream of a store; what its library raises becomes an error of ours."""

    def __init__(self, log: Any, source: Source) -> None:
        self._log, self._source = log, source

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; none at the end."""
        try:
            return cast("bytes", self._log.read(size))
        except Exception as error:  # noqa: BLE001 - of any library
            raise _refusal(self._source, error) from None


def _open_url(source: Source) -> Any:
    """Return the stream of a URL, which is read from its begin to its end."""
    try:
        fsspec: Any = import_module("fsspec")
    except ImportError:
        raise UsageFault("E241", package="fsspec", extra="cluster") from None
    # one request for the whole of it: parts of several requests may be of two versions of a file
    whole = {"block_size": 0} if scheme(source.path) in {"http", "https"} else {}
    return fsspec.open(source.path, "rb", **whole).open()


def _refusal(source: Source, error: Exception) -> XfstatsError:
    """Return the error for a URL that cannot be read."""
    at = Position(source.name)
    if isinstance(error, XfstatsError):
        return error
    first = _first(error)
    if isinstance(first, FileNotFoundError) or getattr(first, "status", 0) in _GONE:
        return InputFault("E301", at)
    what = both("store.package") if isinstance(error, ImportError) else both("store.silent")
    return InputFault("E385", at, address=store_of(source.path), what=what)


def _first(error: BaseException) -> BaseException:
    """Return the error that an error came of."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error
