"""What a log needs to have mended before it is sent up, and where: rejected rows, findings, totals; and what is only to know."""

from __future__ import annotations

import json

import pytest

import xfstats
from tests.logs import book, report, sheets, text_file
from tests.program import run_text
from xfstats.messages import LANGS, keys, raw
from xfstats.render.check import as_json, as_text
from xfstats.render.style import Style
from xfstats.reports.check import cell_ranges, check_report

CLEAN = "接访日期 接访级别 来访人数 姓名 办理状态\n2024-1-2 市级 1 某甲 已办结\n2024-1-3 县级 2 某乙 办理中\n"
BROKEN = """
    序号 接访日期 接访级别 来访人数 姓名 办理状态 办结日期
    1 2024-1-2 市级 1 某甲 已办结 2024-1-9
    2 3/4/2024 县级 若干 某乙 已办结 2024-1-9
    3 2024-1-3 片区 若干 某丙 已办结 2024-1-9
    4 2024-1-3 县级 若干 某丁 已办结 2024-1-1
    5 2024-1-4 县级 2 某戊 已办结 2024-1-1
    合计 . . 9 . . .
"""


def items(made):
    return [(one.code, one.column, one.at, one.rows) for one in check_report(made).mend]


def test_nothing_is_to_mend_in_a_clean_log(tmp_path):
    made = check_report(report(book(tmp_path, CLEAN)))
    assert (made.mend, made.notes) == ((), ())


def test_rejected_rows_findings_and_totals_are_listed_with_their_places(tmp_path):
    made = report(book(tmp_path, BROKEN))
    assert items(made) == [
        ("date-ambiguous", "B", ("B3",), 1),
        ("number-text", "D", ("D4:D5",), 2),
        ("W211", "G", ("G6",), 1),
        ("W209", "D", ("D7",), 1),
    ]
    assert {(one.file, one.sheet, one.place) for one in check_report(made).mend} == {
        ("接访.xlsx", "Sheet1", "接访.xlsx「Sheet1」")
    }


@pytest.mark.parametrize(
    ("lang", "line", "remedy"),
    [
        ("zh", " 2. 接访.xlsx「Sheet1」 D4:D5：“人数”：数字读不懂，2 行没有计入 [number-text]", "    → 请用阿拉伯数字写一个整数"),
        (
            "en",
            " 2. 接访.xlsx「Sheet1」 D4:D5: Persons: not a number; 2 rows not counted [number-text]",
            "    -> write one whole number in digits",
        ),
    ],
)
def test_the_text_says_where_what_and_how_to_mend_it(tmp_path, lang, line, remedy):
    lines = run_text("check", book(tmp_path, BROKEN), "--lang", lang, code=1).stdout.splitlines()
    assert lines[0] == {"zh": "要改的有 4 处：", "en": "4 things to mend:"}[lang]
    assert lines[3:5] == [line, remedy]
    assert not any(cell in "\n".join(lines) for cell in ("若干", "某甲", "某丁", "3/4/2024"))


def test_exit_codes_are_0_for_a_clean_log_1_where_there_is_something_3_for_no_log(tmp_path):
    done = run_text("check", book(tmp_path, CLEAN), "-q")
    assert done.stdout.splitlines()[0] == "没有要改的。"
    assert done.stderr == ""
    done = run_text("check", book(tmp_path, BROKEN), code=1)
    assert done.stderr == ""
    done = run_text("check", text_file(tmp_path, "甲乙丙\n"), code=3)
    assert done.stdout == ""


def test_what_is_only_to_know_does_not_fail(tmp_path):
    path = book(tmp_path, CLEAN, hidden_rows={3})
    made = check_report(report(path))
    assert (made.mend, [one.code for one in made.notes]) == ((), ["W208"])
    lines = run_text("check", path).stdout.splitlines()
    assert lines[:4] == [
        "没有要改的。",
        "",
        "供了解（不用改）：",
        "  - 接访.xlsx「Sheet1」：有 1 行被隐藏或筛选，均已计入 [W208]",
    ]


def test_a_sheet_that_is_not_read_is_to_mend_and_notes_are_to_know(tmp_path):
    path = sheets(tmp_path, CLEAN, "甲 乙 丙\n1 2 3\n4 5 6\n7 8 9\n1 1 1\n", 说明="填表说明 请按日填写\n")
    made = check_report(report(path))
    assert [(one.code, one.sheet, one.file) for one in made.mend] == [("W207", "表2", "2024年接访.xlsx")]
    text = as_text(made.report, Style())
    assert "未读入「说明」" in text
    assert "未读入「表2」" not in text


