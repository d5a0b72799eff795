"""What is a log, a record and a copy is told by what rows prove; what only resembles one is said or refused."""

from __future__ import annotations

from datetime import date

import pytest

from tests.logs import book, codes, grid, refused, report, total
from tests.writers import Sheet, write
from xfstats.errors import InputFault

VISITS = (
    "序号 来访日期 来访人 来访人数 接访级别 办理状态\n"
    "1 2024-5-1 甲某 2 市级 已办结\n2 2024-5-2 乙某 3 县级 已办结\n3 2024-5-3 丙某 4 县级 办理中\n"
    "4 2024-5-4 丁某 1 乡级 办理中\n"
)


def sheets(folder, *texts, name="2024年接访.xlsx", **named):
    path = folder / name
    made = [Sheet(f"表{index}", grid(text)) for index, text in enumerate(texts, 1)]
    write(path, [*made, *(Sheet(sheet, grid(text)) for sheet, text in named.items())], "xlsx")
    return path


@pytest.mark.parametrize(
    "other",
    [
        "办理状态 接访级别\n已办结 市级\n办理中 县级\n不予受理 乡级\n",
        "序号 责任单位 联系人 电话 层级\n1 甲局 甲 5550001 县级\n2 乙局 乙 5550002 县级\n3 丙局 丙 5550003 市级\n",
        "日期 单位 人数\n2024-5-1 车队 3\n2024-5-2 车队 4\n2024-5-3 车队 5\n",
        "接访级别 批次 人次\n市级 10 20\n县级 5 9\n乡级 4 4\n",
    ],
)
def test_a_sheet_unlike_the_log_beside_it_is_not_counted_and_said(tmp_path, other):
    made = report(sheets(tmp_path, VISITS, other))
    assert (total(made)["visits"], total(made)["persons"], codes(made)) == (4, 10, ["W207"])
    assert made.attention


def test_a_sheet_of_totals_does_not_keep_the_log_beside_it_from_being_read(tmp_path):
    made = report(sheets(tmp_path, VISITS, "责任单位 受理量 办结\n甲局 10 7\n乙局 5 5\n丙局 6 2\n"))
    assert (total(made)["visits"], [note.why for _, note in made.not_read]) == (4, ["totals"])


def test_levels_and_units_alone_are_no_log(tmp_path):
    assert refused(book(tmp_path, "姓名 单位 级别 电话\n甲 甲局 市级 5550001\n乙 乙局 县级 5550002\n")).code == "E309"


@pytest.mark.parametrize(
    "table",
    [
        "县区 来访量 人次\n东城区 7 8\n西城区 12 15\n",
        "Ward Visits Persons\nEast 7 8\nWest 12 15\n",
        "Agency Status Requests\nDPW Open 5\nDPW Closed 6\n",
        "登记日期 受理量 人次\n2024-3-1 5 9\n2024-3-2 6 12\n",
        "月份 县区 人次\n1月 甲县 55\n1月 乙县 66\n",
    ],
)
def test_numbers_of_groups_are_never_counted_as_rows(tmp_path, table):
    assert refused(book(tmp_path, table)).code == "E312"


def test_heads_that_are_named_by_map_are_no_totals(tmp_path):
    log = "县区 大人 合计 办理状态\n甲县 1 2 已办结\n乙县 2 3 办理中\n"
    made = report(book(tmp_path, log), maps=["persons=合计"])
    assert (total(made)["visits"], total(made)["persons"]) == (2, 5)


def test_letters_are_no_column_numbers_in_a_table_of_batches(tmp_path):
    assert total(report(book(tmp_path, "县区 批次 人次\n甲 1 2\n乙 2 3\n丙 5 9\n")))["visits"] == 8


def test_a_second_header_with_columns_of_its_own_is_refused(tmp_path):
    swapped = "来访人数 来访日期 来访人 序号 接访级别 办理状态\n9 2024-6-1 戊某 1 市级 已办结\n"
    assert refused(book(tmp_path, VISITS + swapped)).code == "E323"


@pytest.mark.parametrize("day", ["{:02}/05/2024", "{:02}-05-2024", "{:02} May 2024", "{}th May 2024", "Monday {} May 2024"])
def test_a_record_with_words_that_name_fields_too_is_no_header(tmp_path, day):
    states = ["Resolved", "Closed", "Resolved", "Closed", "Open", "Resolved"]
    rows = "".join(f"C-{n}|{day.format(n + 10)}|People|{state}|Email|No\n" for n, state in enumerate(states))
    path = tmp_path / "complaints.txt"
    path.write_text("Reference|Lodged with|Directorate|Status|Method|Exempt (Y/N)\n" + rows, encoding="utf-8")
    made = report(path)
    assert (made.tables[0].total["cases"], made.reconciliation.skipped) == (6, 0)


