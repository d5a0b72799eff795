"""Files from reports made by hand: csv, tsv, JSON and its schema, JSON lines, Markdown, HTML, workbooks."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace

import jsonschema
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handmade_reports import NESTED, figures, labelled, report, table
from xfstats.config.output_formats import BY_KEY, Result, formats_of
from xfstats.model import Ledger, Log
from xfstats.render import load_renderer
from xfstats.render.html.page import as_html
from xfstats.render.json import as_json, as_jsonl
from xfstats.render.json_schemas import json_schema
from xfstats.render.markdown import as_markdown
from xfstats.render.style import Style
from xfstats.render.xlsx.tables import as_workbook
from xfstats.reports.figures import Statistic
from xfstats.reports.row import FigureBlock, Row

PLAIN = Style()
FORMS = sorted(formats_of(Result.TABLES))


def form(name, made, style=PLAIN):
    return load_renderer(name)(made, style)


@pytest.mark.parametrize("name", FORMS)
def test_the_same_report_gives_the_same_bytes(name):
    assert form(name, report()) == form(name, report())


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_longest_label_is_whole_in_every_file(name, lang):
    label = "长" * 100
    data = form(name, replace(report(labelled(label)), lang=lang))
    if name == "xlsx":
        data = b"".join(zipfile.ZipFile(io.BytesIO(data)).read(part) for part in ["xl/sharedStrings.xml"]).decode()
    assert (label in data) is (name != "table")


# csv and tsv


def test_csv_is_one_wide_table_of_exact_figures():
    other = table([], (), log=Log.LETTERS, measures=("cases",), total={"cases": 83})
    assert form("csv", report(table(), other)).split("\r\n") == [
        "log,row,level,visits,persons,closed,closure_rate,median_days,cases",
        "visits,group,市级,96,672,90,0.9375,12.5,",
        "visits,group,县级,1924,6847,1500,0.779626,19.0,",
        "visits,group,,0,0,0,,,",
        "visits,of_which,市委书记、市长,29,101,29,1.0,12.5,",
        "visits,total,,2020,7519,1590,0.787129,20.0,",
        "letters,total,,,,,,,83",
        "",
    ]


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_delimited_files_have_a_mark_for_excel_and_nested_groups(name, delimiter):
    made = report(table(NESTED, ("unit", "level")))
    assert not form(name, made).startswith("\ufeff")
    text = form(name, made, Style(bom=True))
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=delimiter))
    assert [(row["row"], row["unit"], row["level"]) for row in rows][1:4] == [
        ("group", "甲局", ""),
        ("subtotal", "甲局", ""),
        ("group", "", "县级"),
    ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=4, unique=True))
def test_any_label_is_one_cell_of_one_row(labels):
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        text = form(name, report(labelled(*labels)))
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        assert len(rows) == len(labels) + 2
        assert {len(row) for row in rows} == {8}
        assert not [row for row in rows if row[2].startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))]
        assert len(text.splitlines()) == len(rows)


# JSON


def test_json_is_the_contract():
    plain = json.loads(as_json(report(), PLAIN))
    assert list(plain)[:3] == ["schema", "xfstats", "as_of"]
    first = plain["tables"][0]
    assert first["period"] == {"first": "2021-05-27", "last": "2021-11-30"}
    assert first["rows"][0] == {
        "group": {"level": "市级"},
        "figures": {
            "visits": 96,
            "persons": 672,
            "closed": 90,
            "closure_rate": {"numerator": 90, "denominator": 96, "value": 0.9375},
            "median_days": 12.5,
        },
    }
    assert first["rows"][2]["figures"]["closure_rate"] == {"numerator": 0, "denominator": 0, "value": None}
    assert first["rows"][2]["figures"]["median_days"] is None
    assert first["rows"][3]["of_which"] is True
    assert first["total"]["figures"]["median_days"] == 20
    assert first["measures"][3] == {
        "key": "closure_rate",
        "label": "结案率",
        "kind": "rate",
        "definition": "结案率 = 结案 ÷ 批次数",
    }
    assert plain["inputs"][0] == {
        "file": "接访.xlsx",
        "sheet": "登记",
        "log": "visits",
        "ledger": "visits",
        "header_rows": [2, 3],
        "columns": {"level": "接访级别"},
        "rows": 2030,
        "counted": 2020,
        "rejected": 4,
        "skipped": 6,
        "outside": 0,
    }
    assert plain["not_read"] == [{"file": "接访.xlsx", "sheet": "说明", "why": "notes"}]
    assert plain["reconciliation"]["reasons"]["skipped"] == {"total": 1, "blank": 5}


@pytest.mark.parametrize("made", [table(), table(NESTED, ("unit", "level")), table([], (), span=None)])
def test_json_obeys_its_schema(made):
    jsonschema.Draft202012Validator.check_schema(json.loads(json_schema()))
    jsonschema.validate(json.loads(as_json(report(made), PLAIN)), json.loads(json_schema()))


def test_a_report_without_its_reconciliation_does_not_obey_the_schema():
    plain = json.loads(as_json(report(), PLAIN))
    del plain["reconciliation"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, json.loads(json_schema()))


@given(st.text(min_size=1))
def test_json_keeps_every_label_and_hides_no_character(label):
    for text in (as_json(report(labelled(label)), PLAIN), as_jsonl(report(labelled(label)), PLAIN)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ud800-\udfff]", text)
        text.encode("utf-8")
    assert json.loads(as_json(report(labelled(label)), PLAIN))["tables"][0]["rows"][0]["group"] == {"level": label}


def test_jsonl_has_a_line_for_each_figure_of_each_row():
    lines = [json.loads(line) for line in as_jsonl(report(table(NESTED, ("unit", "level"))), PLAIN).splitlines()]
    assert len(lines) == 7 * 5
    assert [line["row"] for line in lines[::5]] == ["group", "group", "subtotal", "group", "subtotal", "of_which", "total"]
    assert lines[3] == {
        "log": "visits",
        "ledger": "visits",
        "row": "group",
        "group": {"unit": "甲局", "level": "市级"},
        "measure": "closure_rate",
        "numerator": 1,
        "denominator": 2,
        "value": 0.5,
    }
    assert lines[-1]["value"] == 20


# Markdown and HTML


def test_markdown_tables_have_one_column_each_measure():
    made = as_markdown(report(), PLAIN).splitlines()
    assert made[2:5] == [
        "| 层级 | 批次 | 人次 | 结案 | 结案率 | 办理天数中位数 |",
        "|---|---:|---:|---:|---:|---:|",
        "| 市级 | 96 | 672 | 90 | 93.75% | 12.5 |",
    ]
    assert "| **合计** | **2,020** | **7,519** | **1,590** | **78.71%** | **20** |" in made
    assert "- 结案率 = 结案 ÷ 批次数" in made


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("a|b", "a\\|b"),
        ("<b>", "\\<b\\>"),
        ("http://x.y", "http\\://x.y"),
        ("www.x.y", "www\\.x.y"),
        ("a@b.c", "a\\@b.c"),
        ("*x*", "\\*x\\*"),
        ("[x](y)", "\\[x\\](y)"),
        ("1. x", "1\\. x"),
        ("- x", "\\- x"),
    ],
)
def test_markdown_of_a_label_is_no_markup(label, written):
    rows = [line for line in as_markdown(report(labelled(label)), PLAIN).splitlines() if line.startswith("|")]
    assert rows[2:-1] == [f"| {written} | 1 | 1 | 1 | 100.00% | 12.5 |"]


def test_html_is_one_page_that_loads_nothing_and_names_its_maker():
    page = as_html(report(), PLAIN)
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert '<meta name="generator" content="xfstats/1">' in page
    assert "<title>样例市信访局 领导干部接访登记台账</title>" in page
    assert page.count('scope="col"') == 6
    assert page.count('scope="row"') == 5
    assert page.count("<script>") == page.count("<script") == 1
    assert not re.search(r"(?:src|href|url|import|fetch)\s*[=(]", page)


@given(st.text(min_size=1))
def test_html_of_a_label_is_no_markup(label):
    assert as_html(report(labelled(label)), PLAIN).count("<") == as_html(report(labelled("x")), PLAIN).count("<")


# workbooks


def opened(made):
    return openpyxl.load_workbook(io.BytesIO(as_workbook(made, PLAIN)))


def test_a_workbook_holds_numbers_as_numbers():
    sheet = opened(report())["统计表"]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[1].value is not None}
    assert [cell.value for cell in rows["县级"]] == [*["县级", 1924, 6847, 1500], 1500 / 1924, 19]
    assert [cell.number_format for cell in rows["县级"]] == ["General", "#,##0", "#,##0", "#,##0", "0.00%", "#,##0"]
    assert rows["市级"][5].number_format == "0.##"
    assert [cell.value for cell in rows["未归类"]][4:] == ["—", "—"]
    assert rows["合计"][0].font.bold
    assert rows["合计"][1].border.top.style == "medium"
    assert sheet.freeze_panes == "B4"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_second_sheet_accounts_for_every_input(lang):
    book = opened(replace(report(), lang=lang))
    sheet = book.worksheets[1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["接访.xlsx", "登记", "2-3", 2030, 2020, 4, 6, 0] in rows
    texts = [row[0] for row in rows if row[0]]
    assert f"sha256 {'ab' * 32}  接访.xlsx" in texts
    assert "结案率 = 结案 ÷ 批次数" in texts
    assert [text for text in texts if "2,030" in text and "2,020" in text]


@pytest.mark.parametrize(
    "label", ["=1+1", "＝1", "@x", "-1", "http://x.y", "_x001B_", "\x1b[2J", "\ud800", "\uffff", "x" * 40000]
)
def test_a_workbook_can_be_opened_whatever_a_label_is(label):
    made = report(labelled(label), file="=x.xlsx", sheet=label)
    data = as_workbook(made, PLAIN)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, part in parts.items() if b"<f>" in part or b"<hyperlink" in part]
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert not str(sheet["A4"].value).startswith(("=", "＝", "@", "-", "\x1b"))


def test_several_tables_stand_below_each_other():
    other = table([], (), log=Log.LETTERS, ledger=Ledger.LETTERS, title="来信", measures=("cases",), total={"cases": 83})
    sheet = opened(report(table(), other)).worksheets[0]
    column = [row[0].value for row in sheet.iter_rows()]
    assert column.index("合计") < column.index("样例市信访局 来信") < len(column) - 1
    assert sheet.freeze_panes is None


def test_days_without_any_are_missing_everywhere():
    none = table([Row({"level": "市级"}, FigureBlock({**figures(1, 1, 0), "median_days": Statistic(0, 0)}))])
    assert "| 市级 | 1 | 1 | 0 | 0.00% | — |" in as_markdown(report(none), PLAIN).splitlines()
    assert json.loads(as_json(report(none), PLAIN))["tables"][0]["rows"][0]["figures"]["median_days"] is None


def test_a_module_of_ours_that_is_missing_is_no_missing_extra(monkeypatch):
    monkeypatch.setitem(BY_KEY, "table", replace(BY_KEY["table"], renderers={Result.TABLES: "nowhere:as_text"}))
    with pytest.raises(ModuleNotFoundError) as caught:
        load_renderer("table")
    assert caught.value.name == "xfstats.render.nowhere"
