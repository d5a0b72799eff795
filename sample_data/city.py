"""The founding report's logs, as a clerk would keep them; every figure of the report comes out exactly."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from books import Cell, Sheet, write_book
from invented import CATEGORIES, COUNTIES, UNITS, Person, spread

CITY = "清源市"
FIRST, LAST = date(2021, 5, 27), date(2021, 11, 30)
HEADS = ("县委书记", "县长", "区委书记", "区长")
OTHERS = ("副县长", "县委常委", "副区长", "政协主席", "人大副主任")
TOWN = ("乡长", "镇党委书记", "镇长", "街道办主任")
LEVELS = {"市级": ("市级", "市本级", "市领导"), "县级": ("县级", "区级", "县区"), "乡级": ("乡级", "乡镇", "乡镇级", "街道")}
PROFILE = """# 清源市信访局：按层级和职务分组（xfstats 读取本文件夹时自动使用）
schema = 1
office = "清源市信访局"

[[groups.visits]]
label = "市级领导"
when = { level = "市级" }

[[groups.visits]]
label = "县市区党政一把手"
when = { level = "县级", post = ["县委书记", "县长", "区委书记", "区长"] }

[[groups.visits]]
label = "其他党政班子成员和乡镇领导"
when = { level = ["县级", "乡级"] }

[[groups.cases]]
label = "市级领导"
when = { level = "市级" }

[[groups.cases]]
label = "县委书记、县长"
when = { level = "县级" }

[[groups.letters]]
label = "市委书记、市长"
when = { post = ["市委书记", "市长"] }
of_which = true
"""


def make_city(folder: Path) -> None:
    """Four workbooks and the office's profile."""
    folder.mkdir(exist_ok=True)
    draw = random.Random(20211201)
    write_book(folder / "1 领导干部接访登记台账.xlsx", [_notes(), *_visits(draw)])
    write_book(folder / "2 领导包案台账.xlsx", [_cases(draw)])
    write_book(folder / "3 批阅来信和信访问题报告卡.xlsx", [_letters(draw)])
    write_book(folder / "4 信访积案排查化解台账.xlsx", [_backlog(draw)])
    (folder / "xfstats.toml").write_text(PROFILE, "utf-8")


def _notes() -> Sheet:
    return Sheet(
        "填表说明", [["一、每次接访填一行，合并单元格不要拆开。"], ["二、人数按实际来访人数填写。"], ["三、每月底报市信访局。"]]
    )


def _visits(draw: random.Random) -> list[Sheet]:
    """7,413 receptions of 30,749 people, a sheet a month, dates in the forms that clerks type."""
    rows: list[tuple[date, str, str, int]] = []
    groups = (("市级", ("副市长", "市委常委"), 96, 672), ("县级", HEADS, 1924, 6847))
    for level, posts, visits, persons in groups:
        rows += _drawn(draw, level, posts, spread(draw, persons, visits))
    others = spread(draw, 23230, 5393)
    rows += _drawn(draw, "县级", OTHERS, others[:1800]) + _drawn(draw, "乡级", TOWN, others[1800:])
    rows.sort()
    sheets = []
    number = 0
    for month in range(5, 12):
        chosen = [row for row in rows if row[0].month == month]
        sheets.append(_month(draw, month, chosen, number))
        number += len(chosen)
    return sheets


def _drawn(draw: random.Random, level: str, posts: tuple[str, ...], counts: list[int]) -> list[tuple[date, str, str, int]]:
    days = (LAST - FIRST).days + 1
    return [(FIRST + timedelta(days=draw.randrange(days)), level, draw.choice(posts), count) for count in counts]


def _month(draw: random.Random, month: int, chosen: list[tuple[date, str, str, int]], start: int) -> Sheet:
    """One month: title, office line, a two-row header, a total row, a footnote; the unit merged down its runs."""
    width = 11
    blank: list[Cell] = [None] * width
    rows: list[list[Cell]] = [
        [f"{CITY}2021年{month}月份领导干部接访登记台账", *blank[1:]],
        ["填报单位：清源市信访局", *blank[1:]],
        ["序号", "接访\n日期", "接访领导", None, None, "来访群众", None, None, "来访人数\n（人）", "反映问题类别", "责任单位"],
        [None, None, "姓名", "职务", "级 别", "姓名", "身份证号", "联系电话", None, None, None],
    ]
    merges = [(0, 0, 0, width - 1), (2, 2, 2, 4), (2, 5, 2, 7), *((2, column, 3, column) for column in (0, 1, 8, 9, 10))]
    unit, left = "", 0
    for number, (day, level, post, count) in enumerate(chosen, start + 1):
        if not left:
            unit, left = draw.choice(UNITS), draw.randrange(1, 4)
            left = min(left, len(chosen) + start + 1 - number)
            if left > 1:
                merges.append((len(rows), 10, len(rows) + left - 1, 10))
            shown: str | None = unit
        else:
            shown = None
        left -= 1
        person = Person(draw, number)
        word = draw.choice(LEVELS[level])
        heads: Cell = f"{count}人" if draw.random() < 0.05 else count
        cells: list[Cell] = [number, _day(draw, day), f"领导{draw.randrange(60):02}", post, word, person.name, person.identity]
        rows.append([*cells, person.phone, heads, draw.choice(CATEGORIES), shown])
    rows.append(["合  计", *blank[1:8], sum(row[3] for row in chosen), None, None])
    rows.append(["备注：本表由各接访点登记，市信访局汇总。", *blank[1:]])
    return Sheet(f"{month}月", rows, merges, header=(2, 3), dates="yyyy年m月d日" if month % 2 else "yyyy-mm-dd")


