"""The same bytes, or one line why not, wherever the program runs."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

LOG = str(Path(__file__).parents[2] / "sample_data" / "messy" / "2024年石桥县接访.xlsx")
WORDS = ["-m", "xfstats", "summarize", LOG, "--as-of", "2026-11-02", "--lang", "zh", "-q"]
BARE = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}


def run(words=WORDS, cwd=None, **env):
    return subprocess.run(
        [sys.executable, *words], capture_output=True, check=False, cwd=cwd, env={**BARE, **env}, stdin=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def usual():
    done = run()
    assert done.returncode == 0
    assert "合计".encode() in done.stdout
    return done.stdout


ZONES = ["UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu", "No/Where"]


SURROUNDINGS = [{"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "tr_TR.UTF-8"}, {"HOME": "/none"}, {"TERM": "dumb"}, {}]


@pytest.mark.parametrize(("seed", "zone", "env"), [*zip(range(len(ZONES)), ZONES, SURROUNDINGS, strict=True)])
def test_hash_seed_time_zone_locale_and_home_change_nothing(usual, seed, zone, env):
    assert run(PYTHONHASHSEED=str(seed), TZ=zone, **env).stdout == usual


def test_a_gbk_console_gets_gbk(usual):
    assert run(PYTHONUTF8="0", PYTHONIOENCODING="gbk").stdout.decode("gbk") == usual.decode()


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_a_console_that_cannot_hold_chinese_gets_one_line(encoding):
    done = run(PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stdout) == (4, b"")
    assert b"[E408]" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_output_ignores_window_and_locale(tmp_path):
    made = []
    for number, env in enumerate(({"COLUMNS": "20"}, {"COLUMNS": "200", "LC_ALL": "C"})):
        target = tmp_path / f"{number}.txt"
        assert run([*WORDS, "-o", str(target)], **env).returncode == 0
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_a_working_folder_that_is_gone_is_no_failure(usual, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    words = ["xfstats", *WORDS[2:]]
    code = f"import os, sys, runpy; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); sys.argv = {words!r}; "
    code += "runpy.run_module('xfstats', run_name='__main__')"
    done = run(["-c", code])
    assert (done.returncode, done.stdout) == (0, usual) or (done.returncode in {3, 4} and len(done.stderr.splitlines()) == 1), (
        done.stderr
    )


def test_what_is_piped_does_not_depend_on_the_window(usual):
    assert run(COLUMNS="20").stdout == run(COLUMNS="300").stdout == usual


@pytest.mark.parametrize(("stdin", "code"), [("<&-", "E301"), ("0>/dev/null", "E314")])
def test_a_stdin_that_cannot_be_read_is_said(stdin, code):
    command = f"{shlex.quote(sys.executable)} -m xfstats summarize - {stdin}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"})
    assert (done.returncode, done.stdout) == (3, b"")
    assert re.fullmatch(rf'xfstats: "-": [^\n]+ \[{code}\]\n', done.stderr.decode())
