"""Columns like those that count: flags of the opposite, many days, many heads, other levels."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from tests.corpus.words import CLOSED, SETTLED
from tests.writers import Cell

from .canaries import NAMES, TEXTS
from .matters import OPEN, Matter, State, counted, done, drawn
from .office import Office, book, seeded, tabled
from .papers import TITLE, TOTAL, Column, always, closed, number, paper, persons, received, serial, told, word

ZH = (done("已办结"), State("办理中"))
EN = (done("Closed"), State("Open"))
ZH_UNITS = ("市住建局", "市人社局", "青溪区政府")
UNITS = ("Housing", "Highways", "Parks")
LEVELS = ("市级", "县级", "乡级")

Mark = Mapping[bool, Cell]
YES_NO: Mark = {True: "是", False: "否"}
TICKED: Mark = {True: "√", False: None}
ENGLISH: Mark = {True: "Yes", False: "No"}
FLAGS: dict[str, tuple[str, str, Mark]] = {
    "unfinished": ("xlsx", "是否未办结", YES_NO),
    "in-hand": ("xls", "是否在办", YES_NO),
    "late": ("csv", "是否超期未办结", YES_NO),
    "left": ("ods", "未办结", TICKED),
    "still-open": ("csv", "Still open?", ENGLISH),
    "not-closed": ("xlsx", "Not closed", ENGLISH),
    "outstanding": ("xlsx", "Outstanding", ENGLISH),
    "unresolved": ("csv", "Unresolved", ENGLISH),
    "needs-closing": ("csv", "Needs closing?", ENGLISH),
}


def opposites() -> Iterator[Office]:
    """A flag that says yes to what is open must not close: it is read the other way, or it tells nothing."""
    for name, (fmt, label, mark) in FLAGS.items():
        key = f"opposite-{name}"
        rng = seeded(key)
        zh = label[-1] > "~"
        rows = [replace(one, closed=None) for one in drawn(rng, ZH if zh else EN, 40, unit=ZH_UNITS if zh else UNITS)]
        labels = ("信访件编号", "登记日期", "责任单位", label) if zh else ("Case ref", "Received", "Department", label)
        flag: Column = (label, lambda one, _at, mark=mark: mark[CLOSED not in one.sets])
        columns = [*zip(labels[:3], (number("V"), received(), told("unit")), strict=True), flag]
        made = paper(rng, columns, rows)
        nothing = [replace(one, sets=OPEN) for one in rows]
        right = replace(tabled([made], 40), tables=((counted(rows, "cases", "unit"),), (counted(nothing, "cases", "unit"),)))
        yield Office(key, "flags of the opposite", [(f"{'信访件' if zh else 'cases'}.{fmt}", book(fmt, made.sheet))], right)


def yes_beside_days() -> Iterator[Office]:
    """A column `Closed` that holds yes and no, or true and false, beside one of days."""
    for name, fmt, mark in (
        ("yes-csv", "csv", ENGLISH),
        ("true-xlsx", "xlsx", {True: True, False: False}),
        ("y-ods", "ods", {True: "Y", False: "N"}),
    ):
        key = f"closed-column-{name}"
        rng = seeded(key)
        rows = drawn(rng, EN, 40, unit=UNITS)
        columns = (
            ("Case ref", number("Y")),
            ("Received", received()),
            ("Department", told("unit")),
            ("Closed", lambda one, _at, mark=mark: mark[CLOSED in one.sets]),
            ("Closed date", closed()),
        )
        made = paper(rng, columns, rows)
        yield Office(key, "flags", [(f"cases.{fmt}", book(fmt, made.sheet))], tabled([made], 40, counted(rows, "cases", "unit")))


def many_days() -> Iterator[Office]:
    """A hotline's five days: what came in, went out, was taken, ended and was called back about."""
    for fmt in ("xlsx", "csv-gb18030"):
        key = f"many-days-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, ZH, 44, unit=ZH_UNITS)

        def after(days: int) -> Callable[[Matter, int], Cell]:
            return lambda one, _at: one.received + timedelta(days=days) if one.received else None

        def later(one: Matter, _at: int) -> Cell:
            return one.closed + timedelta(days=9) if one.closed else None

        columns = (
            ("工单编号", number("T")),
            ("来电时间", received()),
            ("派单时间", after(1)),
            ("签收时间", after(2)),
            ("承办单位", told("unit")),
            ("办结时限", after(20)),
            ("工单状态", word),
            ("办结时间", closed()),
            ("回访时间", later),
            ("归档时间", later),
        )
        made = paper(rng, columns, rows)
        yield Office(
            key,
            "many days",
            [(f"12345工单.{fmt.split('-')[0]}", book(fmt, made.sheet))],
            tabled([made], 44, counted(rows, "cases", "unit")),
            ("--by", "unit"),
        )
    key = "many-days-english-csv"
    rng = seeded(key)
    rows = drawn(rng, EN, 44, unit=UNITS)
    columns = (
        ("Case ref", number("T")),
        ("Date logged", received()),
        ("Date acknowledged", lambda one, _at: one.received + timedelta(days=2)),
        ("Target response date", lambda one, _at: one.received + timedelta(days=14)),
        ("Department", told("unit")),
        ("Status", word),
        ("Date closed", closed()),
        ("Last updated", lambda one, _at: (one.closed or one.received) + timedelta(days=6)),
    )
    made = paper(rng, columns, rows)
    yield Office(
        key, "many days", [("complaints.csv", book("csv", made.sheet))], tabled([made], 44, counted(rows, "cases", "unit"))
    )


