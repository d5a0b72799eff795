"""A log whose days of receipt no column tells says so, and by which other days it can be judged."""

from __future__ import annotations

import re

import pytest

from tests.logs import book, codes, report


@pytest.mark.parametrize("name", ["log.xlsx", "log.csv"])
@pytest.mark.parametrize(
    ("head", "line", "ways"),
    [
        (
            "工单编号 受理时间 办结时间 状态",
            "C{n} 2024-05-0{n} 2024-05-1{n} 已办结",
            "--date-by accepted_on, --date-by closed_on",
        ),
        ("工单编号 受理时间 更新时间 状态", "C{n} 2024-05-0{n} 2024-05-1{n} 已办结", "--date-by accepted_on"),
        ("Case Accepted Status", "C{n} 2024-05-0{n} Closed", "--date-by accepted_on"),
    ],
)
def test_other_days_than_those_of_receipt_are_named(tmp_path, head, line, ways, name):
    path = book(tmp_path, "\n".join([head, *(line.format(n=n) for n in range(1, 8))]), name=name)
    made = report(path)
    assert [re.findall(r"--date-by \w+", one.message) for one in made.findings if one.code == "W299"] == [ways.split(", ")]
    assert "W299" not in codes(report(path, date_by="accepted_on", period="2024-05"))


@pytest.mark.parametrize("head", ["工单编号 受理时间 登记时间 状态", "Case Accepted Received Status"])
def test_a_log_with_days_of_receipt_is_not_told(tmp_path, head):
    lines = [f"C{n} 2024-05-1{n} 2024-05-0{n} Closed" for n in range(1, 8)]
    assert "W299" not in codes(report(book(tmp_path, "\n".join([head, *lines]))))
