"""The page of a report: its structure for screen readers, its contrast, its policy, and what its script makes of it."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.needs import needs
from tests.visits import city, counted, rows
from tests.written import data, drawn
from xfstats.messages import say
from xfstats.render.charts import COLOURS
from xfstats.render.html.script import SCRIPT
from xfstats.render.html.style import DARK, LIGHT
from xfstats.render.narrative.headings import table_name, table_scope
from xfstats.reports.verify.blocks import TextLine
from xfstats.reports.verify.extract import extract_blocks

TEXT, SHAPE = 4.5, 3
"""Contrast that text and that shapes need (WCAG 2.2, 1.4.3 and 1.4.11)."""
VOID = {"meta", "link", "br", "img", "rect", "circle", "line", "polyline"}


class Tree(HTMLParser):
    """Elements of a page in their order: their names, attributes, ancestors, and own text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[dict[str, object]] = []
        self.open: list[dict[str, object]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "attrs": dict(attrs), "above": [one["tag"] for one in self.open], "text": ""}
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open[-1]["tag"] == tag, (tag, self.open[-1])
            self.open.pop()

    def handle_data(self, data):
        for one in self.open:
            one["text"] += data

    def named(self, *tags):
        return [one for one in self.elements if one["tag"] in tags]


def faults(page: str) -> list[str]:
    """What an accessibility checker would call serious."""
    tree, found = Tree(page), []
    ids = [one["attrs"]["id"] for one in tree.elements if "id" in one["attrs"]]
    found += [f"id {one} twice" for one in set(ids) if ids.count(one) > 1]
    if tree.named("html")[0]["attrs"].get("lang") not in {"zh-CN", "en"}:
        found.append("no language")
    if not tree.named("title")[0]["text"].strip():
        found.append("no title")
    if "maximum-scale" in page or "user-scalable" in page:
        found.append("no zoom")
    headings = [int(one["tag"][1]) for one in tree.named("h1", "h2", "h3", "h4")]
    if headings[:1] != [1] or headings.count(1) != 1 or any(b - a > 1 for a, b in pairwise(headings)):
        found.append(f"headings {headings}")
    found += ["an empty heading" for one in tree.named("h1", "h2", "h3") if not one["text"].strip()]
    found += ["a head without a scope" for one in tree.named("th") if "scope" not in one["attrs"]]
    found += ["a head without a text" for one in tree.named("th") if not one["text"].strip()]
    found += ["a table without a caption" for _ in range(len(tree.named("table")) - len(tree.named("caption")))]
    for one in tree.named("svg", "img"):
        name = one["attrs"].get("aria-label") or one["attrs"].get("alt") or one["attrs"].get("aria-labelledby")
        if not name or ("aria-labelledby" in one["attrs"] and name not in ids):
            found.append("a picture without a name")
    for one in tree.elements:
        attrs = one["attrs"]
        if ("tabindex" in attrs or one["tag"] in {"button", "a"}) and not (attrs.get("aria-label") or one["text"].strip()):
            found.append("a control without a name")
        if int(attrs.get("tabindex", 0)) > 0:
            found.append("an order of its own")
        if "aria-label" in attrs and one["tag"] in {"div", "span", "g"} and "role" not in attrs:
            found.append("a name without a role")
        if attrs.get("role") == "img" and any("tabindex" in under["attrs"] for under in _below(tree, one)):
            found.append("a control in a picture")
    return found


def _below(tree, element):
    start, depth = tree.elements.index(element) + 1, len(element["above"])
    for one in tree.elements[start:]:
        if len(one["above"]) <= depth:
            return
        yield one


@pytest.fixture
def pages(tmp_path):
    """Pages of one and of several tables, of many groups, a series and wide tables, in both languages."""
    log = [[*row[:3], f"第{number % 40}街道", *row[4:]] for number, row in enumerate(rows(2))]
    made = [
        city(),
        counted(tmp_path, log, by="unit", measure="visits,persons,closure_rate,on_time_rate,median_days"),
        counted(tmp_path, log, by="month", measure="visits,closure_rate", period="2026-01..2026-06", compare="prev,yoy"),
    ]
    return [drawn(replace(one, lang=lang), "html") for one in made for lang in ("zh", "en")]


def test_no_page_has_a_serious_fault(pages):
    assert [faults(page) for page in pages] == [[]] * len(pages)


def test_the_check_finds_what_is_wrong(pages):
    page = pages[0]
    for right, wrong in (
        (' lang="zh-CN"', ""),
        ("<h1>", "<h3>"),
        (' scope="row"', ""),
        ('aria-labelledby="chart-1-1"', ""),
        (' id="chart-1-1"', ""),
        ('tabindex="0"', 'tabindex="2"'),
        ('role="group" aria-labelledby', 'role="img" aria-labelledby'),
    ):
        assert right in page
        changed = page.replace(right, wrong).replace("</h1>", "</h3>" if wrong == "<h3>" else "</h1>")
        assert faults(changed), right


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2)."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("place", [0, 1], ids=["light", "dark"])
def test_text_and_shapes_stand_out_from_their_ground(place):
    colours = (LIGHT, DARK)[place]
    for ground in ("paper", "head"):
        assert contrast(colours["ink"], colours[ground]) >= TEXT
        assert contrast(colours["muted"], colours[ground]) >= TEXT
    for shape in (colours["rule"], colours["focus"], *(pair[place] for pair in COLOURS.values())):
        assert contrast(shape, colours["paper"]) >= SHAPE


