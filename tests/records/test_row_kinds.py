"""Which rows below the header are records: closing lines, hints, sums of a Subtotal command, and rows that repeat another."""

from __future__ import annotations

from datetime import date

import pytest

from tests.logs import FOUR_VISITS, book, codes, grid, report, text_file, total
from tests.writers import Sheet, write
from xfstats.errors import InputFault

NUMBERED = "工单编号 登记日期 办结日期 状态\n" + "".join(
    f"C-{day:03} 2024-05-{day:02} 2024-05-{day + 3:02} 已办结\n" for day in range(1, 11)
)
REQUESTS = "Ref Received Ward Status\n" + "".join(f"{day} 2024-05-{day:02} North Closed\n" for day in range(1, 11))
SPREAD = (
    "Date,Unit,Status\n2024-05-01,{0},Closed\n2024-05-02,{0},Open\n{1}\n2024-05-03,{2},Closed\n2024-05-04,{2},Closed\n{3}\n{4}\n"
)


def told(made):
    return made.tables[0].total["cases"], made.reconciliation.reasons["skipped"], codes(made)


@pytest.mark.parametrize(
    "line",
    [
        "打印日期 2024-06-01 . .",
        "审核人 2024-06-01 . .",
        "数据截至 . 2024-06-01 .",
        ". 制表时间 2024-06-01 .",
        "2024-06-01 制表 . .",
    ],
)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_closing_line_of_a_label_and_a_day_is_a_footnote(tmp_path, line, form):
    path = book(tmp_path, NUMBERED + line, "log.xlsx")
    if form == "csv":
        path = text_file(
            tmp_path,
            "\n".join(",".join("" if cell == "." else cell for cell in row.split()) for row in (NUMBERED + line).splitlines()),
        )
    made = report(path)
    assert told(made) == (10, {"footnote": 1}, ["W260"])
    assert made.tables[0].shown("zh")["合计"]["closure_rate"] == "100.00%"


def test_closing_line_of_an_english_log_is_named_with_its_row(tmp_path):
    made = report(book(tmp_path, REQUESTS + ". . . .\nReportDate 2024-06-01 . .", "log.xlsx"))
    assert told(made) == (10, {"blank": 1, "footnote": 1}, ["W260"])
    assert made.findings[0].at == ("A13",)


def test_closing_line_with_a_day_that_is_a_cell(tmp_path):
    rows = [*grid(NUMBERED), ["填报日期", date(2024, 6, 1), None, None]]
    path = tmp_path / "log.xlsx"
    write(path, [Sheet("Sheet1", rows)], "xlsx")
    assert told(report(path)) == (10, {"footnote": 1}, ["W260"])


@pytest.mark.parametrize("line", ["C-011 2024-06-01 . .", "补录 2024-06-01 . 已办结", "C-012 2024-06-01 2024-06-02 ."])
def test_last_row_with_a_number_or_a_state_is_a_record(tmp_path, line):
    assert told(report(book(tmp_path, NUMBERED + line, "log.xlsx")))[:2] == (11, {})


def test_last_row_without_its_number_and_with_a_known_unit_is_a_record(tmp_path):
    log = "编号 受理日期 责任单位 状态\n" + "".join(f"{day} 2024-05-0{day} 甲局 已办结\n" for day in (1, 2, 3))
    log += ". 2024-05-04 甲局 .\n"
    assert told(report(book(tmp_path, log, "log.xlsx")))[:2] == (4, {})


def test_a_label_above_a_record_is_no_closing_line(tmp_path):
    assert told(report(book(tmp_path, NUMBERED + "补录 2024-06-01 . .\nC-012 2024-06-02 . 已办结", "log.xlsx")))[:2] == (12, {})


def test_records_that_speak_of_forms_are_no_hints(tmp_path):
    log = (
        "工单编号,工单状态,主要内容,回复内容\n1,回复完成,群众反映表格填写困难,已告知填写方法\n"
        "2,回复完成,申请表格式有误,例如缺少签字\n3,办理中,道路,\n"
    )
    assert told(report(text_file(tmp_path, log)))[:2] == (3, {})


