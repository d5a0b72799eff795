"""Every limit has a name, says it when it is hit, and can be raised; a file that changes under the reader is noticed."""

from __future__ import annotations

import os

import pytest

from tests.logs import AS_OF
from tests.writers import Sheet, write
from xfstats.errors import InputFault, UsageFault, XfstatsError
from xfstats.limits import LIMITS
from xfstats.model import Source
from xfstats.plan import Plan
from xfstats.planning import parse_plan
from xfstats.profile import load_profile
from xfstats.run import workers
from xfstats.work import tally_file

ROWS = [["接访日期", "接访级别", "来访人数"], ["2024-1-2", "市级", 1], ["2024-1-3", "县级", 2]]
TEXT_ONLY = {"csv_field", "csv_line"}


def answer(path, **limits):
    plan = Plan(as_of=AS_OF, profile=load_profile(None).words, limits=limits)
    return workers.tally_files([Source(str(path), path.name)], plan)[0]


def log(folder, fmt):
    path = folder / f"接访.{fmt}"
    long = [*ROWS, ["2024-1-4", "长" * 600_000, 1]] if fmt == "xlsx" else ROWS
    write(path, [Sheet("登记", long)], fmt)
    return path


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_that_is_hit_is_named(tmp_path, name):
    low = {name: LIMITS[name] if name == "cell_bytes" else 0}
    got = answer(log(tmp_path, "csv" if name in TEXT_ONLY else "xlsx"), **({"cell_bytes": 9_000_000} | low))
    assert isinstance(got, XfstatsError)
    if name != "memory_mib":  # with no memory at all Python itself cannot start: the worker's death is explained
        assert (got.code, got.values["limit"]) == ("E304", name)


def test_a_limit_that_is_raised_lets_the_file_through(tmp_path):
    path = log(tmp_path, "xlsx")
    assert answer(path).values["limit"] == "cell_bytes"
    assert not isinstance(answer(path, cell_bytes=4_000_000), XfstatsError)


def test_the_message_says_how_to_raise_it(tmp_path):
    assert answer(log(tmp_path, "csv"), rows=1).sentence("en").endswith("raise it with --limit rows=NUMBER [E304]")


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
