"""The workbook of a report: its details, its counts and what each is compared with, cells below a gate."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from tests.logs import book, report
from tests.render.conftest import VISITS, subset
from tests.visits import counted, monthly, rows
from tests.written import data, workbook
from xfstats.config.figure_names import parse
from xfstats.config.output_formats import Result
from xfstats.render import load_renderer
from xfstats.render.explain import explanation_as_text, rows_by_kind
from xfstats.render.inspect import as_text
from xfstats.render.style import Style
from xfstats.render.xlsx.count_sheet import count_cells, counted_rows
from xfstats.reports.references import find_figures

STYLE = Style()

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_figures_below_a_gate_are_marked_red_in_the_workbook(tmp_path):
    made = monthly(tmp_path, compare=None, fail_if=["closure_rate[*] < 90%"])
    sheet = openpyxl.load_workbook(io.BytesIO(load_renderer("xlsx", Result.REPORT)(made, STYLE)))["统计表"]
    rules = [rule for held in sheet.conditional_formatting for rule in held.rules if rule.operator == "lessThan"]
    assert [rule.formula for rule in rules] == [["0.9"]]


def test_batches_stand_in_the_details(tmp_path):
    made = report(book(tmp_path, "接访日期 接访级别 批次\n2024-1-2 市级 3\n2024-1-3 县级 1\n"), detail=True)
    found = made.inputs[0].tally.detail
    assert list(found["batches"]) == [3, 1]
    assert "persons" not in found


def test_each_log_has_its_own_rows_in_details_explanations_and_inspections(two):
    made = two(detail=True)
    sheet = workbook(made)["明细"]
    files = [cell.value for row in sheet.iter_rows(min_row=2) for cell in row if str(cell.value).endswith(".xlsx")]
    assert files == ["接访.xlsx"] * 3 + ["交办.xlsx"] * 2
    (found,) = find_figures(parse("cases"), made.tables)
    assert {file for places in rows_by_kind(made, found).values() for file, _, _ in places} <= {"交办.xlsx"}
    parts = as_text(made, STYLE).split("交办.xlsx")
    assert "接访级别" in parts[0]
    assert "接访级别" not in parts[1]


def test_the_sum_of_a_series_has_nothing_to_compare_with(tmp_path):
    made = report(book(tmp_path, VISITS), by="month", compare="prev", period="2026")
    assert made.tables[0].total_row.block.changes["visits"]["prev"] is None
    before = [cell for cell in count_cells(made.tables[0], 1) if cell.window == "prev"]
    assert before
    sheet = workbook(made)["统计表"]
    total = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    assert not [cell for cell in total if isinstance(cell.value, str) and "prev" in cell.value]
    (found,) = find_figures(parse("visits.prev"), made.tables)
    assert "环比: —" in explanation_as_text(found, made, STYLE)


def test_a_subset_of_all_steps_of_a_series_has_nothing_to_compare_with(tmp_path):
    chosen = {"by": "level,month", "compare": "prev", "period": "2026", "profile": subset(tmp_path, "县里")}
    (table,) = report(book(tmp_path, VISITS), **chosen).tables
    whole = next(number for number, row in enumerate(counted_rows(table), 1) if row.of_which)
    assert {cell.window for cell in count_cells(table, 1) if cell.row_number == whole} == {"now"}


def test_a_gate_marks_no_cell_of_a_table_that_compares(tmp_path):
    """Its columns are changes too, which are not below a rate."""
    gated = {"by": "level", "measure": ["visits", "closure_rate"], "fail_if": ["closure_rate[*] < 90%"]}
    made = report(book(tmp_path, VISITS), compare="prev", period="2026-06", **gated)
    held = [rule for one in workbook(made)["统计表"].conditional_formatting for rule in one.rules]
    assert [rule.type for rule in held] == ["dataBar"]


def test_the_rest_and_changes_stand_in_tables_and_in_plain_workbooks(tmp_path):
    log = [[*row[:3], ["甲局", "乙局", "丙局", "甲局"][index % 4], *row[4:]] for index, row in enumerate(rows(11, 90))]
    made = counted(tmp_path, log, by="unit", measure="visits", top=1, sort="visits", period="2026-05", compare="prev")
    assert "其余" in load_renderer("table")(made, STYLE)
    sheet = openpyxl.load_workbook(io.BytesIO(load_renderer("xlsx")(made, STYLE))).worksheets[0]
    change = made.tables[0].total_row.block.changes["visits"]["prev"].exact
    (total,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "合计"]
    assert total[3] == pytest.approx(change[0] / change[1])


def test_sheets_of_helpers_are_hidden_and_in_the_language_of_the_report(tmp_path):
    for lang, heads, names in (
        ("zh", ("计数", "图表数据"), {"本期", "上期", "批次", "结案率 分子", "结案率 分母"}),
        ("en", ("Counts", "Chart data"), {"this period", "period before", "Visits", "Closure rate part", "Closure rate base"}),
    ):
        made = replace(monthly(tmp_path, measure="visits,closure_rate", compare="prev"), lang=lang)
        read = workbook(made)
        assert [sheet.title for sheet in read.worksheets if sheet.sheet_state == "hidden"] == list(heads)
        counts = list(read[heads[0]].iter_rows(min_row=2, values_only=True))
        assert {text for row in counts for text in row[4:6]} == names


def test_printed_sheets_have_the_office_the_page_number_and_one_page_of_width(tmp_path):
    made = replace(monthly(tmp_path), office="清河市信访局 R&D")
    for lang, footer in (("zh", "— &P —"), ("en", "Page &P of &N")):
        for sheet in workbook(replace(made, lang=lang)).worksheets:
            if sheet.sheet_state == "visible":
                feet = sheet.HeaderFooter
                if lang == "zh":  # odd pages at the right, even ones at the left, a character in, as GB/T 9704 has them
                    assert feet.oddFooter.right.text == f"{footer}\u3000"
                    assert feet.evenFooter.left.text == f"\u3000{footer}"
                    assert feet.differentOddEven
                    assert feet.evenHeader.left.text == feet.oddHeader.left.text
                else:
                    assert footer in feet.oddFooter.center.text
                assert not feet.scaleWithDoc
                assert "清河市信访局 R&&D" in sheet.oddHeader.left.text
                assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_charts_of_series_and_of_groups_name_their_axes_and_hold_what_they_are_compared_with(tmp_path):
    log = rows(3) + [[*row[:1], row[1].replace(year=2025), *row[2:]] for row in rows(4)]
    chosen = {"measure": "visits,closure_rate,median_days", "compare": "prev,yoy"}
    for by, sheet, kinds, period in (
        ("month", "走势", ["lineChart", "barChart", "barChart"], "2026-01..2026-06"),
        ("unit", "构成", ["barChart"] * 3, "2026-05"),
    ):
        made = counted(tmp_path, log, by=by, period=period, **chosen)
        drawn = workbook(made)[sheet]._charts
        assert [chart.tagname for chart in drawn] == kinds
        assert [len(chart.series) for chart in drawn] == [3 if by == "unit" else 2, 3, 1]  # parts, and their figures behind them
        assert all(axis.title.tx.rich.p[0].r[0].t for chart in drawn for axis in (chart.x_axis, chart.y_axis))
        assert drawn[0].series[0].val.numRef.f.startswith("统计表!")
        assert drawn[1].series[0].val.numRef.f.startswith("图表数据!")


def test_a_live_chart_is_over_the_cells_of_its_figures(tmp_path):
    made = counted(tmp_path, rows(3), by="unit", measure="persons,visits", period="2026-05", compare="prev,yoy", rank="visits")
    read = workbook(made)
    chart = read["构成"]._charts[0]
    for number, aspect in enumerate(("figure", "prev")):
        cells = [cell.value for row in read["统计表"][chart.series[number].val.numRef.f.partition("!")[2]] for cell in row]
        figures = [
            row.figures["visits"] if aspect == "figure" else row.block.changes["visits"]["prev"].base
            for row in made.tables[0].rows
        ]
        assert len(cells) == len(figures)
        assert all(isinstance(cell, str) and cell.startswith("=SUMIFS") for cell in cells)
        stored = openpyxl.load_workbook(io.BytesIO(data(made, "xlsx")), data_only=True)["统计表"]
        read_back = [cell.value for row in stored[chart.series[number].val.numRef.f.partition("!")[2]] for cell in row]
        assert read_back == figures


@pytest.mark.parametrize(("lang", "name"), [("zh", "累计"), ("en", "Year to date")])
def test_figures_of_the_year_to_date_have_counts_of_their_own(tmp_path, lang, name):
    made = replace(
        counted(tmp_path, rows(3), by="level", measure="visits,closure_rate", period="2026-05", with_="ytd"), lang=lang
    )
    read = workbook(made)
    counts = list(read[{"zh": "计数", "en": "Counts"}[lang]].iter_rows(min_row=2, values_only=True))
    assert name in {row[4] for row in counts}
    sheet = read.worksheets[0]
    assert any(f'"{name}"' in str(cell.value) for row in sheet.iter_rows() for cell in row)
