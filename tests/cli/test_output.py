"""Writing: a whole new file or the old one untouched, never an input, never a device replaced; stdout or one line why not."""

from __future__ import annotations

import errno
import io
import os
import stat
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from tests.handmade_reports import report, table
from xfstats.cli.output import _is_running, check_target, stdout_error, write_output
from xfstats.errors import XfstatsError
from xfstats.render import load_renderer
from xfstats.render.style import Style
from xfstats.reports.table import Report

DEAD = 4_194_305
"""The number of no process: above the most that Linux gives."""


def refused(target: Path, data: str | bytes = "new", *, force: bool = False, inputs: tuple[Path, ...] = ()) -> str:
    """The code with which writing is refused."""
    with pytest.raises(XfstatsError) as caught:
        write_output(data, target, force=force, inputs=inputs)
    return caught.value.code


def rendered(form: str, made: Report | None = None) -> str | bytes:
    return load_renderer(form)(made or report(), Style())


# what may not be written to


@pytest.mark.parametrize("way", ["itself", "dotted", "symlink", "hard link", "symlinked folder"])
def test_an_input_is_never_written_over_not_even_by_force(tmp_path, way):
    folder = tmp_path / "in"
    folder.mkdir()
    log = folder / "log.csv"
    log.write_text("old")
    target = {
        "itself": log,
        "dotted": folder / ".." / "in" / "log.csv",
        "symlink": tmp_path / "link.csv",
        "hard link": tmp_path / "hard.csv",
        "symlinked folder": tmp_path / "linked" / "log.csv",
    }[way]
    if way == "symlink":
        target.symlink_to(log)
    if way == "hard link":
        os.link(log, target)
    if way == "symlinked folder":
        target.parent.symlink_to(folder)
    assert refused(target, force=True, inputs=(log,)) == "E202"
    assert log.read_text() == "old"


@pytest.mark.parametrize(("name", "code"), [("folder", "E406"), ("none/x.csv", "E405"), ("file/x.csv", "E405"), ("n\0l", "E406")])
def test_a_place_where_no_file_can_be_is_refused_before_anything_is_read(tmp_path, name, code):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(XfstatsError) as caught:
        check_target(tmp_path / name, force=True, inputs=[])
    assert caught.value.code == code
    assert refused(tmp_path / name, force=True) == code


@pytest.mark.parametrize("lacking", ["folder", "file"])
def test_permission_is_asked_of_the_system(tmp_path, monkeypatch, lacking):
    target = tmp_path / "x.csv"
    target.touch()
    without = tmp_path if lacking == "folder" else target
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != without)
    assert refused(target) == "E402"


def test_a_folder_that_is_no_longer_searchable_is_one_sentence(tmp_path, monkeypatch):
    def closed(*_args, **_named):
        raise PermissionError(errno.EACCES, "x")

    monkeypatch.setattr(Path, "is_dir", closed)
    assert refused(tmp_path / "x.csv") == "E402"


# somebody else's file


def test_a_workbook_or_page_of_ours_is_replaced_without_force(tmp_path):
    for form in ("xlsx", "html"):
        target = tmp_path / f"out.{form}"
        write_output(rendered(form), target, force=False, inputs=[])
        newer = rendered(form, replace(report(table(title="新的标题")), office="别的办公室"))
        write_output(newer, target, force=False, inputs=[])
        assert target.read_bytes() == (newer.encode() if isinstance(newer, str) else newer)


