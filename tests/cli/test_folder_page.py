"""What is said where no file is named: which logs lie in the folder and what to type, in the user's language, unopened."""

from __future__ import annotations

import json

import pytest

from tests.program import run_text

ZH, EN = {"LANG": "zh_CN.UTF-8"}, {"LANG": "en_GB.UTF-8"}


def folder(path, *names):
    for name in names:
        (path / name).write_bytes(b"not opened")
    return path


def test_without_a_command_a_folder_of_logs_says_what_to_type(tmp_path):
    here = folder(tmp_path, "接访.xlsx", "~$接访.xlsx", "说明.docx", "1 案件.csv", "xfstats.toml")
    said = run_text(cwd=here, **ZH).stdout
    assert said.startswith("这个文件夹里有 2 个表格文件：\n  1 案件.csv\n  接访.xlsx\n")
    assert "xfstats summarize '1 案件.csv'\n" in said
    assert "xfstats summarize . --period 上月 --compare 环比,同比\n" in said
    assert run_text(cwd=here, **EN).stdout.startswith("Spreadsheet files in this folder: 2\n  1 案件.csv\n")


def test_one_log_is_named_where_it_is_alone(tmp_path):
    said = run_text(cwd=folder(tmp_path, "接访.xls"), **ZH).stdout
    assert "xfstats report 接访.xls --period 上月 -o 月报.docx\n" in said


@pytest.mark.parametrize("names", [(), ("readme.txt", "index.html", "~$a.xlsx", ".hidden.csv")])
def test_where_no_log_lies_the_first_page_is_shown(tmp_path, names):
    assert run_text(cwd=folder(tmp_path, *names), **ZH).stdout == run_text("-h", **ZH).stdout


def test_many_logs_are_counted_and_the_first_are_named(tmp_path):
    said = run_text(cwd=folder(tmp_path, *(f"{number}.et" for number in range(10, 30))), **EN).stdout
    assert "in this folder: 20\n" in said
    assert "\n  15.et\n  …\n" in said
    assert "16.et" not in said


@pytest.mark.parametrize("words", [("summarize",), ("inspect",), ("report", "-o", "月报.docx"), ("explain", "visits")])
def test_a_command_without_its_file_says_so_and_what_lies_there(tmp_path, words):
    done = run_text(*words, cwd=folder(tmp_path, "接访.xlsx"), code=2, **ZH)
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0] == f"xfstats: 缺少 文件；请看 xfstats {words[0]} --help [E276]"
    assert lines[1:3] == ["这个文件夹里有 1 个表格文件：", "  接访.xlsx"]
    assert "  xfstats summarize 接访.xlsx" in lines


def test_a_command_that_lacks_something_else_says_that_alone(tmp_path):
    here = folder(tmp_path, "接访.xlsx")
    assert run_text("explain", cwd=here, code=2, **ZH).stderr.count("\n") == 1
    done = run_text("summarize", "--log-format", "json", cwd=here, code=2, **ZH)
    assert [json.loads(line)["level"] for line in done.stderr.splitlines()][:2] == ["error", "note"]


def test_a_name_that_a_terminal_would_obey_is_not_printed(tmp_path):
    said = run_text(cwd=folder(tmp_path, "a\x1b[31m.csv", "b c.csv"), **EN).stdout
    assert "\x1b" not in said
    assert "summarize 'b c.csv'" in said


def test_help_speaks_chinese_of_what_an_option_takes():
    page = run_text("summarize", "-h", **ZH).stdout
    assert page.startswith("用法：xfstats summarize [选项] 文件…")
    for said in ("--map 字段=表头", "--map-status 词=类别", "--rank 指标[:升序]", "--compare 环比,同比", "-o, --output 路径"):
        assert said in page
    assert "--map FIELD=HEADER" in run_text("summarize", "-h", **EN).stdout
