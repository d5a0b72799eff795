"""`python -m tests.hostile.signals --count 300 --seed 1`: SIGINT, SIGTERM and SIGHUP at random moments of a whole run.

Whatever the moment: the run ends as its end or as the signal, without a traceback; the output is the old file or the new one,
whole; no temporary file and no worker is left.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
OLD, WROTE = "old\n", b"wrote out.csv\n"
LAUNCH = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); from xfstats.__main__ import main; "
    "sys.stderr.write('up'); sys.stderr.flush(); main()"
)
"""A run that says when the interpreter itself is up: what SIGINT does before is Python's own."""
LOG = (
    "接访日期,接访级别,来访人姓名,来访人数,办理状态\n"
    + "2024-1-2,市级,秦楠木木,3,已办结\n2024-1-3,县级,秦楠木木,1,办理中\n" * 1500
)


def command(folder: Path) -> list[str]:
    """A whole run: read, count, write."""
    options = ["summarize", str(folder / "log.csv"), "-o", str(folder / "out.csv"), "--lang", "en"]
    return [sys.executable, "-c", LAUNCH, *options]


def start(folder: Path) -> subprocess.Popen[bytes]:
    """A run whose first line is reached, in a session of its own, so that what it leaves behind can be found."""
    run = subprocess.Popen(command(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    assert run.stderr is not None
    assert run.stderr.read(2) == b"up"
    return run


def faults(folder: Path, new: str, number: signal.Signals, wait: float) -> list[str]:
    """What is wrong after one signal at one moment."""
    (folder / "out.csv").write_text(OLD, "utf-8")
    run = start(folder)
    time.sleep(wait)
    run.send_signal(number)
    _, said = run.communicate(timeout=30)
    found = [] if run.returncode in {0, -number} else [f"exit {run.returncode}"]
    if said not in {b"", WROTE}:
        found.append(f"said {said[-200:]!r}")
    if (folder / "out.csv").read_text("utf-8-sig") not in {OLD, new}:
        found.append("torn")
    if run.returncode == 0 and (folder / "out.csv").read_text("utf-8-sig") != new:
        found.append("exit 0 without the new file")
    if left := sorted(path.name for path in folder.iterdir() if path.name not in {"log.csv", "out.csv"}):
        found.append(f"left {left}")
    return found + (["a process lives on"] if _alive(run.pid) else [])


def _alive(session: int) -> bool:
    """Whether any process of the session is there after a short while; one that is dead and not buried is not."""
    for _ in range(20):
        if not any(_belongs(process, session) for process in Path("/proc").glob("[0-9]*/stat")):
            return False
        time.sleep(0.05)
    os.killpg(session, signal.SIGKILL)
    return True


def _belongs(stat: Path, session: int) -> bool:
    """By the fields behind the program's name: state, parent, group, session."""
    try:
        state, _, _, own = stat.read_text().rpartition(")")[2].split()[:4]
    except OSError:
        return False
    return own == str(session) and state != "Z"


def signals(count: int, seed: int) -> list[str]:
    """The faults of so many runs."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "log.csv").write_text(LOG, "utf-8")
        begun = time.perf_counter()
        subprocess.run(command(folder), check=True, capture_output=True)
        length, new = time.perf_counter() - begun, (folder / "out.csv").read_text("utf-8-sig")
        found = []
        for _ in range(count):
            number, wait = chance.choice(SIGNALS), chance.random() * length
            found += [f"{number.name} after {wait:.3f} s: {fault}" for fault in faults(folder, new, number, wait)]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every fault; 1 where there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.signals", description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    found = signals(options.count, options.seed)
    print("\n".join([*found, f"{options.count} signals: {len(found)} faults"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
