"""Every measure says what was divided by what: small logs in, one literal out."""

from __future__ import annotations

import pytest

from tests.logs import LIMITS, book, report, total_of
from xfstats.errors import InputFault, UsageFault
from xfstats.reports.figures import Pair

CASES = """
案件编号 登记日期 受理日期 办结期限 办结日期 办理状态 是否延期
A1 2026-1-5 2026-1-10 . 2026-2-1 已办结 .
A2 2026-1-5 2026-1-10 . 2026-3-20 已办结 .
A3 2026-1-5 2026-1-10 . 2026-3-20 已办结 是
A4 2026-8-1 2026-8-30 . . 办理中 .
A5 2026-10-1 2026-10-5 . . 办理中 .
A6 2026-10-25 . . . 办理中 .
A7 2026-10-1 2026-10-2 2026-10-20 . 办理中 .
A8 2026-1-5 2026-1-6 . . 不予受理 .
A9 2026-1-5 2026-1-6 . . 已办结 .
"""


def test_closed_late_open_overdue_and_open_not_due_are_kept_apart(tmp_path):
    found = total_of(tmp_path, CASES, measure="closed,closed_in_time,closed_late,open,overdue,not_due,no_limit")
    assert found == {"closed": 4, "closed_in_time": 2, "closed_late": 1, "open": 4, "overdue": 2, "not_due": 2, "no_limit": 0}


def test_an_extension_moves_the_due_day_by_thirty_days(tmp_path):
    log = CASES.replace("2026-3-20 已办结 是", "2026-4-11 已办结 是")
    assert total_of(tmp_path, log, measure="closed_late")["closed_late"] == 2  # the 10th of April was the last day in time


@pytest.mark.parametrize(
    ("rate", "pair"),
    [
        ('base = "received", not_due = "out"', (2, 5)),
        ('base = "received", not_due = "in"', (2, 7)),
        ('base = "received", not_due = "in", excluded = "in"', (2, 8)),
        ('base = "closed", not_due = "in"', (2, 3)),
        ('base = "due", not_due = "in"', (2, 5)),
        ('base = "accepted", not_due = "in"', (2, 6)),
    ],
)
def test_on_time_is_measured_over_the_base_that_the_office_chose(tmp_path, rate, pair):
    found = total_of(tmp_path, CASES, profile=f"[rates]\non_time_rate = {{ {rate} }}\n", measure="on_time_rate")
    assert found["on_time_rate"] == Pair(*pair)


def test_the_petition_bureaus_rate_keeps_what_is_not_yet_due_in_its_base(tmp_path):
    assert total_of(tmp_path, CASES, profile='preset = "petition"', measure="on_time_rate")["on_time_rate"] == Pair(2, 7)


def test_closed_without_a_close_date_has_no_timing_and_is_said(tmp_path):
    made = report(book(tmp_path, CASES, "案件.xlsx"), measure="on_time_rate", words=LIMITS)
    assert [said.rows for said in made.findings if said.code == "W222"] == [1]


def test_where_due_days_come_from_is_said(tmp_path):
    made = report(book(tmp_path, CASES, "案件.xlsx"), measure="overdue", words=LIMITS)
    assert made.tables[0].notes == (
        "期限：有“期限”列的按该列，否则从受理日期（没有的从登记日期）起 60 日（延期再加 30 日），以自然日计",
        "期限来源：按期限列 1 条、按受理日期 6 条、按登记日期 1 条、无期限 0 条",
    )


def test_acceptance_is_due_when_taken_or_when_the_limit_has_passed(tmp_path):
    assert total_of(tmp_path, CASES, measure="accepted,accepted_in_time,acceptance_rate") == {
        "accepted": 7,
        "accepted_in_time": 6,
        "acceptance_rate": Pair(6, 7),
    }
    later = total_of(tmp_path, CASES, measure="acceptance_rate", as_of="2026-11-10")
    assert later["acceptance_rate"] == Pair(6, 8)


RATED = """
案件编号 登记日期 办理状态 满意度
""" + "\n".join(
    f"R{number} 2026-1-5 已办结 {word}"
    for number, word in enumerate(["满意"] * 127 + ["基本满意"] * 115 + ["不满意"] * 112 + ["未评价"] * 107 + ["."] * 39)
)


