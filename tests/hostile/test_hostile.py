"""Every hostile file ends as the design says, whichever way it would go wrong."""

from __future__ import annotations

import pytest

from .judge import faults, forked, start
from .kinds import KINDS, ROOMS


@pytest.mark.parametrize("name", KINDS)
def test_a_hostile_file_ends_as_the_design_says(tmp_path, forks, name):
    kind = KINDS[name]
    assert faults(kind, forks.submit(forked, kind.make(tmp_path)).result()) == []


@pytest.mark.parametrize("name", [room.KINDS[len(room.KINDS) // 2].name for room in ROOMS])
def test_so_it_does_in_processes_that_are_started_and_not_forked(tmp_path, name):
    kind = KINDS[name]
    assert faults(kind, start(kind.make(tmp_path))) == []


def test_the_set_is_large_and_has_both_ends():
    outcomes = {type(outcome).__name__ for kind in KINDS.values() for outcome in kind.expected}
    assert len(KINDS) >= 70
    assert outcomes == {"Read", "Refused"}
