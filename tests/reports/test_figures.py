"""Rounding and statistics of days: exact, half up, from whole numbers."""

from fractions import Fraction
from statistics import median as reference_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xfstats.reports.figures import (
    Change,
    Pair,
    Statistic,
    as_number,
    format_change,
    format_figure,
    format_percent,
    format_with_pair,
    mean,
    median,
    p90,
    round_half_up,
)

COUNTS = st.integers(0, 10**6)


def test_a_half_is_rounded_up_where_a_float_would_be_wrong():
    assert format_percent(23, 160) == "14.38%"
    assert format_percent(141, 160) == "88.13%"
    assert format_percent(13, 13) == "100.00%"


def test_a_rate_over_nothing_is_a_dash():
    assert format_percent(0, 0) == "—"
    assert Pair(0, 0).value is None
    assert format_figure(Statistic(0, 0)) == "—"


def test_decimals_are_a_choice():
    assert [format_percent(2, 3, places) for places in (0, 1, 3)] == ["67%", "66.7%", "66.667%"]


def test_a_change_has_its_unit_its_sign_and_the_decimals_that_are_asked_for():
    change = Change(4, 3)
    assert [format_change(change, "zh", places) for places in (0, 1, 3)] == ["+33%", "+33.3%", "+33.333%"]
    rate = Change(Pair(1, 3), Pair(1, 2))
    assert [format_change(rate, "zh", places) for places in (0, 3)] == ["-17 百分点", "-16.667 百分点"]
    days = Change(Statistic(20, 3), Statistic(5, 1))
    assert [format_change(days, lang, places) for lang, places in (("zh", 0), ("zh", 3), ("en", 1))] == [
        "+2 天",
        "+1.667 天",
        "+1.7 days",
    ]
    assert format_change(Change(0, 0), "zh", 2) == format_change(Change(Pair(0, 0), Pair(1, 1)), "zh", 2) == "—"


def test_a_rate_is_printed_with_its_pair_and_days_without_needless_decimals():
    assert [format_with_pair(Pair(1, 3)), format_with_pair(Pair(1, 3), 0), format_with_pair(3000)] == [
        "33.33% (1/3)",
        "33% (1/3)",
        "3,000",
    ]
    days = [Statistic(20, 1), Statistic(41, 2), Statistic(401, 20), Statistic(1, 1000), Statistic(100, 1)]
    assert [format_figure(one) for one in days] == ["20", "20.5", "20.05", "0", "100"]


@given(COUNTS, st.integers(1, 10**6), st.integers(0, 6))
def test_rounding_is_within_half_a_unit(numerator, denominator, places):
    rounded = Fraction(round_half_up(numerator, denominator, places))
    exact = Fraction(numerator, denominator)
    assert 2 * abs(rounded - exact) * 10**places <= 1
    assert rounded >= exact or 2 * (exact - rounded) * 10**places < 1


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40))
def test_the_median_of_a_histogram_is_that_of_its_days(days):
    histogram = {day: days.count(day) for day in days}
    found = median(histogram)
    assert Fraction(found.numerator, found.denominator) == Fraction(reference_median(days))
    average = mean(histogram)
    assert Fraction(average.numerator, average.denominator) == Fraction(sum(days), len(days))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40))
def test_p90_is_excels_percentile_inc(days):
    ordered = sorted(days)
    place = Fraction(9, 10) * (len(ordered) - 1)
    low = ordered[int(place)]
    high = ordered[min(int(place) + 1, len(ordered) - 1)]
    found = p90({day: days.count(day) for day in days})
    assert Fraction(found.numerator, found.denominator) == low + (place - int(place)) * (high - low)


def test_figures_of_two_kinds_have_no_change():
    with pytest.raises(TypeError):
        _ = Change(3, Pair(1, 2)).exact


def test_what_no_sheet_can_tell_is_a_dash_and_has_no_change():
    assert format_figure(None) == "—"
    assert Change(None, 3).exact is None
    assert Change(3, None).exact is None


def test_a_change_needs_two_figures_of_one_kind():
    assert Change(Pair(3, 4), Pair(1, 2)).exact == (2, 8)
    assert Change(Statistic(5, 2), Statistic(2, 1)).exact == (1, 2)
    assert Change(Pair(3, 4), Pair(0, 0)).exact is None
    with pytest.raises(TypeError):
        _ = Change(3, Pair(1, 2)).exact


@pytest.mark.parametrize(("figure", "number"), [(Pair(1, 4), 0.25), (Pair(0, 0), 0.0), (3, 3.0), (None, 0.0)])
def test_a_bar_is_as_long_as_its_figure(figure, number):
    assert as_number(figure) == number
