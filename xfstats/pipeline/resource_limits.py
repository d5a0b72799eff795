"""Resource limits of a process: memory and processor time within a block, no core dumps; memory in use."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress

try:
    import resource
except ImportError:  # Windows: the parent's clock and the limits of the readers hold there
    resource = None  # type: ignore[assignment]

SPARE_SECONDS = 2
"""Behind the parent's clock, which then tells the limit by its name."""


def forbid_core_dumps() -> None:
    """Forbid core dumps of this process, which would hold the rows."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def bounded(memory: int, seconds: int) -> Iterator[None]:
    """Bound address space to `memory` bytes and processor time to `seconds` more within the block; afterwards as before."""
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
    """Set a limit, where the system has it."""
    with suppress(ValueError, OSError):  # a system that has the name and not the limit
        resource.setrlimit(kind, (soft, hard))


def memory_in_use() -> tuple[int, int]:
    """Return the bytes of address space and of resident memory of this process; zeros where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 - once a file: no Path for it
            size, resident = map(int, pages.read().split()[:2])
    except (OSError, ValueError):
        return 0, 0
    page = resource.getpagesize()
    return size * page, resident * page
