"""What a state with something behind it says, codes and marks that are no yes, and words that an option places."""

import pytest

from tests.logs import book, codes, report, states, total
from tests.writers import Sheet, write
from xfstats.errors import InputFault, UsageFault
from xfstats.reports.figures import Pair


def log(folder, words, header="办理状态", fmt="csv"):
    rows = [[f"2024-{1 + n // 28}-{1 + n % 28}", f"案{n}", "甲局", word] for n, word in enumerate(words)]
    path = folder / "包案台账"
    write(path, [Sheet("包案", [["受理日期", "案件编号", "承办单位", header], *rows])], fmt)
    return path


def counted(path, **options):
    return report(path, log="cases", **options).tables[0].total


@pytest.mark.parametrize(
    "word", ["已办结（住建局）", "已办结(3)", "Closed - Upheld", "已办结（满意）", "Closed (2024-05-09)", "Closed - Public"]
)
def test_a_neutral_word_behind_a_state_changes_nothing(tmp_path, word):
    assert counted(log(tmp_path, [word, "办理中"]))["closed"] == 1


@pytest.mark.parametrize("word", ["Completed - Dup", "Open - Dup", "In Progress (Duplicate)", "已办结（重复件）"])
def test_a_duplicate_is_excluded_before_and_behind_the_dash(tmp_path, word):
    found = counted(log(tmp_path, [word, "已办结"]))
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
    assert counted(path, words={"statuses": [("1", "closed")]})["closed"] == 10


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_a_column_that_asks_reads_0_and_1_alike(tmp_path, fmt):
    path = log(tmp_path, ["0", "1"] * 5 if fmt == "csv" else [0, 1] * 5, "是否办结", fmt)
    assert counted(path)["closed"] == 5


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
    "header",
    [
        "满意程度",
        "满意度评价",
        "回访评分",
        "服务评价星级",
        "群众打分",
        "Customer Satisfaction Rating",
        "CSAT score",
        "Satisfaction level",
    ],
)
def test_a_header_of_marks_is_known_by_its_parts(tmp_path, header):
    with pytest.raises(InputFault, match="--map-rating"):
        report(log(tmp_path, ["5", "4", "1", "1"], header), log="cases", measure=["satisfaction_rate"])


@pytest.mark.parametrize("header", ["风险评级", "考核评分", "Risk score", "Severity rating"])
def test_marks_of_other_things_are_no_ratings(tmp_path, header):
    with pytest.raises(InputFault) as caught:
        report(log(tmp_path, ["5", "4", "1", "1"], header), log="cases", measure=["satisfaction_rate"])
    assert caught.value.code == "E305"


def test_shares_are_marks(tmp_path):
    with pytest.raises(InputFault) as caught:
        report(log(tmp_path, ["100%", "1", "80%", "1"], "满意度"), log="cases", measure=["satisfaction_rate"])
    assert caught.value.code == "E340"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("满意度", ["满意", "不满意", "满意", "1"]),
        ("满意度", ["非常满意", "1", "不满意", "满意"]),
        ("Satisfaction", ["Very satisfied", "Dissatisfied", "1", "Satisfied"]),
    ],
)
def test_a_one_beside_words_of_ratings_is_no_yes(tmp_path, header, words):
    path = log(tmp_path, words, header)
    made = report(path, log="cases", words={"preset": "petition"})
    assert made.tables[0].total["satisfaction_rate"] == Pair(2, 3)
    assert [one.rows for one in made.findings if one.code == "W221"] == [1]


@pytest.mark.parametrize(
    "marks", [["5", "5", "4", "1"], ["5分", "5分", "4分", "1分"], ["5 stars", "5 stars", "4 stars", "1 star"]]
)
def test_marks_count_once_each_is_placed(tmp_path, marks):
    path = log(tmp_path, marks, "满意度")
    cut = {marks[0]: "satisfied", marks[2]: "基本满意"}
    with pytest.raises(InputFault):
        report(path, log="cases", measure=["satisfaction_rate"], words={"ratings": cut})
    whole = {"ratings": {**cut, marks[3]: "dissatisfied"}}
    assert counted(path, measure=["satisfaction_rate"], words=whole)["satisfaction_rate"] == Pair(3, 4)
    own = tmp_path / "office.toml"
    own.write_text(
        f'map_rating = ["{marks[0]}=dissatisfied", "{marks[3]}=dissatisfied"]\n[ratings]\nsatisfied = ["{marks[2]}"]\n', "utf-8"
    )
    assert counted(path, measure=["satisfaction_rate"], profile=own)["satisfaction_rate"] == Pair(1, 4)


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
        report(log(tmp_path, ["5"], "满意度"), words={"ratings": {"5": "happy"}})
    assert "satisfied" in str(caught.value)


