"""Tables in web pages and SpreadsheetML, as many systems export them under the name .xls."""

from __future__ import annotations

import codecs
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from html.parser import HTMLParser

from xfstats.config.limits import check_limit
from xfstats.config.plan import ENCODINGS, Plan
from xfstats.config.word_patterns import words
from xfstats.errors import InputFault, LimitFault
from xfstats.messages import both
from xfstats.model import Cell, Position
from xfstats.readers.base import Merge, SheetInfo, SheetStructure
from xfstats.readers.csv import GridReader
from xfstats.readers.decoding import decode

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHARSETS = {
    **dict.fromkeys(["utf-8", "utf8"], "utf-8-sig"),
    **dict.fromkeys(["gb2312", "gbk", "gb18030", "gb_2312-80"], "gb18030"),
    **dict.fromkeys(["iso-8859-1", "windows-1252"], "cp1252"),
    "big5": "big5hkscs",
}
"""Codecs by the charset that a page declares; other names are ignored, as Python also has codecs that are no encodings."""
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_SPAN = 10_000
_MOST_TAKEN = 2_000_000
"""Most cells that the merged cells of one table may cover."""
_DIGITS = 9


class _TooManyError(Exception):
    """Merged cells cover more cells than the limit."""


class _Tables(HTMLParser):
    """Parser of the cells of every outermost table; a merged cell is placed at the top left of its range."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[list[list[Cell]], list[Merge]]] = []
        self._depth = 0
        self._text: list[str] | None = None
        self._taken: set[tuple[int, int]] = set()
        self._spot = (0, 0)
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"style", "script"}:
            self._quiet += 1
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(([], []))
                self._taken = set()
        if self._depth != 1:
            return
        if tag == "tr":
            self._close()
            self.tables[-1][0].append([])
        elif tag in {"td", "th"}:
            self._close()
            self._begin(dict(attrs))
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script"}:
            self._quiet = max(0, self._quiet - 1)
        if tag in {"td", "th", "tr", "table"} and self._depth == 1:
            self._close()
        if tag == "table":
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._quiet:
            self._text.append(data)

    def _begin(self, attrs: dict[str, str | None]) -> None:
        rows, merges = self.tables[-1]
        if not rows:
            rows.append([])
        row, column = len(rows) - 1, len(rows[-1])
        while (row, column) in self._taken:
            rows[-1].append(None)
            column += 1
        down, across = _span(attrs.get("rowspan")), _span(attrs.get("colspan"))
        if down > 1 or across > 1:
            merges.append((row, column, row + down - 1, column + across - 1))
            if len(self._taken) + down * across > _MOST_TAKEN:
                raise _TooManyError
            self._taken.update((row + r, column + c) for r in range(down) for c in range(across))
        self._spot = (row, column)
        self._text = []

    def _close(self) -> None:
        if self._text is None:
            return
        rows = self.tables[-1][0]
        row, column = self._spot
        text = "".join(self._text).strip()
        rows[row] += [None] * (column - len(rows[row]))
        rows[row].append(text or None)
        self._text = None


def _span(text: str | None) -> int:
    return min(int(text[: _DIGITS + 1]), _MOST_SPAN) or 1 if text and text.isdecimal() else 1


def read_html(data: bytes, sha256: str, plan: Plan, at: Position) -> GridReader:
    """Return every outermost table of a page as a sheet; raises InputFault where there is none."""
    stated = _CHARSET.search(data[:4096])
    name = stated[1].decode().lower() if stated else ""
    try:
        text = data.decode(_CHARSETS[name]) if name in _CHARSETS and not plan.encoding else decode(data, plan, at).text
    except UnicodeDecodeError:
        raise InputFault("E313", at, encoding=name, tries=", ".join(ENCODINGS)) from None
    parser = _Tables()
    try:
        parser.feed(text)
        parser.close()
    except _TooManyError:
        raise LimitFault(at, "cells", _MOST_TAKEN) from None
    except (AssertionError, ValueError):  # the parser raises these for a declaration or a character number that it cannot read
        raise InputFault("E303", at, what="HTML") from None
    tables = [table for table in parser.tables if any(table[0])]
    if not tables:
        raise InputFault("E307", at, what=both("looks.html-no-table"))
    for rows, _ in tables:
        check_limit("rows", len(rows), plan, at)
        check_limit("columns", max(map(len, rows)), plan, at)
    named = len(tables) > 1
    return GridReader(
        "html",
        sha256,
        [
            (SheetInfo(i, f"{words('sheet', 'html_table')[0]}{i + 1}" if named else None), rows, SheetStructure(merges))
            for i, (rows, merges) in enumerate(tables)
        ],
    )


def read_spreadsheetml(data: bytes, sha256: str, plan: Plan, at: Position) -> GridReader:
    """Return the sheets of an XML Spreadsheet 2003; raises InputFault for damage and for a document type declaration."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = decode(data, plan, at).text.partition("?>")[2].encode("utf-8", "replace")
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data, re.IGNORECASE):
        raise InputFault("E322", at)
    try:
        root = ET.fromstring(data)  # noqa: S314 - see the import
        grids = [_grid(index, sheet, plan, at) for index, sheet in enumerate(root.findall(f"{_SS}Worksheet"))]
    except (ET.ParseError, ValueError, LookupError):
        raise InputFault("E303", at, what="XML") from None
    if not grids:
        raise InputFault("E307", at, what="XML")
    return GridReader("xml", sha256, grids)


