"""Standard output: what it cannot take is one sentence, and nothing is lost in it."""

from __future__ import annotations

import errno
import fcntl
import io
import os
import re
import struct
import subprocess
import sys
import termios

import pytest

from tests.cli.test_output import refused
from tests.program import started
from xfstats.cli.output import STDOUT_NAMES, check_target, write_output
from xfstats.errors import XfstatsError

# standard output


class Out(io.TextIOWrapper):
    """Standard output of an encoding."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)

    @property
    def written(self) -> bytes:
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue()


@pytest.mark.parametrize("target", [None, *sorted(STDOUT_NAMES)], ids=str)
def test_names_of_stdout_are_stdout(monkeypatch, target):
    out = Out()
    monkeypatch.setattr(sys, "stdout", out)
    if target:
        check_target(target, force=False, inputs=[])
    write_output("合计\r\n", target, force=False, inputs=[])
    assert out.written == "合计\r\n".encode()


def test_bytes_and_a_stdout_of_text_only_work(monkeypatch):
    out = Out("gbk")
    monkeypatch.setattr(sys, "stdout", out)
    write_output(b"\xff\x00", None, force=False, inputs=[])
    assert out.written == b"\xff\x00"
    text = io.StringIO()
    monkeypatch.setattr(sys, "stdout", text)
    write_output("合计", None, force=False, inputs=[])
    assert text.getvalue() == "合计"


def test_an_encoding_that_cannot_hold_the_text_is_named_and_nothing_is_written(monkeypatch):
    out = Out("latin-1")
    monkeypatch.setattr(sys, "stdout", out)
    with pytest.raises(XfstatsError, match="latin-1") as caught:
        write_output("Total 合计", None, force=False, inputs=[])
    assert (caught.value.code, out.written) == ("E408", b"")


def test_a_closed_stdout_is_said(monkeypatch):
    out = Out()
    out.close()
    for closed in (None, out):
        monkeypatch.setattr(sys, "stdout", closed)
        with pytest.raises(XfstatsError) as caught:
            write_output("x", None, force=False, inputs=[])
        assert caught.value.code == "E407"


TAKING = (
    "import sys; from xfstats.cli.output import write_output; from xfstats.errors import XfstatsError\n"
    "try: write_output('x' * 100000, None, force=False, inputs=[])\n"
    "except XfstatsError as error: print(error.code, file=sys.stderr)\n"
    "except BrokenPipeError: print('BrokenPipeError', file=sys.stderr); sys.stdout = None\n"
)


@pytest.mark.parametrize(("where", "code"), [("> /dev/full", "E401"), (">&-", "E407"), ("1< /dev/null", "E407")])
def test_a_stdout_that_takes_nothing_is_one_code(where, code):
    command = f'"{sys.executable}" -c "$SCRIPT" {where}'
    done = subprocess.run(
        ["bash", "-c", command], env={**os.environ, "SCRIPT": TAKING}, stderr=subprocess.PIPE, text=True, check=False
    )
    assert done.stderr.splitlines() == [code]


def test_a_stdout_whose_reader_has_gone_is_a_broken_pipe():
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([sys.executable, "-c", TAKING], stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert done.stderr.splitlines()[0] == "BrokenPipeError"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "E401"),
        (errno.EDQUOT, "E401"),
        (errno.EROFS, "E402"),
        (errno.ENOTDIR, "E405"),
        (errno.EIO, "E406"),
        (None, "E406"),
    ],
)
def test_what_the_system_says_is_one_of_our_sentences(tmp_path, monkeypatch, number, code):
    def fail(*_args, **_named):
        raise OSError(number, "x") if number else OSError("x")

    monkeypatch.setattr(os, "replace", fail)
    assert refused(tmp_path / "x.csv") == code
    assert not list(tmp_path.iterdir())


PAGES = ["", "--version", "--help", "summarize --help", "profile --help", "measures", "fields", "schema", "profile show"]


@pytest.mark.parametrize(
    ("words", "where", "code"),
    [
        *((words, "> /dev/full", "E401") for words in PAGES),
        *((words, where, "E407") for words in ("", "--help", "measures") for where in (">&-", "1< /dev/null")),
    ],
)
def test_a_page_that_cannot_be_written_is_one_line_and_exit_4(words, where, code):
    command = f"{sys.executable} -m xfstats {words} {where}"
    done = subprocess.run(command, shell=True, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout) == (4, "")
    assert re.fullmatch(rf"xfstats: [^\n]*\[{code}\]\n", done.stderr)


@pytest.mark.parametrize("words", ["measures --lang zh", "summarize --help"])
def test_a_page_in_an_encoding_that_cannot_hold_it_is_one_line(words):
    env = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "XFSTATS_LANG": "zh", "LC_ALL": "zh_CN.UTF-8"}
    done = subprocess.run([sys.executable, "-m", "xfstats", *words.split()], capture_output=True, check=False, env=env)
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"[E408]" in done.stderr


@pytest.mark.parametrize(("begins", "quiet", "shown"), [(0, (), True), (3600, (), False), (0, ("-q",), False)])
def test_a_terminal_sees_how_many_files_are_read_of_a_run_that_lasts(tmp_path, begins, quiet, shown):
    for number in range(4):
        (tmp_path / f"{number}.csv").write_text(f"接访日期,接访级别,来访人数\n2026-1-{number + 1},市级,{number + 1}\n", "utf-8")
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    code = f"from xfstats.cli import progress; progress.BEGINS = {begins}; from xfstats.__main__ import main; main()"
    words = [sys.executable, "-c", code, "summarize", str(tmp_path), "--no-profile", "--lang", "en", *quiet]
    env = {**os.environ, "TERM": "xterm"}
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, check=False, env=env)
    os.write(theirs, b"\x03")
    said = b""
    while not said.endswith(b"\x03"):
        said += os.read(ours, 10_000)
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0
    assert (b"3/4 files" in said) is shown


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_that_asks_for_completions_gets_no_page(tmp_path, shell):
    """It runs what is printed."""
    (tmp_path / "log.csv").write_text("a,b\n", "utf-8")
    done = started(cwd=tmp_path, _XFSTATS_COMPLETE=f"{shell}_source")
    assert b"log.csv" not in done.stdout
    assert b"_XFSTATS_COMPLETE=" in done.stdout
