"""The look at a worksheet's XML: the quick way of large sheets and the close way of small ones say the same."""

from __future__ import annotations

import random
from datetime import date

import pytest

from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.model import Position
from xfstats.readers import xlsx_parts
from xfstats.readers.ods_parts import check_repeats, tables
from xfstats.readers.xlsb_parts import check_xlsb_sheet, sheet_relations

PLAN, AT = Plan(as_of=date(2026, 11, 2), profile={}), Position("x.xlsx", "表")
HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CELLS = (
    '<c r="{at}"><v>1</v></c>',
    '<c r="{at}" t="s"><v>3</v></c>',
    '<c r="{at}" t="e"><v>#N/A</v></c>',
    '<c r="{at}" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="{at}"><f>A1</f></c>',
    '<c r="{at}"><f>A1</f><v>2</v></c>',
    '<c r="{at}" t="str"><f t="shared" si="0"/><v></v></c>',
    '<c r="{at}" s="1"/>',
    '<c r="{at}" t="inlineStr"><is><t>文</t></is></c>',
)


def sheet(seed, rows=40):
    draw = random.Random(seed)
    made = [HEAD.decode()]
    for row in range(1, rows + 1):
        hidden = ' hidden="1"' if draw.random() < 0.1 else ""
        cells = "".join(draw.choice(CELLS).format(at=f"{chr(65 + column)}{row}") for column in range(5) if draw.random() < 0.8)
        made.append(f'<row r="{row}"{hidden}>{cells}</row>')
    return ("".join(made) + "</sheetData></worksheet>").encode()


def both(xml, monkeypatch):
    close = xlsx_parts.places(xml, PLAN, AT)
    monkeypatch.setattr(xlsx_parts, "CLOSELY", 0)
    quick = xlsx_parts.places(xml, PLAN, AT)
    monkeypatch.undo()
    return close, quick


@pytest.mark.parametrize("seed", range(20))
def test_both_ways_find_the_same_places(monkeypatch, seed):
    close, quick = both(sheet(seed), monkeypatch)
    assert close == quick
    assert close.errors
    assert close.no_values


def refused(xml, monkeypatch, quick):
    if quick:
        monkeypatch.setattr(xlsx_parts, "CLOSELY", 0)
    with pytest.raises(InputFault) as caught:
        xlsx_parts.places(HEAD + xml.encode() + b"</sheetData></worksheet>", PLAN, AT)
    return caught.value.code


@pytest.mark.parametrize("quick", [False, True])
@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ('<row r="2"><c r="A2"/></row><row r="2"><c r="B2"/></row>', "E303"),
        ('<row r="3"/><row r="2"/>', "E303"),
        ('<row r="1048577"><c r="A1048577"/></row>', "E304"),
        ('<row r="1"><c r="XFE1"/></row>', "E304"),
        ('<row r="1048576"><c r="XFD1048576"/></row>', "E304"),
        ('<row r="99999999999999999999999"/>', "E304"),
    ],
)
def test_what_lies_twice_or_far_out_is_refused_both_ways(monkeypatch, quick, xml, code):
    assert refused(xml, monkeypatch, quick) == code


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1"><c r="A1"/><c r="A1"/></row>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>名</v></c></row>',
    ],
)
def test_a_close_look_finds_cells_that_stand_twice_and_texts_without_a_number(monkeypatch, xml):
    assert refused(xml, monkeypatch, quick=False) == "E303"


@pytest.mark.parametrize(
    "xml",
    [
        "<row r='1'><c r='B1' t='e'><v>#N/A</v></c></row>",
        '<row r = "1"><c r = "B1" t = "e"><v>#N/A</v></c></row>',
        '<row><c/><c t="e"><v>#N/A</v></c></row>',
    ],
)
def test_other_spellings_are_read_closely_however_large(monkeypatch, xml):
    monkeypatch.setattr(xlsx_parts, "CLOSELY", 0)
    found = xlsx_parts.places(HEAD + xml.encode() + b"</sheetData></worksheet>", PLAN, AT)
    assert found.errors == {(0, 1)}


def record(kind, data):
    size, parts = len(data), []
    while True:
        parts.append(size & 0x7F | (0x80 if size > 0x7F else 0))
        size >>= 7
        if not size:
            return bytes([kind]) + bytes(parts) + data


def number(value):
    return value.to_bytes(4, "little")


def test_a_binary_sheet_tells_its_error_cells():
    data = record(0, number(4) + b"\0" * 20) + record(2, number(1) + b"\0" * 200) + record(3, number(2) + b"\0" * 5)
    assert check_xlsb_sheet(data, PLAN, AT).errors == {(4, 2)}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (record(0, number(1_048_576)), "E304"),
        (record(0, number(1)) + record(1, number(16_384)), "E304"),
        (record(0, number(1)) + record(0, number(1)), "E303"),
        (record(0, number(1)) + record(1, number(3)) + record(1, number(3)), "E303"),
        (record(0, number(1_048_575)) + record(1, number(16_000)), "E304"),
    ],
)
def test_a_binary_sheet_that_no_program_writes_is_refused(data, code):
    with pytest.raises(InputFault) as caught:
        check_xlsb_sheet(data, PLAN, AT)
    assert caught.value.code == code


def test_a_binary_workbook_names_its_sheets():
    text = [number(len(one)) + one.encode("utf-16-le") for one in ("rId1", "登记")]
    data = b"\x9c\x01" + bytes([8 + sum(map(len, text))]) + b"\0" * 8 + b"".join(text)
    assert sheet_relations(data) == {"登记": "rId1"}


ODS = '<table:table table:name="登记">{}</table:table>'


def test_an_open_document_tells_merges_errors_and_valueless_formulas():
    rows = (
        '<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3"/>'
        "<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/>'
        '<table:table-cell table:formula="of:=A1"/><table:table-cell office:value-type="error"/></table:table-row>'
        '<table:table-row><table:table-cell table:formula="of:=A1" office:value-type="float" office:value="1"/></table:table-row>'
    )
    table = tables(ODS.format(rows).encode())["登记"]
    assert (table.merges, table.errors, table.no_values) == ([(0, 0, 2, 1)], {(1, 4)}, {(1, 3)})


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (
            '<table:table-row table:number-rows-repeated="900000"><table:table-cell office:value-type="float"/>',
            "E304",
        ),
        ('<table:table-cell table:number-columns-repeated="20000" office:value-type="string">', "E304"),
        ('<text:s text:c="2000000000"/>', "E304"),
        ('<table:table-row table:number-rows-repeated="0">', "E303"),
        ('<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>', None),
        ('<table:table-cell table:number-columns-repeated="16000"/>', None),
    ],
)
def test_what_is_repeated_beyond_reason_is_refused_unless_it_is_empty(xml, code):
    if code is None:
        check_repeats(xml.encode(), PLAN, AT)
        return
    with pytest.raises(InputFault) as caught:
        check_repeats(xml.encode(), PLAN, AT)
    assert caught.value.code == code
