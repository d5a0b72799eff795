"""Whatever is written in a format is what that format's readers see."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from tests.writers import FORMATS, Error, Formula, Sheet, ooxml, suffix, write
from tests.writers.examples import SHEET, SHEETS, part, written
from tests.writers.model import serial, shows_date

WORKBOOKS = ("xlsx", "xlsm", "xlsb", "xls", "et", "ods")
MARKS: Mapping[str, bytes] = {
    "xlsx": b"PK\3\4",
    "xlsm": b"PK\3\4",
    "xlsb": b"PK\3\4",
    "xls": b"\xd0\xcf\x11\xe0",
    "et": b"\xd0\xcf\x11\xe0",
    "ods": b"PK\3\4",
    "csv": "登记".encode(),
    "csv-bom": b"\xef\xbb\xbf",
    "csv-gb18030": "登记".encode("gb18030"),
    "csv-utf16": b"\xff\xfe",
    "tsv": "登记".encode(),
    "html-xls": b"<html",
    "tsv-xls": "登记".encode("gb18030"),
    "xml-xls": b"<?xml",
    "parquet": b"PAR1",
}
BUILT_IN_DATES = [*range(27, 37), *range(50, 59)]


def rows(path: Path, sheet: int = 0) -> list[list[object]]:
    """Calamine's cells without the empty ones at the end of rows."""
    cells: list[list[object]] = [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python()]
    for row in cells:
        while row and row[-1] == "":
            row.pop()
    return cells


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_starts_with_its_own_bytes_and_is_written_the_same_twice(tmp_path: Path, fmt: str) -> None:
    first = written(tmp_path, fmt, SHEETS).read_bytes()
    assert first.startswith(MARKS[fmt])
    assert written(tmp_path, fmt, SHEETS).read_bytes() == first


def test_suffixes_are_those_of_files_in_the_wild() -> None:
    assert [suffix(fmt) for fmt in ("xlsx", "et", "csv-gb18030", "tsv", "html-xls", "tsv-xls", "xml-xls")] == [
        *(".xlsx", ".et", ".csv", ".tsv"),
        *(".xls", ".xls", ".xls"),
    ]


@pytest.mark.parametrize("fmt", WORKBOOKS)
def test_workbooks_give_back_the_grid_with_dates_as_dates(tmp_path: Path, fmt: str) -> None:
    assert rows(written(tmp_path, fmt, SHEETS)) == [
        ["登记", "日期", "数", "标志", "备注"],
        [" 两  格 ", date(2024, 1, 2), 3, True, "一\n二"],
        ["<&\">'", datetime(2024, 1, 2, 9, 5), 2.5, False],
        ["字", 3.5, date(2024, 1, 9)],
        [],
        ["合并", "", "", -7],
    ]


@pytest.mark.parametrize("fmt", WORKBOOKS)
def test_sheets_keep_their_names_and_states(tmp_path: Path, fmt: str) -> None:
    path = written(tmp_path, fmt, SHEETS)
    deep = SheetVisibleEnum.Hidden if fmt == "ods" else SheetVisibleEnum.VeryHidden
    assert [(sheet.name, sheet.visible) for sheet in CalamineWorkbook.from_path(path).sheets_metadata] == [
        ("一", SheetVisibleEnum.Visible),
        ("藏&", SheetVisibleEnum.Hidden),
        ("深", deep),
    ]
    assert rows(path, 1) == [["x"]]
    assert rows(path, 2) == [[1]]


@pytest.mark.parametrize("fmt", ["xlsx", "xlsm", "xls", "et"])
def test_merged_ranges_are_seen(tmp_path: Path, fmt: str) -> None:
    workbook = CalamineWorkbook.from_path(written(tmp_path, fmt, SHEETS))
    assert workbook.get_sheet_by_index(0).merged_cell_ranges == [((5, 0), (6, 2))]


@pytest.mark.parametrize("epoch", [1900, 1904])
@pytest.mark.parametrize("fmt", WORKBOOKS)
def test_dates_survive_either_epoch(tmp_path: Path, fmt: str, epoch: int) -> None:
    days = [date(1904, 1, 2), date(2024, 2, 29), datetime(2024, 12, 31, 23, 59, 59)]
    assert rows(written(tmp_path, fmt, [Sheet("日", [days])], date1904=epoch == 1904)) == [days]


@pytest.mark.parametrize("fmt", WORKBOOKS)
def test_built_in_chinese_formats_make_dates_of_serial_numbers(tmp_path: Path, fmt: str) -> None:
    serials = [45300 + number for number in BUILT_IN_DATES]
    formats = {(1, column): number for column, number in enumerate(BUILT_IN_DATES, start=1)}
    read = rows(written(tmp_path, fmt, [Sheet("日", [serials], formats=formats)]))
    assert read == [[date.fromordinal(date(1899, 12, 30).toordinal() + number) for number in serials]]


def test_serial_numbers_know_the_day_that_never_was() -> None:
    assert [serial(date(1900, *day), date1904=False) for day in [(1, 1), (2, 28), (3, 1)]] == [1, 59, 61]
    assert serial(datetime(1904, 1, 2, 12), date1904=True) == 1.5
    with pytest.raises(ValueError, match="epoch"):
        serial(date(1899, 12, 30), date1904=False)


