"""What the values of columns prove where headers alone would mislead: blank columns, clocks, equal days, codes."""

from __future__ import annotations

import random

import pytest

from tests.logs import codes, refused, report, total
from tests.writers import Sheet, write


def desk(folder, header, *columns, fmt="csv", seed=20):
    """A help desk's list with these columns, each a function of the row's number and of a seeded generator."""
    draw = random.Random(seed)
    rows = [[column(n, draw) for column in columns] for n in range(12)]
    path = folder / f"tickets.{fmt}"
    write(path, [Sheet("Sheet1", [header.split(","), *rows])], fmt)
    return path


def number(n, _):
    return f"INC00{5000 + n}"


def day(n, _):
    return f"2024-05-{1 + n:02}"


def nothing(_n, _):
    return None


def state(_n, draw):
    return draw.choice(["New", "Awaiting Customer", "On hold"])


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("header", ["Resolved", "Closed"])
def test_a_blank_column_that_may_hold_days_tells_no_rate(tmp_path, header, fmt):
    made = report(desk(tmp_path, f"Number,Created,Incident state,{header}", number, day, state, nothing, fmt=fmt))
    assert (total(made)["cases"], "resolution_rate" in made.tables[0].measures) == (12, False)


@pytest.mark.parametrize("header", ["是否解决", "是否化解"])
def test_a_blank_column_that_asks_could_have_told(tmp_path, header):
    made = report(desk(tmp_path, f"案件编号,受理日期,办理状态,{header}", number, day, lambda *_: "办理中", nothing))
    assert total(made)["resolved"] == 0


@pytest.mark.parametrize(("blank_one", "other"), [("AssignedTo", "Category"), ("Team", "Channel"), ("District", "Category")])
def test_a_column_without_labels_does_not_group(tmp_path, blank_one, other):
    made = report(desk(tmp_path, f"ID,Created,{blank_one},{other}", number, day, nothing, lambda _, draw: draw.choice("AB")))
    assert made.tables[0].by == (other.lower(),)


@pytest.mark.parametrize("clock", ["3.53.50 PM", "9:05", "10:22:56 am"])
def test_a_column_of_clock_times_does_not_compete_with_days(tmp_path, clock):
    made = report(desk(tmp_path, "Ticket #,Date,Time,Status", number, day, lambda *_: clock, lambda *_: "Closed"))
    assert (total(made)["cases"], made.tables[0].span.first.day, made.tables[0].span.last.day) == (12, 1, 12)


@pytest.mark.parametrize("headers", ["Opened,Created", "Created,Opened", "Logged,Created"])
def test_columns_of_the_same_days_do_not_compete(tmp_path, headers):
    path = desk(
        tmp_path,
        f"Number,{headers},Status",
        number,
        lambda n, draw: f"{day(n, draw)} 09:{draw.randrange(10, 30)}",
        lambda n, draw: f"{day(n, draw)} 09:{draw.randrange(30, 60)}",
        lambda *_: "Closed",
    )
    made = report(path)
    assert (total(made)["cases"], total(made)["closed"]) == (12, 12)
    assert any(headers.split(",")[1] in note and "--map" in note for note in made.tables[0].notes)


@pytest.mark.parametrize("header", ["Task", "Change Request", "Incident"])
def test_codes_under_the_name_of_what_they_number_are_case_numbers(tmp_path, header):
    made = report(desk(tmp_path, f"{header},Created,Status", lambda n, _: f"INC00{5000 + n // 2}", day, lambda *_: "Closed"))
    assert [one.rows for one in made.findings if one.code == "W205"] == [12]


def test_words_under_such_a_name_are_none(tmp_path):
    made = report(desk(tmp_path, "Task,Created,Status", lambda n, _: "painting" if n % 2 else "mowing", day, lambda *_: "Closed"))
    assert "W205" not in codes(made)


