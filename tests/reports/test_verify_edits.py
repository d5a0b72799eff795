"""verify finds whatever makes a figure of a report another one, and takes for right what was only moved or reworded."""

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pytest

from tests.edits import FORMS, changed, packed, parts, places, swapped, written
from tests.visits import city, counted, monthly, rows
from tests.written import data, verdict
from xfstats.errors import InputFault
from xfstats.render.style import Style
from xfstats.render.verify import MAX_LISTED, comparison_as_json, comparison_as_text
from xfstats.reports.verify.compare import compare
from xfstats.reports.verify.extract import extract_blocks

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
NUMBER = r"(?<![\d.])\d[\d,]*(?:\.\d{1,9})?"
MOST = 16
"""Mutants of one report; the figures of a larger one are sampled."""
LABELS = ["市级", "县级", "乡级", "未归类", "合计"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("edits")


@pytest.fixture(scope="module")
def made(folder):
    return monthly(folder)


def text_of(made, form="md"):
    return data(made, form).decode()


def verdict_of_text(made, text, form="md"):
    return verdict(made, text.encode(), form)


@pytest.fixture(scope="module")
def reports(folder, made):
    nested = counted(folder, rows(3), by="unit,level", measure="visits,persons,closure_rate")
    crossed = counted(folder, rows(4), by="unit", cross="level", measure="visits,closure_rate")
    series = counted(folder, rows(4), by="month", period="2026", measure="visits,closure_rate,median_days", compare="prev")
    english = replace(made, lang="en")
    return {"monthly": made, "city": city(), "nested": nested, "crossed": crossed, "series": series, "english": english}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["monthly", "city", "nested", "crossed", "series", "english"])
def test_any_figure_changed_by_one_digit_is_found(reports, kind, form):
    old = data(reports[kind], form)
    anew = extract_blocks(old, form, "r")
    assert compare(anew, anew).different == compare(anew, anew).unplaced == compare(anew, anew).missing == ()
    draw = random.Random(f"{kind}{form}")
    spots = places(old, form, NUMBER)
    for part, start, end in draw.sample(spots, min(MOST, len(spots))):
        number = part.text[start:end]
        place = draw.choice([place for place, char in enumerate(number) if char.isdigit()])
        wrong = number[:place] + str((int(number[place]) + draw.randrange(1, 10)) % 10) + number[place + 1 :]
        edited = extract_blocks(written(old, part, (start, end, wrong)), form, "r")
        assert compare(edited, anew).different, part.seen[start - 30 : end + 10]


@pytest.mark.parametrize("form", FORMS)
def test_two_labels_swapped_in_a_table_or_a_text_are_found(made, form):
    old = data(made, form)
    anew = extract_blocks(old, form, "r")
    edits = [one for label, other in pairwise(LABELS) for one in swapped(old, form, label, other)]
    assert len(edits) >= 4
    for edited in edits:
        found = compare(extract_blocks(edited, form, "r"), anew)
        assert found.different or not found.reworded + found.unplaced + found.missing


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("下降", "上升"),
        ("下降", "持平于"),
        ("(?<=批次)环比(?=下降)", "同比"),
        ("结案率(?=16)", "满意率"),
        ("结案(?=1批次，)", "未结案"),
        ("批次(?=39)", "人次"),
        ("个百分点", "%"),
        ("39(?=人次)", "39万"),
        ("39(?=人次)", "三十九"),
        ("16.67%(?=，)", "百分之十六点六七"),
        ("县级(?=领导接待3)", "省级"),
    ],
)
def test_another_word_makes_another_figure(made, form, word, other):
    old = data(made, form)
    anew = extract_blocks(old, form, "r")
    edits = list(changed(old, form, word, other))
    assert edits
    for edited in edits:
        assert compare(extract_blocks(edited, form, "r"), anew).different


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("one", "other"), [("结案", "结案率"), ("批次 环比±%", "批次 同比±%"), ("批次 环比±%", "人次 环比±%"), ("批次", "结案")]
)
def test_two_heads_swapped_are_found(made, form, one, other):
    old = data(made, form)
    for part in parts(old, form):
        found = [
            next(re.finditer(rf"(?<=[\0|│>]){blank}{word}(?={blank}[\0|│<])", part.seen), None)
            for word, blank in ((one, " *"), (other, " *"))
        ]
        if all(found):
            edited = written(old, part, *((*mine.span(), right[0]) for mine, right in zip(found, reversed(found), strict=True)))
            found = verdict(made, edited, form)
            assert len(found.different) >= 2, form  # of both columns at least a figure


