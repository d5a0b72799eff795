"""Words that turn a meaning round, flags of the opposite, codes before words, columns like those that count."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from tests.corpus.words import RESOLVED, SETTLED

from .matters import Figures, Matter, Pair, State, counted, done, drawn, dropped
from .office import Office, book, seeded, tabled
from .papers import Column, closed, number, paper, received, told, word

ZH = (done("已办结"), State("办理中"))
EN = (done("Closed"), State("Open"))
ZH_UNITS = ("市住建局", "市人社局", "青溪区政府")
UNITS = ("Housing", "Highways", "Parks")
LEVELS = ("市级", "县级", "乡级")

STATES: dict[str, tuple[str, Sequence[State]]] = {
    "negated-xlsx": (
        "xlsx",
        (done("已办结"), State("未办结"), State("尚未办结"), State("没有办结"), State("待办结"), State("即将办结")),
    ),
    "partly-csv": (
        "csv",
        (done("办结"), State("部分办结"), State("办结中"), State("拟办结"), State("申请办结"), State("不能按期办结")),
    ),
    "reopened-xls": ("xls", (done("已办结"), State("办结后重新交办"), State("退回重办"), State("办结退回"), State("撤销办结"))),
    "en-negated-csv": (
        "csv",
        (
            done("Closed"),
            State("Not closed"),
            State("Unresolved"),
            State("Never resolved"),
            State("To be closed"),
            State("Re-opened"),
        ),
    ),
    "en-reopened-xlsx": (
        "xlsx",
        (
            done("Resolved", RESOLVED),
            State("Reopened"),
            State("Closed then reopened"),
            State("Pending closure approval"),
            State("Incomplete"),
        ),
    ),
    "coded-xlsx": ("xlsx", (done("03-已办结"), State("01-待受理"), State("02-办理中"), dropped("09-作废"))),
    "coded-csv": ("csv", (done("4 Closed"), State("1 New"), State("2 In Progress"), dropped("9 Duplicate"))),
    "coded-points-csv": ("csv-gb18030", (done("3.已办结"), State("1.待签收"), State("2.办理中"))),
    "marks-xlsx": ("xlsx", (done("√已办结"), State("×未办结"), State("○办理中"))),
    "stops-xlsx": ("xlsx", (done("已办结。"), State("办理中…"), done("已办结！", weight=2), State("办理中；", weight=2))),
    "settled-xlsx": (
        "xlsx",
        (
            done("息诉罢访", SETTLED),
            State("未息诉罢访"),
            State("拒不息诉"),
            done("已化解", RESOLVED),
            State("未化解"),
            State("无法化解"),
        ),
    ),
}


def turned() -> Iterator[Office]:
    """Denials, intentions, reopenings and codes around words of closing: known rightly, or unknown and said."""
    for name, (fmt, states) in STATES.items():
        key = f"states-{name}"
        rng = seeded(key)
        zh = any(str(one.word)[-1] > "~" for one in states)
        rows = [replace(one, closed=None) for one in drawn(rng, states, 70, unit=ZH_UNITS if zh else UNITS)]
        labels = ("信访件编号", "登记日期", "责任单位", "办理状态") if zh else ("Case ref", "Received", "Department", "Status")
        made = paper(rng, list(zip(labels, (number("V"), received(), told("unit"), word), strict=True)), rows)
        file = f"{'信访件' if zh else 'cases'}.{fmt.split('-')[0]}"
        yield Office(key, "A17 qualifiers", [(file, book(fmt, made.sheet))], tabled([made], 70, counted(rows, "cases", "unit")))


def days_that_are_words() -> Iterator[Office]:
    """办结日期 holds 当场办结 or 未办结 in some rows: nothing is closed by 未办结, and what is unreadable is said."""
    key = "closing-day-words-xlsx"
    rng = seeded(key)
    rows = drawn(rng, ZH, 40, unit=ZH_UNITS)
    columns = (
        ("信访件编号", number("D")),
        ("登记日期", received()),
        ("责任单位", told("unit")),
        ("办结日期", lambda one, _at: one.closed or "未办结"),
    )
    made = paper(rng, columns, rows)
    yield Office(
        key,
        "bad days",
        [("信访件.xlsx", book("xlsx", made.sheet))],
        tabled([made], 40, counted(rows, "cases", "unit", days=False)),
    )
    key = "closing-day-order-csv"
    rng = seeded(key)
    rows = drawn(rng, ZH, 40, unit=ZH_UNITS)
    early = {3, 11, 17}
    columns = (
        ("信访件编号", number("D")),
        ("登记日期", received()),
        ("责任单位", told("unit")),
        ("办理状态", word),
        ("办结日期", lambda one, at: one.received - timedelta(days=4) if at in early else one.closed),
    )
    made = paper(rng, columns, rows)
    yield Office(
        key,
        "bad days",
        [("信访件.csv", book("csv", made.sheet))],
        tabled([made], 40, counted(rows, "cases", "unit", days=False), said="."),
    )


def _pleased(rows: Sequence[Matter]) -> Figures:
    good, bad = (sum(one.told["said"] in words for one in rows) for words in (("非常满意", "满意"), ("不满意", "非常不满意")))
    return {"satisfaction_rate": Pair(good, good + bad)}


def ratings() -> Iterator[Office]:
    """Ratings in words, with those who were not asked left out."""
    key = "ratings-words-xlsx"
    rng = seeded(key)
    rows = drawn(rng, ZH, 50, unit=ZH_UNITS, said=("非常满意", "满意", "不满意", "非常不满意", None, "未回访", "未评价"))
    columns = (
        ("工单编号", number("P")),
        ("登记时间", received()),
        ("承办单位", told("unit")),
        ("工单状态", word),
        ("群众满意度评价", told("said")),
    )
    made = paper(rng, columns, rows)
    right = tabled([made], 50, counted(rows, "cases", "unit", days=False, also=_pleased))
    yield Office(
        key,
        "A2 marks",
        [("工单.xlsx", book("xlsx", made.sheet))],
        right,
        ("-m", "cases,closed,satisfaction_rate", "--by", "unit"),
    )


def mixed_numbers() -> Iterator[Office]:
    """Codes of districts with leading noughts are texts, and stay apart from no other."""
    for fmt in ("xlsx", "csv"):
        key = f"district-codes-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, ZH, 40, region=("370102", "370103", "370199"))
        spelt: Column = ("区县", lambda one, at: int(one.told["region"]) if at % 3 else one.told["region"])
        columns = (("工单编号", number("Z")), ("登记时间", received()), spelt, ("工单状态", word), ("办结时间", closed()))
        made = paper(rng, columns, rows)
        yield Office(
            key,
            "A1 whole numbers",
            [(f"工单.{fmt}", book(fmt, made.sheet))],
            tabled([made], 40, counted(rows, "cases", "region")),
            ("--by", "region"),
        )


def offices() -> Iterator[Office]:
    """All of this page."""
    pages = (turned, days_that_are_words, ratings, mixed_numbers)
    for make in pages:
        yield from make()
