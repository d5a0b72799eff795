"""Figures of the year up to the end of the period beside those of the period: `--with ytd`."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import jsonschema
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from tests.logs import book, report
from tests.program import run_text
from xfstats.config.periods import parse_period
from xfstats.config.profile import load_profile
from xfstats.errors import UsageFault
from xfstats.model import Period
from xfstats.render.csv import as_csv
from xfstats.render.json import as_json
from xfstats.render.json_schemas import json_schema
from xfstats.render.style import Style
from xfstats.render.table_lines import column_heads, cumulative_text, printed_lines
from xfstats.reports.figures import Pair

LOG = """
接访日期 接访级别 责任单位 来访人数 办理状态
2025-12-31 市级 甲局 9 已办结
2026-1-1 市级 甲局 2 已办结
2026-9-20 县级 甲局 3 办理中
2026-10-2 市级 甲局 1 已办结
2026-10-3 市级 乙局 1 办理中
2026-10-25 县级 乙局 4 已办结
2026-11-1 乡级 丙局 2 已办结
"""


@pytest.fixture
def log(tmp_path):
    return book(tmp_path, LOG)


def test_each_figure_has_its_own_base(log):
    made = report(log, period="2026-10", with_="ytd").tables[0]
    assert {row.group["level"]: (row.figures["visits"], row.block.cumulative["visits"]) for row in made.rows} == {
        "市级": (2, 3),
        "县级": (1, 2),
        "乡级": (0, 0),
    }
    assert made.total_row.block.cumulative["persons"] == 11
    assert made.total["closure_rate"] == Pair(2, 3)
    assert made.total_row.block.cumulative["closure_rate"] == Pair(3, 5)
    assert made.total_row.block.cumulative["closure_rate"].denominator == made.total_row.block.cumulative["visits"]
    assert made.cumulative.period == Period(date(2026, 1, 1), date(2026, 11, 1))


def test_rows_that_only_the_year_uses_are_outside(log):
    made = report(log, period="2026-10", with_="ytd").reconciliation
    assert (made.counted, made.outside) == (3, 4)


def test_shares_and_selected_rows_are_of_the_year_too(log):
    made = report(log, period="2026-10", with_="ytd", measure="visits,share", where=["unit=甲局"]).tables[0]
    assert {row.group["level"]: row.block.cumulative["share"] for row in made.rows} == {
        "市级": Pair(2, 3),
        "县级": Pair(1, 3),
    }


def test_the_rest_a_subset_and_a_crossed_value_have_theirs(tmp_path, log):
    made = report(log, period="2026-10", with_="ytd", by="unit", top=1).tables[0]
    assert [row.block.cumulative["visits"] for row in made.rows] == [2, 3]
    office = tmp_path / "office.toml"
    office.write_text('[[groups.visits]]\nlabel = "甲"\nwhen = { unit = "甲局" }\nof_which = true\n', "utf-8")
    made = report(log, period="2026-10", with_="ytd", profile=office).tables[0]
    assert [row.block.cumulative["visits"] for row in made.rows if row.of_which] == [3]
    made = report(log, period="2026-10", with_="ytd", cross="unit").tables[0]
    assert {unit: block.cumulative["visits"] for unit, block in made.total_row.cells.items()} == {"甲局": 3, "乙局": 2, "丙局": 0}


@pytest.mark.parametrize(
    ("period", "start", "first", "last"),
    [
        ("2026-10", 1, "2026-01-01", "2026-10-31"),
        ("2026-01", 1, "2026-01-01", "2026-01-31"),
        ("2026-Q3", 1, "2026-01-01", "2026-09-30"),
        ("2026-07..2026-09", 1, "2026-01-01", "2026-09-30"),
        ("2026-W40", 1, "2026-01-01", "2026-10-04"),
        ("2026-W01", 1, "2025-12-29", "2026-01-04"),
        ("2026-W53", 1, "2026-01-01", "2027-01-03"),
        ("2026-10", 21, "2025-12-21", "2026-10-20"),
        ("2026-01", 21, "2025-12-21", "2026-01-20"),
        ("last-month", 1, "2026-01-01", "2026-10-31"),
    ],
)
def test_the_year_begins_with_its_first_day_and_ends_with_the_period(tmp_path, log, period, start, first, last):
    office = tmp_path / "office.toml"
    office.write_text(f"[choices]\nmonth_start_day = {start}\n", "utf-8")
    made = report(log, period=period, with_="ytd", profile=office).tables[0].cumulative.period
    assert (made.first.isoformat(), made.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "period", [None, "2026", "2026-H2", "2026-01..2026-10", "2026-02..2026-04", "2026-10-02..2026-10-31", "2026-10-02", "ytd"]
)
def test_any_other_period_is_refused(log, period):
    with pytest.raises(UsageFault) as caught:
        report(log, period=period, with_="ytd")
    assert caught.value.code == "E373"


def test_a_series_and_a_public_table_have_no_figures_of_the_year(log):
    for options in ({"by": "week"}, {"public": True}):
        with pytest.raises(UsageFault) as caught:
            report(log, period="2026-10", with_="ytd", **options)
        assert caught.value.code == "E234"


def test_a_month_that_is_not_over_and_is_compared_is_cut_with_its_year(log):
    made = report(log, period="2026-10", with_="ytd", compare="prev", as_of=date(2026, 10, 2)).tables[0]
    assert (made.total["visits"], made.total_row.block.cumulative["visits"]) == (1, 3)
    assert [window.name for window in made.windows] == ["prev"]


@pytest.mark.parametrize(
    ("lang", "period", "heads", "note"),
    [
        ("zh", "2026-10", ["批次 本月", "批次 1—10月累计"], "累计：2026-01-01 至 2026-10-31"),
        ("zh", "2026-01", ["批次 本月", "批次 1月累计"], "累计：2026-01-01 至 2026-01-31"),
        ("zh", "2026-Q3", ["批次 本季度", "批次 1—9月累计"], "累计：2026-01-01 至 2026-09-30"),
        ("zh", "2026-W40", ["批次 本周", "批次 1月1日—10月4日累计"], "累计：2026-01-01 至 2026-10-04"),
        ("en", "2026-10", ["Visits this month", "Visits Jan to Oct"], "year to date: 2026-01-01 to 2026-10-31"),
        ("en", "2026-W40", ["Visits this week", "Visits 1 Jan to 4 Oct"], "year to date: 2026-01-01 to 2026-10-04"),
    ],
)
def test_heads_name_the_months_of_the_year(log, lang, period, heads, note):
    made = report(log, period=period, with_="ytd", measure="visits")
    assert column_heads(made.tables[0], lang)[1] == heads
    page = run_text("summarize", str(log), "--period", period, "--with", "ytd", "-m", "visits", "--lang", lang).stdout
    assert note in page.splitlines()


def test_months_from_another_day_are_named_by_their_numbers():
    assert cumulative_text(parse_period("2026-01..2026-10", date(2026, 11, 2), 21), "zh") == "1—10月累计"


def test_with_a_comparison_the_year_stands_beside_the_period(log):
    made = report(log, period="2026-10", with_="ytd", compare="prev", measure="visits", lang="zh")
    assert column_heads(made.tables[0], "zh")[1] == ["批次 本期", "批次 1—10月累计", "批次 上期", "批次 环比±%"]
    assert printed_lines(made.tables[0], made)[-1].figures == ("3", "5", "1", "+200.00%")


def test_data_formats_have_the_figures_as_further_keys(log):
    made = report(log, period="2026-10", with_="ytd")
    plain = json.loads(as_json(made, Style()))
    jsonschema.validate(plain, json.loads(json_schema("summarize")))
    (table,) = plain["tables"]
    assert table["cumulative"] == {"first": "2026-01-01", "last": "2026-10-31"}
    assert table["total"]["cumulative"]["closure_rate"] == {"numerator": 3, "denominator": 5, "value": 0.6}
    assert table["rows"][0]["cumulative"]["visits"] == 3
    total = list(csv.DictReader(io.StringIO(as_csv(made, Style()))))[-1]
    assert (total["visits"], total["visits_ytd"], total["closure_rate_ytd"]) == ("3", "5", "0.6")
    frame = made.tables[0].to_frame().iloc[-1]
    assert (frame["visits_ytd"], frame["closure_rate_ytd_numerator"], frame["closure_rate_ytd_denominator"]) == (5, 3, 5)
    assert str(made.tables[0].to_frame()["visits_ytd"].dtype) == "Int64"
    without = report(log, period="2026-10")
    assert "cumulative" not in as_json(without, Style())
    assert "ytd" not in as_csv(without, Style())


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_documents_workbooks_and_pages_print_both(tmp_path, log):
    names = [tmp_path / f"out.{suffix}" for suffix in ("docx", "xlsx", "html", "md")]
    words = ["--period", "2026年10月", "--with", "累计", "-m", "批次,结案率", "--as-of", "2026-11-02", "--lang", "zh"]
    run_text("report", str(log), *words, *(word for name in names for word in ("-o", str(name))))
    grid = Document(str(names[0])).tables[0]
    texts = [["".join(text.text for text in cell.iter(qn("w:t"))) for cell in row._tr.iter(qn("w:tc"))] for row in grid.rows]
    assert texts[1][1:] == ["本月", "1—10月累计"] * 2
    assert [row[1:] for row in texts if row[0] == "合计"] == [["3", "5", "66.67%", "60.00%"]]
    cells = [list(row) for row in load_workbook(names[1], data_only=True).worksheets[0].iter_rows(values_only=True)]
    assert [row[1:5] for row in cells if row[0] == "合计"] == [[3, 5, pytest.approx(2 / 3), 0.6]]
    formulas = [list(row) for row in load_workbook(names[1]).worksheets[0].iter_rows(values_only=True)]
    (total,) = [row for row in formulas if row[0] == "合计"]
    assert all(str(cell).startswith("=") for cell in total[1:5])
    assert all('"累计"' in total[place] for place in (2, 4))
    for name in names[2:]:
        page = name.read_text("utf-8")
        assert "1—10月累计" in page
        assert "60.00%" in page
    for name in (names[0], names[1], names[2]):
        run_text("verify", str(name), str(log))


def test_a_profile_may_ask_for_it(tmp_path, log):
    office = tmp_path / "office.toml"
    office.write_text('with = "累计"\nperiod = "2026-10"\n', "utf-8")
    assert load_profile(office, named=True).options["with_"] == "ytd"
    assert report(log, profile=office).tables[0].cumulative is not None
    office.write_text('with = "累计"\nperiod = "2026"\n', "utf-8")
    assert "line 1: --with ytd" in run_text("profile", "check", str(office), code=2).stderr
