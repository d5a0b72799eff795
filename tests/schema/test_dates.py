"""Dates: a closed list of forms, everything else rejected with a reason."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import book, codes, report
from tests.writers import Sheet, write
from xfstats.errors import InputFault
from xfstats.readers.column import Column
from xfstats.row_reasons import RowReason
from xfstats.schema.context import year_in
from xfstats.schema.date_forms import FORMS, Habits
from xfstats.schema.dates import DateReader

AS_OF = date(2026, 11, 2)
READER = DateReader(2024, AS_OF)


@pytest.mark.parametrize(
    "cell",
    [
        date(2024, 5, 6),
        datetime(2024, 5, 6, 9, 5),
        45418,
        45418.38,
        "45418",
        20240506,
        "20240506",
        "2024-05-06",
        "2024.5.6",
        "2024/5/6 9:05",
        "2024-05-06T10:22:00.000",
        "2024-05-06T10:22:00Z",
        "2024年5月6日",
        "2024年 5月 6日",
        "２０２４年５月６日",
        "2024年5月6号 上午9:30",
        "2024年5月6日（星期一）",
        "2024.5.6 下午",
        "5月6日上午",
        "24年5月6日",
        "24.5.6",
        "二〇二四年五月六日",
        "5月6日",
        "6 May 2024",
        "6 May",
        "6th of May",
        "Mon 6-May",
        "May 6, 2024",
        "Monday 6 May 2024",
        "Mon, 6th May 2024 14:05",
        "May 6th, 2024",
        "May 6,2024",
        "6-May-24",
        "\u200b2024-05-06\u3000",
    ],
)
def test_these_are_the_sixth_of_may(cell):
    assert READER.read(cell) == date(2024, 5, 6)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2024-02-30", "date-range"),
        ("2024年13月1日", "date-range"),
        (20240230, "date-range"),
        (20241301.0, "date-range"),
        ("1953-01-01", "date-range"),
        ("2099-01-01", "date-range"),
        (17, "date-range"),
        ("3/4/2024", "date-ambiguous"),
        ("23.5.6", "date-text"),
        ("5.6", "date-text"),
        ("2024年5月", "date-text"),
        ("5月上旬", "date-text"),
        ("昨天", "date-text"),
        ("5月6日-8日", "date-text"),
        ("1714953600", "date-text"),
        (True, "date-text"),
        (time(9, 5), "date-text"),
    ],
)
def test_these_are_no_dates(cell, reason):
    assert READER.read(cell) == reason


@pytest.mark.parametrize("cell", [None, "", " \u3000", "—", "/", "无"])
def test_a_blank_is_no_date_and_no_fault(cell):
    assert READER.read(cell) is None


def test_month_and_day_without_any_year_are_rejected():
    assert DateReader(None, AS_OF).read("5月6日") == "date-year"


def test_the_order_of_day_and_month_is_never_guessed_but_may_be_stated():
    assert DateReader(None, AS_OF).read("12/25/2024") == "date-ambiguous"
    assert DateReader(None, AS_OF, order="mdy").read("03/04/2024 10:00 AM") == date(2024, 3, 4)
    assert DateReader(None, AS_OF, order="dmy").read("03/04/2024") == date(2024, 4, 3)


@pytest.mark.parametrize(
    ("cells", "year", "day"),
    [
        (("3.5", "3.15", "4.20", "12.31"), 2024, date(2024, 3, 5)),
        (("3-5", "3-15", "4-28", "12-31"), 2024, date(2024, 3, 5)),
        (("15/3", "28/4", "31/12", "5/3"), 2024, date(2024, 3, 5)),
        (("3.5", "3.15", "4.28", "12.31"), None, None),  # no year
        (("3.5", "3.12", "4.10", "12.11"), 2024, None),  # nothing proves the order
        (("3.5", "3.15", "28.4", "12.31"), 2024, None),  # both orders
        (("3.5", "3.15", "4.1", "12.31"), 2024, None),  # 4.1 may have been 4.10
        (("3.5", 3.15, "4.28", "12.31"), 2024, date(2024, 3, 5)),
        ((3.5, 3.15, 4.28, 12.31), 2024, date(2024, 3, 5)),
        ((3.5, 3.15, 4.28, 12.75), 2024, None),  # hours
        ((3.5, 3.15, 28.4, 12.31), 2024, None),  # both orders
        ((3.5, 3.15, 4.11), 2024, None),  # one number alone proves little
    ],
)
def test_a_month_and_a_day_beside_a_point_are_read_where_the_column_proves_them(cells, year, day):
    reader = DateReader(year, AS_OF)
    reader.settle_order([cells])
    found = [one for one in reader.column(Column.fold(cells)) if isinstance(one, date)]
    assert (date(2024, 3, 5) in found) == (day is not None)


def test_a_number_of_month_and_day_that_may_lack_a_zero_is_rejected():
    cells = (3.15, 4.28, 12.31, 5.1, 10.9)
    reader = DateReader(2024, AS_OF)
    reader.settle_order([cells])
    assert [reader.read(cell) for cell in (5.1, 10.9, 3.15)] == ["date-range", date(2024, 10, 9), date(2024, 3, 15)]


@pytest.mark.parametrize("bad", ["2026-13-40", "13.40", "13/40/2026", "30.2", 19.75, True, time(9, 5), datetime(1900, 1, 5)])
def test_a_cell_that_is_no_day_in_any_order_proves_nothing_of_the_numbers_beside_it(bad):
    reader = DateReader(2026, AS_OF)
    assert reader.settle_order([(10.9, 10.21, 9.28, 9.17, 10.15, bad)], chinese=True) == 4
    assert (reader.read(10.9), reader.read(9.28)) == (date(2026, 10, 9), date(2026, 9, 28))
    assert isinstance(reader.read(bad), RowReason)


@pytest.mark.parametrize("bad", ["40/13/2024", "31/02/2024", "30/02/2023", "2024-13-40", True, datetime(1900, 1, 5)])
def test_a_cell_that_is_no_day_in_any_order_proves_nothing_of_the_texts_beside_it(bad):
    reader = DateReader(None, AS_OF)
    assert reader.settle_order([("13/05/2024", "14/05/2024", "25/05/2024", "01/06/2024", bad)]) == 3
    assert (reader.read("01/06/2024"), isinstance(reader.read(bad), RowReason)) == (date(2024, 6, 1), True)


def test_a_cell_that_is_no_day_in_any_order_proves_nothing_of_years_of_two_figures():
    reader = DateReader(None, AS_OF)
    assert reader.settle_order([("2/22/21", "3/15/21", "4/30/21", "5/6/21", "45/14/24")]) == 3
    assert (reader.read("5/6/21"), reader.read("45/14/24")) == (date(2021, 5, 6), RowReason.DATE_RANGE)


def test_numbers_of_which_many_are_no_days_are_no_days():
    assert DateReader(2024, AS_OF).settle_order([(2.15, 3.25, 4.28, 19.75)], chinese=True) == 0


@pytest.mark.parametrize("other", ["3月21日", "2024-03-21", "2024年3月21日"])
def test_days_written_month_first_beside_it_prove_the_order_of_a_day_in_a_chinese_log(other):
    reader = DateReader(2024, AS_OF)
    reader.settle_order([(other, "10.9")], chinese=True)
    assert reader.read("10.9") == date(2024, 10, 9)
    reader = DateReader(2024, AS_OF)
    reader.settle_order([(other, "10.9")])
    assert reader.read("10.9") == "date-text"


@pytest.mark.parametrize("cell", ["06/May/24 9:05 AM", "6/May/2024", "06-May-24", "6 May 2024"])
def test_a_month_by_name_is_read_between_any_marks(cell):
    assert READER.read(cell) == date(2024, 5, 6)


def test_one_day_after_the_twelfth_is_proof_in_a_chinese_log_and_nothing_is_cut_where_cells_have_types():
    reader = DateReader(2024, AS_OF)
    assert (reader.settle_order([("10.1", "10.15", "10.9")], chinese=True, typed=True), reader.read("10.1")) == (
        1,
        date(2024, 10, 1),
    )
    assert DateReader(2024, AS_OF).settle_order([("10.1", "10.15", "10.9")], chinese=True) == 0


def test_serials_follow_the_epoch_of_the_book():
    assert DateReader(None, AS_OF, date1904=True).read(43956) == date(2024, 5, 6)


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.none(), st.datetimes(), st.times()))
def test_reading_a_date_never_raises(cell):
    read = READER.read(cell)
    assert isinstance(read, date) or read in {None, "date-text", "date-range", "date-year", "date-ambiguous"}


@given(st.dates(date(1990, 1, 1), date(2027, 12, 31)))
def test_every_form_of_a_day_reads_as_that_day(day):
    forms = [f"{day.year}年{day.month}月{day.day}日", f"{day:%Y-%m-%d}", f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}"]
    assert {READER.read(form) for form in forms} == {day}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("清源市2024年10月登记表", 2024),
        ("2023-2024年", None),
        ("登记表20241031", 2024),
        ("接访202403", 2024),
        ("2024.3", 2024),
        ("12345热线", None),
        ("第3季度", None),
    ],
)
def test_the_year_is_what_a_title_states_alone(text, year):
    assert year_in(text) == year


def test_one_column_reads_each_distinct_cell_the_same():
    column = Column.fold(["5月6日", "5月6日", 1, True])
    assert READER.column(column).cells() == [date(2024, 5, 6), date(2024, 5, 6), "date-range", "date-text"]


def test_a_date_long_after_as_of_is_outside_a_period_and_out_of_range_without_one(tmp_path):
    log = "接访日期 接访级别 来访人数 办结日期\n2024-5-6 市级 1 2026-5-7\n2026-9-9 市级 1 .\n2099-1-1 市级 1 .\n"
    path = book(tmp_path, log)
    judged = report(path, as_of="2024-12-31", period="2024").reconciliation
    assert (judged.counted, judged.outside, judged.reasons["rejected"]) == (1, 1, {"date-range": 1})
    assert report(path, as_of="2024-12-31").reconciliation.reasons["rejected"] == {"date-range": 2}
    told = [said.message for said in report(path, as_of="2024-12-31", period="2024").findings if said.code == "W206"]
    assert "1 行的“办结日期”读不懂或超出范围" in told[0]


@pytest.mark.parametrize(("days", "first"), [(("21/7/2024", "13/5/2024", "14/6/2024", "3/4/2024"), date(2024, 4, 3))])
def test_the_order_of_day_and_month_is_taken_from_the_column_and_said(tmp_path, days, first):
    rows = "".join(f"{number} {day} Open\n" for number, day in enumerate(days))
    made = report(book(tmp_path, "Ref Received Status\n" + rows, name="complaints.xlsx"))
    assert codes(made) == ["W226"]
    assert made.tables[0].span.first == first


@pytest.mark.parametrize(
    ("odd", "rejected"), [("5/13/2024", None), (date(2024, 5, 1), {}), (date(2024, 5, 20), {"date-ambiguous": 3})]
)
def test_columns_that_disagree_on_the_order_are_not_read(tmp_path, odd, rejected):
    days = ["21/7/2024", "13/5/2024", odd, "14/5/2024"]
    path = tmp_path / "complaints.xlsx"
    write(path, [Sheet("a", [["Ref", "Received", "Status"], *([index, day, "Open"] for index, day in enumerate(days))])], "xlsx")
    with pytest.raises(InputFault) if rejected is None else pytest.MonkeyPatch.context():
        made = report(path)
        assert made.reconciliation.reasons["rejected"] == rejected
        assert ("W258" in codes(made)) == (rejected == {})


def test_a_word_that_is_no_month_is_left_to_the_forms_after_it():
    forms = [form for form in FORMS if form.read.__name__ == "_named_month"]
    found = [
        form.read(hit, Habits())
        for form in forms
        for text in ("6-xii-2024", "xii 6, 2024")
        if (hit := form.pattern.fullmatch(text))
    ]
    assert found == [None, None]
    assert READER.read("6-xii-2024") == "date-text"


@pytest.mark.parametrize("cell", ["May 6", "May-24", "6 Mayor Street", "6 flats"])
def test_a_month_and_a_number_or_another_word_is_no_day(cell):
    assert READER.read(cell) == RowReason.DATE_TEXT


def test_a_day_and_a_named_month_need_a_year():
    assert DateReader(None, date(2026, 11, 2)).read("6 May") == RowReason.DATE_YEAR
