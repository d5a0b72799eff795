"""Results of the Python interface: every command, JSON as the commands print it, files, notebooks, frames of exact types."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import xfstats
from tests.json_outputs import valid
from tests.logs import book
from tests.program import run_text
from xfstats import api
from xfstats.api.options import Counting, Reading, Reporting, command_words, parse_words

pytestmark = pytest.mark.usefixtures("no_workers")
DAY = "2026-11-02"
LOG = """
接访日期 接访级别 来访人数 办理状态
2026-10-3 市级 2 已办结
2026-10-9 市级 3 办理中
2026-10-9 县级 3 已办结
2026-9-9 县级 1 办理中
"""
CASES = """
案件编号 登记日期 办理期限 办结日期 责任单位 办理状态
1 2026-9-1 2026-11-1 2026-9-11 甲局 已办结
2 2026-9-1 2026-11-5 . 甲局 办理中
3 2026-9-5 2026-10-5 . 乙局 办理中
"""


@pytest.fixture
def log(tmp_path):
    return book(tmp_path, LOG, "接访.xlsx")


@pytest.fixture
def cases(tmp_path):
    return book(tmp_path, CASES, "案件.xlsx")


def printed(*words, code=0, cwd=None):
    return run_text(*words, "--as-of", DAY, "-f", "json", code=code, cwd=cwd).stdout


def test_each_function_gives_what_its_command_prints(log, cases):
    assert xfstats.summarize(log, as_of=DAY, by="level").to_json() == printed("summarize", log, "--by", "level")
    assert xfstats.inspect(log, as_of=DAY).to_json() == printed("inspect", log)
    assert xfstats.deadlines(cases, as_of=DAY, by="unit").to_json() == printed("deadlines", cases, "--by", "unit")
    assert xfstats.explain("closure_rate[县级]", log, as_of=DAY).to_json() == printed("explain", "closure_rate[县级]", log)


@pytest.mark.parametrize("call", [xfstats.summarize, xfstats.inspect, xfstats.deadlines])
def test_plain_values_are_the_json_and_obey_the_schema(cases, call):
    report = call(cases, as_of=DAY)
    assert valid(report.to_dict(), call.__name__) == json.loads(report.to_json())


def test_a_figure_is_explained(log):
    found = xfstats.explain("visits.prev", log, as_of=DAY, period="2026-10", compare="prev")
    assert (found.figure, found.to_dict()["change"]["prev"]["ratio"]) == (3, 2.0)
    assert found.definition in repr(found)
    valid(found.to_dict(), "explain")
    with pytest.raises(xfstats.UsageFault) as caught:
        xfstats.explain("visits[*]", log, as_of=DAY)
    assert caught.value.code == "E237"
    with pytest.raises(xfstats.UsageFault) as caught:
        xfstats.explain("visits", log, as_of=DAY, public=True)
    assert caught.value.code == "E234"


OPTIONS = {"by": ["level"], "period": ("2026-10-01", "2026-10-31"), "compare": "prev", "where": {"level": "市级,县级"}}


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "docx", "xlsx"])
def test_a_report_is_written_and_verified_here_and_by_the_command(tmp_path, log, suffix):
    report = xfstats.report(log, as_of=DAY, columns={"level": "接访级别"}, **OPTIONS)
    path = report.write(tmp_path / f"月报.{suffix}")
    assert path.read_bytes()
    found = xfstats.verify(path, log)
    assert (found.matches, found.comparison.unplaced) == (True, ()), repr(found)
    valid(found.to_dict(), "verify")
    run_text("verify", path, log, cwd=tmp_path)
    other = xfstats.verify(str(path), log, period="2026-09")
    assert not other.matches
    assert [reason.code for reason in other.reasons] == ["different"]


def test_a_report_of_the_command_is_verified_here(tmp_path, log):
    words = ("--by", "level", "--map-status", "办理中=closed", "--top", "1", "--fail-if", "visits > 100", "--as-of", DAY)
    run_text("report", log, *words, "-o", "月报.txt", cwd=tmp_path)
    assert xfstats.verify(tmp_path / "月报.txt", log).matches


def test_results_are_written_as_the_command_writes_them(tmp_path, log):
    report = xfstats.summarize(log, as_of=DAY)
    for suffix in ("csv", "tsv", "json", "jsonl", "md", "html", "txt", "xlsx"):
        run_text("summarize", log, "--as-of", DAY, "-o", f"a.{suffix}", cwd=tmp_path)
        assert report.write(tmp_path / f"b.{suffix}").read_bytes() == (tmp_path / f"a.{suffix}").read_bytes()
    assert xfstats.inspect(log, as_of=DAY).write(tmp_path / "i.html").read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(("name", "code"), [("接访.xlsx", "E202"), ("a.pdf", "E211"), ("no/a.csv", "E405"), ("mine.csv", "E403")])
def test_no_file_is_written_by_mistake(tmp_path, log, name, code):
    (tmp_path / "mine.csv").write_text("own", "utf-8")
    before = log.read_bytes()
    report = xfstats.summarize(log, as_of=DAY)
    with pytest.raises(xfstats.XfstatsError) as caught:
        report.write(tmp_path / name)
    assert (caught.value.code, log.read_bytes()) == (code, before)
    if code == "E403":
        assert report.write(tmp_path / name, force=True).read_bytes() != b"own"
    with pytest.raises(xfstats.UsageFault):
        xfstats.inspect(log, as_of=DAY).write(tmp_path / "a.csv")


def test_a_result_is_short_in_a_console_and_a_table_in_a_notebook(log):
    report = xfstats.summarize(log, as_of=DAY)
    assert repr(report) == "<xfstats.Report visits: 2 rows by level; 4 of 4 rows counted; as of 2026-11-02>"
    markup = report._repr_html_()
    assert markup.startswith("<div><div")
    assert "市级" in markup
    assert "<style" not in markup


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({}, "<xfstats.Table visits: 2 rows by level; visits, persons, closed, closure_rate>"),
        ({"measures": "visits", "where": {"level": "县级"}}, "<xfstats.Table visits: 1 row by level; visits>"),
        ({"by": "column:接访级别", "measures": "visits"}, "<xfstats.Table visits: 2 rows by column; visits>"),
        (
            {"by": "month,level", "measures": "visits,persons,settled,resolved,closed,open,settlement_rate,closure_rate"},
            "<xfstats.Table visits: 6 rows by month/level; visits, persons, settled, resolved, closed, open, 2 more>",
        ),
    ],
)
def test_a_table_is_one_line_without_a_label(log, options, line):
    assert repr(xfstats.summarize(log, as_of=DAY, **options)["visits"]) == line


def test_what_is_to_mend_is_one_line_without_a_place(log):
    report = "<xfstats.Report visits: 2 rows by level; 4 of 4 rows counted; as of 2026-11-02>"
    assert repr(xfstats.check(log, as_of=DAY)) == f"<xfstats.Check 0 to mend, 0 to know; {report}>"


def test_a_frame_has_exact_types_whatever_is_missing(tmp_path, log, cases):
    frame = xfstats.summarize([log, cases], as_of=DAY, compare="prev", period="2026-10", rank="closure_rate").to_frame()
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert {name for name, kind in kinds.items() if kind == "Int64"} >= {"visits", "persons", "closed", "closure_rate_numerator"}
    assert {kinds[name] for name in ("closure_rate", "visits_prev", "closure_rate_prev")} == {"float64"}
    assert {kinds[name] for name in ("row", "level")} <= {"string", "str"}
    assert set(frame["row"]) == {"group", "total"}
    assert frame["closure_rate_place"].dropna().tolist() == [1, 2] or str(frame["closure_rate_place"].dtype) == "Int64"
    assert isinstance(frame["visits"].iloc[0], int | pd.Int64Dtype.type)


@pytest.mark.parametrize("name", ["summarize", "inspect", "deadlines", "report", "explain", "verify"])
def test_docstrings_tell_every_option(name):
    told = getattr(api, name).__doc__
    known = {"inspect": Reading, "report": Reporting, "verify": Reporting}.get(name, Counting)
    lines = [line.strip() for line in told.splitlines()]
    for option in known.__annotations__:
        assert any(line.startswith(f"{option}: ") and len(line) > len(option) + 10 for line in lines), option


def test_options_are_typed_and_parsed_back():
    given = {
        "by": ["level", "unit"],
        "maps": {"level": "级别"},
        "top": 3,
        "public": True,
        "strict": True,
        "where": ["a=1", "b=2"],
    }
    words = command_words(given)
    assert words == [
        *("--by", "level,unit", "--map", "level=级别", "--top", "3", "--public"),
        *("--where", "a=1", "--where", "b=2"),
    ]
    assert parse_words(words) == {"by": "level,unit", "maps": ["level=级别"], "top": 3, "public": True, "where": ["a=1", "b=2"]}