def test_unknown_words_come_with_what_to_write_or_to_type(tmp_path):
    rows = "".join(f"2024-1-{day} 市级 1 某甲 {'甩锅' if day < 5 else '已办结'}\n" for day in range(2, 20))
    made = report(book(tmp_path, "接访日期 接访级别 来访人数 姓名 办理状态\n" + rows))
    (item,) = [one for one in check_report(made).mend if one.code == "W201"]
    assert item.message == "3 行的“状态”用词未识别，没有归入任何结果：甩锅 3"
    assert item.remedy == "请改用认得的状态（xfstats profile show 可列出），或统计时用 --map-status 甩锅=类别"
    assert item.at == ("E2:E4",)


def test_json_has_the_same_items_with_codes_fields_and_positions(tmp_path):
    plain = json.loads(as_json(report(book(tmp_path, BROKEN)), Style()))
    assert plain["schema"] == "xfstats.check/1"
    assert plain["mend"][1] == {
        "code": "number-text",
        "file": "接访.xlsx",
        "sheet": "Sheet1",
        "field": "persons",
        "column": "D",
        "rows": 2,
        "at": ["D4:D5"],
        "complete": True,
        "message": "“人数”：数字读不懂，2 行没有计入",
        "remedy": "请用阿拉伯数字写一个整数",
    }
    (sheet,) = plain["sheets"]
    assert (sheet["rows"], sheet["counted"], sheet["rejected"], sheet["skipped"]) == (6, 2, 3, 1)
    assert sheet["columns"] == {
        "received_on": "B",
        "closed_on": "G",
        "persons": "D",
        "status": "F",
        "level": "C",
        "serial": "A",
    }
    assert sheet["unused"] == ["E"]


def test_many_cells_are_shortened_in_the_text_and_whole_for_rejects_in_the_data(tmp_path):
    rows = "".join(f"2024-1-2 市级 {'若干' if n % 2 else 1}\n" for n in range(40))
    made = report(book(tmp_path, "接访日期 接访级别 来访人数\n" + rows))
    assert len(check_report(made).mend[0].at) == 20
    assert "C19、C21 …：" in as_text(made, Style())


def test_a_cell_range_is_of_one_column_and_without_gaps():
    assert cell_ranges(["D6", "D7", "E8", "E10", "表1", "E11"]) == ("D6:D7", "E8", "E10", "表1", "E11")


@pytest.mark.parametrize("lang", LANGS)
def test_a_remedy_holds_no_value_that_its_finding_has_not(lang):
    import re

    held = {code: set(re.findall(r"\{(\w+)", raw(f"findings.{code}", lang))) for code in keys("findings")}
    odd = [code for code in keys("mend") if not set(re.findall(r"\{(\w+)", raw(f"mend.{code}", lang))) <= held.get(code, set())]
    assert odd == []


def test_every_reason_to_look_is_something_to_mend(tmp_path):
    rows = "".join(f"2024-1-2 市级 1 {'已办结' if n % 2 else '甩锅'}\n" for n in range(8))
    for text in (BROKEN, "接访日期 接访级别 来访人数 办理状态\n" + rows):
        made = report(book(tmp_path, text))
        assert made.attention
        assert check_report(made).mend


def test_what_an_office_accepted_is_not_to_mend(tmp_path):
    profile = text_file(tmp_path, 'accept = ["W209", "W211"]\n', "p.toml")
    assert [one[0] for one in items(report(book(tmp_path, BROKEN), profile=profile))] == ["date-ambiguous", "number-text"]


def test_it_is_refused_for_the_public(tmp_path):
    done = run_text("check", book(tmp_path, CLEAN), "--public", code=2)
    assert "E234" in done.stderr


@pytest.mark.usefixtures("no_workers")
def test_python_has_the_same(tmp_path):
    made = xfstats.check(book(tmp_path, BROKEN), lang="en")
    assert isinstance(made, xfstats.Check)
    assert [one.code for one in made.mend] == ["date-ambiguous", "number-text", "W211", "W209"]
    assert made.report.reconciliation.rejected == 3
