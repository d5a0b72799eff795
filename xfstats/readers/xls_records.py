"""Records of an .xls file: damage that calamine does not detect, error cells that it blanks, formulas without a result.

Sources: MS-CFB, MS-XLS §2.4.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from xfstats.errors import InputFault
from xfstats.frozen import frozen
from xfstats.messages import both
from xfstats.model import Position
from xfstats.readers.base import CellPositions

BOF, EOF, SHEET, BOOLERR, FORMULA, TEXTS, TEXT, DIMENSIONS = 0x0809, 0x000A, 0x0085, 0x0205, 0x0006, 0x00FC, 0x00FD, 0x0200
ROW, NUMBER, RK, BLANK, LABEL, RICH, NUMBERS, BLANKS = 0x0208, 0x0203, 0x027E, 0x0201, 0x0204, 0x00D6, 0x00BD, 0x00BE
SIZES: Mapping[int, tuple[int, ...]] = {
    **dict.fromkeys((0x0C, 0x0D, 0x0F, 0x11, 0x12, 0x13, 0x19, 0x2A, 0x2B, 0x5F, 0x63, 0x81, 0x82, 0x83, 0x84, 0xDD), (2,)),
    **dict.fromkeys((0x10, 0x26, 0x27, 0x28, 0x29, 0x80), (8,)),
    0x0225: (4,),
    0x00A1: (34,),
    DIMENSIONS: (10, 14),
    ROW: (16,),
    NUMBER: (14,),
    RK: (10,),
    BLANK: (6,),
    BOOLERR: (8,),
    TEXT: (10,),
}
"""Sizes of the records of fixed size, among them the print and protection settings before a sheet's cells; the records after
one of a wrong size cannot be found."""
CELLS = (NUMBER, RK, BLANK, LABEL, RICH, NUMBERS, BLANKS, BOOLERR, FORMULA, TEXT)
VALUED = (NUMBER, RK, LABEL, RICH, BOOLERR, FORMULA, TEXT)
"""Records of a single cell with a value."""
BETWEEN = (0x00D7, 0x0207, 0x0221, 0x04BC, 0x0236, 0x003C)
"""Records that may occur between cells: ends of row blocks, parts of formulas, continuations (§2.1.7.20.5)."""
WORKSHEET, ALL_ROWS = 0, 65_536
FONT, STYLE = 0x0031, 0x00E0
STRUCK = 8
"""The bit of a font's flags for struck-through text (§2.4.122)."""
_FREE = 0xFFFFFFFA
"""Sector numbers from here on are special values: free, end of chain, FAT."""
_BEYOND = bytes(32)
"""Zeros appended to a stream, so that any field of its last record can be read even if that record is short."""


def book_places(data: bytes, at: Position) -> list[CellPositions]:
    """Return each sheet's error cells, formulas without a value and struck-through rows; [] for an unknown container.

    The sheets are in the workbook's order.  Raises InputFault for records of a wrong size, of an unknown kind between cells, or
    without an end, for a cell that occurs twice or refers to no shared text, and for rows that are declared but missing.
    """
    try:
        stream = _stream(data)
        return [] if stream is None else _sheets(stream, at)
    except (struct.error, IndexError, ValueError):
        return []


@frozen
class _Records:
    """The records of one substream, without those of charts nested in it."""

    bytes: NDArray[np.uint8]
    places: NDArray[np.int64]
    """Offset of each record."""

    def word(self, offset: int) -> NDArray[np.int64]:
        """Return the 16-bit word at this offset in each record, counted from the start of its header."""
        return self.byte(offset) | self.byte(offset + 1) << 8

    def byte(self, offset: int) -> NDArray[np.int64]:
        """Return the byte at this offset in each record, counted from the start of its header."""
        return self.bytes[self.places + offset].astype(np.int64)

    def of(self, kind: int) -> _Records:
        """Return the records of one kind."""
        return _Records(self.bytes, self.places[self.word(0) == kind])


def _sheets(stream: bytes, at: Position) -> list[CellPositions]:
    book = _records(stream, 0, at)
    texts = book.of(TEXTS)
    most = int(texts.word(8)[0] | texts.word(10)[0] << 16) if len(texts.places) else 0
    sheets, struck = book.of(SHEET), _struck_styles(book)
    starts = sheets.word(4) | sheets.word(6) << 16
    return [
        _sheet(_records(stream, int(start), at), most, struck, at) if what == WORKSHEET else CellPositions()
        for start, what in zip(starts, sheets.byte(9), strict=True)
    ]


def _sheet(records: _Records, texts: int, struck: NDArray[np.int64], at: Position) -> CellPositions:
    kinds, sizes, rows, columns = (records.word(offset) for offset in (0, 2, 4, 6))
    for kind, right in SIZES.items():
        if not np.isin(sizes[kinds == kind], right).all():
            raise InputFault("E303", at, what=both("damage.record-size"))
    if (sizes[kinds == NUMBERS] % 6).any():
        raise InputFault("E303", at, what=both("damage.record-size"))
    cells = np.isin(kinds, CELLS)
    filled = np.flatnonzero(cells | (kinds == ROW))
    if len(filled) and not np.isin(kinds[filled[0] : filled[-1]], (ROW, *CELLS, *BETWEEN)).all():
        raise InputFault("E303", at, what=both("damage.record-unknown"))
    spots = np.sort(rows[cells] << 16 | columns[cells])
    if (spots[1:] == spots[:-1]).any():
        raise InputFault("E303", at, what=both("damage.cell-twice"))
    labels = records.of(TEXT)
    if ((labels.word(10) | labels.word(12) << 16) >= texts).any():
        raise InputFault("E303", at, what=both("damage.text-number"))
    missing = _said(records) - (int(rows[filled].max()) + 1 if len(filled) else 0)
    if missing > 0:
        raise InputFault("E303", at, what=both("damage.rows-missing", rows=missing))
    found = _noted(records)
    found.struck = _struck_rows(records, struck) if struck.size else set()
    return found


