"""What is asked about a whole run: rosters and files without rows."""

from __future__ import annotations

from tests.logs import FOUR_VISITS, book, report


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
