"""Man pages: they are up to date with the help, say all that it says, format without warnings, and are in the wheel."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from tests.docs.test_pages import ROOT, script
from tests.needs import needs
from xfstats.cli.commands.report import command
from xfstats.config.option_table import OPTIONS
from xfstats.messages import raw

MAN = ROOT / "man"
PAGES = sorted(MAN.rglob("*.1"))


def test_the_pages_are_what_their_script_makes():
    written = {path.relative_to(MAN).as_posix(): path.read_text("utf-8") for path in PAGES}
    assert written == script("man").pages(), "run `make pages`"


def test_every_command_has_a_page_in_both_languages():
    names = sorted(path.stem for path in (ROOT / "xfstats/cli/commands").glob("[a-z]*.py"))
    expected = sorted(["xfstats.1", *(f"xfstats-{name.replace('_', '-')}.1" for name in names)])
    assert sorted(path.name for path in (MAN / "man1").iterdir()) == expected, "run `make pages`"
    assert sorted(path.name for path in (MAN / "zh_CN/man1").iterdir()) == expected


@pytest.mark.parametrize(("lang", "folder"), [("en", "man1"), ("zh", "zh_CN/man1")])
def test_a_page_has_each_option_of_the_help_with_its_text(lang, folder):
    text = (MAN / folder / "xfstats-report.1").read_text("utf-8")
    page = re.sub(r"\\f[BR]", "", text).replace(r"\-", "-").replace(r"\(ga", "`").replace(r"\(aq", "'")
    offered = {param.name for param in command.params}
    told = [one for one in OPTIONS if one.name in offered and one.name != "format_"]
    assert len(told) > 40
    for one in told:
        assert f"\n.TP\n{', '.join(one.flags)}" in page
        assert " ".join(raw(f"options.{one.name}", lang).split()) in page


def test_what_troff_would_read_as_its_own_is_escaped():
    escaped = script("man").escaped
    assert escaped(".xlsx \\ 'a'") == r"\&.xlsx \e \(aqa\(aq"
    assert escaped("-f `x` ~ ^") == r"\-f \(gax\(ga \(ti \(ha"


@needs("groff")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(MAN).as_posix())
def test_a_page_formats_without_warnings(path):
    chinese = ["-mzh"] if "zh_CN" in path.parts else []  # as `man` does, to break lines between Chinese characters
    words = ["groff", "-man", *chinese, "-Tutf8", "-Kutf8", "-ww", "-P-cbou", path]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_the_wheel_brings_the_pages():
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"][
        "shared-data"
    ]
    assert data == {"man": "share/man"}
