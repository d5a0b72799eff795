"""The counts again, by SQL written from the printed definitions; it shares no line with the program."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import duckdb

HEADER = ["序号", "接访日期", "接访级别", "责任单位", "来访人数", "办理状态", "办结日期"]
LEVELS = ["市级", "县级", "乡级", ""]
UNITS = ["甲局", "乙局", "丙局", ""]
STATES = ["已办结", "办理中", "息诉罢访", "不予受理", "已化解", "解释说明", "退单", ""]

CLOSED = "('已办结', '息诉罢访', '已化解', '解释说明')"
SETTLED = "('息诉罢访')"
RESOLVED = "('已化解')"
EXCLUDED = "('不予受理', '退单')"

FIGURES = f"""
    count(*) AS visits,
    coalesce(sum(人数), 0)::BIGINT AS persons,
    count(*) FILTER (状态 IN {EXCLUDED}) AS excluded,
    count(*) FILTER (状态 IN {CLOSED} AND 状态 NOT IN {EXCLUDED}) AS closed,
    count(*) FILTER (状态 IN {SETTLED} AND 状态 NOT IN {EXCLUDED}) AS settled,
    count(*) FILTER (状态 IN {RESOLVED} AND 状态 NOT IN {EXCLUDED}) AS resolved,
    count(*) FILTER (状态 NOT IN {EXCLUDED}) AS base,
    count(*) FILTER (状态 NOT IN {EXCLUDED} AND 状态 NOT IN {CLOSED}) AS open,
    median(办结 - 登记) FILTER (状态 IN {CLOSED} AND 办结 >= 登记) AS median_days,
    quantile_cont(办结 - 登记, 0.9) FILTER (状态 IN {CLOSED} AND 办结 >= 登记) AS p90_days,
    avg(办结 - 登记) FILTER (状态 IN {CLOSED} AND 办结 >= 登记) AS mean_days
"""
"""One expression a measure: base = counted less excluded; days of closed records that were not closed before received."""

RECORDS = """
    SELECT nullif(接访级别, '') AS level, nullif(责任单位, '') AS unit, CAST(接访日期 AS DATE) AS 登记,
           CAST(来访人数 AS BIGINT) AS 人数, coalesce(办理状态, '') AS 状态, TRY_CAST(办结日期 AS DATE) AS 办结
    FROM read_csv(?, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')
"""


def write_log(path: Path, seed: int, rows: int) -> None:
    """A clean log, every column filled at random."""
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(1, rows + 1):
            day = date(2025, 1, 1) + timedelta(days=draw.randrange(400))
            done = day + timedelta(days=draw.randrange(-5, 90)) if draw.random() < 0.6 else ""
            writer.writerow(
                [number, day, draw.choice(LEVELS), draw.choice(UNITS), draw.randrange(1, 30), draw.choice(STATES), done]
            )


def figures(
    path: Path, by: list[str], first: date | None = None, last: date | None = None
) -> dict[tuple[str | None, ...], dict[str, object]]:
    """Measures by group; the total under the empty key."""
    where = "WHERE 登记 BETWEEN ? AND ?" if first else ""
    given = [str(path)] + ([first, last] if first else [])
    keys = ", ".join(by)
    found: dict[tuple[str | None, ...], dict[str, object]] = {}
    with duckdb.connect() as base:
        for grouping in [
            f"SELECT {keys}, {FIGURES} FROM ({RECORDS}) {where} GROUP BY {keys}",
            f"SELECT {FIGURES} FROM ({RECORDS}) {where}",
        ]:
            cursor = base.execute(grouping, given)
            names = [column[0] for column in cursor.description or ()]
            for row in cursor.fetchall():
                plain = dict(zip(names, row, strict=True))
                found[tuple(plain.pop(key) for key in by if key in plain)] = plain
    return found
