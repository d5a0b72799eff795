"""Which rows make one record: merged cells with other units and states, and rows that are events of one case."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.logs import book, codes, refused, report, text_file, total
from tests.writers import Sheet, write
from xfstats import summarize
from xfstats.errors import UsageFault

EACH = {"tables": {"read": {"rows": "each"}}}
PER = {"tables": {"read": {"per": "case_no"}}}


def merged(folder, one, other, form="xlsx", header="工单编号 登记日期 责任单位 办理状态"):
    """Five cases over two merged rows each, with these cells of unit and state."""
    rows = [header.split()]
    merges = []
    for number in range(1, 6):
        rows += [[f"C-{number}", f"2024-05-0{number}", *one], [None, None, *other]]
        merges += [(2 * number, column, 2 * number + 1, column) for column in (1, 2)]
    path = folder / f"log.{form}"
    write(path, [Sheet("Sheet1", rows, merges=merges)], form)
    return path


def by_unit(made):
    rows = {row.group["unit"]: row.block.figures for row in made.tables[0].rows}
    return {unit: (figures["cases"], figures.get("closed")) for unit, figures in rows.items()}, [
        said.code for said in made.findings
    ]


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize(
    ("one", "other", "unit"),
    [(["甲局", "已办结"], ["乙局", "办理中"], "甲局"), (["乙局", "办理中"], ["甲局", "已办结"], "乙局")],
)
def test_case_of_two_units_is_closed_where_both_are(tmp_path, one, other, unit, form):
    made = report(merged(tmp_path, one, other, form), by="unit")
    assert by_unit(made) == ({unit: (5, 0)}, ["W263"])
    assert (made.findings[0].rows, "--rows each" in made.findings[0].message) == (5, True)
    assert made.reconciliation.reasons["skipped"] == {"continuation": 5}


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_each_row_of_a_merged_case_is_a_record_where_asked_for(tmp_path, form):
    path = merged(tmp_path, ["甲局", "已办结"], ["乙局", "办理中"], form)
    made = report(path, by="unit", words=EACH, period="2024-05")
    assert by_unit(made) == ({"甲局": (5, 5), "乙局": (5, 0)}, [])
    assert summarize(path, rows="each", by="unit", as_of="2026-11-02").reconciliation.counted == 10


@pytest.mark.parametrize(
    ("other", "closed", "codes"),
    [
        ([None, None], 5, []),
        (["同上", "同上"], 5, []),
        (["甲局", "已办结"], 5, []),
        (["乙局", "已办结"], 5, ["W263"]),
        (["乙局", None], 5, ["W263"]),
        ([None, "办理中"], 0, ["W263"]),
        (["乙局", "流转中"], 0, ["W263"]),
    ],
)
def test_only_filled_cells_of_further_rows_speak(tmp_path, other, closed, codes):
    made = report(merged(tmp_path, ["甲局", "已办结"], other), by="unit")
    assert by_unit(made) == ({"甲局": (5, closed)}, codes)


def test_english_case_of_two_agencies(tmp_path):
    header = "Case_number Received Agency Status"
    path = merged(tmp_path, ["Parks", "Closed"], ["Streets", "Open"], header=header)
    assert by_unit(report(path, by="unit")) == ({"Parks": (5, 0)}, ["W263"])
    assert by_unit(report(path, by="unit", words=EACH)) == ({"Parks": (5, 5), "Streets": (5, 0)}, [])


def test_case_of_a_web_page_with_rowspans(tmp_path):
    cells = "".join(
        f'<tr><td rowspan="2">C-{day}</td><td rowspan="2">2024-05-0{day}</td><td>甲局</td><td>已办结</td></tr>'
        "<tr><td>乙局</td><td>办理中</td></tr>"
        for day in range(1, 6)
    )
    head = "<tr><td>工单编号</td><td>登记日期</td><td>责任单位</td><td>办理状态</td></tr>"
    path = text_file(tmp_path, f"<html><meta charset='utf-8'><table>{head}{cells}</table></html>", "log.xls")
    assert by_unit(report(path, by="unit")) == ({"甲局": (5, 0)}, ["W263"])
    assert by_unit(report(path, by="unit", words=EACH)) == ({"甲局": (5, 5), "乙局": (5, 0)}, [])


@pytest.mark.parametrize(("other", "closed", "days"), [("2024-05-20", 5, 17), (None, 5, 7), ("2027-01-01", 0, None)])
def test_case_is_closed_on_the_last_of_its_days(tmp_path, other, closed, days):
    path = merged(tmp_path, ["甲局", "2024-05-10"], ["乙局", other], header="工单编号 登记日期 责任单位 办结日期")
    made = report(path, by="unit", measure="cases,closed,median_days")
    figures = made.tables[0].total
    assert (figures["cases"], figures["closed"]) == (5, closed)
    assert figures["median_days"].value == days


def test_case_that_another_unit_keeps_open_is_outside_a_period_of_closing(tmp_path):
    header = "工单编号 登记日期 责任单位 办理状态 办结日期"
    path = merged(tmp_path, ["甲局", "已办结", "2024-05-10"], ["乙局", "办理中", None], header=header)
    made = report(path, period="2024-05", date_by="closed_on")
    assert (made.reconciliation.counted, made.reconciliation.outside) == (0, 5)


def test_merged_heads_and_settled_flags(tmp_path):
    rows = [["来访日期", "来访人数", "责任单位", "是否办结", "息诉罢访"]]
    rows += [["2024-05-01", 4, "甲局", "是", "是"], [None, None, "乙局", "否", None], ["2024-05-02", 2, "甲局", "是", "是"]]
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("Sheet1", rows, merges=[(2, 1, 3, 1), (2, 2, 3, 2)])], "xlsx")
    once, each = report(path), report(path, words=EACH)
    measures = ("visits", "persons", "closed", "settled")
    assert [once.tables[0].total[key] for key in measures] == [2, 6, 1, 2]
    assert [each.tables[0].total[key] for key in measures] == [3, 10, 2, 2]


EVENTS = (
    "{0},opened_at,state,assignment_group\nI1,2024-05-01,New,North\nI1,2024-05-01,Closed,South\n"
    "I2,2024-05-02,New,North\nI2,2024-05-02,In Progress,North\n"
)


@pytest.mark.parametrize(
    "header",
    [
        "Incident ID",
        "Incident Number",
        "number",
        "Ticket #",
        "Tracking Number",
        "Work Order Number",
        "工单编号",
        "Enquiry reference",
        "事项编码",
    ],
)
def test_rows_that_share_a_number_are_said_and_counted_as_one_where_asked_for(tmp_path, header):
    path = text_file(tmp_path, EVENTS.format(header))
    made = report(path)
    assert (made.tables[0].total["cases"], codes(made)) == (4, ["W205"])
    assert "--per case_no" in made.findings[0].message
    made = report(path, words=PER)
    assert (made.tables[0].total["cases"], made.tables[0].total["closed"]) == (2, 1)
    assert (codes(made), made.findings[0].rows) == (["W264"], 2)
    assert made.reconciliation.reasons["skipped"] == {"earlier-entry": 2}


@pytest.mark.parametrize(
    ("times", "state"),
    [
        (("2024-05-03 09:00", "2024-05-03 10:00"), "Closed"),
        (("2024-05-03 10:00 AM", "2024-05-03 9:00 AM"), "New"),
        (("5/3/2024 1:00 PM", "5/3/2024 11:00 AM"), "New"),
        (("2024-05-03T10:00:00", "2024-05-04T09:00:00"), "Closed"),
    ],
)
def test_the_latest_change_gives_state_and_group(tmp_path, times, state):
    log = "number,opened_at,state,category,sys_updated_at\n"
    log += "".join(f"X{day},2024-05-0{day},Closed,net,5/{day + 12}/2024 1:00 PM\n" for day in range(1, 5))
    log += f"I1,2024-05-06,New,net,{times[0]}\nI1,2024-05-05,Closed,web,{times[1]}\n"
    made = report(text_file(tmp_path, log), words=PER, by="category")
    figures = {row.group["category"]: row.block.figures["cases"] for row in made.tables[0].rows}
    assert figures == ({"net": 4, "web": 1} if state == "Closed" else {"net": 5})
    assert made.tables[0].total["closed"] == (5 if state == "Closed" else 4)
    assert codes(made) == ["W226"]


def test_the_latest_change_of_cells_that_are_times(tmp_path):
    rows = [["工单编号", "登记日期", "状态", "更新时间"]]
    rows += [
        ["1", date(2024, 5, 2), "已办结", datetime(2024, 5, 3, 10)],
        ["1", date(2024, 5, 1), "办理中", datetime(2024, 5, 3, 9)],
    ]
    rows += [["2", date(2024, 5, 2), "办理中", None]]
    path = tmp_path / "log.xlsx"
    write(path, [Sheet("Sheet1", rows)], "xlsx")
    made = report(path, words=PER)
    assert (made.tables[0].total["cases"], made.tables[0].total["closed"], made.findings) == (2, 1, ())


def test_day_of_receipt_is_the_earliest_and_the_period_is_judged_after(tmp_path):
    log = "Case number,Received,Closed,Status\n1,2024-04-30,,Open\n1,2024-05-05,2024-05-10,Closed\n2,2024-05-02,,Open\n"
    made = report(text_file(tmp_path, log), words=PER, period="2024-05")
    assert (made.tables[0].total["cases"], made.reconciliation.outside) == (1, 1)
    made = report(text_file(tmp_path, log), words=PER, measure="median_days")
    assert made.tables[0].total["median_days"].value == 10


def test_numbers_are_the_same_in_every_form_and_blank_ones_stand_alone(tmp_path):
    rows = [
        ["工单编号", "登记日期", "状态"],
        [12, "2024-05-01", "办理中"],
        ["12", "2024-05-02", "已办结"],
        [12.0, "2024-05-03", "办理中"],
    ]
    rows += [[None, "2024-05-04", "已办结"], [None, "2024-05-04", "办理中"]]
    path = tmp_path / "log.xlsx"
    write(path, [Sheet("Sheet1", rows)], "xlsx")
    made = report(path, words=PER)
    assert (made.tables[0].total["cases"], made.tables[0].total["closed"]) == (3, 1)


@pytest.mark.parametrize(
    ("log", "code"),
    [
        ("来访日期,人数,信访编号\n2024-05-01,2,1\n2024-05-02,2,1\n", "E349"),
        ("登记日期,责任单位,状态\n2024-05-01,甲局,已办结\n", "E305"),
    ],
)
def test_rows_per_number_are_refused_where_there_is_none_or_rows_are_visits(tmp_path, log, code):
    assert refused(text_file(tmp_path, log), words=PER).code == code


def test_numbers_that_a_spreadsheet_cut_short_tell_no_case(tmp_path):
    log = "工单编号,登记日期,状态\n" + "".join(f"2.02405E+11,2024-05-0{day},已办结\n" for day in range(1, 7))
    for words in (None, PER):
        made = report(text_file(tmp_path, log), words=words)
        assert (made.tables[0].total["cases"], codes(made)) == (6, ["W266"])


def test_values_of_the_options(tmp_path):
    path = text_file(tmp_path, EVENTS.format("number"))
    with pytest.raises(UsageFault):
        summarize(path, rows="all")
    assert summarize(path, per="case_no", as_of="2026-11-02").tables[0].total["cases"] == 2


def test_rows_of_a_case_without_a_day_of_receipt(tmp_path):
    log = "工单编号,责任单位,状态\nA1,甲局,办理中\nA1,甲局,已办结\nA2,乙局,已办结\n"
    total = report(text_file(tmp_path, log), words=PER).tables[0].total
    assert (total["cases"], total["closed"]) == (2, 2)


MERGED = [
    ["序号", "乡镇", "来访日期", "来访人数"],
    [1, "甲镇", "2024-5-1", 2],
    [None, None, "2024-5-2", 3],
    [2, "乙镇", "2024-5-3", 4],
]


def test_rows_with_dates_and_heads_of_their_own_are_records_though_their_number_is_merged(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", MERGED, merges=[(2, 1, 3, 1), (2, 2, 3, 2)])], "xlsx")
    assert total(report(path))["persons"] == 9


def test_heads_beside_a_merged_record_are_rejected_not_lost(tmp_path):
    rows = [[*row[:2], day, *row[3:]] for row, day in zip(MERGED, ("来访日期", "2024-5-1", None, "2024-5-3"), strict=True)]
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", rows, merges=[(2, 1, 3, 1), (2, 3, 3, 3)])], "xlsx")
    assert report(path).reconciliation.reasons["rejected"] == {"merged-heads": 1}


@pytest.mark.parametrize("ditto", ["同上", "〃", "″"])
def test_ditto_is_what_the_record_above_says(tmp_path, ditto):
    rows = f"1 2024-5-1 2 市级 已办结\n2 {ditto} 3 {ditto} {ditto}\n小计 . 5 . .\n3 {ditto} 1 {ditto} 办理中\n"
    made = report(book(tmp_path, f"序号 来访日期 来访人数 接访级别 办理状态\n{rows}"))
    (table,) = made.tables
    assert (total(made)["visits"], total(made)["closed"], codes(made)) == (3, 2, [])
    assert (table.shown("zh")["市级"]["visits"], table.span.last) == ("3", date(2024, 5, 1))


def test_ditto_under_nothing_is_no_day(tmp_path):
    log = "序号 来访日期 来访人数 接访级别\n1 同上 2 市级\n2 2024-5-2 3 市级\n"
    assert report(book(tmp_path, log)).reconciliation.reasons["rejected"] == {"date-text": 1}
