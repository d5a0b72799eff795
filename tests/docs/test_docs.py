"""What the documents show is what the program does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import click
import pytest

from tests.program import in_this_process, run_text
from xfstats.cli.main import main
from xfstats.messages import LANGS, keys
from xfstats.render.safe_text import display_width
from xfstats.reports.figures import Pair

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.zh.md"]


def blocks(name: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)


def test_the_console_blocks_print_what_they_show():
    shown = [block for name in READMES for block in blocks(name, "console")]
    assert len(shown) >= 2
    for block in shown:
        command, _, expected = block.partition("\n")
        words = command.removeprefix("$ xfstats ").split()
        assert run_text(*words, cwd=ROOT).stdout == expected


@pytest.mark.parametrize("name", READMES)
def test_the_python_blocks_run(name):
    names: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(name, "python"):
        with in_this_process(), chdir(ROOT):
            exec(compile(block, name, "exec"), names)
    frame = names["table"].to_frame()
    assert names["table"].total["visits"] == 7413 == frame["visits"].iloc[-1]
    assert names["found"].figure == Pair(1, 1)


def test_the_python_blocks_are_typed_as_a_users_script(tmp_path):
    """One script of all blocks of both pages, checked without the package's settings; what is installed reports no errors."""
    script = tmp_path / "script.py"
    script.write_text("\n".join(block for name in READMES for block in blocks(name, "python")), "utf-8")
    settings = ["--strict", "--allow-redefinition", "--follow-imports=silent", "--config-file", os.devnull]
    command = [sys.executable, "-m", "mypy", *settings, "script.py"]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, check=False, env={**os.environ, "MYPYPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", READMES)
def test_the_profile_block_is_a_profile(tmp_path, name):
    from xfstats.config.profile import load_profile

    path = tmp_path / "xfstats.toml"
    path.write_text(blocks(name, "toml")[0], "utf-8")
    loaded = load_profile(path)
    assert "社区" in loaded.words["levels"]["township"]
    assert "已答复" in loaded.words["status"]["closed"]


@pytest.mark.parametrize("name", READMES)
def test_both_readmes_have_the_two_commands(name):
    assert blocks(name, "sh") == ["make demo\nmake test\n"]


@pytest.mark.parametrize("command", main.list_commands(click.Context(main)))
def test_every_command_is_on_the_first_page_and_has_help(command):
    from xfstats.cli.first_page import first_page

    lacking = [f"xfstats/locale/first_page.{lang}.txt" for lang in LANGS if f"  {command} " not in first_page(lang)]
    assert lacking == []
    for lang in ("en_GB.UTF-8", "zh_CN.UTF-8"):
        page = run_text(command, "--help", LC_ALL=lang, COLUMNS="90").stdout
        assert max(map(display_width, page.splitlines())) <= 90


def test_every_key_of_a_profile_is_told():
    from xfstats.config.option_table import PROFILE_KEYS, READ_KEYS, RULE_KEYS
    from xfstats.config.profile_schema import BASE, CHOICE, WORDS

    told = "".join((ROOT / "docs" / name).read_text("utf-8") for name in ("options.md", "option_table.md", "measures.md"))
    words = set(re.findall(r"\w+", "".join(re.findall(r"`[^`]*`", told))))
    assert {*PROFILE_KEYS, *READ_KEYS, *RULE_KEYS, *BASE, *CHOICE, *WORDS} - words == set()


def test_the_first_page_of_help_tells_no_range_as_a_formula():
    assert "<=" not in run_text("summarize", "--help").stdout


def test_every_option_has_its_help_in_both_languages_and_nothing_else_has():
    from xfstats.config.option_table import OPTIONS

    assert sorted([*(one.name for one in OPTIONS), "help", "version"]) == sorted(keys("options"))


def test_no_document_names_a_machine():
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "Makefile", ROOT / "pyproject.toml"]:
        assert not re.search(r"/(root|work|home)/", path.read_text("utf-8")), path


@pytest.mark.parametrize(("name", "lang"), [("measures.md", "en"), ("measures.zh.md", "zh")])
def test_the_page_of_measures_is_what_the_definitions_say(name, lang):
    from xfstats.render.measure_list import measures_as_markdown

    assert (ROOT / "docs" / name).read_text("utf-8") == measures_as_markdown(lang)
