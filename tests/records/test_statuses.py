"""What a state with something behind it says, codes and marks that are no yes, and words that an option places."""

import pytest

from tests.logs import report
from tests.writers import Sheet, write
from xfstats.errors import InputFault, UsageFault
from xfstats.report.figures import Pair


def log(folder, words, header="办理状态", fmt="csv"):
    rows = [[f"2024-{1 + n // 28}-{1 + n % 28}", f"案{n}", "甲局", word] for n, word in enumerate(words)]
    path = folder / "包案台账"
    write(path, [Sheet("包案", [["受理日期", "案件编号", "承办单位", header], *rows])], fmt)
    return path


def total(path, **options):
    return report(path, log="cases", **options).tables[0].total


@pytest.mark.parametrize(
    "word", ["已办结（住建局）", "已办结(3)", "Closed - Upheld", "已办结（满意）", "Closed (2024-05-09)", "Closed - Public"]
)
def test_a_neutral_word_behind_a_state_changes_nothing(tmp_path, word):
    assert total(log(tmp_path, [word, "办理中"]))["closed"] == 1


@pytest.mark.parametrize("word", ["Completed - Dup", "Open - Dup", "In Progress (Duplicate)", "已办结（重复件）"])
def test_a_duplicate_is_excluded_before_and_behind_the_dash(tmp_path, word):
    found = total(log(tmp_path, [word, "已办结"]))
    assert (found["excluded"], found["closed"]) == (1, 1)


@pytest.mark.parametrize(
    "word",
    [
        "Closed (Transferred)",
        "已办结（异地核查）",
        "Closed - Referred elsewhere",
        "Closed - Not Completed",
        "Resolved - Not Resolved",
        "已办结（未答复）",
        "Closed - Not Seen",
    ],
)
def test_any_other_word_behind_a_state_makes_it_unknown(tmp_path, word):
    made = report(log(tmp_path, [word, "已办结"]), log="cases")
    assert made.tables[0].total["closed"] == 1
    assert [one.rows for one in made.findings if one.code == "W201"] == [1]


@pytest.mark.parametrize(
    ("word", "sets"),
    [
        ("Resolved - Not Fixed", {"closed"}),
        ("Closed (not yet resolved)", {"closed"}),
        ("已办结（未化解）", {"closed"}),
        ("已化解（未息诉）", {"closed", "resolved"}),
        ("息诉罢访-尚未解决", {"closed", "settled"}),
        ("Resolved - Not Fixed (2024-05-09)", {"closed"}),
        ("Closed (not a duplicate)", {"closed"}),
        ("In progress - not resolved", set()),
    ],
)
@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_a_denial_behind_a_state_takes_away_what_it_denies(tmp_path, word, sets, fmt):
    made = report(log(tmp_path, [word, "已化解", "息诉罢访", "办理中"], fmt=fmt), log="cases")
    found = made.tables[0].total
    assert {
        one for one in ("closed", "settled", "resolved") if found[one] == {"closed": 3, "settled": 2, "resolved": 2}[one]
    } == sets
    assert [one.code for one in made.findings if one.code == "W201"] == []


def test_what_a_denial_was_read_as_depends_on_no_other_row(tmp_path):
    words = ["Resolved - Not Fixed", "已办结 Resolved - Not Fixed", "Resolved - Not Fixed - Dup", "Resolved"]
    for order in (words, words[::-1]):
        made = report(log(tmp_path, order), log="cases")
        assert (made.tables[0].total["closed"], made.tables[0].total["resolved"]) == (2, 1)
        assert sum(one.rows for one in made.findings if one.code == "W201") == 2


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "xls", "ods"])
@pytest.mark.parametrize("header", ["状态", "Status"])
def test_codes_under_a_header_of_states_close_nothing_until_they_are_placed(tmp_path, fmt, header):
    path = log(tmp_path, ["0", "1"] * 10 if fmt == "csv" else [0, 1] * 10, header, fmt)
    made = report(path, log="cases")
    assert "closed" not in made.tables[0].total
    assert "0 10" in next(one for one in made.findings if one.code == "W201").message
    assert total(path, words={"statuses": [("1", "closed")]})["closed"] == 10


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_a_column_that_asks_reads_0_and_1_alike(tmp_path, fmt):
    path = log(tmp_path, ["0", "1"] * 5 if fmt == "csv" else [0, 1] * 5, "是否办结", fmt)
    assert total(path)["closed"] == 5


