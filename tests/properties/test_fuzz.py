"""Whatever bytes and cells come, reading ends in a table or in a stated refusal; what was written as CSV reads back the same."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.logs import AS_OF
from xfstats.config.plan import Plan
from xfstats.config.profile import load_profile
from xfstats.config.vocabulary import compile_profile
from xfstats.errors import XfstatsError
from xfstats.model import Position, Source
from xfstats.pipeline.worker import tally_file
from xfstats.readers.csv import read_delimited
from xfstats.schema.header import find_header

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
PLAN, AT = Plan(as_of=AS_OF, profile=load_profile(None).words), Position("log.csv")
WORDS = compile_profile(load_profile(None).words)
HEADS = st.sampled_from([*WORDS.headers.listed, "", "备注·", "人数（人）", "*接访日期", "办理\n状态", "接访 级别"])
SCRAPS = st.sampled_from(
    ["2024-1-2", "5月6日", "45400", "市级", "12人", "若干", "已办结", "是", "√", "合计", "小计", "1", '"', ",", "\r", "\n"]
)
CELLS = st.one_of(SCRAPS, st.text(max_size=12), st.none(), st.integers(), st.floats(), st.booleans(), st.dates(), st.times())
BYTES = st.one_of(
    st.binary(max_size=400),
    st.lists(st.one_of(SCRAPS, HEADS), max_size=60).map(lambda parts: ",".join(parts).encode("utf-8", "replace")),
    st.lists(
        st.binary(min_size=1, max_size=3) | SCRAPS.map(str.encode) | st.sampled_from([b",", b"\n", b"\t", b";", b'"']),
        max_size=80,
    ).map(b"".join),
    st.text(max_size=200).map(lambda text: ("sep=" + text).encode("utf-8", "replace")),
    st.text(max_size=200).map(lambda text: text.encode("utf-16", "replace")),
)


@given(BYTES)
@settings(max_examples=EXAMPLES)
def test_any_bytes_are_a_tally_or_a_stated_refusal(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        path.write_bytes(data)
        try:
            tally_file(Source(str(path), path.name), PLAN)
        except XfstatsError as error:
            assert error.exit_code == 3


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=5),
        min_size=2,
        max_size=8,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
@example([["", ";"], ["", ";"]], ",", "utf-8", "\n")
@settings(max_examples=EXAMPLES)
def test_what_was_written_as_csv_reads_back_the_same(rows, delimiter, encoding, end):
    width = max(map(len, rows))
    square = [[*row, *[""] * (width - len(row))] for row in rows]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(square)
    reader = read_delimited(written.getvalue().encode(encoding), "", PLAN, AT)
    assert reader.peek(reader.sheets()[0], 100) == [[cell or None for cell in row] for row in square]


@given(
    st.lists(st.lists(st.one_of(CELLS, HEADS), max_size=8), max_size=12),
    st.lists(st.tuples(*[st.integers(0, 9)] * 4), max_size=4),
)
@settings(max_examples=EXAMPLES)
def test_any_grid_has_a_header_within_it_or_none(cells, corners):
    merges = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in corners]
    found = find_header(cells, merges, WORDS)
    assert found is None or 0 <= found.first <= found.last < len(cells)
