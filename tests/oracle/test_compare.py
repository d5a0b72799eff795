"""What `--compare` compares with, against DuckDB: the days of each window are written by hand from docs/definitions.md."""

from __future__ import annotations

from datetime import date

import pytest

from tests.oracle.checks import Comparison, count, measures
from tests.oracle.logs import AS_OF, write_log
from tests.oracle.sql import Definition, Oracle

MEASURES = [key for key in measures("cases") if key != "share"]
EARLY = {"first": date(2022, 12, 1), "days": 900}
WINDOWS = [
    # period, month_start_day, as-of, the period before, the same days a year before
    ("2025-09", 1, "2025-11-02", "2025-08-01..2025-08-31", "2024-09-01..2024-09-30"),
    ("2025-03", 1, "2025-11-02", "2025-02-01..2025-02-28", "2024-03-01..2024-03-31"),
    ("2024-03", 1, "2025-11-02", "2024-02-01..2024-02-29", "2023-03-01..2023-03-31"),
    ("2024-02", 1, "2025-11-02", "2024-01-01..2024-01-31", "2023-02-01..2023-02-28"),
    ("2025-Q3", 1, "2025-11-02", "2025-04-01..2025-06-30", "2024-07-01..2024-09-30"),
    ("2024", 1, "2025-11-02", "2023-01-01..2023-12-31", "2023-01-01..2023-12-31"),
    ("2025-02-01..2025-03-31", 1, "2025-11-02", "2024-12-01..2025-01-31", "2024-02-01..2024-03-31"),
    ("2025-03-10..2025-04-04", 1, "2025-11-02", "2025-02-12..2025-03-09", "2024-03-10..2024-04-04"),
    ("2025-01-31..2025-02-27", 1, "2025-11-02", "2025-01-03..2025-01-30", "2024-01-31..2024-02-27"),
    ("2025-02-10..2025-02-28", 1, "2025-11-02", "2025-01-22..2025-02-09", "2024-02-10..2024-02-28"),
    ("2024-02-29..2024-03-10", 1, "2025-11-02", "2024-02-18..2024-02-28", "2023-02-28..2023-03-10"),
    ("2024-02-10..2024-02-29", 1, "2025-11-02", "2024-01-21..2024-02-09", "2023-02-10..2023-02-28"),
    # as-of within the period: both are cut at the same day
    ("2025-10", 1, "2025-10-17", "2025-09-01..2025-09-17", "2024-10-01..2024-10-17"),
    ("2025-10", 1, "2025-10-01", "2025-09-01..2025-09-01", "2024-10-01..2024-10-01"),
    ("2025-03", 1, "2025-03-30", "2025-02-01..2025-02-28", "2024-03-01..2024-03-30"),
    ("2025-Q1", 1, "2025-02-28", "2024-10-01..2024-11-28", "2024-01-01..2024-02-28"),
    ("2024-Q1", 1, "2024-02-29", "2023-10-01..2023-11-29", "2023-01-01..2023-02-28"),
    ("2025", 1, "2025-11-02", "2024-01-01..2024-11-02", "2024-01-01..2024-11-02"),
    ("2025-03-10..2025-04-04", 1, "2025-03-20", "2025-02-12..2025-02-22", "2024-03-10..2024-03-20"),
    # months from the 21st to the 20th
    ("2025-03", 21, "2025-11-02", "2025-01-21..2025-02-20", "2024-02-21..2024-03-20"),
    ("2025-02-21..2025-03-20", 21, "2025-11-02", "2025-01-21..2025-02-20", "2024-02-21..2024-03-20"),
    ("2025-03-01..2025-03-31", 21, "2025-11-02", "2025-01-29..2025-02-28", "2024-03-01..2024-03-31"),
    ("2025-Q2", 21, "2025-11-02", "2024-12-21..2025-03-20", "2024-03-21..2024-06-20"),
    ("2024", 21, "2025-11-02", "2022-12-21..2023-12-20", "2022-12-21..2023-12-20"),
    ("2025-10", 21, "2025-10-05", "2025-08-21..2025-09-05", "2024-09-21..2024-10-05"),
    ("2025-10", 21, "2025-09-25", "2025-08-21..2025-08-25", "2024-09-21..2024-09-25"),
]


@pytest.fixture(scope="module")
def oracle(tmp_path_factory):
    return Oracle(tmp_path_factory.mktemp("oracle"))


def between(days, column="received"):
    first, last = days.split("..")
    return f"{column} BETWEEN '{first}' AND '{last}'"


