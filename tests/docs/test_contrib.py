"""Pieces for automation, run as far as a machine without a running systemd, docker or Windows can; papers of the package."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import xfstats
from tests.logs import book
from tests.needs import needs
from tests.program import run_text

ROOT = Path(__file__).parents[2]
CONTRIB = ROOT / "contrib"
LOG = "接访日期 接访级别 责任单位 来访人数 办理状态\n2026-10-3 市级 甲局 2 已办结\n2026-11-9 市级 甲局 3 已办结\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "logs").mkdir()
    (tmp_path / "reports").mkdir()
    book(tmp_path / "logs", LOG, "接访.xlsx")
    return tmp_path


def commands():
    """The lines of contrib and of docs/running.md that run the program, as lists of words with paths within a folder."""
    service = (CONTRIB / "systemd/xfstats-report.service").read_text("utf-8")
    cron = (CONTRIB / "cron/crontab").read_text("utf-8").replace(r"\%", "%")
    task = ET.parse(CONTRIB / "windows/xfstats-report.xml").getroot()
    (arguments,) = (one.text for one in task.iter() if one.tag.endswith("}Arguments"))
    docker = re.search(r" xfstats (report /logs [^\n]*)", (CONTRIB / "docker/Dockerfile").read_text("utf-8"))
    texts = [
        re.search(r"ExecStart=\S+ (.*)", service)[1].replace("/srv/xfstats/", ""),
        *(line.partition("&& xfstats ")[2] for line in cron.splitlines() if "&& xfstats " in line),
        arguments.partition("-m xfstats ")[2].replace("\\", "/"),
        docker[1].replace("/logs", "logs").replace("/reports", "reports"),
        *re.findall(r"^xfstats (.*) \|\| ", (ROOT / "docs/running.md").read_text("utf-8"), re.MULTILINE),
    ]
    return [shlex.split(text) for text in texts]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_each_line_runs_and_writes_its_files(folder, words):
    run_text(*words, "--as-of", "2026-11-30", cwd=folder)
    written = [path.name for path in (folder / "reports").iterdir() if not path.name.startswith(".")]
    assert len(written) == words.count("-o")
    assert (folder / "reports" / ".xfstats.lock").exists() == ("--lock" in words)


@needs("systemd-analyze")
def test_units_are_verified(tmp_path):
    units = [Path(shutil.copy(path, tmp_path)) for path in sorted((CONTRIB / "systemd").iterdir())]
    for unit in units:
        unit.write_text(unit.read_text("utf-8").replace("/opt/xfstats/bin/xfstats", sys.executable), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_service_is_shut_in():
    text = (CONTRIB / "systemd/xfstats-report.service").read_text("utf-8")
    for line in (
        "DynamicUser=yes",
        "PrivateNetwork=yes",
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
    ):
        assert f"\n{line}\n" in text


def test_the_image_is_made_offline_and_runs_without_rights():
    text = (CONTRIB / "docker/Dockerfile").read_text("utf-8")
    assert "--no-index --find-links /wheelhouse" in text
    assert re.search(r"^USER \d{4,}:\d{4,}$", text, re.MULTILINE)
    assert {"--read-only", "--network none", "--cap-drop ALL"} <= set(
        re.findall(r"--read-only|--network none|--cap-drop ALL", text)
    )


@needs("bash")
def test_the_action_counts_and_hands_on_the_exit_code(folder):
    text = (CONTRIB / "github-action/action.yml").read_text("utf-8")
    script = text.rpartition("run: |\n")[2]
    program = folder / "xfstats"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m xfstats "$@"\n', "utf-8")
    program.chmod(0o755)
    env = {
        "PATH": f"{folder}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "FILES": "logs\n",
        "ARGUMENTS": "--fail-if\nvisits > 1\n--as-of\n2026-11-30",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    done = subprocess.run(["bash", "-e", "-c", script], capture_output=True, text=True, check=False, cwd=folder, env=env)
    assert done.returncode == 1, done.stderr
    assert "| 市级 |" in (folder / "summary.md").read_text("utf-8")


@needs("bash")
@pytest.mark.parametrize("name", ["audit", "packages"])
def test_the_jobs_outside_the_gate_are_scripts_that_make_calls(name):
    path = CONTRIB / "ci" / f"{name}.sh"
    assert subprocess.run(["bash", "-n", path], capture_output=True, text=True, check=True).stderr == ""
    assert path.stat().st_mode & 0o111 == 0o111
    assert f"\n{name}:" in (ROOT / "Makefile").read_text("utf-8")
    assert f"`make {name}`" in (ROOT / "docs/releasing.md").read_text("utf-8")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named = {"audit": set(extras), "packages": {"docx"}}[name]
    assert set(re.search(r"\[(\w+(?:,\w+)*)\]['\"]", path.read_text("utf-8"))[1].split(",")) == named


def test_the_papers_have_the_version_and_every_dependency():
    assert f"\nversion: {xfstats.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    page = (ROOT / "docs/dependencies.md").read_text("utf-8").casefold()
    assert [one for one in wanted if re.match(r"[\w-]+", one)[0].casefold() not in page] == []


@pytest.mark.parametrize("name", ["docs/running.md", "docs/running.zh.md"])
def test_both_pages_of_running_say_the_same(name):
    text = (ROOT / name).read_text("utf-8")
    for word in ("--lock", "--log-format json", "memory_mib", "wheelhouse", "--against", "70", "xfstats schema log", "contrib"):
        assert word in text