@pytest.mark.parametrize(
    "row",
    [
        "13/05/2024,Closed,form is optional,example given",
        ",Closed,form is optional,required again",
        "05/06/2024,,required,optional",
    ],
)
def test_english_record_that_speaks_of_forms_is_no_hint(tmp_path, row):
    days = "".join(f"{day}/05/2024,Closed,road,done\n" for day in range(14, 20))
    made = report(text_file(tmp_path, f"Received,Status,Request,Reply\n{row}\n{days}"))
    assert told(made)[:2] == (7, {})


@pytest.mark.parametrize(
    "row",
    [
        "示例,2024-01-01,已办结,道路",
        "（必填）,2024-01-01,已办结,选填",
        "必填,格式 2024-1-1,已办结/办理中,选填",
        "例如 C-001,2024-01-01,已办结,选填",
        "例1,2024-01-01,已办结,道路",
        "自动编号,2024-01-01,（示例）,道路",
    ],
)
def test_sample_and_hint_rows_stay_skipped(tmp_path, row):
    made = report(
        text_file(tmp_path, f"工单编号,受理日期,状态,主要内容\n{row}\nC-1,2024-05-01,已办结,路\nC-2,2024-05-02,办理中,水\n")
    )
    assert told(made)[:2] == (2, {"hint": 1})


@pytest.mark.parametrize(
    ("one", "other", "sums"),
    [
        ("Denmark", "Italy", (",Denmark Total,", ",Italy Total,", ",Grand Total,")),
        ("New York", "Italy", (",New York Count,", ",Italy Count,", ",Grand Count,")),
        ("Danemark", "Italie", (",Total Danemark,", ",Total Italie,", ",Total général,")),
        ("Berlin", "Bonn", (",Berlin Ergebnis,", ",Bonn Ergebnis,", ",Gesamtergebnis,")),
        ("甲局", "乙局", (",甲局 汇总,", ",乙局 汇总,", ",总计,")),
        ("甲局", "乙局", (",甲局 计数,", ",乙局 计数,", ",总计数,")),
    ],
)
def test_sums_of_a_subtotal_command_are_no_records(tmp_path, one, other, sums):
    made = report(text_file(tmp_path, SPREAD.format(one, sums[0], other, *sums[1:])), by="unit")
    assert told(made)[:2] == (4, {"subtotal": 2, "total": 1})
    assert sorted(str(row.group["unit"]) for row in made.tables[0].rows) == sorted([one, other])


MEANS = """Case No,Received,Unit,Status
A1,2024-05-01,{0},Closed
A2,2024-05-04,{0},Open
,2024-05-02,{1},
A3,2024-05-06,{2},Closed
A4,2024-05-08,{2},Closed
,2024-05-07,{3},
"""


@pytest.mark.parametrize(
    ("one", "two", "other", "four", "last"),
    [
        ("Denmark", "Denmark Average", "Italy", "Italy Average", ",2024-05-04 18:00,Grand Average,\n"),
        ("甲局", "甲局 平均值", "乙局", "乙局 平均值", ",2024-05-04,总计平均值,\n"),
        ("甲局", "甲局平均", "乙局", "乙局平均", ""),
        ("Danemark", "Moyenne Danemark", "Italie", "Moyenne Italie", ""),
        ("Dania", "Dania Średnia", "Włochy", "Włochy Średnia", ""),
    ],
)
@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_averages_of_a_subtotal_command_are_no_records(tmp_path, one, two, other, four, last, form):
    rows = [line.split(",") for line in (MEANS.format(one, two, other, four) + last).splitlines()]
    path = tmp_path / f"cases.{form}"
    write(path, [Sheet("cases", [[cell or None for cell in row] for row in rows])], form)
    made = report(path, by="unit", log="cases")
    assert told(made)[:2] == (4, {"subtotal": 2, **({"total": 1} if last else {})})
    assert sorted(str(row.group["unit"]) for row in made.tables[0].rows) == sorted([one, other])


@pytest.mark.parametrize(
    ("one", "two", "edit"),
    [
        ("Denmark", "Denmark Average", ("2024-05-02", "2024-05-09")),
        ("Denmark", "Denmark Average", (",2024-05-02", "A9,2024-05-02")),
        ("Denmark", "Denmark Average", ("Denmark Average,", "Denmark Average,Open")),
        ("North", "North East", ("2024-05-02", "2024-05-05")),
    ],
)
def test_what_is_no_mean_or_has_a_number_or_a_state_is_a_record(tmp_path, one, two, edit):
    made = report(text_file(tmp_path, MEANS.format(one, two, "Italy", "Italy Average").replace(*edit, 1)), by="unit", log="cases")
    assert told(made)[:2] == (5, {"subtotal": 1})


