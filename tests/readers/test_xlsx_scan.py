"""The scan of an .xlsx says what python-calamine says, cell by cell; what one of them refuses is listed with its reason."""

from __future__ import annotations

import io
import random
import re
import sys
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.books import AT, PLAN, WRITERS, by_calamine, flat, grid, package, part_of, repacked, scanned, trimmed, written
from tests.readers.mutants import mutant, tried
from xfstats.errors import InputFault
from xfstats.readers import number_cells
from xfstats.readers.columns import gather
from xfstats.readers.excel import CalamineReader
from xfstats.readers.xlsx import package as packages
from xfstats.readers.xlsx.book import XlsxScanner
from xfstats.readers.xlsx.quick_cells import read_quickly
from xfstats.readers.xlsx.scan import Wanted
from xfstats.readers.xlsx.sheet_xml import SheetXml
from xfstats.readers.xlsx.slow_rows import read_rows
from xfstats.readers.xlsx.xml_tags import HandOver

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'


@pytest.fixture(autouse=True, scope="module")
def numbers_are_arrays():
    """Keep the numbers of every column as arrays, however few; the other tests have them as lists."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(number_cells, "FEWEST", 1)
        yield


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("writer", WRITERS)
def test_every_writer_is_read_as_calamine_reads_it(tmp_path, writer, seed):
    data = written(tmp_path, writer, grid(seed))
    assert trimmed(scanned(data)) == by_calamine(data)


def test_polars_is_read_as_calamine_reads_it(tmp_path):
    import polars as pl

    rows = [["一", 1.5, True], ["二", 2.0, None], [" 三", None, False]]
    pl.DataFrame(rows, schema=["a", "b", "c"], orient="row").write_excel(tmp_path / "x.xlsx")
    data = (tmp_path / "x.xlsx").read_bytes()
    assert trimmed(scanned(data)) == by_calamine(data)


@pytest.mark.parametrize("writer", WRITERS)
def test_both_lanes_say_the_same_of_every_piece(tmp_path, monkeypatch, writer):
    monkeypatch.setattr(packages, "STEP", 2000)
    data = written(tmp_path, writer, grid(7))
    scanner, last, quick = XlsxScanner(data, PLAN, AT), -1, 0
    types, other = scanner._types(), scanner._types()
    for xml in SheetXml(scanner.package, part_of(scanner)).pieces():
        slow, fast = read_rows(xml, other, last), read_quickly(xml, types, last)
        if fast is not None:
            quick += 1
            assert flat(fast, types) == flat(slow, other)
        last = slow.last
    assert quick > 1 or writer == "pandas"


@pytest.mark.parametrize("first_row", [0, 1, 20])
@pytest.mark.parametrize("writer", WRITERS)
def test_outlines_are_those_of_rows_that_are_gathered(tmp_path, writer, first_row):
    rows = grid(3, width=9)
    rows[5:8] = [["合计", None, 3], [None, 4, "　", " 小计"], ["　", "二"]]
    rows[30] = list("一二三四五六七八九")
    rows[31] = ["　", *"二三四五六七八九"]
    rows[40][1], rows[41][1], rows[42][5], rows[2][3] = "同上", "〃", "ditto", "〃"
    data = written(tmp_path, writer, [row + [None] * (9 - len(row)) for row in [*rows, *rows[20:24]]])
    scanner, marks = XlsxScanner(data, PLAN, AT), frozenset(["合计", "县级"])
    sheet = scanner.scan(part_of(scanner), Wanted([1, 3, 40], first_row, [0], marks))
    told = gather(by_rows(data), [1, 3, 40], first_row, [0], marks, sheet.merges)
    assert {one: trimmed([column.cells()]) for one, column in sheet.columns.items()} == {
        one: trimmed([[None if cell == "" else cell for cell in cells]]) for one, cells in told.values.items()
    }
    assert sheet.filled.tolist() == told.filled.tolist()
    digits = re.compile("[0-9]{1,16}")
    for row, texts in enumerate(told.labels):
        label = sheet.labels.cells()[row]
        if told.filled[row] <= 6:
            assert sheet.texts.get(row, ()) in (texts, texts[1:] if texts[:1] == ("",) else texts)
        else:
            assert label == (texts[0] if texts and not digits.fullmatch(texts[0]) else None)
    assert sheet.totals == told.totals
    assert sheet.digests.tolist() == told.digests.tolist()
    assert sheet.digest == told.digest


def by_rows(data):
    reader = CalamineReader(data, "xlsx", "", PLAN, AT)
    return reader._rows(reader.sheets()[0])


@pytest.mark.parametrize("writer", [one for one in WRITERS if "hand" in one or one == "XlsxWriter"])
def test_places_and_merges_are_those_that_a_look_at_the_xml_finds(tmp_path, writer):
    data = written(tmp_path, writer, grid(5))
    scanner, reader = XlsxScanner(data, PLAN, AT), CalamineReader(data, "xlsx", "", PLAN, AT)
    sheet, shape = scanner.scan(part_of(scanner), Wanted([0])), reader.structure(reader.sheets()[0])
    assert (sheet.errors, sheet.no_values, sheet.hidden_rows) == (shape.errors, shape.no_values, shape.hidden_rows)
    assert sheet.merges == shape.merges == scanner.merges(part_of(scanner))
    assert sheet.hidden_rows == 1


def test_a_peek_is_the_first_rows(tmp_path):
    data = written(tmp_path, "openpyxl", grid(4))
    scanner = XlsxScanner(data, PLAN, AT)
    assert trimmed(scanner.peek(part_of(scanner), 5)) == by_calamine(data)[:5]


SPELLINGS = {
    "prefixes": '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>',
    "single quotes": "<row r='1'><c r='A1' t='str'><v>x</v></c></row>",
    "no references": '<row><c><v>1</v></c><c t="b"><v>1</v></c></row><row><c/><c><v>2</v></c></row>',
    "no reference among others": '<row r="1"><c r="A1"><v>1</v></c><c><v>2</v></c><c r="E1"><v>3</v></c></row>',
    "spaces in tags": '<row r="1" ><c r="A1" s="0" ><v>1</v></c ><c r="B1"><v>2</v></c></row >',
    "line ends": '\n<row r="1">\n<c r="A1"><v>1</v></c>\n<c r="B1"><v>2</v></c>\n</row>\n',
    "runs": '<row r="1"><c r="A1" t="inlineStr"><is><r><t xml:space="preserve">a </t></r><r><t>b</t></r></is></c></row>',
    "phonetic": '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>z</t></rPh></is></c></row>',
    "many letters": '<row r="9"><c r="Z9"><v>1</v></c><c r="AA9"><v>2</v></c>'
    '<c r="ZZ9"><v>3</v></c><c r="AAA9"><v>4</v></c></row>',
    "empty rows": '<row r="1"/><row r="2"></row>'
    '<row r="3"><c r="A3"><v>1</v></c></row><row r="5"/><row r="6"><c r="B6"><v>2</v></c></row>',
    "a leading zero": '<row r="1"><c r="A1"><v>007</v></c><c r="B1"><v>1.50</v></c><c r="C1"><v>1e2</v></c></row>',
    "digits": '<row r="1"><c r="A1"><v>12345678</v></c><c r="B1"><v>123456789012345</v></c>'
    '<c r="C1"><v>1234567890123456</v></c></row>',
    "escapes": '<row r="1"><c r="A1" t="str"><v>a_x000D_&#10;&lt;_x005F_x000D_</v></c></row>',
    "type last": '<row r="1"><c t="str" r="A1"><v>x</v></c><c cm="1" r="B1" vm="2"><v>3</v></c></row>',
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_odd_spellings_are_read(spelling):
    data = package(
        SHEET.format(SPELLINGS[spelling], "").replace("<worksheet", '<worksheet xmlns:x="urn:x"', spelling == "prefixes")
    )
    assert trimmed(scanned(data)) == by_calamine(data)


HANDED_OVER = {
    '<row r="1"><c r="A1"><v>1</v></c><!-- c --></row>': "rows with comments",
    '<row r="1"><c r="A1" t="str"><v><![CDATA[x]]></v></c></row>': "rows with comments",
    '<row r="1"><c r="A1"><?x y?><v>1</v></c></row>': "rows with comments",
    '<row r="1"><c r="A1" t="d"><v>2024-01-02</v></c></row>': "a type of cell that is not known",
    '<row r="1"><c r="A1" t="n"><v>abc</v></c></row>': "a type of cell that is not known",
    '<row r="1"><c r="A1" t="b"><v>2</v></c></row>': "a type of cell that is not known",
    '<row r="1"><c r="A1" t="s"><v>99</v></c></row>': "a text without a number",
    '<row r="1"><c r="A1" t="s"><v>x</v></c></row>': "a text without a number",
    '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="B2"><v>1</v></c></row>': "a row twice",
    '<row r="3"/><row r="2"/>': "a row twice",
    '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>': "a cell twice",
    '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>': "a cell twice",
    '<row r="1"><c r="A2"><v>1</v></c></row>': "a cell in another row",
    '<row r="x"><c r="A1"><v>1</v></c></row>': "a row within another, or without its number",
    '<row r="1"><c r="A1"><v>1</v></c><row r="2"></row></row>': "a row within another, or without its number",
    '</row><row r="1"></row>': "the end of a row that did not begin",
    '<row r="1"><c r="A1"><v>1</v></c>text</row>': "rows among other things",
    '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>': "a cell of other things",
    '<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>': "a reference that XML does not have",
    '<row r="1"><c r="A1" s="1"><v>-5</v></c></row>': "a day that no calendar has",
    '<row r="1"><c r="A1" s="1"><v>2958466</v></c></row>': "a day that no calendar has",
    '<row r="1"><c r="A1" s="2"><v>1e9</v></c></row>': "a length of time beyond all calendars",
    '</sheetData><sheetData><row r="1"></row>': "rows in two places",
}


@pytest.mark.parametrize("xml", HANDED_OVER)
def test_what_is_not_known_is_handed_over_with_its_reason(xml):
    with pytest.raises(HandOver) as caught:
        scanned(package(SHEET.format(xml, "")))
    assert str(caught.value) == HANDED_OVER[xml]


@pytest.mark.parametrize("xml", ["<worksheet/>", "<worksheet><sheetData></worksheet>", "<other/>"])
def test_a_sheet_without_rows_in_their_place_is_handed_over(xml):
    with pytest.raises(HandOver):
        scanned(package(xml))


def test_an_empty_sheet_is_read():
    data = package(
        SHEET.replace("<sheetData>{}</sheetData>", "<sheetData/>").format('<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')
    )
    scanner = XlsxScanner(data, PLAN, AT)
    assert scanned(data) == []
    assert scanner.scan(part_of(scanner), Wanted([0])).merges == [(0, 0, 1, 1)]


@pytest.mark.parametrize(
    ("xml", "limit"),
    [
        ('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', "rows"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "columns"),
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "cells"),
        (f'<row r="1"><c r="A1" t="str"><v>{"x" * (1 << 21)}</v></c></row>', "cell_bytes"),
        (f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * (1 << 21)}</t></is></c></row>', "cell_bytes"),
    ],
)
def test_what_lies_far_out_is_refused(xml, limit):
    scanner = XlsxScanner(package(SHEET.format(xml, "")), PLAN, AT)
    with pytest.raises(InputFault) as caught:
        scanner.scan(part_of(scanner), Wanted([0]))
    assert caught.value.code == "E304"
    assert limit in str(caught.value)


class Pipe(io.BytesIO):
    """A stream that cannot be sought, so that sizes stand behind the data."""

    def seekable(self):
        return False

    def seek(self, *args):
        raise OSError

    def tell(self):
        raise OSError


@pytest.mark.parametrize("way", ["stored", "zip64", "data descriptors", "text before the zip"])
def test_every_form_of_zip_is_read(tmp_path, way):
    data = written(tmp_path, "by hand, shared", grid(1))
    made = {
        "stored": lambda: repacked(data, method=zipfile.ZIP_STORED),
        "zip64": lambda: repacked(data, force_zip64=True),
        "data descriptors": lambda: repacked(data, buffer=Pipe()),
        "text before the zip": lambda: b"x" * 100 + data,
    }[way]()
    assert trimmed(scanned(made)) == by_calamine(data)


def spoilt_sheet(content):
    return lambda name, old: content(old) if "sheet1" in name else old


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda xml: b"<!DOCTYPE x>" + xml, "E322"),
        (lambda xml: xml + b"<!doctype x>", "E322"),
        (lambda xml: xml + b" " * (1 << 20) + b"<!ENTITY x>", "E322"),
        (lambda xml: xml.replace(b"<v>", b"<v>\0", 1), "E303"),
        (lambda xml: xml + b" " * (4 << 20), "E304"),
    ],
)
def test_parts_that_no_program_writes_are_refused(tmp_path, spoil, code):
    data = repacked(written(tmp_path, "by hand, shared", grid(1)), spoilt_sheet(spoil))
    scanner = XlsxScanner(data, replace(PLAN, limits={"inflated_bytes": 4 << 20}), AT)
    with pytest.raises(InputFault) as caught:
        scanner.merges(part_of(scanner))
    assert caught.value.code == code


def central(data, name, offset, value):
    """The package with other bytes in a member's entry of the directory."""
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    return data[: place + offset] + value + data[place + offset + len(value) :]


