"""Words of the Chinese paragraph: who acted, what was done with what, and how periods are called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from xfstats.config import leaders
from xfstats.measures.definitions import AMOUNT
from xfstats.model import LEADERS, Log, Period
from xfstats.render.safe_text import display_width
from xfstats.reports.table import Report, Table

COUNT_UNITS = {"visits": "批次", "persons": "人次", "cases": "件"}
AMOUNT_NAMES = {"visits": "批次", "persons": "人次", "cases": "件数"}
COLLECTIVE = ("collective_visits", "collective_persons")
"""Measures that are told in one clause: 集体访12批次89人次."""
CLAUSE_NAMES = {
    **dict.fromkeys(COLLECTIVE, "集体访"),
    "excluded": "不予受理、重复等不计入办理结果的",
    "due_in_7": "距期限7天以内的",
    "due_in_30": "距期限8至30天的",
    "due_later": "距期限30天以上的",
    "no_limit": "算不出期限的",
}
"""Words before the figure of a measure whose label is too short for a sentence."""
SILENT_ZEROS = frozenset(["excluded", "no_limit"])
"""Counts that are not spoken of where there are none."""
WINDOW_PHRASES = {"prev": "环比", "yoy": "同比"}
SERIES_NAMES = {"year": "年", "quarter": "季度", "month": "月", "week": "周"}
_OPENING_VERBS = {
    Log.VISITS: (("", "共接待来访群众"),),
    Log.CASES: (("包案", "包处案件"), ("工单", "受理工单"), ("网", "受理网上信访"), ("来电", "受理来电"), ("", "受理信访事项")),
    Log.LETTERS: (("批阅", "批阅来信"), ("批示", "办理批示件"), ("", "办理来信")),
    Log.BACKLOG: (("", "排查信访积案"),),
}
_LEADERS_VERBS = {Log.VISITS: "接待", Log.CASES: "包处", Log.LETTERS: "批阅"}
_LEVEL_WORDS = {"province": "省", "city": "市", "county": "县", "township": "乡", "village": "村"}
_LEVEL_NUMBERS = {1: "级", 2: "两级", 3: "三级", 4: "四级", 5: "五级"}
_LIST_TITLES = ("登记", "台账", "统计", "汇总", "情况", "明细", "记录", "一览", "名册", "清单")
"""Words of a title with which the name of what it lists ends."""
_MAX_OBJECT_WIDTH = 32


def opening_verb(table: Table) -> str:
    """Return the opening verb and object for the words of the title: 共接待来访群众, 批阅来信和信访问题报告卡."""
    names = f"{table.title} {table.kind('zh')}"
    verb = next(verb for word, verb in _OPENING_VERBS[table.log] if word in names)
    told = table.title.partition("批阅")[2]
    ends = [place for word in _LIST_TITLES if (place := told.find(word)) > 0]
    if (
        table.log is Log.LETTERS
        and ends
        and told[: min(ends)].isalpha()
        and display_width(told[: min(ends)]) <= _MAX_OBJECT_WIDTH
    ):
        return f"批阅{told[: min(ends)]}"
    return verb


def are_leaders(report: Report, table: Table) -> bool:
    """True if the table is of what leaders did, by the name or the columns of one of its sheets, or by its groups."""
    lead = LEADERS.get(table.log)
    if lead is None or table.by not in {("level",), ("post",)}:
        return False
    claims = [one.tally.claim for one in report.inputs if (one.tally.log, one.tally.ledger) == (table.log, table.ledger)]
    told = any(claim.leaders and (not claim.by_levels or table.ledger == lead) for claim in claims)
    return told or any(label and leaders.place(label) for row in table.rows for label in row.group.values())


def leaders_verb(table: Table) -> str:
    """Return what leaders do with the records of a log: 接待, 包处, 批阅."""
    return _LEADERS_VERBS[table.log]


def subject_of_levels(table: Table) -> str:
    """Return who acted: 市、县、乡三级领导干部; without levels where a group with records names none.

    A part of the leaders of one level (市委书记、市长) is not told as all of them.
    """
    rows = [row for row in table.rows if row.kind == "group" and row.figures.get(AMOUNT[table.log])]
    named = [leaders.levels(label) if label else () for row in rows for label in row.group.values()]
    found = {level for levels in named for level in levels}
    if not named or not all(named):
        return "领导干部"
    words = [_LEVEL_WORDS[level] for level in leaders.LEVELS if level in found]
    return f"{'、'.join(words)}{_LEVEL_NUMBERS[len(words)]}领导干部"


def leaders_label(label: str) -> str:
    """Return the label of a group of leaders: 市级领导 for 市级.

    >>> leaders_label("市级"), leaders_label("县委书记、县长")
    ('市级领导', '县委书记、县长')
    """
    return f"{label}领导" if leaders.levels(label) and leaders.place(label) is None else label


def enumerate_names(names: Iterable[str]) -> str:
    """Return several labels joined; a label that contains an enumeration is put in quotation marks."""
    found = list(names)
    return "、".join(f"“{name}”" if "、" in name and len(found) > 1 else name for name in found)


def former_period(window: str, period: Period | None) -> str:
    """Return how the period before, or of a year before, is called: 上月, 上季度, 上年, 上周, 上期, 上年同期."""
    if period is None:
        return "上年同期" if window == "yoy" else "上期"
    months, days = _whole_months(period.first, period.last), (period.last - period.first).days + 1
    whole = {1: "上月", 12: "上年"} | ({3: "上季度"} if period.first.month % 3 == 1 else {})
    if window == "yoy":
        return "上年" if months == 12 else "上年同期"
    return whole.get(months, "上周" if days == 7 and not period.first.weekday() else "上期")


def spoken_step(label: str, unit: str, *, short: bool) -> str:
    """Return a year, quarter, month or week in words; without its year where `short`.

    >>> spoken_step("2021-Q3", "quarter", short=False), spoken_step("2021-07", "month", short=True)
    ('2021年第三季度', '7月')
    """
    year, _, part = label.partition("-")
    if not year.isdecimal():
        return label
    spoken = {
        "year": "",
        "quarter": f"第{'〇一二三四'[int(part[1:] or 0)]}季度" if unit == "quarter" else "",
        "month": f"{part.lstrip('0')}月",
        "week": f"第{part[1:].lstrip('0')}周",
    }[unit]
    return spoken if short and spoken else f"{year}年{spoken}"


def spoken_period(first: date, last: date) -> str:
    """Return a period in words: 2026年10月, 2026年, 2026年第三季度, 2026年1月至10月, 2021年5月27日至11月30日."""
    if first == last:
        return f"{first.year}年{first.month}月{first.day}日"
    months = _whole_months(first, last)
    if months == 12 and first.month == 1:
        return f"{first.year}年"
    if months == 1:
        return f"{first.year}年{first.month}月"
    if months == 3 and first.month % 3 == 1:
        return f"{first.year}年第{'一二三四'[first.month // 3]}季度"
    day, until = ("", "") if months else (f"{first.day}日", f"{last.day}日")
    end = f"{last.year}年" if last.year != first.year else ""
    return f"{first.year}年{first.month}月{day}至{end}{last.month}月{until}"


def _whole_months(first: date, last: date) -> int:
    """Return the number of calendar months that a period is; 0 where it is none."""
    after = last + timedelta(days=1)
    return 12 * (after.year - first.year) + after.month - first.month if first.day == after.day == 1 else 0