def test_a_header_that_is_printed_again_under_a_title_is_skipped_with_it(tmp_path):
    head = VISITS.splitlines()[0]
    made = report(book(tmp_path, f"2024年5月接访登记\n{VISITS}2024年6月接访登记\n{head}\n5 2024-6-1 戊某 6 市级 已办结\n"))
    assert (total(made)["visits"], made.reconciliation.reasons["skipped"]) == (5, {"repeated-header": 2})


def beside(main, other):
    left, right = grid(main), grid(other)
    width = max(map(len, left))
    rows = max(len(left), len(right))
    left += [[None] * width] * (rows - len(left))
    right += [[None]] * (rows - len(right))
    return [[*one, None, *two] for one, two in zip(left, right, strict=True)]


@pytest.mark.parametrize("other", ["月份 批次\n1月 20\n2月 30\n3月 4\n4月 5\n", "接访级别 批次 人次\n市级 4 20\n县级 4 22\n"])
def test_a_table_beside_the_log_is_not_read_and_said(tmp_path, other):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", beside(VISITS, other))], "xlsx")
    made = report(path)
    assert (total(made)["visits"], total(made)["persons"], codes(made)) == (4, 10, ["W228"])
    assert made.attention


def test_two_logs_side_by_side_are_refused(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", beside("序号 接访日期 来访人数\n1 2024-1-2 2\n", "序号 案件编号 办结日期\n1 A1 2024-1-9\n"))], "xlsx")
    assert refused(path).code == "E332"


def test_a_blank_column_within_a_log_parts_nothing(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(
        path, [Sheet("s", beside("序号 接访日期 来访人数\n1 2024-1-2 2\n2 2024-1-3 3\n", "办理状态\n已办结\n办理中\n"))], "xlsx"
    )
    assert total(report(path))["closed"] == 1


HEADS = [
    ["序号", "来访日期", "来访人数", None],
    [None, None, "个体访", "集体访"],
    [1, "2024-5-1", 2, None],
    [2, "2024-5-2", None, 9],
]


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


PEOPLE = [["序号", "来访日期", "接访级别", "来访群众（人）"], [1, "2024-5-1", "市级", 2], [2, "2024-5-2", "县级", 3]]


def test_people_counted_in_a_column_of_people_are_heads(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", PEOPLE)], "xlsx")
    assert total(report(path))["persons"] == 5


@pytest.mark.parametrize("numbers", [(101, 102, 103, 104, 105), (9, 8, 7, 5, 4), (1, 2, 3, 1, 2), (1, 2, 4, 5, 7)])
def test_batches_that_only_number_the_rows_weigh_nothing(tmp_path, numbers):
    days = (1, 1, 1, 2, 2)
    rows = "".join(f"{number} 2024-5-{day} 9\n" for number, day in zip(numbers, days, strict=True))
    made = report(book(tmp_path, f"批次 来访日期 来访人数\n{rows}"))
    assert (total(made)["visits"], codes(made)) == (5, ["W225"])


def test_a_batch_of_several_rows_is_refused_and_the_way_out_works(tmp_path):
    rows = "".join(f"{number} 2024-5-{number} 市级 1\n" for number in (1, 1, 2, 2, 3, 4, 4, 5))
    path = book(tmp_path, f"批次 来访日期 级别 人次\n{rows}")
    assert refused(path).code == "E333"
    assert total(report(path, maps=["serial=批次"]))["visits"] == 8


def test_more_batches_than_heads_are_asked_about(tmp_path):
    log = "来访日期 批次 来访人数\n2024-5-1 3 2\n2024-5-2 1 5\n2024-5-3 1 1\n"
    assert codes(report(book(tmp_path, log))) == ["W235"]


MERGED = [
    ["序号", "乡镇", "来访日期", "来访人数"],
    [1, "甲镇", "2024-5-1", 2],
    [None, None, "2024-5-2", 3],
    [2, "乙镇", "2024-5-3", 4],
]


def test_rows_with_dates_and_heads_of_their_own_are_records_though_their_number_is_merged(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", MERGED, merges=[(2, 1, 3, 1), (2, 2, 3, 2)])], "xlsx")
    assert total(report(path))["persons"] == 9


def test_heads_beside_a_merged_record_are_rejected_not_lost(tmp_path):
    rows = [[*row[:2], day, *row[3:]] for row, day in zip(MERGED, ("来访日期", "2024-5-1", None, "2024-5-3"), strict=True)]
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", rows, merges=[(2, 1, 3, 1), (2, 3, 3, 3)])], "xlsx")
    assert report(path).reconciliation.reasons["rejected"] == {"merged-heads": 1}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (". . . 9 市级 .", "sum-row"),
        ("作废 2024-5-5 戊某 2 市级 .", "void"),
        ("5 2024-5-5 . 9 合计 .", "sum-row"),
        ("5 . . . . 办理中", "too-few-fields"),
    ],
)
def test_a_row_that_is_no_visit_is_rejected_with_its_reason(tmp_path, row, reason):
    made = report(book(tmp_path, VISITS + row + "\n"))
    assert (total(made)["visits"], made.reconciliation.reasons["rejected"]) == (4, {reason: 1})


@pytest.mark.parametrize("row", ["范例 2024-5-5 某某 2 市级 已办结", "0 2024-5-5 （样例） 2 市级 已办结"])
def test_a_sample_row_is_skipped(tmp_path, row):
    head, *rest = VISITS.splitlines()
    made = report(book(tmp_path, "\n".join([head, row, *rest])))
    assert (total(made)["visits"], made.reconciliation.reasons["skipped"]) == (4, {"hint": 1})


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


WORDS = ("拟办结", "尚未办结", "即将办结", "待结", "已转出", "正商办", "缓办", "另案")


def test_a_status_column_of_unknown_words_is_a_status_column(tmp_path):
    rows = "".join(f"A{number} 2024-5-1 {word} 2024-6-1\n" for number, word in enumerate(WORDS))
    made = report(book(tmp_path, f"工单编号 登记日期 工单状态 办结日期\n{rows}", name="工单.xlsx"))
    assert (total(made), codes(made)) == ({"cases": 8}, ["W201", "W203"])


def test_texts_in_place_of_a_status_are_said(tmp_path):
    texts = [f"经与来访人多次沟通后第{number}次答复其诉求并报送材料" for number in range(6)]
    rows = "".join(f"A{number} 2024-5-1 {text} 2024-6-1\n" for number, text in enumerate(texts))
    made = report(book(tmp_path, f"工单编号 登记日期 办理情况 办结日期\n{rows}", name="工单.xlsx"))
    assert (total(made, "cases")["closed"], codes(made)) == (6, ["W241"])


def test_states_under_an_unknown_header_are_read_by_their_words(tmp_path):
    made = report(book(tmp_path, "信访编号 登记日期 现办状态\nA1 2024-5-1 已办结\nA2 2024-5-2 办理中\n", name="案件.xlsx"))
    assert total(made, "cases")["closed"] == 1


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("Closed - upheld|Closed – not upheld|Open - public", {"closed": 2}),
        ("Closed - duplicate|Closed: resolved|Closed", {"closed": 2, "excluded": 1, "resolved": 1}),
        ("已结案 Closed|处理中 In progress|已撤回 Withdrawn", {"closed": 1, "excluded": 1}),
        ("已办结（已答复）|办结-满意|办理中", {"closed": 2}),
    ],
)
def test_a_state_in_two_parts_or_languages_is_what_its_known_part_says(tmp_path, words, counted):
    made = states(tmp_path, "Status", words.split("|"))
    found = total(made, "cases")
    assert {key: found[key] for key in ("closed", "excluded", "resolved") if found.get(key)} == counted
    assert codes(made) == []


