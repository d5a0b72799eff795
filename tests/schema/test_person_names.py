"""Columns that would group show no persons: their headers may mean either, their values tell; a tie names every column."""

from __future__ import annotations

import pytest

from tests.logs import book, report
from tests.writers import Sheet, write
from xfstats.config.profile import load_profile
from xfstats.config.vocabulary import compile_profile
from xfstats.errors import InputFault
from xfstats.render.json import as_json
from xfstats.render.style import Style
from xfstats.schema.name_shapes import given_alone, named_in_letters
from xfstats.schema.person_names import (
    among_offices,
    are_classes,
    are_names,
    may_be_names,
    name_behind,
    named_persons,
    words_of_persons,
)

WORDS = compile_profile(load_profile(None).words)
PEOPLE = ["Wren Tallow", "Ivo Marsh", "Tallow, Wren", "w.tallow", "Petra"]


@pytest.mark.parametrize(
    "values",
    [
        ["甄无影", "贾有藏", "欧阳不在"],
        ["甄某隐（一组）", "贾科长", "秦*"],
        ["甄无影、贾有藏", "王某", "李某某"],
        ["Tallow, Wren", "Marsh, I."],
        ["wren@example.org", "ivo@example.org"],
        ["Mr Tallow", "Mme Marsh"],
        ["w.tallow", "i_marsh2"],
        ["John Testwright", "Mary Fakesmith", "Quillon Mockford", "Bram Samplesby"],
        ["john testwright", "MARY FAKESMITH"],
        ["John", "Mary", "Susan"],
        ["J. Testwright", "M. Fakesmith"],
        ["Testwright J", "Fakesmith M."],
        ["Anna-Maria O'Tally", "Priya Fakesmith"],
        ["贾测试", "甄虚构", "欧阳样例", "仝示范"],
        ["贾测试", "甄虚构", "王样", "仝示范", "乜有藏"],
        ["逄测验", "郗样本", "亓样例", "濮测例", "仉试例"],
        ["呼延试", "赫连测", "宇文样例", "长孙例"],
        ["Mr J Testwright", "Ms M. Sampleby", "Dr Wren Tallow"],
        ["P Fakeham", "Q Mockley"],
        ["P Fakeham", "Wren Tallow", "Mary Sampleby", "T Mockley"],
        ["fakeham p", "mockley q", "sampleby t"],
        ["testwright john", "fakesmith mary", "sampleby susan"],
    ],
)
def test_names_are_proven_by_their_form(values):
    assert are_names(values, WORDS)


@pytest.mark.parametrize(
    "values",
    [
        ["住建局", "公安局", "石桥县"],
        ["江岸", "洪山", "武昌"],
        ["住建", "城管", "民政"],
        ["劳动社保", "土地征收"],
        ["Public Works", "Parks"],
        ["BOS", "OCB"],
        ["王家庄村", "李家镇", "高新区"],
        ["Streets and San", "Water Mgmt", "Aviation"],
        ["Trading Standards", "Pest Control", "Adult Care"],
        ["New York", "Boston", "St. James", "Jackson Heights"],
        ["George Street", "Victoria Road", "Martin Place"],
        ["Illegal Parking", "Blocked Driveway", "Noise"],
        ["Block A", "Block B", "Block C"],
        ["A Wing", "B House", "C Yard"],
        ["N Hill", "S Vale", "E Shore"],
        ["E Waste", "E Bike", "E Scooter"],
        ["K Street", "Q Park", "J Road"],
        ["plan b", "vitamin d"],
        ["St James", "St John", "St Mary"],
        ["Port Arthur", "Lake Charles"],
        ["人社", "信访办", "城东街道"],
        ["石家庄", "张家口", "唐山", "保定", "邯郸", "秦皇岛"],
        ["公积金", "不动产", "安全生产"],
        ["商品房", "物业费", "自来水", "停车场"],
        ["农民工", "养老金", "劳动保障", "房屋拆迁"],
        ["甄无影"],
        [None, " "],
    ],
)
def test_offices_places_and_matters_are_no_names(values):
    assert not are_names(values, WORDS)


def test_a_header_that_may_mean_persons_needs_values_that_are_offices_or_classes():
    assert not may_be_names(["BOS", "OCB", "Team 3", "Public Works", "101", "住建局"], WORDS)
    assert may_be_names(PEOPLE, WORDS)
    assert may_be_names(["BOS", "Wren Tallow"], WORDS)
    assert not may_be_names(["Parks", "Highways", "Housing", "Waste", "Licensing"], WORDS)
    assert not may_be_names(["Libraries", "Street Lighting", "Roads", "Refuse and Recycling", "Revenues"], WORDS)
    assert may_be_names(["Parks", "Highways", "Petra", "Wren"], WORDS)
    assert are_classes(["Noise", "Noise", "Street light", "Street light"], WORDS)
    assert not are_classes(["Noise", "Pothole"], WORDS)
    assert not are_classes(["Wren Tallow", "Wren Tallow", "Noise", "Noise"], WORDS)


