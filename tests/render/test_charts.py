"""Reports at their edges: series, gates, cross tables, nothing to tell, English; an extra that is missing."""

from __future__ import annotations

import io
import logging
import re
import sys
import warnings
from dataclasses import replace

import openpyxl
import pytest
from matplotlib import font_manager

from tests.fonts import write_font
from tests.logs import book, report
from tests.visits import counted, monthly, rows
from tests.written import drawn, told
from xfstats.errors import OutputFault, UsageFault
from xfstats.render import load_renderer
from xfstats.render.chart_png import as_png
from xfstats.render.inspect import as_html
from xfstats.render.style import Style
from xfstats.render.text_template import fill_text_template
from xfstats.render.xlsx.template import fill_workbook_template
from xfstats.report.figures import Change, Pair, Statistic

STYLE = Style()


def test_a_series_is_drawn_as_a_line_with_its_figures(tmp_path):
    made = counted(tmp_path, rows(3), by="month", measure="visits,closure_rate", period="2026-01-01..2026-06-30")
    picture = drawn(made, "svg")
    assert picture.count("<circle") == len([row for row in made.tables[0].rows if row.kind == "group"])
    assert "<polyline" in picture
    assert str(made.tables[0].rows[0].figures["visits"]) in picture


def test_a_bar_of_the_rest_and_one_without_a_basis_are_drawn(tmp_path):
    made = counted(tmp_path, rows(3), by="unit", measure="visits", top=1, sort="visits")
    picture = drawn(made, "svg")
    assert "<desc>乙局 49; +2 71</desc>" in picture
    assert re.findall(r'<rect [^>]*width="([\d.]+)"', picture) == ["409.9", "594.0"]  # as 49 to 71


@pytest.mark.usefixtures("chinese_font")
def test_a_plot_of_a_series(tmp_path):
    made = counted(tmp_path, rows(3), by="month", measure="visits", period="2026-01-01..2026-06-30")
    picture = as_png(made, STYLE)
    assert (picture[:8], int.from_bytes(picture[16:20])) == (b"\x89PNG\r\n\x1a\n", 9 * 144)
    assert as_png(counted(tmp_path, rows(4), by="month", measure="visits", period="2026-01-01..2026-06-30"), STYLE) != picture


def test_a_plot_without_a_font_that_has_the_characters_is_refused_and_names_what_to_install(tmp_path, monkeypatch):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    monkeypatch.setattr("xfstats.render.chart_png._CHINESE_FONTS", ("No Such Font",))
    monkeypatch.setattr("matplotlib.font_manager.findSystemFonts", lambda: [str(broken), str(tmp_path / "none.ttf")])
    with pytest.raises(OutputFault) as caught:
        as_png(monthly(tmp_path), STYLE)
    assert caught.value.code == "E409"
    for lang in ("zh", "en"):
        said = caught.value.sentence(lang)
        assert all(name in said for name in ("fonts-noto-cjk", "fonts-wqy-microhei", "Windows")), said


@pytest.mark.parametrize("kept", [True, False])
def test_a_font_that_was_installed_after_the_list_was_kept_is_found(tmp_path, monkeypatch, kept):
    listed = list(font_manager.fontManager.ttflist)
    monkeypatch.setattr(font_manager.fontManager, "ttflist", listed)
    path = write_font(tmp_path / "new.ttf", f"New Font {kept}")
    monkeypatch.setattr("xfstats.render.chart_png._CHINESE_FONTS", ("No Such Font", f"New Font {kept}"))
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [str(path)])
    if kept:
        font_manager.fontManager.addfont(path)
    made = counted(tmp_path, rows(3), by="month", measure="visits", period="2026-01-01..2026-06-30")
    assert as_png(made, STYLE).startswith(b"\x89PNG")
    assert [font.name for font in font_manager.fontManager.ttflist].count(f"New Font {kept}") == 1


def test_what_the_plotting_library_says_of_itself_is_not_heard(tmp_path, monkeypatch, caplog, chinese_font):
    def remark(*_):
        warnings.warn("glyph missing", UserWarning, stacklevel=1)
        logging.getLogger("matplotlib.font_manager").warning("the folder of the cache cannot be written")
        return [chinese_font]

    monkeypatch.setattr("xfstats.render.chart_png._available_fonts", remark)
    as_png(counted(tmp_path, rows(3), by="month", measure="visits"), STYLE)
    assert caplog.records == []
    logging.getLogger("matplotlib.font_manager").warning("heard again")
    assert len(caplog.records) == 1