@pytest.mark.parametrize(
    "word",
    [
        "Closed - reopened by customer",
        "已办结-退回重办",
        "已解决 Closed",
        "解决(部分)",
        "Resolved - no",
        "Closed - pending review",
        "已办结（否）",
    ],
)
def test_a_state_whose_parts_contradict_each_other_is_asked_about(tmp_path, word):
    made = states(tmp_path, "Status", [word, "Closed", "Open"])
    assert (total(made, "cases")["closed"], codes(made)) == (1, ["W201"])


@pytest.mark.parametrize("word", ["Closed - not resolved", "办结（未解决）"])
def test_a_closed_state_that_denies_it_is_resolved_is_closed(tmp_path, word):
    made = states(tmp_path, "Status", [word, "Closed", "Open"])
    assert (total(made, "cases")["closed"], codes(made)) == (2, [])


@pytest.mark.parametrize("header", ["Job Status", "Current stage", "现办状态"])
def test_a_column_of_states_is_read_though_some_of_its_words_are_unknown(tmp_path, header):
    made = states(tmp_path, header, ["Closed", "Raised", "Withdrawn", "Open", "Allocated"], closed="2024-05-09")
    found = total(made, "cases")
    assert (found["closed"], found["excluded"], codes(made)) == (1, 1, ["W201", "W203"])


