"""--public: one published table determines no true count of 1 to 7; proved by enumerating small tables."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter, defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import book, refused, report
from tests.visits import counted, rows
from tests.writers import Sheet, write
from xfstats.config.plan import FigureRequest, Gates
from xfstats.errors import UsageFault
from xfstats.render.json import as_json
from xfstats.render.style import Style
from xfstats.render.text import as_text
from xfstats.reports.disclosure import MIN_RECORDS, PUBLIC_MEASURES, round_count
from xfstats.reports.figures import STATISTICS, Pair, Statistic

PUBLIC = Gates(public=True)


@given(st.integers(0, 10_000))
def test_a_count_prints_as_a_multiple_of_five_and_never_tells_itself(count):
    printed = round_count(count)
    assert printed % 5 == 0
    assert abs(printed - count) <= (4 if count <= 7 else 2)
    assert (printed == 0) == (count == 0)


def determined(vectors, most=10_000):
    """The published vectors of which every table behind them has the same true count of 1 to 7 in some place.

    Vectors with a number above `most` are left out where the enumeration does not hold all tables behind them.
    """
    behind = defaultdict(list)
    for true in vectors:
        behind[tuple(map(round_count, true))].append(true)
    whole = {printed: tables for printed, tables in behind.items() if max(printed) <= most}
    columns = (
        (printed, {table[place] for table in tables}) for printed, tables in whole.items() for place in range(len(printed))
    )
    return [printed for printed, values in columns if len(values) == 1 and 1 <= min(values) <= 7]


def test_no_attack_on_one_group_finds_a_small_count():
    """Visits = excluded + base, with closed and settled within the base, printed together."""
    assert determined(((e + b, e, b, c) for e, b in itertools.product(range(40), repeat=2) for c in range(b + 1)), 35) == []
    tables = ((e + b, e, b, c, s) for e, b in itertools.product(range(22), repeat=2) for c in range(b + 1) for s in range(b + 1))
    assert determined(tables, 15) == []


def test_no_attack_on_heads_finds_a_small_count():
    """Each visit has one person at least."""
    assert determined(((visits, visits + more) for visits in range(40) for more in range(60)), 35) == []


def test_no_attack_on_a_subset_and_its_group_finds_a_small_count():
    """Visits = excluded + base of a group and of one 其中 row in it, with the closed of both."""
    both = (
        (e + b, e, b, c, x + y, x, y, z)
        for e, b in itertools.product(range(13), repeat=2)
        for c in range(b + 1)
        for x, y in itertools.product(range(e + 1), range(b + 1))
        for z in range(max(0, c - b + y), min(y, c) + 1)
    )
    assert determined(both, 10) == []


def test_no_attack_on_several_groups_finds_a_small_count():
    """The total is the sum of the printed cells, so it tells nothing that the cells do not tell."""
    for groups in (2, 3, 4):
        true = itertools.product(range(9), repeat=groups)
        behind = defaultdict(set)
        for cells in true:
            printed = tuple(map(round_count, cells))
            behind[(*printed, sum(printed))].add(cells)
        for tables in behind.values():
            for place in range(groups):
                values = {cells[place] for cells in tables}
                assert len(values) > 1 or min(values) in {0, 8}


def stood_on(of=lambda statistic: statistic.whole):
    """For each set of days printed of 8 to 12 records: how many records the tables behind it have."""
    behind = defaultdict(set)
    for count in range(MIN_RECORDS, 13):
        for days in itertools.combinations_with_replacement(range(5), count):
            histogram = Counter(days)
            behind[tuple(of(statistic(histogram)) for statistic in STATISTICS.values())].add(count)
    return behind


def test_no_attack_on_days_finds_how_many_records_they_stand_on():
    """Else a total's 12 records less a group's 9 would be another group's 3."""
    told = list(stood_on().values())
    assert min(map(len, told)) > 1
    exact = [counts for counts in stood_on(lambda statistic: statistic).values() if len(counts) == 1]
    assert exact != []


def test_days_print_whole_in_every_form(tmp_path):
    made = public(tmp_path, rows(3), by="level", measure="visits,median_days,p90_days,mean_days")
    days = [figure for row in made.tables[0].flat() for figure in row.figures.values() if isinstance(figure, Statistic)]
    assert {figure.denominator for figure in days} <= {0, 1}
    assert any(figure.denominator for figure in days)


