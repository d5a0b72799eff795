"""Columns of ratings and timeliness under headers that no list holds: the values decide."""

from __future__ import annotations

import pytest

from tests.logs import report, text_file
from tests.schema.test_person_names import WORDS
from xfstats.config import normalize
from xfstats.errors import InputFault
from xfstats.reports.figures import Pair
from xfstats.schema.answer_columns import answered_field


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("SLA status", ["Met", "Breached", "Met", None], "on_time_flag"),
        ("Resolution SLA status", ["Within SLA", "SLA breached"], "on_time_flag"),
        ("Target outcome", ["Achieved", "Missed"], "on_time_flag"),
        ("时限状态", ["按期", "超期", "按期"], "on_time_flag"),
        ("SLA status", ["Met", "Paused", "Running", "Stopped"], None),
        ("SLA name", ["Gold", "Silver"], None),
        ("SLA hours", [24, 72], None),
        ("Appointment", ["Met", "Missed"], None),
        ("Rating", ["Satisfied", "Dissatisfied", "Very satisfied"], "satisfaction"),
        ("Feedback rating", [5, 4, 1, None], "satisfaction"),
        ("CSAT rating (out of 5)", ["5 stars", "4 stars"], "satisfaction"),
        ("Survey score", ["80%", "100%"], "satisfaction"),
        ("群众反馈评价", ["满意", "不满意"], "satisfaction"),
        ("Rating", ["High", "Low"], None),
        ("Risk rating", [5, 4, 1], None),
        ("Priority rating", ["High", "Low"], None),
        ("Credit score", [710, 650], None),
        ("Score", [710, 650], None),
        ("Rating", [None, " "], None),
        ("Completed? (Y/N)", ["Y", "N", None], "closed_flag"),
        ("Concluded?", ["yes", "no"], "closed_flag"),
        ("Finalised", ["Yes", None], "closed_flag"),
        ("是否完成", ["是", "否"], "closed_flag"),
        ("已了结否", ["√", None], "closed_flag"),
        ("Was resolved?", [True, False], "resolved_flag"),
        ("Completed?", ["Y", "partly"], None),
        ("Upheld?", ["Y", "N"], None),  # a matter that is not upheld may have ended
        ("Refused", ["yes", "no"], None),
        ("是否回复", ["是", "否"], None),
    ],
)
def test_values_confirm_or_bar_what_a_header_hints_at(header, values, field):
    assert answered_field(normalize.header(header), values, WORDS) == field


ROWS = [("Met", "Closed", 5), ("Breached", "Closed", 2), ("Met", "Open", 4), ("Met", "Closed", 1)]


def log(tmp_path, sla="SLA status", rating="Rating"):
    lines = [f"Case ID|Created|Status|Closed|{sla}|{rating}"]
    for number, (kept, state, mark) in enumerate(ROWS, 1):
        closed = f"2026-05-1{number}" if state == "Closed" else ""
        lines.append(f"C{number}|2026-05-0{number}|{state}|{closed}|{kept}|{mark}")
    return text_file(tmp_path, "\n".join(lines) + "\n")


@pytest.mark.parametrize("header", ["SLA status", "SLA Status (resolution)", "Target status"])
def test_a_state_of_the_limit_tells_what_is_in_time_and_closes_nothing(tmp_path, header):
    figures = report(log(tmp_path, header), measure="cases,closed,closed_in_time,closed_late,on_time_rate").tables[0].total
    assert figures == {"cases": 4, "closed": 3, "closed_in_time": 2, "closed_late": 1, "on_time_rate": Pair(2, 3)}


@pytest.mark.parametrize("header", ["Rating", "Feedback rating", "Customer satisfaction rating"])
def test_scores_are_a_rating_that_waits_for_its_cut(tmp_path, header):
    path = log(tmp_path, rating=header)
    with pytest.raises(InputFault) as refused:
        report(path, measure="satisfaction_rate")
    assert refused.value.code == "E340"
    marks = {"5": "satisfied", "4": "satisfied", "2": "unsatisfied", "1": "unsatisfied"}
    placed = report(path, measure="cases,satisfaction_rate", words={"ratings": marks}).tables[0].total
    assert placed["satisfaction_rate"] == Pair(2, 4)
