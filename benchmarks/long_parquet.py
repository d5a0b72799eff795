"""Long Parquet logs: CPU seconds a million rows and peak memory a process, beside DuckDB and polars with the same figures.

A log beyond the limits of one file is read whole with these raised, as long as the program has no other way.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from pairing import Row, compared, in_turn, memory, own, peer, show

RAISED = {"cells": 1 << 40, "inflated_bytes": 1 << 40, "file_bytes": 1 << 31, "memory_mib": 1 << 14, "seconds": 7200}
GOAL = 600
"""MB of the largest process."""
MILLION = 1_000_000


def parquet(folder: Path, rows: int, pairs: int) -> list[Row]:
    """Return the rows of the table about one log."""
    path = folder / f"{rows}.parquet"
    maker = Path(__file__).with_name("make_parquet.py")
    subprocess.run([sys.executable, str(maker), str(path), str(rows)], check=True)  # elsewhere: it imports what is large
    ours = own(path)
    ours = replace(
        ours, command=[*ours.command, *(word for name, most in RAISED.items() for word in ("--limit", f"{name}={most}"))]
    )
    goals = {"DuckDB of Parquet with a row hash": 1.6, "polars.scan_parquet": None}
    costs = in_turn([ours, *(peer(name, path) for name in goals)], pairs)
    path.unlink()
    work = f"{rows:,} x 10 .parquet"
    each = [
        Row(work, f"CPU a million rows, {name}", [one.cpu * MILLION / rows for one in own], None, "s")
        for name, own in costs.items()
    ]
    peaks = [Row(work, f"peak memory of {name}", [one.worker for one in costs[name]], None, "MB") for name in goals]
    return [*compared(work, costs, goals), *each, *memory(work, costs, worker=GOAL), *peaks]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[MILLION, 10 * MILLION])
    parser.add_argument("--pairs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        show([row for rows in asked.rows for row in parquet(Path(folder), rows, asked.pairs)])


if __name__ == "__main__":
    main()