def test_a_column_without_a_known_state_gives_way_to_one_with_them(tmp_path):
    made = states(tmp_path, "Stage|Complaint Status", ["Stage 1|Closed", "Stage 2|Open", "Stage 1|Closed"])
    assert (total(made, "cases")["closed"], codes(made)) == (2, [])


@pytest.mark.parametrize("header", ["First received", "Date Recorded", "Submitted"])
@pytest.mark.parametrize("day", ["2024-05-{}", "{}/05/2024", '"May {}, 2024"'])
def test_a_day_of_receipt_is_found_by_what_its_header_holds(tmp_path, header, day):
    path = tmp_path / "complaints.csv"
    rows = "".join(f"C{number},{day.format(number + 13)},Closed\n" for number in range(5))
    path.write_text(f"Reference,{header},Status\n{rows}", encoding="utf-8")
    assert report(path).inputs[0].tally.columns["received_on"] == header


def states(folder, header, cells, closed=""):
    """A list of cases in one or two columns of states, all with a close date or none."""
    rows = "".join(f"C{number}|2024-05-0{number}|{cell}|{closed}\n" for number, cell in enumerate(cells, 1))
    (folder / "complaints.txt").write_text(f"Reference|Received|{header}|Closed date\n{rows}", encoding="utf-8")
    return report(folder / "complaints.txt")


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2026年1月接访登记", 2026),
        ("接访登记表（2022年版）", None),
        ("依据某信发〔2022〕15号填报", None),
        ("2022年《信访工作条例》", None),
    ],
)
def test_the_year_of_a_title_is_that_of_its_log(tmp_path, title, year):
    path = book(tmp_path, f"{title}\n接访日期 接访级别 来访人数\n1月5日 市级 1\n1月6日 市级 1\n")
    if year is None:
        assert refused(path).code == "E310"
    else:
        assert report(path).tables[0].span.first == date(year, 1, 5)


def test_a_december_day_in_the_log_of_january_is_of_no_stated_year(tmp_path):
    log = "2026年1月接访登记\n接访日期 接访级别 来访人数\n12月30日 市级 1\n1月6日 市级 1\n"
    assert report(book(tmp_path, log)).reconciliation.reasons["rejected"] == {"date-year": 1}


def test_a_day_after_as_of_is_asked_about(tmp_path):
    assert codes(report(book(tmp_path, VISITS), as_of=date(2024, 5, 2))) == ["W229"]


def test_months_of_close_dates_span_the_close_dates(tmp_path):
    log = "编号 登记日期 办结日期\nA1 2026-3-1 2026-3-9\nA2 2026-3-2 2026-5-9\n"
    made = report(book(tmp_path, log, name="案件.xlsx"), by="month", date_by="closed_on")
    assert [row.group["month"] for row in made.tables[0].rows] == ["2026-03", "2026-04", "2026-05"]


def test_one_list_in_two_formats_or_orders_of_columns_is_counted_once(tmp_path):
    rows = grid(VISITS)
    for row in rows[1:]:
        row[1] = date(*map(int, row[1].split("-")))
    write(tmp_path / "a.xls", [Sheet("s", rows)], "xls")
    write(tmp_path / "b.xlsx", [Sheet("s", [row[::-1] for row in rows])], "xlsx")
    made = report(tmp_path / "a.xls", tmp_path / "b.xlsx")
    assert (total(made)["visits"], codes(made)) == (4, ["W210"])


def test_rows_that_stand_in_two_files_are_said(tmp_path):
    head, *rest = VISITS.splitlines()
    later = "\n".join([head, rest[3], *(f"{number} 2024-6-{number} 庚某{number} 1 市级 已办结" for number in range(5, 12))])
    made = report(sheets(tmp_path, VISITS), sheets(tmp_path, later, name="接访6月.xlsx"))
    assert (total(made)["visits"], codes(made)) == (12, ["W227"])


