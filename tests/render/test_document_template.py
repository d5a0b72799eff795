"""An office's own document, filled: figures, paragraphs, tables and charts in their places; a mistake names its paragraph."""

from __future__ import annotations

import io
import re
import sys
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from tests.visits import city, monthly
from xfstats.config.plan import Paper
from xfstats.errors import UsageFault, XfstatsError
from xfstats.render.docx.template import MAX_BYTES, fill_document_template
from xfstats.reports.verify.extract import extract_blocks

HEADING = "清河市信访局情况反映"


def template(folder, *texts, cell=None, footer=None):
    """A document of an office with these paragraphs; of a text in a list each piece is a run."""
    document = docx.Document()
    document.add_heading(HEADING, 1)
    for text in texts:
        paragraph = document.add_paragraph(style="Quote")
        for piece in [text] if isinstance(text, str) else text:
            paragraph.add_run(piece)
    if cell:
        document.add_table(1, 1).cell(0, 0).text = cell
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    path = folder / "office.docx"
    document.save(path)
    return path


def filled(folder, made, *texts, **more):
    data = fill_document_template(template(folder, *texts, **more), made)
    return docx.Document(io.BytesIO(data)), data


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return monthly(tmp_path_factory.mktemp("log"))


def test_figures_are_put_into_content_controls_in_the_words_of_the_office(tmp_path, made):
    _, data = filled(tmp_path, made, '接待{{ figure("visits") }}批次，其中县级{{ figure("visits[县级]") }}批次。')
    line = extract_blocks(data, "docx", "r")[1]
    total, county = made.tables[0].shown()["合计"]["visits"], made.tables[0].shown()["县级"]["visits"]
    assert line.runs == (("接待", None), (total, "visits"), ("批次，其中县级", None), (county, "visits[县级]"), ("批次。", None))


def test_a_place_that_word_has_split_into_runs_with_typographic_quotes_is_one(tmp_path, made):
    document, _ = filled(tmp_path, made, ["共{{ fig", "ure(“visits”)", " }}批次"])
    xml = document.element.xml
    assert re.findall('<w:tag w:val="([^"]+)"', xml) == ["visits"]
    assert "{" not in "".join(re.findall("<w:t[^>]*>([^<]*)<", xml))


def test_paragraphs_tables_and_charts_stand_in_their_places_in_the_order_of_the_office(tmp_path):
    document, data = filled(
        tmp_path, city(), "前言", '{{ chart("cases") }}', '{{ table("visits") }}', "{{ paragraph() }}", "此致"
    )
    body = [one.tag.rpartition("}")[2] for one in document.element.body]
    assert body.index("tbl") < len(body) - 5
    texts = [one.text for one in document.paragraphs]
    assert texts[:2] == [HEADING, "前言"]
    assert texts[3].startswith("图1")
    assert texts[5].startswith("图2")
    assert texts[6].startswith("表1　2021年5月27日至11月30日领导干部接访情况统计表")
    told = [block.text for block in extract_blocks(data, "docx", "r") if hasattr(block, "text")]
    assert sum("排查信访积案1056件" in text for text in told) == 1
    assert texts[-1] == "此致"
    assert len(document.inline_shapes) == 2
    assert [one.style.name for one in document.paragraphs if one.text == "此致"] == ["Quote"]


def test_cells_and_footers_are_filled_and_loops_repeat(tmp_path, made):
    document, _ = filled(
        tmp_path,
        made,
        "{% for name in ['市级', '县级'] %}{{ name }}{{ figure('visits[' ~ name ~ ']') }}；{% endfor %}",
        cell='{{ figure("persons") }}',
        footer="{{ office }}{{ period }} {{ figure('visits') }}",
    )
    shown = made.tables[0].shown()
    assert re.sub("<[^>]*>", "", document.tables[0]._tbl.xml).strip() == shown["合计"]["persons"]
    footer = re.sub(r"<[^>]*>|\s", "", document.sections[0].footer._element.xml)
    assert footer == f"2026年5月{shown['合计']['visits']}"
    assert shown["市级"]["visits"] in re.sub("<[^>]*>", "", document.paragraphs[1]._p.xml)


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ('{{ figure("nothing") }}', "paragraph 2 of the template ({{ figure(", "nothing"),
        ("{{ figure(", "paragraph 2 of the template ({{ figure()", "it cannot be understood"),
        (
            '{{ table("letters") }}',
            'paragraph 2 of the template ({{ table("letters") }})',
            "there is no table letters; there are: visits",
        ),
        ("{{ figure }}", "paragraph 2 of the template ({{ figure }})", "neither text nor number"),
        ("{{ office.__class__ }}", "paragraph 2 of the template", "it cannot be understood"),
        ("数{{ unknown }}", "paragraph 2 of the template (数{{ unknown }})", "it cannot be understood"),
    ],
)
def test_a_mistake_is_one_line_that_names_its_paragraph(tmp_path, made, text, place, why):
    with pytest.raises(UsageFault) as caught:
        filled(tmp_path, made, text)
    said = str(caught.value)
    assert said.startswith('"office.docx": ')
    assert said.endswith(" [E360]")
    assert place in said
    assert why in said
    assert "\n" not in said
    assert re.search("第 2 段", caught.value.sentence("zh"))