@pytest.mark.parametrize(
    ("offset", "value", "code"),
    [
        (16, b"abcd", "E303"),
        (8, b"\x01\0", "E302"),
        (24, b"\1\0\0\0", "E303"),
        (20, b"\1\0\0\0", "E303"),
    ],
    ids=["crc", "encrypted", "size", "compressed size"],
)
def test_damage_in_the_directory_is_refused(tmp_path, offset, value, code):
    data = central(written(tmp_path, "by hand, shared", grid(1)), "xl/worksheets/sheet1.xml", offset, value)
    scanner = XlsxScanner(data, PLAN, AT)
    with pytest.raises(InputFault) as caught:
        scanner.check_parts()
    assert caught.value.code == code


def test_another_method_of_compression_is_handed_over(tmp_path):
    data = repacked(written(tmp_path, "by hand, shared", grid(1)), method=zipfile.ZIP_BZIP2)
    with pytest.raises(HandOver):
        XlsxScanner(data, PLAN, AT)


def test_a_part_under_another_name_than_the_directory_says_is_refused(tmp_path):
    data = written(tmp_path, "by hand, shared", grid(1)).replace(b"sheet1.xml", b"sheet2.xml", 1)
    assert refusal(data) == "E303"


def test_a_part_twice_and_no_zip_are_refused(tmp_path):
    data = written(tmp_path, "by hand, shared", grid(1))
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("XL\\Worksheets/./sheet1.XML", "")
    for spoilt in (buffer.getvalue(), data[:1000], b"PK\x03\x04"):
        with pytest.raises(InputFault) as caught:
            XlsxScanner(spoilt, PLAN, AT)
        assert caught.value.code == "E303"


