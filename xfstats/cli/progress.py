"""Progress of a run on stderr: a bar on a terminal after a second, or a JSON record a file with `-v --log-format json`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any, TextIO

from xfstats.cli.terminal import json_messages, locale_language, print_message, shows_progress
from xfstats.config.job import Job
from xfstats.messages import say
from xfstats.pipeline.processes import FileDone, Progress

BEGINS = 1.0
"""Seconds after which a run that goes on shows a bar."""

NARROWEST = 10
"""Columns of a window in which a bar is shown."""


@contextmanager
def progress_of(job: Job) -> Iterator[Progress]:
    """Show the progress of a job while the block runs: on a terminal, or as records for a scheduler; else nothing."""
    lang = job.lang or locale_language()
    if not job.quiet and shows_progress():
        shown = ProgressBar(len(job.sources), lang, sys.stderr)
        try:
            yield shown
        finally:
            shown.close()
    elif not job.quiet and job.verbose and json_messages():
        yield ProgressRecords(lang)
    else:
        yield lambda _: None


@dataclass
class Sums:
    """What was done of one reading of all files; some commands read them twice."""

    done: int = 0
    rows: int = 0
    size: int = 0
    all_size: int = 0

    def add(self, one: FileDone) -> None:
        """Add a file; the first one of a reading begins anew."""
        if one.done == 1:
            self.rows = self.size = 0
        self.done, self.all_size = one.done, one.all_size
        self.rows, self.size = self.rows + one.rows, self.size + one.size


class ProgressRecords:
    """Progress as one JSON record a file: files done and all, its rows and seconds, rows and seconds of the run so far."""

    def __init__(self, lang: str, clock: Callable[[], float] = monotonic) -> None:
        self._lang, self._clock, self._begun, self._sums = lang, clock, clock(), Sums()

    def __call__(self, one: FileDone | None) -> None:
        """Print the record of a file."""
        if one is None:
            return
        self._sums.add(one)
        figures = {
            "done": one.done,
            "total": one.total,
            "rows": one.rows,
            "seconds": round(one.seconds, 3),
            "all_rows": self._sums.rows,
            "all_seconds": round(self._clock() - self._begun, 3),
        }
        text = say("progress", self._lang, done=one.done, total=one.total)
        print_message(text, code="progress", figures=figures, position={"file": one.source.name})


class ProgressBar:
    """Progress as a bar on a terminal, once the run has lasted a second: files, rows, rows a second, time left.

    The time left is told by the bytes of the files, since the largest are read first.
    """

    def __init__(self, total: int, lang: str, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self._total, self._lang, self._stream, self._clock = total, lang, stream, clock
        self._begun, self._sums = clock(), Sums()
        self._bar: Any = None

    def __call__(self, one: FileDone | None) -> None:
        """Show that a file is done, or that the run goes on."""
        if one is not None:
            if one.done == 1:
                self._total = one.total
            self._sums.add(one)
        if self._bar is None and (self._clock() - self._begun < BEGINS or self._sums.done == self._total):
            return
        if _columns(self._stream) < NARROWEST:
            return
        if self._bar is None:
            self._bar = _new_bar(self._stream)
        self._bar.n = min(self._share, 1)
        self._bar.set_description_str(self._text(), refresh=False)
        self._bar.refresh()

    def close(self) -> None:
        """Take the bar away, so that what is printed next stands in its place."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    @property
    def _share(self) -> float:
        """Return how much of the bytes is done, or of the files where none of them has any."""
        done, whole = (self._sums.size, self._sums.all_size) if self._sums.all_size else (self._sums.done, self._total)
        return done / whole if whole else 0.0

    def _text(self) -> str:
        """Return the text before the bar."""
        seconds, sums = self._clock() - self._begun, self._sums
        told = say("progress.files", self._lang, done=f"{sums.done:,}", total=f"{self._total:,}")
        if not sums.rows or not self._share:
            return told + say("progress.since", self._lang, time=_minutes(seconds))
        left = seconds * (1 - self._share) / self._share
        values = {"rows": f"{sums.rows:,}", "rate": f"{sums.rows / seconds:,.0f}", "time": _minutes(left)}
        return told + say("progress.rows", self._lang, **values)


def _columns(stream: TextIO) -> int:
    """Return the width of a terminal; 0 where it tells none."""
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 0


def _minutes(seconds: float) -> str:
    """Return a time as 0:07 or 1:02:03."""
    minutes, rest = divmod(int(seconds + 0.5), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _new_bar(stream: TextIO) -> Any:
    """Return a bar from 0 to 1, which is as wide as the terminal at any time."""
    from threading import RLock  # noqa: PLC0415 - as below

    from tqdm.std import tqdm  # noqa: PLC0415 - only a run of more than a second pays for it

    tqdm.monitor_interval = 0  # no thread that looks after bars
    tqdm.set_lock(RLock())  # its own would be one of processes, which needs a semaphore of the system
    return tqdm(total=1, bar_format="{desc} {bar}", file=stream, leave=False, dynamic_ncols=True, delay=0)
