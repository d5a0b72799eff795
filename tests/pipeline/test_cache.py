"""Cache of tallies: the same bytes as without it, whatever stands in it, and nothing in it that could name a person."""

from __future__ import annotations

import errno
import functools
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import xfstats
from tests.logs import text_file
from tests.program import run, run_text
from xfstats import __main__
from xfstats.cli.commands.cache import _size as size_text
from xfstats.config.job import resolve_job
from xfstats.config.plan import Plan
from xfstats.errors import UsageFault
from xfstats.measures.tally import FileTally
from xfstats.messages import raw
from xfstats.model import Source
from xfstats.pipeline import cache as caching
from xfstats.pipeline import cache_folder, worker_process
from xfstats.pipeline.cache import Cache
from xfstats.pipeline.cache_folder import KEY, TAG, open_folder
from xfstats.pipeline.processes import Pool

HEADER = "编号,来访日期,来访人,来访人数,单位,接访级别,办理状态,办结日期,诉求内容\n"
ROWS = [
    (f"A{n:03},2024-05-{n:02},甲某某{n},{n},North,县级", f"已办结,2024-06-{n:02}" if n % 2 else "办理中,", f"第{n}件事的经过")
    for n in range(1, 13)
]
LOG = HEADER + "".join(",".join(row) + "\n" for row in ROWS)
OTHER = LOG.replace("A0", "B0").replace("件事", "件别的事").replace("North", "NORTH")
DAY = ("--as-of", "2024-07-01")


@pytest.fixture
def logs(tmp_path):
    return folder_of_logs(tmp_path / "logs")


def folder_of_logs(folder):
    """A folder of logs: two spellings of a unit, a copy, a row that stands in two files, a file without a table."""
    folder.mkdir()
    text_file(folder, LOG, "甲接访.csv")
    text_file(folder, OTHER + LOG.splitlines()[-1] + "\n", "乙接访.csv")
    text_file(folder, LOG, "甲接访 (1).csv")
    text_file(folder, "备注\n无\n", "说明.csv")
    return folder


def entries(folder):
    return sorted(folder.glob("*.tally"))


def named(folder):
    """The names of all files of a folder."""
    return sorted(path.name for path in folder.iterdir())


def without_cache_line(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if not line.startswith(("cache: ", "缓存："))]


