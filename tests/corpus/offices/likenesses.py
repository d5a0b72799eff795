"""Columns that sound like those that count: days due, flags and states of other things, other days and places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.corpus.truth import Rows
from tests.corpus.words import CLOSED
from tests.writers import Cell

from .canaries import NAMES, TEXTS
from .matters import OPEN, Matter, State, Truth, counted, done, drawn
from .office import Office, Right, book, seeded, tabled
from .papers import TITLE, Column, always, closed, number, paper, persons, received, serial, told, word

ZH = (done("已办结"), State("办理中"))
EN = (done("Closed"), State("Open"))
ZH_UNITS = ("市住建局", "市人社局", "青溪区政府")
UNITS = ("Housing", "Highways", "Parks")
LEVELS = ("市级", "县级", "乡级")
FORMATS = ("xlsx", "csv", "xls", "ods", "html-xls", "csv-gb18030")


def _file(stem: str, fmt: str) -> str:
    return f"{stem}.{fmt.rsplit('-', maxsplit=1)[-1] if fmt.endswith('xls') else fmt.split('-', maxsplit=1)[0]}"


def _slug(label: str) -> str:
    """A label as a part of a key."""
    return re.sub(r"\W+", "-", label.lower()).strip("-")


def _either(rows: Sequence[Matter], *, days: bool = True) -> tuple[tuple[Truth, ...], ...]:
    """The table as one of cases or of visits: a heading with 来访 may make it either."""
    return tuple((counted(rows, log, "unit", days=days),) for log in ("cases", "visits"))


def _zh(text: str) -> bool:
    return any(character > "~" for character in text)


DUE = (
    *(
        "办结期限",
        "应办结日期",
        "要求办结时间",
        "限期办结时间",
        "拟办结日期",
        "预计办结时间",
        "承诺办结时间",
        "计划化解时间",
        "办结截止日期",
        "最迟办结时间",
        "应当办结时间",
        "办结时间（预计）",
        "目标办结日期",
        "原办结时间",
        "办结审批时间",
        "申请结案时间",
        "SLA close date",
        "Requested completion date",
        "Date resolved by",
        "Est. close date",
    ),
    *(
        "答复期限",
        "延期办结日期",
        "延期至",
        "预期结案时间",
        "法定办结时限",
        "申请办结时间",
        "销号时限",
        "整改期限",
        "承诺答复时间",
        "重新办理日期",
        "督办日期",
        "报结时限",
    ),
    *(
        "Not closed by",
        "Date to close",
        "Scheduled closure",
        "Close date (planned)",
        "Anticipated closure",
        "Resolution due",
        "Resolve by",
        "Resolution target",
    ),
    *(
        "Completion deadline",
        "Date reopened",
        "Closure requested on",
        "Reply deadline",
        "Proposed completion",
        "Next review",
        "Closes on",
    ),
    *(
        "Target closure date",
        "Expected close",
        "Close by",
        "Response due",
        "Planned completion date",
        "To be closed by",
        "Estimated resolution date",
    ),
)


def days_due() -> Iterator[Office]:
    """A day by which a matter should end has ended nothing."""
    for at, label in enumerate(DUE, start=1):
        zh = _zh(label)
        fmt = FORMATS[at % len(FORMATS)]
        key = f"due-not-closed-{_slug(label)}"
        rng = seeded(key)
        rows = [replace(one, closed=None, sets=OPEN) for one in drawn(rng, ZH, 30, unit=ZH_UNITS if zh else UNITS)]
        labels = ("信访件编号", "登记日期", "责任单位", label) if zh else ("Case ref", "Date received", "Department", label)
        due: Column = (label, lambda one, _at: one.received + timedelta(days=30) if one.received else None)
        columns = [*zip(labels[:3], (number("A"), received(), told("unit")), strict=True), due]
        made = paper(rng, columns, rows)
        right = replace(tabled([made], 30, counted(rows, "cases", "unit", days=False)), refuse=True)
        yield Office(key, "columns that sound alike", [(_file("信访件" if zh else "cases", fmt), book(fmt, made.sheet))], right)


OTHER_FLAGS = (
    *(
        "是否受理",
        "是否签收",
        "是否回访",
        "是否公开",
        "是否上报",
        "是否转办",
        "是否立案",
        "是否可化解",
        "能否化解",
        "是否有望息访",
        "是否需要办结",
        "是否包案",
        "是否已告知",
    ),
    *(
        "Acknowledged?",
        "Accepted?",
        "Published?",
        "Escalated?",
        "Can be closed?",
        "Closure requested?",
        "Survey completed?",
        "Eligible?",
    ),
)


def flags_of_others() -> Iterator[Office]:
    """A flag of something else closes, settles and resolves nothing."""
    for at, label in enumerate(OTHER_FLAGS, start=1):
        zh = _zh(label)
        fmt = FORMATS[at % len(FORMATS)]
        key = f"flag-of-others-{_slug(label)}"
        rng = seeded(key)
        rows = [replace(one, closed=None, sets=OPEN) for one in drawn(rng, ZH, 30, unit=ZH_UNITS if zh else UNITS)]
        labels = ("信访件编号", "登记日期", "责任单位", label) if zh else ("Case ref", "Date received", "Department", label)
        columns = list(
            zip(
                labels,
                (number("A"), received(), told("unit"), always(*(("是", "否", "是") if zh else ("Yes", "No", "Yes")))),
                strict=True,
            )
        )
        made = paper(rng, columns, rows)
        right = replace(tabled([made], 30, counted(rows, "cases", "unit", days=False)), refuse=True)
        yield Office(key, "columns that sound alike", [(_file("信访件" if zh else "cases", fmt), book(fmt, made.sheet))], right)


OTHER_STATES: Sequence[tuple[str, tuple[str, ...]]] = (
    ("回访状态", ("已回访", "未回访", "回访完成")),
    ("审核状态", ("已审核", "待审核", "审核完成")),
    ("稳控状态", ("已稳控", "稳控中")),
    ("来访状态", ("个访", "群访")),
    ("婚姻状况", ("已婚", "未婚")),
    ("签收状态", ("已签收", "未签收", "已完成")),
    ("录入状态", ("已完成", "未完成")),
    ("Survey status", ("Completed", "Sent", "Not sent")),
    ("Approval status", ("Approved", "Pending", "Closed")),
    ("Payment status", ("Paid", "Open", "Closed")),
    ("Sync status", ("Complete", "Failed")),
    ("Marital status", ("Single", "Married")),
)


def states_of_others() -> Iterator[Office]:
    """A state of something else beside the close day: the day tells, or the words are said to be unknown."""
    for at, (label, words) in enumerate(OTHER_STATES, start=1):
        for beside in (True, False):
            zh = _zh(label)
            fmt = FORMATS[at % len(FORMATS)]
            key = f"state-of-others-{'beside' if beside else 'alone'}-{_slug(label)}"
            rng = seeded(key)
            rows = drawn(rng, ZH if zh else EN, 36, unit=ZH_UNITS if zh else UNITS)
            labels = (
                ("信访件编号", "登记日期", "责任单位", label, "办结日期")
                if zh
                else ("Case ref", "Date received", "Department", label, "Date closed")
            )
            columns = list(zip(labels, (number("A"), received(), told("unit"), always(*words), closed()), strict=True))
            if beside:
                columns.append(("办理状态" if zh else "Case status", word))
            made = paper(rng, columns, rows)
            right = replace(tabled([made], 36), tables=_either(rows, days=beside), refuse=True)
            yield Office(
                key, "columns that sound alike", [(_file("信访件" if zh else "cases", fmt), book(fmt, made.sheet))], right
            )


OTHER_DAYS = (
    *("事发时间", "首次信访时间", "上次来访日期", "出生日期", "问题发生时间", "领导批示日期", "录入时间", "更新时间"),
    *("收到答复日期", "受理告知日期", "接访领导批示时间", "复查受理日期", "上级交办日期", "复查申请日期", "原信访日期"),
    *(
        "Response received",
        "Payment received",
        "Date assigned",
        "Acknowledgement date",
        "Last update received",
        "Date first opened elsewhere",
    ),
    *("Incident date", "Date of birth", "Date of last contact", "Date of occurrence", "Date modified", "Date entered"),
)


def other_days() -> Iterator[Office]:
    """A day of something else left of the day of receipt: the period is that of receipt."""
    for at, label in enumerate(OTHER_DAYS, start=1):
        zh = _zh(label)
        fmt = FORMATS[at % len(FORMATS)]
        key = f"day-of-others-{_slug(label)}"
        rng = seeded(key)
        rows = drawn(rng, ZH if zh else EN, 60, first=date(2024, 3, 1), span=110, unit=ZH_UNITS if zh else UNITS)
        back = 20000 if label in {"出生日期", "Date of birth"} else 33
        other: Column = (label, lambda one, _at, back=back: one.received - timedelta(days=back))
        head = (
            ("登记日期", "责任单位", "办理状态", "办结日期") if zh else ("Date received", "Department", "Status", "Date closed")
        )
        columns = [
            ("信访件编号" if zh else "Case ref", number("A")),
            other,
            *zip(head, (received(), told("unit"), word, closed()), strict=True),
        ]
        made = paper(rng, columns, rows)
        inside = [one for one in rows if one.received and one.received.month == 5]
        right = Right(_either(inside), Rows(60, len(inside), outside=60 - len(inside)), refuse=True)
        files = [(_file("信访件" if zh else "cases", fmt), book(fmt, made.sheet))]
        yield Office(key, "columns that sound alike", files, right, ("--period", "2024-05"))


OTHER_PLACES = (
    *("工作单位", "户籍所在地", "现住址", "来访人单位", "登记单位", "录入部门", "转送单位", "信访人所在乡镇"),
    *("Employer", "Home address", "Reported by", "Referred by", "Received by", "Created by"),
)


def other_places() -> Iterator[Office]:
    """A unit or place of the person or of the registrar left of the unit that answers."""
    for at, label in enumerate(OTHER_PLACES, start=1):
        zh = _zh(label)
        fmt = FORMATS[at % len(FORMATS)]
        key = f"place-of-others-{_slug(label)}"
        rng = seeded(key)
        rows = drawn(rng, ZH if zh else EN, 36, unit=ZH_UNITS if zh else UNITS)
        others: tuple[Cell, ...] = ("东岭县纺织厂", "青溪区", "柏山县") if zh else ("Mill Ltd", "Old Town", "Front desk")
        head = ("责任单位", "办理状态", "办结日期") if zh else ("Department", "Status", "Date closed")
        columns = [
            *zip(
                ("信访件编号", "登记日期", label) if zh else ("Case ref", "Date received", label),
                (number("A"), received(), always(*others)),
                strict=True,
            ),
            *zip(head, (told("unit"), word, closed()), strict=True),
        ]
        made = paper(rng, columns, rows)
        files = [(_file("信访件" if zh else "cases", fmt), book(fmt, made.sheet))]
        yield Office(key, "columns that sound alike", files, replace(tabled([made], 36), tables=_either(rows)), ("--by", "unit"))


OTHER_HEADS = (
    "涉及人数",
    "陪同人数",
    "接待人员数",
    "涉及户数",
    "累计来访人数",
    "参与处置人数",
    "Number of staff",
    "Households affected",
    "People affected",
)


def other_heads() -> Iterator[Office]:
    """A count of other people is not the count of those who came."""
    for at, label in enumerate(OTHER_HEADS, start=1):
        zh = _zh(label)
        fmt = FORMATS[at % len(FORMATS)]
        for beside in (True, False):
            key = f"heads-of-others-{'beside' if beside else 'alone'}-{_slug(label)}"
            rng = seeded(key)
            rows = drawn(rng, ZH if zh else EN, 30, level=LEVELS) if zh else drawn(rng, EN, 30, unit=UNITS)
            head = (
                ("序号", "来访日期", label, "接访级别", "办理状态")
                if zh
                else ("Visit no", "Date of visit", label, "Department", "Status")
            )
            group = told("level" if zh else "unit")
            columns = list(zip(head, (serial, received(), always(120, 45, 300), group, word), strict=True))
            if beside:
                columns.append(("来访人数" if zh else "Visitors", persons))
            made = paper(rng, columns, rows, title="群众来访登记表" if zh else "Visits to the office", mess=(TITLE,))
            one = counted(rows, "visits", "level" if zh else "unit", persons=True, days=False)
            right = tabled([made], 30, one)
            if not beside:
                nothing = [{**figures, "persons": None} for figures in (one.total, *one.groups.values())]
                one.total.update(nothing[0])
                for figures, dash in zip(one.groups.values(), nothing[1:], strict=True):
                    figures.update(dash)
            yield Office(
                key,
                "columns that sound alike",
                [(_file("来访登记" if zh else "visits", fmt), book(fmt, made.sheet))],
                replace(right, refuse=not beside),
            )


def clocks_beside() -> Iterator[Office]:
    """A column of clock times beside one of days."""
    for fmt, clocks in (("xlsx", ("9:30", "10:15", "14:00")), ("csv", ("上午", "下午")), ("xls", ("9:00-11:30", "14:30-17:00"))):
        key = f"clock-beside-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, ZH, 30, level=LEVELS)
        columns = (
            ("序号", serial),
            ("接访时间", always(*clocks)),
            ("接访日期", received()),
            ("接访级别", told("level")),
            ("接访领导", always(*NAMES)),
            ("来访人数", persons),
            ("反映问题", always(*TEXTS)),
            ("办理状态", word),
        )
        made = paper(rng, columns, rows, title="领导接访登记表", mess=(TITLE,))
        right = tabled([made], 30, counted(rows, "visits", "level", persons=True, days=False))
        yield Office(key, "C6 needless refusals", [(_file("领导接访", fmt), book(fmt, made.sheet))], right)


def blank_labels() -> Iterator[Office]:
    """NULL, N/A, a dash and a question mark are no place."""
    for fmt, blanks in (
        ("csv", ("NULL", "N/A", "nan", "-", "")),
        ("xlsx", ("无", "—", "/", "?", None)),
        ("ods", ("None", "n/a", "--", "?", None)),
    ):
        key = f"blank-labels-{fmt}"
        rng = seeded(key)
        zh = fmt == "xlsx"
        known = ("/", "?", "—", None) if zh else blanks[:2] + blanks[3:]
        known = tuple(one for one in known if one != "--")
        rows = drawn(rng, ZH if zh else EN, 50, unit=(*(ZH_UNITS if zh else UNITS), None, None))
        labels = (
            ("信访件编号", "登记日期", "责任单位", "办理状态") if zh else ("Case ref", "Date received", "Department", "Status")
        )
        unit: Column = (labels[2], lambda one, at, known=known: one.told["unit"] or known[at % len(known)])
        columns = [*zip(labels[:2], (number("A"), received()), strict=True), unit, (labels[3], word)]
        made = paper(rng, columns, rows)
        dateless: list[Matter] = [replace(one, closed=None) for one in rows]
        yield Office(
            key,
            "blank labels",
            [(_file("信访件" if zh else "cases", fmt), book(fmt, made.sheet))],
            tabled([made], 50, counted(dateless, "cases", "unit")),
        )


def ditto_states() -> Iterator[Office]:
    """同上 and 〃 in unit and state are what the row above says."""
    for fmt, mark in (("csv", "〃"), ("xlsx", "同上"), ("xls", "″")):
        if mark == "″":
            continue
        key = f"ditto-states-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, ZH, 40, unit=ZH_UNITS)

        def cell(name: str, rows: Sequence[Matter] = rows, mark: str = mark) -> Column:
            def fill(one: Matter, at: int) -> Cell:
                value = one.word if name == "办理状态" else one.told["unit"]
                above = rows[at - 2] if at > 1 else None
                before = above and (above.word if name == "办理状态" else above.told["unit"])
                return mark if above and before == value else value

            return name, fill

        columns = (
            ("信访件编号", number("A")),
            ("登记日期", received()),
            cell("责任单位"),
            cell("办理状态"),
            ("办结日期", closed()),
        )
        made = paper(rng, columns, rows)
        yield Office(
            key,
            "A7 filled down",
            [(_file("信访件", fmt), book(fmt, made.sheet))],
            tabled([made], 40, counted(rows, "cases", "unit")),
        )


def true_flags() -> Iterator[Office]:
    """是否办结 as a cell that is true or false."""
    for fmt in ("xlsx", "ods", "xls"):
        key = f"true-flags-{fmt}"
        rng = seeded(key)
        rows = [replace(one, closed=None) for one in drawn(rng, ZH, 30, level=LEVELS)]
        columns = (
            ("序号", serial),
            ("来访日期", received()),
            ("接访级别", told("level")),
            ("来访人数", persons),
            ("是否办结", lambda one, _at: CLOSED in one.sets),
        )
        made = paper(rng, columns, rows, title="来访登记表", mess=(TITLE,))
        yield Office(
            key,
            "flags",
            [(_file("来访登记", fmt), book(fmt, made.sheet))],
            tabled([made], 30, counted(rows, "visits", "level", persons=True)),
        )


def offices() -> Iterator[Office]:
    """All of this page."""
    pages = (
        days_due,
        flags_of_others,
        states_of_others,
        other_days,
        other_places,
        other_heads,
        clocks_beside,
        blank_labels,
        ditto_states,
        true_flags,
    )
    for make in pages:
        yield from make()
