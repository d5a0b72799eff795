"""The scan of delimited text delivers what the csv module delivers, row by row."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import os
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.readers.books import AT, PLAN
from xfstats import readers
from xfstats.errors import InputFault
from xfstats.model import Source
from xfstats.readers import csv_pieces, number_cells, open_source, text_blocks
from xfstats.readers.csv import read_delimited
from xfstats.readers.csv_pieces import pieces, quick_fields, read_fields, slow_fields
from xfstats.readers.csv_scan import CsvReader, encodings
from xfstats.readers.text_blocks import BytesInMemory, in_utf8
from xfstats.readers.xlsx.xml_tags import HandOver

CELLS = st.one_of(
    st.sampled_from(["", "市级", "1", "3.0", "2024-01-02 00:00:00", "同上", "合计", " ", "　", '="0012"', "a b", "x" * 40]),
    st.text('甲乙,"\n\r;1 =<&', max_size=6),
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=12)
ASKED = ([0, 1, 5], 1, [2], frozenset(["合计"]))


@pytest.fixture(autouse=True, scope="module")
def numbers_are_arrays():
    """Keep the numbers of every column as arrays, however few; the other tests have them as lists."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(number_cells, "FEWEST", 1)
        yield


READERS = (lambda data, *given: CsvReader(BytesInMemory(data), *given), read_delimited)


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
    labels = [columns.labels[row] for row, filled in enumerate(columns.filled.tolist()) if 0 < filled <= 6]
    blank = {  # a blank row's blanks are left out or not
        column: [(filled or None) and (cell or None) for cell, filled in zip(cells, columns.filled.tolist(), strict=True)]
        for column, cells in columns.values.items()
    }
    told = (columns.filled.tolist(), columns.digests.tolist(), columns.digest, columns.totals, columns.first_row)
    return [peek, blank, labels, *told, reader.structure(sheet), reader.format]


def both(data, plan=PLAN):
    """What the scan and the csv module deliver, or why they refuse."""
    told = []
    for reader in READERS:
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
        patch.setattr(text_blocks, "BLOCK_BYTES", step)
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("step", [1, 2, 3, 7, 1000])
def test_text_is_recoded_in_blocks(monkeypatch, encoding, step):
    monkeypatch.setattr(text_blocks, "BLOCK_BYTES", step)
    text = "市级,\U00020bb7,a\r\n县级,€,b\n"
    data = (codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b"") + text.encode(encoding)
    found = []
    for name, skipped in encodings(None, data[:3]):
        with suppress(UnicodeDecodeError):
            found.append(b"".join(in_utf8(iter(BytesInMemory(data[skipped:]).read()), name)).decode())
    assert found[-1] == text


@given(ROWS, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), st.integers(1, 40))
@example([[""]], "utf-8-sig", 1)
@settings(deadline=None)
def test_blocks_of_any_size_say_the_same(rows, encoding, step):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_blocks, "BLOCK_BYTES", step)
        scan, module = both(text_of(rows).encode(encoding))
    assert scan == module


@pytest.mark.parametrize(
    "data",
    [
        "市级,一\n县级,二".encode()[:-1],
        "市级,一\n县级,二".encode("gb18030")[:-1],
        "市级,一\n".encode() + b"\xff",
        b"a,b\n1,\xff",
        "a,b\né,ü\n".encode("latin-1"),
        "ア,イ\nウ,エ\n".encode("shift-jis"),
        codecs.BOM_UTF8 + "市".encode("gb18030"),
        codecs.BOM_UTF16_LE + b"a",
        codecs.BOM_UTF16_LE + "a,b\n\0,1\n".encode("utf-16-le"),
    ],
)
@pytest.mark.parametrize("step", [1, 5, 1000])
def test_text_that_fits_no_encoding_is_refused_alike(monkeypatch, data, step):
    monkeypatch.setattr(text_blocks, "BLOCK_BYTES", step)
    scan, module = both(data)
    assert scan == module


@pytest.mark.parametrize("encoding", ["gbk", "big5", "utf-16-le", "latin-1", "utf-8-sig", "utf-7"])
def test_a_stated_encoding_is_read_alike(encoding):
    text = "a,b\n1,2\n" if encoding == "latin-1" else "級別,日期\n一,二\n"
    scan, module = both(text.encode(encoding), replace(PLAN, encoding=encoding))
    assert scan == module
    assert isinstance(scan, list)


@given(st.text('甲,"\n', max_size=60), st.integers(1, 30))
def test_pieces_are_whole_records_and_the_text_together(text, step):
    data = text.encode()
    made = list(pieces(data[place : place + step] for place in range(0, len(data), step)))
    assert b"".join(made) == data
    assert all(one.count(b'"') % 2 == 0 and one.endswith(b"\n") for one in made[:-1])


def test_a_field_without_an_end_is_handed_over_before_it_is_held(monkeypatch):
    monkeypatch.setattr(csv_pieces, "_LONGEST", 100)
    with pytest.raises(HandOver):
        list(pieces([b'a,"b\n'] + [b"c,d\n" * 20] * 3))