def test_a_list_that_was_carried_on_is_refused_over_files(tmp_path):
    later = VISITS.replace("丙某 4 县级 办理中", "丙某 4 县级 已办结")
    paths = sheets(tmp_path, VISITS), sheets(tmp_path, later, name="接访（改）.xlsx")
    assert refused(*paths).code == "E331"


def test_short_reports_of_two_counties_that_are_alike_are_two(tmp_path):
    log = "接访日期 来访人数 办理状态\n2024-5-1 2 已办结\n"
    paths = [book(tmp_path, log, name=f"{name}县.xlsx") for name in ("青山", "绿水")]
    assert total(report(*paths))["visits"] == 2


def test_a_sheet_that_is_the_sum_of_the_others_is_refused(tmp_path):
    head = "序号 接访日期 来访人数 办理状态"
    one = f"{head}\n1 2024-3-1 2 已办结\n2 2024-3-9 4 办理中\n"
    two = f"{head}\n1 2024-2-1 3 已办结\n2 2024-5-9 1 办理中\n"
    rows = "1 2024-3-1 2 青山县 已办结\n2 2024-3-9 4 青山县 办理中\n3 2024-2-1 3 绿水县 已办结\n4 2024-5-9 1 绿水县 办理中\n"
    path = sheets(tmp_path, 青山县=one, 绿水县=two, 全市=f"序号 接访日期 来访人数 县区 办理状态\n{rows}")
    assert refused(path).code == "E334"
    assert total(report(path, sheet=["!全市"]))["visits"] == 4


def test_a_roster_knows_names_that_hold_each_other_and_files_without_rows(tmp_path):
    profile = tmp_path / "p.toml"
    profile.write_text('schema = 1\nexpect = ["青山县", "大青山县", "绿水县"]\n', "utf-8")
    came = book(tmp_path, VISITS, name="大青山县.xlsx")
    empty = book(tmp_path, VISITS.splitlines()[0], name="绿水县.xlsx")
    made = report(came, empty, profile=profile)
    assert {said.code: said.finding.values for said in made.findings} == {
        "W240": {"file": "绿水县.xlsx"},
        "W219": {"expected": 3, "reported": 1, "missing": "青山县、绿水县"},
    }


def test_a_header_that_one_office_has_is_mapped_there(tmp_path):
    other = "序号 来访日期 几个 接访级别\n1 2024-7-1 5 市级\n2 2024-7-2 6 县级\n"
    paths = book(tmp_path, VISITS), book(tmp_path, other, name="接访2.xlsx")
    assert total(report(*paths, maps=["persons=几个"]))["persons"] == 21
    assert refused(*paths[:1], maps=["persons=没有"]).code == "E285"


@pytest.mark.parametrize(
    "name", ["县级医院来访登记", "县级以上领导接访", "省市县三级接访", "重点地区来访登记", "青山县和绿水县接访"]
)
def test_a_name_states_no_more_than_one_level_or_place(tmp_path, name):
    made = report(book(tmp_path, "接访日期 来访人数\n2024-5-1 2\n2024-5-2 3\n", name=f"{name}.xlsx"))
    assert made.tables[0].by == ()


def test_an_unknown_header_that_could_name_a_person_is_shown_by_its_letter(tmp_path):
    path = book(tmp_path, "序号 来访日期 接访级别 联系王某13800001111\n1 2024-5-1 市级 2\n2 2024-5-2 县级 3\n")
    made = report(path, maps=["persons=column:D"])
    assert made.inputs[0].tally.columns["persons"] == "column:D"


def in_states(folder, *words, header="办理状态"):
    rows = "".join(f"A{number} 2024-5-{number} {word}\n" for number, word in enumerate(words, 1))
    return report(book(folder, f"信访编号 登记日期 {header}\n{rows}", name="案件.xlsx"))


@pytest.mark.parametrize(
    "dated",
    [
        "已办结（2024.5.9）",
        "2024年5月9日已办结",
        "已于5月9日办结",
        "于5.9办结",
        "办结；",
        "已办结。",
        "已办结2024-5-9",
        "办结：20240509",
    ],
)
def test_a_day_and_a_stop_beside_a_state_are_no_part_of_its_word(tmp_path, dated):
    made = in_states(tmp_path, dated, dated, dated, "办理中")
    assert (total(made, "cases")["closed"], codes(made)) == (3, [])


