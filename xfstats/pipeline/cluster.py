"""Workers of many machines: each file is a task of a Dask scheduler that runs already; tallies come back as JSON.

What is merged is in the order of the sources, so the output is that of a run on one machine.  A task whose machine goes away is
given to another one.  Nothing of Dask is imported before a scheduler is asked for.
"""

from __future__ import annotations

import logging
import os
import pkgutil
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import import_module
from queue import Empty, SimpleQueue
from time import monotonic
from types import TracebackType
from typing import Any, Self

import xfstats
from xfstats.config.plan import Plan
from xfstats.errors import InputFault, UsageFault
from xfstats.measures.tally import FileTally
from xfstats.messages import both
from xfstats.model import Position, Source
from xfstats.pipeline import wire
from xfstats.pipeline.cache import Cache, Slot
from xfstats.pipeline.cluster_task import FileTask, end_run, tally
from xfstats.pipeline.processes import TICK, FileDone, Outcome, Pool, Progress, Task, rows_of, size_of

ANSWERS = 10.0
"""Seconds in which the scheduler has to answer."""
WORKERS = 30.0
"""Seconds in which a cluster without workers has to get one, at the start and later."""
RETRIES = 2
"""Times that a task which failed is tried again; how many machines may go away under one, the scheduler decides."""
_LOGGERS = ("distributed", "distributed.client", "distributed.gc", "tornado", "tornado.application")
"""Loggers to which Dask gives a handler that prints to stderr."""


@dataclass
class _Sent:
    """A file that was sent: where its tally is to be kept, its answer when there is one, and when it was sent."""

    task: Task
    slot: Slot | None
    future: Any
    begun: float


