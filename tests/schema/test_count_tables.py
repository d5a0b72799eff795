"""Tables of counts by day and unit are no logs; records with numbers are."""

from __future__ import annotations

import pytest

from tests.logs import book, refused, report, total
from tests.writers import Sheet, write
from xfstats.errors import InputFault

UNITS = ("甲局", "乙局", "丙局")


def table(head, cells, lines=9):
    units = ("Parks", "Water", "Roads") if head.isascii() else UNITS
    rows = [f"2024-05-{1 + at // 3:02} {units[at % 3]} {cells.format(at + 5, 3 * at + 2, at)}" for at in range(lines)]
    return "\n".join([head, *rows]) + "\n"


@pytest.mark.parametrize("name", ["统计.xlsx", "统计.csv", "统计.ods"])
@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("日期 单位 收件数 办结数 办结率", "{} {} 8{}.5%"),
        ("日期 单位 收件数 办结数", "{} {}"),
        ("Date Agency Requests_received Requests_closed Open %_closed", "{0} {1} {2} 8{2}.5%"),
        ("Date Agency Total_requests Closed_requests", "{} {}"),
        ("Received Department Number_received Number_closed %_closed", "{} {} 9{}%"),
        ("Date Department New Closed Outstanding", "{0} {1} {2}"),
    ],
)
def test_a_line_a_day_and_unit_with_counts_is_refused(tmp_path, head, cells, name):
    with pytest.raises(InputFault) as caught:
        report(book(tmp_path, table(head, cells), name=name))
    assert caught.value.code == "E312"


def test_a_line_a_unit_of_one_day_is_refused(tmp_path):
    rows = "".join(f"2024-05-31 第{n}局 {n + 4} {n + 2}\n" for n in range(8))
    with pytest.raises(InputFault) as caught:
        report(book(tmp_path, "日期 单位 收件数 办结数\n" + rows))
    assert caught.value.code == "E312"


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("日期 单位 编号 收件数 办结数", "C-{0} {0} {1}"),
        ("日期 单位 状态 收件数 办结数", "已办结 {0} {1}"),
        ("日期 单位 内容 材料页数 办结用时", "路灯坏了{0}多日一直无人维修请尽快处理 {0} {1}"),
        ("登记日期 单位 来访人数 涉及金额 办结用时", "{0} {1} {1}"),
        ("日期 单位 来电人 等待分钟 办结分钟", "某某 {0} {1}"),
        ("Date Agency Minutes_waited Minutes_talked", "{0} {1}"),
    ],
)
def test_lines_with_a_number_a_state_a_text_heads_or_a_person_are_records(tmp_path, head, cells):
    made = report(book(tmp_path, table(head, cells)))
    assert made.reconciliation.counted == 9


