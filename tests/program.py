"""The program run as it is typed, in this process: exit code, stdout, stderr.  What needs a process of its own uses `started`."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

from click.testing import CliRunner

from tests.json_outputs import check
from xfstats import __main__
from xfstats.config.plan import Plan
from xfstats.errors import XfstatsError
from xfstats.model import Position, Source
from xfstats.pipeline import processes, wire, worker_loop
from xfstats.pipeline.stores import opened

LOCALE = ("LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG", "LANGUAGE")
DISPLAY = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM")
TEXT = {"LANG": "C.UTF-8", "PYTHONUTF8": "1"}
HEARD = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Pool(processes.Pool):
    """The workers of a run, computed in this process; jobs and answers are encoded and decoded as they are there."""

    def tally_files(self, sources: Sequence[Source], plan: Plan) -> list[processes.Outcome]:
        """Return what workers would, in the order of the sources."""
        plan = self._cache.keyed(plan) if self._cache else plan
        done: list[processes.Outcome] = []
        for place, source in enumerate(sources):
            task = processes.Task(place, source, 0)
            done.append(self._outcome(task, plan, b""))
            self._progress(processes.FileDone(len(done), len(sources), source, processes.rows_of(done[-1]), 0, 0, 0))
        return done

    def _tally(self, task: processes.Task, plan: Plan, encoded: bytes) -> processes.Outcome:
        """Return what a worker would."""
        source = task.source
        job = wire.decode(wire.encode(wire.Job(task.place, replace(source, content=None), plan)), wire.Job)
        try:
            content = _fetched(source) if source.remote else source.content
        except XfstatsError as error:
            return error
        with _piped(content):
            answer, worn = worker_loop.answer(job, 0)
        head = wire.encode(wire.Head(task.place, worn))
        understood = processes._understand(head, answer, task.place, Position(source.name))
        assert understood is not None
        return understood[0]


def _fetched(source: Source) -> bytes:
    """What a worker would get of a URL."""
    with opened(source) as log:
        return log.read()


@contextmanager
def _piped(content: bytes | None) -> Iterator[None]:
    """What a worker would get on its stdin is the log in memory, if any."""
    with mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(content))) if content is not None else nullcontext():
        yield


@contextmanager
def in_this_process() -> Iterator[None]:
    """Commands and the functions of the package start no worker; its limits would be this process's."""
    with (
        mock.patch("xfstats.cli.run.Pool", Pool),
        mock.patch("xfstats.api.Pool", Pool),
        mock.patch("xfstats.pipeline.worker_process.early_worker", nullcontext),
        mock.patch.object(worker_loop, "bounded", return_value=nullcontext()),
    ):
        yield


@contextmanager
def _signals_kept() -> Iterator[None]:
    """The program listens to signals while it runs; the tests' own handlers are set back."""
    before = {number: signal.getsignal(number) for number in HEARD}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(*words: object, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in this process; the environment is that of the tests, with what is given."""
    typed = ["xfstats", *map(str, words)]
    code: Any = 0
    with (
        in_this_process(),
        _signals_kept(),
        chdir(cwd or Path.cwd()),
        mock.patch.object(sys, "argv", typed),
        CliRunner().isolation(input=stdin, env=env) as (out, err, _),
    ):
        try:
            __main__.main()
        except SystemExit as ended:
            code = ended.code or 0
        sys.stdout.flush()
        sys.stderr.flush()
        said = out.getvalue(), err.getvalue()
    check(*said)
    return subprocess.CompletedProcess(typed, code, *said)


def run_text(*words: object, code: int | None = 0, **given: Any) -> subprocess.CompletedProcess[str]:
    """Run the program in this process and return text; the exit code is asserted, whatever it be for None."""
    done = run(*words, **given)
    assert code is None or done.returncode == code, done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def started(*words: object, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own: for what its start, its environment or its pipes do."""
    command = [sys.executable, "-m", "xfstats", *map(str, words)]
    return subprocess.run(command, capture_output=True, input=stdin, cwd=cwd, env={**os.environ, **env}, check=False)