def _day(draw: random.Random, day: date) -> Cell:
    """Mostly real dates, some typed."""
    forms: tuple[Cell, ...] = (day, day, day, f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}")
    return draw.choice(forms)


def _cases(draw: random.Random) -> Sheet:
    """118 cases: 41 of the city (38 settled), 77 of county heads (59 settled, 15 closed otherwise, 3 open)."""
    city = ["息诉罢访"] * 38 + ["办理中"] * 3
    county = ["息诉罢访"] * 40 + ["息诉息访"] * 19 + ["已结案"] * 9 + ["办结"] * 6 + ["正在办理"] * 3
    draw.shuffle(city)
    draw.shuffle(county)
    rows: list[list[Cell]] = [[f"{CITY}领导包案化解情况台账（2021年）", *[None] * 8]]
    rows.append(["序号", "案件编号", "包案级别", "包案领导", "职务", "信访人姓名", "联系电话", "主要诉求", "办理状态"])
    merges = [(0, 0, 0, 8)]
    for level, states in (("市级", city), ("县级", county)):
        merges.append((len(rows), 2, len(rows) + len(states) - 1, 2))
        for index, state in enumerate(states):
            number = len(rows) - 1
            person = Person(draw, number)
            post = "副市长" if level == "市级" else draw.choice(("县委书记", "县长"))
            name = f"领导{number % 23:02}"
            head = level if index == 0 else None
            rows.append([number, f"BA2021{number:04}", head, name, post, person.name, person.phone, person.matter, state])
    rows.append(["合计", None, None, f"共{len(rows) - 2}件", *[None] * 5])
    return Sheet("2021", rows, merges, header=(1,))


def _letters(draw: random.Random) -> Sheet:
    """83 letters, 78 resolved; 29 of the city's two heads, all resolved."""
    kinds = [("市委书记", "是")] * 16 + [("市长", "是")] * 13 + [("副市长", "是")] * 49 + [("副市长", "否")] * 5
    draw.shuffle(kinds)
    rows: list[list[Cell]] = [[f"{CITY}领导批阅来信和信访问题报告卡登记表", *[None] * 8]]
    rows.append(["序号", "来信编号", "来信日期", "来信人", "来信内容", "批阅领导", "职务", "责任单位", "是否解决"])
    for number, (post, solved) in enumerate(kinds, 1):
        person = Person(draw, number)
        day = FIRST + timedelta(days=draw.randrange(180))
        cells: list[Cell] = [number, f"LX{number:04}", day, person.name, person.matter]
        rows.append([*cells, f"领导{number % 7:02}", post, draw.choice(UNITS), solved])
    return Sheet("登记表", rows, [(0, 0, 0, 8)], header=(1,), dates="yyyy/m/d")


def _backlog(draw: random.Random) -> Sheet:
    """1,056 matters found, 950 handled and resolved; the county merged down its block."""
    solved = ["是"] * 950 + ["否"] * 106
    draw.shuffle(solved)
    rows: list[list[Cell]] = [[f"{CITY}信访积案集中排查化解台账", *[None] * 6], ["统计时间：2021年", *[None] * 6]]
    rows.append(["序号", "县（市、区）", "信访人", "身份证号", "问题类别", "责任单位", "是否处理\n解决"])
    merges = [(0, 0, 0, 6), (1, 0, 1, 6)]
    share = spread(draw, 1056, len(COUNTIES), 100)
    number = 0
    for county, count in zip(COUNTIES, share, strict=True):
        merges.append((len(rows), 1, len(rows) + count - 1, 1))
        for index in range(count):
            number += 1
            person = Person(draw, number)
            head = county if index == 0 else None
            category, unit = draw.choice(CATEGORIES), draw.choice(UNITS)
            rows.append([number, head, person.name, person.identity, category, unit, solved[number - 1]])
    return Sheet("台账", rows, merges, header=(2,))
