"""Packages whose container lies: bombs, sizes, names, checksums, missing and doubled members."""

from __future__ import annotations

import bz2
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.writers import Sheet

from .archive import Entry, bomb, deflated, pack
from .base import BOOK, RELATIONS, SHEET, STRINGS, book, grid, in_part, members, raw, spoiled, xlsx
from .model import Kind, Maker, Read, kind, refused

DAMAGED, LIMIT, NO_TABLE = refused("E303"), refused("E304"), refused("E307")


def entries() -> list[Entry]:
    """The members of the good xlsx."""
    return [Entry(name, content.encode()) for name, content in members().items()]


def zipped(change: Callable[[list[Entry]], Iterable[Entry]], name: str = "log.xlsx") -> Maker:
    """The good xlsx with its list of members changed."""
    return raw(lambda: pack(change(entries())), name)


def one(change: Callable[[Entry], Entry], name: str = SHEET) -> Maker:
    """The good xlsx with one member changed."""
    return zipped(lambda all_of_them: [change(entry) if entry.name == name else entry for entry in all_of_them])


def more(*others: Entry) -> Maker:
    """The good xlsx with more members."""
    return zipped(lambda all_of_them: [*all_of_them, *others])


def blown(name: str = SHEET, mebibytes: int = 600) -> Maker:
    """The good xlsx, one part of which is followed by blanks without end."""
    return one(lambda entry: bomb(name, mebibytes, entry.data), name)


def numbered(count: int, size: int) -> list[Entry]:
    """Many small members."""
    return [Entry(f"xl/worksheets/more{number}.xml", b" " * size) for number in range(count)]


def overlapping(all_of_them: Sequence[Entry]) -> bytes:
    """Hundreds of directory entries for the same MiB of blanks, each under its own name."""
    blank = bomb("xl/a.xml", 1)
    data = pack([*all_of_them, blank])
    place = data.index(b"PK\x03\x04", data.rindex(b"sharedStrings.xml", 0, data.index(b"PK\x01\x02")))
    names = [replace(blank, name=f"xl/{number:03}.xml") for number in range(900)]
    made = pack(names)
    start = made.index(b"PK\x01\x02")
    directory = bytearray(made[start : made.rindex(b"PK\x05\x06")])
    size = len(directory) // len(names)
    for number in range(len(names)):
        directory[number * size + 42 : number * size + 46] = place.to_bytes(4, "little")
    old, end = data.index(b"PK\x01\x02"), bytearray(data[data.rindex(b"PK\x05\x06") :])
    count, length = len(all_of_them) + 1 + len(names), data.rindex(b"PK\x05\x06") - old + len(directory)
    end[8:16] = count.to_bytes(2, "little") * 2 + length.to_bytes(4, "little")
    return data[: data.rindex(b"PK\x05\x06")] + bytes(directory) + bytes(end)


def second_target(parts: dict[str, str]) -> None:
    """Two sheets that say the same part."""
    parts[RELATIONS] = parts[RELATIONS].replace("worksheets/sheet2.xml", "worksheets/sheet1.xml")


def without(*names: str) -> Maker:
    """The good xlsx without some of its parts."""
    return xlsx(lambda parts: [parts.pop(name) for name in names])


def by_library(method: int, *, wide: bool = False) -> Maker:
    """The good xlsx zipped by another method, or with sizes of 64 bits."""

    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / "log.xlsx", "w", method) as package:
            for name, content in members().items():
                with package.open(name, "w", force_zip64=wide) as part:
                    part.write(content.encode())
        return folder / "log.xlsx"

    return make


def squeezed(entry: Entry, mebibytes: int) -> Entry:
    """A member by bzip2, followed by so many MiB of blanks."""
    data = entry.data + b" " * (mebibytes << 20)
    said = {"method": zipfile.ZIP_BZIP2}
    return Entry(entry.name, b"", said, said, bz2.compress(data), (zlib.crc32(data), len(data)))


def wide_dictionary(entry: Entry) -> Entry:
    """A member by LZMA that asks for a dictionary of 4 GiB."""
    packed = lzma.compress(entry.data, lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}])
    head, said = b"\x09\x04\x05\x00\x5d\xff\xff\xff\xff", {"method": zipfile.ZIP_LZMA, "flags": 0x802}
    return Entry(entry.name, b"", said, said, head + packed, (zlib.crc32(entry.data), len(entry.data)))


