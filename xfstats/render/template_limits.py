"""Limits of time and memory for untrusted templates, where the system supports them."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

MAX_SECONDS = 10
MAX_MIB = 512


@contextmanager
def limit_resources() -> Iterator[None]:
    """Raise TimeoutError after MAX_SECONDS, MemoryError above MAX_MIB more memory; on the main thread of a POSIX system."""
    with _limit_memory(), _limit_time():
        yield


@contextmanager
def _limit_time() -> Iterator[None]:
    """Raise TimeoutError in the block after MAX_SECONDS."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    try:
        before = signal.signal(signal.SIGALRM, end)
    except (AttributeError, ValueError):  # Windows; another thread
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, MAX_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _limit_memory() -> Iterator[None]:
    """Limit the address space in the block to MAX_MIB more than now."""
    try:
        import resource  # noqa: PLC0415 - not on Windows

        used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        before = resource.getrlimit(resource.RLIMIT_AS)
    except (ImportError, OSError, ValueError):
        yield
        return
    most = used + MAX_MIB * 1024 * 1024
    with suppress(ValueError, OSError):  # a lower limit is in force
        resource.setrlimit(resource.RLIMIT_AS, (most if before[0] < 0 else min(most, before[0]), before[1]))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, before)
