"""Head counts: whole numbers in the forms that clerks write; nothing becomes 0."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xfstats.readers.column import Column
from xfstats.schema.numbers import amount, amounts


@pytest.mark.parametrize("cell", [12, 12.0, "12", "12.0", "12人", "12人次", "１２", "十二", " 12 名", "+12"])
def test_these_are_twelve(cell):
    assert amount(cell) == 12


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("两人", 2),
        ("共1人", 1),
        ("二十", 20),
        ("二十三名", 23),
        ("一百零五", 105),
        ("1,200人", 1200),
        ("两千三百", 2300),
        ("十", 10),
    ],
)
def test_chinese_numerals(cell, number):
    assert amount(cell) == number


@pytest.mark.parametrize(
    "cell", ["若干", "3-5", "10余人", "约12", "二三", "十十", "百", "1,20", True, float("nan"), float("inf")]
)
def test_these_are_no_numbers(cell):
    assert amount(cell) == "number-text"


@pytest.mark.parametrize("cell", [0, -1, "-3", 2.5, "2.5", 10_000, 1e300])
def test_these_are_out_of_range(cell):
    assert amount(cell) == "number-range"


@pytest.mark.parametrize("cell", [None, "", "　", "-", "无", "/"])
def test_a_blank_is_not_zero(cell):
    assert amount(cell) is None


@given(st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.none()))
def test_reading_a_number_never_raises(cell):
    read = amount(cell)
    assert read in {None, "number-text", "number-range"} or (isinstance(read, int) and 0 < read < 10_000)


@given(st.lists(st.one_of(st.integers(0, 3), st.booleans(), st.sampled_from(["1", "十", ""]))))
def test_a_column_reads_as_its_cells(cells):
    assert amounts(Column.fold(cells)).cells() == [amount(cell) for cell in cells]
