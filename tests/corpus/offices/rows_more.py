"""Rows that only look like records: carried forward, part totals, lines below, tables beside and under each other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from tests.corpus.truth import Rows
from tests.corpus.words import CLOSED
from tests.writers import Cell

from .matters import OPEN, Matter, State, counted, done, drawn
from .office import Office, Right, book, seeded, tabled
from .papers import TITLE, TOTAL, Column, Paper, always, closed, number, paper, persons, received, serial, told, word

ZH = (done("已办结"), State("办理中"))
EN = (done("Closed"), State("Open"))
LEVELS = ("市级", "县级", "乡级")
VISITS: tuple[Column, ...] = (
    ("序号", serial),
    ("来访日期", received()),
    ("接访级别", told("level")),
    ("来访人数", persons),
    ("办理状态", word),
    ("办结日期", closed()),
)


def _visits(key: str, count: int = 30) -> tuple[list[Matter], Paper]:
    rng = seeded(key)
    rows = drawn(rng, ZH, count, level=LEVELS)
    return rows, paper(rng, VISITS, rows, title="群众来访登记表", mess=(TITLE,))


def _heads(rows: Sequence[Matter]) -> int:
    return sum(one.persons for one in rows)


Insert = Callable[[Sequence[Matter]], list[tuple[int, list[Cell]]]]
BETWEEN: dict[str, Insert] = {
    "page-totals": lambda rows: [
        (15, ["本页小计", None, None, _heads(rows[:15]), None, None]),
        (30, ["本页小计", None, None, _heads(rows[15:]), None, None]),
    ],
    "carried-forward": lambda rows: [
        (15, ["过次页", None, None, _heads(rows[:15]), None, None]),
        (15, ["承前页", None, None, _heads(rows[:15]), None, None]),
    ],
    "month-so-far": lambda rows: [
        (12, ["本月合计", None, None, _heads(rows[:12]), None, None]),
        (12, ["本年累计", None, None, _heads(rows[:12]), None, None]),
        (30, ["本年累计", None, None, _heads(rows), None, None]),
    ],
    "of-which": lambda rows: [
        (30, ["合计", None, None, _heads(rows), None, None]),
        (30, ["其中：市级", None, None, _heads([one for one in rows if one.told["level"] == "市级"]), None, None]),
    ],
    "level-totals": lambda rows: [
        (30, [f"{level}小计", None, None, _heads([one for one in rows if one.told["level"] == level]), None, None])
        for level in LEVELS
    ],
    "totals-in-level": lambda rows: [
        (30, [None, None, "小计", _heads(rows), None, None]),
        (30, [None, None, "总  计", _heads(rows), None, None]),
    ],
    "brought-over": lambda rows: [(0, ["上月结转", None, None, 35, None, None])],
    "counts-in-words": lambda rows: [(30, ["合计30批", None, None, f"{_heads(rows)}人次", None, None])],
}


def between() -> Iterator[Office]:
    """Sums and carried-forward lines of a ledger are no receptions."""
    for name, make in BETWEEN.items():
        for fmt in ("xlsx", "csv"):
            key = f"between-{name}-{fmt}"
            rows, made = _visits(key)
            start = made.header
            for at, line in sorted(make(rows), key=lambda pair: -pair[0]):
                made.lines.insert(start + at, line)
            right = tabled([made], 30, counted(rows, "visits", "level", persons=True))
            yield Office(key, "A27 subtotals", [(f"来访登记.{fmt}", book(fmt, made.sheet))], right)


def english_sums() -> Iterator[Office]:
    """Part totals of an English register, in the label's column or the first."""
    forms: dict[str, Callable[[str], str]] = {
        "subtotal-first": lambda place: f"Subtotal {place}",
        "total-for": lambda place: f"Total for {place}",
        "subtotal-colon": lambda place: f"Sub-total: {place}",
        "sum-of": lambda place: f"{place} - total",
    }
    for name, label in forms.items():
        key = f"sums-{name}"
        rng = seeded(key)
        places = ("Harbour", "Old Town", "Uplands")
        rows = sorted(drawn(rng, EN, 36, region=places), key=lambda one: places.index(one.told["region"]))
        made = Paper("Sheet1", [["Ward", "Reference", "Date received", "People", "Status"]], header=1)
        for place in places:
            own = [one for one in rows if one.told["region"] == place]
            made.lines += [
                [place, f"U{len(made.lines) + at:04}", one.received, one.persons, one.word] for at, one in enumerate(own)
            ]
            made.lines.append([label(place), None, None, _heads(own), None])
        right = tabled([made], 36, counted(rows, "cases", "region", persons=True, without=("median_days",)))
        yield Office(key, "A27 subtotals", [("complaints.xlsx", book("xlsx", made.sheet))], right, ("--by", "region"))