@pytest.mark.parametrize(
    ("texts", "cell"), [(["见{{ table() }}"], None), (["{{ chart() }}{{ chart() }}"], None), ([], "{{ table() }}")]
)
def test_a_table_or_chart_has_a_paragraph_of_its_own(tmp_path, made, texts, cell):
    with pytest.raises(UsageFault) as caught:
        filled(tmp_path, made, *texts, cell=cell)
    assert caught.value.code == "E361"


def test_a_template_has_bounded_time(tmp_path, made):
    with pytest.raises(UsageFault) as caught:
        filled(tmp_path, made, "{% for n in range(100000000) %}{% endfor %}")
    assert caught.value.code in {"E261", "E360"}


def test_what_is_no_document_is_refused(tmp_path, made):
    path = tmp_path / "office.docx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(UsageFault) as caught:
        fill_document_template(path, made)
    assert caught.value.code == "E244"


def test_texts_are_text_and_equal_templates_give_equal_bytes(tmp_path, made):
    from dataclasses import replace

    named = replace(made, office="<甲&乙>", paper=Paper(prepared_by="{{ 1 }}", addressed_to="市委"))
    document, data = filled(tmp_path, named, "{{ office }}{{ prepared_by }}{{ addressed_to }}")
    assert document.paragraphs[1].text == "<甲&乙>{{ 1 }}市委"
    assert data == filled(tmp_path, named, "{{ office }}{{ prepared_by }}{{ addressed_to }}")[1]
    assert "xfstats report" in zipfile.ZipFile(io.BytesIO(data)).read("docProps/custom.xml").decode()


def test_a_template_without_the_library_that_fills_it_is_refused(tmp_path, monkeypatch, made):
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(UsageFault) as caught:
        filled(tmp_path, made, "{{ paragraph() }}")
    assert (caught.value.code, caught.value.values["package"]) == ("E241", "docxtpl")


def test_a_template_that_unpacks_to_too_much_or_is_no_regular_file_is_refused(tmp_path, made):
    path = template(tmp_path, "{{ paragraph() }}")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/zeros.bin", bytes(MAX_BYTES + 1))
    with pytest.raises(UsageFault) as large:
        fill_document_template(path, made)
    with pytest.raises(XfstatsError) as folder:
        fill_document_template(tmp_path, made)
    assert (large.value.code, folder.value.code[0]) == ("E287", "E")


def test_properties_and_styles_of_the_office_are_kept_or_added(tmp_path, made):
    path = template(tmp_path, "{{ table() }}")
    document = docx.Document(path)
    styles = document.styles.element
    styles.remove(next(one for one in styles.style_lst if one.name_val == "Table Grid"))
    document.settings.element.remove(document.settings.element.find(qn("w:themeFontLang")))
    document.save(path)
    first = fill_document_template(path, made)
    path.write_bytes(first)
    again = zipfile.ZipFile(io.BytesIO(fill_document_template(path, made)))
    assert [name for name in again.namelist() if name.startswith("docProps/custom")] == ["docProps/custom.xml"]
    assert "Table Grid" in [one.name for one in docx.Document(io.BytesIO(first)).styles]


def test_a_text_in_a_run_beside_a_place_stays_as_it_is(tmp_path, made):
    _, data = filled(tmp_path, made, ["共 ", '{{ figure("visits") }}', " 批次"])
    line = extract_blocks(data, "docx", "r")[1]
    assert [text for text, tag in line.runs if tag is None] == ["共 ", " 批次"]