@pytest.mark.parametrize("headers", ["Ticket ID,Log ID", "问题编号,留言编号"])
def test_of_two_case_numbers_the_one_that_tells_the_rows_apart_is_read_and_said(tmp_path, headers):
    created = "Created" if headers.isascii() else "留言时间"
    path = desk(tmp_path, f"{headers},{created}", lambda n, _: 700 + n // 4, lambda n, _: 9000 + n, day)
    made = report(path)
    first, second = headers.split(",")
    assert (total(made)["cases"], codes(made)) == (12, [])
    assert any(second in note and first in note for note in made.tables[0].notes)


@pytest.mark.parametrize("headers", ["StartTime,EndTime", "Begun,Left"])
def test_days_that_are_not_read_are_named_where_no_day_of_receipt_is_known(tmp_path, headers):
    names = headers.split(",")
    made = report(desk(tmp_path, f"Incident ID,{headers},Status", number, day, day, lambda *_: "Closed"))
    found = [one.message for one in made.findings if one.code == "W276"]
    assert len(found) == 1
    assert f"--map received_on={names[0]}" in found[0]
    mapped = report(
        desk(tmp_path, f"Incident ID,{headers},Status", number, day, day, lambda *_: "Closed"), maps=[f"received_on={names[0]}"]
    )
    assert (codes(mapped), mapped.tables[0].span.last.day) == ([], 12)


@pytest.mark.parametrize("header", ["Last updated", "Planned visit", "更新时间"])
def test_days_of_changes_and_plans_are_not_named(tmp_path, header):
    assert codes(report(desk(tmp_path, f"Incident ID,{header},Status", number, day, lambda *_: "Closed"))) == []


@pytest.mark.parametrize("minutes", ["8", 8, "13.5"])
def test_a_column_of_numbers_does_not_compete_with_closing_days(tmp_path, minutes):
    header = "ticket_id,created_date,resolved_date,status,resolution_time"
    made = report(desk(tmp_path, header, number, day, day, lambda *_: "Closed", lambda *_: minutes))
    assert (total(made)["median_days"].value, codes(made)) == (0, [])


def test_days_that_differ_when_a_time_crosses_midnight_are_the_same(tmp_path):
    rows = [
        [f"INC{7000 + n}", f"2024-05-{1 + n % 28:02} 23:5{n % 10}", f"2024-05-{1 + n % 28:02} 23:59", "Closed"] for n in range(40)
    ]
    rows[7][2] = "2024-05-09 00:03"
    path = tmp_path / "tickets.csv"
    write(path, [Sheet("Sheet1", [["Number", "Opened", "Created", "State"], *rows])], "csv")
    assert total(report(path))["cases"] == 40


def test_other_days_still_compete(tmp_path):
    path = desk(tmp_path, "Number,Opened,Created,Status", number, day, lambda n, _: f"2024-06-{1 + n:02}", lambda *_: "Closed")
    assert "--map received_on=Opened or --map received_on=Created" in str(refused(path))


@pytest.mark.parametrize("header", ["incident_date", "date_entry", "timestamp", "Interaction_Date", "incident_timestamp"])
def test_days_of_incidents_and_entries_are_days_of_receipt(tmp_path, header):
    made = report(desk(tmp_path, f"incident_id,{header},incident_type", number, day, lambda _, draw: draw.choice("AB")))
    assert (made.tables[0].span.last.day, made.tables[0].by) == (12, ("category",))


@pytest.mark.parametrize("header", ["Origin", "Source", "来源"])
@pytest.mark.parametrize(("labels", "by"), [(4, ("channel",)), (12, ())])
def test_a_source_of_many_labels_is_no_channel(tmp_path, header, labels, by):
    made = report(desk(tmp_path, f"Ticket ID,Created,{header}", number, day, lambda n, _: f"Town {n % labels}"))
    assert made.tables[0].by == by


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("written", ["XF00{:02}", "2026-0{:02}", "信〔2026〕{}号", "202600{:02}"])
def test_codes_under_a_header_of_row_numbers_tell_matters_apart(tmp_path, written, fmt):
    path = desk(
        tmp_path,
        "编号,接访日期,层级,办理状态",
        lambda n, _: written.format(n + 1),
        lambda *_: "2026-3-1",
        lambda *_: "县级",
        lambda *_: "已办结",
        fmt=fmt,
    )
    made = report(path, duplicates="reject")
    assert (total(made)["visits"], codes(made)) == (12, [])


def test_numbers_of_rows_tell_no_matters_apart(tmp_path):
    path = desk(
        tmp_path, "编号,接访日期,层级,办理状态", lambda n, _: n + 1, lambda *_: "2026-3-1", lambda *_: "县级", lambda *_: "已办结"
    )
    assert total(report(path, duplicates="reject"))["visits"] == 1
