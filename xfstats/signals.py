"""How SIGINT, SIGTERM and SIGHUP end a run: at once and as the signal itself, workers stopped, no file half written."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

PIPE = 13
_HEARD = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_FIRST: list[Callable[[], None]] = []


def listen() -> None:
    """End on each signal from now on.  The handler raises nothing: Python swallows what is raised within some callbacks."""
    for number in _HEARD:
        signal.signal(number, lambda number, _frame: _end(number))


def first(action: Callable[[], None]) -> None:
    """Have something done before a signal ends the run."""
    _FIRST.append(action)


@contextmanager
def undisturbed() -> Iterator[None]:
    """A short stretch that a signal waits for, where the system can hold it back."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(number: int) -> NoReturn:
    for action in _FIRST:
        action()
    die(number)


def die(number: int) -> NoReturn:
    """End by the signal itself, so that a shell or systemd sees what it was; by 128 + its number where there are none."""
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(128 + number)