@pytest.mark.parametrize(
    ("choices", "rate", "printed"),
    [
        ("", "", "68.36%"),
        ('unrated = "unsatisfied"', "", "52.49%"),
        ('basically_satisfied = "unsatisfied"', "", "35.88%"),
        ("", 'base = "received"', "48.40%"),
        ('unrated = "satisfied"', "", "75.70%"),
        ('basically_satisfied = "out"', "", "53.14%"),
        ("", 'base = "asked"', "52.49%"),
    ],
)
def test_satisfaction_has_as_many_values_as_definitions(tmp_path, choices, rate, printed):
    profile = f"[choices]\n{choices}\n[rates]\nsatisfaction_rate = {{ {rate} }}\n"
    path = tmp_path / "p.toml"
    path.write_text(profile, "utf-8")
    made = report(book(tmp_path, RATED, "案件.xlsx"), profile=path, measure="satisfaction_rate,participation_rate")
    assert made.tables[0].shown()["合计"] == {"satisfaction_rate": printed, "participation_rate": "76.79%"}


def test_partly_resolved_counts_as_the_office_says(tmp_path):
    log = "案件编号 登记日期 办理状态\nA1 2026-1-5 已化解\nA2 2026-1-5 部分解决\nA3 2026-1-5 办理中\n"
    for choice, pair in (("unresolved", (1, 3)), ("resolved", (2, 3)), ("out", (1, 2))):
        found = total_of(tmp_path, log, f'[choices]\npartly_resolved = "{choice}"', measure="resolution_rate")
        assert found["resolution_rate"] == Pair(*pair), choice


VISITS = """
接访日期 接访级别 来访人数 初重访 是否集体访
2026-1-5 市级 5 初访 是
2026-1-6 市级 4 重访 是
2026-1-7 县级 12 初访 否
2026-1-8 县级 1 . .
"""


def test_a_collective_visit_has_five_persons_and_the_head_count_is_believed(tmp_path):
    made = report(book(tmp_path, VISITS), measure="collective_visits,collective_persons,initial,repeat,repeat_rate")
    assert made.tables[0].total == {
        "collective_visits": 2,
        "collective_persons": 17,
        "initial": 2,
        "repeat": 1,
        "repeat_rate": Pair(1, 4),
    }
    assert [said.rows for said in made.findings if said.code == "W223"] == [2]
    assert total_of(tmp_path, VISITS, "[choices]\ncollective_from = 13", measure="collective_visits")["collective_visits"] == 0


def test_yes_under_a_header_of_first_visits_means_first(tmp_path):
    log = "接访日期 来访人数 {}\n2026-1-5 1 是\n2026-1-5 1 是\n2026-1-6 1 否\n"
    assert total_of(tmp_path, log.format("是否初访"), measure="initial,repeat") == {"initial": 2, "repeat": 1}
    assert total_of(tmp_path, log.format("是否重复访"), measure="initial,repeat") == {"initial": 1, "repeat": 2}


@pytest.mark.parametrize(("partly", "pair"), [("unresolved", (1, 6)), ("resolved", (3, 6)), ("out", (1, 4))])
def test_partly_resolved_counts_as_the_office_chose(tmp_path, partly, pair):
    words = ["已化解", "部分解决", "部分解决", "办理中", "办理中", "办理中"]
    log = "案件编号 登记日期 办理状态\n" + "\n".join(f"A{number} 2026-1-5 {word}" for number, word in enumerate(words))
    found = total_of(tmp_path, log, f'[choices]\npartly_resolved = "{partly}"', measure="resolution_rate")
    assert found == {"resolution_rate": Pair(*pair)}


def test_a_reply_counts_from_its_own_day_on(tmp_path):
    assert total_of(tmp_path, CASES, measure="replied,response_rate") == {"replied": 3, "response_rate": Pair(3, 8)}
    log = CASES.replace("2026-3-20 已办结 .", "2026-11-2 已办结 .").replace("2026-3-20 已办结 是", "2026-11-3 已办结 是")
    assert total_of(tmp_path, log, measure="replied") == {"replied": 2}


