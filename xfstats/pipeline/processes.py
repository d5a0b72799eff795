"""Pool of worker processes that tally many files, as many at once as there are processors, the largest first.

Whatever becomes of a worker costs the file that it was at: a tally or one error comes of each.  Memory is that of the workers
at work, and of the tallies.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

from xfstats.config.limits import limit, limit_error
from xfstats.config.plan import Plan
from xfstats.errors import InputFault, XfstatsError, fault
from xfstats.frozen import frozen
from xfstats.measures.tally import FileTally
from xfstats.messages import both
from xfstats.model import Position, Source
from xfstats.pipeline import wire
from xfstats.pipeline.stores import opened
from xfstats.pipeline.worker_process import WorkerProcess, new_seed, take_early

if TYPE_CHECKING:  # few runs have a cache, and its libraries load slowly
    from xfstats.pipeline.cache import Cache

FILES = 50
"""Files after which a worker is renewed, whatever its state."""
STARVED = frozenset([-6, -9])
"""Exit codes of a process that gets no more memory: it aborts itself, or the system kills it; the limit is then named."""
OUT_OF_TIME = -24
"""Exit code of a process that the system ended for its processor time."""
_LEAST_ANSWER = 1 << 20
"""Bytes of an answer that are always accepted, since an error is an answer too."""
TICK = 0.2
"""Seconds after which a run that waits for a file says so."""
Outcome: TypeAlias = FileTally | XfstatsError


@frozen
class FileDone:
    """The end of one file, for what shows progress: how many are done, of how many, and what this one was."""

    done: int
    total: int
    source: Source
    rows: int
    size: int
    """Bytes of the file on disk; 0 for a log in memory."""
    all_size: int
    """Bytes of all files of the run."""
    seconds: float
    """How long the file took."""


Progress: TypeAlias = Callable[[FileDone | None], None]
"""Function that is called at the end of each file, and with None at times while one is waited for."""


@frozen
class Task:
    """A file that waits for a worker: its place among the sources, and its size."""

    place: int
    source: Source
    size: int


def tally_files(sources: Sequence[Source], plan: Plan, jobs: int | None = None) -> list[Outcome]:
    """Return the tally of each file, or why there is none, in the order of the sources, by workers of this call alone."""
    with Pool(jobs) as pool:
        return pool.tally_files(sources, plan)


class Pool:
    """A pool of workers: the one that was started early, and more where there are more files; ended with the block.

    All workers have the same hash seed, so that fingerprints of their sheets can be compared.
    """

    def __init__(
        self,
        jobs: int | None = None,
        start: Callable[[str], WorkerProcess] = WorkerProcess,
        progress: Progress = lambda _: None,
        cache: Cache | None = None,
        seed: str | None = None,
    ) -> None:
        """Take the worker that was started early, if any; end it where there is a seed that all workers have to have."""
        early = take_early()
        seed = cache.seed if cache else seed
        if early is not None and seed is not None:
            early.kill()
            early.end()
            early = None
        self._jobs, self._start, self._progress, self._cache = jobs, start, progress, cache
        self._seed = seed or (early.seed if early else new_seed())
        self._idle = [early] if early else []
        self._workers = set(self._idle)
        self._open = True

    def __enter__(self) -> Self:
        """Return the pool."""
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None) -> None:
        """End all workers; kill them first where an exception leaves the block."""
        self._open = False
        for worker in list(self._workers):
            if kind is not None:
                worker.kill()
            self._end(worker)

    def tally_files(self, sources: Sequence[Source], plan: Plan) -> list[Outcome]:
        """Return the tally of each file, or why there is none, in the order of the sources."""
        tasks = [Task(place, source, size_of(source)) for place, source in enumerate(sources)]
        all_size = sum(task.size for task in tasks)
        waiting: SimpleQueue[Task] = SimpleQueue()
        for task in sorted(tasks, key=lambda task: -task.size):
            waiting.put(task)
        done: SimpleQueue[tuple[Task, Outcome | Exception, float]] = SimpleQueue()
        plan = self._cache.keyed(plan) if self._cache else plan
        encoded = wire.encode(plan)
        for _ in range(min(len(tasks), self._jobs or processors())):
            Thread(target=self._serve, args=(waiting, done, plan, encoded), daemon=True).start()
        outcomes: dict[int, Outcome] = {}
        while len(outcomes) < len(tasks):
            try:
                task, outcome, seconds = done.get(timeout=TICK)
            except Empty:
                self._progress(None)
                continue
            if not isinstance(outcome, FileTally | XfstatsError):
                raise outcome
            outcomes[task.place] = outcome
            told = FileDone(len(outcomes), len(tasks), task.source, rows_of(outcome), task.size, all_size, seconds)
            self._progress(told)
        return [outcomes[place] for place in range(len(tasks))]

    def _serve(
        self,
        waiting: SimpleQueue[Task],
        done: SimpleQueue[tuple[Task, Outcome | Exception, float]],
        plan: Plan,
        encoded: bytes,
    ) -> None:
        """Put the outcome of one waiting file after another into `done`, until none waits or the pool is closed."""
        while self._open:
            try:
                task = waiting.get_nowait()
            except Empty:
                return
            begun = monotonic()
            try:
                outcome: Outcome | Exception = self._outcome(task, plan, encoded)
            except Exception as error:  # noqa: BLE001 - the thread that waits for it raises it again
                outcome = error
            done.put((task, outcome, monotonic() - begun))

    def _outcome(self, task: Task, plan: Plan, encoded: bytes) -> Outcome:
        """Return the outcome of one file: from the cache, else from a worker, whose tally is then kept."""
        slot = self._cache.slot(task.source, plan) if self._cache else None
        if self._cache is None or slot is None:
            return self._tally(task, plan, encoded)
        found = self._cache.find(slot, plan)
        if found is not None:
            return found
        outcome = self._tally(task, plan, encoded)
        if isinstance(outcome, FileTally):
            self._cache.keep(slot, outcome, plan)
        return outcome

    def _tally(self, task: Task, plan: Plan, encoded: bytes) -> Outcome:
        """Return the outcome of one file from a worker; keep the worker for the next file unless it is worn out or has failed."""
        source = task.source
        at = Position(source.name)
        if source.stdin and source.content is None and not source.remote and sys.stdin is None:
            return InputFault("E301", at)
        worker = self._take()
        content = wire.encode_job(
            task.place, replace(source, path=source.name if source.remote else source.path, content=None), encoded
        )
        try:
            if source.stdin:
                with opened(source) as log:
                    worker.feed(content, log)
            most = max(limit("answer_bytes", plan), _LEAST_ANSWER)
            answer = worker.ask(None if source.stdin else content, most, limit("seconds", plan))
        except XfstatsError as error:  # a URL cannot be read
            worker.kill()
            self._end(worker)
            return error
        except (OSError, ValueError) as error:
            worker.kill()
            self._end(worker)
            if isinstance(error, TimeoutError):
                return limit_error("seconds", plan, at)
            # stdin cannot be read, such as a folder or a file open for writing only; or the answer exceeds its limit
            return InputFault("E314", at) if isinstance(error, OSError) else _unanswered(None, at, plan)
        if answer is None:
            return _unanswered(self._end(worker), at, plan)
        understood = _understand(*answer, task.place, at)
        if understood is None:
            worker.kill()
            self._end(worker)
            return _unanswered(None, at, plan)
        outcome, worn = understood
        if worn or source.stdin or worker.served >= FILES:
            self._end(worker)
        else:
            self._idle.append(worker)
        return outcome

    def _take(self) -> WorkerProcess:
        """Return an idle worker, else a new one."""
        with suppress(IndexError):  # no worker is idle
            while True:
                worker = self._idle.pop()
                if worker.running:
                    return worker
                self._end(worker)
        worker = self._start(self._seed)
        self._workers.add(worker)
        if not self._open:
            worker.kill()
        return worker

    def _end(self, worker: WorkerProcess) -> int | None:
        """End a worker, and return its exit code."""
        self._workers.discard(worker)
        return worker.end()


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def rows_of(outcome: Outcome) -> int:
    """Return the rows of all sheets of a file; 0 where it could not be read."""
    return sum(sheet.rows for sheet in outcome.sheets) if isinstance(outcome, FileTally) else 0


def size_of(source: Source) -> int:
    """Return the bytes of a file on disk; 0 for a log in memory or a file that is not there."""
    try:
        return 0 if source.stdin else os.stat(source.path).st_size  # noqa: PTH116 - a path is not needed for it
    except (OSError, ValueError):
        return 0


def _understand(head: bytes, body: bytes, job: int, at: Position) -> tuple[Outcome, bool] | None:
    """Return the outcome in a worker's answer to a job, and whether the worker is worn out; None for an invalid answer."""
    try:
        said, answer = wire.decode(head, wire.Head), wire.decode(body, wire.Answer)
        outcome = answer.tally if answer.error is None else answer.error.error()
    except wire.NOT_A_MESSAGE:
        return None
    if said.job != job:
        return None
    if answer.bug is not None:
        return fault("E701", at, what=answer.bug), True
    return None if outcome is None else (outcome, said.worn)


def _unanswered(code: int | None, at: Position, plan: Plan) -> InputFault:
    """Return the error for a worker that ended with this exit code; None means a bad answer, or that it had to be killed."""
    if code == OUT_OF_TIME:
        return limit_error("seconds", plan, at)
    if code is None:
        return InputFault("E320", at, what=both("ended.answer"))
    ended = (
        both("ended.starved", code=code, limit=limit("memory_mib", plan)) if code in STARVED else both("ended.exit", code=code)
    )
    return InputFault("E320", at, what=ended)
