"""Workbooks in BIFF12 (xlsb), [MS-XLSB], with no more records than readers need; a formula is a constant here."""

import struct
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from .model import ERROR_CODES, Cell, Error, Formula, NumberFormat, Sheet, serial
from .package import content_types, relationships, save
from .styles import Styles

PART = "application/vnd.ms-excel"
STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}


def write(path: Path, sheets: Sequence[Sheet], *, date1904: bool = False, dimension: str | None = None) -> None:
    """Write an xlsb; `dimension` is put into every sheet as the used range it claims."""
    styles = Styles(sheets)
    writer = _SheetWriter(styles, date1904=date1904, dimension=dimension)
    names = [f"worksheets/sheet{number}.bin" for number in range(1, len(sheets) + 1)]
    bodies = {f"xl/{name}": writer.worksheet(sheet) for name, sheet in zip(names, sheets, strict=True)}
    types = {
        "xl/workbook.bin": f"{PART}.sheet.binary.macroEnabled.main",
        **dict.fromkeys(bodies, f"{PART}.worksheet"),
        "xl/styles.bin": f"{PART}.styles",
        "xl/sharedStrings.bin": f"{PART}.sharedStrings",
    }
    targets = [
        *(("worksheet", name) for name in names),
        ("styles", "styles.bin"),
        ("sharedStrings", "sharedStrings.bin"),
    ]
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(types),
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": _workbook(sheets, date1904=date1904),
        "xl/_rels/workbook.bin.rels": relationships(targets),
        **bodies,
        "xl/styles.bin": _styles(styles),
        "xl/sharedStrings.bin": writer.shared_strings(),
    }
    save(path, members)


def record(kind: int, content: bytes = b"") -> bytes:
    """A record: its type in one byte or two, its size in groups of seven bits, its content."""
    head = struct.pack("<B", kind) if kind < 0x80 else struct.pack("<BB", kind & 0x7F | 0x80, kind >> 7)
    size, sizes = len(content), []
    while True:
        size, group = size >> 7, size & 0x7F
        sizes.append(group | (0x80 if size else 0))
        if not size:
            return head + bytes(sizes) + content


def wide(text: str) -> bytes:
    """An XLWideString: the number of UTF-16 units, and the units."""
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


class _SheetWriter:
    """Writes worksheets, and collects the strings they share."""

    def __init__(self, styles: Styles, *, date1904: bool, dimension: str | None) -> None:
        self._styles = styles
        self._date1904 = date1904
        self._dimension = dimension
        self._shared: dict[str, int] = {}

    def worksheet(self, sheet: Sheet) -> bytes:
        """One worksheet part."""
        bounds = range_of(self._dimension) if self._dimension else (1, 1, max(sheet.height, 1), max(sheet.width, 1))
        merges = b"".join(record(176, _range(merge)) for merge in sheet.merges)
        merged = record(177, struct.pack("<I", len(sheet.merges))) + merges + record(178) if merges else b""
        rows = b"".join(self._rows(sheet))
        return record(129) + record(148, _range(bounds)) + record(145) + rows + record(146) + merged + record(130)

    def shared_strings(self) -> bytes:
        """The shared strings of all worksheets written so far."""
        items = b"".join(record(19, b"\0" + wide(text)) for text in self._shared)
        return record(159, struct.pack("<II", len(self._shared), len(self._shared))) + items + record(160)

    def _rows(self, sheet: Sheet) -> Iterator[bytes]:
        for row in range(1, sheet.height + 1):
            cells = b"".join(self._cell(*stored) for stored in sheet.row(row))
            hidden = row in sheet.hidden_rows
            if cells or hidden:
                spans = struct.pack("<III", 1, 0, sheet.width - 1) if cells else struct.pack("<I", 0)
                yield record(0, struct.pack("<IIHBBB", row - 1, 0, 300, 0, 0x10 * hidden, 0) + spans) + cells

    def _cell(self, column: int, cell: Cell, number_format: NumberFormat | None) -> bytes:
        kind, content = self._content(cell)
        return record(kind, struct.pack("<II", column - 1, self._styles.index(number_format)) + content)

    def _content(self, cell: Cell) -> tuple[int, bytes]:
        """The record type of a cell, and what follows its column and style."""
        match cell:
            case None:
                return 1, b""
            case Formula(value=value):
                return _formula(value)
            case Error(code):
                return 3, bytes([ERROR_CODES[code]])
            case bool():
                return 4, bytes([cell])
            case str():
                return 7, struct.pack("<I", self._shared.setdefault(cell, len(self._shared)))
            case date():
                return 5, struct.pack("<d", serial(cell, date1904=self._date1904))
            case _:
                return 5, struct.pack("<d", cell)


