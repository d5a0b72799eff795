"""Comparing, ranking, crossing, series, top and bottom: what a row says beside its figures."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.logs import book, report
from tests.visits import counted, rows
from xfstats.config.plan import Order
from xfstats.errors import InputFault, UsageFault
from xfstats.render.json import as_json
from xfstats.render.json_schemas import json_schema
from xfstats.render.style import Style
from xfstats.render.table_lines import column_heads, figure_columns, printed_lines
from xfstats.reports.figures import Change, Pair, Place, format_change
from xfstats.reports.rank import rank_groups, sort_groups

LOG = """
接访日期 接访级别 责任单位 来访人数 办理状态
2026-9-3 市级 甲局 2 已办结
2026-9-20 县级 甲局 3 办理中
2026-10-2 市级 甲局 1 已办结
2026-10-3 市级 乙局 1 办理中
2026-10-25 县级 乙局 4 已办结
2025-10-5 乡级 丙局 7 办理中
2026-11-1 乡级 丙局 2 已办结
"""


def table(tmp_path, log=LOG, **options):
    return report(book(tmp_path, log), **options).tables[0]


def by_label(made, measure, what=lambda row, measure: row.figures[measure]):
    return {"·".join(label or "" for label in row.group.values()): what(row, measure) for row in made.rows}


def changes(window):
    return lambda row, measure: row.block.changes[measure][window]


def test_a_count_is_compared_with_the_period_before_and_the_year_before(tmp_path):
    made = table(tmp_path, period="2026-10", compare="prev,yoy")
    assert by_label(made, "visits") == {"市级": 2, "县级": 1, "乡级": 0}
    assert by_label(made, "visits", changes("prev")) == {"市级": Change(2, 1), "县级": Change(1, 1), "乡级": Change(0, 0)}
    assert made.total_row.block.changes["visits"] == {"prev": Change(3, 2), "yoy": Change(3, 1)}
    assert made.total_row.block.changes["closure_rate"]["prev"] == Change(Pair(2, 3), Pair(1, 2))


def test_rows_that_only_a_comparison_uses_are_outside(tmp_path):
    made = report(book(tmp_path, LOG), period="2026-10", compare="prev,yoy").reconciliation
    assert (made.counted, made.outside) == (3, 4)


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (Change(308, 303), "+1.65%", "+1.65%"),
        (Change(3, 4), "-25.00%", "-25.00%"),
        (Change(4, 4), "0.00%", "0.00%"),
        (Change(4, 0), "—", "—"),
        (Change(Pair(2, 3), Pair(1, 2)), "+16.67 百分点", "+16.67 points"),
        (Change(Pair(0, 0), Pair(1, 2)), "—", "—"),
        (Change(Pair(1, 2), Pair(1, 2)), "0.00 百分点", "0.00 points"),
    ],
)
def test_counts_change_in_percent_and_rates_in_points(change, zh, en):
    assert (format_change(change, "zh", 2), format_change(change, "en", 2)) == (zh, en)


def test_what_it_was_compared_with_is_said_under_the_table(tmp_path):
    notes = table(tmp_path, period="2026-10", compare="prev,yoy").notes
    assert notes == ("环比：与 2026-09-01 至 2026-09-30 相比", "同比：与上年 2025-10-01 至 2025-10-31 相比")


def test_comparing_needs_a_period(tmp_path):
    with pytest.raises(UsageFault) as caught:
        table(tmp_path, compare="prev")
    assert caught.value.code == "E233"


def test_a_series_keeps_its_empty_months_as_zeros(tmp_path):
    made = table(tmp_path, by="month", period="2026-08-01..2026-11-30")
    assert by_label(made, "visits") == {"2026-08": 0, "2026-09": 2, "2026-10": 3, "2026-11": 1}


def test_a_series_without_a_period_runs_from_the_first_to_the_last_record(tmp_path):
    assert list(by_label(table(tmp_path, by="quarter"), "visits").values()) == [1, 0, 0, 2, 4]


def test_a_series_within_groups_has_every_step_in_every_group(tmp_path):
    made = table(tmp_path, by="level,month", period="2026-09-01..2026-10-31")
    assert by_label(made, "visits") == {
        "市级·2026-09": 1,
        "市级·2026-10": 2,
        "市级": 3,
        "县级·2026-09": 1,
        "县级·2026-10": 1,
        "县级": 2,
        "乡级·2026-09": 0,
        "乡级·2026-10": 0,
        "乡级": 0,
    }


def test_rows_of_a_series_are_compared_with_the_row_before(tmp_path):
    made = table(tmp_path, by="month", period="2026-10-01..2026-11-30", compare="prev,yoy", as_of="2026-12-31")
    assert by_label(made, "visits", changes("prev")) == {"2026-10": Change(3, 2), "2026-11": Change(1, 3)}
    assert by_label(made, "visits", changes("yoy")) == {"2026-10": Change(3, 1), "2026-11": Change(1, 0)}
    assert made.total_row.block.changes["visits"] == {"prev": None, "yoy": Change(4, 1)}


def test_two_series_at_once_are_refused(tmp_path):
    with pytest.raises(UsageFault) as caught:
        table(tmp_path, by="month,year")
    assert caught.value.code == "E234"


def test_a_crossed_field_stands_side_by_side_and_adds_up(tmp_path):
    made = table(tmp_path, by="level", cross="unit", measure="visits")
    assert column_heads(made, "zh") == (["层级"], ["甲局", "丙局", "乙局", "合计"])
    report_ = report(book(tmp_path, LOG), by="level", cross="unit", measure="visits")
    assert [(line.labels[0], *line.figures) for line in printed_lines(made, report_)] == [
        ("市级", "2", "0", "1", "3"),
        ("县级", "1", "0", "1", "2"),
        ("乡级", "0", "2", "0", "2"),
        ("合计", "3", "2", "2", "7"),
    ]


def test_data_has_a_row_for_every_crossed_value_and_their_sum(tmp_path):
    made = table(tmp_path, by="level", cross="unit", measure="visits")
    flat = [(dict(row.group), row.kind, row.figures["visits"]) for row in made.flat()]
    assert flat[:4] == [
        ({"level": "市级", "unit": "甲局"}, "group", 2),
        ({"level": "市级", "unit": "丙局"}, "group", 0),
        ({"level": "市级", "unit": "乙局"}, "group", 1),
        ({"level": "市级"}, "subtotal", 3),
    ]
    assert flat[-2:] == [({"unit": "乙局"}, "subtotal", 2), ({}, "total", 7)]


RANKED = """
来访日期 区县 来访人数
""" + "\n".join(
    f"{year}-5-1 {name} 1"
    for year, sizes in ((2021, {"甲县": 3, "乙县": 5, "丙县": 3, "丁县": 1}), (2020, {"甲县": 4, "乙县": 1, "丙县": 2}))
    for name, size in sizes.items()
    for _ in range(size)
)


def test_ties_share_a_place_and_the_next_is_skipped(tmp_path):
    made = table(tmp_path, RANKED, by="region", period="2021", rank="visits", compare="yoy")
    places = by_label(made, "visits", lambda row, measure: row.block.places[measure])
    assert places == {
        "乙县": Place(1, 4, {"yoy": 3}),
        "丙县": Place(2, 4, {"yoy": 2}),
        "甲县": Place(2, 4, {"yoy": 1}),
        "丁县": Place(4, 4, {"yoy": 4}),
    }


def test_the_smallest_comes_first_where_it_is_asked_for(tmp_path):
    made = table(tmp_path, RANKED, by="region", period="2021", rank="visits:asc")
    assert [row.group["region"] for row in made.rows] == ["丁县", "丙县", "甲县", "乙县"]


def test_a_total_without_groups_has_no_place(tmp_path):
    made = table(tmp_path, "来访日期 来访人数 办理状态\n2026-10-1 3 已办结\n", rank="visits")
    assert (made.ranked, [note for note in made.notes if "位次" in note]) == (None, [])


def test_the_first_few_and_all_others_as_one_row(tmp_path):
    made = table(tmp_path, RANKED, by="region", period="2021", top=1)
    assert [(row.group["region"], row.kind, row.rest, row.figures["visits"]) for row in made.rows] == [
        ("乙县", "group", 0, 5),
        (None, "rest", 3, 7),
    ]
    assert made.total["visits"] == 12


def test_a_tie_at_the_end_of_the_first_few_is_not_cut(tmp_path):
    made = table(tmp_path, RANKED, by="region", period="2021", top=2)
    assert [(row.group["region"], row.rest) for row in made.rows] == [("乙县", 0), ("丙县", 0), ("甲县", 0), (None, 1)]


def test_the_last_few(tmp_path):
    made = table(tmp_path, RANKED, by="region", period="2021", bottom=1)
    assert [(row.group["region"], row.rest) for row in made.rows] == [("丁县", 0), (None, 3)]


def test_the_rest_has_the_median_of_its_records_not_of_its_rows(tmp_path):
    log = "登记日期 案件编号 责任单位 办理状态 办结日期\n" + "".join(
        f"2026-1-1 A{n} {unit} 已办结 2026-1-{day}\n"
        for n, (unit, day) in enumerate([("甲", 2)] * 3 + [("乙", 3), ("乙", 9), ("丙", 21)])
    )
    made = report(book(tmp_path, log, "案件.xlsx"), by="unit", top=1, measure="cases,median_days").tables[0]
    assert made.rows[1].figures["median_days"].value == 8


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"top": 1, "bottom": 1}, "E234"),
        ({"top": 1, "by": "level,unit"}, "E235"),
        ({"rank": "visitors"}, "E201"),
        ({"sort": "visits:down"}, "E203"),
        ({"by": "level", "cross": "level"}, "E214"),
        ({"cross": "months"}, "E203"),
        ({"compare": "last", "period": "2026"}, "E201"),
    ],
)
def test_options_that_do_not_go_together_are_usage_errors(tmp_path, options, code):
    with pytest.raises(UsageFault) as caught:
        table(tmp_path, **options)
    assert caught.value.code == code


def test_a_place_by_a_measure_that_no_log_has_is_refused(tmp_path):
    with pytest.raises(InputFault) as caught:
        table(tmp_path, rank="satisfaction_rate")
    assert caught.value.values["field"] == "satisfaction"


def test_sorting_keeps_groups_without_a_value_last(tmp_path):
    log = "接访日期 接访级别 来访人数 办理状态\n2026-1-1 市级 1 不予受理\n2026-1-1 县级 1 办理中\n2026-1-1 乡级 1 已办结\n"
    for sort, order in (("closure_rate", ["乡级", "县级", "市级"]), ("closure_rate:asc", ["县级", "乡级", "市级"])):
        assert [row.group["level"] for row in table(tmp_path, log, sort=sort).rows] == order


def test_each_measure_is_followed_by_its_changes_and_its_place(tmp_path):
    made = table(tmp_path, period="2026-10", compare="prev", rank="persons", measure="visits,persons")
    assert column_heads(made, "zh")[1] == [
        *("批次", "批次 上期", "批次 环比±%"),
        *("人次", "人次 上期", "人次 环比±%", "人次 位次"),
    ]
    assert [column.aspect for column in figure_columns(made)] == [
        *("figure", "prev.base", "prev"),
        *("figure", "prev.base", "prev", "place"),
    ]


def test_what_has_no_group_stands_last_even_after_a_group_without_records():
    sizes = {("乙局",): 0, (None,): 0, ("甲局",): 3, ("市级",): 1}
    found = sort_groups(list(sizes), ("unit",), None, {"市级": 0}, sizes.__getitem__, None, None)
    assert found == [("市级",), ("甲局",), ("乙局",), (None,)]


def test_what_has_no_figure_and_what_has_no_group_take_no_place():
    figures = {("甲局",): Pair(1, 2), ("乙局",): Pair(0, 0), ("丙局",): Pair(1, 4), (None,): Pair(3, 4)}
    assert rank_groups(figures, {}, Order("closure_rate")) == {("甲局",): Place(1, 2, {}), ("丙局",): Place(2, 2, {})}


@pytest.mark.parametrize(("rank", "told", "order"), [("visits", "由高到低", "desc"), ("visits:asc", "由低到高", "asc")])
def test_the_direction_of_places_is_said(tmp_path, rank, told, order):
    made = report(book(tmp_path, LOG), rank=rank)
    assert [note for note in made.tables[0].notes if "位次" in note] == [f"位次按批次{told}，数值相同的名次并列"]
    plain = json.loads(as_json(made, Style()))
    assert plain["tables"][0]["rank"] == {"measure": "visits", "order": order}
    jsonschema.validate(plain, json.loads(json_schema()))


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        ({"by": "month", "period": "2026", "compare": "prev"}, ["2026-11"]),
        ({"by": "quarter", "period": "2026", "compare": "prev,yoy"}, ["2026-Q4"]),
        ({"by": "month", "period": "2026-09-10..2026-10-31", "compare": "yoy"}, ["2026-09"]),
        ({"by": "month", "period": "2026-10-03..2026-10-09", "compare": "prev"}, ["2026-10"]),
        ({"by": "month", "period": "2026-Q3", "compare": "prev"}, []),
        ({"by": "month", "period": "2026"}, []),
    ],
)
def test_rows_that_are_compared_with_a_part_are_named(tmp_path, options, rows):
    notes = [note for note in table(tmp_path, **options).notes if "不是整期" in note]
    assert [note.split(" ")[0] for note in notes] == rows


def test_the_rest_of_a_crossed_table_holds_the_cells_of_the_groups_left_out(tmp_path):
    made = table(tmp_path, by="unit", cross="level", measure="visits", top=1)
    (rest,) = [row for row in made.rows if row.kind == "rest"]
    others = table(tmp_path, by="unit", cross="level", measure="visits").rows[1:]
    assert rest.cells
    for value, block in rest.cells.items():
        assert block.figures["visits"] == sum(row.cells[value].figures["visits"] for row in others)


def test_the_former_figure_is_a_key_of_its_own_also_where_it_is_no_basis(tmp_path):
    made = report(book(tmp_path, LOG), by="unit", period="2026-09", compare="prev,yoy", measure="visits")
    plain = json.loads(as_json(made, Style()))["tables"][0]["total"]
    assert plain["former"] == {"visits": {"prev": 0, "yoy": 0}}
    assert plain["changes"]["visits"]["yoy"] is None


def test_a_preset_prints_twelve_measures_and_data_holds_all(tmp_path):
    made = counted(tmp_path, rows(3), measure=None, words={"preset": "petition"})
    (own,) = made.tables
    assert (len(own.printed), len(own.measures)) == (12, 23)
    assert len(column_heads(own, "zh")[1]) == 12
    assert set(json.loads(as_json(made, Style()))["tables"][0]["total"]["figures"]) == set(own.measures)
    told = (
        "另有不计入、按期受理率、息诉罢访率、解决率、评价满意、评价基本满意、评价不满意、未评价、参评率、对单位满意率、"
        "办理天数中位数没有印出；要印用 -m 指定，JSON 和 CSV 中都有"
    )
    assert [note for note in own.notes if "没有印出" in note] == [told]
    chosen = counted(tmp_path, rows(3), measure=",".join(own.measures), words={"preset": "petition"}).tables[0]
    assert chosen.printed == own.measures


@pytest.mark.parametrize(
    ("header", "name", "rate"), [("是否化解", "化解", "化解率"), ("是否解决", "解决", "解决率"), ("是否已化解", "化解", "化解率")]
)
def test_a_log_keeps_its_own_word_for_what_is_resolved(tmp_path, header, name, rate):
    log = f"排查日期 责任单位 {header}\n2026-10-1 甲局 是\n2026-10-2 乙局 否\n"
    made = report(book(tmp_path, log, name="信访积案排查台账.xlsx"))
    (own,) = made.tables
    assert column_heads(own, "zh")[1] == ["件", name, rate]
    assert own.definitions["resolution_rate"] == f"{rate} = {name} ÷ 件数"
    assert own.definitions["resolved"] == f"{name} = “{header}”为是的"
    assert [one["label"] for one in json.loads(as_json(made, Style()))["tables"][0]["measures"]] == ["件", name, rate]


def test_visits_are_first_and_repeated_visits_and_cases_are_not(tmp_path):
    keys = {"measure": "initial,repeat,repeat_rate"}
    visits = report(book(tmp_path, "接访日期 来访人数 初重访\n2026-10-1 1 初访\n2026-10-2 1 重访\n"), **keys).tables[0]
    assert column_heads(visits, "zh")[1] == ["初访", "重访", "重访率"]
    assert visits.definitions["repeat_rate"] == "重访率 = 重访 ÷ 批次数"
    cases = report(
        book(tmp_path, "登记日期 状态 初重件\n2026-10-1 办结 初次\n2026-10-2 办结 重复\n", name="案件.xlsx"), log="cases", **keys
    )
    assert column_heads(cases.tables[0], "zh")[1] == ["初次", "重复", "重复率"]
