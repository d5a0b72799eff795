"""verify: every number of an edited report is matched, different, or not placed; what explain lists counts up to the figure."""

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import replace

import pytest

from tests.edits import FORMS, packed
from tests.logs import all_figures
from tests.program import run
from tests.visits import counted, monthly, rows
from tests.written import data, rows_of, verdict
from xfstats.config.plan import FigureRequest
from xfstats.errors import InputFault
from xfstats.render.explain import explanation_as_text
from xfstats.render.style import Style
from xfstats.render.verify import comparison_as_json, comparison_as_text
from xfstats.reports.figures import Pair, Statistic
from xfstats.reports.verify.extract import extract_blocks, report_format
from xfstats.reports.verify.origin import read_report, report_options


@pytest.mark.parametrize("form", FORMS)
def test_an_unedited_report_matches_in_every_number(tmp_path, form):
    made = monthly(tmp_path)
    found = verdict(made, data(made, form), form)
    assert found.matched > 40
    assert (found.different, found.unplaced) == ((), ())


def test_figures_of_charts_in_a_file_are_verified_by_the_command_that_it_holds(tmp_path):
    made = monthly(tmp_path)
    path = tmp_path / "r.svg"
    path.write_bytes(data(made, "svg"))
    assert report_options(read_report(path), path, []) == ["--period", "2026-05", "--as-of", "2026-11-02"]
    found = verdict(made, path.read_bytes(), "svg")
    assert found.matched > 20
    assert (found.different, found.unplaced) == ((), ())


@pytest.mark.parametrize("seed", range(6))
def test_any_changed_figure_of_a_chart_is_found(tmp_path, seed):
    made = monthly(tmp_path)
    text = data(made, "svg").decode()
    spot = random.Random(seed).choice([*re.finditer(r"(?<=>)\d[\d.,]*(?=/| · |<)", text)])
    new = "7" if spot[0][0] != "7" else "8"
    found = verdict(made, (text[: spot.start()] + new + text[spot.start() + 1 :]).encode(), "svg")
    assert [(one.text, right.text) for one, right in found.different] == [(new + spot[0][1:], spot[0])]


def test_a_picture_is_refused_with_what_to_verify_instead(tmp_path):
    (tmp_path / "r.png").write_bytes(b"\x89PNG")
    with pytest.raises(InputFault) as caught:
        read_report(tmp_path / "r.png")
    assert caught.value.code == "E397"


@pytest.mark.parametrize("form", ["txt", "md", "html"])
@pytest.mark.parametrize("seed", range(12))
def test_any_changed_number_is_found_and_no_other(tmp_path, form, seed):
    made = monthly(tmp_path)
    text = data(made, form).decode()
    body = re.split("(?<!')sha256", text)[0]
    start = body.index("<body>") if form == "html" else 0
    outside = (
        re.sub(r"<(?:title|desc|style|script)\b.*?</|<[^>]*>", lambda one: " " * len(one[0]), body, flags=re.DOTALL)
        if form == "html"
        else body
    )
    spots = [
        one for one in re.finditer(r"(?<!xfstats )(?<![\w.#-])\d[\d,]*(?:\.\d+)?%?(?![\w-])", outside) if one.start() > start
    ]
    spot = random.Random(seed).choice(spots)
    new = "7" if spot[0][0] != "7" else "8"
    edited = text[: spot.start()] + new + text[spot.start() + 1 :]
    found = verdict(made, edited.encode(), form)
    assert len(found.different) == 1, body[spot.start() - 30 : spot.end()]
    assert new + spot[0][1:] in found.different[0][0].text
    assert spot[0] in found.different[0][1].text
    assert found.unplaced == ()


