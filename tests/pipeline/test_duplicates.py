"""Which sheets and files are copies: rows that identify, names that say so, and equal rows by chance."""

from __future__ import annotations

import pytest

from tests.logs import book, codes, grid, report
from tests.writers import Sheet, write

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
