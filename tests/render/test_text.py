"""The terminal table, from reports made by hand: its exact lines, narrow windows, other rows, long lists."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import logs
from tests.handmade_reports import NESTED, ROWS, figures, labelled, report, table
from tests.visits import counted, rows
from xfstats.render import load_renderer
from xfstats.render.safe_text import MAX_WIDTH, display_width, escape_control, escape_formula, shorten_distinct, wrap_text
from xfstats.render.style import Style
from xfstats.render.table_lines import headline, report_notes
from xfstats.render.text import as_text
from xfstats.reports.figures import format_figure
from xfstats.reports.row import FigureBlock, Row
from xfstats.reports.table import ReportFinding, Revision


def lines(made, cells=None):
    return as_text(made, Style(width=cells)).splitlines()


def test_a_page_is_title_table_definitions_notes_findings_and_reconciliation():
    assert lines(report()) == [
        "样例市信访局 领导干部接访登记台账  2021-05-27 至 2021-11-30  截至 2026-11-02  xfstats 0.1.0",
        "╭────────────────────────┬────────┬────────┬────────┬──────────┬──────────────────╮",
        "│ 层级                   │   批次 │   人次 │   结案 │   结案率 │   办理天数中位数 │",
        "├────────────────────────┼────────┼────────┼────────┼──────────┼──────────────────┤",
        "│ 市级                   │     96 │    672 │     90 │   93.75% │             12.5 │",
        "│ 县级                   │  1,924 │  6,847 │  1,500 │   77.96% │               19 │",
        "│ 未归类                 │      0 │      0 │      0 │        — │                — │",
        "├────────────────────────┼────────┼────────┼────────┼──────────┼──────────────────┤",
        "│ 合计                   │  2,020 │  7,519 │  1,590 │   78.71% │               20 │",
        "│   其中：市委书记、市长 │     29 │    101 │     29 │  100.00% │             12.5 │",
        "╰────────────────────────┴────────┴────────┴────────┴──────────┴──────────────────╯",
        "批次 = 纳入统计的接访记录数",
        "人次 = “人数”列合计",
        "结案 = 状态为 已办结",
        "结案率 = 结案 ÷ 批次数",
        "办理天数中位数 = 已结案者从登记到办结的整日数的中位数",
        "没有层级列，按“单位”分组",
        "",
        "需核实 W203：2 行有办结日期而状态未办结；以状态为准 (「登记」!F17 「登记」!F18)",
        "未读入：「说明」（说明）",
        "核对：2,030 行 = 计入 2,020 + 有误未计 4（日期读不懂 3、数字读不懂 1）+ 跳过 6（空行 5、合计 1）+ 不在统计期内 0",
    ]


def test_english_says_the_same():
    page = lines(replace(report(), lang="en"))
    assert page[:11] == [
        "样例市信访局 领导干部接访登记台账 · Visits  2021-05-27 to 2021-11-30  as of 2026-11-02  xfstats 0.1.0",
        "╭────────────────────────────┬──────────┬───────────┬──────────┬────────────────┬───────────────╮",
        "│ Level                      │   Visits │   Persons │   Closed │   Closure rate │   Median days │",
        "├────────────────────────────┼──────────┼───────────┼──────────┼────────────────┼───────────────┤",
        "│ 市级                       │       96 │       672 │       90 │         93.75% │          12.5 │",
        "│ 县级                       │    1,924 │     6,847 │    1,500 │         77.96% │            19 │",
        "│ (none)                     │        0 │         0 │        0 │              — │             — │",
        "├────────────────────────────┼──────────┼───────────┼──────────┼────────────────┼───────────────┤",
        "│ Total                      │    2,020 │     7,519 │    1,590 │         78.71% │            20 │",
        "│   of which: 市委书记、市长 │       29 │       101 │       29 │        100.00% │          12.5 │",
        "╰────────────────────────────┴──────────┴───────────┴──────────┴────────────────┴───────────────╯",
    ]
    assert page[-2:] == [
        "Not read: 「说明」(notes)",
        "Rows: 2,030 = counted 2,020 + rejected 4 (not a date 3, not a number 1) + skipped 6 (blank 5, total 1) + outside 0",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cells", [200, 80, 60, 40, 20])
@pytest.mark.parametrize("made", [table(), table(NESTED, ("unit", "level"))], ids=["flat", "nested"])
def test_every_line_fits_and_every_figure_is_whole(lang, cells, made):
    page = lines(replace(report(made), lang=lang), cells)
    assert max(map(display_width, page)) <= cells
    words = " ".join(page).split()
    for row in made.rows:
        assert {format_figure(figure) for figure in row.figures.values()} <= set(words)


def test_a_narrow_window_drops_the_borders_first_then_stands_in_parts_then_in_a_list():
    wide, bare, parts, listed = (lines(report(), cells)[1:] for cells in (84, 78, 64, 30))
    heads = [line.replace("│", " ").split() for line in parts if line.startswith("│ 层级")]
    assert len([line for line in wide if line.startswith("╭")]) == 1
    assert not [line for line in bare if "│" in line or "╭" in line]
    assert [line for line in bare if line.startswith("合计") and line.endswith("20")]
    assert heads == [["层级", "批次", "人次", "结案", "结案率"], ["层级", "办理天数中位数"]]  # by theme
    start = listed.index("市级")
    assert listed[start : start + 3] == ["市级", "  批次            96", "  人次            672"]


def test_the_parts_of_a_wide_table_begin_with_the_labels_and_hold_each_figure_once():
    for cells in (45, 60, 74):
        page = lines(report(), cells)
        heads = [line.replace("│", " ").split() for line in page if "层级" in line.replace("│", " ").split()[:1]]
        assert all(head[0] == "层级" for head in heads)
        assert [name for head in heads for name in head[1:]] == ["批次", "人次", "结案", "结案率", "办理天数中位数"]
        assert len([line for line in page if "合计" in line.replace("│", " ").split()[:1]]) == len(heads)


def test_bars_stand_beside_their_measure_where_a_table_is_in_parts():
    page = as_text(report(), Style(width=60, bars=True)).splitlines()
    assert [line for line in page if "█" in line] == [
        "市级                       96  █                       672",
        "县级                    1,924  ████████████████████  6,847",
    ]


def test_a_list_has_neither_bars_nor_lines_without_a_figure():
    page = as_text(report(table(ranked="visits")), Style(width=20, bars=True)).splitlines()
    listed = page[page.index("市级") : page.index("批次 = 纳入统计的接")]
    assert [line.strip() for line in listed if "位次" in line or "█" in line or not line.strip()] == []


def test_a_figure_wider_than_the_window_stands_alone_and_whole():
    huge = table([Row({"level": "市级"}, FigureBlock(figures(10**15, 1, 1)))])
    page = lines(report(huge), 16)
    assert page[page.index("市级") :][:4] == ["市级", "  批次", "    1,000,000,000,000,000", "  人次         1"]


def test_nested_groups_have_subtotals_and_a_subset_stands_in_its_own_column():
    page = lines(report(table(NESTED, ("unit", "level"))))
    cells = [[cell.rstrip() for cell in line.split("│")[1:3]] for line in page if line.startswith("│")]
    assert cells == [
        [" 单位", " 层级"],
        [" 甲局", " 市级"],
        [" 甲局", " 未归类"],
        [" 甲局", " 小计"],
        [" 未归类", " 县级"],
        [" 未归类", " 小计"],
        [" 合计", ""],
        ["", "   其中：县委书记"],
    ]


@pytest.mark.parametrize("made", [table([ROWS[2], ROWS[3]]), table([], ())], ids=["all without a group", "no groups"])
def test_without_any_group_the_total_stands_alone(made):
    page = lines(report(made))
    assert "未归类" not in "".join(page)
    assert len([line for line in page if line.startswith("├")]) == 1
    assert [line.split("│")[1].strip() for line in page if line.startswith("│")][1] == "合计"


def test_findings_beyond_twenty_are_a_number():
    said = tuple(ReportFinding(f"W{code}", "x", 1) for code in range(200, 225))
    page = lines(replace(report(), findings=said))
    assert len([line for line in page if line.startswith("需核实")]) == 20
    assert "另有 5 条" in page


def test_digits_are_those_of_the_report():
    assert re.findall(r"[\d.]+%", "".join(lines(replace(report(), digits=1)))) == ["93.8%", "78.0%", "78.7%", "100.0%"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_can_be_printed_on_a_gbk_console(lang):
    page = as_text(replace(report(), lang=lang), Style())
    assert page.encode("gbk").decode("gbk") == page


HOSTILE = [
    "a\x1b[31mred",
    "\x9b31m",
    "\u202edrowssap",
    "zero\u200bwidth",
    "two\nlines",
    "two\u2028lines",
    "half\udcff",
    "fill\u3164er",
    "tag\U000e0041",
    "\x01",
    "soft\xadhyphen",
]


@pytest.mark.parametrize("cells", [None, 30])
def test_no_label_changes_the_page(cells):
    hostile = replace(report(labelled(*HOSTILE)), office="\x1b]0;x\x07", findings=(ReportFinding("W202", "\x1b[2J", 1),))
    hostile = replace(hostile, not_read=tuple((f"{HOSTILE[0]}.xlsx", note) for _, note in hostile.not_read))
    page = as_text(hostile, Style(width=cells))
    assert not [char for char in page if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    plain = as_text(report(labelled(*(f"甲{place}" for place in range(len(HOSTILE))))), Style())
    if cells is None:
        assert page.count("\n") == plain.count("\n")


def test_labels_are_capped_and_titles_have_room():
    page = lines(report(replace(labelled("长" * 90), title="题" * 50)))
    assert "题" * 50 in page[0]
    row = next(line for line in page if "长" in line)
    assert "长" * 39 + "…" in row
    assert "长" * 40 not in row


@pytest.mark.parametrize("label", ["长" * 40, "Attempts to collect a debt of forty chars"[:40]])
def test_labels_of_forty_characters_are_printed_whole(label):
    row = next(line for line in lines(report(labelled(label))) if label[:9] in line)
    assert row.split("│")[1].strip() == label


def test_marks_that_take_no_cells_are_capped_too():
    assert len(escape_control("a" + "\u0301" * 100_000)) <= 2 * MAX_WIDTH + 1


@given(st.text(max_size=100), st.integers(4, 70))
def test_visible_text_is_never_wider_than_its_cap(text, cap):
    assert display_width(escape_control(text, cap)) <= cap


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_a_text_cell_that_begins_like_a_formula_gets_an_apostrophe(first):
    assert escape_formula(f"{first}1") == f"'{first}1"


@pytest.mark.parametrize("first", ["\t", "\r", "\n", "\0", "\x1b"])
def test_a_text_cell_cannot_begin_with_a_control(first):
    assert escape_formula(f"{first}=1") == f"\\x{ord(first):02x}=1"


def test_ideographs_with_a_variant_mark_stay_as_they_are():
    assert escape_formula("葛\U000e0100城") == "葛\U000e0100城"


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    text = "状态为已办结、办理完毕、息诉罢访（含息访）；“解决”另计。" * 3
    for cells in range(8, 60):
        made = wrap_text(text, cells)
        assert max(map(display_width, made)) <= cells
        assert not [line for line in made if re.match(r"[、。，；）”]", line) or line.endswith(("（", "“"))]


def test_labels_that_are_cut_stay_distinct():
    from xfstats.render.safe_text import MAX_WIDTH, display_width, shorten_distinct

    office = "清源市住房和城乡建设局房屋征收与补偿管理办公室城东片区临时工作组"
    names = [office + "第一组", office + "第二组", office + "第一组其一" + office, "住建局"]
    shown = shorten_distinct(names)
    assert len(set(shown.values())) == len(names)
    assert all(display_width(text) <= MAX_WIDTH for text in shown.values())
    assert shown[names[0]].startswith("清源市住房")
    assert shown[names[0]].endswith("第一组")
    twins = [office + middle + office for middle in ("甲", "乙")]
    assert list(shorten_distinct(twins).values()) == twins


def test_bars_stand_beside_the_table_and_are_as_long_as_the_figures(tmp_path):
    text = load_renderer("table")(counted(tmp_path, rows(1), by="unit", measure="visits"), Style(bars=True))
    found = {line.split()[1]: (int(line.split()[3]), line.count("█")) for line in text.splitlines() if "局" in line}
    most = max(number for number, _ in found.values())
    assert {name: round(20 * number / most) for name, (number, _) in found.items()} == {
        name: bar for name, (_, bar) in found.items()
    }


@pytest.mark.parametrize("end", ["", "甲", "·" * 4])
def test_two_long_labels_that_begin_alike_are_told_apart_by_their_ends(end):
    one, other = ("长" * MAX_WIDTH + end + last for last in "甲乙")
    shown = shorten_distinct([one, other])
    assert shown[one] != shown[other]
    assert max(map(display_width, shown.values())) <= MAX_WIDTH


def test_labels_without_a_wide_end_are_told_apart_too():
    one, other = ("长" * MAX_WIDTH + "\u0301" * (2 * MAX_WIDTH) + last for last in "12")
    assert len(set(shorten_distinct([one, other]).values())) == 2


@pytest.mark.parametrize(
    ("title", "head"),
    [("龙泉县信访局接访登记表", "龙泉县信访局接访登记表"), ("2024年接访登记表", "龙泉县信访局 2024年接访登记表")],
)
def test_an_office_stands_once_in_a_headline(tmp_path, title, head):
    made = logs.report(logs.book(tmp_path, f"填报单位：龙泉县信访局\n{title}\n{logs.FOUR_VISITS}"))
    assert headline(made.tables[0], made) == head


def test_of_many_revisions_the_first_are_told_and_how_many_there_are_more():
    changed = [Revision("visits", (("unit", f"第{number}局"),), "group", "visits", number, number + 1) for number in range(23)]
    told = report_notes(replace(report(), revisions=tuple(changed)))
    assert told[19:21] == ["修订：接访 第19局 批次 原为 19，现为 20", "另有 3 条"]
