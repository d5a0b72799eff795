"""On paper: heads of two rows, columns in blocks, titles on every page, a chart for every log."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.handmade_reports import figures, labelled, report, table
from tests.visits import city, counted, monthly, rows
from tests.written import workbook
from xfstats.config.output_formats import Result
from xfstats.model import Log
from xfstats.render import load_renderer
from xfstats.render.charts import report_charts
from xfstats.render.page_layout import (
    CELL_MARGIN,
    LANDSCAPE_CELLS,
    HeadCell,
    head_rows,
    head_width,
    lay_out_table,
    measure_starts,
    split_columns,
)
from xfstats.render.style import Style
from xfstats.render.table_lines import figure_columns, printed_lines
from xfstats.reports.row import FigureBlock, Row

WIDE = "visits,persons,excluded,closed,closure_rate,settled,settlement_rate,resolved,resolution_rate"


def test_blocks_hold_all_columns_once_in_their_order_and_none_is_wider_than_a_page(tmp_path):
    for options in ({}, {"cross": "channel"}, {"by": "unit,level"}, {"rank": "visits"}):
        made = monthly(tmp_path, measure=WIDE, **options)
        (own,) = made.tables
        stands = lay_out_table(own, made, printed_lines(own, made))
        assert [place for first, end in stands.blocks for place in range(first, end)] == list(range(len(figure_columns(own))))
        for first, end in stands.blocks:
            widths = (*stands.label_widths, *stands.figure_widths[first:end])
            assert sum(widths) + CELL_MARGIN * len(widths) <= LANDSCAPE_CELLS
            assert first in measure_starts(own)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_wide_table_of_a_workbook_is_printed_upright(tmp_path, lang):
    log = [[*row[:3], f"第{index % 40 + 1}办事处", *row[4:]] for index, row in enumerate(rows(2))]
    keys = "visits,persons,closed,closure_rate,on_time_rate,median_days"
    for period, upright in (({"period": "2026-05", "compare": "prev"}, True), ({}, False)):
        made = replace(counted(tmp_path, log if upright else rows(2), by="unit", measure=keys, **period), lang=lang)
        sheet = workbook(made).worksheets[0]
        assert (sheet.page_setup.orientation == "landscape") is not upright
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)


def test_a_measure_wider_than_a_page_stands_alone():
    assert split_columns([20], [200, 9, 9], [0, 1]) == [(0, 1), (1, 3)]


def test_a_long_head_is_broken_into_two_lines():
    assert [head_width(text) for text in ("件", "息诉罢访率", "on the period before", "extraordinarily long")] == [2, 10, 10, 15]


def test_a_measure_stands_over_its_figure_and_its_changes(tmp_path):
    own = monthly(tmp_path, measure="visits,closure_rate").tables[0]
    assert head_rows(own, "zh", 0, 10) == [
        [HeadCell("批次", 0, 5), HeadCell("结案率", 5, 10)],
        [
            HeadCell(text, place, place + 1)
            for place, text in enumerate(
                [*("本期", "上期", "环比±%", "上年同期", "同比±%"), *("本期", "上期", "环比", "上年同期", "同比")]
            )
        ],
    ]
    assert head_rows(own, "zh", 5, 10)[0] == [HeadCell("结案率", 0, 5)]


def test_a_crossed_value_stands_over_its_measures_and_their_changes(tmp_path):
    plain = counted(tmp_path, rows(3), by="level", cross="channel", measure="visits").tables[0]
    assert [over.text for over in head_rows(plain, "zh", 0, 4)[0]] == ["来访", "来信", "未归类", "合计"]
    assert len(head_rows(plain, "zh", 0, 4)) == 1
    ranked = counted(tmp_path, rows(3), by="level", cross="channel", measure="visits", rank="visits").tables[0]
    upper, lower = head_rows(ranked, "zh", 0, len(figure_columns(ranked)))
    assert [(over.text, over.end - over.first) for over in upper] == [("来访", 2), ("来信", 2), ("未归类", 2), ("合计", 2)]
    assert [over.text for over in lower] == ["批次", "位次"] * 4
    compared = monthly(tmp_path, measure="visits,closed", cross="channel", compare="prev").tables[0]
    assert [over.text for over in head_rows(compared, "zh", 0, 6)[1]] == [
        *("批次", "批次 上期", "批次 环比±%"),
        *("结案", "结案 上期", "结案 环比±%"),
    ]


def test_the_workbook_repeats_heads_and_labels_on_every_page(tmp_path):
    for measure, wide in (("visits", False), (WIDE, True)):
        book = workbook(monthly(tmp_path, measure=measure))
        sheet = book["统计表"]
        assert (sheet.print_title_rows, sheet.print_title_cols) == (None if wide else "$4:$5", "$A:$A")
        assert not sheet.col_breaks.brk
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.freeze_panes == (None if wide else "B6")
        assert ("续表" in {row[0].value for row in sheet.iter_rows()}) is wide
        assert "B4:F4" in {str(one) for one in sheet.merged_cells.ranges}
        assert book["计数"].print_title_rows == "$1:$1"


def test_a_page_turns_where_a_table_is_wide(tmp_path):
    for measure, across in (("visits", False), (WIDE, True)):
        made = monthly(tmp_path, measure=measure)
        page = load_renderer("html", Result.REPORT)(made, Style())
        assert ("A4 landscape" in page) is across
        assert (page.count("<table") > 1) is across
        assert len(re.findall(r'scope="colgroup" colspan="5"', page)) == len(made.tables[0].measures)


def test_many_groups_lie_below_each_other_in_the_chart_and_a_tall_chart_below_the_table():
    few, many = (report(labelled(*(f"第{place}局" for place in range(count)))) for count in (3, 20))
    for made in (few, many):
        chart = workbook(made)["构成"]._charts[0]
        assert chart.barDir == "bar"
    page = load_renderer("html", Result.REPORT)(many, Style())
    assert page.index("<table") < page.index("<figure>")
    page = load_renderer("html", Result.REPORT)(few, Style())
    assert page.index("<figure>") < page.index("<table")


@pytest.mark.usefixtures("chinese_font")
def test_a_picture_holds_the_chart_of_every_log():
    picture = load_renderer("svg", Result.REPORT)(city(), Style())
    assert re.findall("<title>([^<]*)", picture) == [chart.title for chart in report_charts(city())]
    other = table([Row({"level": label}, FigureBlock(figures(1, 1, 1))) for label in "甲乙"], log=Log.VISITS)
    one, two = (load_renderer("png", Result.REPORT)(report(*own), Style()) for own in ((other,), (other, other)))
    assert int.from_bytes(two[20:24], "big") == pytest.approx(2 * int.from_bytes(one[20:24], "big"), abs=2)
