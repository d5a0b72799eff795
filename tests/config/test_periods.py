"""Periods as people write them, what they are compared with, and the steps of a series."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xfstats.config.parse import day
from xfstats.config.periods import back, month_of, parse_period, step_label, step_labels, step_of, whole_months, windows
from xfstats.errors import UsageFault
from xfstats.model import Period

AS_OF = date(2026, 11, 2)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
UNITS = st.sampled_from(["year", "quarter", "month", "week"])


def days(text, as_of=AS_OF, start_day=1):
    period = parse_period(text, as_of, start_day)
    return period.first.isoformat(), period.last.isoformat()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-q4", "2026-10-01", "2026-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("last-month", "2026-10-01", "2026-10-31"),
        ("last-week", "2026-10-26", "2026-11-01"),
        ("2026-W44", "2026-10-26", "2026-11-01"),
        ("2026-05-27..2026-11-30", "2026-05-27", "2026-11-30"),
        ("2026-05-27", "2026-05-27", "2026-05-27"),
        (" 2026-10 ", "2026-10-01", "2026-10-31"),
        ("this-week", "2026-11-02", "2026-11-08"),
        ("this-month", "2026-11-01", "2026-11-30"),
        ("this-quarter", "2026-10-01", "2026-12-31"),
        ("last-quarter", "2026-07-01", "2026-09-30"),
        ("this-year", "2026-01-01", "2026-12-31"),
        ("last-year", "2025-01-01", "2025-12-31"),
        ("ytd", "2026-01-01", "2026-11-02"),
        ("2026-01..2026-10", "2026-01-01", "2026-10-31"),
        ("2025-Q4..2026-Q1", "2025-10-01", "2026-03-31"),
        ("2024..2026", "2024-01-01", "2026-12-31"),
        ("2026-W40..2026-W44", "2026-09-28", "2026-11-01"),
        ("2026-01 .. 2026-03-15", "2026-01-01", "2026-03-15"),
    ],
)
def test_a_period_is_what_it_says_both_days_included(text, first, last):
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10", "2026-09-21", "2026-10-20"),
        ("2026-01", "2025-12-21", "2026-01-20"),
        ("2026-Q1", "2025-12-21", "2026-03-20"),
        ("2026", "2025-12-21", "2026-12-20"),
        ("last-month", "2026-09-21", "2026-10-20"),
        ("this-month", "2026-10-21", "2026-11-20"),
        ("this-quarter", "2026-09-21", "2026-12-20"),
        ("last-quarter", "2026-06-21", "2026-09-20"),
        ("ytd", "2025-12-21", "2026-11-02"),
        ("2026-01..2026-10", "2025-12-21", "2026-10-20"),
    ],
)
def test_months_may_run_from_the_21st_to_the_20th(text, first, last):
    assert days(text, start_day=21) == (first, last)


def test_last_month_is_the_one_before_the_one_that_the_day_is_in():
    assert days("last-month", date(2026, 10, 21), 21) == ("2026-09-21", "2026-10-20")
    assert days("last-month", date(2026, 10, 20), 21) == ("2026-08-21", "2026-09-20")
    assert days("last-month", date(2026, 1, 31)) == ("2025-12-01", "2025-12-31")


@pytest.mark.parametrize(
    ("text", "as_of", "first", "last"),
    [
        ("this-quarter", "2026-03-31", "2026-01-01", "2026-03-31"),
        ("last-quarter", "2026-01-01", "2025-10-01", "2025-12-31"),
        ("last-quarter", "2026-04-01", "2026-01-01", "2026-03-31"),
        ("ytd", "2026-01-01", "2026-01-01", "2026-01-01"),
        ("ytd", "2024-02-29", "2024-01-01", "2024-02-29"),
        ("this-month", "2024-02-29", "2024-02-01", "2024-02-29"),
        ("this-week", "2027-01-01", "2026-12-28", "2027-01-03"),
    ],
)
def test_a_relative_period_goes_by_the_as_of_day(text, as_of, first, last):
    assert days(text, date.fromisoformat(as_of)) == (first, last)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("2026-02-30", "2026-02 has days 01 to 28; "),
        ("2024-02-01..2024-02-30", "2024-02 has days 01 to 29; "),
        ("2026-13", "a year has months 01 to 12; "),
        ("2026-00-01", "a year has months 01 to 12; "),
        ("2025-W53", "2025 has weeks W01 to W52; "),
        ("2026-W54", "2026 has weeks W01 to W53; "),
        ("2026-Q5", "a year has quarters Q1 to Q4; "),
        ("2026-10..2026-01", "it ends before it begins; "),
        ("1066-01-01", "years are 1900 to 2899; "),
        ("2026-10-1", ""),
        ("2026..", ""),
    ],
)
def test_what_is_wrong_with_a_period_is_said(text, cause):
    with pytest.raises(UsageFault) as caught:
        parse_period(text, AS_OF)
    assert caught.value.sentence("en").partition("--period")[0] == cause


@pytest.mark.parametrize(
    "text",
    [
        "2026-13",
        "2026-00",
        "2026-Q5",
        "26-10",
        "2026-11-31",
        "2026-12-01..2026-01-01",
        "",
        "..",
        "9999-12",
        "20261001",
        "2026-W54",
        "2026-10-1..2026-10-2",
    ],
)
def test_anything_else_is_refused_naming_the_forms(text):
    with pytest.raises(UsageFault) as caught:
        parse_period(text, AS_OF)
    assert caught.value.code == "E220"
    assert "2026-Q3" in str(caught.value)


def compared(text, as_of=date(2027, 1, 1), start_day=1, unit=None):
    _, made = windows(("prev", "yoy"), parse_period(text, as_of, start_day), as_of, start_day, unit)
    return {one.name: (one.period.first.isoformat(), one.period.last.isoformat()) for one in made}


@pytest.mark.parametrize(
    ("text", "prev", "yoy"),
    [
        ("2026-10", ("2026-09-01", "2026-09-30"), ("2025-10-01", "2025-10-31")),
        ("2026-03", ("2026-02-01", "2026-02-28"), ("2025-03-01", "2025-03-31")),
        ("2024-02", ("2024-01-01", "2024-01-31"), ("2023-02-01", "2023-02-28")),
        ("2026-Q1", ("2025-10-01", "2025-12-31"), ("2025-01-01", "2025-03-31")),
        ("2026", ("2025-01-01", "2025-12-31"), ("2025-01-01", "2025-12-31")),
        ("2026-01-01..2026-06-30", ("2025-07-01", "2025-12-31"), ("2025-01-01", "2025-06-30")),
        ("2026-03-05..2026-03-10", ("2026-02-27", "2026-03-04"), ("2025-03-05", "2025-03-10")),
        ("2024-02-29", ("2024-02-28", "2024-02-28"), ("2023-02-28", "2023-02-28")),
    ],
)
def test_the_period_before_and_the_same_a_year_before_are_two_things(text, prev, yoy):
    assert compared(text) == {"prev": prev, "yoy": yoy}


@pytest.mark.parametrize(
    ("as_of", "prev", "yoy"),
    [
        (date(2026, 3, 15), "2026-02-15", "2025-03-15"),
        (date(2026, 3, 29), "2026-02-28", "2025-03-29"),
        (date(2026, 3, 31), "2026-02-28", "2025-03-31"),
        (date(2026, 3, 1), "2026-02-01", "2025-03-01"),
    ],
)
def test_an_unfinished_month_is_compared_with_as_many_days(as_of, prev, yoy):
    assert {name: last for name, (_, last) in compared("2026-03", as_of).items()} == {"prev": prev, "yoy": yoy}


def test_months_are_those_of_the_calendar_unless_said_otherwise():
    _, (prev,) = windows(("prev",), parse_period("2026-03", AS_OF), AS_OF)
    assert (str(prev.period.first), str(prev.period.last)) == ("2026-02-01", "2026-02-28")


def test_the_unfinished_period_itself_ends_where_the_others_do():
    period = parse_period("2026-03", AS_OF)
    now, _ = windows(("prev",), period, date(2026, 3, 15))
    assert (str(now.first), str(now.last)) == ("2026-03-01", "2026-03-15")
    assert windows(("prev",), period, date(2026, 3, 31))[0] == period


def test_a_period_that_has_not_begun_is_compared_whole():
    assert compared("2026-12", date(2026, 11, 2))["prev"] == ("2026-11-01", "2026-11-30")


def test_months_from_the_21st_are_compared_with_such_months():
    assert compared("2026-10", start_day=21)["prev"] == ("2026-08-21", "2026-09-20")
    assert compared("2026-10", date(2026, 10, 1), 21)["prev"] == ("2026-08-21", "2026-09-01")


def test_rows_of_a_series_are_compared_with_the_row_before_and_that_of_a_year_before():
    _, made = windows(("prev", "yoy"), parse_period("2026-Q3", AS_OF), AS_OF, 1, "month")
    assert [(one.steps, str(one.period.first), str(one.period.last)) for one in made] == [
        (1, "2026-06-01", "2026-08-31"),
        (12, "2025-07-01", "2025-09-30"),
    ]
    _, quarters = windows(("yoy",), parse_period("2026", AS_OF), date(2027, 1, 1), 1, "quarter")
    assert (quarters[0].steps, str(quarters[0].period.last)) == (4, "2025-12-31")
    _, years = windows(("prev",), parse_period("2026", AS_OF), date(2027, 1, 1), 1, "year")
    assert (years[0].steps, str(years[0].period.first)) == (1, "2025-01-01")
    _, weeks = windows(("prev",), parse_period("last-week", AS_OF), AS_OF, 1, "week")
    assert (weeks[0].steps, str(weeks[0].period.first)) == (1, "2026-10-19")


def test_a_week_has_none_a_year_before():
    with pytest.raises(UsageFault) as caught:
        compared("2026-10", unit="week")
    assert caught.value.code == "E229"


def test_labels_are_those_of_the_calendar():
    assert step_label(step_of(date(2027, 1, 1), "week"), "week") == "2026-W53"
    assert step_labels(date(2025, 12, 31), date(2026, 1, 4), "week") == ["2026-W01"]
    assert step_labels(date(2025, 11, 30), date(2026, 2, 1), "month") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert step_labels(date(2025, 12, 21), date(2026, 1, 20), "month", 21) == ["2026-01"]
    assert step_labels(date(2025, 6, 1), date(2026, 6, 1), "quarter") == ["2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    assert step_labels(date(2024, 6, 1), date(2026, 6, 1), "year") == ["2024", "2025", "2026"]


@given(DAYS, UNITS, st.integers(1, 28))
def test_every_day_is_in_one_step_and_steps_follow_each_other(day, unit, start):
    step, after = step_of(day, unit, start), step_of(day + timedelta(days=1), unit, start)
    assert after in {step, step + 1}
    assert step_label(step, unit) < step_label(step + 1, unit)


@given(DAYS, st.integers(1, 28))
def test_a_month_is_the_period_of_its_label(day, start):
    period = parse_period(step_label(month_of(day, start), "month"), AS_OF, start)
    assert period.first <= day < period.end
    assert whole_months(period, start) == 1


@given(DAYS, st.integers(1, 40))
def test_going_back_keeps_the_day_or_takes_the_last_of_the_month(day, months):
    before = back(day, months)
    assert month_of(day) - month_of(before) == months
    assert before.day == day.day or (before + timedelta(days=1)).day == 1


@pytest.mark.parametrize("text", ["0001", "1899-12-31", "1899-12-31..2026-10-31", "2026-10-01..2900-01-01", "9999-12-31"])
def test_a_year_that_is_a_slip_is_no_period(text):
    with pytest.raises(UsageFault) as caught:
        parse_period(text, AS_OF)
    assert (caught.value.code, "2026-W40" in str(caught.value)) == ("E220", True)


@pytest.mark.parametrize("text", ["1900", "2899", "1900-01-01..2899-12-31"])
def test_every_period_has_one_before_it(text):
    _, (prev, yoy) = windows(["prev", "yoy"], parse_period(text, AS_OF), date(2899, 12, 31))
    assert prev.period.end == date.fromisoformat(f"{text[:4]}-01-01")
    assert yoy.period.first < yoy.period.end


@pytest.mark.parametrize("text", ["20261102", "2026-W45", "2026-W45-1", "2026-11", "0001-01-01", "9999-12-31", "明天"])
def test_the_day_of_judging_is_written_as_a_day_and_no_slip(text):
    with pytest.raises(UsageFault) as caught:
        day(text)
    assert caught.value.code == "E218"


@given(DAYS, st.integers(1, 400))
def test_the_period_before_ends_where_the_period_begins(day, length):
    period = Period(day, day + timedelta(days=length))
    _, (prev,) = windows(("prev",), period, date(2090, 1, 1))
    assert prev.period.end == period.first
