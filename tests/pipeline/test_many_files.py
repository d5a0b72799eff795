"""Many files: the largest first, merged in the order of the sources, and no step whose work grows faster than their number."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import AS_OF, grid, text_file
from tests.program import started
from tests.writers import Sheet, write
from xfstats.config.job import resolve_job
from xfstats.config.plan import Plan
from xfstats.measures.digest_sets import packed, shared
from xfstats.measures.tally import Fingerprint, Tally
from xfstats.model import Source
from xfstats.pipeline import duplicates, wire
from xfstats.pipeline.processes import Pool, processors
from xfstats.pipeline.worker import tally_file
from xfstats.pipeline.worker_process import WorkerProcess
from xfstats.render import load_renderer
from xfstats.render.style import Style
from xfstats.reports.build import make_report

FAKE = partial(WorkerProcess, command=[sys.executable, "-m", "tests.fake_worker"])
PLAN = Plan(as_of=AS_OF, profile={})
HEADER = "序号,来访日期,姓名,来访人数,单位,接访级别,办理状态,诉求内容\n"
ROWS = "".join(f"{n},2024-5-{n},王某{n},{n},甲乡,县级,已办结,诉求{n}的内容\n" for n in range(1, 9))


def test_the_largest_file_is_read_first_and_the_order_of_the_sources_is_kept(tmp_path):
    sizes = {"small": 10, "large": 3000, "none": None, "middle": 200, "empty": 0}
    sources = [Source(str(tmp_path / name), name) for name in sizes]
    for name, bytes_ in sizes.items():
        if bytes_ is not None:
            (tmp_path / name).write_bytes(b"x" * bytes_)
    told = []
    with Pool(1, FAKE, lambda one: told.append(one) if one else None) as pool:
        outcomes = pool.tally_files(sources, PLAN)
    assert [one.name for one in outcomes] == list(sizes)
    assert [(one.done, one.total, one.source.name, one.size) for one in told] == [
        (1, 5, "large", 3000),
        (2, 5, "middle", 200),
        (3, 5, "small", 10),
        (4, 5, "none", 0),
        (5, 5, "empty", 0),
    ]


def test_a_run_that_waits_for_a_file_says_so(tmp_path):
    told = []
    source = Source(str(tmp_path / "mark"), "hangs")

    def progress(one):
        told.append(one)
        if one is None:
            (tmp_path / "go").touch()

    with Pool(1, partial(WorkerProcess, command=[sys.executable, "-c", WAITS, str(tmp_path / "go")]), progress) as pool:
        pool.tally_files([source], PLAN)
    assert told[0] is None
    assert told[-1].done == 1


WAITS = """
import sys, time
from pathlib import Path
while not Path(sys.argv[1]).exists():
    time.sleep(0.01)