def test_shares_of_the_total_add_up_to_it(tmp_path):
    shown = report(book(tmp_path, VISITS), measure="visits,share").tables[0].shown()
    assert {label: row["share"] for label, row in shown.items()} == {"市级": "50.00%", "县级": "50.00%", "合计": "100.00%"}


@pytest.mark.parametrize(
    ("measure", "field"),
    [
        ("on_time_rate", "status"),
        ("acceptance_rate", "accepted_on"),
        ("satisfaction_rate", "satisfaction"),
        ("median_days", "status"),
    ],
)
def test_a_measure_that_the_log_cannot_support_is_refused_with_the_column_that_it_lacks(tmp_path, measure, field):
    with pytest.raises(InputFault) as caught:
        total_of(tmp_path, VISITS, measure=measure)
    assert (caught.value.code, caught.value.values["field"]) == ("E305", field)


def refused(*paths, **options):
    with pytest.raises(InputFault) as caught:
        report(*paths, **options)
    fault = caught.value
    return fault.code, str(fault.position.file), fault.values.get("field") or fault.values["own"]


def test_what_is_refused_names_the_file_and_what_is_lacking(tmp_path):
    path = book(tmp_path, VISITS)
    for options in ({"measure": "open"}, {"fail_if": ["open > 5"]}, {"rank": "open"}, {"sort": "closure_rate"}):
        assert refused(path, **options) == ("E305", "接访.xlsx", "status"), options
    assert refused(path, fail_if=["satisfaction_rate < 90%"]) == ("E305", "接访.xlsx", "satisfaction")


@pytest.mark.parametrize("flag", ["息诉罢访", "是否解决"])
def test_a_yes_no_column_of_another_set_does_not_tell_what_is_closed(tmp_path, flag):
    path = book(tmp_path, f"案件编号 登记日期 {flag}\n1 2026-1-5 是\n2 2026-1-6 否\n", "案件.xlsx")
    for measure in ("closed", "closure_rate", "open", "overdue", "no_limit"):
        assert refused(path, measure=measure) == ("E305", "案件.xlsx", "status"), measure
    assert report(path, words={"preset": "petition"}).tables[0].measures == ("cases", *report(path).tables[0].measures[1:])


def test_a_set_of_which_the_log_has_no_word_is_said_in_a_sentence(tmp_path):
    made = report(book(tmp_path, CASES, "案件.xlsx"), measure="settled").tables[0]
    assert made.definitions == {"settled": "息诉罢访 = 状态列中没有归入这一类的词（不含不计入的）"}


def test_each_kind_of_log_has_its_own_amount(tmp_path):
    visits, cases = book(tmp_path, VISITS), book(tmp_path, CASES, "案件.xlsx")
    assert refused(visits, measure="cases") == ("E249", "接访.xlsx", "visits")
    assert refused(cases, measure="visits,closed") == ("E249", "案件.xlsx", "cases")
    assert refused(visits, cases, measure="cases") == ("E249", "接访.xlsx", "visits")
    both = report(visits, cases, measure="visits,cases", fail_if=["cases > 100"])
    assert [table.measures for table in both.tables] == [("visits",), ("cases",)]


def test_collective_visits_of_rows_that_are_several_visits_are_told_by_the_logs_own_column(tmp_path):
    log = "接访日期 批次 来访人数 {}\n2026-1-5 2 12 {}\n2026-1-6 3 9 {}\n"
    for measure in ("collective_visits", "collective_persons"):
        path = book(tmp_path, log.format("备注", ".", "."))
        assert refused(path, measure=measure) == ("E305", "接访.xlsx", "collective")
        told = report(book(tmp_path, log.format("是否集体访", "是", "否")), measure=measure).tables[0].total
        assert told == {measure: {"collective_visits": 2, "collective_persons": 12}[measure]}


def test_a_preset_brings_its_rates_where_the_log_supports_them(tmp_path):
    path = tmp_path / "p.toml"
    path.write_text('preset = "petition"', "utf-8")
    table = report(book(tmp_path, CASES, "案件.xlsx"), profile=path).tables[0]
    assert {"acceptance_rate", "on_time_rate", "overdue"} <= set(table.measures)
    assert "satisfaction_rate" not in table.measures
    assert "口径：信访" in table.notes


