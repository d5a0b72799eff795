"""A report to verify, and a workbook to fill, that are damaged: one line, whatever the libraries that read them raise."""

from __future__ import annotations

import random
import zipfile

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from tests.handmade_reports import report
from tests.hostile.mutants import WAYS, inside
from tests.written import office_template
from xfstats.config.output_formats import Result
from xfstats.errors import InputFault, UsageFault
from xfstats.render import load_renderer
from xfstats.render.style import Style
from xfstats.render.xlsx.template import fill_workbook_template
from xfstats.reports.verify.extract import extract_blocks

MUTANTS = 60


def damaged(data, number):
    chance = random.Random(number)
    return inside(data, chance) if data.startswith(b"PK") and number % 5 else chance.choice(WAYS)(data, chance)


@pytest.mark.parametrize("form", ["md", "html", "docx", "xlsx"])
def test_a_damaged_report_is_read_or_refused(form):
    made = load_renderer(form, Result.REPORT)(report(), Style())
    data = made.encode() if isinstance(made, str) else made
    codes = set()
    for number in range(MUTANTS):
        try:
            extract_blocks(damaged(data, number), form, "月报")
        except InputFault as fault:
            codes.add(fault.code)
    assert codes == {"E303"}


def test_a_report_that_nests_without_end_is_refused(tmp_path):
    path = tmp_path / "月报.docx"
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(path, "w") as package:
        deep = "<w:x>" * 30_000 + "</w:x>" * 30_000
        package.writestr("word/document.xml", f"<w:document {names}><w:body>{deep}</w:body></w:document>")
    with pytest.raises(InputFault) as caught:
        extract_blocks(path.read_bytes(), "docx", path.name)
    assert caught.value.code == "E303"


@pytest.mark.parametrize("text", ["<![none[ <p>1</p>", f"<p>&#{'9' * 5000};</p>"])
def test_a_page_that_python_cannot_read_is_refused(text):
    with pytest.raises(InputFault) as caught:
        extract_blocks(f"<html><body>{text}</body></html>".encode(), "html", "月报.html")
    assert caught.value.code == "E303"


def test_a_damaged_template_is_filled_or_refused(tmp_path):
    data = office_template(tmp_path / "t.xlsx", ["visits", "closure_rate__县级", "paragraph"]).read_bytes()
    codes = set()
    for number in range(MUTANTS):
        (tmp_path / "m.xlsx").write_bytes(damaged(data, number))
        try:
            fill_workbook_template(tmp_path / "m.xlsx", report())
        except UsageFault as fault:
            codes.add(fault.code)
    assert "E244" in codes
    assert codes <= {"E244", "E237", "E263", "E264"}


@pytest.mark.parametrize(
    "area", ["Sheet!$A$1048577", f"Sheet!$A${'9' * 5000}", "Sheet!$A$1:$B$2", "Gone!$A$1", "'x'y!z", "Sheet!"]
)
def test_a_name_of_the_template_that_is_no_cell_is_refused(tmp_path, area):
    book = openpyxl.Workbook()
    book.defined_names["visits"] = DefinedName("visits", attr_text=area)
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(UsageFault) as caught:
        fill_workbook_template(tmp_path / "t.xlsx", report())
    assert caught.value.code == "E263"
