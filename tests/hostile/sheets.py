"""Worksheet parts that lie about where their cells are."""

from __future__ import annotations

import re
from itertools import product

from tests.writers.ooxml import MAIN

from .base import LEVELS, PERSONS, ROWS, SHEET, STRINGS, appended, book, cell, grid, in_part, members, replaced, sheet, xlsx
from .model import Kind, Maker, Read, kind, refused, rejecting

DAMAGED, LIMIT, NO_HEADER = refused("E303"), refused("E304"), refused("E309")
WHOLE = Read(8, persons=PERSONS, levels=LEVELS)
STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def dimension(claimed: str) -> Maker:
    """The good xlsx that claims another used range."""
    return book(file={"dimension": claimed})


def far(reference: str, row: str | None = None) -> Maker:
    """The good xlsx with one more cell, somewhere."""
    number = row or reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    return appended(f'<row r="{number}"><c r="{reference}"><v>1</v></c></row>')


def merged(*ranges: str) -> Maker:
    """The good xlsx with merged ranges."""
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    return replaced("</sheetData>", f'</sheetData><mergeCells count="{len(ranges)}">{cells}</mergeCells>')


def shuffled(text: str) -> str:
    """The rows of a worksheet in another order, the header in the middle."""
    rows = re.findall(r"<row .*?</row>", text)
    return text.replace("".join(rows), "".join(rows[4:] + rows[:4]))


def turned(text: str) -> str:
    """The cells of each row from right to left."""
    return re.sub(
        r"(<row [^>]*>)(.*?)</row>", lambda row: row[1] + "".join(re.findall(r"<c .*?</c>", row[2])[::-1]) + "</row>", text
    )


def unreferenced(text: str) -> str:
    """Rows and cells that say no position, as the standard allows."""
    return re.sub(r'<(row|c) r="[A-Z]*\d+"', r"<\1", text)


def prefixed(text: str) -> str:
    """The worksheet under a namespace prefix, as some libraries write it."""
    text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text)
    return text.replace("xmlns=", "xmlns:x=")


def quoted_singly(text: str) -> str:
    """Attributes in single quotes."""
    head, mark, rest = text.partition("?>")
    return head + mark + rest.replace('"', "'")


def strict(parts: dict[str, str]) -> None:
    """The names of Strict Open XML in all parts, and dates as it writes them."""
    for name, (loose, exact) in product(list(parts), STRICT.items()):
        parts[name] = parts[name].replace(loose, exact)
    day = re.compile(r'(<c r="B(\d+)" s="\d+")><v>\d+</v>')
    parts[SHEET] = day.sub(lambda found: f'{found[1]} t="d"><v>2026-05-0{int(found[2]) - 1}</v>', parts[SHEET])


def with_error(text: str) -> str:
    """The worksheet with an error in a needed cell."""
    return re.sub(r'<c r="G4">.*?</c>', '<c r="G4" t="e"><v>#N/A</v></c>', text)


def in_other_case(parts: dict[str, str]) -> None:
    """A worksheet with a far cell whose member differs in case from what the workbook calls it."""
    parts["xl/WORKSHEETS/sheet1.XML"] = parts.pop(SHEET).replace("</sheetData>", FAR_ROW + "</sheetData>")


def elsewhere(parts: dict[str, str]) -> None:
    """A worksheet with an error cell in a folder of another name."""
    parts["xl/leaves/one.xml"] = with_error(parts.pop(SHEET))
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace("worksheets/sheet1.xml", "leaves/one.xml")


def without_rows(text: str) -> str:
    """A worksheet without any cell."""
    return re.sub("<sheetData>.*</sheetData>", "<sheetData/>", text)


def blanks(count: int) -> str:
    """Rows without cells behind the good ones."""
    return "".join(f'<row r="{number}"/>' for number in range(ROWS + 2, ROWS + 2 + count))


FAR_ROW = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BOXES = [f"{a}{n}:{b}{n}" for a, b in (("J", "K"), ("M", "N"), ("P", "Q"), ("S", "T")) for n in range(2, 25_002)]
ONE_LEVEL = Read(8, persons=PERSONS, levels={"市级": 8})
SPARSE = (Read(8, {"too-few-fields": 1}), Read(8, {"persons-blank": 1}))