def test_subtotals_of_a_column_that_is_not_read(tmp_path):
    log = (
        "Date,Country,Persons,Status\n2024-05-01,Denmark,3,Closed\n,Denmark Total,3,\n"
        "2024-05-02,Italy,4,Open\n,Italy Total,4,\n,Grand Total,7,\n"
    )
    made = report(text_file(tmp_path, log))
    assert (made.tables[0].total["visits"], made.reconciliation.reasons["skipped"]) == (2, {"subtotal": 2, "total": 1})


COUNTED = (
    "Unit,Reference,Date received,Status\n"
    + "".join(f"{{0}},{n},2024-05-{n:02},Open\n" for n in (1, 2, 3))
    + "{1}\n"
    + "".join(f"{{2}},{n},2024-05-{n:02},Closed\n" for n in (4, 5))
    + "{3}\n{4}\n"
)


COUNTS = [
    ("Eastham", "Norcote", ("Eastham Total,3,,", "Norcote Total,2,,", "Grand Total,5,,"), 5, {"subtotal": 2, "total": 1}),
    ("East End", "Norcote", ("East End Count,3,,", "Norcote Count,2,,", "Grand Total,5,,"), 5, {"subtotal": 2, "total": 1}),
    ("Eastham", "Norcote", ("Eastham Count,3,,", "Norcote Count,2,,", "Grand Count,5,,"), 5, {"subtotal": 2, "total": 1}),
    ("东岭县", "青溪区", ("东岭县 计数,3,,", "青溪区 计数,2,,", "全部条数,5,,"), 5, {"subtotal": 2, "total": 1}),
    ("Eastham", "Norcote", ("Eastham Count,3,,", "Norcote Count,2,,", "Southam,6,,"), 6, {"subtotal": 2}),
    ("Danemark", "Italie", ("Nombre Danemark,3,,", "Nombre Italie,2,,", "总计,5,,"), 5, {"subtotal": 2, "total": 1}),
    ("东岭县", "青溪区", ("东岭县 计数,3,,", "青溪区 计数,2,,", "总计,5,,"), 5, {"subtotal": 2, "total": 1}),
    ("Eastham", "Norcote", ("Eastham Total,6,,", "Norcote Total,9,,", "Grand Total,15,,"), 5, {"subtotal": 2, "total": 1}),
    ("Eastham", "Norcote", ("Eastham Yard,8,,", "Norcote Yard,9,,", "Eastham Yard,7,2024-05-09,"), 8, {}),
]
BY_LABEL_ALONE = ("Eastham Total,6,,",)
"""A sum of the numbers above it, which nothing but its label tells."""


@pytest.mark.parametrize(
    ("one", "other", "sums", "records", "skips", "by"),
    [(*case, by) for case in COUNTS for by in ("unit", "category") if by == "unit" or case[2][0] not in BY_LABEL_ALONE],
)
def test_sums_that_count_into_the_column_of_numbers_are_no_records(tmp_path, one, other, sums, records, skips, by):
    """The number counts the rows above it, or the word beside the label is one of sums; else it is a record's own."""
    log = COUNTED.format(one, sums[0], other, *sums[1:])
    if by == "category":
        log = log.replace("Unit,", "Place of it,")
    made = report(text_file(tmp_path, log), **({"by": "unit"} if by == "unit" else {}))
    assert told(made)[:2] == (records, skips)


def test_units_whose_names_begin_alike_are_records(tmp_path):
    log = "Date,Unit,Status\n2024-05-01,North,Closed\n2024-05-02,North East,Open\n,North East,Open\n2024-05-03,North Total,Open\n"
    assert told(report(text_file(tmp_path, log), by="unit"))[:2] == (4, {})