@pytest.mark.parametrize("text", ["住建局甄某隐", "市级(尤隐之)", "副市长甄某隐", "县级欧阳某", "公安局王科长"])
def test_a_name_stands_behind_an_office_a_level_or_a_post(text):
    assert name_behind(text, WORDS) in text[2:]


@pytest.mark.parametrize(
    "text", ["住建局高新区", "教育局安全科", "市委政法委", "市级领导", "公安局", "市直(驻市)单位", "县级(区)", "甄某隐"]
)
def test_offices_behind_offices_are_no_names(text):
    assert name_behind(text, WORDS) is None


def test_labels_of_offices_and_names_have_no_group_where_two_are_written_so_or_a_column_holds_the_name():
    assert named_persons(["住建局甄某隐", "公安局尤隐之", "教育局"], WORDS, lambda _: ()) == {"住建局甄某隐", "公安局尤隐之"}
    assert named_persons(["住建局万家丽", "公安局", "教育局"], WORDS, lambda _: ()) == set()
    assert named_persons(["住建局甄某隐", "公安局"], WORDS, lambda words: {"甄某隐"} & set(words)) == {"住建局甄某隐"}
    assert named_persons(["Wren Tallow", "Street Light"], WORDS, lambda words: {"wren tallow"} & set(words)) == {"Wren Tallow"}


@pytest.mark.parametrize(
    ("label", "cells", "named"),
    [
        ("转甄某隐处理", {"甄某隐"}, True),
        ("转甄某隐处理", {"贾某隐"}, False),
        ("Call Wren Tallow back", {"wren tallow"}, True),
        ("Call Wren Tallow back", {"wren", "tallow"}, True),
        ("Noise at Green Lane", {"green"}, False),
        ("住建局高新区", {"高新"}, False),
        ("wren tallow to be called", {"tallow"}, False),
    ],
)
def test_a_name_of_a_column_of_names_within_the_words_of_a_label_is_told(label, cells, named):
    def held(words):
        return {word for word in words if any(cell in word for cell in cells)}

    assert named_persons([label, "Pothole"], WORDS, held) == ({label} if named else set())


def test_surnames_alone_are_names():
    assert are_names(["王", "李", "欧阳"], WORDS)


def log(tmp_path, headers, *columns):
    rows = [[f"2024-5-{n}", *cells, "Closed"] for n, cells in enumerate(zip(*columns, strict=True), 1)]
    path = tmp_path / "complaints.csv"
    write(path, [Sheet("s", [["Date received", *headers, "Status"], *rows])], "csv")
    return path


def groups(*paths, **options):
    made = report(*paths, **options)
    return [list(row.group.values()) for row in made.tables[0].rows], made


ENGLISH_HEADERS = ["Assigned To", "assigned_to", "Owner", "Assignee", "Case Owner", "Subject"]
SHOWN_AS_NAMES = [
    *(
        (header, people)
        for header in [*ENGLISH_HEADERS, "责任主体", "去向"]
        for people in (["Tallow, Wren", "Marsh, Ivo"], ["甄无影", "贾有藏"])
    ),
    *((header, ["Wren Tallow", "Ivo Marsh"]) for header in ENGLISH_HEADERS),
    *((header, ["wtallow", "imarsh"]) for header in ENGLISH_HEADERS if header != "Subject"),
]
"""Words without a comma or a surname are names by their header alone, which has to say so."""


@pytest.mark.parametrize(("header", "people"), SHOWN_AS_NAMES)
def test_names_under_such_headers_are_in_no_output(tmp_path, header, people):
    rows, made = groups(log(tmp_path, [header], people * 3))
    assert rows == []
    assert not any(name in repr((made.tables, made.findings, made.inputs)) for name in people)


@pytest.mark.parametrize(
    "header", ["Team", "Queue", "Unit", "Service", "Agency", "Type", "Category", "Topic", "Area", "Ward", "承办部门", "责任单位"]
)
@pytest.mark.parametrize("people", [["John Testwright", "Mary Fakesmith", "Bram Mockford"], ["贾测试", "甄虚构", "仝示范"]])
def test_names_under_a_header_of_units_are_in_no_output(tmp_path, header, people):
    rows, made = groups(log(tmp_path, [header], people * 3))
    assert rows == []
    assert not any(name in repr((made.tables, made.findings, made.inputs)) for name in people)