@pytest.mark.parametrize("text", ["预计5月9日办结", "5月9日前办结", "办结（部分）", "办结（1.2.3）"])
def test_what_changes_the_sense_of_a_state_is_part_of_its_word(tmp_path, text):
    made = in_states(tmp_path, "已办结", "已办结", text, "办理中")
    assert (total(made, "cases")["closed"], codes(made)) == (2, ["W201"])


@pytest.mark.parametrize("headers", ["下发日期 上报日期", "交办时间 上报时间"])
def test_what_was_handed_down_and_reported_back_was_received_when_it_came_down(tmp_path, headers):
    log = f"编号 {headers} 责任单位 办理状态\nJ1 2024-3-1 2024-4-1 甲局 已办结\nJ2 2024-3-5 . 乙局 办理中\n"
    made = report(book(tmp_path, log, name="交办件.xlsx"))
    assert (made.tables[0].span.first, made.tables[0].span.last) == (date(2024, 3, 1), date(2024, 3, 5))


def test_settled_or_not_in_two_columns_of_ticks(tmp_path):
    log = "序号 来访日期 来访人数 息访 未息访\n1 2024-5-1 2 √ .\n2 2024-5-2 3 . √\n3 2024-5-3 1 ✅ .\n"
    assert total(report(book(tmp_path, log)))["settled"] == 2


@pytest.mark.parametrize(("several", "single", "said"), [("1", ".", ["W243"]), ("√", "1", [])])
def test_a_one_beside_several_batches_is_read_as_yes_and_said(tmp_path, several, single, said):
    log = f"接访日期 批次 人次 当场解决\n2024-5-1 2 3 {several}\n2024-5-2 1 2 {single}\n"
    made = report(book(tmp_path, log))
    assert (total(made)["resolved"], codes(made)) == (2 + (single == "1"), said)


def test_a_word_for_closed_in_place_of_the_day_is_closed(tmp_path):
    log = "序号 来访日期 来访人数 办结时间\n1 2024-5-1 2 2024-5-9\n2 2024-5-2 3 当场办结\n3 2024-5-3 1 未办结\n4 2024-5-4 1 .\n"
    made = report(book(tmp_path, log))
    assert (total(made)["closed"], codes(made)) == (2, ["W206"])


@pytest.mark.parametrize("ditto", ["同上", "〃", "″"])
def test_ditto_is_what_the_record_above_says(tmp_path, ditto):
    rows = f"1 2024-5-1 2 市级 已办结\n2 {ditto} 3 {ditto} {ditto}\n小计 . 5 . .\n3 {ditto} 1 {ditto} 办理中\n"
    made = report(book(tmp_path, f"序号 来访日期 来访人数 接访级别 办理状态\n{rows}"))
    (table,) = made.tables
    assert (total(made)["visits"], total(made)["closed"], codes(made)) == (3, 2, [])
    assert (table.shown("zh")["市级"]["visits"], table.span.last) == ("3", date(2024, 5, 1))


def test_ditto_under_nothing_is_no_day(tmp_path):
    log = "序号 来访日期 来访人数 接访级别\n1 同上 2 市级\n2 2024-5-2 3 市级\n"
    assert report(book(tmp_path, log)).reconciliation.reasons["rejected"] == {"date-text": 1}


def parted(folder, *rows, merges=()):
    path = folder / "接访.xlsx"
    write(path, [Sheet("s", [list(row) for row in rows], merges=list(merges))], "xlsx")
    return path


def test_a_month_and_a_day_in_two_columns_are_a_day_of_the_year_of_the_title_and_said(tmp_path):
    log = "2024年接访登记\n序号 月 日 来访人数 接访级别\n1 3 5 2 市级\n2 4月 1日 3 县级\n3 . 9 1 县级\n"
    made = report(book(tmp_path, log))
    assert (made.tables[0].span.first, made.tables[0].span.last) == (date(2024, 3, 5), date(2024, 4, 1))
    assert made.reconciliation.reasons["rejected"] == {"date-text": 1}
    assert any("“日”列按“登记日期”读" in note for note in made.tables[0].notes)


@pytest.mark.parametrize("above", ["来访日期", "来访时间"])
def test_the_name_above_a_month_and_a_day_says_whose_day_it_is(tmp_path, above):
    rows = (["2024年接访"], ["序号", above, None, "办结日期", None, "人数"], [None, "月", "日", "月", "日", None])
    path = parted(tmp_path, *rows, [1, 3, 5, 3, 9, 2], [2, None, 6, 4, 1, 3], merges=[(2, 2, 2, 3), (2, 4, 2, 5), (4, 2, 5, 2)])
    made = report(path, measures=["visits", "median_days"])
    assert (made.tables[0].span.last, total(made)["median_days"].numerator) == (date(2024, 3, 6), 30)


