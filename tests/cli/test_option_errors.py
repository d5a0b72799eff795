"""Options that cannot be read, and what goes with what: each a usage error that says what to type."""

from __future__ import annotations

import sys

import pytest
from click.testing import CliRunner

from tests.logs import book, report
from tests.program import run_text as run
from xfstats.cli.main import main
from xfstats.config.holidays import working_days
from xfstats.config.parse import parse_gates, parse_plan
from xfstats.config.profile import find_profile, load_profile
from xfstats.errors import UsageFault, XfstatsError

LOG = "接访日期 接访级别 来访人数 办理状态\n2024-1-2 市级 1 已办结\n"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"maps": ["level"]}, "E213"),
        ({"maps": ["=接访点"]}, "E213"),
        ({"measure": "visits,visits"}, "E214"),
        ({"header": "3-9"}, "E215"),
        ({"header": "0"}, "E215"),
        ({"header": "三"}, "E216"),
        ({"header": "9" * 5000}, "E216"),
        ({"limits": ["rows=" + "9" * 5000]}, "E216"),
        ({"encoding": "gkb"}, "E201"),
        ({"encoding": "undefined"}, "E203"),
        ({"encoding": "hex"}, "E203"),
        ({"as_of": "明天"}, "E218"),
        ({"by": "person"}, "E204"),
        ({"period": ""}, "E220"),
        ({"where": ["level="]}, "E213"),
        ({"where": ["level=市级,"]}, "E213"),
        ({"where": ["level!"]}, "E213"),
    ],
)
def test_an_option_that_cannot_be_read_is_a_usage_error(options, code):
    with pytest.raises(UsageFault) as caught:
        parse_plan(options, load_profile(None))
    assert caught.value.code == code


@pytest.mark.parametrize("name", ["gbk", "utf-16", "UTF-32", "cp037", "idna"])
def test_an_encoding_is_one_that_python_has(name):
    assert parse_plan({"encoding": name}, load_profile(None)).encoding == name


def test_rows_of_a_header_are_one_or_a_span():
    assert parse_plan({"header": "3"}, load_profile(None)).header == (3, 3)
    assert parse_plan({"header": "3-4"}, load_profile(None)).header == (3, 4)


@pytest.mark.parametrize(
    "text", ["viele", "2,5%", "x%", "nan%", "inf%", "1e1%", "-1%", "-1", "100.01%", "101%", "2.5", "5%%", "", "２"]
)
def test_how_many_may_be_rejected_is_a_number_or_a_share(text):
    with pytest.raises(UsageFault) as caught:
        parse_gates({"max_rejected": text})
    assert caught.value.code == "E217"


@pytest.mark.parametrize("given", ["0", "20", "0%", "2.5%", "100%", 0, 20])
def test_none_may_be_rejected_and_all_may(given):
    assert parse_gates({"max_rejected": given}).max_rejected == str(given)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["summarize", "LOG", "--public", "--save", "OUT.json"], "E234"),
        (["summarize", "LOG", "-o", "OUT.what"], "E211"),
        (["summarize", "LOG", "-f", "xlsx"], "E212"),
        (["report", "LOG", "--public", "--detail", "-o", "OUT.xlsx"], "E234"),
        (["explain", "visits", "LOG", "-f", "html"], None),
        (["summarize", "LOG", "--sort", "visits:up"], "E203"),
        (["summarize", "LOG", "--top", "1", "--bottom", "1"], "E234"),
    ],
)
def test_options_that_do_not_go_together_end_with_2_and_write_nothing(tmp_path, words, code):
    log = str(book(tmp_path, LOG))
    given = [word.replace("LOG", log).replace("OUT", str(tmp_path / "out")) for word in words]
    done = CliRunner().invoke(main, [*given, "--lang", "en"])
    assert done.exit_code == 2
    assert code is None or code in done.output
    assert list(tmp_path.glob("out*")) == []


def test_the_fields_are_listed_with_their_names():
    done = CliRunner().invoke(main, ["fields", "--lang", "zh"])
    lines = dict(line.split(maxsplit=1) for line in done.output.splitlines())
    assert lines["received_on"].split()[0] == "日期"
    assert lines["received_on"].split(maxsplit=1)[1].startswith("登记日期（也可写 登记时间、")
    assert lines["person"].split() == ["个人信息", "个人信息"]
    assert lines["month"].split()[0] == "时间"


def test_the_measures_are_listed_with_what_may_be_typed_for_them():
    for lang, kind, words in (("zh", "比率", "（也可写 办结率）"), ("en", "rate", "")):
        done = CliRunner().invoke(main, ["measures", "--lang", lang])
        (line,) = (line for line in done.output.splitlines() if line.startswith("closure_rate "))
        assert line.split()[1] == kind
        assert line.endswith(words)


def test_two_profiles_that_differ_are_refused_and_two_that_agree_are_one(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "xfstats.toml").write_text("schema = 1\n", "utf-8")
    folders = [tmp_path / "a", tmp_path / "b"]
    assert find_profile(folders) == tmp_path / "a" / "xfstats.toml"
    (tmp_path / "b" / "xfstats.toml").write_text('schema = 1\noffice = "甲"\n', "utf-8")
    with pytest.raises(XfstatsError) as caught:
        find_profile(folders)
    assert (caught.value.code, caught.value.exit_code) == ("E324", 3)


@pytest.mark.parametrize(("line", "code"), [("十月一日", "E231"), ("2026-02-30", "E231"), (None, "E230")])
def test_a_holiday_file_that_cannot_be_read_is_named_with_its_line(tmp_path, line, code):
    if line is not None:
        (tmp_path / "假日.txt").write_text(f"2026-10-01 休\n{line}\n", "utf-8")
    with pytest.raises(UsageFault) as caught:
        working_days("假日.txt", tmp_path)
    assert caught.value.code == code
    assert line is None or caught.value.values["line"] == 2


def test_working_days_without_their_extra_say_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    with pytest.raises(UsageFault) as caught:
        working_days("chinesecalendar", tmp_path)
    assert caught.value.code == "E232"


@pytest.mark.parametrize("measure", ["cases", "overdue", "cases,on_time_rate"])
def test_a_date_that_judges_no_period_rejects_no_row(tmp_path, measure):
    log = "案件编号 登记日期 办理期限 办结日期 办理状态\n1 2026-9-1 待定 . 办理中\n2 2026-9-2 2026-10-1 . 办理中\n"
    path = book(tmp_path, log, "案件.xlsx")
    for options, counted in (({}, 2), ({"period": "2026-10"}, 1), ({"by": "month"}, 1)):
        made = report(path, measure=measure, date_by="due_on", **options)
        assert made.reconciliation.counted == counted, options


@pytest.mark.parametrize(
    ("lang", "typed", "said"),
    [
        (
            "en",
            "closing",
            "--measure: no closing; did you mean closed_in_time or closed? There are those that xfstats measures lists [E201]",
        ),
        ("en", "zzz", "--measure: no zzz; there are those that xfstats measures lists [E203]"),
        ("zh", "乱七八糟", "--measure：没有“乱七八糟”；可用：见 xfstats measures [E203]"),
    ],
)
def test_an_unknown_measure_names_the_nearest_and_the_command_that_lists_all(lang, typed, said):
    assert run("summarize", "x", "-m", typed, "--lang", lang, code=2).stderr == f"xfstats: {said}\n"


def test_few_names_are_listed():
    assert "there are count, reject [E203]" in run("summarize", "x", "--duplicates", "zzz", "--lang", "en", code=2).stderr
