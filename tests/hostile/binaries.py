"""Binary workbooks and Parquet with broken insides."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.writers import Cell, Formula
from tests.writers.biff12 import record

from .archive import Entry, pack
from .base import CANARY, LEVELS, PERSONS, ROWS, book, changed, grid, raw, spoiled
from .compound import DIRECTORY_AT, FAT_AT, SECTOR, compound, workbook_stream
from .model import Kind, Maker, Read, kind, refused, rejecting

DAMAGED, LIMIT, NO_TABLE = refused("E303"), refused("E304"), refused("E307")
STOPPED = refused("E303", "E320")
"""Damage on which calamine itself may stop: the worker dies, and that is said (design §6)."""
WHOLE = Read(8, persons=PERSONS, levels=LEVELS)
BROKEN = (DAMAGED, NO_TABLE)
UNCALCULATED = rejecting("no-value")
FAT_HEAD, DIRECTORY_HEAD, DIFAT_HEAD, COUNT_HEAD = 76, 48, 68, 72
"""Where the header says: the first FAT sector, the first of the directory, the first of the DIFAT and how many."""
LABELSST, SST, BOUNDSHEET, BOF, DIMENSIONS, ROW, FORMULA, MARGIN = 0xFD, 0xFC, 0x85, 0x809, 0x200, 0x208, 0x06, 0x28


def names_twice() -> bytes:
    """A table with two columns of one name."""
    header, *rows = grid()
    arrays = [pa.array(list(cells)) for cells in zip(*rows, strict=True)]
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([*arrays, arrays[6]], names=[*map(str, header), "来访人数"]), sink)
    return sink.getvalue()


def xls(
    change: Callable[[bytes], bytes] = lambda stream: stream,
    rows: list[list[Cell]] | None = None,
    after: Callable[[bytes], bytes] = lambda data: data,
) -> Maker:
    """The good xls, or one of other rows, with its Workbook stream then the file changed."""

    def make(folder: Path) -> Path:
        path = book(rows, "xls")(folder)
        path.write_bytes(after(compound({"Workbook": change(workbook_stream(path.read_bytes()))})))
        return path

    return make


def patched(place: int, *numbers: int) -> Callable[[bytes], bytes]:
    """Words of 32 bits put into a file."""
    new = struct.pack(f"<{len(numbers)}I", *numbers)
    return lambda data: data[:place] + new + data[place + len(new) :]


def in_record(kind_of: int, change: Callable[[bytearray, int], None], number: int = 0) -> Callable[[bytes], bytes]:
    """The stream with one of its records changed; `change` is given where the record begins."""

    def apply(stream: bytes) -> bytes:
        data, place, seen = bytearray(stream), 0, 0
        while place < len(data) - 4:
            what, length = struct.unpack_from("<HH", data, place)
            if what == kind_of:
                if seen == number:
                    change(data, place)
                    return bytes(data)
                seen += 1
            place += 4 + length
        raise AssertionError(kind_of)

    return apply


def at(offset: int, form: str, *values: int) -> Callable[[bytearray, int], None]:
    """Numbers put into a record, counted from its first byte."""
    return lambda data, place: struct.pack_into(form, data, place + offset, *values)


def with_password(stream: bytes) -> bytes:
    """The stream with a FILEPASS record behind its first, the rest as it was."""
    length = 4 + struct.unpack_from("<H", stream, 2)[0]
    return stream[:length] + struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + bytes(48) + stream[length:]


def xlsb(change: Callable[[bytes], bytes], name: str = "xl/worksheets/sheet1.bin") -> Maker:
    """The good xlsb with one part changed."""

    def apply(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {one: archive.read(one) for one in archive.namelist()}
        parts[name] = change(parts[name])
        return pack([Entry(one, content) for one, content in parts.items()])

    return spoiled(apply, book(fmt="xlsb"))


def far_row(row: int, column: int) -> Callable[[bytes], bytes]:
    """A worksheet of an xlsb with one more cell."""
    head = record(0, struct.pack("<IIHBBBIII", row, 0, 300, 0, 0, 0, 1, column & 0x3FFF, column & 0x3FFF))
    more = head + record(5, struct.pack("<IId", column, 0, 1.0))
    return lambda part: part.replace(record(146), more + record(146))


def range_of(last_row: int) -> bytes:
    """The rectangle of the good log's cells, down to another row."""
    return struct.pack("<4I", 0, last_row, 0, 7)


