"""Logs of visits drawn by a seed with every column that a measure needs, reports of them, and the sample logs."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tests.logs import LIMITS, report
from xfstats.measures.definitions import BY_KEY

SAMPLES = Path(__file__).parent.parent / "sample_data"
HEADER = "序号 接访日期 接访级别 责任单位 信访形式 来访人姓名 来访人数 初重访 受理日期 办结期限 办结日期 是否延期"
HEADER += " 办理状态 满意度 对责任单位满意度"
STATES = ["已办结", "办理中", "不予受理", "部分解决", "已化解", "息诉罢访", ""]
RATINGS = ["满意", "基本满意", "不满意", "未评价", ""]
EVERY = ",".join(key for key in BY_KEY if key not in {"cases", "median_hours"})


def rows(seed: int, size: int = 120) -> list[list[object]]:
    draw = random.Random(seed)
    made = []
    for number in range(size):
        day = date(2026, 1, 1) + timedelta(days=draw.randrange(300))
        accepted = day + timedelta(days=draw.randrange(30)) if draw.random() < 0.7 else ""
        due = day + timedelta(days=draw.randrange(20, 90)) if draw.random() < 0.3 else ""
        closed = day + timedelta(days=draw.randrange(-3, 120)) if draw.random() < 0.6 else ""
        words = [
            draw.choice(["市级", "县级", "乡级", ""]),
            draw.choice(["甲局", "乙局", "丙局"]),
            draw.choice(["来信", "来访", ""]),
        ]
        ends = [draw.choice(["是", "否", ""]), draw.choice(STATES), draw.choice(RATINGS), draw.choice(RATINGS)]
        heads = draw.randrange(1, 12)
        made.append(
            [number, day, *words, f"来访人{number}", heads, draw.choice(["初访", "重访", ""]), accepted, due, closed, *ends]
        )
    return made


def counted(folder: Path, given: list[list[object]], **options):
    path = folder / "接访.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([HEADER.split(), *given])
    return report(path, **{"measure": EVERY, "words": LIMITS, **options})


def monthly(folder, seed=7, **options):
    chosen = {
        "by": "level",
        "measure": "visits,persons,closed,closure_rate,share,median_days",
        "period": "2026-05",
        "compare": "prev,yoy",
    }
    return replace(counted(folder, rows(seed), **{**chosen, **options}), command="report --period 2026-05 --as-of 2026-11-02")


def city():
    made = report(*sorted((SAMPLES / "city_2021").glob("*.xlsx")), profile=SAMPLES / "city_2021" / "xfstats.toml")
    return replace(made, command="report --as-of 2026-11-02")
