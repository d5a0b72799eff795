"""What shells complete: commands, options, what options take in both languages, sheets of the file typed; and quickly."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest
from click.shell_completion import get_completion_class

from tests.logs import book
from tests.needs import needs
from tests.program import run_text, started
from tests.writers import Sheet, write
from xfstats.cli.completion import SHELLS
from xfstats.config.sheet_names import sheet_names
from xfstats.measures.choices import PRESETS
from xfstats.model import GROUP_FIELDS, WORD_FIELDS


def offered(line, cwd=None, **env):
    """What a shell would offer at the end of a line, with descriptions."""
    words = line.split(" ")
    asked = {"_XFSTATS_COMPLETE": "zsh_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = run_text(cwd=cwd, LANG="zh_CN.UTF-8", **asked, **env, code=None)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    return {value: text for kind, value, text in zip(lines[::3], lines[1::3], lines[2::3], strict=False) if kind == "plain"}


def test_commands_and_options_are_offered_with_their_descriptions():
    assert offered("xfstats su") == {"summarize": "按组统计件数和比率，每种登记各一张表"} or "summarize" in offered("xfstats su")
    assert {"init", "show", "check"} == set(offered("xfstats profile "))
    options = offered("xfstats summarize --co")
    assert set(options) == {"--compare", "--color"}
    assert all(text != "_" for text in options.values())
    assert set(offered("xfstats report --a")) == {"--as-of", "--addressed-to"}
    assert offered("xfstats nothing --") == {}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("xfstats summarize --by le", {"level", "leader"}),
        ("xfstats summarize --by level,uni", {"level,unit"}),
        ("xfstats summarize --by 责任单", {"责任单位"}),
        ("xfstats summarize -m clos", {"closed", "closure_rate", "closed_in_time", "closed_late"}),
        ("xfstats summarize -m visits,结案率", {"visits,结案率"}),
        ("xfstats deadlines --preset ", set(PRESETS)),
        ("xfstats summarize --preset 信访", {"信访"}),
        ("xfstats report --compare ", {"prev", "yoy"}),
        ("xfstats report --compare prev,", {"prev,yoy"}),
        ("xfstats report --period last-", {"last-week", "last-month", "last-quarter", "last-year"}),
        ("xfstats report --period 今", {"今年", "今年以来", "今天", "今日"}),
        ("xfstats summarize --map uni", {"unit="}),
        ("xfstats summarize --map unit=", set()),
        ("xfstats summarize --map-status 办了=clos", {"办了=closed"}),
        ("xfstats summarize --map-status 办", set()),
        ("xfstats summarize --limit sec", {"seconds="}),
        ("xfstats summarize --lang ", {"zh", "en"}),
        ("xfstats explain closure", {"closure_rate"}),
        ("xfstats completion ", set(SHELLS)),
        ("xfstats schema in", {"inspect"}),
    ],
)
def test_what_an_option_takes_is_offered_in_both_languages(line, words):
    assert set(offered(line)) == words


def test_every_field_is_offered_with_its_name():
    found = offered("xfstats summarize --where ")
    assert set(found) == {f"{field}=" for field in (*GROUP_FIELDS, *WORD_FIELDS)}
    assert found["level="] == "层级"


def test_sheets_of_the_workbook_typed_are_offered(tmp_path):
    rows = [["接访日期", "办理状态"], ["2024-01-02", "已办结"]]
    names = ["1月", "a-b", "两 字", "$(id)", "R&D"]
    write(tmp_path / "log.xlsx", [Sheet(name, rows) for name in names], "xlsx")
    assert set(offered("xfstats summarize log.xlsx --sheet ", cwd=tmp_path)) == {"1月", "a-b"}
    assert set(offered("xfstats inspect log.xlsx --sheet a", cwd=tmp_path)) == {"a-b"}
    assert offered("xfstats summarize none.xlsx --sheet ", cwd=tmp_path) == {}


def test_a_list_of_sheets_that_is_none_offers_nothing(tmp_path):
    path = tmp_path / "a.xlsx"
    for content in (b"", b"PK\x03\x04", b"\xff\xfe"):
        path.write_bytes(content)
        assert sheet_names(path) == []
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "xl/workbook.xml", "<sheets><sheet name='甲' sheetId='1'/><sheet name=\"-x\"/><x:sheet  name='乙'/></sheets>"
        )
    assert sheet_names(path) == ["甲", "乙"]
    assert sheet_names(tmp_path) == []


def test_files_are_left_to_the_shell(tmp_path):
    asked = {"_XFSTATS_COMPLETE": "bash_complete", "COMP_WORDS": "xfstats summarize a", "COMP_CWORD": "2"}
    assert run_text(**asked).stdout == "file,a\n"
    asked |= {"COMP_WORDS": "xfstats report a -o b", "COMP_CWORD": "4"}
    assert run_text(**asked).stdout == "file,b\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_that_of_the_recipe(shell):
    if get_completion_class(shell) is None:  # click before 8.4 has no PowerShell
        assert shell == "powershell"
        assert "[E203]" in run_text("completion", shell, code=2).stderr
        return
    script = run_text("completion", shell).stdout
    assert "_XFSTATS_COMPLETE" in script
    recipe = run_text(_XFSTATS_COMPLETE=f"{shell}_source")
    assert (recipe.stdout.rstrip(), recipe.stderr) == (script.rstrip(), "")


def test_an_unknown_shell_is_refused():
    assert "bash" in run_text("completion", "bsh", code=2, LANG="en").stderr


@needs("bash")
def test_bash_completes_by_the_script(tmp_path):
    program = tmp_path / "xfstats"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m xfstats "$@"\n', "utf-8")
    program.chmod(0o755)
    book(tmp_path, "接访日期 办理状态\n2024-1-2 已办结\n", "log.xlsx")
    script = (
        'eval "$(xfstats completion bash)"; complete -p xfstats; COMP_WORDS=(xfstats summarize log.xlsx --sheet ""); '
        "COMP_CWORD=4; "
        '_xfstats_completion xfstats; echo "${COMPREPLY[@]}"'
    )
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
    )
    assert done.stdout.splitlines() == ["complete -o nosort -F _xfstats_completion xfstats", "Sheet1"], done.stderr


@pytest.mark.parametrize("line", ["xfstats summarize --by le", "xfstats summarize log.xlsx --sheet ", "xfstats su"])
def test_completion_loads_no_library_of_tables(tmp_path, line):
    book(tmp_path, "接访日期 办理状态\n2024-1-2 已办结\n", "log.xlsx")
    asked = {
        "_XFSTATS_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(line.count(" ")),
        "PYTHONPROFILEIMPORTTIME": "1",
    }
    said = started(cwd=tmp_path, **asked).stderr.decode()
    loaded = {row.rpartition("|")[2].strip().partition(".")[0] for row in said.splitlines()}
    assert "click" in loaded
    assert loaded & {"pandas", "numpy", "openpyxl", "python_calamine", "xlsxwriter", "isal", "duckdb", "pyarrow"} == set()
