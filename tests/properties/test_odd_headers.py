"""Columns of persons under headers that no list holds: no command prints a name of them, and none groups by them."""

from __future__ import annotations

import pytest

from tests.properties.test_planted_names import ENGLISH, LEVELS, PARTS, PEOPLE, TURNS, planted
from tests.properties.test_privacy import outputs
from tests.writers import Sheet, write

HEADERS = {
    "zh": "对接人 牵头领导 首接责任人 接单人 派单员 "
    "网格员 回访人 来客 咨询者 群众 当事方 申请方 乙方 业主 租客 法人 法定代表人 负责同志 "
    "经办 处理人员 工作人员 责任科室及人员 谁来的 何人 谁接待 找谁 客户 家属 监护人",
    "en": "Raised by;Rep;Reporter;Account;Client;Customer;Tenant;Who;Person;Contact person;Handled by;Case worker;Lead;"
    "Manager;Signed;Attendee;Applicant;Requester;Reported By;Closed by;Councillor;Resident;From;Lead officer;"
    "Agent;Opened By;Caller;Allocated to",
}
COMMANDS = [
    ["summarize", "-v"],
    ["summarize", "-f", "json"],
    ["inspect"],
    ["inspect", "-f", "json"],
    ["check"],
    ["check", "-f", "json"],
    ["report", "-o", "OUT.xlsx", "--detail"],
    ["profile", "init"],
    ["deadlines", "--preset", "petition"],
    ["summarize", "--map", "unit=column:C"],
]


@pytest.mark.parametrize(
    ("lang", "header"),
    [*(("zh", one) for one in HEADERS["zh"].split()), *(("en", one) for one in HEADERS["en"].split(";"))],
)
def test_no_command_prints_a_name_under_an_odd_header(tmp_path, lang, header):
    path = tmp_path / "log.csv"
    if lang == "zh":
        cells = [["来访日期", "层级", header, "办理状态"], *planted(LEVELS, PEOPLE, ["已办结", "办理中"])]
    else:
        cells = [["Received", "Case ID", header, "Status"], *planted(["C-1", "C-2", "C-3"], ENGLISH, ["Closed", "Open"])]
    write(path, [Sheet("s", cells)], "csv")
    headers = [*HEADERS["zh"].split(), *HEADERS["en"].split(";")]
    for words in COMMANDS[headers.index(header) % TURNS :: TURNS]:
        done, data = outputs(
            tmp_path, [*(word.replace("OUT", str(tmp_path / "out")) for word in words), "--lang", lang, str(path)]
        )
        assert done.returncode in {0, 1, 2, 3}, done.stderr
        assert [part for part in PARTS if part in data.decode("utf-8", "replace")] == [], words
