"""A grid with one of everything, for the tests of the writers."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

from tests.writers import Cell, Error, Formula, Sheet, suffix, write

GRID: Sequence[Sequence[Cell]] = [
    ["登记", "日期", "数", "标志", "备注"],
    [" 两  格 ", date(2024, 1, 2), 3, True, "一\n二"],
    ["<&\">'", datetime(2024, 1, 2, 9, 5), 2.5, False, Error("#N/A")],
    [Formula("A1", "字"), Formula("=SUM(1,2)", 3.5), 45300, None, Formula("C2")],
    [],
    ["合并", None, None, -7],
]
SHEET = Sheet("一", GRID, merges=[(6, 1, 7, 3)], hidden_rows=frozenset({3}), formats={(4, 3): 31})
SHEETS = [SHEET, Sheet("藏&", [["x"]], state="hidden"), Sheet("深", [[1]], state="veryHidden")]
# What the first sheet is in plain text.
TEXTS: Sequence[Sequence[str]] = [
    ["登记", "日期", "数", "标志", "备注"],
    [" 两  格 ", "2024-01-02", "3", "TRUE", "一\n二"],
    ["<&\">'", "2024-01-02 09:05:00", "2.5", "FALSE", "#N/A"],
    ["字", "3.5", "2024-01-09", "", ""],
    [],
    ["合并", "", "", "-7"],
]


def written(folder: Path, fmt: str, sheets: Sequence[Sheet], *, date1904: bool = False) -> Path:
    """The path of a new file in this format."""
    path = folder / f"log-{fmt}{suffix(fmt)}"
    write(path, sheets, fmt, date1904=date1904)
    return path


def part(path: Path, name: str = "xl/worksheets/sheet1.xml") -> str:
    """One member of a package."""
    return ZipFile(path).read(name).decode()
