"""Whole processes on one file, results checked equal first, then timed in turn: ratios, not seconds.

Prints: the ratio of the pandas script's time to ours (median of pairs), the peak memory of all our processes together, and
`--help` and `--version` against `python -c pass`.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
from make_log import make

HERE = Path(__file__).parent
ROWS = 100_000
PAIRS = 5


def main() -> None:
    """Check, then measure."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "接访.xlsx"
        make(path, ROWS)
        ours = [sys.executable, "-m", "xfstats", "summarize", str(path), "-q", "--as-of", "2027-06-30"]
        theirs = [sys.executable, str(HERE / "by_hand.py"), str(path)]
        check(ours, theirs)
        pairs = [(seconds(theirs), seconds(ours)) for _ in range(PAIRS)]
        ratios = [other / own for other, own in pairs]
        print(f"{ROWS} rows x 10 columns, whole process, {PAIRS} pairs")
        print(f"pandas script / xfstats: median {statistics.median(ratios):.1f} (min {min(ratios):.1f}, max {max(ratios):.1f})")
        print(f"  seconds: {statistics.median(p[0] for p in pairs):.2f} and {statistics.median(p[1] for p in pairs):.2f}")
        print(f"peak memory of all xfstats processes together: {peak(ours) / 2**20:.0f} MiB")
    for option in ("--help", "--version"):
        ratios = [seconds([sys.executable, "-m", "xfstats", option]) / seconds([sys.executable, "-c", "pass"]) for _ in range(15)]
        print(f"xfstats {option} / python -c pass: median {statistics.median(ratios):.1f}")


def check(ours: list[str], theirs: list[str]) -> None:
    """Both give the same figures for every level; else there is nothing to compare."""
    table = json.loads(subprocess.run([*ours, "-f", "json"], check=True, capture_output=True).stdout)["tables"][0]
    groups = json.loads(subprocess.run([*theirs, "json"], check=True, capture_output=True).stdout)
    assert {row["group"]["level"] for row in table["rows"]} == set(groups)
    for row in table["rows"]:
        other = groups[row["group"]["level"]]
        for key, figure in row["figures"].items():
            value = figure["value"] if isinstance(figure, dict) else figure
            assert abs(value - other[key]) < 1e-6, (row["group"], key, value, other[key])


def seconds(command: list[str]) -> float:
    """Wall time of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def peak(command: list[str]) -> int:
    """The highest sum of resident memory of a process and its children, sampled every 5 ms."""
    process = psutil.Popen(command, stdout=subprocess.DEVNULL)
    highest = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal highest
        while not done.is_set():
            try:
                family = [process, *process.children(recursive=True)]
                highest = max(highest, sum(one.memory_info().rss for one in family))
            except psutil.NoSuchProcess:
                pass
            time.sleep(0.005)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    done.set()
    watcher.join()
    return highest


if __name__ == "__main__":
    main()