@pytest.mark.parametrize("seed", range(8))
def test_any_changed_run_of_a_document_is_found_by_its_tag(tmp_path, seed):
    made = monthly(tmp_path)
    old = data(made, "docx")
    xml = zipfile.ZipFile(io.BytesIO(old)).read("word/document.xml").decode()
    spots = list(
        re.finditer(r'<w:tag w:val="([^"]*)"/></w:sdtPr><w:sdtContent><w:r>(?:(?!</w:r>).)*<w:t[^>]*>(\d[^<]*)</w:t>', xml)
    )
    spot = random.Random(seed).choice(spots)
    edited = xml[: spot.start(2)] + ("9" if spot[2][0] != "9" else "8") + xml[spot.start(2) + 1 :]
    found = verdict(made, packed(old, "word/document.xml", edited), "docx")
    assert {mark.name for mark, _ in found.different} == {spot[1].replace("&quot;", '"')}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("seed", range(6))
def test_any_changed_cell_of_a_workbook_is_found(tmp_path, seed):
    made = monthly(tmp_path)
    old = data(made, "xlsx")
    xml = zipfile.ZipFile(io.BytesIO(old)).read("xl/worksheets/sheet1.xml").decode()
    spots = list(re.finditer(r"<v>([\d.]+)</v>", re.sub(r't="s"><v>\d+</v>', lambda one: "#" * len(one[0]), xml)))
    spot = random.Random(seed).choice(spots)
    edited = xml[: spot.start(1)] + "12345" + xml[spot.end(1) :]
    found = verdict(made, packed(old, "xl/worksheets/sheet1.xml", edited), "xlsx")
    assert [mark.text for mark, _ in found.different] == ["12345"]


def test_a_rewritten_sentence_keeps_its_numbers_and_shows_what_is_new(tmp_path):
    made = monthly(tmp_path)
    text = data(made, "md").decode()
    edited = "局长按：本月共办了 1234 件大事。\n\n" + text.replace("共接待来访群众", "我局一共接待了前来反映问题的群众")
    found = verdict(made, edited.encode(), "md")
    assert found.different == ()
    assert [mark.text for mark in found.unplaced] == ["1234"]
    assert comparison_as_text(found, "zh", Style()).splitlines()[0] == "未对应：“局长按：本月共办了” 1234 件大事"
    assert '"unplaced"' in comparison_as_json(found)


def test_late_entries_make_the_old_report_differ(tmp_path):
    made = monthly(tmp_path)
    old = data(made, "docx")
    later = replace(
        counted(
            tmp_path,
            [*rows(7), *rows(7)[:40]],
            by="level",
            measure=",".join(made.tables[0].measures),
            period="2026-05",
            compare="prev,yoy",
        ),
        command=made.command,
    )
    found = verdict(later, old, "docx")
    assert (found.matched, len(found.different), found.unplaced) == (80, 71, ())
    theirs, ours = found.different[0]
    assert (theirs.name, theirs.text, ours.text) == ("visits", "7", "11")


@pytest.mark.parametrize("form", FORMS)
def test_the_plan_stands_in_the_report(tmp_path, form):
    path = tmp_path / f"r.{form}"
    path.write_bytes(data(monthly(tmp_path), form))
    assert report_options(read_report(path), path, []) == ["--period", "2026-05", "--as-of", "2026-11-02"]


@pytest.mark.parametrize(("form", "content"), [("docx", b"PK\x03\x04"), ("xlsx", b""), ("docx", b"text"), ("txt", b"\xff\xfe")])
def test_what_is_no_report_is_refused(form, content):
    with pytest.raises(InputFault) as caught:
        extract_blocks(content, form, "r")
    assert caught.value.code == "E303"


def test_a_report_of_another_kind_or_without_its_command_is_refused(tmp_path):
    (tmp_path / "r.txt").write_text("件 12", "utf-8")
    for name, code in (("r.txt", "E326"), ("none.txt", "E301"), ("r.pdf", "E301")):
        with pytest.raises(InputFault) as caught:
            report_options(read_report(tmp_path / name), tmp_path / name, [])
        assert caught.value.code == code
    assert report_format(tmp_path / "R.DOCX") == "docx"
    with pytest.raises(InputFault):
        report_format(tmp_path / "r.pdf")


def test_a_log_whose_name_the_system_cannot_hold_is_not_there(tmp_path):
    (tmp_path / "r.md").write_text("接访 8 批次。\n\nxfstats report --as-of 2026-11-02\n", "utf-8")
    done = run("verify", tmp_path / "r.md", tmp_path / ("长" * 300))
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.count(b"\n") == 1