def _said(records: _Records) -> int:
    """Return the number of rows that the sheet declares; 0 where it declares none, or the most that a sheet can have."""
    dimensions = records.of(DIMENSIONS)
    if not len(dimensions.places):
        return 0
    wide = dimensions.word(2)[0] == 14
    said = int(dimensions.word(8)[0] | dimensions.word(10)[0] << 16 if wide else dimensions.word(6)[0])
    return said if said < ALL_ROWS else 0


def _noted(records: _Records) -> CellPositions:
    """Return the error cells, and the formulas with no result or 0 that are to be calculated when the file is opened.

    Only libraries set the flag that a formula is to be calculated on opening; spreadsheet programs do not.
    """
    failed, formulas = records.of(BOOLERR), records.of(FORMULA)
    special = formulas.word(16) == 0xFFFF
    what = formulas.byte(10)
    numbers = [formulas.word(offset) for offset in (10, 12, 14, 16)]
    nothing = np.where(special, what == 3, sum(numbers) == 0)
    return CellPositions(
        errors=_spots(failed, failed.byte(11) != 0) | _spots(formulas, special & (what == 2)),
        no_values=_spots(formulas, nothing & (formulas.byte(18) & 2 != 0)),
    )


def _struck_styles(book: _Records) -> NDArray[np.int64]:
    """Return the numbers of the cell styles whose font is struck through; no font has the number 4 (§2.5.129)."""
    fonts = book.of(FONT).word(6) & STRUCK != 0
    numbers = book.of(STYLE).word(4)
    places = numbers - (numbers > 4)
    return np.flatnonzero((places < fonts.size) & np.append(fonts, False)[np.minimum(places, fonts.size)])


def _struck_rows(records: _Records, styles: NDArray[np.int64]) -> set[int]:
    """Return the rows in which each cell with a value has one of these styles."""
    single = _Records(records.bytes, records.places[np.isin(records.word(0), VALUED)])
    rows, own = [single.word(4)], [single.word(8)]
    several = records.of(NUMBERS)
    for place in range(int((several.word(2).max(initial=6) - 6) // 6)):
        within = _Records(records.bytes, several.places[several.word(2) >= 12 + 6 * place])
        rows.append(within.word(4))
        own.append(within.word(8 + 6 * place))
    every, struck = np.concatenate(rows), np.isin(np.concatenate(own), styles)
    return set(every[struck].tolist()) - set(every[~struck].tolist())


def _spots(records: _Records, which: NDArray[np.bool_]) -> set[tuple[int, int]]:
    return set(zip(records.word(4)[which].tolist(), records.word(6)[which].tolist(), strict=True))


def _records(stream: bytes, place: int, at: Position) -> _Records:
    """Return the records of the substream at `place`; raises InputFault where its end is missing or has a wrong size."""
    found: list[int] = []
    depth = 0
    head, last, note = struct.Struct("<HH").unpack_from, len(stream) - 4, found.append
    while place <= last:
        kind, size = head(stream, place)
        if kind in {BOF, EOF}:
            if kind == EOF and size:
                raise InputFault("E303", at, what=both("damage.record-size"))
            depth += 1 if kind == BOF else -1
            if depth <= 0:
                break
        elif depth == 1:
            note(place)
        elif not depth:
            break
        place += 4 + size
    if depth > 0:
        raise InputFault("E303", at, what=both("damage.sheet-end"))
    return _Records(np.frombuffer(stream + _BEYOND, np.uint8), np.array(found, np.int64))


def _stream(data: bytes) -> bytes | None:
    """Return the workbook's stream: the file itself where it has no container, None where the container has no workbook."""
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return data
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    small = 1 << struct.unpack_from("<H", data, 32)[0]
    (first_folder,) = struct.unpack_from("<I", data, 48)
    cutoff, first_small = struct.unpack_from("<II", data, 56)
    fat = _table(data, sector)
    entries = _chain(data, fat, first_folder, sector)
    root = entries[:128]
    for place in range(0, len(entries) - 127, 128):
        entry = entries[place : place + 128]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        if name.lower() in {"workbook", "book"}:
            start, size = struct.unpack_from("<IQ", entry, 116)
            size &= 0xFFFFFFFF
            if size >= cutoff:
                return _chain(data, fat, start, sector)[:size]
            (minis,) = struct.unpack_from("<I", root, 116)
            table = _numbers(_chain(data, fat, first_small, sector))
            return _chain(_chain(data, fat, minis, sector), table, start, small, begin=0)[:size]
    return None


def _table(data: bytes, sector: int) -> list[int]:
    """Return the file allocation table, from the sectors that the header and its continuation list."""
    count, more = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 68)[0]
    named = list(struct.unpack_from("<109I", data, 76))
    seen: set[int] = set()
    while more < _FREE and more not in seen:
        seen.add(more)
        numbers = _numbers(data[sector + more * sector : 2 * sector + more * sector])
        named += numbers[:-1]
        more = numbers[-1]
    made: list[int] = []
    for number in named[:count]:
        if number < _FREE:
            made += _numbers(data[sector + number * sector : 2 * sector + number * sector])
    return made


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _chain(data: bytes, table: list[int], start: int, size: int, begin: int | None = None) -> bytes:
    """Return the sectors of one stream, joined; a chain with a loop is cut off."""
    offset = size if begin is None else begin
    made: list[bytes] = []
    while start < _FREE and start < len(table) and len(made) <= len(table):
        made.append(data[offset + start * size : offset + (start + 1) * size])
        start = table[start]
    return b"".join(made)
