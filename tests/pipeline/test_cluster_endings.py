"""Endings of a run on a cluster, each with one line; without a cluster."""

from __future__ import annotations

import socket
import sys
from concurrent.futures import Future
from datetime import date
from types import SimpleNamespace

import pytest

import xfstats
from tests.logs import text_file
from tests.program import run_text
from xfstats.config.plan import Plan
from xfstats.config.profile import load_profile
from xfstats.errors import InputFault, UsageFault
from xfstats.messages import both
from xfstats.model import Source
from xfstats.pipeline import cluster, cluster_task, processes, wire
from xfstats.pipeline.cluster import Cluster
from xfstats.pipeline.cluster_task import FileTask, end_run, tally

LOG = "编号,来访日期,来访人数,单位,接访级别\nA1,2024-05-01,2,North,县级\nA2,2024-05-02,3,South,县级\n"
PLAN = Plan(date(2024, 7, 1), load_profile(None).words)
ADDRESS = "tcp://127.0.0.1:8786"


class Client:
    """A client of a cluster without machines: a task is done here when it is sent, or ends as it is told to."""

    def __init__(self, ending=None, versions=None):
        self.ending, self.workers, self.versions = ending, True, versions or {}
        self.status, self.closed = "running", False

    def submit(self, task, *given, **_):
        """Return the future of a task."""
        future = Future()
        future.status = "finished"
        if task is bytes:
            future.set_result(given[0])
        elif isinstance(self.ending, Exception):
            future.set_exception(self.ending)
        elif self.ending == "cancelled":
            future.status = "cancelled"
            future.set_result(None)
        elif self.ending == "silent":
            self.status = "closed"
        else:
            future.set_result(task(given[0], given[1].result()) if self.ending is None else self.ending)
        return future

    def run(self, task, *given, **_):
        """Return what each worker answers."""
        return {key: one for key, one in self.versions.items() if key != "scheduler"} if task is not end_run else end_run(*given)

    def run_on_scheduler(self, *_):
        """Return what the scheduler answers, or raise it."""
        answer = self.versions.get("scheduler", xfstats.__version__)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def wait_for_workers(self, _count, **_):
        """Wait in vain where there are none."""
        if not self.workers:
            raise TimeoutError("there are none")

    def close(self, **_):
        """Be closed."""
        self.closed = True


def ran(path, client, monkeypatch):
    """The outcome of a file on a cluster with this client."""
    monkeypatch.setattr(cluster, "_connect", lambda _: client)
    with Cluster(ADDRESS) as workers:
        (outcome,) = workers.tally_files([Source(str(path), path.name)], PLAN)
    assert client.closed
    return outcome


@pytest.fixture
def path(tmp_path):
    """A log."""
    return text_file(tmp_path, LOG)


@pytest.mark.parametrize(
    ("ending", "what"),
    [
        (RuntimeError("A1,2024-05-01"), "RuntimeError"),
        (type("KilledWorker", (Exception,), {})("key"), both("cluster.killed")),
    ],
)
def test_a_lost_file_is_its_error(path, monkeypatch, ending, what):
    outcome = ran(path, Client(ending), monkeypatch)
    assert (outcome.code, outcome.values, str(outcome.position)) == ("E383", {"what": what}, "")


@pytest.mark.parametrize("answer", [b"", b"{}", b"[1]", b'{"error": {"code": "E999", "at": null, "values": {}, "also": []}}'])
def test_an_answer_that_is_none_is_the_error_of_its_file(path, monkeypatch, answer):
    outcome = ran(path, Client(answer), monkeypatch)
    assert (outcome.code, outcome.values) == ("E320", {"what": both("ended.answer")})


@pytest.mark.parametrize("ending", ["cancelled", "silent"])
def test_a_scheduler_that_goes_away_ends_the_run(path, monkeypatch, ending):
    with pytest.raises(InputFault) as caught:
        ran(path, Client(ending), monkeypatch)
    assert (caught.value.code, caught.value.values) == ("E381", {"address": ADDRESS, "what": both("cluster.silent")})


def test_workers_that_all_go_away_end_the_run(path, monkeypatch):
    client = Client("silent")
    monkeypatch.setattr(cluster, "WORKERS", 0)
    monkeypatch.setattr(Client, "status", property(lambda _: "running", lambda *_: None), raising=False)
    monkeypatch.setattr(cluster, "_connect", lambda _: client)
    with Cluster(ADDRESS) as workers:
        client.workers = False
        with pytest.raises(InputFault) as caught:
            workers.tally_files([Source(str(path), path.name)], PLAN)
    assert (caught.value.code, caught.value.values["what"]) == ("E381", both("cluster.empty"))


def test_a_cluster_without_workers_is_refused(path, monkeypatch):
    client = Client()
    client.workers = False
    with pytest.raises(InputFault) as caught:
        ran(path, client, monkeypatch)
    assert (caught.value.code, caught.value.values["what"]) == ("E381", both("cluster.empty"))