@pytest.fixture
def inflated_both_ways(monkeypatch):
    """A function that says what becomes of a package with isal, and where isal is missing."""
    pytest.importorskip("isal")

    def told(data):
        try:
            scanner = XlsxScanner(data, PLAN, AT)
            scanner.check_parts()
            return trimmed(scanned(data)), scanner.package._inflated
        except InputFault as fault:
            return fault.code
        except HandOver as over:
            return str(over)

    def both(data):
        quick = told(data)
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, "isal", None)
            assert not type(packages._inflater()).__module__.startswith("isal")
            return quick, told(data)

    return both


@pytest.mark.parametrize("step", [1 << 17, 100, 7])
def test_isal_and_zlib_inflate_the_same(tmp_path, monkeypatch, inflated_both_ways, step):
    monkeypatch.setattr(packages, "STEP", step)
    quick, slow = inflated_both_ways(written(tmp_path, "XlsxWriter", grid(2)))
    assert quick == slow
    assert quick[0]


@pytest.mark.parametrize("seed", range(4))
def test_isal_and_zlib_refuse_the_same_damage(tmp_path, inflated_both_ways, seed):
    chance, codes = random.Random(seed), set()
    data = written(tmp_path, chance.choice([*WRITERS]), grid(2, 20))
    for _ in range(20):
        damaged, place = bytearray(data), chance.randrange(len(data))
        size = chance.choice([1, 4, 40])
        damaged[place : place + size] = chance.randbytes(len(damaged[place : place + size]))
        quick, slow = inflated_both_ways(bytes(damaged))
        assert quick == slow
        codes.add(quick if isinstance(quick, str) else "read")
    assert "E303" in codes


