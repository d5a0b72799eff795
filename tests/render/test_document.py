"""The Word document as an office sends it: title, sections, tables, office and date, pages, styles, language, annex, charts."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.logs import report
from tests.visits import city, counted, monthly, rows
from tests.written import data, verdict
from xfstats.config.plan import Paper
from xfstats.model import Period
from xfstats.render.charts import COLOURS, Kind, table_charts
from xfstats.render.narrative.headings import numeral, report_title, spoken_day, spoken_days, table_name, unit_names

EVERYTHING = Paper("信访工作月报", "甲某", "乙某")
TABLE = "Caption"


def opened(made):
    """The document, read back."""
    return docx.Document(io.BytesIO(data(made, "docx")))


def styled(made, style):
    """The texts of a style, in their order."""
    return [one.text for one in opened(made).paragraphs if one.style.name == style]


def part(made, name):
    return zipfile.ZipFile(io.BytesIO(data(made, "docx"))).read(name).decode()


def size(section):
    """Width and height of a page in millimetres."""
    return round(section.page_width / Mm(1)), round(section.page_height / Mm(1))


def long_report(folder, groups, keys):
    """A month compared with the one before, by that many units."""
    log = [[*row[:3], f"第{index % groups + 1}办事处", *row[4:]] for index, row in enumerate(rows(9, 600))]
    return counted(folder, log, by="unit", measure=keys, period="2026-05", compare="prev")


def in_english(made):
    return replace(made, lang="en")


@pytest.fixture(scope="module")
def cities():
    return {"zh": city(), "en": in_english(city())}


def test_the_title_is_composed_of_office_period_and_subjects(cities, tmp_path):
    assert report_title(cities["zh"]) == ("清源市信访局", "关于2021年5月27日至11月30日", "领导干部接访等工作情况的通报")
    assert styled(cities["zh"], "Title") == ["清源市信访局\n关于2021年5月27日至11月30日\n领导干部接访等工作情况的通报"]
    assert styled(cities["en"], "Title") == ["Visits, cases, instructions and backlog, 27 May to 30 November 2021"]
    month = replace(monthly(tmp_path), office="清河市信访局")
    assert "".join(report_title(month)) == "清河市信访局关于2026年5月领导干部接访情况的通报"
    assert styled(month, "Title") == ["清河市信访局\n关于2026年5月领导干部接访情况的通报"]


def test_a_given_title_is_the_title_and_a_property(cities):
    made = replace(cities["zh"], paper=EVERYTHING)
    assert styled(made, "Title") == ["信访工作月报"]
    assert opened(made).core_properties.title == "信访工作月报"


def test_sections_are_numbered_headings_and_one_table_has_none(cities, tmp_path):
    annex = ["附：核对说明"]
    assert styled(cities["zh"], "Heading 1") == [
        *("一、领导干部接访情况", "二、领导包案情况", "三、领导批阅来信情况", "四、信访积案化解情况"),
        *annex,
    ]
    assert styled(cities["en"], "Heading 1")[:4] == ["1. Visits", "2. Cases", "3. Instructions", "4. Backlog"]
    assert styled(replace(monthly(tmp_path, compare=None), office="局"), "Heading 1") == annex


def test_a_table_has_a_name_units_and_people_below(cities):
    made = replace(cities["zh"], paper=EVERYTHING, as_of="2026-11-02")
    assert styled(made, TABLE)[:2] == [
        "表1　2021年5月27日至11月30日领导干部接访情况统计表",
        "图1　2021年5月27日至11月30日领导干部接访情况：批次",
    ]
    assert styled(made, "Table Line")[:4] == [
        "统计时间：2021年5月27日至11月30日（截至2026年11月2日）\t单位：批次、人次",
        "制表人：甲某\t审核人：乙某\t填报日期：2026年11月2日",
        "截至2026年11月2日\t单位：件、%",
        "制表人：甲某\t审核人：乙某\t填报日期：2026年11月2日",
    ]
    english = in_english(replace(cities["zh"], as_of="2026-11-02"))
    assert styled(english, "Table Line")[:2] == [
        "Period: 27 May to 30 November 2021 (as of 2 November 2026)\tUnits: visits, persons",
        "Prepared by: \tChecked by: \tDate: 2 November 2026",
    ]


def test_office_and_date_stand_at_the_end_the_date_two_characters_after_the_office(cities):
    made = replace(cities["zh"], as_of="2026-11-02")
    office, day = (one for one in opened(made).paragraphs if one.style.name == "Signature")
    assert (office.text, day.text) == ("清源市信访局", "2026年11月2日")
    right = [one.paragraph_format.right_indent for one in (office, day)]
    assert right == [Pt(72), Pt(32)]  # 96 and 104 points wide
    assert [one.text for one in opened(in_english(made)).paragraphs if one.style.name == "Signature"][-1] == "2 November 2026"


@pytest.mark.parametrize(
    ("lang", "upright", "number"),
    [("zh", (37, 26, 35, 28), ["— 1 —"] * 2), ("en", (25.4, 25.4, 25.4, 25.4), ["Page 1", ""])],
)
def test_pages_have_the_margins_and_numbers_of_their_language(cities, lang, upright, number):
    document = opened(cities[lang])
    first = document.sections[0]
    margins = (first.top_margin, first.right_margin, first.bottom_margin, first.left_margin)
    assert [round(one / Mm(1), 1) for one in margins] == list(upright)
    assert size(first) == (210, 297)
    assert [one.paragraphs[0].text for one in (first.footer, first.even_page_footer)] == number
    assert " PAGE " in part(cities[lang], "word/footer1.xml")
    assert document.settings.odd_and_even_pages_header_footer == (lang == "zh")


STYLES = {
    "zh": {
        "Title": ("方正小标宋简体", 22),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体_GB2312", 16),
        "Body Text": ("仿宋_GB2312", 16),
    },
    "en": {"Title": ("Arial", 22), "Heading 1": ("Arial", 15), "Heading 2": ("Arial", 12), "Body Text": ("Arial", 11)},
}


@pytest.mark.parametrize("lang", STYLES)
def test_styles_have_the_fonts_and_sizes_of_their_language(cities, lang):
    styles = opened(cities[lang]).styles
    found = {
        name: (styles[name].element.rPr.rFonts.get(qn("w:eastAsia")), styles[name].font.size / Pt(1)) for name in STYLES[lang]
    }
    assert found == STYLES[lang]
    body = styles["Body Text"].paragraph_format
    assert (body.line_spacing, body.first_line_indent) == {"zh": (Pt(29), Pt(32)), "en": (Pt(16), None)}[lang]


def test_fonts_name_what_may_stand_in_for_them_and_texts_their_language(cities):
    fonts = part(cities["zh"], "word/fontTable.xml")
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋, FangSong"/>' in fonts
    assert re.search(r'<w:lang w:val="en-GB" w:eastAsia="zh-CN"', part(cities["zh"], "word/styles.xml"))
    assert [opened(cities[lang]).core_properties.language for lang in ("zh", "en")] == ["zh-CN", "en-GB"]


def test_a_table_repeats_its_head_divides_no_row_and_has_a_name_for_who_cannot_see_it(cities):
    for table in opened(cities["zh"]).tables:
        marks = [[one.tag for one in row._tr.trPr] for row in table.rows]
        assert qn("w:tblHeader") in marks[0]
        assert all(qn("w:cantSplit") in one for one in marks)
        assert not any(qn("w:tblHeader") in one for one in marks[1:])
    captions = re.findall(r'<w:tblCaption w:val="([^"]+)"', part(cities["zh"], "word/document.xml"))
    assert captions == [table_name(cities["zh"], table) for table in cities["zh"].tables]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wide_tables_stand_across_after_office_and_date_and_are_listed(tmp_path, lang):
    wide = "visits,persons,excluded,closed,closure_rate,settled,settlement_rate,resolved,resolution_rate"
    made = replace(monthly(tmp_path, measure=wide), lang=lang, office="清河市信访局")
    document = opened(made)
    assert [one.orientation for one in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        *[WD_ORIENT.PORTRAIT] * 2,
    ]  # the chart and the annex
    assert size(document.sections[1]) == (297, 210)
    told = [one.text for one in document.paragraphs]
    name = {"zh": "2026年5月领导干部接访情况统计表", "en": "Visits by level, May 2026"}[lang]
    listed = next(place for place, text in enumerate(told) if text.endswith(name))
    assert told[listed] == {"zh": f"附件：{name}", "en": f"Appendix: {name}"}[lang]
    assert told[listed + 1 : listed + 4] == [
        "清河市信访局",
        spoken_day(date(2026, 11, 2), lang),
        {"zh": "附件", "en": "Appendix"}[lang],
    ]


def test_the_annex_is_left_out_where_it_is_not_wanted(cities):
    made = replace(cities["zh"], paper=Paper(annex=False))
    assert styled(made, "Note") == []
    assert "附：核对说明" not in styled(made, "Heading 1")
    assert styled(cities["zh"], "Heading 2") == ["（一）统计口径", "（二）需核实与核对", "（三）数据来源与重做的命令"]
    assert "sha256" not in part(made, "word/document.xml")


def drawn(made):
    """The charts of a document: their XML and alternative texts, in the order of the document."""
    told = re.findall(r'descr="([^"]+)"', part(made, "word/document.xml"))
    return [(part(made, f"word/charts/chart{number}.xml"), text) for number, text in enumerate(told, 1)]


def test_charts_are_native_with_axes_and_an_alternative_text(cities, tmp_path):
    charts = drawn(cities["zh"])
    names = [text.partition(": ")[0].rpartition("　")[2] for _, text in charts]
    period = "2021年5月27日至11月30日"
    assert names == [  # the letters have one group
        f"{period}领导干部接访情况：批次",
        *("领导包案情况：件数", "领导包案情况：结案与未结案"),
        *("信访积案化解情况：件数", "信访积案化解情况：解决与未解决"),
    ]
    xml, text = charts[0]
    assert text.partition(": ")[2] == "市级领导 96; 县市区党政一把手 1,924; 其他党政班子成员和乡镇领导 5,393"
    assert re.findall(r"<a:t>([^<]+)</a:t>", xml) == ["96", "1,924", "5,393", "层级", "批次"]
    assert re.findall(r"<c:numLit>.*?</c:numLit>", xml)[0].count("<c:v>") == 3
    compared = part(monthly(tmp_path, measure="visits,persons"), "word/charts/chart1.xml")
    assert re.findall(r"<c:tx><c:v>([^<]+)</c:v>", compared) == ["本期", "上期"]
    assert "<c:legend>" in compared


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("by", ["unit", "month"])
def test_a_document_draws_the_charts_of_all_formats_in_their_order_colours_and_labels(tmp_path, lang, by):
    measure = "visits,closed,closure_rate,on_time_rate,median_days"
    made = replace(counted(tmp_path, rows(3), by=by, measure=measure, period="2026-01..2026-06", compare="yoy"), lang=lang)
    charts = table_charts(made.tables[0], made)
    assert [one.kind for one in charts] == [Kind.LINE if by == "month" else Kind.BARS, Kind.PARTS, Kind.PARTS, Kind.HISTOGRAM]
    for chart, (xml, text) in zip(charts, drawn(made), strict=True):
        ends = ["\u3000"] if chart.kind == Kind.PARTS else []
        assert re.findall(r"<c:tx><c:v>([^<]+)</c:v>", xml) == [*(one.name for one in chart.series), *ends]
        if chart.kind in {Kind.BARS, Kind.PARTS}:  # the figures, the changes and the rates that the page has beside its bars
            assert re.findall(r"<a:r><a:t>([^<]+)</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos", xml) == list(chart.texts)
        for one, series in zip(chart.series, re.findall(r"<c:ser>.*?</c:ser>", xml), strict=not ends):
            assert set(re.findall('srgbClr val="([^"]+)"', series)) - {"FFFFFF"} == {COLOURS[one.role][0].lstrip("#").upper()}
            told = re.search("<c:strLit>(.*?)</c:strLit>", series)[1]
            assert re.findall("<c:v>(.*?)</c:v>", told) == list(chart.labels)
            values = re.search("<c:numLit>(.*?)</c:numLit>", series)[1]
            assert [float(value) for value in re.findall("<c:v>(.*?)</c:v>", values)] == [v for v in one.values if v is not None]
        assert all(chart.spoken(place) in text for place in range(len(chart.labels)))


def test_a_table_of_one_row_has_no_chart_but_of_its_days(tmp_path):
    log = [[*row[:2], "市级", *row[3:]] for row in rows(3)]
    measure = "visits,closed,closure_rate,median_days"
    made = counted(tmp_path, log, by="level", measure=measure)
    assert len(made.tables[0].rows) == 1
    (only,) = drawn(made)
    assert "天" in only[0]
    assert drawn(counted(tmp_path, log, by="level", measure="visits,closed,closure_rate")) == []
    assert drawn(counted(tmp_path, log[:1], by="level", measure=measure)) == []


def test_a_chart_holds_labels_as_text(tmp_path):
    log = [[*row[:2], f"<a&{index % 2}>", *row[3:]] for index, row in enumerate(rows(3))]
    made = counted(tmp_path, log, by="level", measure="visits")
    assert "&lt;a&amp;" in part(made, "word/charts/chart1.xml")
    assert len(opened(made).inline_shapes) == 1


@pytest.mark.parametrize(
    ("first", "end", "zh", "en"),
    [
        ((2026, 10, 1), (2026, 11, 1), "2026年10月", "October 2026"),
        ((2026, 7, 1), (2026, 10, 1), "2026年第三季度", "July to September 2026"),
        ((2026, 1, 1), (2027, 1, 1), "2026年", "2026"),
        ((2021, 5, 27), (2021, 12, 1), "2021年5月27日至11月30日", "27 May to 30 November 2021"),
        ((2025, 12, 30), (2026, 1, 3), "2025年12月30日至2026年1月2日", "30 December 2025 to 2 January 2026"),
        ((2026, 3, 5), (2026, 3, 6), "2026年3月5日", "5 March 2026"),
    ],
)
def test_a_period_in_words(first, end, zh, en):
    span = Period(date(*first), date(*end))
    assert (spoken_days(span, "zh"), spoken_days(span, "en")) == (zh, en)
    assert spoken_days(None, "zh") == ""


def test_units_are_those_of_the_log_each_once(cities, tmp_path):
    assert [unit_names(table, "zh") for table in cities["zh"].tables] == ["批次、人次", "件、%", "件、%", "件、%"]
    assert [unit_names(table, "en") for table in cities["en"].tables] == [
        *("visits, persons", "cases, %"),
        *("letters, %", "items, %"),
    ]
    assert unit_names(monthly(tmp_path).tables[0], "zh") == "批次、人次、%、天"
    assert unit_names(monthly(tmp_path).tables[0], "zh", ("median_hours",)) == "小时"
    assert unit_names(monthly(tmp_path).tables[0], "en", ("median_hours", "median_days")) == "hours, days"
    assert numeral(11) == "十一"


def test_several_tables_on_pages_of_their_own_are_listed_with_numbers(tmp_path):
    groups = [f"2026-05-0{1 + number % 9},第{number}局,已办结\n" for number in range(30)]
    log, cases = tmp_path / "接访.csv", tmp_path / "案件.csv"
    log.write_text("来访日期,责任单位,办理状态\n" + "".join(groups), "utf-8")
    cases.write_text("登记日期,责任单位,办理状态\n" + "".join(groups), "utf-8")
    made = report(log, cases, by="unit")
    texts = [one.text for one in opened(made).paragraphs]
    (first,) = [place for place, text in enumerate(texts) if text.startswith("附件：1. ")]
    assert (len(made.tables), texts[first + 1][:3]) == (2, "2. ")
    assert [text for text in texts if text in {"附件1", "附件2"}] == ["附件1", "附件2"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_wide_table_is_upright_in_blocks_that_begin_a_page_each(tmp_path, lang):
    made = replace(long_report(tmp_path, 40, "visits,persons,closed,closure_rate,on_time_rate,median_days"), lang=lang)
    document = opened(made)
    assert {one.orientation for one in document.sections} == {WD_ORIENT.PORTRAIT}
    going_on = [one for one in document.paragraphs if one.text == {"zh": "续表", "en": "continued"}[lang]]
    assert len(document.tables) == len(going_on) + 1 > 1
    assert all(one.paragraph_format.page_break_before for one in going_on)
    for grid in document.tables:
        assert [len(row._tr.xpath("./w:trPr/w:tblHeader")) for row in grid.rows][:3] == [1, 1, 0]
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in grid.rows)
        assert len(grid.rows) == 2 + 40 + 1


def test_a_table_that_fills_pages_goes_on_where_a_page_is_full(tmp_path):
    made = long_report(tmp_path, 90, "visits,persons,closed,closure_rate,median_days")
    heights = [len(grid.rows) - 2 for grid in opened(made).tables]
    assert heights[:4] == [25, 25, 25, 16]
    assert len(heights) % 4 == 0
    again = verdict(made, data(made, "docx"), "docx")
    assert (again.different, again.unplaced, again.missing) == ((), (), ())
