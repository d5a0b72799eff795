"""A day on which a matter is to end, or on which its end was asked for or looked at, ends nothing."""

from __future__ import annotations

import pytest

from tests.logs import book, report
from tests.writers import Sheet, write
from xfstats.config import normalize
from xfstats.config.header_words import header_words
from xfstats.config.profile import default_words

WORDS = header_words(default_words())


def field(header):
    """The field of a header; None where its parts tell none."""
    return next((name for name, _ in WORDS.fields(normalize.header(header))), None)


def columns(tmp_path, header, days, states=None):
    """The columns that serve the fields of a log with one column of days beside that of receipt."""
    rows = [
        f"A{n} 2024-5-{n} {day} {states[n % len(states)] if states else ''}"
        for n, day in ((n, days[n % len(days)]) for n in range(1, 21))
    ]
    text = f"信访件编号 登记日期 {header} {'办理状态' if states else ''}\n" + "\n".join(rows) + "\n"
    return report(book(tmp_path, text)).inputs[0].tally.columns


@pytest.mark.parametrize("header", ["最迟办结时间", "应当化解日期", "目标办结日期", "SLA close date", "Promised resolution date"])
def test_a_limit_before_a_word_of_closing_makes_the_day_one_due(header):
    assert field(header) == "due_on"


@pytest.mark.parametrize(
    "header",
    [
        *(
            "预期结案时间",
            "申请办结时间",
            "原办结时间",
            "可办结时间",
            "待办结时间",
            "办结审批时间",
            "结案评查日期",
            "办结登记日期",
        ),
        *(
            "Est. close date",
            "Requested completion date",
            "Date to close",
            "To be closed by",
            "Date resolved by",
            "Not closed by",
        ),
        *("Original closure date", "复查答复时间", "师傅办结的时间", "Latest close date"),
    ],
)
def test_a_word_that_plans_asks_or_is_not_known_makes_no_closing_day_by_the_header_alone(header):
    assert field(header) is None


@pytest.mark.parametrize(
    "header",
    [
        *(
            "实际办结时间",
            "已办结时间",
            "责任单位办结时间",
            "省级办结日期",
            "信访事项书面答复时间",
            "投诉处理完成时间",
            "办结归档日期",
        ),
        *("Date case was closed", "Actual close date", "Council closed date", "Final response date", "Work order completed on"),
    ],
)
def test_words_that_say_nothing_and_offices_leave_the_closing_day(header):
    assert field(header) == "closed_on"


@pytest.mark.parametrize("header", ["领导批示日期", "接访领导批示时间", "复查申请日期", "原信访日期", "复核受理日期"])
def test_the_day_of_an_instruction_a_review_or_an_earlier_matter_ranks_below_that_of_registration(tmp_path, header):
    found = columns(tmp_path, header, ["2024-4-1", "2024-4-9"], ["已办结", "办理中"])
    assert found["received_on"] == "登记日期"


def test_a_day_of_instruction_serves_where_there_is_no_other(tmp_path):
    text = "批示编号 批示日期 办理状态\n" + "A1 2024-5-1 已办结\nA2 2024-5-2 办理中\n" * 3
    assert report(book(tmp_path, text)).inputs[0].tally.columns["received_on"] == "批示日期"


@pytest.mark.parametrize(
    "header", ["办结时间（预计）", "办结时间(拟)", "结案日期【目标】", "办结日期（申请）", "Closed(planned)"]
)
def test_brackets_that_plan_a_day_take_its_closing_back(tmp_path, header):
    assert "closed_on" not in columns(tmp_path, header, ["2024-6-1", "2024-6-9", "."])


def test_brackets_that_explain_leave_a_day_its_closing(tmp_path):
    assert columns(tmp_path, "办结日期（未办结不填）", ["2024-6-1", "."])["closed_on"]


@pytest.mark.parametrize(
    ("upper", "lower", "served"),
    [("计划", "办结时间", False), ("办结", "审批日期", False), ("办理情况", "办结日期", True), ("办结", "日期", True)],
)
def test_what_stands_above_a_day_plans_it_too(tmp_path, upper, lower, served):
    rows = [["信访件编号", "登记日期", upper, None], [None, None, lower, "意见"]]
    rows += [[f"A{n}", f"2024-5-{n}", f"2024-6-{n}" if n % 2 else None, "x"] for n in range(1, 9)]
    path = tmp_path / "信访件.xlsx"
    write(path, [Sheet("s", rows, merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)])], "xlsx")
    assert ("closed_on" in report(path).inputs[0].tally.columns) is served


@pytest.mark.parametrize(
    ("days", "states", "served"),
    [
        (["2024-6-1", "."], None, True),
        (["2024-6-1", "2024-6-9"], None, False),
        (["2099-6-1", "."], None, False),
        (["2024-6-1", "2024-6-9"], ["已办结", "办理中"], False),
        (["2024-6-1", "."], ["办理中", "已办结"], False),
        ([".", "2024-6-9"], ["办理中", "已办结"], True),
        (["2024-6-1", "2024-6-9"], ["已办结", "办结"], True),
    ],
)
@pytest.mark.parametrize("header", ["师傅办结的时间", "网格员答复时间", "Latest_close_date"])
def test_values_show_whether_a_day_of_unknown_words_is_that_of_the_end(tmp_path, header, days, states, served):
    """Records that are open have no such day; without states not nearly all records have one; none is after the report's."""
    assert ("closed_on" in columns(tmp_path, header, days, states)) is served
