"""Whole runs: exit code, stdout, stderr; in processes of their own where the process is what is tested."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.logs import book
from tests.program import run, started

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"
LOG = "序号 接访日期 接访级别 来访人数 办理状态\n1 2024-1-2 市级 1 已办结\n2 2024-1-3 县级 2 办理中\n"


def test_a_good_log_is_a_table_on_stdout_and_silence_with_q(tmp_path):
    done = run("summarize", book(tmp_path, LOG), "-q", "--as-of", "2026-11-02")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "│ 合计   │      2 │" in done.stdout.decode()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["summarize"], 2, "FILE is missing"),
        (["summarise"], 2, "summarize"),
        (["summarize", "{log}", "--by", "levle"], 2, "did you mean level?"),
        (["summarize", "{log}", "--by", "person"], 2, "E204"),
        (["summarize", "{log}", "--measure", "closed_rate"], 2, "closure_rate"),
        (["summarize", "{log}", "--period", "2024-13"], 2, "2026-Q3"),
        (["summarize", "{log}", "--map-status", "甩锅=close"], 2, "did you mean closed?"),
        (["summarize", "{log}", "-o", "{log}"], 2, "E202"),
        (["summarize", "{log}", "-f", "xlsx"], 2, "-o NAME.xlsx"),
        (["summarize", "none.xlsx"], 3, "E301"),
        (["summarize", "{log}", "--by", "region"], 3, "--map region=HEADER"),
        (["summarize", "{log}", "-o", "/nowhere/x.csv"], 4, "E405"),
        (["summarize", "{log}", "-f", "csv", "-o", "{folder}"], 4, "E406"),
    ],
)
def test_every_failure_is_one_line_with_its_exit_code_and_no_table(tmp_path, words, code, says):
    log = book(tmp_path, LOG)
    done = run(*(word.format(log=log, folder=tmp_path) if "{" in word else word for word in words))
    lines = done.stderr.decode().strip().splitlines()
    assert done.returncode == code
    assert done.stdout == b""
    assert says in done.stderr.decode()
    assert len(lines) == 1


def test_several_inputs_are_all_or_nothing_unless_bad_ones_are_skipped(tmp_path):
    log = book(tmp_path, LOG)
    bad, worse = tmp_path / "bad.xlsx", tmp_path / "worse.xlsx"
    bad.write_bytes(b"PK\x03\x04")
    worse.write_bytes(b"%PDF")
    done = run("summarize", log, bad, worse)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (3, b"", 2)
    done = run("summarize", log, bad, worse, "--skip-bad-files")
    assert done.returncode == 1
    assert "合计" in done.stdout.decode()
    assert done.stdout.decode().count("W215") == 2


def test_too_many_rejects_and_strict_end_with_1_and_a_whole_table(tmp_path):
    log = book(tmp_path, LOG + "3 2024-2-30 市级 1 办理中\n")
    assert run("summarize", log).returncode == 1
    assert run("summarize", log, "--max-rejected", "1").returncode == 0
    assert run("summarize", log, "--max-rejected", "50%", "--strict").returncode == 1


def test_json_obeys_its_schema_and_reconciles(tmp_path):
    schema = json.loads(run("schema").stdout)
    done = run("summarize", SAMPLES / "city_2021", SAMPLES / "english", "-f", "json")
    plain = json.loads(done.stdout)
    jsonschema.validate(plain, schema)
    sums = plain["reconciliation"]
    assert sums["rows"] == sums["counted"] + sums["rejected"] + sums["skipped"] + sums["outside"]
    assert sum(one["rows"] for one in plain["inputs"]) == sums["rows"]


def test_a_log_from_stdin_is_the_log_from_its_file(tmp_path):
    log = book(tmp_path, LOG)
    options = ["-f", "csv", "--log", "visits"]
    assert started("summarize", "-", *options, stdin=log.read_bytes()).stdout == run("summarize", log, *options).stdout


def test_outputs_take_their_form_from_the_suffix_and_replace_nothing_by_mistake(tmp_path):
    log = book(tmp_path, LOG)
    for suffix in ("csv", "tsv", "json", "jsonl", "md", "html", "xlsx", "txt"):
        target = tmp_path / f"out.{suffix}"
        done = run("summarize", log, "-o", target, "--as-of", "2026-11-02")
        assert (done.returncode, done.stdout) == (0, b"")
        first = target.read_bytes()
        assert run("summarize", log, "-o", target, "--as-of", "2026-11-02", LANG="zh_CN.GBK", COLUMNS="20").returncode == 0
        assert target.read_bytes() == first
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    other = tmp_path / "other.xlsx"
    other.write_bytes(log.read_bytes())
    done = run("summarize", log, "-o", other)
    assert (done.returncode, other.read_bytes()) == (4, log.read_bytes())
    assert run("summarize", log, "-o", other, "--force").returncode == 0


@pytest.mark.parametrize(
    "words", [["summarize"], ["inspect"], ["deadlines", "--preset", "petition"], ["explain", "visits"], ["report"]]
)
def test_every_output_that_is_named_is_written(tmp_path, words):
    log = book(tmp_path, LOG)
    first, second = (tmp_path / name for name in (("a.html", "b.md") if words == ["report"] else ("a.json", "b.txt")))
    options = [] if words == ["report"] else ["-f", "json"]
    both = run(*words, log, "-o", first, "-o", second, *options)
    assert (both.returncode, both.stdout) == (0, b"")
    assert first.read_text("utf-8").startswith("<" if words == ["report"] else "{")
    assert (second.read_text("utf-8") == first.read_text("utf-8")) == (words != ["report"])
    assert run(*words, log, "-o", first, "-o", first).returncode == 2


def test_each_output_has_the_form_of_its_own_suffix(tmp_path):
    log = book(tmp_path, LOG)
    done = run("summarize", log, "-o", tmp_path / "a.csv", "-o", tmp_path / "b.json")
    assert (b"a.csv" in done.stderr, b"b.json" in done.stderr) == (True, True)
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("\ufefflog,")
    assert json.loads((tmp_path / "b.json").read_text("utf-8"))["tables"]


def test_the_name_of_an_output_is_filled_in(tmp_path):
    run("summarize", book(tmp_path, LOG), "-o", tmp_path / "{log}-{as_of}.csv", "--as-of", "2026-11-02")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["visits-2026-11-02.csv", "接访.xlsx"]
    assert (tmp_path / "visits-2026-11-02.csv").read_text("utf-8-sig").startswith("log,row,level,visits,")


def test_dry_run_writes_nothing(tmp_path):
    done = run("summarize", book(tmp_path, LOG), "-o", tmp_path / "x.csv", "-n")
    assert done.returncode == 0
    assert not (tmp_path / "x.csv").exists()


def test_rejects_are_listed_by_position_without_values(tmp_path):
    log = book(tmp_path, LOG + "3 秘密日期 市级 1 办理中\n")
    done = run("summarize", log, "--rejects", tmp_path / "r.csv", "--max-rejected", "9")
    assert done.returncode == 0
    lines = (tmp_path / "r.csv").read_text("utf-8-sig").splitlines()
    assert lines[1] == "接访.xlsx,Sheet1,4,B,received_on,date-text,日期读不懂"
    assert "秘密" not in "".join(lines)


def test_inspect_tells_columns_rejects_and_what_was_not_used(tmp_path):
    log = book(
        tmp_path, "序号 接访日期 接访级别 来访人数 姓名 怪列\n1 2024-2-30 市级 1 来访人甲 x\n2 2024-2-3 市级 1 来访人乙 x\n"
    )
    text = run("inspect", log, "--max-rejected", "9").stdout.decode()
    assert "「Sheet1」!B2" in text
    assert "E 姓名（个人信息）、F 怪列" in text
    assert "来访人甲" not in text
    plain = json.loads(run("inspect", log, "-f", "json").stdout)
    assert plain["files"][0]["sheets"][0]["rejects"] == [
        {"row": 2, "column": "B", "field": "received_on", "reason": "date-range"}
    ]


TABLE = {"tabulate", "wcwidth", "secrets"}
"""What a table on the terminal is printed with; wcwidth imports secrets."""


def test_no_page_and_no_run_imports_what_is_heavy(tmp_path):
    code = (
        "import sys; sys.argv = ['xfstats', *sys.argv[1:]]\n"
        "from xfstats.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'python_calamine', 'asyncio', 'concurrent.futures', 'xml.etree.ElementTree'}\n"
        "heavy |= {'distributed', 'dask', 'tornado', 'fsspec', 'http.client', 'urllib.request'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    path = str(book(tmp_path, LOG))
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # coverage has imports of its own
    pages, printing = (
        {"click", "zipfile", "tempfile", "dataclasses"},
        {"tabulate", "wcwidth", "openpyxl", "xlsxwriter", "secrets"},
    )
    runs = [(["--help"], pages | printing), (["--version"], pages | printing), (["summarize", path, "-q"], printing - TABLE)]
    runs += [(["summarize", path, "-q", "-f", form], printing) for form in ("json", "csv")]
    for words, unneeded in runs:
        told = f"unneeded = {sorted(unneeded)} and set({sorted(unneeded)}) & set(sys.modules)\nassert not unneeded, unneeded\n"
        done = subprocess.run([sys.executable, "-c", code + told, *words], capture_output=True, check=False, env=bare)
        assert (done.returncode, done.stderr) == (0, b"")


def test_lock_files_are_passed_over_and_the_open_workbook_is_named(tmp_path):
    book(tmp_path, LOG)
    (tmp_path / "~$接访.xlsx").write_bytes(b"x")
    (tmp_path / ".~接访.xlsx").write_bytes(b"x")
    done = run("summarize", tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode().count("W214") == 2


def test_a_profile_beside_the_inputs_is_used_and_said_and_may_not_gate(tmp_path):
    book(tmp_path, LOG)
    profile = tmp_path / "xfstats.toml"
    profile.write_text('schema = 1\noffice = "样例局"\n[status]\nclosed = ["办理中"]\n', "utf-8")
    done = run("summarize", tmp_path)
    assert "xfstats.toml" in done.stderr.decode()
    assert "100.00%" in done.stdout.decode().splitlines()[7]
    profile.write_text("strict = true\n", "utf-8")
    done = run("summarize", tmp_path)
    assert (done.returncode, b"named with -p" in done.stderr) == (2, True)
    assert run("summarize", tmp_path, "-p", profile).returncode == 0
    profile.write_text("[colums]\n", "utf-8")
    assert b"did you mean columns?" in run("summarize", tmp_path).stderr
    assert run("summarize", tmp_path, "--no-profile").returncode == 0


def test_environment_sets_options_too(tmp_path):
    assert run("summarize", book(tmp_path, LOG), "-q", XFSTATS_FORMAT="csv").stdout.decode().splitlines() == [
        "log,row,level,visits,persons,closed,closure_rate",
        "visits,group,市级,1,1,1,1.0",
        "visits,group,县级,1,2,0,0.0",
        "visits,total,,2,3,1,0.5",
    ]


@pytest.mark.parametrize(
    "env", [{"LANG": "C", "LC_ALL": "C"}, {"TZ": "Pacific/Kiritimati"}, {"PYTHONHASHSEED": "7"}, {"COLUMNS": "20"}]
)
def test_the_environment_changes_no_byte_of_json(tmp_path, env):
    log = book(tmp_path, LOG)
    options = ["summarize", log, "-f", "json", "--as-of", "2026-11-02"]
    assert started(*options, **env).stdout == run(*options).stdout


def test_stdout_that_cannot_hold_the_text_or_is_full_or_closed_is_exit_4(tmp_path):
    log = book(tmp_path, LOG)
    done = started("summarize", log, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert (done.returncode, b"E408" in done.stderr) == (4, True)
    command = f'{sys.executable} -m xfstats summarize "{log}" -q'
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, shell=True, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, b"E401" in done.stderr, len(done.stderr.splitlines())) == (4, True, 1)
    done = subprocess.run(f"{command} >&-", shell=True, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, b"E407" in done.stderr) == (4, True)
    done = subprocess.run(
        ["bash", "-c", f"{command} -f jsonl | head -c 0; exit ${{PIPESTATUS[0]}}"], stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_run_as_itself_and_touches_no_output(tmp_path, number):
    target = tmp_path / "out.csv"
    target.write_text("old")
    command = [sys.executable, "-m", "xfstats", "summarize", "-", "-o", str(target), "--force"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdin.write(
            b"2024-1-2,\n" * 100_000
        )  # more than pipes hold: it is written when the program has read, and listens
        process.send_signal(number)
        assert (process.communicate()[1], process.returncode) == (b"", -number)
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert target.read_text() == "old"


def test_the_founding_report_to_the_unit():
    plain = json.loads(run("summarize", SAMPLES / "city_2021", "-f", "json").stdout)
    found = {
        (table["log"], row["group"].get("level") if "group" in row else "合计"): row["figures"]
        for table in plain["tables"]
        for row in [*table["rows"], table["total"]]
    }
    expected = {
        ("visits", "市级领导"): {"visits": 96, "persons": 672},
        ("visits", "县市区党政一把手"): {"visits": 1924, "persons": 6847},
        ("visits", "其他党政班子成员和乡镇领导"): {"visits": 5393, "persons": 23230},
        ("visits", "合计"): {"visits": 7413, "persons": 30749},
        ("cases", "市级领导"): {"cases": 41, "settled": 38},
        ("cases", "县委书记、县长"): {"cases": 77, "closed": 74, "settled": 59},
        ("cases", "合计"): {"cases": 118},
        ("letters", "合计"): {"cases": 83, "resolved": 78},
        ("letters", "市委书记、市长"): {"cases": 29, "resolved": 29},
        ("backlog", "合计"): {"cases": 1056, "resolved": 950},
    }
    for place, figures in expected.items():
        assert {key: found[place][key] for key in figures} == figures, place
