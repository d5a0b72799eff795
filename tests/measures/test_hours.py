"""Hours from receipt to close: of records whose days have times, in every format; none elsewhere, and never 0 for want of one."""

from __future__ import annotations

import json
from datetime import datetime

import duckdb
import pytest

from tests.logs import refused, report, text_file, total
from tests.program import run_text
from tests.writers import Sheet, write
from xfstats.reports.figures import Statistic

ROWS = [
    # received, closed, state
    ("2024-05-01 09:00", "2024-05-01 10:30", "Closed"),  # 1.5 hours
    ("2024-05-01 22:00", "2024-05-02 01:00", "Closed"),  # 3 hours
    ("2024-05-03 08:00", "2024-05-05 08:20", "Closed"),  # 48 1/3 hours
    ("2024-05-03", "2024-05-04 09:00", "Closed"),  # no time of receipt
    ("2024-05-03 09:00", "2024-05-04", "Closed"),  # no time of close
    ("2024-05-03 09:00", "", "Open"),
    ("2024-05-06 09:00", "2024-05-06 08:00", "Closed"),  # backwards
]


def read_as(**how):
    return {"words": {"tables": {"read": how}}}


def csv(rows, header="Ticket,Opened at,Closed at,Status"):
    return header + "\n" + "".join(f"T-{n},{','.join(row)}\n" for n, row in enumerate(rows, 1))


def hours(made):
    return total(made)["median_hours"]


def test_hours_are_of_records_with_both_times_to_the_minute(tmp_path):
    made = report(text_file(tmp_path, csv(ROWS), "tickets.csv"), measure="cases,closed,median_hours,median_days")
    assert total(made) == {"cases": 7, "closed": 6, "median_hours": Statistic(360, 120), "median_days": Statistic(2, 2)}
    assert hours(made).value == 3
    assert [(one.code, one.rows, one.at) for one in made.findings] == [("W280", 1, ("C8",))]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_hours_are_the_same_in_workbooks(tmp_path, kind):
    def cell(text):
        day = datetime.fromisoformat(text) if text else None
        return day if day is None or day.hour else day.date()

    cells = [["Ticket", "Opened at", "Closed at", "Status"]]
    cells += [[f"T-{n}", cell(one), cell(other), state] for n, (one, other, state) in enumerate(ROWS, 1)]
    path = tmp_path / f"tickets.{kind}"
    write(path, [Sheet("Sheet1", cells)], kind)
    assert hours(report(path, measure="median_hours")).value == 3


@pytest.mark.parametrize(
    ("start", "end", "value"),
    [
        ("2024年5月1日 上午9时", "2024年5月1日 下午3时", 6),
        ("2024年5月1日 9时30分", "2024年5月1日下午1时", 3.5),
        ("05/13/2024 09:10:31 PM", "05/14/2024 12:10:31 AM", 3),
        ("05/13/2024 12:30 PM", "05/13/2024 01:00 PM", 0.5),
        ("2024-05-01T09:00:00.000Z", "2024-05-01T11:45:00.000Z", 2.75),
        ("20240501 0930", "20240501 1000", 0.5),
        ("2024-05-01 09:00:50", "2024-05-01 10:00:40", 59 / 60),
    ],
)
def test_times_are_read_in_the_forms_of_days(tmp_path, start, end, value):
    log = text_file(tmp_path, csv([(start, end, "Closed")] * 3), "tickets.csv")
    assert hours(report(log, measure="median_hours", **read_as(date_order="mdy"))).value == pytest.approx(value)


def test_a_midnight_is_no_time_of_day(tmp_path):
    rows = [("2024-05-01 00:00", "2024-05-01 10:30", "Closed"), ("2024-05-01 09:00", "2024-05-01 10:00", "Closed")]
    assert hours(report(text_file(tmp_path, csv(rows), "tickets.csv"), measure="median_hours")).value == 1


def test_a_log_without_times_is_refused_and_told_of_days(tmp_path):
    rows = [("2024-05-01", "2024-05-02 00:00:00", "Closed")] * 3
    error = refused(text_file(tmp_path, csv(rows), "tickets.csv"), measure="median_hours")
    assert error.code == "E358"
    assert "median_days" in error.sentence("en")


