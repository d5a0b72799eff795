"""Which unknown words of a log are named under its table, and which are withheld."""

import pytest

from tests.logs import codes, report, text_file
from tests.writers import Sheet, write

DONE = "已办结"


def log(folder, status, rows, header="办理状态", names=("姓名", "甲某某"), known=DONE):
    """Twenty rows of a log and some with these words; beside them a column of names."""
    lines = [f"接访日期,接访级别,来访人数,{names[0]},{header}"]
    words = [known] * 20 + [word for word in status for _ in range(rows)]
    lines += [f"2024-{1 + place // 28}-{1 + place % 28},市级,1,{names[1]},{word}" for place, word in enumerate(words)]
    path = folder / "接访.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def said(path, code="W201", **options):
    return next(one for one in report(path, **options).findings if one.code == code)


@pytest.mark.parametrize(
    ("header", "known", "word", "shown"),
    [
        ("办理状态", DONE, "移送纪检监察机关进一步核实", True),
        ("Status", "Closed", "Before the second committee", True),
        ("办理结果", DONE, "移送纪检监察机关核实", True),
        ("办理结果", DONE, "甲乙丙丁已经拿到了全部的钱", False),
        ("是否办结", "是", "待定", True),
        ("办理状态", DONE, "长" * 41, False),
    ],
)
def test_a_word_in_three_rows_of_a_column_of_words_is_named_up_to_its_length(tmp_path, header, known, word, shown):
    one = said(log(tmp_path, [word], 3, header, known=known))
    assert one.rows == 3
    assert (word.lower() in one.message) is shown
    assert ("--map-status 词=类别" in one.message) is not shown
    assert len(one.at) == 3


def test_a_word_in_two_rows_or_in_a_column_of_many_words_is_withheld(tmp_path):
    assert "甩锅" not in said(log(tmp_path, ["甩锅"], 2)).message
    many = said(log(tmp_path, ["甩锅", "搁置", "缓办", "转走", "挂起", "另案", "交回", "不明"], 3))
    assert "甩锅" not in many.message
    assert many.rows == 24


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (("姓名", "甄某隐"), "甄某隐"),
        (("来访人", "甄某隐、秦某"), "已告知秦某"),
        (("Complainant", "Ann Hidden"), "Told Ann Hidden"),
    ],
)
def test_a_word_that_is_or_holds_a_cell_of_a_column_of_names_is_withheld(tmp_path, names, word):
    made = report(log(tmp_path, [word, "甩锅"], 3, names=names))
    (one,) = [one for one in made.findings if one.code == "W201"]
    assert word.lower() not in one.message
    assert "甩锅 3、另有 3 行的用词不予显示" in one.message
    assert "--map-status 甩锅=类别 --map-status 词=类别" in one.message
    assert one.at[:3] == ("E22", "E23", "E24")
    assert not any(word.lower() in use.words for found in made.inputs for use in found.tally.columns_used)


def test_a_word_beside_a_column_that_holds_no_names_is_named(tmp_path):
    named = said(log(tmp_path, ["甩锅"], 3, names=("备注", "甩锅")))
    assert (named.rows, named.at) == (3, ("E22", "E23", "E24"))
    assert "没有归入任何结果：甩锅 3；归类请用 --map-status 甩锅=类别" in named.message


def test_an_unknown_level_that_is_a_name_of_the_sheet_is_no_group(tmp_path):
    lines = ["接访日期,接访级别,来访人数,来访人姓名", "2024-1-2,甄某隐,1,甄某隐", "2024-1-3,县级,1,秦某", "2024-1-4,片区,1,秦某"]
    path = tmp_path / "接访.csv"
    path.write_text("\n".join(lines), "utf-8")
    made = report(path)
    assert list(made.tables[0].shown("zh")) == ["县级", "片区", "未归类", "合计"]
    assert [(one.code, one.rows, one.at) for one in made.findings] == [("W247", 1, ("B2",)), ("W202", 1, ("B4",))]


@pytest.mark.parametrize("fmt", ["xlsx", "xls", "ods", "parquet", "tsv"])
def test_names_beside_a_word_withhold_it_in_every_format(tmp_path, fmt):
    rows = [["2024-1-2", "市级", "1", "甲某某", DONE]] * 20 + [["2024-1-3", "市级", "1", "甄某隐", "已告知甄某隐"]] * 3
    path = tmp_path / "接访"
    write(path, [Sheet("登记", [["接访日期", "接访级别", "来访人数", "姓名", "办理状态"], *rows])], fmt)
    one = said(path)
    assert one.rows == 3
    assert "甄某隐" not in one.message


@pytest.mark.parametrize("words", [("已转交", "正在研究"), ("已转相关科室", "正在走访核查"), ("Sent on", "With the team")])
def test_unknown_outcomes_that_decide_no_printed_figure_do_not_fail_a_run(tmp_path, words):
    """A yes/no column decides what is printed; asked for what they would decide, they do."""
    rows = "".join(f"{n},2024-05-0{n},{words[n % 2]},{'是否'[n % 3 > 0]}\n" for n in range(1, 9))
    path = text_file(tmp_path, f"编号,登记日期,办理结果,是否解决\n{rows}")
    made = report(path)
    assert (made.tables[0].measures, made.attention) == (("cases", "resolved", "resolution_rate"), ())
    assert "W201" in codes(made)
    assert report(path, measure="cases,closed").attention != ()


def test_unknown_states_without_a_yes_no_column_still_fail_a_run(tmp_path):
    rows = "".join(f"{n},2024-05-0{n},{'已办结' if n < 6 else '甩锅'}\n" for n in range(1, 9))
    assert report(text_file(tmp_path, f"编号,登记日期,办理状态\n{rows}")).attention != ()
