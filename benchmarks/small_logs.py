"""Many small logs and one: CPU and wall time of whole runs, beside those of another checkout of the program.

`python benchmarks/small_logs.py --against FOLDER [--pairs N]`: runs of both are taken in turns, the first of each thrown away,
and what they print is compared.  Ratios of pairs say more than seconds where other work runs beside.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from make_log import make

ROWS = 100
LOGS = 200
HERE = Path(__file__).parents[1]
OPTIONS = ["--as-of", "2027-06-30", "--no-profile", "--lang", "en", "-f", "csv"]


def run(checkout: Path, *paths: Path) -> tuple[float, float, bytes]:
    """CPU seconds of the run and its workers, wall seconds, what it printed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    done = subprocess.run(
        [sys.executable, "-P", "-m", "xfstats", "summarize", *OPTIONS, *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        check=False,
    )
    wall, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in {0, 1}:
        raise SystemExit(done.stderr.decode())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, done.stdout


def compared(name: str, against: Path, paths: list[Path], pairs: int) -> None:
    """Print the medians of both and of the ratios of pairs."""
    taken = [(run(HERE, *paths), run(against, *paths)) for _ in range(pairs + 1)][1:]
    same = all(own[2] == other[2] for own, other in taken)
    for place, kind in enumerate(("CPU", "wall")):
        own, other, ratio = (
            statistics.median(column)
            for column in zip(*[(a[place], b[place], a[place] / b[place]) for a, b in taken], strict=True)
        )
        print(f"{name}: {kind} {own:.2f} s against {other:.2f} s, ratio {ratio:.2f}{'' if same else ' (figures differ)'}")


def main() -> None:
    """Two hundred logs, then one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, required=True, metavar="FOLDER", help="a checkout of another version")
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"接访{number}.xlsx" for number in range(LOGS)]
        for number, path in enumerate(paths):
            make(path, ROWS, seed=number)
        compared("1 log", options.against, paths[:1], 3 * options.pairs)
        compared(f"{LOGS} logs", options.against, paths, options.pairs)


if __name__ == "__main__":
    main()
