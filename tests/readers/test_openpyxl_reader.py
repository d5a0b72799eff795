"""Where python-calamine is missing: openpyxl reads an .xlsx alike, and what needs calamine is refused by the package's name."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from datetime import date, datetime

import pytest

from tests.logs import book
from tests.program import started
from tests.readers.books import AT, PLAN, WRITERS, grid, package, repacked, trimmed, written
from tests.readers.test_xlsx_reader import HEADER, delivered
from tests.readers.test_xlsx_scan import HANDED_OVER, SHEET, SPELLINGS
from tests.writers import FORMATS, Sheet, suffix, write
from xfstats.errors import InputFault
from xfstats.model import Source
from xfstats.readers import open_source
from xfstats.readers.excel import CalamineReader
from xfstats.readers.openpyxl_reader import OpenpyxlReader, plain_styles
from xfstats.readers.xlsx.reader import XlsxReader

LOG = """
接访日期    接访级别  来访人数
2024-1-2  市级      1
2024-1-3  县级      2
"""


def opened(reader, data):
    try:
        return delivered(reader(data))
    except InputFault as fault:
        return fault.code


def by_calamine(data):
    return CalamineReader(data, "xlsx", "", PLAN, AT)


def by_openpyxl(data):
    return OpenpyxlReader(data, "", PLAN, AT)


@pytest.fixture
def without_calamine(monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    monkeypatch.delitem(sys.modules, "xfstats.readers.excel", raising=False)


@pytest.mark.parametrize("writer", WRITERS)
def test_every_writer_is_read_as_calamine_reads_it(tmp_path, writer):
    data = written(tmp_path, writer, grid(1, width=9))
    assert opened(by_openpyxl, data) == opened(by_calamine, data)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_odd_spellings_are_read(spelling):
    prefixed = SHEET.replace("<worksheet", '<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"')
    data = package(prefixed.format(SPELLINGS[spelling], ""))
    told, judged = opened(by_openpyxl, data), opened(by_calamine, data)
    assert told == judged


DIFFERENT = {
    '<row r="1"><c r="A1" t="n"><v>abc</v></c></row>': "text for a number is refused",
    '<row r="1"><c r="A1" t="b"><v>2</v></c></row>': "2 is true",
    '<row r="1"><c r="A2"><v>1</v></c></row>': "a cell in another row is refused",
    '<row r="1"><c r="A1" s="1"><v>-5</v></c></row>': "a day in 1899",
    '<row r="1"><c r="A1" s="2"><v>1e9</v></c></row>': "an error cell, and told",
    '<row r="1"><c r="A1" s="1"><v>2958466</v></c></row>': "an error cell, and told",
}


@pytest.mark.parametrize("xml", [one for one in HANDED_OVER if one not in DIFFERENT])
def test_what_the_scan_hands_over_is_read_or_refused_as_by_calamine(xml):
    data = package(SHEET.format(xml, ""))
    told, judged = opened(by_openpyxl, data), opened(by_calamine, data)
    assert told in (judged, "E303")


def test_a_day_that_no_calendar_has_is_an_error_cell():
    reader = by_openpyxl(package(SHEET.format('<row r="1"><c r="A1" s="1"><v>2958466</v></c></row>', "")))
    sheet = reader.sheets()[0]
    columns = reader.columns(sheet, [0], 0, [], frozenset()).values
    assert {column: cells.cells() for column, cells in columns.items()} == {0: []}
    assert reader.structure(sheet).errors == {(0, 0)}


def test_styles_say_what_our_table_says():
    """27-36 and 50-58 are days in Chinese locales; a format of the workbook's own under any number is read by its code."""
    styles = (
        '<numFmts count="1"><numFmt numFmtId="57" formatCode="0.0"/></numFmts><cellXfs><xf numFmtId="31"/><xf numFmtId="57"/>'
        "<xf numFmtId='58' fontId=\"1\"><alignment/></xf><xf/></cellXfs>"
    )
    plain = plain_styles(styles.encode()).decode()
    assert plain == (
        '<cellXfs><xf numFmtId="22"/><xf numFmtId="0"/><xf numFmtId="22" fontId="1"><alignment/></xf><xf/></cellXfs>'
    )
    assert plain_styles(b"<x/>") == b"<x/>"
    assert plain_styles(b'<numFmt numFmtId="1" numFmtId="1"/>') == b'<numFmt numFmtId="1" numFmtId="1"/>'


@pytest.mark.parametrize("number", [27, 31, 36, 50, 57, 58])
def test_chinese_formats_are_days(number):
    data = package(SHEET.format('<row r="1"><c r="A1" s="1"><v>45293</v></c><c r="B1" s="1"><v>45293.5</v></c></row>', ""))
    data = repacked(data, lambda name, old: old.replace(b'numFmtId="14"', b'numFmtId="%d"' % number) if "styles" in name else old)
    reader = by_openpyxl(data)
    assert reader.peek(reader.sheets()[0], 1) == [[date(2024, 1, 2), datetime(2024, 1, 2, 12)]]


