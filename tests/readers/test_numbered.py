"""Distinct numbers that are kept as arrays are the cells that they stand for, in whatever a column does with them."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xfstats.config.normalize import blank
from xfstats.readers import number_cells
from xfstats.readers.column import Column, cell_key
from xfstats.readers.number_cells import Numbered

OTHERS = st.lists(
    st.one_of(st.none(), st.sampled_from(["", " ", "合计", "007", "1.5", 2.5, True, date(2024, 1, 2)])), unique=True, max_size=5
)
NUMBERS = st.lists(st.integers(0, 10**15 - 1), unique=True, max_size=8)


def keys(cells):
    return [cell_key(cell) for cell in cells]


@st.composite
def columns(draw):
    """A column of arrays, and the same cells as a list."""
    others, wholes, digits = draw(OTHERS), draw(NUMBERS), draw(NUMBERS)
    values = Numbered(others, np.array(wholes, np.int64), np.array(digits, np.int64))
    cells = [*others, *map(float, wholes), *map(str, digits)]
    codes = draw(st.lists(st.integers(0, len(cells) - 1), max_size=20)) if cells else []
    return Column(values, np.array(codes, np.int32)), Column(cells, np.array(codes, np.int32))


@given(columns(), st.data())
def test_a_column_of_arrays_is_one_of_a_list(pair, data):
    arrays, plain = pair
    assert keys(arrays.values) == keys(plain.values) == keys(arrays.values[:])
    assert len(arrays.values) == len(plain.values)
    assert keys(arrays.cells()) == keys(plain.cells())
    for told in (lambda cell: cell in {"7", "合计", 3.0}, blank, lambda cell: isinstance(cell, float)):
        assert arrays.where(told).tolist() == plain.where(told).tolist()
        assert arrays.where_text(told).tolist() == plain.where_text(told).tolist()
    assert arrays.blank.tolist() == plain.blank.tolist() == plain.where(blank).tolist()
    assert arrays.is_text.tolist() == plain.is_text.tolist() == plain.where(lambda cell: isinstance(cell, str)).tolist()
    assert arrays.numeric == plain.numeric == any(isinstance(cell, int | float) for cell in plain.values)
    assert arrays.counts() == plain.counts()
    assert keys(arrays.map(lambda cell: (cell, 1))) == keys(plain.map(lambda cell: (cell, 1)))
    rows = data.draw(st.lists(st.integers(0, len(plain) - 1), max_size=10)) if len(plain) else []
    taken, expected = (column.take(np.array(rows, np.int64)) for column in pair)
    assert keys(taken.cells()) == keys(expected.cells())
    assert keys(taken.values) == keys(expected.values)
    assert keys(arrays.put(arrays.blank, "新").cells()) == keys(plain.put(plain.blank, "新").cells())


@given(columns())
def test_a_test_that_no_digits_pass_is_not_asked_about_them(pair):
    asked = []
    pair[0].where_text(lambda text: asked.append(text) or False, digits=False)
    assert [text for text in asked if text.isdigit() and text[0] != "0"] == []


def test_cells_that_occur_twice_are_no_arrays(monkeypatch):
    monkeypatch.setattr(number_cells, "FEWEST", 1)
    three, none = np.array([3], np.int64), np.zeros(0, np.int64)
    assert number_cells.numbered([None, "合计", 2.5], three, three) is not None
    for others, wholes, digits in (
        ([3.0], three, none),
        ([True], three, none),
        (["3"], none, three),
        (["甲", "甲"], three, none),
    ):
        assert number_cells.numbered(others, wholes, digits) is None


def test_few_numbers_are_no_arrays():
    assert number_cells.numbered([None], np.arange(number_cells.FEWEST - 1), np.zeros(0, np.int64)) is None
    assert number_cells.numbered([None], np.arange(number_cells.FEWEST), np.zeros(0, np.int64)) is not None