def targeting(target: str, part: str | None = None) -> Maker:
    """The good xlsx whose worksheet stands elsewhere."""

    def change(parts: dict[str, str]) -> None:
        parts[RELATIONS] = parts[RELATIONS].replace("worksheets/sheet1.xml", target)
        if part is not None:
            parts[part] = parts.pop(SHEET)

    return xlsx(change)


def cut(share: float) -> Maker:
    """The good xlsx, broken off."""
    return spoiled(lambda data: data[: int(len(data) * share)], book())


def encrypted(entry: Entry) -> Entry:
    """A member that says it is encrypted."""
    return replace(entry, local={"flags": 0x801}, central={"flags": 0x801})


def streamed(entry: Entry) -> Entry:
    """A member as a writer on a pipe leaves it: sizes and checksum behind it only."""
    tail = b"PK\x07\x08" + b"".join(n.to_bytes(4, "little") for n in _told(entry))
    packed = deflated(entry.data)
    zeros = {"crc": 0, "packed": 0, "size": 0}
    return replace(entry, packed=packed + tail, local={"flags": 0x808, **zeros}, central={"flags": 0x808, "packed": len(packed)})


def _told(entry: Entry) -> tuple[int, int, int]:
    return zlib.crc32(entry.data), len(deflated(entry.data)), len(entry.data)


def nested(depth: int) -> bytes:
    """A zip in a zip in a zip around a bomb."""
    data = pack([bomb("sheet.xml", 600)])
    for number in range(depth):
        data = pack([Entry(f"inner{number}.zip", data)])
    return data


def twin() -> bytes:
    """Another worksheet, for a name that differs in its case only."""
    return members(TWO[1])[SHEET].encode()


def bombed_elsewhere() -> list[Entry]:
    """The good xlsx whose worksheet is a bomb under a suffix that no worksheet has."""
    made = []
    for entry in entries():
        if entry.name == SHEET:
            made.append(bomb("xl/worksheets/sheet1.dat", 600, entry.data))
        elif entry.name == RELATIONS:
            made.append(replace(entry, data=entry.data.replace(b"sheet1.xml", b"sheet1.dat")))
        else:
            made.append(entry)
    return made


TWO = [Sheet("Sheet1", grid()), Sheet("Sheet2", grid(5, first=11))]
EVIL = [Entry("../../../../../tmp/xfstats-evil.xml", b"<a/>"), Entry("/etc/xfstats-evil.xml", b"<a/>")]
EVIL += [Entry("C:\\xfstats-evil.xml", b"<a/>"), Entry("..\\xfstats\x1b[2J\n\u202e.xml", b"<a/>")]

SLASHED = {"root": f"/{SHEET}", "dot": f"./{SHEET}", "backslash": SHEET.replace("/", "\\"), "slashes": SHEET.replace("/", "//")}
"""Names that a reader may take for that of the first sheet."""

