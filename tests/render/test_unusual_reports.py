"""Rendering at its edges: two logs in one report, series, rates alone, names that lead nowhere, what the system lacks."""

from __future__ import annotations

import io
import re
import sys
import threading
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from tests.logs import book, report
from tests.visits import counted, rows
from tests.written import drawn, workbook
from xfstats.config.figure_names import parse
from xfstats.errors import UsageFault
from xfstats.render import RENDERERS, load_renderer
from xfstats.render.explain import explanation_as_text, rows_by_kind
from xfstats.render.inspect import as_text
from xfstats.render.safe_text import MAX_WIDTH, display_width, shorten_distinct
from xfstats.render.style import Style
from xfstats.render.template_limits import limit_resources
from xfstats.render.xlsx.count_sheet import count_cells, counted_rows
from xfstats.render.xlsx.template import fill_workbook_template
from xfstats.report.figures import Statistic
from xfstats.report.references import find_figures

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
STYLE = Style()
HEAD = "接访日期 接访级别 来访人数 办理状态\n"
VISITS = f"{HEAD}2026-5-2 市级 3 已办结\n2026-5-3 县级 2 办理中\n2026-6-3 县级 2 已办结\n"
CASES = "案件编号 交办日期 责任单位 办理状态\nA1 2026-5-4 甲局 已办结\nA2 2026-6-5 乙局 办理中\n"


@pytest.fixture
def two(tmp_path):
    """Two logs in one report."""
    paths = book(tmp_path, VISITS), book(tmp_path, CASES, "交办.xlsx")
    return lambda **options: report(*paths, **options)


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


def test_a_series_of_a_year_and_more_names_each_second_point(tmp_path):
    days = [f"{2025 + month // 12}-{1 + month % 12}-3 市级 1 已办结\n" for month in range(14)]
    made = report(book(tmp_path, HEAD + "".join(days)), by="month")
    picture = drawn(made, "svg")
    assert picture.count("<circle") == 14
    assert len(re.findall(r">202\d-\d\d<", picture)) == 7


def test_rates_alone_are_drawn_by_their_size(tmp_path):
    made = report(book(tmp_path, VISITS), measure=["closure_rate"], by="level")
    bars = [float(length) for length in re.findall(r'width="([\d.]+)" height="\d+" fill', drawn(made, "svg"))]
    assert bars[0] == pytest.approx(2 * bars[1], rel=0.01)


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_picture_of_nothing_is_refused(tmp_path, form):
    with pytest.raises(UsageFault) as caught:
        load_renderer(form, report=True)(report(book(tmp_path, HEAD + "2026-5-2 市级 3 已办结\n"), by="level"), STYLE)
    assert caught.value.code == "E242"


def test_the_sum_of_a_series_has_nothing_to_compare_with(tmp_path):
    made = report(book(tmp_path, VISITS), by="month", compare="prev", period="2026")
    assert made.tables[0].total_row.block.changes["visits"]["prev"] is None
    before = [cell for cell in count_cells(made.tables[0], 1) if cell.window == "prev"]
    assert before
    sheet = workbook(made)["统计表"]
    total = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    assert not [cell for cell in total if isinstance(cell.value, str) and "prev" in cell.value]
    (found,) = find_figures(parse("visits.prev"), made.tables)
    assert "环比: 无基数" in explanation_as_text(found, made, STYLE)


def subset(folder, label):
    """A profile with a 其中 row."""
    (folder / "own.toml").write_text(
        f'[[groups.visits]]\nlabel = "{label}"\nwhen = {{ level = "县级" }}\nof_which = true\n', "utf-8"
    )
    return folder / "own.toml"


def test_a_subset_of_all_steps_of_a_series_has_nothing_to_compare_with(tmp_path):
    chosen = {"by": "level,month", "compare": "prev", "period": "2026", "profile": subset(tmp_path, "县里")}
    (table,) = report(book(tmp_path, VISITS), **chosen).tables
    whole = next(number for number, row in enumerate(counted_rows(table), 1) if row.of_which)
    assert {cell.window for cell in count_cells(table, 1) if cell.row_number == whole} == {"now"}


def test_the_rest_is_explained_by_its_name(tmp_path):
    log = [[*row[:3], ["甲局", "乙局", "丙局", "甲局"][index % 4], *row[4:]] for index, row in enumerate(rows(11, 60))]
    made = counted(tmp_path, log, by="unit", top=1, sort="visits")
    (found,) = find(parse("visits[其余]"), made.tables)
    assert as_explanation(found, made, STYLE).splitlines() == ["批次[其余 2 个] = 30", "  批次 = 计入的接访记录数"]


def test_a_gate_marks_no_cell_of_a_table_that_compares(tmp_path):
    """Its columns are changes too, which are not below a rate."""
    gated = {"by": "level", "measure": ["visits", "closure_rate"], "fail_if": ["closure_rate[*] < 90%"]}
    made = report(book(tmp_path, VISITS), compare="prev", period="2026-06", **gated)
    held = [rule for one in workbook(made)["统计表"].conditional_formatting for rule in one.rules]
    assert [rule.type for rule in held] == ["dataBar"]


def template(folder, **names):
    made = openpyxl.Workbook()
    for name, place in names.items():
        made.defined_names[name] = DefinedName(name, attr_text=place)
    made.save(folder / "t.xlsx")
    return folder / "t.xlsx"


