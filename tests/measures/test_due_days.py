"""Due days: the log's own first, row by row; by a limit only where a preset or a profile says one."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.logs import book, refused, report
from xfstats.errors import InputFault
from xfstats.reports.figures import Pair

ENGLISH = """Case number,Received,Due,Closed,Status
1,2024-05-01,2024-05-05,2024-05-09,Closed
2,2024-05-01,,2024-05-20,Closed
3,2024-05-02,,2024-08-20,Closed
4,2024-05-02,,,Open
"""
CHINESE = """
案件编号 登记日期 办结期限 办结日期 办理状态 是否延期
A1 2026-5-1 2026-5-5 2026-5-9 已办结 .
A2 2026-5-1 . 2026-5-20 已办结 .
A3 2026-5-1 . 2026-7-20 已办结 是
A4 2026-5-2 2026-5-31 . 办理中 .
A5 2026-5-2 . . 办理中 .
"""
BARE = "案件编号 登记日期 受理日期 办结日期 办理状态\nA1 2026-5-1 2026-5-2 2026-5-9 已办结\nA2 2026-5-2 . . 办理中\n"


def csv(folder, text, name="cases.csv"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def profile(folder, text):
    path = folder / "office.toml"
    path.write_text(text, "utf-8")
    return path


def notes(made):
    return " ".join(made.tables[0].notes)


def test_a_row_without_a_due_day_is_judged_by_none_where_no_limit_is_chosen(tmp_path):
    made = report(csv(tmp_path, ENGLISH), measure="on_time_rate,closed_in_time,closed_late")
    assert made.tables[0].total == {"closed_in_time": 0, "closed_late": 1, "on_time_rate": Pair(0, 1)}
    assert "due days come from the log's own for 1 records, acceptance 0, receipt 0, none 3" in notes(made)


def test_own_due_days_alone_say_what_is_overdue(tmp_path):
    made = report(book(tmp_path, CHINESE, "案件.xlsx"), measure="closed_late,open,overdue,no_limit")
    assert made.tables[0].total == {"closed_late": 1, "open": 2, "overdue": 1, "no_limit": 1}
    assert "期限：只按“期限”列" in notes(made)
    assert "期限来源：按期限列 2 条、按受理日期 0 条、按登记日期 0 条、无期限 3 条" in notes(made)


def test_a_preset_gives_the_other_rows_its_limit_and_says_how_many(tmp_path):
    made = report(book(tmp_path, CHINESE, "案件.xlsx"), measure="closed_late,overdue,no_limit", words={"preset": "petition"})
    assert made.tables[0].total == {"closed_late": 1, "overdue": 2, "no_limit": 0}
    assert "登记日期）起 60 日（延期再加 30 日），以自然日计" in notes(made)
    assert "期限来源：按期限列 2 条、按受理日期 0 条、按登记日期 3 条、无期限 0 条" in notes(made)


def test_an_extension_of_unknown_length_leaves_a_row_without_a_due_day(tmp_path):
    own = profile(tmp_path, "[choices]\nhandling_days = 10\n")
    made = report(book(tmp_path, CHINESE, "案件.xlsx"), measure="closed_in_time,closed_late", profile=own)
    assert made.tables[0].total == {"closed_in_time": 0, "closed_late": 2}
    assert "登记日期）起 10 日，以自然日计" in notes(made)
    assert "无期限 1 条" in notes(made)


@pytest.mark.parametrize("measure", ["overdue", "on_time_rate", "closed_late", "no_limit", "due_in_7"])
@pytest.mark.parametrize("log", [BARE, BARE.replace("受理日期", "办结期限").replace("2026-5-2 2026-5-9", ". 2026-5-9")])
def test_what_needs_due_days_is_refused_where_there_are_none(tmp_path, measure, log):
    path = book(tmp_path, log, "案件.xlsx")
    with pytest.raises(InputFault, match="--preset petition") as caught:
        report(path, measure=measure)
    assert (caught.value.code, caught.value.exit_code) == ("E344", 3)
    assert report(path, measure=measure, words={"preset": "petition"}).tables[0].measures == (measure,)


@pytest.mark.parametrize("base", ['base = "due"', 'not_due = "out"'])
def test_a_rate_over_what_is_due_needs_due_days(tmp_path, base):
    own = profile(tmp_path, f"[rates]\nclosure_rate = {{ {base} }}\n")
    assert refused(book(tmp_path, BARE, "案件.xlsx"), measure="closure_rate", profile=own).code == "E344"


def test_acceptance_in_time_needs_a_limit(tmp_path):
    path = book(tmp_path, BARE, "案件.xlsx")
    with pytest.raises(InputFault, match="--preset petition") as caught:
        report(path, measure="acceptance_rate")
    assert (caught.value.code, caught.value.exit_code) == ("E345", 3)
    own = profile(tmp_path, "[choices]\nacceptance_days = 0\n")
    assert report(path, measure="acceptance_rate", profile=own).tables[0].total == {"acceptance_rate": Pair(0, 2)}
    assert report(path, measure="accepted").tables[0].total == {"accepted": 1}


def deadlines(path, *words):
    """The exit code, what was said, and the total of `xfstats deadlines`."""
    command = [sys.executable, "-m", "xfstats", "deadlines", str(path), "--as-of", "2026-11-02", "-f", "json", *words]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    total = json.loads(done.stdout)["tables"][0]["total"]["figures"] if done.stdout else {}
    return done.returncode, done.stderr, total


def test_the_command_of_deadlines_needs_due_days(tmp_path):
    bare = book(tmp_path, BARE, "案件.xlsx")
    code, said, total = deadlines(bare)
    assert (code, total) == (3, {})
    assert "--preset petition" in said
    assert said.endswith("[E344]\n")
    assert deadlines(bare, "--preset", "petition")[2]["overdue"] == 1
    assert deadlines(bare, "--measure", "open")[2] == {"open": 1}
    own = deadlines(book(tmp_path, CHINESE, "案件.xlsx"))[2]
    assert (own["overdue"], own["no_limit"]) == (1, 1)
