"""A cluster: a real scheduler and two workers on this machine give the bytes of a local run, whatever becomes of one of them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Thread

import pytest

import xfstats
from tests.logs import text_file
from tests.program import run, run_text
from xfstats.model import Source
from xfstats.pipeline import cluster, processes, wire
from xfstats.pipeline.cluster_task import tally

pytest.importorskip("distributed")

HEADER = "编号,来访日期,来访人,来访人数,单位,接访级别,办理状态,办结日期,诉求内容\n"
DAY = ("--as-of", "2024-07-01")
SECRET = "hunter2"
AGES = 30
"""Seconds after which what was waited for is not coming."""


def log(letter: str) -> str:
    """A log of its own."""
    persons = "甲乙丙丁丑ABCD".index(letter)
    return HEADER + "".join(
        f"{letter}{n:03},2024-05-{n:02},甲某某{n},{n + persons},{letter}局,县级,已办结,2024-06-01,{letter}的第{n}件事\n"
        for n in range(1, 13)
    )


@pytest.fixture
def logs(tmp_path):
    """A folder of logs, one of them a copy of another."""
    folder = tmp_path / "logs"
    folder.mkdir()
    for letter in "甲乙丙丁":
        text_file(folder, log(letter), f"{letter}接访.csv")
    text_file(folder, log("甲"), "甲接访 (1).csv")
    return folder


@dataclass
class Machines:
    """A scheduler and its workers, each a process with a thread for one task."""

    address: str
    folder: Path
    said: list[Path] = field(default_factory=list)

    @contextmanager
    def worker(self):
        """One more worker, while the block runs."""
        name = f"worker{len(self.said)}"
        words = [self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(self.folder / name)]
        with program("dask_worker", words, self.folder / f"{name}.log", "Registered to") as process:
            self.said.append(self.folder / f"{name}.log")
            yield process


@contextmanager
def program(module, words, said, ready):
    """A program of Dask, once it has said that it is ready; ended with the block."""
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    with said.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *words], stdout=out, stderr=out, env=unmeasured
        )
    try:
        wait_for(lambda: ready in said.read_text("utf-8", "replace") or process.poll() is not None)
        assert process.poll() is None, said.read_text("utf-8", "replace")
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()
        process.wait()


def wait_for(condition):
    """Wait until something is so."""
    with (lock := Condition()):
        assert lock.wait_for(condition, 0) or any(lock.wait_for(condition, 0.05) for _ in range(AGES * 20))


@pytest.fixture(scope="session")
def machines(tmp_path_factory):
    """A cluster of two workers."""
    folder = tmp_path_factory.mktemp("cluster")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    with program("dask_scheduler", words, folder / "scheduler.log", "Scheduler at"):
        found = Machines(f"tcp://127.0.0.1:{port}", folder, [folder / "scheduler.log"])
        with found.worker(), found.worker():
            yield found


class Store(ThreadingHTTPServer):
    """A web server of logs by their names, which asks for a password and may hold answers back."""

    def __init__(self, files):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files, self.held, self.lock, self.open = files, 0, Condition(), True

    def url(self, name, user=f"clerk:{SECRET}@"):
        """Where a log is, with a password twice."""
        return f"http://{user}127.0.0.1:{self.server_port}/{SECRET}/{name}?key={SECRET}"


class Handler(BaseHTTPRequestHandler):
    """Answers of the store."""

    server: Store

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer(whole=True)

    def answer(self, *, whole=False):
        store = self.server
        content = store.files.get(self.path.split("?")[0].rpartition("/")[2])
        if "Authorization" not in self.headers:
            return self.send_error(401)
        if content is None:
            return self.send_error(404)
        if whole:
            with store.lock:
                store.held += 1
                store.lock.notify_all()
                store.lock.wait_for(lambda: store.open, AGES)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if whole:
            with suppress(OSError):  # who asked was killed meanwhile
                self.wfile.write(content)
        return None

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(autouse=True)
def one_seed(monkeypatch):
    """All runs have one seed and leave their worker processes on the machines, so that not each starts new ones."""
    monkeypatch.setattr(processes, "new_seed", lambda: "7")
    monkeypatch.setattr(cluster, "end_run", str)


@pytest.fixture
def store():
    """A store of four logs."""
    pytest.importorskip("aiohttp")
    with Store({f"{letter}.csv": log(letter.upper()).encode() for letter in "abcd"}) as server:
        thread = Thread(target=partial(server.serve_forever, poll_interval=0.05))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_the_bytes_are_those_of_a_local_run(machines, logs):
    for words in (("summarize", logs, "-f", "json"), ("summarize", logs, "-b", "unit,level", "--case-numbers", "-f", "csv")):
        local = run(*words, *DAY)
        assert local.returncode == 0
        far = run(*words, *DAY, "--scheduler", machines.address)
        assert (far.returncode, far.stdout, far.stderr) == (0, local.stdout, local.stderr)


def test_relative_paths_profile_and_environment(machines, logs):
    local = run("summarize", "甲接访.csv", *DAY, cwd=logs)
    assert run("summarize", "甲接访.csv", *DAY, cwd=logs, XFSTATS_SCHEDULER=machines.address).stdout == local.stdout
    profile = logs / "p.toml"
    profile.write_text(f'scheduler = "{machines.address}"\n', "utf-8")
    assert run("summarize", "甲接访.csv", *DAY, "-p", profile, cwd=logs).stdout == local.stdout


def test_python_and_logs_in_memory(machines, logs, no_workers):
    given = [logs / "乙接访.csv", log("丑").encode(), logs / "甲接访.csv"]
    local = xfstats.summarize(given, as_of="2024-07-01")
    far = xfstats.summarize(given, as_of="2024-07-01", scheduler=machines.address)
    assert far.to_json() == local.to_json()


def test_a_cache_is_of_use_and_right(machines, logs, tmp_path):
    words = ("summarize", logs, "-f", "json", "--lang", "en", *DAY)
    local = run_text(*words)
    cached = (*words, "--scheduler", machines.address, "--cache", tmp_path / "kept", "-v")
    first, second = run_text(*cached), run_text(*cached)
    assert (first.stdout, second.stdout) == (local.stdout, local.stdout)
    assert "cache: 0 of 5 files found in it" in first.stderr
    assert "cache: 5 of 5 files found in it" in second.stderr


def test_a_file_url_is_a_path(machines, logs):
    local = run("summarize", logs / "甲接访.csv", "-f", "json", *DAY)
    url = (logs / "甲接访.csv").as_uri()
    assert "%" in url
    for words in ((), ("--scheduler", machines.address)):
        assert run("summarize", url, "-f", "json", *DAY, *words).stdout == local.stdout


def fails_for_one(task, plan):
    """A task that fails wherever it is tried."""
    if "乙" in wire.decode(task.source, Source).name:
        raise RuntimeError("甲某某1")
    return tally(task, plan)


def test_a_file_that_is_lost_after_its_retries_is_its_error_and_others_count(machines, logs, monkeypatch):
    cloudpickle = pytest.importorskip("cloudpickle")
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    monkeypatch.setattr(cluster, "tally", fails_for_one)
    try:
        words = ("-f", "json", *DAY, "--scheduler", machines.address, "--skip-bad-files")
        done = json.loads(run_text("summarize", logs, *words, code=1).stdout)
    finally:
        cloudpickle.unregister_pickle_by_value(sys.modules[__name__])
    assert done["reconciliation"]["counted"] == 36
    assert [(one["file"], one["code"]) for one in done["not_read"]] == [("乙接访.csv", "E383")]


def test_another_version_on_a_worker_is_refused(machines, logs, monkeypatch):
    monkeypatch.setattr("xfstats.pipeline.cluster.xfstats.__version__", "9.9.9")
    done = run_text("summarize", logs, "--scheduler", machines.address, "--lang", "en", code=3)
    told = (
        f"the cluster has xfstats {xfstats_version()} on 3 of its machines, this is 9.9.9; "
        "install the same version for the scheduler and all workers"
    )
    assert (done.stdout, done.stderr) == ("", f"xfstats: {told} [E382]\n")


def xfstats_version():
    """The version that the workers have."""
    words = [sys.executable, "-c", "import xfstats; print(xfstats.__version__)"]
    return subprocess.run(words, capture_output=True, check=True, text=True).stdout.strip()


def test_urls_give_what_files_do_and_no_password_is_printed(machines, store, tmp_path):
    names = ("a.csv", "b.csv")
    for name in names:
        (tmp_path / name).write_bytes(store.files[name])
    local = run("summarize", *(tmp_path / name for name in names), "-f", "json", *DAY)
    urls = [store.url(name) for name in names]
    here = run("summarize", *urls, "-f", "json", "--no-profile", *DAY)
    assert (here.returncode, here.stdout) == (0, local.stdout)
    report = tmp_path / "report.md"
    done = run_text("report", *urls, "-o", report, "-v", "--log-format", "json", *DAY, "--scheduler", machines.address)
    assert " -- a.csv b.csv\n" in report.read_text("utf-8")
    verified = run_text("verify", report, *urls)
    assert SECRET not in done.stdout + done.stderr + report.read_text("utf-8") + verified.stdout + verified.stderr
    assert [file for file in machines.said if SECRET in file.read_text("utf-8", "replace")] == []


@pytest.mark.parametrize("far", [False, True])
def test_a_url_that_gives_nothing_is_one_line(machines, store, far):
    words = ("--lang", "en", *(("--scheduler", machines.address) if far else ()))
    silent = f"http://127.0.0.1:{store.server_port}"
    refused = (
        f'"a.csv": cannot be fetched from {silent} (no answer, no permission, or the transfer broke off; '
        "see whether the address opens from that machine) [E385]"
    )
    for url, line in ((store.url("none.csv"), '"none.csv": no such file [E301]'), (store.url("a.csv", user=""), refused)):
        done = run_text("summarize", url, *words, code=3)
        assert (done.stdout, done.stderr) == ("", f"xfstats: {line}\n")


def test_a_worker_that_is_killed_in_mid_run_loses_nothing(machines, store, tmp_path, no_workers):
    for name, content in store.files.items():
        (tmp_path / name).write_bytes(content)
    local = xfstats.summarize([tmp_path / name for name in store.files], as_of="2024-07-01")
    store.open = False
    with machines.worker() as third:
        done = []
        urls = list(map(store.url, store.files))
        far = partial(xfstats.summarize, urls, as_of="2024-07-01", no_profile=True, scheduler=machines.address)
        thread = Thread(target=lambda: done.append(far()))
        thread.start()
        with store.lock:
            assert store.lock.wait_for(lambda: store.held >= 3, AGES)
        third.kill()
        third.wait()
        with store.lock:
            store.open = True
            store.lock.notify_all()
        thread.join()
    assert [one.to_json() for one in done] == [local.to_json()]
    assert store.held == 5
