"""Signal handling: SIGINT, SIGTERM and SIGHUP end a run as the signal itself; workers stop, no file is left half written."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

PIPE = 13
_HEARD = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_BEFORE_EXIT: list[Callable[[], None]] = []
_HELD_BACK: list[list[int]] = []
"""The signals that arrived within each open `hold_signals` block."""


def install_handlers() -> None:
    """End on each signal from now on.  The handler raises nothing: Python swallows what is raised within some callbacks."""
    for number in _HEARD:
        signal.signal(number, lambda number, _frame: _end(number))


def before_exit(action: Callable[[], None]) -> None:
    """Register an action to be done before a signal ends the run."""
    _BEFORE_EXIT.append(action)


@contextmanager
def hold_signals() -> Iterator[None]:
    """Hold signals back within a short block.

    The system blocks them in this thread only: another thread may receive one, and Python then calls the handler here.
    """
    _HELD_BACK.append([])
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD) if hasattr(signal, "pthread_sigmask") else set()
    try:
        yield
    finally:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number in _HELD_BACK.pop():
            _end(number)


def _end(number: int) -> None:
    """End the run by a signal, or note it where it has to wait."""
    if _HELD_BACK:
        _HELD_BACK[-1].append(number)
        return
    for action in _BEFORE_EXIT:
        action()
    exit_by_signal(number)


def exit_by_signal(number: int) -> NoReturn:
    """End by the signal itself, so that a shell or systemd sees what it was; by 128 + its number where there are none."""
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(128 + number)
