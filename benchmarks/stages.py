"""What understanding and counting a log cost beside reading it: CPU time within a worker, by its clock.

Reading is all that is spent within the reader's methods, whatever they are; the rest of `tally_file` is the other two.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from make_log import make
from pairing import Row, of_checkout, show

CHILD = """
import json, sys, time
from datetime import date

from xfstats.config.plan import Plan
from xfstats.config.profile import load_profile
from xfstats.model import Source
from xfstats.pipeline import worker

clock, spent, open_source = time.process_time, [0.0], worker.open_source

def timed(call):
    def inner(*given, **named):
        start = clock()
        try:
            return call(*given, **named)
        finally:
            spent[0] += clock() - start
    return inner

class Timed:
    def __init__(self, reader):
        self._reader = reader
    def __getattr__(self, name):
        value = getattr(self._reader, name)
        return timed(value) if callable(value) else value

worker.open_source = lambda *given: Timed(timed(open_source)(*given))
plan = Plan(as_of=date(2027, 6, 30), profile=load_profile(None).words)
start = clock()
tally = worker.tally_file(Source(sys.argv[1], "log"), plan)
print(json.dumps([spent[0], clock() - start, sum(sheet.counted for sheet in tally.sheets)]))
"""


def stages(path: Path, rows: int, pairs: int) -> list[Row]:
    """Understanding and counting by reading, in fresh processes."""
    values, seconds = [], []
    for _ in range(pairs):
        done = subprocess.run(
            [sys.executable, "-P", "-c", CHILD, str(path)], env={**os.environ, **of_checkout()}, capture_output=True, check=True
        )
        read, whole, counted = json.loads(done.stdout)
        if counted != rows:
            raise SystemExit(f"{counted} rows of {rows} were counted")
        values.append((whole - read) / read)
        seconds.append((whole - read, read))
    beside = "{:.2f} and {:.2f} s".format(*sorted(seconds)[len(seconds) // 2])
    return [Row(f"{rows:,} x 10 {path.suffix}: understanding and counting", "reading", values, 0.5, "of CPU", beside)]


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = [make(Path(folder) / name, asked.rows) for name in ("x.xlsx", "x.csv")]
        show([row for path in paths for row in stages(path, asked.rows, asked.pairs)])


if __name__ == "__main__":
    main()
