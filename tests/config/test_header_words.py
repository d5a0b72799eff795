"""Headers that no list holds are understood by their parts, and their values confirm or bar what they say."""

from __future__ import annotations

import pytest

from tests.logs import book, codes, report, total
from tests.writers import Sheet, write
from xfstats.config import normalize
from xfstats.config.header_words import header_words
from xfstats.config.profile import default_words, load_profile
from xfstats.errors import InputFault

WORDS = header_words(default_words())


def field(header):
    """The field and the rank of a header; None where it serves none."""
    return next(iter(WORDS.fields(normalize.header(header))), None)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("*批阅领导级别", "level"),
        ("接访领导层级", "level"),
        ("来访接待级别", "level"),
        ("批阅领导职级", "level"),
        ("接待干部等级（必填）", "level"),
        ("接访人级别", "level"),
        ("接待人员层级", "level"),
        ("接待领导层次", "level"),
        ("*包案人层次（必填）", "level"),
        ("领导接访级别", "level"),
        ("Receiving officer level", "level"),
        ("信访层次", None),
        ("文化层次", None),
        ("来访人级别", None),
        ("风险级别", None),
        ("Level of official (required)", "level"),
        ("Leadership level", "level"),
        ("Reception level", "level"),
        ("Level of reception", "level"),
        ("Handling level", "level"),
        ("紧急等级", None),
        ("Risk level", None),
        ("Service level", None),
        ("平均来访人数", None),
        ("日均来访人次", None),
        ("人均接访批次", None),
        ("Group", "unit"),
        ("答复单位", "unit"),
        ("责任单位名称", "unit"),
        ("承办部门名称（全称）", "unit"),
        ("填报单位名", "unit"),
        ("信访人所在单位名称", None),
        ("工作单位名称", None),
        ("Age group", None),
        ("Enquiry reference", "case_no"),
        ("Complaint ref no.", "case_no"),
        ("Job ID", "case_no"),
        ("Log number", "case_no"),
        ("Permit number", "case_no"),
        ("信访事项编码", "case_no"),
        ("Casework reference", "case_no"),
        ("来件编号", "case_no"),
        ("问题编号", "case_no"),
        ("Asset ID", None),
        ("行政区划编码", None),
        ("回访评价", "satisfaction"),
        ("Customer satisfaction score", "satisfaction"),
        ("约访干部级别（市/县/乡）", "level"),
        ("责任单位层级", "level"),
        ("接访领导类别", "level"),
        ("群众上访层级", "tier"),
        ("群众来访登记日期", "received_on"),
        ("案件最终办结时间", "closed_on"),
        ("信访事项受理日期", "accepted_on"),
        ("部门规定办结时间", "due_on"),
        ("预计化解日期", "due_on"),
        ("复查答复期限", "due_on"),
        ("本次来访群众人数", "persons"),
        ("来访人员数量", "persons"),
        ("批次人数", "persons"),
        ("群众走访批次", "batches"),
        ("主要责任单位", "unit"),
        ("首次承办机构", "unit"),
        ("群众反映问题类别", "category"),
        ("群众诉求渠道", "channel"),
        ("工单办理状态", "status"),
        ("矛盾化解进展情况", "status"),
        ("最终处理结果", "outcome"),
        ("办理结果群众满意度", "satisfaction"),
        ("对承办单位的满意度", "satisfaction_unit"),
        ("省级工单编号", "case_no"),
        ("接访领导职务", "post"),
        ("约访领导姓名", "leader"),
        ("带队领导", "leader"),
        ("Date of closure", "closed_on"),
        ("Complaint Received Date", "received_on"),
        ("Ticket_Opened_At", "received_on"),
        ("Response target date", "due_on"),
        ("Status of the complaint", "status"),
    ],
)
def test_the_end_of_a_header_tells_the_kind_and_the_word_before_it_of_what(header, told):
    assert (field(header) or (None,))[0] == told


@pytest.mark.parametrize(
    "header", ["群众代表姓名", "第二联系电话", "信访人职务", "来访群众现住址", "具体反映内容", "协助办理人", "街道答复意见"]
)
def test_headers_of_persons_are_known_by_their_ends_too(header):
    assert field(header)[0] == "person"


@pytest.mark.parametrize(
    "header",
    [
        "预约来访时间",
        "下次接访日期",
        "计划接访时间",
        "出生登记时间",
        "涉及来访人数",
        "陪同接访人数",
        "累计来访批次",
        "协办单位",
        "信访人所在单位",
        "被投诉单位",
        "风险级别",
        "舆情情况",
        "评价状态",
        "合同期限",
        "预警来源",
        "来访人姓名、来访人数",
        "是否影响办理状态",
        "Last update date",
        "Station",
    ],
)
def test_what_bars_the_kind_or_is_not_known_makes_no_compound(header):
    assert field(header) is None


def test_compounds_rank_as_lists_do_and_below_the_headers_of_a_profile(tmp_path):
    assert [field(name)[1] for name in ("接访日期", "接访时间", "信访日期", "登记日期", "日期", "交办日期")] == [0, 1, 2, 4, 6, 8]
    path = tmp_path / "p.toml"
    path.write_text('[columns]\nreceived_on = ["甲", "乙"]\n', "utf-8")
    words = header_words(load_profile(path, named=True).words)
    assert [words.fields(name)[0][1] for name in ("甲", "乙", "接访日期", "日期")] == [0, 2, 4, 10]