@pytest.mark.parametrize(("placed", "closed"), [("resolved", 3), ("settled", 3), ("resolved-only", 1), ("resolved,open", 1)])
def test_a_word_that_an_option_resolves_is_closed_too(tmp_path, placed, closed):
    words = {"statuses": [("Sorted", placed), ("Resolved", "closed")]}
    assert counted(log(tmp_path, ["Sorted", "sorted", "Open", "Resolved"], "Status"), words=words)["closed"] == closed


@pytest.mark.parametrize(
    ("header", "word", "placed", "note"),
    [
        ("Status", "Sorted", "resolved", "按本单位的词表，sorted也计入结案"),
        ("Status", "Sorted", "resolved-only", ""),
        ("Status", "Sorted", "closed", ""),
        ("办理状态", "双方和好", "settled", "按本单位的词表，双方和好也计入结案"),
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
    own.write_text('[status]\nclosed = ["Sorted"]\nresolved = ["Sorted"]\n', "utf-8")
    path = log(tmp_path, ["Sorted", "Open", "Open"], "Status")
    typed = report(path, log="cases", words={"statuses": [("Sorted", "resolved")]}).tables[0]
    assert report(path, log="cases", profile=own).tables[0].notes == typed.notes
    assert any("sorted" in note for note in typed.notes)


def test_an_option_moves_a_packaged_word_in_any_case(tmp_path):
    assert counted(log(tmp_path, ["Closed", "Resolved"], "Status"), words={"statuses": [("CLOSED", "open")]})["closed"] == 1


WORDS = ("拟办结", "尚未办结", "即将办结", "待结", "已转出", "正商办", "缓办", "另案")


def in_states(folder, *words, header="办理状态"):
    rows = "".join(f"A{number} 2024-5-{number} {word}\n" for number, word in enumerate(words, 1))
    return report(book(folder, f"信访编号 登记日期 {header}\n{rows}", name="案件.xlsx"))


def test_a_status_column_of_unknown_words_is_a_status_column(tmp_path):
    rows = "".join(f"A{number} 2024-5-1 {word} 2024-6-1\n" for number, word in enumerate(WORDS))
    made = report(book(tmp_path, f"工单编号 登记日期 工单状态 办结日期\n{rows}", name="工单.xlsx"))
    assert (total(made), codes(made)) == ({"cases": 8}, ["W201", "W203", "W251"])


def test_texts_in_place_of_a_status_are_said(tmp_path):
    texts = [f"经与来访人多次沟通后第{number}次答复其诉求并报送材料" for number in range(6)]
    rows = "".join(f"A{number} 2024-5-1 {text} 2024-6-1\n" for number, text in enumerate(texts))
    made = report(book(tmp_path, f"工单编号 登记日期 办理情况 办结日期\n{rows}", name="工单.xlsx"))
    assert (total(made, "cases")["closed"], codes(made)) == (6, ["W241"])


def test_states_under_an_unknown_header_are_read_by_their_words(tmp_path):
    made = report(book(tmp_path, "信访编号 登记日期 现办状态\nA1 2024-5-1 已办结\nA2 2024-5-2 办理中\n", name="案件.xlsx"))
    assert total(made, "cases")["closed"] == 1


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("Closed - upheld|Closed – not upheld|Open - public", {"closed": 2}),
        ("Closed - duplicate|Closed: resolved|Closed", {"closed": 2, "excluded": 1, "resolved": 1}),
        ("已结案 Closed|处理中 In progress|已撤回 Withdrawn", {"closed": 1, "excluded": 1}),
        ("已办结（已答复）|办结-满意|办理中", {"closed": 2}),
    ],
)
def test_a_state_in_two_parts_or_languages_is_what_its_known_part_says(tmp_path, words, counted):
    made = states(tmp_path, "Status", words.split("|"))
    found = total(made, "cases")
    assert {key: found[key] for key in ("closed", "excluded", "resolved") if found.get(key)} == counted
    assert codes(made) == []


@pytest.mark.parametrize(
    "word",
    [
        "Closed - reopened by customer",
        "已办结-退回重办",
        "已解决 Closed",
        "解决(部分)",
        "Resolved - no",
        "Closed - pending review",
        "已办结（否）",
    ],
)
def test_a_state_whose_parts_contradict_each_other_is_asked_about(tmp_path, word):
    made = states(tmp_path, "Status", [word, "Closed", "Open"])
    assert (total(made, "cases")["closed"], codes(made)) == (1, ["W201"])


