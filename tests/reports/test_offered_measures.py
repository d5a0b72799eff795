"""Measures that a table has where nobody chose any and its log has the column: 集体访, 初访 and 重访, each answer."""

from __future__ import annotations

import json

import pytest

from tests.logs import book, codes, report, text_file
from xfstats.measures.definitions import BY_ANSWER
from xfstats.render.json import as_json
from xfstats.render.style import Style
from xfstats.render.table_lines import column_heads

LOG = """
来访日期 层级 来访人数 办理状态 初重访 集体访 满意度
2026-10-1 市级 6 已办结 初访 是 满意
2026-10-2 市级 2 已办结 重访 否 基本满意
2026-10-3 县级 1 办理中 初访 否 不满意
2026-10-4 县级 9 已办结 初访 是 未评价
2026-10-5 县级 1 办理中 重访 否 .
"""
OFFERED = ["collective_visits", "initial", "repeat", *BY_ANSWER]


def total(made):
    return {key: made.tables[0].total[key] for key in OFFERED if key in made.tables[0].measures}


def test_a_log_that_has_the_columns_has_the_measures(tmp_path):
    made = report(book(tmp_path, LOG, "来访.xlsx"))
    assert list(total(made).values()) == [2, 3, 2, 1, 1, 1, 1]
    assert codes(made) == []
    heads = column_heads(made.tables[0], "zh")[1]
    assert heads == ["批次", "人次", "集体访批次", "初访", "重访", "结案", "结案率", *heads[-4:]]
    assert heads[-4:] == ["评价满意", "评价基本满意", "评价不满意", "未评价"]
    assert column_heads(made.tables[0], "en")[1][-4:] == [
        "Answered satisfied",
        "Answered fairly satisfied",
        "Answered dissatisfied",
        "No answer",
    ]


def test_a_log_in_english_has_them_too(tmp_path):
    text = "Reference,Received,Status,Satisfaction,First or repeat\n" + "".join(
        f"C{number},2026-10-0{number},Closed,{answer},{again}\n"
        for number, (answer, again) in enumerate((("Satisfied", "First"), ("Dissatisfied", "Repeat"), ("", "First")), 1)
    )
    found = total(report(text_file(tmp_path, text, "complaints.csv")))
    assert {key: found.get(key) for key in BY_ANSWER} == {
        "rated_satisfied": 1,
        "rated_basically": None,
        "rated_dissatisfied": 1,
        "rated_unrated": None,
    }


def test_an_answer_that_nobody_gave_has_no_column(tmp_path):
    assert "rated_basically" not in total(report(book(tmp_path, LOG.replace("基本满意", "满意"))))


@pytest.mark.parametrize("word", ["还行吧", "5"])
def test_a_column_with_a_word_that_is_not_known_is_passed_over_in_silence(tmp_path, word):
    made = report(book(tmp_path, LOG.replace("基本满意", word)))
    assert set(total(made)) == {"collective_visits", "initial", "repeat"}
    assert codes(made) == []
    asked = report(book(tmp_path, LOG.replace("基本满意", "还行吧")), measure="visits,rated_satisfied")
    assert codes(asked) == ["W221"]


def test_blank_columns_and_two_columns_for_one_field_offer_nothing(tmp_path):
    blank = (
        LOG.replace(" 满意\n", " .\n").replace(" 基本满意\n", " .\n").replace(" 不满意\n", " .\n").replace(" 未评价\n", " .\n")
    )
    assert not set(BY_ANSWER) & set(total(report(book(tmp_path, blank))))
    two = "\n".join(f"{line} {'满意度' if '满意度' in line else '满意'}" if line else line for line in LOG.split("\n"))
    assert not set(BY_ANSWER) & set(total(report(book(tmp_path, two))))


def test_measures_that_are_chosen_are_the_only_ones(tmp_path):
    assert report(book(tmp_path, LOG), measure="visits").tables[0].measures == ("visits",)


def test_a_public_table_offers_none(tmp_path):
    assert total(report(book(tmp_path, LOG), public=True)) == {}


@pytest.mark.parametrize("preset", ["plain", "petition", "12345"])
def test_at_most_twelve_are_printed_and_answers_all_or_none(tmp_path, preset):
    made = report(book(tmp_path, LOG.replace("办理中", "息诉罢访")), preset=preset).tables[0]
    assert len(made.printed) <= 12
    assert {"collective_visits", "initial", "repeat"} <= set(made.printed)
    assert len(set(BY_ANSWER) & set(made.printed)) in {0, 4}
    assert set(BY_ANSWER) <= set(made.measures)


def test_a_saved_result_without_them_shows_no_change(tmp_path):
    log = book(tmp_path, LOG)
    saved = json.loads(as_json(report(log), Style()))
    for one in (*saved["tables"][0]["rows"], saved["tables"][0]["total"]):
        for key in OFFERED:
            one["figures"].pop(key, None)
    assert report(log, against=("saved.json", saved)).revisions == ()