def test_a_day_of_birth_in_three_columns_is_no_day_of_receipt(tmp_path):
    rows = (["序号", "出生年月日", None, None, "人数", "级别"], [None, "年", "月", "日", None, None])
    path = parted(tmp_path, *rows, [1, 1960, 3, 5, 3, "市级"], [2, 1970, 3, 6, 4, "县级"], merges=[(1, 2, 1, 4)])
    assert refused(path, by="month").code == "E305"


def test_the_day_that_is_mapped_is_the_day(tmp_path):
    log = "2024年接访登记\n序号 月 日 来访人数 接访级别 哪天\n1 3 5 2 市级 2024-6-1\n2 4 1 3 县级 2024-6-2\n"
    assert report(book(tmp_path, log), maps=["received_on=哪天"]).tables[0].span.first == date(2024, 6, 1)


@pytest.mark.parametrize(
    ("cells", "way"),
    [
        (("5月6日 2", "5月7日 3"), "年份写进标题"),
        (("上旬 2", "中旬 3"), "能读的写法如 2024-5-6"),
        (("2024-5-6 .", "2024-5-7 ."), "persons_default = 1"),
    ],
)
def test_where_no_row_can_be_counted_the_way_out_is_told(tmp_path, cells, way):
    with pytest.raises(InputFault) as caught:
        report(book(tmp_path, "来访日期 来访人数 接访级别\n" + "".join(f"{row} 市级\n" for row in cells)))
    assert (caught.value.code, way in caught.value.sentence("zh")) == ("E310", True)


def test_a_blank_head_count_may_be_said_to_be_one_person(tmp_path):
    path = book(tmp_path, "来访日期 来访人数 接访级别\n2024-5-6 . 市级\n2024-5-7 . 县级\n")
    profile = tmp_path / "xfstats.toml"
    profile.write_text("schema = 1\n[read]\npersons_default = 1\n", "utf-8")
    assert total(report(path, profile=profile))["persons"] == 2


@pytest.mark.parametrize(
    ("ticks", "closed", "said"),
    [
        (("√ . .", ". √ .", ". . √", ". . ."), 3, ["W244"]),
        (("√ . .", "√ √ .", "√ . √", ". . ."), 3, []),
        (("是 . .", "否 是 .", ". . 是", ". . ."), 1, []),
    ],
)
def test_one_tick_a_row_is_one_outcome_spread_over_columns(tmp_path, ticks, closed, said):
    rows = "".join(f"{number} 2024-5-{number} 2 {row}\n" for number, row in enumerate(ticks, 1))
    made = report(book(tmp_path, f"序号 来访日期 来访人数 办结 息诉罢访 化解\n{rows}"))
    assert (total(made)["closed"], codes(made)) == (closed, said)


def test_a_log_that_was_saved_in_another_format_too_is_counted_once(tmp_path):
    """Dates and numbers of one are texts of the other, so that no cell is the same."""
    lines = [
        "序号 接访日期 接访级别 来访人姓名 来访人数 办理状态",
        *(f"{n} 2024-5-{n} 县级 某{n} {n} 已办结" for n in range(1, 6)),
    ]
    first = book(tmp_path, "\n".join(lines))
    second = tmp_path / "接访另存.csv"
    second.write_text(
        "\n".join(line.replace(" ", ",").replace("2024-5-", "2024年5月").replace(",县级", "日,县级") for line in lines), "utf-8"
    )
    made = report(first, second)
    assert (total(made)["visits"], codes(made)) == (5, ["W210"])


def test_what_is_under_the_header_and_no_record_is_skipped_with_its_reason(tmp_path):
    long = "合计应以各县区逐级上报并经复核确认的数字为准此处不再另行汇总如有出入请及时与办公室联系更正为盼谢谢配合支持"
    text = (
        f"序号 接访日期 接访级别 来访人数 备注\n. . . . .\n1 2024-5-1 县级 2 {long}\n2 2024-5-2 县级 3 .\n注:本表按月报送 . . . ."
    )
    made = report(book(tmp_path, text))
    assert total(made)["visits"] == 2
    assert made.reconciliation.reasons["skipped"] == {"blank": 1, "footnote": 1}


