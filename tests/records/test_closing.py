"""What closes a record: its status, its close date, or either; and close dates after the as-of day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.logs import book, report, total
from xfstats.errors import InputFault
from xfstats.reports.figures import Pair, Statistic

FIRST = date(2026, 1, 5)
AS_OF = "2026-11-30"


def findings(made):
    return {said.code: said.rows for said in made.findings}


def figures(path, **options):
    made = report(path, as_of=AS_OF, **options)
    return made.tables[0].total, findings(made)


def by(what):
    return {"tables": {"choices": {"closed_by": what}}}


def late(state, last="2027-05-09"):
    """Ten cases of three days each, of which the fifth closes on `last`."""
    lines = [f"A{n} 2026-05-{n:02} {last if n == 5 else f'2026-05-{n + 3:02}'} {state}" for n in range(1, 11)]
    return "案件编号 登记日期 办结日期 办理状态\n" + "\n".join(lines).replace(" None", "")


def test_a_close_date_after_as_of_is_in_no_days_and_the_status_wins(tmp_path):
    found, said = figures(book(tmp_path, late("已办结"), "案件.xlsx"), measure="closed,mean_days")
    assert (found["closed"], found["mean_days"], said["W255"]) == (10, Statistic(27, 9), 1)


def test_a_close_date_after_as_of_closes_nothing_by_itself(tmp_path):
    log = late("").replace(" 办理状态", "")
    found, said = figures(book(tmp_path, log, "案件.xlsx"), measure="closed,mean_days")
    assert (found["closed"], found["mean_days"], said["W255"]) == (9, Statistic(27, 9), 1)


def test_an_english_log_as_of_an_earlier_day_says_what_closed_after_it(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(
        "Case number,Received,Closed,Status\n" + "".join(f"{n},2026-03-0{n},2026-03-{n + 9},Closed\n" for n in range(1, 9)),
        "utf-8",
    )
    made = report(path, as_of="2026-03-13", measure="closed,mean_days")
    assert made.tables[0].total == {"closed": 8, "mean_days": Statistic(36, 4)}
    assert findings(made) == {"W255": 4}


def test_a_close_date_after_as_of_does_not_say_whether_it_was_in_time(tmp_path):
    path = book(tmp_path, late("已办结"), "案件.xlsx")
    found, _ = figures(path, measure="closed_in_time,closed_late,on_time_rate", words={"preset": "petition"})
    assert found == {"closed_in_time": 9, "closed_late": 0, "on_time_rate": Pair(9, 9)}


def test_a_day_to_come_beside_an_open_status_is_no_conflict(tmp_path):
    _, said = figures(book(tmp_path, late("办理中"), "案件.xlsx"), measure="closed")
    assert (said["W203"], said["W255"]) == (9, 1)


def outcomes():
    """431 records with a close date, 210 of them with a known closing word before 解释疏导; 59 without, 48 of them overdue."""
    dated = ["已解决"] * 150 + ["息诉息访"] * 60 + ["解释疏导"] * 100 + ["部分解决"] * 81 + ["正在办理"] * 40
    rows = [f"A{n} {FIRST + timedelta(n % 90)} {FIRST + timedelta(n % 90 + 20)} {word}" for n, word in enumerate(dated)]
    rows += [f"B{n} 2026-03-02 . 正在办理" for n in range(48)] + [f"C{n} 2026-11-20 . 正在办理" for n in range(11)]
    return "案件编号 登记日期 办结日期 办理结果\n" + "\n".join(rows)


@pytest.mark.parametrize(
    ("what", "closed", "overdue", "against"), [("status", 310, 169, 121), ("either", 431, 48, None), ("date", 431, 48, None)]
)
def test_outcomes_beside_close_dates_close_as_the_office_says(tmp_path, what, closed, overdue, against):
    words = {"preset": "petition", **by(what)}
    made = report(book(tmp_path, outcomes(), "信访事项.xlsx"), as_of=AS_OF, measure="closed,closure_rate,overdue", words=words)
    assert made.tables[0].total == {"closed": closed, "closure_rate": Pair(closed, 490), "overdue": overdue}
    assert findings(made).get("W203") == against
    assert made.attention == ()


def test_the_finding_of_close_dates_against_the_status_names_the_option(tmp_path):
    made = report(book(tmp_path, late("办理中"), "案件.xlsx"), as_of=AS_OF)
    assert "--closed-by either" in next(said.message for said in made.findings if said.code == "W203")
    flag = late("否").replace("办理状态", "是否办结")
    made = report(book(tmp_path, flag, "案件.xlsx"), as_of=AS_OF)
    assert "--closed-by" not in next(said.message for said in made.findings if said.code == "W203")


MIXED = """
Number Opened Closed Status
1 2026-05-01 2026-05-09 Open
2 2026-05-01 . Closed
3 2026-05-01 2026-05-09 Cancelled
4 2026-05-01 2027-05-09 Open
5 2026-05-01 2026-05-09 Closed
6 2026-05-01 . Open
"""


@pytest.mark.parametrize(
    ("what", "closed", "said"),
    [
        ("status", 2, {"W203": 1, "W255": 1}),
        ("date", 2, {"W203": 1, "W255": 1}),
        ("either", 3, {"W255": 1}),
    ],
)
def test_excluded_stays_excluded_and_a_day_to_come_closes_nothing(tmp_path, what, closed, said):
    made = report(book(tmp_path, MIXED, "cases.xlsx"), as_of=AS_OF, measure="cases,excluded,closed,open", words=by(what))
    assert made.tables[0].total == {"cases": 6, "excluded": 1, "closed": closed, "open": 5 - closed}
    assert findings(made) == said


@pytest.mark.parametrize("what", ["status", "date", "either"])
def test_a_yes_no_column_wins(tmp_path, what):
    log = "案件编号 登记日期 办结日期 是否办结\nA1 2026-5-1 2026-5-9 否\nA2 2026-5-1 . 是\nA3 2026-5-1 2026-5-9 是\n"
    assert figures(book(tmp_path, log, "案件.xlsx"), measure="closed", words=by(what))[0] == {"closed": 2}
    without = log.replace("办结日期", "备注").replace("2026-5-9", ".")
    assert figures(book(tmp_path, without, "案件.xlsx"), measure="closed", words=by(what))[0] == {"closed": 2}


def test_closing_by_date_needs_a_close_date(tmp_path):
    log = "案件编号 登记日期 办理状态\nA1 2026-5-1 已办结\nA2 2026-5-1 办理中\n"
    path = book(tmp_path, log, "案件.xlsx")
    with pytest.raises(InputFault) as caught:
        figures(path, words=by("date"))
    assert (caught.value.code, caught.value.values["field"]) == ("E305", "closed_on")
    assert figures(path, measure="closed", words=by("either"))[0] == {"closed": 1}


@pytest.mark.parametrize(
    ("what", "how"),
    [
        ("status", "结案 = 状态为已办结的"),
        ("date", "结案 = 办结日期不晚于截至日的"),
        ("either", "结案 = 状态为已办结的，或办结日期不晚于截至日的"),
    ],
)
def test_the_definition_says_what_closes(tmp_path, what, how):
    log = late("已办结").replace("A9 2026-05-09 2026-05-12 已办结", "A9 2026-05-09 . 办理中")
    made = report(book(tmp_path, log, "案件.xlsx"), as_of=AS_OF, words=by(what))
    assert made.tables[0].definitions["closed"] == how


def test_an_unreadable_close_date_says_nothing_where_dates_decide(tmp_path):
    log = late("已办结").replace("A9 2026-05-09 2026-05-12", "A9 2026-05-09 5月某日")
    assert figures(book(tmp_path, log, "案件.xlsx"), measure="closed,closure_rate", words=by("date"))[0] == {
        "closed": 8,
        "closure_rate": Pair(8, 9),
    }
    assert figures(book(tmp_path, log, "案件.xlsx"), measure="closure_rate", words=by("either"))[0]["closure_rate"] == Pair(
        10, 10
    )


def test_a_profile_says_it_too_and_the_option_stands_over_it(tmp_path):
    profile = tmp_path / "office.toml"
    profile.write_text('[choices]\nclosed_by = "date"\n', "utf-8")
    path = book(tmp_path, MIXED, "cases.xlsx")
    assert figures(path, measure="open", profile=profile)[1] == {"W203": 1, "W255": 1}
    assert figures(path, measure="open", profile=profile, words=by("either"))[1] == {"W255": 1}


@pytest.mark.parametrize(
    ("cell", "rate"), [("2024-13-45", (1, 2)), ("3/4/2024", (1, 2)), ("正在办理", (1, 3)), ("待办结", (1, 3))]
)
def test_a_close_date_that_cannot_be_read_is_in_no_rate_where_dates_tell_what_is_closed(tmp_path, cell, rate):
    made = report(
        book(
            tmp_path,
            f"来访日期 来访人数 接访级别 办结日期\n2024-1-2 2 市级 2024-1-9\n2024-1-3 2 市级 {cell}\n2024-1-4 2 市级 .\n",
        )
    )
    pair = made.tables[0].total_row.figures["closure_rate"]
    assert ((pair.numerator, pair.denominator), total(made)["visits"]) == (rate, 3)
