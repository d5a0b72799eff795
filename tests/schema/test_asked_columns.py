"""Any column may be grouped by with --by column:HEADER, but none that could name a person."""

from __future__ import annotations

import json

import pytest
from python_calamine import CalamineWorkbook

from tests.logs import refused, report, text_file
from tests.program import run_text as run
from xfstats.config.output_formats import Result
from xfstats.render import load_renderer
from xfstats.render.style import Style

LOG = (
    "编号,登记日期,来源大类,承办人,姓名,处置,办理状态,备注\n"
    "1,2024-05-06,热线,甄大明,甲某某,转办,已办结,来人反映道路破损一直没有修好问题\n"
    "2,2024-05-07,热线,李小红,乙某某,直办,已办结,反映小区停水三天无人处理的情况\n"
    "3,2024-05-08,网站,王二小,丙某某,转办,办理中,反映夜间施工噪音扰民影响休息问题\n"
    "4,2024-05-13,信件,赵四方,丁某某,,办理中,反映公交车停运之后出行不便问题\n"
    "5,2024-05-13,热线,钱五常,戊某某,直办,办理中,反映物业费收取标准不透明等问题\n"
)
ENGLISH = (
    'Case number,Received,Source,Handler,"Type, detailed",Status\n'
    "1,2024-05-06,Phone,John Smith,Noise,Closed\n2,2024-05-07,Web,Mary Jones,Noise,Open\n"
    "3,2024-05-08,Phone,Anne Brown,Waste,Closed\n"
)


def groups(folder, text, by, **options):
    made = report(text_file(folder, text), by=by, **options)
    return [(tuple(row.group.values()), row.figures["cases"]) for row in made.tables[0].rows if row.kind == "group"]


@pytest.mark.parametrize(
    ("text", "by", "found"),
    [
        (LOG, "column:来源大类", [(("热线",), 3), (("信件",), 1), (("网站",), 1)]),
        (LOG, "column:C", [(("热线",), 3), (("信件",), 1), (("网站",), 1)]),
        (LOG, "column:处置", [(("直办",), 2), (("转办",), 2), ((None,), 1)]),
        (ENGLISH, "column:source", [(("Phone",), 2), (("Web",), 1)]),
        (ENGLISH, '"column:Type, detailed"', [(("Noise",), 2), (("Waste",), 1)]),
        (ENGLISH, ["column:Type, detailed"], [(("Noise",), 2), (("Waste",), 1)]),
        (ENGLISH, "status,column:Source", [(("Closed", "Phone"), 2), (("Open", "Web"), 1)]),
    ],
)
def test_rows_are_grouped_by_any_column(tmp_path, text, by, found):
    assert groups(tmp_path, text, by) == found


def test_the_rows_of_a_workbook_have_the_column_under_its_own_header(tmp_path):
    made = report(text_file(tmp_path, LOG), by="column:来源大类", detail=True)
    path = tmp_path / "report.xlsx"
    path.write_bytes(load_renderer("xlsx", Result.REPORT)(made, Style()))
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name("明细").to_python()
    assert sorted(row[head.index("来源大类")] for row in rows) == ["信件", "热线", "热线", "热线", "网站"]


def test_a_column_that_serves_a_field_serves_it_still(tmp_path):
    made = report(text_file(tmp_path, LOG), by="column:办理状态")
    assert {row.group["column_1"]: row.figures["closed"] for row in made.tables[0].rows} == {"已办结": 2, "办理中": 0}


@pytest.mark.parametrize(
    ("text", "by", "code"),
    [
        (LOG, "column:承办人", "E328"),
        (LOG, "column:姓名", "E328"),
        (LOG, "column:E", "E328"),
        (LOG, "column:备注", "E328"),
        (ENGLISH, "column:Handler", "E328"),
        (LOG, "column:没有", "E285"),
    ],
)
def test_a_column_that_could_name_a_person_is_refused(tmp_path, text, by, code):
    assert refused(text_file(tmp_path, text), by=by).code == code


def test_identities_free_text_and_columns_that_differ_are_refused(tmp_path):
    numbers = "".join(f"{n},2024-05-01,1380013800{n % 10},已办结,第{n}个来人说了一件很长的事情\n" for n in range(1, 61))
    log = text_file(tmp_path, "编号,登记日期,联络,办理状态,经过情况\n" + numbers)
    assert refused(log, by="column:联络").code in {"E327", "E328"}
    assert refused(log, by="column:经过情况").code in {"E318", "E328"}


def test_a_name_of_the_sheet_is_no_group_and_unknown_states_are_withheld(tmp_path):
    rows = "".join(
        f"{n},2024-05-{n:02},甄大明,{'甄大明' if n < 4 else '窗口'},{'已办结' if n > 1 else '甄办'}\n" for n in range(1, 25)
    )
    text = "编号,登记日期,姓名,接件处,办理状态\n" + rows
    assert groups(tmp_path, text, "column:接件处") == [(("窗口",), 21), ((None,), 3)]
    assert groups(tmp_path, text, "column:办理状态") == [(("已办结",), 23), ((None,), 1)]


def test_two_columns_of_one_header_are_named_by_letter(tmp_path):
    log = text_file(tmp_path, "编号,登记日期,来源,来源,办理状态\n1,2024-05-01,甲,乙,已办结\n2,2024-05-02,甲,乙,办理中\n")
    assert "--by column:C or --by column:D" in str(refused(log, by="column:来源"))


