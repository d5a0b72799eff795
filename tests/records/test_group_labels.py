"""Labels of groups: which cells name one group, under which name, in which order, in every format and over files."""

from datetime import date, timedelta

import pytest

from tests.logs import book, codes, report
from tests.writers import Sheet, write

FIRST = date(2026, 5, 6)
FOUNDING = ["市级领导", "县市区党政一把手", "其他党政班子成员和乡镇领导"]


def log(folder, name, header, cells, fmt="xlsx"):
    """A log of dated visits whose one further column has this header."""
    path = folder / name
    write(
        path,
        [
            Sheet(
                "接访", [["接访日期", "来访人数", header], *([FIRST + timedelta(day), 1, cell] for day, cell in enumerate(cells))]
            )
        ],
        fmt,
    )
    return path


def groups(*paths, measure="visits", **options):
    made = report(*paths, **options)
    return {name: int(figures[measure]) for name, figures in made.tables[0].shown("zh").items() if name != "合计"}


@pytest.mark.parametrize("fmt", ["xlsx", "xls", "ods", "xlsb", "csv", "parquet"])
def test_a_whole_number_is_one_label_as_number_and_as_text(tmp_path, fmt):
    wards = [12, 12.0, "12", "12.0", "１２"] if fmt != "parquet" else ["12", "12.0", "１２", "12", "12.0"]
    path = log(tmp_path, "ward", "区县", [*wards, *wards, 7], fmt)
    assert groups(path, by="region", log="visits") == {"12": 10, "7": 1}
    assert groups(path, by="region", log="visits", where=["region=12"])["12"] == 10
    assert groups(path, by="region", log="visits", where=["region=12.0"])["12"] == 10


def test_a_number_with_a_leading_zero_is_a_label_of_its_own(tmp_path):
    assert groups(log(tmp_path, "a.xlsx", "区县", ["012", "012", 12]), by="region") == {"012": 2, "12": 1}


def test_whole_numbers_are_one_label_over_files_of_several_formats(tmp_path):
    paths = [log(tmp_path, "甲.xlsx", "区县", [12.0, 3]), log(tmp_path, "乙.csv", "区县", ["12", "3", "3"], "csv")]
    assert groups(*paths, by="region") == {"12": 2, "3": 3}


@pytest.mark.parametrize("level", [5, 5.0, "5", "5.0"])
def test_a_level_that_is_a_number_is_placed_by_its_text(tmp_path, level):
    path = log(tmp_path, "a.xlsx", "接访级别", [level, level, "县级", "市级"])
    assert groups(path, words={"levels": [("5", "乡级")]}) == {"市级": 1, "县级": 1, "乡级": 2}


@pytest.mark.parametrize("nothing", ["NULL", "N/A", "None", "nan", "?", "-", "？", "n/a", "—", "(blank)"])
def test_what_programs_write_for_nothing_is_no_group(tmp_path, nothing):
    assert groups(log(tmp_path, "a.xlsx", "承办单位", ["甲局", nothing, None]), by="unit") == {"甲局": 1, "未归类": 2}
    assert groups(log(tmp_path, "b.xlsx", "接访级别", ["县级", nothing, None])) == {"县级": 1, "未归类": 2}


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        (["North", "NORTH", "north", "NORTH"], {"NORTH": 4}),
        (["Water Main", "water main", "WaterMain", "water main"], {"water main": 4}),
        (["É Nord", "é nord", "é nord"], {"é nord": 3}),
        (["北区 A", "北区a", "北区a"], {"北区a": 3}),
    ],
)
def test_labels_are_one_without_regard_to_case_and_the_commonest_spelling_prints(tmp_path, cells, printed):
    path = log(tmp_path, "a.xlsx", "区县", cells)
    assert groups(path, by="region") == printed
    assert groups(path, by="region", where=[f"region={cells[0]}"]) == printed


def test_the_commonest_spelling_prints_over_all_files_however_the_rows_are_parted(tmp_path):
    first = log(tmp_path, "甲.xlsx", "区县", ["North"] * 3 + ["NORTH"] * 2)
    second = log(tmp_path, "乙.csv", "区县", ["NORTH"] * 2 + ["South"], "csv")
    assert groups(first, second, by="region") == {"NORTH": 7, "South": 1}
    assert groups(second, first, by="region") == {"NORTH": 7, "South": 1}


def test_details_of_rows_and_a_crossed_field_have_the_one_spelling_too(tmp_path):
    paths = [log(tmp_path, "甲.xlsx", "区县", ["North"] * 3), log(tmp_path, "乙.xlsx", "区县", ["NORTH", "South"])]
    made = report(*paths, by="region", detail=True)
    assert [one.tally.detail["region"] for one in made.inputs] == [("North", "North", "North"), ("North", "South")]
    crossed = report(*paths, cross="region", by=[])
    assert list(crossed.tables[0].total_row.cells) == ["North", "South"]


@pytest.mark.parametrize("fmt", ["xlsx", "xls", "ods", "csv", "csv-gb18030"])
def test_the_classes_of_the_founding_account_print_under_their_names_and_in_their_order(tmp_path, fmt):
    cells = ["其他党政班子成员和乡镇领导"] * 5 + [
        "县（市、区）党政一把手",
        "县市区党政一把手",
        "县 市 区党政\n一把手",
        "市级领导",
    ]
    path = log(tmp_path, "a", "接访级别", cells, fmt)
    assert list(groups(path, log="visits").items()) == list(zip(FOUNDING, [1, 3, 5], strict=True))
    assert report(path, log="visits").findings == ()