@pytest.mark.parametrize("header", ["Team", "承办部门"])
@pytest.mark.parametrize(
    "offices",
    [["Highways", "Parks"], ["North", "South"], ["George Street", "Mary Place"], ["住建局", "人社"], ["信访办", "城东街道"]],
)
def test_offices_and_places_under_such_headers_are_units(tmp_path, header, offices):
    assert sorted(groups(log(tmp_path, [header], offices * 3))[0]) == sorted([office] for office in offices)


def test_an_owner_that_is_an_office_is_the_unit(tmp_path):
    assert groups(log(tmp_path, ["Owner"], ["BOS", "OCB", "BOS"]))[0] == [["BOS"], ["OCB"]]


def test_where_persons_are_assigned_the_group_they_belong_to_is_the_unit(tmp_path):
    path = log(tmp_path, ["Assigned To", "Agency name"], ["Wren Tallow", "Ivo Marsh"] * 2, ["Parks", "Streets"] * 2)
    assert groups(path)[0] == [["Parks"], ["Streets"]]


@pytest.mark.parametrize("header", ["Reported By", "Requester", "Applicant", "Lead officer", "Who", "Attendees", "Allocated to"])
def test_capitalised_words_under_a_header_formed_as_of_persons_are_no_group_by_any_map(tmp_path, header):
    path = log(tmp_path, [header], ["Wren Tallow", "Ivo Marsh", "Petra Quill"] * 2)
    assert groups(path)[0] == []
    with pytest.raises(InputFault) as refused:
        report(path, by=["unit"], maps=["unit=column:B"])
    assert refused.value.code == "E328"


def test_such_a_header_of_offices_is_mapped_and_other_headers_too(tmp_path):
    for header, values in (
        ("Owner", ["Parks Team", "Night shift"]),
        ("Requester", ["BOS", "Parks"]),
        ("Kind", ["Street Light", "Noise Row"]),
    ):
        path = log(tmp_path, [header], values * 3)
        assert groups(path, by=["unit"], maps=["unit=column:B"])[0] == sorted([value] for value in values)


def test_a_subject_of_a_few_classes_is_the_category_and_prose_is_none(tmp_path):
    assert groups(log(tmp_path, ["Subject"], ["Noise", "Noise", "Street light", "Street light"]))[0] == [
        ["Noise"],
        ["Street light"],
    ]
    prose = [f"my neighbour number {n} plays the trumpet at night and I cannot sleep" for n in range(6)]
    assert groups(log(tmp_path, ["Subject"], prose))[0] == []
    assert groups(log(tmp_path, ["Complaint Type"], prose))[0] == []


def test_names_are_no_unit_by_any_map(tmp_path):
    path = log(tmp_path, ["Assigned To"], ["Tallow, Wren", "Marsh, Ivo"] * 3)
    with pytest.raises(InputFault) as refused:
        report(path, by=["unit"], maps=["unit=Assigned To"])
    assert refused.value.code == "E328"
    assert groups(log(tmp_path, ["Assigned To"], ["Desk", "Night shift"] * 2), by=["unit"], maps=["unit=Assigned To"])[0] == [
        ["Desk"],
        ["Night shift"],
    ]


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ("来访人数 上访人数 接访人数", ["persons=来访人数", "persons=上访人数", "persons=接访人数"]),
        ("来访人数 来访人数 接访人数", ["persons=column:B", "persons=column:C", "persons=接访人数"]),
        ("来访人数 接待人次 走访人数 信访人数", ["persons=来访人数", "persons=接待人次", "persons=走访人数", "persons=信访人数"]),
    ],
)
def test_a_tie_names_all_columns(tmp_path, headers, told):
    ones = "1 " * len(told)
    with pytest.raises(InputFault) as refused:
        report(book(tmp_path, f"来访日期 {headers} 办理状态\n2024-5-1 {ones} 已办结\n2024-5-2 {ones} 办理中\n"))
    for lang, joint in (("zh", " 或 "), ("en", " or ")):
        assert joint.join(f"--map {way}" for way in told) in refused.value.sentence(lang)
    assert refused.value.code == "E306"


@pytest.mark.parametrize(
    ("labels", "persons"),
    [
        (["John Testwright", "Mary Sampleby", "Wren Tallow", "Parks", "Roads"], 3),
        (["Parks - John Testwright", "Parks - Wren Tallow", "Roads: Mary Sampleby"], 3),
        (["Housing (John Testwright)", "Housing (Susan Mockford)", "Housing"], 2),
        (["John Testwright", "Mary Sampleby", "Pest Control", "Adult Care", "Trading Standards", "Noise Nuisance", "Bin Day"], 2),
        (["Martin Place", "Pest Control"], 0),
        (["P Fakeham", "Q Mockley", "T Sampleby", "Parks", "Pest Control"], 3),
        (["Parks - P Fakeham", "Parks - Q Mockley", "Roads: T Sampleby"], 3),
        (["T Junction", "X Ray", "Pest Control"], 0),
        (["A Ward", "B Ward", "C Ward"], 0),
        (["Illegal Parking", "Blocked Driveway", "Street Light"], 0),
        (["Housing - Repairs", "Housing - Voids", "George Street"], 0),
    ],
)
def test_labels_in_letters_name_persons_beside_offices(labels, persons):
    assert len(named_in_letters(labels, WORDS)) == persons


