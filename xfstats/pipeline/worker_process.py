"""Handle of one worker process in its parent: started, given jobs one after another, ended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from typing import IO

from xfstats.pipeline import signals
from xfstats.pipeline.pipe_messages import read_message, write_message

COMMAND = (sys.executable, "-P", "-m", "xfstats.pipeline.worker_start")
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_IO_THREADS"), "1") | {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "RUST_BACKTRACE": "0",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 24),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 25),
    "MALLOC_TOP_PAD_": str(1 << 22),
}
"""One thread for each native library: more threads reserve memory that counts against the limit, and abort where it is refused.
No backtrace of a Rust panic: stderr is discarded, and resolving its symbols takes longer than reading a log.
The C library keeps up to 32 MiB of freed memory, where it is glibc: else the arrays of each piece of a file, of a megabyte or
two, are returned to the system and taken from it again, page by page, which took a fifth of the time of a long log."""
GRACE = 5
"""Seconds in which a worker whose stdin was closed has to end."""
_BLOCK = 1 << 16
_RUNNING: set[WorkerProcess] = set()
_EARLY: list[WorkerProcess] = []


class WorkerProcess:
    """A worker process; its stderr is discarded, since native readers print cells there that they cannot parse."""

    def __init__(self, seed: str, command: Sequence[str] = COMMAND) -> None:
        """Start the process; workers of one seed hash alike, so that the fingerprints of their sheets compare."""
        self.seed, self.served = seed, 0
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ALONE, "PYTHONHASHSEED": seed},
        )
        assert self._process.stdin is not None  # noqa: S101 - for the type checker; Popen was told to make pipes
        assert self._process.stdout is not None  # noqa: S101 - as above
        self._jobs, self._answers = self._process.stdin, self._process.stdout
        _RUNNING.add(self)

    @property
    def running(self) -> bool:
        """True if the process has not ended."""
        return self._process.poll() is None

    def feed(self, job: bytes, log: IO[bytes]) -> None:
        """Pass a job and the piped log on to the worker unread; raise OSError where the log cannot be read."""
        with suppress(OSError):  # the worker has ended; its answer, if any, is read afterwards
            write_message(self._jobs, job)
        while block := log.read(_BLOCK):
            try:
                self._jobs.write(block)
            except OSError:
                break
        with suppress(OSError):
            self._jobs.close()

    def ask(self, job: bytes | None, most: int, seconds: float) -> tuple[bytes, bytes] | None:
        """Return both messages of the answer to a job, which may have been fed before; None where the worker ended without one.

        Raises TimeoutError after so many seconds, ValueError for an answer of more than `most` bytes.
        """
        self.served += 1
        answer: list[tuple[bytes, bytes] | ValueError] = []
        exchange = Thread(target=self._exchange, args=(job, most, answer), daemon=True)
        exchange.start()
        if not finished(exchange, seconds):
            raise TimeoutError
        for one in answer:
            if isinstance(one, ValueError):
                raise one
            return one
        return None

    def _exchange(self, job: bytes | None, most: int, answer: list[tuple[bytes, bytes] | ValueError]) -> None:
        """Write a job and add its answer, or a ValueError, to `answer`; on a thread, since pipes have no timeout everywhere."""
        with suppress(OSError, ValueError):  # the worker has ended; or the run is over, and the pipes are closed
            if job is not None:
                write_message(self._jobs, job)
        with suppress(OSError):
            try:
                head, body = (read_message(self._answers, size) for size in (_BLOCK, most))
            except ValueError as error:
                answer.append(error)
                return
            if head is not None and body is not None:
                answer.append((head, body))

    def end(self) -> int | None:
        """End the process, and return its exit code; None where it did not end after a while, and was killed."""
        with suppress(OSError):
            self._jobs.close()
        try:
            code = self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.kill()
            return None
        self._answers.close()
        _RUNNING.discard(self)
        return code

    def kill(self) -> None:
        """Kill the process without waiting: a signal may have come while something else waits."""
        with suppress(OSError):
            self._process.kill()


def finished(thread: Thread, seconds: float) -> bool:
    """True if the thread ended within so many seconds."""
    thread.join(seconds)
    return not thread.is_alive()


def new_seed() -> str:
    """Return an unpredictable hash seed."""
    return str(int.from_bytes(os.urandom(4), "big"))


@contextmanager
def early_worker() -> Iterator[None]:
    """Start the first worker of the run, which loads within this block; end it where none was needed."""
    with suppress(OSError):  # the pool tries again, and reports the error
        _EARLY.append(WorkerProcess(new_seed()))
    try:
        yield
    finally:
        if (worker := take_early()) is not None:
            worker.kill()
            worker.end()


def take_early() -> WorkerProcess | None:
    """Return the worker that was started early, once."""
    return _EARLY.pop() if _EARLY else None


def stop_workers() -> None:
    """Kill every worker that still runs."""
    for worker in list(_RUNNING):
        worker.kill()


signals.before_exit(stop_workers)
