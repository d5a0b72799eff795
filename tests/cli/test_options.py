"""Where an option is said and what wins; what cannot be typed; what stands on stderr and in which files."""

from __future__ import annotations

import json
import re
import sys

import click
import pytest

import xfstats
from tests.logs import book
from tests.program import run_text as run
from xfstats.cli import terminal
from xfstats.cli.main import main
from xfstats.render.safe_text import display_width

LOG = "序号 接访日期 接访级别 来访人数 办理状态\n1 2024-1-2 市级 1 已办结\n2 2024-1-3 县级 2 办理中\n3 2024-1-4 市级 2 办理中\n"
COMMANDS = [
    *(name for name in main.list_commands(click.Context(main)) if name != "profile"),
    "profile",
    *(f"profile {one}" for one in ("init", "show", "check")),
]


pytestmark = pytest.mark.usefixtures("no_workers")


@pytest.fixture
def log(tmp_path):
    return str(book(tmp_path, LOG))


def profile(folder, text, name="p.toml"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        ("summarize", "FILE is missing; see xfstats summarize --help [E276]", "缺少 文件；请看 xfstats summarize --help [E276]"),
        ("summarize x --plublic", "did you mean --public?", "是不是 --public？"),
        ("summarize x --zzz", "no option --zzz; see xfstats summarize --help [E278]", "没有 --zzz 这个选项"),
        ("summarize x --log visit", "did you mean visits?", "是不是 接访（visits）？"),
        ("summarize x --top two", "--top takes a whole number from 1 to 1000 [E279]", "--top 要写 1 到 1000 的整数"),
        ("summarize x --by", "--by needs a value [E280]", "--by 后面要有内容"),
        ("summarize x --force=1", "--force takes no value [E281]", "--force 后面不带内容"),
        ("fields x", "too much after xfstats fields", "xfstats fields 后面多了"),
        ("summarise x", "did you mean summarize?", "是不是 summarize？"),
        ("profile", "COMMAND is missing; see xfstats profile --help [E276]", "缺少 命令"),
        ("profile chek", "xfstats profile: no chek; did you mean check?", "是不是 check？"),
    ],
)
def test_what_cannot_be_typed_is_one_line_with_a_code_in_either_language(words, english, chinese):
    for lang, said in (("en_GB.UTF-8", english), ("zh_CN.UTF-8", chinese)):
        done = run(*words.split(), code=2, LANG=lang)
        assert said in done.stderr
        assert (done.stdout, done.stderr.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        *(("explain", "visits x --rejects r"), ("explain", "visits x --top 2"), ("inspect", "x --digits 1")),
        *(("inspect", "x --bars"), ("inspect", "x --rank visits"), ("verify", "r.md x --rejects r")),
        *(("verify", "r.md x --bars"), ("profile init", "x --lock"), ("report", "x --save s.json")),
    ],
)
def test_an_option_without_a_meaning_is_not_offered(command, option):
    said = run(*command.split(), *option.split(), code=2).stderr
    unknown = next(word for word in option.split() if word.startswith("--"))
    assert re.fullmatch(rf"xfstats: no option {unknown}; did you mean --[a-z]+\? See xfstats {command} --help \[E277\]\n", said)


def test_a_flag_of_the_environment_is_read_or_refused(log):
    for word in ("1", "true", "yes"):
        assert run("summarize", log, "-q", code=0, XFSTATS_STRICT=word).stderr == ""
    said = run("summarize", log, code=2, XFSTATS_STRICT="maybe").stderr
    assert said == "xfstats: --strict cannot be read; see xfstats summarize --help [E282]\n"


