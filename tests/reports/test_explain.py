"""explain: names and rows of the rest and of what has no group, both sides of a change, rows that are not counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.logs import book, report
from tests.visits import counted, rows
from tests.written import rows_of
from xfstats.config.figure_names import parse
from xfstats.config.plan import FigureRequest
from xfstats.errors import UsageFault
from xfstats.measures.aggregate import Columns
from xfstats.measures.deadlines import as_days
from xfstats.measures.definitions import Count
from xfstats.measures.trace import details, ranges
from xfstats.model import RowKind, RowRole
from xfstats.render.explain import explanation_as_text
from xfstats.render.style import Style
from xfstats.reports.figures import Pair
from xfstats.reports.references import find_figures
from xfstats.reports.requests import figure_request

STYLE = Style()


@pytest.mark.parametrize("name", ["visits[其余]", 'visits[""]', "closed[其余]", "closure_rate[rest]"])
def test_the_rest_and_what_has_no_group_have_names_and_rows_of_their_own(tmp_path, name):
    log = [[*row[:3], ["甲局", "乙局", "丙局", "丁局", ""][index % 5], *row[4:]] for index, row in enumerate(rows(11, 60))]
    options = {"by": "unit", "top": 1, "sort": "persons"}
    (found,) = find_figures(parse(name), counted(tmp_path, log, **options).tables)
    assert found.name([found.table]) == name.replace("rest", "其余")
    made = counted(tmp_path, log, explain=figure_request(found), **options)
    whole = found.figure.numerator if isinstance(found.figure, Pair) else found.figure
    assert len(rows_of(made, found, "part")) == whole
    if name.startswith("visits"):
        units = {log[row - 2][3] for row in rows_of(made, found, "part")}
        assert len(units) == (3 if "其余" in name else 1)
        assert ("" in units) is ("其余" not in name)


@pytest.mark.parametrize("options", [{"period": "2026-05", "by": "level"}, {"period": "2026", "by": "month"}])
def test_a_change_is_explained_by_the_rows_of_both_sides(tmp_path, options):
    log = rows(11, 90)
    group = "县级" if options["by"] == "level" else "2026-05"
    (found,) = find_figures(parse(f"closure_rate[{group}].prev"), counted(tmp_path, log, compare="prev", **options).tables)
    made = counted(tmp_path, log, compare="prev", explain=figure_request(found), **options)
    for side, figure in (("", found.change.now), ("before:", found.change.base)):
        assert len(rows_of(made, found, f"{side}part")) == figure.numerator
        assert len(rows_of(made, found, f"{side}part") + rows_of(made, found, f"{side}base")) == figure.denominator
    text = explanation_as_text(found, made, Style())
    assert f"结案率[{group}] 环比: " in text
    assert "（环比所比的一期） = " in text


def test_rows_that_are_not_counted_are_listed_by_reason_with_their_positions(tmp_path):
    log = rows(11, 20)
    log[3][6], log[7][1] = "若干", "不详"
    made = counted(tmp_path, log, period="2026-05", explain=FigureRequest("visits", "visits"))
    (found,) = find_figures(parse("visits"), made.tables)
    kept = [row for index, row in enumerate(log) if index not in {3, 7}]
    assert rows_of(made, found, "rejected:number-text") == [5]
    assert rows_of(made, found, "rejected:date-text") == [9]
    assert len(rows_of(made, found, "outside:period")) == sum(1 for row in kept if row[1].month != 5)
    assert "有误未计的行：数字读不懂（1 行）" in explanation_as_text(found, made, Style())


def test_rows_in_no_base_are_listed_by_why(tmp_path):
    log = rows(11, 40)
    made = counted(tmp_path, log, explain=FigureRequest("visits", "closure_rate"))
    (found,) = find_figures(parse("closure_rate"), made.tables)
    out = [index + 2 for index, row in enumerate(log) if row[12] == "不予受理"]
    assert out
    assert rows_of(made, found, "out:in_base") == out
    assert len(rows_of(made, found, "base")) == found.figure.denominator - found.figure.numerator


@pytest.mark.parametrize(
    ("rows", "first", "runs"),
    [([], 1, []), ([0], 1, [(2, 2)]), ([0, 1, 3, 4, 5, 9], 2, [(3, 4), (6, 8), (12, 12)]), ([4, 2], 0, [(5, 5), (3, 3)])],
)
def test_neighbouring_rows_are_told_as_runs(rows, first, runs):
    assert ranges(np.array(rows, np.int64), first) == runs


def test_the_counted_rows_tell_what_each_adds_to_every_count():
    columns = Columns(
        pd.DataFrame({"level": ["市级", "县级", None], "post": ["书记", None, None]}, dtype="category"),
        pd.DataFrame({"in_base": [True, False, True], "closed": [True, True, False]}),
        np.array([2, 1, 3]),
        np.array([7, 1, 4]),
        pd.Series([5, None, 0], dtype="Int64"),
    )
    dates = pd.DataFrame({"received_on": as_days([date(2026, 5, 1), None, date(2026, 5, 3)])})
    every, none = np.ones(3, bool), np.zeros(3, bool)
    counts = [Count("visits"), Count("persons", weight="persons"), Count("closed", ("in_base", "closed"))]
    assert details(every, 3, ("level", "unit"), columns, dates, counts, ()) == {
        "row": (4, 5, 6),
        "level": ("市级", "县级", None),
        "unit": (None, None, None),
        "received_on": ("2026-05-01", None, "2026-05-03"),
        "batches": (2, 1, 3),
        "persons": (7, 1, 4),
        "days": (5, None, 0),
        "count:visits": (2, 1, 3),
        "count:persons": (7, 1, 4),
        "count:closed": (2, 0, 0),
    }
    bare = replace(columns, batches=None, persons=None, days=None)
    assert details(np.array([False, True, True]), 3, ("level",), bare, dates[[]], counts, ()) == {
        "row": (5, 6),
        "level": ("县级", None),
        "count:visits": (1, 1),
        "count:persons": (0, 0),
        "count:closed": (0, 0),
    }
    assert details(none, 3, (), bare, dates[[]], counts[:2], ()) == {"row": (), "count:visits": (), "count:persons": ()}


@dataclass(frozen=True)
class Secretaries:
    label: str = "书记"
    of_which: bool = False

    def fits(self, values):
        return values["post"] == "书记"


def test_the_counted_rows_stand_in_the_groups_of_the_rules():
    labels = pd.DataFrame({"level": ["市级", "市级"], "post": ["书记", "局长"]}, dtype="category")
    columns, none = Columns(labels, labels[[]]), labels[[]]
    assert details(np.ones(2, bool), 0, ("level",), columns, none, (), (Secretaries(),))["level"] == ("书记", "市级")


def test_a_median_is_no_quotient(tmp_path):
    made = counted(tmp_path, rows(11, 30), explain=FigureRequest("visits", "median_days"))
    (found,) = find_figures(parse("median_days"), made.tables)
    assert explanation_as_text(found, made, Style()).splitlines() == [
        "办理天数中位数[合计] = 56.5（中间两个天数之和 113 的一半）",
        "  办理天数中位数 = 已办结事项从登记到办结的天数的中位数",
        "计入的行（6 行）",
        "  接访.csv 7 16-17 24 26 28",
        "本组未进入的行：未结案（7 行）",
        "  接访.csv 5 8-9 12 27 29 31",
    ]


def test_a_measure_of_two_tables_needs_the_name_of_its_log(tmp_path):
    visits = book(tmp_path, "接访日期 办理状态 来访人数\n2026-1-2 已办结 1\n")
    cases = book(tmp_path, "案件编号 登记日期 办理状态\nA1 2026-1-2 已办结\n", "案件.xlsx")
    made = report(visits, cases)
    with pytest.raises(UsageFault) as caught:
        find_figures(parse("closed"), made.tables)
    assert (caught.value.code, "cases:closed" in str(caught.value.values["names"])) == ("E238", True)
    assert find_figures(parse("cases:closed"), made.tables)[0].figure == 1


def test_a_change_without_a_basis_says_so(tmp_path):
    log = "接访日期 接访级别 来访人数 办理状态\n2026-5-2 市级 1 已办结\n"
    made = report(book(tmp_path, log), period="2026-05", compare="prev")
    (found,) = find_figures(parse("closure_rate.prev"), made.tables)
    assert explanation_as_text(found, made, Style()).splitlines() == [
        "结案率[合计] = 1 / 1 = 100.00%",
        "结案率[合计]（环比所比的一期） = 0 / 0 = —",
        "结案率[合计] 环比: —",
        "  结案率 = 结案 ÷ 批次数",
    ]


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("persons", ["人次[市级] = 3", "  人次 = “人数”列合计", "  数字是这些行的人数之和"]),
        ("share", ["占比[市级] = 1 / 2 = 50.00%", "  占比 = 本组批次数 ÷ 合计批次数", "  分母是合计"]),
    ],
)
def test_a_figure_of_heads_or_shares_says_what_its_rows_add(tmp_path, measure, said):
    log = "接访日期 接访级别 来访人数\n2026-5-2 市级 3\n2026-5-3 县级 2\n"
    made = report(book(tmp_path, log), measure=["visits", measure], by="level")
    (found,) = find_figures(parse(f"{measure}[市级]"), made.tables)
    assert explanation_as_text(found, made, Style()).splitlines() == said


def test_a_figure_of_a_log_with_batches_says_that_rows_count_as_many(tmp_path):
    made = report(book(tmp_path, "接访日期 接访级别 批次 来访人数\n2026-5-2 市级 3 9\n2026-5-3 县级 2 2\n"))
    (found,) = find_figures(parse("visits[市级]"), made.tables)
    plain = report(book(tmp_path, "接访日期 接访级别 来访人数\n2026-5-2 市级 9\n", "另.xlsx"))
    assert len(explanation_as_text(found, made, Style())) > len(
        explanation_as_text(find_figures(parse("visits[市级]"), plain.tables)[0], plain, Style())
    )


def test_the_rest_is_explained_by_its_name(tmp_path):
    log = [[*row[:3], ["甲局", "乙局", "丙局", "甲局"][index % 4], *row[4:]] for index, row in enumerate(rows(11, 60))]
    made = counted(tmp_path, log, by="unit", top=1, sort="visits")
    (found,) = find_figures(parse("visits[其余]"), made.tables)
    assert explanation_as_text(found, made, STYLE).splitlines() == ["批次[其余 2 个] = 30", "  批次 = 纳入统计的接访记录数"]


def test_a_kind_of_rows_is_a_value_whose_key_json_says():
    kinds = [RowKind(RowRole.COUNTED), RowKind(RowRole.LEFT_OUT, "closed", compared=True), RowKind(RowRole.REJECTED, "date-text")]
    assert [kind.key for kind in kinds] == ["part", "before:out:closed", "rejected:date-text"]