def test_a_total_beside_few_would_tell_how_many_they_are_and_is_not_published(tmp_path):
    """A median of 3 over eight records with a median of 0 and a mean below half a day needs seven more: six give 1.5."""
    many = (0,) * 7 + (3,)
    medians = {
        few: max(STATISTICS["median"](Counter(many + (day,) * few)).whole.numerator for day in range(9)) for few in range(8)
    }
    assert [few for few, median in medians.items() if median >= 3] == [7]
    made = levelled(tmp_path, {"市级": 8, "县级": 7}, {"市级": 8, "乡级": 9}, measure="visits,median_days")
    now = [row.figures["median_days"] for row in made.tables[0].flat()]
    assert now == [Statistic(5, 1), Statistic(0, 0), Statistic(0, 0), Statistic(0, 0)]
    before = [row.block.changes["median_days"]["prev"].base for row in made.tables[0].flat()]
    assert before == [Statistic(5, 1), Statistic(0, 0), Statistic(5, 1), Statistic(5, 1)]


def levelled(folder, now, before, **options):
    """So many visits by level in May, and in April, each closed after five days; compared."""
    lines = [
        f"2026-{month}-{1 + number:02}  {level}  1  已办结  2026-{month}-{6 + number:02}"
        for month, counts in (("05", now), ("04", before))
        for level, count in counts.items()
        for number in range(count)
    ]
    text = "\n".join(["接访日期  接访级别  来访人数  办理状态  办结日期", *lines])
    return report(book(folder, text), gates=PUBLIC, period="2026-05", compare="prev", **options)


def test_no_number_beside_the_table_is_the_sum_of_cells_that_print_as_more(tmp_path):
    """Groups that print as 10, 10 and 5 and are 17 together are 8, 8 and 1."""
    behind = [cells for cells in itertools.product(range(13), repeat=3) if [*map(round_count, cells)] == [10, 10, 5]]
    assert [cells for cells in behind if round_count(sum(cells)) == 15] == [(8, 8, 1)]
    made = levelled(tmp_path, {"市级": 9}, {"市级": 8, "县级": 8, "乡级": 1})
    assert made.reconciliation.reasons["outside"] == {"period": 25}


def test_rows_far_outside_what_is_compared_are_told_rounded(tmp_path):
    text = "接访日期  接访级别  来访人数\n" + "2026-05-01  市级  1\n" + "2026-04-01  市级  1\n" * 2 + "2025-01-01  市级  1\n" * 21
    made = report(book(tmp_path, text), gates=PUBLIC, period="2026-05", compare="prev")
    assert made.reconciliation.reasons["outside"] == {"period": 25}


def test_a_copy_and_a_finding_tell_no_number_of_rows(tmp_path):
    text = "接访日期  接访级别  来访人数  办理状态\n" + "".join(
        f"2026-05-{number + 1:02}  {level}  1  {status}\n"
        for level, count, status in (("市级", 8, "已办结"), ("县级", 8, "莫名"), ("乡级", 1, "莫名"))
        for number in range(count)
    )
    made = report(book(tmp_path, text), book(tmp_path, text, "又一份.xlsx"), gates=PUBLIC)
    assert made.reconciliation.reasons["skipped"] == {}
    assert {said.code for said in made.findings} >= {"W201", "W210"}
    assert [said.message for said in made.findings if set("0123456789") & set(said.message.replace("Sheet1", ""))] == []
    assert made.attention != (), "an unknown word is said whatever its share, which is not told"


def test_subsets_that_share_a_group_would_tell_each_other_and_are_refused(tmp_path):
    """Seven 其中 rows in a group that prints as 5 are 1 each."""
    text = "接访日期  接访级别  来访人数\n2026-05-01  市级  1"
    rules = '[[groups.visits]]\nlabel = "{}"\nwhen = {{level = "市级"}}\nof_which = true\n'
    (tmp_path / "one.toml").write_text(rules.format("甲"), "utf-8")
    (tmp_path / "two.toml").write_text(rules.format("甲") + rules.format("乙"), "utf-8")
    log = book(tmp_path, text)
    assert [row.kind for row in report(log, profile=tmp_path / "one.toml", gates=PUBLIC).tables[0].rows] == ["group", "of_which"]
    assert report(log, profile=tmp_path / "two.toml", gates=PUBLIC, by="month").tables[0].total["visits"] == 5
    assert refused(log, profile=tmp_path / "two.toml", gates=PUBLIC).code == "E291"


def test_parts_that_add_up_would_give_themselves_away_and_are_not_published():
    parts = [(a + b + c + d, a, b, c, d) for a, b, c, d in itertools.product(range(9), repeat=4)]
    assert determined(parts) != []
    assert determined((e + c + o, e, c + o, c, o) for e, c, o in itertools.product(range(24), repeat=3)) != []
    assert not {"open", "overdue", "not_due", "closed_in_time", "collective_visits"} & set(PUBLIC_MEASURES)


def public(folder, log, **options):
    return counted(folder, log, gates=PUBLIC, **options)