def test_escaped_characters_are_those_of_the_text():
    cells = "a_x000D_b", "_x4E00_", "_x005F_x000D_", "_x0001_", "<![CDATA[_x000D_]]>"
    xml = "".join(f'<c r="{letter}1" t="str"><v>{cell}</v></c>' for letter, cell in zip("ABCDE", cells, strict=True))
    reader = by_openpyxl(package(SHEET.format(f'<row r="1">{xml}</row>', "")))
    assert reader.peek(reader.sheets()[0], 1) == [["a\rb", "_x4E00_", "_x000D_", "_x0001_", "\r"]]


def test_a_sheet_without_its_part_is_refused_and_one_of_the_strict_kind_needs_calamine():
    data = package(SHEET.format('<row r="1"><c r="A1"><v>1</v></c></row>', ""))
    missing = repacked(
        data, lambda name, old: old.replace(b"sheet1.xml", b"sheet9.xml") if name.endswith("book.xml.rels") else old
    )
    strict = repacked(
        data,
        lambda name, old: (
            old.replace(b"schemas.openxmlformats.org/spreadsheetml/2006", b"purl.oclc.org/ooxml/spreadsheetml")
            if "sheet1" in name
            else old
        ),
    )
    assert opened(by_openpyxl, missing) == "E303"
    assert opened(by_openpyxl, strict) == "E350"


def test_hidden_sheets_merges_and_names(tmp_path):
    path = tmp_path / "x.xlsx"
    rows = [HEADER, ["1", "2024-1-2", "市级", 1, "办结", "张三", None]]
    write(path, [Sheet("一", rows, merges=[(2, 1, 3, 1)]), Sheet("二", rows, state="hidden")], "xlsx")
    reader, other = by_openpyxl(path.read_bytes()), by_calamine(path.read_bytes())
    sheets = reader.sheets()
    assert sheets == other.sheets()
    assert [one.visible for one in sheets] == [True, False]
    assert reader.structure(sheets[0]).merges == [(1, 0, 2, 0)]
    assert reader.hold(sheets[0], [5], 1, ["张三已来", "办结"]) == {"张三已来"}
    reader.close()


@pytest.mark.parametrize("form", ["xls", "et", "ods", "xlsb"])
def test_formats_that_need_calamine_are_refused_by_its_name(tmp_path, without_calamine, form):
    path = tmp_path / f"x{suffix(form)}"
    write(path, [Sheet("一", [HEADER])], form)
    with pytest.raises(InputFault) as caught:
        open_source(Source(str(path), path.name), PLAN)
    assert caught.value.code == "E350"
    assert "python-calamine" in str(caught.value)


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in {"xls", "et", "ods", "xlsb"}])
def test_other_formats_need_none(tmp_path, without_calamine, form):
    path = tmp_path / f"x{suffix(form)}"
    write(path, [Sheet("一", [HEADER, ["1", "2024-1-2", "市级", "1", "办结", "张三", "x"]])], form)
    reader = open_source(Source(str(path), path.name), PLAN)
    assert reader.peek(reader.sheets()[0], 1) == [HEADER]


def test_what_the_scan_hands_over_is_read_without_calamine(without_calamine):
    xml = '<row r="1"><c r="A1" t="d"><v>2024-01-02</v></c><c r="B1" t="str"><v><![CDATA[市级]]></v></c></row>'
    reader = XlsxReader(package(SHEET.format(xml, "")), "", PLAN, AT)
    assert trimmed(reader.peek(reader.sheets()[0], 1)) == trimmed([[date(2024, 1, 2), "市级"]])


def test_a_whole_run_without_calamine(tmp_path):
    """In processes of their own: a package of that name that cannot be imported stands before the one that is installed."""
    (tmp_path / "python_calamine").mkdir()
    (tmp_path / "python_calamine" / "__init__.py").write_text("raise ImportError\n", "utf-8")
    usual, handed, old = book(tmp_path, LOG), tmp_path / "b.xlsx", tmp_path / "c.xls"
    content = usual.read_bytes()
    handed.write_bytes(
        repacked(content, lambda name, xml: xml.replace(b"<row ", b"<!-- x --><row ", 1) if "sheet1" in name else xml)
    )
    write(old, [Sheet("一", [["接访日期", "接访级别"], ["2024-1-2", "市级"]])], "xls")
    options = ["--as-of", "2026-11-02", "-f", "csv", "--no-profile"]
    one, two, three = (started("summarize", path, *options, PYTHONPATH=str(tmp_path)) for path in (usual, handed, old))
    assert (one.returncode, one.stderr) == (two.returncode, two.stderr) == (0, b"")
    assert one.stdout == two.stdout == started("summarize", handed, *options).stdout
    assert (three.returncode, three.stdout) == (3, b"")
    assert b"python-calamine" in three.stderr
    assert three.stderr.count(b"\n") == 1
    assert zipfile.is_zipfile(handed)
    assert os.fspath(tmp_path) not in three.stderr.decode()
    assert subprocess.run(
        [sys.executable, "-c", "import python_calamine"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=False,
        stderr=subprocess.DEVNULL,
    ).returncode
