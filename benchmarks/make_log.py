"""Logs of visits in 10 columns, as a workbook or as CSV: what all contenders read.  Seeded, so the same at each run."""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import xlsxwriter

HEADER = ["序号", "接访日期", "接访级别", "接访领导", "来访人姓名", "联系电话", "来访人数", "责任单位", "办理状态", "办结日期"]
LEVELS = ["市级", "县级", "乡级"]
STATES = ["已办结", "办理中", "息诉罢访", "不予受理"]
CLOSED = frozenset(["已办结", "息诉罢访"])


def rows(count: int, seed: int = 20261102) -> Iterator[list[int | str | date | None]]:
    """Yield the rows below the header."""
    draw = random.Random(seed)
    for row in range(1, count + 1):
        day, state = date(2026, 1, 1) + timedelta(days=draw.randrange(300)), draw.choice(STATES)
        unit, who = f"单位{draw.randrange(40):02}", f"来访人{row:06}"
        level, leader, persons = draw.choice(LEVELS), f"领导{draw.randrange(30):02}", draw.randrange(1, 9)
        closed = day + timedelta(days=draw.randrange(90)) if state in CLOSED else None
        yield [row, day, level, leader, who, f"000{row:08}", persons, unit, state, closed]


def make(path: Path, count: int, seed: int = 20261102) -> Path:
    """Write a log, in the format of its suffix, where it is not there yet."""
    if path.exists():
        return path
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(chain([HEADER], rows(count, seed)))
        return path
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("接访")
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(rows(count, seed), 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
    return path


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
