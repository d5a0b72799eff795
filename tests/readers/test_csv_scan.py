"""The scan of delimited text delivers what the csv module delivers, row by row."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.books import AT, PLAN
from xfstats.errors import InputFault
from xfstats.readers import csv_pieces
from xfstats.readers.csv import read_delimited
from xfstats.readers.csv_pieces import quick_fields, read_fields, slow_fields
from xfstats.readers.csv_scan import CsvReader, as_utf8
from xfstats.readers.xlsx.xml_tags import HandOver

CELLS = st.one_of(
    st.sampled_from(["", "市级", "1", "3.0", "2024-01-02 00:00:00", "同上", "合计", " ", "　", '="0012"', "a b", "x" * 40]),
    st.text('甲乙,"\n\r;1 =<&', max_size=6),
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=12)
ASKED = ([0, 1, 5], 1, [2], frozenset(["合计"]))


def fields_of(found):
    """The fields of each record as texts."""
    cells = [found.view.data[first : first + size].decode() for first, size in zip(found.start, found.size, strict=True)]
    return [cells[first : first + count] for first, count in zip(found.first(), found.counts, strict=True)]


def by_module(text, delimiter=","):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def text_of(rows, delimiter=",", ending="\r\n", quoting=csv.QUOTE_MINIMAL):
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter, lineterminator=ending, quoting=quoting).writerows(rows)
    return made.getvalue()


@given(ROWS, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_quick_fields_are_those_of_the_csv_module(rows, delimiter, ending, quoting):
    text = text_of(rows, delimiter, ending, quoting)
    found = quick_fields(text.encode(), delimiter)
    assert found is None or fields_of(found) == by_module(text, delimiter)


@given(st.text('甲,"\n\r1 ', max_size=30))
def test_what_is_quick_of_any_text_is_as_the_csv_module_reads_it(text):
    found = quick_fields(text.encode(), ",") if text else None
    assert found is None or fields_of(found) == by_module(text)


@pytest.mark.parametrize("text", ['a,"b,c",d\n', "a,b\r\n\r\n,\n", '"",1\n""\n', "a;b\n", "一,二", '"a"\n'])
def test_texts_as_programs_write_them_are_quick(text):
    found = quick_fields(text.encode(), ",")
    assert found is not None
    assert fields_of(found) == by_module(text)


@pytest.mark.parametrize("text", ['a,"b""c"\n', 'a,"b\nc",d\n', "a,b\rc,d\n", 'a,5" b\n'])
def test_odd_texts_are_left_to_the_csv_module(text):
    assert quick_fields(text.encode(), ",") is None
    assert fields_of(read_fields(text.encode(), ",")) == by_module(text)


@pytest.mark.parametrize("text", ['a,"b\n', '"a"b,c\n'])
def test_quotes_as_they_cannot_stand_are_handed_over(text):
    with pytest.raises(HandOver):
        slow_fields(text.encode(), ",")


def delivered(reader):
    sheet = reader.sheets()[0]
    peek, columns = reader.peek(sheet, 20), reader.columns(sheet, *ASKED)
    labels = [texts for texts, filled in zip(columns.labels, columns.filled, strict=True) if filled <= 6]
    blank = {column: [cell or None for cell in cells] for column, cells in columns.values.items()}
    told = (columns.filled, columns.digests, columns.digest, columns.totals, columns.first_row)
    return [peek, blank, labels, *told, reader.structure(sheet), reader.format]


def both(data, plan=PLAN):
    """What the scan and the csv module deliver, or why they refuse."""
    told = []
    for reader in (CsvReader, read_delimited):
        try:
            told.append(delivered(reader(data, "", plan, AT)))
        except InputFault as fault:
            told.append(str(fault))
    return told


@given(ROWS, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), st.sampled_from(["\n", "\r\n"]))
@settings(deadline=None)
def test_both_readers_deliver_the_same(rows, encoding, ending):
    scan, module = both(text_of(rows, ending=ending).encode(encoding))
    assert scan == module


@given(st.text('甲,"\n\r1 ;', min_size=1, max_size=60), st.integers(8, 40))
@settings(deadline=None)
def test_any_text_is_read_or_refused_alike(text, step):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_pieces, "STEP", step)
        scan, module = both(text.encode())
    assert scan == module


@pytest.mark.parametrize(
    "text",
    [
        "接访日期,级别\n2024-1-2,市级\n",
        "sep=;\n一;二\n1;2\n",
        "一，二\n1，2\n",
        "a,b\n1,2\n3,4",
        "a,b,c\n1\n2\n1,2,3\n4,5,6\n",
        'a,b\n1,"2\n3,4\n',
        "a\0b,c\n",
        '编号,日期,备注\n1,2024-1-2,"甲\n2,2024-1-3,"乙\n',
        'a,b\n="0012",2\n',
    ],
)
def test_files_of_all_kinds_are_read_or_refused_alike(text):
    scan, module = both(text.encode())
    assert scan == module


@pytest.mark.parametrize("limits", [{"rows": 2}, {"columns": 2}, {"csv_field": 3}, {"csv_line": 5}])
def test_limits_refuse_alike(limits):
    scan, module = both(b"a,b,c\n1,2,3\n12345,6,7\n", replace(PLAN, limits=limits))
    assert scan == module
    assert isinstance(scan, str)


def test_text_is_recoded_to_utf8():
    for data in ("市级".encode(), codecs.BOM_UTF8 + "市级".encode(), "市级".encode("gb18030"), "市级".encode("utf-16")):
        assert as_utf8(data, PLAN, AT) == ("市级".encode(), "市级", False)
    assert as_utf8("市级".encode("gbk"), replace(PLAN, encoding="gbk"), AT)[1] == "市级"


def test_few_records_in_much_text_are_handed_over(monkeypatch):
    monkeypatch.setattr(csv_pieces, "STEP", 4)
    scan, module = both(b"a,b\n1,2\n3,4\n5,6\n")
    assert scan == module


@pytest.mark.parametrize("text", ["序号,姓名\n1,张三\n2,李四\n", '序号,姓名\n1,张三\n2,"李四\n', "a,b\n1\n2\n1,张三\n1,2\n"])
def test_words_that_contain_a_name_are_told(text):
    told = []
    for reader in (CsvReader, read_delimited):
        try:
            opened = reader(text.encode(), "", PLAN, AT)
            told.append(opened.hold(opened.sheets()[0], [1], 1, ["已告知张三", "办结"]))
        except InputFault as fault:
            told.append(str(fault))
    assert told[0] == told[1] != frozenset()
