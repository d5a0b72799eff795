"""Further logs of Chinese offices: mailbox, calls, backlog, months, inspections, traditional characters."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tests.writers import Cell

from .canaries import NAMES, PHONE, TEXTS
from .matters import Matter, State, counted, done, drawn
from .office import Office, book, seeded, tabled
from .papers import (
    BLANK,
    FOOT,
    OFFICE,
    TITLE,
    TOTAL,
    UNITS,
    Paper,
    always,
    closed,
    notes,
    number,
    paper,
    persons,
    received,
    serial,
    told,
    word,
)

UNITS_OF = ("市住房和城乡建设局", "市人力资源和社会保障局", "青溪区人民政府", "柏山县人民政府")
PLACES = ("东岭县", "青溪区", "柏山县", "经开区")
LEVELS = ("市级", "县级", "乡级")


def dotted(day: date) -> Cell:
    """2024.5.6."""
    return f"{day.year}.{day.month}.{day.day}"


def clock(day: date) -> Cell:
    """With the time of day."""
    return f"{day.isoformat()} 09:1{day.day % 10}:00"


def slashed(day: date) -> Cell:
    """2024/5/6."""
    return f"{day.year}/{day.month}/{day.day}"


def compact(day: date) -> Cell:
    """20240506 as a number."""
    return int(f"{day:%Y%m%d}")


def mailbox() -> Iterator[Office]:
    """The mayor's mailbox and a register of letters."""
    key = "zh-mailbox-csv"
    rng = seeded(key)
    rows = drawn(rng, (done("已回复"), State("待回复"), State("处理中")), 40, unit=UNITS_OF)
    columns = (
        ("信件编号", number("SZXX")),
        ("来信时间", received(clock)),
        ("信件类别", always("咨询", "投诉")),
        ("来信人", always(*NAMES)),
        ("信件标题", always(*TEXTS)),
        ("承办部门", told("unit")),
        ("信件状态", word),
        ("回复时间", closed(clock)),
    )
    made = paper(rng, columns, rows)
    yield Office(
        key, "shape: mailbox", [("市长信箱.csv", book("csv", made.sheet))], tabled([made], 40, counted(rows, "letters", "unit"))
    )
    key = "zh-letters-xlsx"
    rng = seeded(key)
    rows = drawn(rng, (done("已办结"), State("转办")), 36, level=LEVELS)
    columns = (
        ("序号", serial),
        ("收信日期", received(compact)),
        ("来信人姓名", always(*NAMES)),
        ("批阅领导级别", told("level")),
        ("信件内容摘要", always(*TEXTS)),
        ("办理情况", word),
        ("办结日期", closed(compact)),
    )
    made = paper(rng, columns, rows, title="领导批阅群众来信登记表", mess=(TITLE, UNITS, TOTAL, BLANK))
    yield Office(
        key,
        "shape: letters",
        [("批阅来信.xlsx", book("xlsx", made.sheet, notes()))],
        tabled([made], 36, counted(rows, "letters", "level")),
    )


def calls() -> Iterator[Office]:
    """A register of telephone calls."""
    for fmt in ("xlsx", "tsv-xls"):
        key = f"zh-calls-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, (done("已答复"), State("已转办"), State("办理中")), 36, region=PLACES)
        columns = (
            ("序号", serial),
            ("来电日期", received(slashed)),
            ("来电人姓名", always(*NAMES)),
            ("联系电话", always(PHONE)),
            ("来电事由", always(*TEXTS)),
            ("所属县区", told("region")),
            ("处理情况", word),
            ("答复日期", closed(slashed)),
        )
        made = paper(rng, columns, rows, title="群众来电登记表", mess=(TITLE,) if fmt == "xlsx" else ())
        yield Office(
            key,
            "shape: calls",
            [(f"来电登记.{fmt.split('-')[-1]}", book(fmt, made.sheet))],
            tabled([made], 36, counted(rows, "cases", "region")),
        )