@pytest.mark.parametrize(
    ("name", "place", "code"),
    [
        ("visits", "5", "E263"),
        ("visits", '"a text"', "E263"),
        ("visits__无此级", "Sheet!$B$2", "E237"),
        ("visits.prev", "Sheet!$B$2", "E237"),
    ],
)
def test_a_name_without_a_cell_or_without_one_figure_is_named(tmp_path, name, place, code):
    with pytest.raises(UsageFault) as caught:
        fill_workbook_template(template(tmp_path, **{name: place}), report(book(tmp_path, VISITS), by="level"))
    assert caught.value.code == code
    assert caught.value.values.get("name", caught.value.values.get("figure")) in {name, "visits[无此级]"}


def test_a_name_that_two_logs_have_is_named_with_both(tmp_path, two):
    with pytest.raises(UsageFault) as caught:
        fill_workbook_template(template(tmp_path, closed="Sheet!$B$2"), two())
    assert (caught.value.code, caught.value.values["names"]) == ("E238", "visits:closed, cases:closed")


def test_a_name_that_two_rows_have_is_refused(tmp_path):
    made = report(book(tmp_path, VISITS), by="level", profile=subset(tmp_path, "市级"))
    with pytest.raises(UsageFault) as caught:
        fill_workbook_template(template(tmp_path, visits__市级="Sheet!$B$2"), made)
    assert caught.value.code == "E237"


def test_a_cell_of_days_and_one_without_any_are_filled(tmp_path):
    log = "接访日期 接访级别 办理状态 办结日期\n2026-5-2 市级 已办结 2026-5-5\n"
    log += "2026-5-3 市级 已办结 2026-5-7\n2026-5-4 县级 办理中 .\n"
    made = report(book(tmp_path, log), measure=["visits", "median_days"], by="level")
    assert made.tables[0].rows[1].figures["median_days"] == Statistic(0, 0)
    path = template(tmp_path, median_days__市级="Sheet!$B$2", median_days__县级="Sheet!$B$3")
    sheet = openpyxl.load_workbook(io.BytesIO(fill_workbook_template(path, made))).worksheets[0]
    assert (sheet["B2"].value, sheet["B2"].number_format, sheet["B3"].value) == (3.5, "0.##", "—")


def test_a_template_in_another_thread_or_another_system_is_filled_all_the_same(monkeypatch):
    done = []

    def fill():
        with limit_resources():
            done.append("filled")

    thread = threading.Thread(target=fill)
    thread.start()
    thread.join()
    monkeypatch.setitem(sys.modules, "resource", None)
    fill()
    assert done == ["filled", "filled"]


def test_a_module_of_ours_that_is_missing_is_no_missing_extra(monkeypatch):
    monkeypatch.setitem(RENDERERS, "table", ("nowhere", "as_text"))
    with pytest.raises(ModuleNotFoundError) as caught:
        renderer("table")
    assert caught.value.name == "xfstats.render.nowhere"


@pytest.mark.parametrize("end", ["", "甲", "·" * 4])
def test_two_long_labels_that_begin_alike_are_told_apart_by_their_ends(end):
    one, other = ("长" * MAX_WIDTH + end + last for last in "甲乙")
    shown = shorten_distinct([one, other])
    assert shown[one] != shown[other]
    assert max(map(display_width, shown.values())) <= MAX_WIDTH


def test_labels_without_a_wide_end_are_told_apart_too():
    one, other = ("长" * MAX_WIDTH + "\u0301" * (2 * MAX_WIDTH) + last for last in "12")
    assert len(set(shorten_distinct([one, other]).values())) == 2


def test_bars_of_a_rate_are_drawn_and_those_without_a_basis_are_empty(tmp_path):
    log = f"{HEAD}2026-5-2 市级 1 办理中\n2026-5-3 县级 2 不予受理\n2026-6-3 乡级 2 已办结\n2026-6-4 乡级 2 办理中\n"
    made = report(book(tmp_path, log), measure=["closure_rate"], by="level")
    assert renderer("table")(made, replace(STYLE, bars=True)).splitlines()[2:9] == [
        "│ 层级   │   结案率 │                      │",
        "├────────┼──────────┼──────────────────────┤",
        "│ 市级   │    0.00% │                      │",
        "│ 县级   │        — │                      │",
        "│ 乡级   │   50.00% │ ████████████████████ │",
        "├────────┼──────────┼──────────────────────┤",
        "│ 合计   │   33.33% │                      │",
    ]


def test_the_rest_and_changes_stand_in_tables_and_in_plain_workbooks(tmp_path):
    log = [[*row[:3], ["甲局", "乙局", "丙局", "甲局"][index % 4], *row[4:]] for index, row in enumerate(rows(11, 90))]
    made = counted(tmp_path, log, by="unit", measure="visits", top=1, sort="visits", period="2026-05", compare="prev")
    assert "其余" in load_renderer("table")(made, STYLE)
    sheet = openpyxl.load_workbook(io.BytesIO(load_renderer("xlsx")(made, STYLE))).worksheets[0]
    change = made.tables[0].total_row.block.changes["visits"]["prev"].exact
    (total,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "合计"]
    assert total[2] == pytest.approx(change[0] / change[1])
