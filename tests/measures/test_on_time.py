"""A log's own column of timeliness: what it says of time, and what of closing."""

import pytest

from tests.logs import report
from tests.writers import Sheet, write
from xfstats.errors import InputFault
from xfstats.reports.figures import Pair

KEYS = ["closed", "open", "closed_in_time", "closed_late", "on_time_rate"]


def log(folder, rows, fmt="csv", name="包案台账"):
    path = folder / name
    write(path, [Sheet("包案", rows)], fmt)
    return path


def total(path, **options):
    return report(path, log="cases", measure=KEYS, **options).tables[0].total


def figures(closed, late, still):
    return {
        "closed": closed,
        "open": still,
        "closed_in_time": closed - late,
        "closed_late": late,
        "on_time_rate": Pair(closed - late, closed),
    }


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "xls", "ods"])
@pytest.mark.parametrize(
    ("header", "yes", "no"), [("是否按期办结", "是", "否"), ("办结是否超期", "否", "是"), ("Closed on time?", "Yes", "No")]
)
def test_beside_a_close_date_it_says_in_time_or_late_and_not_closed(tmp_path, fmt, header, yes, no):
    rows = [["案件编号", "登记日期", "办结日期", header]]
    rows += [["A1", "2024-05-01", "2024-05-09", yes], ["A2", "2024-05-02", "2024-05-29", no], ["A3", "2024-05-03", None, None]]
    assert total(log(tmp_path, rows, fmt)) == figures(2, 1, 1)


@pytest.mark.parametrize(
    ("header", "yes", "no", "closed"),
    [("是否按期办结", "是", "否", 2), ("是否按期", "是", "否", 2), ("是否超期", "否", "是", 1), ("made_sla", "true", "false", 1)],
)
def test_a_yes_without_a_day_closes_where_the_column_asks_of_closing(tmp_path, header, yes, no, closed):
    rows = [["案件编号", "登记日期", "办结日期", header]]
    rows += [["A1", "2024-05-01", "2024-05-09", yes], ["A2", "2024-05-02", None, no], ["A3", "2024-05-03", None, yes]]
    assert total(log(tmp_path, rows)) == figures(closed, 0, 3 - closed)


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("超期", "否", "是"),
        ("该事项是否超期", "否", "是"),
        ("办结情况·是否超期", "否", "是"),
        ("是否在规定时限内办结", "是", "否"),
        ("是否及时办结", "是", "否"),
        ("Has breached SLA", "N", "Y"),
        ("Delayed", "N", "Y"),
    ],
)
def test_what_a_yes_means_is_told_by_the_header(tmp_path, header, yes, no):
    rows = [["案件编号", "登记日期", "办理状态", header]]
    rows += [["A1", "2024-05-01", "已办结", yes], ["A2", "2024-05-02", "已办结", no], ["A3", "2024-05-03", "办理中", None]]
    assert total(log(tmp_path, rows)) == figures(2, 1, 1)


def test_a_mapped_header_of_lateness_says_late_by_yes(tmp_path):
    rows = [
        ["案件编号", "登记日期", "办理状态", "超期标志"],
        ["A1", "2024-05-01", "已办结", "是"],
        ["A2", "2024-05-01", "已办结", "否"],
    ]
    assert total(log(tmp_path, rows), maps=["on_time_flag=超期标志"]) == figures(2, 1, 0)


@pytest.mark.parametrize("header", ["超期", "Overdue", "In time", "Late"])
def test_numbers_and_times_under_such_a_header_are_none(tmp_path, header):
    rows = [["案件编号", "登记日期", "办理状态", header]]
    for more in (["3", "5", "12"], ["9:05", "10:30", "14:00"]):
        own = [[f"A{n}", f"2024-05-0{n}", "已办结", one] for n, one in enumerate(more, 1)]
        made = report(log(tmp_path, [*rows, *own]), log="cases", words={"preset": "petition"})
        assert made.tables[0].total["closed"] == 3
        assert [one.code for one in made.findings if one.code == "W221"] == []


@pytest.mark.parametrize(("header", "yes", "no"), [("是否按期办结", "是", "否"), ("Completed within SLA", "Y", "N")])
def test_without_another_column_of_closing_a_yes_closes(tmp_path, header, yes, no):
    rows = [["案件编号", "登记日期", header], *([f"A{n}", f"2024-05-0{n}", yes if n < 4 else no] for n in range(1, 6))]
    made = report(log(tmp_path, rows), log="cases", measure=KEYS)
    assert made.tables[0].total == figures(3, 0, 2)
    assert header in made.tables[0].definitions["closed"]