LONG = "接访日期,接访级别,来访人姓名\n" + "2024-1-2,市级,张三\n" * 60
"""Longer than the blocks of the tests below."""


@pytest.fixture
def long_file(tmp_path, monkeypatch):
    """A function that writes a file longer than a block, and opens it."""
    monkeypatch.setattr(text_blocks, "BLOCK_BYTES", 256)
    monkeypatch.setattr(readers, "BLOCK_BYTES", 256)

    def write(content):
        path = tmp_path / "x.csv"
        path.write_bytes(content)
        return path, open_source(Source(str(path), path.name), PLAN)

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_long_file_stays_on_the_disk_and_is_read_alike(long_file, encoding):
    data = LONG.encode(encoding)
    _, reader = long_file(data)
    assert isinstance(reader._text, text_blocks.BytesOnDisk)
    assert reader.sha256 == hashlib.sha256(data).hexdigest()
    assert delivered(reader) == delivered(read_delimited(data, "", PLAN, AT))
    reader.close()
    assert reader._text._file.closed


@pytest.mark.parametrize("content", [LONG + '1,"2\n3,4\n' * 9, LONG + "1\n2\n" * 9, LONG + "\0"])
def test_a_long_file_that_is_handed_over_is_read_or_refused_alike(long_file, content):
    told = []
    for opened in (lambda data: long_file(data)[1], lambda data: read_delimited(data, "", PLAN, AT)):
        try:
            reader = opened(content.encode())
            told.append(delivered(reader))
            reader.close()
        except InputFault as fault:
            told.append(fault.code)
    assert told[0] == told[1]


@pytest.mark.parametrize("change", ["cut off", "emptied", "longer", "other text", "no text", "saved again"])
@pytest.mark.parametrize("call", ["columns", "hold"])
def test_a_file_that_changes_between_two_passes_is_refused(long_file, change, call):
    """A file that was mapped would end the worker with SIGBUS where it was cut off."""
    path, reader = long_file(LONG.encode())
    sheet = reader.sheets()[0]
    match change:
        case "cut off":
            os.truncate(path, 300)
        case "emptied":
            os.truncate(path, 0)
        case "longer":
            path.write_text(LONG * 2, "utf-8")
        case "other text":
            path.write_text(LONG.replace(",", '"'), "utf-8")
        case "no text":
            path.write_bytes(b"\xff\xfe\0," * 500)
        case "saved again":
            os.utime(path, ns=(1, 1))
    with pytest.raises(InputFault) as caught:
        reader.columns(sheet, *ASKED) if call == "columns" else reader.hold(sheet, [2], 1, ["张三"])
    assert caught.value.code == "E308"
    reader.close()


def test_a_long_file_that_cannot_be_read_on_is_refused(long_file, monkeypatch):
    _, reader = long_file(LONG.encode())
    reader._text._file.close()
    reader._text._file = BrokenFile()
    with pytest.raises(InputFault) as caught:
        reader.columns(reader.sheets()[0], *ASKED)
    assert caught.value.code == "E314"


class BrokenFile:
    """A file of a disk that fails."""

    def seek(self, _):
        raise OSError


def test_a_file_that_holds_more_than_the_system_says_is_refused(long_file, monkeypatch):
    """Such as those of /proc, of which some have no end."""
    told = os.fstat

    def none(handle):
        seen = told(handle)
        return os.stat_result([*seen[:6], 0, *seen[7:]])

    monkeypatch.setattr(os, "fstat", none)
    with pytest.raises(InputFault) as caught:
        long_file(LONG.encode())
    assert caught.value.code == "E308"


def test_a_long_file_is_closed_where_it_is_refused(long_file, monkeypatch):
    opened = []
    monkeypatch.setattr(readers, "BytesOnDisk", lambda file, *given: opened.append(file) or text_blocks.BytesOnDisk(file, *given))
    with pytest.raises(InputFault):
        long_file((LONG + "1,2,3\n" + 'a,"b').encode())
    assert [file.closed for file in opened] == [True]


def test_few_records_in_much_text_are_handed_over(monkeypatch):
    monkeypatch.setattr(text_blocks, "BLOCK_BYTES", 4)
    scan, module = both(b"a,b\n1,2\n3,4\n5,6\n")
    assert scan == module


@pytest.mark.parametrize("text", ["序号,姓名\n1,张三\n2,李四\n", '序号,姓名\n1,张三\n2,"李四\n', "a,b\n1\n2\n1,张三\n1,2\n"])
def test_words_that_contain_a_name_are_told(text):
    told = []
    for reader in READERS:
        try:
            opened = reader(text.encode(), "", PLAN, AT)
            told.append(opened.hold(opened.sheets()[0], [1], 1, ["已告知张三", "办结"]))
        except InputFault as fault:
            told.append(str(fault))
    assert told[0] == told[1] != frozenset()
