"""Groups by states, ratings, first or repeated visits, collective visits and days of the week."""

from __future__ import annotations

import pytest

from tests.logs import refused, report, text_file

CHINESE = (
    "序号,来访日期,来访人,来访人数,是否初访,满意度,办理状态\n"
    "1,2024-05-06,甲某,2,是,满意,已办结\n2,2024-05-07,乙某,6,否,基本满意,已办结（住建局）\n3,2024-05-08,丙某,4,是,不满意,办理中\n"
    "4,2024-05-13,丁某,1,,,办理中\n5,2024-05-12,戊某,5,否,满意,已办结\n"
)
ENGLISH = (
    "Case number,Received,Repeat,Satisfied?,Status\n"
    "1,2024-05-06,Yes,Yes,Closed\n2,2024-05-07,No,No,closed\n3,2024-05-11,No,Yes,Open\n4,,No,,Closed\n"
)
STATES = "编号,登记日期,办理状态\n" + "".join(f"{n},2024-05-{n:02},{'已办结' if n % 2 else '办理中'}\n" for n in range(1, 25))


def groups(folder, text, by, key="cases", **options):
    """The printed groups with their records, in their order."""
    made = report(text_file(folder, text), by=by, **options)
    return [(row.group[by], row.figures[key]) for row in made.tables[0].rows]


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("status", [("已办结", 3), ("办理中", 2)]),
        ("satisfaction", [("满意", 2), ("基本满意", 1), ("不满意", 1), (None, 1)]),
        ("repeat", [("初访", 2), ("重访", 2), (None, 1)]),
        ("collective", [("集体访", 2), ("个体访", 3)]),
        ("weekday", [("周一", 2), ("周二", 1), ("周三", 1), ("周四", 0), ("周五", 0), ("周六", 0), ("周日", 1)]),
    ],
)
def test_a_chinese_log_is_grouped_by_its_words(tmp_path, by, found):
    assert groups(tmp_path, CHINESE, by, "visits") == found


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("status", [("Closed", 3), ("Open", 1)]),
        ("satisfaction", [("Satisfied", 2), ("Dissatisfied", 1), (None, 1)]),
        ("repeat", [("Initial", 3), ("Repeat", 1)]),
        (
            "weekday",
            [
                *(("Monday", 1), ("Tuesday", 1), ("Wednesday", 0), ("Thursday", 0), ("Friday", 0)),
                *(("Saturday", 1), ("Sunday", 0), (None, 1)),
            ],
        ),
    ],
)
def test_an_english_log_is_grouped_by_its_words(tmp_path, by, found):
    assert groups(tmp_path, ENGLISH, by) == found


def test_marks_of_a_rating_are_groups(tmp_path):
    text = "编号,登记日期,满意度\n1,2024-05-01,5\n2,2024-05-02,4\n3,2024-05-03,5\n4,2024-05-04,1\n"
    assert groups(tmp_path, text, "satisfaction") == [("5", 2), ("1", 1), ("4", 1)]


def test_the_column_of_collective_visits_decides_where_heads_do_not_tell(tmp_path):
    text = "编号,登记日期,是否集体访\n1,2024-05-01,是\n2,2024-05-02,否\n3,2024-05-03,是\n4,2024-05-04,\n"
    assert groups(tmp_path, text, "collective") == [("集体访", 2), ("个体访", 1), (None, 1)]


@pytest.mark.parametrize("by", ["status", "satisfaction", "repeat", "collective"])
def test_a_field_that_the_log_has_not_is_named(tmp_path, by):
    error = refused(text_file(tmp_path, "编号,登记日期,责任单位\n1,2024-05-01,甲局\n2,2024-05-02,乙局\n"), by=by)
    assert (error.code, error.values["field"]) == ("E305", by)


def test_the_day_of_the_week_is_that_of_the_date_that_the_period_is_judged_by(tmp_path):
    text = "编号,登记日期,办结日期,办理状态\n1,2024-05-06,2024-05-08,已办结\n2,2024-05-06,2024-05-09,已办结\n"
    by_close = dict(groups(tmp_path, text, "weekday", date_by="closed_on", period="2024"))
    assert (by_close["周一"], by_close["周三"], by_close["周四"]) == (0, 1, 1)


def test_an_unknown_word_of_a_state_is_a_group_only_where_it_may_be_printed(tmp_path):
    often = STATES.replace("2024-05-02,办理中", "2024-05-02,转有权部门").replace("2024-05-04,办理中", "2024-05-04,转有权部门")
    once = often.replace("2024-05-06,办理中", "2024-05-06,已由甄大明答复")
    assert groups(tmp_path, once, "status") == [("已办结", 12), ("办理中", 9), (None, 3)]
    thrice = once.replace("2024-05-08,办理中", "2024-05-08,转有权部门")
    assert groups(tmp_path, thrice, "status") == [("已办结", 12), ("办理中", 8), ("转有权部门", 3), (None, 1)]


def test_a_word_that_holds_a_name_of_the_sheet_is_no_group(tmp_path):
    rows = "".join(f"{n},2024-05-{n:02},甄大明,{'已办结' if n > 3 else '甄大明在办'}\n" for n in range(1, 25))
    assert groups(tmp_path, "编号,登记日期,姓名,办理状态\n" + rows, "status") == [("已办结", 21), (None, 3)]


def test_rows_are_chosen_by_words_and_words_stand_side_by_side(tmp_path):
    assert groups(tmp_path, CHINESE, "repeat", "visits", where=["status=已办结"]) == [("初访", 1), ("重访", 2)]
    made = report(text_file(tmp_path, CHINESE), by="repeat", cross="satisfaction", where=["satisfaction!=未归类"])
    first = made.tables[0].rows[0]
    assert {label: block.figures["visits"] for label, block in first.cells.items()} == {"满意": 1, "基本满意": 0, "不满意": 1}


def test_a_weekday_has_its_row_when_another_period_is_compared(tmp_path):
    made = report(text_file(tmp_path, CHINESE), by="weekday", period="2024-05", compare="prev")
    assert [row.group["weekday"] for row in made.tables[0].rows][:2] == ["周一", "周二"]