def test_unknown_ratings_are_left_out_and_said(tmp_path):
    log = "案件编号 登记日期 满意度\n" + "".join(f"R{n} 2026-1-5 {word}\n" for n, word in enumerate(["满意", "马马虎虎"] * 3))
    made = report(book(tmp_path, log, "案件.xlsx"), measure="satisfaction_rate")
    assert made.tables[0].total["satisfaction_rate"] == Pair(3, 3)
    assert [said.rows for said in made.findings if said.code == "W221"] == [3]


def test_working_days_leave_out_weekends_and_days_off_and_count_working_weekends(tmp_path):
    (tmp_path / "节假日.txt").write_text("# 2026\n2026-10-01 休\n2026-10-02 休\n2026-10-10 班\n", "utf-8")
    log = "案件编号 登记日期 办理状态 办结日期\n" + "".join(f"A{day} 2026-9-30 已办结 2026-10-{day}\n" for day in (9, 10, 12))
    profile = '[choices]\ndays = "working"\nhandling_days = 6\nholidays = "节假日.txt"\n'
    assert total_of(tmp_path, log, profile, measure="closed_in_time,closed_late") == {"closed_in_time": 2, "closed_late": 1}


def test_a_year_without_known_working_days_is_refused_not_guessed(tmp_path):
    log = "案件编号 登记日期 办理状态\nA1 2026-12-30 办理中\n"
    (tmp_path / "h.txt").write_text("2026-10-01\n", "utf-8")
    for holidays in ("", 'holidays = "h.txt"'):
        with pytest.raises(InputFault) as caught:
            total_of(tmp_path, log, f'[choices]\ndays = "working"\nhandling_days = 60\n{holidays}', measure="overdue")
        assert (caught.value.code, caught.value.position.file) == ("E325", "案件.xlsx")
    assert caught.value.values["year"] == 2027


def test_a_year_is_asked_for_only_where_a_counted_record_of_the_base_needs_it(tmp_path):
    (tmp_path / "h.txt").write_text("2026-10-01\n", "utf-8")
    log = "案件编号 登记日期 办理状态\nA1 2026-3-2 办理中\nA2 {}\n"
    profile = '[choices]\ndays = "working"\nacceptance_days = 15\nhandling_days = 5\nholidays = "h.txt"\n'
    for row, options in (
        ("2024-3-4 办理中", {"period": "2026"}),
        ("2024-3-4 不予受理", {}),
        ("2024-3-4 不予受理", {"period": "2026", "compare": "yoy"}),
    ):
        for measure in ("overdue", "acceptance_rate"):
            text = log.format(row).replace("办理状态", "办理状态 受理日期").replace("办理中\n", "办理中 2026-3-3\n")
            assert total_of(tmp_path, text, profile, measure=measure, **options), (row, measure)
    for row, options in (("2024-3-4 办理中", {}), ("2025-3-4 办理中", {"period": "2026", "compare": "yoy"})):
        with pytest.raises(InputFault) as caught:
            total_of(tmp_path, log.format(row), profile, measure="overdue", **options)
        assert caught.value.code == "E325"


def test_the_packaged_chinese_calendar_serves_where_it_is_named(tmp_path):
    log = "案件编号 登记日期 办理状态 办结日期\nA1 2024-9-30 已办结 2024-10-8\nA2 2024-9-30 已办结 2024-10-9\n"
    profile = '[choices]\ndays = "working"\nhandling_days = 1\nholidays = "chinesecalendar"\n'
    assert total_of(tmp_path, log, profile, measure="closed_in_time,closed_late") == {"closed_in_time": 1, "closed_late": 1}


@pytest.mark.parametrize(
    ("profile", "code"),
    [
        ('[choices]\nunrated = "maybe"', "E228"),
        ("[choices]\ncollective_from = 1", "E228"),
        ("[choices]\nmonth_start_day = true", "E228"),
        ('[rates.closure_rate]\nbase = "all"', "E228"),
        ('[rates.closure_rates]\nbase = "due"', "E226"),
        ('preset = "petitions"', "E228"),
        ('[choices]\nholidays = "none.txt"', "E230"),
    ],
)
def test_a_choice_that_means_nothing_is_a_usage_error(tmp_path, profile, code):
    with pytest.raises(UsageFault) as caught:
        total_of(tmp_path, CASES, profile)
    assert caught.value.code == code
