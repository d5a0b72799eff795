"""Text logs whose first record looks like a header, means, torn records, shares, tables by week, days of closing, help desks."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.writers import Cell

from .canaries import ENGLISH_TEXTS, TEXTS
from .matters import Matter, State, counted, done, drawn
from .office import Office, Right, book, seeded, tabled
from .papers import Column, Paper, always, closed, number, paper, persons, received, told, word

ZH = (done("已办结"), State("办理中"))
EN = (done("Closed"), State("Open"))
LEVELS = ("市级", "县级", "乡级")
UNITS = ("市住建局", "市人社局", "青溪区政府")
TEAMS = ("Housing", "Highways", "Parks")


def _suffix(fmt: str) -> str:
    return "xls" if fmt == "html-xls" else fmt.split("-", maxsplit=1)[0]


def _bytes(lines: Sequence[Sequence[object]], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([["" if cell is None else str(cell) for cell in line] for line in lines])
    return text.getvalue().encode()


def _long(day: date) -> Cell:
    return f"{day.year}年{day.month}月{day.day}日"


def _month_name(day: date) -> Cell:
    return f"{day.day} {day:%b} {day.year}"


# Format, whether it is Chinese, how days are spelled, how many records there are.
TEXT_LOGS: dict[str, tuple[str, bool, Callable[[date], Cell], int]] = {
    "zh-csv": ("csv", True, date.isoformat, 12),
    "zh-xlsx": ("xlsx", True, _long, 9),
    "zh-ods": ("ods", True, date.isoformat, 20),
    "zh-few-xlsx": ("xlsx", True, _long, 3),
    "en-csv": ("csv", False, _month_name, 14),
    "en-tsv": ("tsv", False, date.isoformat, 4),
    "en-xls": ("xls", False, _month_name, 25),
    "en-html": ("html-xls", False, date.isoformat, 8),
}


def texts_alone() -> Iterator[Office]:
    """Logs in which every cell is a text: the first record is a record, though it looks like a second row of the header."""
    for name, (fmt, zh, spell, count) in TEXT_LOGS.items():
        key = f"texts-alone-{name}"
        rng = seeded(key)
        rows = [replace(one, closed=None) for one in drawn(rng, ZH if zh else EN, count, unit=UNITS if zh else TEAMS)]
        labels = ("登记日期", "责任单位", "诉求内容", "办理状态") if zh else ("Date received", "Department", "Details", "Status")
        fills = (received(spell), told("unit"), always(*(TEXTS if zh else ENGLISH_TEXTS)), word)
        made = paper(rng, tuple(zip(labels, fills, strict=True)), rows)
        right = tabled([made], count, counted(rows, "cases", "unit"))
        file = f"{'工单' if zh else 'cases'}.{_suffix(fmt)}"
        yield Office(key, "first record", [(file, book(fmt, made.sheet))], right, ("--log", "cases"))


MEANS: dict[str, tuple[str, bool, str]] = {
    "zh-xlsx": ("xlsx", True, "平均"),
    "zh-csv": ("csv", True, "平均值"),
    "zh-ods": ("ods", True, "人均"),
    "en-xlsx": ("xlsx", False, "Average"),
    "en-csv": ("csv", False, "Grand Average"),
    "en-xls": ("xls", False, "Mean"),
}


def means() -> Iterator[Office]:
    """A last row that is the mean of the heads is no record, and no total that differs from the records."""
    for name, (fmt, zh, label) in MEANS.items():
        key = f"mean-{name}"
        rng = seeded(key)
        rows = drawn(rng, ZH if zh else EN, 24, level=LEVELS)
        rows = [replace(one, closed=None) for one in rows]
        labels = ("接访级别", "来访日期", "来访人数", "办理状态") if zh else ("Level", "Visit date", "Visitors", "Status")
        made = paper(rng, tuple(zip(labels, (told("level"), received(), persons, word), strict=True)), rows)
        made.lines.append([label, None, round(sum(one.persons for one in rows) / len(rows), 2), None])
        right = tabled([made], 24, counted(rows, "visits", "level", persons=True), unsaid=("W209",))
        file = f"{'来访登记' if zh else 'visits'}.{_suffix(fmt)}"
        yield Office(key, "A24 means", [(file, book(fmt, made.sheet))], right, ("--log", "visits"))


TORN: dict[str, tuple[bool, str, tuple[int, ...]]] = {
    "zh-one": (True, "\n\n", (5,)),
    "zh-two": (True, "\r\n\r\n", (4, 15)),
    "en-one": (False, "\n\n", (9,)),
    "en-three": (False, "\r\n\r\n", (2, 10, 17)),
    "en-wide": (False, "\n\n\n", (6,)),
}


def torn() -> Iterator[Office]:
    """A note with a blank line in it and no quotes: one record, or two rejected halves; never half a record that counts."""
    for name, (zh, gap, breaks) in TORN.items():
        key = f"torn-by-blank-{name}"
        rng = seeded(key)
        rows = [replace(one, closed=None) for one in drawn(rng, ZH if zh else EN, 22, unit=UNITS if zh else TEAMS)]
        lines = ["工单编号,登记日期,责任单位,备注,办理状态" if zh else "Case ID,Date received,Department,Notes,Status"]
        note, more = ("材料不齐", "改日再来") if zh else ("no answer", "letter sent")
        for at, one in enumerate(rows):
            text = f"{note}{gap}{more}" if at in breaks else note
            lines.append(f"N{at:04},{one.received},{one.told['unit']},{text},{one.word}")
        end = "\r\n" if "\r" in gap else "\n"
        content = (end.join(lines) + end).encode("utf-8-sig" if zh else "utf-8")
        whole = [one for at, one in enumerate(rows) if at not in breaks]
        joined, rejected = (counted(part, "cases", "unit") for part in (rows, whole))
        yield Office(
            key, "A13 cut records", [("工单.csv" if zh else "cases.csv", content)], Right(((joined,), (rejected,)), said=".")
        )


SHARES: dict[str, tuple[str, bool, tuple[Cell, ...]]] = {
    "zh-csv": ("csv", True, ("100%", "80%", "60%")),
    "zh-xlsx": ("xlsx", True, ("100%", "0%", "50%")),
    "en-csv": ("csv", False, ("100%", "75%", "20%")),
    "en-fractions-xlsx": ("xlsx", False, (1.0, 0.8, 0.25)),
    "zh-points-xls": ("xls", True, (100, 80, 60)),
}


def shares() -> Iterator[Office]:
    """A satisfaction of 100 % is no yes: nobody is satisfied by it unasked, and who asks for the rate is refused."""
    for name, (fmt, zh, cells) in SHARES.items():
        for asked in (False, True):
            key = f"share-{name}{'-asked' if asked else ''}"
            rng = seeded(f"share-{name}")
            rows = [replace(one, closed=None) for one in drawn(rng, ZH if zh else EN, 30, unit=UNITS if zh else TEAMS)]
            labels = ("工单编号", "登记日期", "责任单位", "满意度", "办理状态")
            labels = labels if zh else ("Case ID", "Date received", "Department", "Satisfaction", "Status")
            fills = (number("P"), received(), told("unit"), always(*cells), word)
            made = paper(rng, tuple(zip(labels, fills, strict=True)), rows)
            truth = counted(rows, "cases", "unit", also=lambda _: {"satisfied": 0, "satisfaction_rate": None})
            right = Right(refuse=True) if asked else tabled([made], 30, truth)
            words = ("-m", "cases,satisfaction_rate") if asked else ()
            file = f"{'工单' if zh else 'cases'}.{_suffix(fmt)}"
            yield Office(key, "A2 marks", [(file, book(fmt, made.sheet))], right, words)


WEEKS: dict[str, tuple[str, Sequence[str], Callable[[int], Cell]]] = {
    "zh-span-xlsx": ("xlsx", ("周次", "来信", "来访", "来电", "办结"), lambda at: f"第{at + 1}周（{at % 12 + 1}月）"),
    "zh-csv": ("csv", ("周", "登记数", "办结数", "办结率"), lambda at: f"第{at + 1}周"),
    "zh-first-day-ods": (
        "ods",
        ("周起始日", "受理件数", "办结件数", "超期件数"),
        lambda at: date(2024, 1, 1) + timedelta(7 * at),
    ),
    "en-iso-csv": ("csv", ("Week", "Opened", "Closed", "Backlog"), lambda at: f"2024-W{at + 1:02}"),
    "en-commencing-xlsx": ("xlsx", ("Week commencing", "New", "Closed", "Open"), lambda at: date(2024, 1, 1) + timedelta(7 * at)),
    "en-number-tsv": ("tsv", ("Week no", "Complaints", "Resolved", "Outstanding"), lambda at: at + 1),
    "zh-month-xlsx": ("xlsx", ("月份", "接访批次", "接访人次", "化解件数"), lambda at: f"2024年{at % 12 + 1}月"),
}


def weeks() -> Iterator[Office]:
    """A table by week or month holds counts: no line of it is a record."""
    for name, (fmt, head, first) in WEEKS.items():
        key = f"weeks-{name}"
        rng = seeded(key)
        lines: list[list[Cell]] = [list(head)]
        for at in range(20):
            line: list[Cell] = [first(at), *(rng.randint(3, 90) for _ in head[1:])]
            if head[-1].endswith("率"):
                line[-1] = f"{rng.randint(700, 999) / 10}%"
            lines.append(line)
        file = f"{'统计表' if 'zh' in name else 'summary'}.{_suffix(fmt)}"
        yield Office(key, "C11 tables of totals", [(file, book(fmt, Paper("Sheet1", lines).sheet))], Right(refuse=True))


ENDED: dict[str, tuple[str, bool, tuple[str, ...]]] = {
    "zh-all-xlsx": ("xlsx", True, ()),
    "zh-period-csv": ("csv", True, ("--period", "2024-03")),
    "zh-by-closing-xls": ("xls", True, ("--date-by", "closed_on", "--period", "2024-03")),
    "en-all-csv": ("csv", False, ()),
    "en-period-xlsx": ("xlsx", False, ("--period", "2024-03")),
    "en-by-closing-ods": ("ods", False, ("--date-by", "closed_on", "--period", "2024-03")),
}


def days_of_closing() -> Iterator[Office]:
    """A log with close days alone: all of it is counted, by them where that is asked, never by days of receipt."""
    for name, (fmt, zh, words) in ENDED.items():
        key = f"closing-days-{name}"
        rng = seeded(key)
        rows = drawn(rng, ZH if zh else EN, 40, unit=UNITS if zh else TEAMS)
        labels = ("信访件编号", "责任单位", "办理状态", "办结日期") if zh else ("Case ref", "Department", "Status", "Date closed")
        made = paper(rng, tuple(zip(labels, (number("E"), told("unit"), word, closed()), strict=True)), rows)
        dated = [one for one in rows if one.closed and (one.closed.year, one.closed.month) == (2024, 3)]
        if "closed_on" in words:
            right = Right(((counted(dated, "cases", "unit", days=False),),))
        elif words:
            right = Right(refuse=True)
        else:
            right = tabled([made], 40, counted(rows, "cases", "unit", days=False))
        file = f"{'信访件' if zh else 'cases'}.{_suffix(fmt)}"
        yield Office(key, "days of another column", [(file, book(fmt, made.sheet))], right, words)


def _hours(spell: Callable[[float], Cell]) -> Callable[[Matter, int], Cell]:
    """The time from receipt to closing in hours."""
    return lambda one, _at: spell(24.0 * (one.closed - one.received).days) if one.closed and one.received else None


DESKS: dict[str, tuple[str, str, Column, Column]] = {
    "plain-csv": (
        "csv",
        "%Y-%m-%d %H:%M",
        ("Time to resolve (hrs)", _hours(lambda hours: round(hours, 1))),
        ("First response (min)", always(4, 35, 120)),
    ),
    "clock-xlsx": (
        "xlsx",
        "%Y-%m-%d %H:%M",
        ("Resolution time", _hours(lambda hours: f"{hours:.0f}:00:00")),
        ("First response time", always("0:04:00", "1:20:00")),
    ),
    "units-csv": (
        "csv",
        "%d %b %Y %H:%M",
        ("Handle time", _hours(lambda hours: f"{hours:.0f}h 0m")),
        ("Hold time", always("3m", "12m")),
    ),
    "days-xls": (
        "xls",
        "%Y-%m-%d",
        ("Age (hours)", _hours(lambda hours: hours)),
        ("SLA hours", always(24, 72)),
    ),
    "tsv": ("tsv", "%Y-%m-%dT%H:%M:%S", ("Hours open", _hours(int)), ("Agent hours", always(0.5, 1.25))),
}


def help_desks() -> Iterator[Office]:
    """Exports of help desks with hours beside the days: the hours are no days, no heads and no status."""
    states = (done("Closed"), State("Open"), State("Pending", weight=2))
    for name, (fmt, form, hours, more) in DESKS.items():
        key = f"help-desk-{name}"
        rng = seeded(key)
        rows = drawn(rng, states, 36, unit=("Network", "Desktop", "Accounts"))

        def spell(day: date, form: str = form) -> Cell:
            return f"{day:{form}}".replace("00:00", "09:30", 1)

        columns: tuple[Column, ...] = (
            ("Ticket ID", number("T")),
            ("Created", received(spell)),
            ("Group", told("unit")),
            ("Status", word),
            ("Closed", closed(spell)),
            hours,
            more,
        )
        made = paper(rng, columns, rows)
        right = tabled([made], 36, counted(rows, "cases", "unit"))
        yield Office(key, "help desk", [(f"tickets.{_suffix(fmt)}", book(fmt, made.sheet))], right, ("--by", "unit"))


def offices() -> Iterator[Office]:
    """All of this page."""
    for make in (texts_alone, means, torn, shares, weeks, days_of_closing, help_desks):
        yield from make()