COMMANDS = [
    ("summarize", "-f", "json", "--by", "unit"),
    ("summarize", "--by", "level", "--case-numbers", "-v"),
    ("summarize", "--period", "2024-06", "--compare", "prev", "--date-by", "received_on"),
    ("summarize", "--preset", "petition", "-m", "visits,overdue,on_time_rate", "-f", "csv"),
    ("summarize", "--public", "-f", "json"),
    ("report", "-f", "md"),
    ("report", "-f", "md", "--detail"),
    ("inspect", "-f", "json"),
    ("check",),
    ("deadlines", "--log", "cases", "--preset", "petition"),
    ("deadlines", "--log", "cases", "--preset", "petition", "--list"),
    ("explain", "visits"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_output_is_the_same_without_a_cache_with_an_empty_one_and_with_a_full_one(tmp_path, logs, words):
    typed = (*words, logs, *DAY)
    plain = run_text(*typed, code=None)
    assert plain.returncode in {0, 1}, plain.stderr
    cold, warm = (run_text(*typed, "--cache", tmp_path / "kept", code=None) for _ in range(2))
    assert (cold.returncode, cold.stdout) == (plain.returncode, plain.stdout)
    assert (warm.returncode, warm.stdout) == (plain.returncode, plain.stdout)
    assert without_cache_line(cold.stderr) == without_cache_line(warm.stderr) == without_cache_line(plain.stderr)


def test_a_second_run_finds_each_file_that_holds_a_table_and_reads_the_others(tmp_path, logs):
    typed = ("summarize", logs, *DAY, "--cache", tmp_path / "kept", "-v", "--lang", "en")
    assert run_text(*typed, code=None).stderr.splitlines()[0] == "cache: 0 of 4 files found in it"
    assert run_text(*typed, code=None).stderr.splitlines()[0] == "cache: 3 of 4 files found in it"
    text_file(logs, LOG.replace("县级", "市级", 1), "甲接访.csv")
    text_file(logs, OTHER.replace("B0", "C0").replace("别的", "新的"), "丙接访.csv")
    assert run_text(*typed, code=None).stderr.splitlines()[0] == "cache: 2 of 5 files found in it"


@pytest.mark.parametrize(
    "changed",
    [
        ("--by", "unit"),
        ("--period", "2024-05"),
        ("--map-status", "办理中=closed"),
        ("--limit", "rows=100"),
        ("--duplicates", "reject"),
        ("--log", "visits"),
    ],
)
def test_another_plan_is_read_anew(tmp_path, logs, changed):
    typed = ("summarize", logs / "甲接访.csv", *DAY, "--cache", tmp_path / "kept", "-v", "--lang", "en")
    run_text(*typed)
    assert "cache: 0 of 1 file found in it" in run_text(*typed, *changed, code=None).stderr
    assert "cache: 1 of 1 file found in it" in run_text(*typed, *changed, code=None).stderr


def test_another_name_is_read_anew_since_names_decide_ledgers_and_years(tmp_path, logs):
    typed = ("summarize", *DAY, "--cache", tmp_path / "kept", "-v", "--lang", "en")
    run_text(*typed, logs / "甲接访.csv")
    (logs / "甲接访.csv").rename(logs / "甲来访.csv")
    assert "cache: 0 of 1 file found in it" in run_text(*typed, logs / "甲来访.csv").stderr


def no_worker(_seed):
    raise AssertionError


def test_no_worker_is_started_where_all_answers_are_kept(tmp_path, logs, monkeypatch):
    folder, source = tmp_path / "kept", Source(str(logs / "甲接访.csv"), "甲接访.csv")
    plan = resolve_job({"files": [source.path], "said": frozenset(), "no_profile": True})[0].plan
    with Pool(1, cache=Cache(folder)) as pool:
        (cold,) = pool.tally_files([source], plan)
    assert isinstance(cold, FileTally)
    with Pool(1, no_worker, cache=Cache(folder)) as pool:
        assert pool.tally_files([source], plan) == [cold]


def test_the_first_worker_is_not_started_early_with_a_cache(monkeypatch, tmp_path, logs):
    monkeypatch.setattr(__main__, "_run_with_early_worker", lambda words: pytest.fail("started early"))
    words = ["summarize", str(logs / "甲接访.csv"), *DAY]
    for typed, env in (
        (["--cache", str(tmp_path / "a")], {}),
        ([f"--cache={tmp_path / 'a'}"], {}),
        ([], {"XFSTATS_CACHE": str(tmp_path / "b")}),
    ):
        assert run(*words, *typed, **env).returncode == 0


def test_a_worker_that_was_started_early_after_all_is_ended_as_its_hashes_are_others(tmp_path, monkeypatch):
    with worker_process.early_worker():
        early = worker_process._EARLY[0]
        with Pool(1, no_worker, cache=Cache(tmp_path / "kept")):
            pass
        assert not early.running


# the as-of day


DAYS = ["2024-05-06", "2024-06-01", "2024-06-07", "2024-06-30", "2024-08-01", "2024-12-31", "2025-01-01"]


@pytest.mark.parametrize(
    "words",
    [(), ("--preset", "petition", "-m", "visits,closed,overdue,median_days,acceptance_rate"), ("-m", "visits,median_days")],
)
@pytest.mark.parametrize("before", DAYS)
def test_what_was_kept_on_another_day_is_used_only_where_it_would_be_the_same(tmp_path, plain, words, before):
    typed, outputs = plain(words)
    run_text(*typed, "--as-of", before, "--cache", tmp_path / "before", code=None)
    for day, output in outputs.items():
        kept = shutil.copytree(tmp_path / "before", tmp_path / day)
        cached = run_text(*typed, "--as-of", day, "--cache", kept, code=None)
        assert (cached.returncode, cached.stdout, cached.stderr) == output, day


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """What a command line prints on each of the days without a cache."""
    logs = folder_of_logs(tmp_path_factory.mktemp("plain") / "logs")

    @functools.cache
    def of(words):
        typed = ("summarize", logs, "-f", "json", "--skip-bad-files", *words)
        ended = {day: run_text(*typed, "--as-of", day, code=None) for day in DAYS}
        return typed, {day: (one.returncode, one.stdout, one.stderr) for day, one in ended.items()}

    return of


def test_the_files_of_earlier_days_are_not_read_again_on_the_next(tmp_path):
    logs, kept = tmp_path / "logs", tmp_path / "kept"
    logs.mkdir()
    for day in range(1, 6):
        text = HEADER + f"A{day},2024-05-{day:02},甲某,2,甲乡,县级,已办结,2024-05-{day:02},第{day}件\n"
        text_file(logs, text, f"接访{day}.csv")
        done = run_text("summarize", logs, "--as-of", f"2024-05-{day:02}", "--cache", kept, "-v", "--lang", "en")
        found = day - 1 if day > 2 else 0  # one file alone is not compared with others, which is another plan
        assert f"cache: {found} of {day} {'file' if day == 1 else 'files'} found in it" in done.stderr
        assert "visits  " not in done.stderr


def test_a_day_after_as_of_is_judged_anew_on_the_next_day(tmp_path):
    log = text_file(tmp_path, HEADER + "A1,2024-05-02,甲某,2,甲乡,县级,,2024-06-20,第1件\n")
    typed = ("summarize", log, "-f", "csv", "-m", "visits,closed", "--closed-by", "date", "--cache", tmp_path / "kept")
    assert run_text(*typed, "--as-of", "2024-06-10").stdout.splitlines()[1] == "visits,group,县级,1,0"
    assert run_text(*typed, "--as-of", "2024-06-20").stdout.splitlines()[1] == "visits,group,县级,1,1"


# damage, versions, other runs, a full disk


def spoil_byte(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


DAMAGE = {
    "a byte": spoil_byte,
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-7]),
    "empty": lambda path: path.write_bytes(b""),
    "rubbish": lambda path: path.write_bytes(b"\xff" * 5000),
    "another day": lambda path: path.write_bytes(path.read_bytes().replace(b"2024-07-01", b"2024-08-01", 1)),
    "no message": lambda path: path.write_bytes(b"xfstats/1 tally 1 2024-07-01 " + b"0" * 64 + b"\n{}"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_counts_as_missing_and_is_replaced_which_is_said(tmp_path, logs, damage):
    kept = tmp_path / "kept"
    typed = ("summarize", logs / "甲接访.csv", *DAY, "--cache", kept, "-v", "--lang", "en")
    cold = run_text(*typed)
    (entry,) = entries(kept)
    whole = entry.read_bytes()
    DAMAGE[damage](entry)
    done = run_text(*typed)
    assert done.stdout == cold.stdout
    assert done.stderr.splitlines()[0] == "cache: 0 of 1 file found in it; 1 damaged entry was read anew and replaced"
    assert entry.read_bytes() == whole


def test_an_entry_in_the_place_of_another_one_is_damaged(tmp_path, logs):
    kept = tmp_path / "kept"
    typed = ("summarize", "-f", "json", *DAY, "--cache", kept)
    plain = run_text(*typed, logs / "乙接访.csv")
    run_text(*typed, logs / "甲接访.csv")
    one, other = entries(kept)
    one_bytes, other_bytes = one.read_bytes(), other.read_bytes()
    one.write_bytes(other_bytes)
    other.write_bytes(one_bytes)
    assert run_text(*typed, logs / "乙接访.csv").stdout == plain.stdout


def test_entries_of_another_version_are_left_alone_and_shown(tmp_path, logs, monkeypatch):
    kept = tmp_path / "kept"
    typed = ("summarize", logs / "甲接访.csv", *DAY, "--cache", kept, "-v", "--lang", "en")
    run_text(*typed)
    monkeypatch.setattr(xfstats, "__version__", "9.9.9")
    assert "cache: 0 of 1 file found" in run_text(*typed).stderr
    (kept / ("0" * 64 + ".tally")).write_bytes(b"x")
    size = sum(entry.stat().st_size for entry in entries(kept))
    monkeypatch.undo()
    assert run_text("cache", kept, LANG="en_GB.UTF-8").stdout.splitlines() == [
        f"3 tallies, {(size + 999) // 1000} kB",
        f"written by xfstats {xfstats.__version__} (1), 9.9.9 (1)",
        "1 damaged, which count as missing",
    ]


def test_another_library_or_another_code_is_another_version(tmp_path, monkeypatch):
    before = caching._versions()
    (tmp_path / "pandas-99.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    with_library = caching._versions()
    assert before != with_library
    monkeypatch.setattr(caching, "_code", lambda _: iter(()))
    assert caching._versions() != with_library


def test_runs_that_begin_a_cache_at_once_have_one_key(tmp_path):
    folder = tmp_path / "kept"
    with ThreadPoolExecutor(8) as threads:
        keys = list(threads.map(lambda _: open_folder(folder), range(32)))
    assert len(set(keys)) == 1
    assert named(folder) == [TAG, KEY]


def test_runs_at_once_in_one_cache_print_the_same(tmp_path, logs):
    plain = run_text("summarize", logs, *DAY, "-f", "json", "--skip-bad-files", code=None)
    command = [
        sys.executable,
        "-m",
        "xfstats",
        "summarize",
        logs,
        *DAY,
        "-f",
        "json",
        "--skip-bad-files",
        "--cache",
        tmp_path / "kept",
    ]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    assert {one.communicate()[0].decode() for one in runs} == {plain.stdout}
    assert {one.returncode for one in runs} == {plain.returncode}
    assert not list((tmp_path / "kept").glob(".*"))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_disk_that_takes_nothing_more_is_said_once_and_the_run_goes_on(tmp_path, logs, monkeypatch, number):
    kept = tmp_path / "kept"
    typed = ("summarize", logs, *DAY, "--skip-bad-files", "--lang", "en")
    plain = run_text(*typed, code=None)
    run_text("summarize", logs / "甲接访.csv", *DAY, "--cache", kept)

    def full(*_):
        raise OSError(number, "no room")

    monkeypatch.setattr(cache_folder, "_write_temporary", full)
    done = run_text(*typed, "--cache", kept, code=None)
    assert (done.returncode, done.stdout) == (plain.returncode, plain.stdout)
    said = [line for line in done.stderr.splitlines() if "cache" in line]
    assert said == [f"xfstats: {raw('findings.W285', 'en')} [W285]"]
    assert "cache" not in run_text(*typed, "--cache", kept, "-q", code=None).stderr
    told = run_text("explain", "visits", logs / "甲接访.csv", *DAY, "--cache", kept, "--lang", "en").stderr
    assert told.count("[W285]") == 1
    if number in cache_folder.NO_ROOM:
        begun = run_text(*typed, "--cache", tmp_path / "new", code=None)
        assert (begun.returncode, begun.stdout, begun.stderr) == (done.returncode, done.stdout, done.stderr)
    else:
        assert "[E368]" in run_text(*typed, "--cache", tmp_path / "new", code=2).stderr


def test_a_write_that_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    open_folder(folder)

    class Full:
        def __init__(self, handle, _mode):
            self.handle = handle

        def __enter__(self):
            return self

        def __exit__(self, *_):
            os.close(self.handle)

        def write(self, _data):
            raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdopen", Full)
        with pytest.raises(OSError, match="no room"):
            cache_folder.write_whole(folder, "0" * 64 + ".tally", b"x")
    assert named(folder) == [TAG, KEY]
    (folder / ("0" * 64 + ".tally")).mkdir()
    with pytest.raises(OSError, match="irectory"):
        cache_folder.write_whole(folder, "0" * 64 + ".tally", b"x")
    assert named(folder) == ["0" * 64 + ".tally", TAG, KEY]


def test_where_the_file_system_has_no_links_the_key_is_put_in_place_all_the_same(tmp_path, monkeypatch):
    def none(*_):
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", none)
    assert open_folder(tmp_path / "kept") == open_folder(tmp_path / "kept")


def test_a_file_that_changed_between_the_hash_and_the_reading_is_not_kept(tmp_path, logs):
    plan = Plan(as_of=date(2024, 7, 1), profile={})
    cache = Cache(tmp_path / "kept")
    slot = cache.slot(Source(str(logs / "甲接访.csv"), "x"), plan)
    cache.keep(slot, FileTally("x", "another", "csv", (), ()), plan)
    assert entries(tmp_path / "kept") == []
    cache.keep(slot, FileTally("x", slot.sha256, "csv", (), ()), plan)
    assert len(entries(tmp_path / "kept")) == 1
    assert cache.find(slot, plan) == FileTally("x", slot.sha256, "csv", (), ())


def test_what_is_no_regular_file_is_left_to_the_worker(tmp_path):
    cache, plan = Cache(tmp_path / "kept"), Plan(as_of=date(2024, 7, 1), profile={})
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "none", "kept", "a\0b"):
        assert cache.slot(Source(str(tmp_path / name), name), plan) is None
    assert cache.slot(Source("-", "-", stdin=True), plan) is None
    assert cache.slot(replace(Source("-", "-"), content=b"", stdin=True), plan) is None


# whose it is, and what stands in it


def test_the_cache_is_its_owners_alone_and_holds_nothing_that_could_name_a_person(tmp_path, logs):
    kept = tmp_path / "kept"
    os.umask(old := os.umask(0o022))
    for words in (("inspect", "-f", "json"), ("summarize", "--case-numbers")):
        run_text(*words, logs, *DAY, "--cache", kept, code=None)
    assert kept.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in kept.iterdir()} == {0o600}
    assert old == os.umask(old)
    stored = b"".join(entry.read_bytes() for entry in entries(kept)).decode("unicode_escape")
    assert len(entries(kept)) == 6
    for cell in ("甲某某", "件事", "A001", "B002", caching._sha256(str(logs / "甲接访.csv"))):
        assert cell not in stored


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "visits"),
        ("report", "-f", "md", "--detail"),
        ("deadlines", "--log", "cases", "--preset", "petition", "--list"),
    ],
)
def test_rows_that_were_asked_for_are_not_kept(tmp_path, logs, words):
    run_text(*words, logs / "甲接访.csv", *DAY, "--cache", tmp_path / "kept", code=None)
    kept = b"".join(entry.read_bytes() for entry in entries(tmp_path / "kept"))
    assert b"A001" not in kept
    assert len(entries(tmp_path / "kept")) == (words[0] == "explain")  # the first of its two readings resolves the figure's name