def test_the_environment_holds_one_value_a_line(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("Case Number,Received Date,Agency Name,Status\nA1,2024-01-02,Fire Dept,Closed\nA2,2024-01-03,Parks,Open\n")
    named = {"XFSTATS_MAP": "unit=Agency Name\nstatus=Status\n", "XFSTATS_WHERE": "unit=Fire Dept"}
    plain = json.loads(run("summarize", log, "--by", "unit", "-f", "json", **named).stdout)
    assert plain["tables"][0]["total"]["figures"]["cases"] == 1
    done = run("summarize", log, code=1, XFSTATS_FAIL_IF="closure_rate[*] < 68%")
    assert "closure_rate[*] < 68%" in done.stderr
    run("report", log, XFSTATS_OUTPUT=f"{tmp_path}/月 报.md\n{tmp_path}/b.txt")
    assert (tmp_path / "月 报.md").exists()
    assert (tmp_path / "b.txt").exists()


def test_a_form_of_the_environment_is_for_the_commands_that_have_it(log):
    assert json.loads(run("inspect", log, XFSTATS_FORMAT="json").stdout)["schema"] == "xfstats.inspect/1"
    assert "xfstats report" in run("report", log, XFSTATS_FORMAT="json").stdout
    assert "[E203]" in run("report", log, code=2, XFSTATS_FORMAT="what").stderr
    assert "[E203]" in run("report", log, "-f", "json", code=2).stderr


def test_what_was_typed_wins_over_the_environment_and_that_over_the_profile(tmp_path, log):
    own = profile(tmp_path, 'strict = true\ndigits = 1\nlang = "en"\nformat = "csv"\n')
    done = run("summarize", log, "-p", own, "-f", "table", "--digits", "0", "--duplicates", "count")
    assert "33%" in done.stdout
    assert "33.3%" in run("summarize", log, "-p", own, XFSTATS_FORMAT="table").stdout
    assert "33.33%" in run("summarize", log, "-p", own, XFSTATS_FORMAT="table", XFSTATS_DIGITS="2").stdout
    bad = str(book(tmp_path, LOG + "4 2024-2-30 市级 1 办理中\n", "bad.xlsx"))
    loose = ("summarize", bad, "-p", own, "--max-rejected", "9")
    run(*loose, code=1)
    run(*loose, XFSTATS_STRICT="0")
    assert run("report", log, "-p", own).stdout.count("xfstats report --profile p.toml") == 1


def test_a_public_profile_and_the_environment_refuse_what_would_tell_true_counts(tmp_path, log):
    own = profile(tmp_path, "public = true\n")
    for words in (
        ["explain", "visits", log],
        ["summarize", log, "--save", "s"],
        ["report", log, "--detail", "-o", f"{tmp_path}/r.xlsx"],
    ):
        assert "[E234]" in run(*words, "-p", own, code=2).stderr
        assert "[E234]" in run(*words, code=2, XFSTATS_PUBLIC="1").stderr
    assert xfstats.summarize(log, profile=own)["visits"].total["visits"] == 10
    assert xfstats.summarize(log, profile=own, public=False)["visits"].total["visits"] == 3


def test_a_document_without_its_extra_says_what_to_install(monkeypatch, tmp_path, log):
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "xfstats.render.docx.document", raising=False)
    said = run("report", log, "-o", tmp_path / "r.docx", code=2).stderr
    assert said == "xfstats: python-docx is needed; install xfstats[docx] [E241]\n"
    assert not (tmp_path / "r.docx").exists()


def test_v_tells_the_digests_and_the_command_and_q_nothing(log):
    said = run("summarize", log, "-v", "--as-of", "2026-11-02").stderr.splitlines()
    assert [line.split()[0] for line in said] == ["sha256", "xfstats"]
    assert said[1] == "xfstats summarize --as-of 2026-11-02 -- '接访.xlsx'"
    assert run("summarize", log, "-v", "-q").stderr == ""


def test_messages_are_objects_where_that_is_asked_for(log):
    asked = {"XFSTATS_LOG_FORMAT": "json"}
    error = json.loads(run("summarize", "none.xlsx", code=3, **asked).stderr)
    assert {key: error[key] for key in ("level", "code", "message")} == {
        "level": "error",
        "code": "E301",
        "message": '"none.xlsx": no such file [E301]',
    }
    done = run("summarize", log, "--fail-if", "visits < 9", "-v", code=1, **asked)
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(one["level"], one["code"]) for one in told] == [
        ("note", "progress"),
        ("warning", "gate"),
        ("note", "run"),
        ("note", "run"),
    ]


