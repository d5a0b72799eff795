"""`profile init`: a run by the profile that it writes is the run that it was written by, whatever the options were."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.logs import book, grid, here
from tests.program import run
from tests.visits import SAMPLES
from tests.writers import Sheet, write
from xfstats.cli.commands.profile_init import command as init
from xfstats.cli.commands.profile_init import profile_job, reading_options, unsaved_options, with_profile_options
from xfstats.cli.main import main
from xfstats.cli.options import collect_values
from xfstats.config.job import Job, resolve
from xfstats.render import load_renderer
from xfstats.render.profile_toml import inferred_profile
from xfstats.render.style import Style
from xfstats.reports.build import make_report

FORMS = ("table", "md", "csv", "tsv", "json", "jsonl", "html", "xlsx")
SHEET = """
    序号 接访日期 登记日期 级别 来访人数 来访人数 办理状态 结案
    1 2024-1-2 2024-1-3 高层 1 11 完毕啦 是
    2 2024-1-3 2024-2-4 中层 2 12 办理中 否
    3 2024-1-3 2024-2-4 中层 2 12 办理中 否
    4 2024-1-3 2024-2-4 中层 2 12 没完 否
    5 2024-1-4 2024-2-4 基层 3 13 没完 是
    6 2024-1-4 2024-2-5 县级 3 13 已办结 是
    7 2024-1-4 2024-2-5 县级 3 13 没完 否
