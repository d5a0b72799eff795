"""The contract of readers served by the scan; what it hands over is read by calamine, with the same result."""

from __future__ import annotations

from datetime import date

import pytest

from tests.logs import report
from tests.readers.books import AT, PLAN, grid, package, trimmed, written
from tests.readers.test_xlsx_scan import HANDED_OVER, SHEET
from tests.writers import FORMATS, Error, Sheet, suffix, write
from xfstats.errors import InputFault
from xfstats.model import Source
from xfstats.readers import open_source
from xfstats.readers.excel import CalamineReader
from xfstats.readers.xlsx.reader import XlsxReader

ARGUMENTS = ([0, 2, 5], 1, [3], frozenset(["合计"]))
HEADER = ["序号", "接访日期", "接访级别", "来访人数", "办理状态", "信访人姓名", "备注"]


def delivered(reader):
    """All that a reader says of its first sheet, labels of digits left out of full rows."""
    sheet = reader.sheets()[0]
    peek, columns, shape = reader.peek(sheet, 20), reader.columns(sheet, *ARGUMENTS), reader.structure(sheet)
    labels = [columns.labels[row] for row, filled in enumerate(columns.filled.tolist()) if filled <= 6]
    blank = {column: [None if cell == "" else cell for cell in cells] for column, cells in columns.values.items()}
    told = (columns.filled.tolist(), columns.digests.tolist(), columns.digest, columns.totals, columns.first_row)
    return [
        trimmed(peek),
        blank,
        labels,
        *told,
        shape.merges or [],
        shape.errors,
        shape.no_values,
        shape.hidden_rows,
        shape.date1904,
    ]


@pytest.mark.parametrize("writer", ["openpyxl", "XlsxWriter", "by hand, inline", "by hand, 1904"])
def test_both_readers_deliver_the_same(tmp_path, writer):
    data = written(tmp_path, writer, [HEADER, *grid(1, width=9)])
    assert delivered(XlsxReader(data, "", PLAN, AT)) == delivered(CalamineReader(data, "xlsx", "", PLAN, AT))


@pytest.mark.parametrize("xml", HANDED_OVER)
def test_what_is_handed_over_is_read_or_refused_as_calamine_has_it(xml):
    data, told = package(SHEET.format(xml, "")), []
    for reader in (lambda: XlsxReader(data, "", PLAN, AT), lambda: CalamineReader(data, "xlsx", "", PLAN, AT)):
        try:
            told.append(delivered(reader()))
        except InputFault as fault:
            told.append(str(fault))
    assert told[0] == told[1]


@pytest.mark.parametrize("text", ["市级", "a<b&c", "", "]]"])
@pytest.mark.parametrize("cell", ['<c r="A1" t="str"><v>{}</v></c>', '<c r="A1" t="inlineStr"><is><t>{}</t></is></c>'])
def test_cdata_is_the_text_of_a_cell(cell, text):
    """Calamine drops it, so it is handed over in the usual spelling."""
    data = package(SHEET.format(f'<row r="1">{cell.format(f"<![CDATA[{text}]]>")}</row>', ""))
    reader = XlsxReader(data, "", PLAN, AT)
    assert (reader.peek(reader.sheets()[0], 1) or [[None]]) == [[text or None]]


def test_a_reader_is_handed_over_once_and_closed(tmp_path):
    data = package(SHEET.format('<row r="1"><c r="A1" t="d"><v>2024-01-02</v></c></row>', ""))
    reader = XlsxReader(data, "", PLAN, AT)
    sheet = reader.sheets()[0]
    assert reader.peek(sheet, 1) == [[date(2024, 1, 2)]]
    assert reader.sheets() == [sheet]
    reader.close()


def test_charts_hold_no_rows(tmp_path):
    data = package(SHEET.format("", "")).replace(b"relationships/worksheet", b"relationships/chartsheet")
    with pytest.raises(InputFault) as caught:
        XlsxReader(data, "", PLAN, AT)
    assert caught.value.code == "E303"


@pytest.mark.parametrize("form", FORMATS)
def test_rows_below_blank_ones_stay_where_they_are(tmp_path, form):
    path = tmp_path / f"x{suffix(form)}"
    write(path, [Sheet("一", [[], [], [None, "甲", "乙"], [None, "1", "2"]])], form)
    reader = open_source(Source(str(path), path.name), PLAN)
    sheet = reader.sheets()[0]
    assert reader.peek(sheet, 9)[2:] == [[None, "甲", "乙"], [None, "1", "2"]]
    assert reader.columns(sheet, [1], 3, [], frozenset()).values[1].cells() == ["1"]


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods", "xlsb"])
def test_an_error_cell_below_blank_rows_is_told_where_it_is(tmp_path, form):
    rows = [
        [],
        [],
        ["接访日期", "接访级别", "来访人数"],
        [date(2024, 1, 2), "市级", 1],
        [date(2024, 1, 3), "县级", Error("#N/A")],
    ]
    path = tmp_path / f"x{suffix(form)}"
    write(path, [Sheet("一", rows)], form)
    rejects = [(one.row, one.column, one.reason) for part in report(path).inputs for one in part.tally.rejects]
    assert rejects == [(5, "C", "error-cell")]
