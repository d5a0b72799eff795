"""Edges of days, limits, periods and rounding: the last day in time, the first day late, and what stands between."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.logs import book, report, total_of
from xfstats.config.periods import month_of, parse_period, step_label, step_labels, step_of, whole_months, windows
from xfstats.errors import UsageFault
from xfstats.model import Period
from xfstats.reports.figures import (
    Pair,
    Statistic,
    figure_as_json,
    format_figure,
    format_signed,
    mean,
    median,
    order_key,
    p90,
    round_half_up,
)

AS_OF = date(2026, 11, 2)
LEFT = ["overdue", "not_due", "due_in_7", "due_in_30", "due_later"]


@pytest.mark.parametrize(
    ("days", "flags"),
    [
        (-1, ["overdue"]),
        (0, ["not_due", "due_in_7"]),
        (7, ["not_due", "due_in_7"]),
        (8, ["not_due", "due_in_30"]),
        (30, ["not_due", "due_in_30"]),
        (31, ["not_due", "due_later"]),
    ],
)
def test_the_days_that_are_left_fall_into_one_class(tmp_path, days, flags):
    log = f"案件编号 登记日期 办结期限 办理状态\nA1 2026-1-5 {AS_OF + timedelta(days=days)} 办理中\n"
    found = total_of(tmp_path, log, measure=",".join(LEFT))
    assert [key for key in LEFT if found[key]] == flags


@pytest.mark.parametrize(("days", "due"), [(-1, 1), (0, 1), (1, 0)])
def test_a_limit_is_reached_on_its_day(tmp_path, days, due):
    log = f"案件编号 登记日期 办结期限 办理状态\nA1 2026-1-5 {AS_OF + timedelta(days=days)} 办理中\n"
    profile = '[rates]\nclosure_rate = { base = "due" }\n'
    assert total_of(tmp_path, log, profile, measure="closure_rate")["closure_rate"] == Pair(0, due)


@pytest.mark.parametrize(("closed", "in_time"), [("2026-3-1", 1), ("2026-3-2", 0)])
def test_closed_on_the_due_day_is_in_time_and_a_day_later_is_late(tmp_path, closed, in_time):
    log = f"案件编号 登记日期 办结期限 办理状态 办结日期\nA1 2026-1-5 2026-3-1 已办结 {closed}\n"
    assert total_of(tmp_path, log, measure="closed_in_time,closed_late") == {
        "closed_in_time": in_time,
        "closed_late": 1 - in_time,
    }


@pytest.mark.parametrize(
    ("accepted", "as_of", "figures"),
    [
        ("2026-1-20", "2026-11-02", (1, 1, Pair(1, 1))),
        ("2026-1-21", "2026-11-02", (1, 0, Pair(0, 1))),
        ("2026-1-20", "2026-01-20", (1, 1, Pair(1, 1))),
        ("2026-1-20", "2026-01-19", (0, 0, Pair(0, 0))),
        (".", "2026-01-20", (0, 0, Pair(0, 0))),
        (".", "2026-01-21", (0, 0, Pair(0, 1))),
    ],
)
def test_acceptance_is_due_the_day_after_its_last_day(tmp_path, accepted, as_of, figures):
    log = f"案件编号 登记日期 受理日期\nA1 2026-1-5 {accepted}\nA2 . .\n"
    found = total_of(tmp_path, log, measure="accepted,accepted_in_time,acceptance_rate", as_of=as_of)
    assert tuple(found.values()) == figures


def test_partly_and_fully_resolved_is_decided(tmp_path):
    log = "案件编号 登记日期 办理状态 办理结果\nA1 2026-1-5 部分解决 已化解\nA2 2026-1-5 部分解决 .\nA3 2026-1-5 已办结 .\n"
    found = total_of(tmp_path, log, '[choices]\npartly_resolved = "out"', measure="resolved,resolution_rate")
    assert found == {"resolved": 1, "resolution_rate": Pair(1, 2)}


def visits(folder, log, measure):
    return report(book(folder, log), measure=measure).tables[0].total


def test_the_logs_own_column_says_what_is_collective_where_heads_do_not(tmp_path):
    log = "接访日期 接访级别 {} 是否集体访\n2026-1-5 市级 {} 是\n2026-1-6 市级 {} 否\n2026-1-7 市级 {} .\n"
    weighted = log.format("批次 来访人数", "2 9", "3 9", "1 9")
    assert visits(tmp_path, weighted, "collective_visits,collective_persons") == {
        "collective_visits": 2,
        "collective_persons": 9,
    }
    unknown = log.format("初重访", "初访", "初访", ".")
    assert visits(tmp_path, unknown, "collective_visits,initial") == {"collective_visits": 1, "initial": 2}


def test_days_weigh_as_many_visits_as_their_row(tmp_path):
    log = "接访日期 批次 来访人数 办理状态 办结日期\n2026-1-1 3 9 已办结 2026-1-3\n2026-1-1 1 2 已办结 2026-1-11\n"
    found = visits(tmp_path, log, "visits,closed,mean_days,median_days")
    assert (found["visits"], found["closed"], found["mean_days"], found["median_days"].value) == (4, 4, Statistic(16, 4), 2)


RULES = """
[[groups.visits]]
label = "领导"
when = { level = "市级" }
[[groups.visits]]
label = "甲局的"
when = { unit = "甲局" }
of_which = true
"""


def test_rules_name_the_level_and_leave_other_fields_alone(tmp_path):
    log = "接访日期 接访级别 责任单位 来访人数\n2026-1-1 市级 甲局 1\n2026-1-2 县级 甲局 2\n2026-1-3 县级 乙局 4\n"
    path = tmp_path / "p.toml"
    path.write_text(RULES, "utf-8")
    table = report(book(tmp_path, log), profile=path, by="unit,level", measure="visits,persons").tables[0]
    assert [(dict(row.group), row.kind, tuple(row.figures.values())) for row in table.rows] == [
        ({"unit": "甲局", "level": "领导"}, "group", (1, 1)),
        ({"unit": "甲局", "level": "县级"}, "group", (1, 2)),
        ({"unit": "甲局"}, "subtotal", (2, 3)),
        ({"unit": "乙局", "level": "县级"}, "group", (1, 4)),
        ({"unit": "乙局"}, "subtotal", (1, 4)),
        ({"level": "甲局的"}, "of_which", (2, 3)),
    ]


@pytest.mark.parametrize("word", ["县", "区级", "县处级", "县*"])
def test_a_word_for_a_level_in_a_rule_means_that_level(tmp_path, word):
    path = tmp_path / "p.toml"
    path.write_text(f'[[groups.visits]]\nlabel = "县里"\nwhen = {{ level = "{word}" }}\n', "utf-8")
    table = report(book(tmp_path, "接访日期 接访级别\n2026-1-1 市级\n2026-1-2 县\n2026-1-3 县级\n"), profile=path).tables[0]
    assert {row.group["level"]: row.figures["visits"] for row in table.rows} == {"县里": 2, "市级": 1}


def test_a_subset_has_its_own_days(tmp_path):
    log = "接访日期 接访级别 责任单位 来访人数 办理状态 办结日期\n"
    log += "2026-1-1 市级 甲局 1 已办结 2026-1-5\n2026-1-1 市级 乙局 1 已办结 2026-1-9\n"
    path = tmp_path / "p.toml"
    path.write_text(RULES, "utf-8")
    table = report(book(tmp_path, log), profile=path, measure="visits,median_days").tables[0]
    assert [row.figures["median_days"].value for row in table.rows] == [6, 4]


@pytest.mark.parametrize("text", ["2026-01-02..2026-01-01", "2026-01-01..2026-01-02..2026-01-03", "2026-W00", "2026-1-1"])
def test_no_period_ends_before_it_begins(text):
    with pytest.raises(UsageFault):
        parse_period(text, AS_OF)
    assert parse_period("2026-01-01..2026-01-01", AS_OF) == Period(date(2026, 1, 1), date(2026, 1, 2))


def test_last_week_ends_on_the_sunday_before_whatever_the_day():
    weeks = {parse_period("last-week", date(2026, 11, day)) for day in range(2, 9)}
    assert weeks == {Period(date(2026, 10, 26), date(2026, 11, 2))}
    assert parse_period("2026-w44", AS_OF) == parse_period("2026-W44", AS_OF)


def test_months_run_from_the_first_unless_it_is_said():
    assert month_of(date(2026, 1, 1)) == month_of(date(2026, 1, 31)) == 12 * 2026
    assert whole_months(Period(date(2026, 1, 1), date(2026, 3, 1))) == 2
    assert whole_months(Period(date(2026, 1, 21), date(2026, 3, 21)), 21) == 2
    assert step_of(date(2026, 1, 1), "month") == step_of(date(2026, 1, 31), "month")
    assert step_labels(date(2026, 1, 21), date(2026, 1, 22), "month", 21) == ["2026-02"]
    assert [step_label(step_of(date(2026, 11, day), "week"), "week") for day in (1, 2, 8, 9)] == [
        "2026-W44",
        "2026-W45",
        "2026-W45",
        "2026-W46",
    ]


@pytest.mark.parametrize(
    ("period", "as_of", "start", "unit", "now", "prev"),
    [
        ("2026-03", date(2026, 3, 31), 1, None, "2026-03-31", "2026-02-01..2026-02-28"),
        ("2026-03", date(2026, 3, 1), 1, None, "2026-03-01", "2026-02-01..2026-02-01"),
        ("2026-03", date(2026, 3, 30), 1, None, "2026-03-30", "2026-02-01..2026-02-28"),
        ("2026-10", date(2026, 10, 20), 21, None, "2026-10-20", "2026-08-21..2026-09-20"),
        ("2026-02-10..2026-03-31", date(2026, 12, 1), 1, "month", "2026-03-31", "2026-01-10..2026-02-28"),
        ("2026-10-05..2026-10-18", date(2026, 12, 1), 1, "week", "2026-10-18", "2026-09-28..2026-10-11"),
        ("2026-10-05..2026-10-18", date(2026, 10, 11), 1, None, "2026-10-11", "2026-09-21..2026-09-27"),
    ],
)
def test_windows_end_where_the_period_ends(period, as_of, start, unit, now, prev):
    own, (window,) = windows(("prev",), parse_period(period, as_of, start), as_of, start, unit)
    assert str(own.last) == now
    assert f"{window.period.first}..{window.period.last}" == prev


def test_figures_print_in_one_way():
    assert [format_figure(figure, 1) for figure in (1234567, Pair(1, 3), Statistic(25, 2), Statistic(0, 0), Pair(0, 0))] == [
        "1,234,567",
        "33.3%",
        "12.5",
        "—",
        "—",
    ]
    assert [format_figure(Statistic(100, 1), places) for places in (0, 2)] == ["100", "100"]
    assert [format_figure(Statistic(21, 2), places) for places in (0, 1)] == ["11", "10.5"]
    assert (format_signed(1, 3), format_signed(-1, 3), format_signed(0, 3), format_signed(1, 1000)) == (
        "+0.33",
        "-0.33",
        "0.00",
        "0.00",
    )
    assert (str(round_half_up(0, 5, 2)), str(round_half_up(-1, 2, 0)), str(round_half_up(1, 2, 0))) == ("0.00", "-1", "1")
    assert [figure_as_json(figure) for figure in (Statistic(25, 2), Statistic(24, 2), Statistic(0, 0), 3)] == [12.5, 12, None, 3]
    assert isinstance(figure_as_json(Statistic(24, 2)), int)
    assert [order_key(figure) for figure in (Pair(0, 0), Statistic(0, 0), Statistic(0, 1))] == [(False, 0), (False, 0), (True, 0)]


def test_no_days_have_no_statistic():
    assert [statistic({}) for statistic in (median, p90, mean)] == [Statistic(0, 0)] * 3
    assert (median({1: 3, 9: 1}), median({2: 1}), p90({4: 11})) == (Statistic(2, 2), Statistic(4, 2), Statistic(40, 10))
