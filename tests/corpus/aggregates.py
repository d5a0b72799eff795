"""Tables that hold counts already: the counts are added, or the file is refused; its rows are no records."""

import random
from collections.abc import Callable, Mapping, Sequence

from tests.writers import Cell, Sheet

from .book import Log
from .truth import Expected, Figures, Rows, Table

LEVELS = ("市级", "县级", "乡级")
Made = tuple[str, str, Sequence[Sheet], Expected]


def _table(log: str, by: str, groups: Mapping[str | None, Figures]) -> Table:
    keys = tuple(next(iter(groups.values())))
    total = {key: sum(figures[key] for figures in groups.values()) for key in keys}
    return Table(log, by, groups, total, keys, rates=True)


def by_level(rng: random.Random) -> Made:
    """级别, 批次, 人次 and a total."""
    groups: dict[str | None, Figures] = {
        level: {"visits": rng.randint(5, 90), "persons": rng.randint(91, 400)} for level in LEVELS
    }
    one = _table("visits", "level", groups)
    grid: list[list[Cell]] = [["2024年5月领导干部接访情况统计表"], ["级别", "批次", "人次"]]
    grid += [[level, figures["visits"], figures["persons"]] for level, figures in groups.items()]
    grid.append(["合计", one.total["visits"], one.total["persons"]])
    return "visits", "接访统计", [Sheet("Sheet1", grid)], Expected((one,), Rows(4, 3, skipped=1))


def by_month_and_level(rng: random.Random) -> Made:
    """月份, 级别, 批次, 人次: several rows of one level."""
    rows = [(month, level, rng.randint(1, 30), rng.randint(31, 99)) for month in range(1, 7) for level in LEVELS]
    groups: dict[str | None, Figures] = {
        level: {
            "visits": sum(row[2] for row in rows if row[1] == level),
            "persons": sum(row[3] for row in rows if row[1] == level),
        }
        for level in LEVELS
    }
    grid: list[list[Cell]] = [["月份", "接访级别", "批次", "来访人次"], *[[f"{row[0]}月", *row[1:]] for row in rows]]
    one = _table("visits", "level", groups)
    return "visits", "接访情况", [Sheet("Sheet1", grid)], Expected((one,), Rows(18, 18))


def by_region(rng: random.Random) -> Made:
    """区县, 批次, 人次 with the total first."""
    names = ("甲县", "乙区", "丙县", "丁镇")
    groups: dict[str | None, Figures] = {name: {"visits": rng.randint(5, 90), "persons": rng.randint(91, 400)} for name in names}
    one = _table("visits", "region", groups)
    grid: list[list[Cell]] = [["来访情况"], ["序号", "区县", "批次", "人次"]]
    grid.append(["合计", None, one.total["visits"], one.total["persons"]])
    grid += [[at, name, figures["visits"], figures["persons"]] for at, (name, figures) in enumerate(groups.items(), start=1)]
    return "visits", "来访情况", [Sheet("Sheet1", grid)], Expected((one,), Rows(5, 4, skipped=1))


def _cases(rng: random.Random, log: str, field: str, label: str, names: Sequence[str]) -> tuple[list[list[Cell]], Table]:
    groups: dict[str | None, Figures] = {}
    for name in names:
        cases = rng.randint(30, 60)
        groups[name] = {"cases": cases, "closed": cases - rng.randint(1, 9), "settled": rng.randint(5, 20)}
    one = _table(log, field, groups)
    grid: list[list[Cell]] = [[label, "件数", "办结数", "息诉罢访数"]]
    grid += [[name, *figures.values()] for name, figures in groups.items()]
    return [*grid, ["合计", *one.total.values()]], one


def cases_by_level(rng: random.Random) -> Made:
    """级别, 件数, 办结数, 息诉罢访数."""
    grid, one = _cases(rng, "cases", "level", "级别", LEVELS)
    return "cases", "包案情况", [Sheet("Sheet1", grid)], Expected((one,), Rows(4, 3, skipped=1), refuse=True)


def backlog_by_unit(rng: random.Random) -> Made:
    """责任单位 with counts."""
    grid, one = _cases(rng, "backlog", "unit", "责任单位", ("甲县住建局", "乙区人社局", "丙县教育局"))
    return "backlog", "积案化解情况", [Sheet("Sheet1", grid)], Expected((one,), Rows(4, 3, skipped=1), refuse=True)


AGGREGATES: Mapping[str, Callable[[random.Random], Made]] = {
    "counts-by-level": by_level,
    "counts-by-month": by_month_and_level,
    "counts-by-region": by_region,
    "counts-of-cases": cases_by_level,
    "counts-of-backlog": backlog_by_unit,
}


def log(key: str, name: str, make: Callable[[random.Random], Made]) -> Log:
    """The table as a log of the traps' tier."""
    kind, file, sheets, expected = make(random.Random(f"{key} {name}"))
    return Log(key, kind, "trap", (f"trap-{name}",), f"{file}.xlsx", "xlsx", sheets, expected)