@pytest.mark.parametrize("mark", ["〃", "同上", "ditto", chr(34), "''"])
def test_rows_are_the_same_only_after_dittos_are_filled(tmp_path, mark):
    log = "来访日期 接访级别 人数 办理状态\n" + "".join(
        f"2024-05-{day:02} 县级 3 已办结\n{mark} 乡级 1 办理中\n" for day in range(1, 6)
    )
    for how in ("count", "reject"):
        made = report(book(tmp_path, log), duplicates=how)
        assert (made.tables[0].total["visits"], made.reconciliation.rejected, made.findings) == (10, 0, ())
        assert made.tables[0].shown("zh")["合计"]["closure_rate"] == "50.00%"


def test_a_ditto_that_makes_a_row_the_same_is_a_duplicate(tmp_path):
    log = "来访日期 接访级别 人数 办理状态\n2024-05-01 县级 3 已办结\n〃 县级 3 已办结\n2024-05-02 县级 3 已办结\n"
    assert codes(report(book(tmp_path, log))) == ["W204"]


def test_dittos_in_a_column_of_names_keep_rows_apart(tmp_path):
    log = "来访日期 来访人 人数 办理状态\n" + "".join(
        f"2024-05-01 {name} 3 已办结\n2024-05-02 〃 1 办理中\n" for name in ("甲某", "乙某")
    )
    assert report(book(tmp_path, log)).findings == ()


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_rows_are_the_same_only_after_merged_days_are_filled(tmp_path, form):
    rows = grid(
        "来访日期 接访级别 人数 办理状态\n2024-05-01 县级 3 已办结\n. 乡级 1 办理中\n2024-05-02 县级 3 已办结\n. 乡级 1 办理中\n"
    )
    path = tmp_path / f"log.{form}"
    write(path, [Sheet("Sheet1", rows, merges=[(2, 1, 3, 1), (4, 1, 5, 1)])], form)
    made = report(path)
    assert (made.tables[0].total["visits"], made.findings) == (4, ())


def test_rows_are_the_same_only_after_a_rowspan_is_filled(tmp_path):
    cells = "".join(
        f'<tr><td rowspan="2">2024-05-0{day}</td><td>县级</td><td>3</td><td>已办结</td></tr>'
        "<tr><td>乡级</td><td>1</td><td>办理中</td></tr>"
        for day in (1, 2)
    )
    head = "<tr><td>来访日期</td><td>接访级别</td><td>人数</td><td>办理状态</td></tr>"
    made = report(text_file(tmp_path, f"<html><meta charset='utf-8'><table>{head}{cells}</table></html>", "log.xls"))
    assert (made.tables[0].total["visits"], made.findings) == (4, ())


VISITS = "来访日期,层级,人数,备注,办理状态\n"
WHOLE = "2024-05-01,县级,3,,已办结\n2024-05-02,乡级,1,道路,办理中\n2024-05-03,市级,2,水电,已办结\n2024-05-04,县级,2,,已办结\n"


def counted(made):
    return made.tables[0].total["visits"], made.tables[0].total["closed"], codes(made)


