"""Rules over rows are array expressions over codes: each is compared with the same rule applied row by row."""

import itertools
from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from xfstats.config import normalize
from xfstats.measures.deadlines import as_days
from xfstats.model import Period, Reject
from xfstats.readers.base import RowTexts
from xfstats.readers.column import Column, cell_key
from xfstats.records.case_rows import moments
from xfstats.records.cells import RawCells, fill_dittos
from xfstats.records.frame import STATUSES, Records, categories, row_statuses
from xfstats.records.total_rows import numbers_are_shares, only_numbers
from xfstats.schema.clock_times import second_of_day
from xfstats.schema.split_dates import raw_days

cells = st.lists(st.sampled_from(["市级", "县级", None, "", "同上", "〃", "Ditto", 1, 1.0, True]), max_size=20)


def raw(**columns):
    size = len(next(iter(columns.values())))
    texts = RowTexts(Column.fold([None] * size), {})
    none = frozenset()
    return RawCells(columns, 0, texts, np.ones(size, np.uint16), np.arange(size, dtype=np.uint64), none, None, none, none)


@given(cells, st.data())
def test_dittos_say_what_the_record_above_says(column, data):
    skips = {row: "blank" for row in data.draw(st.sets(st.integers(0, max(len(column) - 1, 0)))) if row < len(column)}
    expected, above = list(column), None
    for row, cell in enumerate(column):
        said = isinstance(cell, str) and normalize.word(cell) in {normalize.word(one) for one in normalize.dittos()}
        if row in skips:
            continue
        if said and above is not None:
            expected[row] = above
        else:
            above = None if said else cell
    made = raw(level=Column.fold(column))
    fill_dittos(made, skips)
    assert list(map(cell_key, made.values["level"])) == list(map(cell_key, expected))


@given(st.lists(st.sampled_from(["市级", None, "\ud800", "nan", ""]), max_size=12))
def test_categories_are_labels_in_the_order_of_their_appearance_and_blanks_are_missing(labels):
    found = categories(Column.fold(labels))
    assert [None if missing else label for label, missing in zip(found, pd.isna(found), strict=True)] == labels
    assert list(found.categories) == [label for label in dict.fromkeys(labels) if label is not None]


@given(st.lists(st.none() | st.dates(), max_size=12))
def test_days_from_the_first_year_to_the_last_keep_their_day(days):
    found = as_days(days)
    assert found.dtype == "datetime64[s]"
    assert [day.date() if day is not None else None for day in found.tolist()] == days


def shared(batches):
    steps = [later - earlier for earlier, later in itertools.pairwise(batches)]
    return 4 <= len(set(batches)) < len(batches) and all(step in {0, 1} for step in steps)


def numbering(batches, days):
    steps = list(itertools.pairwise(batches))
    rising, falling = all(one < two for one, two in steps), all(one > two for one, two in steps)
    if len(batches) >= 5 and (rising or falling):
        return True
    if len(batches) < 5 or batches[0] != 1 or not all(two in {one + 1, 1} for one, two in steps):
        return False
    further = [two == one + 1 for one, two in steps]
    same_day = [one == two for one, two in itertools.pairwise(days)]
    return 2 * sum(further) > len(steps) or (sum(further) >= 3 and further == same_day)


numbers = st.lists(st.integers(1, 3), max_size=3) | st.lists(st.sampled_from([0, 1, -1]), min_size=4, max_size=12).map(
    lambda steps: np.cumsum([1, *steps]).tolist()
)


@given(numbers, st.data())
def test_columns_that_number_their_rows_are_told(batches, data):
    days = data.draw(st.lists(st.integers(0, 2), min_size=len(batches), max_size=len(batches)))
    assert numbers_are_shares(np.array(batches, np.int64)) == shared(batches)
    assert only_numbers(np.array(batches, np.int64), np.array(days, np.int64)) == numbering(batches, days)


@given(st.lists(st.tuples(st.none() | st.dates(), st.sampled_from(["9:30", "2024-05-01 13:05:01", None, 5])), max_size=8))
def test_the_latest_moment_of_a_row_is_that_of_its_latest_column(rows):
    days = [as_days([day for day, _ in rows]), as_days([day and day.replace(day=1) for day, _ in rows])]
    texts = Column.fold([cell for _, cell in rows])
    found = moments([(days[0], texts), (days[1], Column.fold([None] * len(rows)))], len(rows))
    for place, (day, cell) in enumerate(rows):
        if day is None:
            assert found[place] == np.iinfo(np.int64).min
        else:
            assert found[place] == (day - date(1970, 1, 1)) // timedelta(seconds=1) + second_of_day(cell)


def test_a_day_in_three_columns_is_put_together_once_for_each_row():
    parts = {0: Column.fold([2024, None, None]), 1: Column.fold([5, "6月", None]), 2: Column.fold([1.0, 2, None])}
    assert raw_days(parts, (0, 1, 2), [(3, 0, 4, 0)], 3).cells() == ["2024年5月1日", "2024年6月2日", None]


reasons = st.none() | st.sampled_from(
    [("outside", "period"), ("outside", "where"), ("rejected", "date-text"), ("skipped", "total")]
)


@given(st.lists(reasons, max_size=20))
def test_each_row_has_one_status_and_all_but_the_counted_a_reason(fates):
    of = {status: {row: fate[1] for row, fate in enumerate(fates) if fate and fate[0] == status} for status in STATUSES}
    outside = {name: np.array([fate == ("outside", name) for fate in fates], bool) for name in ("period", "where")}
    rejected = {row: Reject(row + 1, "A", "received_on", why) for row, why in of["rejected"].items()}
    found = row_statuses(len(fates), of["skipped"], rejected, outside)
    assert list(found["status"]) == [fate[0] if fate else "counted" for fate in fates]
    assert [None if pd.isna(why) else why for why in found["reason"]] == [fate[1] if fate else None for fate in fates]


def test_what_was_rejected_and_is_skipped_after_all_is_skipped_once():
    rejected = {0: Reject(1, "A", "received_on", "date-text")}
    found = row_statuses(1, {0: "earlier-entry"}, rejected, {"period": np.array([True])})
    assert (list(found["status"]), list(found["reason"])) == (["skipped"], ["earlier-entry"])


def test_a_log_without_the_date_has_no_rows_in_another_period():
    statuses = row_statuses(2, {}, {}, {})
    records = Records(0, {}, {}, pd.DataFrame(statuses), pd.DataFrame(), None, None, np.zeros(2, bool))
    assert records.inside(Period(date(2024, 1, 1), date(2025, 1, 1)), "received_on").tolist() == [False, False]
    assert records.counted.all()
