"""Figures by name, gates over them, and what changed since a result was saved."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import all_figures, book, report
from xfstats import __version__
from xfstats.config.figure_names import Reference, parse
from xfstats.config.gate_syntax import parse_gate
from xfstats.errors import UsageFault
from xfstats.measures.choices import Choices, merged
from xfstats.model import Log
from xfstats.render.json import as_json
from xfstats.render.style import Style
from xfstats.render.table_lines import revision_text
from xfstats.reports.figures import Pair
from xfstats.reports.gates import distance_to_target, judge_figures
from xfstats.reports.references import FoundFigure, figure_name, find_figures
from xfstats.reports.row import FigureBlock, Row
from xfstats.reports.snapshots import load_saved

LOG = """
接访日期 接访级别 来访人数 办理状态
2026-10-3 市级 2 已办结
2026-10-9 市级 3 办理中
2026-10-9 县级 3 已办结
2026-10-9 . 1 办理中
2026-9-9 县级 1 办理中
"""


def made(tmp_path, log=LOG, **options):
    return report(book(tmp_path, log), **options)


def failing(tmp_path, *gates, **options):
    return [text for text in made(tmp_path, fail_if=gates, **options).attention if "未达标" in text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("closure_rate", (None, "closure_rate", None, None)),
        ("closure_rate[*]", (None, "closure_rate", ("*",), None, True)),
        ('closure_rate["*"]', (None, "closure_rate", ("*",), None, False)),
        ("visits:visits[市级,甲局].prev", (Log.VISITS, "visits", ("市级", "甲局"), "prev")),
        ('cases["a,b","c""d"].yoy', (None, "cases", ("a,b", 'c"d'), "yoy")),
        ('visits[""]', (None, "visits", ("",), None)),
    ],
)
def test_a_figure_has_one_name_everywhere(text, parts):
    assert parse(text) == Reference(*parts)


@pytest.mark.parametrize("text", ["", "closure.rate", "vists:visits", "visits[市级].last", "[*]"])
def test_what_names_no_figure_is_refused(text):
    with pytest.raises(UsageFault) as caught:
        parse(text)
    assert caught.value.code == "E237"


def test_every_figure_is_found_by_its_own_name(tmp_path):
    for options in ({}, {"by": "month,level"}, {"by": "level", "cross": "unit"}):
        log = (
            LOG.replace("办理状态", "办理状态 责任单位").replace("已办结\n", '已办结 a,"b"\n').replace("办理中\n", "办理中 [c]\n")
        )
        tables = made(tmp_path, log, **options).tables
        for one in all_figures(tables):
            if one.row.kind in {"group", "total"}:
                name = figure_name(one.table, one.row, one.measure, tables)
                assert [found.row for found in find_figures(parse(name), tables)] == [one.row], name


def test_a_group_that_is_called_by_the_sign_of_each_is_quoted(tmp_path):
    tables = made(tmp_path, LOG.replace("办理状态", "办理状态 责任单位").replace("已办结\n", "已办结 *\n"), by="unit").tables
    assert [one.row.group for one in find_figures(parse('visits["*"]'), tables)] == [{"unit": "*"}]
    assert len(find_figures(parse("visits[*]"), tables)) == 2
    assert 'visits["*"]' in [figure_name(one.table, one.row, one.measure, tables) for one in all_figures(tables)]


def test_a_name_that_means_nothing_here_is_refused_with_the_nearest(tmp_path):
    tables = made(tmp_path).tables
    for text, near in (
        ("visits[市]", "visits[市级]"),
        ("closure_rat", "closure_rate"),
        ("visits.prev", "--compare prev"),
        ("cases:closure_rate", "visits:closure_rate"),
    ):
        with pytest.raises(UsageFault) as caught:
            find_figures(parse(text), tables)
        assert (caught.value.code, near in caught.value.values["names"][1]) == ("E237", True), text
        assert caught.value.values["figure"][1] == text


def test_a_log_without_groups_has_the_total_alone(tmp_path):
    tables = made(tmp_path, LOG.replace("接访级别", "备注")).tables
    with pytest.raises(UsageFault) as caught:
        find_figures(parse("closure_rate[*]"), tables)
    assert (caught.value.code, caught.value.values["names"][1]) == ("E237", "closure_rate")


def test_a_gate_holds_for_each_group_or_for_the_total(tmp_path):
    assert len(failing(tmp_path, "closure_rate[*] < 90%")) == 3
    assert len(failing(tmp_path, "closure_rate[市级] < 50%")) == 0
    assert len(failing(tmp_path, "closure_rate <= 0.4")) == 1
    assert len(failing(tmp_path, "closure_rate < 0.4")) == 0
    assert len(failing(tmp_path, "visits[未归类] >= 1", "persons > 10")) == 1


def test_a_failing_gate_says_what_is_missing(tmp_path):
    assert failing(tmp_path, "closure_rate < 90%") == ["未达标：closure_rate < 90%；合计 结案率 为 40.00% (2/5)，差 3 件即达标"]
    assert failing(tmp_path, "open > 1") == ["未达标：open > 1；合计 未结 为 3，减少 2 件即达标"]


def test_a_figure_that_only_a_gate_asks_for_is_counted_and_printed(tmp_path):
    counted = made(tmp_path, fail_if=["open > 100"]).tables[0]
    assert counted.measures == ("visits", "persons", "closed", "closure_rate", "open")
    assert counted.total["open"] == 3


@pytest.mark.parametrize(
    "gate", ["overdue > 5%", "median_days > 30%", "median_days.prev > 5%", "closure_rate < 90", "closure_rate[*] < 1.5"]
)
def test_a_number_of_another_unit_is_refused(gate):
    with pytest.raises(UsageFault) as caught:
        parse_gate(gate)
    assert (caught.value.code, caught.value.values["figure"]) == ("E248", parse(gate.split()[0]).measure)
    assert "closure_rate < 90%" in str(caught.value)


@pytest.mark.parametrize("gate", ["closure_rate < 1", "closure_rate < 100%", "visits.prev > 5%", "closure_rate.yoy < -2"])
def test_rates_go_to_1_and_changes_beyond(gate):
    assert parse_gate(gate).text == gate


def test_a_change_is_told_as_the_table_prints_it(tmp_path):
    late = "".join(f"2026-{10 if n < 33 else 9}-{n % 28 + 1} 乡级 1 已办结\n" for n in range(65))
    options = {"log": LOG.split("2026-10-3", maxsplit=1)[0] + late, "period": "2026-10", "compare": "prev"}
    rose = "未达标：visits.prev > 1%；合计 批次 (环比) 为 +3.13%"
    assert failing(tmp_path, "visits.prev > 1%", **options) == [rose]
    stayed = "未达标：closure_rate.prev >= 0；合计 结案率 (环比) 为 0.00 百分点"
    assert failing(tmp_path, "closure_rate.prev >= 0", **options) == [stayed]


def test_changes_can_be_gated(tmp_path):
    options = {"period": "2026-10", "compare": "prev"}
    assert len(failing(tmp_path, "visits.prev > 200%", **options)) == 1
    assert len(failing(tmp_path, "visits.prev > 300%", **options)) == 0
    assert len(failing(tmp_path, "visits[市级].prev > 0", **options)) == 0  # no basis


def test_nothing_to_judge_is_no_failure(tmp_path):
    log = LOG.replace("已办结", "不予受理").replace("办理中", "不予受理")
    assert failing(tmp_path, "closure_rate[*] < 90%", log=log) == []


@pytest.mark.parametrize(
    "text", ["closure_rate", "closure_rate < ", "closure_rate < high", "< 90%", "closure_rate = 90%", f"visits < {'9' * 5000}"]
)
def test_a_gate_that_cannot_be_read_is_a_usage_error(tmp_path, text):
    with pytest.raises(UsageFault) as caught:
        made(tmp_path, fail_if=[text])
    assert caught.value.code in {"E236", "E237"}


def test_a_gate_on_a_measure_that_does_not_exist_names_those_that_do(tmp_path):
    with pytest.raises(UsageFault) as caught:
        made(tmp_path, fail_if=["closure_rates < 90%"])
    assert "closure_rate" in str(caught.value)


def choosing(rate, **words):
    return Choices.of({"chosen": merged("plain", {}, {rate: words})})


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 100), st.sampled_from(["<", "<="]), st.booleans())
def test_the_distance_is_the_smallest_number_that_passes(n, d, target, sign, growing):
    n, key = min(n, d), "on_time_rate" if growing else "closure_rate"
    gate = parse_gate(f"{key} {sign} {target}%")
    found = FoundFigure(None, Row({}, FigureBlock({key: Pair(n, d)}), "total"), key)

    def passes(more):
        value = Fraction(n + more, d + more if growing else d)
        return value >= Fraction(target, 100) if sign == "<" else value > Fraction(target, 100)

    if passes(0):
        return
    more = distance_to_target(gate, found, Choices.of({}))
    if more:
        assert passes(more)
        assert not passes(more - 1)
    elif not growing:
        assert not passes(d - n)
    else:
        assert target == 100


@pytest.mark.parametrize(
    ("rate", "words", "more"),
    [
        ("on_time_rate", {}, 10),
        ("on_time_rate", {"base": "closed", "not_due": "in"}, 10),
        ("on_time_rate", {"base": "received", "not_due": "in"}, 1),
        ("on_time_rate", {"base": "due"}, 0),
        ("acceptance_rate", {}, 10),
        ("acceptance_rate", {"base": "accepted", "not_due": "in"}, 10),
        ("acceptance_rate", {"base": "received", "not_due": "in"}, 1),
        ("satisfaction_rate", {}, 10),
        ("satisfaction_unit_rate", {}, 10),
        ("satisfaction_rate", {"base": "asked"}, 1),
        ("closure_rate", {}, 1),
        ("response_rate", {"base": "closed"}, 1),
        ("resolution_rate", {"base": "rated"}, 1),
        ("participation_rate", {}, 1),
        ("repeat_rate", {}, 0),
        ("share", {}, 0),
    ],
)
def test_one_more_success_enters_the_base_or_was_in_it(rate, words, more):
    found = FoundFigure(None, Row({}, FigureBlock({rate: Pair(8, 10)}), "total"), rate)
    assert distance_to_target(parse_gate(f"{rate} < 90%"), found, choosing(rate, **words)) == more


@pytest.mark.parametrize(
    ("gate", "pair", "more"),
    [
        ("closure_rate < 80%", (8, 10), 0),
        ("closure_rate <= 80%", (8, 10), 1),
        ("closure_rate <= 75%", (7, 10), 1),
        ("closure_rate <= 100%", (8, 10), 0),
        ("closure_rate < 100%", (8, 10), 2),
        ("closure_rate < 100%", (10, 10), 0),
        ("closure_rate > 10%", (8, 10), 0),
        ("on_time_rate < 100%", (8, 10), 0),
        ("on_time_rate <= 99%", (8, 10), 191),
        ("on_time_rate < 90%", (1, 1), 0),
    ],
)
def test_the_distance_of_a_rate_is_the_whole_number_of_successes_that_are_lacking(gate, pair, more):
    found = FoundFigure(None, Row({}, FigureBlock({(key := gate.split()[0]): Pair(*pair)}), "total"), key)
    assert distance_to_target(parse_gate(gate), found, Choices.of({})) == more


@pytest.mark.parametrize(
    ("gate", "number", "step"),
    [
        ("open > 0", 3, -3),
        ("open >= 0", 3, 0),
        ("open >= 1", 3, -3),
        ("open >= 2", 3, -2),
        ("open > 1.5", 3, -2),
        ("open >= 1.5", 3, -2),
        ("open < 4", 3, 1),
        ("open <= 4", 3, 2),
        ("open <= 3.5", 3, 1),
        ("open == 3", 3, 0),
        ("open != 4", 3, 0),
    ],
)
def test_the_distance_of_a_count_is_told_where_a_direction_is(gate, number, step):
    found = FoundFigure(None, Row({}, FigureBlock({"open": number}), "total"), "open")
    assert distance_to_target(parse_gate(gate), found, Choices.of({})) == step


UNITS = """
接访日期 接访级别 责任单位 来访人数 办理状态
2026-10-3 市级 甲局 2 已办结
2026-10-9 市级 乙局 3 办理中
2026-10-9 县级 . 3 已办结
2026-10-9 . . 1 办理中
2026-9-9 县级 . 1 办理中
"""
OCTOBER = {"period": "2026-10", "compare": "prev"}
MONTHS = {"period": "2026", "by": "month", "compare": "prev"}


@pytest.mark.parametrize(
    ("gate", "options", "sentence"),
    [
        ("visits[市级,乙局] == 1", {"by": "level,unit"}, "市级·乙局 批次 为 1"),
        ('closure_rate[""] < 90%', {}, "未归类 结案率 为 0.00% (0/1)，差 1 件即达标"),
        ("closure_rate[县级] < 66%", {}, "县级 结案率 为 50.00% (1/2)，差 1 件即达标"),
        ("visits > 4", {}, "合计 批次 为 5，减少 1 件即达标"),
        ("persons < 12", {}, "合计 人次 为 10，差 2 人次即达标"),
        ("visits.prev > +5%", OCTOBER, "合计 批次 (环比) 为 +300.00%"),
        ("persons[县级].prev > -1%", OCTOBER, "县级 人次 (环比) 为 +200.00%"),
        ("visits[2026-10].prev > 0%", MONTHS, "2026-10 批次 (环比) 为 +300.00%"),
    ],
)
def test_a_failing_gate_is_one_sentence(tmp_path, gate, options, sentence):
    assert failing(tmp_path, gate, log=UNITS, **options) == [f"未达标：{gate}；{sentence}"]


def test_a_gates_figure_has_the_decimals_that_are_asked_for_and_no_distance_in_public(tmp_path):
    gate, tables = parse_gate("closure_rate < 40.1%"), made(tmp_path).tables
    said = "未达标：closure_rate < 40.1%；合计 结案率 为 40"
    assert [one.message for one in judge_figures([gate], tables, Choices.of({}), "zh", 0)] == [f"{said}% (2/5)，差 1 件即达标"]
    assert [one.message for one in judge_figures([gate], tables, Choices.of({}), "zh", 3, distances=False)] == [
        f"{said}.000% (2/5)"
    ]


@pytest.mark.parametrize(
    ("gate", "fails"),
    [("visits.prev < -40%", 1), ("visits.prev < -50%", 0), ("visits.prev < -60%", 0), ("visits.prev > -60%", 1)],
)
def test_a_change_that_falls_is_judged_with_its_sign(tmp_path, gate, fails):
    log = "接访日期 接访级别 来访人数\n2026-9-1 市级 1\n2026-9-2 市级 1\n2026-10-1 市级 1\n"
    assert len(failing(tmp_path, gate, log=log, **OCTOBER)) == fails
    assert failing(tmp_path, gate, log=log, **MONTHS) == []  # the sum of a series has no row before it


def test_days_are_judged_in_days(tmp_path):
    log = "案件编号 登记日期 办结日期 办理状态\n1 2026-9-1 2026-9-11 已办结\n"
    path = book(tmp_path, log, "案件.xlsx")
    told = report(path, fail_if=["median_days > 9", "median_days > 10"]).attention
    assert told == ("未达标：median_days > 9；合计 办理天数中位数 为 10",)


def test_an_unrated_record_that_counts_stands_in_the_base_before_it_is_rated():
    found = FoundFigure(None, Row({}, FigureBlock({"satisfaction_rate": Pair(8, 10)}), "total"), "satisfaction_rate")
    choices = Choices.of({"chosen": merged("plain", {"unrated": "unsatisfied"}, {})})
    assert distance_to_target(parse_gate("satisfaction_rate < 90%"), found, choices) == 1


@given(st.integers(0, 50), st.integers(0, 50), st.sampled_from(["<", "<=", ">", ">="]))
def test_the_distance_of_a_count_is_exact(number, target, sign):
    found = FoundFigure(None, Row({}, FigureBlock({"open": number}), "total"), "open")
    step = distance_to_target(parse_gate(f"open {sign} {target}"), found, Choices.of({}))
    fails = {"<": number < target, "<=": number <= target, ">": number > target, ">=": number >= target}[sign]
    if fails and (target == 0 and sign == ">="):
        assert step == 0  # no count is below 0
    elif fails:
        after = number + step
        assert not {"<": after < target, "<=": after <= target, ">": after > target, ">=": after >= target}[sign]
        nearer = after - (1 if step > 0 else -1)
        assert {"<": nearer < target, "<=": nearer <= target, ">": nearer > target, ">=": nearer >= target}[sign]


def saved(tmp_path, **options):
    path = tmp_path / "存.json"
    path.write_text(as_json(made(tmp_path, **options), Style()), "utf-8")
    return path.name, load_saved(path)


def test_late_entries_show_in_the_figures_that_they_changed(tmp_path):
    before = saved(tmp_path, period="2026-10")
    late = LOG + "2026-10-30 县级 9 办理中\n2026-10-31 乡级 1 已办结\n"
    now = made(tmp_path, late, period="2026-10", against=before)
    told = [revision_text(one, "zh") for one in now.revisions]
    assert "修订：接访 县级 批次 原为 1，现为 2" in told
    assert "修订：接访 县级 结案率 原为 100.00% (1/1)，现为 50.00% (1/2)" in told
    assert "修订：接访 乡级 批次 原为 —，现为 1" in told
    assert "修订：接访 合计 人次 原为 9，现为 19" in told
    assert not [one for one in now.revisions if dict(one.group) == {"level": "市级"}]
    plain = json.loads(as_json(now, Style()))["revisions"]
    (visits,) = [one for one in plain if one["group"] == {"level": "乡级"} and one["measure"] == "visits"]
    assert (visits["log"], visits["row"], visits["was"], visits["now"]) == ("visits", "group", None, 1)


def test_nothing_changed_is_said_by_nothing(tmp_path):
    before = saved(tmp_path, period="2026-10")
    again = made(tmp_path, period="2026-10", against=before)
    assert again.revisions == ()
    assert json.loads(as_json(again, Style()))["revisions"] == []


def test_a_saved_result_as_of_another_day_is_said_with_both_days(tmp_path):
    before = saved(tmp_path, period="2026-10", as_of="2026-11-01")
    assert made(tmp_path, period="2026-10", as_of="2026-11-01", against=before).findings == ()
    (said,) = made(tmp_path, period="2026-10", as_of="2026-12-01", against=before, lang="zh").findings
    assert (said.code, "截至 2026-11-01，本次截至 2026-12-01" in said.message) == ("W248", True)


def test_a_result_saved_by_another_version_is_said_so(tmp_path):
    name, plain = saved(tmp_path, period="2026-10")
    for version, codes in (("0.1.0", ["W277"]), (f"{__version__}.dev1", []), (__version__, [])):
        told = made(tmp_path, period="2026-10", against=(name, {**plain, "xfstats": version}), lang="zh").findings
        assert [said.code for said in told] == codes
        assert all(f"0.1.0 版算出，本次是 {__version__} 版" in said.message for said in told)


REBASED = '[rates]\nclosure_rate = { excluded = "in" }\n'


@pytest.mark.parametrize(
    ("then", "now", "what"),
    [
        ({}, {"by": "month"}, "--by"),
        ({}, {"period": "2026-09"}, "--period"),
        ({}, {"period": None}, "--period"),
        ({"period": None}, {}, "--period"),
        ({}, {"where": ["level=市级"]}, "--where"),
        ({"where": ["level=市级"]}, {}, "--where"),
        ({}, {"date_by": "closed_on"}, "--date-by"),
        ({}, {"cross": "channel", "by": "level"}, "--cross"),
        ({}, {"measure": "visits"}, "--measure"),
        ({"top": 1}, {"top": 2}, "--top"),
        ({"top": 1}, {"top": 1, "sort": "visits:asc"}, "--sort"),
        ({}, {"profile": 'preset = "petition"'}, "--preset"),
        ({}, {"profile": '[read]\nrows = "each"'}, "--rows"),
        ({}, {"profile": "[choices]\ncollective_from = 9"}, "[choices]"),
        ({}, {"profile": REBASED}, "[rates]"),
    ],
)
def test_other_things_are_not_compared(tmp_path, then, now, what):
    def run(against=None, profile="", **options):
        own = tmp_path / "p.toml"
        own.write_text(profile, "utf-8")
        log = LOG.replace("办理状态", "办理状态 办结日期 渠道")
        return made(tmp_path, log, profile=own, against=against, **{"period": "2026-10", **options})

    path = tmp_path / "存.json"
    path.write_text(as_json(run(**then), Style()), "utf-8")
    with pytest.raises(UsageFault) as caught:
        run((path.name, load_saved(path)), **now)
    assert (caught.value.code, caught.value.values["what"]) == ("E240", what)


def test_a_result_of_one_record_a_number_is_not_compared_with_one_of_one_record_a_row(tmp_path):
    saved = json.loads(as_json(made(tmp_path, period="2026-10"), Style()))
    saved["asked"]["per"] = "case_no"
    path = tmp_path / "存.json"
    path.write_text(json.dumps(saved), "utf-8")
    with pytest.raises(UsageFault) as caught:
        made(tmp_path, period="2026-10", against=(path.name, load_saved(path)))
    assert (caught.value.code, caught.value.values["what"]) == ("E240", "--per")


@pytest.mark.parametrize(
    ("kept", "now", "alike"),
    [
        ({"acceptance_days": 15, "closed_by": None}, "", True),
        ({"acceptance_days": 20}, "", False),
        ({"acceptance_days": 15}, "[choices]\nacceptance_days = 20", False),
        ({"acceptance_days": 20}, "[choices]\nacceptance_days = 20", True),
        ({"closed_by": None}, "[choices]\nclosed_by = 'either'", False),
        (None, "", False),
    ],
)
def test_choices_that_another_version_did_not_have_are_as_none_had_made_them(tmp_path, kept, now, alike):
    own = tmp_path / "p.toml"
    own.write_text(now, "utf-8")
    path = tmp_path / "存.json"
    plain = json.loads(as_json(made(tmp_path), Style()))
    choices = plain["asked"]["choices"]
    assert {"acceptance_days", "handling_days", "extension_days"} <= choices.keys()
    plain["asked"]["choices"] = kept and {key: value for key, value in (choices | kept).items() if value is not None}
    path.write_text(json.dumps(plain), "utf-8")
    if alike:
        assert made(tmp_path, profile=own, against=(path.name, load_saved(path))).revisions == ()
    else:
        with pytest.raises(UsageFault) as caught:
            made(tmp_path, profile=own, against=(path.name, load_saved(path)))
        assert (caught.value.code, caught.value.values["what"]) == ("E240", "[choices]")


def test_what_only_a_gate_asks_for_is_no_revision(tmp_path):
    before = saved(tmp_path, period="2026-10")
    assert made(tmp_path, period="2026-10", against=before, fail_if=["open > 100"]).revisions == ()


def test_an_older_result_that_does_not_say_what_was_asked_is_compared_by_its_tables(tmp_path):
    name, plain = saved(tmp_path, period="2026-10")
    older = {key: value for key, value in plain.items() if key != "asked"}
    assert made(tmp_path, period="2026-10", against=(name, older)).revisions == ()


def test_the_rest_is_compared_with_the_rest_and_the_blank_group_with_itself(tmp_path):
    log = LOG + "2026-9-9 市级 4 办理中\n"
    path = tmp_path / "存.json"
    path.write_text(as_json(made(tmp_path, log, top=1), Style()), "utf-8")
    before = path.name, load_saved(path)
    assert made(tmp_path, log, top=1, against=before).revisions == ()
    late = made(tmp_path, log + "2026-9-9 乡级 4 办理中\n", top=1, against=before)
    told = [revision_text(one, "zh") for one in late.revisions]
    assert "修订：接访 其余 批次 原为 2，现为 3" in told
    assert not [text for text in told if "未归类" in text]


def test_a_log_that_is_gone_is_a_revision_of_every_figure(tmp_path):
    cases = book(tmp_path, "案件编号 登记日期 办理状态\nA1 2026-10-1 已办结\n", "案件.xlsx")
    path = tmp_path / "存.json"
    path.write_text(as_json(report(book(tmp_path, LOG), cases, lang="zh"), Style()), "utf-8")
    now = made(tmp_path, against=(path.name, load_saved(path)))
    assert [revision_text(one, "zh") for one in now.revisions] == [
        "修订：信访事项 合计 件 原为 1，现为 —",
        "修订：信访事项 合计 结案 原为 1，现为 —",
        "修订：信访事项 合计 结案率 原为 100.00% (1/1)，现为 —",
    ]


@pytest.mark.parametrize(("old", "new"), [('"persons": 5', '"people": 5'), ('"level": "市级"', '"rank": "市级"')])
def test_a_saved_result_that_names_what_there_is_not_is_refused(tmp_path, old, new):
    path = tmp_path / "存.json"
    saved = as_json(report(book(tmp_path, LOG), lang="zh"), Style())
    assert old in saved
    path.write_text(saved.replace(old, new), "utf-8")
    with pytest.raises(UsageFault) as caught:
        load_saved(path)
    assert caught.value.code == "E239"


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "9" * 5000])
def test_a_saved_result_with_a_number_that_is_none_is_refused(tmp_path, number):
    path = tmp_path / "存.json"
    saved = as_json(report(book(tmp_path, LOG), lang="zh"), Style())
    assert '"persons": 5' in saved
    path.write_text(saved.replace('"persons": 5', f'"persons": {number}'), "utf-8")
    with pytest.raises(UsageFault) as caught:
        load_saved(path)
    assert caught.value.code == "E239"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"schema": "xfstats/1"}',
        '{"schema": "other/1", "tables": []}',
        "9" * 5000,
        '{"schema": "xfstats/1", "tables": [{}]}',
        '{"schema": "xfstats/1", "tables": [5]}',
        '{"schema": "xfstats/1", "tables": [], "asked": 5}',
        '{"schema": "xfstats/1", "tables": [{"log": "visits", "by": [], "period": 1, "rows": [1], "total": {"figures": {}}}]}',
    ],
)
def test_what_xfstats_did_not_save_is_refused(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageFault) as caught:
        load_saved(path)
    assert caught.value.code == "E239"
    with pytest.raises(UsageFault):
        load_saved(tmp_path / "none.json")
