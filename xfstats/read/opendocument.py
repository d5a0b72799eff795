"""Merged ranges and error cells of an OpenDocument spreadsheet, which calamine does not tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from xfstats.errors import InputFault
from xfstats.model import Position
from xfstats.plan import Plan
from xfstats.read.protocol import Merge

_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^>]*|/)?>")
_REPEATED = re.compile(rb"number-(rows|columns)-repeated\s*=\s*[\"'](0+|[1-9]\d{3,18})[\"']")
_BLANKS = re.compile(rb"text:c\s*=\s*[\"'](\d{5,18})")
_MOST_REPEATS = 1 << 20
MOST_ROWS, MOST_COLUMNS, MOST_BLANKS = 100_000, 2_000, 100_000
"""Repeats of what holds something; blank rows and columns are repeated to the sheet's end by every program."""


@dataclass
class Table:
    """Ranges of cells that span rows or columns (from 0, inclusive); (row, column) of error cells and of valueless formulas."""

    merges: list[Merge] = field(default_factory=list)
    errors: set[tuple[int, int]] = field(default_factory=set)
    no_values: set[tuple[int, int]] = field(default_factory=set)


def check_repeats(content: bytes, plan: Plan, at: Position) -> None:
    """Refuse rows, cells and blanks that are repeated so often that no person wrote them, unless they are empty; and 0 times."""
    for found in _REPEATED.finditer(content):
        if not int(found[2]):
            raise InputFault("E303", at, what="repeated 0 times")
        start = content.rfind(b"<", 0, found.start())
        rows = found[1] == b"rows"
        end = content.find(b"</table:table-row>" if rows else b">", found.end())
        inside = content[start : end if end >= 0 else len(content)]
        filled = b"office:value" in inside or (rows and b"<text:" in inside)
        if filled and int(found[2]) > (MOST_ROWS if rows else MOST_COLUMNS):
            raise InputFault("E304", at, limit="rows" if rows else "columns", value=MOST_ROWS if rows else MOST_COLUMNS)
    for blanks in _BLANKS.finditer(content):
        if int(blanks[1]) > MOST_BLANKS:
            raise InputFault("E304", at, limit="columns", value=MOST_BLANKS)


def tables(content: bytes) -> dict[str, Table]:
    """What content.xml says of each sheet, by its name."""
    found: dict[str, Table] = {}
    if b"-spanned=" not in content and b'"error"' not in content and b"table:formula=" not in content:
        return found
    table = Table()
    row = next_row = column = 0
    for tag in _TAG.finditer(content):
        kind, attributes = tag[1], tag[2] or b""
        if kind == b"table":
            table = found.setdefault(_text(attributes, b"name"), Table())
            row = next_row = 0
        elif kind == b"table-row":
            row, column = next_row, 0
            next_row = row + _number(attributes, b"number-rows-repeated")
        else:
            down, across = _number(attributes, b"number-rows-spanned"), _number(attributes, b"number-columns-spanned")
            if down > 1 or across > 1:
                table.merges.append((row, column, row + down - 1, column + across - 1))
            if b'value-type="error"' in attributes or b'formula="of:=#' in attributes:
                table.errors.add((row, column))
            elif b"table:formula=" in attributes and b"office:value-type=" not in attributes:
                table.no_values.add((row, column))
            column += _number(attributes, b"number-columns-repeated")
    return found


def _number(attributes: bytes, name: bytes) -> int:
    found = re.search(rb"table:" + name + rb'="(\d{1,9})"', attributes)
    return min(int(found[1]), _MOST_REPEATS) if found else 1


def _text(attributes: bytes, name: bytes) -> str:
    found = re.search(rb"table:" + name + rb'="([^"]*)"', attributes)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""
