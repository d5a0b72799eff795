"""Results that a version with other definitions saved: compared where the question is the same, else refused with the reason."""

from __future__ import annotations

import json

import pytest

from tests.logs import book, report, text_file
from xfstats.measures.definitions import BY_KEY
from xfstats.messages import LANGS, raw
from xfstats.render.json import as_json
from xfstats.render.style import Style
from xfstats.reports.definition_changes import CHANGES

DUE = """
工单编号 登记日期 责任单位 办理期限 办结日期 办理状态
C1 2026-5-1 甲局 2026-5-5 2026-5-9 已办结
C2 2026-5-2 甲局 . 2026-5-9 已办结
C3 2026-5-3 乙局 . . 办理中
"""
ALL_DUE = DUE.replace(" . ", " 2026-5-20 ", 1).replace("乙局 .", "乙局 2026-5-30")
AHEAD = DUE.replace("甲局 . 2026-5-9", "甲局 . 2027-5-9")
TIMELY = """
Case_number|Received|Team|Closed_date|Status|Made SLA
1|2026-05-01|Parks|2026-05-09|Closed|true
2|2026-05-02|Parks|2026-05-08|Closed|false
3|2026-05-03|Roads||Open|
"""
ON_TIME = {"measure": "cases,closed,closure_rate,on_time_rate,overdue,median_days"}


def plain_of(made, version="0.1.0", rename=None):
    """A saved result as that version might have saved it: every figure another, its groups renamed."""
    plain = json.loads(as_json(made, Style()))
    plain["xfstats"] = version
    for table in plain["tables"]:
        table.pop("ledger", None)
        for row in (*table["rows"], table["total"]):
            row["figures"] = {key: _other(value) for key, value in row["figures"].items()}
            for field, label in row.get("group", {}).items():
                row["group"][field] = (rename or {}).get(label, label)
    return plain


def _other(value):
    match value:
        case {"numerator": numerator, "denominator": denominator}:
            return {"numerator": numerator, "denominator": denominator + 9, "value": 0.5}
        case None:
            return 7
        case _:
            return value + 9


def compared(*paths, rename=None, version="0.1.0", **options):
    """The measures of which the total is compared, and the reasons of those that are not, by code and key."""
    before = plain_of(report(*paths, **options), version, rename)
    now = report(*paths, against=("old.json", before), lang="zh", **options)
    unlike = {said.finding.values["way"]: said.finding.values["measures"] for said in now.findings if said.code == "W278"}
    return {one.measure for one in now.revisions if one.kind == "total"}, unlike, now


def test_a_limit_that_nobody_chose_is_not_compared_and_the_rest_is(tmp_path):
    told, unlike, made = compared(book(tmp_path, DUE, "案件.xlsx"), **ON_TIME)
    assert told == {"cases", "closed", "closure_rate", "median_days"}
    assert unlike == {"changed.limit": ("overdue", "on_time_rate")}
    (said,) = [said.message for said in made.findings if said.code == "W278"]
    assert said.endswith("没有与 0.1.0 版的结果比较：" + raw("changed.limit", "zh"))


def test_own_due_days_of_all_records_or_a_chosen_limit_ask_the_same(tmp_path):
    every = {"cases", "closed", "closure_rate", "on_time_rate", "overdue", "median_days"}
    assert compared(book(tmp_path, ALL_DUE, "案件.xlsx"), **ON_TIME)[:2] == (every, {})
    words = {"tables": {"choices": {"handling_days": 60, "extension_days": 30}}}
    assert compared(book(tmp_path, DUE, "案件.xlsx"), words=words, **ON_TIME)[:2] == (every, {})


def test_days_after_as_of_change_days_and_not_what_a_state_closes(tmp_path):
    told, unlike, _ = compared(book(tmp_path, AHEAD, "案件.xlsx"), measure="cases,closed,median_days")
    assert (told, unlike) == ({"cases", "closed"}, {"changed.ahead": ("median_days",)})


def test_a_column_of_timeliness_changes_what_is_closed(tmp_path):
    told, unlike, _ = compared(text_file(tmp_path, TIMELY.strip()), measure="cases,closed,closure_rate")
    assert (told, unlike) == ({"cases"}, {"changed.timely": ("closed", "closure_rate")})


def test_ticks_of_what_is_withdrawn_change_the_bases(tmp_path):
    log = "Case|Received|Area|Status|Withdrawn\n1|2026-05-01|North|Closed|\n2|2026-05-02|South|Open|x\n3|2026-05-03|South|Open|\n"
    told, unlike, _ = compared(text_file(tmp_path, log), measure="cases,closed,closure_rate")
    assert (told, unlike) == ({"cases"}, {"changed.excluded": ("closed", "closure_rate")})


