"""Help pages: every line of every page fits 80 columns in both languages, by the width that a terminal gives it."""

from __future__ import annotations

import click
import pytest

from tests.program import run_text
from xfstats.cli.main import main
from xfstats.messages import LANGS
from xfstats.render.safe_text import display_width


def pages():
    found = [()]
    waiting = [((name,), one) for name, one in main.all_commands(click.Context(main)).items()]
    while waiting:
        words, one = waiting.pop()
        found.append(words)
        if isinstance(one, click.Group):
            waiting += [((*words, name), inner) for name, inner in one.all_commands(click.Context(one)).items()]
    return sorted(found)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("words", pages(), ids=" ".join)
def test_every_line_of_help_fits_80_columns(words, lang):
    page = run_text(*words, "--help", LANG={"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}[lang]).stdout
    assert [line for line in page.splitlines() if display_width(line) > 80] == []
    assert page.count("\n") > 5
