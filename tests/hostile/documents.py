"""OpenDocument, web pages and SpreadsheetML that repeat, span or nest without end."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.writers import Formula

from .archive import Entry, pack
from .base import LEVELS, PERSONS, book, changed, raw, spoiled
from .model import Kind, Maker, Read, kind, refused, rejecting

DAMAGED, LIMIT, NO_TABLE = refused("E303"), refused("E304"), refused("E307")
WHOLE = Read(8, persons=PERSONS, levels=LEVELS)
REPEAT = "table:number-{}-repeated"


def ods(change: Callable[[str], str | bytes], name: str = "content.xml") -> Maker:
    """The good ods with one part changed, or without it where nothing is left."""

    def apply(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {one: archive.read(one) for one in archive.namelist()}
        new = change(parts[name].decode())
        parts[name] = new.encode() if isinstance(new, str) else new
        return pack([Entry(one, content) for one, content in parts.items() if content])

    return spoiled(apply, book(fmt="ods"))


def row_repeated(times: str, number: int = 3) -> Maker:
    """One record of the ods said to stand in so many rows."""
    return ods(lambda text: nth(text, "<table:table-row", number, f'<table:table-row {REPEAT.format("rows")}="{times}"'))


def cell_repeated(times: str, number: int = 6) -> Maker:
    """One cell of the first record of the ods said to stand in so many columns."""
    return ods(lambda text: nth(text, "<table:table-cell", 8 + number, f'<table:table-cell {REPEAT.format("columns")}="{times}"'))


def nth(text: str, old: str, number: int, new: str) -> str:
    """The text with one of several alike pieces replaced, counted from 0."""
    places = [found.start() for found in re.finditer(re.escape(old), text)]
    return text[: places[number]] + new + text[places[number] + len(old) :]


def wide_and_long(text: str) -> str:
    """The third record said to stand in 90,000 rows, and its head count in 9,000 columns: each by itself is within the limits."""
    text = nth(text, "<table:table-row", 3, f'<table:table-row {REPEAT.format("rows")}="90000"')
    return nth(text, "<table:table-cell", 30, f'<table:table-cell {REPEAT.format("columns")}="9000"')


def showing(text: str, shown: str) -> str:
    """The head count of the third record as a formula of an empty text that shows something else."""
    start = [found.start() for found in re.finditer("<table:table-cell", text)][30]
    end = text.index("</table:table-cell>", start)
    cell = '<table:table-cell table:formula="of:=A1" office:value-type="string" office:string-value="">'
    return f"{text[:start]}{cell}<text:p>{shown}</text:p>{text[end:]}"


def behind(more: str) -> Maker:
    """The good ods with more rows."""
    return ods(lambda text: text.replace("</table:table>", more + "</table:table>"))


def text_form(fmt: str, change: Callable[[str], str | bytes]) -> Maker:
    """A good page or XML spreadsheet with its text changed."""

    def apply(data: bytes) -> bytes:
        new = change(data.decode())
        return new.encode() if isinstance(new, str) else new

    return spoiled(apply, book(fmt=fmt))


DIGITS = "9" * 5000
"""More than Python takes for a number."""


def html(old: str, new: str) -> Maker:
    """A good page with one text replaced everywhere."""
    return text_form("html-xls", lambda text: text.replace(old, new))


def spanning(text: str) -> str:
    """The level of the last record spanning down without end."""
    before, cell, after = text.rpartition("<td>县级")
    return before + cell.replace("<td", '<td rowspan="1000000000"') + after


def halved(text: str) -> bytes:
    """A page in UTF-7, in which halves of characters can be written, with one in a level."""
    return text.replace("charset=utf-8", "charset=utf-7").encode("utf-7").replace("县级".encode("utf-7"), b"+2AA-", 1)


def charset(name: str) -> Maker:
    """A good page that says it is encoded in some way."""
    return html("charset=utf-8", f"charset={name}")


def xml(old: str, new: str) -> Maker:
    """A good XML spreadsheet with the first of some texts replaced."""
    return text_form("xml-xls", lambda text: text.replace(old, new, 1))


ENCRYPTED = '<manifest:encryption-data manifest:checksum-type="SHA1"/></manifest:file-entry></manifest:manifest>'
ROWS_OF_BLANKS = (
    f'<table:table-row {REPEAT.format("rows")}="{{}}"><table:table-cell {REPEAT.format("columns")}="16384"/></table:table-row>'
)
DEEP = 100_000
CLOSED = "<text:p>已办结</text:p>"
NESTED = f"<table:table><table:table-row><table:table-cell>{CLOSED}</table:table-cell></table:table-row></table:table>"
REMARK = "<office:annotation><dc:creator>x</dc:creator><text:p>y</text:p></office:annotation>"


def grouped(text: str) -> str:
    """All rows in an outline group."""
    text = nth(text, "<table:table-row", 0, "<table:table-row-group><table:table-row")
    return text.replace("</table:table>", "</table:table-row-group></table:table>", 1)


def ods_flat(folder: Path) -> Path:
    """The content of the good ods alone, as a flat OpenDocument file."""
    with zipfile.ZipFile(book(fmt="ods")(folder)) as package:
        content = package.read("content.xml").replace(b"office:document-content", b"office:document")
    (folder / "log.fods").write_bytes(content)
    return folder / "log.fods"


KINDS: list[Kind] = [
    kind("ods-row-three-times", row_repeated("3"), Read(10)),
    kind("ods-rows-million-of-data", row_repeated("1000000"), LIMIT, Read(1_000_007)),
    kind("ods-rows-200-of-data", row_repeated("200"), Read(207)),
    kind("ods-rows-of-many-cells", ods(wide_and_long), LIMIT),
    *(
        kind(f"ods-formula-shows-{name}", ods(partial(showing, shown=shown)), rejecting("error-cell"))
        for name, shown in {"reference": "#REF!", "division": "#DIV/0!", "code": "Err:502"}.items()
    ),
    kind("ods-rows-billions-of-data", row_repeated("4000000000"), LIMIT, DAMAGED),
    kind("ods-columns-million-of-data", cell_repeated("1000000"), LIMIT),
    kind("ods-columns-billions-of-data", cell_repeated("4000000000"), LIMIT, DAMAGED),
    kind("ods-blank-rows-to-the-end", behind(ROWS_OF_BLANKS.format(1_048_567)), WHOLE),
    kind("ods-blank-rows-billions", behind(ROWS_OF_BLANKS.format(4_000_000_000)), WHOLE, LIMIT, DAMAGED),
    kind(
        "ods-blank-rows-between",
        ods(lambda text: nth(text, "<table:table-row", 4, ROWS_OF_BLANKS.format(900_000) + "<table:table-row")),
        WHOLE,
        LIMIT,
    ),
    *(
        kind(f"ods-repeated-{times or 'nothing'}", row_repeated(times), WHOLE, DAMAGED, LIMIT)
        for times in ("-1", "0", "", "abc", "9" * 30)
    ),
    kind(
        "ods-blanks-two-billion",
        ods(lambda text: text.replace("<text:p>市级", '<text:p><text:s text:c="2000000000"/>市级', 1)),
        LIMIT,
        DAMAGED,
    ),
    kind(
        "ods-spans-huge",
        ods(
            lambda text: nth(
                text,
                "<table:table-cell",
                10,
                '<table:table-cell table:number-rows-spanned="999999999" table:number-columns-spanned="999999999"',
            )
        ),
        Read(1, persons=2),
        LIMIT,
        DAMAGED,
    ),
    kind("ods-missing-content", ods(lambda _: ""), NO_TABLE, DAMAGED),
    kind(
        "ods-encrypted",
        ods(lambda text: text.replace('"text/xml"/></manifest:manifest>', '"text/xml">' + ENCRYPTED), "META-INF/manifest.xml"),
        refused("E302"),
    ),
    kind("ods-cut", spoiled(lambda data: data[: len(data) // 2], book(fmt="ods")), DAMAGED),
    kind("ods-not-closed", ods(lambda text: text[: len(text) * 2 // 3]), DAMAGED),
    kind("ods-deep", behind("<table:table-row-group>" * DEEP + "</table:table-row-group>" * DEEP), WHOLE, DAMAGED, LIMIT),
    kind("ods-invalid-utf8", ods(lambda text: text.encode().replace("市级".encode(), b"\xff\xfe\xe5")), DAMAGED),
    kind(
        "ods-number-words",
        ods(lambda text: text.replace('office:value="2"', 'office:value="two"')),
        DAMAGED,
        rejecting("number-text", 2),
    ),
    kind("ods-table-in-a-cell", ods(lambda text: text.replace(CLOSED, NESTED, 1)), DAMAGED),
    kind("ods-comment-on-a-cell", ods(lambda text: text.replace(CLOSED, REMARK + CLOSED, 1)), WHOLE),
    kind("ods-rows-in-a-group", ods(grouped), WHOLE),
    kind("ods-flat", ods_flat, NO_TABLE),
    kind("ods-formula-plain", book(changed(G4=Formula("A1", 3.0)), "ods"), WHOLE),
    kind("html-rowspan-huge", text_form("html-xls", spanning), LIMIT, DAMAGED, WHOLE),
    kind("html-both-spans-huge", html("<td>市级", '<td rowspan="1000000000" colspan="1000000000">市级'), LIMIT, DAMAGED),
    kind("html-colspan-huge", html("<td>已办结</td></tr>", '<td colspan="1000000000">已办结</td></tr>'), LIMIT, WHOLE),
    kind("html-span-of-5000-digits", html("<td>市级", f'<td rowspan="{DIGITS}" colspan="{DIGITS}">市级'), LIMIT, DAMAGED),
    kind("html-colspan-of-5000-digits", html("<td>已办结</td></tr>", f'<td colspan="{DIGITS}">已办结</td></tr>'), LIMIT, WHOLE),
    kind("html-character-of-5000-digits", html("<td>市级", f"<td>市级&#{DIGITS};"), DAMAGED),
    kind("html-span-words", html("<td>市级", '<td rowspan="-3" colspan="x">市级'), WHOLE),
    kind("html-deep-tables", html("</body>", "<table><tr><td>" * 20_000 + "</body>"), WHOLE, DAMAGED, LIMIT),
    kind("html-deep-tags", html("<td>市级", "<td>" + "<b>" * 200_000 + "市级"), WHOLE),
    kind(
        "html-not-closed",
        text_form("html-xls", lambda text: text.replace("</td>", "").replace("</tr>", "").replace("</table>", "")),
        WHOLE,
    ),
    kind("html-columns-million", html("<td>已办结</td>", "<td>已办结</td>" + "<td>" * 100_000), LIMIT),
    kind("html-nul", html("甄某隐", "甄\0某隐"), NO_TABLE, DAMAGED, WHOLE),
    kind("html-unclosed-comment", html("<table", "<!-- <table"), NO_TABLE),
    kind("html-entity-numbers", html("甄某隐", "&#99999999999999;&#x110000;&#0;&#xd800;&#27;[2J"), WHOLE),
    kind("html-bogus-declaration", html("<body>", "<body><![foo[<!x [<!--"), NO_TABLE, DAMAGED, WHOLE),
    *(
        kind(f"html-charset-{name[:20]}", charset(name), WHOLE, refused("E313", "E307", "E309"))
        for name in ("undefined", "idna", "punycode", "rot13", "zip", "utf-7", "unicode_escape", "utf-16", "x" * 3000)
    ),
    kind("html-lone-halves", text_form("html-xls", halved), Read(8, persons=PERSONS), refused("E313", "E309")),
    kind("xml-index-huge", xml('ss:Index="4"', 'ss:Index="1000000000"'), LIMIT),
    kind("xml-index-words", xml('ss:Index="4"', 'ss:Index="x"'), DAMAGED),
    kind("xml-index-negative", xml('<Row ss:Index="4"', '<Row ss:Index="-4"'), DAMAGED),
    kind("xml-index-back", xml('<Row ss:Index="4"', '<Row ss:Index="3"'), DAMAGED),
    kind("xml-cell-index-negative", xml('<Cell ss:Index="7"', '<Cell ss:Index="-7"'), DAMAGED, WHOLE),
    kind(
        "xml-cell-index-back",
        text_form("xml-xls", lambda text: nth(text, '<Cell ss:Index="7"', 3, '<Cell ss:Index="2"')),
        DAMAGED,
    ),
    kind("xml-cell-index-huge", xml('<Cell ss:Index="7"', '<Cell ss:Index="1000000000"'), LIMIT),
    kind(
        "xml-merge-huge",
        xml('<Cell ss:Index="7"', '<Cell ss:MergeAcross="1000000000" ss:MergeDown="1000000000" ss:Index="7"'),
        LIMIT,
        DAMAGED,
    ),
    kind("xml-merge-words", xml('<Cell ss:Index="8"', '<Cell ss:MergeAcross="x" ss:Index="8"'), DAMAGED),
    kind("xml-merge-negative", xml('<Cell ss:Index="8"', '<Cell ss:MergeDown="-5" ss:Index="8"'), DAMAGED, WHOLE),
    kind("xml-digits-5000", xml('ss:Index="4"', f'ss:Index="{"9" * 5000}"'), LIMIT, DAMAGED),
    kind("xml-deep", xml("</Table>", "<Row>" * DEEP + "</Row>" * DEEP + "</Table>"), WHOLE, DAMAGED, LIMIT),
    kind("xml-cut", text_form("xml-xls", lambda text: text[: len(text) // 2]), DAMAGED),
    kind("xml-encoding-unknown", xml('encoding="UTF-8"', 'encoding="klingon"'), DAMAGED, NO_TABLE),
    kind("xml-encoding-of-python", xml('encoding="UTF-8"', 'encoding="undefined"'), DAMAGED, NO_TABLE),
    kind("xml-invalid-utf8", text_form("xml-xls", lambda text: text.encode().replace("市级".encode(), b"\xff\xfe")), DAMAGED),
    kind("xml-repeated-rows-far", xml('<Row ss:Index="9"', '<Row ss:Index="1048576"'), WHOLE),
    kind("xml-other", raw(b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "log.xls"), NO_TABLE),
]
