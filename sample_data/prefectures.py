"""Visits to higher offices from 11 invented prefectures in two periods: the city falls from the top three."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from books import Cell, Sheet, write_book
from invented import Person

NAMES = ("清源市", "东岭市", "西海州", "南渡市", "北原市", "中和市", "高台市", "平川市", "白石州", "青林市", "临江市")
TIERS = {"进京": "进京访", "赴省": "到省访", "到市": "来市访"}
PLACES = {2020: {"进京": 3, "赴省": 2, "到市": 4}, 2021: {"进京": 10, "赴省": 9, "到市": 5}}
"""The city's place by volume, largest first."""
STEPS = {"进京": (12, 3), "赴省": (30, 4), "到市": (45, 5)}
"""The smallest volume of a tier, and how much each place adds."""


PROFILE = """# 全省各市州群众上访：清源市在各级去向中的位次（xfstats 读取本文件夹时自动使用）
schema = 1
own = "清源市"
by = "region"
cross = "tier"
measure = "visits"
rank = "visits"
"""


def make_prefectures(folder: Path) -> None:
    """One workbook, a sheet a year."""
    folder.mkdir(exist_ok=True)
    draw = random.Random(20211202)
    write_book(folder / "各市州群众上访登记.xlsx", [_year(draw, year) for year in PLACES])
    (folder / "xfstats.toml").write_text(PROFILE, "utf-8")


def volumes(year: int) -> dict[str, dict[str, int]]:
    """How many visits each prefecture has in each tier; no two are alike."""
    found: dict[str, dict[str, int]] = {}
    for tier, place in PLACES[year].items():
        least, step = STEPS[tier]
        others = list(NAMES[1:])
        shift = (year + len(tier) * place) % len(others)
        ranked = others[shift:] + others[:shift]
        ranked.insert(place - 1, NAMES[0])
        found[tier] = {name: least + step * (len(NAMES) - index) for index, name in enumerate(ranked)}
    return found


def _year(draw: random.Random, year: int) -> Sheet:
    visits = [(name, tier) for tier, sums in volumes(year).items() for name, count in sums.items() for _ in range(count)]
    draw.shuffle(visits)
    rows: list[list[Cell]] = [[f"{year}年全省群众上访登记表", *[None] * 6]]
    rows.append(["序号", "来访日期", "市州", "上访去向", "来访人姓名", "联系电话", "来访人数"])
    for number, (name, tier) in enumerate(visits, 1):
        person = Person(draw, number)
        day = date(year, 1, 1) + timedelta(days=draw.randrange(365))
        rows.append([number, day, name, TIERS[tier], person.name, person.phone, draw.randrange(1, 6)])
    return Sheet(str(year), rows, [(0, 0, 0, 6)], header=(1,))
