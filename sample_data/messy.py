"""Harder logs in several formats, each with a kind of mess that real ones have."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, timedelta
from pathlib import Path

import xlwt
from books import Cell, Sheet, write_book
from invented import CATEGORIES, COUNTIES, UNITS, Person


def make_messy(folder: Path) -> None:
    """Six files."""
    folder.mkdir(exist_ok=True)
    draw = random.Random(20211203)
    _gbk(draw, folder / "热线工单导出.csv")
    _old_excel(draw, folder / "南坪县接访登记.xls")
    write_book(folder / "2024年石桥县接访.xlsx", _months(draw))
    _tabbed(draw, folder / "系统导出信访事项.xls")
    write_book(folder / "错漏较多的接访登记.xlsx", [_faulty()])
    write_book(folder / "群众来信登记.xlsx", [_ticked(draw)])


def _gbk(draw: random.Random, path: Path) -> None:
    """GB18030 text with two title lines above the header: 60 cases, 41 closed, 4 excluded."""
    states = ["已办结"] * 30 + ["回复完成"] * 11 + ["办理中"] * 15 + ["退单"] * 4
    draw.shuffle(states)
    rows: list[list[Cell]] = [["12345热线工单查询结果"], ["导出时间：2024年4月1日"]]
    rows.append(["工单编号", "受理时间", "来电人", "来电号码", "诉求类型", "承办单位", "工单状态", "办结时间"])
    for number, state in enumerate(states, 1):
        person = Person(draw, number)
        day = date(2024, 3, 1) + timedelta(days=number % 28)
        done = f"{day + timedelta(days=number % 9):%Y/%m/%d} 17:30" if state in {"已办结", "回复完成"} else ""
        cells: list[Cell] = [f"GD2024{number:05}", f"{day:%Y/%m/%d} 09:05", person.name, person.phone]
        rows.append([*cells, draw.choice(CATEGORIES), draw.choice(UNITS), state, done])
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("gb18030"))


def _old_excel(draw: random.Random, path: Path) -> None:
    """BIFF8 with a two-row merged header, the header printed again, subtotals and a total: 24 visits."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("接访登记")
    sheet.write_merge(0, 0, 0, 6, "南坪县2024年第一季度领导接访登记表")
    people = 0
    row = _header(sheet, 1)
    for part in range(3):
        subtotal = 0
        for _ in range(8):
            person = Person(draw, row)
            count = draw.randrange(1, 12)
            subtotal += count
            day = date(2024, part + 1, 1) + timedelta(days=draw.randrange(28))
            level = draw.choice(("县级", "县领导", "乡镇", "镇"))
            state = draw.choice(("办结", "办理中", "息诉罢访"))
            cells: list[Cell] = [row, f"{day.year}.{day.month}.{day.day}", level, person.name, person.phone, f"{count}人", state]
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
            row += 1
        sheet.write(row, 0, f"{part + 1}月小计")
        sheet.write(row, 5, subtotal)
        people += subtotal
        row += 1
        if part == 0:
            row = _header(sheet, row)
    sheet.write(row, 0, "总  计")
    sheet.write(row, 5, people)
    book.save(str(path))


def _header(sheet: xlwt.Worksheet, row: int) -> int:
    for column, name in ((0, "序号"), (1, "接访日期"), (2, "接访级别"), (5, "来访\n人数"), (6, "办理情况")):
        sheet.write_merge(row, row + 1, column, column, name)
    sheet.write_merge(row, row, 3, 4, "来访人")
    sheet.write(row + 1, 3, "姓名")
    sheet.write(row + 1, 4, "电话")
    return row + 2


def _months(draw: random.Random) -> list[Sheet]:
    """Month sheets without a year in the dates, notes, a summary, and a hidden old copy: 36 visits."""
    sheets = [Sheet("说明", [["填报前请阅读"], ["按月填写"]])]
    for month in (1, 2, 3):
        rows: list[list[Cell]] = [[f"石桥县2024年{month}月接访情况", *[None] * 4]]
        rows.append(["序号", "来访时间", "层级", "人数（人）", "处理结果"])
        for number in range(1, 13):
            result = draw.choice(("解决", "解释说明", "办理中"))
            rows.append(
                [number, f"{month}月{draw.randrange(1, 28)}日", draw.choice(("县级", "乡镇")), draw.randrange(1, 9), result]
            )
        sheets.append(Sheet(f"{month}月", rows, [(0, 0, 0, 4)], header=(1,)))
    sheets.append(Sheet("汇总", [["月份", "批次"], ["1月", 12], ["2月", 12], ["3月", 12]]))
    sheets.append(Sheet("1月（旧）", [list(row) for row in sheets[1].rows], header=(1,), hidden=True))
    return sheets


def _tabbed(draw: random.Random, path: Path) -> None:
    """Tab-separated GB18030 text under the name .xls, as systems export it: 50 cases in five counties."""
    rows: list[list[Cell]] = [["信访件编号", "登记时间", "信访人", "身份证号", "问题属地", "信访形式", "办理状态"]]
    for number in range(1, 51):
        person = Person(draw, number)
        day = date(2024, 5, 1) + timedelta(days=number % 30)
        channel, state = draw.choice(("来信", "来访", "网上信访")), draw.choice(("已办结", "不予受理", "办理中"))
        cells: list[Cell] = [f"XF{number:06}", f"{day:%Y-%m-%d} 10:00:00", person.name, person.identity]
        rows.append([*cells, COUNTIES[number % 5], channel, state])
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("gb18030"))


def _faulty() -> Sheet:
    """Ten rows of which four cannot be counted, each for its own reason."""
    rows: list[list[Cell]] = [["序号", "接访日期", "接访级别", "来访人数", "办理状态"]]
    faults: dict[int, tuple[Cell, Cell]] = {
        3: ("2024年2月30日", 2),
        5: ("2024-02-05", "若干"),
        7: ("2024-02-07", None),
        9: ("3/4/2024", 1),
    }
    for number in range(1, 11):
        day, count = faults.get(number, (f"2024-02-{number:02}", number))
        rows.append([number, day, ("市级", "县级", "乡级")[number % 3], count, "已办结" if number % 2 else "办理中"])
    return Sheet("登记", rows, header=(0,))


def _ticked(draw: random.Random) -> Sheet:
    """Letters with a √ column: 30 letters, 21 closed."""
    marks = ["√"] * 21 + [None] * 9
    draw.shuffle(marks)
    rows: list[list[Cell]] = [["群众来信办理登记", *[None] * 4], ["序号", "来信时间", "来信人", "承办部门", "是否办结"]]
    for number, mark in enumerate(marks, 1):
        rows.append([number, 45292 + number, Person(draw, number).name, draw.choice(UNITS), mark])
    return Sheet("来信", rows, [(0, 0, 0, 4)], header=(1,))
