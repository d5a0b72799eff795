"""Rows that add up others: totals, subtotals, sums of blocks, bare numbers under a word."""

from __future__ import annotations

import pytest

from tests.logs import book, report, text_file, total

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


def test_counts_under_case_numbers_are_totals(tmp_path):
    log = "接访编号 接访日期 来访人数\nJ1 2024-5-1 2\nJ2 2024-5-2 3\nJ3 2024-5-3 1\n3 . 6\n"
    assert total(report(book(tmp_path, log)))["visits"] == 3


@pytest.mark.parametrize("label", ["Overall", "YTD", "合计：3批次6人次", "共3条记录"])
def test_more_words_for_totals(tmp_path, label):
    made = report(book(tmp_path, f"序号 来访日期 来访人数\n1 2024-5-1 2\n2 2024-5-2 3\n3 2024-5-3 1\n{label} . .\n"))
    assert (total(made)["visits"], made.reconciliation.skipped) == (3, 1)


def test_subtotals_are_checked(tmp_path):
    log = "序号 来访日期 来访人数\n1 2024-5-1 2\n2 2024-5-2 3\n小计 . 5\n3 2024-5-3 1\n4 2024-5-4 1\n小计 . 3\n"
    (finding,) = report(book(tmp_path, log)).findings
    assert (finding.code, finding.at) == ("W209", ("C7",))


VISITS_OF_FOUR = (
    "接访级别,来访日期,来访人数,办理状态\n市级,2024-01-02,2,已办结\n县级,2024-01-03,3,办理中\n"
    "县级,2024-01-05,4,办理中\n市级,2024-01-06,6,已办结\n"
)
EACH_WITH_ITS_MEAN = (
    "Ward,Visit date,Visitors,Status\nNorth,2024-01-02,2,Closed\nNorth,2024-01-06,6,Closed\n{0} North,,4,\n"
    "South,2024-01-03,3,Open\nSouth,2024-01-05,4,Open\n{0} South,,3.5,\n"
)


@pytest.mark.parametrize(
    "lines",
    ["平均,,4,\n", "月平均,,4,\n", "均值,,4,\n", "Total (average),,4,\n", "Grand Average,,4,\n", "合计,,15,\n平均,,4,\n"],
)
@pytest.mark.parametrize("name", ["接访.csv", "接访.tsv"])
def test_an_average_of_heads_is_no_stated_total(tmp_path, lines, name):
    text = VISITS_OF_FOUR + lines
    made = report(text_file(tmp_path, text.replace(",", "\t") if name.endswith("tsv") else text, name))
    assert (total(made)["visits"], total(made)["persons"]) == (4, 15)
    assert [said.code for said in made.findings if said.code == "W209"] == []


@pytest.mark.parametrize("word", ["Average", "Mean", "Media"])
def test_averages_below_groups_are_no_stated_subtotals(tmp_path, word):
    made = report(text_file(tmp_path, EACH_WITH_ITS_MEAN.format(word)), log="visits")
    assert (total(made)["visits"], total(made)["persons"]) == (4, 15)
    assert [said.code for said in made.findings if said.code == "W209"] == []


@pytest.mark.parametrize("lines", ["合计,,4,\n", "合计,,16,\n平均,,4,\n"])
def test_a_total_that_is_wrong_is_said_though_it_is_the_mean_or_stands_above_one(tmp_path, lines):
    made = report(text_file(tmp_path, VISITS_OF_FOUR + lines, "接访.csv"))
    assert [said.at for said in made.findings if said.code == "W209"] == [("C6",)]