def moved(text, form="md"):
    told, rest = text.split("\n\n", 1)
    return f"{rest}\n{told}\n"


def test_a_paragraph_that_was_moved_matches(made):
    found = verdict_of_text(made, moved(text_of(made)))
    assert (found.different, found.unplaced, found.missing, found.reworded) == ((), (), (), ())


def test_a_wrong_figure_in_a_moved_paragraph_is_found(made):
    found = verdict_of_text(made, moved(text_of(made).replace("39人次", "40人次")))
    assert [(mine.text, right.text) for mine, right in found.different] == [("40", "39")]


def test_tables_and_rows_in_another_order_match(folder):
    text = text_of(city())
    first, second, *others = re.split(r"(?m)^(?=## )", text)
    paragraphs, tables = first, [second, *others]
    last, ending = tables[-1].split("\n\n- ", 1)
    edited = paragraphs + last + "\n\n" + "".join(reversed(tables[:-1])) + "\n\n- " + ending
    lines = edited.split("\n")
    place = next(place for place, line in enumerate(lines) if line.startswith("| 市"))
    lines[place : place + 2] = reversed(lines[place : place + 2])
    found = verdict_of_text(city(), "\n".join(lines))
    assert (found.different, found.unplaced, found.missing) == ((), (), ())


def test_sentences_joined_or_parted_and_other_punctuation_match(made):
    edited = text_of(made).replace("。其中，", "，其中：").replace("；乡级", "。乡级").replace("，结案1批次，", "；结案1批次，")
    found = verdict_of_text(made, edited)
    assert (found.different, found.unplaced, found.missing, found.reworded) == ((), (), (), ())


def test_other_words_that_say_the_same_are_listed_and_no_difference(made):
    found = verdict_of_text(made, text_of(made).replace("共接待来访群众", "我局接待群众"))
    assert found.different == found.unplaced == found.missing == ()
    assert (
        comparison_as_text(found, "zh", Style()).splitlines()[0]
        == "改写：“领导干部我局接待群众” 7 批次，原为 “领导干部共接待来访群众” 7 批次"
    )


def test_what_was_left_out_is_counted_in_one_line(made):
    text = text_of(made)
    paragraph = text.split("\n\n", 2)[2]
    emptied = text.replace("| 县级 | 3 |", "| 县级 |  |")
    assert len(verdict_of_text(made, paragraph).missing) > 10
    found = verdict_of_text(made, emptied)
    assert (found.different, found.unplaced) == ((), ())
    assert comparison_as_text(found, "zh", Style()).splitlines()[0] == "缺 1 个：“县级 · 批次” 3"
    assert comparison_as_text(found, "en", Style()).splitlines()[0] == "1 missing: “县级 · 批次” 3"


def test_a_row_or_a_sentence_of_ones_own_is_listed(made):
    edited = text_of(made).replace("| **合计**", "| 省级 | 5 | 0.00% |\n| **合计**").replace("。其中，", "。局长批示88次。其中，")
    found = verdict_of_text(made, edited)
    assert found.different == ()
    assert [one.text for one in found.unplaced] == ["88", "5", "0.00%"]


def test_a_row_that_is_called_otherwise_is_one_difference(made):
    found = verdict_of_text(made, text_of(made).replace("| 县级 |", "| 区县 |"))
    assert len(found.different) == 1
    assert comparison_as_text(found, "zh", Style()).splitlines()[0] == "不符：“区县 · 批次” 3，应为 “县级 · 批次” 3"


def test_full_width_digits_are_the_same_number(made):
    edited = text_of(made).replace("39人次", "３９人次").replace("41.67%，", "４１．６７％，")
    assert verdict_of_text(made, edited).different == ()
    thousands = text_of(city()).replace("7,413批次", "７，４１３批次")
    assert verdict_of_text(city(), thousands).different == ()


def document(old, change):
    part = parts(old, "docx")[0]
    return packed(old, "word/document.xml", change(part.text))


def test_a_number_in_two_runs_is_one(made):
    edited = document(data(made, "docx"), lambda xml: re.sub(r">39</w:t>", ">3</w:t></w:r><w:r><w:t>9</w:t>", xml, count=1))
    assert verdict(made, edited, "docx").different == ()


