"""Every measure of generated logs against DuckDB."""

from __future__ import annotations

from datetime import date

import pytest

from tests.logs import report
from tests.oracle import figures, write_log
from xfstats.figures import Pair, Statistic
from xfstats.measures import BY_KEY

MEASURES = ",".join(key for key in BY_KEY if key != "cases")
RATES = {"closure_rate": "closed", "settlement_rate": "settled", "resolution_rate": "resolved"}


def assert_equal(ours, theirs, place) -> None:
    for key, figure in ours.items():
        if key in RATES:
            assert figure == Pair(theirs[RATES[key]], theirs["base"]), (place, key)
        elif isinstance(figure, Statistic):
            expected = theirs[key]
            assert (figure.value is None) == (expected is None), (place, key)
            assert expected is None or abs(figure.value - expected) < 1e-5, (place, key)
        else:
            assert figure == theirs[key], (place, key)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("by", ["level", "unit", "unit,level"])
def test_every_measure_is_what_sql_says(tmp_path, seed, by):
    path = tmp_path / "接访.csv"
    write_log(path, seed, 10 + 60 * seed)
    table = report(path, by=by, measure=MEASURES).tables[0]
    theirs = figures(path, by.split(","))
    rows = [row for row in table.rows if not row.subtotal]
    assert len(rows) == len(theirs) - 1
    for row in rows:
        assert_equal(row.figures, theirs[tuple(row.group.values())], row.group)
    assert_equal(table.total, theirs[()], "total")


@pytest.mark.parametrize("seed", range(5))
def test_a_period_holds_both_its_days_and_no_other(tmp_path, seed):
    path = tmp_path / "接访.csv"
    write_log(path, seed, 300)
    table = report(path, by="level", measure=MEASURES, period="2025-02-03..2025-05-31").tables[0]
    theirs = figures(path, ["level"], date(2025, 2, 3), date(2025, 5, 31))
    assert_equal(table.total, theirs[()], "total")
    for row in table.rows:
        if row.figures["visits"]:
            assert_equal(row.figures, theirs[tuple(row.group.values())], row.group)
