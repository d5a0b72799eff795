"""Leaders are officials: a table by them is there for whoever asks, and for nobody else (design §3)."""

from __future__ import annotations

import pytest

from tests.logs import book, report
from xfstats.errors import InputFault, UsageFault
from xfstats.render import load_renderer
from xfstats.render.style import Style

LOG = """
接访日期 接访级别 接访领导 来访人姓名 来访人数 办理状态
2026-10-3 市级 甲副市长 甄某隐 2 已办结
2026-10-9 县级 乙县长 甄某隐 3 办理中
2026-10-9 县级 乙县长 甄某隐 1 已办结
2026-10-9 县级 . 甄某隐 4 已办结
"""
TWO = """
接访日期 接访领导 包案领导 来访人姓名 来访人数
2026-10-3 甲副市长 乙县长 甄某隐 2
2026-10-9 乙县长 乙县长 甄某隐 3
"""


def code(path, **options):
    with pytest.raises((InputFault, UsageFault)) as caught:
        report(path, **options)
    return caught.value.code


def visits(path, **options):
    return {row.group["leader"]: row.figures["visits"] for row in report(path, **options).tables[0].rows}


def test_leaders_are_groups_where_they_are_asked_for(tmp_path):
    assert visits(book(tmp_path, LOG), by="leader") == {"乙县长": 2, "甲副市长": 1, None: 1}
    nested = report(book(tmp_path, LOG), by="level,leader").tables[0]
    assert [tuple(row.group.values()) for row in nested.rows] == [
        ("市级", "甲副市长"), ("市级",), ("县级", "乙县长"), ("县级", None), ("县级",),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["table", "json", "csv", "html"])
@pytest.mark.parametrize("asked", [{}, {"by": "level"}, {"by": "month"}, {"maps": ["leader=接访领导"]}])
def test_nobody_else_is_told_of_leaders(tmp_path, form, asked):
    made = report(book(tmp_path, LOG), **asked)
    written = str(load_renderer(form)(made, Style()))
    assert [word for word in ("接访领导", "副市长", "县长", "甄某隐") if word in written] == []
    assert (made.tables[0].total["visits"], "10" in written) == (4, True)


def test_of_two_columns_one_is_to_be_named(tmp_path):
    path = book(tmp_path, TWO)
    assert code(path, by="leader") == "E306"
    assert visits(path, by="leader", maps=["leader=接访领导"]) == {"甲副市长": 1, "乙县长": 1}
    assert visits(path, by="leader", maps=["leader=column:C"]) == {"乙县长": 2}


@pytest.mark.parametrize("to", ["来访人姓名", "column:D"])
def test_who_came_is_no_leader(tmp_path, to):
    assert code(book(tmp_path, TWO), by="leader", maps=[f"leader={to}"]) == "E328"


@pytest.mark.parametrize("asked", [{"cross": "leader"}, {"where": "leader=乙县长"}])
def test_a_leader_divides_no_columns_and_filters_no_rows(tmp_path, asked):
    assert code(book(tmp_path, LOG), **asked) == "E204"


def test_a_column_of_leaders_is_none_of_the_post(tmp_path):
    assert code(book(tmp_path, LOG), by="post", maps=["post=接访领导"]) == "E328"


def test_a_log_without_leaders_says_how_to_name_them(tmp_path):
    assert code(book(tmp_path, LOG.replace("接访领导", "备用")), by="leader") == "E305"
    named = book(tmp_path, LOG.replace("接访领导", "备用"))
    assert visits(named, by="leader", maps=["leader=备用"]) == {"乙县长": 2, "甲副市长": 1, None: 1}


def test_numbers_of_leaders_are_no_groups_and_neither_are_names_that_all_differ(tmp_path):
    head = "接访日期 接访领导 来访人数\n"
    phones = "".join(f"2026-10-9 乙县长1380000{n:04} 1\n" for n in range(60))
    assert code(book(tmp_path, head + phones), by="leader") == "E327"
    names = "".join(f"2026-10-9 第{n}位 1\n" for n in range(60))
    assert code(book(tmp_path, head + names), by="leader") == "E318"


def test_a_sum_under_the_leaders_is_a_row_that_is_rejected(tmp_path):
    made = report(book(tmp_path, LOG + "2026-10-9 县级 小计 . 7 .\n"), by="leader")
    assert made.reconciliation.rejected == 1
