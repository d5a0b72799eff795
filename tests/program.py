"""The program run as it is typed, in this process: exit code, stdout, stderr.  What needs a process of its own uses `started`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from click.testing import CliRunner

from xfstats import __main__
from xfstats.config.plan import Plan
from xfstats.errors import XfstatsError
from xfstats.measures.tally import FileTally
from xfstats.model import Position, Source
from xfstats.pipeline import processes, worker

LOCALE = ("LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG", "LANGUAGE")
DISPLAY = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM")
TEXT = {"LANG": "C.UTF-8", "PYTHONUTF8": "1"}
HEARD = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def tally_files(
    sources: Sequence[Source],
    plan: Plan,
    jobs: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[FileTally | XfstatsError]:
    """Return what the workers of a run would, computed in this process; plan and answer pass through JSON as they do there."""
    done: list[FileTally | XfstatsError] = []
    with mock.patch.object(worker, "_bound"):  # the limits of a worker's memory would be this process's
        for source in sources:
            sent = Plan.from_json(json.loads(json.dumps(plan.to_json())))
            done.append(processes._outcome(worker._answer(source, sent), 0, Position(source.name), plan))
            progress(len(done), len(sources))
    return done


@contextmanager
def in_this_process() -> Iterator[None]:
    """Commands and the functions of the package start no worker."""
    with (
        mock.patch("xfstats.cli.run.tally_files", tally_files),
        mock.patch("xfstats.api.tally_files", tally_files),
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