@pytest.mark.parametrize("fmt", ["xlsx", "ods", "csv-gb18030"])
@pytest.mark.parametrize("header", ["接访级别", "接访领导层次", "领导层次", "分类三"])
@pytest.mark.parametrize(
    "written",
    [
        ["1.市级领导", "2、县市区党政一把手", "3. 其他党政班子成员和乡镇领导"],
        ["（一）市级领导", "（二）县（市、区）党政一把手", "（三）其他党政班子成员、乡镇领导"],
        ["【市级领导】", "县市区党政“一把手”", "《其他党政班子成员和乡镇领导》"],
    ],
)
def test_numbers_and_quotes_change_no_founding_class_and_the_classes_prove_their_column(tmp_path, written, header, fmt):
    made = report(log(tmp_path, "a", header, [*written * 2, written[2]], fmt), log="visits")
    assert {row.group["level"]: row.figures["visits"] for row in made.tables[0].rows} == dict(
        zip(FOUNDING, [2, 2, 3], strict=True)
    )
    assert list(made.tables[0].shown("zh")) == [*FOUNDING, "合计"]
    assert codes(made) == []


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        (["（一）市级", "（二）县级", "（三）乡级"], ["市级", "县级", "乡级"]),
        (["一、市级", "二、县级", "三、乡级"], ["市级", "县级", "乡级"]),
        (["1．市级", "2．县级", "3．乡级"], ["市级", "县级", "乡级"]),
    ],
)
def test_the_number_of_a_list_before_a_level_is_no_part_of_it(tmp_path, cells, printed):
    assert list(groups(log(tmp_path, "a.xlsx", "接访级别", cells))) == printed


@pytest.mark.parametrize(
    "classes",
    [
        ["市级领导", "县(市、区)党政主要领导", "乡镇(街道)党政正职"],
        ["市级领导干部", "市直部门主要负责人", "县市区领导", "镇街领导"],
        ["市委书记", "县委书记", "其他领导"],
        ["市级领导", "县市区党政一把手", "乡镇领导"],
    ],
)
def test_variants_of_the_classes_print_under_their_own_names_from_high_to_low(tmp_path, classes):
    cells = [one for number, one in enumerate(classes, 1) for _ in range(number)]
    made = report(log(tmp_path, "a.xlsx", "接访级别", cells))
    assert list(made.tables[0].shown("zh")) == [*classes, "合计"]
    assert made.findings == ()


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        (["市级领导", "县级", "乡镇领导"], ["市级", "县级", "乡级"]),
        (["市级领导", "县级领导", "乡镇领导"], ["市级", "县级", "乡级"]),
        (["市级领导", "市级领导"], ["市级领导"]),
        (["县级领导", "乡镇领导"], ["县级", "乡级"]),
    ],
)
def test_a_word_for_a_level_and_a_class_is_the_level_beside_levels(tmp_path, cells, printed):
    path = log(tmp_path, "a.xlsx", "接访级别", cells)
    assert list(groups(path)) == printed
    assert sum(groups(path, where=["level=市级"]).values()) == cells.count("市级领导")


def test_a_class_that_the_office_placed_is_its_level(tmp_path):
    path = log(tmp_path, "a.xlsx", "接访级别", FOUNDING)
    assert list(groups(path, words={"levels": [("市级领导", "市级")]})) == ["市级", *FOUNDING[1:]]


def test_different_words_of_one_level_never_share_a_row_and_are_asked_about_beside_levels(tmp_path):
    made = report(log(tmp_path, "a.xlsx", "接访级别", ["市级", "市委书记", "副市长", "园区管委会负责人", "市人大主任"]))
    assert sorted(made.tables[0].shown("zh")) == sorted(["市级", "市委书记", "副市长", "园区管委会负责人", "市人大主任", "合计"])
    (said,) = made.findings
    assert (said.code, said.rows) == ("W202", 4)


def test_long_unknown_levels_are_groups_of_their_own_and_identities_are_none(tmp_path):
    long = ["某某经济技术开发区党工委管委会主要负责人", "某某经济技术开发区党工委管委会分管负责人"]
    made = report(log(tmp_path, "a.xlsx", "接访级别", [*long, "13800138000", "县级"]))
    assert list(made.tables[0].shown("zh")) == ["县级", *sorted(long), "未归类", "合计"]
    assert [(said.code, said.rows) for said in made.findings] == [("W202", 2), ("W247", 1)]
    assert not [said for said in made.findings if "13800138000" in said.message]
    assert long[0] in next(use for one in made.inputs for use in one.tally.columns_used if use.field == "level").words


@pytest.mark.parametrize(
    "words", [("1.市级", "2.县级"), ("(1)市级", "(2)县级"), ("市级City", "县级County"), ("市级（City）", "县级（County）")]
)
def test_a_level_behind_a_number_or_in_two_languages_is_that_level(tmp_path, words):
    made = report(
        book(tmp_path, f"来访日期 来访人数 接访级别\n2024-1-2 2 {words[0]}\n2024-1-3 2 {words[1]}\n2024-1-4 2 {words[1]}\n")
    )
    assert {row.group["level"]: row.figures["visits"] for row in made["visits"].rows} == {"市级": 1, "县级": 2}
    assert codes(made) == []
