"""Sheets that stand beside the data and are no part of it."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tests.writers import Cell, Sheet

from .truth import Record
from .words import CANARY_NAMES, CANARY_TELEPHONE


def notes(rng: random.Random) -> Sheet:
    """Instructions in prose."""
    rows: list[list[Cell]] = [
        ["填表说明"],
        ["一、本表由各单位按月填报。"],
        ["二、日期一律填写年月日。"],
        ["三、人数填写阿拉伯数字。"],
    ]
    return Sheet(rng.choice(["说明", "填表说明", "填报说明"]), rows)


def totals(rng: random.Random, records: Sequence[Record], kind: str, by: str | None) -> Sheet:
    """A summary made by hand from the same rows."""
    kept = [record for record in records if not record.rejected]
    groups = Counter((record.group(by) or "未填") for record in kept)
    persons = Counter[str]()
    for record in kept:
        persons[record.group(by) or "未填"] += record.persons
    second, third = ("批次", "人次") if kind == "visits" else ("件数", "办结数")
    rows: list[list[Cell]] = [["汇总表"], ["级别", second, third]]
    rows += [[group, count, persons[group] if kind == "visits" else count // 2] for group, count in groups.items()]
    rows.append(["合计", sum(groups.values()), sum(persons.values())])
    return Sheet(rng.choice(["汇总", "汇总表"]), rows, [(1, 1, 1, 3)])


def pivot(records: Sequence[Record]) -> Sheet:
    """A pivot table as Excel leaves it."""
    groups = Counter((record.level or "(空白)") for record in records if not record.rejected)
    rows: list[list[Cell]] = [[None, None], ["行标签", "计数项:序号", "求和项:人数"]]
    rows += [[group, count, count * 3] for group, count in groups.items()]
    rows.append(["总计", sum(groups.values()), sum(groups.values()) * 3])
    return Sheet("Sheet4", rows)


def stray() -> Sheet:
    """A telephone list."""
    rows: list[list[Cell]] = [["姓名", "单位", "职务", "联系电话"]]
    rows += [[name, f"测试{at}科", "科员", f"{CANARY_TELEPHONE}{at:04}"] for at, name in enumerate(CANARY_NAMES)]
    return Sheet("通讯录", rows)


def hidden(sheet: Sheet, rng: random.Random) -> Sheet:
    """The same sheet as an old copy that nobody sees."""
    return replace(sheet, name=rng.choice(["旧", "备份", "old"]), state=rng.choice(["hidden", "veryHidden"]))
