"""The paragraph, sentence by sentence: series in their order, ties, what there is none of, one and several."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.logs import book, report
from tests.visits import counted, monthly, rows
from tests.written import told
from xfstats.model import Period
from xfstats.render.narrative import narrate, plain_text
from xfstats.render.narrative.base import change_unit
from xfstats.render.narrative.zh_words import former_period, spoken_step
from xfstats.reports.figures import Change, Place, Statistic


def visits(folder, *groups, **options):
    """A log of one visit of two persons on 1 May 2026 for each group that is named, as often as it is named."""
    lines = "".join(f"2026-5-1 {unit} 2 已办结\n" for unit in groups)
    return report(book(folder, "接访日期 责任单位 来访人数 办理状态\n" + lines), **{"measure": "visits,persons", **options})


def sentences(made):
    return told(made).replace("; ", ";").split("。" if made.lang == "zh" else ". ")


def test_a_log_whose_rates_alone_are_asked_for_has_records(tmp_path):
    made = visits(tmp_path, "甲局", "乙局", measure="closure_rate")
    assert told(made) == "2026年5月1日，接访结案率100.00%。"
    assert told(replace(made, lang="en")) == "On 1 May 2026, the log of visits shows closure rate 100.00%."
    assert told(visits(tmp_path, "甲局", measure="settled")) == "2026年5月1日，接访没有息诉罢访的事项。"
    assert told(visits(tmp_path, "甲局", measure="share")) == "2026年5月1日，接访的数字见表。"


@pytest.mark.parametrize(
    ("label", "unit", "short", "words"),
    [
        ("2021-07", "month", False, "2021年7月"),
        ("2021-07", "month", True, "7月"),
        ("2021-Q3", "quarter", False, "2021年第三季度"),
        ("2021-W01", "week", False, "2021年第1周"),
        ("2021", "year", True, "2021年"),
        ("未归类", "month", True, "未归类"),
    ],
)
def test_a_step_of_a_series_is_spoken(label, unit, short, words):
    assert spoken_step(label, unit, short=short) == words


def test_a_long_series_is_told_by_its_first_last_and_highest_step_never_as_the_top_three(tmp_path):
    made = counted(tmp_path, rows(3), by="month", measure="visits", period="2026")
    table = made.tables[0]
    most = max(table.rows, key=lambda row: row.figures["visits"])
    text = told(made)
    assert text == "2026年，共接待来访群众120批次。分月看，1月14批次，12月没有；8月最多，为16批次，占13.33%。"
    assert (table.rows[0].figures["visits"], most.group, most.figures["visits"]) == (14, {"month": "2026-08"}, 16)
    assert told(replace(made, lang="en")) == (
        "In 2026, there were 120 visits. "
        "2026-01 had 14 visits, 2026-12 had none; the most were in 2026-08, 16 visits (13.33% of all)."
    )


def test_a_short_series_is_told_in_its_order(tmp_path):
    text = told(counted(tmp_path, rows(3), by="quarter", measure="visits", period="2026"))
    assert text.index("第一季度") < text.index("第二季度") < text.index("第三季度") < text.index("第四季度")


@pytest.mark.parametrize(
    ("amounts", "opening", "named"),
    [
        ("AAABBCDEFG", "居前两位的是", "AB"),
        ("AAABBBCCDDEFG", "居前列的是", "ABCD"),
        ("AAAABBBCCDEFG", "居前三位的是", "ABC"),
        ("AABCDEFGH", "居首位的是", "A"),
        ("ABCDEFGH", None, ""),
    ],
)
def test_groups_that_share_a_place_are_all_named_or_none_of_them(tmp_path, amounts, opening, named):
    found = sentences(visits(tmp_path, *(f"{one}局" for one in amounts)))
    told_of = next((one for one in found if one.startswith("居")), "")
    assert (opening or "") == told_of[: len(opening or "")]
    assert [one for one in "ABCDEFGH" if f"{one}局" in told_of] == list(named)


def test_a_name_that_ends_in_a_digit_does_not_run_into_the_figure(tmp_path):
    said = "2026年5月1日，共接待来访群众3批次6人次。其中，窗口1：2批次4人次；窗口2：1批次2人次。"
    assert told(visits(tmp_path, "窗口1", "窗口1", "窗口2")) == said


def test_one_and_several_are_said_in_english(tmp_path):
    one = replace(visits(tmp_path, "甲局"), lang="en")
    assert told(one) == "On 1 May 2026, there was 1 visit by 2 persons."
    letters = report(book(tmp_path, "收信日期 办理状态\n2026-5-1 已办结\n2026-5-2 已办结\n"), log="letters")
    assert told(replace(letters, lang="en")) == (
        "From 1 May to 2 May 2026, there were 2 letters; 2 closed, closure rate 100.00%."
    )


def test_what_has_no_basis_is_said_of_the_amount(tmp_path):
    made = visits(tmp_path, "甲局", "乙局", period="2026-05", compare="prev,yoy")
    assert told(made).startswith("2026年5月，共接待来访群众2批次4人次。上月、上年同期均没有接访记录。")
    assert sentences(replace(made, lang="en"))[0] == (
        "In May 2026, there were 2 visits (none in the period before, none a year before) by 4 persons"
    )


def test_a_ranked_table_tells_who_is_first_and_last(tmp_path):
    made = visits(tmp_path, "甲局", "甲局", "乙局", rank="visits")
    assert told(made).endswith("按批次由高到低，甲局居首位（2批次），乙局居末位（1批次）。")
    assert told(replace(made, lang="en")).endswith("By visits from the highest down, 甲局 is first (2) and 乙局 last (1).")
    rising = told(visits(tmp_path, "甲局", "甲局", "乙局", rank="visits:asc"))
    assert rising.endswith("按批次由低到高，乙局居首位（1批次），甲局居末位（2批次）。")
    alike = told(visits(tmp_path, "甲局", "乙局", rank="visits"))
    assert alike == "2026年5月1日，共接待来访群众2批次4人次。其中，乙局1批次2人次；甲局1批次2人次。"


def test_a_collective_visit_has_its_unit_and_none_is_said_as_none(tmp_path):
    none = told(visits(tmp_path, "甲局", measure="visits,collective_visits"))
    assert none == "2026年5月1日，共接待来访群众1批次，没有集体访。"
    log = book(tmp_path, "接访日期 责任单位 来访人数\n2026-5-1 甲局 7\n")
    said = told(report(log, measure="visits,collective_visits,collective_persons"))
    assert said == "2026年5月1日，共接待来访群众1批次，集体访1批次7人次。"


def both(made):
    """The paragraph in Chinese and in English."""
    return told(replace(made, lang="zh")), told(replace(made, lang="en"))


def test_groups_that_have_nothing_are_said_after_those_that_have(tmp_path):
    made = visits(tmp_path, *"AABB", by="unit", period="2026-05")
    some = replace(made.tables[0].rows[1], block=replace(made.tables[0].rows[1].block, figures={"visits": 0, "persons": 0}))
    (chinese, english) = both(replace(made, tables=(replace(made.tables[0], rows=(made.tables[0].rows[0], some)),)))
    assert chinese.endswith("共接待来访群众4批次8人次。其中，A：2批次4人次；B没有。")
    assert english.endswith("there were 4 visits by 8 persons. Of these, A had 2 visits by 4 persons; B had none.")


def test_outcomes_that_there_are_none_of_and_rates_without_a_base(tmp_path):
    log = "接访日期 责任单位 来访人数 办理状态\n2026-5-1 甲局 2 办理中\n2026-5-2 乙局 1 办理中\n"
    chinese, english = both(report(book(tmp_path, log), measure=["visits", "closed"]))
    assert chinese.split("。")[0] == "2026年5月1日至5月2日，共接待来访群众2批次，没有结案的事项"
    assert english.split(". ")[0] == "From 1 May to 2 May 2026, there were 2 visits; none closed"
    chinese, english = both(report(book(tmp_path, log.replace("办理中", "撤诉")), measure=["visits", "closure_rate"]))
    assert chinese.split("。")[0] == "2026年5月1日至5月2日，共接待来访群众2批次"
    assert english.split(". ")[0] == "From 1 May to 2 May 2026, there were 2 visits"


def test_a_long_series_whose_steps_are_all_alike_has_no_highest(tmp_path):
    lines = "".join(f"2026-{month}-1 甲局 2 已办结\n" for month in range(1, 13))
    made = report(book(tmp_path, "接访日期 责任单位 来访人数 办理状态\n" + lines), measure="visits", by="month")
    chinese, english = both(made)
    assert chinese == "2026年1月1日至12月1日，共接待来访群众12批次。分月看，1月1批次，12月1批次。"
    assert english.endswith("there were 12 visits. 2026-01 had 1 visit, 2026-12 had 1 visit.")


def test_subsets_are_told_after_the_groups(tmp_path):
    rule = '[[groups.visits]]\nlabel = "甲"\nwhen = { level = "市级" }\nof_which = true\n'
    (tmp_path / "own.toml").write_text(rule, "utf-8")
    log = book(tmp_path, "接访日期 接访级别 来访人数\n2026-5-1 市级 2\n2026-5-1 县级 2\n")
    chinese, english = both(report(log, by="level", measure="visits,persons", profile=tmp_path / "own.toml"))
    assert chinese.endswith("其中，市级领导接待1批次2人次；县级领导接待1批次2人次。上述合计中，甲接待1批次2人次。")
    assert english.endswith("县级 had 1 visit by 2 persons. Among them, 甲 had 1 visit by 2 persons.")


def test_a_place_without_one_before_and_a_table_without_ends(tmp_path):
    (tmp_path / "own.toml").write_text('own = "甲局"\n', "utf-8")
    chosen = {"by": "unit", "rank": "visits", "period": "2026-05", "compare": "prev"}
    chinese, english = both(visits(tmp_path, "甲局", "甲局", "乙局", profile=tmp_path / "own.toml", **chosen))
    assert chinese.endswith("；乙局1批次2人次。在2个单位中，甲局批次居第1位。")
    assert english.endswith("; 乙局 had 1 visit by 2 persons. 甲局 stands 1 of 2 by visits.")
    crossed = visits(tmp_path, "甲局", "甲局", "乙局", by="unit,month", rank="visits")
    assert both(crossed)[0] == "2026年5月1日，共接待来访群众3批次6人次。"


def test_a_quarter_is_told_as_a_quarter(tmp_path):
    assert told(visits(tmp_path, "甲局", period="2026-Q2")) == "2026年第二季度，共接待来访群众1批次2人次。"


def test_nobody_has_a_place_in_a_period_without_records(tmp_path):
    """All would share the first."""
    chosen = {"by": "unit", "rank": "visits", "period": "2026-05", "compare": "prev"}
    (table,) = visits(tmp_path, "甲局", "甲局", "乙局", **chosen).tables
    assert [row.block.places["visits"] for row in table.rows] == [Place(1, 2, {"prev": None}), Place(2, 2, {"prev": None})]


def test_a_log_without_days_is_told_without_a_period(tmp_path):
    made = visits(tmp_path, "甲局", "乙局")
    chinese, english = both(replace(made, tables=(replace(made.tables[0], span=None),)))
    assert chinese == "共接待来访群众2批次4人次。其中，乙局1批次2人次；甲局1批次2人次。"
    assert english.startswith("There were 2 visits by 4 persons. Of these, 乙局 had 1 visit by 2 persons;")


def test_an_own_group_without_a_figure_has_no_place(tmp_path):
    (tmp_path / "own.toml").write_text('own = "甲局"\n', "utf-8")
    log = "接访日期 责任单位 来访人数 办理状态\n2026-5-1 甲局 2 撤诉\n2026-5-2 乙局 1 已办结\n2026-5-2 丙局 1 办理中\n"
    made = report(book(tmp_path, log), by="unit", rank="closure_rate", profile=tmp_path / "own.toml")
    chinese, english = both(made)
    assert chinese.endswith("。其中，乙局1批次1人次，已结案；丙局1批次1人次；甲局1批次2人次。")
    assert english.endswith("; 丙局 had 1 visit by 1 person; 甲局 had 1 visit by 2 persons.")


def test_ends_that_too_many_share_are_not_told(tmp_path):
    assert told(visits(tmp_path, *"AABCD", rank="visits")).endswith(
        "按批次由高到低，A居首位（2批次），B、C、D并列末位（均为1批次）。"
    )
    many = told(visits(tmp_path, *"AABCDEFGHIJK", rank="visits"))
    assert many == "2026年5月1日，共接待来访群众12批次24人次。居首位的是A：2批次4人次，占16.67%。"


def test_of_many_groups_only_those_that_have_something_are_the_largest(tmp_path):
    made = visits(tmp_path, *"AABCDEFGH", by="unit")
    (table,) = made.tables
    none = [replace(row, block=replace(row.block, figures={"visits": 0, "persons": 0})) for row in table.rows[2:]]
    text = told(replace(made, tables=(replace(table, rows=(*table.rows[:2], *none)),)))
    assert text.endswith("共接待来访群众9批次18人次。居前两位的是A：2批次4人次，占22.22%；B：1批次2人次，占11.11%。")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_count_that_no_sheet_can_tell_is_not_spoken_of(tmp_path, lang):
    made = visits(tmp_path, "市级 1 已办结", measure="visits,open")
    made = replace(made, lang=lang)
    table = made.tables[0]
    total = table.total_row
    untold = replace(total, block=replace(total.block, figures={**total.figures, "open": None}))
    before = plain_text(narrate(made)[0])
    after = plain_text(narrate(replace(made, tables=(replace(table, total_row=untold),)))[0])
    if lang == "zh":
        assert (before, after) == (
            "2026年5月1日，共接待来访群众1批次，没有未结的事项。",
            "2026年5月1日，共接待来访群众1批次。",
        )
    else:
        assert (before, after) == ("On 1 May 2026, there was 1 visit. Open: none.", "On 1 May 2026, there was 1 visit.")


def test_an_english_ledger_apart_without_records_is_named(tmp_path):
    made = visits(tmp_path, "市级 1 已办结", period="2030")
    apart = replace(made.tables[0], parted=True)
    said = "In 2030, under visits there were no records of visits."
    assert plain_text(narrate(replace(made, lang="en", tables=(apart,)))[0]) == said


def test_an_english_paragraph_of_subsets_places_and_nothing(tmp_path):
    made = replace(monthly(tmp_path, rank="visits", measure="visits,persons,closed,overdue,closure_rate"), lang="en")
    assert told(made) == (
        "In May 2026, there were 7 visits (down 41.67% from 12 in the period before, none a year before) "
        "by 39 persons (down 59.79% from 97 in the period before); 1 closed, "
        "closure rate 16.67% (down 37.88 points from 54.55% in the period before). Open overdue: 5. "
        "Of these, 县级 had 3 visits by 17 persons, 1 closed; (none) had 2 visits by 9 persons; "
        "市级 had 1 visit by 11 persons; 乡级 had 1 visit by 2 persons. "
        "By visits from the highest down, 县级 is first (3) and 市级 and 乡级 last (1)."
    )
    empty = replace(counted(tmp_path, rows(3), period="2019", measure="visits,persons,closed,closure_rate"), lang="en")
    assert told(empty) == "In 2019, there were no records of visits."


def test_a_table_without_its_amount_tells_its_rates_alone(tmp_path):
    made = counted(tmp_path, rows(3), measure="closure_rate")
    assert told(replace(made, lang="zh")) == "2026年1月1日至10月27日，接访结案率48.98%。"
    assert told(replace(made, lang="en")) == "From 1 January to 27 October 2026, the log of visits shows closure rate 48.98%."


def test_a_year_is_told_as_a_year_and_a_month_as_a_month(tmp_path):
    told_as = {
        "2026": "2026年",
        "2026-05": "2026年5月",
        "2026-05-03..2026-06-02": "2026年5月3日至6月2日",
        "2026-01..2026-10": "2026年1月至10月",
    }
    for period, words in told_as.items():
        assert told(counted(tmp_path, rows(3), period=period)).partition("，")[0] == words


def compared(folder, before, now, **options):
    """The paragraph about visits of May 2026 beside those of April, by the levels that are named."""
    lines = "".join(f"2026-{month}-1 {one} 2\n" for month, levels in ((4, before), (5, now)) for one in levels)
    chosen = {"by": "level", "measure": "visits,persons", "period": "2026-05", "compare": "prev", **options}
    return both(report(book(folder, "接访日期 接访级别 来访人数\n" + lines, name="领导接访.xlsx"), **chosen))


@pytest.mark.parametrize(
    ("levels", "subject"),
    [
        (["市级", "县级", "乡级"], "市、县、乡三级领导干部"),
        (["县级", "县级"], "县级领导干部"),
        (["市级", "."], "领导干部"),
        (["市级领导", "县市区党政一把手", "其他党政班子成员和乡镇领导"], "市、县、乡三级领导干部"),
    ],
)
def test_leaders_of_the_levels_of_a_log_are_its_subject(tmp_path, levels, subject):
    assert compared(tmp_path, [], levels)[0].startswith(f"2026年5月，{subject}共接待来访群众{len(levels)}批次")


def test_a_log_that_is_not_the_leaders_has_no_subject(tmp_path):
    lines = "登记日期 级别 来访人数\n2026-5-1 市级 2\n2026-5-2 县级 1\n"
    made = report(book(tmp_path, lines, name="来访登记.xlsx"), by="level", measure="visits")
    assert told(made) == "2026年5月1日至5月2日，共接待来访群众2批次。其中，市级1批次；县级1批次。"


def test_the_former_figure_stands_beside_a_change(tmp_path):
    chinese, english = compared(tmp_path, ["市级"] * 8, ["市级"] * 9)
    assert chinese == (
        "2026年5月，市级领导干部共接待来访群众9批次18人次。批次环比增长12.50%，上月为8批次；人次环比增长12.50%，上月为16人次。"
    )
    assert english == (
        "In May 2026, there were 9 visits (up 12.50% from 8 in the period before) "
        "by 18 persons (up 12.50% from 16 in the period before)."
    )
    assert "批次环比持平；人次环比持平。" in compared(tmp_path, ["市级"], ["市级"])[0]


def test_two_windows_without_a_change_are_told_at_once(tmp_path):
    lines = "".join(f"{day} 甲局 已办结\n" for day in ("2025-5-1", "2026-4-1", "2026-5-1"))
    chosen = {"measure": "cases,closed", "period": "2026-05", "compare": "prev,yoy"}
    made = report(book(tmp_path, "登记日期 承办单位 状态\n" + lines, name="案件.xlsx"), log="cases", **chosen)
    assert told(made) == "2026年5月，受理信访事项1件，环比、同比均持平。已结案。"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-05-01", "2026-05-31", "上月"),
        ("2026-04-01", "2026-06-30", "上季度"),
        ("2026-02-01", "2026-04-30", "上期"),
        ("2026-01-01", "2026-12-31", "上年"),
        ("2026-05-04", "2026-05-10", "上周"),
        ("2026-05-01", "2026-05-10", "上期"),
    ],
)
def test_the_period_before_is_called_by_its_length(first, last, words):
    day = date.fromisoformat(last) + timedelta(days=1)
    assert former_period("prev", Period(date.fromisoformat(first), day)) == words
    assert former_period("yoy", Period(date.fromisoformat(first), day)) == ("上年" if words == "上年" else "上年同期")


def test_the_period_before_that_of_a_log_without_days_is_called_so():
    assert [former_period(window, None) for window in ("prev", "yoy")] == ["上期", "上年同期"]


def test_a_change_of_hours_is_told_in_hours():
    change = Change(Statistic(3, 2, "hours"), Statistic(1, 2, "hours"))
    assert [change_unit(change, lang, "1") for lang in ("zh", "en")] == ["小时", " hour"]
    assert change_unit(change, "en", "1.5") == " hours"


def test_running_text_has_no_thousands_separators_and_tables_have(tmp_path):
    made = report(book(tmp_path, "接访日期 单位 来访人数\n" + "2026-5-1 甲局 1234\n2026-5-1 乙局 1\n"), measure="persons")
    assert "1235人次" in told(made)
    assert made.tables[0].shown()["合计"] == {"persons": "1,235"}


def test_sentences_are_short_and_of_one_theme(tmp_path):
    text = told(counted(tmp_path, rows(3)))
    assert max(map(len, text.split("。"))) <= 96
    themes = [one for one in text.split("。") if "满意" in one]
    assert themes == [
        "评价满意16批次，评价基本满意19批次，评价不满意15批次，未评价22批次",
        "已评价50批次，参评率69.44%，满意35批次，满意率70.00%，对单位满意率66.67%",
    ]


def test_days_are_told_as_an_office_does(tmp_path):
    text = told(counted(tmp_path, rows(3), measure="median_days,p90_days,mean_days,visits"))
    assert "，90%的事项在90天内办结，平均" in text
