"""Folders that the user may not look into are refused, never passed over: asked by a child that gave up root."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.logs import AS_OF, here
from xfstats.config.plan import Plan
from xfstats.config.profile import load_profile
from xfstats.config.sources import find_sources
from xfstats.errors import XfstatsError

NOBODY = 65534
LOG = "接访日期,接访级别,来访人数,办理状态\n2024-05-01,市级,2,已办结\n"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no users of this kind")


@pytest.fixture
def year():
    """A folder that everybody may look into, unlike those of the tests, with a log, a subfolder and another log in there."""
    top = Path(tempfile.mkdtemp(prefix="year-"))
    top.chmod(0o755)
    for path in (top / "a.csv", top / "sub" / "deep" / "b.csv"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LOG, "utf-8")
    yield top
    for folder in (top / "sub", top / "sub" / "deep"):
        folder.chmod(0o755)
    shutil.rmtree(top)


def outcome(typed, *, recursive):
    """What becomes of each input: rows that are counted, or the code, the exit code and the name of what is refused."""
    sources = find_sources([str(typed)], recursive=recursive).sources
    plan = Plan(AS_OF, profile=load_profile(None).words)
    return [
        [one.code, one.exit_code, one.position.file] if isinstance(one, XfstatsError) else sum(s.counted for s in one.sheets)
        for one in here(sources, plan)
    ]


def as_nobody(do):
    """The same done in a child without root's rights, as JSON; what it imports is loaded before."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            said = do()
        except BaseException as error:  # noqa: BLE001 - the test looks for it
            said = repr(error)
        os.write(tell, json.dumps(said).encode())
        os._exit(0)
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said)


WAYS = [
    ("sub", 0o000, "", True, [1, ["E315", 3, "sub"]]),
    ("sub/deep", 0o000, "", True, [1, ["E315", 3, "deep"]]),
    ("sub/deep", 0o444, "", True, [1, ["E315", 3, "b.csv"]]),
    ("sub/deep", 0o311, "", True, [1, ["E315", 3, "deep"]]),
    ("sub", 0o000, "sub", False, [["E315", 3, "sub"]]),
    ("sub", 0o000, "sub", True, [["E315", 3, "sub"]]),
    ("sub", 0o000, "sub/deep", False, [["E315", 3, "deep"]]),
    ("sub", 0o000, "", False, [1]),
    ("sub", 0o755, "", True, [1, 1]),
]


@pytest.mark.parametrize(("closed", "mode", "typed", "recursive", "told"), WAYS)
def test_a_folder_that_may_not_be_looked_into_is_refused(year, closed, mode, typed, recursive, told):
    assert outcome(year, recursive=True) == [1, 1]
    (year / closed).chmod(mode)
    assert as_nobody(lambda: outcome(year / typed, recursive=recursive)) == told
