"""A column of distinct cells and codes is the cells that it was made of, whatever their types."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date, datetime, time, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xfstats.config.normalize import blank
from xfstats.readers.column import Column, cell_key

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, 1, 2, -1, 20240102]),
    st.sampled_from([0.0, -0.0, 1.0, 2.5, 1e17, math.inf, math.nan]),
    st.sampled_from(["", "1", "1.0", "True", " ", "市级", "\ud800"]),
    st.text(max_size=3),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
COLUMNS = st.lists(CELLS, max_size=40)


def keys(cells):
    return [cell_key(cell) for cell in cells]


@given(COLUMNS)
def test_a_folded_column_gives_back_its_cells(cells):
    column = Column.fold(cells)
    assert keys(column.cells()) == keys(cells)
    assert column.codes.dtype == np.int32
    assert len(column) == len(cells)


@given(COLUMNS)
def test_values_are_distinct_and_all_used(cells):
    column = Column.fold(cells)
    assert len(set(keys(column.values))) == len(column.values)
    assert set(column.codes.tolist()) == set(range(len(column.values)))


def test_types_stay_apart():
    cells = [True, 1, 1.0, "1", False, 0, 0.0, -0.0, "0", None, "", "None"]
    column = Column.fold(cells)
    assert len(column.values) == len(cells)
    assert list(map(type, column.cells())) == list(map(type, cells))


def test_days_at_the_edges_stay_what_they_are():
    cells = [
        date.min,
        datetime(1, 1, 1),
        date.max,
        datetime(9999, 12, 31),
        date(1900, 2, 28),
        datetime(1900, 3, 1),
        time(0),
        timedelta(0),
    ]
    assert keys(Column.fold(cells * 2).cells()) == keys(cells * 2)


def test_integers_beside_blanks_stay_whole():
    column = Column.fold([3, None, 2**40, None, -7])
    assert column.cells() == [3, None, 2**40, None, -7]
    assert [type(cell) for cell in column.cells()] == [int, type(None), int, type(None), int]


@given(COLUMNS)
def test_each_distinct_cell_is_parsed_once(cells):
    asked = []

    def parse(cell):
        asked.append(cell_key(cell))
        return str(type(cell).__name__)

    found = Column.fold(cells).map(parse)
    assert found.cells() == [type(cell).__name__ for cell in cells]
    assert len(asked) == len(set(asked)) == len(set(keys(cells)))
    assert len(set(found.values)) == len(found.values)


def test_a_parse_may_return_tuples_and_lists():
    assert Column.fold([1, 2, 1]).map(lambda cell: (cell, cell)).cells() == [(1, 1), (2, 2), (1, 1)]
    assert Column.fold([]).map(lambda cell: (cell,)).cells() == []


@given(COLUMNS, st.data())
def test_taken_rows_are_the_rows(cells, data):
    column = Column.fold(cells)
    rows = data.draw(st.lists(st.integers(0, max(len(cells) - 1, 0)), max_size=10)) if cells else []
    taken = column.take(np.array(rows, np.int64))
    assert keys(taken.cells()) == keys([cells[row] for row in rows])
    assert set(taken.codes.tolist()) == set(range(len(taken.values)))
    kept = np.array([cell is not None for cell in cells], bool)
    assert keys(column.take(kept).cells()) == keys([cell for cell in cells if cell is not None])


@given(COLUMNS)
def test_repeated_values_become_one(cells):
    column = Column.distinct(cells, np.arange(len(cells), dtype=np.int32))
    assert keys(column.cells()) == keys(cells)
    assert len(set(keys(column.values))) == len(column.values)


@given(COLUMNS)
def test_a_column_is_the_sequence_of_its_cells(cells):
    column = Column.fold(cells)
    assert keys(column) == keys([column[row] for row in range(len(cells))]) == keys(column[:]) == keys(cells)
    assert keys(column[1:3]) == keys(cells[1:3])


@given(COLUMNS)
def test_rows_are_found_by_what_is_true_of_their_cells(cells):
    column = Column.fold(cells)
    expected = [isinstance(cell, str) for cell in cells]
    assert column.where(lambda cell: isinstance(cell, str)).tolist() == expected
    assert column.where_text(lambda _: True).tolist() == expected
    assert column.where_text(str.isdecimal).tolist() == [isinstance(cell, str) and cell.isdecimal() for cell in cells]
    assert column.blank.tolist() == list(map(blank, cells))


@given(COLUMNS, st.data())
def test_cells_are_counted_as_python_counts_them_in_the_order_of_their_appearance(cells, data):
    whole = [cell for cell in cells if not (isinstance(cell, float) and math.isnan(cell))]
    rows = np.array(data.draw(st.lists(st.booleans(), min_size=len(whole), max_size=len(whole))), bool)
    column = Column.fold(whole)
    assert list(column.counts().items()) == list(Counter(whole).items())
    assert list(column.counts(rows).items()) == list(
        Counter(cell for cell, kept in zip(whole, rows, strict=True) if kept).items()
    )


@given(COLUMNS, CELLS, st.data())
def test_a_cell_put_into_rows_stands_there_alone(cells, cell, data):
    rows = data.draw(st.lists(st.booleans(), min_size=len(cells), max_size=len(cells)))
    column = Column.fold(cells)
    found = column.put(np.array(rows, bool), cell)
    assert keys(found) == keys([cell if here else old for old, here in zip(cells, rows, strict=True)])
    assert set(found.codes.tolist()) == set(range(len(found.values)))
    assert keys(column) == keys(cells)