def test_an_entity_in_a_document_is_refused(tmp_path):
    old = data(monthly(tmp_path), "docx")
    with pytest.raises(InputFault) as caught:
        extract_blocks(packed(old, "word/document.xml", '<!DOCTYPE x [<!ENTITY a "1">]><x>&a;</x>'), "docx", "r")
    assert caught.value.code == "E303"


@pytest.mark.parametrize(
    "options", [{"by": "level"}, {"by": "unit,level"}, {"by": "level", "cross": "channel"}, {"by": "month", "period": "2026"}]
)
def test_counting_the_rows_that_are_listed_gives_the_figure(tmp_path, options):
    log = rows(11, 60)
    heads = [row[6] for row in log]
    plain = counted(tmp_path, log, **options)
    for one in random.Random(3).sample([one for one in all_figures(plain.tables) if one.row.kind in {"group", "total"}], 60):
        asked = FigureRequest("visits", one.measure, tuple(one.row.group.items()))
        made = counted(tmp_path, log, explain=asked, **options)
        part, base = rows_of(made, one, "part"), rows_of(made, one, "base")
        figure = one.figure
        if one.measure in {"persons", "collective_persons"}:
            assert sum(heads[row - 2] for row in part) == figure
        elif isinstance(figure, Pair):
            assert len(part) == figure.numerator, one.measure
            assert one.measure == "share" or len(part) + len(base) == figure.denominator, one.measure
        elif isinstance(figure, Statistic):
            assert bool(part) == bool(figure.denominator)
        else:
            assert len(part) == figure, one.measure
        assert not set(part) & set(base)


def test_an_explanation_gives_positions_and_reasons_and_no_cell(tmp_path):
    made = counted(tmp_path, rows(11, 30), by="level", explain=FigureRequest("visits", "on_time_rate", (("level", "县级"),)))
    found = next(
        one for one in all_figures(made.tables) if one.measure == "on_time_rate" and one.row.group.get("level") == "县级"
    )
    text = explanation_as_text(found, made, Style())
    assert text.startswith("按期办结率[县级] = ")
    assert "本组未进入的行：" in text
    assert "来访人" not in text


def test_a_subset_is_explained_by_its_own_rows(tmp_path):
    profile = tmp_path / "p.toml"
    profile.write_text('[[groups.visits]]\nlabel = "甲局的"\nwhen = { unit = "甲局" }\nof_which = true\n', "utf-8")
    made = counted(tmp_path, rows(11, 30), profile=profile, explain=FigureRequest("visits", "visits", (("level", "甲局的"),)))
    one = next(one for one in all_figures(made.tables) if one.row.of_which and one.measure == "visits")
    assert len(rows_of(made, one, "part")) == one.figure == sum(1 for row in rows(11, 30) if row[3] == "甲局")


@pytest.mark.parametrize(
    ("written", "period"),
    [("From 2026-05-01 to 2026-05-31", "2026-05"), ("From 2026-05-03 to 2026-05-20", "2026-05-03..2026-05-20")],
)
@pytest.mark.parametrize("form", ["docx", "md"])
def test_an_english_period_in_digits_as_reports_of_before_had_it_is_the_same(tmp_path, form, written, period):
    made = replace(counted(tmp_path, rows(3), by="level", measure="visits", period=period), lang="en", command="report")
    told, new = {"2026-05": "In May 2026"}.get(period, "From 3 May to 20 May 2026"), data(made, form)

    def edited(text):
        part = "word/document.xml"
        whole = zipfile.ZipFile(io.BytesIO(new)).read(part).decode() if form == "docx" else new.decode()
        assert told in whole
        whole = whole.replace(told, text)
        return packed(new, part, whole) if form == "docx" else whole.encode()

    found = verdict(made, edited(written), form)
    assert (found.different, found.unplaced, found.missing) == ((), (), ())
    for wrong in (written.replace("2026-05-", "2026-04-", 1), told.replace("May", "June"), "From 2026-05-41 to 2026-05-31"):
        found = verdict(made, edited(wrong), form)
        assert found.different or found.unplaced, wrong
