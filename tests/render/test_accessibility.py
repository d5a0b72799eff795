"""The page of a report under axe-core, the accessibility checker, in Chromium: in both languages, light and dark."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from html import unescape
from importlib.resources import files

import pytest

from tests.needs import needs
from tests.visits import city, counted, rows
from tests.written import drawn

pytestmark = needs("chromium")
CHECK = """
addEventListener("load", async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  const faults = found.violations.map(one => [one.impact, one.id, one.nodes[0].html.slice(0, 200)]);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.dataset.found = JSON.stringify({dark, faults, passes: found.passes.length});
});
"""


def checked(folder, page, *, dark=False):
    """What axe-core finds on a page, and how many of its rules the page passed."""
    policy = re.search(r'<meta http-equiv="Content-Security-Policy"[^>]*>', page)[0]
    checker = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    file = folder / "page.html"
    file.write_text(page.replace(policy, "").replace("</head>", f"<script>{checker}{CHECK}</script></head>"), "utf-8")
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    looks = ["--virtual-time-budget=120000", *(["--blink-settings=preferredColorScheme=0"] if dark else [])]
    command = ["chromium", *quiet, *looks, f"--user-data-dir={folder / 'browser'}", "--dump-dom", file.as_uri()]
    dom = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
    return json.loads(unescape(re.search(r'data-found="([^"]*)"', dom)[1]))


def page(folder, lang, groups, form="html"):
    log = [[*row[:3], f"第{number % groups}街道", *row[4:]] for number, row in enumerate(rows(2))]
    chosen = {"by": "unit", "measure": "visits,persons,closed,closure_rate,on_time_rate,median_days", "period": "2026-05"}
    return drawn(replace(counted(folder, log, **chosen, compare="prev"), lang=lang), form)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("groups", [3, 40])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_checker_finds_nothing(tmp_path, lang, groups, dark):
    found = checked(tmp_path, page(tmp_path, lang, groups), dark=dark)
    assert found["faults"] == []
    assert found["dark"] is dark
    assert found["passes"] > 20


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_checker_finds_nothing_on_a_page_of_several_tables(tmp_path, lang):
    assert checked(tmp_path, drawn(replace(city(), lang=lang), "html"))["faults"] == []


def test_the_checker_finds_what_is_wrong(tmp_path):
    given = page(tmp_path, "zh", 3)
    wrong = re.sub(r'(<div class="frame[^"]*" role="group" tabindex="0") aria-label="[^"]*"', r'\1 aria-label=""', given)
    wrong = wrong.replace(' lang="zh-CN"', "").replace("--muted:#586174", "--muted:#c0c0c0")
    assert {"html-has-lang", "color-contrast"} <= {rule for impact, rule, _ in checked(tmp_path, wrong)["faults"]}