def test_a_cache_of_another_user_is_refused(tmp_path, logs, monkeypatch):
    kept = tmp_path / "kept"
    typed = ("summarize", logs / "甲接访.csv", *DAY, "--cache", kept)
    run_text(*typed)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert "[E366]" in run_text(*typed, code=2).stderr
    assert "[E366]" in run_text("cache", kept, "--clear", code=2).stderr
    monkeypatch.undo()
    kept.chmod(0o755)
    run_text(*typed)
    assert kept.stat().st_mode & 0o777 == 0o700
    kept.chmod(0o770)
    assert "[E366]" in run_text(*typed, code=2).stderr


def test_a_folder_that_is_no_cache_is_refused_and_nothing_in_it_touched(tmp_path, logs):
    before = named(logs)
    typed = ("summarize", logs / "甲接访.csv", *DAY, "--cache")
    assert "[E367]" in run_text(*typed, logs, code=2).stderr
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / TAG).write_text("Signature: 8a477f597d28d172789f06886806bc55\n# of another program\n")
    (foreign / KEY).write_text("mine")
    for found in ([*typed, foreign], ["cache", foreign], ["cache", foreign, "--clear"]):
        assert ("[E367]" if found[0] == "summarize" else "[E369]") in run_text(*found, code=2).stderr
    assert (foreign / KEY).read_text() == "mine"
    for unusable in (logs / "甲接访.csv", tmp_path / "no" / "such"):
        assert "[E368]" in run_text(*typed, unusable, code=2).stderr
        assert run_text("cache", unusable, code=2).stderr.endswith("[E368]\n" if unusable.is_file() else "[E369]\n")
    assert named(logs) == before


