"""An office's own workbook, and bars in the terminal."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.visits import counted, monthly, rows
from tests.written import office_template, told
from xfstats.errors import UsageFault
from xfstats.render import load_renderer
from xfstats.render.style import Style
from xfstats.render.xlsx.template import fill_workbook_template


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


def test_a_named_cell_of_no_figure_and_a_template_with_drawings_are_refused(tmp_path):
    made = monthly(tmp_path)
    office_template(tmp_path / "t.xlsx", ["visits__火星"])
    (tmp_path / "drawn.xlsx").write_bytes(load_renderer("xlsx", report=True)(made, Style()))
    for name, code in (("t.xlsx", "E237"), ("drawn.xlsx", "E245"), ("none.xlsx", "E244")):
        with pytest.raises(UsageFault) as caught:
            fill_workbook_template(tmp_path / name, made)
        assert caught.value.code == code


def test_bars_stand_beside_the_table_and_are_as_long_as_the_figures(tmp_path):
    text = load_renderer("table")(counted(tmp_path, rows(1), by="unit", measure="visits"), Style(bars=True))
    found = {line.split()[1]: (int(line.split()[3]), line.count("█")) for line in text.splitlines() if "局" in line}
    most = max(number for number, _ in found.values())
    assert {name: round(20 * number / most) for name, (number, _) in found.items()} == {
        name: bar for name, (_, bar) in found.items()
    }
