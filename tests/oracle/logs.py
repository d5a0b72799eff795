"""Generated logs for the oracle: clean words and days, drawn so that every limit is met, just missed and just kept."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

AS_OF = date(2025, 11, 2)
FIRST = date(2024, 8, 1)
DAYS = 480
"""Days of receipt: the last fortnight of them is after AS_OF."""

CASES = {
    "serial": "案件编号",
    "received": "登记日期",
    "accepted_on": "受理日期",
    "due_on": "办理期限",
    "closed_on": "办结日期",
    "unit": "责任单位",
    "level": "办理级别",
    "channel": "信访形式",
    "state": "办理状态",
    "rating": "满意度",
    "rating_unit": "对责任单位满意度",
    "first": "初重访",
    "extended": "是否延期",
}
VISITS = CASES | {
    "serial": "序号",
    "received": "接访日期",
    "level": "接访级别",
    "persons": "来访人数",
    "group_visit": "是否集体访",
}
BATCHES = VISITS | {"batches": "批次"}
GROUPS = {key: header for key, header in VISITS.items() if key != "persons"}
FLAGS = CASES | {"closed_flag": "是否办结", "settled_flag": "息诉罢访", "resolved_flag": "是否解决", "rating": "是否满意"}
UNDATED = {key: header for key, header in CASES.items() if key not in {"accepted_on", "due_on", "extended"}}
DATES = {key: header for key, header in CASES.items() if key != "state"}
SOLVED = DATES | {"resolved_flag": "是否解决"}
SHAPES = {
    "cases": ("案件.csv", CASES),
    "visits": ("接访.csv", VISITS),
    "batches": ("接访.csv", BATCHES),
    "groups": ("接访.csv", GROUPS),
    "flags": ("案件.csv", FLAGS),
    "undated": ("案件.csv", UNDATED),
    "dates": ("案件.csv", DATES),
    "solved": ("案件.csv", SOLVED),
}
"""A file's name and its headers by field: by status words; with heads; several visits a row; 集体访 without heads; yes/no
columns; no date but those of receipt and closing; neither status nor yes/no column; 是否解决 alone."""

STATES = (
    ["已办结"] * 4
    + ["办理中"] * 5
    + ["息诉罢访", "已化解", "解释说明", "部分解决", "部分化解", "待受理", "持续稳控", "不予受理", "退单", "重复件", "撤诉", ""]
)
DONE = {"已办结", "息诉罢访", "已化解", "解释说明"}
RATINGS = ["满意", "非常满意", "基本满意", "比较满意", "不满意", "未评价", "无法回访", "", ""]


def day_near(draw: random.Random, received: date) -> date:
    """A due day: about the as-of day, or some weeks after receipt."""
    if draw.random() < 0.5:
        return AS_OF + timedelta(days=draw.choice([-30, -2, -1, 0, 0, 1, 7, 8, 30, 31, 45]))
    return received + timedelta(days=draw.randrange(1, 100))


def accepted(draw: random.Random, received: date) -> date | None:
    """Mostly a day about one of the presets' limits; some before receipt, some none."""
    if draw.random() < 0.25:
        return None
    return received + timedelta(days=draw.choice([-2, 0, 1, 2, 5, 6, 7, 8, 9, 14, 15, 16, 20, 40]))


def closed(draw: random.Random, state: str, start: date, due: date | None) -> date | None:
    """A close date for most of what is closed and for some of what is not; about a limit, or anywhere, even before receipt."""
    if draw.random() > (0.85 if state in DONE else 0.25):
        return None
    if due is not None and draw.random() < 0.4:
        return due + timedelta(days=draw.choice([-1, 0, 0, 1]))
    return start + timedelta(
        days=draw.choice([-6, -1, 0, 6, 7, 8, 10, 14, 15, 28, 29, 59, 60, 61, 89, 90, 91, draw.randrange(100)])
    )


def row(draw: random.Random, number: int, first: date, days: int) -> dict[str, object]:
    """One record, every field of every shape."""
    received = first + timedelta(days=draw.randrange(days))
    if draw.random() < 0.12:
        received = AS_OF - timedelta(days=draw.choice([0, 1, 2, 5, 6, 7, 8, 10, 14, 15, 16, 60, 61, 90, 91]))
    took = accepted(draw, received)
    due = day_near(draw, received) if draw.random() < 0.35 else None
    state = draw.choice(STATES)
    done = closed(draw, state, took or received, due)
    nameless = draw.random() < 0.05
    return {
        "serial": number,
        "received": "" if nameless else received,
        "accepted_on": "" if nameless and draw.random() < 0.6 else took or "",
        "due_on": due or "",
        "closed_on": done or "",
        "unit": draw.choice(["甲局", "乙局", "丙局", "丁局", ""]),
        "level": draw.choice(["市级", "县级", "乡级", ""]),
        "channel": draw.choice(["来信", "来访", "网上", ""]),
        "state": state,
        "rating": draw.choice(RATINGS),
        "rating_unit": draw.choice(RATINGS),
        "first": draw.choice(["初件", "重件", "初访", "重复", ""]),
        "extended": draw.choice(["是", "否", "已延期", "未延期", "", ""]),
        "persons": draw.choice([1, 1, 2, 3, 4, 5, 6, 7, 12, 31]),
        "group_visit": draw.choice(["是", "否", "集体访", "个访", ""]),
        "batches": draw.choice([1, 1, 1, 2, 3]),
        "closed_flag": draw.choice(["是", "否", ""]),
        "settled_flag": draw.choice(["是", "否", ""]),
        "resolved_flag": draw.choice(["是", "否", ""]),
    }


def write_log(folder: Path, seed: int, shape: str = "cases", rows: int = 260, first: date = FIRST, days: int = DAYS) -> Path:
    """A csv file of one shape."""
    name, headers = SHAPES[shape]
    draw = random.Random(f"{shape} {seed}")
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers.values())
        for number in range(1, rows + 1):
            record = row(draw, number, first, days)
            if shape == "flags":
                record["rating"] = draw.choice(["是", "否", ""])
            writer.writerow([record[key] for key in headers])
    return path


def write_holidays(path: Path) -> Path:
    """Days off and working weekends of the years that the limits reach."""
    lines: list[str] = []
    for year in range(2022, 2028):
        lines += [f"{year}-01-01 off", f"{year}-05-01 off", f"{year}-12-25 off"]
        lines += [f"{year}-10-{day:02d} off" for day in range(1, 8)]
        lines += [f"{day} on" for day in [first_saturday(year, 9), first_saturday(year, 10) + timedelta(days=8)]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def first_saturday(year: int, month: int) -> date:
    """The first Saturday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(5 - first.weekday()) % 7)
