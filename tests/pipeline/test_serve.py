"""A worker keeps nothing of one file for the next: answers, limits and caches are as in a process that has just started."""

from __future__ import annotations

import functools
import gc
import io
import random
import resource
import sys
from contextlib import suppress
from itertools import cycle

import pytest

from tests.hostile.base import book
from tests.hostile.kinds import KINDS
from tests.logs import AS_OF
from tests.writers import FORMATS
from xfstats import __main__
from xfstats.cli.main import main as command_line
from xfstats.config.plan import Plan
from xfstats.config.profile import load_profile
from xfstats.model import Source
from xfstats.pipeline import resource_limits, wire, worker_loop
from xfstats.pipeline.pipe_messages import read_message, write_message
from xfstats.pipeline.worker_process import COMMAND, WorkerProcess

PLAN = Plan(as_of=AS_OF, profile=load_profile(None).words, compare_sheets=True)
HOSTILE = 24
JOBS = 200
FRESH = """
import os
from xfstats.pipeline import worker_loop
answer = worker_loop.answer

def answer_of_a_fork(job, grown):
    read, write = os.pipe()
    if os.fork() == 0:
        os.write(write, b"1" if (said := answer(job, grown))[1] else b"0")
        with os.fdopen(write, "wb") as out:
            out.write(said[0])
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as got:
        worn, content = got.read(1) == b"1", got.read()
    os.wait()
    return content, worn

worker_loop.answer = answer_of_a_fork
worker_loop.main()
"""
"""A worker that has served nothing: each file is read by a fork of it."""


def job(path, number=0, plan=PLAN):
    return wire.encode(wire.Job(number, Source(str(path), path.name), plan))


