"""Figures of the year up to the end of a period, against DuckDB: the days of the year are written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.oracle.checks import Comparison, count, measures
from tests.oracle.logs import AS_OF, write_log
from tests.oracle.sql import Definition, Oracle

EARLY = {"first": date(2022, 12, 1), "days": 900}
YEARS = [
    # period, month_start_day, days of the period, days of the year up to its end
    ("2024-10", 1, "2024-10-01..2024-10-31", "2024-01-01..2024-10-31"),
    ("2024-01", 1, "2024-01-01..2024-01-31", "2024-01-01..2024-01-31"),
    ("2024-02", 1, "2024-02-01..2024-02-29", "2024-01-01..2024-02-29"),
    ("2024-Q3", 1, "2024-07-01..2024-09-30", "2024-01-01..2024-09-30"),
    ("2024-W30", 1, "2024-07-22..2024-07-28", "2024-01-01..2024-07-28"),
    ("2025-W01", 1, "2024-12-30..2025-01-05", "2024-12-30..2025-01-05"),
    ("2024-03", 21, "2024-02-21..2024-03-20", "2023-12-21..2024-03-20"),
    ("2024-Q2", 21, "2024-03-21..2024-06-20", "2023-12-21..2024-06-20"),
]


@pytest.fixture(scope="module")
def oracle(tmp_path_factory):
    return Oracle(tmp_path_factory.mktemp("oracle"))


@pytest.mark.parametrize(("shape", "by"), [("cases", ["level"]), ("cases", ["level", "unit"]), ("visits", ["level"])])
def test_the_year_stands_beside_the_period(tmp_path, oracle, shape, by):
    path = write_log(tmp_path, 41, shape=shape, rows=600, **EARLY)
    oracle.read(path, shape)
    found = Comparison()
    for period, start, days, year in YEARS:
        given = Definition(choices={"month_start_day": start})
        table = count(path, oracle, given, measures(shape), by=",".join(by), period=period, with_="ytd")
        first, last = days.split("..")
        groups = oracle.ask(given, AS_OF, by, f"received BETWEEN '{first}' AND '{last}'")
        whole_first, whole_last = year.split("..")
        whole = oracle.ask(given, AS_OF, by, f"received BETWEEN '{whole_first}' AND '{whole_last}'")
        for row in (*table.rows, table.total_row):
            key = tuple(row.group[field] for field in by if field in row.group)
            found.figures(row.figures, groups.get(key), groups[()], (period, key))
            found.figures(row.block.cumulative, whole.get(key), whole[()], (period, key, "year"))
    found.done()