def test_the_policy_of_a_page_allows_its_own_style_and_script_and_nothing_else(pages):
    for page in pages:
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
        assert policy.startswith("default-src 'none'; ")
        for part in ("style", "script"):
            text = re.search(f"<{part}>(.*?)</{part}>", page, re.DOTALL)[1]
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{part}-src 'sha256-{digest}'" in policy
        assert "unsafe" not in policy
        assert " style=" not in page
        assert not re.search(r"\son\w+=", page)
        assert not re.search(r"<(?:link|img|iframe|object|embed|base)\b|@import|url\(", page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_has_the_name_and_the_scope_that_it_has_in_the_document(lang):
    made = replace(city(), lang=lang)
    captions = [one["text"] for one in Tree(drawn(made, "html")).named("caption")]
    lines = [block.text for block in extract_blocks(data(made, "docx"), "docx", "r") if isinstance(block, TextLine)]
    for number, table in enumerate(made.tables, 1):
        name = say("document.table_name", lang, number=number, name=table_name(made, table))
        assert name in lines
        assert [name + " ".join(table_scope(made, table))] == [one for one in captions if one.startswith(name)]


def test_equal_reports_give_equal_pages():
    assert drawn(city(), "html") == drawn(city(), "html")


def in_browser(folder, page, script=""):
    """The page after its script, and after a script of the test's, ran in Chromium."""
    if script:
        policy = re.search(r'<meta http-equiv="Content-Security-Policy"[^>]*>', page)[0]
        page = page.replace(policy, "").replace(
            "</body>", f"<script>addEventListener('load', () => {{{script}}})</script></body>"
        )
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    command = ["chromium", *quiet, f"--user-data-dir={folder / 'browser'}", "--window-size=390,800", "--dump-dom", file.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout


SAY = "document.body.dataset.said = JSON.stringify(said);"


def said(dom):
    """What a script of the test's wrote down."""
    return re.search(r'data-said="([^"]*)"', dom)[1].replace("&quot;", '"')


@needs("chromium")
def test_heads_of_tables_are_buttons_under_the_policy_of_the_page(tmp_path, pages):
    dom = in_browser(tmp_path, pages[0])
    assert dom.count('aria-sort="none"') == dom.count('<button type="button">') > 5
    assert faults(dom) == []


@needs("chromium")
def test_a_table_is_sorted_by_a_button_its_total_last_and_put_back(tmp_path, pages):
    press = """
        const table = document.querySelector('table'), button = table.querySelectorAll('button')[1], said = [];
        const read = () => said.push([...table.tBodies[0].rows].map(row => row.cells[1].textContent).join(' '));
        for (let turn = 0; turn < 3; turn++) { button.click(); read(); }
        said.push(button.closest('th').getAttribute('aria-sort'));
    """
    dom = in_browser(tmp_path, pages[0], press + SAY)
    assert said(dom) == '["5,393 1,924 96 7,413","96 1,924 5,393 7,413","96 1,924 5,393 7,413","none"]'


@needs("chromium")
def test_a_chart_is_walked_through_by_arrow_keys_and_tells_its_figures(tmp_path, pages):
    walk = """
        const marks = [...document.querySelectorAll('figure svg')[0].querySelectorAll('.mark')], said = [];
        const tip = document.querySelector('.tip');
        const press = key => {
          document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
          said.push(marks.indexOf(document.activeElement));
        };
        marks[0].focus();
        ['ArrowDown', 'End', 'ArrowRight', 'ArrowUp', 'Home'].forEach(press);
        said.push(tip.hidden, tip.textContent, marks.filter(one => one.getAttribute('tabindex') === '0').length);
        press('Escape');
        said.push(tip.hidden);
    """
    dom = in_browser(tmp_path, pages[0], walk + SAY)
    assert said(dom) == '[1,2,2,1,0,false,"市级领导 96",1,0,true]'


@needs("chromium")
def test_no_page_is_wider_than_a_telephone(tmp_path, pages):
    width = "const root = document.documentElement, said = [root.scrollWidth <= root.clientWidth, root.clientWidth];"
    for page in pages:
        wide, shown = said(in_browser(tmp_path, page, width + SAY)).strip("[]").split(",")
        assert wide == "true"
        assert int(shown) <= 500


def test_the_script_asks_for_nothing():
    assert not re.search(r"fetch|XMLHttpRequest|import|eval|innerHTML|document\.write|localStorage|cookie|https?:", SCRIPT)
