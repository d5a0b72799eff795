"""The Chinese pages say what the English ones do, and every command that README.zh.md shows runs."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.program import in_this_process, run_text
from tests.writers import Sheet, write
from xfstats.measures.definitions import MEASURES

ROOT = Path(__file__).parents[2]
PAGES = ["options", "reports", "definitions", "understanding", "running"]
NAMED = re.compile(r"(?<![\w-])--[a-z][a-z-]+|\b[EW]\d{3}\b")
KEYS = re.compile(r"[a-z]+_[a-z_0-9]+")
HEADER = ["编号", "登记日期", "层级", "责任科室", "单位", "来访人数", "办理状态", "办结日期", "初重访", "满意度"]


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_every_heading_list_and_table_row_has_its_place(name):
    english, chinese = page(name), page(f"{name}.zh")
    for pattern in (r"^#+ ", r"^\*\*|^\d+\. \*\*", r"^\|", r"^!\["):
        found = [len(re.findall(pattern, text, re.MULTILINE)) for text in (english, chinese)]
        assert found[0] == found[1], pattern


@pytest.mark.parametrize("name", PAGES)
def test_every_option_code_and_key_is_named(name):
    english, chinese = page(name), page(f"{name}.zh")
    assert set(NAMED.findall(english)) - set(NAMED.findall(chinese)) == set()
    spans = ["".join(re.findall(r"`[^`\n]*`", text)) for text in (english, chinese)]
    assert set(KEYS.findall(spans[0])) - set(KEYS.findall(spans[1])) == set()


@pytest.mark.parametrize("name", PAGES)
def test_each_page_leads_to_the_other(name):
    assert f"]({name}.zh.md)" in page(name)
    assert f"]({name}.md)" in page(f"{name}.zh")


def test_every_measure_is_on_the_chinese_page():
    assert {one.key for one in MEASURES} - set(re.findall(r"`([a-z0-9_]+)`", page("measures.zh"))) == set()


def commands() -> list[str]:
    """All commands of README.zh.md, in their order; … stands for the first of the page."""
    text = (ROOT / "README.zh.md").read_text("utf-8")
    blocks = "".join(re.findall(r"```powershell\n(.*?)```", text, re.DOTALL)).splitlines()
    spans = re.findall(r"`((?:xfstats|…) [^`\n]*)`", text)
    spans = [re.sub(r"^…", "xfstats summarize 登记表.xlsx", one) for one in spans]
    found = [one.strip() for one in (*blocks, *spans) if one.startswith("xfstats ")]
    return [one for one in dict.fromkeys(found) if "…" not in one]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A clerk's folder: what the commands of the page name."""
    folder = tmp_path_factory.mktemp("登记")
    rows = [
        [
            f"C{number}",
            f"2026-{8 + number % 4}-{1 + number % 20}",
            ("市级", "县级", "乡级", "片区")[number % 4],
            ("甲局", "乙局", "丙局", "丁局", "戊局")[number % 5],
            ("甲局", "乙局", "丙局", "丁局", "戊局")[number % 5],
            1 + number % 7,
            ("已办结", "办理中", "息诉罢访")[number % 3],
            f"2026-{9 + number % 2}-28" if number % 3 != 1 else None,
            ("初访", "重访")[number % 2],
            ("满意", "基本满意", "不满意")[number % 3],
        ]
        for number in range(60)
    ]
    write(folder / "登记表.xlsx", [Sheet("Sheet1", [HEADER, *rows])], "xlsx")
    shutil.copy(folder / "登记表.xlsx", folder / "10月 来访.xlsx")
    (folder / "县区上报").mkdir()
    for number, name in enumerate(("甲县", "乙县")):
        write(folder / "县区上报" / f"{name}.xlsx", [Sheet("Sheet1", [HEADER, *rows[30 * number : 30 * number + 30]])], "xlsx")
    return folder


def test_the_page_shows_commands_in_chinese():
    found = commands()
    assert len(found) >= 30
    assert all(f"xfstats {one} " in " ".join(found) for one in ("summarize", "inspect", "report", "explain", "verify", "check"))


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_every_command_that_the_page_shows_runs(desk):
    for command in commands():
        line, _, target = command.partition(" > ")
        words = shlex.split(line)[1:]
        with in_this_process():
            done = run_text(*words, cwd=desk, code=None)
        assert done.returncode in {0, 1}, (command, done.stderr)
        if target:
            (desk / target.strip()).write_text(done.stdout, "utf-16")
