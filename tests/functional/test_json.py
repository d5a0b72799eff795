"""All JSON that commands print obeys the schema of its command, and tells why a run ended with 1; so do lines of messages."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.json_outputs import valid
from tests.logs import book
from tests.program import run, run_text
from tests.visits import HEADER, rows
from xfstats.render.json_schemas import SCHEMAS, json_schema

DAY = ("--as-of", "2026-11-02")
LOG = """
接访日期 接访级别 来访人数 办理状态
2026-10-3 市级 2 已办结
2026-10-9 市级 3 办理中
2026-10-9 县级 3 已办结
2026-10-9 . 1 办理中
2026-9-9 县级 1 办理中
"""
CASES = """
案件编号 登记日期 办理期限 办结日期 责任单位 办理状态
1 2026-9-1 2026-11-1 2026-9-11 甲局 已办结
2 2026-9-1 2026-11-1 . 甲局 办理中
3 2026-9-5 2026-11-5 . 乙局 办理中
"""
RUNS = [
    ("summarize", "接访.xlsx"),
    ("summarize", "接访.xlsx", "--by", "level", "--rank", "visits", "--top", "1"),
    ("summarize", "接访.xlsx", "--period", "2026-10", "--compare", "prev,yoy", "--fail-if", "visits.prev > 1%"),
    ("summarize", "接访.xlsx", "--cross", "level", "--by", "month", "--fail-if", "closure_rate[*] < 90%"),
    ("summarize", "接访.xlsx", "--public", "--fail-if", "closure_rate < 90%"),
    ("summarize", "接访.xlsx", "bad.xlsx", "--skip-bad-files", "--strict"),
    ("summarize", "案件.xlsx", "接访.xlsx", "--preset", "petition"),
    ("summarize", "案件.xlsx", "-m", "cases,median_days,on_time_rate,overdue", "--by", "unit"),
    ("deadlines", "案件.xlsx", "--by", "unit"),
    ("inspect", "接访.xlsx", "案件.xlsx"),
    ("inspect", "接访.xlsx", "bad.xlsx", "--skip-bad-files", "--fail-if", "visits > 1"),
    ("explain", "closure_rate[县级]", "接访.xlsx"),
    ("explain", "visits.prev", "接访.xlsx", "--period", "2026-10", "--compare", "prev"),
    ("explain", "visits[市级]", "接访.xlsx", "--cross", "weekday"),
    ("explain", "median_days", "案件.xlsx"),
    ("verify", "报告.txt", "接访.xlsx"),
    ("verify", "错.txt", "接访.xlsx"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("json")
    book(path, LOG, "接访.xlsx")
    book(path, CASES, "案件.xlsx")
    (path / "bad.xlsx").write_bytes(b"PK\x03\x04")
    run_text("report", "接访.xlsx", *DAY, "-o", "报告.txt", cwd=path)
    text = (path / "报告.txt").read_text("utf-8")
    (path / "错.txt").write_text(text.replace("5批", "6批").replace("10人次", "11人次"), "utf-8")
    assert (path / "错.txt").read_text("utf-8") != text
    return path


def printed(folder, *words):
    done = run(*words, *DAY, "-f", "json", "--lang", "zh", cwd=folder)
    assert done.returncode in {0, 1}, done.stderr.decode()
    plain = valid(json.loads(done.stdout), words[0])
    assert bool(plain["attention"]) == bool(done.returncode), "the reasons of an exit code stand in the JSON"
    return plain


@pytest.mark.parametrize("words", RUNS, ids=" ".join)
def test_what_a_command_prints_obeys_its_schema(folder, words):
    printed(folder, *words)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_complete_in_itself(name):
    plain = json.loads(json_schema(name))
    jsonschema.Draft202012Validator.check_schema(plain)
    assert plain["$id"] == f"urn:xfstats:schema:{name}:1"
    text = json.dumps(plain)
    assert {ref for ref in plain.get("$defs", {}) if f"#/$defs/{ref}" not in text} == set()
    done = run_text("schema", name)
    assert (json.loads(done.stdout), done.stderr) == (plain, "")


def test_the_schema_of_no_name_is_that_of_summarize_and_an_unknown_name_is_refused():
    assert json.loads(run_text("schema").stdout) == json.loads(json_schema("summarize"))
    assert "inspect" in run_text("schema", "inspct", code=2, LANG="en").stderr


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_refuses_what_is_none(name):
    with pytest.raises(jsonschema.ValidationError):
        valid({}, name)


def test_conditions_are_listed_with_value_bound_and_distance(folder):
    plain = printed(folder, "summarize", "接访.xlsx", "--fail-if", "closure_rate[*] < 60%")
    judged = {one["figure"]: one for one in plain["gates"]}
    assert set(judged) == {"closure_rate[市级]", "closure_rate[县级]", 'closure_rate[""]'}
    assert judged["closure_rate[市级]"] == {
        "condition": "closure_rate[*] < 60%",
        "log": "visits",
        "ledger": "receptions",
        "measure": "closure_rate",
        "group": {"level": "市级"},
        "figure": "closure_rate[市级]",
        "value": {"numerator": 1, "denominator": 2, "value": 0.5},
        "bound": 0.6,
        "distance": 1,
        "failed": True,
    }
    passed = printed(folder, "summarize", "接访.xlsx", "--fail-if", "visits > 100")["gates"]
    assert [(one["value"], one["failed"], one["distance"]) for one in passed] == [(5, False, None)]
    change = printed(
        folder, "summarize", "接访.xlsx", "--period", "2026-10", "--compare", "prev", "--fail-if", "visits.prev > 5%"
    )
    assert [(one["window"], one["value"], one["bound"], one["failed"]) for one in change["gates"]] == [("prev", 3.0, 0.05, True)]


def test_a_condition_tells_no_distance_in_public(tmp_path):
    log = book(tmp_path, f"{HEADER}\n" + "".join(" ".join(map(str, row)) + "\n" for row in rows(3)))
    done = run("summarize", log, "--public", "--fail-if", "closure_rate < 99%", *DAY, "-f", "json")
    (judged,) = valid(json.loads(done.stdout), "summarize")["gates"]
    assert (judged["failed"], judged["distance"]) == (True, None)


def test_a_file_that_was_skipped_is_named_with_its_code(folder):
    plain = printed(folder, "summarize", "接访.xlsx", "bad.xlsx", "--skip-bad-files")
    assert plain["not_read"] == [{"file": "bad.xlsx", "sheet": None, "why": "skipped", "code": "E303"}]
    assert [one["code"] for one in plain["attention"]] == ["skipped"]
    assert printed(folder, "inspect", "接访.xlsx", "bad.xlsx", "--skip-bad-files")["skipped"] == plain["not_read"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("summarize", "接访.xlsx", "--fail-if", "visits > 1"), ["gate"]),
        (("summarize", "接访.xlsx", "bad.xlsx", "--skip-bad-files", "--strict"), ["strict", "skipped"]),
        (("inspect", "接访.xlsx", "--fail-if", "visits > 1"), ["gate"]),
        (("verify", "错.txt", "接访.xlsx"), ["different"]),
    ],
)
def test_reasons_have_codes_in_json_and_on_stderr(folder, words, codes):
    assert [one["code"] for one in printed(folder, *words)["attention"]] == codes
    done = run(*words, *DAY, "--log-format", "json", cwd=folder)
    said = [valid(json.loads(line), "log") for line in done.stderr.decode().splitlines()]
    warned = [one for one in said if one["level"] == "warning"]
    assert [one["code"] for one in warned] == codes
    assert all(one["figures"] for one in warned)


def test_notes_and_errors_on_stderr_have_codes_and_figures(folder, tmp_path):
    words = ("summarize", "接访.xlsx", *DAY, "--log-format", "json")
    done = run(*words, "-o", tmp_path / "a.csv", "-v", cwd=folder)
    said = [valid(json.loads(line), "log") for line in done.stderr.decode().splitlines()]
    assert {one["code"] for one in said} == {"progress", "run", "written"}
    assert {"path": "a.csv"} in [one.get("figures") for one in said]
    done = run("summarize", "没有.xlsx", "bad.xlsx", *words[2:], cwd=folder)
    said = [valid(json.loads(line), "log") for line in done.stderr.decode().splitlines()]
    assert {(one["code"], one["position"]["file"]) for one in said} == {("E301", "没有.xlsx"), ("E303", "bad.xlsx")}
    assert {one["exit_code"] for one in said} == {3}
    done = run("summarize", "接访.xlsx", "--by", "unti", *words[2:], cwd=folder)
    (said,) = [valid(json.loads(line), "log") for line in done.stderr.decode().splitlines()]
    assert said["figures"]["value"] == "unti"
