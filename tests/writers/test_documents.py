"""Text, markup and Parquet hold what was written, in their own way."""

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.writers import Cell, Sheet, write
from tests.writers.examples import SHEET, SHEETS, TEXTS, written
from tests.writers.spreadsheetml import OFFICE

ENCODINGS: Mapping[str, tuple[str, str]] = {
    "csv": ("utf-8", ","),
    "csv-bom": ("utf-8-sig", ","),
    "csv-gb18030": ("gb18030", ","),
    "csv-utf16": ("utf-16", "\t"),
    "tsv": ("utf-8", "\t"),
    "tsv-xls": ("gb18030", "\t"),
}


@pytest.mark.parametrize("fmt", ENCODINGS)
def test_text_is_in_its_encoding_with_its_delimiter(tmp_path: Path, fmt: str) -> None:
    encoding, delimiter = ENCODINGS[fmt]
    text = written(tmp_path, fmt, SHEETS).read_bytes().decode(encoding)
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) == TEXTS
    assert text.count("\r\n") == len(TEXTS)


class Page(HTMLParser):
    """Collects the cells of a page, their texts and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.spans: list[dict[str, str | None]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")
            self.spans += [dict(attrs)] if attrs else []
            self._inside = True
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def test_html_holds_the_grid_and_its_spans(tmp_path: Path) -> None:
    text = written(tmp_path, "html-xls", [SHEET]).read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.rows == [[*row, *[""] * (5 - len(row))] for row in TEXTS[:5]] + [["合并", "-7", ""], ["", ""]]
    assert page.spans == [{"rowspan": "2", "colspan": "3"}]
    assert "charset=utf-8" in text


def test_xml_holds_typed_cells_at_their_places(tmp_path: Path) -> None:
    space = f"{{{OFFICE}:spreadsheet}}"
    root = ET.fromstring(written(tmp_path, "xml-xls", SHEETS).read_bytes())
    sheets = root.findall(f"{space}Worksheet")
    read = {
        (row.get(f"{space}Index"), cell.get(f"{space}Index")): (data.get(f"{space}Type"), data.text)
        for row in sheets[0].iter(f"{space}Row")
        for cell in row
        for data in cell
    }
    assert [sheet.get(f"{space}Name") for sheet in sheets] == ["一", "藏&", "深"]
    assert read["2", "1"] == ("String", " 两  格 ")
    assert read["2", "2"] == ("DateTime", "2024-01-02T00:00:00.000")
    assert read["2", "4"] == ("Boolean", "1")
    assert read["2", "5"] == ("String", "一\n二")
    assert read["3", "5"] == ("Error", "#N/A")
    assert read["4", "2"] == ("Number", "3.5")
    assert read["4", "3"] == ("DateTime", "2024-01-09T00:00:00.000")
    assert ("4", "5") not in read
    merged = root.find(f".//{space}Cell[@{space}MergeAcross='2']")
    assert merged is not None
    assert merged.get(f"{space}MergeDown") == "1"


@pytest.mark.parametrize("fmt", ["html-xls", "xml-xls"])
def test_markup_drops_what_lies_under_a_merge(tmp_path: Path, fmt: str) -> None:
    path = tmp_path / "log.xls"
    write(path, [Sheet("一", [["合", "under"]], merges=[(1, 1, 1, 2)])], fmt)
    assert "under" not in path.read_text("utf-8")


def test_whole_floats_are_plain_numbers_in_text(tmp_path: Path) -> None:
    assert written(tmp_path, "csv", [Sheet("一", [[3.0, 1e20, -0.5]])]).read_text() == "3,1e+20,-0.5\n"


def test_parquet_types_its_columns_and_mixes_as_text(tmp_path: Path) -> None:
    log: Sequence[Sequence[Cell]] = [
        ["整数", "小数", "日", "时", "真", "混", "空"],
        [1, 1, date(2024, 1, 2), datetime(2024, 1, 2, 9), True, 2],
        [None, 2.5, None, date(2024, 1, 3), None, "三"],
    ]
    table = pq.read_table(written(tmp_path, "parquet", [Sheet("一", log)]))
    assert [str(kind) for kind in table.schema.types] == [
        *("int64", "double", "date32[day]", "timestamp[us]", "bool", "string", "string")
    ]
    assert [list(row.values()) for row in table.to_pylist()] == [
        [1, 1.0, date(2024, 1, 2), datetime(2024, 1, 2, 9), True, "2", None],
        [None, 2.5, None, datetime(2024, 1, 3), None, "三", None],
    ]