@pytest.mark.parametrize(
    "torn",
    [
        "2024-05-05,县级,3,反映道路\n问题,已办结\n",
        "2024-05-05,县级,3,反映\n3号路\n问题,已办结\n",
        "2024-05-05,县级,3,\n路,已办结\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_record_torn_by_a_line_break_is_one_record(tmp_path, torn, end):
    made = report(text_file(tmp_path, (VISITS + WHOLE + torn + "2024-05-06,县级,1,,办理中\n").replace("\n", end)))
    assert counted(made) == (6, 4, ["W261"])
    assert (made.findings[0].at, made.reconciliation.reasons["skipped"]) == (("A6",), {"continuation": torn.count("\n") - 1})


@pytest.mark.parametrize("torn", ["2024-05-05,县级,3,反映道路\n\n问题,已办结\n", "2024-05-05,县级,3,反映道路\n\n\n问题,已办结\n"])
def test_a_record_torn_by_a_blank_line_is_one_record(tmp_path, torn):
    made = report(text_file(tmp_path, VISITS + WHOLE + torn + "2024-05-06,县级,1,,办理中\n"))
    assert counted(made) == (6, 4, ["W261"])
    assert made.findings[0].at == ("A6",)


def test_a_torn_text_need_not_be_like_the_others_of_its_column(tmp_path):
    log = "Ref;Received;Team;Note;Status\n" + "".join(f"C-{n};2024-05-{n:02};Parks;none;Closed\n" for n in range(1, 9))
    made = report(text_file(tmp_path, f"{log}C-9;2024-05-09;Parks;caller said\nbench broken\n\nand wet;Closed\n"))
    assert (made.reconciliation.rejected, codes(made)) == (0, ["W261"])
    assert (made.tables[0].total["cases"], made.tables[0].total["closed"]) == (9, 9)


def test_a_short_record_a_blank_line_and_a_closing_line_stay_apart(tmp_path):
    made = report(text_file(tmp_path, VISITS + WHOLE + "2024-05-05,县级,3\n\n填表人签字：,日期：\n"))
    assert counted(made)[:2] == (5, 3)


def test_record_torn_in_an_english_log_with_tabs(tmp_path):
    rows = "".join(f"{day}/05/2024\tDPW\tClosed\t{'a note on the road ' * (day - 12)}\tx{day}\n" for day in range(13, 19))
    made = report(
        text_file(
            tmp_path, f"Received\tAgency\tStatus\tNotes\tRef\n{rows}19/05/2024\tDPW\tClosed\ta note\nin two\tx19\n", "a.tsv"
        )
    )
    assert told(made) == (7, {}, ["W226", "W261"])


@pytest.mark.parametrize("torn", ["2024-05-05,县级,3,反映道路\n问题,严重,已办结\n", "2024-05-05,县级,3,反映道路\n问题\n"])
def test_pieces_that_make_no_record_are_both_rejected(tmp_path, torn):
    made = report(text_file(tmp_path, VISITS + WHOLE + torn))
    assert (counted(made)[:2], made.reconciliation.reasons["rejected"]) == ((4, 3), {"too-few-fields": 2})


@pytest.mark.parametrize("last", ["合计,,9\n", "注：本表由各县报送\n", ""])
def test_short_rows_that_begin_records_are_whole(tmp_path, last):
    made = report(text_file(tmp_path, VISITS + WHOLE + "2024-05-05,县级,3\n2024-05-06,乡级\n2024-05-07,乡级,1,路\n" + last))
    assert (made.reconciliation.reasons["rejected"], "W261" in counted(made)[2]) == ({"persons-blank": 1}, False)
    assert counted(made)[0] == 6


@pytest.mark.parametrize(("line", "unfinished"), [("2024-05-05,县级,3", True), ("2024-05-05,县级,3,,", False), ("合计,8", False)])
def test_last_line_without_an_end_and_with_fewer_fields_may_still_be_being_written(tmp_path, line, unfinished):
    made = report(text_file(tmp_path, VISITS + WHOLE + line))
    assert [said.at for said in made.findings if said.code == "W262"] == ([("A6",)] if unfinished else [])
    assert bool(made.attention) == unfinished
    assert not report(text_file(tmp_path, VISITS + WHOLE + line + "\n")).attention


WARDS = "Case number,Received,Ward,Status\n1,2024-05-01,St Mary’s,Closed\n2,2024-05-02,North,Open\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (WARDS, "cp1252"),
        (WARDS.replace("St Mary’s", "Zürich"), "latin-1"),
        (WARDS.replace("St Mary’s", "Peñe"), "cp1252"),
        ("來訪日期,層級,人數,辦理狀態\n2024-05-01,縣級,3,已辦結\n2024-05-02,鄉級,1,辦理中\n", "big5"),
        ("受付日,区,状態\n2024-05-01,ひがし,おわり\n2024-05-02,にし,うけつけ\n", "euc-jp"),
    ],
)
def test_text_of_another_encoding_is_not_read_as_gb18030(tmp_path, content, encoding):
    path = tmp_path / "log.csv"
    path.write_bytes(content.encode(encoding))
    with pytest.raises(InputFault) as caught:
        report(path)
    assert (caught.value.code, "cp1252" in str(caught.value), "big5" in str(caught.value)) == ("E313", True, True)