def many_heads() -> Iterator[Office]:
    """Heads beside numbers that are no heads: those concerned, those who spoke, children, the day's place in the row."""
    for name, labels in (
        ("zh", ("来访人数", "涉及人数", "其中未成年人数", "接待次数")),
        ("other", ("上访人数", "代表人数", "涉事人数", "第几次来访")),
    ):
        key = f"many-heads-{name}"
        rng = seeded(key)
        rows = drawn(rng, ZH, 36, level=LEVELS)
        columns = (
            ("序号", serial),
            ("来访日期", received()),
            ("接访级别", told("level")),
            (labels[0], persons),
            (labels[1], always(120, 45, 300)),
            (labels[2], always(0, 1)),
            (labels[3], always(1, 2, 3)),
            ("办理状态", word),
        )
        made = paper(rng, columns, rows, title="群众来访登记表", mess=(TITLE,))
        yield Office(
            key,
            "many heads",
            [("来访登记.xlsx", book("xlsx", made.sheet))],
            tabled([made], 36, counted(rows, "visits", "level", persons=True)),
        )


def levels_beside() -> Iterator[Office]:
    """The level of the leader beside that of the visit to higher offices, of risk, of urgency."""
    for name, label, values in (
        ("tier", "越级层级", ("进京", "赴省", "到市")),
        ("risk", "风险等级", ("高", "中", "低")),
        ("urgency", "紧急程度", ("一级", "二级")),
        ("secrecy", "密级", ("普通", "内部")),
    ):
        key = f"level-beside-{name}"
        rng = seeded(key)
        rows = drawn(rng, ZH, 36, level=LEVELS)
        columns = (
            ("序号", serial),
            ("来访日期", received()),
            (label, always(*values)),
            ("接访领导级别", told("level")),
            ("来访人数", persons),
            ("办理状态", word),
        )
        made = paper(rng, columns, rows)
        yield Office(
            key,
            "C2 composed headers",
            [("领导接访.xlsx", book("xlsx", made.sheet))],
            tabled([made], 36, counted(rows, "visits", "level", persons=True)),
        )


def handlers() -> Iterator[Office]:
    """Units whose headers hold persons' words, and persons whose headers hold units' words."""
    for name, label, person in (
        ("lead", "牵头责任单位", "责任单位联系人"),
        ("host", "主办（承办）单位", "承办单位负责人"),
        ("final", "最终办理部门", "部门经办人"),
    ):
        key = f"handler-{name}"
        rng = seeded(key)
        rows = drawn(rng, (*ZH, done("息诉罢访", SETTLED, weight=2)), 36, unit=ZH_UNITS)
        columns = (
            ("序号", serial),
            ("信访件编号", number("H")),
            ("登记日期", received()),
            (person, always(*NAMES)),
            (label, told("unit")),
            ("信访事项", always(*TEXTS)),
            ("办理状态", word),
            ("办结日期", closed()),
        )
        made = paper(rng, columns, rows, title="信访事项台账", mess=(TITLE, TOTAL))
        yield Office(
            key, "B2 persons", [("信访事项.xlsx", book("xlsx", made.sheet))], tabled([made], 36, counted(rows, "cases", "unit"))
        )


def offices() -> Iterator[Office]:
    """All of this page."""
    for make in (opposites, yes_beside_days, many_days, many_heads, levels_beside, handlers):
        yield from make()
