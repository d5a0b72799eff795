"""来访 and 领导接访 of one run are two ledgers, a table each, never added up; one ledger by several names is one table."""

from __future__ import annotations

import csv
import io
import json
from itertools import permutations

import pytest

from tests.logs import all_figures, grid, report
from tests.writers import Sheet, write
from tests.written import rows_of
from xfstats.config.figure_names import parse
from xfstats.config.plan import Gates
from xfstats.errors import UsageFault
from xfstats.model import Claim, Ledger, Log
from xfstats.pipeline.ledgers import settle
from xfstats.render.csv import as_csv
from xfstats.render.json import as_json
from xfstats.render.narrative import narrate, plain_text
from xfstats.render.style import Style
from xfstats.render.text import as_text
from xfstats.render.xlsx.report import as_report_workbook
from xfstats.reports.references import find_figures
from xfstats.reports.requests import figure_request

LEADERS = "接访日期  接访级别  人数  办理状态\n2024-5-1  市级  2  已办结\n2024-5-2  县级  1  办理中"
WALK_INS = "来访日期  责任单位  人数  办理状态\n2024-5-1  甲局  2  已办结\n2024-5-2  乙局  1  办理中\n2024-5-3  乙局  1  办理中"


def files(folder, form="csv", **texts):
    for name, text in texts.items():
        write(folder / f"{name}.{form}", [Sheet("Sheet1", grid(text))], form)
    return [folder / f"{name}.{form}" for name in texts]


def both(folder, **options):
    return report(*files(folder, 领导接访=LEADERS, 来访登记=WALK_INS), **options)


def kept(made):
    return {table.ledger.value: table.total[table.measures[0]] for table in made.tables}


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_walk_ins_and_leaders_receptions_are_two_tables(tmp_path, form):
    made = report(*files(tmp_path, form, 领导接访=LEADERS, 来访登记=WALK_INS))
    assert kept(made) == {"receptions": 2, "walk_ins": 3}
    assert [(table.title, table.kind("en"), table.by) for table in made.tables] == [
        ("领导接访", "Leaders' receptions", ("level",)),
        ("来访", "Walk-ins", ("unit",)),
    ]
    text = as_text(made, Style())
    assert "领导接访、来访分表统计，不相加" in text
    assert made.findings == ()


def test_sheets_of_one_book_are_told_by_their_names(tmp_path):
    write(tmp_path / "五月.xlsx", [Sheet("来访", grid(WALK_INS)), Sheet("领导接访", grid(LEADERS))], "xlsx")
    assert kept(report(tmp_path / "五月.xlsx")) == {"receptions": 2, "walk_ins": 3}


def test_titles_tell_ledgers_and_english_names_do(tmp_path):
    leaders = (
        "Receptions_by_leaders\n" + "Received  Level  Persons  Status\n2024-05-01  City  2  Closed\n2024-05-02  City  1  Open"
    )
    walk_ins = "Received  Unit  Persons  Status\n2024-05-01  West  2  Closed"
    made = report(*files(tmp_path, May=leaders, **{"walk-ins": walk_ins}))
    assert kept(made) == {"receptions": 2, "walk_ins": 1}


@pytest.mark.parametrize(
    ("one", "other", "ledger"),
    [
        (("甲县接访登记", WALK_INS), ("乙县来访登记", WALK_INS.replace("5-", "6-")), "visits"),
        (("甲县接访登记", LEADERS), ("乙县来访登记", LEADERS.replace("5-", "6-")), "visits"),
        (("甲县来访登记", WALK_INS), ("乙县来访接待", WALK_INS.replace("5-", "6-")), "walk_ins"),
        (("甲县领导接访", LEADERS), ("乙县接访台账", LEADERS.replace("5-", "6-")), "receptions"),
        (("甲县领导接访", LEADERS), ("乙县", LEADERS.replace("5-", "6-")), "visits"),
    ],
)
def test_one_ledger_by_different_names_is_one_table(tmp_path, one, other, ledger):
    made = report(*files(tmp_path, **dict([one, other])))
    assert [table.ledger for table in made.tables] == [ledger]
    assert {sheet.tally.ledger for sheet in made.inputs} == {ledger}