def parquet(change: Callable[[dict[str, pa.Array]], object] = lambda _: None, **options: object) -> Maker:
    """A Parquet file whose columns were changed."""

    def make(folder: Path) -> Path:
        header, *rows = grid()
        columns = {str(name): pa.array(list(cells)) for name, cells in zip(header, zip(*rows, strict=True), strict=True)}
        change(columns)
        pq.write_table(pa.table(columns), folder / "log.parquet", **options)
        return folder / "log.parquet"

    return make


def column(name: str, make: Callable[[], pa.Array]) -> Maker:
    """A Parquet file with one column replaced, or one more."""
    return parquet(lambda columns: columns.update({name: make()}))


def repeated(columns: dict[str, pa.Array]) -> None:
    """Five million rows of one value a column, a few kilobytes in the file."""
    for name, cells in columns.items():
        columns[name] = pa.DictionaryArray.from_arrays(pa.array([0], pa.int8()).take(pa.array([0] * 5_000_000)), cells[:1])


def structured() -> pa.Array:
    """Structures with lists in them."""
    return pa.array([{"a": [n], "b": CANARY[0]} for n in range(ROWS)])


def footer(data: bytes, change: Callable[[bytearray], None]) -> bytes:
    """The file with the Thrift metadata at its end changed."""
    length = struct.unpack("<I", data[-8:-4])[0]
    foot = bytearray(data[-8 - length : -8])
    change(foot)
    return data[: -8 - length] + bytes(foot) + data[-8:]


