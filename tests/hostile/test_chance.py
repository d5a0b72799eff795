"""What chance does to good files and to running writers; `make fuzz` does more of it."""

from __future__ import annotations

from collections import Counter

import pytest

from .canaries import by_kind, few, hits, paired
from .kills import told
from .kinds import KINDS, ROOMS
from .model import Read
from .mutants import SOME, bad, tried_some
from .signals import LOG, OLD, faults, signals, started
from .warm import SIGNALS, Signal

SEED = 1


@pytest.mark.parametrize("first", range(0, 500, SOME))
def test_five_hundred_mutants_end_in_one_line_or_a_table(forks, first):
    assert bad(forks.submit(tried_some, SEED, first, SOME).result()) == []


def test_a_writer_that_is_killed_before_any_line_leaves_the_old_file_or_the_new_one(forks):
    count, torn, most, last = forks.submit(told).result()
    assert count > 30
    assert (torn, most, last) == (0, 1, 0)


@pytest.mark.parametrize("seed", range(3))
def test_a_signal_at_any_moment_leaves_a_whole_file_and_no_process(forks, seed):
    assert forks.submit(signals, 20, seed).result() == []


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("moment", [0, 500, 1000])
@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_while_a_run_starts_does_so_too(tmp_path, number, moment):
    (tmp_path / "log.csv").write_text(LOG, "utf-8")
    (tmp_path / "out.csv").write_text(OLD, "utf-8")
    sent = Signal(number, moment)
    ended = started(tmp_path, sent)
    assert ended.code == -number
    assert faults(tmp_path, OLD, sent, ended) == []


@pytest.mark.parametrize("room", [room.__name__ for room in ROOMS])
def test_a_person_in_hostile_files_is_in_nothing_that_any_command_leaves(forks, room):
    kinds = {kind.name for one in ROOMS if one.__name__ == room for kind in one.KINDS}
    cases = by_kind([case for case in paired(SEED) if case[0] in kinds])
    assert cases
    found, codes = list[str](), Counter[int]()
    for some, ends in forks.map(hits, cases, cases.values(), [SEED] * len(cases)):
        found += some
        codes += ends
    assert found == []
    readable = sum(any(isinstance(one, Read) for one in KINDS[name].expected) for name in cases)
    assert 2 * readable < len(cases) or not few(codes), codes
