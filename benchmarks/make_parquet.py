"""Long Parquet logs in the ten columns of `make_log`, written part by part in little memory.  Seeded, so the same at each run."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from make_log import CLOSED, HEADER, LEVELS, STATES

GROUP = 500_000
"""Rows of a row group."""
_FIRST = int(np.datetime64("2026-01-01", "D").astype(int))


def part(first: int, rows: int, draw: np.random.Generator) -> pa.Table:
    """Return some rows, the first of which has the number `first` (from 1)."""
    numbers = np.arange(first, first + rows)
    days = _FIRST + draw.integers(0, 300, rows)
    states = draw.integers(0, len(STATES), rows)
    ended = np.isin(states, [place for place, state in enumerate(STATES) if state in CLOSED])
    closed = pa.array((days + draw.integers(0, 90, rows)).astype(np.int32), mask=~ended)
    columns = [
        pa.array(numbers),
        pa.array(days.astype(np.int32)).cast(pa.date32()),
        _words(LEVELS, draw, rows),
        _words([f"领导{place:02}" for place in range(30)], draw, rows),
        pa.array([f"来访人{number:09}" for number in numbers.tolist()], pa.string()),
        pa.array([f"000{number:08}" for number in numbers.tolist()], pa.string()),
        pa.array(draw.integers(1, 9, rows)),
        _words([f"单位{place:02}" for place in range(40)], draw, rows),
        pa.array(STATES).take(pa.array(states)),
        closed.cast(pa.date32()),
    ]
    return pa.Table.from_arrays(columns, names=HEADER)


def _words(words: list[str], draw: np.random.Generator, rows: int) -> pa.Array:
    return pa.array(words).take(pa.array(draw.integers(0, len(words), rows)))


def make(path: Path, count: int, seed: int = 20261102) -> Path:
    """Write a log where it is not there yet."""
    if path.exists():
        return path
    draw = np.random.default_rng(seed)
    with pq.ParquetWriter(path, part(1, 0, draw).schema, compression="zstd") as file:
        for first in range(1, count + 1, GROUP):
            file.write_table(part(first, min(GROUP, count + 1 - first), draw))
    return path


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
