"""Headers with the number of their column before the name."""

from __future__ import annotations

import pytest

from tests.logs import refused, report, text_file, total

ENGLISH = ("Reference", "Date received", "Status", "Department")
CHINESE = ("编号", "登记日期", "办理状态", "责任单位")


def rows(names, values=("Closed", "Open")):
    return "\t".join(names) + f"\nA1\t2024-05-06\t{values[0]}\tParks\nA2\t2024-05-07\t{values[1]}\tRoads\n"


@pytest.mark.parametrize("number", ["{}. ", "{}.", "{}) ", "({}) ", "{}: ", "{}、", "[{}] ", "1.{} ", "{}．"])
@pytest.mark.parametrize(("names", "values"), [(ENGLISH, ("Closed", "Open")), (CHINESE, ("已办结", "办理中"))])
def test_the_number_before_a_name_is_no_part_of_it(tmp_path, number, names, values):
    if number == "1.{} ":
        number = "1.{}. "
    text = rows([number.format(place) + name for place, name in enumerate(names, 1)], values)
    figures = total(report(text_file(tmp_path, text), by="unit"))
    assert (figures["cases"], figures["closed"]) == (2, 1)


@pytest.mark.parametrize("letters", ["ABCD", "abcd"])
def test_a_letter_before_a_name_is_no_part_of_it(tmp_path, letters):
    text = rows([f"{letter}. {name}" for letter, name in zip(letters, ENGLISH, strict=True)])
    assert total(report(text_file(tmp_path, text), by="unit"))["cases"] == 2


def test_a_day_or_a_number_alone_is_no_header(tmp_path):
    assert refused(text_file(tmp_path, "1. \t2. \t3. \t4. \n" + rows(("x", "y", "z", "w")))).code == "E309"