def asked(worker, path, plan=PLAN):
    head, body = worker.ask(job(path, 7, plan), 1 << 26, 300)
    assert wire.decode(head, wire.Head).job == 7
    return body


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Good files of every format, and hostile ones of every room that are quickly read."""
    names = [name for name in KINDS if "bomb" not in name]
    chosen = [KINDS[name].make for name in names[:: len(names) // HOSTILE]]
    return [make(tmp_path_factory.mktemp("file")) for make in [*(book(fmt=form) for form in FORMATS), *chosen]]


@pytest.mark.usefixtures("unmeasured")
def test_answers_in_any_order_are_those_of_fresh_workers_byte_for_byte(files):
    unused = WorkerProcess("1", [COMMAND[0], "-P", "-c", FRESH])
    fresh = [asked(unused, path) for path in files]
    unused.end()
    order = random.Random(18).choices(range(len(files)), k=JOBS)
    lasting = WorkerProcess("1")
    differing = {files[index].name for index in order if asked(lasting, files[index]) != fresh[index]}
    lasting.end()
    assert differing == set()
    assert sum(wire.decode(one, wire.Answer).tally is not None for one in fresh) > len(FORMATS)


def test_a_file_over_a_limit_leaves_the_next_one_as_it_was(tmp_path):
    """A worker without memory says so, or ends: either costs its own file alone, and the same limit is not on the next."""
    path = tmp_path / "接访.csv"
    path.write_text("接访日期,接访级别,来访人数\n" + "2024-1-2,市级,1\n" * 100_000, "utf-8")
    low = Plan(as_of=AS_OF, profile=PLAN.profile, limits={"memory_mib": 1})
    worker = WorkerProcess("1")
    try:
        answer = worker.ask(job(path, 7, low), 1 << 26, 300)
        if answer is None:
            worker.end()
            worker = WorkerProcess("1")
        else:
            assert wire.decode(answer[1], wire.Answer).error.values["limit"] == "memory_mib"
        assert wire.decode(asked(worker, path), wire.Answer).tally
    finally:
        worker.end()


def test_what_a_reader_prints_is_no_answer(tmp_path):
    path = book()(tmp_path)
    noisy = (
        "import os\nfrom xfstats.pipeline import worker_loop as loop\nread = loop.tally_file\n"
        "loop.tally_file = lambda *given: (os.write(1, b'panicked at'), print('x', flush=True), read(*given))[2]\nloop.main()"
    )
    worker = WorkerProcess("1", [COMMAND[0], "-c", noisy])
    assert asked(worker, path) == asked(worker, path)
    assert worker.end() == 0


def served(*jobs):
    """What `serve` answers in this process, with its limits left out."""
    asked, answers = io.BytesIO(), io.BytesIO()
    for one in jobs:
        write_message(asked, one)
    asked.seek(0)
    worker_loop.serve(asked, answers)
    answers.seek(0)
    messages = iter(lambda: read_message(answers, 1 << 26), None)
    return [wire.decode(message, kind) for message, kind in zip(messages, cycle((wire.Head, wire.Answer)))]


@pytest.fixture
def unbounded(monkeypatch):
    monkeypatch.setattr(worker_loop, "bounded", lambda _memory, _seconds: memoryview(b""))


def test_jobs_are_answered_in_turn_until_one_takes_the_rest_of_the_stream(tmp_path, monkeypatch, unbounded):
    path = book()(tmp_path)
    piped = wire.encode(wire.Job(2, Source("-", "-", stdin=True), PLAN))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    answers = served(job(path, 1), piped, job(path, 3))
    assert [head.job for head in answers[::2]] == [1, 2]
    assert [answer.tally.sheets[0].counted for answer in answers[1::2]] == [8, 8]


@pytest.mark.parametrize(
    ("error", "said", "worn"),
    [
        (MemoryError(), "E304", True),
        (KeyError("cell"), "KeyError at tests.pipeline.test_serve", True),
        (worker_loop.limit_error("rows", PLAN, worker_loop.Position("x")), "E304", True),
        (worker_loop.XfstatsError("E310", worker_loop.Position("x")), "E310", False),
    ],
)
def test_a_worker_is_worn_after_a_limit_or_a_fault(tmp_path, monkeypatch, unbounded, error, said, worn):
    def failing(_source, _plan):
        raise error

    monkeypatch.setattr(worker_loop, "tally_file", failing)
    head, body = served(job(tmp_path))
    assert head.worn is worn
    if body.error is None:
        assert body.bug.startswith(said)
        assert "cell" not in body.bug
    else:
        assert body.error.code == said


def test_a_worker_that_grew_is_worn(tmp_path, monkeypatch, unbounded):
    sizes = iter([(0, 0), (0, 0), (0, worker_loop.MAX_MEMORY_GROWTH + 1)])
    monkeypatch.setattr(worker_loop, "memory_in_use", lambda: next(sizes))
    assert served(job(book()(tmp_path)))[0].worn is True
    sizes = iter([(0, 0), (0, 0), (0, worker_loop.MAX_MEMORY_GROWTH)])
    assert served(job(book()(tmp_path)))[0].worn is False


def test_an_answer_over_its_limit_is_none(tmp_path, unbounded):
    low = Plan(as_of=AS_OF, profile=PLAN.profile, limits={"answer_bytes": 10})
    assert served(job(book()(tmp_path), 1, low))[1].error.values["limit"] == "answer_bytes"


def test_every_cache_that_can_hold_a_word_of_a_cell_is_emptied(tmp_path):
    packaged = {
        "default_words",
        "packaged",
        "pattern",
        "grammar",
        "dittos",
        "_headers",
        "packaged_names",
        "_index",
        "_relative",
        "_days",
        "_unit",
        "_denies",
        "_waits",
        "_commonest",
        "presets",
        "_texts",
        "wcwidth",
        "wcswidth",
    }
    found = {
        id(value): value
        for name, module in list(sys.modules.items())
        if name.startswith("xfstats")
        for value in vars(module).values()
        if isinstance(value, functools._lru_cache_wrapper)
    }
    caches = [one for one in found.values() if one.__name__ not in packaged]
    worker_loop.tally_file(Source(str(book()(tmp_path)), "log.xlsx"), PLAN)
    assert any(one.cache_info().currsize for one in caches)
    worker_loop.clear_caches()
    assert [one.__name__ for one in caches if one.cache_info().currsize] == []
    assert gc.get_count()[2] == 0


def test_memory_and_time_are_bounded_within_a_block_and_as_before_behind_it():
    resource = resource_limits.resource
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU)
    before = [resource.getrlimit(kind) for kind in kinds]
    with suppress(KeyError), resource_limits.bounded(1 << 44, 1_000_000):
        within = [resource.getrlimit(kind)[0] for kind in kinds]
        raise KeyError
    assert within[0] in {1 << 44, before[0][1]}
    assert within[1] >= 1_000_000
    assert [resource.getrlimit(kind) for kind in kinds] == before


def test_a_bound_is_never_over_what_the_system_allows(monkeypatch):
    resource, done = resource_limits.resource, []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (5, 10))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, most: done.append(most))
    with resource_limits.bounded(1 << 44, 1_000_000):
        assert done == [(10, 10), (10, 10)]
    assert done[2:] == [(5, 10), (5, 10)]


def test_where_the_system_bounds_nothing_nothing_is_bounded(monkeypatch):
    monkeypatch.setattr(resource_limits, "resource", None)
    resource_limits.forbid_core_dumps()
    before = resource.getrlimit(resource.RLIMIT_AS)
    with resource_limits.bounded(0, 0):
        assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_occupied_memory_is_told_where_the_system_tells_it(monkeypatch):
    size, resident = resource_limits.memory_in_use()
    assert size > resident > 1 << 20

    def none(*_given, **_named):
        raise FileNotFoundError

    monkeypatch.setattr("builtins.open", none)
    assert resource_limits.memory_in_use() == (0, 0)


@pytest.mark.parametrize("stream", [b"", b"\0\0", b"\0\0\0\0\0\0\0\5abc"])
def test_a_message_that_is_cut_off_is_none(stream):
    assert read_message(io.BytesIO(stream), 100) is None


def test_a_message_longer_than_it_may_be_is_not_read():
    with pytest.raises(ValueError, match="101 bytes"):
        read_message(io.BytesIO((101).to_bytes(8, "big")), 100)


def commands(group, before=()):
    """Each command with its words."""
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if hasattr(command, "list_commands"):
            yield from commands(command, (*before, name))
        else:
            yield " ".join([*before, name]), command


def test_a_worker_is_started_early_for_the_commands_that_read_logs_and_for_no_page():
    reading = {name for name, command in commands(command_line) if any(one.name == "files" for one in command.params)}
    assert reading == __main__.READING_COMMANDS, "the commands that take files, and READING_COMMANDS of xfstats/__main__.py"
    for name in reading:
        assert __main__.reads_logs([*name.split(), "log.xlsx"])
        assert not __main__.reads_logs([*name.split(), "--help"])
        assert not __main__.reads_logs([*name.split(), "log.xlsx", "-h"])
    for words in ([], ["--version"], ["measures"], ["profile"], ["profile", "check"], ["no such"]):
        assert not __main__.reads_logs(words)
