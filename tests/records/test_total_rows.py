"""What unseen logs taught: each of these once printed a wrong figure in silence, or was refused though a clerk would read it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.logs import book, codes, grid, refused, report, total
from tests.writers import Sheet, write
from xfstats.errors import InputFault

VISITS = "序号 来访日期 来访人数 办理状态\n1 2024-5-1 2 已办结\n2 2024-5-2 3 已办结\n3 2024-5-3 4 办理中\n"


@pytest.mark.parametrize("label", ["∑", "累计来访", "全年共", "总共", "总人数", "本年累计", "平均", "5月份", "随便什么"])
def test_a_row_that_adds_up_the_heads_is_no_visit_whatever_it_is_called(tmp_path, label):
    made = report(book(tmp_path, VISITS + f"{label} . 9 .\n"))
    assert (total(made)["visits"], total(made)["persons"], made.reconciliation.skipped) == (3, 9, 1)


def test_sums_of_blocks_are_no_visits(tmp_path):
    log = "序号 来访日期 来访人数\n1 2024-1-1 2\n2 2024-1-2 3\n1月 . 5\n3 2024-2-1 1\n4 2024-2-2 1\n2月 . 2\n"
    made = report(book(tmp_path, log))
    assert (total(made)["visits"], total(made)["persons"]) == (4, 7)


@pytest.mark.parametrize("label", ["去年同期增减", "另计", "前期遗留"])
def test_a_bare_number_under_a_word_is_rejected_with_its_reason(tmp_path, label):
    made = report(book(tmp_path, VISITS + f"{label} . 7 .\n"))
    assert total(made)["persons"] == 9
    assert made.reconciliation.reasons["rejected"] == {"sum-row": 1}


def test_a_visit_without_a_date_is_still_counted(tmp_path):
    made = report(book(tmp_path, VISITS + "4 . 5 办理中\n"))
    assert total(made)["persons"] == 14


def test_a_table_of_counts_is_not_added_to_its_own_sums(tmp_path):
    log = "地区 批次 人次\n甲镇 3 5\n乙镇 4 7\n丙镇 3 8\n全县 10 20\n"
    assert total(report(book(tmp_path, log)))["visits"] == 10
    quarters = "月份 区县 批次 人次\n1 甲县 1 2\n2 甲县 2 3\n一季度 甲县 3 5\n4 甲县 4 6\n5 甲县 1 1\n二季度 甲县 5 7\n"
    assert total(report(book(tmp_path, quarters, name="接访2.xlsx"), by="region"))["visits"] == 8
    of_which = "地区 批次 人次\n甲镇 3 5\n其中：集体访 1 3\n乙镇 4 7\n"
    assert total(report(book(tmp_path, of_which, name="接访3.xlsx")))["visits"] == 7


@pytest.mark.parametrize("header", ["数量", "计数项:编号", "Total", "件数"])
def test_counts_of_groups_are_not_read_as_rows(tmp_path, header):
    log = f"责任单位 问题类别 办理状态 {header}\n甲局 征地 已办结 30\n乙局 劳动 办理中 5\n"
    assert refused(book(tmp_path, log, name="案件.xlsx")).code == "E312"


def test_batches_that_number_the_rows_are_no_weight(tmp_path):
    rows = "".join(f"{number} 2024-5-{number} 2\n" for number in range(1, 9))
    made = report(book(tmp_path, f"批次 来访日期 来访人数\n{rows}"))
    assert total(made)["visits"] == 8
    assert codes(made) == ["W225"]


@pytest.mark.parametrize("title", ["截至2025年1月10日", "填表时间：2025年1月6日"])
def test_a_day_without_a_year_is_not_later_than_the_day_on_which_the_log_was_written(tmp_path, title):
    log = f"{title}\n接访日期 接访级别 来访人数\n10月5日 市级 1\n11月6日 市级 1\n"
    with pytest.raises(InputFault, match="2"):
        report(book(tmp_path, log))


def test_the_year_of_a_title_in_chinese_numerals(tmp_path):
    made = report(book(tmp_path, "二〇二四年接访登记表\n接访日期 接访级别 来访人数\n10月5日 市级 1\n"))
    assert made.tables[0].span.first == date(2024, 10, 5)


def test_a_second_year_under_the_first_is_refused(tmp_path):
    head = "序号 接访日期 接访级别 来访人数\n"
    log = f"2023年接访登记表\n{head}1 3月1日 市级 1\n2 3月2日 县级 1\n2024年接访登记表\n{head}1 3月1日 市级 1\n"
    assert refused(book(tmp_path, log)).code == "E323"


def sheets(folder, *texts):
    path = folder / "案件.xlsx"
    write(path, [Sheet(f"表{index}", grid(text)) for index, text in enumerate(texts, 1)], "xlsx")
    return path


CASES = (
    "信访编号 登记日期 责任单位 办理状态\n"
    "A1 2024-1-1 甲局 已办结\nA2 2024-1-2 乙局 办理中\nA3 2024-1-3 甲局 办理中\nA4 2024-1-4 甲局 已办结\n"
)


def test_a_list_by_unit_beside_the_whole_list_is_counted_once(tmp_path):
    own = "信访编号 登记日期 办理状态\nA1 2024-1-1 已办结\nA3 2024-1-3 办理中\nA4 2024-1-4 已办结\n"
    made = report(sheets(tmp_path, CASES, own))
    assert (total(made)["cases"], codes(made)) == (4, ["W210"])


def test_two_versions_of_the_same_cases_are_refused(tmp_path):
    assert refused(sheets(tmp_path, CASES, CASES.replace("办理中", "已办结"))).code == "E331"
    assert total(report(sheets(tmp_path, CASES, CASES.replace("办理中", "已办结")), sheet=["表2"]))["closed"] == 4


def test_numbers_that_begin_anew_every_month_are_other_cases(tmp_path):
    made = report(sheets(tmp_path, CASES, CASES.replace("2024-1-", "2024-2-")))
    assert total(made)["cases"] == 8


def test_a_case_number_in_two_sheets_that_differ_otherwise_is_said(tmp_path):
    made = report(sheets(tmp_path, CASES, CASES.replace("A1 ", "B1 ").replace("A2 ", "B2 ")))
    assert codes(made) == ["W220"]


def test_short_sheets_of_other_levels_are_no_copies(tmp_path):
    rows = "接访日期 来访人数\n2024-1-1 2\n2024-1-2 2\n2024-1-3 2\n"
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("市级", grid(rows)), Sheet("县级", grid(rows + "2024-1-4 2\n"))], "xlsx")
    assert total(report(path))["visits"] == 7


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


def test_a_status_against_its_yes_or_no_is_said(tmp_path):
    log = "案件编号 登记日期 办理状态 是否办结\n1 2024-1-1 已办结 否\n2 2024-1-2 办理中 否\n"
    made = report(book(tmp_path, log, name="案件.xlsx"))
    assert [(said.code, said.rows) for said in made.findings] == [("W224", 1)]


@pytest.mark.parametrize("header", ["办结要求时间", "承诺办结时间", "计划完成时间"])
def test_a_day_that_was_promised_is_no_close_date(tmp_path, header):
    made = report(book(tmp_path, f"案件编号 登记日期 责任单位 {header}\n1 2024-1-1 甲局 2024-2-1\n", name="案件.xlsx"))
    assert total(made) == {"cases": 1}
    assert made.inputs[0].tally.columns == {"received_on": "登记日期", "case_no": "案件编号", "unit": "责任单位"}


@pytest.mark.parametrize(("days", "first"), [(("21/7/2024", "13/5/2024", "14/6/2024", "3/4/2024"), date(2024, 4, 3))])
def test_the_order_of_day_and_month_is_taken_from_the_column_and_said(tmp_path, days, first):
    rows = "".join(f"{number} {day} Open\n" for number, day in enumerate(days))
    made = report(book(tmp_path, "Ref Received Status\n" + rows, name="complaints.xlsx"))
    assert codes(made) == ["W226"]
    assert made.tables[0].span.first == first


@pytest.mark.parametrize(
    ("odd", "rejected"), [("5/13/2024", None), (date(2024, 5, 1), {}), (date(2024, 5, 20), {"date-ambiguous": 3})]
)
def test_columns_that_disagree_on_the_order_are_not_read(tmp_path, odd, rejected):
    days = ["21/7/2024", "13/5/2024", odd, "14/5/2024"]
    path = tmp_path / "complaints.xlsx"
    write(path, [Sheet("a", [["Ref", "Received", "Status"], *([index, day, "Open"] for index, day in enumerate(days))])], "xlsx")
    with pytest.raises(InputFault) if rejected is None else pytest.MonkeyPatch.context():
        made = report(path)
        assert made.reconciliation.reasons["rejected"] == rejected
        assert ("W258" in codes(made)) == (rejected == {})


def test_a_small_table_beside_numbered_cases_takes_no_row_with_it(tmp_path):
    rows = [["工单号", "受理时间", "诉求类别", "状态", None, "分类", "件数"]]
    rows += [[f"GD{n}", "2024-6-1", "教育", "已回复", None, *(["合计", 26] if n == 1 else [None, None])] for n in range(8)]
    path = tmp_path / "工单.xlsx"
    write(path, [Sheet("a", rows)], "xlsx")
    assert total(report(path))["cases"] == 8


def test_headers_in_two_languages_and_answers_with_notes(tmp_path):
    rows = [["编号\nRef.", "日期\nDate", "是否办结"], ["R1", "2024-1-1", "是（已答复）"], ["R2", "2024-1-2", "否(办理中)"]]
    path = tmp_path / "案件.xlsx"
    write(path, [Sheet("a", rows)], "xlsx")
    assert total(report(path))["closed"] == 1
