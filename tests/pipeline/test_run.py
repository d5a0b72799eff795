"""Finding inputs, running workers, adding tallies, writing files."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.logs import AS_OF, LIMITS, book, codes, here, report
from tests.writers import Sheet, suffix, write
from xfstats.cli.lock import hold_lock
from xfstats.cli.output import check_target, write_output
from xfstats.config.job import Job
from xfstats.config.parse import parse_plan
from xfstats.config.periods import parse_period
from xfstats.config.plan import Filter, Plan
from xfstats.config.profile import load_profile
from xfstats.config.sources import find_sources
from xfstats.errors import EXIT_CODES, InputFault, OutputFault, UsageFault, XfstatsError
from xfstats.messages import LANGS, raw
from xfstats.model import Position, Source
from xfstats.pipeline import processes, wire
from xfstats.pipeline.merge import merge
from xfstats.pipeline.worker import tally_file
from xfstats.reports.build import make_report
from xfstats.reports.figures import Pair

LOG = "接访日期 接访级别 来访人数 办理状态 办结日期\n2024-1-2 市级 1 已办结 2024-1-5\n2024-2-3 县级 2 办理中 .\n"


def plan(**given) -> Plan:
    return Plan(as_of=AS_OF, profile=load_profile(None).words, **given)


def test_folders_globs_and_names_are_found_once_in_a_stable_order(tmp_path):
    for name in ("b.xlsx", "a.csv", "x.pdf", "~$b.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.csv").write_bytes(b"x")
    found = find_sources([str(tmp_path), str(tmp_path / "*.csv")])
    assert [source.name for source in found.sources] == ["a.csv", "b.xlsx"]
    assert found.locks == ("b.xlsx",)
    found = find_sources([str(tmp_path)], recursive=True)
    assert [source.name for source in found.sources] == [f"{tmp_path.name}/a.csv", "b.xlsx", "sub/a.csv"]


@pytest.mark.parametrize(("typed", "code"), [("*.none", "E301"), ("sub", "E317")])
def test_what_names_no_file_is_refused(tmp_path, typed, code):
    (tmp_path / "sub").mkdir()
    with pytest.raises(InputFault) as caught:
        find_sources([str(tmp_path / typed)])
    assert caught.value.code == code


def test_the_lock_file_of_an_open_workbook_named_alone_says_what_to_name(tmp_path):
    for prefix in ("~$", ".~"):
        with pytest.raises(InputFault) as caught:
            find_sources([str(tmp_path / f"{prefix}log.xlsx")])
        assert (caught.value.code, caught.value.values["name"]) == ("E289", "log.xlsx")


def test_a_tally_and_a_plan_cross_the_pipe_unchanged(tmp_path):
    path = book(tmp_path, LOG + "2024-2-30 县级 2 甩锅 .\n")
    made = plan(
        by=("level",), period=parse_period("2024", AS_OF), evidence=True, where=(Filter("level", ("县级",)),), header=(1, 1)
    )
    job = wire.Job(3, Source(str(path), path.name), made)
    assert wire.decode(wire.encode(job), wire.Job) == job
    tally = tally_file(job.source, made)
    assert wire.decode(wire.encode(wire.Answer(tally)), wire.Answer).tally == tally


def test_a_file_whose_name_is_no_text_of_its_system_is_read_by_a_worker(tmp_path):
    name = os.fsdecode(b"\xe9\xff.csv")
    path = tmp_path / name
    try:
        path.write_text("接访日期,接访级别,来访人数\n2024-1-2,市级,3\n", "utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    done = processes.tally_files([Source(str(path), name)], plan())
    assert [one.sheets[0].counted for one in done] == [1]
    assert done[0].name == name


def test_merging_is_associative_and_commutative(tmp_path):
    logs = [LOG, LOG.replace("市级", "乡级"), LOG + "2024-3-1 市级 7 息诉罢访 2024-3-9\n"]
    tallies = [
        tally_file(Source(str(path := book(tmp_path, log, f"接访{i}.xlsx")), path.name), plan()) for i, log in enumerate(logs)
    ]

    def sums(order):
        one = merge([tallies[i] for i in order])[0]
        return one.now, one.total, one.supports

    assert sums([0, 1, 2]) == sums([2, 1, 0]) == sums([1, 0, 2])
    assert sums([0, 1, 2])[1]["visits"] == 7


def test_errors_cross_the_pipe_as_themselves():
    error = InputFault("E306", Position("a.xlsx", "表", 3, 2), field="level", count=2, ways=("--map 甲", "--map 乙"))
    again = wire.decode(wire.encode(wire.Answer(error=wire.ErrorMessage.of(error))), wire.Answer).error.error()
    assert (type(again), str(again)) == (InputFault, str(error))
    assert "「表」!C3" in str(error)


@pytest.mark.parametrize("code", sorted(EXIT_CODES))
def test_every_fault_has_one_line_in_both_languages(code):
    chinese, english = (raw(f"errors.{code}", lang) for lang in LANGS)
    assert "\n" not in chinese + english
    one, other = ({re.split("[:}]", part)[0] for part in text.split("{")[1:]} for text in (chinese, english))
    assert one == other


def test_a_worker_over_its_memory_is_one_error(tmp_path):
    path = tmp_path / "接访.csv"
    path.write_text("接访日期,接访级别,来访人数\n" + "2024-1-2,市级,1\n" * 200_000, "utf-8")
    done = processes.tally_files([Source(str(path), path.name)], plan(limits={"memory_mib": 60}))
    assert isinstance(done[0], XfstatsError)
    assert done[0].code in {"E304", "E320"}


def test_sheets_that_differ_in_columns_are_said(tmp_path):
    path = tmp_path / "接访.xlsx"
    full = [["接访日期", "接访级别", "来访人数", "办理状态"], ["2024-1-2", "市级", 1, "已办结"]]
    bare = [["接访日期", "责任单位"], ["2024-1-3", "甲局"], ["2024-1-4", "乙局"]]
    write(path, [Sheet("一", full), Sheet("二", bare)], "xlsx")
    made = report(path)
    assert made.tables[0].by == ("level",)
    assert made.tables[0].measures == ("visits", "persons", "closed", "closure_rate")
    assert {said.code: said.at for said in made.findings} == {"W212": ("二",), "W216": ("二",), "W246": ("二",)}


def test_a_file_without_the_grouping_column_of_the_others_is_named(tmp_path):
    for name, head, cell in (("甲.csv", ",接访级别", ",市级"), ("乙.csv", "", ""), ("丙.csv", ",责任单位", ",甲局")):
        lines = f"接访日期,来访人数{head}\n2024-1-2,1{cell}\n2024-1-3,2{cell}\n"
        (tmp_path / name).write_text(lines, encoding="utf-8")
    made = report(*(tmp_path / name for name in ("甲.csv", "乙.csv", "丙.csv")))
    assert [said.at for said in made.findings if said.code == "W216"] == [("乙.csv", "丙.csv")]


@pytest.mark.parametrize(
    ("measure", "rows", "said"),
    [
        ("persons", 2, "没有“人数”列，人次及其分母不含这些行"),
        ("collective_visits", 2, "没有“集体访”列，集体访批次及其分母不含这些行"),
        ("acceptance_rate", 1, "没有“受理日期”列，按期受理率及其分母不含这些行"),
        ("response_rate,median_days", 2, "没有“办结日期”列，答复率、办理天数中位数及其分母不含这些行"),
        ("settled", 2, "没有“状态”列，息诉罢访及其分母不含这些行"),
    ],
)
def test_a_column_that_only_some_sheets_have_is_said_for_the_measures_that_need_it(tmp_path, measure, rows, said):
    path = tmp_path / "接访.xlsx"
    full = [["接访日期", "来访人数", "受理日期", "办结日期", "办理状态"], ["2024-1-2", 5, "2024-1-3", "2024-1-9", "息诉罢访"]]
    bare = [["接访日期", "受理日期", "是否办结"], ["2024-1-3", "2024-1-4", "是"], ["2024-1-4", "2024-1-5", "否"]]
    late = [["接访日期", "来访人数", "办结日期", "办理状态"], ["2024-2-2", 2, "2024-2-9", "息诉罢访"]]
    write(path, [Sheet("一", full), Sheet("二", bare), Sheet("三", late)], "xlsx")
    found = [one for one in report(path, measure=measure, words=LIMITS).findings if one.code == "W246"]
    assert [(one.rows, said in one.message, one.at) for one in found] == [
        (rows, True, ("三",) if measure == "acceptance_rate" else ("二",))
    ]


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
@pytest.mark.parametrize(
    ("header", "lang", "said"),
    [
        (
            ("登记日期", "办理状态", "是否化解", "已办结", "是"),
            "zh",
            "2 行所在的表没有“是否解决”列，解决、解决率及其分母不含这些行",
        ),
        (
            ("Date received", "Status", "Resolved?", "Closed", "Yes"),
            "en",
            "2 rows stand in sheets without Resolved?: Resolved, Resolution rate and their bases are without them",
        ),
    ],
)
def test_a_missing_column_of_one_file_is_said_with_its_file_and_by_what_it_lacks(tmp_path, header, lang, said, fmt):
    received, status, flag, closed, yes = header
    for name, column, cells in (("a", status, [closed] * 2), ("b", flag, [yes])):
        rows = [[received, column], *([f"2024-05-0{day}", cell] for day, cell in enumerate(cells, len(name + column)))]
        write(tmp_path / f"{name}{suffix(fmt)}", [Sheet("Sheet1", rows)], fmt)
    files = [tmp_path / f"{name}{suffix(fmt)}" for name in "ab"]
    made = report(*files, log="cases", lang=lang)
    of = {one.code: one for one in made.findings}
    sheet = "「Sheet1」" if fmt == "xlsx" else ""
    assert [of[code].at for code in ("W212", "W246")] == [(files[1].name + sheet,), (files[0].name + sheet,)]
    assert of["W246"].message.startswith(said)


def test_a_figure_of_one_sheet_is_no_figure_of_all(tmp_path):
    names = {"一": "来访人数", "二": "备注"}
    path = tmp_path / "接访.xlsx"
    write(
        path,
        [Sheet(one, [["接访日期", "接访级别", name], [f"2024-1-{len(name)}", "市级", 3]]) for one, name in names.items()],
        "xlsx",
    )
    for made in (report(path), report(path, measure="visits,persons")):
        assert codes(made) == ["W246"]
        assert made.tables[0].total == {"visits": 2, "persons": 3}
        assert made.tables[0].total_row.block.bases == {"persons": Pair(1, 2)}
        assert "人次只按有此列的表计算，批次为：合计 1/2、市级 1/2" in made.tables[0].notes


@pytest.mark.parametrize(
    ("header", "cell", "asked", "field"),
    [
        ("初访/重访", "重访", ["initial", "repeat", "repeat_rate"], "repeat"),
        ("集体访", "是", ["collective_visits"], "collective"),
        ("满意度", "满意", ["satisfied"], "satisfaction"),
        ("受理日期", "2024-1-3", ["accepted"], "accepted_on"),
        ("来访人数", 3, ["persons"], "persons"),
        ("办结日期", "2024-1-5", ["median_days"], "closed_on"),
        ("责任单位", "甲局", ["closed"], None),
    ],
)
def test_what_some_sheets_cannot_add_to_a_measure_is_said(tmp_path, header, cell, asked, field):
    bare = [["接访日期", "接访级别", "办理状态"], ["2024-1-2", "市级", "已办结"], ["2024-1-4", "市级", "办理中"]]
    full = [[*bare[0], header], ["2024-1-3", "市级", "已办结", cell]]
    write(tmp_path / "接访.xlsx", [Sheet("一", full), Sheet("二", bare)], "xlsx")
    made = report(tmp_path / "接访.xlsx", measure=["visits", *asked])
    said = [(one.code, one.rows, one.finding.values) for one in made.findings]
    assert said == ([("W246", 2, {"field": field, "measures": tuple(asked)})] if field else [])
    assert all("_" not in one.message for one in made.findings)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-03-04", date(2026, 3, 4), date(2026, 3, 4)),
        ("2026-03-04..2026-05-06", date(2026, 3, 4), date(2026, 5, 6)),
        ("last-month", date(2025, 12, 1), date(2025, 12, 31)),
        ("last-week", date(2026, 1, 5), date(2026, 1, 11)),
    ],
)
def test_periods_hold_both_their_days(text, first, last):
    period = parse_period(text, date(2026, 1, 15))
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "26", "2026-05-06..2026-03-04", "soon"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(UsageFault) as caught:
        parse_period(text, AS_OF)
    assert caught.value.code == "E220"


def test_an_output_is_never_an_input(tmp_path):
    log = book(tmp_path, LOG)
    link, hard = tmp_path / "link.csv", tmp_path / "hard.csv"
    link.symlink_to(log)
    os.link(log, hard)
    for target in (log, link, hard):
        with pytest.raises(UsageFault) as caught:
            check_target(target, force=True, inputs=[log])
        assert caught.value.code == "E202"


def test_a_link_stays_a_link_and_a_mode_stays(tmp_path):
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_output("new", link, force=True, inputs=[])
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("step", "number", "code"),
    [
        ("fsync", errno.ENOSPC, "E401"),
        ("fsync", errno.EIO, "E406"),
        ("replace", errno.EACCES, "E402"),
        ("replace", errno.ENOENT, "E405"),
        ("open", errno.EROFS, "E402"),
    ],
)
def test_a_failure_at_any_step_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step, number, code):
    target = tmp_path / "out.csv"
    target.write_text("old")

    def fail(*_args, **_settings):
        raise OSError(number, "x")

    if step == "open":
        monkeypatch.setattr(Path, "open", fail)
    else:
        monkeypatch.setattr(os, step, fail)
    with pytest.raises(OutputFault) as caught:
        write_output("new", target, force=True, inputs=[])
    monkeypatch.undo()
    assert caught.value.code == code
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_one_run_at_a_time_where_a_lock_is_wanted(tmp_path):
    with hold_lock(tmp_path, enabled=True):
        with pytest.raises(XfstatsError) as caught, hold_lock(tmp_path, enabled=True):
            pass
        assert caught.value.exit_code == 5
        with hold_lock(tmp_path, enabled=False):
            pass
    with hold_lock(tmp_path, enabled=True):
        pass


def test_temporary_files_of_dead_runs_are_removed(tmp_path):
    dead = tmp_path / ".out.csv.xfstats-999999999.tmp"
    alive = tmp_path / f".out.csv.xfstats-{os.getppid()}.tmp"
    dead.touch()
    alive.touch()
    write_output("new", tmp_path / "out.csv", force=False, inputs=[])
    assert sorted(path.name for path in tmp_path.iterdir()) == [alive.name, "out.csv"]


def test_a_roster_of_which_all_have_reported_says_nothing(tmp_path):
    log = "接访日期 区县 来访人数\n2026-1-2 青山县 1\n2026-1-3 石桥县 2\n"
    found = [tmp_path / "expect.toml", tmp_path / "more.toml"]
    found[0].write_text('schema = 1\nexpect = ["青山县", "石桥县"]\n', "utf-8")
    found[1].write_text('schema = 1\nexpect = ["青山县", "石桥县", "龙潭县"]\n', "utf-8")
    path = book(tmp_path, log)
    assert [codes(report(path, profile=profile)) for profile in found] == [[], ["W219"]]


@pytest.mark.parametrize("spoiled", ["counted", "sums"])
def test_rows_that_do_not_add_up_are_a_fault_of_ours_and_no_table(tmp_path, spoiled):
    path = book(tmp_path, "接访日期 接访级别 来访人数\n2026-1-2 市级 1\n2026-1-3 县级 2\n")
    loaded = load_profile(None, named=False)
    plan = parse_plan({"as_of": AS_OF}, loaded)

    def mapper(sources, plan):
        (file,) = here(sources, plan)
        (sheet,) = file.sheets
        twice = {key: {**counts, "visits": 2} for key, counts in sheet.sums.counts.items()}
        wrong = {"counted": sheet.counted + 1} if spoiled == "counted" else {"sums": replace(sheet.sums, counts=twice)}
        return [replace(file, sheets=(replace(sheet, **wrong),))]

    with pytest.raises(XfstatsError) as caught:
        make_report(Job((Source(str(path), path.name),), plan, loaded), mapper)
    assert caught.value.code == "E701"
