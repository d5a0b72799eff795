"""Which rows --where keeps: one of several values, none of them, values with commas, rows without a value."""

from __future__ import annotations

import pytest

import xfstats
from tests.logs import codes, report, text_file
from tests.program import run_text as run

LOG = (
    "编号,登记日期,责任单位,县区,办理状态\n"
    "1,2024-05-01,甲局,东县,已办结\n2,2024-05-02,乙局,东县,办理中\n3,2024-05-03,丙局,西县,已办结\n"
    "4,2024-05-04,甲局,西县,已办结\n5,2024-05-05,,西县,办理中\n"
)
ENGLISH = (
    "Case number,Received,Department,Status\n"
    '1,2024-05-01,Parks,Closed\n2,2024-05-02,"Roads, Bridges",Open\n3,2024-05-03,Housing,Closed\n4,2024-05-04,Roads,Open\n'
)


def kept(folder, *where, text=LOG, by="unit"):
    """The groups that are printed, with their records."""
    made = report(text_file(folder, text), where=list(where), by=by)
    return {row.group[by]: row.figures["cases"] for row in made.tables[0].rows}


@pytest.mark.parametrize(
    ("where", "groups"),
    [
        (["unit=甲局,乙局"], {"甲局": 2, "乙局": 1}),
        (["unit=甲局", "unit=乙局"], {"甲局": 2, "乙局": 1}),
        (["unit=甲局，乙局"], {"甲局": 2, "乙局": 1}),
        (["unit = 甲局 , 乙局"], {"甲局": 2, "乙局": 1}),
        (["unit!=甲局"], {"丙局": 1, "乙局": 1, None: 1}),
        (["unit!=甲局,乙局"], {"丙局": 1, None: 1}),
        (["unit!=甲局", "unit!=乙局"], {"丙局": 1, None: 1}),
        (["unit！＝甲局"], {"丙局": 1, "乙局": 1, None: 1}),
        (["unit=甲局,丙局", "region=西县"], {"丙局": 1, "甲局": 1}),
        (["unit=甲局,乙局", "unit!=乙局"], {"甲局": 2}),
        (["region!=西县", "unit!=乙局"], {"甲局": 1}),
        (["unit=未归类"], {None: 1}),
        (["unit!=(none)"], {"甲局": 2, "丙局": 1, "乙局": 1}),
    ],
)
def test_rows_are_kept_by_one_of_several_values_or_by_none_and_no_other_group_is_printed(tmp_path, where, groups):
    assert kept(tmp_path, *where) == groups


@pytest.mark.parametrize(
    ("where", "groups"),
    [
        ("unit=Roads, Bridges", {"Roads,Bridges": 1, "Roads": 1}),
        ('unit="Roads, Bridges"', {"Roads,Bridges": 1}),
        ('unit="Roads, Bridges",parks', {"Roads,Bridges": 1, "Parks": 1}),
        ("unit!=Roads,Parks", {"Roads,Bridges": 1, "Housing": 1}),
        ('unit!="Roads, Bridges"', {"Roads": 1, "Parks": 1, "Housing": 1}),
    ],
)
def test_a_value_may_hold_commas(tmp_path, where, groups):
    assert kept(tmp_path, where, text=ENGLISH) == groups


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (["unit=甲局,丁局"], ["W230"]),
        (["unit!=丁局"], ["W230"]),
        (["unit=甲局,乙局"], []),
        (["unit=甲局", "region=南县"], ["W230"]),
    ],
)
def test_each_value_that_no_row_has_is_said(tmp_path, where, said):
    file = text_file(tmp_path, LOG + "6,2024-05-06,甲局,西县,办理中\n")
    assert codes(report(file, where=where, by="unit")) == said


def test_a_list_that_is_one_value_is_not_said_to_lack_its_parts(tmp_path):
    text = ENGLISH.replace("4,2024-05-04,Roads,Open\n", "")
    assert codes(report(text_file(tmp_path, text), where=["unit=Roads, Bridges"], by="unit")) == []


def test_the_saved_result_and_the_printed_command_keep_the_filters(tmp_path, no_workers):
    file = text_file(tmp_path, LOG)
    made = xfstats.summarize(file, where={"unit": "甲局,乙局", "region!": "西县"})
    assert dict(made.asked)["where"] == {"unit": "甲局,乙局", "region!": "西县"}
    assert made["cases"].total["cases"] == 2
    again = xfstats.summarize(file, where=["unit=甲局,乙局", "region!=西县"])
    assert (dict(again.asked), again["cases"].total) == (dict(made.asked), made["cases"].total)
    said = run(
        "summarize", str(file), "--where", "unit!=甲局,乙局", "--where", "region=西县", "-v", "--as-of", "2026-11-02"
    ).stderr
    assert "--where unit!=甲局,乙局 --where region=西县" in said.replace("'", "")