@pytest.mark.parametrize(
    ("cell", "rate"), [("2024-13-45", (1, 2)), ("3/4/2024", (1, 2)), ("正在办理", (1, 3)), ("待办结", (1, 3))]
)
def test_a_close_date_that_cannot_be_read_is_in_no_rate_where_dates_tell_what_is_closed(tmp_path, cell, rate):
    made = report(
        book(
            tmp_path,
            f"来访日期 来访人数 接访级别 办结日期\n2024-1-2 2 市级 2024-1-9\n2024-1-3 2 市级 {cell}\n2024-1-4 2 市级 .\n",
        )
    )
    pair = made.tables[0].total_row.figures["closure_rate"]
    assert ((pair.numerator, pair.denominator), total(made)["visits"]) == (rate, 3)


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


@pytest.mark.parametrize(
    "words", [("1.市级", "2.县级"), ("(1)市级", "(2)县级"), ("市级City", "县级County"), ("市级（City）", "县级（County）")]
)
def test_a_level_behind_a_number_or_in_two_languages_is_that_level(tmp_path, words):
    made = report(
        book(tmp_path, f"来访日期 来访人数 接访级别\n2024-1-2 2 {words[0]}\n2024-1-3 2 {words[1]}\n2024-1-4 2 {words[1]}\n")
    )
    assert {row.group["level"]: row.figures["visits"] for row in made["visits"].rows} == {"市级": 1, "县级": 2}
    assert codes(made) == []


def test_a_title_that_stands_again_within_the_rows_is_no_record(tmp_path):
    made = report(
        book(tmp_path, "县局接访登记表\n来访日期 接访级别 来访人数\n2024-1-2 市级 2\n县局接访登记表\n2024-1-3 县级 3\n")
    )
    assert (total(made)["persons"], made.reconciliation.reasons["skipped"]) == (5, {"repeated-header": 1})


def test_a_long_note_below_the_rows_is_a_footnote_whatever_it_says_of_totals(tmp_path):
    note = "注：合计" + "以各科室报送的登记表为准" * 5
    made = report(book(tmp_path, f"来访日期 接访级别 来访人数\n2024-1-2 市级 2\n{note}\n"))
    assert (total(made)["persons"], made.reconciliation.reasons["skipped"]) == (2, {"footnote": 1})


def test_a_word_among_case_numbers_is_none_where_the_others_have_digits(tmp_path):
    rows = "".join(f"A{n} 2024-1-{n} {n}\n" for n in range(2, 6))
    made = report(book(tmp_path, f"案件编号 来访日期 来访人数\n{rows}全部案件 . 14\n"))
    assert (total(made)["persons"], made.reconciliation.reasons["skipped"]) == (14, {"total": 1})


def test_rows_that_stand_in_two_sheets_by_chance_are_not_asked_about_where_they_tell_nobody(tmp_path):
    """Five columns, none of a person or a case: a third of the rows is alike."""
    head = ["来访日期", "接访级别", "来访人数", "责任单位", "问题类别"]
    rows = [[f"2024-1-{n}", "市级", n % 7 + 1, f"{n % 5}局", f"{n % 3}类"] for n in range(1, 25)]
    write(tmp_path / "接访.xlsx", [Sheet("甲", [head, *rows[:14]]), Sheet("乙", [head, *rows[10:]])], "xlsx")
    made = report(tmp_path / "接访.xlsx")
    assert (total(made)["visits"], codes(made)) == (28, [])


@pytest.mark.parametrize(
    ("sections", "said"), [(("一、市级领导接访", "二、县级领导接访"), ["W249"]), (("一、本月接访", "二、补登"), [])]
)
def test_levels_that_stand_above_the_rows_are_said_not_to_be_groups(tmp_path, sections, said):
    rows = "".join(f"{one}\n{n} 2024-1-{n} 2 甲局\n{n + 5} 2024-2-{n} 3 乙局\n" for n, one in enumerate(sections, 1))
    made = report(book(tmp_path, f"序号 来访日期 来访人数 责任单位\n{rows}"))
    assert (made["visits"].by, total(made)["visits"], codes(made)) == (("unit",), 4, said)


def test_a_column_of_states_without_a_name_is_the_status_and_said(tmp_path):
    rows = "".join(f"{n} 2024-1-{n} 2 {state}\n" for n, state in enumerate(["已办结", "办理中", "已化解", "已办结", "办理中"], 1))
    made = report(book(tmp_path, f"序号 来访日期 来访人数 .\n{rows}"))
    assert total(made)["closed"] == 3
    assert any("column:D" in note for note in made["visits"].notes)