@pytest.mark.parametrize("day", ["2024-05-01", "2024-05-01_08:3{}"])
def test_two_records_of_one_day_and_unit_or_a_time_of_day_are_records(tmp_path, day):
    rows = "".join(f"{day.format(n)} 甲局 {n + 4} {n + 2}\n".replace("_", "T") for n in range(8))
    assert report(book(tmp_path, "登记日期 单位 材料页数 办结用时\n" + rows)).reconciliation.counted == 8


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize(
    ("head", "when"),
    [
        (["Week ending", "Department", "New", "Closed", "Open"], "2024-05-{:02}"),
        (["Month", "Area", "Received", "Completed", "Outstanding"], "2024-0{}"),
        (["Week", "Department", "New", "Closed", "Open"], "{}"),
        (["统计周期", "部门", "来件", "已办结", "在办"], "第{}周"),
        (["截止日期", "承办单位", "新增", "办结", "存量"], "2024-05-{:02}"),
    ],
)
def test_a_line_a_week_or_month_with_counts_is_refused(tmp_path, head, when, fmt):
    units = ("Parks", "Water") if head[0].isascii() else UNITS[:2]
    rows = [[when.format(1 + at // 2), units[at % 2], at + 9, at + 7, 2 + at % 3] for at in range(16)]
    path = tmp_path / f"w.{fmt}"
    write(path, [Sheet("w", [head, *([str(cell) for cell in row] if fmt == "csv" else row for row in rows)])], fmt)
    with pytest.raises(InputFault) as caught:
        report(path)
    assert caught.value.code == "E312"


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        (["Department", "Score", "Days open", "Closed"], ["X", 12, 9, "2024-05-{:02}"]),
        (["Ref", "Department", "Pages", "Days open", "Closed"], ["R-{}", "X", 12, 9, "Yes"]),
    ],
)
def test_lines_without_a_day_of_receipt_that_say_when_or_whether_they_closed_are_records(tmp_path, head, cells):
    rows = [[cell.format(at) if isinstance(cell, str) else cell + at for cell in cells] for at in range(1, 10)]
    path = tmp_path / "w.xlsx"
    write(path, [Sheet("w", [head, *rows])], "xlsx")
    made = report(path, log="cases")
    assert (made.reconciliation.counted, made.tables[0].total["closed"]) == (9, 9)


@pytest.mark.parametrize("name", ["登记.xlsx", "登记.csv"])
@pytest.mark.parametrize(
    ("head", "by"),
    [
        ("接访日期 接访级别 来访人数", "column:接访级别"),
        ("接访日期 窗口类别 来访人数", "column:窗口类别"),
        ("Date Region Persons", "column:B"),
    ],
)
def test_a_column_that_is_asked_for_does_not_change_what_the_table_is(tmp_path, head, by, name):
    lines = "2026-10-3 东 2\n2026-10-9 西 3\n2026-10-9 西 3\n"
    made = report(book(tmp_path, f"{head}\n{lines}", name=name), by=by, log="visits")
    assert made.reconciliation.counted == 3


@pytest.mark.parametrize(
    ("head", "by"), [("日期 单位 收件数 办结数 办结率", "column:单位"), ("Date Unit New Closed %_closed", "column:B")]
)
def test_a_table_of_counts_is_refused_whatever_column_is_asked_for(tmp_path, head, by):
    with pytest.raises(InputFault) as caught:
        report(book(tmp_path, table(head, "{} {} 8{}.5%")), by=by)
    assert caught.value.code == "E312"


SUMS = {
    "单位 批次 人次 结案率": ["{unit} {n}2 {n}5 {n}.5%", "{unit} {n}2 {n}5 0.{n}5", "{unit} {n}2 {n}5 9{n}"],
    "序号 县区 来访批次 来访人次 办结率": ["{n} {unit} {n}2 {n}5 8{n}%"],
    "Ward Batches Visitors Closure_rate": ["{unit} {n}2 {n}5 8{n}.5%", "{unit} {n}2 {n}5 0.{n}5"],
    "月份 单位 批次 人次 办结数": ["{n}月 {unit} {n}2 {n}5 {n}1"],
    "日期 单位 批次 人次 满意率": ["2024-05-0{n} {unit} {n}2 {n}5 9{n}%"],
}


@pytest.mark.parametrize("name", ["统计.xlsx", "包案情况.csv", "b.ods"])
@pytest.mark.parametrize(("head", "line"), [(head, line) for head, lines in SUMS.items() for line in lines])
def test_batches_and_heads_beside_a_rate_or_a_number_of_closed_ones_are_sums(tmp_path, head, line, name):
    rows = "".join(line.format(n=n, unit="甲乙丙丁"[n - 1] + "局") + "\n" for n in range(1, 5))
    assert refused(book(tmp_path, f"{head}\n{rows}", name=name)).code == "E312"


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("日期 单位 批次 人次", "2024-05-0{n} {unit} 2 {n}5"),
        ("日期 级别 批次 人次 办结批次", "2024-05-0{n} 市级 2 {n}5 1"),
        ("单位 批次 人次", "{unit} 2 {n}5"),
        ("日期 单位 状态 批次 人次 到场率", "2024-05-0{n} {unit} 已办结 2 {n}5 9{n}%"),
        ("日期 单位 批次 人次 到场率", "2024-05-01 甲局 2 {n}5 90%"),
    ],
)
def test_batches_and_heads_with_a_day_a_state_or_labels_that_repeat_are_records(tmp_path, head, line):
    rows = "".join(line.format(n=n, unit="甲乙丙丁"[n - 1] + "局") + "\n" for n in range(1, 5))
    assert total(report(book(tmp_path, f"{head}\n{rows}")))["visits"] == 8


@pytest.mark.parametrize("fmt", ["xlsx", "csv", "ods"])
@pytest.mark.parametrize(
    "head",
    [
        [["Count of Case ref", "Column Labels"], ["Row Labels", "Open", "Closed", "Grand Total"]],
        [["计数项:案件编号", "列标签"], ["行标签", "是否办结", "办结时间", "总计"]],
        [["Row Labels", "Case number", "Closed", "Grand Total"]],
    ],
)
def test_a_pivot_table_is_refused(tmp_path, head, fmt):
    path = tmp_path / f"pivot.{fmt}"
    write(path, [Sheet("Sheet3", [*head, *([f"M{n}", n, n + 2, 2 * n + 2] for n in range(1, 9))])], fmt)
    with pytest.raises(InputFault) as caught:
        report(path)
    assert caught.value.code == "E312"
