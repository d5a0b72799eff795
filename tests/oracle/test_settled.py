"""Where the program and the printed definitions once said different things; each case quotes the sentence that settled it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.oracle.checks import Comparison, count
from tests.oracle.logs import AS_OF, write_log
from tests.oracle.sql import Definition, Oracle
from xfstats.errors import XfstatsError


@pytest.fixture(scope="module")
def oracle(tmp_path_factory):
    return Oracle(tmp_path_factory.mktemp("oracle"))


@pytest.mark.parametrize(
    ("period", "as_of", "name", "days"),
    [
        # "`yoy` the same whole months a year earlier"
        ("2025-02", "2025-11-02", "yoy", "'2024-02-01' AND '2024-02-29'"),
        # "Where as-of lies in the period before its last day"
        ("2025-03", "2025-03-31", "prev", "'2025-02-01' AND '2025-02-28'"),
        ("2025-09", "2025-09-30", "prev", "'2025-08-01' AND '2025-08-31'"),
        ("2025-09", "2025-09-29", "prev", "'2025-08-01' AND '2025-08-29'"),
    ],
)
def test_a_window_holds_the_days_that_its_definition_says(tmp_path, oracle, period, as_of, name, days):
    path = write_log(tmp_path, 40, rows=700, first=date(2024, 1, 1), days=640)
    oracle.read(path, "cases")
    day = date.fromisoformat(as_of)
    found = Comparison()
    table = count(
        path, oracle, Definition(), ["cases", "closed", "closure_rate"], period=period, compare=name, as_of=day, by="level"
    )
    found.windows(table, name, oracle.ask(Definition(), day, ["level"], f"received BETWEEN {days}"), ["level"])
    found.done()


def test_the_period_itself_is_cut_where_what_it_is_compared_with_is(tmp_path, oracle):
    """ "the period itself and what it is compared with end on the same day", also where the log goes on after as-of."""
    path = write_log(tmp_path, 41, rows=600)
    oracle.read(path, "cases")
    day = date(2025, 10, 17)
    table = count(path, oracle, Definition(), ["cases"], period="2025-10", compare="prev", as_of=day, by="level")
    found = Comparison()
    groups = oracle.ask(Definition(), day, ["level"], "received BETWEEN '2025-10-01' AND '2025-10-17'")
    found.table(table, groups, ["level"])
    found.done()


def test_a_week_is_compared_with_the_same_days_one_week_earlier(tmp_path, oracle):
    """ "each row is compared with the same days one … week earlier": W15 with all of W14, though the period begins within it."""
    path = write_log(tmp_path, 1, rows=900)
    oracle.read(path, "cases")
    table = count(path, oracle, Definition(), ["cases"], by="week", period="2025-Q2", compare="prev")
    found = Comparison()
    groups = oracle.ask(Definition(), AS_OF, ["week"])
    (row,) = (row for row in table.rows if row.group["week"] == "2025-W15")
    found.figures({"cases": row.block.changes["cases"]["prev"].base}, groups["2025-W14",], {}, "2025-W15")
    found.done()


@pytest.mark.parametrize("due", ["2026-12-31", "2027-01-01"])
def test_a_due_day_of_its_own_is_the_due_day_however_far(tmp_path, oracle, due):
    """ "due day: the log's own due date; else …": a promise for the year after next is not overdue."""
    path = write_log(tmp_path, 0, rows=1)
    header = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{header}\n1,2025-02-03,2025-02-04,{due},,甲局,市级,来信,办理中,,,,\n", encoding="utf-8")
    oracle.read(path, "cases")
    found = Comparison()
    table = count(path, oracle, Definition(), ["overdue", "not_due", "due_later", "on_time_rate"], by="unit")
    found.table(table, oracle.ask(Definition(), AS_OF, ["unit"]), ["unit"], due)
    found.done()


@pytest.mark.parametrize("key", ["resolved", "resolution_rate", "settled", "excluded"])
def test_a_log_of_dates_alone_has_no_measure_that_needs_a_status(tmp_path, oracle, key):
    """measures.md, columns it needs: "a status or a yes/no column"; a rate of 0.00 % for want of a column is no figure."""
    path = write_log(tmp_path, 0, "dates")
    with pytest.raises(XfstatsError):
        count(path, oracle, Definition(), [key], by="level")