def _spoiled() -> bytes:
    """A zip whose only useful member is damaged."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", b"xfstats/1" * 100)
    data = bytearray(buffer.getvalue())
    start = data.index(b"core.xml") + len(b"core.xml")
    data[start : start + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


def _foreign() -> bytes:
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "xfstats/1"
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["out.xlsx", "OUT.XLSX", "out.docx", "out.html", "out.csv", "out.json", "out.md", "out.txt"])
@pytest.mark.parametrize("data", [b"PK\x03\x04", _foreign(), _spoiled(), b"<html>xfstats/1</html>"])
def test_what_we_did_not_write_is_kept_unless_forced(tmp_path, name, data):
    target = tmp_path / name
    target.write_bytes(data)
    assert refused(target) == "E403"
    assert target.read_bytes() == data
    write_output("new", target, force=True, inputs=[])
    assert target.read_text() == "new"


def test_a_link_is_guarded_by_its_own_suffix_too(tmp_path):
    (tmp_path / "data").write_bytes(b"theirs")
    (tmp_path / "out.xlsx").symlink_to(tmp_path / "data")
    assert refused(tmp_path / "out.xlsx") == "E403"


def test_an_empty_file_is_replaced_without_asking(tmp_path):
    for form in ("csv", "json", "md", "txt", "xlsx"):
        (tmp_path / f"out.{form}").touch()
        write_output("new", tmp_path / f"out.{form}", force=False, inputs=[])
        assert (tmp_path / f"out.{form}").read_text("utf-8").removeprefix("\ufeff") == "new"


# writing


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_new_file_has_the_mode_of_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        write_output("new", tmp_path / "x.csv", force=False, inputs=[])
    finally:
        os.umask(before)
    assert (tmp_path / "x.csv").stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_private_file_is_private_while_it_is_written_too(tmp_path, monkeypatch):
    target = tmp_path / "x.csv"
    target.touch(0o600)
    seen = []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (seen.append(os.fstat(handle).st_mode & 0o777), sync(handle)))
    write_output("new", target, force=False, inputs=[])
    assert seen[0] == 0o600
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_mode_that_cannot_be_set_is_no_failure(tmp_path, monkeypatch):
    def fail(*_args, **_named):
        raise OSError(errno.EPERM, "x")

    (tmp_path / "x.csv").touch()
    monkeypatch.setattr(Path, "chmod", fail)
    write_output("new", tmp_path / "x.csv", force=False, inputs=[])
    assert (tmp_path / "x.csv").read_text() == "new"


def test_a_name_as_long_as_names_can_be_is_written(tmp_path):
    target = tmp_path / f"{'台' * 83}.csv"
    dead = tmp_path / f".{'台' * 50}.xfstats-999999999.tmp"
    dead.touch()
    write_output("new", target, force=False, inputs=[])
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_link_to_nothing_gets_its_file(tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_output("new", tmp_path / "link.csv", force=False, inputs=[])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"


@pytest.mark.parametrize("make", [os.mkfifo, partial(os.mknod, mode=stat.S_IFSOCK | 0o600)])
def test_a_pipe_or_a_socket_is_refused_without_waiting(tmp_path, make):
    make(tmp_path / "pipe.csv")
    assert refused(tmp_path / "pipe.csv") == "E406"
    assert not (tmp_path / "pipe.csv").is_file()


def test_a_device_takes_what_is_written_and_stays():
    write_output("new", Path("/dev/null"), force=False, inputs=[])
    assert Path("/dev/null").is_char_device()
    assert refused(Path("/dev/full")) == "E401"


def test_the_temporary_file_of_somebody_elses_run_stays(tmp_path, monkeypatch):
    def forbidden(*_args):
        raise PermissionError

    monkeypatch.setattr(os, "kill", forbidden)
    other = tmp_path / ".x.csv.xfstats-1.tmp"
    other.touch()
    write_output("new", tmp_path / "x.csv", force=False, inputs=(tmp_path / "log.csv",))
    assert sorted(path.name for path in tmp_path.iterdir()) == [other.name, "x.csv"]
    assert other.read_bytes() == b""


def test_what_has_no_utf8_is_written_out_and_not_lost(tmp_path):
    write_output("a\udcffb", tmp_path / "x.json", force=False, inputs=[])
    assert (tmp_path / "x.json").read_text("utf-8") == "a\\udcffb"


@pytest.mark.parametrize("step", ["unlink", "touch", "open", "fsync", "chmod", "replace"])
@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "x"), KeyboardInterrupt(), MemoryError()], ids=["full", "key", "memory"])
def test_whatever_fails_the_old_file_stays_and_nothing_is_left(tmp_path, monkeypatch, step, fault):
    target = tmp_path / "out.csv"
    target.write_text("old")
    calls = []

    def fail(*_args, **_named):
        calls.append(step)
        if len(calls) == 1:
            raise fault

    owner = os if step in {"fsync", "replace"} else Path
    monkeypatch.setattr(owner, step, fail)
    if step == "chmod" and isinstance(fault, OSError):
        write_output("old", target, force=True, inputs=[])  # a mode is not worth failing for
    else:
        with pytest.raises(XfstatsError if isinstance(fault, OSError) else type(fault)):
            write_output("new", target, force=True, inputs=[])
    monkeypatch.undo()
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_folder_that_cannot_be_synced_or_listed_is_no_failure(tmp_path, monkeypatch):
    def fail(*_args):
        raise OSError(errno.EACCES, "x")

    monkeypatch.setattr(Path, "iterdir", fail)
    monkeypatch.setattr(os, "open", fail)
    monkeypatch.setattr(Path, "touch", lambda *_args, **_named: None)  # it opens by os.open
    write_output("new", tmp_path / "x.csv", force=False, inputs=[])
    assert (tmp_path / "x.csv").read_text() == "new"


def test_a_system_that_cannot_sync_a_folder_or_ask_for_a_process_still_writes(tmp_path, monkeypatch):
    (tmp_path / f".r.csv.xfstats-{DEAD}.tmp").touch()
    monkeypatch.delattr(os, "O_DIRECTORY")
    monkeypatch.setattr("xfstats.cli.output._is_running", lambda pid: True)
    write_output("x", tmp_path / "r.csv", force=False, inputs=[])
    assert [path.name for path in sorted(tmp_path.iterdir())] == [f".r.csv.xfstats-{DEAD}.tmp", "r.csv"]


def test_no_process_is_asked_after_where_asking_would_end_it(monkeypatch):
    asked = []
    monkeypatch.setattr(os, "kill", lambda *given: asked.append(given))
    monkeypatch.setattr(os, "name", "nt")
    alive = _is_running(DEAD)
    monkeypatch.undo()
    assert (alive, asked) == (True, [])


def test_a_failure_about_a_file_is_not_one_of_standard_output():
    assert stdout_error(FileNotFoundError(errno.ENOENT, "", "log.csv")) is None


@pytest.mark.parametrize(("answer", "alive"), [(PermissionError, True), (ProcessLookupError, False), (OverflowError, False)])
def test_a_process_of_somebody_else_is_alive(monkeypatch, answer, alive):
    def kill(_pid: int, _number: int) -> None:
        raise answer

    monkeypatch.setattr(os, "kill", kill)
    found = _is_running(DEAD)
    monkeypatch.undo()
    assert found is alive