def test_a_name_that_no_folder_can_have_is_refused():
    with pytest.raises(UsageFault) as caught:
        open_folder(Path("a\0b"))
    assert caught.value.code == "E368"


def test_a_damaged_key_is_made_anew_and_what_it_keyed_is_read_again(tmp_path, logs):
    kept = tmp_path / "kept"
    typed = ("summarize", logs / "甲接访.csv", *DAY, "--cache", kept, "-v", "--lang", "en")
    run_text(*typed)
    for damage in (b"short", b"x" * 100):
        (kept / KEY).write_bytes(damage)
        assert "cache: 0 of 1 file found in it" in run_text(*typed).stderr
        assert "cache: 1 of 1 file found in it" in run_text(*typed).stderr


def test_clear_deletes_entries_key_and_leftovers_and_no_other_file(tmp_path, logs):
    kept = tmp_path / "kept"
    run_text("summarize", logs, *DAY, "--cache", kept, code=None)
    (kept / ("." + "0" * 64 + ".tally.1-2.tmp")).touch()
    (kept / "mine.txt").touch()
    size = sum(entry.stat().st_size for entry in entries(kept))
    done = run_text("cache", kept, "--clear", LANG="en_GB.UTF-8")
    assert done.stdout == f"3 tallies deleted, {(size + 999) // 1000} kB\n"
    assert named(kept) == [TAG, "mine.txt"]
    assert run_text("cache", kept, LANG="en_GB.UTF-8").stdout == "0 tallies, 0 kB\n"
    assert run_text("cache", kept, LANG="zh_CN.UTF-8").stdout == "0 条，共 0 kB\n"


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 kB"), (1, "1 kB"), (1000, "1 kB"), (999_999, "1000 kB"), (1_000_000, "1.0 MB"), (12_345_678, "12.3 MB")],
)
def test_a_size_is_told_in_a_unit_that_leaves_few_figures(size, text):
    assert size_text(size) == text


def test_an_entry_that_cannot_be_deleted_is_an_error(tmp_path, monkeypatch):
    open_folder(tmp_path / "kept")

    def closed(*_, **__):
        raise PermissionError

    monkeypatch.setattr(cache_folder.Path, "unlink", closed)
    assert "[E368]" in run_text("cache", tmp_path / "kept", "--clear", code=2).stderr


def test_python_uses_a_cache_too(tmp_path, logs):
    from tests.program import in_this_process

    with in_this_process():
        plain = xfstats.summarize(logs / "甲接访.csv", as_of="2024-07-01").to_json()
        kept = [xfstats.summarize(logs / "甲接访.csv", as_of="2024-07-01", cache=tmp_path / "kept").to_json() for _ in range(2)]
    assert kept == [plain, plain]
    assert len(entries(tmp_path / "kept")) == 1
