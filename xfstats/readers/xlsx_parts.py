"""One worksheet part of an .xlsx: error cells, formulas without a stored value, hidden rows; ambiguous XML is refused.

Spreadsheet programs write `<c r="B7" t="s">`; a large sheet in that form is searched with patterns.  Any other spelling that
XML allows (detected from samples), and every small sheet, is read tag by tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xfstats.config.limits import check_limit
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.messages import both
from xfstats.model import Position
from xfstats.readers.base import CellPositions, Merge

CLOSELY = 1 << 21
"""Bytes up to which a sheet is always read tag by tag."""
_ODD = (b"r='", b"r =", b"r= ", b"t='", b"t =", b"t= ", b'r="$', b"<c>", b"<c ><", b"<row>")
_SAMPLES, _SAMPLE = 16, 1 << 15
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_ROW_NUMBER = re.compile(rb'<row r="(\d+)"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_TAGS = re.compile(rb"<(?:\w+:)?(row|c)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]*)(\d+)\s*[\"']")
_TYPE = re.compile(rb"\bt\s*=\s*[\"'](\w+)[\"']")
_INDEX = re.compile(rb"<(?:\w+:)?v\b[^>]*>\s*(\d+)\s*<")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)(?:\s[^>]*)?>[^<]|<(?:\w+:)?is\b")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ITS_TAGS = 2
_ENDS = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^>]*\bref\s*=\s*[\"']\s*([A-Za-z]{1,3})(\d{1,7})(?::([A-Za-z]{1,3})(\d{1,7}))?\s*[\"']"
)
_FAR = re.compile(rb' r="([A-Za-z]{3,})\d')


def places(xml: bytes, plan: Plan, at: Position) -> CellPositions:
    """Return error cells, formulas without a value, hidden rows; raises InputFault for repeated, far or ambiguous cells."""
    found = CellPositions()
    data = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    if xml.count(b"sheetData") > _ITS_TAGS and len(_ENDS.findall(xml)) > 1:
        raise InputFault("E303", at, what=both("damage.rows-two-places"))
    if len(xml) <= CLOSELY or _holds(xml, data, b"h", b'hidden="'):
        found.hidden_rows = sum(1 for tag in _ROW.findall(xml) if b'hidden="1"' in tag or b'hidden="true"' in tag)
    if len(xml) <= CLOSELY or b"<!--" in xml or _oddly_written(xml):
        for row, column, kind, inner in _cells(xml, plan, at):
            _note(found, row, column, kind, inner)
        return found
    _bounds(xml, plan, at)
    if (b"#" in xml and b't="e"' in xml) or _holds(xml, data, b"f", b"<f"):
        for cell in _CELL.finditer(xml):
            spot = _REFERENCE.search(cell[1])
            typed = _TYPE.search(cell[1])
            if spot is not None:
                _note(found, int(spot[2]) - 1, index(spot[1]), typed[1] if typed else b"", cell[3] or b"")
    return found


def merges(xml: bytes) -> list[Merge]:
    """Return the merged ranges, which follow the rows in the XML."""
    found = []
    for left, top, right, bottom in _MERGE.findall(xml, xml.rfind(b"sheetData")):
        one = (int(top) - 1, index(left))
        found.append((*one, *((int(bottom) - 1, index(right)) if right else one)))
    return found


def _holds(xml: bytes, data: tuple[int, int], letter: bytes, text: bytes) -> bool:
    """True if the rows of a large sheet contain a text; a letter of it is searched first, which is ten times faster."""
    start = data[0] + len(b"<sheetData")
    return xml.find(letter, start, data[1]) >= 0 and xml.find(text, start, data[1]) >= 0


def _oddly_written(xml: bytes) -> bool:
    """True if a large sheet's root or samples of it have an unusual spelling: a program spells all cells alike."""
    if b"<worksheet" not in xml[:2048]:
        return True
    step = len(xml) // _SAMPLES
    samples = (xml[place : place + _SAMPLE] for place in range(0, len(xml), step))
    return any(odd in sample for sample in samples for odd in _ODD)


def _note(found: CellPositions, row: int, column: int, kind: bytes, inner: bytes) -> None:
    if kind == b"e":
        found.errors.add((row, column))
    elif _FORMULA.search(inner) and not _VALUE.search(inner):
        found.no_values.add((row, column))


def _cells(xml: bytes, plan: Plan, at: Position) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Yield row, column, type and content of each cell in order; raises InputFault for repeated or ambiguous ones."""
    row = column = -1
    widest = 0
    for tag in _TAGS.finditer(xml):
        spot = _REFERENCE.search(tag[2])
        if tag[1] == b"row":
            number = re.search(rb"\br\s*=\s*[\"']\s*(\d+)\s*[\"']", tag[2])
            new = int(number[1][:20]) - 1 if number else row + 1
            _in_bounds(new + 1, 1, plan, at)
            if new <= row:
                raise InputFault("E303", at, what=both("damage.row-twice"))
            row, column = new, -1
            continue
        if spot is not None:
            own = int(spot[2][:20]) - 1
            new = index(spot[1])
            _in_bounds(own + 1, new + 1, plan, at)
            if (own, new) <= (row, column) and own <= row:
                raise InputFault("E303", at, what=both("damage.cell-twice"))
            row, column = own, new
        else:
            column += 1
        widest = max(widest, column + 1)
        kind = _TYPE.search(tag[2])
        end = xml.find(b"c>", tag.end()) if not tag[3] else tag.end()
        inner = xml[tag.end() : end]
        if b"<!--" in inner or b"<?" in inner or inner.count(b"</v>") > 1:
            raise InputFault("E303", at, what=both("damage.value-pieces"))
        if kind and kind[1] == b"s" and b"<" in inner and re.search(rb"<(?:\w+:)?v\b", inner) and not _INDEX.search(inner):
            raise InputFault("E303", at, what=both("damage.text-number"))
        yield max(row, 0), column, kind[1] if kind else b"", inner
    check_limit("cells", (row + 1) * widest, plan, at)


def index(letters: bytes) -> int:
    """Return a column number from 0 by its letters, of either case."""
    number = 0
    for letter in letters.upper()[:14]:
        number = number * 26 + letter - 64
    return number - 1


def _in_bounds(rows: int, columns: int, plan: Plan, at: Position) -> None:
    """Refuse rows or columns beyond the limits; raises InputFault."""
    check_limit("rows", rows, plan, at)
    check_limit("columns", columns, plan, at)


def _bounds(xml: bytes, plan: Plan, at: Position) -> None:
    """Refuse a sheet whose last cell would make a reader fill a huge rectangle, and repeated rows; raises InputFault."""
    rows = list(map(int, _ROW_NUMBER.findall(xml)))
    if rows != sorted(rows) or len(set(rows)) < len(rows):
        raise InputFault("E303", at, what=both("damage.row-twice"))
    last_row = rows[-1] if rows else 0
    last_column = max((index(found[1]) + 1 for found in _FAR.finditer(xml)), default=1)
    _in_bounds(last_row, last_column, plan, at)
    check_limit("cells", last_row * last_column, plan, at)