def test_a_sheet_whose_name_tells_nothing_goes_by_its_columns_and_that_is_said(tmp_path):
    unnamed = {"丙县": LEADERS.replace("5-", "6-"), "丁县接访": WALK_INS.replace("5-", "7-")}
    more = files(tmp_path, 领导接访=LEADERS, 来访登记=WALK_INS, **unnamed)
    made = report(*more)
    assert kept(made) == {"receptions": 4, "walk_ins": 6}
    assert [(said.code, said.rows, said.finding.values["ledger"]) for said in made.findings if said.code == "W268"] == [
        ("W268", 2, "receptions"),
        ("W268", 3, "walk_ins"),
    ]
    assert "统计为“来访”（3 行）" in as_text(made, Style())


@pytest.mark.parametrize(
    ("name", "ledger", "log"),
    [
        ("领导批示件", "instructions", "letters"),
        ("群众来信", "letters", "letters"),
        ("网信", "online", "cases"),
        ("来电登记", "calls", "cases"),
        ("12345热线", "calls", "cases"),
        ("领导包案", "cases", "cases"),
        ("信访积案", "backlog", "backlog"),
        ("来访接待", "walk_ins", "visits"),
        ("市委网信办来访", "walk_ins", "visits"),
        ("信访工作领导小组来访", "walk_ins", "visits"),
        ("领导干部接待来访群众", "receptions", "visits"),
        ("leader receptions", "receptions", "visits"),
    ],
)
def test_names_tell_ledgers(tmp_path, name, ledger, log):
    made = report(*files(tmp_path, **{name: "登记日期  责任单位  办理状态\n2024-5-1  甲局  已办结\n2024-5-2  乙局  办理中"}))
    assert [(table.ledger, table.log) for table in made.tables] == [(ledger, log)]


def test_letters_and_instructions_part_and_channels_without_leaders_do_not(tmp_path):
    text = "登记日期  责任单位  办理状态\n2024-5-1  甲局  已办结\n2024-5-2  乙局  办理中"
    (tmp_path / "letters").mkdir()
    assert kept(report(*files(tmp_path / "letters", 群众来信=text, 领导批示件=text))) == {"letters": 2, "instructions": 2}
    (tmp_path / "cases").mkdir()
    assert kept(report(*files(tmp_path / "cases", 来电=text, 网信=text.replace("5-", "6-")))) == {"cases": 4}


def test_the_ledgers_of_claims_do_not_depend_on_their_order():
    claims = [
        Claim(Log.VISITS, Ledger.RECEPTIONS, leaders=True),
        Claim(Log.VISITS, Ledger.WALK_INS),
        Claim(Log.VISITS, Ledger.WALK_INS, leaders=True),
        Claim(Log.VISITS),
    ]
    assert {tuple(sorted(settle(some).items(), key=str)) for some in permutations(claims)} == {
        tuple(sorted(zip(claims, ["receptions", "walk_ins", "receptions", "walk_ins"], strict=True), key=str))
    }
    mixed = [Claim(Log.CASES, Ledger.CASES, leaders=True), Claim(Log.CASES, Ledger.CALLS), Claim(Log.CASES, Ledger.ONLINE)]
    assert list(settle([*mixed, Claim(Log.CASES)]).values()).count(Ledger.CASES) == 2


def test_equal_sheets_of_two_ledgers_are_no_copies(tmp_path):
    """A person whom a leader received stands in both."""
    same = LEADERS.replace("接访级别", "责任单位") + "\n2024-5-4  乙局  1  办理中"
    made = report(*files(tmp_path, 领导接访=same, 来访登记=same))
    assert kept(made) == {"receptions": 3, "walk_ins": 3}


def test_a_name_that_fits_two_tables_is_refused_and_names_both(tmp_path):
    made = both(tmp_path)
    for name in ("visits", "visits:visits"):
        with pytest.raises(UsageFault, match="receptions:visits, walk_ins:visits"):
            find_figures(parse(name), made.tables)
    (found,) = find_figures(parse("walk_ins:visits"), made.tables)
    assert found.figure == 3
    assert {found.name(made.tables) for found in all_figures(made.tables)} >= {"receptions:visits[市级]", "walk_ins:closure_rate"}
    with pytest.raises(KeyError, match="receptions, walk_ins"):
        made["visits"]
    assert made["walk_ins"].total["persons"] == 4


