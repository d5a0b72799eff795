"""Progress on stderr: a bar on a terminal once a run lasts a second, records for a scheduler, else nothing."""

from __future__ import annotations

import fcntl
import json
import os
import re
import struct
import subprocess
import sys
import termios

import pytest
from wcwidth import wcswidth

from tests.logs import text_file
from tests.program import run_text
from xfstats.cli.progress import NARROWEST, ProgressBar, ProgressRecords
from xfstats.model import Source
from xfstats.pipeline.processes import FileDone

LOG = "来访日期,来访人数,接访级别\n2024-5-1,2,市级\n2024-5-2,3,县级\n"


END = "\x03"


class Terminal:
    """A terminal of some columns: what a program writes to `stream`, and a clock that is set by hand."""

    def __init__(self, columns: int) -> None:
        self._ours, theirs = os.openpty()
        self.stream = os.fdopen(theirs, "w", encoding="utf-8")
        self.now = 100.0
        self._bars: list[ProgressBar] = []
        self.resize(columns)

    def resize(self, columns: int) -> None:
        fcntl.ioctl(self.stream, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def bar(self, total: int, lang: str) -> ProgressBar:
        self._bars.append(ProgressBar(total, lang, self.stream, lambda: self.now))
        return self._bars[-1]

    def close(self) -> None:
        for bar in self._bars:
            bar.close()
        self.stream.close()
        os.close(self._ours)

    def lines(self) -> list[str]:
        """What was written since, a text for each time that the line was written anew."""
        self.stream.write(END)
        self.stream.flush()
        read = b""
        while not read.endswith(END.encode()):
            read += os.read(self._ours, 1 << 16)
        text = read.decode().removesuffix(END)
        return [line for part in re.split(r"[\r\n]|\x1b\[A", text) if (line := part.rstrip())]


@pytest.fixture
def window():
    """A function that opens a terminal, which is closed after the test."""
    opened: list[Terminal] = []

    def open_terminal(columns: int) -> Terminal:
        opened.append(Terminal(columns))
        return opened[-1]

    yield open_terminal
    for terminal in opened:
        terminal.close()


def done(number: int, total: int, rows: int = 1000, size: int = 10, all_size: int = 100) -> FileDone:
    return FileDone(number, total, Source("x", f"第{number}份.csv"), rows, size, all_size, 0.25)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "已读 4/12 个文件，4,000 行，每秒 2,000 行，还需 0:03"),
        ("en", "4/12 files, 4,000 rows, 2,000 a second, 0:03 left"),
    ],
)
def test_a_bar_tells_files_rows_rate_and_time_left(window, lang, text):
    terminal = window(100)
    bar = terminal.bar(12, lang)
    for number in range(1, 5):
        terminal.now += 0.5
        bar(done(number, 12))
    (*_, last) = terminal.lines()
    assert last.startswith(text + " ")
    assert wcswidth(last) <= 100
    assert 0 <= last.count("█") - (99 - wcswidth(text) - 1) * 4 // 10 <= 1


def test_nothing_is_shown_in_the_first_second_nor_of_a_run_that_is_done_by_then(window):
    terminal = window(80)
    bar = terminal.bar(2, "zh")
    terminal.now += 0.9
    bar(done(1, 2))
    bar(None)
    bar.close()
    assert terminal.lines() == []
    bar = terminal.bar(2, "zh")
    bar(done(1, 2))
    terminal.now += 30
    bar(done(2, 2))
    bar.close()
    assert terminal.lines() == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [1, 2, 9, 10, 11, 20, 40, 79])
def test_no_line_is_wider_than_the_window_however_narrow(window, columns, lang):
    terminal = window(columns)
    bar = terminal.bar(300, lang)
    terminal.now += 5
    bar(done(1, 300, 12_345_678, 1, 900))
    bar(None)
    terminal.resize(columns + 7)
    bar(done(2, 300, 12_345_678, 1, 900))
    *first, last = terminal.lines() or [""]
    assert max(map(wcswidth, first), default=0) <= columns
    assert wcswidth(last) <= columns + 7
    assert bool(last) is (columns + 7 >= NARROWEST)