def test_machines_have_a_key_and_the_header_beside_it(tmp_path, no_workers):
    file = str(text_file(tmp_path, LOG))
    assert run("summarize", file, "--by", "column:来源大类", "-f", "csv").stdout.splitlines()[:2] == [
        "log,row,column_1,cases,closed,closure_rate",
        "cases,group,热线,3,2,0.666667",
    ]
    plain = json.loads(run("summarize", file, "--by", "column:来源大类,column:处置", "-f", "json").stdout)
    assert plain["tables"][0]["by"] == ["column_1", "column_2"]
    assert plain["tables"][0]["by_columns"] == {"column_1": "来源大类", "column_2": "处置"}
    saved = str(tmp_path / "saved.json")
    run("summarize", file, "--by", "column:来源大类", "--save", saved)
    assert run("summarize", file, "--by", "column:来源大类", "--against", saved).returncode == 0
    assert "[E240]" in run("summarize", file, "--by", "column:处置", "--against", saved, code=2).stderr


def test_people_read_the_header(tmp_path, no_workers):
    file = str(text_file(tmp_path, LOG))
    assert "来源大类" in run("summarize", file, "--by", "column:来源大类", "-f", "md").stdout.splitlines()[2]
    assert run("explain", "cases[热线]", file, "--by", "column:来源大类").stdout.startswith("件[热线] = 3")


@pytest.mark.parametrize(
    ("text", "where", "cases"),
    [
        (LOG, ["column:来源大类=热线"], 3),
        (LOG, ["column:来源大类=热线,网站"], 4),
        (LOG, ["column:来源大类!=热线"], 2),
        (LOG, ["column:C=热线", "column:处置=直办"], 2),
        (LOG, ["column:处置=未归类"], 1),
        (LOG, {"column:处置": "转办"}, 2),
        (ENGLISH, ["column: source =phone"], 2),
        (ENGLISH, ["column:Type, detailed=Noise", "status=Closed"], 1),
    ],
)
def test_rows_are_chosen_by_any_column(tmp_path, text, where, cases):
    made = report(text_file(tmp_path, text), where=where)
    assert (made.tables[0].total["cases"], made.tables[0].by_columns) == (cases, {})


def test_a_value_that_no_row_has_is_said_with_the_header(tmp_path):
    made = report(text_file(tmp_path, LOG), where=["column:来源大类=微信"])
    (said,) = [one for one in made.findings if one.code in {"W230", "W231"}]
    assert "来源大类" in said.message
    assert "column_1" not in said.message


def test_any_column_stands_beside_the_rows(tmp_path):
    made = report(text_file(tmp_path, LOG), by="status", cross="column:来源大类")
    table = made.tables[0]
    assert (table.by, table.cross, table.by_columns) == (("status",), "column_1", {"column_1": "来源大类"})
    cells = {row.group["status"]: {name: block.figures["cases"] for name, block in row.cells.items()} for row in table.rows}
    assert cells == {"办理中": {"热线": 1, "网站": 1, "信件": 1}, "已办结": {"热线": 2, "网站": 0, "信件": 0}}


def test_one_column_may_group_and_choose(tmp_path):
    made = report(text_file(tmp_path, LOG), by="column:来源大类", where=["column:来源大类=热线"])
    assert [(tuple(row.group.values()), row.figures["cases"]) for row in made.tables[0].rows] == [(("热线",), 3)]
    assert refused_usage({"by": "column:来源大类", "cross": "column:来源大类"}) == "E214"


def refused_usage(options):
    from datetime import date

    from xfstats.config.parse import parse_plan
    from xfstats.config.profile import load_profile
    from xfstats.errors import UsageFault

    with pytest.raises(UsageFault) as caught:
        parse_plan({"as_of": date(2026, 11, 2), **options}, load_profile(None))
    return caught.value.code


@pytest.mark.parametrize("options", [{"cross": "column:{}"}, {"where": ["column:{}=甲某某"]}])
@pytest.mark.parametrize("header", ["承办人", "姓名", "备注"])
def test_no_column_of_persons_or_prose_is_chosen_by_or_stands_beside(tmp_path, options, header):
    typed = {
        name: [one.format(header) for one in value] if isinstance(value, list) else value.format(header)
        for name, value in options.items()
    }
    error = refused(text_file(tmp_path, LOG), **typed)
    assert error.code in {"E328", "E318"}
    assert "甲某某" not in error.sentence("zh")


def test_a_column_that_is_not_there_is_said_of_its_own_option(tmp_path):
    assert "--where column:没有" in str(refused(text_file(tmp_path, LOG), where=["column:没有=1"]))
    assert "--cross column:没有" in str(refused(text_file(tmp_path, LOG), cross="column:没有"))
    assert refused_usage({"cross": "column:"}) == refused_usage({"where": ["column:=1"]}) == "E284"


def test_a_saved_result_of_another_column_is_refused(tmp_path):
    path = text_file(tmp_path, LOG)
    saved = tmp_path / "s.json"
    run("summarize", path, "--where", "column:来源大类=热线", "--save", saved, "--as-of", "2026-11-02")
    assert json.loads(saved.read_text("utf-8"))["asked"]["where"] == {"column:来源大类": "热线"}
    run("summarize", path, "--where", "column:处置=转办", "--against", saved, "--as-of", "2026-11-02", code=2)
    run("summarize", path, "--where", "column:来源大类=热线", "--against", saved, "--as-of", "2026-11-02")