def test_a_ledger_that_is_alone_answers_to_its_log(tmp_path):
    made = report(*files(tmp_path, 来访登记=WALK_INS))
    assert (made["visits"], made.tables[0].title) == (made["walk_ins"], "来访")
    for name in ("visits", "visits:visits", "walk_ins:visits"):
        assert [found.figure for found in find_figures(parse(name), made.tables)] == [3]
    assert json.loads(as_json(made, Style()))["tables"][0]["ledger"] == "walk_ins"
    assert as_csv(made, Style()).startswith("log,row,")


def test_data_say_the_ledger(tmp_path):
    made = both(tmp_path)
    told = json.loads(as_json(made, Style()))
    assert [(table["log"], table["ledger"]) for table in told["tables"]] == [("visits", "receptions"), ("visits", "walk_ins")]
    assert {one["file"]: one["ledger"] for one in told["inputs"]} == {"领导接访.csv": "receptions", "来访登记.csv": "walk_ins"}
    rows = list(csv.DictReader(io.StringIO(as_csv(made, Style()))))
    assert [(row["ledger"], row["visits"]) for row in rows if row["row"] == "total"] == [("receptions", "2"), ("walk_ins", "3")]


def test_a_gate_an_explanation_and_a_workbook_are_of_one_ledger(tmp_path):
    made = both(tmp_path, gates=Gates(fail_if=("walk_ins:closure_rate < 40%",)))
    assert len(made.attention) == 1
    (found,) = find_figures(parse("walk_ins:persons"), made.tables)
    explained = both(tmp_path, explain=figure_request(found))
    assert sorted(rows_of(explained, found, "part")) == [2, 3, 4]
    assert as_report_workbook(both(tmp_path, detail=True), Style())[:2] == b"PK"


def test_the_paragraphs_say_which_ledger(tmp_path):
    texts = [plain_text(parts) for parts in narrate(both(tmp_path))]
    assert [("领导接访方面" in text, "来访方面" in text) for text in texts] == [(True, False), (False, True)]


def test_a_saved_result_is_compared_ledger_by_ledger(tmp_path):
    saved = json.loads(as_json(both(tmp_path), Style()))
    more = files(tmp_path, 领导接访=LEADERS, 来访登记=WALK_INS + "\n2024-5-9  乙局  1  办理中")
    found = report(*more, against=("saved.json", saved)).revisions
    assert {(one.log, one.ledger) for one in found} == {("visits", "walk_ins")}
    assert [(one.was, one.now) for one in found if one.measure == "visits" and one.kind == "total"] == [(3, 4)]
    older = saved | {"tables": [{key: value for key, value in saved["tables"][0].items() if key != "ledger"}]}
    with pytest.raises(UsageFault, match="E240"):
        report(*more, against=("saved.json", older))
    alone = report(more[0], against=("saved.json", older))
    assert alone.revisions == ()
    assert "ledger" not in str(as_json(alone, Style())).partition('"revisions"')[2].partition("]")[0]


LEVELS = "来访日期  级别  人数  办理状态\n2024-6-1  市级  2  已办结\n2024-6-2  县级  1  办理中\n2024-6-3  县级  1  办理中"


@pytest.mark.parametrize("form", ["csv", "xls"])
def test_levels_do_not_make_a_register_of_walk_ins_the_leaders(tmp_path, form):
    """Who is received at a level stands beside 来访, too; only 接访级别, 接访领导 or a name are the leaders'."""
    assert kept(report(*files(tmp_path, form, 领导接访=LEADERS, 来访登记=LEVELS))) == {"receptions": 2, "walk_ins": 3}


def test_levels_in_an_english_register_of_walk_ins_neither(tmp_path):
    text = "Received  Level  Persons  Status\n2024-05-01  City  2  Closed\n2024-05-02  County  1  Open"
    made = report(*files(tmp_path, **{"leader receptions": text, "walk-ins": text.replace("-05-", "-06-")}))
    assert kept(made) == {"receptions": 2, "walk_ins": 2}


def test_levels_tell_the_leaders_beside_a_register_without_them(tmp_path):
    made = report(*files(tmp_path, 接访登记=LEVELS.replace("来访日期", "接访日期"), 来访登记=WALK_INS))
    assert kept(made) == {"receptions": 3, "walk_ins": 3}


def test_two_names_of_one_register_with_levels_are_one_ledger(tmp_path):
    made = report(*files(tmp_path, 接访登记=LEVELS, 来访登记=LEVELS.replace("6-", "7-")))
    assert kept(made) == {"visits": 6}
