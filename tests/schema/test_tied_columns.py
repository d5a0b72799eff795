"""Columns that serve one field equally well: their values decide, a table that does not need the field is made without it."""

from __future__ import annotations

import pytest

from tests.logs import book, codes, refused, report, text_file, total

REGIONS = (
    "Case number,Received,Borough,Area,Status\n1,2024-05-06,{},{},Closed\n2,2024-05-07,{},{},Open\n3,2024-05-08,{},{},Closed\n"
)
CLOSED = (
    "Case number,Received,Status,Closed date,Date closed\n"
    "1,2024-05-06,Closed,{},{}\n2,2024-05-07,Open,,\n3,2024-05-07,Closed,{},{}\n"
)


@pytest.mark.parametrize(
    ("cells", "groups"),
    [
        (("Bronx", "NY", "Queens", "NY", "Bronx", "NY"), {"Bronx": 2, "Queens": 1}),
        (("NY", "North", "NY", "South", "NY", "South"), {"South": 2, "North": 1}),
        (("", "North", "", "South", "", "South"), {"South": 2, "North": 1}),
        (("Bronx", "Bronx", "Queens", "Queens", "Bronx", "bronx"), {"Bronx": 2, "Queens": 1}),
    ],
)
def test_values_that_prove_one_column_decide(tmp_path, cells, groups):
    made = report(text_file(tmp_path, REGIONS.format(*cells)))
    assert {row.group["region"]: row.figures["cases"] for row in made.tables[0].rows} == groups


def test_a_table_that_nobody_asked_to_be_grouped_is_made_and_names_all_candidates(tmp_path):
    log = text_file(tmp_path, REGIONS.format("Bronx", "North", "Queens", "South", "Bronx", "South"))
    made = report(log)
    assert (total(made)["cases"], made.tables[0].by, codes(made)) == (3, (), ["W276"])
    assert made.findings[0].message.endswith("choose one with --map region=Borough, --map region=Area")
    assert "--map region=Borough or --map region=Area" in str(refused(log, by="region"))
    assert report(log, maps=["region=Area"]).tables[0].by == ("region",)


def test_chinese_columns_alike(tmp_path):
    text = "编号,登记日期,所属县区,所在县区,办理状态\n1,2024-05-06,东县,西县,已办结\n2,2024-05-07,西县,东县,办理中\n"
    made = report(text_file(tmp_path, text))
    assert total(made)["cases"] == 2
    assert codes(made) in (["W276"], [])


@pytest.mark.parametrize(
    ("days", "median"),
    [(("2024-05-08", "2024-05-08", "2024-05-09", "2024-05-09"), 2.0), (("", "2024-05-08", "", "2024-05-09"), 2.0)],
)
def test_close_dates_that_are_equal_or_empty_do_not_compete(tmp_path, days, median):
    found = total(report(text_file(tmp_path, CLOSED.format(*days))))
    assert (found["closed"], found["median_days"].value) == (2, median)


def test_a_status_needs_no_close_date(tmp_path):
    log = text_file(tmp_path, CLOSED.format("2024-05-08", "2024-05-10", "2024-05-09", "2024-05-12"))
    made = report(log)
    assert (total(made)["closed"], "median_days" in made.tables[0].measures, codes(made)) == (2, False, ["W276"])
    for asked in (
        {"measure": "median_days"},
        {"words": {"tables": {"choices": {"closed_by": "date"}}}},
        {"period": "2024-05", "date_by": "closed_on"},
    ):
        assert refused(log, **asked).code == "E306"


def test_close_dates_alone_are_needed(tmp_path):
    text = CLOSED.replace(",Status", ",Office").format("2024-05-08", "2024-05-10", "2024-05-09", "2024-05-12")
    assert refused(text_file(tmp_path, text)).code == "E306"


def test_one_name_over_several_columns_is_asked_about(tmp_path):
    text = CLOSED.replace("Date closed", "Closed date").format("2024-05-08", "2024-05-10", "2024-05-09", "2024-05-12")
    assert refused(text_file(tmp_path, text)).code == "E306"


def log(folder, header, *rows):
    return text_file(folder, "\n".join((header, *rows)) + "\n")