@pytest.mark.parametrize(
    ("labels", "persons"),
    [
        (["甄试验", "逄测验", "城管局", "水务局"], {"甄试验", "逄测验"}),
        (["甄科长", "逄主任", "住建局"], {"甄科长", "逄主任"}),
        (["甄试验", "城管局", "水务局"], set()),
        (["文化馆", "左家庄", "公积金", "城管局"], set()),
        (["住建局", "城管", "交警", "文旅委", "常委会"], set()),
        (["安置办", "高新区", "温泉镇", "金沙湾", "洪山路"], set()),
    ],
)
def test_chinese_names_among_offices_are_told(labels, persons):
    assert among_offices(labels, WORDS) == persons


def test_given_names_alone_are_told():
    assert given_alone(["John", "Mary", "Wren", "Ola", "Bea", "Ned"], WORDS)
    assert not given_alone(["Parks", "Roads", "John", "Mary"], WORDS)
    assert not given_alone(["Alpha", "Bravo", "Delta", "Mary"], WORDS)
    assert not given_alone(["Email", "Phone", "Web"], WORDS)


PEOPLE_IN_LETTERS = ["John Testwright", "Mary Sampleby", "Wren Tallow", "Ola Trialson"]
PEOPLE_IN_CHINESE = ["甄试验", "逄测验", "郗样本", "亓样例"]


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize(
    ("header", "names", "others"),
    [
        ("Team", PEOPLE_IN_LETTERS, ["Parks", "Roads"]),
        ("Queue", [f"Parks - {one}" for one in PEOPLE_IN_LETTERS], ["Roads"]),
        ("Agency", ["Mr J Testwright", "Ms M Sampleby", "Dr W Tallow"], []),
        ("Team", ["John", "Mary", "Wren", "Ola"], []),
        ("承办部门", PEOPLE_IN_CHINESE, ["城管局", "水务局"]),
        ("责任单位", PEOPLE_IN_CHINESE, []),
        ("级别", PEOPLE_IN_CHINESE, []),
    ],
)
def test_no_table_message_or_page_shows_a_person_of_a_column_of_groups(tmp_path, header, names, others, fmt):
    values = [*names, *others]
    rows = [["Ref", "Received", header, "Status"]]
    rows += [[f"R-{n}", f"2024-05-{n % 28 + 1:02}", values[n % len(values)], "Closed"] for n in range(60)]
    path = tmp_path / f"log.{fmt}"
    write(path, [Sheet("log", rows)], fmt)
    made = report(path, log="cases")
    told = as_json(made, Style()) + repr(made)
    assert not [name for name in (*names, "Testwright", "Tallow") if name in told]
    assert made.tables[0].total["cases"] == 60


@pytest.mark.parametrize(
    ("texts", "persons"),
    [
        (["已告知甄试验", "已告知逄测验", "已转交"], 2),
        (["甄试验已谈", "逄测验已谈"], 2),
        (["甄试验", "逄测验", "已阅"], 2),
        (["甄试验已谈", "已告知逄测验"], 0),
        (["关注中", "管控中", "安抚中"], 0),
        (["已转交城关镇", "已转交温泉镇", "移交安监局", "移交文旅委"], 0),
        (["正在研究", "正在协商", "常态化", "温和处置", "简易程序"], 0),
    ],
)
def test_words_of_states_that_differ_in_names_are_told(texts, persons):
    assert len(words_of_persons(texts, WORDS)) == persons


@pytest.mark.parametrize("header", ["办理结果", "办理状态"])
def test_no_finding_names_words_that_differ_in_names(tmp_path, header):
    words = ["已告知甄试验", "已告知逄测验", "已转交", "已解决"]
    rows = [["编号", "登记日期", header], *[[f"A{n}", f"2024-05-{n % 28 + 1:02}", words[n % 4]] for n in range(40)]]
    path = tmp_path / "log.xlsx"
    write(path, [Sheet("log", rows)], "xlsx")
    made = report(path, log="cases")
    (said,) = [one for one in made.findings if one.code == "W201"]
    assert (said.rows, "试验" in said.message, "测验" in said.message) == (30, False, False)
    assert "已转交 10" in said.message
