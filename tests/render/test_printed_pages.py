"""Reports as people see them: printed by an office, shown by a browser; every label and figure is on the page, none cut off."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace

import pytest

from tests.needs import needs
from tests.visits import counted, rows
from xfstats.config.output_formats import Result
from xfstats.render import load_renderer
from xfstats.render.page_layout import head_rows
from xfstats.render.page_layout import lay_out_table as laid_out
from xfstats.render.style import Style
from xfstats.render.table_lines import column_heads, figure_columns, printed_lines

PROGRAMS = [
    pytest.param(form, marks=needs(program)) for form, program in (("xlsx", "soffice"), ("docx", "soffice"), ("html", "chromium"))
]
pytestmark = needs("pdftotext", "fc-list", "a Chinese font")


def lay_out_table(folder, form, data):
    """The text of the report's pages."""
    file = folder / f"r.{form}"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    pdf = folder / "r.pdf"
    if form == "html":
        quiet = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--no-pdf-header-footer",
        ]
        command = ["chromium", *quiet, f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={pdf}", file.as_uri()]
    else:
        home = f"-env:UserInstallation=file://{folder / 'home'}"
        command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=900)
    fonts = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, text=True).stdout
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return text, fonts


@pytest.mark.parametrize("form", PROGRAMS)
@pytest.mark.parametrize(("groups", "lang"), [(3, "zh"), (40, "en"), (40, "zh")])
def test_every_label_and_figure_is_on_the_page(tmp_path, form, groups, lang):
    log = [[*row[:3], f"第{index % groups + 1}办事处", *row[4:]] for index, row in enumerate(rows(2))]
    made = replace(counted(tmp_path, log, by="unit", measure="visits,persons,closed,closure_rate"), lang=lang, command="report")
    text, fonts = lay_out_table(tmp_path, form, load_renderer(form, Result.REPORT)(made, Style()))
    squeezed = re.sub(r"\s", "", text)
    table = made.tables[0]
    for name in (word for part in column_heads(table, lang) for word in part):
        assert re.sub(r"\s", "", name) in squeezed, name
    assert len(figure_columns(table)) == 4
    for line in printed_lines(table, made):
        assert re.sub(r"\s", "", line.labels[0]) in squeezed, line.labels
        assert re.search(r"\s+".join(map(re.escape, line.figures)), text), line.figures
    assert "\ufffd" not in text
    assert "###" not in text
    assert len(fonts.splitlines()) > 2


def worded(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("form", PROGRAMS)
@pytest.mark.parametrize(("groups", "lang"), [(3, "zh"), (3, "en"), (40, "zh")])
def test_a_table_too_wide_for_a_page_is_printed_in_blocks_each_with_its_labels(tmp_path, form, groups, lang):
    log = [[*row[:3], f"第{index % groups + 1}办事处", *row[4:]] for index, row in enumerate(rows(2))]
    keys = "visits,persons,excluded,closed,closure_rate,settled,settlement_rate,resolved,resolution_rate"
    wide = counted(tmp_path, log, by="unit", measure=keys, period="2026-05", compare="prev,yoy")
    made = replace(wide, lang=lang, command="report")
    text, _ = lay_out_table(tmp_path, form, load_renderer(form, Result.REPORT)(made, Style()))
    (table,) = made.tables
    printed = printed_lines(table, made)
    stands = laid_out(table, made, printed, on_paper=form != "html")
    assert len(figure_columns(table)) == 45
    assert len(stands.blocks) > 1
    for first, end in stands.blocks:
        for head in head_rows(table, lang, first, end)[0]:
            assert worded(head.text) in worded(text), head
    for line in printed:
        found = [worded(row) for row in text.splitlines() if worded(row).startswith(worded(line.labels[0]))]
        for first, end in stands.blocks if form != "xlsx" else ():
            assert worded(line.labels[0] + "".join(line.figures[first:end])) in found, line
        together = "".join(found)
        assert all(worded(figure) in together for figure in line.figures), line
