"""The program without its start: a fork of this process, in which all of it is loaded, becomes one run.

What starts sixty thousand times would spend most of its time on loading modules.  The program's own workers are started as ever.
"""

from __future__ import annotations

import os
import pkgutil
import select
import signal
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import xfstats

APART = {"xfstats.work"}
"""The worker's own entry: no other process loads it."""


def load() -> None:
    """Every module of the program, so that forks have them."""
    for module in pkgutil.walk_packages(xfstats.__path__, "xfstats."):
        if module.name not in APART:
            import_module(module.name)


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


def _become(words: Sequence[str], folder: Path, environment: Mapping[str, str], said: int) -> None:
    """Be one run of the program, to its end."""
    code = 70
    try:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        tempfile.tempdir = None
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(said, 1)
        os.dup2(said, 2)
        sys.argv = ["xfstats", *words]
        import_module("xfstats.__main__").main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - printed as the interpreter would, for it is looked for
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
