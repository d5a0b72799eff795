"""What a user without the rights for it may not read or write: one line and its exit code, and nothing is changed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.hostile import warm
from tests.logs import book

LOG = "序号 接访日期 接访级别 来访人数 办理状态\n1 2024-1-2 市级 1 已办结\n2 2024-1-3 县级 2 办理中\n"
NOBODY = 65534
SECONDS = 300


@pytest.fixture
def place():
    """A folder of the user that the program is run by, with a log; pytest's own folders are its owner's alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book(folder, LOG, "log.xlsx")
        folder.chmod(0o755)
        yield folder
        for path in folder.rglob("*"):
            path.chmod(0o755)


def run(forks, folder, *words):
    """Run by a child that has given up its rights, where this process has any to give up."""
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    return forks.submit(warm.run, [*map(str, words), "--lang", "en"], folder, environment, SECONDS, user=NOBODY).result()


def listed(folder):
    return sorted(path.name for path in folder.iterdir())


def assert_refused(done, exit_code, code):
    assert (done.code, done.out) == (exit_code, b"")
    assert done.err.count(b"\n") == 1
    assert done.err.endswith(f"[{code}]\n".encode())


def test_who_may_read_and_write_gets_the_table(forks, place):
    done = run(forks, place, "summarize", "log.xlsx", "-o", "new.csv", "-q")
    assert (done.code, done.out, done.err) == (0, b"", b"")
    assert listed(place) == ["log.xlsx", "new.csv"]


def test_a_file_that_may_not_be_written_is_left_as_it_is(forks, place):
    (place / "old.csv").write_text("old")
    (place / "old.csv").chmod(0o400)
    assert_refused(run(forks, place, "summarize", "log.xlsx", "-o", "old.csv"), 4, "E402")
    assert (place / "old.csv").read_text() == "old"
    assert listed(place) == ["log.xlsx", "old.csv"]


@pytest.mark.parametrize("mode", [0o500, 0o000])
@pytest.mark.parametrize("option", ["-o", "--rejects", "--save"])
def test_a_folder_that_may_not_be_written_gets_nothing(forks, place, mode, option):
    (place / "closed").mkdir()
    (place / "closed").chmod(mode)
    target = f"closed/x.{'json' if option == '--save' else 'csv'}"
    assert_refused(run(forks, place, "summarize", "log.xlsx", option, target), 4, "E402")
    (place / "closed").chmod(0o755)
    assert listed(place / "closed") == []


@pytest.mark.parametrize("mode", [0o444, 0o666])
def test_a_lock_that_another_user_made_is_held_by_whoever_can_read_it(forks, place, mode):
    (place / ".xfstats.lock").touch()
    (place / ".xfstats.lock").chmod(mode)
    assert run(forks, place, "summarize", "log.xlsx", "-o", "x.csv", "--lock", "-q").code == 0


def test_a_lock_in_a_folder_that_may_not_be_written_is_refused(forks, place):
    (place / "closed").mkdir()
    (place / "closed").chmod(0o500)
    assert_refused(run(forks, place, "summarize", "log.xlsx", "-o", "closed/x.csv", "--lock"), 4, "E402")


def test_a_log_that_may_not_be_read_is_said(forks, place):
    (place / "log.xlsx").chmod(0o000)
    assert_refused(run(forks, place, "summarize", "log.xlsx"), 3, "E315")


@pytest.mark.parametrize("typed", ["inside/log.xlsx", "inside", "-r ."])
def test_a_folder_that_may_not_be_entered_is_said(forks, place, typed):
    (place / "inside").mkdir()
    book(place / "inside", LOG, "log.xlsx")
    (place / "inside").chmod(0o000)
    assert_refused(run(forks, place, "summarize", *typed.split()), 3, "E315")


def test_a_profile_that_may_not_be_read_is_a_usage_error(forks, place):
    (place / "own.toml").write_text("schema = 1\n")
    (place / "own.toml").chmod(0o000)
    done = run(forks, place, "summarize", "log.xlsx", "-p", "own.toml")
    assert (done.code, done.out, done.err.count(b"\n")) == (2, b"", 1)
    assert b"own.toml" in done.err