def test_an_encoding_that_is_named_is_taken(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(WARDS.encode("cp1252"))
    made = report(path, encoding="cp1252", by="region")
    assert sorted(str(row.group["region"]) for row in made.tables[0].rows) == ["North", "St Mary’s"]


def test_an_english_log_in_gbk_with_one_chinese_word_is_read(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(WARDS.replace("St Mary’s", "朝阳").encode("gbk"))
    made = report(path, by="region")
    assert sorted(str(row.group["region"]) for row in made.tables[0].rows) == ["North", "朝阳"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_that_ends_within_a_character_is_cut_off(tmp_path, encoding):
    path = tmp_path / "log.csv"
    path.write_bytes((VISITS + WHOLE + "2024-05-05,县级,3,,已办结").encode(encoding)[:-1])
    with pytest.raises(InputFault) as caught:
        report(path)
    assert caught.value.code == "E303"
    assert ("incomplete" in str(caught.value), "不完整" in caught.value.sentence("zh")) == (True, True)


@pytest.mark.parametrize(
    "header", ["接访日期,层级,人数,工单号", "接访日期时间,2024-1-2,,\r,工单号", "Date received,Level,Case number"]
)
def test_a_file_that_ends_within_its_header_has_no_records(tmp_path, header):
    path = tmp_path / "log.csv"
    path.write_text(header, "utf-8", newline="")
    with pytest.raises(InputFault, match="no row stands below the header") as caught:
        report(path)
    assert caught.value.code == "E310"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_header_in_traditional_characters_is_told_to_be_one(tmp_path, form):
    rows = [line.split(",") for line in ["來訪日期,層級,人數,辦理狀態", "2024-05-01,縣級,3,已辦結", "2024-05-02,鄉級,1,辦理中"]]
    path = tmp_path / f"log.{form}"
    if form == "xlsx":
        write(path, [Sheet("Sheet1", rows)], "xlsx")
    else:
        path.write_bytes("\n".join(map(",".join, rows)).encode("big5"))
    options = {"encoding": "big5"} if form == "csv" else {}
    with pytest.raises(InputFault) as caught:
        report(path, **options)
    assert (caught.value.code, "繁体" in caught.value.sentence("zh")) == ("E348", True)
    made = report(path, maps=["received_on=來訪日期", "persons=人數"], **options)
    assert (made.tables[0].total["visits"], made.tables[0].total["persons"]) == (2, 4)


@pytest.mark.parametrize(
    ("line", "codes"), [("打印日期 2024-06-01 .", ["W267"]), ("甲局 2024-06-01 .", []), ("丙局 2024-06-01 办理中", [])]
)
def test_last_row_of_a_log_without_numbers_is_said_where_it_may_be_none(tmp_path, line, codes):
    log = "责任单位 登记日期 状态\n" + "".join(f"{'甲乙'[day % 2]}局 2024-05-0{day} 已办结\n" for day in range(1, 7))
    assert told(report(book(tmp_path, log + line, "log.xlsx"), by="unit")) == (7, {}, codes)


@pytest.mark.parametrize(("day", "codes"), [(".", ["W267"]), ("2024-06-03", [])])
@pytest.mark.parametrize("head", ["责任单位 登记日期 办结日期", "Department Opened Closed_on"])
def test_last_row_of_a_log_of_days_is_said_where_it_alone_has_no_end(tmp_path, head, day, codes):
    log = f"{head}\n" + "".join(f"{'AB'[day % 2]} 2024-05-0{day} 2024-05-1{day}\n" for day in range(1, 7))
    assert told(report(book(tmp_path, f"{log}Refreshed 2024-06-01 {day}", "log.xlsx"), by="unit")) == (7, {}, codes)


def test_last_row_without_a_state_is_not_said_where_others_have_none_either(tmp_path):
    log = "责任单位 登记日期 状态\n甲局 2024-05-01 .\n" + "".join(f"甲局 2024-05-0{day} 已办结\n" for day in range(2, 7))
    assert told(report(book(tmp_path, log + "丙局 2024-06-01 .", "log.xlsx"), by="unit")) == (7, {}, [])


def test_last_row_is_a_record_where_numbers_are_words(tmp_path):
    log = "工单编号 登记日期 状态\n" + "".join(f"{'甲乙丙丁戊己'[day]}件 2024-05-0{day + 1} 已办结\n" for day in range(6))
    assert told(report(book(tmp_path, log + "打印日期 2024-06-01 .", "log.xlsx")))[:2] == (7, {})


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (". . . 9 市级 .", "sum-row"),
        ("作废 2024-5-5 戊某 2 市级 .", "void"),
        ("5 2024-5-5 . 9 合计 .", "sum-row"),
        ("5 . . . . 办理中", "too-few-fields"),
    ],
)
def test_a_row_that_is_no_visit_is_rejected_with_its_reason(tmp_path, row, reason):
    made = report(book(tmp_path, FOUR_VISITS + row + "\n"))
    assert (total(made)["visits"], made.reconciliation.reasons["rejected"]) == (4, {reason: 1})


@pytest.mark.parametrize("row", ["范例 2024-5-5 某某 2 市级 已办结", "0 2024-5-5 （样例） 2 市级 已办结"])
def test_a_sample_row_is_skipped(tmp_path, row):
    head, *rest = FOUR_VISITS.splitlines()
    made = report(book(tmp_path, "\n".join([head, row, *rest])))
    assert (total(made)["visits"], made.reconciliation.reasons["skipped"]) == (4, {"hint": 1})


def test_what_is_under_the_header_and_no_record_is_skipped_with_its_reason(tmp_path):
    long = "合计应以各县区逐级上报并经复核确认的数字为准此处不再另行汇总如有出入请及时与办公室联系更正为盼谢谢配合支持"
    text = (
        f"序号 接访日期 接访级别 来访人数 备注\n. . . . .\n1 2024-5-1 县级 2 {long}\n2 2024-5-2 县级 3 .\n注:本表按月报送 . . . ."
    )
    made = report(book(tmp_path, text))
    assert total(made)["visits"] == 2
    assert made.reconciliation.reasons["skipped"] == {"blank": 1, "footnote": 1}


def test_a_title_that_stands_again_within_the_rows_is_no_record(tmp_path):
    made = report(
        book(tmp_path, "县局接访登记表\n来访日期 接访级别 来访人数\n2024-1-2 市级 2\n县局接访登记表\n2024-1-3 县级 3\n")
    )
    assert (total(made)["persons"], made.reconciliation.reasons["skipped"]) == (5, {"repeated-header": 1})


def test_a_long_note_below_the_rows_is_a_footnote_whatever_it_says_of_totals(tmp_path):
    note = "注：合计" + "以各科室报送的登记表为准" * 5
    made = report(book(tmp_path, f"来访日期 接访级别 来访人数\n2024-1-2 市级 2\n{note}\n"))
    assert (total(made)["persons"], made.reconciliation.reasons["skipped"]) == (2, {"footnote": 1})


@pytest.mark.parametrize(
    ("sections", "said"), [(("一、市级领导接访", "二、县级领导接访"), ["W249"]), (("一、本月接访", "二、补登"), [])]
)
def test_levels_that_stand_above_the_rows_are_said_not_to_be_groups(tmp_path, sections, said):
    rows = "".join(f"{one}\n{n} 2024-1-{n} 2 甲局\n{n + 5} 2024-2-{n} 3 乙局\n" for n, one in enumerate(sections, 1))
    made = report(book(tmp_path, f"序号 来访日期 来访人数 责任单位\n{rows}"))
    assert (made["visits"].by, total(made)["visits"], codes(made)) == (("unit",), 4, said)


def test_a_word_among_case_numbers_is_none_where_the_others_have_digits(tmp_path):
    rows = "".join(f"A{n} 2024-1-{n} {n}\n" for n in range(2, 6))
    made = report(book(tmp_path, f"案件编号 来访日期 来访人数\n{rows}全部案件 . 14\n"))
    assert (total(made)["persons"], made.reconciliation.reasons["skipped"]) == (14, {"total": 1})


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_nothing_is_asked_about_rows_that_are_rejected(tmp_path, form):
    rows = [["来访日期", "接访级别", "来访人数", "办理状态"], *([f"2024-05-0{n}", "市级", n, "已办结"] for n in range(1, 6))]
    strange = [["没有日期", "片区", 2, "办理中"], ["2024-05-09", "片区", "若干", "办理中"]]
    path = tmp_path / f"接访.{form}"
    write(path, [Sheet("接访", [*rows, *strange])], form)
    assert (report(path).reconciliation.rejected, codes(report(path))) == (2, [])
    write(path, [Sheet("接访", [*rows, *strange, ["2024-05-09", "片区", 3, "办理中"]])], form)
    (said,) = [one for one in report(path).findings if one.code == "W202"]
    assert (said.rows, said.at, "片区 1" in said.message) == (1, ("B9",), True)


def test_a_last_row_of_a_text_and_a_day_that_is_rejected_or_outside_is_not_said_to_count(tmp_path):
    rows = "".join(f"2024-05-{day:02},甲局,{day},已办结\n" for day in range(1, 6))
    path = text_file(tmp_path, f"来访日期,承办单位,来访人数,办理状态\n{rows}2024-06-01,打印日期,,\n")
    made = report(path, log="visits")
    assert (made.reconciliation.rejected, codes(made)) == (1, [])
    path = text_file(tmp_path, f"登记日期,承办单位,备注,办理状态\n{rows}2024-06-01,打印日期,,\n")
    assert codes(report(path, log="cases")) == ["W267"]
    assert codes(report(path, log="cases", period="2024-05")) == []


def test_a_closing_day_before_the_receipt_of_a_rejected_row_is_not_said(tmp_path):
    path = text_file(
        tmp_path, "来访日期,办结日期,来访人数\n2024-05-05,2024-05-09,3\n2024-05-05,2024-05-01,若干\n2024-05-05,2024-05-08,2\n"
    )
    assert codes(report(path)) == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("mean", "skipped"), [(4, 1), ("4.00", 1), ("3.5", 0), (9, 0), ("约4", 0)])