@pytest.mark.parametrize(
    ("header", "kept", "late"),
    [
        ("ontime", "ONTIME", "OVERDUE"),
        ("made_sla", "true", "false"),
        ("Timely response?", "Yes", "No"),
        ("SLA breached", "no", "yes"),
        ("Overdue", "No", "Yes"),
    ],
)
def test_beside_a_status_it_says_nothing_of_closing(tmp_path, header, kept, late):
    rows = [["Case ID", "Opened", "Status", header]]
    rows += [["1", "2024-05-01", "Closed", kept], ["2", "2024-05-02", "Closed", late], ["3", "2024-05-03", "Open", kept]]
    assert total(log(tmp_path, rows, name="cases")) == figures(2, 1, 1)


def test_words_of_closing_in_it_close(tmp_path):
    rows = [
        ["案件编号", "登记日期", "按期办结情况"],
        ["A1", "2024-05-01", "按期办结"],
        ["A2", "2024-05-02", "超期办结"],
        ["A3", "2024-05-03", None],
    ]
    assert total(log(tmp_path, rows)) == figures(2, 1, 1)


def test_it_wins_over_the_due_day_and_that_is_said(tmp_path):
    rows = [["案件编号", "登记日期", "办结期限", "办结日期", "是否按期办结"]]
    rows += [["A1", "2024-05-01", "2024-05-05", "2024-05-09", "是"], ["A2", "2024-05-02", "2024-05-31", "2024-05-09", None]]
    made = report(log(tmp_path, rows), log="cases", measure=KEYS)
    assert made.tables[0].total == figures(2, 0, 0)
    assert [(one.rows, one.at) for one in made.findings if one.code == "W250"] == [(1, ("E2",))]
    assert any("“是否按期办结”" in note and "1" in note for note in made.tables[0].notes)


def test_a_day_after_as_of_is_in_nothing_on_time(tmp_path):
    rows = [["案件编号", "登记日期", "办结日期", "办理状态", "是否按期办结"]]
    rows += [["A1", "2024-05-01", "2027-05-09", "已办结", "是"], ["A2", "2024-05-02", "2024-05-09", "已办结", "是"]]
    found = total(log(tmp_path, rows))
    assert (found["closed"], found["on_time_rate"]) == (2, Pair(1, 1))


def test_an_open_matter_is_overdue_by_its_due_day_alone(tmp_path):
    rows = [["案件编号", "登记日期", "办结期限", "办结日期", "是否按期办结"]]
    rows += [["A1", "2024-05-01", "2024-05-05", None, "否"], ["A2", "2024-05-02", None, None, "否"]]
    made = report(log(tmp_path, rows), log="cases", measure=[*KEYS, "overdue"])
    assert made.tables[0].total == {**figures(0, 0, 2), "overdue": 1, "on_time_rate": Pair(0, 1)}


def test_two_such_columns_are_a_tie_only_where_one_is_asked_for(tmp_path):
    rows = [["Case ID", "Opened", "Status", "Response SLA met", "Met SLA", "Within SLA"]]
    rows += [[str(n), f"2024-05-0{n}", "Closed", "Yes", "Yes", "No"] for n in range(1, 4)]
    path = log(tmp_path, rows, name="cases")
    assert report(path, log="cases").tables[0].total["closed"] == 3
    with pytest.raises(InputFault) as caught:
        total(path)
    assert caught.value.code == "E306"


def test_an_unknown_word_is_said_and_can_be_placed(tmp_path):
    rows = [
        ["Case ID", "Opened", "Status", "On time"],
        *([str(n), f"2024-05-0{n}", "Closed", "green" if n > 3 else "yes"] for n in range(1, 8)),
    ]
    path = log(tmp_path, rows, name="cases")
    assert total(path)["on_time_rate"] == Pair(3, 3)
    assert [one.rows for one in report(path, log="cases", measure=KEYS).findings if one.code == "W221"] == [4]
    own = tmp_path / "office.toml"
    own.write_text('[on_time_flag]\nyes = ["green"]\n', "utf-8")
    assert total(path, profile=own)["on_time_rate"] == Pair(7, 7)


def test_a_column_of_counts_in_time_is_a_table_of_totals(tmp_path):
    rows = [["单位", "受理件数", "按期办结"], ["甲局", 12, 9], ["乙局", 9, 8], ["丙局", 5, 5]]
    with pytest.raises(InputFault):
        report(log(tmp_path, rows))


def test_a_record_over_merged_rows_is_closed_in_time_where_each_row_is(tmp_path):
    rows = [["案件编号", "登记日期", "责任单位", "是否按期办结"]]
    rows += [
        ["A1", "2024-05-01", "甲局", "是"],
        [None, None, "乙局", "否"],
        ["A2", "2024-05-02", "甲局", "是"],
        [None, None, "乙局", "是"],
    ]
    path = tmp_path / "包案.xlsx"
    write(path, [Sheet("包案", rows, merges=((2, 1, 3, 1), (2, 2, 3, 2), (4, 1, 5, 1), (4, 2, 5, 2)))], "xlsx")
    assert report(path, log="cases", measure=["cases", "closed"]).tables[0].total == {"cases": 2, "closed": 1}