ONE_MORE = '<row r="10"><c r="A10"><v>9</v></c><c r="G10"><v>3</v></c></row>'

KINDS: list[Kind] = [
    kind("dimension-huge", dimension("A1:XFD1048576"), WHOLE),
    kind("dimension-beyond", dimension("A1:ZZZZ99999999999"), WHOLE),
    kind("dimension-of-wps", dimension("A1"), WHOLE),
    kind("dimension-no-range", dimension("#REF!"), WHOLE, DAMAGED),
    kind("far-row", far("D1048576"), *SPARSE),
    kind("far-column", sheet(lambda text: text.replace("</row>", '<c r="XFD1"><v>1</v></c></row>', 1)), WHOLE, LIMIT),
    kind("far-corner", far("XFD1048576"), LIMIT),
    kind("far-corner-lower-case", far("xfd1048576"), LIMIT, DAMAGED),
    kind("far-corner-single-quotes", appended("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), LIMIT, DAMAGED),
    kind("far-corner-spaced", appended('<row r = "1048576"><c r = "XFD1048576"><v>1</v></c></row>'), LIMIT, DAMAGED),
    kind("far-corner-escaped", appended('<row r="1048576"><c r="&#88;FD1048576"><v>1</v></c></row>'), LIMIT, DAMAGED),
    kind("far-corner-other-case-of-part", xlsx(in_other_case), LIMIT, DAMAGED),
    kind("far-row-by-row-only", appended('<row r="4000000000"><c><v>1</v></c></row>'), LIMIT, DAMAGED),
    kind("row-1048577", far("A1048577"), LIMIT),
    kind("row-4294967296", far("A4294967296"), LIMIT, DAMAGED),
    kind("row-of-20-digits", far("A99999999999999999999"), LIMIT, DAMAGED),
    kind("column-XFE", far("XFE3", "10"), LIMIT, DAMAGED),
    kind("column-of-13-letters", far("AAAAAAAAAAAAA10"), LIMIT, DAMAGED),
    kind("row-zero", cell("G4", '<c r="G0"><v>3</v></c>'), DAMAGED),
    kind("row-negative", cell("G4", '<c r="G-4"><v>3</v></c>'), DAMAGED),
    kind("reference-empty", cell("G4", '<c r=""><v>3</v></c>'), DAMAGED),
    kind("reference-no-column", cell("G4", '<c r="44"><v>3</v></c>'), DAMAGED),
    kind("rows-out-of-order", sheet(shuffled), WHOLE, DAMAGED),
    kind("cells-out-of-order", sheet(turned), WHOLE, DAMAGED),
    kind("rows-in-two-places", replaced("</sheetData>", f"</sheetData><sheetData>{ONE_MORE}</sheetData>"), DAMAGED),
    kind(
        "rows-commented-out", sheet(lambda text: re.sub(r'(<row r="4".*?</row>)', r"<!-- \1 -->", text, flags=re.DOTALL)), Read(7)
    ),
    kind("value-around-a-comment", cell("G3", '<c r="G3"><v>1<!-- x -->2</v></c>'), DAMAGED),
    kind("value-around-an-instruction", cell("G3", '<c r="G3"><v>1<?x y?>2</v></c>'), DAMAGED),
    kind("value-twice", cell("G3", '<c r="G3"><v>1</v><v>2</v></c>'), DAMAGED),
    kind("cell-in-another-row", cell("G3", '<c r="G9"><v>1</v></c>'), DAMAGED),
    kind("row-within-a-row", sheet(lambda text: text.replace("</row>", f"{ONE_MORE}</row>", 1)), DAMAGED),
    kind("cell-twice", cell("G4", '<c r="G4"><v>3</v></c><c r="G4"><v>900</v></c>'), DAMAGED),
    kind("row-twice", sheet(lambda text: text.replace('<row r="5">', '<row r="4">').replace('5"', '4"')), DAMAGED),
    kind("unreferenced-cells", sheet(unreferenced), WHOLE),
    kind("unreferenced-error-cell", sheet(lambda text: unreferenced(with_error(text))), rejecting("error-cell")),
    kind("prefixed-cells", sheet(prefixed), WHOLE),
    kind("prefixed-error-cell", sheet(lambda text: prefixed(with_error(text))), rejecting("error-cell")),
    kind("single-quotes-error-cell", sheet(lambda text: quoted_singly(with_error(text))), rejecting("error-cell")),
    kind("sheet-elsewhere-error-cell", xlsx(elsewhere), rejecting("error-cell")),
    kind("merge-whole-sheet", merged("A1:XFD1048576"), WHOLE, NO_HEADER),
    kind("merge-whole-log", merged("A2:H9"), Read(1, persons=2)),
    kind("merge-reversed", merged("C9:C2"), WHOLE, DAMAGED),
    kind("merge-no-range", merged("#REF!"), WHOLE, DAMAGED),
    kind("merge-beyond", merged("A1:ZZZZZ99999999"), WHOLE, DAMAGED, NO_HEADER),
    kind("merges-100000", merged(*BOXES), WHOLE),
    kind("merges-100000-alike", merged(*["C2:C9"] * 100_000), ONE_LEVEL),
    kind("merges-100000-tall", merged(*["C2:C1048576"] * 100_000), ONE_LEVEL),
    kind("string-index-beyond", cell("C4", '<c r="C4" t="s"><v>999999</v></c>'), DAMAGED),
    kind("string-index-negative", cell("C4", '<c r="C4" t="s"><v>-1</v></c>'), DAMAGED),
    kind("string-index-text", cell("C4", '<c r="C4" t="s"><v>abc</v></c>'), DAMAGED),
    kind(
        "strings-empty",
        xlsx(in_part(STRINGS, lambda _: f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"/>')),
        refused("E303", "E304", "E320"),
    ),
    kind(
        "invalid-utf8-string",
        xlsx(in_part(STRINGS, lambda text: text.encode().replace("县级".encode(), b"\xff\xfe\xe5"))),
        DAMAGED,
    ),
    kind("invalid-utf8-sheet", sheet(lambda text: text.encode().replace(b"<v>7</v>", b"<v>\xff7</v>")), DAMAGED),
    kind("nul-in-string", xlsx(in_part(STRINGS, lambda text: text.replace("县级", "县\0级"))), DAMAGED, Read(8, persons=PERSONS)),
    kind("nul-in-markup", sheet(lambda text: text.replace('<c r="C4"', '<\0c r="C4"')), DAMAGED),
    kind("not-closed", sheet(lambda text: text[: text.index('<row r="6"')]), DAMAGED),
    kind("closed-wrongly", sheet(lambda text: text.replace("</c></row>", "</row></c>", 1)), DAMAGED, WHOLE),
    kind("blank-rows-million", appended(blanks(1_000_000)), WHOLE),
    kind("no-rows", sheet(without_rows), refused("E310")),
    kind("header-only", book(grid(0)), refused("E310")),
    kind("strict", xlsx(strict), WHOLE),
    kind("deep-nesting", appended("<row>" * 200_000 + "</row>" * 200_000), DAMAGED, WHOLE),
    kind(
        "a-million-attributes",
        replaced("<sheetData>", "<sheetData " + " ".join(f'a{n}=""' for n in range(200_000)) + ">"),
        WHOLE,
        DAMAGED,
    ),
    kind("part-is-empty", sheet(lambda _: ""), DAMAGED, refused("E310")),
    kind("part-is-a-picture", sheet(lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256))), DAMAGED),
    kind("part-is-utf16", sheet(lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16")), DAMAGED, WHOLE),
    kind("workbook-is-the-sheet", xlsx(lambda parts: parts.update({"xl/workbook.xml": parts[SHEET]})), DAMAGED, refused("E310")),
    kind("strings-are-the-sheet", xlsx(lambda parts: parts.update({STRINGS: members()[SHEET]})), DAMAGED),
]