STATES = "Case number,Received,Status,Case status,Date closed"


def test_a_status_of_known_words_or_one_that_agrees_with_the_close_dates_is_the_status(tmp_path):
    rows = ["1,2024-05-06,{0},{3},2024-05-08", "2,2024-05-07,{1},{4},", "3,2024-05-08,{2},{5},2024-05-09"]
    for cells in (
        ("Closed", "Open", "Closed", "Stage 1", "Closed", "Stage 2"),
        ("Stage 1", "Closed", "Stage 2", "Closed", "Open", "Closed"),
        ("Closed", "Open", "Closed", "Open", "Open", "Open"),
        ("Closed", "Open", "Closed", "Open", "Closed", "Closed"),
    ):
        assert total(report(log(tmp_path, STATES, *(row.format(*cells) for row in rows))))["closed"] == 2


def test_states_that_nothing_tells_apart_are_asked_about_by_all_their_names(tmp_path):
    header = STATES.replace(",Date closed", "")
    path = log(tmp_path, header, "1,2024-05-06,Closed,Open", "2,2024-05-07,Open,Closed", "3,2024-05-07,Open,Open")
    error = refused(path)
    assert error.code == "E306"
    assert error.sentence("en").endswith('choose --map status=Status or --map status="Case status" [E306]')
    assert total(report(path, maps=["status=Status"]))["closed"] == 1


def test_a_level_of_known_words_is_the_level(tmp_path):
    rows = ["2024-05-06,市级,一档,2", "2024-05-07,县级,二档,3", "2024-05-08,县级,三档,1"]
    for header in ("接访日期,接访级别,接待级别,来访人数", "接访日期,接待级别,接访级别,来访人数"):
        made = report(log(tmp_path, header, *rows))
        assert {row.group["level"]: row.figures["visits"] for row in made.tables[0].rows if row.figures["visits"]} == {
            "市级": 1,
            "县级": 2,
        }


@pytest.mark.parametrize("order", [0, 1])
def test_what_is_after_the_close_date_is_no_receipt(tmp_path, order):
    days = [("2024-05-06", "2024-05-07"), ("2024-05-07", "2024-06-12"), ("2024-05-08", "2024-05-08")]
    days = [pair[:: 1 if order == 0 else -1] for pair in days]
    ends = ["2024-05-10", "2024-05-11", "2024-05-12"]
    rows = [f"{n},{one},{other},Closed,{end}" for n, ((one, other), end) in enumerate(zip(days, ends, strict=True))]
    made = report(log(tmp_path, "Case number,Date received,Received date,Status,Date closed", *rows))
    assert (total(made)["median_days"].value, made.inputs[0].tally.columns["received_on"]) == (
        4.0,
        ("Date received", "Received date")[order],
    )


def test_days_of_receipt_that_are_both_possible_are_asked_about(tmp_path):
    rows = ["1,2024-05-06,2024-05-07,Closed,2024-05-10", "2,2024-05-07,2024-05-08,Closed,2024-05-11"]
    error = refused(log(tmp_path, "Case number,Date received,Received date,Status,Date closed", *rows))
    assert error.code == "E306"
    assert error.sentence("zh").endswith('请选 --map received_on="Date received" 或 --map received_on="Received date" [E306]')


@pytest.mark.parametrize(
    ("head", "code", "ways"),
    [
        ("案号 立案日期 办理状态", "W299", "--date-by accepted_on"),
        ("编号 受理日期 办理状态", "W299", "--date-by accepted_on"),
        ("案号 立案日期 办理状态 开庭日期", "W276", "--map received_on=立案日期, --map received_on=开庭日期"),
    ],
)
def test_a_day_of_acceptance_is_named_where_no_day_of_receipt_is_known(tmp_path, head, code, ways):
    hearing = " 2024-06-0{0}" if "开庭" in head else ""
    rows = "".join(f"A{n} 2024-05-0{n} 已办结{hearing.format(n)}\n" for n in range(1, 6))
    made = report(book(tmp_path, f"{head}\n{rows}", name="案件.xlsx"))
    assert [(one.code, f"：{ways}" in one.message) for one in made.findings] == [(code, True)]
