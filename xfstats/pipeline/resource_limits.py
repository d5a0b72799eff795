"""Resource limits of a process: memory and processor time within a block, no core dumps; memory in use."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress

try:
    import resource
except ImportError:  # Windows, where only the parent's time limit and the readers' limits apply
    resource = None  # type: ignore[assignment]

SPARE_SECONDS = 2
"""Seconds added to the time limit, so that the parent's clock ends the worker first and its error names the limit."""


def forbid_core_dumps() -> None:
    """Forbid core dumps of this process, which would hold the rows."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def bounded(memory: int, seconds: int) -> Iterator[None]:
    """Limit the block to `memory` bytes of address space and `seconds` more of processor time; restore the limits afterwards."""
    if resource is None:
        yield
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: math.ceil(used.ru_utime + used.ru_stime) + seconds + SPARE_SECONDS,
    }
    before = {kind: resource.getrlimit(kind) for kind in wanted}
    try:
        for kind, most in wanted.items():
            hard = before[kind][1]
            _set(kind, most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        yield
    finally:
        for kind, (soft, hard) in before.items():
            _set(kind, soft, hard)


def _set(kind: int, soft: int, hard: int) -> None:
    """Set a resource limit; do nothing where the system refuses it."""
    with suppress(ValueError, OSError):  # the system defines the constant but does not support the limit
        resource.setrlimit(kind, (soft, hard))


def memory_in_use() -> tuple[int, int]:
    """Return the bytes of address space and of resident memory of this process; zeros where /proc cannot be read."""
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 - once a file: no Path for it
            size, resident = map(int, pages.read().split()[:2])
    except (OSError, ValueError):
        return 0, 0
    page = resource.getpagesize()
    return size * page, resident * page
