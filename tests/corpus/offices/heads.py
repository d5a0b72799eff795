"""Headers that explain themselves, in two languages, numbered, twice the same, under two parents, and columns of ticks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tests.corpus.words import CLOSED
from tests.writers import Cell

from .canaries import NAMES, TEXTS
from .matters import Matter, State, counted, done, drawn, dropped
from .office import Office, Right, book, seeded, tabled
from .papers import TITLE, TOTAL, Column, Paper, always, closed, number, paper, persons, received, serial, told, word

ZH = (done("已办结"), State("办理中"))
EN = (done("Closed"), State("Open"))
ZH_UNITS = ("市住建局", "市人社局", "青溪区政府")
UNITS = ("Housing", "Highways", "Parks")
LEVELS = ("市级", "县级", "乡级")

VISITS: dict[str, tuple[str, ...]] = {
    "hints": (
        "序号",
        "来访日期\n（格式：2024-01-01）",
        "接访级别（市/县/乡）",
        "来访人数（填阿拉伯数字）",
        "办理状态（已办结/办理中）",
        "办结日期（未办结不填）",
    ),
    "numbers": ("1.序号", "2.来访日期", "3.接访级别", "4.来访人数", "5.办理状态", "6.办结日期"),
    "brackets": ("（一）序号", "（二）来访日期", "（三）接访级别", "（四）来访人数", "（五）办理状态", "（六）办结日期"),
    "stars": ("序号*", "来访日期＊必填", "接访级别*（必填）", "来访人数*", "办理状态▲", "办结日期"),
    "languages": (
        "No./序号",
        "来访日期 Date of visit",
        "接访级别 Level",
        "来访人数 Persons",
        "办理状态 Status",
        "办结日期 Date closed",
    ),
    "spaced": ("序    号", "来 访 日 期", "接 访 级 别", "来访\n人数", "办理\n状态", "办  结\n日  期"),
    "colons": ("序号：", "来访日期：", "接访级别：", "来访人数：", "办理状态：", "办结日期："),
}


def explained() -> Iterator[Office]:
    """Headers with hints, numbers, stars and a second language."""
    for name, labels in VISITS.items():
        for fmt in ("xlsx", "html-xls") if name in {"hints", "spaced"} else ("xls",):
            key = f"heads-{name}-{fmt}"
            rng = seeded(key)
            rows = drawn(rng, ZH, 30, level=LEVELS)
            fills = (serial, received(), told("level"), persons, word, closed())
            made = paper(rng, list(zip(labels, fills, strict=True)), rows, title="群众来访登记表", mess=(TITLE, TOTAL))
            right = tabled([made], 30, counted(rows, "visits", "level", persons=True))
            yield Office(key, "headers", [(f"来访登记.{fmt.split('-')[-1]}", book(fmt, made.sheet))], right)
    forms = {
        "english-hints": (
            "Reference",
            "Date received (dd/mm/yyyy)",
            "Department (please choose)",
            "Status (Open/Closed)",
            "Date closed (if closed)",
        ),
        "english-numbers": ("1. Reference", "2. Date received", "3. Department", "4. Status", "5. Date closed"),
        "english-lines": ("Reference\nnumber", "Date\nreceived", "Responsible\ndepartment", "Current\nstatus", "Date\nclosed"),
        "english-snake": ("complaint_ref", "date_received", "responsible_department", "complaint_status", "date_closed"),
        "english-camel": ("complaintRef", "dateReceived", "responsibleDepartment", "complaintStatus", "dateClosed"),
    }
    for name, labels in forms.items():
        key = f"heads-{name}"
        rng = seeded(key)
        rows = drawn(rng, EN, 30, unit=UNITS)
        made = paper(rng, list(zip(labels, (number("R"), received(), told("unit"), word, closed()), strict=True)), rows)
        yield Office(
            key, "headers", [("complaints.xlsx", book("xlsx", made.sheet))], tabled([made], 30, counted(rows, "cases", "unit"))
        )


def told_orders() -> Iterator[Office]:
    """A header that tells the order of day and month, over days that could be either: so, or refused."""
    for name, label, form in (
        ("dmy", "Date received (dd/mm/yyyy)", "%d/%m/%Y"),
        ("mdy", "Date received (mm/dd/yyyy)", "%m/%d/%Y"),
    ):
        key = f"told-order-{name}"
        rng = seeded(key)
        rows = [
            one
            for one in drawn(rng, EN, 90, first=date(2024, 3, 1), span=110, unit=UNITS)
            if one.received and one.received.day <= 12
        ]
        columns = (
            ("Reference", number("R")),
            (label, received(lambda day, form=form: f"{day:{form}}")),
            ("Department", told("unit")),
            ("Status", word),
        )
        made = paper(rng, columns, rows)
        inside = [replace(one, closed=None) for one in rows if one.received and one.received.month == 5]
        right = Right(((counted(inside, "cases", "unit"),),), refuse=True)
        yield Office(key, "headers", [("complaints.csv", book("csv", made.sheet))], right, ("--period", "2024-05"))


def two_parents() -> Iterator[Office]:
    """The same short labels under two parents: 时间 of the visit and of the end, 单位 that received and that handles."""
    for fmt in ("xlsx", "xls", "html-xls"):
        key = f"two-parents-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, ZH, 34, unit=ZH_UNITS)
        columns = (
            ("序号", serial),
            ("时间", received()),
            ("地点", always("一楼", "二楼")),
            ("人数", persons),
            ("单位", told("unit")),
            ("结果", word),
            ("时间", closed()),
        )
        made = paper(rng, columns, rows, title="群众来访登记表", mess=(TITLE,), parents={"来访": (1, 3), "办结": (4, 6)})
        right = tabled([made], 34, counted(rows, "visits", "unit", persons=True))
        suffix = fmt.split("-")[-1]
        yield Office(
            key, "headers", [(f"来访登记.{suffix}", book(fmt, made.sheet))], replace(right, refuse=True), ("--by", "unit")
        )


def women(one: Matter, _at: int) -> Cell:
    """Those of a visit who are no men."""
    return one.persons - one.told["men"]


def parts_of_heads() -> Iterator[Office]:
    """Men, women and both under 来访人数: both is the head count."""
    for fmt in ("xlsx", "ods"):
        key = f"men-women-both-{fmt}"
        rng = seeded(key)
        rows = [one.with_told(men=rng.randint(0, one.persons)) for one in drawn(rng, ZH, 30, level=LEVELS)]
        columns = (
            ("序号", serial),
            ("来访日期", received()),
            ("接访级别", told("level")),
            ("男", told("men")),
            ("女", women),
            ("合计", persons),
            ("办理状态", word),
        )
        made = paper(rng, columns, rows, title="群众来访登记表", mess=(TITLE,), parents={"来访人数": (3, 5)})
        right = replace(tabled([made], 30, counted(rows, "visits", "level", persons=True)), refuse=True)
        yield Office(key, "headers", [(f"来访登记.{fmt}", book(fmt, made.sheet))], right)


def twice() -> Iterator[Office]:
    """Two columns 日期, two columns Status: the run says which, or refuses."""
    key = "twice-date-xlsx"
    rng = seeded(key)
    rows = drawn(rng, ZH, 30, unit=ZH_UNITS)
    columns: Sequence[Column] = (
        ("编号", number("B")),
        ("日期", received()),
        ("责任单位", told("unit")),
        ("办理状态", word),
        ("日期", closed()),
    )
    made = paper(rng, columns, rows, title="信访事项台账", mess=(TITLE,))
    right = replace(tabled([made], 30, counted(rows, "cases", "unit", days=False)), refuse=True)
    yield Office(key, "headers", [("信访事项.xlsx", book("xlsx", made.sheet))], right, ("--period", "2024"))
    key = "twice-status-csv"
    rng = seeded(key)
    rows = [replace(one, closed=None) for one in drawn(rng, EN, 30, unit=UNITS)]
    columns = (
        ("Reference", number("R")),
        ("Date received", received()),
        ("Department", told("unit")),
        ("Status", word),
        ("Status", always("Open", "Closed", "Open")),
    )
    made = paper(rng, columns, rows)
    yield Office(key, "headers", [("complaints.csv", book("csv", made.sheet))], Right(refuse=True))


def ticks() -> Iterator[Office]:
    """A tick in one of three columns: ended, in hand, not accepted."""
    for name, states in (
        ("two", (done("办结"), State("在办"))),
        ("three", (done("办结"), State("在办"), dropped("不予受理", weight=4))),
        ("settled", (done("已办结"), State("未办结"), State("息诉罢访", frozenset({CLOSED, "settled"})))),
    ):
        key = f"ticks-{name}"
        rng = seeded(key)
        rows = drawn(rng, states, 36, level=LEVELS)
        marks = [(str(state.word), lambda one, _at, mark=state.word: "√" if one.word == mark else None) for state in states]
        columns = (("序号", serial), ("来访日期", received()), ("接访级别", told("level")), ("来访人数", persons), *marks)
        made = paper(rng, columns, rows, title="群众来访登记表", mess=(TITLE,), parents={"办理情况": (4, 3 + len(states))})
        right = tabled([made], 36, counted(rows, "visits", "level", persons=True, days=False))
        yield Office(key, "columns of ticks", [("来访登记.xlsx", book("xlsx", made.sheet))], right)


def merged_states() -> Iterator[Office]:
    """A state merged over several receptions is the state of each."""
    for fmt in ("xlsx", "ods", "html-xls"):
        key = f"merged-states-{fmt}"
        rng = seeded(key)
        made = Paper("Sheet1", [["来访日期", "级别", "来访人数", "来访人", "反映问题", "办理状态"]], header=1)
        rows: list[Matter] = []
        for block in range(8):
            state = ZH[block % 2]
            size = rng.randint(2, 4)
            for at in range(size):
                one = Matter(
                    date(2024, 5, 2 + block), None, state.sets, state.word, rng.randint(1, 5), {"level": rng.choice(LEVELS)}
                )
                rows.append(one)
                made.lines.append(
                    [one.received, one.told["level"], one.persons, NAMES[at % 4], TEXTS[at % 3], one.word if not at else None]
                )
            made.merge(len(made.lines) - size, 5, len(made.lines) - 1, 5)
        right = tabled([made], len(rows), counted(rows, "visits", "level", persons=True))
        yield Office(key, "A3 merged cases", [(f"来访登记.{fmt.split('-')[-1]}", book(fmt, made.sheet))], right)


def offices() -> Iterator[Office]:
    """All of this page."""
    for make in (explained, told_orders, two_parents, parts_of_heads, twice, ticks, merged_states):
        yield from make()
