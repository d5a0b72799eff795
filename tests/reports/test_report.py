"""Reports: the paragraph, the workbook whose formulas agree, the document, the page; figures that can be traced and verified."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.logs import all_figures, report, sheets
from tests.needs import needs
from tests.program import started
from tests.visits import SAMPLES, city, counted, monthly, rows
from tests.written import told
from xfstats.config.output_formats import Result, formats_of
from xfstats.errors import UsageFault
from xfstats.render import load_renderer
from xfstats.render.narrative import Quote, narrate
from xfstats.render.style import Style
from xfstats.render.text_template import fill_text_template
from xfstats.reports.figures import Pair

FORMS = sorted(formats_of(Result.REPORT))


def test_the_founding_reports_paragraph_each_figure_to_the_unit():
    assert told(city()).splitlines() == [
        (
            "2021年5月27日至11月30日，市、县、乡三级领导干部共接待来访群众7413批次30749人次。其中，市级领导接待96批次672人次；"
            "县市区党政一把手接待1924批次6847人次；其他党政班子成员和乡镇领导接待5393批次23230人次。"
        ),
        (
            "市、县两级领导干部包处案件118件，结案112件，结案率94.92%，息诉罢访97件，息诉罢访率82.20%。"
            "其中，市级领导包处41件，结案38件，息诉罢访38件；县委书记、县长包处77件，结案74件，息诉罢访59件。"
        ),
        (
            "2021年5月28日至11月22日，领导干部批阅来信和信访问题报告卡83件，解决78件，解决率93.98%。"
            "其中，市委书记、市长批阅29件，已全部得到解决。"
        ),
        (
            "排查信访积案1056件，解决950件，解决率89.96%。居前三位的是市信访局146件，占13.83%；市教育局144件，占13.64%；"
            "市农业农村局140件，占13.26%。"
        ),
    ]


def test_the_sentence_about_the_eleven_prefectures():
    path = SAMPLES / "prefectures"
    made = report(path / "各市州群众上访登记.xlsx", profile=path / "xfstats.toml", period="2021", compare="prev")
    assert told(made).split("。")[2:] == [
        ("在11个地区中，清源市来市访批次居第5位，上年居第4位；到省访批次居第9位，上年居第2位；进京访批次居第10位，上年居第3位"),
        "",
    ]
    assert told(replace(made, lang="en")).split(". ")[2:] == [
        "清源市 (来市访) stands 5 of 11 by visits, in the period before 4",
        "清源市 (到省访) stands 9 of 11 by visits, in the period before 2",
        "清源市 (进京访) stands 10 of 11 by visits, in the period before 3.",
    ]


def test_changes_are_told_with_their_direction(tmp_path):
    log = [row for row in rows(1) if row[1].month in {4, 5}]
    text = told(monthly(tmp_path, 1))
    before, now = (sum(1 for row in log if row[1].month == month) for month in (4, 5))
    word = "增长" if now > before else "下降" if now < before else "持平"
    assert f"批次环比{word}" in text
    assert f"上月为{before}批次" in text
    assert re.search(r"结案率[\d.]+%，环比(上升|下降)[\d.]+个百分点", text)
    assert (text.count("同比"), text.count("上年同期没有接访记录")) == (0, 1)  # the year before is empty


def test_nothing_is_said_as_none_never_as_zero_percent(tmp_path):
    empty = monthly(tmp_path, period="2020-05", compare="prev")
    assert told(empty) == "2020年5月，没有接访记录。"
    assert told(replace(empty, lang="en")) == "In May 2020, there were no records of visits."
    none = counted(tmp_path, [[*row[:12], "办理中", "", ""] for row in rows(1)], measure="visits,closed,closure_rate")
    assert "没有结案的事项" in told(none)


def test_the_paragraph_quotes_the_table(tmp_path):
    made = monthly(tmp_path)
    printed = {}
    for one in all_figures(made.tables):
        printed[one.name(made.tables)] = one.row
    for lang in ("zh", "en"):
        quotes = [part for parts in narrate(replace(made, lang=lang)) for part in parts if isinstance(part, Quote)]
        assert len(quotes) > 8
        assert not [
            part
            for parts in narrate(replace(made, lang=lang))
            for part in parts
            if isinstance(part, str) and re.search(r"\d", part)
        ]
        assert {quote.name.partition(".")[0] for quote in quotes} - {"visits:period"} <= set(printed)


@pytest.mark.usefixtures("chinese_font")
@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_made_in_both_languages_with_few_and_with_many_groups(tmp_path, form):
    many = [[*row[:3], f"第{index % 40}局", *row[4:]] for index, row in enumerate(rows(3))]
    for made in (monthly(tmp_path), replace(counted(tmp_path, many, by="unit", measure="visits,closure_rate"), command="report")):
        for lang in ("zh", "en"):
            data = load_renderer(form, Result.REPORT)(replace(made, lang=lang), Style())
            assert data == load_renderer(form, Result.REPORT)(replace(made, lang=lang), Style())
            assert len(data) > 500


def test_the_document_names_every_figure(tmp_path):
    made = monthly(tmp_path)
    data = load_renderer("docx", Result.REPORT)(made, Style())
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    tags = re.findall(r'<w:tag w:val="([^"]*)"', xml)
    assert {"visits", "closure_rate[县级]", "visits.prev", "median_days"} <= set(tags)
    page = load_renderer("html", Result.REPORT)(made, Style())
    assert 'data-figure="closure_rate"' in page
    assert page.count("<script") == 1
    assert not re.search(r"https?:|//", page.partition("<body>")[2])


def recalculated(folder: Path, data: bytes) -> openpyxl.Workbook:
    """The workbook as LibreOffice computes it: its stored results are taken out first, so nothing can be copied."""
    bare = folder / "bare.xlsx"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            new.writestr(name, part)
    home = f"-env:UserInstallation=file://{folder / 'home'}"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(bare),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=900)
    return openpyxl.load_workbook(folder / "out" / "bare.xlsx", data_only=True)


@needs("soffice")
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"by": "unit,level", "compare": None},
        {"by": "level", "cross": "channel", "compare": "prev"},
        {"by": "month", "period": "2026", "compare": "prev,yoy"},
        {"by": "unit", "top": 1},
        {"by": "unit", "top": 1, "detail": True, "compare": "prev"},
        {"by": "level", "cross": "channel", "detail": True},
    ],
)
def test_recalculating_the_workbook_gives_the_stored_results(tmp_path, options):
    made = (
        monthly(tmp_path, **{key: value for key, value in options.items() if value})
        if options != {"by": "unit,level", "compare": None}
        else counted(tmp_path, rows(7), by="unit,level", measure="visits,persons,closed,closure_rate,share,overdue,on_time_rate")
    )
    data = load_renderer("xlsx", Result.REPORT)(made, Style())
    ours = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(data))["统计表"]
    theirs = recalculated(tmp_path, data)
    compared = 0
    for row in formulas.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                stored, computed = ours["统计表"][cell.coordinate].value, theirs["统计表"][cell.coordinate].value
                if isinstance(stored, str):
                    assert stored == computed, cell.coordinate
                else:
                    assert computed == pytest.approx(stored, abs=1e-9), (cell.coordinate, cell.value)
                compared += 1
    assert compared >= 15


@needs("soffice")
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("detail", [False, True])
def test_formulas_have_the_bases_of_sheets_that_have_the_column(tmp_path, detail):
    whole, bare = "来访日期 接访级别 来访人数 办理状态\n", "来访日期 接访级别 来访人数\n"
    first = whole + "2024-5-1 市级 2 已办结\n2024-5-2 县级 3 办理中\n2024-5-3 县级 1 已办结\n"
    second = bare + "2024-5-4 县级 4\n2024-5-5 乡级 1\n"
    made = report(
        sheets(tmp_path, first, second), by="level", measure=["visits", "closed", "closure_rate", "share"], detail=detail
    )
    assert made.tables[0].total["closure_rate"] == Pair(2, 3)
    data = load_renderer("xlsx", Result.REPORT)(made, Style())
    ours, theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["统计表"], recalculated(tmp_path, data)["统计表"]
    for row in ours.iter_rows(min_row=4, max_row=7):
        for cell in row:
            assert theirs[cell.coordinate].value == (
                pytest.approx(cell.value) if isinstance(cell.value, float) else cell.value
            ), cell.coordinate


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_text_of_a_log_stands_in_a_formula(tmp_path):
    log = [[*row[:3], '=HYPERLINK("x")' if index % 2 else "*", *row[4:]] for index, row in enumerate(rows(1))]
    data = load_renderer("xlsx", Result.REPORT)(counted(tmp_path, log, by="unit", measure="visits"), Style())
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f" and not cell.value.startswith(("=SUMIFS(", "=IF("))]


def test_an_offices_own_text_is_filled_with_figures_by_name(tmp_path):
    path = tmp_path / "模板.txt"
    path.write_text(
        '{{ office }}：{{ figure("visits") }}批次，结案率{{ figure("closure_rate[县级]") }}，环比{{ figure("visits.prev") }}。\n',
        "utf-8",
    )
    made = monthly(tmp_path)
    assert fill_text_template(path, made) == "：7批次，结案率50.00%，环比-41.67%。\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{{ figure("visits[火星]") }}', "E237"),
        ('{{ figure("visit") }}', "E237"),
        ("{{ visits }}", "E243"),
        ("{% for %}", "E243"),
        ("{{ ''.__class__.__mro__ }}", "E243"),
        ('{{ figure("visits[*]") }}', "E237"),
    ],
)
def test_an_unknown_figure_or_a_broken_template_is_an_error_never_a_blank(tmp_path, text, code):
    path = tmp_path / "模板.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageFault) as caught:
        fill_text_template(path, monthly(tmp_path))
    assert caught.value.code == code


def test_the_same_report_is_the_same_bytes_whatever_the_surroundings(tmp_path):
    made = []
    for number, more in enumerate(
        ({"PYTHONHASHSEED": "1", "TZ": "UTC", "COLUMNS": "40"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "C"})
    ):
        targets = [tmp_path / f"{number}.{form}" for form in ("xlsx", "docx", "html", "md", "txt", "svg")]
        outputs = [word for target in targets for word in ("-o", target)]
        done = started("report", SAMPLES / "city_2021", *outputs, "--as-of", "2021-12-31", "-q", **more)
        assert (done.returncode, done.stderr) == (0, b"")
        made.append([target.read_bytes() for target in targets])
    assert made[0] == made[1]