def reversed_foot(foot: bytearray) -> None:
    foot[len(foot) // 4 :] = foot[len(foot) // 4 :][::-1]


STREAMS: Mapping[str, bytes] = {"EncryptionInfo": b"\x04\0\x04\0", "EncryptedPackage": b"\x9f" * 5000}

KINDS: list[Kind] = [
    kind("ole-plain", xls(), Read()),
    kind("ole-encrypted", raw(lambda: compound(STREAMS), "log.xlsx"), refused("E302")),
    kind("ole-filepass", xls(with_password), refused("E302")),
    kind("ole-word", raw(lambda: compound({"WordDocument": b"x"}), "log.xls"), NO_TABLE),
    kind("ole-magic-only", raw(compound({})[:8], "log.xls"), *BROKEN),
    kind("ole-header-only", xls(after=lambda data: data[:SECTOR]), *BROKEN),
    kind("ole-cut-at-half", xls(after=lambda data: data[: len(data) // 2]), DAMAGED),
    kind("ole-cut-at-the-end", xls(after=lambda data: data[:-SECTOR]), DAMAGED, Read()),
    kind("ole-fat-loop-of-stream", xls(after=patched(FAT_AT + 8, 2)), DAMAGED),
    kind("ole-fat-loop-of-two", xls(after=patched(FAT_AT + 8, 3, 2)), DAMAGED),
    kind("ole-fat-loop-of-directory", xls(after=patched(FAT_AT + 4, 1)), STOPPED),
    kind("ole-fat-points-beyond", xls(after=patched(FAT_AT + 8, 0x00FFFFF0)), DAMAGED),
    kind("ole-fat-is-free", xls(after=patched(FAT_AT, *[0xFFFFFFFF] * 128)), DAMAGED),
    kind("ole-difat-loop", xls(after=patched(DIFAT_HEAD, 0, 1000)), DAMAGED, Read()),
    kind("ole-fat-count-huge", xls(after=patched(44, 0x7FFFFFFF)), DAMAGED, Read()),
    kind("ole-directory-beyond", xls(after=patched(DIRECTORY_HEAD, 0x7FFFFFF0)), DAMAGED),
    kind("ole-fat-sector-beyond", xls(after=patched(FAT_HEAD, 0x7FFFFFF0)), DAMAGED),
    kind("ole-sector-shift-31", xls(after=lambda data: data[:30] + b"\x1f\0" + data[32:]), DAMAGED),
    kind("ole-stream-size-huge", xls(after=patched(DIRECTORY_AT + 128 + 120, 0xFFFFFFF0, 0)), DAMAGED, LIMIT, Read()),
    kind("ole-siblings-loop", xls(after=patched(DIRECTORY_AT + 128 + 68, 1, 1, 1)), DAMAGED, Read()),
    kind("ole-cut-in-the-head", xls(after=lambda data: data[:100]), DAMAGED),
    kind("biff-without-ole", raw(struct.pack("<HHHHHH", 9, 4, 2, 0x10, 0, 0) + bytes(600), "log.xls"), *BROKEN),
    kind("biff-length-beyond", xls(in_record(LABELSST, at(2, "<H", 0xFFF0))), DAMAGED),
    kind("biff-length-short", xls(in_record(LABELSST, at(2, "<H", 3))), DAMAGED),
    kind("biff-length-zero-bof", xls(in_record(BOF, at(2, "<H", 0))), DAMAGED),
    kind("biff-sst-of-billions", xls(in_record(SST, at(4, "<II", 0xFFFFFFFF, 0xFFFFFFFF))), WHOLE, LIMIT, STOPPED),
    kind("biff-sst-string-beyond", xls(in_record(SST, at(12, "<H", 0xFFFF))), DAMAGED),
    kind("biff-string-index-beyond", xls(in_record(LABELSST, at(10, "<I", 0xFFFFFF), 8)), DAMAGED),
    kind("biff-sheet-beyond", xls(in_record(BOUNDSHEET, at(4, "<I", 0x7FFFFFFF))), DAMAGED),
    kind("biff-sheet-is-the-book", xls(in_record(BOUNDSHEET, at(4, "<I", 0))), DAMAGED, refused("E310")),
    kind("biff-sheet-name-beyond", xls(in_record(BOUNDSHEET, at(10, "<B", 255))), DAMAGED, WHOLE),
    kind("biff-dimensions-huge", xls(in_record(DIMENSIONS, at(4, "<IIHH", 0, 0xFFFFFFFF, 0, 0xFFFF))), WHOLE, LIMIT, STOPPED),
    kind("biff-dimensions-turned", xls(in_record(DIMENSIONS, at(4, "<IIHH", 90, 1, 90, 1))), WHOLE, STOPPED),
    kind(
        "biff-far-cell",
        book([*grid(), *[[]] * 20_000, [None] * 255 + [1]], "xls"),
        Read(8, {"too-few-fields": 1}),
        Read(8, {"persons-blank": 1}),
    ),
    kind("biff-row-of-another-size", xls(in_record(ROW, at(2, "<H", 18), 3)), DAMAGED),
    kind("biff-row-of-40000", xls(in_record(ROW, at(2, "<H", 16 + (1 << 15)), 3)), DAMAGED),
    kind("biff-cell-of-another-size", xls(in_record(LABELSST, at(2, "<H", 12), 20)), DAMAGED),
    kind("biff-cell-of-no-kind", xls(in_record(LABELSST, at(0, "<H", LABELSST ^ 0x20), 20)), DAMAGED),
    kind("biff-cell-in-another-row", xls(in_record(LABELSST, at(4, "<H", 2), 20)), DAMAGED),
    kind("biff-cell-in-another-column", xls(in_record(LABELSST, at(6, "<H", 3), 20)), DAMAGED),
    kind("biff-end-too-soon", xls(in_record(ROW, at(0, "<HH", 0x0A, 0), 4)), DAMAGED),
    kind("biff-end-of-another-size", xls(in_record(ROW, at(0, "<H", 0x0A), 4)), DAMAGED),
    kind("biff-margin-of-another-size", xls(in_record(MARGIN, at(2, "<H", 264))), DAMAGED),
    kind("biff-rows-missing", xls(in_record(DIMENSIONS, at(4, "<II", 0, 30))), DAMAGED),
    kind("biff-all-rows-said", xls(in_record(DIMENSIONS, at(4, "<II", 0, 0x10000))), WHOLE),
    kind("biff-formula-uncalculated", xls(in_record(FORMULA, at(18, "<H", 3)), changed(G4=Formula("A1", None))), UNCALCULATED),
    kind("biff-formula-uncalculated-0", xls(in_record(FORMULA, at(18, "<H", 2)), changed(G4=Formula("A1", 0.0))), UNCALCULATED),
    kind("biff-formula-calculated-later", xls(in_record(FORMULA, at(18, "<H", 3)), changed(G4=Formula("A1", 3.0))), WHOLE),
    kind("biff-garbage", xls(lambda stream: stream[:20] + bytes(range(256)) * 12), DAMAGED),
    kind("biff-all-zeros", xls(lambda stream: bytes(len(stream))), DAMAGED, refused("E310")),
    kind("xlsb-cut", spoiled(lambda data: data[: len(data) // 2], book(fmt="xlsb")), DAMAGED),
    kind("xlsb-part-cut", xlsb(lambda part: part[: len(part) // 2]), DAMAGED),
    kind("xlsb-rows-missing", xlsb(lambda part: part.replace(record(148, range_of(8)), record(148, range_of(30)))), DAMAGED),
    kind(
        "xlsb-all-rows-said", xlsb(lambda part: part.replace(record(148, range_of(8)), record(148, range_of(1_048_575)))), WHOLE
    ),
    kind("xlsb-cells-without-end", xlsb(lambda part: part[: part.index(record(146))]), DAMAGED),
    kind("xlsb-part-empty", xlsb(lambda _: b""), DAMAGED, refused("E310")),
    kind("xlsb-record-beyond", xlsb(lambda part: part.replace(record(146), b"\x05\xff\xff\xff\x7f")), DAMAGED, LIMIT),
    kind("xlsb-record-short", xlsb(lambda part: part.replace(record(146), record(5, b"\0") + record(146))), DAMAGED, WHOLE),
    kind("xlsb-far-corner", xlsb(far_row(1_048_575, 16_383)), LIMIT),
    kind("xlsb-far-beyond", xlsb(far_row(0xFFFFFFF0, 0xFFFFFFF0)), LIMIT, DAMAGED),
    kind("xlsb-strings-cut", xlsb(lambda part: part[: len(part) // 2], "xl/sharedStrings.bin"), DAMAGED),
    kind(
        "xlsb-string-size-huge",
        xlsb(lambda _: record(159, b"\xff" * 8) + record(19, b"\0\xff\xff\xff\xff"), "xl/sharedStrings.bin"),
        DAMAGED,
    ),
    kind("xlsb-workbook-cut", xlsb(lambda part: part[:20], "xl/workbook.bin"), DAMAGED, refused("E310")),
    kind("parquet-cut", spoiled(lambda data: data[: len(data) // 2], parquet()), DAMAGED),
    kind("parquet-magic-only", raw(b"PAR1PAR1", "log.parquet"), DAMAGED),
    kind("parquet-footer-huge", spoiled(lambda data: data[:-8] + b"\xff\xff\xff\x7fPAR1", parquet()), DAMAGED),
    kind("parquet-footer-turned", spoiled(partial(footer, change=reversed_foot), parquet()), DAMAGED),
    kind("parquet-page-damaged", spoiled(lambda data: data[:20] + b"\xff" * 40 + data[60:], parquet()), DAMAGED),
    kind("parquet-nested-unused", column("附件", structured), Read()),
    kind(
        "parquet-list-heads", column("来访人数", lambda: pa.array([[n] for n in range(ROWS)])), Read(0), refused("E310", "E303")
    ),
    kind(
        "parquet-map-group",
        column("接访级别", lambda: pa.array([[("a", 1)]] * ROWS, pa.map_(pa.string(), pa.int64()))),
        Read(),
        DAMAGED,
    ),
    kind("parquet-binary-unused", column("照片", lambda: pa.array([bytes(range(256))] * ROWS)), Read()),
    kind("parquet-binary-group", column("接访级别", lambda: pa.array(["市级".encode(), b"\xff\xfe"] * 4)), Read(), DAMAGED),
    kind("parquet-binary-heads", column("来访人数", lambda: pa.array([b"\x02\xff"] * ROWS)), refused("E310", "E303")),
    kind("parquet-decimals", column("来访人数", lambda: pa.array([2] * ROWS).cast(pa.decimal128(22, 2))), Read(8, persons=16)),
    kind(
        "parquet-nan-heads",
        column("来访人数", lambda: pa.array([1.0, float("nan"), *[2.0] * 6])),
        rejecting("number-text"),
        rejecting("persons-blank"),
    ),
    kind("parquet-far-times", column("接访日期", lambda: pa.array([2**62] * ROWS, pa.timestamp("us"))), refused("E303", "E310")),
    kind(
        "parquet-nanoseconds",
        column("接访日期", lambda: pa.array([1_777_600_000_000_000_001] * ROWS, pa.timestamp("ns"))),
        Read(),
    ),
    kind("parquet-names-twice", raw(names_twice, "log.parquet"), refused("E306"), Read()),
    kind("parquet-bomb-rows", parquet(repeated, compression="zstd"), LIMIT),
    kind("parquet-bomb-text", column("备注", lambda: pa.array(["x" * (65 << 20)] * ROWS)), LIMIT),
]
