"""What inspect shows: evidence and the next best, words in and out of the tables, the columns of a sheet that is refused."""

from __future__ import annotations

import json

import pytest

from tests.logs import book, report, text_file
from tests.program import started
from xfstats.errors import InputFault
from xfstats.pipeline.wire import ErrorMessage
from xfstats.render.inspect import as_html, as_json, as_text
from xfstats.render.style import Style

WORDS = """
    序号 接访日期 登记日期 接访级别 来访人数 姓名 办理状态
    1 2024-1-2 2024-1-3 市级 1 某甲 已办结
    2 2024-1-3 2024-1-4 县级 2 某乙 甩锅
    3 2024-1-3 2024-1-4 片区 2 某丙 甩锅
    4 2024-1-3 2024-1-5 片区 2 某丁 甩锅
    5 2024-1-3 2024-1-5 片区 2 某戊 搁置
    6 2024-1-3 2024-1-5 县级 2 某己 搁置
    7 2024-1-3 2024-1-5 县级 2 某庚 搁置
    8 2024-1-3 2024-1-5 县级 2 某辛 李四
""" + "".join(f"    {n} 2024-2-{n} 2024-2-{n} 市级 1 某壬 已办结\n" for n in range(9, 21))
TIED = "接访日期 接访级别 来访人数 上访人数 姓名\n2024-1-2 市级 1 1 某甲\n"

STYLE = Style()


def test_the_next_best_column_and_the_unknown_words_are_shown(tmp_path):
    made = report(book(tmp_path, WORDS))
    text = as_text(made, Style())
    assert "表头；其次 登记日期" in text
    assert "搁置 3、甩锅 3" in text
    assert "李四" not in text
    assert "表头；其次 登记日期" in as_html(made, Style())


def test_words_stand_in_the_same_order_in_every_run(tmp_path):
    rows = "".join(
        f"{n} 2024-1-2 2024-1-3 市级 1 某甲 {word}\n" for n, word in enumerate(("已办结", "解决", "办理中", "息诉罢访", "已办结"))
    )
    log = book(tmp_path, f"序号 接访日期 登记日期 接访级别 来访人数 姓名 办理状态\n{rows}")
    told = {started("inspect", log, "-f", "json", PYTHONHASHSEED=str(seed)).stdout for seed in range(2)}
    assert len(told) == 1
    made = report(log)
    assert "已办结 2、办理中 1、息诉罢访 1、解决 1" in as_text(made, Style())


def test_unused_columns_have_a_structured_form_beside_the_texts(tmp_path):
    sheet = json.loads(as_json(report(book(tmp_path, WORDS)), Style()))["files"][0]["sheets"][0]
    assert sheet["unused"] == ["C 登记日期", "F 姓名 (person)"]
    assert sheet["unused_columns"] == [
        {"column": "C", "header": "登记日期", "person": False, "field": None},
        {"column": "F", "header": "姓名", "person": True, "field": None},
    ]


def test_each_unknown_word_comes_with_its_option(tmp_path):
    said = {
        one.code: (one.rows, one.message.partition(": ")[2].partition("（")[0]) for one in report(book(tmp_path, WORDS)).findings
    }
    words = "搁置 3、甩锅 3、另有 1 行的用词不予显示"
    options = "--map-status 搁置=类别 --map-status 甩锅=类别 --map-status 词=类别"
    assert said == {
        "W202": (3, "3 行级别未识别：片区 3，各自成组；归并请用 --map-level 片区=级别"),
        "W201": (7, f"7 行的“状态”用词未识别，没有归入任何结果：{words}；归类请用 {options}"),
    }


def test_the_options_for_unknown_words_are_bounded(tmp_path):
    rows = "".join(f"2024-1-{day} 市级 {number} 怪词{number}\n" for number in range(12) for day in range(2, 8))
    said = next(
        one for one in report(book(tmp_path, "接访日期 接访级别 来访人数 办理状态\n" + rows)).findings if one.code == "W201"
    )
    assert said.message.count("--map-status") == 8
    assert "怪词11 6" in said.message


def test_what_inspect_refuses_is_followed_by_the_columns_to_choose_among(tmp_path):
    with pytest.raises(InputFault, match="--map persons=来访人数 or --map persons=上访人数") as caught:
        report(book(tmp_path, TIED))
    (columns,) = caught.value.also
    assert columns.sentence("zh").endswith(
        "表头第 1 行：A 接访日期、B 接访级别、C 来访人数、D 上访人数、E 姓名（个人信息） [E275]"
    )
    assert "E 姓名 (person)" in ErrorMessage.of(caught.value).error().also[0].sentence("en")


def test_why_no_row_counts_is_said_in_the_language_of_the_message(tmp_path):
    with pytest.raises(InputFault) as caught:
        report(book(tmp_path, "接访日期 接访级别 来访人数\n何时 市级 1\n几号 市级 1\n"))
    assert "日期读不懂 2" in caught.value.sentence("zh")
    assert "not a date 2" in caught.value.sentence("en")


def test_the_inspection_as_a_page_holds_its_text_and_no_markup_of_a_log(tmp_path):
    made = report(book(tmp_path, "接访日期 接访级别 来访人数 <b>\n2024-1-2 市级 1 x\n"))
    page = as_html(made, STYLE)
    assert page.startswith("<!DOCTYPE html>")
    assert "<b>" not in page


def test_a_column_that_is_understood_and_was_not_needed_has_its_field(tmp_path):
    rows = "1,2024-05-01,甲局,土地,来信,甲某,已办结\n2,2024-05-02,乙局,社保,来访,乙某,办理中\n"
    made = report(text_file(tmp_path, f"编号,登记日期,单位,问题类别,渠道,承办人,办理状态\n{rows}"))
    line = "D 问题类别（可作类别 category）、E 渠道（可作渠道 channel）、F 承办人（个人信息）"
    assert f"本次未使用的列：{line}\n" in as_text(made, STYLE)
    sheet = json.loads(as_json(made, STYLE))["files"][0]["sheets"][0]
    fields = [one["field"] for one in sheet["unused_columns"]]
    assert fields == ["category", "channel", None]
