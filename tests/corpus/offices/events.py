"""One row an event, subtotals of a spreadsheet, and a plain register (A19, A27)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from tests.corpus.truth import Rows
from tests.writers import Cell

from .canaries import TEXTS
from .matters import OPEN, Matter, State, counted, done, drawn
from .office import Office, Right, book, seeded, tabled
from .papers import (
    BLANK,
    FOOT,
    OFFICE,
    TITLE,
    UNITS,
    Paper,
    always,
    closed,
    notes,
    paper,
    persons,
    received,
    serial,
    told,
    word,
)

CHINESE = (done("已办结"), State("办理中"), State("待答复", weight=2))
ENGLISH = (done("Closed"), State("Open"), State("Pending", weight=2))
CLOSING = frozenset({"closed"})


def events() -> Iterator[Office]:
    """A row an event: said, and with `--per case_no` the latest row of a number tells."""
    forms = {
        "csv-incident": ("csv", ("Incident Number", "Opened", "Assignment Group", "State", "Updated", "Closed"), "incidents"),
        "xlsx-work-order": (
            "xlsx",
            ("Work Order Number", "Created Date", "Department", "Status", "Last Updated", "Closed Date"),
            "work orders",
        ),
        "xlsx-zh": ("xlsx", ("工单编号", "受理时间", "承办单位", "工单状态", "更新时间", "办结时间"), "工单流转记录"),
    }
    for name, (fmt, labels, file) in forms.items():
        zh = name.endswith("zh")
        units = ("市水务局", "市交通局") if zh else ("Water", "Roads")
        new, under, over = ("待签收", "办理中", "已办结") if zh else ("New", "In Progress", "Closed")
        for per in (False, True):
            key = f"events-{'per-' if per else ''}{name}"
            rng = seeded(key)
            lines: list[list[Cell]] = []
            cases: list[Matter] = []
            for at in range(14):
                day = date(2024, 2, 1) + timedelta(days=3 * at)
                unit = rng.choice(units)
                steps = rng.choice([(new, under, over), (new, under), (new,), (new, over)])
                for step, state in enumerate(steps):
                    then = day + timedelta(days=2 * step)
                    lines.append([f"N{at:05}", day, unit, state, then, then if state == over else None])
                end = day + timedelta(days=2 * (len(steps) - 1)) if steps[-1] == over else None
                cases.append(Matter(day, end, CLOSING if end else OPEN, steps[-1], told={"unit": unit}))
            made = Paper("Sheet1", [list(labels), *lines], header=1)
            one = counted(cases, "cases", "unit")
            right = Right(((one,),), Rows(len(lines), 14, skipped=len(lines) - 14), said="" if per else "per case_no")
            words = ("--per", "case_no", "--by", "unit") if per else ("--by", "unit")
            if not per:
                everything = [
                    Matter(line[1], line[5], CLOSING if line[3] == over else OPEN, told={"unit": line[2]})  # type: ignore[arg-type]  # a line holds days and texts in known places
                    for line in lines
                ]
                right = replace(right, tables=((counted(everything, "cases", "unit"),),), rows=Rows(len(lines), len(lines)))
            yield Office(key, "A19 events", [(f"{file}.{fmt}", book(fmt, made.sheet))], right, words)


def subtotals() -> Iterator[Office]:
    """The lines that a spreadsheet's own Subtotal command puts into the label column."""
    forms = {
        "english-xlsx": (
            "xlsx",
            ("Eastham", "Westbrook", "Norcote"),
            ("{} Total", "Grand Total"),
            ("Borough", "Reference", "Date received", "Status"),
        ),
        "count-xls": ("xls", ("North", "South"), ("{} Count", "Grand Count"), ("Ward", "Reference", "Date received", "Status")),
        "zh-xlsx": ("xlsx", ("东岭县", "青溪区"), ("{} 汇总", "总计"), ("县区", "信访件编号", "登记日期", "办理状态")),
        "zh-count-ods": ("ods", ("东岭县", "青溪区"), ("{} 计数", "总计数"), ("县区", "信访件编号", "登记日期", "办理状态")),
    }
    for name, (fmt, places, (each, whole), labels) in forms.items():
        key = f"subtotals-{name}"
        rng = seeded(key)
        zh = name.startswith("zh")
        own_id = [one.with_told(id=at) for at, one in enumerate(drawn(rng, CHINESE if zh else ENGLISH, 30, region=places))]
        rows = sorted(own_id, key=lambda one: places.index(one.told["region"]))
        made = Paper("Sheet1", [list(labels)], header=1)
        for place in places:
            own = [one for one in rows if one.told["region"] == place]
            made.lines += [[place, f"K{rows.index(one):04}", one.received, one.word] for one in own]
            made.lines.append([each.format(place), len(own), None, None])
        made.lines.append([whole, len(rows), None, None])
        right = tabled([made], 30, counted(rows, "cases", "region", without=("median_days",)))
        yield Office(
            key,
            "A27 subtotals",
            [(f"{'信访事项' if zh else 'complaints'}.{fmt}", book(fmt, made.sheet))],
            right,
            ("--by", "region"),
        )


def plain_register() -> Iterator[Office]:
    """A register with everything above, between and below, as a control."""
    for fmt in ("xlsx", "html-xls"):
        key = f"register-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, CHINESE, 30, level=("市级", "县级", "乡级"))
        columns = (
            ("序号", serial),
            ("接访日期", received(lambda day: f"{day.year}.{day.month}.{day.day}")),
            ("级别", told("level")),
            ("批次人数", persons),
            ("反映问题", always(*TEXTS)),
            ("办理情况", word),
            ("办结时间", closed()),
        )
        parents = {"接访情况": (1, 3), "处理情况": (5, 6)}
        made = paper(rng, columns, rows, title="领导接访情况登记表", mess=(TITLE, OFFICE, UNITS, BLANK, FOOT), parents=parents)
        right = tabled([made], 30, counted(rows, "visits", "level", persons=True))
        yield Office(key, "C8 words", [(f"接访.{fmt.split('-')[-1]}", book(fmt, made.sheet, notes()))], right)


def offices() -> Iterator[Office]:
    """All of this page."""
    for make in (events, subtotals, plain_register):
        yield from make()