def test_colour_is_for_terminals_and_marks_what_is_under_a_gate(tmp_path, log):
    words = ["summarize", log, "--fail-if", "closure_rate[*] < 50%", "-m", "closure_rate"]
    plain = run(*words, code=1).stdout
    assert "\x1b" not in plain
    for env in ({"FORCE_COLOR": "1"}, {"XFSTATS_COLOR": "always", "NO_COLOR": "1"}, {"XFSTATS_COLOR": "always", "COLUMNS": "12"}):
        coloured = run(*words, code=1, **env).stdout
        assert coloured.startswith("\x1b[1m接访")
        assert "\x1b[31m0.00%\x1b[0m" in coloured
        assert "\x1b[31m50.00%" not in coloured
    assert (
        run(*words, "--color", "always", code=1).stdout.replace("\x1b[1m", "").replace("\x1b[31m", "").replace("\x1b[0m", "")
        == plain
    )
    for env in ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"XFSTATS_COLOR": "never"}, {"TERM": "dumb"}):
        assert "\x1b" not in run(*words, code=1, **env).stdout
    run(*words, "--color", "always", "-o", tmp_path / "t.txt", code=1)
    assert "\x1b" not in (tmp_path / "t.txt").read_text("utf-8")


def test_a_report_names_its_inputs_and_verify_takes_what_is_typed_on_it(tmp_path, log):
    run("report", log, "--as-of", "2026-11-02", "-o", tmp_path / "r.md")
    text = (tmp_path / "r.md").read_text("utf-8")
    assert "xfstats report --as-of 2026-11-02 -- '接访.xlsx'" in text.replace("\\", "")
    assert str(tmp_path) not in text
    assert run("verify", tmp_path / "r.md", log).stdout.count("\n") == 1
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04")
    run("verify", tmp_path / "r.md", log, bad, code=3)
    assert "0 个不符" in run("verify", tmp_path / "r.md", log, bad, "--skip-bad-files", code=None).stdout
    assert "[E304]" in run("verify", tmp_path / "r.md", log, "--limit", "rows=1", code=3).stderr


def test_nothing_is_written_before_all_names_are_known_to_be_right(tmp_path, log):
    (tmp_path / "visits.xlsx").write_bytes(b"PK somebody's own")
    two = ["report", log, "-o", tmp_path / "a.md", "-o", tmp_path / "{log}.xlsx"]
    for words in (two, [*two, "-n"]):
        assert "[E403]" in run(*words, code=4).stderr
    assert not (tmp_path / "a.md").exists()
    for words in (
        ["report", log, "-o", tmp_path / "a.md", "-o", tmp_path / "." / "a.md"],
        ["report", log, "-o", tmp_path / "visits.md", "-o", tmp_path / "{log}.md"],
        ["summarize", log, "-o", tmp_path / "a.csv", "--rejects", tmp_path / "a.csv"],
    ):
        assert "[E214]" in run(*words, code=2).stderr
    assert "did you mean {log}?" in run("summarize", log, "-o", tmp_path / "{lgo}.csv", code=2).stderr
    assert "[E405]" in run("summarize", log, "-o", tmp_path / "none" / "a.csv", "--lock", code=4).stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["visits.xlsx", "接访.xlsx"]


def test_a_profile_is_said_whatever_the_exit_code(tmp_path, log):
    profile(tmp_path, 'office = "样例局"\n', "xfstats.toml")
    assert "xfstats.toml" in run("summarize", log, "--fail-if", "visits < 9", code=1).stderr
    assert "xfstats.toml" in run("profile", "init", log).stderr


def test_with_r_a_profile_is_found_beside_each_file(tmp_path):
    (tmp_path / "县").mkdir()
    book(tmp_path / "县", LOG)
    profile(tmp_path / "县", '[status]\nclosed = ["办理中"]\n', "xfstats.toml")
    plain = json.loads(run("summarize", tmp_path, "-r", "-f", "json").stdout)
    assert plain["tables"][0]["total"]["figures"]["closed"] == 3


def test_a_named_profile_holds_a_template_that_lies_beside_it(tmp_path, log):
    (tmp_path / "文.txt").write_text("共 {{ figure('visits') }} 批", "utf-8")
    own = profile(tmp_path, 'template = "文.txt"\n')
    assert run("report", log, "-p", own).stdout == "共 3 批"


def test_a_header_that_is_not_there_is_said_so(log):
    said = run("summarize", log, "--map", "level=NoSuch", code=3).stderr
    assert said == 'xfstats: "接访.xlsx": no such header for --map level (Level); see xfstats inspect [E285]\n'


