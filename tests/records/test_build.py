"""A small log in, its printed table out: levels, states, rejected and skipped rows, groups, and what is refused."""

import pytest

from tests.logs import book, codes, refused, report, shown, total
from xfstats.errors import InputFault, UsageFault

VISITS = """
    序号  接访日期    接访级别  来访人数  办理状态
    1     2024-05-06  市级      2         息诉罢访
    2     2024-05-07  市级      1         办理中
    3     2024-05-07  乡镇      3         已办结
"""


def test_levels_are_printed_from_high_to_low_and_rates_by_the_pair(tmp_path):
    assert shown(tmp_path, VISITS) == {
        "市级": {
            "visits": "2", "persons": "3", "closed": "1", "closure_rate": "50.00%", "settled": "1", "settlement_rate": "50.00%",
        },
        "乡级": {
            "visits": "1", "persons": "3", "closed": "1", "closure_rate": "100.00%", "settled": "0", "settlement_rate": "0.00%",
        },
        "合计": {
            "visits": "3", "persons": "6", "closed": "2", "closure_rate": "66.67%", "settled": "1", "settlement_rate": "33.33%",
        },
    }  # fmt: skip


def test_a_word_may_be_in_several_sets_but_no_set_implies_another(tmp_path):
    log = "包案级别 办理状态 案件编号\n市级 息诉罢访 1\n市级 已办结 2\n市级 已化解 3\n"
    table = report(book(tmp_path, log, "包案.xlsx")).tables[0]
    assert [table.total[key] for key in ("cases", "closed", "settled", "resolved")] == [3, 3, 1, 1]


def test_excluded_rows_stay_in_the_count_and_leave_the_base(tmp_path):
    log = "包案级别 办理状态 案件编号\n市级 已办结 1\n市级 不予受理 2\n市级 办理中 3\n"
    made = report(book(tmp_path, log, "包案.xlsx"))
    total = made.tables[0].shown()["合计"]
    assert (total["cases"], total["excluded"], total["closed"], total["closure_rate"]) == ("3", "1", "1", "50.00%")


def test_a_yes_no_column_decides_its_own_set(tmp_path):
    log = "接访日期 接访级别 来访人数 办理状态 息诉罢访\n2024-1-2 市级 1 息诉罢访 否\n2024-1-2 市级 1 办理中 是\n"
    total = shown(tmp_path, log)["合计"]
    assert (total["closed"], total["settled"]) == ("1", "1")


def test_a_close_date_closes_only_where_nothing_else_tells(tmp_path):
    log = "接访日期 接访级别 来访人数 办结日期\n2024-1-2 市级 1 2024-1-5\n2024-1-2 市级 1 .\n2026-11-1 市级 1 2026-12-1\n"
    total = shown(tmp_path, log)["合计"]
    assert (total["closed"], total["closure_rate"]) == ("1", "33.33%")


def test_the_status_wins_over_the_date_and_the_conflict_is_found(tmp_path):
    log = "接访日期 接访级别 来访人数 办理状态 办结日期\n2024-1-2 市级 1 办理中 2024-1-5\n2024-1-2 市级 1 已办结 2024-1-9\n"
    made = report(book(tmp_path, log))
    assert made.tables[0].total["closed"] == 1
    assert codes(made) == ["W203"]


def test_a_blank_level_is_a_group_of_its_own_and_last(tmp_path):
    log = "接访日期 接访级别 来访人数\n2024-1-2 . 1\n2024-1-2 县级 1\n"
    assert list(shown(tmp_path, log)) == ["县级", "未归类", "合计"]


def test_an_unknown_status_word_is_in_no_set_and_its_rows_are_named(tmp_path):
    log = "接访日期 接访级别 来访人数 办理状态\n" + "2024-1-2 市级 1 甩锅\n" * 3 + "2024-1-3 市级 2 已办结\n" * 7
    made = report(book(tmp_path, log))
    finding = next(said for said in made.findings if said.code == "W201")
    assert "甩锅 3" in finding.message
    assert "--map-status" in finding.message
    assert made.tables[0].total["closed"] == 7
    assert made.attention


def test_map_status_and_map_level_place_a_word(tmp_path):
    log = "接访日期 接访级别 来访人数 办理状态\n2024-1-2 社区 1 甩锅\n2024-1-3 乡级 2 已办结\n"
    words = {"statuses": [("甩锅", "closed,settled"), ("已办结", "open")], "levels": [("社区", "乡级")]}
    made = report(book(tmp_path, log), words=words)
    assert list(made.tables[0].shown()) == ["乡级", "合计"]
    assert [made.tables[0].total[key] for key in ("closed", "settled")] == [1, 1]


