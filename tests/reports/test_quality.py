"""What is asked about a whole run: rosters and files without rows."""

from __future__ import annotations

import pytest

from tests.logs import FOUR_VISITS, book, codes, report, text_file, total


def test_a_roster_knows_names_that_hold_each_other_and_files_without_rows(tmp_path):
    profile = tmp_path / "p.toml"
    profile.write_text('schema = 1\nexpect = ["青山县", "大青山县", "绿水县"]\n', "utf-8")
    came = book(tmp_path, FOUR_VISITS, name="大青山县.xlsx")
    empty = book(tmp_path, FOUR_VISITS.splitlines()[0], name="绿水县.xlsx")
    made = report(came, empty, profile=profile)
    assert {said.code: said.finding.values for said in made.findings} == {
        "W240": {"file": "绿水县.xlsx"},
        "W219": {"expected": 3, "reported": 1, "missing": ("青山县", "绿水县")},
    }


@pytest.mark.parametrize(("period", "said"), [("2025-10", ["W291"]), ("2026-10", [])])
def test_a_period_without_any_row_is_said(tmp_path, period, said):
    log = text_file(tmp_path, "来访日期,级别,来访人数,办理状态\n2026-10-01,县级,3,已办结\n2026-10-02,乡级,2,办理中\n")
    made = report(log, period=period)
    assert [(one.code, one.rows) for one in made.findings] == [(code, 2) for code in said]
    assert total(made)["visits"] == (0 if said else 2)


def test_a_log_without_a_row_in_the_period_beside_one_with_rows_is_no_finding(tmp_path):
    header = "来访日期,级别,来访人数,办理状态\n"
    one = text_file(tmp_path, header + "2026-10-01,县级,3,已办结\n", "甲县.csv")
    other = text_file(tmp_path, header + "2026-09-02,乡级,2,办理中\n", "乙县.csv")
    assert codes(report(one, other, period="2026-10")) == []
