"""The list of open matters that are overdue or soon due: what it shows of a row, in which order, and what it never shows."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from tests.program import run_text
from xfstats.pipeline.open_matters import showable_numbers

LOG = """信访件编号,登记日期,承办单位,办理状态,来访人
信访2026001,2026-5-1,甲局,办理中,张三丰
信访2026002,2026-9-10,乙局,办理中,李四光
信访2026003,2026-10-20,甲局,办理中,王五一
13800000001,2026-4-1,乙局,办理中,赵六六
信访2026004,2026-4-1,乙局,已办结,赵六六
"""
PETITION = ("--preset", "petition", "--as-of", "2026-11-02")


def listed(folder, *words, text=LOG, name="案件.csv", code=0):
    (folder / name).write_text(text, "utf-8")
    return run_text("deadlines", name, "--list", *PETITION, *words, cwd=folder, code=code)


def test_the_overdue_and_soon_due_are_listed_by_unit(tmp_path):
    said = listed(tmp_path).stdout.splitlines()
    assert said[:10] == [
        "信访事项催办清单（截至 2026-11-02）",
        "╭────────┬─────────────┬────────────┬─────────────╮",
        "│ 单位   │ 编号        │ 期限       │        超期 │",
        "├────────┼─────────────┼────────────┼─────────────┤",
        "│ 乙局   │ （5 行）    │ 2026-05-31 │ 超期 155 天 │",
        "│ 乙局   │ 信访2026002 │ 2026-11-09 │   还剩 7 天 │",
        "│ 甲局   │ 信访2026001 │ 2026-06-30 │ 超期 125 天 │",
        "├────────┼─────────────┼────────────┼─────────────┤",
        "│ 合计   │             │            │        3 件 │",
        "╰────────┴─────────────┴────────────┴─────────────╯",
    ]
    assert said[10:12] == ["列出 3 件：超期 2 件，7 天内到期 1 件", "未列：期限还有 7 天以上的 1 件，算不出期限的 0 件"]


def test_the_list_in_english_has_the_same_matters(tmp_path):
    said = listed(tmp_path, "--lang", "en").stdout.splitlines()
    assert said[0] == "Cases: open matters to chase, as of 2026-11-02"
    assert [line.split("│")[2].strip() for line in said[4:7]] == ["(row 5)", "信访2026002", "信访2026001"]


def test_data_have_the_days_as_numbers_and_a_file_may_be_written_again(tmp_path):
    for _ in range(2):
        listed(tmp_path, "-o", "清单.csv")
    assert (tmp_path / "清单.csv").read_text("utf-8-sig").splitlines() == [
        "log,row,number,unit,due_on,days_over,file,sheet,sheet_row",
        "cases,matter,,乙局,2026-05-31,155,案件.csv,,5",
        "cases,matter,信访2026002,乙局,2026-11-09,-7,案件.csv,,3",
        "cases,matter,信访2026001,甲局,2026-06-30,125,案件.csv,,2",
    ]
    assert listed(tmp_path, "-f", "tsv").stdout.splitlines()[1] == "cases\tmatter\t\t乙局\t2026-05-31\t155\t案件.csv\t\t5"


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_workbook_and_a_document_hold_the_list_and_no_person(tmp_path, form):
    for _ in range(2):
        listed(tmp_path, "-o", f"清单.{form}")
    data = (tmp_path / f"清单.{form}").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    assert [word in text for word in ("信访2026001", "超期 125 天", "13800000001", "张三", "赵六")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        assert [cell.value for cell in sheet[2]] == ["单位", "编号", "期限", "超期"]


def test_another_grouping_and_a_log_without_case_numbers(tmp_path):
    log = "序号,登记日期,县区,办理状态\n1,2026-5-1,甲县,办理中\n2,2026-5-2,乙县,办理中\n"
    said = listed(tmp_path, "--by", "region", "--log", "cases", text=log).stdout.splitlines()
    assert [line.split("│")[1:3] for line in said[4:6]] == [[" 乙县   ", " 2      "], [" 甲县   ", " 1      "]]


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--public",), "E234"), (("-f", "json"), "E219"), (("-f", "docx"), "E212"), (("-o", "清单.md"), "E219")],
)
def test_what_the_list_is_not_for_is_refused(tmp_path, words, code):
    assert listed(tmp_path, *words, code=2).stderr.endswith(f"[{code}]\n")


def test_the_table_of_deadlines_is_no_document(tmp_path):
    (tmp_path / "案件.csv").write_text(LOG, "utf-8")
    said = run_text("deadlines", "案件.csv", *PETITION, "-o", "表.docx", cwd=tmp_path, code=2).stderr
    assert said.endswith("[E219]\n")


def test_a_number_that_may_be_a_name_or_an_identity_is_not_shown():
    assert showable_numbers(["12", "A-12", "张三12", "张三13", None, "无号", "11010519491231002X", "1" * 41]) == [
        *("12", "A-12"),
        *[None] * 6,
    ]
    assert showable_numbers(["Smith 1", "REF-1", "REF-2", "REF-3"]) == [None, "REF-1", "REF-2", "REF-3"]
