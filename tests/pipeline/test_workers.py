"""Workers serve many files: what becomes of one costs its file alone, and none is left behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from tests.logs import AS_OF
from xfstats.config.plan import Plan
from xfstats.errors import XfstatsError
from xfstats.model import Source
from xfstats.pipeline import processes, worker_process
from xfstats.pipeline.processes import Pool
from xfstats.pipeline.worker_process import WorkerProcess, early_worker, take_early

FAKE = partial(WorkerProcess, command=[sys.executable, "-m", "tests.fake_worker"])
PLAN = Plan(as_of=AS_OF, profile={})


def outcomes(*names: str, jobs: int = 1, **given):
    """What comes of files whose names say how the worker ends: the process that read them, or the code."""
    with Pool(jobs, FAKE, **given) as pool:
        done = pool.tally_files([Source("-", name) for name in names], PLAN)
    return [one.code if isinstance(one, XfstatsError) else one.sha256 for one in done]


def alive(pid: str) -> bool:
    """Whether a process is there, and not only its entry."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_serves_one_file_after_another():
    assert len(set(outcomes("a", "b", "c"))) == 1


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("killed", "E320"),
        ("aborted", "E320"),
        ("exit", "E320"),
        ("half", "E320"),
        ("out of time", "E304"),
        ("no message", "E320"),
        ("a list", "E320"),
        ("nothing", "E320"),
        ("no tally", "E320"),
        ("deep", "E320"),
        ("no such code", "E320"),
        ("of another", "E320"),
        ("endless", "E320"),
        ("bug", "E701"),
    ],
)
def test_a_worker_that_ends_or_answers_badly_costs_its_file_and_no_other(ending, code):
    before, bad, after = outcomes("before", ending, "after")
    assert bad == code
    assert before.isdecimal()
    assert after.isdecimal()
    assert before != after


def test_a_worker_that_hangs_costs_its_file_and_no_other(tmp_path, monkeypatch):
    mark = tmp_path / "hangs"

    def finished(thread, seconds):
        assert seconds == 300
        while thread.is_alive() and not mark.exists():
            thread.join(0.01)
        return not thread.is_alive()

    monkeypatch.setattr(worker_process, "finished", finished)
    with Pool(1, FAKE) as pool:
        before, bad = pool.tally_files([Source("-", "before"), Source(str(mark), "hangs")], PLAN)
        mark.unlink()
        after = pool.tally_files([Source("-", "after")], PLAN)[0]
    assert (bad.code, bad.values["limit"]) == ("E304", "seconds")
    assert before.sha256 != after.sha256
    assert not alive(before.sha256)


def test_a_thread_is_waited_for_no_longer_than_it_may_take():
    held = threading.Event()
    thread = threading.Thread(target=held.wait, daemon=True)
    thread.start()
    assert not worker_process.finished(thread, 0)
    held.set()
    assert worker_process.finished(thread, 60)


def test_a_worker_is_renewed_after_some_files_and_where_it_says_that_it_is_worn(monkeypatch):
    monkeypatch.setattr(processes, "FILES", 3)
    first = outcomes(*"abcdefg")
    assert [first.count(pid) for pid in dict.fromkeys(first)] == [3, 3, 1]
    one, worn, other = outcomes("a", "worn", "b")
    assert one == worn != other


def test_files_are_read_by_as_many_workers_as_wanted_and_keep_their_order():
    names = [f"{number}" for number in range(30)]
    told = []
    with Pool(3, FAKE, lambda one: told.append((one.done, one.total)) if one else None) as pool:
        done = pool.tally_files([Source("-", name) for name in names], PLAN)
    assert [one.name for one in done] == names
    assert told == [(number, 30) for number in range(1, 31)]
    assert 1 <= len({one.sha256 for one in done}) <= 3


def test_all_workers_of_a_run_hash_alike_the_early_one_too():
    with Pool(2, FAKE) as pool:
        plain = pool.tally_files([Source("-", name) for name in ("a", "worn", "b", "worn")], PLAN)
    assert len({one.format for one in plain}) == 1
    with Pool(2, FAKE) as pool:
        assert pool.tally_files([Source("-", "a")], PLAN)[0].format != plain[0].format


def test_the_worker_that_was_started_early_is_the_first_one(monkeypatch):
    monkeypatch.setattr(worker_process, "WorkerProcess", FAKE)
    with early_worker():
        early = worker_process._EARLY[0]
        with Pool(1, FAKE) as pool:
            done = pool.tally_files([Source("-", "a"), Source("-", "exit"), Source("-", "b")], PLAN)
        assert take_early() is None
    assert done[0].sha256 == str(early._process.pid)
    assert done[2].sha256 != done[0].sha256
    assert done[0].format == done[2].format == early.seed


def test_an_early_worker_that_nobody_needed_is_ended(monkeypatch):
    monkeypatch.setattr(worker_process, "WorkerProcess", FAKE)
    with early_worker():
        early = worker_process._EARLY[0]
        assert early.running
    assert not early.running
    assert set() == worker_process._RUNNING


def test_where_no_process_can_be_started_early_the_run_goes_on(monkeypatch):
    def none(_seed):
        raise BlockingIOError

    monkeypatch.setattr(worker_process, "WorkerProcess", none)
    with early_worker():
        assert take_early() is None
    with pytest.raises(BlockingIOError), Pool(1, none) as pool:
        pool.tally_files([Source("-", "a")], PLAN)


def test_a_worker_that_died_while_it_waited_costs_no_file():
    with Pool(1, FAKE) as pool:
        first = pool.tally_files([Source("-", "a")], PLAN)[0]
        os.kill(int(first.sha256), 9)
        (worker,) = pool._workers
        worker._process.wait()
        assert pool.tally_files([Source("-", "b")], PLAN)[0].name == "b"


def test_no_worker_is_left_after_the_end_and_after_an_error():
    assert not any(map(alive, outcomes("a", "b", "c", jobs=2)))
    seen = []

    def interrupted(_):
        seen.extend(str(worker._process.pid) for worker in worker_process._RUNNING)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outcomes("a", "b", *"cdefgh", jobs=2, progress=interrupted)
    assert seen
    assert not any(map(alive, seen))
    assert set() == worker_process._RUNNING


def children(pid: int) -> list[str]:
    """The processes that a process started, on all of its threads."""
    return [child for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_no_worker(sent):
    """The run waits for a log that is never written to its end, so that its worker is there when the signal comes."""
    command = [sys.executable, "-m", "xfstats", "summarize", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        while not (started := children(run.pid)):
            assert run.poll() is None
        watched = [os.pidfd_open(int(child)) for child in started]
        run.send_signal(sent)
        said = run.communicate()
    assert (run.returncode, *said) == (-sent, b"", b"")
    for one in watched:
        assert select.select([one], [], [], 60)[0]
        os.close(one)