@pytest.mark.parametrize("header", ["Job Status", "Current stage", "现办状态"])
def test_a_column_of_states_is_read_though_some_of_its_words_are_unknown(tmp_path, header):
    made = states(tmp_path, header, ["Closed", "Raised", "Withdrawn", "Open", "Allocated"], closed="2024-05-09")
    found = total(made, "cases")
    assert (found["closed"], found["excluded"], codes(made)) == (1, 1, ["W201", "W203"])


def test_a_column_without_a_known_state_gives_way_to_one_with_them(tmp_path):
    made = states(tmp_path, "Stage|Complaint Status", ["Stage 1|Closed", "Stage 2|Open", "Stage 1|Closed"])
    assert (total(made, "cases")["closed"], codes(made)) == (2, [])


@pytest.mark.parametrize(
    "dated",
    [
        "已办结（2024.5.9）",
        "2024年5月9日已办结",
        "已于5月9日办结",
        "于5.9办结",
        "办结；",
        "已办结。",
        "已办结2024-5-9",
        "办结：20240509",
    ],
)
def test_a_day_and_a_stop_beside_a_state_are_no_part_of_its_word(tmp_path, dated):
    made = in_states(tmp_path, dated, dated, dated, "办理中")
    assert (total(made, "cases")["closed"], codes(made)) == (3, [])


@pytest.mark.parametrize("text", ["预计5月9日办结", "5月9日前办结", "办结（部分）", "办结（1.2.3）"])
def test_what_changes_the_sense_of_a_state_is_part_of_its_word(tmp_path, text):
    made = in_states(tmp_path, "已办结", "已办结", text, "办理中")
    assert (total(made, "cases")["closed"], codes(made)) == (2, ["W201"])


def test_settled_or_not_in_two_columns_of_ticks(tmp_path):
    log = "序号 来访日期 来访人数 息访 未息访\n1 2024-5-1 2 √ .\n2 2024-5-2 3 . √\n3 2024-5-3 1 ✅ .\n"
    assert total(report(book(tmp_path, log)))["settled"] == 2


def test_a_word_for_closed_in_place_of_the_day_is_closed(tmp_path):
    log = "序号 来访日期 来访人数 办结时间\n1 2024-5-1 2 2024-5-9\n2 2024-5-2 3 当场办结\n3 2024-5-3 1 未办结\n4 2024-5-4 1 .\n"
    made = report(book(tmp_path, log))
    assert (total(made)["closed"], codes(made)) == (2, ["W206"])


@pytest.mark.parametrize(
    ("ticks", "closed", "said"),
    [
        (("√ . .", ". √ .", ". . √", ". . ."), 3, ["W244"]),
        (("√ . .", "√ √ .", "√ . √", ". . ."), 3, []),
        (("是 . .", "否 是 .", ". . 是", ". . ."), 1, []),
    ],
)
def test_one_tick_a_row_is_one_outcome_spread_over_columns(tmp_path, ticks, closed, said):
    rows = "".join(f"{number} 2024-5-{number} 2 {row}\n" for number, row in enumerate(ticks, 1))
    made = report(book(tmp_path, f"序号 来访日期 来访人数 办结 息诉罢访 化解\n{rows}"))
    assert (total(made)["closed"], codes(made)) == (closed, said)


def test_a_column_of_states_without_a_name_is_the_status_and_said(tmp_path):
    rows = "".join(f"{n} 2024-1-{n} 2 {state}\n" for n, state in enumerate(["已办结", "办理中", "已化解", "已办结", "办理中"], 1))
    made = report(book(tmp_path, f"序号 来访日期 来访人数 .\n{rows}"))
    assert total(made)["closed"] == 3
    assert any("column:D" in note for note in made["visits"].notes)


def test_a_status_against_its_yes_or_no_is_said(tmp_path):
    log = "案件编号 登记日期 办理状态 是否办结\n1 2024-1-1 已办结 否\n2 2024-1-2 办理中 否\n"
    made = report(book(tmp_path, log, name="案件.xlsx"))
    assert [(said.code, said.rows) for said in made.findings] == [("W224", 1)]


@pytest.mark.parametrize("word", ["Closed - not resolved", "办结（未解决）"])
def test_a_closed_state_that_denies_it_is_resolved_is_closed(tmp_path, word):
    made = states(tmp_path, "Status", [word, "Closed", "Open"])
    assert (total(made, "cases")["closed"], codes(made)) == (2, [])


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
        made = report(path, log="cases", measure=["closure_rate"], words={"tables": {"choices": {"closed_by": way}}})
        assert made.tables[0].total["closure_rate"] == Pair(4, 4)
