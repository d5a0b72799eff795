"""The Word document as LibreOffice prints it: nothing over its margins, fonts embedded, page numbers, every word there."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

import pytest

from tests.needs import needs
from tests.visits import city, counted, rows
from tests.written import data
from xfstats.render.docx.page import PAGES
from xfstats.render.narrative import narrate, plain_text
from xfstats.render.narrative.headings import report_title

pytestmark = needs("soffice", "pdftotext", "fc-list", "a Chinese font")
POINTS = 72 / 25.4
SLACK = 3
"""Points by which a letter may reach over: the box of a glyph is larger than its ink."""


@dataclass(frozen=True)
class Page:
    """A printed page: its size in points, and its words with their boxes (left, top, right, bottom)."""

    width: float
    height: float
    words: tuple[tuple[str, tuple[float, float, float, float]], ...]


def printed(folder, made):
    """The pages of the document, and what pdffonts says of its fonts."""
    file, pdf = folder / "r.docx", folder / "r.pdf"
    file.write_bytes(data(made, "docx"))
    home = f"-env:UserInstallation=file://{folder / 'home'}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=900)
    fonts = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    boxes = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    space = "{http://www.w3.org/1999/xhtml}"
    pages = []
    for page in ET.fromstring(re.sub(r"[\x00-\x08\x0b-\x1f]", "", boxes)).iter(f"{space}page"):
        words = tuple(
            (one.text or "", tuple(float(one.get(edge)) for edge in ("xMin", "yMin", "xMax", "yMax")))
            for one in page.iter(f"{space}word")
        )
        pages.append(Page(float(page.get("width")), float(page.get("height")), words))
    return pages, fonts


def many(folder):
    log = [[*row[:3], f"第{index % 40 + 1}办事处", *row[4:]] for index, row in enumerate(rows(2))]
    made = counted(folder, log, by="unit", measure="visits,persons,closed,closure_rate", period="2026-05", compare="prev,yoy")
    return replace(made, office="清河市信访局", command="report --period 2026-05")


MADE = {"3 groups": lambda _: city(), "40 groups": many}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("groups", MADE)
def test_everything_stands_within_the_margins_and_every_page_has_its_number(tmp_path, groups, lang):
    made = replace(MADE[groups](tmp_path), lang=lang)
    pages, fonts = printed(tmp_path, made)
    style = PAGES[lang]
    for number, page in enumerate(pages, 1):
        top, right, bottom, left = (edge * POINTS for edge in (style.upright if page.width < page.height else style.across))
        foot = [word for word, box in page.words if box[1] > page.height - bottom]
        assert "".join(foot) == {"zh": f"—{number}—", "en": f"Page{number}"}[lang]
        for word, box in page.words:
            assert box[0] >= left - SLACK, (number, word)
            assert box[2] <= page.width - right + SLACK, (number, word)
            assert box[1] >= top - SLACK, (number, word)
        assert len(page.words) > len(foot)
    assert all(font.split()[-5] == "yes" for font in fonts)  # embedded
    assert any(page.width > page.height for page in pages) == (groups == "40 groups")
    text = "".join(word for page in pages for word, _ in page.words)
    assert "\ufffd" not in text
    for told in ("".join(report_title(made)), *(plain_text(parts) for parts in narrate(made))):
        assert re.sub(r"\s", "", told) in re.sub(r"—\d+—", "", re.sub(r"(?<=[\w.])Page\d", "", text)), told
