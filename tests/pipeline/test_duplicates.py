"""Which sheets and files are copies: rows that identify, names that say so, and equal rows by chance."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.logs import FOUR_VISITS, book, codes, grid, refused, report, sheets, total
from tests.program import run_text
from tests.writers import Sheet, suffix, write

HEAD = "来访日期,接访级别,人数,责任单位,办理状态\n"
DAYS = "".join(f"2024-{5 + day // 28:02}-{day % 28 + 1:02},县级,1,甲局,已办结\n" for day in range(30))
TEN = "".join(DAYS.splitlines(keepends=True)[5:15])
ENGLISH = "Date,Persons,Unit,Region,Status\n" + "".join(f"2024-05-{day:02},1,Desk,Centre,Closed\n" for day in range(1, 21))
NAMED = "来访日期,来访人,人数,接访级别,办理状态\n" + "".join(f"2024-05-{day:02},某{day},1,县级,已办结\n" for day in range(1, 21))


def files(folder, **contents):
    paths = []
    for name, content in contents.items():
        paths.append(folder / name.replace("__", "."))
        paths[-1].write_text(content, encoding="utf-8")
    return paths


def told(made):
    return made.tables[0].total["visits"], sorted({said.code for said in made.findings} & {"W210", "W227", "W265"})


@pytest.mark.parametrize(
    ("one", "other"), [("接访一组", "接访二组"), ("东县", "西县"), ("城东所", "城西所"), ("team_a", "team_b")]
)
def test_equal_days_of_two_teams_or_places_both_count(tmp_path, one, other):
    assert told(report(*files(tmp_path, **{f"{one}.csv": HEAD + DAYS, f"{other}.csv": HEAD + TEN}))) == (40, ["W265"])
    assert told(report(*files(tmp_path, **{f"{one}.csv": HEAD + DAYS, f"{other}.csv": HEAD + DAYS}))) == (60, ["W265"])


def test_equal_days_of_two_english_offices_both_count(tmp_path):
    made = report(*files(tmp_path, **{"north ward.csv": ENGLISH, "south ward.csv": ENGLISH}))
    assert told(made) == (40, ["W265"])
    assert "south ward.csv" in next(said.message for said in made.findings if said.code == "W265")


@pytest.mark.parametrize("name", ["5月(1).csv", "5月 - 副本.csv", "5月 copy.csv", "5月（2）.csv"])
@pytest.mark.parametrize("rows", [DAYS, TEN])
def test_file_whose_name_says_that_it_is_a_copy_is_counted_once(tmp_path, name, rows):
    assert told(report(*files(tmp_path, **{"5月.csv": HEAD + DAYS, name: HEAD + rows}))) == (30, ["W210"])


@pytest.mark.parametrize("other", ["b.csv", "6月.csv", "接访台账（改）.csv", "新建文件.csv"])
def test_same_bytes_under_names_of_no_two_places_are_counted_once(tmp_path, other):
    assert told(report(*files(tmp_path, **{"5月.csv": HEAD + DAYS, other: HEAD + DAYS}))) == (30, ["W210"])


def test_rows_without_numbers_or_names_that_stand_in_another_file_count_and_are_said(tmp_path):
    made = report(*files(tmp_path, **{"5月.csv": HEAD + DAYS, "6月.csv": HEAD + TEN}))
    assert (told(made), made.reconciliation.reasons["skipped"]) == ((40, ["W265"]), {})


def test_a_log_saved_in_another_format_is_counted_once(tmp_path):
    path = files(tmp_path, **{"接访.csv": HEAD + DAYS})[0]
    other = tmp_path / "接访.xlsx"
    write(other, [Sheet("Sheet1", [line.split(",") for line in (HEAD + DAYS).splitlines()])], "xlsx")
    assert told(report(path, other)) == (30, ["W210"])


@pytest.mark.parametrize("other", ["b.csv", "部分.csv"])
def test_rows_that_identify_are_counted_once_whatever_the_name(tmp_path, other):
    part = NAMED[: NAMED.index("2024-05-11")]
    assert told(report(*files(tmp_path, **{"a.csv": NAMED, other: part}))) == (20, ["W210"])


def test_a_column_of_texts_under_an_unknown_header_identifies(tmp_path):
    rows = "".join(f"2024-05-{day:02},第{day}号楼外墙渗水请求维修,1,县级,已办结\n" for day in range(1, 21))
    log = "来访日期,某某概要说明栏,人数,接访级别,办理状态\n" + rows
    assert told(report(*files(tmp_path, **{"a.csv": log, "b.csv": log[: log.index("2024-05-11")]}))) == (20, ["W210"])


@pytest.mark.parametrize("column", ["性别", "联系电话"])
def test_a_column_about_persons_that_repeats_or_is_blank_identifies_nothing(tmp_path, column):
    cells = ["男", "女"] if column == "性别" else ["", ""]
    rows = [f"2024-05-{day:02},{cells[day % 2]},1,县级,已办结\n" for day in range(1, 21)]
    head = f"来访日期,{column},人数,接访级别,办理状态\n"
    made = report(*files(tmp_path, **{"5月.csv": head + "".join(rows), "6月.csv": head + "".join(rows[:10])}))
    assert told(made) == (30, ["W265"])


def test_numbers_that_were_cut_short_identify_nothing(tmp_path):
    rows = [f"2.02405E+11,2024-05-{day % 28 + 1:02},甲局,已办结,县级\n" for day in range(30)]
    head = "工单编号,登记日期,责任单位,状态,层级\n"
    made = report(*files(tmp_path, **{"甲县.csv": head + "".join(rows), "乙县.csv": head + "".join(rows[:6])}))
    assert made.tables[0].total["cases"] == 36
    assert {said.code for said in made.findings} >= {"W266"}
    assert made.reconciliation.reasons["skipped"] == {}


def numbered(serials, days=30):
    """The rows that a list of so many days has under these serial numbers, with the header above."""
    lines = [f"{1 + day},2024-{5 + day // 28:02}-{day % 28 + 1:02},县级,1,已办结\n" for day in range(days)]
    return "序号,来访日期,接访级别,人数,办理状态\n" + "".join(lines[serial - 1] for serial in serials)


@pytest.mark.parametrize("serials", [(2, 5, 6, 9, 17), (30, 12, 4), range(11, 21), range(28, 31)])
def test_rows_that_keep_the_serial_numbers_of_a_longer_list_are_counted_once(tmp_path, serials):
    assert told(report(*files(tmp_path, **{"5月.csv": numbered(range(1, 31)), "6月.csv": numbered(serials)}))) == (30, ["W210"])
    path = tmp_path / "接访.xlsx"
    lists = {"台账": numbered(range(1, 31)), "Sheet2": numbered(serials)}
    write(path, [Sheet(name, [line.split(",") for line in log.splitlines()]) for name, log in lists.items()], "xlsx")
    assert told(report(path)) == (30, ["W210"])


@pytest.mark.parametrize(
    ("one", "other", "log"),
    [
        ("5月", "6月", numbered(range(1, 11))),
        ("一组", "二组", numbered((2, 5, 6, 9, 17, 18, 20, 22, 23))),
        ("5月", "6月", numbered(range(1, 11)).replace("\n10,", "\n31,")),
        ("5月", "6月", numbered((7, 9))),
        ("5月", "6月", numbered(range(11, 21)).replace("\n20,", "\n,")),
        ("5月", "6月", numbered(range(11, 21)).replace("\n20,", "\n19,")),
    ],
    ids=["numbered from 1", "two teams", "another number", "two rows", "a blank number", "a number twice"],
)
def test_serial_numbers_that_may_be_the_lists_own_identify_nothing(tmp_path, one, other, log):
    made = report(*files(tmp_path, **{f"{one}.csv": numbered(range(1, 31)), f"{other}.csv": log}))
    assert told(made) == (29 + len(log.splitlines()), ["W265"])


@pytest.mark.parametrize(("names", "visits", "codes"), [(("一组", "二组"), 60, ["W265"]), (("5月", "5月 (2)"), 30, ["W210"])])
def test_equal_sheets_of_one_book(tmp_path, names, visits, codes):
    path = tmp_path / "接访.xlsx"
    rows = [line.split(",") for line in (HEAD + DAYS).splitlines()]
    write(path, [Sheet(name, rows) for name in names], "xlsx")
    assert told(report(path)) == (visits, codes)


def test_nearly_the_same_days_are_no_two_versions(tmp_path):
    other = DAYS.replace("2024-05-03,县级,1", "2024-05-03,县级,2")
    assert told(report(*files(tmp_path, **{"接访一组.csv": HEAD + DAYS, "接访二组.csv": HEAD + other}))) == (60, ["W265"])


def test_equal_rows_of_three_files_are_said_once_each(tmp_path):
    log = "来访日期 接访级别 人数\n" + "".join(f"2024-05-{day:02} 县级 1\n" for day in range(1, 11))
    made = report(*(book(tmp_path, log, f"{name}乡.xlsx") for name in ("甲", "乙", "丙")))
    assert (told(made), len(grid(log))) == ((30, ["W265"]), 11)
    assert codes(made).count("W265") == 2


def test_one_list_in_two_formats_or_orders_of_columns_is_counted_once(tmp_path):
    rows = grid(FOUR_VISITS)
    for row in rows[1:]:
        row[1] = date(*map(int, row[1].split("-")))
    write(tmp_path / "a.xls", [Sheet("s", rows)], "xls")
    write(tmp_path / "b.xlsx", [Sheet("s", [row[::-1] for row in rows])], "xlsx")
    made = report(tmp_path / "a.xls", tmp_path / "b.xlsx")
    assert (total(made)["visits"], codes(made)) == (4, ["W210"])


def test_rows_that_stand_in_two_files_are_said(tmp_path):
    head, *rest = FOUR_VISITS.splitlines()
    later = "\n".join([head, rest[3], *(f"{number} 2024-6-{number} 庚某{number} 1 市级 已办结" for number in range(5, 12))])
    made = report(sheets(tmp_path, FOUR_VISITS), sheets(tmp_path, later, name="接访6月.xlsx"))
    assert (total(made)["visits"], codes(made)) == (12, ["W227"])


def test_a_list_that_was_carried_on_is_refused_over_files(tmp_path):
    later = FOUR_VISITS.replace("丙某 4 县级 办理中", "丙某 4 县级 已办结")
    paths = sheets(tmp_path, FOUR_VISITS), sheets(tmp_path, later, name="接访（改）.xlsx")
    assert refused(*paths).code == "E331"


def test_short_reports_of_two_counties_that_are_alike_are_two(tmp_path):
    log = "接访日期 来访人数 办理状态\n2024-5-1 2 已办结\n"
    paths = [book(tmp_path, log, name=f"{name}县.xlsx") for name in ("青山", "绿水")]
    assert total(report(*paths))["visits"] == 2


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


def test_rows_that_stand_in_two_sheets_by_chance_are_not_asked_about_where_they_tell_nobody(tmp_path):
    """Five columns, none of a person or a case: a third of the rows is alike."""
    head = ["来访日期", "接访级别", "来访人数", "责任单位", "问题类别"]
    rows = [[f"2024-1-{n}", "市级", n % 7 + 1, f"{n % 5}局", f"{n % 3}类"] for n in range(1, 25)]
    write(tmp_path / "接访.xlsx", [Sheet("甲", [head, *rows[:14]]), Sheet("乙", [head, *rows[10:]])], "xlsx")
    made = report(tmp_path / "接访.xlsx")
    assert (total(made)["visits"], codes(made)) == (28, [])


CASES = (
    "信访编号 登记日期 责任单位 办理状态\n"
    "A1 2024-1-1 甲局 已办结\nA2 2024-1-2 乙局 办理中\nA3 2024-1-3 甲局 办理中\nA4 2024-1-4 甲局 已办结\n"
)


def case_sheets(folder, *texts):
    path = folder / "案件.xlsx"
    write(path, [Sheet(f"表{index}", grid(text)) for index, text in enumerate(texts, 1)], "xlsx")
    return path


def test_a_list_by_unit_beside_the_whole_list_is_counted_once(tmp_path):
    own = "信访编号 登记日期 办理状态\nA1 2024-1-1 已办结\nA3 2024-1-3 办理中\nA4 2024-1-4 已办结\n"
    made = report(case_sheets(tmp_path, CASES, own))
    assert (total(made)["cases"], codes(made)) == (4, ["W210"])


def test_two_versions_of_the_same_cases_are_refused(tmp_path):
    assert refused(case_sheets(tmp_path, CASES, CASES.replace("办理中", "已办结"))).code == "E331"
    assert total(report(case_sheets(tmp_path, CASES, CASES.replace("办理中", "已办结")), sheet=["表2"]))["closed"] == 4


def test_numbers_that_begin_anew_every_month_are_other_cases(tmp_path):
    made = report(case_sheets(tmp_path, CASES, CASES.replace("2024-1-", "2024-2-")))
    assert total(made)["cases"] == 8


def test_a_case_number_in_two_sheets_that_differ_otherwise_is_said(tmp_path):
    made = report(case_sheets(tmp_path, CASES, CASES.replace("A1 ", "B1 ").replace("A2 ", "B2 ")))
    assert codes(made) == ["W220"]


def test_short_sheets_of_other_levels_are_no_copies(tmp_path):
    rows = "接访日期 来访人数\n2024-1-1 2\n2024-1-2 2\n2024-1-3 2\n"
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("市级", grid(rows)), Sheet("县级", grid(rows + "2024-1-4 2\n"))], "xlsx")
    assert total(report(path))["visits"] == 7


@pytest.mark.parametrize(
    ("one", "other", "visits"),
    [
        ("desk A.csv", "desk B.csv", 20),
        ("东县/接访.csv", "西县/接访.csv", 20),
        ("ward 3/log.csv", "ward 4/log.csv", 20),
        ("东县/接访.csv", "备份/接访.csv", 10),
        ("5月/接访.csv", "副本/接访.csv", 10),
    ],
)
def test_the_same_days_in_folders_or_at_desks_of_two_teams_count_twice(tmp_path, one, other, visits):
    log = "来访日期,接访级别,来访人数,办理状态\n" + "".join(f"2024-05-{day:02},县级,2,已办结\n" for day in range(1, 11))
    for name in (one, other):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(log, "utf-8")
    done = run_text("summarize", one, other, "-f", "json", "--as-of", "2026-11-02", cwd=tmp_path)
    assert json.loads(done.stdout)["tables"][0]["total"]["figures"]["visits"] == visits


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "xls"])
@pytest.mark.parametrize(
    ("one", "other", "visits"),
    [
        ("窗口1", "窗口2", 20),
        ("1号窗口", "2号窗口", 20),
        ("接待室一", "接待室二", 20),
        ("2024年5月三组", "2024年5月四组", 20),
        ("5月", "5月(1)", 10),
        ("1号窗口", "1号窗口 副本", 10),
    ],
)
def test_equal_files_of_two_numbered_counters_both_count(tmp_path, one, other, visits, fmt):
    rows = [["登记日期", "接访级别", "人数", "办理状态"], *([f"2024-05-{day:02}", "县级", 1, "已办结"] for day in range(1, 11))]
    for name in (one, other):
        write(tmp_path / f"{name}{suffix(fmt)}", [Sheet("Sheet1", rows)], fmt)
    assert total(report(tmp_path / f"{one}{suffix(fmt)}", tmp_path / f"{other}{suffix(fmt)}"))["visits"] == visits