@pytest.mark.parametrize("columns", ["²", "9" * 5000, "-1", "x", ""])
def test_a_width_that_is_none_is_passed_over(columns, monkeypatch):
    monkeypatch.setattr(terminal, "_is_terminal", lambda _: True)
    monkeypatch.setattr(terminal.os, "get_terminal_size", lambda _: terminal.os.terminal_size((77, 20)))
    monkeypatch.setattr(terminal.sys, "stdout", sys.__stdout__)
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal.terminal_width() == 77
    monkeypatch.setenv("COLUMNS", "33")
    assert terminal.terminal_width() == 33


@pytest.mark.parametrize("lang", ["en_GB.UTF-8", "zh_CN.UTF-8"])
@pytest.mark.parametrize("cells", [40, 80])
def test_every_page_fits_its_window_and_has_an_example(cells, lang, monkeypatch):
    monkeypatch.setattr(terminal, "_is_terminal", lambda stream: stream is sys.stdout)
    for command in COMMANDS:
        page = run(*command.split(), "--help", COLUMNS=str(cells), LANG=lang).stdout
        assert max(map(display_width, page.splitlines())) <= cells, command
        assert command == "profile" or f"\n  xfstats {command}" in page
    for command in ("measures", "fields"):
        assert max(map(display_width, run(command, COLUMNS=str(cells), LANG=lang).stdout.splitlines())) <= cells


def test_inspect_fits_its_window(log, monkeypatch):
    monkeypatch.setattr(terminal, "_is_terminal", lambda stream: stream is sys.stdout)
    assert max(map(display_width, run("inspect", log, COLUMNS="40").stdout.splitlines())) <= 40


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"log": "foo"}, "E203"),
        ({"lang": "fr"}, "E203"),
        ({"top": "2"}, "E279"),
        ({"top": 0}, "E279"),
        ({"top": -1}, "E279"),
        ({"digits": 7}, "E279"),
        ({"where": {"level": ["市级", "县级"]}}, "E284"),
        ({"period": 2024}, "E284"),
        ({"as_of": 5}, "E284"),
        ({"strict": "yes"}, "E284"),
        ({"limits": {"rows": "many"}}, "E284"),
        ({"mesures": "visits"}, "E201"),
    ],
)
def test_what_python_cannot_take_is_a_usage_fault(log, options, code):
    with pytest.raises(xfstats.UsageFault) as caught:
        xfstats.summarize(log, **options)
    assert caught.value.code == code


def test_python_has_the_options_of_the_command_line(tmp_path, log):
    from datetime import date, datetime

    own = profile(tmp_path, '[profile.month]\nperiod = "2024-01"\ndigits = 1\n')
    report = xfstats.summarize(
        log,
        profile=f"{own}:month",
        fail_if="visits < 9",
        limits={"rows": 100},
        jobs=1,
        as_of=datetime(2026, 11, 2),
        max_rejected=3,
    )
    assert (report.digits, report.as_of, len(report.attention)) == (1, "2026-11-02", 1)
    days = xfstats.summarize(
        log, period=(date(2024, 1, 3), "2024-01-04"), recursive=True, date_by="received_on", encoding="utf-8"
    )
    assert days["visits"].total["visits"] == 2
    assert xfstats.inspect(log, columns={"unit": "接访级别"}, by="unit").tables[0].by == ("unit",)


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("XFSTATS_PERIOD", "2026-02-30", "E220"),
        ("XFSTATS_LOG", "visit", "E201"),
        ("XFSTATS_TOP", "0", "E279"),
        ("XFSTATS_BY", "levle", "E201"),
        ("XFSTATS_MAX_REJECTED", "x", "E217"),
    ],
)
def test_an_error_about_what_the_environment_said_names_the_variable(log, variable, value, code):
    done = run("summarize", log, code=2, LANG="en_GB.UTF-8", **{variable: value})
    assert done.stderr.endswith(f" (said by {variable} in the environment) [{code}]\n")
    flag = "--" + variable[8:].lower().replace("_", "-")
    typed = run("summarize", log, flag, value, code=2, LANG="en_GB.UTF-8", **{variable: value})
    assert variable not in typed.stderr