def test_a_tag_alone_tells_what_a_figure_should_be(made):
    def rewritten(xml, number):
        control = re.search(r'<w:sdt><w:sdtPr><w:alias w:val="persons"/>.*?</w:sdt>', xml)[0].replace(">39<", f">{number}<")
        return re.sub(
            r"(<w:p>(?:(?!</w:p>).)*人次.*?</w:p>)", f"<w:p><w:r><w:t>来的人有</w:t></w:r>{control}</w:p>", xml, count=1
        )

    right = verdict(made, document(data(made, "docx"), lambda xml: rewritten(xml, 39)), "docx")
    assert (right.different, right.unplaced) == ((), ())
    wrong = verdict(made, document(data(made, "docx"), lambda xml: rewritten(xml, 41)), "docx")
    assert [(mine.name, mine.text, right.text) for mine, right in wrong.different] == [("persons", "41", "39")]


def test_a_document_without_its_tags_is_verified_all_the_same(made):
    bare = document(data(made, "docx"), lambda xml: re.sub(r"</?w:(?:sdt|sdtContent)>|<w:sdtPr>.*?</w:sdtPr>", "", xml))
    assert "w:sdt" not in parts(bare, "docx")[0].text
    assert verdict(made, bare, "docx").matched == verdict(made, data(made, "docx"), "docx").matched
    assert len(verdict(made, next(changed(bare, "docx", "39(?=人次)", "38")), "docx").different) == 1


def test_the_words_of_a_chart_are_figures_too(made):
    page = text_of(made, "html")
    for word, other in (('aria-label="市级 1', 'aria-label="市级 2'), ('">接访 · 批次<', '">接访 · 人次<')):
        assert word in page
        assert verdict_of_text(made, page.replace(word, other), "html").different


def workbook(made, change):
    book = openpyxl.load_workbook(io.BytesIO(data(made, "xlsx")))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_without_stored_results_is_refused(made):
    with pytest.raises(InputFault) as caught:
        extract_blocks(workbook(made, lambda book: None), "xlsx", "r.xlsx")
    assert caught.value.code == "E256"
    assert caught.value.position.sheet == "统计表"


def test_a_sheet_may_have_another_name_and_its_cells_are_verified(made):
    old = data(made, "xlsx")
    names = zipfile.ZipFile(io.BytesIO(old)).read("xl/workbook.xml").decode().replace('name="统计表"', 'name="表一"')
    renamed = packed(old, "xl/workbook.xml", names)
    assert verdict(made, renamed, "xlsx").different == ()
    part = next(one for one in parts(renamed, "xlsx") if one.name.endswith("sheet1.xml"))
    cell = re.search(r'<c r="B\d+"[^>]*><f>[^<]*</f><v>(\d+)</v>', part.text)
    found = verdict(made, written(renamed, part, (*cell.span(1), "9")), "xlsx")
    assert [mine.text for mine, _ in found.different] == ["9"]


def test_another_formula_beside_the_old_result_is_found(made):
    old = data(made, "xlsx")
    part = next(one for one in parts(old, "xlsx") if one.name.endswith("sheet1.xml"))
    formula = re.search(r'<c r="B4".*?<f>(.*?)</f>', part.text)
    assert len(verdict(made, written(old, part, (*formula.span(1), "1+1")), "xlsx").different) == 1


def test_sheets_of_data_are_compared_cell_by_cell(folder):
    made = replace(counted(folder, rows(7), by="level", measure="visits,closed", detail=True), command="report --detail")
    old = data(made, "xlsx")
    found = verdict(made, old, "xlsx")
    assert [sheet for sheet, _ in found.sheets] == ["明细", "计数", "图表数据"]
    assert (found.different, found.unplaced) == ((), ())
    assert "「明细」：比对" in comparison_as_text(found, "zh", Style())
    part = next(one for one in parts(old, "xlsx") if '<c r="G2"><v>' in one.text)
    number = re.search(r'<c r="G2"><v>(\d+)</v>', part.text)
    wrong = verdict(made, written(old, part, (*number.span(1), "777")), "xlsx")
    assert [(mine.before, mine.text) for mine, _ in wrong.different] == [("「计数」!G2", "777")]


def test_a_log_that_has_another_name_now_is_the_same_log(made):
    for form in ("md", "docx"):
        for edited in changed(data(made, form), form, "W203", "W203"):
            assert verdict(made, edited, form).different == ()
    renamed = text_of(made).replace("接访.csv", "接访2026年第2版.csv")
    found = verdict_of_text(made, renamed)
    assert (found.different, found.unplaced, found.missing, found.reworded) == ((), (), (), ())


def test_long_lists_are_cut_in_text_and_whole_in_json(made):
    edited = text_of(made) + "\n".join(f"另办{number}起。" for number in range(MAX_LISTED + 30))
    found = verdict_of_text(made, edited)
    assert "……另有 30 个" in comparison_as_text(found, "zh", Style())
    assert comparison_as_json(found).count('"before"') == MAX_LISTED + 30
