"""Words of state and outcome, flags of timeliness, due days (A15, A17, A18, A21, A22, C8, C12, B1, B2)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.corpus.words import CLOSED, RESOLVED, SETTLED

from .canaries import COMMON_NAMES, ENGLISH_NAMES, ENGLISH_TEXTS, NAMES, TEXTS
from .matters import OPEN, State, counted, done, drawn, dropped
from .office import Office, book, seeded, tabled
from .papers import (
    BLANK,
    FOOT,
    OFFICE,
    TITLE,
    TOTAL,
    always,
    closed,
    notes,
    number,
    paper,
    received,
    serial,
    told,
    word,
)

ZH_UNITS = ("市住建局", "市人社局", "青溪区政府")
UNITS = ("Housing", "Highways", "Parks")


def solved() -> Iterator[Office]:
    """A word that is said to resolve closes, too."""
    for fmt, said, closes in (("csv", "resolved", True), ("xlsx", "resolved-only", False)):
        key = f"{said}-{fmt}"
        rng = seeded(key)
        mine = State("Finalised", frozenset({CLOSED, RESOLVED}) if closes else frozenset({RESOLVED}), 8)
        rows = [replace(one, closed=None) for one in drawn(rng, (mine, State("Open"), done("Closed")), 30, unit=UNITS)]
        columns = (("Ticket #", number("T")), ("Created", received()), ("Department", told("unit")), ("Status", word))
        made = paper(rng, columns, rows)
        words = ("--map-status", f"Finalised={said}")
        right = tabled([made], 30, counted(rows, "cases", "unit"))
        yield Office(key, "A15 resolved closes", [(f"tickets.{fmt}", book(fmt, made.sheet))], right, words)


QUALIFIED: dict[str, tuple[str, Sequence[State]]] = {
    "zh-xlsx": (
        "xlsx",
        (
            done("已办结"),
            done("已办结（市住建局）"),
            done("已办结（满意）"),
            State("办理中（市级交办）"),
            done("已办结(2024-06-03)"),
            dropped("已办结（重复件）"),
            State("未办结"),
            done("已办结（未化解）"),
        ),
    ),
    "zh-gbk": (
        "csv-gb18030",
        (done("办结"), dropped("办结-作废"), done("办结-解决", RESOLVED), State("办理中-延期"), done("办结-息诉罢访", SETTLED)),
    ),
    "en-csv": (
        "csv",
        (
            done("Closed"),
            dropped("Closed - Duplicate"),
            dropped("Open - Dup"),
            State("Open"),
            dropped("Completed - Dup"),
            done("Resolved - Not Fixed"),
            done("Closed - No Action Required"),
            dropped("Cancelled"),
        ),
    ),
    "en-xlsx": (
        "xlsx",
        (
            done("Completed"),
            State("In Progress"),
            dropped("In Progress (Duplicate)"),
            done("Completed (Housing)"),
            State("Not Completed"),
        ),
    ),
}


def qualified() -> Iterator[Office]:
    """What stands behind a known word is part of the word."""
    for name, (fmt, states) in QUALIFIED.items():
        zh = name.startswith("zh")
        key = f"qualified-{name}"
        rng = seeded(key)
        rows = [replace(one, closed=None) for one in drawn(rng, states, 60, unit=ZH_UNITS if zh else UNITS)]
        labels = (
            ("信访件编号", "登记日期", "责任单位", "办理状态") if zh else ("Case #", "Date received", "Department", "Case status")
        )
        made = paper(
            rng, list(zip(labels, (number("Q"), received(), told("unit"), word), strict=True)), rows, mess=(FOOT,), english=not zh
        )
        file = f"{'信访件' if zh else 'cases'}.{fmt.split('-')[0]}"
        yield Office(key, "A17 qualifiers", [(file, book(fmt, made.sheet))], tabled([made], 60, counted(rows, "cases", "unit")))


def unknown_qualifiers() -> Iterator[Office]:
    """A qualifier that is neither place nor state makes the word unknown, and that is said."""
    for name, fmt, states in (
        ("zh", "xlsx", (done("已办结"), State("已办结（转公安处理中）", weight=3), State("办理中"))),
        ("en", "csv", (done("Closed"), State("Closed (awaiting refund)", weight=3), State("Open"))),
    ):
        key = f"qualifier-unknown-{name}"
        rng = seeded(key)
        zh = name == "zh"
        rows = [replace(one, closed=None) for one in drawn(rng, states, 50, unit=ZH_UNITS if zh else UNITS)]
        labels = (
            ("信访件编号", "登记日期", "责任单位", "办理状态") if zh else ("Case #", "Date received", "Department", "Case status")
        )
        made = paper(rng, list(zip(labels, (number("Q"), received(), told("unit"), word), strict=True)), rows)
        right = tabled([made], 50, counted(rows, "cases", "unit"), said="map-status")
        yield Office(key, "A17 qualifiers", [(f"{'信访件' if zh else 'cases'}.{fmt}", book(fmt, made.sheet))], right)


def outcomes() -> Iterator[Office]:
    """An outcome column beside a close day: either closes where that is asked for, and else the disagreement is said."""
    states = (done("已解决", RESOLVED), done("部分解决"), done("解释疏导"), done("息诉息访", SETTLED), State("正在办理"))
    for typed in ("", "either", "date"):
        key = f"outcome-and-date-{typed or 'plain'}"
        rng = seeded("outcome-and-date")
        rows = drawn(rng, states, 60, level=("市级", "县级", "乡级"))
        columns = (
            ("序号", serial),
            ("信访编号", number("J")),
            ("登记日期", received()),
            ("包案领导级别", told("level")),
            ("包案领导", always(*NAMES)),
            ("办理结果", word),
            ("办结日期", closed()),
        )
        made = paper(rng, columns, rows, title="领导包案化解台账", mess=(TITLE, OFFICE, TOTAL))
        without = () if typed else (CLOSED, "closure_rate", "median_days")
        right = tabled([made], 60, counted(rows, "cases", "level", without=without), said="" if typed else "closed-by")
        words = ("--closed-by", typed) if typed else ()
        yield Office(key, "A21 outcome and date", [("包案台账.xlsx", book("xlsx", made.sheet, notes()))], right, words)


def ombudsman() -> Iterator[Office]:
    """Upheld and not upheld are outcomes; the state says what is closed."""
    for fmt in ("csv", "xls"):
        key = f"ombudsman-{fmt}"
        rng = seeded(key)
        verdicts = ("Upheld", "Not upheld", "Partly upheld")
        rows = [
            one.with_told(verdict=rng.choice(verdicts) if CLOSED in one.sets else None)
            for one in drawn(rng, (done("Closed"), State("Under investigation"), State("Assessment")), 45, body=UNITS)
        ]
        rows = [one.with_told(unit=one.told["body"]) for one in rows]
        columns = (
            ("Case reference", number("OM")),
            ("Date received", received()),
            ("Service area", told("unit")),
            ("Stage", always("Stage 1", "Stage 2")),
            ("Status", word),
            ("Decision", told("verdict")),
            ("Date of decision", closed()),
        )
        made = paper(
            rng, columns, rows, title="Complaints to the Test Ombudsman", mess=(TITLE,) if fmt == "xls" else (), english=True
        )
        yield Office(
            key,
            "C8 words",
            [(f"ombudsman cases.{fmt}", book(fmt, made.sheet))],
            tabled([made], 45, counted(rows, "cases", "unit")),
        )


WORDS: dict[str, tuple[str, Sequence[State]]] = {
    "helpdesk-csv": (
        "csv",
        (
            done("Solved", RESOLVED),
            State("Waiting for customer"),
            done("Closed Complete"),
            State("Pending closure"),
            State("Under review"),
            State("Active"),
            State("Deferred"),
        ),
    ),
    "311-xlsx": (
        "xlsx",
        (
            done("Closed - Work completed"),
            State("Awaiting parts"),
            done("Case closed"),
            dropped("Closed as duplicate"),
            State("In review"),
        ),
    ),
    "petitions-xlsx": (
        "xlsx",
        (
            done("案结事了", RESOLVED),
            done("事心双解", RESOLVED, SETTLED),
            done("已出具答复意见书"),
            State("正在协调"),
            dropped("不予受理"),
        ),
    ),
    "bureau-ods": (
        "ods",
        (
            done("已办结"),
            State("已转送"),
            State("已交办"),
            State("正在调查核实"),
            done("息访", SETTLED, weight=4),
            State("待签收"),
        ),
    ),
}


def words_of_state() -> Iterator[Office]:
    """Words as help desks, city hotlines and petition offices write them."""
    for name, (fmt, states) in WORDS.items():
        key = f"words-{name}"
        rng = seeded(key)
        zh = name in {"petitions-xlsx", "bureau-ods"}
        rows = drawn(rng, states, 60, unit=ZH_UNITS if zh else UNITS)
        labels = (
            ("信访件编号", "登记日期", "责任单位", "办理进展", "办结日期")
            if zh
            else ("Request ID", "Date created", "Department", "Status", "Date closed")
        )
        made = paper(
            rng,
            list(zip(labels, (number("Q"), received(), told("unit"), word, closed()), strict=True)),
            rows,
            mess=(BLANK,),
            english=not zh,
        )
        unsure = ("settled", "settlement_rate", "resolved", "resolution_rate")
        one = counted(rows, "cases", "unit", without=() if name in {"311-xlsx", "bureau-ods"} else unsure)
        yield Office(
            key, "C8 words", [(f"{'信访件' if zh else 'requests'}.{fmt}", book(fmt, made.sheet))], tabled([made], 60, one)
        )


def idle_outcomes() -> Iterator[Office]:
    """Unknown words of a result column say nothing where another column decides; names in it are never printed."""
    key = "idle-outcomes-xlsx"
    rng = seeded(key)
    rows = [
        one.with_told(level=rng.choice(("县级", "乡级")), solved=rng.random() < 0.5) for one in drawn(rng, (State(None),), 40)
    ]
    rows = [replace(one, sets=frozenset({RESOLVED}) if one.told["solved"] else OPEN) for one in rows]
    columns = (
        ("序号", serial),
        ("来访时间", received()),
        ("接访级别", told("level")),
        ("办理结果", always("已转交", "正在研究", "移交镇里")),
        ("是否解决", told("solved", lambda yes: "是" if yes else "否")),
    )
    made = paper(rng, columns, rows, title="群众来访登记表", mess=(TITLE,))
    one = counted(rows, "visits", "level", days=False, without=("closed", "closure_rate", "settled", "settlement_rate"))
    yield Office(key, "C12 idle outcomes", [("来访.xlsx", book("xlsx", made.sheet))], tabled([made], 40, one, unsaid=("W201",)))
    for fmt, names, labels in (
        ("xlsx", NAMES, ("信访编号", "登记日期", "责任单位", "办理状态")),
        ("csv", ENGLISH_NAMES, ("Case ID", "Received", "Team", "Status")),
    ):
        key = f"names-as-states-{fmt}"
        rng = seeded(key)
        zh = fmt == "xlsx"
        over, under = ("已办结", "办理中") if zh else ("Closed", "Open")
        states = (
            done(over),
            State(under),
            *(State(f"{'待' if zh else 'with '}{name}{'处理' if zh else ''}", weight=2) for name in names),
        )
        rows = [replace(one, closed=None) for one in drawn(rng, states, 60, unit=ZH_UNITS if zh else UNITS, name=names)]
        columns = [
            *zip(labels, (number("N"), received(), told("unit"), word), strict=True),
            ("经办人" if zh else "Case worker", told("name")),
        ]
        made = paper(rng, columns, rows)
        right = tabled([made], 60, counted(rows, "cases", "unit"), said="map-status")
        yield Office(key, "B1 persons", [(f"{'信访件' if zh else 'cases'}.{fmt}", book(fmt, made.sheet))], right)


def assignees() -> Iterator[Office]:
    """A column of the persons to whom matters went groups nothing."""
    for fmt, label in (("csv", "Assigned To"), ("xlsx", "Owner"), ("ods", "assigned_to"), ("xls", "处理人")):
        key = f"assignees-{fmt}"
        rng = seeded(key)
        zh = fmt == "xls"
        names = NAMES if zh else ENGLISH_NAMES
        rows = drawn(
            rng,
            (done("已办结"), State("办理中")) if zh else (done("Closed"), State("Open")),
            40,
            name=names,
            region=("东岭县", "青溪区") if zh else ("North", "South"),
        )
        labels = (
            ("工单编号", "登记时间", label, "区县", "主题", "状态", "办结时间")
            if zh
            else ("Case Number", "Date opened", label, "Ward", "Subject", "Status", "Date closed")
        )
        subject = always(*TEXTS) if zh else always(*ENGLISH_TEXTS)
        columns = list(zip(labels, (number("C"), received(), told("name"), told("region"), subject, word, closed()), strict=True))
        made = paper(rng, columns, rows)
        right = tabled([made], 40, counted(rows, "cases", "region"))
        yield Office(key, "B2 persons", [(f"{'工单' if zh else 'cases'}.{fmt}", book(fmt, made.sheet))], right)


def names_as_units() -> Iterator[Office]:
    """Persons' names under a heading of units are no labels, whatever the heading says."""
    for fmt, label, names in (("csv", "Team", COMMON_NAMES), ("xlsx", "Queue", COMMON_NAMES), ("xls", "承办部门", NAMES)):
        key = f"names-as-units-{fmt}"
        rng = seeded(key)
        zh = names is NAMES
        rows = drawn(rng, (done("已办结"), State("办理中")) if zh else (done("Closed"), State("Open")), 48, name=names)
        labels = ("工单编号", "登记时间", label, "状态") if zh else ("Case Number", "Date opened", label, "Status")
        made = paper(rng, list(zip(labels, (number("C"), received(), told("name"), word), strict=True)), rows)
        dateless = [replace(one, closed=None) for one in rows]
        right = tabled([made], 48, counted(dateless, "cases"))
        yield Office(key, "B2 persons", [(f"{'工单' if zh else 'cases'}.{fmt}", book(fmt, made.sheet))], right)


def offices() -> Iterator[Office]:
    """All of this page."""
    pages = (solved, qualified, unknown_qualifiers, outcomes, ombudsman, words_of_state, idle_outcomes, assignees, names_as_units)
    for make in pages:
        yield from make()
