"""`python -m tests.hostile.signals --count 300 --seed 1`: SIGINT, SIGTERM and SIGHUP at moments of a whole run.

A moment is one of the events that Python audits (an import, a file opened, a process started) in the program or in its worker,
which sends the signal to the program when it comes to it, so that no clock is waited for.  Whatever the moment: the run ends
as its end or as the signal, without a traceback; the output is the old file or the new one, whole; no temporary file and no
worker is left.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from . import warm
from .warm import SIGNALS, Ended, Signal

SECONDS = 300
OLD, WROTE = "old\n", b"wrote out.csv\n"
LAUNCH = """
import itertools, os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
number, moment, process, events = int(sys.argv.pop(1)), int(sys.argv.pop(1)), os.getpid(), itertools.count()
sys.addaudithook(lambda *_: next(events) == moment and os.getpid() == process and os.kill(process, number))
from xfstats.__main__ import main
main()
"""
"""A run that is sent a signal while it starts: what SIGINT does before the interpreter is up is Python's own."""
LOG = (
    "接访日期,接访级别,来访人姓名,来访人数,办理状态\n"
    + "2024-1-2,市级,秦楠木木,3,已办结\n2024-1-3,县级,秦楠木木,1,办理中\n" * 1500
)


def words(folder: Path) -> list[str]:
    """A whole run: read, count, write."""
    return ["summarize", str(folder / "log.csv"), "-o", str(folder / "out.csv"), "--force", "--lang", "en"]


def forked(folder: Path, sent: Signal | None) -> Ended:
    """A run that is a fork of this process."""
    return warm.run(words(folder), folder, os.environ, SECONDS, sent=sent)


def started(folder: Path, sent: Signal) -> Ended:
    """A run that is a process of its own, with a worker that is one."""
    command = [sys.executable, "-c", LAUNCH, str(int(sent.number)), str(sent.moment), *words(folder)]
    done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return Ended(done.returncode, done.stdout, done.stderr)


def faults(folder: Path, new: str, sent: Signal, ended: Ended) -> list[str]:
    """What is wrong after one signal at one moment."""
    found = [] if ended.code in {0, -sent.number} else [f"exit {ended.code}"]
    if (said := ended.out + ended.err) not in {b"", WROTE}:
        found.append(f"said {said[-200:]!r}")
    if (folder / "out.csv").read_text("utf-8-sig") not in {OLD, new}:
        found.append("torn")
    if ended.code == 0 and (folder / "out.csv").read_text("utf-8-sig") != new:
        found.append("exit 0 without the new file")
    if left := sorted(path.name for path in folder.iterdir() if path.name not in {"log.csv", "out.csv"}):
        found.append(f"left {left}")
    return found + (["a process lives on"] if ended.left else [])


def moments(folder: Path, *, in_worker: bool) -> int:
    """How many moments a run or its worker has, found by halving: the first that it does not come to."""
    first, end = 0, 1
    while forked(folder, Signal(signal.SIGTERM, end, in_worker)).code:
        first, end = end, 2 * end
    while end - first > 1:
        middle = (first + end) // 2
        first, end = (middle, end) if forked(folder, Signal(signal.SIGTERM, middle, in_worker)).code else (first, middle)
    return end


def signals(count: int, seed: int) -> list[str]:
    """The faults of so many runs; within a process of `warm.pool`."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "log.csv").write_text(LOG, "utf-8")
        forked(folder, None)
        new = (folder / "out.csv").read_text("utf-8-sig")
        lengths = {place: moments(folder, in_worker=place) for place in (False, True)}
        found = list[str]()
        for number in range(count):
            place = bool(number % 2)
            sent = Signal(chance.choice(SIGNALS), chance.randrange(lengths[place]), place)
            (folder / "out.csv").write_text(OLD, "utf-8")
            found += [f"{sent}: {fault}" for fault in faults(folder, new, sent, forked(folder, sent))]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every fault; 1 where there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.signals", description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with warm.pool(1) as pool:
        found = pool.submit(signals, options.count, options.seed).result()
    print("\n".join([*found, f"{options.count} signals: {len(found)} faults"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