def test_averages_of_heads_where_records_have_no_numbers(tmp_path, form, mean, skipped):
    """What is no mean of the heads and the days is a record, or rejected for its number."""
    rows = [
        ["来访日期", "承办单位", "来访人数"],
        ["2024-05-01", "甲局", 3],
        ["2024-05-03", "甲局", 5],
        ["2024-05-02", "甲局 平均值", mean],
    ]
    rows += [["2024-05-06", "均安镇", 2], ["2024-05-07", "均安镇", 2]]
    path = tmp_path / f"接访.{form}"
    write(path, [Sheet("接访", rows)], form)
    made = report(path)
    assert made.reconciliation.reasons["skipped"].get("subtotal", 0) == skipped
    assert made.reconciliation.counted + made.reconciliation.rejected == 5 - skipped + 0 * len(rows)


@pytest.mark.parametrize("mean", ["11/05/2024", "12/05/2024"])
def test_averages_of_days_before_months(tmp_path, mean):
    log = "Case No,Received,Unit\nA1,03/05/2024,North\nA2,20/05/2024,North\n,{},North Average\n" + "".join(
        f"B{day},{day}/06/2024,South\n" for day in (21, 25, 28)
    )
    made = report(text_file(tmp_path, log.format(mean)), by="unit", log="cases")
    assert made.tables[0].total["cases"] == 5


