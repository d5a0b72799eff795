"""Tables of counts by day and unit are no logs; records with numbers are."""

from __future__ import annotations

import pytest

from tests.logs import book, report
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
