"""Which rows are the header: names over several rows, a header printed again, a second header."""

from __future__ import annotations

import pytest

from tests.logs import FOUR_VISITS, book, refused, report, total
from tests.writers import Sheet, write
from xfstats.config.profile import load_profile
from xfstats.config.vocabulary import compile_profile
from xfstats.schema.header import find_header

WORDS = compile_profile(load_profile(None).words)

HEADS = [
    ["序号", "来访日期", "来访人数", None],
    [None, None, "个体访", "集体访"],
    [1, "2024-5-1", 2, None],
    [2, "2024-5-2", None, 9],
]


def test_a_second_header_with_columns_of_its_own_is_refused(tmp_path):
    swapped = "来访人数 来访日期 来访人 序号 接访级别 办理状态\n9 2024-6-1 戊某 1 市级 已办结\n"
    assert refused(book(tmp_path, FOUR_VISITS + swapped)).code == "E323"


@pytest.mark.parametrize("day", ["{:02}/05/2024", "{:02}-05-2024", "{:02} May 2024", "{}th May 2024", "Monday {} May 2024"])
def test_a_record_with_words_that_name_fields_too_is_no_header(tmp_path, day):
    states = ["Resolved", "Closed", "Resolved", "Closed", "Open", "Resolved"]
    rows = "".join(f"C-{n}|{day.format(n + 10)}|People|{state}|Email|No\n" for n, state in enumerate(states))
    path = tmp_path / "complaints.txt"
    path.write_text("Reference|Lodged with|Directorate|Status|Method|Exempt (Y/N)\n" + rows, encoding="utf-8")
    made = report(path)
    assert (made.tables[0].total["cases"], made.reconciliation.skipped) == (6, 0)


def test_a_header_that_is_printed_again_under_a_title_is_skipped_with_it(tmp_path):
    head = FOUR_VISITS.splitlines()[0]
    made = report(book(tmp_path, f"2024年5月接访登记\n{FOUR_VISITS}2024年6月接访登记\n{head}\n5 2024-6-1 戊某 6 市级 已办结\n"))
    assert (total(made)["visits"], made.reconciliation.reasons["skipped"]) == (5, {"repeated-header": 2})


def test_heads_in_two_columns_under_one_name_are_tied(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", HEADS, merges=[(1, 3, 1, 4)])], "xlsx")
    assert refused(path).code == "E306"


def test_names_of_columns_under_a_merged_name_are_part_of_the_header(tmp_path):
    rows = [["序号", "来访日期", "来访人数", "办理情况", None], [None, None, None, "已办结", "在办"]]
    rows += [[1, "2024-5-1", 2, "√", None], [2, "2024-5-2", 3, None, "√"]]
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", rows, merges=[(1, 4, 1, 5)])], "xlsx")
    made = report(path)
    assert (total(made)["visits"], total(made)["closed"]) == (2, 1)


def test_headers_in_two_languages_and_answers_with_notes(tmp_path):
    rows = [["编号\nRef.", "日期\nDate", "是否办结"], ["R1", "2024-1-1", "是（已答复）"], ["R2", "2024-1-2", "否(办理中)"]]
    path = tmp_path / "案件.xlsx"
    write(path, [Sheet("a", rows)], "xlsx")
    assert total(report(path))["closed"] == 1


@pytest.mark.parametrize(
    "rows",
    [
        [["Ref", "Status", "Description", "Reply"], *[[f"R-{n}", "Closed", "light", "fixed"] for n in range(4)]],
        [
            ["工单编号", "办理状态", "内容", "回复"],
            *[[f"单{n}号", state, "路灯", "已修"] for n, state in enumerate(["办结", "在办", "退回"])],
        ],
        [["Case", "Outcome", "Team"], *[[f"C/{n}", "Resolved", "Parks"] for n in range(3)]],
    ],
)
def test_a_row_that_is_written_as_those_below_it_is_a_record_and_no_part_of_the_header(rows):
    header = find_header(rows, None, WORDS)
    assert (header.first, header.last) == (0, 0)


def test_a_lower_row_of_a_header_that_is_repeated_on_each_page_is_a_part_of_it():
    top = [["日期", "来访", None, "办理"], [None, "级别", "人数", "状态"]]
    header = find_header([*top, ["5月6日", "县级", 2, "办结"], *top, ["5月7日", "乡级", 1, "在办"]], None, WORDS)
    assert (header.first, header.last) == (0, 1)