def test_a_long_file_shows_the_time_so_far_and_then_what_is_left(window):
    terminal = window(80)
    bar = terminal.bar(1, "zh")
    for seconds in (1.5, 3700):
        terminal.now += seconds
        bar(None)
        assert re.match(r"已读 0/1 个文件，已用 (0:02|1:01:42)( |$)", terminal.lines()[-1])
    bar.close()
    assert terminal.lines() == []


def test_files_that_are_read_twice_are_told_twice_and_files_without_a_size_by_their_number(window):
    terminal = window(80)
    bar = terminal.bar(2, "en")
    for number in (1, 2, 1):
        terminal.now += 2
        bar(done(number, 2, size=0, all_size=0))
    assert terminal.lines()[-1].startswith("1/2 files, 1,000 rows, 167 a second, 0:06 left")


def test_the_line_is_taken_away_at_the_end(window):
    terminal = window(60)
    bar = terminal.bar(3, "zh")
    terminal.now += 2
    bar(done(1, 3))
    bar.close()
    bar.close()
    terminal.stream.write("here")
    terminal.stream.flush()
    assert terminal.lines()[-1] == "here"


def test_the_library_is_loaded_by_a_run_of_more_than_a_second_alone(tmp_path):
    code = (
        "import sys; from xfstats.cli import progress; now = [0.0]; progress._columns = lambda _: 80\n"
        "bar = progress.ProgressBar(2, 'en', sys.stderr, lambda: now[0]); bar(None)\n"
        "before = 'multiprocessing' in sys.modules; print('tqdm' in sys.modules)\n"
        "now[0] = 1.5; bar(None); print('tqdm' in sys.modules, ('multiprocessing' in sys.modules) == before, bar._bar.monitor)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "False\nTrue True None\n"


def test_a_run_whose_stderr_is_no_terminal_shows_nothing(tmp_path):
    for number in range(5):
        text_file(tmp_path, LOG.replace("2024-5", f"2024-{number + 1}"), f"接访{number}.csv")
    assert run_text("summarize", tmp_path, "--lang", "en").stderr.splitlines() == []


def test_records_for_a_scheduler_tell_each_file(tmp_path):
    for number in range(3):
        text_file(tmp_path, LOG.replace("2024-5", f"2024-{number + 1}"), f"接访{number}.csv")
    told = run_text("summarize", tmp_path, "-v", "--log-format", "json", "--lang", "en").stderr.splitlines()
    records = [one for one in map(json.loads, told) if one["code"] == "progress"]
    assert [one["message"] for one in records] == ["reading 1/3", "reading 2/3", "reading 3/3"]
    assert [one["position"] for one in records] == [{"file": f"接访{number}.csv"} for number in range(3)]
    assert [[one["figures"][key] for key in ("done", "total", "rows", "all_rows")] for one in records] == [
        [1, 3, 2, 2],
        [2, 3, 2, 4],
        [3, 3, 2, 6],
    ]
    assert all(one["figures"].keys() >= {"seconds", "all_seconds"} for one in records)
    assert not [one for one in run_text("summarize", tmp_path, "--log-format", "json").stderr.splitlines() if "progress" in one]
    assert run_text("summarize", tmp_path, "-v", "-q", "--log-format", "json").stderr == ""


def test_a_record_has_the_seconds_of_the_file_and_of_the_run(capsys):
    now = [10.0]
    records = ProgressRecords("zh", lambda: now[0])
    records(None)
    now[0] = 12.5
    records(done(1, 2))
    assert capsys.readouterr().err == "已读入 1/2\n"


def test_a_dumb_terminal_shows_nothing(monkeypatch):
    from xfstats.cli import terminal

    class Tty:
        def isatty(self):
            return True

    monkeypatch.setattr(terminal.sys, "stderr", Tty())
    monkeypatch.setenv("TERM", "dumb")
    assert not terminal.shows_progress()
    monkeypatch.setenv("TERM", "xterm")
    assert terminal.shows_progress()
