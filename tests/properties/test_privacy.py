"""A person planted in a log is in no byte of any output, whatever the command, the format and the ending."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest

from tests.logs import book, report
from tests.program import run
from tests.writers import Sheet, write
from xfstats.config.output_formats import BY_KEY, TABLE_FORMATS
from xfstats.errors import InputFault
from xfstats.render import load_renderer
from xfstats.render.style import Style

CANARY = ["秦楠木木", "110101199003074477", "13800138321", "不存在路77号", "控告原文样例"]
HEADER = [
    "序号",
    "接访日期",
    "接访级别",
    "来访人姓名",
    "身份证号",
    "联系电话",
    "住址",
    "反映问题",
    "来访人数",
    "办理状态",
    "承办情况说明列",
]
ROWS = [
    [1, "2024-1-2", "市级", *CANARY, 1, "已办结", CANARY[0]],
    [2, CANARY[0], "市级", *CANARY, 1, "已办结", ""],
    [3, "2024-1-3", CANARY[0], *CANARY, CANARY[2], "已办结", ""],
    [4, "2024-1-3", CANARY[1], *CANARY, 2, CANARY[4], ""],
    [5, "2024-1-4", "县级", *CANARY, 2, "办理中", ""],
]
COMMANDS = [
    ["summarize"],
    ["summarize", "-v"],
    ["summarize", "--by", "post"],
    ["summarize", "--by", "unit", "--map", "unit=身份证号"],
    ["summarize", "--map", "received_on=来访人姓名"],
    ["summarize", "--where", "level=市级", "--strict"],
    ["inspect"],
    ["inspect", "-f", "json"],
    ["check"],
    ["check", "-f", "json"],
    *(["summarize", "-f", form] for form in TABLE_FORMATS if not BY_KEY[form].binary),
    ["summarize", "--public"],
    ["summarize", "--by", "month", "--compare", "prev", "--period", "2024-01"],
    ["deadlines", "--preset", "petition"],
    ["deadlines", "--list", "--preset", "petition"],
    ["explain", "visits"],
    ["explain", "visits", "-f", "json"],
    *(["report", "-o", f"OUT.{form}", "--detail"] for form in ("xlsx", "docx", "html", "md", "txt")),
]


def unpacked(path):
    """A file's bytes, and those of its parts where it is a package."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return data
    with zipfile.ZipFile(path) as package:
        return data + b"".join(map(package.read, package.namelist()))


def outputs(folder, words, **env):
    done = run(*words, **env)
    written = b"".join(map(unpacked, folder.glob("out*")))
    return done, done.stdout + done.stderr + written


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("header", [HEADER, CANARY * 2 + ["x"]], ids=["header", "no header"])
def test_no_output_holds_the_planted_person(tmp_path, words, header):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("登记", [header, *ROWS])], "xlsx")
    rejects = ["--rejects", str(tmp_path / "out.csv")] if words[0] in {"summarize", "inspect"} and "--public" not in words else []
    given = [word.replace("OUT", str(tmp_path / "out")) for word in words]
    home, scratch = tmp_path / "home", tmp_path / "scratch"
    home.mkdir()
    scratch.mkdir()
    done, data = outputs(tmp_path, [*given, str(path), *rejects], HOME=str(home), TMPDIR=str(scratch))
    assert [*home.iterdir(), *scratch.iterdir()] == []
    assert done.returncode in {0, 1, 2, 3}
    text = data.decode("utf-8", "replace")
    found = [word for word in CANARY if word in text]
    level_shown_by_rule = {CANARY[0], CANARY[1]}  # see test_a_level_word_is_shown_only_as_the_design_says
    assert not set(found) - level_shown_by_rule
    if header is HEADER:
        assert not found


def test_a_bug_is_one_line_that_quotes_nothing(tmp_path):
    code = (
        "import sys, xfstats.cli.main as cli\n"
        "import xfstats.cli.run as running\n"
        f"def broken(*_, **__): raise ValueError({CANARY[0]!r})\n"
        "running.make_report = broken\n"
        "sys.argv = ['xfstats', 'summarize', sys.argv[1]]\n"
        "cli.main()\n"
    )
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("登记", [HEADER, *ROWS])], "xlsx")
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=False)
    assert done.returncode == 70
    assert len(done.stderr.splitlines()) == 1
    assert b"ValueError" in done.stderr
    assert CANARY[0].encode() not in done.stderr


def test_words_of_a_yes_no_column_without_one_yes_or_no_are_not_shown(tmp_path):
    """It may be a column of anything; a mutant had put the names of visitors under 已办结."""
    for cells, word in ((["甄某隐"] * 10, False), (["待定", "待定", "待定", *["是"] * 7], True)):
        rows = "".join(f"2024-1-{n} 2 市级 {cell}\n" for n, cell in enumerate(cells, 2))
        found = report(book(tmp_path, f"来访日期 来访人数 接访级别 已办结\n{rows}")).findings
        said = next(one for one in found if one.code == "W201")
        assert (said.code, cells[0] in said.message) == ("W201", word)


@pytest.mark.parametrize("named", ["column:C", "客户姓名及工号"])
def test_a_header_that_holds_a_persons_word_is_no_group_by_any_map(tmp_path, named):
    """The words of columns about persons are no full list of their headers."""
    log = book(tmp_path, "来访日期 来访人数 客户姓名及工号 办理状态\n" + "2024-1-2 1 甄某隐 已办结\n" * 4)
    with pytest.raises(InputFault) as refused:
        report(log, by=["unit"], maps=[f"unit={named}"])
    assert refused.value.code == "E328"


def test_a_merge_over_the_whole_sheet_takes_no_header_away(tmp_path):
    log = "来访日期 来访人数 来访人姓名 办理状态\n" + "2024-1-2 1 甄某隐 已办结\n" * 4
    path = book(tmp_path, log, merges=[(1, 1, 9, 9)])
    with pytest.raises(InputFault) as refused:
        report(path, by=["unit"], maps=["unit=column:C"])
    assert refused.value.code == "E328"


NUMBERS = ["110101199003074477", "110101199003074514", "110101199003074478", "13800138321", "110101900307447"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_of_a_person_that_slipped_into_the_states_is_not_named(tmp_path, number):
    """Whether its check digit is right or was mistyped."""
    rows = "".join(f"2024-1-{1 + place % 28} 市级 1 {number if place < 4 else '已办结'}\n" for place in range(24))
    made = report(book(tmp_path, "接访日期 接访级别 来访人数 办理状态\n" + rows))
    assert "W201" in {one.code for one in made.findings}
    assert number not in str(load_renderer("json")(made, Style())) + str(load_renderer("table")(made, Style()))
