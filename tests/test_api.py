"""The Python interface: exact figures, frames, typed errors."""

from __future__ import annotations

import math

import pytest

import xfstats
from tests.logs import book

LOG = "接访日期 接访级别 来访人数 办理状态\n2024-1-2 市级 1 已办结\n2024-1-3 县级 2 不予受理\n"


def test_figures_are_exact_and_frames_carry_them(tmp_path):
    report = xfstats.summarize(book(tmp_path, LOG), by="level", as_of="2026-11-02")
    table = report["visits"]
    assert table.total["visits"] == 2
    frame = report.to_frame()
    assert list(frame["level"]) == ["市级", "县级"]
    assert list(frame["persons"]) == [1, 2]
    assert frame["closure_rate"][0] == 1.0
    assert math.isnan(frame["closure_rate"][1])
    with pytest.raises(KeyError):
        report["letters"]


def test_options_are_the_command_lines(tmp_path):
    report = xfstats.summarize(
        [book(tmp_path, LOG)], measures=["visits", "open"], period="2024-01", where={"level": "市级"}, statuses={"已办结": "open"}
    )
    assert report.tables[0].total == {"visits": 1, "open": 1}
    assert report.reconciliation.reasons["outside"] == {"where": 1}


def test_comparing_ranking_and_presets_are_there_too(tmp_path):
    report = xfstats.summarize(
        book(tmp_path, LOG), period="2024-01", compare="prev", rank="visits", cross="level", by="month", preset="petition"
    )
    table = report["visits"]
    assert (table.cross, table.ranked, [window.name for window in table.windows]) == ("level", "visits", ["prev"])
    assert "口径：petition" in table.notes


def test_errors_have_a_code_and_a_position(tmp_path):
    with pytest.raises(xfstats.InputFault) as caught:
        xfstats.summarize(tmp_path / "none.xlsx")
    assert (caught.value.code, caught.value.position.file) == ("E301", "none.xlsx")
    with pytest.raises(xfstats.UsageFault):
        xfstats.summarize(book(tmp_path, LOG), by="nothing")


@pytest.mark.parametrize("paths", [[], (), "", [""], None, 3, [3]])
def test_paths_are_named(paths):
    with pytest.raises(xfstats.UsageFault, match="paths takes str, Path") as caught:
        xfstats.summarize(paths)
    assert caught.value.code == "E284"


def test_inspect_carries_the_evidence(tmp_path):
    report = xfstats.inspect(book(tmp_path, LOG))
    assert {use.field: use.column for use in report.inputs[0].tally.uses}["level"] == "B"
