"""`python -m tests.hostile.kills`: a run that writes is killed (SIGKILL) before each line of the program that it comes to.

Whatever the line, the file is the old one or the new one, whole; at most one temporary file is left, and the next run
removes it.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from xfstats.cli.output import write_output

from . import warm

SIZE = 400_000
OLD, NEW = "a" * SIZE, "b" * SIZE


def killed(target: Path, line: int) -> bool:
    """True if a process that writes came to this line of the program, where it was killed; False if it wrote before."""
    process = os.fork()
    if not process:
        _write(target, line)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL


def _write(target: Path, line: int) -> None:
    """Write, be killed before a line, and end."""
    lines = itertools.count()

    def trace(frame: FrameType, event: str, _given: object) -> Any:
        if event == "line" and next(lines) == line:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace if frame.f_globals.get("__name__", "").startswith("xfstats.") else None

    sys.settrace(trace)
    write_output(NEW, target, force=True, inputs=[])
    os._exit(0)


def kills() -> Iterator[tuple[bool, int]]:
    """For each line: whether the file is torn, and how many temporary files lie about; at the end those after a whole run."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "x.csv"
        for line in itertools.count():
            target.write_text(OLD)
            ended = not killed(target, line)
            right = {NEW} if ended else {OLD, NEW}
            yield target.read_text() not in right, sum(1 for _ in Path(folder).iterdir()) - 1
            if ended:
                return


def told() -> tuple[int, int, int, int]:
    """How often it was killed, how many files were torn, the most temporary files, and those that a whole run leaves."""
    torn, temporary = zip(*kills(), strict=True)
    return len(torn) - 1, sum(torn), max(temporary), temporary[-1]


def main() -> int:
    """Print the figures; 1 where a file was torn or a temporary one is left."""
    with warm.pool(1) as pool:
        count, torn, most, last = pool.submit(told).result()
    print(f"{count} kills: {torn} torn files, at most {most} temporary files left, {last} after a whole run")
    return int(torn > 0 or most > 1 or last > 0)


if __name__ == "__main__":
    sys.exit(main())
