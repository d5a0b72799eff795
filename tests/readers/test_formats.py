"""The same content in every format that can hold it gives the same tables, byte for byte."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.logs import report
from tests.writers import FORMATS, Cell, Sheet, suffix, write
from xfstats.errors import InputFault
from xfstats.render import load_renderer
from xfstats.render.style import Style

ROWS: list[list[Cell]] = [
    ["序号", "接访日期", "接访级别", "来访人姓名", "联系电话", "来访人数", "办理状态", "办结日期"],
    [1, date(2026, 5, 6), "市级", "来访人01", "000-0001", 5, "已办结", date(2026, 5, 9)],
    [2, date(2026, 5, 7), "县 级", "来访人02", "000-0002", 12, "息诉罢访", date(2026, 6, 1)],
    [3, date(2026, 5, 8), "街道", "来访人03", "000-0003", 1, "办理中", None],
    [4, date(2026, 5, 9), "乡镇", "来访人04", "000-0004", 2, "不予受理", None],
    [None, None, None, None, None, None, None, None],
    ["合计", None, None, None, None, 20, None, None],
]


def tables(path: Path) -> object:
    made = report(path, log="visits")
    return json.loads(str(load_renderer("json")(made, Style())))["tables"]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    path = tmp_path_factory.mktemp("one") / "接访.xlsx"
    write(path, [Sheet("Sheet1", ROWS)], "xlsx")
    found = tables(path)
    assert found[0]["total"]["figures"]["persons"] == 20
    assert found[0]["total"]["figures"]["closure_rate"] == {"numerator": 2, "denominator": 3, "value": 0.666667}
    return found


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_gives_the_same_tables(tmp_path, fmt, expected):
    path = tmp_path / f"接访{suffix(fmt)}"
    rows = ROWS if fmt != "parquet" else [[*row] for row in ROWS]
    write(path, [Sheet("Sheet1", rows)], fmt)
    assert tables(path) == expected


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_bytes_decide_and_not_the_name(tmp_path, fmt, expected):
    path = tmp_path / "接访.dat"
    write(path, [Sheet("Sheet1", ROWS)], fmt)
    assert tables(path) == expected


def test_a_quote_in_a_wrong_place_is_said_of_the_delimiter_that_the_lines_agree_on(tmp_path):
    path = tmp_path / "接访.csv"
    path.write_text('接访日期;来访人数\n2024-1-2;1,5\n2024-1-3;"2"0,5\n', "utf-8")
    with pytest.raises(InputFault) as caught:
        report(path)
    assert (caught.value.code, caught.value.values["what"]) == ("E303", ("第 3 行", "line 3"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_each_encoding_and_delimiter(tmp_path, delimiter, encoding, expected):
    lines = [delimiter.join("" if cell is None else str(cell) for cell in row) for row in ROWS]
    path = tmp_path / "接访.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert tables(path) == expected


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_long_text_in_the_first_lines_hides_no_delimiter(tmp_path, delimiter):
    path = tmp_path / "接访.csv"
    lines = [["接访日期", "来访人数", "诉求"], ["2024-1-2", "3", "长" * 140_000], ["2024-1-3", "4", "短"]]
    path.write_text("".join(delimiter.join(line) + "\n" for line in lines), "utf-8")
    assert report(path).tables[0].total["persons"] == 7


@pytest.mark.parametrize("number_format", [14, 27, 28, 30, 31, 36, 50, 52, 57, 58, "yyyy年m月d日"])
def test_the_chinese_built_in_date_formats_are_dates(tmp_path, number_format, expected):
    serials = [[*row] for row in ROWS]
    formats = {}
    for number, row in enumerate(serials, 1):
        for column in (1, 7):
            cell = row[column]
            if isinstance(cell, date):
                row[column] = (cell - date(1899, 12, 30)).days
                formats[number, column + 1] = number_format
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("Sheet1", serials, formats=formats)], "xlsx")
    assert tables(path) == expected


def test_a_wrong_dimension_loses_no_row(tmp_path, expected):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("Sheet1", ROWS)], "xlsx", dimension="A1")
    assert tables(path) == expected


def test_the_1904_epoch_is_the_books_own(tmp_path, expected):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("Sheet1", ROWS)], "xlsx", date1904=True)
    assert tables(path) == expected
