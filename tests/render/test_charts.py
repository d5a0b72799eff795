"""Charts and plots: bars, series, fonts, and what is said where one cannot be drawn."""

from __future__ import annotations

import logging
import re
import sys
import warnings

import pytest
from matplotlib import font_manager

from tests.fonts import write_font
from tests.logs import book, report
from tests.render.conftest import HEAD, VISITS
from tests.visits import counted, monthly, rows
from tests.written import drawn
from xfstats.config.output_formats import Result
from xfstats.errors import OutputFault, UsageFault
from xfstats.render import load_renderer
from xfstats.render.chart_png import as_png
from xfstats.render.style import Style
from xfstats.render.text_template import fill_text_template

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
    assert "<desc>乙局 49; 其余 2 个 71</desc>" in picture
    one, two = (float(long) for long in re.findall(r'<rect [^>]*width="([\d.]+)"', picture))
    assert one / two == pytest.approx(49 / 71, rel=0.01)


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


def test_a_series_of_a_year_and_more_names_each_second_point(tmp_path):
    days = [f"{2025 + month // 12}-{1 + month % 12}-3 市级 1 已办结\n" for month in range(14)]
    made = report(book(tmp_path, HEAD + "".join(days)), by="month", measure="visits")
    picture = drawn(made, "svg")
    assert picture.count("<circle") == 14
    assert len(re.findall(r">202\d-\d\d<", picture)) == 7


def test_rates_alone_are_drawn_by_their_size(tmp_path):
    made = report(book(tmp_path, VISITS), measure=["closure_rate"], by="level")
    bars = [float(length) for length in re.findall(r'<rect [^>]*width="([\d.]+)"', drawn(made, "svg"))]
    assert bars[0] == pytest.approx(2 * bars[1], rel=0.01)


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_picture_of_nothing_is_refused(tmp_path, form):
    with pytest.raises(UsageFault) as caught:
        load_renderer(form, Result.REPORT)(report(book(tmp_path, HEAD + "2026-5-2 市级 3 已办结\n"), by="level"), STYLE)
    assert caught.value.code == "E242"
