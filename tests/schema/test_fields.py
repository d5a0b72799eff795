"""Which column is which field: heads, days of receipt and of closing, questions, headers of one office."""

from __future__ import annotations

from datetime import date

import pytest

from tests.logs import FOUR_VISITS, book, codes, refused, report, total
from tests.writers import Sheet, write

PEOPLE = [["序号", "来访日期", "接访级别", "来访群众（人）"], [1, "2024-5-1", "市级", 2], [2, "2024-5-2", "县级", 3]]


@pytest.mark.parametrize("header", ["上次来访时间", "预约来访日期", "延期办结日期", "安排接访时间"])
def test_a_date_of_something_else_serves_nothing(tmp_path, header):
    made = report(book(tmp_path, f"序号 {header} 来访人数 接访级别\n1 2024-5-1 2 市级\n2 2024-5-2 3 县级\n"))
    assert set(made.inputs[0].tally.columns) & {"received_on", "closed_on"} == set()


@pytest.mark.parametrize("header", ["接访领导人数", "本年累计来访人次", "参加接访人数"])
def test_heads_that_did_not_come_are_no_persons(tmp_path, header):
    made = report(book(tmp_path, f"序号 来访日期 {header} 接访级别\n1 2024-5-1 2 市级\n2 2024-5-2 3 县级\n"))
    assert (total(made), codes(made)) == ({"visits": 2}, [])


def test_a_limit_is_no_close_date(tmp_path):
    made = report(book(tmp_path, "信访编号 登记日期 限期办结\nA1 2024-5-1 2024-6-1\nA2 2024-5-2 2024-6-2\n", name="案件.xlsx"))
    assert total(made) == {"cases": 2}


def test_people_counted_in_a_column_of_people_are_heads(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", PEOPLE)], "xlsx")
    assert total(report(path))["persons"] == 5


@pytest.mark.parametrize("header", ["First received", "Date Recorded", "Submitted"])
@pytest.mark.parametrize("day", ["2024-05-{}", "{}/05/2024", '"May {}, 2024"'])
def test_a_day_of_receipt_is_found_by_what_its_header_holds(tmp_path, header, day):
    path = tmp_path / "complaints.csv"
    rows = "".join(f"C{number},{day.format(number + 13)},Closed\n" for number in range(5))
    path.write_text(f"Reference,{header},Status\n{rows}", encoding="utf-8")
    assert report(path).inputs[0].tally.columns["received_on"] == header


def test_a_header_that_one_office_has_is_mapped_there(tmp_path):
    other = "序号 来访日期 几个 接访级别\n1 2024-7-1 5 市级\n2 2024-7-2 6 县级\n"
    paths = book(tmp_path, FOUR_VISITS), book(tmp_path, other, name="接访2.xlsx")
    assert total(report(*paths, maps=["persons=几个"]))["persons"] == 21
    assert refused(*paths[:1], maps=["persons=没有"]).code == "E285"


def test_an_unknown_header_that_could_name_a_person_is_shown_by_its_letter(tmp_path):
    path = book(tmp_path, "序号 来访日期 接访级别 联系王某13800001111\n1 2024-5-1 市级 2\n2 2024-5-2 县级 3\n")
    made = report(path, maps=["persons=column:D"])
    assert made.inputs[0].tally.columns["persons"] == "column:D"


@pytest.mark.parametrize("headers", ["下发日期 上报日期", "交办时间 上报时间"])
def test_what_was_handed_down_and_reported_back_was_received_when_it_came_down(tmp_path, headers):
    log = f"编号 {headers} 责任单位 办理状态\nJ1 2024-3-1 2024-4-1 甲局 已办结\nJ2 2024-3-5 . 乙局 办理中\n"
    made = report(book(tmp_path, log, name="交办件.xlsx"))
    assert (made.tables[0].span.first, made.tables[0].span.last) == (date(2024, 3, 1), date(2024, 3, 5))


@pytest.mark.parametrize("asking", ["是否息访", "信访人是否息访", "当事人是否息诉罢访"])
def test_a_question_is_known_by_what_follows_the_whether(tmp_path, asking):
    made = report(
        book(tmp_path, f"来访日期 来访人数 接访级别 办理状态 {asking}\n2024-1-2 2 市级 办结 是\n2024-1-3 2 市级 办理中 否\n")
    )
    assert (total(made)["closed"], total(made)["settled"]) == (1, 1)


def test_of_two_questions_the_plainer_one_is_the_flag(tmp_path):
    made = report(
        book(tmp_path, "来访日期 来访人数 接访级别 回访是否解决 是否解决\n2024-1-2 2 市级 否 是\n2024-1-3 2 市级 否 是\n")
    )
    assert total(made)["resolved"] == 2


def test_a_log_of_repairs_with_two_words_in_its_date_is_read(tmp_path):
    made = report(book(tmp_path, "报修/投诉日期 类别 完成情况 完成时间\n2024-1-2 报修 已完成 2024-1-3\n2024-1-3 投诉 未完成 .\n"))
    assert (total(made)["closed"], codes(made)) == (1, [])


@pytest.mark.parametrize("header", ["办结要求时间", "承诺办结时间", "计划完成时间"])
def test_a_day_that_was_promised_is_no_close_date(tmp_path, header):
    made = report(book(tmp_path, f"案件编号 登记日期 责任单位 {header}\n1 2024-1-1 甲局 2024-2-1\n", name="案件.xlsx"))
    assert total(made) == {"cases": 1}
    assert made.inputs[0].tally.columns == {"received_on": "登记日期", "case_no": "案件编号", "unit": "责任单位"}
