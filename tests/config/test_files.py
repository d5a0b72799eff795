"""The office's own files: regular and of a bounded size, else one line at once; and no output is written over one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.handmade_reports import report
from tests.logs import book
from tests.program import run
from xfstats.config.holidays import working_days
from xfstats.config.profile import load_profile
from xfstats.config.small_files import LARGE, SMALL
from xfstats.errors import UsageFault
from xfstats.render.text_template import fill_text_template
from xfstats.render.xlsx.template import fill_workbook_template
from xfstats.reports.snapshots import load_saved

LOG = "接访日期 接访级别 来访人数 办理状态\n2024-1-2 市级 1 已办结\n2024-1-3 县级 2 办理中\n"
READERS = {
    "profile": lambda path: load_profile(path, named=True),
    "holidays": lambda path: working_days(path.name, path.parent),
    "saved": load_saved,
    "text": lambda path: fill_text_template(path, report()),
    "workbook": lambda path: fill_workbook_template(path, report()),
}
MOST = {"saved": LARGE, "workbook": LARGE}


def refused(name: str, path: Path) -> str:
    with pytest.raises(UsageFault) as caught:
        READERS[name](path)
    return caught.value.code


@pytest.mark.parametrize("name", READERS)
def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path, name):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/zero"), Path("/dev/null")):
        assert refused(name, path) == "E286"


@pytest.mark.parametrize("name", READERS)
def test_what_is_too_large_for_what_it_should_be_is_refused(tmp_path, name):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(MOST.get(name, SMALL) + 1)
    assert refused(name, tmp_path / "large") == "E287"


@pytest.mark.parametrize(("number", "code"), [("9" * 5000, "E223"), ("0x" + "f" * 5000, "E228")])
def test_a_number_that_nobody_can_mean_is_refused(tmp_path, number, code):
    for key in ("header", "max_rejected", "period"):
        (tmp_path / "long").write_text(f"{key} = {number}")
        assert refused("profile", tmp_path / "long") == code


def test_what_nests_without_end_is_refused(tmp_path):
    (tmp_path / "deep").write_text("a = " + "[" * 100_000)
    assert refused("profile", tmp_path / "deep") == "E223"
    (tmp_path / "deep").write_text("[" * 100_000)
    assert refused("saved", tmp_path / "deep") == "E239"


@pytest.mark.parametrize(
    ("own", "option"),
    [("p.toml", "--rejects"), ("p.toml", "--save"), ("days.txt", "--rejects"), ("saved.json", "-o"), ("saved.json", "--save")],
)
def test_no_output_of_a_summary_is_a_file_that_it_reads(tmp_path, own, option):
    log = book(tmp_path, LOG)
    (tmp_path / "p.toml").write_text('[choices]\nholidays = "days.txt"\n')
    (tmp_path / "days.txt").write_text("2026-10-01\n")
    words = ["summarize", log, "-p", tmp_path / "p.toml", "--as-of", "2026-11-02"]
    assert run(*words, "--save", tmp_path / "saved.json").returncode == 0
    before = (tmp_path / own).read_bytes()
    os.link(tmp_path / own, tmp_path / f"link-{own}")
    for target in (own, f"link-{own}"):
        done = run(*words, "--against", tmp_path / "saved.json", option, tmp_path / target, "--force")
        assert (done.returncode, done.stdout, b"E202" in done.stderr) == (2, b"", True)
    assert (tmp_path / own).read_bytes() == before


def test_no_report_is_its_template_and_no_verdict_its_report(tmp_path):
    log = book(tmp_path, LOG)
    (tmp_path / "t.md").write_text("{{ paragraph }}")
    done = run("report", log, "--template", tmp_path / "t.md", "-o", tmp_path / "t.md", "--force")
    assert (done.returncode, b"E202" in done.stderr) == (2, True)
    assert run("report", log, "-o", tmp_path / "r.md", "--as-of", "2026-11-02").returncode == 0
    before = (tmp_path / "r.md").read_bytes()
    done = run("verify", tmp_path / "r.md", log, "-f", "table", "-o", tmp_path / "r.md", "--force")
    assert (done.returncode, b"E202" in done.stderr) == (2, True)
    assert (tmp_path / "r.md").read_bytes() == before