"""
OWN = """
office = "样例局"
by = "level"
rank = "persons"
accept = ["W202"]
{run}
[columns]
post = ["职务名"]
[levels]
township = ["基层"]
[status]
excluded = ["没完"]
[rows]
total = ["总共"]
[choices]
collective_from = 3
[rates]
closure_rate = {{ base = "received", excluded = "in" }}
{groups}
"""
GROUPS = '[[groups.visits]]\nlabel = "上面"\nwhen = { level = ["市级", "县级"] }\n'


def job_of(command: str, words: Sequence[object]) -> Job:
    """What a command line asks for."""
    chosen = init if command == "init" else main.get_command(click.Context(main), command)
    given = collect_values(chosen.make_context(command, [str(word) for word in words]))
    return resolve(given | {"command": (command, *map(str, words))})[0]


def made(job: Job) -> dict[str, str | bytes]:
    """The run in every format, in this process."""
    report = make_report(job, here)
    return {form: load_renderer(form)(report, Style()) for form in FORMS}


def written(words: Sequence[object]) -> str:
    """The profile that init writes."""
    job = with_profile_options(job_of("init", words))
    report = make_report(replace(job, plan=replace(job.plan, evidence=True)), here)
    return inferred_profile(report, job.profile, reading_options(job.plan), unsaved_options(job))


def same(folder: Path, logs: Sequence[Path], options: Sequence[object], own: Sequence[object] = ()) -> str:
    """The profile of a run, asserted to give the same bytes in every format."""
    text = written([*logs, *options, *own])
    path = folder / "written.toml"
    path.write_text(text, "utf-8")
    day = ["--as-of", "2026-11-02"]
    assert made(job_of("summarize", [*logs, "-p", path, *day])) == made(job_of("summarize", [*logs, *options, *own, *day])), text
    return text


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    path = tmp_path_factory.mktemp("init") / "登记.xlsx"
    rows = grid(SHEET)
    hidden = [rows[0], *([None, "2023-5-6", "2023-5-7", "市级", 5, 6, "已办结", "是"] for _ in range(3))]
    write(path, [Sheet("甲", rows), Sheet("乙", rows[:4]), Sheet("旧", hidden, state="hidden")], "xlsx")
    return path


def some(option: str, *values: str):
    """An option with some of these values."""
    return st.lists(st.sampled_from(values), unique=True).map(lambda chosen: [word for one in chosen for word in (option, one)])


OPTIONS = st.tuples(
    st.sampled_from([["--map", "persons=column:E"], ["--map", "persons=column:F"]]),
    some("--map", "received_on=登记日期", "status=办理状态"),
    some("--map-level", "高层=市级", "中层=county", "基层=片区级"),
    some("--map-status", "完毕啦=closed", "没完=open", "没完=closed,settled", "办理中=excluded"),
    st.sampled_from([[], ["--sheet", "甲"], ["--sheet", "!乙"], ["--sheet", "甲", "--sheet", "旧"]]),
    st.sampled_from([[], ["--log", "cases"], ["--log", "visits"]]),
    st.sampled_from([[], ["--include-hidden"]]),
    st.sampled_from([[], ["--duplicates", "reject"]]),
    st.sampled_from([[], ["--header", "1"]]),
    st.sampled_from([[], ["--case-numbers", "--limit", "memory_mib=3000"]]),
)


@settings(max_examples=20)
@given(options=OPTIONS, own=st.sampled_from([None, "", 'where = ["level=县级"]']), grouped=st.booleans())
def test_a_run_by_the_written_profile_is_the_run_that_it_was_written_by(log, options, own, grouped):
    folder = log.parent
    profile = []
    if own is not None:
        path = folder / "own.toml"
        path.write_text(OWN.format(run=own, groups=GROUPS if grouped else ""), "utf-8")
        profile = ["-p", path]
    same(folder, [log], [word for option in options for word in option], profile)


@pytest.mark.parametrize("own", ["found", "none"])
@pytest.mark.parametrize(
    "source", ["city_2021", "prefectures", *(f"messy/{one.name}" for one in (SAMPLES / "messy").iterdir()), "english"]
)
def test_so_it_is_for_all_sample_data(tmp_path, source, own):
    same(tmp_path, [SAMPLES / source], ["--no-profile"] if own == "none" else [])


def test_what_a_word_is_called_there_is_true_where_it_stands(log):
    plain = tomllib.loads(
        text := written([log, "--map", "persons=column:E", "--map-level", "高层=市级", "--map-level", "基层=片区级"])
    )
    assert plain["levels"] == {"city": ["高层"]}
    assert plain["map_level"] == ["基层=片区级"]
    assert plain["map"] == {"persons": "column:E"}
    assert '# "县级" → county: 2' in text
    assert '= ["中层"]  # 未识别: ' in text
    assert '# "已办结" → 由另一列决定: 1' in text  # 结案 says what is closed


def test_what_no_profile_keeps_is_said(tmp_path):
    done = run("profile", "init", book(tmp_path, SHEET.replace("来访人数 来访人数", "来访人数 备注")), "-r", "--lang", "en")
    assert done.returncode == 0
    assert "give again: --recursive --lang" in done.stdout.decode()
    assert "give again: --recursive --lang" in done.stderr.decode()


def test_keys_of_one_run_make_it_a_profile_to_be_named(log):
    (own := log.parent / "run.toml").write_text('period = "2024-01"\ncompare = "prev"\n', "utf-8")
    text = written([log, "-p", own, "--map", "persons=column:E"])
    assert text.startswith("# 由 xfstats profile init 写出；里面有只能用 -p 指定的键：period, compare")
    assert tomllib.loads(text)["compare"] == "prev"


def test_where_no_profile_can_say_it_the_difference_is_said(tmp_path):
    one = book(tmp_path, "接访日期 接访级别 来访人数 结案 答复日期\n2024-1-2 市级 1 2024-1-3 2024-3-1\n", "甲县接访.xlsx")
    other = book(tmp_path, "接访日期 接访级别 来访人数 答复日期\n2024-1-2 市级 1 2024-1-9\n", "乙县接访.xlsx")
    assert run("profile", "init", one).returncode == 0
    done = run("profile", "init", one, other, "--lang", "zh")
    assert (done.returncode, b"closed_on" in done.stdout) == (1, True)
    assert "结果与这次不同" in done.stderr.decode()


@pytest.mark.parametrize("text", ["schema = 9\n", 'schema = 1\nlog = "cases"\nby = ["channel"]\n'])
def test_a_profile_that_would_be_refused_is_written_with_a_warning(tmp_path, monkeypatch, capsys, text):
    one = book(tmp_path, "接访日期 接访级别 来访人数\n2024-1-2 市级 1\n", "甲县接访.xlsx")
    monkeypatch.setattr("xfstats.cli.commands.profile_init.inferred_profile", lambda *_: text)
    assert profile_job(job_of("init", [one, "--lang", "zh"])) == 1
    assert "结果与这次不同" in capsys.readouterr().err