def refusal(data):
    with pytest.raises(InputFault) as caught:
        XlsxScanner(data, PLAN, AT).check_parts()
    return caught.value.code


@pytest.mark.parametrize("seed", range(8))
def test_what_both_read_of_a_mutant_is_the_same(tmp_path, seed):
    """`python -m tests.readers.mutants` tries ten thousand."""
    told = tried(tmp_path, random.Random(seed), 60)
    assert not told.different
    assert told.both > 10


@given(st.integers(0, 1 << 30))
@settings(max_examples=40, deadline=None)
def test_both_lanes_read_mutants_alike(tmp_path_factory, seed):
    chance = random.Random(seed)
    rows = "".join(
        f'<row r="{row}" spans="1:4"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}" s="1"><v>{45000 + row}</v></c>'
        f'<c r="C{row}" t="inlineStr"><is><t>字{row}</t></is></c><c r="D{row}"><v>{row}.5</v></c>'
        f'<c r="E{row}" t="b"><v>1</v></c></row>'
        for row in range(8, 13)
    )
    xml = mutant(f"<sheetData>{rows}</sheetData>", chance)[11:-12].encode()
    scanner = XlsxScanner(package(SHEET.format("", "")), PLAN, AT)
    types, other = scanner._types(), scanner._types()
    try:
        slow = flat(read_rows(xml, other, 3), other)
    except HandOver:
        slow = None
    try:
        fast = read_quickly(xml, types, 3)
    except HandOver:
        return
    assert fast is None or slow is None or flat(fast, types) == slow
    assert fast is None or slow is not None, xml


def test_codes_are_int32_and_blanks_are_none(tmp_path):
    data = written(tmp_path, "openpyxl", [["a", None, "a"], [None, "b", 1]])
    scanner = XlsxScanner(data, PLAN, AT)
    sheet = scanner.scan(part_of(scanner), Wanted([0, 2]))
    assert sheet.columns[0].cells() == ["a", None]
    assert sheet.columns[2].cells() == ["a", 1.0]
    assert sheet.columns[0].codes.dtype == np.int32
    assert len(sheet.digest) == 32