@pytest.mark.parametrize("column", ["received", "closed_on"])
@pytest.mark.parametrize("early", [False, True])
def test_a_period_is_compared_with_the_one_before_and_the_one_a_year_before(tmp_path, oracle, early, column):
    path = write_log(tmp_path, 30, rows=500, **(EARLY if early else {}))
    oracle.read(path, "cases")
    found = Comparison()
    for period, start, day, prev, yoy in WINDOWS:
        if early != (day < "2025-06" or period.startswith("2024")) or (column == "closed_on" and start == 21):
            continue
        given = Definition(choices={"month_start_day": start})
        options = {"as_of": date.fromisoformat(day), "by": "level", "period": period, "compare": "prev,yoy"}
        dated = "received_on" if column == "received" else column
        table = count(path, oracle, given, measures("cases"), date_by=dated, **options)
        for name, days in {"prev": prev, "yoy": yoy}.items():
            groups = oracle.ask(given, options["as_of"], ["level"], between(days, column))
            found.windows(table, name, groups, ["level"], (period, start, day))
    found.done()


def step(label, back):
    """The label so many months or quarters earlier."""
    year, part = label.replace("-Q", "-").split("-")
    parts = 4 if "Q" in label else 12
    months = int(year) * parts + int(part) - 1 - back
    return f"{months // parts}-{'Q' if parts == 4 else ''}{months % parts + 1:0{1 if parts == 4 else 2}d}"


@pytest.mark.parametrize("start", [1, 21])
@pytest.mark.parametrize("by", ["month", "quarter", "level,month"])
def test_each_row_of_a_series_is_compared_with_the_one_before_it(tmp_path, oracle, by, start):
    path = write_log(tmp_path, 31, rows=400, **EARLY)
    oracle.read(path, "cases")
    given = Definition(choices={"month_start_day": start})
    table = count(path, oracle, given, MEASURES, by=by, period="2024", compare="prev,yoy")
    *outer, series = by.split(",")
    groups = oracle.ask(given, AS_OF, [*outer, series])
    found = Comparison()
    back = {"prev": 1, "yoy": 12 if series == "month" else 4}
    for row in table.rows:
        if row.subtotal:
            continue
        *labels, label = row.group.values()
        for name, change in next(iter(row.block.changes.values())).items():
            assert change is not None
            key = (*labels, step(label, back[name]))
            bases = {measure: changes[name].base for measure, changes in row.block.changes.items()}
            found.figures(bases, groups.get(key), groups[()], (by, start, row.group, name))
    assert all(changes["prev"] is None for changes in table.total_row.block.changes.values())
    year = {1: "2023-01-01..2023-12-31", 21: "2022-12-21..2023-12-20"}[start]
    whole = oracle.ask(given, AS_OF, outer, between(year))
    for row in (*(row for row in table.rows if row.subtotal), table.total_row):
        bases = {measure: changes["yoy"].base for measure, changes in row.block.changes.items()}
        found.figures(bases, whole.get(tuple(row.group.values())), whole[()], (by, start, row.group, "yoy"))
    found.done()


def test_each_week_is_compared_with_the_week_before(tmp_path, oracle):
    path = write_log(tmp_path, 32, rows=300)
    oracle.read(path, "cases")
    table = count(path, oracle, Definition(), MEASURES, by="week", period="2025-03-31..2025-06-29", compare="prev")
    groups = oracle.ask(Definition(), AS_OF, ["week"])
    found = Comparison()
    for row in table.rows:
        before = f"2025-W{int(row.group['week'][-2:]) - 1:02d}"
        bases = {measure: changes["prev"].base for measure, changes in row.block.changes.items()}
        found.figures(bases, groups.get((before,)), groups[()], row.group)
    found.done()


def test_the_month_that_is_not_over_is_compared_up_to_the_same_day(tmp_path, oracle):
    path = write_log(tmp_path, 33, rows=600)
    oracle.read(path, "cases")
    table = count(path, oracle, Definition(), MEASURES, by="month", period="2025", compare="prev,yoy")
    (row,) = (row for row in table.rows if row.group["month"] == "2025-11")
    found = Comparison()
    for name, days in {"prev": "2025-10-01..2025-10-02", "yoy": "2024-11-01..2024-11-02"}.items():
        bases = {measure: changes[name].base for measure, changes in row.block.changes.items()}
        found.figures(bases, oracle.ask(Definition(), AS_OF, [], between(days))[()], {}, name)
    found.done()
