"""What the charts of a table hold: amounts and changes, parts of a whole, days; nothing that --public protects."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handmade_reports import figures, labelled, report, table
from tests.visits import counted, rows
from xfstats.config.parse import parse_gates
from xfstats.config.periods import Window
from xfstats.model import Period
from xfstats.render.chart_png import as_svg, draw_charts
from xfstats.render.chart_svg import draw_inline_svg
from xfstats.render.charts import MAX_GROUPS, Kind, Role, table_charts
from xfstats.render.style import Style
from xfstats.reports.figures import Pair
from xfstats.reports.row import FigureBlock, Row

TIMELY = "visits,closed,closure_rate,on_time_rate,median_days"


def charts(made):
    """The charts of the first table by kind and order."""
    return table_charts(made.tables[0], made)


def test_a_ranked_chart_shows_places_changes_and_the_figures_before(tmp_path):
    made = counted(tmp_path, rows(3), by="unit", measure="visits", period="2026-05", compare="prev", rank="visits")
    chart = charts(made)[0]
    assert (chart.kind, [one.role for one in chart.series]) == (Kind.BARS, [Role.NOW, Role.PREV])
    assert list(chart.series[0].values) == sorted(chart.series[0].values, reverse=True)
    row = made.tables[0].rows[0]
    assert chart.texts[0].startswith(f"{row.figures['visits']} · 环比 ")
    assert "第 1 位（上期 " in chart.texts[0]
    assert chart.series[1].values[0] == row.block.changes["visits"]["prev"].base


def test_a_series_is_a_line_beside_the_year_before_and_not_beside_itself(tmp_path):
    log = rows(3) + [[*row[:1], row[1].replace(year=2025), *row[2:]] for row in rows(4)]
    made = counted(tmp_path, log, by="month", measure="visits", period="2026-01..2026-06", compare="prev,yoy")
    (chart,) = charts(made)
    assert (chart.kind, [one.name for one in chart.series]) == (Kind.LINE, ["本期", "上年同期"])


def test_a_period_in_which_nothing_is_has_no_series(tmp_path):
    made = counted(tmp_path, rows(3), by="unit", measure="visits", period="2026-05", compare="yoy")
    assert [one.role for one in charts(made)[0].series] == [Role.NOW]


def test_what_is_closed_and_in_time_stands_against_what_is_not(tmp_path):
    made = counted(tmp_path, rows(3), by="unit", measure=TIMELY)
    _, outcome, timely, _ = charts(made)
    for chart, key in ((outcome, "closure_rate"), (timely, "on_time_rate")):
        assert chart.kind == Kind.PARTS
        for place, row in enumerate(made.tables[0].rows):
            pair = row.figures[key]
            assert [one.values[place] for one in chart.series] == [pair.numerator, pair.denominator - pair.numerator]
    assert [one.name for one in outcome.series] == ["结案", "未结案"]


def test_the_days_of_a_total_are_a_histogram_of_all_that_the_median_is_of(tmp_path):
    made = counted(tmp_path, rows(3), by="unit", measure="visits,median_days")
    chart = charts(made)[-1]
    assert chart.kind == Kind.HISTOGRAM
    assert sum(chart.series[0].values) == sum(made.tables[0].days.values()) > 1
    assert chart.labels[0] == "0–7"
    assert (chart.label_axis, chart.value_axis) == ("天", "批次")


def test_a_table_without_a_measure_of_days_holds_none(tmp_path):
    made = counted(tmp_path, rows(3), by="unit", measure="visits,closure_rate")
    assert made.tables[0].days == {}


def test_with_public_no_chart_has_a_number_that_its_table_has_not(tmp_path):
    chosen = {"by": "unit", "measure": "visits,closed,closure_rate,median_days,p90_days"}
    made = counted(tmp_path, rows(3), gates=parse_gates({"public": True}), public=True, **chosen)
    assert made.tables[0].days == {}
    kinds = [chart.kind for chart in charts(made)]
    assert kinds == [Kind.BARS, Kind.PARTS, Kind.BARS]
    for row, *values in zip(made.tables[0].rows, *(one.values for chart in charts(made) for one in chart.series), strict=True):
        visits, done, left, middle, most = values
        pair = row.figures["closure_rate"]
        assert (visits, done, done + left) == (row.figures["visits"], pair.numerator, pair.denominator)
        assert {visits % 5, done % 5, left % 5, (middle or 0) % 1, (most or 0) % 1} == {0}


def test_subtotals_of_outer_groups_are_drawn_where_groups_are_nested(tmp_path):
    made = counted(tmp_path, rows(3), by="unit,level", measure="visits")
    assert set(charts(made)[0].labels) == {"甲局", "乙局", "丙局"}


@pytest.mark.parametrize(("count", "drawn"), [(1, 0), (2, 2), (MAX_GROUPS, 2), (MAX_GROUPS + 1, 0)])
def test_one_group_and_very_many_have_no_chart_of_groups(count, drawn):
    made = report(labelled(*(f"第{place}局" for place in range(count))))
    assert len([chart for chart in charts(made) if chart.kind in {Kind.BARS, Kind.PARTS}][:2]) == drawn


def test_a_rate_without_a_base_is_a_dash_and_no_bar():
    blocks = [FigureBlock({**figures(4, 9, 1), "closure_rate": Pair(0, 0)}), FigureBlock(figures(2, 2, 1))]
    own = table([Row({"level": label}, block) for label, block in zip("甲乙", blocks, strict=True)])
    chart = next(chart for chart in charts(report(own)) if chart.kind == Kind.PARTS)
    assert chart.texts[0] == "—"
    assert [one.values[0] for one in chart.series] == [0, 0]


def test_days_beyond_the_last_class_are_one_open_class():
    made = report(table(days={3: 2, 200: 1, 400: 1}))
    chart = charts(made)[-1]
    assert (chart.labels[-1], chart.series[0].values[-1], sum(chart.series[0].values)) == ("≥181", 2, 4)


@pytest.mark.parametrize("form", ["svg", "png"])
def test_days_are_drawn_as_upright_bars(chinese_font, form):
    made = report(table(days={3: 2, 200: 1}))
    picture = as_svg(made, Style()) if form == "svg" else draw_charts([charts(made)[-1]])
    assert picture.startswith("<svg" if form == "svg" else b"\x89PNG")


def test_a_line_has_a_gap_where_a_period_has_no_value(tmp_path):
    log = [row for row in rows(3) if row[1].month != 3]
    made = counted(tmp_path, log, by="month", measure="closure_rate", period="2026-01..2026-06")
    chart = charts(made)[0]
    assert chart.series[0].values[2] is None
    drawn = draw_inline_svg(chart, "a")
    assert drawn.count("<polyline") + drawn.count("<path") >= 2


def test_a_change_without_a_basis_is_not_written_at_its_bar(tmp_path):
    log = [*rows(3), *([*row[:1], row[1].replace(month=4), *row[2:]] for row in rows(1) if row[1].month == 5)]
    made = counted(tmp_path, log, by="unit", measure="visits", period="2026-05", compare="prev,yoy")
    assert [text for text in charts(made)[0].texts if "同比" in text] == []


def test_a_row_that_was_not_compared_has_its_figure_alone():
    windows = (Window("prev", Period(date(2020, 5, 27), date(2020, 12, 1))),)
    made = report(table(windows=windows))
    assert charts(made)[0].texts[0] == str(made.tables[0].rows[0].figures["visits"])