BELOW: dict[str, list[list[Cell]]] = {
    "signed": [["填表人：", None, "审核人：", None, "填报日期：", date(2024, 7, 1)]],
    "signed-apart": [[None, None, None, None, "填报日期", date(2024, 7, 1)]],
    "as-of-text": [["统计截止时间：2024年6月30日"]],
    "count-line": [["共计30条记录"]],
    "legend": [["■ 已办结", None, "□ 办理中"]],
    "small-table": [[], ["级别", "批次", "人次"], ["市级", 12, 40], ["县级", 10, 33], ["乡级", 8, 21], ["合计", 30, 94]],
    "printed-at": [["打印时间", "2024-07-01 09:30:00"]],
}
ENGLISH_BELOW: dict[str, list[list[Cell]]] = {
    "filters": [[], ["Applied filters: Created is on or after 01/01/2024"]],
    "run": [["Report run:", "01/07/2024 10:15"]],
    "count": [["Total records: 30"]],
    "end": [["*** End of report ***"]],
    "rows": [["(30 rows affected)"]],
    "page": [["Page 1 of 1", None, None, "Printed", "2024-07-01"]],
}


def below() -> Iterator[Office]:
    """What stands under a log: signatures, days, a legend, a small table, the line of an export."""
    for name, lines in BELOW.items():
        for fmt in ("xlsx", "csv-bom"):
            key = f"below-{name}-{fmt}"
            rows, made = _visits(key)
            made.lines += [[*line, *[None] * (6 - len(line))] for line in lines]
            right = tabled([made], 30, counted(rows, "visits", "level", persons=True))
            yield Office(key, "A6 closing lines", [(f"来访登记.{fmt.split('-')[0]}", book(fmt, made.sheet))], right)
    for name, lines in ENGLISH_BELOW.items():
        for fmt in ("csv", "xls"):
            key = f"below-{name}-{fmt}"
            rng = seeded(key)
            rows = drawn(rng, EN, 30, unit=("Parks", "Waste"))
            columns = (
                ("Case ID", number("7", 6)),
                ("Created", received()),
                ("Department", told("unit")),
                ("Status", word),
                ("Closed", closed()),
            )
            made = paper(rng, columns, rows)
            made.lines += [[*line, *[None] * (5 - len(line))] for line in lines]
            right = tabled([made], 30, counted(rows, "cases", "unit"), said="[DE]32" if name == "page" else "")
            yield Office(key, "A6 closing lines", [(f"export.{fmt}", book(fmt, made.sheet))], right)


def beside() -> Iterator[Office]:
    """A small table of sums at the right of the log, under no heading of its own or under one."""
    for name, head in (("headed", ("级别", "批次数")), ("bare", (None, None))):
        key = f"beside-{name}"
        rows, made = _visits(key)
        sums: list[tuple[Cell, Cell]] = [head, *((level, sum(one.told["level"] == level for one in rows)) for level in LEVELS)]
        start = made.header - 1
        for at, pair in enumerate(sums):
            made.lines[start + at] = [*made.lines[start + at], None, *pair]
        right = replace(tabled([made], 30, counted(rows, "visits", "level", persons=True)), refuse=name == "headed")
        yield Office(key, "a table beside", [("来访登记.xlsx", book("xlsx", made.sheet))], right)


