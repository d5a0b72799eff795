"""Rows that are struck through are counted, and said."""

import re
import zipfile

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.styles import Font

from tests.logs import report
from tests.writers import Sheet, write

HEADER = ["登记编号", "登记日期", "办理状态"]
ROWS = [
    ["A-1", "2024-05-01", "已办结"],
    ["A-2", "2024-05-02", "办理中"],
    ["A-3", "2024-05-03", "已办结"],
    ["A-4", None, "已办结"],
]
STRUCK = ("B3", "B5")


def xlsx(path, *, whole):
    book = Workbook()
    sheet = book.active
    for row in (HEADER, *ROWS):
        sheet.append(row)
    for row in (3, 5):
        for column, cell in enumerate(sheet[row]):
            cell.font = Font(strike=True) if whole or column else Font(strike=False, bold=True)
    book.save(path)


def xls(path, *, whole):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    plain, struck = xlwt.easyxf("font: bold on"), xlwt.easyxf("font: struck_out on")
    for row, cells in enumerate((HEADER, *ROWS)):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell, struck if row in {2, 4} and (whole or column) else plain)
    book.save(str(path))


def ods(path, *, whole):
    write(path, [Sheet("Sheet", [HEADER, *ROWS])], "ods")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    content = parts["content.xml"].decode()
    properties = '<style:text-properties style:text-line-through-style="solid"/>'
    style = f'<style:style style:name="gone" style:family="table-cell">{properties}</style:style>'
    content = content.replace("</office:automatic-styles>", style + "</office:automatic-styles>")
    rows = re.split(r"(?=<table:table-row)", content)
    for row in (3, 5):
        cells = re.split(r"(?=<table:table-cell)", rows[row])
        cells = [
            one.replace(" office:value-type", ' table:style-name="gone" office:value-type', place > 1 or whole)
            for place, one in enumerate(cells)
        ]
        rows[row] = "".join(cells)
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, "".join(rows) if name == "content.xml" else part)


@pytest.mark.parametrize(("make", "name"), [(xlsx, "log.xlsx"), (xls, "log.xls"), (ods, "log.ods")])
def test_struck_rows_are_counted_and_said(tmp_path, make, name):
    make(tmp_path / name, whole=True)
    made = report(tmp_path / name, log="cases")
    assert made.tables[0].total["cases"] == 4
    assert [(one.rows, one.at) for one in made.findings if one.code == "W256"] == [(2, STRUCK)]


@pytest.mark.parametrize(("make", "name"), [(xlsx, "log.xlsx"), (xls, "log.xls"), (ods, "log.ods")])
def test_a_row_with_a_cell_that_is_not_struck_is_not_said(tmp_path, make, name):
    make(tmp_path / name, whole=False)
    made = report(tmp_path / name, log="cases")
    assert made.tables[0].total["cases"] == 4
    assert [one for one in made.findings if one.code == "W256"] == []


def test_a_font_that_says_it_is_not_struck_and_rows_of_other_spellings(tmp_path):
    from xfstats.readers.xlsx.struck_rows import struck_rows, struck_styles

    fonts = b'<x:fonts><x:font/><x:font><x:strike val="0"/></x:font><x:font><x:strike/></x:font></x:fonts>'
    styles = struck_styles(fonts + b'<x:cellXfs><x:xf fontId="2"/><x:xf fontId="1"/><x:xf fontId="0"/><x:xf/></x:cellXfs>')
    assert styles == {0}
    rows = b"<row r='2'><c r='A2' s='0'><v>1</v></c><c r='B2' s='1'/></row><row r='3'/><row r='4'><c s='0'/></row>"
    rows += b"<row><c s='0'><v>1</v></c></row><row r='9'><c s='0' t='inlineStr'><is><t>a</t></is></c><c><v>2</v></c></row>"
    assert struck_rows([rows], styles) == {1}
    assert struck_rows([b"<row r='2'><c s='5'><v>1</v></c></row>"], styles) == frozenset()


@pytest.mark.parametrize("name", ["log.xls", "log.xlsx"])
def test_struck_numbers_in_one_record(tmp_path, name):
    """xlwt and Excel write numbers side by side as one record."""
    rows = [[1, 20240501, 3], [2, 20240502, 4]]
    if name.endswith("xls"):
        book = xlwt.Workbook()
        sheet = book.add_sheet("S")
        for column, text in enumerate(["序号", "来访日期", "来访人数"]):
            sheet.write(0, column, text)
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell, xlwt.easyxf("font: struck_out on") if row == 1 else xlwt.easyxf(""))
        book.save(str(tmp_path / name))
    else:
        book = Workbook()
        for cells in (["序号", "来访日期", "来访人数"], *rows):
            book.active.append(cells)
        for cell in book.active[2]:
            cell.font = Font(strike=True)
        book.save(tmp_path / name)
    made = report(tmp_path / name)
    assert made.tables[0].total["persons"] == 7
    assert [(one.rows, one.at[0][1:]) for one in made.findings if one.code == "W256"] == [(1, "2")]