class Cluster(Pool):
    """The workers of a scheduler; what other machines cannot see, such as stdin, is read by workers of this one."""

    def __init__(
        self, address: str, jobs: int | None = None, progress: Progress = lambda _: None, cache: Cache | None = None
    ) -> None:
        """Take an address such as tcp://host:8786."""
        super().__init__(jobs, progress=progress, cache=cache)
        self._address = address
        self._client: Any = None

    def __enter__(self) -> Self:
        """Connect; raise UsageFault where Dask is missing, InputFault for no answer, no workers or another version."""
        try:
            self._client = _connect(self._address)
            with _silence():
                self._check_versions()
        except BaseException as error:
            self.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the connection, and the worker processes of this run everywhere."""
        client, self._client = self._client, None
        if client is not None:
            with _silence():
                with suppress(Exception):
                    if kind is None:  # else tasks may be at work, and the processes are ended after a while
                        client.run(end_run, self._seed, on_error="ignore")
                with suppress(Exception):
                    client.close(timeout=1)
        super().__exit__(kind, error, at)

    def tally_files(self, sources: Sequence[Source], plan: Plan) -> list[Outcome]:
        """Return the tally of each file, or why there is none, in the order of the sources."""
        plan = self._cache.keyed(plan) if self._cache else plan
        encoded = wire.encode(plan)
        tasks = [Task(place, source, size_of(source)) for place, source in enumerate(sources)]
        all_size = sum(task.size for task in tasks)
        outcomes: dict[int, Outcome] = {}

        def note(task: Task, outcome: Outcome, begun: float) -> None:
            """Keep the outcome of a file, and show the progress."""
            outcomes[task.place] = outcome
            rows, seconds = rows_of(outcome), monotonic() - begun
            self._progress(FileDone(len(outcomes), len(tasks), task.source, rows, task.size, all_size, seconds))

        with _silence():
            there = self._client.submit(bytes, encoded, pure=False, retries=RETRIES)  # sent once, and made again if it is lost
            sent: dict[int, _Sent] = {}
            done: SimpleQueue[int] = SimpleQueue()
            here: list[Task] = []
            for task in sorted(tasks, key=lambda task: -task.size):
                begun = monotonic()
                slot = self._cache.slot(task.source, plan) if self._cache else None
                found = self._cache.find(slot, plan) if self._cache and slot else None
                if found is not None:
                    note(task, found, begun)
                elif task.source.stdin and not task.source.remote:
                    here.append(task)
                else:
                    sent[task.place] = _Sent(task, slot, self._submit(task, there, done), begun)
            for task in here:
                note(task, self._tally(task, plan, encoded), monotonic())
            for one in self._answered(sent, done):
                outcome = self._received(one.future, one.task.source)
                if self._cache and one.slot and isinstance(outcome, FileTally):
                    self._cache.keep(one.slot, outcome, plan)
                note(one.task, outcome, one.begun)
        return [outcomes[place] for place in range(len(tasks))]

    def _submit(self, task: Task, plan: Any, done: SimpleQueue[int]) -> Any:
        """Send a file, and return its future answer; its place is put into `done` when that is there."""
        source, size = task.source, None
        if not source.remote:
            source = replace(source, path=os.path.abspath(source.path))  # noqa: PTH100 - links may lead elsewhere over there
            with suppress(OSError, ValueError):
                size = os.stat(source.path).st_size  # noqa: PTH116 - a path is not needed for it
        one = FileTask(xfstats.__version__, self._seed, wire.encode(source), size)
        future = self._client.submit(tally, one, plan, pure=False, retries=RETRIES)
        future.add_done_callback(lambda _, place=task.place: done.put(place))
        return future

    def _answered(self, sent: dict[int, _Sent], done: SimpleQueue[int]) -> Iterator[_Sent]:
        """Yield each file that was sent when its answer is there; raise InputFault where the cluster is gone."""
        seen = monotonic()
        while sent:
            try:
                yield sent.pop(done.get(timeout=TICK))
                seen = monotonic()
            except Empty:
                self._progress(None)
                if self._client.status != "running":
                    raise InputFault("E381", address=self._address, what=both("cluster.silent")) from None
                if monotonic() - seen > WORKERS:
                    self._wait_for_workers()
                    seen = monotonic()

    def _received(self, future: Any, source: Source) -> Outcome:
        """Return the outcome in an answer; the error of a lost one."""
        at = Position(source.name)
        if future.status == "cancelled":
            raise InputFault("E381", address=self._address, what=both("cluster.silent"))
        try:
            answer = wire.decode(future.result(timeout=None), wire.Answer)
            outcome = answer.tally if answer.error is None else answer.error.error()
        except wire.NOT_A_MESSAGE:
            return InputFault("E320", at, what=both("ended.answer"))
        except Exception as error:  # noqa: BLE001 - whatever Dask or a task raised; its text may quote paths
            killed = type(error).__name__ == "KilledWorker"
            return InputFault("E383", at, what=both("cluster.killed") if killed else type(error).__name__)
        return outcome if outcome is not None else InputFault("E320", at, what=both("ended.answer"))

    def _check_versions(self) -> None:
        """Raise InputFault where a worker or the scheduler, which unpacks tasks, has another version of xfstats, or none."""
        self._wait_for_workers()
        asked = pkgutil.resolve_name, "xfstats:__version__"
        found = list(self._client.run(*asked, on_error="return").values())
        try:
            found.append(self._client.run_on_scheduler(*asked))
        except Exception:  # noqa: BLE001 - what the import there raised
            found.append("")
        other = [one if isinstance(one, str) else "" for one in found if one != xfstats.__version__]
        if other:
            theirs = ", ".join(sorted({one for one in other if one})) or both("cluster.none")
            raise InputFault("E382", theirs=theirs, ours=xfstats.__version__, count=len(other))

    def _wait_for_workers(self) -> None:
        """Raise InputFault where there are no workers, and none come in a while."""
        try:
            self._client.wait_for_workers(1, timeout=WORKERS)
        except Exception:  # noqa: BLE001 - a timeout, or the scheduler is gone
            raise InputFault("E381", address=self._address, what=both("cluster.empty")) from None


def _connect(address: str) -> Any:
    """Return a client of a scheduler; raise UsageFault where Dask is not installed, InputFault where nothing answers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # other versions of Dask on the other side; imports of its own
        try:
            distributed: Any = import_module("distributed")  # only a run with a scheduler pays for it
        except ImportError:
            raise UsageFault("E241", package="distributed", extra="cluster") from None
        with _silence():
            try:
                return distributed.Client(address, timeout=ANSWERS, set_as_default=False, name="xfstats")
            except Exception:  # noqa: BLE001 - its text is a library's
                raise InputFault("E381", address=address, what=both("cluster.silent")) from None


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what Dask says off stderr: it may name files, and each of our endings has a line of its own."""
    handlers = {handler for name in _LOGGERS for handler in logging.getLogger(name).handlers}
    for handler in handlers:
        handler.addFilter(_drop)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(_drop)


def _drop(_record: logging.LogRecord) -> bool:
    """True if a record is to be printed: never."""
    return False