def test_date_formats_are_told_from_others() -> None:
    dates: list[str | int] = ["yyyy年m月d日", "[$-804]m/d", "h:mm", 14, 31, 57]
    others: list[str | int | None] = ["General", "0.00", '0"day"', "[Red]0", r"0\d", "@", 0, 49, None]
    assert all(shows_date(number_format) for number_format in dates)
    assert not any(shows_date(number_format) for number_format in others)


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576"])
@pytest.mark.parametrize("fmt", ["xlsx", "xlsb"])
def test_a_wrong_dimension_is_written_as_it_is(tmp_path: Path, fmt: str, dimension: str) -> None:
    path = tmp_path / f"log.{fmt}"
    write(path, [Sheet("一", [["a", "b"], ["c"]])], fmt, dimension=dimension)
    assert rows(path) == [["a", "b"], ["c"]]
    assert fmt == "xlsb" or f'<dimension ref="{dimension}"/>' in part(path)


def test_xlsx_shows_formulas_without_values_errors_hidden_rows_and_its_true_dimension(tmp_path: Path) -> None:
    sheet = part(written(tmp_path, "xlsx", SHEETS))
    assert '<dimension ref="A1:E7"/>' in sheet
    assert '<c r="E4"><f>C2</f></c>' in sheet
    assert '<c r="A4" t="str"><f>A1</f><v>字</v></c>' in sheet
    assert '<c r="B4"><f>SUM(1,2)</f><v>3.5</v></c>' in sheet
    assert '<c r="E3" t="e"><v>#N/A</v></c>' in sheet
    assert '<row r="3" hidden="1">' in sheet


@pytest.mark.parametrize("strings", ["shared", "inline"])
def test_xlsx_keeps_any_text_in_shared_and_inline_strings(tmp_path: Path, strings: Literal["shared", "inline"]) -> None:
    texts = ["同", "同", "", " a ", "tab\there", "\x01\r\n", "_x0041_", "😀", "a\u3000b"]
    ooxml.write(tmp_path / "log.xlsx", [Sheet("一", [[*texts, "end"]])], strings=strings)
    assert rows(tmp_path / "log.xlsx") == [[*texts, "end"]]
    assert ('t="inlineStr"' in part(tmp_path / "log.xlsx")) == (strings == "inline")


def test_openpyxl_agrees(tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(written(tmp_path, "xlsx", SHEETS))
    sheet = workbook["一"]
    assert [str(merge) for merge in sheet.merged_cells.ranges] == ["A6:C7"]
    assert sheet.row_dimensions[3].hidden
    assert [sheet["A4"].value, sheet["E3"].value, sheet["E3"].data_type] == ["=A1", "#N/A", "e"]
    assert [sheet.sheet_state for sheet in workbook] == ["visible", "hidden", "veryHidden"]


def test_ods_spans_merged_cells_and_hides_rows(tmp_path: Path) -> None:
    content = part(written(tmp_path, "ods", SHEETS), "content.xml")
    ET.fromstring(content)
    assert 'table:number-columns-spanned="3" table:number-rows-spanned="2"' in content
    assert content.count("<table:covered-table-cell>") == 5
    assert content.count('<table:table-row table:visibility="collapse">') == 1


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_empty_sheet_can_be_written(tmp_path: Path, fmt: str) -> None:
    path = written(tmp_path, fmt, [replace(SHEET, rows=[], merges=[], hidden_rows=frozenset(), formats={})])
    assert fmt not in WORKBOOKS or rows(path) == []


def test_a_merge_must_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="merge"):
        Sheet("一", [], merges=[(3, 1, 2, 1)])


@pytest.mark.parametrize("fmt", WORKBOOKS)
def test_formulas_keep_any_kind_of_value_and_rows_may_be_hidden_and_empty(tmp_path: Path, fmt: str) -> None:
    values: list[str | float] = [True, 2, 0.5, "字" * 300]
    sheet = Sheet("一", [[Formula("A9", value) for value in values], []], hidden_rows=frozenset({2}))
    assert rows(written(tmp_path, fmt, [sheet]))[0] == values


@pytest.mark.parametrize("fmt", ["xlsb", "xls", "ods"])
def test_errors_are_not_texts_to_calamine(tmp_path: Path, fmt: str) -> None:
    codes = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"]
    assert rows(written(tmp_path, fmt, [Sheet("一", [[*map(Error, codes), 1]])])) == [[*[""] * 7, 1]]


def test_ods_counts_blanks_and_refuses_what_xml_cannot_hold(tmp_path: Path) -> None:
    path = written(tmp_path, "ods", [Sheet("一", [["a\tb   c "]])])
    assert '<text:p>a<text:tab/>b<text:s text:c="3"/>c<text:s text:c="1"/></text:p>' in part(path, "content.xml")
    with pytest.raises(ValueError, match="control character"):
        written(tmp_path, "ods", [Sheet("一", [["\x01"]])])


@pytest.mark.parametrize("fmt", WORKBOOKS)
def test_a_formatted_blank_is_blank(tmp_path: Path, fmt: str) -> None:
    sheet = Sheet("一", [["a", None, "b"]], formats={(1, 2): "yyyy-mm-dd", (1, 3): "0.00"})
    assert rows(written(tmp_path, fmt, [sheet])) == [["a", "", "b"]]