@pytest.mark.parametrize(("package", "call"), [("matplotlib", "png"), ("jinja2", "text")])
def test_an_extra_that_is_not_there_is_named(tmp_path, monkeypatch, package, call):
    made = monthly(tmp_path)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageFault) as caught:
        as_png(made, STYLE) if call == "png" else fill_text_template(tmp_path / "t.txt", made)
    assert (caught.value.code, caught.value.exit_code) == ("E241", 2)


def test_a_template_that_cannot_be_read_is_a_usage_error(tmp_path):
    with pytest.raises(UsageFault) as caught:
        fill_text_template(tmp_path / "missing.txt", monthly(tmp_path))
    assert caught.value.code == "E244"


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_figures_below_a_gate_are_marked_red_in_the_workbook(tmp_path):
    made = monthly(tmp_path, compare=None, fail_if=["closure_rate[*] < 90%"])
    sheet = openpyxl.load_workbook(io.BytesIO(load_renderer("xlsx", report=True)(made, STYLE)))["统计表"]
    rules = [rule for held in sheet.conditional_formatting for rule in held.rules if rule.operator == "lessThan"]
    assert [rule.formula for rule in rules] == [["0.9"]]


def test_a_named_cell_that_means_several_figures_is_an_error(tmp_path):
    path = tmp_path / "t.xlsx"
    workbook = openpyxl.Workbook()
    workbook.defined_names["visits__nowhere"] = openpyxl.workbook.defined_name.DefinedName(
        "visits__nowhere", attr_text="Sheet!$B$2"
    )
    workbook.save(path)
    with pytest.raises(UsageFault) as caught:
        filled_workbook(path, monthly(tmp_path))
    assert caught.value.code == "E237"


def test_an_english_paragraph_of_subsets_places_and_nothing(tmp_path):
    made = replace(monthly(tmp_path, rank="visits", measure="visits,persons,closed,overdue,closure_rate"), lang="en")
    assert told(made) == (
        "From 2026-05-01 to 2026-05-31, there were 7 visits (down 41.67% on the period before, no basis on a year before) "
        "by 39 persons (down 59.79% on the period before); 1 closed, "
        "closure rate 16.67% (down 37.88 points on the period before); open overdue: 5. "
        "Of these, 县级 had 3 visits by 17 persons, 1 closed; (none) had 2 visits by 9 persons; "
        "市级 had 1 visit by 11 persons; 乡级 had 1 visit by 2 persons. "
        "By visits from the highest down, 县级 is first (3) and 市级 and 乡级 last (1)."
    )
    empty = replace(counted(tmp_path, rows(3), period="2019", measure="visits,persons,closed,closure_rate"), lang="en")
    assert told(empty) == "From 2019-01-01 to 2019-12-31, there were no records of visits."


def test_a_table_without_its_amount_tells_its_rates_alone(tmp_path):
    made = counted(tmp_path, rows(3), measure="closure_rate")
    assert told(replace(made, lang="zh")) == "2026年1月1日至10月27日，接访结案率48.98%。"
    assert told(replace(made, lang="en")) == "From 2026-01-01 to 2026-10-27, the log of visits shows closure rate 48.98%."


def test_a_year_is_told_as_a_year_and_a_month_as_a_month(tmp_path):
    told_as = {"2026": "2026年", "2026-05": "2026年5月", "2026-05-03..2026-06-02": "2026年5月3日至6月2日"}
    for period, words in told_as.items():
        assert told(counted(tmp_path, rows(3), period=period)).partition("，")[0] == words


def test_a_change_needs_two_figures_of_one_kind():
    assert Change(Pair(3, 4), Pair(1, 2)).exact == (2, 8)
    assert Change(Statistic(5, 2), Statistic(2, 1)).exact == (1, 2)
    assert Change(Pair(3, 4), Pair(0, 0)).exact is None
    with pytest.raises(TypeError):
        _ = Change(3, Pair(1, 2)).exact


def test_batches_stand_in_the_details(tmp_path):
    made = report(book(tmp_path, "接访日期 接访级别 批次\n2024-1-2 市级 3\n2024-1-3 县级 1\n"), detail=True)
    found = made.inputs[0].tally.detail
    assert list(found["batches"]) == [3, 1]
    assert "persons" not in found


def test_the_inspection_as_a_page_holds_its_text_and_no_markup_of_a_log(tmp_path):
    made = report(book(tmp_path, "接访日期 接访级别 来访人数 <b>\n2024-1-2 市级 1 x\n"))
    page = as_html(made, STYLE)
    assert page.startswith("<!DOCTYPE html>")
    assert "<b>" not in page