def test_totals_are_sums_of_printed_cells_and_rates_come_from_printed_counts(tmp_path):
    plain, made = counted(tmp_path, rows(3), by="level,unit", measure="visits,closed,closure_rate,median_days"), None
    made = public(tmp_path, rows(3), by="level,unit", measure="visits,closed,closure_rate,median_days")
    leaves = [row for row in made.tables[0].rows if row.kind == "group"]
    for row, true in zip(leaves, [row for row in plain.tables[0].rows if row.kind == "group"], strict=True):
        assert row.figures["visits"] == round_count(true.figures["visits"])
        rate, was = row.figures["closure_rate"], true.figures["closure_rate"]
        assert rate == Pair(round_count(was.numerator), round_count(was.denominator))
        days = true.figures["median_days"]
        timed = sum(1 for one in rows(3) if (one[2] or None, one[3] or None) == tuple(row.group.values()))
        assert row.figures["median_days"] in ({Statistic(0, 0)} if timed < MIN_RECORDS else {days.whole, Statistic(0, 0)})
    total = made.tables[0].total
    assert total["visits"] == sum(row.figures["visits"] for row in leaves) == made.reconciliation.counted
    assert total["closure_rate"].denominator == sum(row.figures["closure_rate"].denominator for row in leaves)


def test_nothing_beside_the_table_tells_more(tmp_path):
    log = [*rows(3), [500, "甩锅", "市级", "甲局", "来信", "x", 2, "", "", "", "", "", "已办结", "", ""]]
    made = public(tmp_path, log, by="level", period="2026-05", measure="visits,persons,closed,closure_rate")
    plain = json.loads(as_json(made, Style()))
    assert plain["inputs"] == []
    numbers = [plain["reconciliation"][name] for name in ("rows", "counted", "rejected", "skipped", "outside")]
    assert all(number % 5 == 0 for number in numbers)
    assert numbers[0] == sum(numbers[1:])
    assert plain["findings"] != []
    assert all(said["rows"] is None and said["at"] == [] for said in plain["findings"])
    assert "公开口径" in as_text(made, Style())


def test_what_is_asked_about_a_whole_file_tells_no_number_either(tmp_path):
    """Two sheets of one workbook that share three case numbers."""
    head = ["信访件编号", "登记日期", "办理状态"]
    path = tmp_path / "案件.xlsx"
    lists = {
        name: [head, *([f"XF{n:03}", f"2026-05-{n:02}", status] for n in range(first, first + 12))]
        for name, first, status in (("上旬", 1, "已办结"), ("下旬", 10, "办理中"))
    }
    write(path, [Sheet(name, cells) for name, cells in lists.items()], "xlsx")
    (plain,) = report(path).findings
    (made,) = report(path, gates=PUBLIC).findings
    assert (plain.code, plain.rows, made.code, made.rows) == ("W220", 3, "W220", None)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"measure": "visits,overdue"}, "E247"),
        ({"measure": "collective_visits"}, "E247"),
        ({"rank": "on_time_rate"}, "E247"),
        ({"measure": "visits", "detail": True}, "E234"),
        ({"measure": "visits", "explain": FigureRequest("visits", "visits", ())}, "E234"),
    ],
)
def test_what_could_give_small_counts_away_is_refused(tmp_path, options, code):
    with pytest.raises(UsageFault) as caught:
        public(tmp_path, rows(3), **options)
    assert caught.value.code == code


def test_a_gate_tells_no_distance(tmp_path):
    log = rows(3)
    random.Random(1).shuffle(log)
    gates = Gates(public=True, fail_if=("closure_rate < 99%",))
    path = tmp_path / "接访.csv"
    counted(tmp_path, log)
    (said,) = report(path, gates=gates).attention
    assert said == "未达标：closure_rate < 99%；合计 结案率 为 45.00% (45/100)"
    (inside,) = report(path, gates=replace(gates, public=False)).attention
    assert inside == "未达标：closure_rate < 99%；合计 结案率 为 48.98% (48/98)，差 50 件即达标"


def test_the_words_of_a_set_do_not_number_its_records(tmp_path):
    """Seven words of closed stand for seven that closed at least, which a small cell hides."""
    words = ["已办结", "办结", "已结案", "结案", "已完成", "完结", "办毕"]
    path = tmp_path / "案件.xlsx"
    rows = [[f"XF{n:03}", f"2026-05-{n + 1:02}", word] for n, word in enumerate([*words, *["办理中"] * 13])]
    write(path, [Sheet("s", [["信访件编号", "登记日期", "办理状态"], *rows])], "xlsx")
    told = report(path, gates=PUBLIC).tables[0]
    assert told.total_row.figures["closed"].numerator == 5
    listed = told.definitions["closed"].partition("状态为")[2].removesuffix("的")
    assert sum(word in listed.removesuffix(" …").split("、") for word in words) == 6
    assert listed.endswith("…")
