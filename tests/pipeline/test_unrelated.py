"""Sheets that are not of the log: unlike the others, totals of them, examples, forms and schedules."""

from __future__ import annotations

import pytest

from tests.logs import FOUR_VISITS, book, codes, grid, refused, report, sheets, total
from tests.writers import Sheet, write
from xfstats.errors import InputFault

VISITS = "序号 来访日期 来访人数 办理状态\n1 2024-5-1 2 已办结\n2 2024-5-2 3 已办结\n3 2024-5-3 4 办理中\n"


@pytest.mark.parametrize(
    "other",
    [
        "办理状态 接访级别\n已办结 市级\n办理中 县级\n不予受理 乡级\n",
        "序号 责任单位 联系人 电话 层级\n1 甲局 甲 5550001 县级\n2 乙局 乙 5550002 县级\n3 丙局 丙 5550003 市级\n",
        "日期 单位 人数\n2024-5-1 车队 3\n2024-5-2 车队 4\n2024-5-3 车队 5\n",
        "接访级别 批次 人次\n市级 10 20\n县级 5 9\n乡级 4 4\n",
    ],
)
def test_a_sheet_unlike_the_log_beside_it_is_not_counted_and_said(tmp_path, other):
    made = report(sheets(tmp_path, FOUR_VISITS, other))
    assert (total(made)["visits"], total(made)["persons"], codes(made)) == (4, 10, ["W207"])
    assert made.attention


def test_a_sheet_of_totals_does_not_keep_the_log_beside_it_from_being_read(tmp_path):
    made = report(sheets(tmp_path, FOUR_VISITS, "责任单位 受理量 办结\n甲局 10 7\n乙局 5 5\n丙局 6 2\n"))
    assert (total(made)["visits"], [note.why for _, note in made.not_read]) == (4, ["totals"])


def test_a_sheet_that_is_the_sum_of_the_others_is_refused(tmp_path):
    head = "序号 接访日期 来访人数 办理状态"
    one = f"{head}\n1 2024-3-1 2 已办结\n2 2024-3-9 4 办理中\n"
    two = f"{head}\n1 2024-2-1 3 已办结\n2 2024-5-9 1 办理中\n"
    rows = "1 2024-3-1 2 青山县 已办结\n2 2024-3-9 4 青山县 办理中\n3 2024-2-1 3 绿水县 已办结\n4 2024-5-9 1 绿水县 办理中\n"
    path = sheets(tmp_path, 青山县=one, 绿水县=two, 全市=f"序号 接访日期 来访人数 县区 办理状态\n{rows}")
    assert refused(path).code == "E334"
    assert total(report(path, sheet=["!全市"]))["visits"] == 4


@pytest.mark.parametrize("name", ["模板", "样表", "填报样例", "Template"])
def test_a_sheet_of_examples_is_passed_over(tmp_path, name):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("登记", grid(VISITS)), Sheet(name, grid(VISITS.replace("2024-5", "2024-6")))], "xlsx")
    assert total(report(path))["visits"] == 3


@pytest.mark.parametrize("name", ["接访安排表", "接访计划", "值班表"])
def test_who_is_to_receive_is_no_log_of_who_came(tmp_path, name):
    with pytest.raises(InputFault) as caught:
        report(book(tmp_path, "日期 接访领导 职务 地点\n2024-5-1 某甲 县长 大厅\n2024-5-2 某乙 书记 大厅\n", name=f"{name}.xlsx"))
    assert caught.value.code in {"E309", "E329"}