"""
"""A worker that ends as soon as a file is there."""


def test_a_job_is_the_same_message_whether_its_plan_was_encoded_with_it_or_before(tmp_path):
    job, _ = resolve_job({"files": [str(text_file(tmp_path, HEADER + ROWS))], "said": frozenset(), "no_profile": True})
    whole = wire.Job(7, job.sources[0], job.plan)
    assert wire.encode_job(7, job.sources[0], wire.encode(job.plan)) == wire.encode(whole)


def test_without_jobs_as_many_files_are_read_as_processors_may_be_used(monkeypatch):
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {1, 5, 6}, raising=False)
    assert processors() == 3
    monkeypatch.delattr("os.sched_getaffinity")
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert processors() == 1


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_the_output_is_the_same_whatever_the_jobs(tmp_path, form):
    for number in range(5):
        text_file(
            tmp_path, HEADER + ROWS.replace("甲乡", f"{number}乡").replace("诉求", f"事{number}") * (5 - number), f"{number}.csv"
        )
    write(tmp_path / "x.xlsx", [Sheet("接访", grid("来访日期 来访人数 接访级别\n2024-5-1 2 市级"))], "xlsx")
    done = [started("summarize", tmp_path, "--as-of", "2024-06-01", "-f", form, "--jobs", jobs) for jobs in (1, 2, 6)]
    assert [one.returncode for one in done] == [0, 0, 0], done[0].stderr.decode()
    assert done[0].stdout == done[1].stdout == done[2].stdout
    assert done[0].stderr == done[1].stderr == done[2].stderr


def lines_run(work) -> int:
    """How many lines of code ran, each turn of a loop counted."""
    count = 0

    def trace(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def tallies(folder, files: int, change):
    """The tallies of so many logs, made of that of one, with a finding in one and the changes of each."""
    source = Source(str(text_file(folder, HEADER + ROWS, "甲乡.csv")), "甲乡.csv")
    job, _ = resolve_job(
        {"files": [source.path], "said": frozenset(["by"]), "no_profile": True, "by": "unit", "as_of": "2024-06-01"}
    )
    one = tally_file(source, replace(job.plan, compare_sheets=True))
    return job, [replace(one, name=f"{number}.csv", sheets=(change(one.sheets[0], number),)) for number in range(files)]


def own_rows(sheet, number: int):
    """A sheet with a group and rows of its own."""
    rows = packed(hash((number, row)) for row in range(8))
    sums = Tally({(f"{number}乡",): counts for counts in sheet.sums.counts.values()})
    return replace(
        sheet, digest=str(number), sums=sums, fingerprint=replace(sheet.fingerprint, rows=rows, numbers=b"", typed=number)
    )


def chance_rows(sheet, number: int):
    """A sheet of few columns, in which most rows are equal by chance to rows of all other sheets."""
    rows = packed([*range(6), *(hash((number, row)) for row in range(2))])
    own = replace(sheet.fingerprint, rows=rows, numbers=b"", typed=None, telling=False, wide=False)
    return replace(sheet, digest=str(number), fingerprint=own)


@pytest.mark.parametrize("change", [own_rows, chance_rows])
def test_the_work_a_file_is_the_same_for_two_thousand_as_for_two_hundred(tmp_path, change):
    def work(files: int) -> float:
        job, made = tallies(tmp_path, files, change)
        sources = tuple(Source(one.name, one.name) for one in made)

        def merged() -> None:
            report = make_report(replace(job, sources=sources, lang="zh"), lambda *_: made)
            for form in ("table", "json"):
                load_renderer(form)(report, Style())

        return lines_run(merged) / files

    few, many = work(200), work(2000)
    assert many <= few * 1.02


def test_finding_two_thousand_files_is_as_much_work_a_file_as_finding_two_hundred(tmp_path):
    def work(files: int) -> float:
        folder = tmp_path / str(files)
        for number in range(files):
            (folder / str(number % 7)).mkdir(parents=True, exist_ok=True)
            (folder / str(number % 7) / f"{number // 14}.csv").touch()
            (folder / str(number % 7) / f"{number}.zip").touch()
        given = {"files": [str(folder)], "said": frozenset(["recursive"]), "recursive": True, "no_profile": True}
        return lines_run(lambda: resolve_job(given)) / files

    few, many = work(200), work(2000)
    assert many <= few * 1.02


PRINTS = st.lists(
    st.tuples(st.sets(st.integers(0, 14)), st.sets(st.integers(0, 3)), st.booleans(), st.booleans(), st.sampled_from("ab")),
    max_size=6,
)


@given(PRINTS)
def test_sheets_that_need_no_comparison_would_not_be_found_by_it(tmp_path_factory, drawn):
    _, (file,) = tallies(tmp_path_factory.getbasetemp(), 1, lambda sheet, _: sheet)
    sheets = [
        replace(
            file.sheets[0],
            digest=str(at),
            fingerprint=Fingerprint(packed(rows), packed(numbers), {}, len(rows), wide, telling, None),
        )
        for at, (rows, numbers, wide, telling, _) in enumerate(drawn)
    ]
    names = [f"{name}{at}" for at, (*_, name) in enumerate(drawn)]

    def every_pair(prints, _identified):
        found = [{} for _ in prints]
        for places in shared(prints).values():
            for one in places:
                for other in places:
                    if one != other:
                        found[one][other] = found[one].get(other, 0) + 1
        return found

    found = duplicates.find_duplicates(sheets, names)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duplicates, "_common", every_pair)
        assert duplicates.find_duplicates(sheets, names) == found