def stacked() -> Iterator[Office]:
    """A second log under the first, its columns in another order: read rightly, said, or refused."""
    for fmt in ("xlsx", "csv"):
        key = f"stacked-{fmt}"
        rows, made = _visits(key, 20)
        rng = seeded(f"{key} second")
        more = drawn(rng, ZH, 20, level=LEVELS)
        other: tuple[Column, ...] = (
            ("序号", serial),
            ("接访级别", told("level")),
            ("来访日期", received()),
            ("办理状态", word),
            ("来访人数", persons),
            ("办结日期", closed()),
        )
        second = paper(rng, other, more)
        made.lines += [[], *second.lines]
        both = (counted([*rows, *more], "visits", "level", persons=True),)
        right = Right((both,), Rows(made.rows, 40, skipped=made.rows - 40), refuse=True)
        yield Office(key, "two tables", [(f"来访登记.{fmt}", book(fmt, made.sheet))], right)


def bad_heads() -> Iterator[Office]:
    """Head counts that nobody can read are rejected rows, not zeros and not ones."""
    for fmt in ("xlsx", "csv-gb18030"):
        key = f"bad-heads-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, ZH, 40, level=LEVELS)
        bad: dict[int, Cell] = {3: "约10人", 9: "5+3", 14: "2.5", 21: "-3", 30: "几人"}
        good: dict[int, Cell] = {17: "１２", 25: "1,024"}
        heads = [replace(one, persons={17: 12, 25: 1024}.get(at, one.persons)) for at, one in enumerate(rows, start=1)]
        spelt: Column = ("来访人数", lambda one, at, other=good | bad: other.get(at, one.persons))
        made = paper(rng, (*VISITS[:3], spelt, *VISITS[4:]), heads)
        kept = [one for at, one in enumerate(heads, start=1) if at not in bad]
        right = Right(((counted(kept, "visits", "level", persons=True),),), Rows(40, 35, rejected=5))
        yield Office(key, "bad numbers", [(f"来访登记.{fmt.split('-')[0]}", book(fmt, made.sheet))], right)


def bad_days() -> Iterator[Office]:
    """Days that nobody can read, or that no calendar has."""
    key = "bad-days-xlsx"
    rng = seeded(key)
    rows = drawn(rng, ZH, 40, first=date(2024, 3, 1), span=80, level=LEVELS)
    bad: dict[int, Cell] = {2: "2024-02-30", 8: "2024年第二季度", 13: "4月中旬", 19: "2024-13-01", 26: "节后", 33: "0000-00-00"}
    columns = (VISITS[0], ("来访日期", lambda one, at: bad.get(at, one.received)), *VISITS[2:5])
    made = paper(rng, columns, rows)
    kept = [replace(one, closed=None) for at, one in enumerate(rows, start=1) if at not in bad]
    right = Right(((counted(kept, "visits", "level", persons=True),),), Rows(40, 34, rejected=6))
    yield Office(key, "bad days", [("来访登记.xlsx", book("xlsx", made.sheet))], right, ("--period", "2024"))


def two_orders() -> Iterator[Office]:
    """Day first and month first both proven in one column: no reading is right of all."""
    key = "two-orders-csv"
    rng = seeded(key)
    rows = drawn(rng, EN, 40, first=date(2024, 4, 1), span=80, unit=("Parks", "Waste"))
    columns = (
        ("Case ID", number("M")),
        ("Created", lambda one, at: f"{one.received:%d/%m/%Y}" if at <= 20 else f"{one.received:%m/%d/%Y}"),
        ("Department", told("unit")),
        ("Status", word),
    )
    made = paper(rng, columns, rows)
    yield Office(key, "bad days", [("export.csv", book("csv", made.sheet))], Right(refuse=True), ("--period", "2024-05"))


def later_days() -> Iterator[Office]:
    """A day of receipt after the as-of day is said; one of a hundred years ago shows in the span."""
    for name, day in (("future", date(2042, 5, 6)), ("past", date(1924, 5, 6))):
        key = f"received-{name}-xlsx"
        rng = seeded(key)
        rows = [replace(one, closed=None) for one in drawn(rng, ZH, 30, level=LEVELS)]
        rows[7] = replace(rows[7], received=day)
        made = paper(rng, VISITS[:5], rows)
        right = tabled([made], 30, counted(rows, "visits", "level", persons=True), said="." if name == "future" else "")
        without = (counted([*rows[:7], *rows[8:]], "visits", "level", persons=True),)
        right = replace(right, tables=(*right.tables, without), rows=None)
        yield Office(key, "bad days", [("来访登记.xlsx", book("xlsx", made.sheet))], right)


