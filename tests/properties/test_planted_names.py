"""A person planted in each kind of column: in no output, and rows of names among labels are counted without a group."""

from __future__ import annotations

import io
import os

import pandas as pd
import pytest

import xfstats
from tests.logs import report
from tests.program import in_this_process
from tests.properties.test_privacy import outputs
from tests.writers import Sheet, write

PEOPLE = ["甄某隐", "尤隐之", "欧阳某隐", "屈假文"]
ENGLISH = ["Zed Fakeman", "Quinn Nobodyson", "Ivy Madeup", "Wren Invented"]
LONG = ["欧阳某隐", "尤隐某之"]
PARTS = ["隐某", "甄某", "某隐", "隐之", "欧阳", "假文", "Fakeman", "Nobodyson", "Madeup", "Invented"]
SURNAMES = ["甄", "尤", "屈"]
LEVELS = ["市级", "县级", "乡级"]
COMMANDS = [
    ["summarize", "-v", "--rejects", "OUT.csv"],
    ["summarize", "-f", "json"],
    ["summarize", "-o", "OUT.xlsx", "--save", "OUT.json"],
    ["inspect"],
    ["inspect", "-f", "json"],
    ["check"],
    ["check", "-f", "json"],
    ["explain", "cases", "-f", "json"],
    ["report", "-o", "OUT.docx", "--detail"],
    ["report", "-o", "OUT.html"],
    ["summarize", "--by", "unit", "-v"],
    ["summarize", "--by", "post", "-f", "csv"],
    ["summarize", "--map", "unit=姓"],
    ["summarize", "--map", "unit=column:C"],
    ["summarize", "--where", "unit=无"],
    ["profile", "init"],
    ["summarize", "--by", "status"],
    ["summarize", "--by", "month", "--cross", "status", "-f", "json"],
    ["summarize", "--by", "column:C", "-v"],
    ["deadlines", "--preset", "petition"],
    ["deadlines", "--list", "--preset", "petition"],
]


def planted(*columns):
    """The cells of 40 rows of columns that repeat."""
    return [[f"2024-05-{row % 28 + 1:02}", *(column[row % len(column)] for column in columns)] for row in range(40)]


