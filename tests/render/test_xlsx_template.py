"""An office's own workbook, filled through its named cells; names that lead nowhere or to several figures."""

from __future__ import annotations

import io
import sys
import threading

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from tests.logs import book, report
from tests.render.conftest import VISITS, subset
from tests.visits import monthly
from tests.written import office_template, told
from xfstats.config.output_formats import Result
from xfstats.errors import UsageFault
from xfstats.render import load_renderer
from xfstats.render.style import Style
from xfstats.render.template_limits import limit_resources
from xfstats.render.xlsx.template import fill_workbook_template
from xfstats.reports.figures import Statistic

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


def test_an_offices_own_workbook_is_filled_through_its_named_cells(tmp_path):
    made = monthly(tmp_path)
    names = ["visits", "closure_rate__县级", "visits.prev", "paragraph", "Print_Area_of_ours"]
    data = fill_workbook_template(office_template(tmp_path / "t.xlsx", names), made)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    row = next(row for row in made.tables[0].rows if row.group["level"] == "县级")
    assert sheet["A1"].value == "月报"
    assert sheet["B2"].value == made.tables[0].total["visits"]
    assert sheet["B3"].value == pytest.approx(row.figures["closure_rate"].value, abs=1e-6)
    assert sheet["B5"].value == told(made)
    assert sheet["B6"].value is None
    assert data == fill_workbook_template(tmp_path / "t.xlsx", made)


def test_cells_are_named_in_chinese_too_and_a_range_of_the_office_is_its_own(tmp_path):
    made = monthly(tmp_path)
    keys = fill_workbook_template(office_template(tmp_path / "k.xlsx", ["visits", "closure_rate__县级", "visits.prev"]), made)
    names = office_template(tmp_path / "t.xlsx", ["批次", "结案率__县级", "批次.环比"])
    book = openpyxl.load_workbook(names)
    book.defined_names["人次"] = DefinedName("人次", attr_text=f"{book.active.title}!$D$1:$D$9")
    book.save(names)
    filled = openpyxl.load_workbook(io.BytesIO(fill_workbook_template(names, made))).active
    same = openpyxl.load_workbook(io.BytesIO(keys)).active
    assert [filled[f"B{row}"].value for row in (2, 3, 4)] == [same[f"B{row}"].value for row in (2, 3, 4)]
    assert [filled[f"D{row}"].value for row in range(1, 10)] == [None] * 9


def test_a_named_cell_of_no_figure_and_a_template_with_drawings_are_refused(tmp_path):
    made = monthly(tmp_path)
    office_template(tmp_path / "t.xlsx", ["visits__火星"])
    (tmp_path / "drawn.xlsx").write_bytes(load_renderer("xlsx", Result.REPORT)(made, Style()))
    for name, code in (("t.xlsx", "E237"), ("drawn.xlsx", "E245"), ("none.xlsx", "E244")):
        with pytest.raises(UsageFault) as caught:
            fill_workbook_template(tmp_path / name, made)
        assert caught.value.code == code


def test_a_named_cell_that_means_several_figures_is_an_error(tmp_path):
    path = tmp_path / "t.xlsx"
    workbook = openpyxl.Workbook()
    workbook.defined_names["visits__nowhere"] = openpyxl.workbook.defined_name.DefinedName(
        "visits__nowhere", attr_text="Sheet!$B$2"
    )
    workbook.save(path)
    with pytest.raises(UsageFault) as caught:
        fill_workbook_template(path, monthly(tmp_path))
    assert caught.value.code == "E237"


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
    assert caught.value.values.get("name", caught.value.values.get("figure", ("", ""))[1]) in {name, "visits[无此级]"}


def test_a_name_that_two_logs_have_is_named_with_both(tmp_path, two):
    with pytest.raises(UsageFault) as caught:
        fill_workbook_template(template(tmp_path, closed="Sheet!$B$2"), two())
    assert (caught.value.code, caught.value.values["names"][1]) == ("E238", "visits:closed, cases:closed")


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
