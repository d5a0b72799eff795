"""Tables that hold counts already, a line a day, a week, a month or a unit: no line of them is a matter (C11)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tests.writers import Cell

from .office import Office, Right, book, seeded
from .papers import Paper

PLACES = {
    "unit": ("市住建局", "市水务局", "市城管局"),
    "region": ("东岭县", "青溪区"),
    "en": ("Parks", "Water", "Roads"),
    "ward": ("Harbour", "Uplands"),
}
DAY, WEEK, MONTH, QUARTER, NONE = "day", "week", "month", "quarter", ""

# Format, what the first column is, the places of the second, and the headers.
TABLES: dict[str, tuple[str, str, str, Sequence[str]]] = {
    "daily-zh": ("xlsx", DAY, "", ("日期", "来电量", "受理量", "派单量", "办结量", "满意率")),
    "daily-zh-unit": ("csv", DAY, "unit", ("日期", "承办单位", "受理件数", "办结件数", "超期件数", "办结率")),
    "daily-zh-region": ("xls", DAY, "region", ("日期", "区县", "工单量", "已办结", "未办结", "办结率")),
    "daily-zh-channels": ("ods", DAY, "", ("日期", "来信", "来访", "来电", "网信", "办结率")),
    "weekly-zh": ("xlsx", WEEK, "", ("周次", "来访批次", "来访人次", "来信件数", "网上信访件数", "办结率")),
    "monthly-zh-unit": ("csv-gb18030", MONTH, "unit", ("月份", "责任单位", "交办数", "办结数", "未办结数", "按期办结率")),
    "daily-zh-plain": ("csv", DAY, "unit", ("日期", "单位", "收件数", "办结数", "办结率")),
    "daily-en-totals": ("csv", DAY, "en", ("Date", "Agency", "Total requests", "Closed requests", "% closed")),
    "daily-en-numbers": ("xlsx", DAY, "en", ("Received", "Department", "Number received", "Number closed", "% closed")),
    "daily-en-report": ("csv", DAY, "en", ("Report date", "Department", "Open", "Closed", "% closed")),
    "daily-en": ("csv", DAY, "", ("Date", "Calls received", "Cases opened", "Cases closed", "Backlog", "% closed")),
    "daily-en-agency": ("xlsx", DAY, "en", ("Date", "Agency", "Requests received", "Requests closed", "Open", "% closed")),
    "daily-en-department": ("csv", DAY, "en", ("Date", "Department", "Received", "Closed", "Open", "% closed")),
    "daily-en-ward": ("tsv", DAY, "ward", ("Date", "Ward", "Complaints", "Resolved", "Outstanding", "% resolved")),
    "weekly-en-team": ("xls", DAY, "en", ("Week ending", "Department", "New", "Closed", "Outstanding", "On time %")),
    "monthly-en-service": ("xlsx", MONTH, "en", ("Month", "Service", "Stage 1", "Stage 2", "Upheld", "Upheld %")),
    "unit-en": ("html-xls", NONE, "en", ("Department", "Received", "Closed", "Open", "Overdue", "% closed")),
    "unit-zh": ("html-xls", NONE, "unit", ("责任单位", "受理数", "办结数", "在办数", "超期数", "办结率")),
}


def _first(kind: str, at: int, *, zh: bool) -> list[Cell]:
    if kind == DAY:
        return [date(2024, 5, 1) + timedelta(days=at)]
    if kind == WEEK:
        return [f"第{at + 1}周"]
    if kind == MONTH:
        return [f"{at % 12 + 1}月" if zh else f"2024-{at % 12 + 1:02}"]
    return []


def offices() -> Iterator[Office]:
    """Each of these tables alone in its file."""
    for name, (fmt, kind, places, head) in TABLES.items():
        key = f"table-{name}"
        rng = seeded(key)
        zh = "zh" in name
        lines: list[list[Cell]] = [list(head)]
        for at in range(24):
            place: list[Cell] = [PLACES[places][at % len(PLACES[places])]] if places else []
            line = [*_first(kind, at, zh=zh), *place]
            counts: list[Cell] = [rng.randint(5, 99) for _ in range(len(head) - len(line) - 1)]
            lines.append([*line, *counts, f"{rng.randint(700, 999) / 10}%"])
        file = f"{'统计' if zh else 'statistics'}.{fmt.split('-')[-1] if fmt.endswith('xls') else fmt.split('-')[0]}"
        yield Office(key, "C11 tables of totals", [(file, book(fmt, Paper("Sheet1", lines).sheet))], Right(refuse=True))
