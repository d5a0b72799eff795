"""Task on a machine of a cluster: one file is tallied by a worker process there, as on a single machine; its answer is JSON.

Dask runs `tally` in a thread of one of its own workers, which must have the same version of xfstats; nothing of a file is held by
that process but while it passes on what a store sends.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock, Timer

import xfstats
from xfstats.config.plan import Plan
from xfstats.errors import InputFault, XfstatsError
from xfstats.measures.tally import FileTally
from xfstats.model import Position, Source
from xfstats.pipeline import wire
from xfstats.pipeline.processes import Outcome, Pool

IDLE = 60.0
"""Seconds after which worker processes that no task needs are ended, should the run that had them not have done so."""


@dataclass(frozen=True)
class FileTask:
    """What is sent for each file; Dask may print it into a log, where nothing of it may be read."""

    version: str
    """Of the xfstats that asks."""
    seed: str
    """Of the hashes of all workers of the run."""
    source: bytes
    size: int | None
    """Bytes of the file as they are seen where the run was started; None where it is not seen there."""

    def __repr__(self) -> str:
        """Return no part of it."""
        return "<file>"


class _Held:
    """The worker processes of one run in this process, and how many tasks use them."""

    def __init__(self, seed: str) -> None:
        self.pool = Pool(1, seed=seed)
        self.active = 0
        self.timer: Timer | None = None


_HELD: dict[str, _Held] = {}
_LOCK = Lock()


def tally(task: FileTask, plan: bytes) -> bytes:
    """Return the encoded answer for one file: its tally, or why there is none."""
    source = wire.decode(task.source, Source)
    try:
        return encode_outcome(_outcome(task, source, wire.decode(plan, Plan)))
    except XfstatsError as error:
        return encode_outcome(error)


def end_run(seed: str) -> None:
    """End the worker processes of a run in this process, unless tasks of it are still at work."""
    with _LOCK:
        held = _HELD.get(seed)
        if held is None or held.active:
            return
        del _HELD[seed]
        if held.timer is not None:
            held.timer.cancel()
    held.pool.__exit__(None, None, None)


def encode_outcome(outcome: Outcome) -> bytes:
    """Return an outcome as the answer of a worker process."""
    if isinstance(outcome, FileTally):
        return wire.encode(wire.Answer(tally=outcome))
    return wire.encode(wire.Answer(error=wire.ErrorMessage.of(outcome)))


def _outcome(task: FileTask, source: Source, plan: Plan) -> Outcome:
    """Return the outcome of one file; raise InputFault for another version, and for a file that is another one here."""
    at = Position(source.name)
    if task.version != xfstats.__version__:  # a machine that came after the run had asked all of them
        raise InputFault("E382", at, theirs=xfstats.__version__, ours=task.version, count=1)
    if task.size is not None and _size(source.path) != task.size:
        raise InputFault("E384", at)
    with _workers(task.seed) as pool:
        return pool.tally_files([source], plan)[0]


def _size(path: str) -> int | None:
    """Return the bytes of a file; None where there is none."""
    try:
        return os.stat(path).st_size  # noqa: PTH116 - a path is not needed for it
    except (OSError, ValueError):
        return None


@contextmanager
def _workers(seed: str) -> Iterator[Pool]:
    """Yield the worker processes of a run, which are ended some time after its last task here."""
    with _LOCK:
        held = _HELD.setdefault(seed, _Held(seed))
        held.active += 1
        if held.timer is not None:
            held.timer.cancel()
    try:
        yield held.pool
    finally:
        with _LOCK:
            held.active -= 1
            held.timer = Timer(IDLE, end_run, (seed,))
            held.timer.daemon = True
            held.timer.start()
