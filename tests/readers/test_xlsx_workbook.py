"""What a workbook says of its sheets and styles; unusual ways of saying it are handed over."""

from __future__ import annotations

import zipfile

import pytest

from tests.readers.books import AT, PLAN, by_calamine, package, part_of, repacked, scanned, trimmed
from tests.readers.test_xlsx_scan import SHEET
from xfstats.readers.xlsx import package as packages
from xfstats.readers.xlsx import pieces, sheet_xml
from xfstats.readers.xlsx.book import XlsxScanner
from xfstats.readers.xlsx.scan import Wanted
from xfstats.readers.xlsx.sheet_xml import find_rows
from xfstats.readers.xlsx.styles import Shows, builtin, custom_format, style_kinds
from xfstats.readers.xlsx.xml_tags import HandOver

DATA = package(SHEET.format('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', ""))
TWICE = b'<sheet name="A" sheetId="2" r:id="rId1"/></sheets>'


def spoilt(part, old, new):
    return repacked(DATA, lambda name, content: content.replace(old, new) if name.endswith(part) else content, zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    ("part", "old", "new", "why"),
    [
        ("workbook.xml", b"<sheets>", b"<sheets><!-- x -->", "a workbook with comments"),
        ("workbook.xml", b"</sheets>", TWICE, "a sheet twice"),
        ("workbook.xml", b"rId1", b"rId9", "a sheet without its part"),
        ("workbook.xml", b'name="a"', b"", "a sheet without its part"),
        ("workbook.xml.rels", b"sharedStrings.xml", b"styles.xml", "parts in unusual places"),
        ("workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/none.xml", "a sheet without its part"),
    ],
)
def test_unusual_workbooks_are_handed_over(part, old, new, why):
    with pytest.raises(HandOver) as caught:
        XlsxScanner(spoilt(part, old, new), PLAN, AT)
    assert str(caught.value) == why


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"<sst", b"<tss", "no shared texts"),
        (b"<si/>", b"<!-- x --><si/>", "a shared text in pieces"),
        (b"<si/>", b"<si/>x", "shared texts among other things"),
        (b"<t>", b"<b/><t>", "a text among other things"),
    ],
)
def test_unusual_shared_texts_are_handed_over(old, new, why):
    scanner = XlsxScanner(spoilt("sharedStrings.xml", old, new), PLAN, AT)
    with pytest.raises(HandOver) as caught:
        scanner.scan(part_of(scanner), Wanted([0]))
    assert str(caught.value) == why


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<t> 乙 </t>", '<t xml:space="a>b"> 乙 </t>'),
        ("<si><t>甲</t>", "<si x='a>b'><t>甲</t>"),
        ("<t>甲</t>", '<t>甲</t><rPh x="a>b" sb="0" eb="1"><t>jia</t></rPh>'),
        ("<t>甲</t>", "<t>甲>乙</t>"),
    ],
)
def test_a_sign_of_greater_within_quotes_ends_no_tag(old, new):
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    data = repacked(package(SHEET.format(rows, "")), lambda _, content: content.replace(old.encode(), new.encode()))
    assert trimmed(scanned(data)) == by_calamine(data)


@pytest.mark.parametrize(
    "sheets", ['<sheets><shxet name="a"/></sheets>', "<sheets/>", '<sheets><sheet name="a" r:id="rId1"/>x</sheets>']
)
def test_a_list_of_other_things_than_sheets_is_handed_over(sheets):
    old = b'<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets>'
    with pytest.raises(HandOver):
        XlsxScanner(spoilt("workbook.xml", old, sheets.encode()), PLAN, AT)


def test_text_that_is_no_utf8_is_handed_over():
    scanner = XlsxScanner(spoilt("sharedStrings.xml", "甲".encode(), b"\xff\xfe"), PLAN, AT)
    with pytest.raises(HandOver):
        scanner.scan(part_of(scanner), Wanted([0]))


def test_an_element_without_an_end_is_handed_over(monkeypatch):
    scanner, part = XlsxScanner(DATA, PLAN, AT), part_of(XlsxScanner(DATA, PLAN, AT))
    assert scanner.merges(part) == []
    for module in (pieces, sheet_xml):
        monkeypatch.setattr(module, "MAX_ELEMENT_BYTES", 20)
    monkeypatch.setattr(packages, "STEP", 1)
    with pytest.raises(HandOver, match="an element without an end"):
        scanner.scan(part, Wanted([0]))
    with pytest.raises(HandOver, match="an element without an end"):
        list(pieces.pieces([b"<sst><si>", b"x" * 40], b"sst", b"si"))
    with pytest.raises(HandOver, match="an element without an end"):
        find_rows([b"x" * 40])
    with pytest.raises(HandOver, match="no rows"):
        find_rows([])


PLACES = [
    "<worksheet><sheetData>{}</sheetData><mergeCells/></worksheet>",
    "<x:worksheet xmlns:x='x'><x:sheetViews/><x:sheetData >{}</x:sheetData ></x:worksheet>",
    "<worksheet><sheetData/><a>{}</a></worksheet>",
    "<worksheet><sheetData><row>sheetData</row>{}</sheetData></worksheet>",
    "<other><sheetData>{}</sheetData></other>",
    "<worksheet><sheetData>{}</sheetData><sheetData></sheetData></worksheet>",
    "<worksheet><sheetData>{}",
    "<worksheet>{}",
]


@pytest.mark.parametrize(
    "rows", ["", "<row/>" * 40, "<row></row>" * 12, "<row>!?</row>", "<row><!-- --></row>", "<row><?x?></row>"]
)
@pytest.mark.parametrize("around", PLACES)
def test_rows_are_found_in_steps_of_any_size(around, rows):
    xml, found = around.format(rows).encode(), set()
    for step in (1, 2, 3, 7, 63, 64, 65, len(xml)):
        try:
            place = find_rows(xml[at : at + step] for at in range(0, len(xml), step))
        except HandOver as over:
            found.add(str(over))
        else:
            assert xml[place.end :].split(b">", 1)[1] == place.tail or around.count("<sheetData/>")
            assert place.size == len(xml)
            found.add((xml[place.begin : place.end], place.tail, place.row_end))
    assert len(found) == 1


def test_a_workbook_without_styles_is_read():
    data = spoilt("workbook.xml.rels", b"styles.xml", b"none.xml").replace(b"xl/styles.xml", b"xl/others.xml")
    scanner = XlsxScanner(data, PLAN, AT)
    assert scanner.peek(part_of(scanner), 1) == [["甲"]]
    assert style_kinds(b"").tolist() == [Shows.NUMBER]


@pytest.mark.parametrize("number", [*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)])
def test_builtin_formats_of_dates(number):
    assert builtin(number) is Shows.DATE


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ('yyyy"年"m"月"d"日"', Shows.DATE),
        ("[$-804]aaaa", Shows.NUMBER),
        ("[DBNum1][$-804]yyyy年m月d日", Shows.DATE),
        ("AM/PM", Shows.DATE),
        ("上午/下午h时mm分", Shows.DATE),
        ("[h]:mm", Shows.DURATION),
        ("[Red]0", Shows.NUMBER),
        ('0.00"days"', Shows.NUMBER),
        (r"0\d", Shows.NUMBER),
        ("0;yyyy", Shows.NUMBER),
        ("General", Shows.NUMBER),
        ("0_d", Shows.NUMBER),
    ],
)
def test_custom_formats(code, shows):
    assert custom_format(code) is shows
