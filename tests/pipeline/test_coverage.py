"""A measure is taken over the records of sheets that have its column: — where none has, its base printed where some have."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.logs import grid, report
from tests.writers import Sheet, write
from tests.written import rows_of
from xfstats.config.figure_names import parse
from xfstats.config.plan import Gates
from xfstats.render.json import as_json, as_jsonl
from xfstats.render.narrative import narrate, plain_text
from xfstats.render.style import Style
from xfstats.render.text import as_text
from xfstats.reports.figures import Pair, Statistic
from xfstats.reports.references import find_figures
from xfstats.reports.requests import figure_request

CLOSING = "接访日期  人数  办结\n2024-5-1  2  是\n2024-5-2  1  否\n2024-5-3  1  是"
SETTLING = "接访日期  人数  是否化解\n2024-5-1  2  是\n2024-5-2  1  否"
PUBLIC = Gates(public=True)


def counties(folder, form="csv", **texts):
    """A file for each county."""
    for name, text in texts.items():
        write(folder / f"{name}.{form}", [Sheet("Sheet1", grid(text))], form)
    return [folder / f"{name}.{form}" for name in texts]


def united(text):
    """The same log with one unit in every row."""
    head, *lines = text.splitlines()
    return "\n".join([f"{head}  责任单位", *(f"{line}  甲局" for line in lines)])


def figures(made):
    """By label, the total under None: the figures of the only table."""
    (table,) = made.tables
    return {next(iter(row.group.values()), None) if row.kind != "total" else None: dict(row.figures) for row in table.flat()}


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_a_county_without_the_column_has_no_figure_and_the_total_is_of_the_others(tmp_path, form):
    made = report(*counties(tmp_path, form, 甲县=CLOSING, 乙县=CLOSING.replace("5-", "6-"), 龙泉县=SETTLING), by="region")
    found = figures(made)
    assert (found["龙泉县"]["closed"], found["龙泉县"]["closure_rate"]) == (None, Pair(0, 0))
    assert (found["甲县"]["resolved"], found["甲县"]["resolution_rate"]) == (None, Pair(0, 0))
    assert (found[None]["closed"], found[None]["closure_rate"]) == (4, Pair(4, 6))
    assert (found[None]["resolved"], found[None]["resolution_rate"]) == (1, Pair(1, 2))
    assert made.tables[0].total_row.block.bases["resolved"] == Pair(2, 8)
    text = as_text(made, Style())
    assert "解决、解决率只按有此列的表计算，批次为：合计 2/8" in text
    assert " 0.00%" not in text
    assert text.count("—") == 6


def test_status_words_that_never_mean_an_outcome_do_not_tell_it_beside_a_column_that_does(tmp_path):
    states = "接访日期  办理状态\n2024-5-1  已办结\n2024-5-2  办理中"
    both = "接访日期  办理状态  是否化解\n2024-5-1  已办结  是\n2024-5-2  办理中  否"
    found = figures(report(*counties(tmp_path, 甲县=states, 乙县=both), by="region"))
    assert (found["甲县"]["resolved"], found["甲县"]["closed"]) == (None, 1)
    assert found[None]["resolution_rate"] == Pair(1, 2)
    assert found[None]["closure_rate"] == Pair(2, 4)


def test_status_words_of_one_county_tell_an_outcome_for_all_status_columns(tmp_path):
    states = "接访日期  办理状态\n2024-5-1  已办结\n2024-5-2  办理中"
    solved = "接访日期  办理状态\n2024-5-1  已化解\n2024-5-2  办理中"
    found = figures(report(*counties(tmp_path, 甲县=states, 乙县=solved), by="region"))
    assert found["甲县"]["resolution_rate"] == Pair(0, 2)
    assert found[None]["resolution_rate"] == Pair(1, 4)


def test_english_logs_say_the_base(tmp_path):
    full = "Received  Unit  Status  Persons\n2024-05-01  West  Closed  3\n2024-05-02  West  Open  1"
    bare = "Received  Unit\n2024-05-03  East\n2024-05-04  East"
    made = report(*counties(tmp_path, **{"visits 1": full, "visits 2": bare}), by="unit")
    found = figures(made)
    assert (found[None]["persons"], found["West"]["persons"], found["East"]["persons"]) == (4, 4, None)
    assert "Persons, Closed, Closure rate: of the sheets that have the column, Visits: Total 2/4" in made.tables[0].notes


def test_a_group_without_records_has_zeros_where_its_column_could_have_told(tmp_path):
    """石桥县 tells no closing in any month; a month without records of 甲县 has none closed."""
    files = counties(tmp_path, 甲县=CLOSING + "\n2024-7-1  1  是", 石桥县="接访日期  人数\n2024-5-1  1")
    made = report(*files, by="region,month", measure="visits,closed")
    found = {tuple(row.group.values()): row.figures["closed"] for row in made.tables[0].rows}
    assert found["甲县", "2024-06"] == 0
    assert found["甲县", "2024-07"] == 1
    assert {found["石桥县", month] for month in ("2024-05", "2024-06", "2024-07")} == {None}
    other = report(*files, by="month,region", measure="visits,closed")
    turned = {tuple(row.group.values()): row.figures["closed"] for row in other.tables[0].rows}
    assert {turned[month, "石桥县"] for month in ("2024-05", "2024-06", "2024-07")} == {None}
    assert (turned["2024-06", "甲县"], turned["2024-06",], turned["2024-05",]) == (0, 0, 2)


def test_a_period_without_records_is_zeros(tmp_path):
    made = report(*counties(tmp_path, 甲县=CLOSING, 龙泉县=SETTLING), by="region", period="2023-01", measure="visits,closed")
    found = figures(made)
    assert (found["甲县"]["closed"], found["龙泉县"]["closed"], found[None]["closed"]) == (0, None, 0)


def test_days_and_crossed_cells_know_their_base(tmp_path):
    dated = "接访日期  责任单位  办结日期\n2024-5-1  甲局  2024-5-4\n2024-5-2  乙局  2024-5-9"
    bare = "接访日期  责任单位\n2024-5-1  甲局\n2024-5-3  丙局"
    made = report(*counties(tmp_path, 甲县=dated, 乙县=bare), by="region", cross="unit", measure="visits,closed,median_days")
    cells = {next(iter(row.group.values())): row.cells for row in made.tables[0].rows}
    assert {unit: block.figures["closed"] for unit, block in cells["甲县"].items()} == {"甲局": 1, "乙局": 1, "丙局": 0}
    assert {block.figures["closed"] for block in cells["乙县"].values()} == {None}
    total = made.tables[0].total_row
    assert total.cells["甲局"].figures == {"visits": 2, "closed": 1, "median_days": Statistic(6, 2)}
    assert total.cells["甲局"].bases == {"closed": Pair(1, 2), "median_days": Pair(1, 2)}
    assert total.cells["丙局"].figures == {"visits": 1, "closed": None, "median_days": Statistic(0, 0)}


def test_data_forms_say_the_base_and_null(tmp_path):
    made = report(*counties(tmp_path, 甲县=CLOSING, 龙泉县=SETTLING), by="region", measure="visits,resolved")
    plain = json.loads(as_json(made, Style()))["tables"][0]
    assert plain["total"]["bases"] == {"resolved": {"records": 2, "of": 5}}
    rows = {row["group"]["region"]: row for row in plain["rows"]}
    assert rows["甲县"]["figures"] == {"visits": 3, "resolved": None}
    assert rows["龙泉县"].get("bases") is None
    lines = [json.loads(line) for line in as_jsonl(made, Style()).splitlines()]
    assert [(one["row"], one["value"], one.get("records"), one.get("of")) for one in lines if one["measure"] == "resolved"] == [
        ("group", None, 0, 3),
        ("group", 1, None, None),
        ("total", 1, 2, 5),
    ]


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "化解1批次（有此列的记录：2/5）"), ("en", "1 resolved (records with the column: 2/5)")]
)
def test_the_paragraph_says_the_base_and_is_silent_where_no_column_tells(tmp_path, lang, said):

    made = replace(report(*counties(tmp_path, 甲县=CLOSING, 龙泉县=SETTLING), by="region"), lang=lang)
    text = "".join(plain_text(parts) for parts in narrate(made))
    assert said in text
    assert "没有" not in text
    assert "none" not in text


def test_explain_names_the_rows_of_sheets_without_the_column(tmp_path):
    files = counties(tmp_path, 甲县=CLOSING, 龙泉县=SETTLING)
    (found,) = find_figures(parse("resolution_rate"), report(*files, by="region").tables)
    made = report(*files, by="region", explain=figure_request(found))
    assert len(rows_of(made, found, "part")) == 1
    assert len(rows_of(made, found, "base")) == 1
    assert len(rows_of(made, found, "out:untold")) == 3


def test_published_measures_of_two_parts_of_a_group_are_not_printed(tmp_path):
    """Two parts of one group beside what is excluded could be played off against the group."""
    files = counties(tmp_path, 甲县=CLOSING, 龙泉县=SETTLING)
    apart = figures(report(*files, by="region", gates=PUBLIC))
    assert (apart["甲县"]["closed"], apart["龙泉县"]["resolved"]) == (5, 5)
    assert apart[None]["closed"] == 5
    files = counties(tmp_path, **{name: united(text) for name, text in {"甲县": CLOSING, "龙泉县": SETTLING}.items()})
    made = report(*files, gates=PUBLIC, by="unit", measure="visits,closed,resolution_rate")
    assert figures(made)["甲局"] == {"visits": 5, "closed": None, "resolution_rate": Pair(0, 0)}
    assert figures(made)[None] == figures(made)["甲局"]


def test_published_measures_of_one_part_are_printed_without_their_base(tmp_path):
    files = counties(tmp_path, 甲县=united(CLOSING), 石桥县=united("接访日期  人数\n2024-5-1  1\n2024-5-2  1"))
    made = report(*files, gates=PUBLIC, by="unit", measure="visits,closed,closure_rate")
    assert figures(made)[None] == {"visits": 5, "closed": 5, "closure_rate": Pair(5, 5)}
    assert made.tables[0].total_row.block.bases == {}
    assert "结案、结案率只按有此列的表计算" in made.tables[0].notes
