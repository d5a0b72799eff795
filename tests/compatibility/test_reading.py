"""What earlier versions wrote is read by today's program: saved results, reports; and no key of its JSON has gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.program import run, run_text

from .make import COMPARED, DAY, KEPT, LOGS, REPORTS, of_corpus, saved

OPEN = {"columns", "rejected", "skipped", "outside", "group", "where"}
"""Keys under which the log's own words or codes of what happened are keys."""
MOST = 400_000
NO_LONGER_SAID = {"清源市信访局 清源市领导包案化解情况台账（", "解决"}
"""What stands before the numbers that today's report does not say: a year in a title, 29 resolved (all of them, it says now)."""


def paths(plain: object, at: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return where each value of a JSON stands, whatever its place in a list."""
    if isinstance(plain, list):
        return {path for one in plain for path in paths(one, at)}
    if not isinstance(plain, dict) or (at and at[-1] in OPEN):
        return {at}
    return {at}.union(*(paths(value, (*at, key)) for key, value in plain.items()))


def kept_json() -> dict[str, Path]:
    """Return the kept results by their names."""
    return {path.stem: path for path in sorted(KEPT.glob("*.json"))}


def asked(name: str, folder: Path) -> list[str]:
    """Return the log and options that a kept result was made with."""
    if name in COMPARED:
        log, options = COMPARED[name]
        return [str(LOGS[log]), *DAY, *options]
    log = saved(of_corpus()[name], folder) if name.startswith("corpus-") else LOGS[name]
    return [str(log), *DAY, "--max-rejected", "1000"]


def test_what_is_kept_is_small_and_of_every_form():
    files = list(KEPT.iterdir())
    assert sum(path.stat().st_size for path in files) < MOST
    assert {path.suffix for path in files} == {".json", ".csv", *(f".{form}" for form in REPORTS)}


def test_keys_of_the_json_are_only_added(tmp_path):
    before, now = set(), set()
    for name, path in kept_json().items():
        before |= paths(json.loads(path.read_text("utf-8")))
        done = run("summarize", *asked(name, tmp_path), "-f", "json", "-q", cwd=tmp_path)
        assert done.returncode in {0, 1}, done.stderr.decode()
        now |= paths(json.loads(done.stdout))
    assert len(before) > 80
    assert before - now == set()


def test_columns_of_the_csv_are_only_added(tmp_path):
    for name in [*LOGS, *COMPARED]:
        before = (KEPT / f"{name}.csv").read_text("utf-8-sig").partition("\n")[0].split(",")
        done = run("summarize", *asked(name, tmp_path), "-f", "csv", "-q", cwd=tmp_path)
        assert done.returncode in {0, 1}
        now = done.stdout.decode().partition("\n")[0].strip().split(",")
        assert set(map(str.strip, before)) - set(now) == set(), name


@pytest.mark.parametrize("name", kept_json())
def test_a_saved_result_is_compared_with_todays(tmp_path, name):
    done = run_text(
        "summarize", *asked(name, tmp_path), "--against", kept_json()[name], "-f", "json", "-q", cwd=tmp_path, code=None
    )
    assert done.returncode in {0, 1}, done.stderr
    assert "revisions" in json.loads(done.stdout)


@pytest.mark.parametrize("form", REPORTS)
@pytest.mark.parametrize("name", ["city", "visits"])
def test_a_report_is_verified(tmp_path, name, form):
    done = run_text("verify", KEPT / f"report-{name}.{form}", LOGS[name], "-f", "json", cwd=tmp_path, code=None)
    assert done.returncode == 0, done.stderr
    verified = json.loads(done.stdout)
    assert verified["matched"] > 20, verified
    assert verified["different"] == []
    assert verified["version"] == "0.1.0"
    assert {one["before"] for one in verified["unplaced"]} <= NO_LONGER_SAID


def test_the_version_that_wrote_a_report_is_said(tmp_path):
    done = run_text("verify", KEPT / "report-city.md", LOGS["city"], cwd=tmp_path)
    assert "0.1.0" in done.stdout


CHANGED = Path(__file__).parent / "changed"
BY_AREA = ["--by", "region", "-m", "cases,closed,closure_rate,on_time_rate,median_days"]


def against_former(tmp_path, name, *words):
    """What today's program says of a result that 0.1.0 saved: the figures that changed, and the findings by code."""
    done = run("summarize", *words, *DAY, "--against", CHANGED / f"{name}-0.1.0.json", "-f", "json", "-q", cwd=tmp_path)
    given = json.loads(done.stdout)
    changed = {(one["measure"], one["row"], *one["group"].values()): (one["was"], one["now"]) for one in given["revisions"]}
    return changed, [one["message"] for one in given["findings"] if one["code"] in {"W278", "W279"}]


def test_a_result_of_0_1_0_is_compared_but_for_what_was_defined_otherwise(tmp_path):
    changed, told = against_former(tmp_path, "requests", str(CHANGED / "requests.csv"), *BY_AREA)
    assert changed == {}  # 4 cases in all, 2 in South, as before; North and NORTH are one group now
    assert [message.partition("没有与")[0] for message in told[:3]] == ["办理天数中位数", "结案、结案率", "按期办结率"]
    assert len(told) == 4


def test_counties_without_the_column_and_classes_of_leaders_are_not_compared(tmp_path):
    changed, told = against_former(tmp_path, "counties", *map(str, sorted((CHANGED / "counties").glob("*.csv"))))
    assert changed == {}  # 5 batches and 12 persons in all, as before
    assert [message.partition("没有与")[0] for message in told[:1]] == ["结案、结案率、解决、解决率"]
    assert len(told) == 2
