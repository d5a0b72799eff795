"""The benchmarks run, on logs of a few rows, and refuse to compare what was counted differently; nothing is timed here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"
pytestmark = pytest.mark.usefixtures("unmeasured")


def run(*words):
    return subprocess.run([sys.executable, *words], cwd=FOLDER, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("script", "works"), [(["one_log.py", "csv"], 2), (["stages.py"], 2), (["reading_xlsx.py"], 1)])
def test_a_benchmark_prints_a_row_for_each_work(script, works):
    done = run(*script, "--rows", "60", "--pairs", "1")
    assert done.returncode == 0, done.stderr
    table = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert len(table) == 2 + works
    assert "pandas" in done.stdout.splitlines()[-1]


def test_long_parquet_logs_are_counted_as_by_other_programs():
    done = run("long_parquet.py", "--rows", "60", "70", "--pairs", "1")
    assert done.returncode == 0, done.stderr
    assert len([line for line in done.stdout.splitlines() if line.startswith("|")]) == 2 + 2 * 8


def test_what_was_counted_differently_is_not_compared():
    code = (
        "import sys; from pairing import Contender, in_turn\n"
        "in_turn([Contender(name, [sys.executable, '-c', f'print({name})']) for name in '12'], 1)"
    )
    done = run("-c", code)
    assert done.returncode == 1
    assert "counted differently" in done.stderr


def test_a_contender_that_fails_ends_the_run():
    code = "import sys; from pairing import Contender, run; run(Contender('x', [sys.executable, '-c', 'raise KeyError']))"
    assert "x: exit 1" in run("-c", code).stderr