def _formula(value: str | float | None) -> tuple[int, bytes]:
    """A formula record; no value is an empty text, and texts over 255 characters have a shorter constant."""
    if isinstance(value, bool):
        kind, content, tokens = 10, bytes([value]), b"\x1d" + bytes([value])
    elif isinstance(value, int | float):
        kind, content, tokens = 9, struct.pack("<d", value), b"\x1f" + struct.pack("<d", value)
    else:
        constant = (value or "")[:255].encode("utf-16-le")
        kind, content, tokens = 8, wide(value or ""), b"\x17" + struct.pack("<H", len(constant) // 2) + constant
    return kind, content + struct.pack("<HI", 0, len(tokens)) + tokens + struct.pack("<I", 0)


def range_of(reference: str) -> tuple[int, int, int, int]:
    """The 1-based (first_row, first_col, last_row, last_col) of a reference such as `A1` or `A1:C3`."""
    first, _, last = reference.partition(":")
    return *_position(first), *_position(last or first)


def _position(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference.removeprefix(letters)), column


def _range(bounds: tuple[int, int, int, int]) -> bytes:
    top, left, bottom, right = bounds
    return struct.pack("<IIII", top - 1, bottom - 1, left - 1, right - 1)


def _workbook(sheets: Sequence[Sheet], *, date1904: bool) -> bytes:
    properties = record(153, struct.pack("<II", date1904, 0) + wide(""))
    bundles = b"".join(
        record(156, struct.pack("<II", STATES[sheet.state], number) + wide(f"rId{number}") + wide(sheet.name))
        for number, sheet in enumerate(sheets, start=1)
    )
    return record(131) + properties + record(143) + bundles + record(144) + record(132)


def _styles(styles: Styles) -> bytes:
    codes = b"".join(record(44, struct.pack("<H", number) + wide(code)) for code, number in styles.custom.items())
    color = struct.pack("<BBHI", 0, 0, 0, 0)
    font = struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 0, 134, 0) + color + b"\0" + wide("宋体")
    fills = [record(45, struct.pack("<I", pattern) + color * 2 + bytes(48)) for pattern in (0, 17)]
    lines = b"\0" + (b"\0\0" + color) * 5
    parent = record(47, _format(0xFFFF, 0))
    cells = b"".join(record(47, _format(0, number)) for number in styles.ids())
    normal = struct.pack("<IHBB", 0, 1, 0, 0) + wide("Normal")
    return b"".join(
        [
            record(278),
            _list(615, 616, len(styles.custom), codes) if codes else b"",
            _list(611, 612, 1, record(43, font)),
            _list(603, 604, 2, b"".join(fills)),
            _list(613, 614, 1, record(46, lines)),
            _list(626, 627, 1, parent),
            _list(617, 618, len(styles.ids()), cells),
            _list(619, 620, 1, record(48, normal)),
            record(279),
        ]
    )


def _list(begin: int, end: int, count: int, items: bytes) -> bytes:
    return record(begin, struct.pack("<I", count)) + items + record(end)


def _format(parent: int, number_format: int) -> bytes:
    """A BrtXF with this number format and nothing else: bottom-aligned, locked."""
    return struct.pack("<HHHHHBBHH", parent, number_format, 0, 0, 0, 0, 0, 0x1010, int(number_format > 0))