TABLES = {
    "a short outcome": ("来访日期 层级 来访人 办理结果", planted(LEVELS, PEOPLE, ["甄某隐", "已办结", "已办结", "已办结"])),
    "an outcome around a name": ("来访日期 层级 姓名 办理结果", planted(LEVELS, PEOPLE, ["已转甄某隐", "已办结"])),
    "a long outcome": ("来访日期 层级 人数 办理结果", planted(LEVELS, [1], ["已电话告知甄某隐本人并由其签字确认", "已办结"])),
    "a state": ("来访日期 层级 经办人 办理状态", planted(LEVELS, PEOPLE, ["待甄某隐处理", "已办结"])),
    "a flag": ("来访日期 层级 来访人 是否办结", planted(LEVELS, PEOPLE, ["甄某隐", "是"])),
    "a rating": ("来访日期 来访人 满意度 办理状态", planted(PEOPLE, ["尤隐之", "满意"], ["已办结"])),
    "a class": ("来访日期 问题类别 来访人 办理状态", planted([*PEOPLE[:3], "土地"], PEOPLE, ["已办结"])),
    "words of a class": (
        "来访日期 问题类别 来访人 办理状态",
        planted(["转甄某隐处理", "土地", "住房"], PEOPLE, ["已办结"]),
    ),
    "words of a queue": (
        "Received;Complainant;Queue;Status",
        planted(ENGLISH, ["Call Zed Fakeman back", "Potholes", "Street lighting"], ["Closed"]),
    ),
    "initials": ("Received;Case ID;Team;Status", planted(["C-1", "C-2"], ["P Fakeman", "Q Nobodyson", "T Madeup"], ["Closed"])),
    "initials among teams": (
        "Received;Case ID;Team;Status",
        planted(["C-1", "C-2"], ["P Fakeman", "Q Nobodyson", "T Madeup", "Parks", "Roads"], ["Closed"]),
    ),
    "a channel": ("来访日期 渠道 来访人 办理状态", planted([*PEOPLE[:3], "来访", "来信"], PEOPLE, ["已办结"])),
    "levels that are names": ("来访日期 接访领导层级 人数 办理状态", planted(PEOPLE, [1], ["已办结"])),
    "a name beside its level": ("来访日期 接访领导姓名 接访领导层级 办理状态", planted(PEOPLE, LEVELS, ["已办结"])),
    "a number": ("来访日期 层级 来访人数 办理状态", planted(LEVELS, [*PEOPLE, 1, 1], ["已办结"])),
    "prose": ("来访日期 层级 反映问题 办理状态", planted(LEVELS, ["甄某隐反映土地问题"], ["已办结"])),
    "a surname and a name apart": (
        "来访日期 姓 名 办理状态",
        planted(SURNAMES, ["某隐", "隐之", "假文"], ["已转甄某隐", "已办结"]),
    ),
    "both of one character": ("来访日期 上访人姓 上访人名 办理状态", planted(SURNAMES, ["隐", "之"], ["待甄隐处理", "已办结"])),
    "a form of address": ("来访日期 层级 称呼 办理状态", planted(LEVELS, ["甄某隐先生", "尤隐之女士"], ["甄某隐先生", "已办结"])),
    "first and last": (
        "Received;Case ID;First name;Last name;Status",
        planted(["C-1", "C-2"], ["Zed", "Quinn"], ["Fakeman", "Nobodyson"], ["Closed", "Rang Fakeman"]),
    ),
    "given and sur": (
        "Received;Case ID;Given;Surname;Status",
        planted(["C-1", "C-2"], ["Zed", "Quinn"], ["Fakeman", "Nobodyson"], ["Closed", "To Zed Fakeman"]),
    ),
    "a unit and a name": (
        "来访日期 责任单位 人数 办理状态",
        planted(["住建局甄某隐", "公安局尤隐之", "教育局"], [1], ["已办结"]),
    ),
    "four characters in a class": (
        "来访日期 问题类别 姓名 办理状态",
        planted(["土地", "住房", "欧阳某隐案", "尤隐某之土地案"], [*LONG, "甄某隐"], ["已办结"]),
    ),
    "four characters beside a unit": (
        "来访日期 责任单位 来访人姓名 办理状态",
        planted(["住建局", "公安局", "公安局-欧阳某隐", "住建局 尤隐某之"], [*LONG, "甄某隐"], ["已办结"]),
    ),
    "four characters before a tier": ("来访日期 去向 姓名 办理状态", planted(["到市", "尤隐某之进京"], LONG, ["已办结"])),
    "numbers of heads as states": (
        "来访日期 层级 办理状态 序号",
        planted(LEVELS, ["屈假文等3人", "欧阳某隐等3人", "甄某隐等3人", "3"], ["1"]),
    ),
    "whom a matter waits for": (
        "Received;Case ID;Complainant;Status",
        planted(["C-1", "C-2"], ENGLISH, ["Closed", "Waiting for Quinn Nobodyson", "Open"]),
    ),
    "whom a matter waits for, of an unknown header": (
        "Received;Case ID;Tenant;Status",
        planted(["C-1", "C-2"], ENGLISH, ["Closed", "Pending Quinn Nobodyson", "Open"]),
    ),
    "a place and a customer": (
        "Received;Case ID;Customer;Area;Status",
        planted(["C-1", "C-2"], ENGLISH, ["North", "Zed Fakeman house"], ["Closed"]),
    ),
    "a class and a client": (
        "Received;Case ID;Client;Category;Status",
        planted(["C-1", "C-2"], ENGLISH, ["Noise", "Zed Fakeman again", "Parking"], ["Closed"]),
    ),
    "a unit and one name": (
        "来访日期 责任单位 承办人 办理状态",
        planted(["住建局甄某隐", "公安局", "教育局"], ["甄某隐", "尤隐之"], ["已办结"]),
    ),
    "a level and a name": ("来访日期 层级 人数 办理状态", planted(["市级（甄某隐）", "县级尤隐之", "乡级"], [1], ["已办结"])),
    "a post and a name": ("来访日期 层级 接访领导职务 办理状态", planted(LEVELS, ["副市长甄某隐", "县长尤隐之"], ["已办结"])),
    "a note of a rating": (
        "来访日期 来访人 满意度 办理状态",
        planted(PEOPLE, ["满意（甄某隐）", "不满意，尤隐之未到"], ["已办结"]),
    ),
    "an English unit": (
        "Received;Complainant;Department;Status",
        planted(ENGLISH, [*ENGLISH[:2], "Parks"], ["Closed", "Zed Fakeman"]),
    ),
    **{header: (f"来访日期 {header} 人数 办理状态", planted(PEOPLE, [1], ["已办结"])) for header in ("经办人", "责任人", "主办")},
    **{
        header: (f"Received;Case ID;{header};Status", planted(["C-1", "C-2"], ENGLISH, ["Closed", "Waiting Zed Fakeman"]))
        for header in ("Assigned To", "assigned_to", "Owner", "Subject", "Complainant")
    },
}


