"""What stands around a table: kind of log, year, level and region from names, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.logs import FOUR_VISITS, book, codes, refused, report
from tests.writers import Sheet, write
from xfstats.errors import InputFault
from xfstats.schema.context import region_in

DAYS = [["来访日期", "来访人数"], ["5月6日", 2], ["5月7日", 3]]


def made(folder: Path, *sheets: Sheet, name: str = "登记.xlsx", **options):
    path = folder / name
    write(path, sheets, "xlsx")
    return report(path, **options)


@pytest.mark.parametrize(
    ("title", "sheet", "name"),
    [
        ("2024年5月接访登记表", "Sheet1", "登记.xlsx"),
        ("接访登记表", "2024年5月", "登记.xlsx"),
        ("接访登记表", "5月", "接访2024.xlsx"),
    ],
)
def test_the_year_comes_from_title_sheet_or_file_name(tmp_path, title, sheet, name):
    one = made(tmp_path, Sheet(sheet, [[title, None], *DAYS]), name=name)
    assert one.tables[0].span.first.isoformat() == "2024-05-06"


def test_without_a_year_or_with_two_the_rows_are_rejected(tmp_path):
    with pytest.raises(InputFault, match="no year 2"):
        made(tmp_path, Sheet("5月", [["接访登记表", None], *DAYS]))
    with pytest.raises(InputFault, match="no year 2"):
        made(tmp_path, Sheet("5月", [["2023-2024年接访登记表", None], *DAYS]))


@pytest.mark.parametrize(
    ("title", "header", "log"),
    [
        ("领导接访登记表", "登记日期", "visits"),
        ("包案化解台账", "登记日期", "cases"),
        ("来信登记表", "登记日期", "letters"),
        ("信访积案化解台账", "登记日期", "backlog"),
        ("登记表", "来访日期", "visits"),
        ("登记表", "来信日期", "letters"),
    ],
)
def test_the_kind_of_log_is_what_title_or_columns_say(tmp_path, title, header, log):
    one = made(tmp_path, Sheet("Sheet1", [[title, None], [header, "级别"], ["2024-1-2", "市级"]]))
    assert one.tables[0].log == log


def test_a_title_against_its_columns_is_refused_and_names_the_option(tmp_path):
    sheet = Sheet("Sheet1", [["来信登记表", None, None], ["接访日期", "级别", "来访人数"], ["2024-1-2", "市级", 1]])
    with pytest.raises(InputFault, match="--log letters or --log visits"):
        made(tmp_path, sheet)
    assert made(tmp_path, sheet, log="visits").tables[0].total["visits"] == 1


def test_the_level_comes_from_the_sheet_where_no_column_has_it_and_that_is_said(tmp_path):
    rows = [["来访日期", "来访人数"], ["2024-1-2", 1]]
    one = made(tmp_path, Sheet("市级", rows), Sheet("县级", [*rows, ["2024-1-3", 4]]), name="接访.xlsx")
    table = one.tables[0]
    assert {key: row["visits"] for key, row in table.shown().items()} == {"市级": "1", "县级": "2", "合计": "3"}
    assert any("工作表名" in note for note in table.notes)


def test_the_region_comes_from_the_file_where_it_is_asked_for(tmp_path):
    one, two = tmp_path / "2024年石桥县接访.xlsx", tmp_path / "东川县接访.xlsx"
    write(one, [Sheet("Sheet1", [["来访日期", "来访人数"], ["2024-1-2", 1]])], "xlsx")
    write(two, [Sheet("Sheet1", [["来访日期", "来访人数"], ["2024-1-3", 1]])], "xlsx")
    table = report(one, two, by="region").tables[0]
    assert sorted(row.group["region"] for row in table.rows) == ["东川县", "石桥县"]


def test_two_tables_under_each_other_or_side_by_side_are_refused(tmp_path):
    first = [["来访日期", "级别", "来访人数", None], ["2024-1-2", "市级", 1, None], [None] * 4]
    with pytest.raises(InputFault) as caught:
        made(tmp_path, Sheet("s", [*first, ["案件编号", "办理状态", "责任单位", "办结日期"], ["1", "办结", "甲局", "2024-1-3"]]))
    assert caught.value.code == "E323"
    side = [
        ["来访日期", "级别", "来访人数", None, "来访日期", "级别", "来访人数"],
        ["2024-1-2", "市级", 1, None, "2024-1-2", "市级", 1],
    ]
    with pytest.raises(InputFault) as caught:
        made(tmp_path, Sheet("s", side))
    assert caught.value.code == "E332"


def test_a_table_of_totals_is_added_by_its_batches_and_never_counted_as_rows(tmp_path):
    rows = [
        ["2024年接访情况", None, None],
        ["级别", "批次", "人次"],
        ["市级", 96, 672],
        ["县级", 1924, 6847],
        ["合计", 2020, 7519],
    ]
    one = made(tmp_path, Sheet("s", rows))
    assert one.tables[0].total == {"visits": 2020, "persons": 7519}
    assert not one.findings
    with pytest.raises(InputFault) as caught:
        made(tmp_path, Sheet("s", [["包案情况", None], ["级别", "件数"], ["市级", 41], ["县级", 77]]))
    assert caught.value.code == "E312"


def test_map_names_a_column_by_header_or_letter(tmp_path):
    path = book(tmp_path, "甲 乙 丙\n2024-1-2 市级 3\n2024-1-3 县级 4\n")
    one = report(path, maps=["received_on=甲", "level=column:B", "persons=丙"])
    assert one.tables[0].total == {"visits": 2, "persons": 7}
    with pytest.raises(InputFault, match="no such header for --map unit "):
        report(path, maps=["received_on=甲", "unit=丁"])


LEVELS = """
接访日期 接访级别 责任单位 来访人数
2026-1-5 市级 甲局 2
2026-1-6 县级 甲局 3
2026-1-7 县(区)级 甲局 1
2026-1-8 片区 乙局 1
"""


@pytest.mark.parametrize(("wanted", "rows"), [("县", 2), ("县级", 2), ("县（区）级", 2), ("市", 1), ("片区", 1)])
def test_a_filter_by_level_knows_the_words_of_levels(tmp_path, wanted, rows):
    made = report(book(tmp_path, LEVELS), where=[f"level={wanted}"])
    assert made.reconciliation.counted == rows
    assert [said.code for said in made.findings if said.code == "W202"] == ["W202"]


def test_a_filter_that_no_row_fits_is_said_with_what_there_is(tmp_path):
    told = {
        wanted: [
            said.message for said in report(book(tmp_path, LEVELS), where=[wanted]).findings if said.code in {"W230", "W231"}
        ]
        for wanted in ("level=省级", "unit=丙局", "unit=乙局")
    }
    assert told == {
        "level=省级": ["没有一行的“层级”是 --where 所写的值；登记中有：县级、市级"],
        "unit=丙局": ["没有一行的“单位”是 --where 所写的值；登记中有：甲局"],
        "unit=乙局": [],
    }
    short = report(book(tmp_path, LEVELS.replace("甲局", "丁局", 1)), where=["unit=丙局"])
    assert [said.code for said in short.findings if said.code in {"W230", "W231"}] == ["W231"]


def test_a_filter_that_rows_of_one_file_fit_is_no_finding_for_the_others(tmp_path):
    other = book(tmp_path, LEVELS.replace("片区", "省级").replace("2026", "2025"), "接访二.xlsx")
    made = report(book(tmp_path, LEVELS), other, where=["level=省级"])
    assert [said.code for said in made.findings if said.code == "W230"] == []


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
    assert codes(report(book(tmp_path, FOUR_VISITS), as_of=date(2024, 5, 2))) == ["W229"]


def test_months_of_close_dates_span_the_close_dates(tmp_path):
    log = "编号 登记日期 办结日期\nA1 2026-3-1 2026-3-9\nA2 2026-3-2 2026-5-9\n"
    made = report(book(tmp_path, log, name="案件.xlsx"), by="month", date_by="closed_on")
    assert [row.group["month"] for row in made.tables[0].rows] == ["2026-03", "2026-04", "2026-05"]


@pytest.mark.parametrize(
    "name", ["县级医院来访登记", "县级以上领导接访", "省市县三级接访", "重点地区来访登记", "青山县和绿水县接访"]
)
def test_a_name_states_no_more_than_one_level_or_place(tmp_path, name):
    made = report(book(tmp_path, "接访日期 来访人数\n2024-5-1 2\n2024-5-2 3\n", name=f"{name}.xlsx"))
    assert made.tables[0].by == ()


@pytest.mark.parametrize("title", ["截至2025年1月10日", "填表时间：2025年1月6日"])
def test_a_day_without_a_year_is_not_later_than_the_day_on_which_the_log_was_written(tmp_path, title):
    log = f"{title}\n接访日期 接访级别 来访人数\n10月5日 市级 1\n11月6日 市级 1\n"
    with pytest.raises(InputFault, match="2"):
        report(book(tmp_path, log))


def test_the_year_of_a_title_in_chinese_numerals(tmp_path):
    made = report(book(tmp_path, "二〇二四年接访登记表\n接访日期 接访级别 来访人数\n10月5日 市级 1\n"))
    assert made.tables[0].span.first == date(2024, 10, 5)


def test_a_second_year_under_the_first_is_refused(tmp_path):
    head = "序号 接访日期 接访级别 来访人数\n"
    log = f"2023年接访登记表\n{head}1 3月1日 市级 1\n2 3月2日 县级 1\n2024年接访登记表\n{head}1 3月1日 市级 1\n"
    assert refused(book(tmp_path, log)).code == "E323"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("第1街道", "第1街道"),
        ("第12街道2024年5月", "第12街道"),
        ("3区", "3区"),
        ("2024年4区来访", "4区"),
        ("1.东平县", "东平县"),
        ("20240506东平县(1)", "东平县"),
        ("第1季度东平县", "东平县"),
        ("2024年第1季度", None),
        ("3县区汇总", None),
    ],
)
def test_a_number_that_is_part_of_a_place_stays_and_days_and_serials_go(name, place):
    assert region_in(name) == place


def test_files_of_numbered_places_are_a_group_each(tmp_path):
    paths = []
    for number in (1, 2, 3):
        paths.append(tmp_path / f"第{number}街道.csv")
        paths[-1].write_text(
            "案件编号,登记日期,状态\n" + "".join(f"{number}-{n},2024-05-0{n},已办结\n" for n in range(1, 4)), "utf-8"
        )
    made = report(*paths, by="region")
    assert {row.group["region"]: row.figures["cases"] for row in made.tables[0].rows} == {f"第{n}街道": 3 for n in (1, 2, 3)}