def test_bad_rows_are_rejected_once_with_their_first_reason_and_never_become_zero(tmp_path):
    log = """
        序号 接访日期   接访级别 来访人数
        1    2024-02-30 市级     若干
        2    2024-02-28 市级     若干
        3    2024-02-28 市级     .
        4    2024-02-28 市级     3
    """
    made = report(book(tmp_path, log))
    assert made.reconciliation.reasons["rejected"] == {"date-range": 1, "number-text": 1, "persons-blank": 1}
    assert made.tables[0].total == {"visits": 1, "persons": 3}
    assert [(one.row, one.column, one.reason) for one in made.inputs[0].tally.rejects] == [
        (2, "B", "date-range"),
        (3, "D", "number-text"),
        (4, "D", "persons-blank"),
    ]


def test_a_blank_date_counts_unless_a_period_is_judged_by_it(tmp_path):
    log = "接访日期 接访级别 来访人数\n. 市级 1\n2024-1-2 市级 2\n2024-2-2 县级 4\n"
    assert report(book(tmp_path, log)).tables[0].total["visits"] == 3
    made = report(book(tmp_path, log), period="2024-01")
    assert made.reconciliation.reasons == {"rejected": {"date-blank": 1}, "skipped": {}, "outside": {"period": 1}}
    assert made.tables[0].shown()["县级"] == {"visits": "0", "persons": "0"}


def test_total_and_header_rows_are_skipped_with_their_reason(tmp_path):
    log = """
        序号 接访日期 接访级别 来访人数
        1 2 3 4
        1 2024-1-2 市级 1
        小计 . . 1
        序号 接访日期 接访级别 来访人数
        2 2024-1-2 市级 2
        合计 . . 3
        备注：数据截至一月 . . .
        5 . . .
    """
    made = report(book(tmp_path, log))
    assert made.reconciliation.reasons["skipped"] == {
        "blank": 1, "column-numbers": 1, "footnote": 1, "repeated-header": 1, "subtotal": 1, "total": 1,
    }  # fmt: skip
    assert made.tables[0].total == {"visits": 2, "persons": 3}
    assert not made.findings


def test_a_total_row_that_disagrees_is_found(tmp_path):
    log = "接访日期 接访级别 来访人数\n2024-1-2 市级 1\n合计 . 7\n"
    finding = report(book(tmp_path, log)).findings[0]
    assert (finding.code, finding.finding.values["stated"], finding.finding.values["computed"]) == ("W209", 7, 1)


def test_a_batches_column_weighs_every_count_and_that_is_said(tmp_path):
    log = "接访日期 接访级别 批次 人次 办理状态\n2024-1-2 市级 3 10 已办结\n2024-1-3 市级 1 2 办理中\n"
    table = report(book(tmp_path, log)).tables[0]
    assert [table.total[key] for key in ("visits", "persons", "closed")] == [4, 12, 3]
    assert "“批次”列合计" in table.definitions["visits"]


def test_vertical_merges_fill_groups_and_make_one_record_of_one_head_count(tmp_path):
    log = "接访日期 接访级别 来访人数\n2024-1-2 市级 5\n2024-1-2 . .\n2024-1-3 . 2\n"
    path = book(tmp_path, log, merges=[(2, 2, 4, 2), (2, 3, 3, 3)])
    made = report(path)
    assert made.tables[0].shown()["市级"] == {"visits": "2", "persons": "7"}
    assert made.reconciliation.reasons["skipped"] == {"continuation": 1}


def test_an_exact_duplicate_is_counted_and_found_or_rejected_if_asked(tmp_path):
    log = "序号 接访日期 接访级别 来访人数\n1 2024-1-2 市级 1\n2 2024-1-2 市级 1\n"
    made = report(book(tmp_path, log))
    assert (made.tables[0].total["visits"], made.findings[0].code) == (2, "W204")
    made = report(book(tmp_path, log), duplicates="reject")
    assert (made.tables[0].total["visits"], made.reconciliation.reasons["rejected"]) == (1, {"duplicate": 1})


