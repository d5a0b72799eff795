"""Rows that add up others: totals, subtotals, sums of blocks, bare numbers under a word."""

from __future__ import annotations

import pytest

from tests.logs import book, report, text_file, total
from tests.writers import Sheet, suffix, write

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


CASES = ("Case number", "Received", "Country", "Closed date", "Status")
FILLED = {"Received": "2024-05-0{0}", "Closed date": "2024-06-0{0}", "Status": "Closed", "Persons": "{0}"}


def subtotalled(folder, header, labels, at, numbers, fmt):
    """A log of three rows of Denmark and two of Italy, below each the label and number of a Subtotal command in a column."""
    rows, number = [list(header)], 0
    group = next(name for name in header if name in {"Country", "承办单位"})
    for place, count in enumerate((3, 2)):
        for _ in range(count):
            number += 1
            filled = {"Case number": f"C-{number}", "登记日期": f"2024-05-0{number}", "办理状态": "已办结", **FILLED}
            filled |= {group: ("Denmark", "Italy")[place]}
            rows.append([int(text) if (text := filled[name].format(number)).isdecimal() else text for name in header])
        rows.append([{group: labels[place], at: numbers[place]}.get(name) for name in header])
    rows.append([{group: labels[2], at: numbers[2]}.get(name) for name in header])
    path = folder / f"log{suffix(fmt)}"
    write(path, [Sheet("Sheet1", rows)], fmt)
    return path


@pytest.mark.parametrize("fmt", ["xlsx", "csv", "ods"])
@pytest.mark.parametrize(
    ("header", "labels", "at", "numbers"),
    [
        (CASES, ("Denmark Count", "Italy Count", "Grand Count"), "Status", (3, 2, 5)),
        (CASES, ("Denmark Count", "Italy Count", "Grand Count"), "Closed date", (3, 2, 5)),
        (CASES, ("Denmark Total", "Italy Total", "Grand Total"), "Received", (3, 2, 5)),
        (("Case number", "登记日期", "承办单位", "办理状态"), ("Denmark 计数", "Italy 计数", "总计数"), "办理状态", (3, 2, 5)),
        (("Received", "Country", "Persons", "Status"), ("Denmark Max", "Italy Max", "Grand Max"), "Persons", (3, 5, 5)),
        (("Received", "Country", "Persons", "Status"), ("Min Denmark", "Min Italy", "Min total"), "Persons", (1, 4, 1)),
        (("Received", "Country", "Persons", "Status"), ("Denmark Count", "Italy Count", "Grand Count"), "Status", (3, 2, 5)),
    ],
)
@pytest.mark.parametrize("by", [(), ("column:Country",)])
def test_a_number_of_a_subtotal_command_in_any_column_makes_no_record(tmp_path, header, labels, at, numbers, fmt, by):
    path = subtotalled(tmp_path, header, labels, at, numbers, fmt)
    if "承办单位" in header:
        by = ("unit",) if by else ()
    made = report(path, **({"by": by} if by else {}))
    figures = total(made)
    assert figures.get("cases", figures.get("visits")) == 5
    assert (figures["closed"], made.reconciliation.reasons["skipped"]) == (5, {"subtotal": 2, "total": 1})


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        (("Denmark Street", "Italy Road", "Nowhere"), (7, 9, 8)),
        (("Denmark Max", "Italy Max", "Grand Max"), (2, 9, 8)),
    ],
)
def test_a_number_that_is_none_of_the_rows_above_is_no_subtotal(tmp_path, labels, numbers):
    path = subtotalled(tmp_path, ("Received", "Country", "Persons", "Status"), labels, "Persons", numbers, "csv")
    assert total(report(path))["visits"] == 8


HEADS = {
    "zh": ["来访日期", "接访级别", "批次", "人数", "办理状态"],
    "en": ["Date of visit", "Level", "Batches", "Persons", "Status"],
}


def heads(folder, lang, label, number, fmt, *, place=0, undated=False):
    """Five visits of 7 batches and 20 persons, and a row below with a label and a number of persons."""
    closed, level = ("已办结", "市级") if lang == "zh" else ("Closed", "City")
    rows = [
        [f"2024-05-0{day}", level, batches, persons, closed]
        for day, batches, persons in zip(range(1, 6), (1, 2, 1, 2, 1), (3, 5, 4, 6, 2), strict=True)
    ]
    last = [None] * 5
    last[place], last[3] = label, number
    path = folder / f"{'接访' if lang == 'zh' else 'visits'}{suffix(fmt)}"
    write(path, [Sheet("Sheet1", [HEADS[lang], *rows, last])], fmt)
    return report(path, max_rejected="50%")


@pytest.mark.parametrize("fmt", ["xlsx", "csv", "ods"])
@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    ("lang", "label", "number"),
    [
        ("zh", "每批平均人数", 2.9),
        ("zh", "平均每批", 2.857142857142857),
        ("zh", "每次平均人数", 4),
        ("zh", "批均", 2.86),
        ("en", "Average per visit", 2.86),
        ("en", "Mean", 2.857),
        ("en", "People a batch", 2.86),
    ],
)
def test_a_quotient_of_totals_below_a_log_is_no_visit(tmp_path, lang, label, number, fmt, place):
    made = heads(tmp_path, lang, label, number, fmt, place=place)
    assert (total(made)["visits"], total(made)["persons"], made.reconciliation.rejected) == (7, 20, 0)
    assert list(made.reconciliation.reasons["skipped"].values()) == [1]


@pytest.mark.parametrize(
    ("lang", "label", "number"), [("zh", "每批平均人数", 3.3), ("en", "Average per visit", 2.8), ("zh", "占比", "35.0%")]
)
def test_a_number_that_is_no_quotient_of_totals_is_rejected_with_its_reason(tmp_path, lang, label, number):
    made = heads(tmp_path, lang, label, number, "xlsx")
    assert (total(made)["persons"], made.reconciliation.rejected, made.reconciliation.reasons["skipped"]) == (20, 1, {})
