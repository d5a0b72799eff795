"""Logs in memory: bytes, open binary files and DataFrames are read as their files are, and are not quoted."""

from __future__ import annotations

import datetime as dt
import decimal
import io
import json

import numpy as np
import pandas as pd
import pytest

import xfstats
from tests.logs import book
from xfstats.api.frames import OPAQUE, encode_frame
from xfstats.config.plan import Plan
from xfstats.model import Position
from xfstats.readers.frame import read_frame

pytestmark = pytest.mark.usefixtures("no_workers")
DAY = "2026-11-02"
LOG = """
接访日期 接访级别 来访人数 办理状态
2024-1-2 市级 1 已办结
2024-1-3 县级 2 不予受理
2024-2-3 县级 3 办理中
"""
PERSON = "甄某隐"
PLAN = Plan(as_of=dt.date(2026, 11, 2), profile={})


def frame(path):
    return pd.read_excel(path, engine="openpyxl")


def figures(report):
    return [(row.group, row.figures) for row in report["visits"].flat()]


@pytest.fixture
def log(tmp_path):
    return book(tmp_path, LOG, "接访.xlsx")


@pytest.mark.parametrize("name", ["接访.xlsx", "接访.csv"])
@pytest.mark.parametrize(
    "given",
    [
        lambda path: path.read_bytes(),
        lambda path: bytearray(path.read_bytes()),
        lambda path: io.BytesIO(path.read_bytes()),
        lambda path: [str(path)],
        lambda path: (path.read_bytes(),),
    ],
    ids=["bytes", "bytearray", "BytesIO", "list", "tuple"],
)
def test_a_log_in_memory_is_its_file(tmp_path, log, given, name):
    path = tmp_path / name
    if path.suffix == ".csv":
        frame(log).to_csv(path, index=False)
    wanted = figures(xfstats.summarize(path, as_of=DAY, log="visits"))
    assert figures(xfstats.summarize(given(path), as_of=DAY, log="visits")) == wanted


def test_an_open_file_has_its_name(log):
    with log.open("rb") as file:
        report = xfstats.summarize(file, as_of=DAY)
    assert [one.file for one in report.inputs] == ["接访.xlsx"]
    assert figures(report) == figures(xfstats.summarize(log, as_of=DAY))


def test_a_frame_is_the_workbook_that_it_was_read_from(log):
    report = xfstats.summarize(frame(log), as_of=DAY)
    assert figures(report) == figures(xfstats.summarize(log, as_of=DAY))
    assert [one.file for one in report.inputs] == ["DataFrame"]
    assert report.inputs[0].tally.columns["level"] == "接访级别"


def test_logs_in_memory_of_one_name_are_numbered_and_add_up(tmp_path, log):
    other = book(tmp_path, LOG.replace("2024", "2025"), "另.xlsx")
    report = xfstats.summarize([log, frame(other), frame(book(tmp_path, LOG.replace("2024", "2023"), "三.xlsx"))], as_of=DAY)
    assert [one.file for one in report.inputs] == ["接访.xlsx", "DataFrame 1", "DataFrame 2"]
    assert report["visits"].total["visits"] == 9


def test_cells_of_a_frame_arrive_as_they_are():
    at = dt.datetime(2024, 5, 6, 9, 5, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    cells = [1, 10**30, 0.1, True, "甲", "", at, at.date(), at.time(), dt.timedelta(1, 2, 3), None, b"x", [1], {"a": 1}]
    given = pd.DataFrame({"a": pd.Series(cells, dtype=object)})
    reader = read_frame(encode_frame(given), "", PLAN, Position("DataFrame"))
    (info,) = reader.sheets()
    read = [row[0] for row in reader.peek(info, 100)]
    assert read == ["a", *[None if cell == "" else cell for cell in cells[:11]], OPAQUE, OPAQUE, OPAQUE]
    assert [type(one) for one in read[1:5]] == [int, int, float, bool]


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        (pd.array([1, None], dtype="Int64"), [1, None]),
        (np.array([1, 2], dtype="int8"), [1, 2]),
        (np.array([0.5, np.nan]), [0.5, None]),
        (pd.array([True, None], dtype="boolean"), [True, None]),
        (pd.Categorical(["市级", None]), ["市级", None]),
        (pd.to_datetime(["2024-05-06", None]), [dt.datetime(2024, 5, 6), None]),
        (pd.to_timedelta(["1D", None]), [dt.timedelta(1), None]),
        (pd.Series([decimal.Decimal("2.0"), decimal.Decimal("2.5")]), [2, 2.5]),
        (pd.Series([np.int64(3), np.float64(2.5)], dtype=object), [3, 2.5]),
        (pd.Series([decimal.Decimal("NaN"), pd.NA], dtype=object), [None, None]),
    ],
    ids=range(10),
)
def test_columns_of_every_type_are_cells(values, cells):
    plain = encode_frame(pd.DataFrame({"a": values}))
    reader = read_frame(plain, "", PLAN, Position("DataFrame"))
    (info,) = reader.sheets()
    assert [row[0] for row in reader.peek(info, 10)] == ["a", *cells]


def test_headers_of_several_levels_are_joined_and_an_index_with_a_name_is_a_column():
    columns = pd.MultiIndex.from_tuples([("办理", "状态"), ("人数", "")])
    given = pd.DataFrame([["已办结", 1]], columns=columns, index=pd.Index(["2024-01-02"], name="接访日期"))
    assert json.loads(encode_frame(given))["columns"] == ["接访日期", "办理·状态", "人数"]
    assert json.loads(encode_frame(given.reset_index(drop=True)))["columns"] == ["办理·状态", "人数"]
    assert json.loads(encode_frame(pd.DataFrame({0: [1], "a": [2]})))["columns"] == ["0", "a"]


@pytest.mark.parametrize(
    "given",
    [
        lambda: pd.DataFrame({PERSON: [PERSON, "已办结"], "b": [1, 2]}),
        pd.DataFrame,
        lambda: pd.DataFrame({"接访日期": [], "办理状态": []}),
        f"{PERSON},1\n已办结,2".encode,
        lambda: b"",
        lambda: io.BytesIO(PERSON.encode()),
        lambda: [b"PK\x03\x04" + PERSON.encode()],
    ],
    ids=range(7),
)
def test_no_error_quotes_what_a_log_in_memory_holds(given):
    with pytest.raises(xfstats.XfstatsError) as caught:
        xfstats.summarize(given(), as_of=DAY)
    assert isinstance(caught.value, xfstats.InputFault)
    shown = [caught.value.sentence(lang) for lang in ("zh", "en")] + [repr(caught.value), str(caught.value)]
    assert not any(PERSON in text for text in shown)


def test_a_worker_of_its_own_reads_a_frame(log, request):
    request.getfixturevalue("no_workers")  # set up above; undone here
    from unittest import mock

    from xfstats.pipeline.processes import Pool

    with mock.patch("xfstats.api.Pool", Pool):
        report = xfstats.summarize([frame(log), log.read_bytes()], as_of=DAY, jobs=1)
    assert [one.file for one in report.inputs] == ["DataFrame", "bytes"]
