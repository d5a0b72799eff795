"""What chance does to good files and to running writers; `make fuzz` does more of it."""

from __future__ import annotations

import pytest

from .canaries import main as canaries
from .kills import kills
from .mutants import main as mutants
from .signals import signals

pytestmark = pytest.mark.usefixtures("unmeasured")


def test_five_hundred_mutants_end_in_one_line_or_a_table(capsys):
    assert mutants(["--count", "500", "--seed", "1"]) == 0, capsys.readouterr().out


def test_killed_writers_leave_the_old_file_or_the_new_one():
    torn, temporary = kills(60, 1)
    assert torn == 0
    assert temporary <= 1


def test_a_signal_at_any_moment_leaves_a_whole_file_and_no_process():
    assert signals(60, 1) == []


def test_a_person_in_hostile_files_is_in_nothing_that_any_command_leaves(capsys):
    assert canaries([]) == 0, capsys.readouterr().out
