"""What proves the order of days: texts of the column alone, never a count that a sum left there."""

from __future__ import annotations

from datetime import date

import pytest

from tests.logs import report, total
from tests.writers import Sheet, write
from xfstats.schema.dates import DateReader

AS_OF = date(2026, 11, 2)
DAYS = ["3/4/2024", "5/4/2024", "13/4/2024", "14/4/2024", "23/4/2024"]


def book(folder, days, *last, fmt="xlsx", header=("Case number", "Received", "Status")):
    """A list of closed cases of these days, and what stands below it."""
    rows = [[f"C-{number}", day, "Closed"] for number, day in enumerate(days, 1)]
    path = folder / f"complaints.{fmt}"
    write(path, [Sheet("Sheet1", [list(header), *rows, *map(list, last)])], fmt)
    return path


@pytest.mark.parametrize("fmt", ["xlsx", "csv", "ods"])
@pytest.mark.parametrize(
    "last", [("Total", 5, None), ("合计", 5, None), (None, 5, None), ("Grand total", 5, 5), ("Number of rows", 5, None)]
)
def test_a_count_below_the_days_does_not_keep_them_from_proving_their_order(tmp_path, last, fmt):
    made = report(book(tmp_path, DAYS, last, fmt=fmt), max_rejected="50%")
    assert (total(made)["cases"], made.tables[0].span.last) == (5, date(2024, 4, 23))


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        ([*DAYS, 7], "dmy"),
        ([*DAYS, 5.0, 12], "dmy"),
        ([*DAYS, 45000], "none"),
        ([*DAYS, date(2024, 5, 1)], "none"),
        ([*DAYS[:3], 7], "none"),
    ],
)
def test_a_small_number_is_no_day_and_a_serial_number_is_one(cells, order):
    reader = DateReader(None, AS_OF)
    reader.settle_order([cells])
    assert reader.order == order


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("五月二十三日", date(2024, 5, 23)),
        ("十一月三日", date(2024, 11, 3)),
        ("正月初一", "date-text"),
        ("十二月卅一号", date(2024, 12, 31)),
        ("六月十日", date(2024, 6, 10)),
        ("二月三十日", "date-range"),
        ("二〇二三年五月二十三日", date(2023, 5, 23)),
    ],
)
def test_days_in_numerals_are_read_with_the_year_of_the_context(text, day):
    assert DateReader(2024, AS_OF).read(text) == day


def test_days_in_numerals_without_any_year_are_not_read():
    assert DateReader(None, AS_OF).read("五月二十三日") == "date-year"


SHORT_YEARS = ["2/22/21", "3/12/21", "4/8/20", "3/24/21", "12/30/20"]


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (SHORT_YEARS, "mdy"),
        ([f"{text} 9:57" for text in SHORT_YEARS], "mdy"),
        (["28/2/21", "29.3.21", "31-5-21", "3/4/21"], "dmy"),
        (["28/2/21", "29/3/21", "3/4/21"], "none"),
        (["13/2/24", "14/3/24", "15/4/24", "16/5/24"], "none"),
        ([*SHORT_YEARS, "13/2/24"], "none"),
        (SHORT_YEARS[:2], "none"),
        (["3/4/21", "5/6/21", "7/8/21", "9/10/21"], "none"),
    ],
)
def test_years_of_two_figures_prove_an_order_where_no_other_fits(cells, order):
    reader = DateReader(None, AS_OF)
    reader.settle_order([cells])
    assert reader.order == order


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_days_with_short_years_are_read_in_the_order_that_they_prove(tmp_path, fmt):
    made = report(book(tmp_path, SHORT_YEARS, fmt=fmt))
    assert (total(made)["cases"], made.tables[0].span.first, made.tables[0].span.last) == (5, date(2020, 4, 8), date(2021, 3, 24))


def test_a_year_first_is_no_month_where_the_title_has_that_year():
    reader = DateReader(2021, AS_OF)
    reader.settle_order([SHORT_YEARS])
    assert (reader.read("2/3/21"), reader.read("3/24/21")) == (date(2021, 2, 3), date(2021, 3, 24))