def test_groups_nest_in_the_order_asked_for_with_subtotals(tmp_path):
    log = """
        接访日期 接访级别 责任单位 来访人数
        2024-1-2 市级     甲局     1
        2024-1-2 市级     乙局     1
        2024-1-2 市级     乙局     1
        2024-1-2 县级     乙局     1
    """
    table = report(book(tmp_path, log), by="unit,level").tables[0]
    assert [(tuple(row.group.values()), row.figures["visits"], row.subtotal) for row in table.rows] == [
        (("乙局", "市级"), 2, False),
        (("乙局", "县级"), 1, False),
        (("乙局",), 3, True),
        (("甲局", "市级"), 1, False),
        (("甲局",), 1, True),
    ]


def test_without_a_level_the_table_is_grouped_by_what_the_log_has_and_that_is_said(tmp_path):
    log = "接访日期 责任单位 来访人数\n2024-1-2 甲局 1\n"
    table = report(book(tmp_path, log)).tables[0]
    assert (table.by, len(table.notes)) == (("unit",), 1)


@pytest.mark.parametrize(
    ("log", "code", "says"),
    [
        ("接访日期 接访级别 来访人数 接访日期\n2024-1-2 市级 1 2024-1-3\n", "E306", "received_on=column:A"),
        ("姓名 电话 住址\n甲 1 乙\n丙 2 丁\n甲 1 乙\n", "E309", "--header"),
        ("接访日期 接访级别 来访人数\n", "E310", "0"),
        ("接访日期 接访级别 来访人数\n2024-13-1 市级 1\n", "E310", "1"),
        ("接访日期 级别 结案 息诉罢访\n2024-1-2 市级 41 38\n2024-1-2 县级 77 59\n", "E312", "totals"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_what_to_type(tmp_path, log, code, says):
    with pytest.raises(InputFault, match=says) as caught:
        report(book(tmp_path, log))
    assert caught.value.code == code


def test_a_field_that_is_asked_for_and_missing_is_named(tmp_path):
    with pytest.raises(InputFault, match="--map region=HEADER"):
        report(book(tmp_path, VISITS), by="region")


def test_a_column_that_looks_like_identity_numbers_cannot_be_a_group(tmp_path):
    rows = "".join(f"2024-1-2 市级 1 1380000{number:04}\n" for number in range(60))
    assert refused(book(tmp_path, f"接访日期 接访级别 来访人数 责任单位\n{rows}"), by="unit").code == "E327"


def test_names_are_no_groups_unless_the_column_is_given_and_numbers_never_are(tmp_path):
    names = "".join(f"2024-1-2 市级 1 第{number}村\n" for number in range(60))
    path = book(tmp_path, f"接访日期 接访级别 来访人数 责任单位\n{names}")
    with pytest.raises(InputFault, match="--map unit=HEADER") as caught:
        report(path, by="unit")
    assert caught.value.code == "E318"
    assert len(report(path, by="unit", maps=["unit=责任单位"]).tables[0].rows) == 60
    numbers = "".join(f"2024-1-2 市级 1 1380000{number:04}\n" for number in range(60))
    assert (
        refused(book(tmp_path, f"接访日期 接访级别 来访人数 责任单位\n{numbers}"), by="unit", maps=["unit=责任单位"]).code
        == "E327"
    )


@pytest.mark.parametrize(
    "number", ["110101199003074477", "甲局(11010119900307002x)", "138-0013-8000", "甲局13800138000转", "110101900307447"]
)
def test_a_stray_number_of_a_person_is_never_a_group(tmp_path, number):
    """Fewer than one in a hundred do not make the column a column of numbers; more do, alone or within a text."""
    stray = "2024-1-2 市级 1 {}\n".format
    path = book(tmp_path, "接访日期 接访级别 来访人数 责任单位\n" + stray("甲局") * 200 + stray(number) + stray("乙局") * 100)
    made = report(path, by="unit", maps=["unit=责任单位"])
    assert {row.group["unit"]: row.figures["visits"] for row in made.tables[0].rows} == {"甲局": 200, "乙局": 100, None: 1}
    assert [(said.code, said.rows, said.at) for said in made.findings if said.code == "W247"] == [("W247", 1, ("D202",))]
    assert (
        refused(book(tmp_path, "接访日期 接访级别 来访人数 责任单位\n" + stray("甲局") * 9 + stray(number)), by="unit").code
        == "E327"
    )


@pytest.mark.parametrize(
    "label",
    [
        "11110000000013338W",
        "20240506123",
        "110108012345678",
        "202405061234567",
        "2024-05-06 甲组",
        "0000000000000000001",
        "甲局 12345",
    ],
)
def test_codes_of_units_are_groups(tmp_path, label):
    text = "接访日期 接访级别 来访人数 责任单位\n" + f"2024-1-2 市级 1 {label.replace(' ', '_')}\n" * 3
    assert [row.group["unit"] for row in report(book(tmp_path, text), by="unit").tables[0].rows] == [label.replace(" ", "_")]


@pytest.mark.parametrize(("to", "code"), [("column:D", "E328"), ("来访人姓名", "E328"), ("column:ZZ", "E285")])
def test_a_column_about_persons_serves_as_nothing_else(tmp_path, to, code):
    path = book(tmp_path, "接访日期 接访级别 来访人数 来访人姓名\n2024-1-2 市级 1 某甲\n2024-1-3 市级 1 某甲\n")
    assert refused(path, by="post", maps=[f"post={to}"]).code == code


def test_a_profile_cannot_make_a_field_of_a_column_about_persons(tmp_path):
    path = book(tmp_path, "接访日期 接访级别 来访人数 来访人姓名\n2024-1-2 市级 1 某甲\n")
    profile = tmp_path / "own.toml"
    profile.write_text('[columns]\npost = ["来访人姓名"]\n', "utf-8")
    with pytest.raises(UsageFault, match="line 2: 来访人姓名 heads a column about persons"):
        report(path, by="post", profile=profile)


def test_a_header_row_below_the_sheet_is_no_header(tmp_path):
    with pytest.raises(InputFault, match="--header N"):
        report(book(tmp_path, VISITS), header="99")


def test_an_outcome_without_a_known_word_leaves_the_status_to_the_close_date(tmp_path):
    log = "Ref Received Closed Outcome\n1 2024-1-2 2024-1-9 Founded\n2 2024-1-3 . .\n3 2024-1-4 2024-1-8 {word}\n"
    made = report(book(tmp_path, log.format(word="Declined"), name="complaints.csv"))
    assert made.tables[0].total["closed"] == 2
    assert not made.findings
    assert "close date" in " ".join(made.tables[0].definitions.values())
    with_status = report(book(tmp_path, log.format(word="Open"), name="complaints2.csv"))
    assert {said.code for said in with_status.findings} == {"W201", "W203"}


def test_dates_under_an_unknown_header_are_what_it_hints(tmp_path):
    log = "工单编号 业主报修的时间 状态 师傅办结的时间\n1 2024-1-2 处理中 .\n2 2024-1-3 已完成 2024-1-5\n"
    made = report(book(tmp_path, log, name="案件.csv"))
    assert (made.tables[0].total["median_days"].value, made.tables[0].total["closed"]) == (2, 1)


def test_dates_of_either_order_are_refused_with_what_to_write(tmp_path):
    with pytest.raises(InputFault, match="--date-order"):
        report(book(tmp_path, "接访日期 接访级别 来访人数\n1/2/2024 市级 1\n"))


def test_a_blank_head_count_is_rejected_unless_the_office_says_what_it_means(tmp_path):
    path = book(tmp_path, "接访日期 接访级别 来访人数\n2024-5-1 县级 2\n2024-5-2 县级 .\n2024-5-3 县级 若干\n")
    assert report(path).reconciliation.reasons["rejected"] == {"number-text": 1, "persons-blank": 1}
    profile = tmp_path / "p.toml"
    profile.write_text("schema = 1\n[read]\npersons_default = 1\n", "utf-8")
    made = report(path, profile=profile)
    assert made.reconciliation.reasons["rejected"] == {"number-text": 1}
    assert made.tables[0].total["persons"] == 3


@pytest.mark.parametrize(
    ("cells", "way"),
    [
        (("5月6日 2", "5月7日 3"), "年份写进标题"),
        (("上旬 2", "中旬 3"), "能读的写法如 2024-5-6"),
        (("2024-5-6 .", "2024-5-7 ."), "persons_default = 1"),
    ],
)
def test_where_no_row_can_be_counted_the_way_out_is_told(tmp_path, cells, way):
    with pytest.raises(InputFault) as caught:
        report(book(tmp_path, "来访日期 来访人数 接访级别\n" + "".join(f"{row} 市级\n" for row in cells)))
    assert (caught.value.code, way in caught.value.sentence("zh")) == ("E310", True)


def test_a_blank_head_count_may_be_said_to_be_one_person(tmp_path):
    path = book(tmp_path, "来访日期 来访人数 接访级别\n2024-5-6 . 市级\n2024-5-7 . 县级\n")
    profile = tmp_path / "xfstats.toml"
    profile.write_text("schema = 1\n[read]\npersons_default = 1\n", "utf-8")
    assert total(report(path, profile=profile))["persons"] == 2
