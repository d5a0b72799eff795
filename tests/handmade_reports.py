"""Reports made by hand, without a log: what the tests of rendering start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from xfstats.measures.tally import FileTally, SheetTally
from xfstats.model import Claim, Ledger, Log, NotRead, Period
from xfstats.reports.figures import Figure, Pair, Statistic
from xfstats.reports.row import FigureBlock, Row
from xfstats.reports.table import Input, Reconciliation, Report, ReportFinding, Table

MEASURES = ("visits", "persons", "closed", "closure_rate", "median_days")


def figures(visits: int, persons: int, closed: int, days: tuple[int, int] = (25, 2)) -> dict[str, Figure]:
    """The figures of one row, in the order of MEASURES."""
    return dict(zip(MEASURES, (visits, persons, closed, Pair(closed, visits), Statistic(*days)), strict=True))


ROWS = (
    Row({"level": "市级"}, FigureBlock(figures(96, 672, 90))),
    Row({"level": "县级"}, FigureBlock(figures(1924, 6847, 1500, (19, 1)))),
    Row({"level": None}, FigureBlock(figures(0, 0, 0, (0, 0)))),
    Row({"level": "市委书记、市长"}, FigureBlock(figures(29, 101, 29)), "of_which"),
)
NESTED = (
    Row({"unit": "甲局", "level": "市级"}, FigureBlock(figures(2, 5, 1))),
    Row({"unit": "甲局", "level": None}, FigureBlock(figures(1, 1, 1))),
    Row({"unit": "甲局"}, FigureBlock(figures(3, 6, 2)), "subtotal"),
    Row({"unit": None, "level": "县级"}, FigureBlock(figures(4, 8, 4))),
    Row({"unit": None}, FigureBlock(figures(4, 8, 4)), "subtotal"),
    Row({"level": "县委书记"}, FigureBlock(figures(1, 2, 1)), "of_which"),
)


def table(rows: Sequence[Row] = ROWS, by: tuple[str, ...] = ("level",), **given: Any) -> Table:
    """A table of visits whose total is 2,020 receptions."""
    if "total" in given:
        given["total_row"] = Row({}, FigureBlock(given.pop("total")), "total")
    made = Table(
        log=Log.VISITS,
        ledger=Ledger.VISITS,
        title="领导干部接访登记台账",
        by=by,
        span=Period(date(2021, 5, 27), date(2021, 12, 1)),
        measures=MEASURES,
        definitions={
            "visits": "批次 = 纳入统计的接访记录数",
            "persons": "人次 = “人数”列合计",
            "closed": "结案 = 状态为 已办结",
            "closure_rate": "结案率 = 结案 ÷ 批次数",
            "median_days": "办理天数中位数 = 已结案者从登记到办结的整日数的中位数",
        },
        rows=tuple(rows),
        total_row=Row({}, FigureBlock(figures(2020, 7519, 1590, (20, 1))), "total"),
        notes=("没有层级列，按“单位”分组",),
    )
    return replace(made, **given)


def labelled(*labels: str | None) -> Table:
    """A table with these groups."""
    return table([Row({"level": label}, FigureBlock(figures(1, 1, 1))) for label in labels])


def sheet(name: str = "登记") -> SheetTally:
    """What a worker told of one sheet, as far as renderers ask: all else is empty."""
    told: dict[str, Any] = {
        "sheet": name,
        "claim": Claim(Log.VISITS),
        "ledger": Ledger.VISITS,
        "header_rows": (2, 3),
        "columns": {"level": "接访级别"},
        "by": ("level",),
        "rows": 2030,
        "counted": 2020,
        "rejected": {"date-text": 3, "number-text": 1},
        "skipped": {"total": 1, "blank": 5},
        "outside": {},
    }
    return SheetTally(**{one.name: () for one in fields(SheetTally)} | told)


RECONCILIATION = Reconciliation(
    2030, 2020, 4, 6, 0, {"rejected": {"date-text": 3, "number-text": 1}, "skipped": {"total": 1, "blank": 5}, "outside": {}}
)


def report(*tables: Table, **given: Any) -> Report:
    """A report of one file with one sheet that was read and one that was not."""
    name = given.pop("file", "接访.xlsx")
    one = sheet(given.pop("sheet", "登记"))
    passed = NotRead("说明", "notes")
    made = Report(
        version="0.1.0",
        lang="zh",
        as_of="2026-11-02",
        office="样例市信访局",
        tables=tables or (table(),),
        inputs=(Input(name, one),),
        files=(FileTally(name, "ab" * 32, "xlsx", (one,), (passed,)),),
        not_read=((name, passed),),
        findings=(
            ReportFinding("W203", "2 行有办结日期而状态未办结；以状态为准 (「登记」!F17 「登记」!F18)", 2, 0, ("「登记」!F17",)),
        ),
        reconciliation=RECONCILIATION,
    )
    return replace(made, **given)