@pytest.mark.parametrize(
    ("versions", "theirs"),
    [
        ({"a": xfstats.__version__, "b": "0.0.1"}, "0.0.1"),
        ({"a": ModuleNotFoundError("xfstats"), "b": xfstats.__version__}, both("cluster.none")),
        ({"scheduler": ModuleNotFoundError("xfstats")}, both("cluster.none")),
        ({"scheduler": "0.0.1"}, "0.0.1"),
    ],
)
def test_another_version_or_none_is_refused(path, monkeypatch, versions, theirs):
    with pytest.raises(InputFault) as caught:
        ran(path, Client(versions=versions), monkeypatch)
    assert (caught.value.code, caught.value.values) == ("E382", {"theirs": theirs, "ours": xfstats.__version__, "count": 1})


def test_a_worker_that_came_later_with_another_version_is_refused(path):
    answer = wire.decode(tally(task_of(path, version="9.9.9"), wire.encode(PLAN)), wire.Answer)
    values = {"theirs": xfstats.__version__, "ours": "9.9.9", "count": 1}
    assert (answer.error.code, answer.error.values) == ("E382", values)


def test_a_worker_that_sees_another_file_or_none_refuses_it(path, tmp_path):
    for source, size in ((path, 1), (tmp_path / "none.csv", 1), ("\0", 1)):
        answer = wire.decode(tally(task_of(source, size=size), wire.encode(PLAN)), wire.Answer)
        assert answer.error.code == "E384"


def test_a_task_is_answered_by_a_worker_process_that_ends_with_the_run_or_after_a_while(path):
    with processes.Pool(1, seed="8") as pool:
        (local,) = pool.tally_files([Source(str(path), "log.csv")], PLAN)
    answer = wire.decode(tally(task_of(path), wire.encode(PLAN)), wire.Answer)
    assert answer.tally == local
    timer = cluster_task._HELD["8"].timer
    assert (timer.interval, timer.daemon) == (cluster_task.IDLE, True)
    timer.cancel()
    timer.function(*timer.args)
    assert "8" not in cluster_task._HELD
    end_run("8")


def test_a_run_is_not_ended_under_a_task():
    with cluster_task._workers("9") as pool:
        end_run("9")
        assert cluster_task._HELD["9"].pool is pool
    end_run("9")
    assert "9" not in cluster_task._HELD


def test_what_is_sent_prints_nothing_of_itself():
    url = "https://me:hunter2@host/log.csv"
    task = FileTask("0", "7", wire.encode(Source(url, "log.csv", stdin=True, remote=True)), None)
    assert (repr(task), str(task)) == ("<file>", "<file>")
    assert "hunter2" not in repr(Source(url, "log.csv"))


def task_of(path, version=xfstats.__version__, size=None):
    """What is sent for a file."""
    return FileTask(version, "8", wire.encode(Source(str(path), "log.csv")), size)


def test_a_scheduler_that_does_not_answer_is_one_line(path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "ANSWERS", 0.2)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        done = run_text("summarize", path, "--scheduler", address, "--lang", "en", code=3)
    line = "no answer, or the scheduler is gone; see whether it runs and can be reached from here [E381]"
    assert (done.stdout, done.stderr) == ("", f"xfstats: {address}: {line}\n")


def test_a_missing_extra_is_one_line(path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run_text("summarize", path, "--scheduler", ADDRESS, "--lang", "en", code=2)
    assert done.stderr == "xfstats: distributed is needed; install xfstats[cluster] [E241]\n"
    monkeypatch.setitem(sys.modules, "fsspec", None)
    done = run_text("summarize", "https://me:hunter2@host/log.csv", "--lang", "en", code=2)
    assert done.stderr == "xfstats: fsspec is needed; install xfstats[cluster] [E241]\n"


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8786", "tcp://host", "tcp://me:hunter2@host:8786", "http://host:8786", "tcp://:1"]
)
def test_an_address_that_is_none_is_not_quoted(path, address):
    done = run_text("summarize", path, "--scheduler", address, "--lang", "en", code=2)
    assert done.stderr == "xfstats: --scheduler takes tcp://host:8786 [E284]\n"
    with pytest.raises(UsageFault) as caught:
        xfstats.summarize(path, scheduler=address)
    assert caught.value.code == "E284"


def test_a_store_whose_package_is_missing_says_so(path, monkeypatch):
    def refuse(*_, **__):
        raise ImportError("Install s3fs to access S3: s3://me:hunter2@bucket")

    monkeypatch.setitem(sys.modules, "fsspec", SimpleNamespace(open=refuse))
    done = run_text("summarize", "s3://me:hunter2@bucket/log.csv", "--lang", "en", code=3)
    assert done.stderr == (
        'xfstats: "log.csv": cannot be fetched from s3://bucket (the package of fsspec for this store is not installed; '
        "install xfstats[cluster], for stores other than http also their package, such as s3fs) [E385]\n"
    )


def test_a_transfer_that_breaks_off_is_no_short_log(monkeypatch):
    class Broken:
        """A stream that ends in the middle."""

        def read(self, _size):
            """Break off."""
            raise ConnectionError("hunter2")

        def close(self):
            """Be closed."""

    monkeypatch.setitem(sys.modules, "fsspec", SimpleNamespace(open=lambda *_, **__: SimpleNamespace(open=Broken)))
    with processes.Pool(1) as pool:
        (outcome,) = pool.tally_files([Source("ftp://host/log.csv", "log.csv", stdin=True, remote=True)], PLAN)
    assert (outcome.code, outcome.values) == ("E385", {"address": "ftp://host", "what": both("store.silent")})
