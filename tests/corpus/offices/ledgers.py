"""Several sheets and files: ledgers, missing columns, likeness, folders (A10, A14, A20, C3, C14)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.corpus.truth import Rows
from tests.corpus.words import CLOSED, RESOLVED
from tests.writers import Sheet

from .canaries import NAMES
from .matters import OPEN, Figures, Matter, Pair, State, Truth, counted, done, drawn
from .office import Content, Office, Right, book, seeded, tabled
from .papers import (
    FOOT,
    OFFICE,
    TITLE,
    TOTAL,
    UNITS,
    Column,
    Paper,
    always,
    closed,
    notes,
    number,
    paper,
    persons,
    received,
    serial,
    told,
    word,
)

STATES = (done("已办结"), State("办理中"))
LEVELS = ("市级", "县级", "乡级")


def _visits(label: str = "级别") -> tuple[Column, ...]:
    return (
        ("序号", serial),
        ("来访日期", received()),
        (label, told("level")),
        ("来访人数", persons),
        ("办理状态", word),
        ("办结日期", closed()),
    )


def two_ledgers() -> Iterator[Office]:
    """Who was received by a leader stands in the register of visitors, too: two tables, never added up."""
    for form in ("sheets", "files", "titles"):
        key = f"two-ledgers-{form}"
        rng = seeded(key)
        walk_ins = drawn(rng, STATES, 28, level=LEVELS)
        led = drawn(rng, STATES, 12, level=LEVELS)
        leaders = (
            ("序号", serial),
            ("接访日期", received()),
            ("接访领导级别", told("level")),
            ("接访领导", always(*NAMES)),
            ("来访人数", persons),
            ("办理状态", word),
            ("办结日期", closed()),
        )
        mess = (TITLE, OFFICE) if form == "titles" else (TITLE,)
        names = ("Sheet1", "Sheet2") if form == "titles" else ("来访登记", "领导接访")
        first = paper(rng, _visits(), walk_ins, name=names[0], title="群众来访登记台账" if form == "titles" else "", mess=mess)
        second = paper(rng, leaders, led, name=names[1], title="领导干部接访台账" if form == "titles" else "", mess=mess)
        truths = (
            counted(walk_ins, "visits", "level", persons=True, ledger="walk_ins"),
            counted(led, "visits", "level", persons=True, ledger="receptions"),
        )
        files: Sequence[tuple[str, Content]] = [("2024年台账.xlsx", book("xlsx", first.sheet, second.sheet, notes()))]
        if form == "files":
            files = [("群众来访登记.csv", book("csv-gb18030", first.sheet)), ("领导接访登记.xls", book("xls", second.sheet))]
        yield Office(key, "A20 two ledgers", files, tabled([first, second], 40, *truths))


def one_ledger() -> Iterator[Office]:
    """Counties that call the same ledger 接访登记 and 来访登记 stay in one table."""
    key = "one-ledger-two-names"
    rng = seeded(key)
    parts = [drawn(rng, STATES, 15, level=LEVELS) for _ in range(3)]
    names = ("东岭县接访登记", "青溪区来访登记", "柏山县来访登记")
    papers = [
        paper(rng, _visits(), rows, name=name, title=name + "表", mess=(TITLE, TOTAL))
        for name, rows in zip(names, parts, strict=True)
    ]
    rows = [one for part in parts for one in part]
    right = tabled(papers, 45, counted(rows, "visits", "level", persons=True))
    yield Office(key, "A20 two ledgers", [("各县区登记表.xlsx", book("xlsx", *(one.sheet for one in papers)))], right)


def online_beside_visits() -> Iterator[Office]:
    """A sheet of matters from the net beside one of leaders' receptions: both are read."""
    for fmt in ("xlsx", "ods"):
        key = f"online-beside-visits-{fmt}"
        rng = seeded(key)
        visits = drawn(rng, STATES, 20, level=LEVELS)
        online = drawn(rng, STATES, 24, level=("县级", "乡级"))
        leaders = (
            ("序号", serial),
            ("接访日期", received()),
            ("接访领导级别", told("level")),
            ("来访人数", persons),
            ("办理状态", word),
        )
        net = (
            ("序号", serial),
            ("信访件编号", number("W")),
            ("登记日期", received()),
            ("级别", told("level")),
            ("办理状态", word),
            ("办结日期", closed()),
        )
        first = paper(rng, leaders, visits, name="领导接访")
        second = paper(rng, net, online, name="网信")
        truths = (
            counted(visits, "visits", "level", persons=True, days=False),
            counted(online, "cases", "level", ledger="online"),
        )
        yield Office(
            key, "C3 网信", [(f"2024年5月.{fmt}", book(fmt, first.sheet, second.sheet))], tabled([first, second], 44, *truths)
        )