def test_a_sheet_without_times_is_in_no_median_and_that_is_said(tmp_path):
    timed = text_file(tmp_path, csv(ROWS[:3]), "tickets 1.csv")
    dated = text_file(tmp_path, csv([("2024-06-01", "2024-06-02", "Closed")] * 3).replace("T-", "U-"), "tickets 2.csv")
    made = report(timed, dated, measure="cases,median_hours")
    assert (total(made)["cases"], hours(made).value) == (6, 3)
    assert [(one.code, one.rows) for one in made.findings if one.code == "W246"] == [("W246", 3)]


def test_zones_of_both_moments_are_counted_in(tmp_path):
    rows = [("2024-05-01T09:00:00+08:00", "2024-05-01T03:00:00+00:00", "Closed")] * 3
    log = text_file(tmp_path, csv(rows), "tickets.csv")
    assert hours(report(log, measure="median_hours", **read_as(timezone="UTC"))).value == 2


def test_of_events_of_one_case_the_first_receipt_counts(tmp_path):
    rows = [("2024-05-01 09:00", "", "Open"), ("2024-05-01 11:00", "2024-05-01 12:00", "Closed")]
    text = csv(rows).replace("T-2", "T-1")
    log = text_file(tmp_path, text + "T-3,2024-05-02 09:00,2024-05-02 10:00,Closed\n", "tickets.csv")
    made = report(log, measure="cases,median_hours", **read_as(per="case_no"))
    assert (total(made)["cases"], hours(made).value) == (2, 2)


def test_hours_in_print_json_changes_and_explanations(tmp_path):
    log = text_file(tmp_path, csv(ROWS[:3]).replace("2024-05-05 08:20", "2024-05-03 08:20"), "tickets.csv")
    words = [log, "--period", "2024-05", "--as-of", "2026-11-02", "--lang", "en"]
    plain = json.loads(run_text("summarize", *words, "-m", "median_hours", "-f", "json", "--compare", "prev").stdout)["tables"][0]
    assert [(one["key"], one["kind"]) for one in plain["measures"]] == [("median_hours", "hours")]
    assert plain["total"]["figures"] == {"median_hours": 1.5}
    said = run_text("explain", "median_hours", *words).stdout
    assert said.startswith("Median hours[Total] = 1.5 (180 minutes / 120)\n")
    assert "tickets.csv 2-4" in said
    assert run_text("summarize", *words, "-m", "小时数中位数", "--public", code=2).stderr.endswith("[E247]\n")


def test_sql_counts_the_same_hours_by_group(tmp_path):
    """The oracle: whole minutes between both moments, closed records that have a time of day of both."""
    import random

    draw = random.Random(7)
    rows = []
    for number in range(400):
        day, hour = draw.randrange(1, 28), draw.randrange(24)
        one = f"2024-05-{day:02} {hour:02}:{draw.randrange(60):02}:{draw.randrange(60):02}"
        other = f"2024-06-{draw.randrange(1, 28):02} {draw.randrange(24):02}:{draw.randrange(60):02}:{draw.randrange(60):02}"
        one, other = (text[:10] if draw.random() < 0.1 else text for text in (one, other))
        state = draw.choice(["Closed", "Open", "Withdrawn"])
        rows.append((f"T-{number}", draw.choice("ABC"), one, other if draw.random() < 0.9 else "", state))
    log = "Ticket,Team,Opened at,Closed at,Status\n" + "".join(",".join(row) + "\n" for row in rows)
    path = text_file(tmp_path, log, "tickets.csv")
    sql = f"""
        WITH raw AS (SELECT * FROM read_csv('{path}', header = true, all_varchar = true)),
        took AS (SELECT Team, CASE WHEN Status = 'Closed' AND length("Opened at") > 10 AND length("Closed at") > 10
                 AND "Opened at" NOT LIKE '%00:00:00' AND "Closed at" NOT LIKE '%00:00:00'
                 THEN floor((epoch("Closed at"::TIMESTAMP) - epoch("Opened at"::TIMESTAMP)) / 60) END AS minutes FROM raw)
        SELECT Team, median(minutes) / 60 FROM took GROUP BY ROLLUP(Team)
    """
    right = dict(duckdb.sql(sql).fetchall())
    made = report(path, measure="median_hours", by="unit", maps=["unit=Team"]).tables[0]
    ours = {row.group["unit"]: row.figures["median_hours"].value for row in made.rows} | {None: made.total["median_hours"].value}
    assert ours.keys() == right.keys()
    assert ours == {key: pytest.approx(value, abs=1e-6) for key, value in right.items()}