BOSSES = """
日期 {} 件数 办理状态
2024-5-1 园区管委会负责人 1 已办结
2024-5-2 同上 1 办理中
2024-5-3 同上 1 已办结
2024-5-4 市属企业负责人 1 已办结
2024-5-5 同上 1 已办结
2024-5-6 同上 1 已办结
"""


@pytest.mark.parametrize("header", ["*批阅领导级别", "接访领导层级", "来访接待级别", "包保责任人级别（必填）"])
def test_a_composed_header_of_a_level_is_the_level_whatever_words_it_holds(tmp_path, header):
    made = report(book(tmp_path, BOSSES.format(header), "台账.xlsx"))
    assert [(row.group["level"], row.figures[made.tables[0].measures[0]]) for row in made.tables[0].rows] == [
        ("园区管委会负责人", 3),
        ("市属企业负责人", 3),
    ]
    assert codes(made) == ["W202"]


def test_a_composed_header_over_two_rows_is_read_with_the_name_above_it(tmp_path):
    rows = [
        ["接访", None, "办结", None],
        ["领导级别", "日期", "日期", "状态"],
        ["市级", "2024-5-1", "2024-5-3", "已办结"],
        ["县级", "2024-5-2", None, "办理中"],
    ]
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", rows, merges=[(1, 1, 1, 2), (1, 3, 1, 4)])], "xlsx")
    columns = report(path).inputs[0].tally.columns
    assert (columns["level"], columns["received_on"], columns["closed_on"]) == ("接访·领导级别", "接访·日期", "办结·日期")


@pytest.mark.parametrize(
    "values", [["3", "5", "8", "9"], ["2024-5-1", "2024-5-2", "2024-5-3", "2024-5-4"], ["是", "否", "是", "是"]]
)
def test_values_bar_what_a_header_says(tmp_path, values):
    """A level is no number, no day and no yes or no."""
    rows = "".join(f"2024-1-{n} {value} 1 已办结\n" for n, value in enumerate(values, 1))
    made = report(book(tmp_path, f"来访日期 来访接待级别 来访人数 办理状态\n{rows}"))
    assert "level" not in made.inputs[0].tally.columns
    assert made.tables[0].total["visits"] == 4


def test_a_compound_about_persons_is_mapped_to_nothing_else(tmp_path):
    log = book(tmp_path, "来访日期 来访人数 群众代表姓名 办理状态\n" + "2024-1-2 1 甄某隐 已办结\n" * 4)
    with pytest.raises(InputFault) as refused:
        report(log, by=["unit"], maps=["unit=群众代表姓名"])
    assert refused.value.code == "E328"


def test_how_often_a_person_came_weighs_no_record(tmp_path):
    rows = "2024-5-1 甄某隐 3 已办结\n2024-5-2 贾某藏 2 办理中\n"
    made = report(book(tmp_path, "来访日期 来访人姓名 来访次数 办理状态\n" + rows))
    assert made.tables[0].total["visits"] == 2


@pytest.mark.parametrize("header", ["平均来访人数", "来访平均人数", "来访人数均值", "月均来访人次", "Average visitors"])
def test_a_column_of_averages_is_not_added_up(tmp_path, header):
    log = f"序号 接访级别 来访日期 {header.replace(' ', '_')} 办理状态\n1 市级 2024-01-02 2 已办结\n2 县级 2024-01-03 3 办理中\n"
    made = report(book(tmp_path, log + "3 县级 2024-01-05 4 办理中\n"))
    assert (total(made)["visits"], "persons" in total(made)) == (3, False)


@pytest.mark.parametrize("name", ["log.xlsx", "log.csv", "log.ods"])
@pytest.mark.parametrize("header", ["接访人级别", "接待领导层次", "领导接访级别", "*包案人层级"])
def test_a_composed_header_of_levels_groups_by_words_that_no_table_knows(tmp_path, header, name):
    words = ("园区管委会负责人", "市属企业负责人")
    lines = "".join(f"2024-05-0{number} {words[number % 2]} 3 已办结\n" for number in range(1, 9))
    made = report(book(tmp_path, f"日期 {header} 人数 办理状态\n{lines}", name=name))
    assert {row.group["level"] for row in made.tables[0].rows} == set(words)
    assert codes(made) == ["W202"]


@pytest.mark.parametrize("header", ["Completed? (Y/N)", "Completed?", "Completed Y/N", "Resolved? Yes/No", "Closed? (Y/N)"])
def test_a_question_whether_a_matter_is_closed_is_read_by_its_word(tmp_path, header):
    rows = [[f"C{n}", f"2026-03-0{n}", "Y" if n % 2 else "N"] for n in range(1, 8)]
    write(tmp_path / "complaints.xlsx", [Sheet("Sheet1", [["Reference", "Received", header], *rows])], "xlsx")
    figures = total(report(tmp_path / "complaints.xlsx"))
    assert figures["resolved" if header.startswith("Resolved") else "closed"] == 4


@pytest.mark.parametrize("header", ["Received?", "Due? (Y/N)", "Acknowledged in 3 days? (Y/N)", "Ward Y/N"])
def test_another_question_serves_no_field(header):
    assert header_words(default_words()).fields(normalize.header(header)) == ()