def _parted(first: Sequence[Matter], second: Sequence[Matter], by: str | None) -> Truth:
    """Closed of those whose sheet tells it, resolved of the others."""

    def told_of(closing: Sequence[Matter], resolving: Sequence[Matter]) -> Figures:
        done_, solved = (sum(name in one.sets for one in rows) for name, rows in ((CLOSED, closing), (RESOLVED, resolving)))
        return {
            "cases": len(closing) + len(resolving),
            "closed": done_ if closing else None,
            "closure_rate": Pair(done_, len(closing)) if closing else None,
            "resolved": solved if resolving else None,
            "resolution_rate": Pair(solved, len(resolving)) if resolving else None,
        }

    if by is None:
        return Truth("backlog", None, {}, told_of(first, second))
    groups = {
        name: told_of([one for one in first if one.told[by] == name], [one for one in second if one.told[by] == name])
        for name in _names(first, second, by)
    }
    return Truth("backlog", by, groups, told_of(first, second))


def _names(first: Sequence[Matter], second: Sequence[Matter], by: str) -> list[str]:
    return sorted({one.told[by] for one in [*first, *second]})


def missing_columns() -> Iterator[Office]:
    """Nine counties tell 是否办结, one tells 是否化解: a dash where a column is missing, and the base of the others."""
    for form in ("sheets", "files"):
        key = f"missing-column-{form}"
        rng = seeded(key)
        counties = ("东岭县", "青溪区", "柏山县", "南浦县")
        parts = {name: [one.with_told(region=name) for one in drawn(rng, (State(None),), 12)] for name in counties}
        parts = {
            name: [
                replace(one, sets=frozenset({RESOLVED if name == "南浦县" else CLOSED}) if rng.random() < 0.6 else OPEN)
                for one in rows
            ]
            for name, rows in parts.items()
        }
        papers = {}
        for name, rows in parts.items():
            flag: Column = ("是否化解" if name == "南浦县" else "是否办结", lambda one, _at: "是" if one.sets else "否")
            columns = (
                ("序号", serial),
                ("登记日期", received()),
                ("属地", told("region")),
                ("问题类别", always("征地拆迁", "劳动社保")),
                flag,
            )
            papers[name] = paper(rng, columns, rows, name=name)
        first = [one for name in counties[:3] for one in parts[name]]
        right = tabled(list(papers.values()), 48, _parted(first, parts["南浦县"], "region"))
        if form == "sheets":
            files: Sequence[tuple[str, Content]] = [("信访积案台账.xlsx", book("xlsx", *(one.sheet for one in papers.values())))]
        else:
            files = [(f"{name}信访积案.csv", book("csv-bom", one.sheet)) for name, one in papers.items()]
        yield Office(key, "A14 missing columns", files, right, ("--by", "region"))


def likeness() -> Iterator[Office]:
    """A short sheet whose days all stand in a longer one of another place or team is no copy; one that is called a copy is."""
    status = "已办结"
    thirty = [
        Matter(date(2024, 5, 1) + timedelta(days=at), None, frozenset({CLOSED}), status, 1, {"level": "县级"}) for at in range(30)
    ]
    columns = (("接访日期", received()), ("级别", told("level")), ("人数", persons), ("办理状态", word))
    rng = seeded("likeness")
    both = (("接访一组.csv", thirty), ("接访二组.csv", thirty[3:13]))
    places = (("东岭县接访.xlsx", thirty), ("青溪区接访.xlsx", thirty))
    for name, pair in (("teams", both), ("places", places)):
        papers = [paper(rng, columns, rows) for _, rows in pair]
        files = [(file, book(file.rsplit(".", 1)[1], one.sheet)) for (file, _), one in zip(pair, papers, strict=True)]
        rows = [one for _, part in pair for one in part]
        right = tabled(papers, len(rows), counted(rows, "visits", "level", persons=True, days=False))
        yield Office(f"likeness-{name}", "A10 likeness", files, right)
    made = paper(rng, columns, thirty)
    one = counted(thirty, "visits", "level", persons=True, days=False)
    right = Right(((one,),), Rows(60, 30, skipped=30))
    for name, other in (("number", "5月接访(1).csv"), ("word", "5月接访 - 副本.csv")):
        files = [("5月接访.csv", book("csv", made.sheet)), (other, book("csv", made.sheet))]
        yield Office(f"copy-{name}", "A10 likeness", files, right)