def transposed() -> Iterator[Office]:
    """Records side by side, fields downwards."""
    key = "transposed-xlsx"
    _, made = _visits(key, 12)
    lines = made.lines[made.header - 1 :]
    turned = [list(column) for column in zip(*lines, strict=True)]
    yield Office(key, "two tables", [("来访登记.xlsx", book("xlsx", Paper("Sheet1", turned).sheet))], Right(refuse=True))


def whole_year() -> Iterator[Office]:
    """A sheet of the whole year beside its months: each matter once."""
    for name in ("months", "closed-only"):
        key = f"year-and-{name}"
        rng = seeded(key)
        rows = [
            one.with_told(no=f"XF{at:05}")
            for at, one in enumerate(drawn(rng, ZH, 48, first=date(2024, 1, 1), span=90, within=20, level=LEVELS))
        ]
        columns = (
            ("信访件编号", told("no")),
            ("登记日期", received()),
            ("级别", told("level")),
            ("办理状态", word),
            ("办结日期", closed()),
        )
        parts = [(f"{month}月", [one for one in rows if one.received and one.received.month == month]) for month in (1, 2, 3)]
        if name == "closed-only":
            parts = [
                ("已办结", [one for one in rows if CLOSED in one.sets]),
                ("未办结", [one for one in rows if one.sets == OPEN]),
            ]
        papers = [paper(rng, columns, part, name=sheet) for sheet, part in (("全部", rows), *parts)]
        right = Right(((counted(rows, "cases", "level"),),), Rows(96, 48, skipped=48))
        yield Office(key, "A10 likeness", [("信访事项.xlsx", book("xlsx", *(one.sheet for one in papers)))], right)


def void_rows() -> Iterator[Office]:
    """Numbered lines without anything else, and a line that only says it is void."""
    key = "void-rows-xlsx"
    rng = seeded(key)
    rows = drawn(rng, ZH, 24, level=LEVELS)
    made = paper(rng, VISITS, rows, title="来访登记表", mess=(TITLE, TOTAL))
    made.lines.insert(10, ["（此行作废）", *[None] * 5])
    made.lines[-1:-1] = [[at, *[None] * 5] for at in range(25, 31)]
    right = tabled([made], 24, counted(rows, "visits", "level", persons=True))
    yield Office(key, "void rows", [("来访登记.xlsx", book("xlsx", made.sheet))], right)


def batches() -> Iterator[Office]:
    """A column of batches weighs the rows of a visits log."""
    key = "batches-ods"
    rng = seeded(key)
    rows = [one.with_told(n=rng.choice((1, 1, 2, 3))) for one in drawn(rng, ZH, 24, level=LEVELS)]
    made = paper(rng, (*VISITS[:3], ("批次", told("n")), *VISITS[3:]), rows, title="领导接访台账", mess=(TITLE,))
    weighed = [one for one in rows for _ in range(one.told["n"])]
    one = counted(weighed, "visits", "level", without=("median_days",))
    one.total["persons"] = _heads(rows)
    right = replace(tabled([made], 24, one), said=".")
    yield Office(key, "batches", [("领导接访.ods", book("ods", made.sheet))], right)


def idle() -> Iterator[Office]:
    """A register whose remarks, not whose states, speak of ends."""
    key = "ends-in-remarks-xlsx"
    rng = seeded(key)
    rows = [replace(one, closed=None, sets=OPEN) for one in drawn(rng, ZH, 24, level=LEVELS)]
    columns = (*VISITS[:4], ("备注", always("已办结", "当场办结", "无")))
    made = paper(rng, columns, rows)
    right = tabled([made], 24, counted(rows, "visits", "level", persons=True))
    yield Office(key, "remarks", [("来访登记.xlsx", book("xlsx", made.sheet))], right)


def offices() -> Iterator[Office]:
    """All of this page."""
    pages = (
        between,
        english_sums,
        below,
        beside,
        stacked,
        bad_heads,
        bad_days,
        two_orders,
        later_days,
        transposed,
        whole_year,
        void_rows,
        batches,
        idle,
    )
    for make in pages:
        yield from make()
