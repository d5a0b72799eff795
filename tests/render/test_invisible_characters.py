"""No character that cannot be seen stands in anything that is written, wherever in a log or its name it came from."""

from __future__ import annotations

import io
import re
import tomllib
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace

import pytest

from tests.handmade_reports import labelled, report
from xfstats.config.output_formats import Result, formats_of
from xfstats.model import NotRead
from xfstats.render import load_renderer
from xfstats.render.profile_toml import toml_string
from xfstats.render.safe_text import INVISIBLE
from xfstats.render.style import Style
from xfstats.render.text_template import fill_text_template

BARRED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{INVISIBLE}]")
CHARACTERS = [
    *map(chr, (*range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070))),
    *("\xad", "\u061c", "\u180e", "\u3164", "\ufe0f", "\ufeff", "\uffff", "\U000e0041", "\ud800"),
]
LABELS = ["甲" + "".join(CHARACTERS[start : start + 4]) + "乙" for start in range(0, len(CHARACTERS), 4)]
FORMS = [(form, result) for result in (Result.TABLES, Result.REPORT) for form in formats_of(result) if form != "png"]


def hostile(lang):
    """A report in which the label, title, office, sheet, file and sheet passed over all hold unseen characters."""
    name = LABELS[6]
    made = report(replace(labelled(*LABELS[:20]), title=LABELS[0]), replace(labelled(*LABELS[20:]), title=LABELS[1]))
    made = replace(made, lang=lang, office=LABELS[2], command="report --by unit")
    inputs = tuple(replace(one, file=name, tally=replace(one.tally, sheet=name)) for one in made.inputs)
    files = tuple(replace(one, name=name) for one in made.files)
    return replace(made, inputs=inputs, files=files, not_read=((name, NotRead(name, "notes")),))


def texts(data):
    """Everything that is written, the parts of a package each by itself; its XML must be well-formed."""
    if isinstance(data, str):
        return [data]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            ET.fromstring(part)
    return [part.decode() for name, part in parts.items() if name.endswith((".xml", ".rels", ".vml"))]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("form", "result"), FORMS)
def test_nothing_unseen_is_written(form, result, lang):
    made = texts(load_renderer(form, result)(hostile(lang), Style()))
    assert [found[0] for part in made if (found := BARRED.search(part))] == []


def test_a_figure_named_by_an_unseen_character_is_still_tagged():
    page = load_renderer("html", Result.REPORT)(report(labelled("甲\x1b[31m", "乙")), Style())
    named = re.findall(r'data-figure="(visits\[[^"]*)"', page)
    assert named == ["visits[&quot;甲\\x1b[31m&quot;]", "visits[乙]"]


def test_an_office_template_gets_nothing_unseen(tmp_path):
    path = tmp_path / "t.md"
    path.write_text("{{ office }} {{ paragraph }}", "utf-8")
    assert BARRED.search(fill_text_template(path, hostile("zh"))) is None


@pytest.mark.parametrize("character", [one for one in CHARACTERS if one != "\ud800"])
def test_a_profile_holds_the_word_and_shows_it(character):
    written = toml_string(f"甲{character}")
    assert BARRED.search(written) is None
    assert "\n" not in written
    assert tomllib.loads(f"a = {written}") == {"a": f"甲{character}"}
