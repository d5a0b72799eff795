"""What is asked for besides the plain table: collective visits, repeats, open and overdue, days, filters, periods of closing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from tests.corpus.truth import AS_OF, Rows
from tests.corpus.words import CLOSED, EXCLUDED
from tests.writers import Cell

from .matters import Figures, Matter, State, counted, done, drawn, dropped
from .office import Office, Right, book, seeded, tabled
from .papers import TITLE, TOTAL, closed, number, paper, persons, received, serial, told, word

ZH = (done("已办结"), State("办理中"), dropped("不予受理", weight=1))
EN = (done("Closed"), State("Open"), dropped("Cancelled", weight=1))
ZH_UNITS = ("市住建局", "市人社局", "青溪区政府")
UNITS = ("Housing", "Highways", "Parks")
LEVELS = ("市级", "县级", "乡级")


def _collective(rows: Sequence[Matter]) -> Figures:
    big = [one for one in rows if one.persons >= 5]
    return {"collective_visits": len(big), "collective_persons": sum(one.persons for one in big)}


def collective() -> Iterator[Office]:
    """Visits of five persons or more."""
    for fmt in ("xlsx", "csv"):
        key = f"asked-collective-{fmt}"
        rng = seeded(key)
        rows = [replace(one, persons=rng.choice((1, 2, 4, 5, 6, 12))) for one in drawn(rng, ZH, 40, level=LEVELS)]
        columns = (
            ("序号", serial),
            ("来访日期", received()),
            ("接访级别", told("level")),
            ("来访人数", persons),
            ("办理状态", word),
        )
        made = paper(rng, columns, rows, title="来访登记表", mess=(TITLE, TOTAL) if fmt == "xlsx" else ())
        right = tabled([made], 40, counted(rows, "visits", "level", persons=True, also=_collective))
        yield Office(
            key,
            "measures",
            [(f"来访.{fmt}", book(fmt, made.sheet))],
            right,
            ("-m", "visits,persons,collective_visits,collective_persons"),
        )


def _repeated(rows: Sequence[Matter]) -> Figures:
    again = sum(bool(one.told["again"]) for one in rows)
    return {"repeat": again, "initial": len(rows) - again}


REPEATS: dict[str, tuple[str, str, Callable[[bool], Cell]]] = {
    "flag": ("xlsx", "是否重复信访", lambda yes: "是" if yes else "否"),
    "words": ("csv", "初重访", lambda yes: "重访" if yes else "初访"),
    "pieces": ("xls", "初重件", lambda yes: "重件" if yes else "初件"),
    "first": ("ods", "是否初信初访", lambda yes: "否" if yes else "是"),
    "numbers": ("csv-gb18030", "是否重复", int),
    "english": ("csv", "Repeat complaint?", lambda yes: "Yes" if yes else "No"),
}


def repeats() -> Iterator[Office]:
    """First and repeated matters by the log's own column."""
    for name, (fmt, label, spell) in REPEATS.items():
        key = f"asked-repeats-{name}"
        rng = seeded(key)
        zh = name != "english"
        rows = drawn(
            rng,
            (done("已办结"), State("办理中")) if zh else (done("Closed"), State("Open")),
            40,
            unit=ZH_UNITS if zh else UNITS,
            again=(True, False, False),
        )
        labels = (
            ("信访件编号", "登记日期", "责任单位", label, "办理状态")
            if zh
            else ("Case ref", "Received", "Department", label, "Status")
        )
        made = paper(
            rng, list(zip(labels, (number("E"), received(), told("unit"), told("again", spell), word), strict=True)), rows
        )
        right = tabled([made], 40, counted(rows, "cases", "unit", also=_repeated))
        file = f"{'信访件' if zh else 'cases'}.{fmt.split('-')[0]}"
        yield Office(key, "measures", [(file, book(fmt, made.sheet))], right, ("-m", "cases,initial,repeat", "--by", "unit"))


def _dues(rows: Sequence[Matter]) -> Figures:
    """Counts by the log's own due day; excluded matters are in none."""
    kept = [one for one in rows if EXCLUDED not in one.sets]
    ended = [one for one in kept if CLOSED in one.sets and one.closed]
    under = [one for one in kept if CLOSED not in one.sets]
    return {
        "open": len(under),
        "overdue": sum(one.told["due"] < AS_OF for one in under),
        "closed_in_time": sum(one.closed <= one.told["due"] for one in ended if one.closed),
        "closed_late": sum(one.closed > one.told["due"] for one in ended if one.closed),
    }


