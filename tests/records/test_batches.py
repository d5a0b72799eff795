"""Batches: what weighs the counts, what only numbers the rows."""

from __future__ import annotations

import pytest

from tests.logs import book, codes, refused, report, total


@pytest.mark.parametrize("numbers", [(101, 102, 103, 104, 105), (9, 8, 7, 5, 4), (1, 2, 3, 1, 2), (1, 2, 4, 5, 7)])
def test_batches_that_only_number_the_rows_weigh_nothing(tmp_path, numbers):
    days = (1, 1, 1, 2, 2)
    rows = "".join(f"{number} 2024-5-{day} 9\n" for number, day in zip(numbers, days, strict=True))
    made = report(book(tmp_path, f"批次 来访日期 来访人数\n{rows}"))
    assert (total(made)["visits"], codes(made)) == (5, ["W225"])


def test_a_batch_of_several_rows_is_refused_and_the_way_out_works(tmp_path):
    rows = "".join(f"{number} 2024-5-{number} 市级 1\n" for number in (1, 1, 2, 2, 3, 4, 4, 5))
    path = book(tmp_path, f"批次 来访日期 级别 人次\n{rows}")
    assert refused(path).code == "E333"
    assert total(report(path, maps=["serial=批次"]))["visits"] == 8


def test_more_batches_than_heads_are_asked_about(tmp_path):
    log = "来访日期 批次 来访人数\n2024-5-1 3 2\n2024-5-2 1 5\n2024-5-3 1 1\n"
    assert codes(report(book(tmp_path, log))) == ["W235"]


@pytest.mark.parametrize(("several", "single", "said"), [("1", ".", ["W243"]), ("√", "1", [])])
def test_a_one_beside_several_batches_is_read_as_yes_and_said(tmp_path, several, single, said):
    log = f"接访日期 批次 人次 当场解决\n2024-5-1 2 3 {several}\n2024-5-2 1 2 {single}\n"
    made = report(book(tmp_path, log))
    assert (total(made)["resolved"], codes(made)) == (2 + (single == "1"), said)


def test_batches_that_number_the_rows_are_no_weight(tmp_path):
    rows = "".join(f"{number} 2024-5-{number} 2\n" for number in range(1, 9))
    made = report(book(tmp_path, f"批次 来访日期 来访人数\n{rows}"))
    assert total(made)["visits"] == 8
    assert codes(made) == ["W225"]
