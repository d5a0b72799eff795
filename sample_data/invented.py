"""Invented words for synthetic logs: nobody of these exists, and no number has a valid check digit."""

from __future__ import annotations

import random

UNITS = ("市信访局", "市住建局", "市人社局", "市自然资源局", "市教育局", "市公安局", "市水务局", "市农业农村局")
COUNTIES = ("东川县", "西陵区", "南坪县", "北湖区", "安平市", "石桥县")
CATEGORIES = ("城乡建设", "劳动社保", "国土资源", "农村农业", "教育卫生", "环境保护")


class Person:
    """The personal cells of one invented row."""

    def __init__(self, draw: random.Random, number: int) -> None:
        """Number the person; nothing else tells them apart."""
        self.name = f"来访人{number:05}"
        self.identity = f"000000{draw.randrange(10**12):012}"
        self.phone = f"000-0{draw.randrange(10**3):03}-{number:05}"
        self.address = f"样例路{draw.randrange(1, 400)}号"
        self.matter = f"样例事项{draw.randrange(1, 900)}"


def spread(draw: random.Random, total: int, parts: int, least: int = 1) -> list[int]:
    """`total` people over `parts` rows, at least `least` in each."""
    counts = [least] * parts
    for _ in range(total - least * parts):
        counts[draw.randrange(parts)] += 1
    return counts
