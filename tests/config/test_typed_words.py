"""Options by any of their names: keys, printed names in Chinese and English, what clerks type; full-width marks and digits."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.logs import book
from tests.program import run_text
from xfstats.config import period_words
from xfstats.config.figure_names import figure_key, parse
from xfstats.config.gate_syntax import parse_gate
from xfstats.config.parse import parse_plan
from xfstats.config.period_words import day_key, period_key
from xfstats.config.periods import RELATIVE, parse_period
from xfstats.config.profile import load_profile
from xfstats.config.typed_options import DIRECTIONS, NAMES, as_keys
from xfstats.config.typed_words import Names, names, packaged_names, spelled
from xfstats.errors import UsageFault
from xfstats.measures.choices import PRESETS
from xfstats.messages import LANGS, has, name_of

CHINESE = re.compile("[\u3400-\u9fff]")
AS_OF = date(2026, 11, 2)
LOG = """
接访日期 单位 接访级别 来访人数 办理状态
2026-10-2 住建局 市级 3 已办结
2026-10-9 教育局 县级 1 办理中
2026-9-5 住建局 县级 2 已办结
"""
LISTS = {**NAMES, "directions": DIRECTIONS}


@pytest.mark.parametrize("option", LISTS)
def test_no_name_stands_twice_in_the_list_of_an_option(option):
    values = LISTS[option]
    seen = {}
    for key in values.keys:
        for name in {spelled(one) for one in (key, *names(values.table, key))}:
            assert seen.setdefault(name, key) == key, name


@pytest.mark.parametrize("option", LISTS)
def test_every_key_of_an_option_has_a_printed_name(option):
    values = LISTS[option]
    assert [key for key in values.keys if not has(f"{values.table}.{key}")] == []
    for key in values.keys:
        assert {values.key(name_of(values.table, key, lang)) for lang in LANGS} == {key}


def test_every_name_beside_the_printed_ones_is_of_a_key_that_some_option_takes():
    known = {(values.table, key) for values in LISTS.values() for key in values.keys}
    known |= {("ledgers", key) for key in packaged_names()["ledgers"]} | {("relative", key) for key in RELATIVE}
    held = {(table, key) for table, own in packaged_names().items() for key in own if table not in {"dates", "columns", "keys"}}
    assert held - known == set()


@pytest.mark.parametrize(
    ("option", "typed", "key"),
    [
        ("by", "单位，县区", "unit,region"),
        ("by", "年、Reception type", "year,reception_type"),
        ("by", ["单位", "月"], ["unit", "month"]),
        ("measure", "结案率", "closure_rate"),
        ("measure", "closure-rate,Closure Rate", "closure_rate,closure_rate"),
        ("measure", "批次、人次", "visits,persons"),
        ("compare", "环比,同比", "prev,yoy"),
        ("rank", "结案率：升序", "closure_rate:asc"),
        ("sort", "Median days:descending", "median_days:desc"),
        ("preset", "信访", "petition"),
        ("preset", "１２３４５", "12345"),
        ("cross", "渠道", "channel"),
        ("date_by", "办结日期", "closed_on"),
        ("log", "接访", "visits"),
        ("duplicates", "拒绝", "reject"),
        ("format_", "表格", "table"),
        ("format_", "Excel", "xlsx"),
        ("closed_by", "任一", "either"),
        ("lang", "中文", "zh"),
        ("maps", ["人数＝到场人数", "unit=column:F"], ["persons=到场人数", "unit=column:F"]),
        ("maps", ["单位=Ｆ列", "层级=第c列", "状态=列：D"], ["unit=column:F", "level=column:c", "status=column:D"]),
        ("maps", {"人数": "到场人数"}, {"persons": "到场人数"}),
        ("where", ["县区=甲县", "Region＝North"], ["region=甲县", "region=North"]),
        ("where", {"县区": "甲县"}, {"region": "甲县"}),
        ("map_status", ["了了=结案", "a=b=息诉罢访，解决"], ["了了=closed", "a=b=settled,resolved"]),
        ("map_rating", ["５＝满意"], ["５=satisfied"]),
        ("map_level", ["社区＝乡级"], ["社区=乡级"]),
        ("fail_if", ["结案率［县级］＜９０％"], ["closure_rate[县级]<90%"]),
        ("fail_if", ["Closure rate[North].year before ≤ -5%"], ["closure_rate[North].yoy <= -5%"]),
        ("period", "２０２６年１０月", "2026-10"),
        ("as_of", "2026年11月2日", "2026-11-02"),
        ("max_rejected", "２％", "2%"),
        ("limits", {"内存": 4096}, {"memory_mib": 4096}),
        ("template", "单位", "单位"),
        ("by", "承办科室，Responsible department", "unit,unit"),
        ("by", "主办部门,所属乡镇", "unit,region"),
        ("maps", ["工单编号=编号", "来访人次=C列"], ["case_no=编号", "persons=column:C"]),
        ("by", None, None),
        ("by", "结案率", "结案率"),
    ],
)
def test_a_name_is_its_key(option, typed, key):
    assert as_keys({option: typed}) == {option: key}
    assert as_keys({option: key}) == {option: key}


def test_two_names_of_one_key_are_not_both_taken():
    with pytest.raises(UsageFault) as caught:
        as_keys({"maps": {"人数": "到场人数", "persons": "人数"}})
    assert caught.value.code == "E214"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("结案率", "closure_rate"),
        ("结案率[县级].环比", "closure_rate[县级].prev"),
        ("接访：批次【县级，乡级】。同比", "visits:visits[县级,乡级].yoy"),
        ("领导接访:人次", "receptions:persons"),
        ("来访:人次[“甲，乙”]", 'walk_ins:persons["甲,乙"]'),
        ("Closure rate[*]", "closure_rate[*]"),
    ],
)
def test_a_figure_by_any_of_its_names(text, key):
    assert figure_key(text) == key
    assert parse(text) == parse(key)


@pytest.mark.parametrize("text", ["甲:结案率", "结案率[县级].昨", "结案率[县级", ""])
def test_what_is_no_figure_is_refused(text):
    with pytest.raises(UsageFault) as caught:
        parse(text)
    assert caught.value.code == "E237"
    assert "结案率[县级]" in caught.value.sentence("zh")


def test_a_gate_reads_full_width_marks():
    assert parse_gate("结案率［县级］≥９０％") == parse_gate("closure_rate[县级]>=90%")


@pytest.mark.parametrize(
    ("text", "key", "first", "last"),
    [
        ("2026年10月", "2026-10", "2026-10-01", "2026-10-31"),
        ("2026年10月份", "2026-10", "2026-10-01", "2026-10-31"),
        ("２０２６年１０月", "2026-10", "2026-10-01", "2026-10-31"),
        ("2026.10", "2026-10", "2026-10-01", "2026-10-31"),
        ("October 2026", "2026-10", "2026-10-01", "2026-10-31"),
        ("10月", "october", "2026-10-01", "2026-10-31"),
        ("十二月", "december", "2025-12-01", "2025-12-31"),
        ("上月", "last-month", "2026-10-01", "2026-10-31"),
        ("本月", "this-month", "2026-11-01", "2026-11-30"),
        ("last month", "last-month", "2026-10-01", "2026-10-31"),
        ("上季度", "last-quarter", "2026-07-01", "2026-09-30"),
        ("本季度", "this-quarter", "2026-10-01", "2026-12-31"),
        ("本周", "this-week", "2026-11-02", "2026-11-08"),
        ("去年", "last-year", "2025-01-01", "2025-12-31"),
        ("去年10月", "last-year-10", "2025-10-01", "2025-10-31"),
        ("今年以来", "ytd", "2026-01-01", "2026-11-02"),
        ("昨天", "yesterday", "2026-11-01", "2026-11-01"),
        ("1-10月", "january..october", "2026-01-01", "2026-10-31"),
        ("2026年1—10月", "2026-01..2026-10", "2026-01-01", "2026-10-31"),
        ("2026-01..2026-10", "2026-01..2026-10", "2026-01-01", "2026-10-31"),
        ("January to March 2026", "2026-01..2026-03", "2026-01-01", "2026-03-31"),
        ("11月至2月", "november..february", "2025-11-01", "2026-02-28"),
        ("三季度", "Q3", "2026-07-01", "2026-09-30"),
        ("2026年第三季度", "2026-Q3", "2026-07-01", "2026-09-30"),
        ("一至三季度", "Q1..Q3", "2026-01-01", "2026-09-30"),
        ("2026年上半年", "2026-H1", "2026-01-01", "2026-06-30"),
        ("2026年第40周", "2026-W40", "2026-09-28", "2026-10-04"),
        ("2026年5月27日至11月30日", "2026-05-27..2026-11-30", "2026-05-27", "2026-11-30"),
        ("10月1-15日", "october-01..october-15", "2026-10-01", "2026-10-15"),
        ("2026年度", "2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_as_people_write_it(text, key, first, last):
    assert period_key(text) == key
    assert period_key(key) == key
    period = parse_period(text, AS_OF)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert parse_period(key, AS_OF) == period


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5月27日至11月30日", "E274"),  # of this year, whose end has not come, or of the last
        ("1-12月", "E274"),
        ("10", "E220"),
        ("12-10", "E220"),
        ("明天", "E220"),
        ("2026年13月", "E220"),
        ("10月至", "E220"),
        ("五季度", "E220"),
    ],
)
def test_what_could_be_two_periods_or_is_none_is_refused(text, code):
    with pytest.raises(UsageFault) as caught:
        parse_period(text, AS_OF)
    assert caught.value.code == code


def test_in_january_months_without_a_year_are_those_of_the_year_before():
    assert parse_period("12月", date(2027, 1, 5)).first == date(2026, 12, 1)
    assert parse_period("10-12月", date(2027, 1, 5)).last == date(2026, 12, 31)


def test_a_day_as_people_write_it(monkeypatch):
    class Day(date):
        @classmethod
        def today(cls):
            return cls(2026, 11, 2)

    monkeypatch.setattr(period_words, "date", Day)
    assert day_key("2026年11月30日") == day_key("2026/11/30") == day_key("２０２６－１１－３０") == "2026-11-30"
    assert (day_key("今天"), day_key("today"), day_key("昨天")) == ("2026-11-02", "2026-11-02", "2026-11-01")
    assert day_key("11月30日") == "11月30日"


@pytest.mark.parametrize(
    ("options", "code", "zh", "en"),
    [
        ({"by": "单未"}, "E201", "是不是 单位（unit）？", "did you mean unit?"),
        ({"by": "接访地点"}, "E203", "地区（region）", "region"),
        ({"measure": "结案绿"}, "E201", "结案率（closure_rate）", "closure_rate"),
        ({"measure": "closure"}, "E201", "结案率（closure_rate）", "closure_rate"),
        ({"compare": "上上期", "period": "2026"}, "E201", "环比（prev）", "Period before (prev)"),
        ({"where": {"县曲": "甲"}}, "E201", "地区（region）", "region"),
    ],
)
def test_a_refusal_names_things_in_its_own_language_with_the_key_to_type(options, code, zh, en):
    with pytest.raises(UsageFault) as caught:
        parse_plan(as_keys(options), load_profile(None))
    assert caught.value.code == code
    assert zh in caught.value.sentence("zh")
    assert en in caught.value.sentence("en")


@pytest.mark.parametrize("typed", ["姓名", "信访人姓名", "身份证号", "Complainant name"])
def test_a_column_about_persons_is_refused_by_its_header_too(typed):
    with pytest.raises(UsageFault) as caught:
        parse_plan(as_keys({"by": typed}), load_profile(None))
    assert caught.value.code == "E204"
    assert "个人信息" in caught.value.sentence("zh")


def test_the_presets_are_those_that_are_packaged():
    assert NAMES["--preset"] == Names("presets", PRESETS)


@pytest.mark.parametrize(
    ("page", "line", "near"),
    [
        ('schema = 1\n分组 = "单位"', 2, "by"),
        ('"期间" = "上月"', 1, "period"),
        ('[columns]\n"单位" = ["承办科室"]', 2, "unit"),
        ('[status]\n"结案" = ["了了"]', 2, "closed"),
        ('[[groups.接访]]\nlabel = "甲"', None, None),
        ('[groups]\n"接访" = []', 2, "visits"),
        ('[columns]\n"单未" = ["承办科室"]', 2, None),
        ("甲 = 1", 1, None),
    ],
)
def test_a_chinese_key_of_a_profile_is_refused_naming_its_key(page, line, near):
    with pytest.raises(UsageFault) as caught:
        load_profile(Path("xfstats.toml"), named=True, text=page)
    assert caught.value.code == ("E226" if near else "E223" if line is None else "E227")
    assert line is None or caught.value.values["line"] == line
    assert near is None or caught.value.values["names"] == near


PAIRS = [
    (
        ["summarize", "--by", "单位", "-m", "结案", "--period", "上月", "--compare", "环比,同比", "-f", "表格"],
        ["summarize", "--by", "unit", "-m", "closed", "--period", "last-month", "--compare", "prev,yoy", "-f", "table"],
    ),
    (
        ["summarize", "--by", "层级，月份", "--sort", "批次：升序", "-f", "JSON"],
        ["summarize", "--by", "level,month", "--sort", "visits:asc", "-f", "json"],
    ),
    (["explain", "结案率[县级]", "--period", "2026年10月"], ["explain", "closure_rate[县级]", "--period", "2026-10"]),
    (
        ["summarize", "--where", "单位＝住建局", "--map-status", "办理中＝结案", "--log", "接访", "--duplicates", "拒绝", "-v"],
        [
            "summarize",
            "--where",
            "unit=住建局",
            "--map-status",
            "办理中=closed",
            "--log",
            "visits",
            "--duplicates",
            "reject",
            "-v",
        ],
    ),
    (
        ["summarize", "--fail-if", "结案率[县级]＜９０％", "--max-rejected", "１"],
        ["summarize", "--fail-if", "closure_rate[县级]<90%", "--max-rejected", "1"],
    ),
    (
        ["report", "--preset", "信访", "--rank", "批次", "-f", "文本"],
        ["report", "--preset", "petition", "--rank", "visits", "-f", "txt"],
    ),
]


@pytest.mark.parametrize(("chinese", "keys"), PAIRS)
def test_a_command_in_chinese_gives_the_bytes_of_its_keys(tmp_path, chinese, keys):
    log = book(tmp_path, LOG)
    done = [run_text(*words, log, "--as-of", "2026-11-02", "--lang", "zh", code=None) for words in (chinese, keys)]
    assert done[0].returncode in {0, 1}, done[0].stderr
    assert [(one.returncode, one.stdout, one.stderr) for one in done[:1]] == [
        (one.returncode, one.stdout, one.stderr) for one in done[1:]
    ]


def test_a_template_takes_names(tmp_path):
    log = book(tmp_path, LOG)
    texts = []
    for name in ("批次[县级]", "visits[县级]", "接访：批次【县级】"):
        (tmp_path / "t.txt").write_text('共{{ figure("' + name + '") }}批\n', "utf-8")
        texts.append(run_text("report", log, "--template", tmp_path / "t.txt", "--lang", "zh").stdout)
    assert texts == ["共2批\n"] * 3


def test_a_variable_takes_names(tmp_path):
    log = book(tmp_path, LOG)
    given = {
        "XFSTATS_BY": "单位",
        "XFSTATS_MEASURE": "批次",
        "XFSTATS_FORMAT": "CSV",
        "XFSTATS_WHERE": "层级＝县级",
        "XFSTATS_LANG": "中文",
    }
    assert run_text("summarize", log, **given).stdout.splitlines()[0] == "log,row,unit,visits"


PROFILE = """
schema = 1
by = "单位"
measure = ["批次", "人次"]
map = ["人数=到场人数"]
preset = "信访"
log = "接访"
[read]
date_order = "日月年"
[choices]
unrated = "不满意"
closed_by = "日期"
[rates]
closure_rate = { base = "受理", excluded = "计入" }
"""


def test_a_profile_takes_names_as_values():
    profile = load_profile(Path("xfstats.toml"), text=PROFILE)
    assert profile.options == {
        "schema": 1,
        "by": "unit",
        "measure": ["visits", "persons"],
        "maps": ["persons=到场人数"],
        "preset": "petition",
        "log": "visits",
    }
    assert profile.words["read"]["date_order"] == "dmy"
    chosen = profile.words["chosen"]
    assert (chosen["choices"]["unrated"], chosen["choices"]["closed_by"]) == ("unsatisfied", "date")
    assert chosen["rates"]["closure_rate"] == {"base": "accepted", "excluded": "in", "not_due": "in"}
    assert not CHINESE.search(str({**profile.plain, "map": ()}))  # what xfstats writes of it holds keys


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ('duplicates = "不要"', "duplicates 可用：计入（count）、不计（reject）", "duplicates takes count, reject"),
        ('preset = "国标"', "12345热线（12345）", "petition"),
        ('[choices]\nunrated = "不知道"', "不计（out）", "Left out (out)"),
    ],
)
def test_a_value_of_a_profile_that_is_no_name_is_refused_with_its_line(line, zh, en):
    with pytest.raises(UsageFault) as caught:
        load_profile(Path("xfstats.toml"), text=line)
    assert caught.value.code == "E228"
    assert zh in caught.value.sentence("zh")
    assert en in caught.value.sentence("en")
