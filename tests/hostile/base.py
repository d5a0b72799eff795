"""The good log that every hostile file is made from, and the ways to spoil one of its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from tests.writers import Cell, Sheet, ooxml, suffix, write
from tests.writers.package import save

from .model import Maker

CANARY = ("甄某隐", "000000190001010000", "000-7391-5526")
"""A person who is nowhere else: no output may hold any of it."""
HEADER: list[Cell] = ["序号", "接访日期", "接访级别", "来访人姓名", "身份证号", "联系电话", "来访人数", "办理状态"]
ROWS = 8
HEADS = (2, 1, 3, 5, 1, 2, 7, 4)
PERSONS = sum(HEADS)
LEVELS = {"市级": 3, "县级": 3, "乡级": 2}
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"

Members: TypeAlias = dict[str, Any]
Change: TypeAlias = Callable[[Members], object]


def grid(count: int = ROWS, first: int = 1) -> list[list[Cell]]:
    """The header and `count` records."""
    rows: list[list[Cell]] = [[*HEADER]]
    for number in range(first, first + count):
        level = ("市级", "县级", "乡级")[(number - 1) % 3]
        status = ("已办结", "办理中")[(number - 1) % 2]
        rows.append([number, date(2026, 5, 1 + (number - 1) % 28), level, *CANARY, HEADS[(number - 1) % 8], status])
    return rows


def changed(**cells: Cell) -> list[list[Cell]]:
    """The good rows with some cells replaced, by their names in Excel."""
    rows = grid()
    for name, value in cells.items():
        rows[int(name[1:]) - 1][ord(name[0]) - 65] = value
    return rows


def book(rows: Sequence[Sequence[Cell]] | None = None, fmt: str = "xlsx", name: str = "log", **options: Any) -> Maker:
    """A file of one sheet in any format."""

    def make(folder: Path) -> Path:
        path = folder / f"{name}{suffix(fmt)}"
        write(path, [Sheet("Sheet1", rows or grid(), **options.get("sheet", {}))], fmt, **options.get("file", {}))
        return path

    return make


def members(*sheets: Sheet, **options: Any) -> Members:
    """The parts of a good xlsx."""
    given = {"kind": "xlsx", "date1904": False, "dimension": None, "strings": "shared", **options}
    return dict(ooxml.parts(sheets or [Sheet("Sheet1", grid())], **given))


def xlsx(change: Change, *sheets: Sheet, **options: Any) -> Maker:
    """A good xlsx whose parts were changed before they were zipped."""

    def make(folder: Path) -> Path:
        parts = members(*sheets, **options)
        change(parts)
        save(folder / "log.xlsx", parts)
        return folder / "log.xlsx"

    return make


def in_part(name: str, change: Callable[[str], str | bytes]) -> Change:
    """One part changed."""
    return lambda parts: parts.update({name: change(parts[name])})


def sheet(change: Callable[[str], str | bytes], *sheets: Sheet, **options: Any) -> Maker:
    """A good xlsx whose first worksheet was changed."""
    return xlsx(in_part(SHEET, change), *sheets, **options)


def replaced(old: str, new: str, name: str = SHEET) -> Maker:
    """A good xlsx with one text in one part replaced."""

    def change(text: str) -> str:
        assert old in text, (name, old)
        return text.replace(old, new)

    return xlsx(in_part(name, change))


def cell(reference: str, new: str) -> Maker:
    """A good xlsx in which one cell's element was replaced."""

    def change(text: str) -> str:
        done, count = re.subn(rf'<c r="{reference}"[^>]*?(?:/>|>.*?</c>)', lambda _: new, text)
        assert count == 1, reference
        return done

    return sheet(change)


def appended(rows: str) -> Maker:
    """A good xlsx with more rows behind its last."""
    return replaced("</sheetData>", rows + "</sheetData>")


def raw(data: bytes | Callable[[], bytes], name: str = "log.csv") -> Maker:
    """A file of exactly these bytes."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data if isinstance(data, bytes) else data())
        return path

    return make


def spoiled(change: Callable[[bytes], bytes], make: Maker) -> Maker:
    """The file of another maker with its bytes changed."""

    def spoil(folder: Path) -> Path:
        path = make(folder)
        path.write_bytes(change(path.read_bytes()))
        return path

    return spoil
