"""An .xls as it is stored: damage that calamine reads past, error cells that it blanks, formulas that were never calculated.

Sources: MS-CFB, MS-XLS §2.4.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xfstats.errors import InputFault
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
"""Bytes of the records that always have as many, how a sheet is printed and protected before its cells: where one has not,
what follows it is not found."""
CELLS = (NUMBER, RK, BLANK, LABEL, RICH, NUMBERS, BLANKS, BOOLERR, FORMULA, TEXT)
VALUED = (NUMBER, RK, LABEL, RICH, BOOLERR, FORMULA, TEXT)
"""Those of one cell that has a value."""
BETWEEN = (0x00D7, 0x0207, 0x0221, 0x04BC, 0x0236, 0x003C)
"""What may stand between the cells of a sheet: ends of blocks, what belongs to a formula, what is continued (§2.1.7.20.5)."""
WORKSHEET, ALL_ROWS = 0, 65_536
FONT, STYLE = 0x0031, 0x00E0
STRUCK = 8
"""The bit of a font that is struck through (§2.4.122)."""
_FREE = 0xFFFFFFFA
"""Sector numbers from here on are marks: free, end of chain, FAT."""
_BEYOND = bytes(32)
"""Stands behind a stream, so that the fields of its last record can be asked for however short that is."""


def book_places(data: bytes, at: Position) -> list[CellPositions]:
    """What each sheet says beside its values, in the workbook's order; empty where the container is another than expected.

    Raises InputFault for records of a wrong size, of no kind that cells have, or without an end, for a cell that stands twice or
    whose text is not in the table of texts, and for rows that are said and missing.
    """
    try:
        stream = _stream(data)
        return [] if stream is None else _sheets(stream, at)
    except (struct.error, IndexError, ValueError):
        return []


@dataclass(frozen=True)
class _Records:
    """The records of one substream; charts within are passed over."""

    bytes: NDArray[np.uint8]
    places: NDArray[np.int64]
    """Where each begins."""

    def word(self, offset: int) -> NDArray[np.int64]:
        """The 16 bits at this place of each record, its kind and size counted."""
        return self.byte(offset) | self.byte(offset + 1) << 8

    def byte(self, offset: int) -> NDArray[np.int64]:
        """The byte at this place of each record."""
        return self.bytes[self.places + offset].astype(np.int64)

    def of(self, kind: int) -> _Records:
        """Those of one kind."""
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
    """How many rows there are by the sheet's own word; 0 where it says none, or all that a sheet can have."""
    dimensions = records.of(DIMENSIONS)
    if not len(dimensions.places):
        return 0
    wide = dimensions.word(2)[0] == 14
    said = int(dimensions.word(8)[0] | dimensions.word(10)[0] << 16 if wide else dimensions.word(6)[0])
    return said if said < ALL_ROWS else 0


def _noted(records: _Records) -> CellPositions:
    """Cells with an error or a formula's error, and formulas that hold nothing or 0 until they are calculated.

    That a formula is to be calculated when the file is opened is a mark of libraries; spreadsheet programs do not set it.
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
    """The numbers of the cell styles whose font is struck through; no font has the number 4 (§2.5.129)."""
    fonts = book.of(FONT).word(6) & STRUCK != 0
    numbers = book.of(STYLE).word(4)
    places = numbers - (numbers > 4)
    return np.flatnonzero((places < fonts.size) & np.append(fonts, False)[np.minimum(places, fonts.size)])


def _struck_rows(records: _Records, styles: NDArray[np.int64]) -> set[int]:
    """The rows of which each cell with a value has one of these styles."""
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
    """The records of the substream that begins here; raises InputFault where it does not go on to its end."""
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
    """The workbook's stream: the file itself where it has no container."""
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
    """The file's allocation table, from the sectors that the head and its continuation name."""
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
    """The sectors of one stream, one after the other; a loop ends it."""
    offset = size if begin is None else begin
    made: list[bytes] = []
    while start < _FREE and start < len(table) and len(made) <= len(table):
        made.append(data[offset + start * size : offset + (start + 1) * size])
        start = table[start]
    return b"".join(made)