def backlog() -> Iterator[Office]:
    """Old matters taken over by leaders, with three flags of their end."""
    for fmt, yes, no in (("xlsx", "是", "否"), ("xls", "√", None), ("csv-gb18030", "是", "否")):
        key = f"zh-backlog-{fmt}"
        rng = seeded(key)
        states = (State(None, frozenset({"closed", "settled"})), State(None, frozenset({"closed"}), 3), State(None))
        rows = [replace(one, closed=None) for one in drawn(rng, states, 38, region=PLACES)]

        closing, settling = (
            told("sets", lambda sets, name=name, marks=(no, yes): marks[name in sets]) for name in ("closed", "settled")
        )
        rows = [one.with_told(sets=one.sets) for one in rows]
        columns = (
            ("序号", serial),
            ("案件编号", number("JA")),
            ("交办日期", received(dotted)),
            ("县（市、区）", told("region")),
            ("信访人姓名", always(*NAMES)),
            ("信访问题", always(*TEXTS)),
            ("包案领导", always(*NAMES)),
            ("包案领导职务", always("副市长", "县委书记", "镇长")),
            ("是否办结", closing),
            ("是否息诉罢访", settling),
        )
        made = paper(
            rng,
            columns,
            rows,
            title="集中治理重复信访、化解信访积案工作台账",
            mess=(TITLE, OFFICE, FOOT) if fmt != "csv-gb18030" else (TITLE,),
        )
        right = tabled([made], 38, counted(rows, "backlog", "region"))
        yield Office(key, "shape: backlog", [(f"信访积案.{fmt.split('-')[0]}", book(fmt, made.sheet))], right)


def by_county() -> Iterator[Office]:
    """A sheet a month with the days as month and day, the year in the title alone."""
    key = "zh-months-xlsx"
    rng = seeded(key)
    parts: list[tuple[Paper, list[Matter]]] = []
    for month in (3, 4, 5):
        rows = drawn(rng, (done("已办结"), State("办理中")), 16, first=date(2024, month, 1), span=28, within=30, level=LEVELS)
        short = received(lambda day: f"{day.month}月{day.day}日")
        columns = (
            ("序号", serial),
            ("来访日期", short),
            ("接访领导级别", told("level")),
            ("人数（人）", persons),
            ("办理状态", word),
        )
        parts.append(
            (paper(rng, columns, rows, name=f"{month}月", title=f"2024年{month}月领导接访登记表", mess=(TITLE, TOTAL)), rows)
        )
    rows = [replace(one, closed=None) for _, part in parts for one in part]
    papers = [one for one, _ in parts]
    right = tabled(papers, 48, counted(rows, "visits", "level", persons=True))
    yield Office(key, "shape: months", [("领导接访（按月）.xlsx", book("xlsx", *(one.sheet for one in papers)))], right)


def inspectors() -> Iterator[Office]:
    """Matters that an inspection handed over, with a unit that stands merged over its rows."""
    for fmt in ("xlsx", "html-xls", "ods"):
        key = f"zh-inspection-{fmt}"
        rng = seeded(key)
        rows = sorted(
            drawn(rng, (done("已办结"), State("未办结")), 30, region=PLACES), key=lambda one: PLACES.index(one.told["region"])
        )
        made = Paper(
            "Sheet1",
            [["环境问题转办件办理情况一览表"], ["被投诉地区", "受理编号", "转办日期", "污染类型", "办理状态", "办结时间"]],
            header=2,
        )
        made.merge(0, 0, 0, 5)
        for at, one in enumerate(rows):
            first = at == 0 or rows[at - 1].told["region"] != one.told["region"]
            if first:
                count = sum(other.told["region"] == one.told["region"] for other in rows)
                made.merge(len(made.lines), 0, len(made.lines) + count - 1, 0)
            made.lines.append(
                [
                    one.told["region"] if first else None,
                    f"D2024{at:04}",
                    one.received,
                    ("水", "大气", "噪声")[at % 3],
                    one.word,
                    one.closed,
                ]
            )
        right = tabled([made], 30, counted(rows, "cases", "region"))
        yield Office(
            key, "shape: inspection", [(f"转办件.{fmt.split('-')[-1]}", book(fmt, made.sheet))], right, ("--by", "region")
        )


def traditional() -> Iterator[Office]:
    """A register in traditional characters: read rightly, or refused."""
    key = "zh-traditional-xlsx"
    rng = seeded(key)
    rows = drawn(rng, (done("已結案"), State("處理中")), 30, unit=("工務局", "環境保護局"))
    columns = (
        ("案件編號", number("TW")),
        ("受理日期", received(slashed)),
        ("承辦單位", told("unit")),
        ("辦理狀態", word),
        ("結案日期", closed(slashed)),
    )
    made = paper(rng, columns, rows, title="陳情案件登記表", mess=(TITLE,))
    right = replace(tabled([made], 30, counted(rows, "cases", "unit")), refuse=True)
    yield Office(key, "shape: traditional", [("陳情案件.xlsx", book("xlsx", made.sheet))], right)


def offices() -> Iterator[Office]:
    """All of this page."""
    for make in (mailbox, calls, backlog, by_county, inspectors, traditional):
        yield from make()
