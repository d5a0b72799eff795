"""Every measure of generated logs against DuckDB: under each preset, by several groupings, for each shape of log."""

from __future__ import annotations

import pytest

from tests.oracle.checks import EVERY, Comparison, count, measures
from tests.oracle.logs import AS_OF, SHAPES, write_log
from tests.oracle.presets import CHOICES
from tests.oracle.sql import Definition, Oracle
from xfstats.errors import XfstatsError
from xfstats.measures.definitions import BY_KEY

GROUPINGS = ["level", "unit", "unit,level", "month"]
SPANS = ["month", "quarter", "year", "week", "level,month"]


@pytest.fixture(scope="module")
def oracle(tmp_path_factory):
    return Oracle(tmp_path_factory.mktemp("oracle"))


def test_every_measure_is_counted_by_sql_too():
    hours = {"median_hours"}  # of moments, which the drawn logs have not: tests/measures/test_hours.py
    missing = sorted({*BY_KEY} - {*EVERY} - hours)
    assert missing == [], "missing in COUNTS or DAYS of tests/oracle/sql.py, or in RATES of tests/oracle/presets.py"


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shape", SHAPES)
def test_every_measure_under_every_preset_is_what_sql_says(tmp_path, oracle, shape, seed):
    path = write_log(tmp_path, seed, shape)
    oracle.read(path, shape)
    found = Comparison()
    for preset in CHOICES:
        for by in GROUPINGS if seed == 0 else ["unit,level"]:
            table = count(path, oracle, Definition(preset), measures(shape), by=by)
            found.table(table, oracle.ask(Definition(preset), AS_OF, by.split(",")), by.split(","), (shape, seed, preset, by))
    found.done()


@pytest.mark.parametrize("shape", ["cases", "visits"])
def test_a_crossed_field_is_cut_as_sql_cuts_it(tmp_path, oracle, shape):
    path = write_log(tmp_path, 7, shape)
    oracle.read(path, shape)
    found = Comparison()
    for preset in CHOICES:
        table = count(path, oracle, Definition(preset), measures(shape), by="level", cross="channel")
        groups = oracle.ask(Definition(preset), AS_OF, ["level", "channel"], rolled="CUBE")
        for row in (*table.rows, table.total_row):
            level = row.group.get("level", "*")
            found.figures(row.figures, groups[level, "*"], groups["*", "*"], (shape, preset, level))
            assert set(row.cells) == {"来信", "来访", "网上", None}
            for channel, block in row.cells.items():
                found.figures(block.figures, groups.get((level, channel)), groups["*", "*"], (shape, preset, level, channel))
    found.done()


@pytest.mark.parametrize("start", [1, 21])
def test_months_quarters_years_and_weeks_hold_their_days(tmp_path, oracle, start):
    path = write_log(tmp_path, 8)
    oracle.read(path, "cases")
    given = Definition(choices={"month_start_day": start})
    found = Comparison()
    for by in SPANS:
        table = count(path, oracle, given, measures("cases"), by=by)
        found.table(table, oracle.ask(given, AS_OF, by.split(",")), by.split(","), (start, by))
        table = count(path, oracle, given, measures("cases"), by=by, period="2025-01-05..2025-07-25", date_by="closed_on")
        groups = oracle.ask(given, AS_OF, by.split(","), "closed_on BETWEEN '2025-01-05' AND '2025-07-25'", dated="closed_on")
        found.table(table, groups, by.split(","), (start, by, "closed_on"))
    found.done()


@pytest.mark.parametrize("kind", ["letters", "backlog"])
def test_letters_and_backlogs_are_counted_as_cases_are(tmp_path, oracle, kind):
    path = write_log(tmp_path, 3)
    oracle.read(path, "cases")
    found = Comparison()
    table = count(path, oracle, Definition(), measures("cases"), by="unit", log=kind)
    found.table(table, oracle.ask(Definition(), AS_OF, ["unit"]), ["unit"], kind)
    found.done()


@pytest.mark.parametrize("column", ["received", "closed_on"])
@pytest.mark.parametrize("seed", range(2))
def test_a_period_holds_both_its_days_and_no_other(tmp_path, oracle, seed, column):
    path = write_log(tmp_path, seed)
    oracle.read(path, "cases")
    found = Comparison()
    options = {"by": "level", "period": "2025-02-03..2025-05-31", "date_by": {"received": "received_on"}.get(column, column)}
    for preset in CHOICES:
        table = count(path, oracle, Definition(preset), measures("cases"), **options)
        groups = oracle.ask(Definition(preset), AS_OF, ["level"], f"{column} BETWEEN '2025-02-03' AND '2025-05-31'")
        found.table(table, groups, ["level"], (seed, column, preset))
    found.done()


def test_a_year_that_the_holidays_do_not_name_is_refused(tmp_path, oracle):
    path = write_log(tmp_path, 0)
    short = tmp_path / "short"
    short.mkdir()
    other = Oracle(short)
    lines = [line for line in other.holidays.read_text().splitlines() if not line.startswith("2025")]
    other.holidays.write_text("\n".join(lines))
    with pytest.raises(XfstatsError):
        count(path, other, Definition("uk"), ["on_time_rate"], by="unit")
