"""Date cells beside texts of days above the 12th, the order of texts as it is typed, and days that lie four years early."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.logs import codes, refused, report
from tests.writers import Sheet, write
from xfstats.schema.date_cells import CellKind, Halves, apart_by_epoch, early_part, judge_cells, swapped, years_early

JUNE = [date(2024, 6, day) for day in range(1, 31)]
FORMS = {"dmy": "{0.day:02}/{0.month:02}/{0.year}", "mdy": "{0.month:02}/{0.day:02}/{0.year}"}


def half_converted(days, order="dmy"):
    """The days as a program of the other order leaves them: cells with day and month exchanged, and texts."""
    return [swapped(day) if day.day <= 12 else FORMS[order].format(day) for day in days]


def log(folder, days, name="工单.xlsx", header=("工单编号", "登记日期", "工单状态")):
    path = folder / name
    form = path.suffix[1:]
    write(path, [Sheet("Sheet1", [list(header), *([str(n), day, "已办结"] for n, day in enumerate(days, 1))])], form)
    return path


def read_as(**how):
    return {"words": {"tables": {"read": how}}}


def months(path, **options):
    made = report(path, by="month", **options)
    found = {row.group["month"]: row.figures["cases"] for row in made.tables[0].rows if row.figures["cases"]}
    return found, codes(made)


@pytest.mark.parametrize("order", ["dmy", "mdy"])
@pytest.mark.parametrize("name", ["工单.xlsx", "工单.ods", "工单.csv"])
def test_a_file_opened_where_months_come_first_is_refused_until_its_cells_are_read_exchanged(tmp_path, name, order):
    path = log(tmp_path, half_converted(JUNE, order), name)
    fault = refused(path)
    assert (fault.code, fault.exit_code) == ("E346", 3)
    assert "--date-cells swapped" in str(fault)
    assert months(path, **read_as(date_cells="swapped")) == ({"2024-06": 30}, [])
    assert refused(path, **read_as(date_order=order)).code == "E346"


@pytest.mark.parametrize("name", ["工单.xlsx", "工单.csv"])
def test_cells_that_fit_only_as_they_stand_count_and_are_said(tmp_path, name):
    days = [day if day.day <= 12 else FORMS["dmy"].format(day) for day in JUNE]
    assert months(log(tmp_path, days, name)) == ({"2024-06": 30}, ["W258"])


@pytest.mark.parametrize(
    "days",
    [
        [date(2024, month, day) for month in range(1, 13) for day in (3, 9, 15, 27)],  # a whole year: both readings fit
        [date(2024, 6, 6), date(2024, 6, 13), date(2024, 6, 14)],  # the 6th of June is its own mirror
        [*JUNE, date(2023, 2, 3)],  # one fits neither way
    ],
)
def test_what_fits_both_ways_or_neither_is_refused(tmp_path, days):
    path = log(tmp_path, half_converted(days))
    assert refused(path).code == "E346"
    assert sum(months(path, **read_as(date_cells="swapped"))[0].values()) == len(days)


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_texts_alone_prove_their_order(tmp_path, order):
    path = log(tmp_path, [FORMS[order].format(day) for day in JUNE], "工单.csv")
    assert months(path) == ({"2024-06": 30}, ["W226"])


def test_cells_above_the_12th_are_whole_and_the_texts_beside_them_are_rejected(tmp_path):
    days = [*JUNE, "13/07/2024"]
    path = log(tmp_path, days)
    made = report(path)
    assert (made.reconciliation.counted, made.reconciliation.reasons["rejected"]) == (30, {"date-ambiguous": 1})
    assert report(path, **read_as(date_cells="swapped")).reconciliation.counted == 30


def test_each_date_column_is_judged_by_itself_and_exchanged_with_the_others(tmp_path):
    rows = [
        [str(n), *half_converted([day, day + timedelta(days=2)]), "已办结"]
        for n, day in enumerate([date(2024, 6, day) for day in (1, 5, 9, 12, 13, 15, 20)], 1)
    ]
    path = tmp_path / "工单.xlsx"
    write(path, [Sheet("Sheet1", [["工单编号", "登记日期", "办结日期", "工单状态"], *rows])], "xlsx")
    assert refused(path).code == "E346"
    made = report(path, measure="closed,mean_days", **read_as(date_cells="swapped"))
    assert made.tables[0].total["mean_days"].value == 2


def test_years_of_two_figures_are_read_as_the_cells_prove(tmp_path):
    days = [swapped(day) if day.day <= 12 else f"{day.day}/{day.month:02}/24" for day in JUNE]
    path = log(tmp_path, days)
    assert refused(path).code == "E346"
    assert months(path, **read_as(date_cells="swapped"))[0] == {"2024-06": 30}


@pytest.mark.parametrize(
    ("order", "days", "found"),
    [
        ("ymd", ["24-05-06", "24/5/7", "24.05.08"], {"2024-05": 3}),
        ("dmy", ["06/05/2024", "7/5/24", "8-5-2024"], {"2024-05": 3}),
        ("mdy", ["06/05/2024", "6/7/24", "6-8-2024"], {"2024-06": 3}),
    ],
)
def test_the_order_can_be_typed(tmp_path, order, days, found):
    path = log(tmp_path, days, "工单.csv")
    fault = refused(path)
    assert fault.code == "E330"
    assert "--date-order" in str(fault)
    assert months(path, **read_as(date_order=order))[0] == found


def test_two_days_of_which_one_proves_the_order_say_what_to_type(tmp_path):
    path = log(tmp_path, ["13/05/2024", "06/05/2024"], "工单.csv")
    assert refused(path).code == "E330"
    assert months(path, **read_as(date_order="dmy"))[0] == {"2024-05": 2}


@pytest.mark.parametrize(
    "text",
    [
        "2024年5月6日晚上8点",
        "2024年5月6日晚8点半",
        "2024-5-6 早九点一刻",
        "2024/5/6下午3点整",
        "2024.5.6 十点二十分",
        "2024-5-6 中午12:00",
        "2024/5/6 早上8:30",
        "2024.5.6 凌晨0:30",
        "2024年5月16",
    ],
)
def test_parts_of_the_day_and_a_missing_word_for_day_are_read(tmp_path, text):
    assert months(log(tmp_path, [text] * 2, "工单.csv"))[0] == {"2024-05": 2}


def early(day):
    return day - timedelta(days=1462)


def test_days_four_years_before_the_year_of_the_title_are_said(tmp_path):
    path = log(tmp_path, [early(day) for day in JUNE], "2024年工单.xlsx")
    made = report(path)
    assert [(said.code, said.rows) for said in made.findings] == [("W259", 30)]
    assert "1904" in made.findings[0].message
    assert codes(report(log(tmp_path, JUNE, "2024年6月工单.csv"))) == []


@pytest.mark.parametrize(("shifted", "field"), [(0, "received_on"), (1, "closed_on")])
def test_one_column_of_two_that_is_four_years_early_is_said(tmp_path, shifted, field):
    path = tmp_path / "cases.csv"
    rows = [[day, day + timedelta(days=day.day)] for day in JUNE]
    for row in rows:
        row[shifted] = early(row[shifted])
    lines = "".join(f"{n},{first},{last},Closed\n" for n, (first, last) in enumerate(rows, 1))
    path.write_text(f"Case number,Received,Closed,Status\n{lines}", "utf-8")
    found = {said.code: said.finding.values["field"] for said in report(path).findings}
    assert found["W259"] == field


@pytest.mark.parametrize("name", ["工单.xlsx", "2024年工单.csv", "cases.ods"])
def test_some_rows_that_are_four_years_early_are_said(tmp_path, name):
    made = report(log(tmp_path, [*map(early, JUNE[:4]), *JUNE[4:]], name))
    assert [(said.code, said.rows) for said in made.findings if said.code == "W259"] == [("W259", 4)]


def test_older_rows_of_a_log_are_not_early():
    later = [day.replace(year=2024) for day in JUNE]
    assert early_part([*map(early, later[:3]), *later[3:]]) == frozenset(map(early, later[:3]))
    assert not early_part([*map(early, later[:2]), *later[2:]])
    assert not early_part([*(day.replace(year=2020, month=1) for day in later[:5]), *later[5:]])
    assert not early_part([*(day.replace(year=2021) for day in later[:5]), *later[5:]])
    assert not early_part([*map(early, later[:20]), *later[20:]])
    assert not early_part([])


def test_days_that_are_early_by_chance_are_not():
    assert not years_early([date(2020, 5, 1), date(2020, 6, 1)], 2024)
    assert not years_early([date(2020, 5, 1), date(2020, 6, 1), date(2024, 7, 1)], 2024)
    assert not years_early([date(2020, 5, 1), date(2020, 6, 1), date(2020, 7, 1)], None)
    assert not years_early([date(2021, 5, 1), date(2021, 6, 1), date(2021, 7, 1)], 2024)
    assert apart_by_epoch(JUNE[:2], JUNE[:2]) is None
    assert apart_by_epoch(JUNE, [day + timedelta(days=1461) for day in JUNE]) is None
    assert apart_by_epoch(JUNE, [day + timedelta(days=9) for day in JUNE]) is None


def test_a_column_of_one_kind_is_whole():
    cells, texts = frozenset(JUNE[:12]), frozenset(JUNE[12:])
    for halves in (Halves(cells, frozenset()), Halves(frozenset(), texts), Halves(texts, texts)):
        assert judge_cells(halves) is CellKind.WHOLE
