"""A log of 100,000 visits in 10 columns, as a workbook: what both programs of the benchmark read."""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

HEADER = ["序号", "接访日期", "接访级别", "接访领导", "来访人姓名", "联系电话", "来访人数", "责任单位", "办理状态", "办结日期"]
LEVELS = ["市级", "县级", "乡级"]
STATES = ["已办结", "办理中", "息诉罢访", "不予受理"]


def make(path: Path, rows: int, seed: int = 20261102) -> None:
    """Write the workbook; seeded, so the same at each run."""
    draw = random.Random(seed)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("接访")
        sheet.write_row(0, 0, HEADER)
        for row in range(1, rows + 1):
            day = date(2026, 1, 1) + timedelta(days=draw.randrange(300))
            state = draw.choice(STATES)
            unit, who = f"单位{draw.randrange(40):02}", f"来访人{row:06}"
            sheet.write_row(row, 0, [row])
            sheet.write_datetime(row, 1, day)
            sheet.write_row(row, 2, [draw.choice(LEVELS), f"领导{draw.randrange(30):02}", who, f"000{row:08}"])
            sheet.write_row(row, 6, [draw.randrange(1, 9), unit, state])
            if state in {"已办结", "息诉罢访"}:
                sheet.write_datetime(row, 9, day + timedelta(days=draw.randrange(90)))


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