KINDS: list[Kind] = [
    kind("bomb-sheet", blown(), LIMIT),
    kind("bomb-strings", blown(STRINGS), LIMIT),
    kind("bomb-styles", blown("xl/styles.xml"), LIMIT),
    kind("bomb-relations", blown(RELATIONS), LIMIT),
    kind("bomb-odd-suffix", raw(lambda: pack(bombed_elsewhere())), LIMIT, DAMAGED),
    kind("bomb-in-a-picture", more(bomb("xl/media/image1.png", 600)), Read()),
    kind("bomb-nested-zip", more(Entry("xl/embeddings/inner.zip", nested(3))), Read()),
    kind("bomb-overlapping", raw(lambda: overlapping(entries()), "log.xlsx"), LIMIT, DAMAGED),
    kind("zip-of-zips", raw(partial(nested, 2), "log.xlsx"), NO_TABLE),
    kind("zip-of-a-workbook", raw(lambda: pack([Entry("log.xlsx", pack(entries()))]), "log.zip"), NO_TABLE),
    kind("members-20000", raw(lambda: pack([*entries(), *numbered(20_000, 1)]), "log.xlsx"), LIMIT),
    kind("members-3000", raw(lambda: pack([*entries(), *numbered(3_000, 1)]), "log.xlsx"), Read()),
    kind("size-local-small", one(lambda entry: replace(entry, local={"size": 1})), Read(), DAMAGED),
    kind("size-central-small", one(lambda entry: replace(entry, central={"size": 100})), DAMAGED),
    kind("size-central-large", one(lambda entry: replace(entry, central={"size": 1 << 30})), Read(), DAMAGED),
    kind("size-packed-large", one(lambda entry: replace(entry, central={"packed": 1 << 30})), Read(), DAMAGED),
    kind("size-packed-small", one(lambda entry: replace(entry, central={"packed": 20})), DAMAGED),
    kind("name-local-differs", one(lambda entry: replace(entry, local={"name": "xl/worksheets/other1.xml"})), DAMAGED),
    kind("member-twice", more(Entry(SHEET, members(TWO[1])[SHEET].encode())), DAMAGED),
    kind(
        "member-twice-by-case",
        zipped(lambda e: [Entry("xl/Worksheets/Sheet1.xml", twin()), *e]),
        DAMAGED,
    ),
    *(kind(f"member-twice-by-{what}", more(Entry(name, twin())), DAMAGED) for what, name in SLASHED.items()),
    kind("sheets-of-one-part", xlsx(second_target, *TWO), DAMAGED),
    kind("missing-sheet", without(SHEET), DAMAGED),
    kind("missing-strings", without(STRINGS), DAMAGED),
    kind("missing-workbook", without(BOOK), DAMAGED, NO_TABLE),
    kind("missing-relations", without(RELATIONS), DAMAGED),
    kind("missing-styles", without("xl/styles.xml"), Read()),
    kind("missing-content-types", without("[Content_Types].xml"), Read(), DAMAGED),
    kind("missing-all-but-types", raw(lambda: pack(entries()[:1]), "log.xlsx"), NO_TABLE),
    kind("sheet-elsewhere", targeting("leaves/one.xml", "xl/leaves/one.xml"), Read()),
    kind("sheet-target-outside", targeting("../../../../../../etc/passwd"), DAMAGED),
    kind("sheet-target-remote", targeting("http://127.0.0.1:9/sheet1.xml"), DAMAGED),
    kind("crc-of-sheet", one(lambda entry: replace(entry, told=(1, len(entry.data)))), DAMAGED),
    kind("crc-of-strings", one(lambda entry: replace(entry, told=(1, len(entry.data))), STRINGS), DAMAGED),
    kind("cut-at-half", cut(0.5), DAMAGED),
    kind("cut-at-the-directory", cut(0.97), DAMAGED),
    kind("cut-to-the-magic", raw(b"PK\x03\x04", "log.xlsx"), DAMAGED),
    kind("junk-before", spoiled(lambda data: b"\x00junk" * 200 + data, book()), NO_TABLE, DAMAGED),
    kind("junk-after", spoiled(lambda data: data + b"\x00junk" * 200, book()), Read(), DAMAGED),
    kind("comment-of-64k", raw(lambda: pack(entries(), b"PK\x05\x06" * 16383), "log.xlsx"), Read(), DAMAGED),
    kind("traversal-names", more(*EVIL), Read()),
    kind("encrypted-members", zipped(lambda every: map(encrypted, every)), refused("E302")),
    kind("method-unknown", one(lambda entry: replace(entry, local={"method": 97}, central={"method": 97})), DAMAGED),
    kind("method-bzip2", by_library(zipfile.ZIP_BZIP2), Read()),
    kind("method-lzma", by_library(zipfile.ZIP_LZMA), Read()),
    kind("method-lzma-dictionary-huge", one(wide_dictionary), LIMIT, DAMAGED),
    kind("bomb-bzip2", one(lambda entry: squeezed(entry, 513)), LIMIT),
    kind("sizes-of-64-bits", by_library(zipfile.ZIP_DEFLATED, wide=True), Read()),
    kind("name-with-nul", one(lambda entry: replace(entry, name=f"{entry.name}\0.png")), Read(), DAMAGED),
    kind("streamed-members", zipped(lambda every: map(streamed, every)), Read()),
    kind("deflate-garbage", one(lambda entry: replace(entry, packed=b"\xff" * 500)), DAMAGED),
    kind("empty-zip", raw(pack([]), "log.xlsx"), NO_TABLE),
    kind("word-document", raw(pack([Entry("word/document.xml", b"<a/>")]), "log.xlsx"), NO_TABLE),
    kind("sheets-300", xlsx(lambda _: None, *[Sheet(f"s{n}", grid(1)) for n in range(300)]), LIMIT),
    kind("sheets-of-one-name", xlsx(in_part(BOOK, lambda text: text.replace("Sheet2", "Sheet1")), *TWO), DAMAGED, Read(13)),
    kind(
        "sheets-all-hidden",
        xlsx(in_part(BOOK, lambda text: text.replace("<sheet ", '<sheet state="veryHidden" '))),
        refused("E329"),
    ),
]
