"""The program without its start: a fork of this process, in which all of it is loaded, becomes one run.

What starts sixty thousand times would spend most of its time on loading modules.  Workers are processes of their own as ever,
with their pipes, limits and ends; they too are forks then, where `workers` was called.
"""

from __future__ import annotations

import os
import pkgutil
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import xfstats
from tests.logs import AS_OF
from xfstats.config.parse import parse_plan
from xfstats.config.profile import load_profile
from xfstats.model import Source
from xfstats.pipeline import processes as own
from xfstats.pipeline import worker

from .base import book

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def load() -> None:
    """Every module of the program, so that forks have them, and forks in the place of its workers."""
    for module in pkgutil.walk_packages(xfstats.__path__, "xfstats."):
        import_module(module.name)
    with tempfile.TemporaryDirectory() as folder:  # what loads and compiles when it is used first
        for form in ("xlsx", "csv"):
            path = book(fmt=form)(Path(folder))
            worker.tally_file(Source(str(path), path.name), parse_plan({"as_of": AS_OF}, load_profile(None, named=False)))
    workers()


def workers() -> None:
    """From now on a worker is a fork too."""
    own.subprocess = Forks


class Worker(subprocess.Popen[bytes]):
    """`Popen` of a worker that does not load the program anew; all else is `Popen`'s."""

    def _execute_child(self, *given: Any) -> None:
        environment, (child_in, own_in, own_out, child_out, _, child_err) = given[6], given[10:16]
        self.pid = os.fork()
        if not self.pid:
            for number, place in enumerate((child_in, child_out, child_err)):
                os.dup2(place, number)
            os.closerange(3, max(own_in, own_out, child_in, child_out, child_err) + 1)
            for one in SIGNALS:
                signal.signal(one, signal.SIG_DFL)
            _ending(worker.main, environment)
        self._child_created = True
        for place in (child_in, child_out, child_err):
            os.close(place)


class Forks:
    """What a module that imports `subprocess` to start workers finds there instead."""

    Popen, PIPE, DEVNULL, TimeoutExpired = Worker, subprocess.PIPE, subprocess.DEVNULL, subprocess.TimeoutExpired


def run(words: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float, *, end: int) -> tuple[bytes, int]:
    """What one run says on stdout and stderr, and how it ended; sent the signal `end` if it takes longer."""
    with tempfile.TemporaryFile() as said:
        process = os.fork()
        if not process:
            _become(words, folder, environment, said.fileno())
        watched = os.pidfd_open(process)
        try:
            if not select.select([watched], [], [], seconds)[0]:
                signal.pidfd_send_signal(watched, end)
        finally:
            os.close(watched)
        _, status = os.waitpid(process, 0)
        said.seek(0)
        return said.read(), os.waitstatus_to_exitcode(status)


def _become(words: Sequence[str], folder: Path, environment: Mapping[str, str], said: int) -> NoReturn:
    """Be one run of the program, to its end."""
    os.chdir(folder)
    tempfile.tempdir = None
    for number, place in enumerate((os.open(os.devnull, os.O_RDONLY), said, said)):
        os.dup2(place, number)
    sys.argv = ["xfstats", *words]
    _ending(import_module("xfstats.__main__").main, environment)


def _ending(main: Callable[[], object], environment: Mapping[str, str]) -> NoReturn:
    """Run it and end this process as the interpreter would."""
    code = 1
    # A pool gives its processes a stdin of its own; the program's is descriptor 0, and stays open to the end of the process.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - see above
    try:
        os.environ.clear()
        os.environ.update(environment)
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - the interpreter prints whatever ends a process; the tests look for that traceback
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
