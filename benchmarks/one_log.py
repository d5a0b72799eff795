"""One long log against what somebody would read it with otherwise."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from make_log import make
from pairing import Row, compared, in_turn, memory, own, peer, show

LONG, MIDDLE = 1_000_000, 100_000


def workbook(folder: Path, rows: int, pairs: int) -> list[Row]:
    """A million rows of .xlsx, beside the floor of any reader."""
    path = make(folder / f"{rows}.xlsx", rows)
    floor = replace(peer("isal inflate", path), figures=None)
    costs = in_turn([own(path), peer("fastexcel + pandas", path), peer("polars.read_excel", path), floor], pairs)
    work = f"{rows:,} x 10 .xlsx"
    goals = {"fastexcel + pandas": 0.65, "polars.read_excel": 0.85, "isal inflate": 10}
    return compared(work, costs, goals) + memory(work, costs, worker=350, parent=60)


def shorter_workbook(folder: Path, rows: int, pairs: int) -> list[Row]:
    """A hundred thousand rows of .xlsx."""
    path = make(folder / f"{rows}.xlsx", rows)
    goals = {"fastexcel + pandas": 1.0, "pandas with calamine": 0.5, "pandas with openpyxl": 0.1}
    costs = in_turn([own(path), *(peer(name, path) for name in goals)], pairs)
    return compared(f"{rows:,} x 10 .xlsx", costs, goals)


def text(folder: Path, rows: int, pairs: int) -> list[Row]:
    """A million rows of CSV."""
    path, work = make(folder / f"{rows}.csv", rows), f"{rows:,} x 10 .csv"
    costs = in_turn([own(path), peer("DuckDB with a row hash", path)], pairs)
    return compared(work, costs, {"DuckDB with a row hash": 2.5}) + memory(work, costs, worker=350)


PARTS = {"xlsx": (workbook, LONG), "xlsx-100k": (shorter_workbook, MIDDLE), "csv": (text, LONG)}


def main() -> None:
    """Print the rows of the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=[*PARTS], choices=[*PARTS])
    parser.add_argument("--rows", type=int, help="as many, instead of a million or a hundred thousand")
    parser.add_argument("--pairs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        show([row for part in asked.parts for row in PARTS[part][0](Path(folder), asked.rows or PARTS[part][1], asked.pairs)])


if __name__ == "__main__":
    main()
