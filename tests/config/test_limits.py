"""Every limit has a name, says it when it is hit, and can be raised; a file that changes under the reader is noticed."""

from __future__ import annotations

import os
import zipfile

import pytest

from tests.logs import AS_OF
from tests.writers import Sheet, write
from xfstats.config.limits import LIMITS, MAX_LIMITS
from xfstats.config.parse import parse_plan
from xfstats.config.plan import Plan
from xfstats.config.profile import load_profile
from xfstats.errors import InputFault, UsageFault, XfstatsError
from xfstats.model import Position, Source
from xfstats.pipeline import processes, worker_loop
from xfstats.pipeline.worker import tally_file

ROWS = [["接访日期", "接访级别", "来访人数"], ["2024-1-2", "市级", 1], ["2024-1-3", "县级", 2]]
OF = {"csv_field": "csv", "csv_line": "csv", "repeats": "ods"}


def answer(path, **limits):
    plan = Plan(as_of=AS_OF, profile=load_profile(None).words, limits=limits)
    return processes.tally_files([Source(str(path), path.name)], plan)[0]


def log(folder, fmt):
    path = folder / f"接访.{fmt}"
    long = [*ROWS, ["2024-1-4", "长" * 600_000, 1]] if fmt == "xlsx" else ROWS
    write(path, [Sheet("登记", long)], fmt)
    return repeated(path) if fmt == "ods" else path


def repeated(path):
    """The same log with its last row said to stand in twelve rows."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    head, tag, last = parts["content.xml"].rpartition(b"<table:table-row")
    parts["content.xml"] = head + tag + b' table:number-rows-repeated="12"' + last
    with zipfile.ZipFile(path, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return path


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_that_is_hit_is_named(tmp_path, name):
    low = {name: LIMITS[name] if name == "cell_bytes" else 0}
    got = answer(log(tmp_path, OF.get(name, "xlsx")), **({"cell_bytes": 9_000_000} | low))
    assert isinstance(got, XfstatsError)
    if name != "memory_mib":  # with no memory at all Python itself cannot start: the worker's death is explained
        assert (got.code, got.values["limit"]) == ("E304", name)


def test_a_limit_that_is_raised_lets_the_file_through(tmp_path):
    path = log(tmp_path, "xlsx")
    assert answer(path).values["limit"] == "cell_bytes"
    assert not isinstance(answer(path, cell_bytes=4_000_000), XfstatsError)


def test_the_message_says_how_to_raise_it(tmp_path):
    fault = answer(log(tmp_path, "csv"), rows=1)
    assert (
        fault.sentence("en")
        == '"接访.csv": over the limit rows (1); if the file is right, raise it with --limit rows=NUMBER [E304]'
    )
    assert fault.sentence("zh") == '"接访.csv": 超过上限 rows（1）；确认文件无误后可用 --limit rows=更大的数 [E304]'


def test_what_an_ods_repeats_can_be_raised_as_the_message_says(tmp_path):
    got = answer(log(tmp_path, "ods"), repeats=10)
    assert "--limit repeats=NUMBER" in got.sentence("en")
    assert answer(log(tmp_path, "ods"), repeats=12).sheets[0].counted == 13


@pytest.mark.parametrize("name", LIMITS)
def test_a_number_that_no_machine_has_is_a_usage_error_that_names_the_range(name):
    for number in (MAX_LIMITS[name] + 1, 10**30):
        with pytest.raises(UsageFault) as caught:
            parse_plan({"limits": [f"{name}={number}"]}, load_profile(None))
        assert caught.value.code == "E288"
        assert str(MAX_LIMITS[name]) in caught.value.sentence("en")
    assert parse_plan({"limits": [f"{name}={MAX_LIMITS[name]}"]}, load_profile(None)).limits == {name: MAX_LIMITS[name]}


@pytest.mark.parametrize("name", ["seconds", "memory_mib"])
def test_the_highest_that_may_be_named_can_be_set(tmp_path, name):
    assert [sheet.rows for sheet in answer(log(tmp_path, "csv"), **{name: MAX_LIMITS[name]}).sheets] == [2]


@pytest.mark.parametrize(("code", "named"), [(-6, True), (-9, True), (-11, False), (1, False)])
def test_a_worker_that_ended_as_for_lack_of_memory_names_the_limit(code, named):
    plan = Plan(as_of=AS_OF, profile={}, limits={"memory_mib": 77})
    assert ("memory_mib=77" in processes._unanswered(code, Position("x"), plan).sentence("en")) is named


def test_a_worker_ends_with_the_process_that_started_it(monkeypatch):
    parents = iter([5, 5, 1])
    ended = []
    monkeypatch.setattr(worker_loop.os, "getppid", lambda: next(parents))
    monkeypatch.setattr(worker_loop.os, "_exit", ended.append)
    monkeypatch.setattr(worker_loop.time, "sleep", lambda _: None)
    worker_loop._watch(5)
    assert ended == [1]


def test_a_limit_of_no_such_name_is_a_usage_error():
    with pytest.raises(UsageFault) as caught:
        parse_plan({"limits": ["memory=4"]}, load_profile(None))
    assert "memory_mib" in caught.value.sentence("en")


@pytest.mark.parametrize("change", ["grows", "is saved again"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch, change):
    path = log(tmp_path, "csv")
    looks, fstat = [], os.fstat

    def changing(handle):
        if looks and change == "grows":
            with path.open("ab") as file:
                file.write(b"2024-1-5,\n")
        elif looks:
            os.utime(path, ns=(1, 1))
        looks.append(handle)
        return fstat(handle)

    monkeypatch.setattr(os, "fstat", changing)
    with pytest.raises(InputFault) as caught:
        tally_file(Source(str(path), path.name), Plan(as_of=AS_OF, profile=load_profile(None).words))
    assert caught.value.code == "E308"
