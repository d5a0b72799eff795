"""`python -m tests.hostile.run [-v]`: all hostile files through the program, two at a time, and how each ended."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from pathlib import Path

from .judge import Run, broken, faults, start
from .kinds import ROOMS
from .model import Kind

AT_A_TIME = 2


def one(kind: Kind) -> tuple[Kind, Run, list[str]]:
    """A kind, how the program ended on it, and what is wrong with that."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        run = start(kind.make(Path(folder)))
    return kind, run, faults(kind, run)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 where anything is not as expected."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.run", description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="every kind, not only those that differ")
    parser.add_argument("--only", default="*", metavar="GLOB", help="kinds whose names match")
    parser.add_argument("--room", choices=[room.__name__.rpartition(".")[2] for room in ROOMS], help="kinds of one module")
    options = parser.parse_args(arguments)
    rooms = [room for room in ROOMS if options.room in {None, room.__name__.rpartition(".")[2]}]
    kinds = [kind for room in rooms for kind in room.KINDS if fnmatchcase(kind.name, options.only)]
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        results = list(pool.map(one, kinds))
    for kind, run, found in results:
        if found or options.verbose:
            expected = " or ".join(map(str, kind.expected))
            print(f"{'-' if found else 'ok':3}{kind.name:34} {expected:28} {run}")
            print("".join(f"      {fault}\n" for fault in found), end="")
    bad = [kind.name for kind, run, _ in results if broken(run)]
    if bad:
        print(f"tracebacks, exit 70, signals, no end: {' '.join(bad)}")
    right = sum(not found for _, _, found in results)
    print(f"{right}/{len(results)} as expected")
    return int(right < len(results))


if __name__ == "__main__":
    sys.exit(main())