def test_marks_that_are_placed_are_not_compared(tmp_path):
    log = "接访日期 级别 人数 满意度\n2026-5-1 市级 1 5\n2026-5-2 县级 1 4\n2026-5-3 县级 1 1\n"
    words = {"ratings": {"5": "satisfied", "4": "satisfied", "1": "unsatisfied"}}
    told, unlike, _ = compared(book(tmp_path, log), words=words, measure="visits,satisfaction_rate")
    assert (told, unlike) == ({"visits"}, {"changed.marks": ("satisfaction_rate",)})


def test_words_that_close_now_are_not_compared(tmp_path):
    log = "Case|Received|Area|Status\n1|2026-05-01|North|Solved out\n2|2026-05-02|South|Open\n3|2026-05-03|South|Closed\n"
    told, unlike, _ = compared(text_file(tmp_path, log), words={"statuses": [("solved out", "resolved")]}, measure="cases,closed")
    assert (told, unlike) == ({"cases"}, {"changed.mapped": ("closed",)})


def test_sheets_without_the_column_change_the_rows_that_they_are_in(tmp_path):
    one = book(tmp_path, "接访日期 责任单位 人数 办理状态\n2026-5-1 甲局 2 已办结\n2026-5-2 乙局 1 办理中\n", "东县.xlsx")
    other = book(tmp_path, "接访日期 责任单位 人数\n2026-5-1 甲局 2\n2026-5-3 丙局 1\n", "西县.xlsx")
    told, unlike, made = compared(one, other, by="unit", measure="visits,closed,closure_rate")
    assert (told, unlike) == ({"visits"}, {"changed.column": ("closed", "closure_rate")})
    closed = {group for one in made.revisions if one.measure == "closed" for _, group in one.group}
    assert closed == {"乙局"}


@pytest.mark.parametrize(
    ("log", "by", "rename", "still"),
    [
        (
            "接访日期 接访级别 人数\n2026-5-1 其他党政班子成员和乡镇领导 2\n2026-5-2 市级 1\n",
            "level",
            {"其他党政班子成员和乡镇领导": "未认出"},
            set(),
        ),
        (
            "接访日期 网格 人数 地区\n2026-5-1 1 2 12\n2026-5-2 1 1 13\n2026-5-3 1 1 13\n",
            "region",
            {"12": "12.0"},
            {"13"},
        ),
        ("接访日期 地区 人数\n2026-5-1 North 2\n2026-5-2 South 1\n2026-5-3 South 1\n", "region", {"North": "NORTH"}, {"South"}),
    ],
)
def test_groups_that_were_joined_or_parted_otherwise_are_not_compared(tmp_path, log, by, rename, still):
    told, unlike, made = compared(book(tmp_path, log), by=by, rename=rename, measure="visits,persons")
    assert (told, unlike) == ({"visits", "persons"}, {})
    assert {label for one in made.revisions if one.kind == "group" for _, label in one.group} == still
    assert [said.code for said in made.findings if said.code in {"W277", "W279"}] == ["W277", "W279"]


def test_ledgers_that_stood_in_one_table_are_not_compared(tmp_path):
    walk_in = book(tmp_path, "来访日期 责任单位 人数\n2026-5-1 甲局 2\n2026-5-2 乙局 1\n", "来访登记.xlsx")
    before = plain_of(report(walk_in, by="unit"))
    led = book(tmp_path, "接访日期 接访领导级别 责任单位 人数\n2026-5-1 市级 甲局 2\n2026-5-3 县级 丙局 1\n", "领导接访.xlsx")
    now = report(walk_in, led, by="unit", lang="zh", against=("old.json", before))
    assert len(now.tables) == 2
    assert now.revisions == ()
    assert [said.finding.values["way"] for said in now.findings if said.code == "W278"] == ["changed.ledgers"]


def test_a_result_of_this_version_is_compared_whole(tmp_path):
    told, unlike, _ = compared(book(tmp_path, DUE, "案件.xlsx"), version="0.2.0", **ON_TIME)
    assert (told, unlike) == ({"cases", "closed", "closure_rate", "on_time_rate", "overdue", "median_days"}, {})


def test_each_reason_has_its_text_in_both_languages_and_measures_that_there_are():
    for change in (change for changes in CHANGES.values() for change in changes):
        assert all(raw(change.reason, lang) for lang in LANGS)
        assert change.measures <= BY_KEY.keys()
