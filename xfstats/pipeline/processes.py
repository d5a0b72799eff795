"""One isolated process a file: plan in, tally out, as JSON over pipes; every ending of it becomes a tally or an error."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import IO, Any

from xfstats.config.limits import limit, over
from xfstats.config.plan import Plan
from xfstats.errors import InputFault, XfstatsError, fault
from xfstats.measures.tally import FileTally
from xfstats.model import Position, Source
from xfstats.pipeline import signals, wire

ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_IO_THREADS"), "1") | {
    "ARROW_DEFAULT_MEMORY_POOL": "system"
}
"""One thread a worker: those of native libraries reserve memory that counts against its limit, and abort where they get none."""
STARVED = frozenset([-6, -9])
"""How a process ends that gets no more memory: it aborts itself, or the system kills it; the limit is then named."""
_RUNNING: set[subprocess.Popen[bytes]] = set()


def tally_files(
    sources: Sequence[Source],
    plan: Plan,
    jobs: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[FileTally | XfstatsError]:
    """The tally of each file, or why there is none, in the order of the sources."""
    keyed = {"PYTHONHASHSEED": str(secrets.randbelow(2**32))}
    workers = jobs or min(len(sources), os.cpu_count() or 1)
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        futures: list[Future[FileTally | XfstatsError]] = [pool.submit(_one, source, plan, keyed) for source in sources]
        done: list[FileTally | XfstatsError] = []
        try:
            for future in futures:
                done.append(future.result())
                progress(len(done), len(futures))
        except BaseException:
            for future in futures:
                future.cancel()
            stop_workers()
            raise
    return done


def stop_workers() -> None:
    """Kill every worker that still runs."""
    for process in list(_RUNNING):
        with suppress(OSError):
            process.kill()


signals.first(stop_workers)


def _one(source: Source, plan: Plan, keyed: Mapping[str, str]) -> FileTally | XfstatsError:
    """Run one worker to its end, whatever that is; all workers of a run hash alike, so that their sheets' prints compare."""
    job = {"source": {"path": source.path, "name": source.name, "stdin": source.stdin}, "plan": plan.to_json()}
    line = json.dumps(job).encode() + b"\n"
    at = Position(source.name)
    if source.stdin and sys.stdin is None:
        return InputFault("E301", at)
    with _worker(keyed) as process:
        try:
            if source.stdin:
                answer = _fed(process, line, sys.stdin.buffer, limit("seconds", plan))
            else:
                answer = process.communicate(line, timeout=limit("seconds", plan))[0]
        except subprocess.TimeoutExpired:
            process.kill()
            return over("seconds", plan, at)
        except OSError:  # what stdin is cannot be read: a folder, or open for writing alone
            process.kill()
            return InputFault("E314", at)
    return _outcome(answer, process.returncode, at, plan)


def _fed(process: subprocess.Popen[bytes], line: bytes, stdin: IO[bytes], seconds: int) -> bytes:
    """Pass the piped log on to the worker without looking at it."""
    assert process.stdin is not None  # noqa: S101 - for the type checker; Popen was given a pipe
    with suppress(BrokenPipeError):
        process.stdin.write(line)
        shutil.copyfileobj(stdin, process.stdin)
    with suppress(BrokenPipeError):
        process.stdin.close()
    process.stdin = None
    return process.communicate(timeout=seconds)[0]


def _outcome(answer: bytes, code: int, at: Position, plan: Plan) -> FileTally | XfstatsError:
    try:
        plain: dict[str, Any] = json.loads(answer)
    except ValueError:
        starved = f", memory_mib={limit('memory_mib', plan)}" if code in STARVED else ""
        return InputFault("E320", at, what=f"exit {code}{starved}")
    if "tally" in plain:
        return wire.from_json(plain["tally"])
    if "error" in plain:
        return XfstatsError.from_json(plain["error"])
    return fault("E701", at, what=plain.get("bug", "unknown"))


@contextmanager
def _worker(keyed: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process with its stderr thrown away: native readers print there what they choke on, cells included."""
    command = [sys.executable, "-P", "-m", "xfstats.pipeline.worker"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **ALONE, **keyed}
    ) as process:
        _RUNNING.add(process)
        try:
            yield process
        finally:
            _RUNNING.discard(process)
