"""The program without its start: a fork of this process, in which all of it is loaded, becomes one run.

What starts sixty thousand times would spend most of its time on loading modules.  Workers are processes of their own as ever,
with their pipes, limits and ends; they too are forks then, where `workers` was called.

A process of `pool` has one thread, so that it can be forked; those that run the tests have more.
"""

from __future__ import annotations

import codecs
import ctypes
import gc
import itertools
import os
import pkgutil
import resource
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NoReturn

import xfstats
from tests.logs import AS_OF
from xfstats.config.limits import limit
from xfstats.config.parse import parse_plan
from xfstats.config.plan import Plan
from xfstats.config.profile import load_profile
from xfstats.model import Source
from xfstats.pipeline import worker, worker_loop
from xfstats.pipeline import worker_process as own

from .base import book

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ENCODINGS = ("ascii", "latin-1", "utf-8-sig", "utf-16", "gb18030", "idna")
"""Those whose modules a fork by a user who may not read Python's folder could not load."""
MOST_OPEN = 256
"""More files than any of these processes has open."""
SUBREAPER = 36
"""What prctl(2) calls becoming the parent of what children leave behind: a worker that outlives its run is found as our child."""


def pool(processes: int) -> ProcessPoolExecutor:
    """Return processes in which the program is loaded, to be forked."""
    return ProcessPoolExecutor(processes, get_context("spawn"), load)


def load() -> None:
    """Every module of the program, so that forks have them, and forks in the place of its workers."""
    for module in pkgutil.walk_packages(xfstats.__path__, "xfstats."):
        import_module(module.name)
    for encoding in ENCODINGS:
        codecs.lookup(encoding)
    with tempfile.TemporaryDirectory() as folder:  # what loads and compiles when it is used first
        for form in ("xlsx", "csv"):
            path = book(fmt=form)(Path(folder))
            worker.tally_file(Source(str(path), path.name), parse_plan({"as_of": AS_OF}, load_profile(None, named=False)))
    workers()
    gc.collect()
    gc.freeze()  # a fork that looks through what is loaded would copy it
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)


def workers() -> None:
    """From now on a worker is a fork too."""
    own.subprocess = Forks


class Worker(subprocess.Popen[bytes]):
    """`Popen` of a worker that does not load the program anew; all else is `Popen`'s."""

    def _execute_child(self, *given: Any) -> None:
        environment, (child_in, _, _, child_out, _, child_err) = given[6], given[10:16]
        self.pid = os.fork()
        if not self.pid:
            try:
                for number, place in enumerate((child_in, child_out, child_err)):
                    os.dup2(place, number)
                os.closerange(3, MOST_OPEN)  # also its parent's ends of other workers' pipes
                for one in SIGNALS:
                    signal.signal(one, signal.SIG_DFL)
                worker_loop.limit = partial(_widened, limit, _size())
                _ending(worker_loop.main, environment)
            finally:  # whatever happens, a fork does not go on as what it was
                os._exit(1)
        self._child_created = True
        for place in (child_in, child_out, child_err):
            os.close(place)


def _size() -> int:
    """Return how many MiB of address space this process has."""
    return int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize() >> 20


def _widened(limit: Callable[[str, Plan], int], inherited: int, name: str, plan: Plan) -> int:
    """Return a limit; that of memory leaves out what the fork has of the process that runs all tests."""
    return limit(name, plan) + (inherited if name == "memory_mib" else 0)


class Forks:
    """What a module that imports `subprocess` to start workers finds there instead."""

    Popen, PIPE, DEVNULL, TimeoutExpired = Worker, subprocess.PIPE, subprocess.DEVNULL, subprocess.TimeoutExpired


@dataclass(frozen=True)
class Ended:
    """How a run ended, what it said, and whether a process of it lived on."""

    code: int
    out: bytes
    err: bytes
    left: bool = False


@dataclass(frozen=True)
class Signal:
    """A signal that a run gets when it, or its worker, comes to a moment: to so many of the events that Python audits."""

    number: int
    moment: int
    in_worker: bool = False


def run(
    words: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    seconds: float,
    *,
    sent: Signal | None = None,
    user: int | None = None,
) -> Ended:
    """Return how a run of the program ends; killed if it takes longer, run by another user where one is given."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = os.fork()
        if not process:
            _become(words, folder, environment, (out.fileno(), err.fileno()), sent, user)
        code, _ = _awaited(process, seconds)
        left = [_awaited(orphan, seconds)[1] for orphan in iter(_child, None)]
        return Ended(code, *(said.seek(0) or said.read() for said in (out, err)), any(left))


def _awaited(process: int, seconds: float) -> tuple[int, bool]:
    """Return how a child ended and whether it had to be killed for it."""
    watched = os.pidfd_open(process)
    try:
        late = not select.select([watched], [], [], seconds)[0]
        if late:
            signal.pidfd_send_signal(watched, signal.SIGKILL)
    finally:
        os.close(watched)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), late


def _child() -> int | None:
    """Return a process that a run left behind, or None."""
    found = Path(f"/proc/self/task/{os.getpid()}/children").read_bytes().split()
    return int(found[0]) if found else None


def _become(
    words: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    said: tuple[int, int],
    sent: Signal | None,
    user: int | None,
) -> NoReturn:
    """Be one run of the program, to its end."""
    os.chdir(folder)
    tempfile.tempdir = None
    for number, place in enumerate((os.open(os.devnull, os.O_RDONLY), *said)):
        os.dup2(place, number)
    if user is not None and os.getuid() == 0:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    sys.argv = ["xfstats", *words]
    for one in SIGNALS:  # what SIGINT does before the program runs is Python's own
        signal.signal(one, signal.SIG_DFL)
    program = import_module("xfstats.__main__").main

    def main() -> None:
        if sent is not None:
            sys.addaudithook(_signalled(sent))
        program()

    _ending(main, environment)


def _signalled(sent: Signal) -> Callable[[str, object], None]:
    """Return a hook that sends this process a signal at its moment; a worker that is forked has the hook too."""
    process, events = os.getpid(), itertools.count()

    def hook(_event: str, _given: object) -> None:
        if (os.getpid() != process) is sent.in_worker and next(events) == sent.moment:
            os.kill(process, sent.number)

    return hook


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
