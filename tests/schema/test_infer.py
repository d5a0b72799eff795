"""What is a log at all: names without records, counts in place of records, tables of totals."""

from __future__ import annotations

import pytest

from tests.logs import book, refused, report, total
from xfstats.errors import InputFault


def test_levels_and_units_alone_are_no_log(tmp_path):
    assert refused(book(tmp_path, "姓名 单位 级别 电话\n甲 甲局 市级 5550001\n乙 乙局 县级 5550002\n")).code == "E309"


@pytest.mark.parametrize(
    "table",
    [
        "县区 来访量 人次\n东城区 7 8\n西城区 12 15\n",
        "Ward Visits Persons\nEast 7 8\nWest 12 15\n",
        "Agency Status Requests\nDPW Open 5\nDPW Closed 6\n",
        "登记日期 受理量 人次\n2024-3-1 5 9\n2024-3-2 6 12\n",
        "月份 县区 人次\n1月 甲县 55\n1月 乙县 66\n",
    ],
)
def test_numbers_of_groups_are_never_counted_as_rows(tmp_path, table):
    assert refused(book(tmp_path, table)).code == "E312"


def test_heads_that_are_named_by_map_are_no_totals(tmp_path):
    log = "县区 大人 合计 办理状态\n甲县 1 2 已办结\n乙县 2 3 办理中\n"
    made = report(book(tmp_path, log), maps=["persons=合计"])
    assert (total(made)["visits"], total(made)["persons"]) == (2, 5)


def test_letters_are_no_column_numbers_in_a_table_of_batches(tmp_path):
    assert total(report(book(tmp_path, "县区 批次 人次\n甲 1 2\n乙 2 3\n丙 5 9\n")))["visits"] == 8


@pytest.mark.parametrize("header", ["数量", "计数项:编号", "Total", "件数"])
def test_counts_of_groups_are_not_read_as_rows(tmp_path, header):
    log = f"责任单位 问题类别 办理状态 {header}\n甲局 征地 已办结 30\n乙局 劳动 办理中 5\n"
    assert refused(book(tmp_path, log, name="案件.xlsx")).code == "E312"


@pytest.mark.parametrize(
    ("head", "options", "ways"),
    [
        ("编号,受理日期,承办单位,办理状态", {"by": "month"}, "--date-by accepted_on"),
        ("Ref,Date accepted,Department,Status", {"period": "2024-05"}, "--date-by accepted_on"),
        ("编号,办结日期,承办单位,办理状态", {"by": "week"}, "--date-by closed_on"),
    ],
)
def test_a_log_without_days_of_receipt_names_the_days_that_it_has(tmp_path, head, options, ways):
    path = tmp_path / "log.csv"
    path.write_text(f"{head}\nA-1,2024-05-03,甲局,Closed\nA-2,2024-06-03,乙局,Closed\n", encoding="utf-8")
    with pytest.raises(InputFault, match=ways) as caught:
        report(path, log="cases", **options)
    assert (caught.value.code, caught.value.exit_code) == ("E355", 3)
    report(path, log="cases", date_by=ways.split()[1], **options)