def dues() -> Iterator[Office]:
    """Open, overdue, in time and late, by the log's own due day, some of them after the as-of day."""
    for name, fmt, labels in (
        ("zh", "xlsx", ("信访件编号", "登记日期", "责任单位", "办结时限", "办理状态", "办结日期")),
        ("en", "csv", ("Case ref", "Date logged", "Department", "Due date", "Status", "Date closed")),
    ):
        key = f"asked-due-{name}"
        rng = seeded(key)
        zh = name == "zh"
        rows = [
            one.with_told(due=one.received + timedelta(days=rng.randint(10, 40)))
            for one in drawn(
                rng, ZH if zh else EN, 50, first=date(2026, 8, 1), span=80, within=10, unit=ZH_UNITS if zh else UNITS
            )
            if one.received
        ]
        rows = [
            replace(one, closed=one.received + timedelta(days=rng.randint(1, 12)) if one.closed and one.received else None)
            for one in rows
        ]
        fills = (number("F"), received(), told("unit"), told("due"), word, closed())
        made = paper(rng, list(zip(labels, fills, strict=True)), rows)
        right = tabled([made], 50, counted(rows, "cases", "unit", also=_dues))
        file = f"{'信访件' if zh else 'cases'}.{fmt}"
        yield Office(
            key,
            "measures",
            [(file, book(fmt, made.sheet))],
            right,
            ("-m", "cases,closed,open,overdue,closed_in_time,closed_late"),
        )


def _spans(rows: Sequence[Matter]) -> Figures:
    """PERCENTILE.INC of 0.9, and the mean, of whole days."""
    days = sorted((one.closed - one.received).days for one in rows if one.closed and one.received)
    if not days:
        return {"p90_days": None, "mean_days": None}
    place = Fraction(9, 10) * (len(days) - 1)
    low = int(place)
    high = min(low + 1, len(days) - 1)
    return {"p90_days": float(days[low] + (place - low) * (days[high] - days[low])), "mean_days": sum(days) / len(days)}


def spans() -> Iterator[Office]:
    """Median, 90 per cent and mean of days."""
    key = "asked-days-xlsx"
    rng = seeded(key)
    rows = drawn(rng, ZH, 60, unit=ZH_UNITS)
    columns = (
        ("信访件编号", number("G")),
        ("登记日期", received()),
        ("责任单位", told("unit")),
        ("办理状态", word),
        ("办结日期", closed()),
    )
    made = paper(rng, columns, rows)
    right = tabled([made], 60, counted(rows, "cases", "unit", also=_spans))
    yield Office(
        key, "measures", [("信访件.xlsx", book("xlsx", made.sheet))], right, ("-m", "cases,median_days,p90_days,mean_days")
    )


def filters() -> Iterator[Office]:
    """Only these, all but these, of a period of closing."""
    rng = seeded("asked-filters")
    rows = drawn(rng, ZH, 60, unit=ZH_UNITS)
    columns = (
        ("信访件编号", number("I")),
        ("登记日期", received()),
        ("责任单位", told("unit")),
        ("办理状态", word),
        ("办结日期", closed()),
    )
    made = paper(rng, columns, rows)
    files = [("信访件.xlsx", book("xlsx", made.sheet))]
    kept = {
        ("--where", "unit=市住建局"): [one for one in rows if one.told["unit"] == "市住建局"],
        ("--where", "unit!=市住建局"): [one for one in rows if one.told["unit"] != "市住建局"],
        ("--where", "unit=市住建局", "--where", "unit=市人社局"): [one for one in rows if one.told["unit"] != "青溪区政府"],
    }
    for at, (words, those) in enumerate(kept.items(), start=1):
        yield Office(f"asked-where-{at}", "filters", files, Right(((counted(those, "cases", "unit"),),)), words)
    inside = [one for one in rows if one.closed and date(2024, 4, 1) <= one.closed <= date(2024, 5, 31)]
    right = Right(((counted(inside, "cases", "unit"),),), Rows(60, len(inside), outside=60 - len(inside)))
    yield Office("asked-closed-period", "filters", files, right, ("--period", "2024-04-01..2024-05-31", "--date-by", "closed_on"))
    months = [one.with_told(month=f"{one.received:%Y-%m}") for one in rows if one.received]
    yield Office("asked-by-month", "filters", files, tabled([made], 60, counted(months, "cases", "month")), ("--by", "month"))
    weeks = [one.with_told(week=f"{one.received:%G-W%V}") for one in rows if one.received]
    yield Office("asked-by-week", "filters", files, tabled([made], 60, counted(weeks, "cases", "week")), ("--by", "week"))


def exports() -> Iterator[Office]:
    """The same log as a workbook and as its export: counted once, since its numbers identify."""
    key = "asked-export-twice"
    rng = seeded(key)
    rows = drawn(rng, ZH, 30, unit=ZH_UNITS)
    columns = (
        ("信访件编号", number("K")),
        ("登记日期", received()),
        ("责任单位", told("unit")),
        ("办理状态", word),
        ("办结日期", closed()),
    )
    made = paper(rng, columns, rows)
    files = [("信访件.xlsx", book("xlsx", made.sheet)), ("信访件导出.csv", book("csv-bom", made.sheet))]
    right = Right(((counted(rows, "cases", "unit"),),), Rows(60, 30, skipped=30))
    yield Office(key, "A10 likeness", files, right)


def offices() -> Iterator[Office]:
    """All of this page."""
    for make in (collective, repeats, dues, spans, filters, exports):
        yield from make()