TURNS = 1 if os.environ.get("EVERY_COMMAND") else 4
"""Each log meets every fourth command, the next log the next ones; `make fuzz` has each meet all."""


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_planted_name_is_in_no_output(tmp_path, name, form):
    header, rows = TABLES[name]
    path = tmp_path / f"log.{form}"
    write(path, [Sheet("登记", [header.split(";" if ";" in header else " "), *rows])], form)
    turn = list(TABLES).index(name) + (form == "csv")
    for number, words in enumerate(COMMANDS):
        if (number - turn) % TURNS:
            continue
        given = [word.replace("OUT", str(tmp_path / f"out{number}")) for word in words]
        lang = ["zh", "en"][number // 2 % 2]
        done, data = outputs(tmp_path, [*given, "--lang", lang, str(path)])
        assert done.returncode in {0, 1, 2, 3}, done.stderr
        text = data.decode("utf-8", "replace")
        assert [part for part in PARTS if part in text] == [], words


VISITS = planted(LEVELS, [1], ["已办结"])
AROUND = {
    "a header": ("来访日期 层级 甄某隐 办理状态", VISITS, {}),
    "a header behind a word": ("来访日期 层级 接访人：甄某隐 办理状态", VISITS, {}),
    "brackets of a header": ("来访日期 层级 人数 办理状态（甄某隐）", VISITS, {}),
    "the start of a header": ("来访日期 层级 甄某隐来访人数 办理状态", VISITS, {}),
    "the end of a header": ("来访日期 责任单位甄某隐 人数 办理状态", planted(["甲局", "乙局"], [1], ["已办结"]), {}),
    "closing lines": ("来访日期 层级 人数 办理状态", VISITS, {"below": [["审核人 甄某隐"], ["填表人：尤隐之", "2024-06-01"]]}),
    "a closing row": (
        "责任单位 来访日期 办理状态",
        [["甲局", row[0], "已办结"] for row in VISITS],
        {"below": [["审核人甄某隐", "2024-06-01"]]},
    ),
    "lines of who filled in": ("来访日期 层级 人数 办理状态", VISITS, {"above": [["填报人：甄某隐", "审核：尤隐之"]]}),
    "a title": (
        "来访日期 层级 接访领导 办理状态",
        planted(LEVELS, PEOPLE, ["已办结"]),
        {"above": [["甄某隐同志领导接访登记表"]]},
    ),
    "merged cells": ("来访日期 层级 来访人 办理状态", planted(LEVELS, PEOPLE, ["已办结"]), {"merges": [(2, 3, 5, 3)]}),
    "cells of days": ("来访日期 层级 办结日期 办理状态", planted(LEVELS, ["甄某隐", "2024-06-01"], ["已办结"]), {}),
    "serial numbers": ("来访日期 序号 层级 办理状态", planted(PEOPLE, LEVELS, ["已办结"]), {}),
    "numbers of cases": ("来访日期 信访件编号 层级 办理状态", planted(["甄某隐1", "尤隐之2"], LEVELS, ["已办结"]), {}),
}


@pytest.mark.parametrize("name", AROUND)
def test_a_name_around_the_cells_is_in_no_output(tmp_path, name):
    header, rows, beside = AROUND[name]
    path = tmp_path / "log.xlsx"
    cells = [*beside.get("above", ()), header.split(" "), *rows, *beside.get("below", ())]
    write(path, [Sheet("登记", cells, merges=beside.get("merges", ()))], "xlsx")
    for number, words in enumerate(
        [*COMMANDS, ["summarize", "--strict", "--where", "level=无"], ["summarize", "--map", "persons=层级"]]
    ):
        if (number - list(AROUND).index(name)) % TURNS:
            continue
        given = [word.replace("OUT", str(tmp_path / f"out{number}")) for word in words]
        done, data = outputs(tmp_path, [*given, "--lang", ["zh", "en"][number % 2], str(path)])
        assert done.returncode in {0, 1, 2, 3}, done.stderr
        text = data.decode("utf-8", "replace")
        assert [part for part in PARTS if part in text] == [], words


def test_rows_of_names_among_labels_have_no_group_and_are_said(tmp_path):
    """A label that is written as a name and stands in a column of names is a person under a class."""
    header, rows = TABLES["a class"]
    path = tmp_path / "log.xlsx"
    write(path, [Sheet("登记", [header.split(), *rows])], "xlsx")
    made = report(path)
    assert [(row.group["category"], row.block.figures["visits"]) for row in made.tables[0].rows] == [("土地", 10), (None, 30)]
    assert [finding.code for finding in made.findings if finding.code == "W247"] == ["W247"]


@pytest.mark.parametrize(
    "given",
    [
        io.StringIO("来访日期,来访人\n2024-5-1,甄某隐\n"),
        ["来访日期,来访人", "2024-5-1,甄某隐"],
        {"甄某隐": ["2024-5-1"]},
        pd.Series(["甄某隐"]),
    ],
    ids=["open file", "lines", "mapping", "column"],
)
def test_what_a_log_holds_is_no_path_and_is_not_quoted(given):
    with pytest.raises(xfstats.errors.UsageFault) as refused:
        xfstats.summarize(given)
    assert refused.value.code == "E357"
    assert "甄" not in str(refused.value)


@pytest.mark.parametrize(
    "given",
    [
        "来访日期,来访人\n2024-13-1,甄某隐\n".encode(),
        pd.DataFrame({"来访人": ["甄某隐"]}),
        pd.DataFrame({"甄某隐": ["2024-5-1"]}),
    ],
    ids=["bytes", "frame", "column names"],
)
def test_an_error_about_a_log_in_memory_does_not_quote_it(given):
    with in_this_process(), pytest.raises(xfstats.XfstatsError) as refused:
        xfstats.summarize(given)
    assert refused.value.exit_code == 3
    assert not any("甄" in refused.value.sentence(lang) for lang in ("zh", "en"))


def test_a_leader_asked_for_is_shown_though_another_column_names_the_same(tmp_path):
    path = tmp_path / "log.xlsx"
    rows = planted(PEOPLE, PEOPLE, ["已办结"])
    write(path, [Sheet("登记", [["来访日期", "接访领导", "陪访人", "办理状态"], *rows])], "xlsx")
    assert {row.group["leader"] for row in report(path, by=["leader"]).tables[0].rows} == set(PEOPLE)