def _grid(index: int, sheet: ET.Element, plan: Plan, at: Position) -> tuple[SheetInfo, list[list[Cell]], SheetStructure]:
    rows, shape = _worksheet(sheet, plan, at)
    state = next((node.text for child in sheet for node in child if node.tag.endswith("}Visible")), None)
    return SheetInfo(index, sheet.get(f"{_SS}Name"), state in {None, "SheetVisible"}), rows, shape


def _worksheet(sheet: ET.Element, plan: Plan, at: Position) -> tuple[list[list[Cell]], SheetStructure]:
    """Return rows and structure of a worksheet; raises ValueError where a position is no number or not after the last one."""
    rows: list[list[Cell]] = []
    merges: list[Merge] = []
    covered: set[tuple[int, int]] = set()
    errors: set[tuple[int, int]] = set()
    no_values: set[tuple[int, int]] = set()
    for node in (row for table in sheet.findall(f"{_SS}Table") for row in table.findall(f"{_SS}Row")):
        number = _whole(node, "Index", len(rows) + 1) - 1
        check_limit("rows", number, plan, at)
        if number < len(rows):
            raise ValueError(number)
        rows += [[] for _ in range(number - len(rows) + 1)]
        row = rows[number]
        for cell in node.findall(f"{_SS}Cell"):
            column = _whole(cell, "Index", 0) - 1
            if 0 <= column < len(row):
                raise ValueError(column)
            column = len(row) if column < 0 else column
            while (number, column) in covered:
                column += 1
            check_limit("columns", column, plan, at)
            row += [None] * (column - len(row))
            data = cell.find(f"{_SS}Data")
            row.append(_value(data))
            if data is not None and data.get(f"{_SS}Type") == "Error":
                errors.add((number, column))
                row[-1] = None
            elif cell.get(f"{_SS}Formula") and (data is None or not data.text):
                no_values.add((number, column))
            across, down = _whole(cell, "MergeAcross", 0), _whole(cell, "MergeDown", 0)
            if across or down:
                check_limit("columns", column + across, plan, at)
                check_limit("cells", len(covered) + (across + 1) * (down + 1), plan, at)
                merges.append((number, column, number + down, column + across))
                covered.update((number + r, column + c) for r in range(min(down, _MOST_SPAN) + 1) for c in range(across + 1))
    return rows, SheetStructure(merges, frozenset(errors), frozenset(no_values))


def _whole(node: ET.Element, name: str, default: int) -> int:
    """Return a position or span by the attribute's name; raises ValueError where it is not a whole number."""
    text = node.get(f"{_SS}{name}")
    if text is None:
        return default
    if not text.isascii() or not text.isdigit():
        raise ValueError(name)
    return int(text[: _DIGITS + 1])


def _value(data: ET.Element | None) -> Cell:
    if data is None:
        return None
    text = "".join(data.itertext())
    try:
        match data.get(f"{_SS}Type"):
            case "Number":
                number = float(text)
                return int(number) if number == int(number) else number
            case "DateTime":
                return datetime.fromisoformat(text)
            case "Boolean":
                return text.strip() == "1"
            case _:
                return text or None
    except (ValueError, OverflowError):
        return text or None