def cut_numbers() -> Iterator[Office]:
    """Numbers that a spreadsheet has cut identify nothing."""
    key = "cut-numbers-csv"
    rng = seeded(key)
    first = [one.with_told(region="东岭县") for one in drawn(rng, STATES, 30, unit=("民政局",))]
    second = [replace(one, told={**one.told, "region": "青溪区"}) for one in first[4:10]]
    columns = (("信访件编号", always("2.02405E+11")), ("登记日期", received()), ("责任单位", told("unit")), ("办理状态", word))
    papers = [paper(rng, columns, rows) for rows in (first, second)]
    files = [(f"{name}信访件.csv", book("csv", one.sheet)) for name, one in zip(("东岭县", "青溪区"), papers, strict=True)]
    rows = [replace(one, closed=None) for one in (*first, *second)]
    yield Office(key, "A10 likeness", files, tabled(papers, 36, counted(rows, "cases", "region"), said="."), ("--by", "region"))


def folders() -> Iterator[Office]:
    """A folder with a note in it, and with an archive."""
    for name, other, content in (
        ("readme", "README.txt", "每月5日前把台账放到这里。\n".encode()),
        ("archive", "旧台账.zip", b"PK\x05\x06" + bytes(18)),
    ):
        key = f"folder-{name}"
        rng = seeded(key)
        parts = [drawn(rng, STATES, 14, level=LEVELS) for _ in range(2)]
        papers = [paper(rng, _visits(), rows, title="接访登记表", mess=(TITLE, UNITS, FOOT)) for rows in parts]
        files: list[tuple[str, Content]] = [
            (f"2024年{at}月接访.xlsx", book("xlsx", one.sheet)) for at, one in enumerate(papers, start=4)
        ]
        rows = [one for part in parts for one in part]
        right = tabled(papers, 28, counted(rows, "visits", "level", persons=True))
        yield Office(key, "C14 folders", [*files, (other, content)], right, inputs=(".",))


def hidden_columns() -> Iterator[Office]:
    """Hidden columns are part of the log; a hidden old sheet is not."""
    key = "hidden-columns-xlsx"
    rng = seeded(key)
    rows = drawn(rng, STATES, 26, level=LEVELS)
    made = paper(rng, _visits("接访级别"), rows, title="领导接访登记表", mess=(TITLE,))
    made.hidden = frozenset({0, 2, 4})
    old = paper(rng, _visits("接访级别"), drawn(rng, STATES, 20, level=LEVELS), name="旧表")
    files = [("接访.xlsx", book("xlsx", made.sheet, replace(old.sheet, state="hidden"), Sheet("Sheet3", [])))]
    yield Office(key, "hidden columns", files, tabled([made], 26, counted(rows, "visits", "level", persons=True)))


def summary_beside() -> Iterator[Office]:
    """A sheet of totals made by hand beside the log."""
    key = "totals-beside-xls"
    rng = seeded(key)
    rows = drawn(rng, STATES, 32, level=LEVELS)
    made = paper(rng, _visits(), rows, name="明细", title="2024年群众来访登记表", mess=(TITLE, TOTAL))
    totals = Paper("月报", [["接访情况统计表"], ["级别", "批次", "人次", "办结"]], header=2)
    for level in LEVELS:
        own = [one for one in rows if one.told["level"] == level]
        totals.lines.append([level, len(own), sum(one.persons for one in own), sum(CLOSED in one.sets for one in own)])
    totals.lines.append(["合计", len(rows), sum(one.persons for one in rows), sum(CLOSED in one.sets for one in rows)])
    files = [("来访登记.xls", book("xls", totals.sheet, made.sheet))]
    right = replace(tabled([made], 32, counted(rows, "visits", "level", persons=True)), refuse=True)
    yield Office(key, "totals beside", files, right)


def offices() -> Iterator[Office]:
    """All of this page."""
    pages = (
        two_ledgers,
        one_ledger,
        online_beside_visits,
        missing_columns,
        likeness,
        cut_numbers,
        folders,
        hidden_columns,
        summary_beside,
    )
    for make in pages:
        yield from make()
