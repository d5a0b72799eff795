"""Merged ranges, error cells and hidden rows of an OpenDocument spreadsheet, which calamine does not report."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from xfstats.config.limits import check_limit
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.messages import both
from xfstats.model import Position
from xfstats.readers.base import Merge

_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^>]*|/)?>")
_REPEATED = re.compile(rb"number-(rows|columns)-repeated\s*=\s*[\"'](0+|[1-9]\d{1,18})[\"']")
_BLANKS = re.compile(rb"text:c\s*=\s*[\"'](\d{4,18})")
_SHOWN = re.compile(rb"\s*<text:p[^>]*>(?:#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|Err:\d{3})<")
_MOST_REPEATS = 1 << 20
_TOLD = (b"-spanned=", b'"error"', b"table:formula=", b"table:visibility=", b"text-line-through-")
_STRUCK = re.compile(rb"text-line-through-(?:style|type)\s*=\s*[\"'](?!none)")


@dataclass
class Table:
    """Merged ranges (from 0, inclusive); (row, column) of error cells and of formulas without a value."""

    merges: list[Merge] = field(default_factory=list)
    errors: set[tuple[int, int]] = field(default_factory=set)
    no_values: set[tuple[int, int]] = field(default_factory=set)
    hidden: int = 0
    """Number of rows with values that are hidden or filtered."""
    struck: set[int] = field(default_factory=set)
    """Rows in which every filled cell is struck through."""


def check_nesting(content: bytes, at: Position) -> None:
    """Refuse a table within a table, because the rows after the inner one would not be read; raises InputFault."""
    pieces = content.split(b"</table:table>")
    if any(piece.count(b"<table:table ") + piece.count(b"<table:table>") > 1 for piece in pieces):
        raise InputFault("E303", at, what=both("damage.table-nested"))


def check_repeats(content: bytes, plan: Plan, at: Position) -> None:
    """Refuse filled rows, cells and spaces that are repeated beyond the limits, and repeats of 0; raises InputFault.

    Blank rows and columns are not limited: every program repeats them to the sheet's end.
    """
    cells = 0
    for found in _REPEATED.finditer(content):
        times = int(found[2])
        if not times:
            raise InputFault("E303", at, what=both("damage.repeated-zero"))
        start = content.rfind(b"<", 0, found.start())
        rows = found[1] == b"rows"
        end = content.find(b"</table:table-row>" if rows else b">", found.end())
        inside = content[start : end if end >= 0 else len(content)]
        if b"office:value" in inside or (rows and b"<text:" in inside):
            check_limit("repeats", times, plan, at)
            check_limit("rows" if rows else "columns", times, plan, at)
            cells += times * (_width(inside) if rows else 1)
            check_limit("cells", cells, plan, at)
    blanks = [int(number) for number in _BLANKS.findall(content)]
    check_limit("cell_bytes", max(blanks, default=0), plan, at)
    check_limit("inflated_bytes", sum(blanks), plan, at)


def _width(row: bytes) -> int:
    """Return the number of cells of a row up to the last filled one, repeats counted."""
    cells = last = 0
    for tag in _TAG.finditer(row):
        if tag[1] not in {b"table", b"table-row"}:
            cells += _number(tag[2] or b"", b"number-columns-repeated")
            last = cells if b"office:value" in (tag[2] or b"") else last
    return last


def tables(content: bytes) -> dict[str, Table]:
    """Return the merged ranges, error cells, formulas without a value, hidden and struck-through rows by the sheet's name."""
    found: dict[str, Table] = {}
    if not any(told in content for told in _TOLD):
        return found
    styles = content[: max(content.find(b"<office:body"), 0)].split(b"<style:style ")[1:]
    struck = {_name(style) for style in styles if _STRUCK.search(style.partition(b"</style:style>")[0])}
    plain: set[int] = set()
    table = Table()
    row = next_row = column = 0
    for tag in _TAG.finditer(content):
        kind, attributes = tag[1], tag[2] or b""
        if kind == b"table":
            table = found.setdefault(_text(attributes, b"name"), Table())
            row = next_row = 0
            plain = set()
        elif kind == b"table-row":
            row, column = next_row, 0
            times = _number(attributes, b"number-rows-repeated")
            next_row = row + times
            if b'visibility="filter"' in attributes or b'visibility="collapse"' in attributes:
                filled = content.find(b"office:value", tag.end(), content.find(b"</table:table-row>", tag.end())) >= 0
                table.hidden += times if filled else 0
        else:
            down, across = _number(attributes, b"number-rows-spanned"), _number(attributes, b"number-columns-spanned")
            if down > 1 or across > 1:
                table.merges.append((row, column, row + down - 1, column + across - 1))
            if _failed(content, tag):
                table.errors.add((row, column))
            elif b"table:formula=" in attributes and b"office:value-type=" not in attributes:
                table.no_values.add((row, column))
            column += _number(attributes, b"number-columns-repeated")
            if struck and b"office:value-type=" in attributes:
                if _styled(attributes) not in struck:
                    plain.add(row)
                    table.struck.discard(row)
                elif row not in plain:
                    table.struck.add(row)
    return found


def _failed(content: bytes, cell: re.Match[bytes]) -> bool:
    """True if a cell holds an error: by its type, by its formula, or by the error text that its formula shows."""
    attributes = cell[2] or b""
    shown = b"table:formula=" in attributes and not attributes.endswith(b"/") and _SHOWN.match(content, cell.end())
    return b'value-type="error"' in attributes or b'formula="of:=#' in attributes or bool(shown)


def _name(style: bytes) -> bytes:
    found = re.search(rb'style:name="([^"]*)"', style)
    return found[1] if found else b""


def _styled(cell: bytes) -> bytes | None:
    """Return the name of a cell's style; None where it has none."""
    found = re.search(rb'table:style-name="([^"]*)"', cell)
    return found[1] if found else None


def _number(attributes: bytes, name: bytes) -> int:
    found = re.search(rb"table:" + name + rb'="(\d{1,9})"', attributes)
    return min(int(found[1]), _MOST_REPEATS) if found else 1


def _text(attributes: bytes, name: bytes) -> str:
    found = re.search(rb"table:" + name + rb'="([^"]*)"', attributes)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""