def test_a_mean_of_days_that_are_all_the_same_proves_nothing_where_the_word_is_not_known(tmp_path):
    log = "Case No,Received,Unit\nA1,2024-05-01,North\nA2,2024-05-01,North\n,2024-05-01,North East\nA3,2024-05-09,South\n"
    made = report(text_file(tmp_path, log), by="unit", log="cases")
    assert made.tables[0].total["cases"] == 4


def test_a_log_of_many_open_records_without_numbers_is_not_searched_for_averages(tmp_path):
    rows = "".join(f",2024-05-{1 + n % 28:02},New Town {n % 7}\n" for n in range(600))
    made = report(text_file(tmp_path, f"Case No,Received,Unit\nA1,2024-05-01,New Town\n{rows}"), by="unit", log="cases")
    assert made.tables[0].total["cases"] == 601


@pytest.mark.parametrize("label", ["总平均值", "Grand Average", "Average of all"])
def test_the_mean_of_all_is_no_record_where_a_group_of_one_row_has_its_sum(tmp_path, label):
    east, west = (
        "东县,2024-05-01,2,已办结\n东县,2024-05-02,3,已办结\n东县 小计,,5,\n",
        "西县,2024-05-03,1,已办结\n西县 小计,,1,\n",
    )
    log = f"区县,来访日期,人数,状态\n{east}{west}"
    made = report(text_file(tmp_path, f"{log}{label},,2,\n"), by="region", log="visits")
    assert (made.tables[0].total["visits"], made.reconciliation.skipped) == (3, 3)