@pytest.mark.parametrize("marks", [["5", "5", "4", "1"], ["10", "1", "1", "7"], ["4.5", "1", "1", "0"]])
@pytest.mark.parametrize("header", ["满意度", "Satisfaction"])
@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_marks_are_no_yes(tmp_path, marks, header, fmt):
    path = log(tmp_path, marks if fmt == "csv" else list(map(float, marks)), header, fmt)
    for measure in ("satisfaction_rate", "satisfied", "rated", "participation_rate"):
        with pytest.raises(InputFault, match="--map-rating") as caught:
            report(path, log="cases", measure=[measure])
        assert (caught.value.code, caught.value.exit_code, str(caught.value.position)) == (
            "E340",
            3,
            "「包案」!D" if fmt == "xlsx" else "D",
        )
    made = report(path, log="cases", words={"preset": "petition"})
    assert made.tables[0].shown("zh")["合计"]["satisfaction_rate"] == "—"
    assert made.tables[0].shown("zh")["合计"]["participation_rate"] == "—"
    assert [one.rows for one in made.findings if one.code == "W221"] == [4]


@pytest.mark.parametrize(
    "marks", [["5", "5", "4", "1"], ["5分", "5分", "4分", "1分"], ["5 stars", "5 stars", "4 stars", "1 star"]]
)
def test_marks_count_once_each_is_placed(tmp_path, marks):
    path = log(tmp_path, marks, "满意度")
    cut = {marks[0]: "satisfied", marks[2]: "基本满意"}
    with pytest.raises(InputFault):
        report(path, log="cases", measure=["satisfaction_rate"], words={"typed": {"map_rating": cut}})
    whole = {"typed": {"map_rating": {**cut, marks[3]: "dissatisfied"}}}
    assert total(path, measure=["satisfaction_rate"], words=whole)["satisfaction_rate"] == Pair(3, 4)
    own = tmp_path / "office.toml"
    own.write_text(
        f'map_rating = ["{marks[0]}=dissatisfied", "{marks[3]}=dissatisfied"]\n[ratings]\nsatisfied = ["{marks[2]}"]\n', "utf-8"
    )
    assert total(path, measure=["satisfaction_rate"], profile=own)["satisfaction_rate"] == Pair(1, 4)


def test_ones_of_one_file_are_no_yes_beside_marks_of_another(tmp_path):
    (tmp_path / "a").mkdir()
    one, other = log(tmp_path, ["1", "1", "1"], "满意度"), log(tmp_path / "a", ["5", "4", "1"], "满意度")
    made = report(one, other, log="cases", words={"preset": "petition"})
    assert made.tables[0].shown("zh")["合计"]["satisfaction_rate"] == "—"
    alone = report(one, log="cases", words={"preset": "petition"})
    assert alone.tables[0].shown("zh")["合计"]["satisfaction_rate"] == "100.00%"


def test_words_of_one_file_make_the_rate_beside_marks_of_another(tmp_path):
    (tmp_path / "a").mkdir()
    one, other = log(tmp_path, ["满意", "不满意"], "满意度"), log(tmp_path / "a", ["5", "4", "1"], "满意度")
    made = report(one, other, log="cases", words={"preset": "petition"})
    assert made.tables[0].total["satisfaction_rate"] == Pair(1, 2)


def test_a_class_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(UsageFault) as caught:
        report(log(tmp_path, ["5"], "满意度"), words={"typed": {"map_rating": {"5": "happy"}}})
    assert "satisfied" in str(caught.value)


@pytest.mark.parametrize(("placed", "closed"), [("resolved", 3), ("settled", 3), ("resolved-only", 1), ("resolved,open", 1)])
def test_a_word_that_an_option_resolves_is_closed_too(tmp_path, placed, closed):
    words = {"statuses": [("Solved", placed), ("Resolved", "closed")]}
    assert total(log(tmp_path, ["Solved", "solved", "Open", "Resolved"], "Status"), words=words)["closed"] == closed


