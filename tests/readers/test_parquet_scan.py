"""The columnar reader of Parquet delivers what its rows deliver, cell by cell."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.readers.books import AT, PLAN
from xfstats.errors import InputFault
from xfstats.readers import parquet
from xfstats.readers.base import SheetInfo
from xfstats.readers.columns import gather, held
from xfstats.readers.parquet import ParquetReader

SHEET = SheetInfo(0, None)
MARKS = frozenset(["合计"])
TEXTS = st.one_of(
    st.none(),
    st.sampled_from(["", " ", "　", "市级", "同上", "合计", "12", "3.0", "2024-01-02 00:00:00", "a" * 40]),
    st.text(max_size=4),
)
KINDS = {
    "text": (pa.string(), TEXTS),
    "long": (pa.large_string(), TEXTS),
    "words": (pa.dictionary(pa.int32(), pa.string()), st.one_of(st.none(), st.sampled_from(["县级", "同上", "", "合计"]))),
    "whole": (pa.int64(), st.one_of(st.none(), st.integers(-5, 10**12))),
    "float": (pa.float32(), st.one_of(st.none(), st.sampled_from([1.0, 2.5, float("nan"), 1e20]))),
    "day": (pa.date32(), st.one_of(st.none(), st.dates(date(1999, 1, 1), date(2030, 1, 1)))),
    "day64": (pa.date64(), st.one_of(st.none(), st.dates(date(1999, 1, 1), date(2030, 1, 1)))),
    "moment": (pa.timestamp("us"), st.one_of(st.none(), st.datetimes(datetime(1999, 1, 1), datetime(2030, 1, 1)))),
    "truth": (pa.bool_(), st.one_of(st.none(), st.booleans())),
    "money": (pa.decimal128(12, 2), st.one_of(st.none(), st.sampled_from([Decimal("2.00"), Decimal("2.50")]))),
    "nested": (pa.list_(pa.int64()), st.one_of(st.none(), st.just([1, 2]))),
    "bytes": (pa.binary(), st.one_of(st.none(), st.just(b"\xff"))),
    "nothing": (pa.null(), st.none()),
}


@st.composite
def tables(draw):
    """A table of up to nine columns of any kind."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=9))
    rows = draw(st.integers(0, 9))
    arrays = []
    for kind in kinds:
        of, cells = KINDS[kind]
        own = draw(st.lists(cells, min_size=rows, max_size=rows))
        arrays.append(pa.array(own, of.value_type).cast(of) if pa.types.is_dictionary(of) else pa.array(own, of))
    return pa.Table.from_arrays(arrays, [f"c{place}" for place in range(len(arrays))])


def bytes_of(table, **options):
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def reader_of(table, **options):
    return ParquetReader(bytes_of(table, **options), "", PLAN, AT)


def cell(value, kind):
    """A value as the reader is to deliver it."""
    if value is not None and (pa.types.is_nested(kind) or pa.types.is_binary(kind)):
        return "(...)"
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def rows_of(table):
    columns = [[cell(value, column.type) for value in column.to_pylist()] for column in table.columns]
    return [list(table.column_names), *map(list, zip(*columns, strict=True))]


def shown(found):
    """All that columns hold, as texts and numbers; labels of digits are left out, as of every columnar reader.

    An empty text is a blank, as None is.
    """
    first = [
        None if text is None or text.isdecimal() or row in found.labels.few else text
        for row, text in enumerate(found.labels.first)
    ]
    return (
        {place: [repr(None if one == "" else one) for one in own] for place, own in found.values.items()},
        {
            place: list(dict.fromkeys(repr(None if one == "" else one) for one in own.values))
            for place, own in found.values.items()
        },
        first,
        dict(found.labels.few),
        found.filled.tolist(),
        found.digests.tolist(),
        found.digest,
        found.totals,
        found.first_row,
    )


@given(tables(), st.integers(1, 4), st.integers(1, 5), st.integers(1, 3), st.booleans())
@example(pa.table({"a": ["x", "同上", "y", "同上"], "b": [1, 2, 3, 4]}), 2, 3, 1, True)
@example(pa.table({"a": pa.array([None, "", "市级"], pa.string())}), 1, 1, 1, False)
@settings(deadline=None, max_examples=150)
def test_columns_are_those_of_the_rows(table, group, at_once, first_row, dictionaries):
    wanted, serial = sorted({0, table.num_columns - 1}), [1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet, "MOST_ROWS", at_once)
        reader = reader_of(table, row_group_size=group, use_dictionary=dictionaries)
        found = reader.columns(SHEET, wanted, first_row, serial, MARKS)
    assert shown(found) == shown(gather(rows_of(table), wanted, first_row, serial, MARKS))


@given(tables(), st.integers(1, 12))
@settings(deadline=None, max_examples=50)
def test_the_first_rows_are_those_of_the_file(table, rows):
    expected = [[None if one == "" else one for one in row] for row in rows_of(table)[:rows]]
    assert repr(reader_of(table, row_group_size=3).peek(SHEET, rows)) == repr(expected)


def test_names_are_answered_for_without_a_cell():
    table = pa.table({"姓名": ["王小明", "李", None], "名": [None, "四", "x"]})
    words = ["王小明来访", "李四", "张三"]
    assert reader_of(table).hold(SHEET, [0, 1], 1, words) == held(rows_of(table), [0, 1], 1, words) == {"王小明来访", "李四"}


@pytest.mark.parametrize("kind", ["text", "words"])
def test_a_dictionary_longer_than_its_rows_and_one_cut_short_are_read(kind):
    of, _ = KINDS[kind]
    texts = pa.array([f"第{place}号" for place in range(100)]).cast(of)
    found = reader_of(pa.table({"a": texts, "b": texts.slice(0)}), row_group_size=7).columns(SHEET, [0], 1, [], MARKS)
    assert found.values[0].cells() == [f"第{place}号" for place in range(100)]


def test_damage_that_the_first_rows_do_not_show_is_refused_when_it_is_reached():
    table = pa.table({"a": [f"第{place}号" for place in range(4000)]})
    data = bytearray(bytes_of(table, row_group_size=1000, compression="zstd", use_dictionary=False))
    at = len(data) // 2
    data[at : at + 64] = bytes(64)
    reader = ParquetReader(bytes(data), "", PLAN, AT)
    assert len(reader.peek(SHEET, 10)) == 10
    with pytest.raises(InputFault, match="E303"):
        reader.columns(SHEET, [0], 1, [], MARKS)


@pytest.mark.parametrize("of", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_a_text_longer_than_the_limit_is_refused(of):
    reader = reader_of(pa.table({"a": pa.array(["x" * ((1 << 20) + 1)]).cast(of)}))
    with pytest.raises(InputFault, match="E304"):
        reader.columns(SHEET, [], 1, [], MARKS)