@pytest.mark.parametrize(
    ("header", "word", "placed", "note"),
    [
        ("Status", "Solved", "resolved", "按本单位的词表，solved同时计入结案"),
        ("Status", "Solved", "resolved-only", ""),
        ("Status", "Solved", "closed", ""),
        ("办理状态", "双方和好", "settled", "按本单位的词表，双方和好同时计入结案"),
        ("办理状态", "已解决", "resolved", ""),
    ],
)
@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_a_word_that_closes_because_it_was_placed_as_resolved_or_settled_is_said(tmp_path, header, word, placed, note, fmt):
    path = log(tmp_path, [word, word, "Closed" if header == "Status" else "已办结"], header, fmt)
    made = report(path, log="cases", words={"statuses": [(word, placed)]})
    assert (note in made.tables[0].notes) if note else not any(word.lower() in one for one in made.tables[0].notes)
    assert made.tables[0].total["closed"] == (1 if placed == "resolved-only" else 3)


def test_a_profile_that_places_a_word_in_both_lists_says_the_same(tmp_path):
    own = tmp_path / "office.toml"
    own.write_text('[status]\nclosed = ["Solved"]\nresolved = ["Solved"]\n', "utf-8")
    path = log(tmp_path, ["Solved", "Open", "Open"], "Status")
    typed = report(path, log="cases", words={"statuses": [("Solved", "resolved")]}).tables[0]
    assert report(path, log="cases", profile=own).tables[0].notes == typed.notes
    assert any("solved" in note for note in typed.notes)


def test_an_option_moves_a_packaged_word_in_any_case(tmp_path):
    assert total(log(tmp_path, ["Closed", "Resolved"], "Status"), words={"statuses": [("CLOSED", "open")]})["closed"] == 1


@pytest.mark.parametrize(
    ("header", "words", "known", "placed"),
    [
        ("Status", ["0", "1", "2", "2", "Closed"], "Closed", ("2", "closed")),
        ("办理状态", ["甲类", "甲类", "乙类", "已办结", "办理中"], "已办结", ("甲类", "closed")),
        ("办理结果", ["转相关科室", "转相关科室", "转相关科室", "已解决", "已解决"], "已解决", ("转相关科室", "resolved")),
        ("是否办结", ["部分办", "部分办", "部分办", "是", "否"], "是", ("部分办", "closed")),
    ],
)
@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
def test_where_most_words_are_unknown_no_rate_is_printed(tmp_path, header, words, known, placed, fmt):
    path = log(tmp_path, words, header, fmt)
    made = report(path, log="cases", measure=["cases", "closed", "closure_rate"])
    assert made.tables[0].shown("zh")["合计"] == {"cases": "5", "closed": str(words.count(known)), "closure_rate": "—"}
    assert [one.rows for one in made.findings if one.code == "W251"] == [3 if header != "Status" else 4]
    found = report(path, log="cases", measure=["closure_rate"], words={"statuses": [placed]})
    if header != "是否办结":
        assert found.tables[0].shown("zh")["合计"]["closure_rate"] != "—"
        assert [one for one in found.findings if one.code == "W251"] == []


def test_half_of_the_words_known_is_enough(tmp_path):
    made = report(log(tmp_path, ["甲类", "已办结"]), log="cases", measure=["closure_rate"])
    assert made.tables[0].total["closure_rate"] == Pair(1, 2)


def test_of_several_files_those_with_known_words_make_the_rate_and_its_base_is_said(tmp_path):
    (tmp_path / "a").mkdir()
    one, other = log(tmp_path, ["已办结", "办理中"]), log(tmp_path / "a", ["甲", "乙", "丙"])
    made = report(one, other, log="cases", measure=["closed", "closure_rate"])
    assert made.tables[0].total == {"closed": 1, "closure_rate": Pair(1, 2)}
    assert any("2/5" in note for note in made.tables[0].notes)


def test_dates_that_close_need_no_words(tmp_path):
    rows = [["案件编号", "受理日期", "办结日期", "办理状态"], *([f"A{n}", "2024-05-01", "2024-05-09", "甲类"] for n in range(4))]
    path = tmp_path / "包案台账"
    write(path, [Sheet("包案", rows)], "csv")
    for way in ("date", "either"):
        made = report(path, log="cases", measure=["closure_rate"], words={"typed": {"choices": {"closed_by": way}}})
        assert made.tables[0].total["closure_rate"] == Pair(4, 4)
