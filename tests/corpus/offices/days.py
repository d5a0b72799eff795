"""Days: with Z, half-converted, after the as-of day, with clocks and zones, too early (A4, A5, A8, A24, C7)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from tests.corpus.truth import AS_OF, Rows
from tests.writers import Cell

from .matters import Figures, Matter, State, counted, done, drawn
from .office import Office, Right, book, seeded, tabled
from .papers import FOOT, TITLE, always, closed, number, paper, persons, received, serial, told, word

CHINESE = (done("已办结"), State("办理中"))
ENGLISH = (done("Closed"), State("Open"))
LABELS = ("case_id", "opened_at", "department", "status", "closed_at")
UNITS = ("Parks", "Roads", "Water")
ZH_LABELS = ("工单编号", "登记时间", "承办单位", "工单状态", "办结时间")
ZH_UNITS = ("市水务局", "市城管局", "市交通局")


def _zone(day: date, hours: int, milli: str = ".000Z") -> str:
    """Midnight of a day so many hours east of Greenwich, in universal time."""
    return f"{datetime(day.year, day.month, day.day) - timedelta(hours=hours):%Y-%m-%dT%H:%M:%S}{milli}"


def _berlin(day: date) -> str:
    """The same in a place that has summer time."""
    return _zone(day, 2 if date(2024, 3, 31) < day < date(2024, 10, 27) else 1, "Z")


def _inside(rows: Sequence[Matter], first: date, last: date) -> list[Matter]:
    return [one for one in rows if one.received and first <= one.received <= last]


def _monthly(rows: Sequence[Matter], log: str = "cases") -> Right:
    """What is right of May 2024 alone."""
    inside = _inside(rows, date(2024, 5, 1), date(2024, 5, 31))
    return Right(((counted(inside, log, "unit"),),), Rows(len(rows), len(inside), outside=len(rows) - len(inside)))


MAY = ("--period", "2024-05")


def midnights() -> Iterator[Office]:
    """Days at midnight of one zone, written in universal time."""
    for name, spell, zh, fmt in (
        ("shanghai-csv", lambda day: _zone(day, 8), True, "csv"),
        ("shanghai-xlsx", lambda day: _zone(day, 8, "Z"), True, "xlsx"),
        ("berlin-csv", _berlin, False, "csv"),
        (
            "kolkata-tsv",
            lambda day: f"{datetime(day.year, day.month, day.day) - timedelta(hours=5, minutes=30):%Y-%m-%dT%H:%M:%SZ}",
            False,
            "tsv",
        ),
    ):
        key = f"midnight-z-{name}"
        rng = seeded(key)
        rows = drawn(rng, CHINESE if zh else ENGLISH, 60, first=date(2024, 3, 1), span=110, unit=ZH_UNITS if zh else UNITS)
        rows[20:20] = [
            replace(rows[0], received=date(2024, 5, 1), closed=None, sets=frozenset(), word=CHINESE[1].word if zh else "Open")
        ] * 3
        columns = list(
            zip(ZH_LABELS if zh else LABELS, (number("R"), received(spell), told("unit"), word, closed(spell)), strict=True)
        )
        made = paper(rng, columns, rows)
        yield Office(
            key, "A4 days with Z", [(f"export.{fmt}", book(fmt, made.sheet))], replace(_monthly(rows), said="timezone"), MAY
        )
        if name == "shanghai-csv":
            shifted = [replace(one, received=_back(one.received), closed=_back(one.closed)) for one in rows]
            words = (*MAY, "--timezone", "UTC")
            yield Office(f"{key}-utc", "A4 days with Z", [("export.csv", book("csv", made.sheet))], _monthly(shifted), words)


def _back(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None


def moments() -> Iterator[Office]:
    """Clock times with Z: the written day, said; the day of another zone where one is named."""
    for typed in (False, True):
        key = f"moment-z-{'typed' if typed else 'plain'}"
        rng = seeded("moment-z")
        rows = [
            one.with_told(clock=rng.choice((1, 7, 10, 15, 19, 22)), end=rng.choice((2, 9, 17)))
            for one in drawn(rng, ENGLISH, 50, first=date(2024, 3, 1), span=110, unit=UNITS)
        ]
        columns = (
            ("number", number("INC")),
            ("opened_at", lambda one, _at: f"{one.received}T{one.told['clock']:02}:13:40Z"),
            ("department", told("unit")),
            ("state", word),
            ("closed_at", lambda one, _at: f"{one.closed}T{one.told['end']:02}:02:00Z" if one.closed else None),
        )
        made = paper(rng, columns, rows)
        local = [
            replace(
                one,
                received=one.received + timedelta(days=one.told["clock"] >= 16) if one.received else None,
                closed=one.closed + timedelta(days=one.told["end"] >= 16) if one.closed else None,
            )
            for one in rows
        ]
        right = replace(_monthly(local if typed else rows), said="" if typed else "timezone")
        words = (*MAY, "--timezone", "Asia/Shanghai") if typed else MAY
        yield Office(key, "A4 days with Z", [("incidents.csv", book("csv", made.sheet))], right, words)


def offsets() -> Iterator[Office]:
    """Two offsets in one file are days of one zone only where it is named."""
    for typed in (False, True):
        key = f"mixed-offsets-{'typed' if typed else 'plain'}"
        rng = seeded("mixed-offsets")
        rows = drawn(rng, ENGLISH, 40, first=date(2024, 3, 1), span=110, unit=UNITS)
        columns = (
            ("case_id", number("R")),
            ("opened_at", lambda one, at: f"{one.received}T21:00:00+00:00" if at % 2 else f"{one.received}T09:00:00+08:00"),
            ("department", told("unit")),
            ("status", word),
        )
        made = paper(rng, columns, rows)
        local = [
            replace(one, closed=None, received=one.received + timedelta(days=at % 2) if one.received else None)
            for at, one in enumerate(rows, start=1)
        ]
        right = _monthly(local) if typed else Right(refuse=True, words=("timezone",))
        words = (*MAY, "--timezone", "+08:00") if typed else MAY
        yield Office(key, "A4 days with Z", [("requests.csv", book("csv", made.sheet))], right, words)


def _swapped(day: date) -> Cell:
    """A day/month text opened where months come first: a date with both changed places, else still a text."""
    return date(day.year, day.day, day.month) if day.day <= 12 else f"{day:%d/%m/%Y}"


def half_converted() -> Iterator[Office]:
    """Date cells of days up to 12, texts of the others."""
    rng = seeded("half-converted")
    rows = drawn(rng, ENGLISH, 60, first=date(2024, 4, 1), span=88, unit=UNITS)
    for name, fmt, words in (
        ("xlsx", "xlsx", ()),
        ("ods", "ods", ()),
        ("csv", "csv", ()),
        ("xls-swapped", "xls", ("--date-cells", "swapped")),
    ):
        columns = list(
            zip(
                ("Reference", "Date received", "Department", "Status"),
                (number("R"), received(_swapped), told("unit"), word),
                strict=True,
            )
        )
        made = paper(rng, columns, rows)
        undated = [replace(one, closed=None) for one in rows]
        right = _monthly(undated) if words else Right(refuse=True)
        yield Office(
            f"half-converted-{name}",
            "A5 half-converted days",
            [(f"complaints.{fmt}", book(fmt, made.sheet))],
            right,
            (*MAY, *words),
        )
    typed = [one for one in rows if one.received]
    columns = list(
        zip(
            ("Reference", "Date received", "Department", "Status"),
            (
                number("R"),
                lambda one, at: f"{one.received:%d/%m/%Y}" if one.received.day > 12 else one.received,
                told("unit"),
                word,
            ),
            strict=True,
        )
    )
    made = paper(rng, columns, typed)
    right = replace(_monthly([replace(one, closed=None) for one in typed]), said=".")
    yield Office("half-typed-xlsx", "A5 half-converted days", [("complaints.xlsx", book("xlsx", made.sheet))], right, MAY)


def _means(rows: Sequence[Matter]) -> Figures:
    """Mean days of what was closed by the as-of day."""
    days = [(one.closed - one.received).days for one in rows if one.closed and one.received and one.closed <= AS_OF]
    return {"mean_days": sum(days) / len(days) if days else None}


def after_as_of() -> Iterator[Office]:
    """A closing day after the as-of day is in no days, and closes nothing by itself."""
    for name, fmt, status in (("status-csv", "csv", True), ("status-xls", "xls", True), ("days-xlsx", "xlsx", False)):
        key = f"after-as-of-{name}"
        rng = seeded(key)
        rows = [
            one
            for one in drawn(rng, (done("已办结"),), 20, first=date(2026, 5, 1), span=60, within=9, unit=ZH_UNITS)
            if one.received
        ]
        late = replace(rows[4], closed=date(2027, 5, 9), sets=rows[4].sets if status else frozenset())
        rows = [*rows[:4], late, *rows[5:]]
        columns = [
            ("信访件编号", number("X")),
            ("登记日期", received()),
            ("责任单位", told("unit")),
            ("办理状态", word),
            ("办结日期", closed()),
        ]
        made = paper(rng, columns if status else [one for one in columns if one[0] != "办理状态"], rows)
        one = counted(rows, "cases", "unit", days=False, also=_means)
        right = tabled([made], 20, one, said=".")
        yield Office(
            key,
            "A8 after as-of",
            [(f"信访件.{fmt}", book(fmt, made.sheet))],
            right,
            ("-m", "cases,closed,closure_rate,mean_days"),
        )


def too_early() -> Iterator[Office]:
    """Rows pasted from a book that counts from 1904."""
    key = "epoch-1904-xlsx"
    rng = seeded(key)
    rows = drawn(rng, CHINESE, 40, unit=ZH_UNITS)
    early = timedelta(days=1462)
    columns = list(
        zip(
            ZH_LABELS,
            (
                number("R"),
                lambda one, at: one.received - early if at <= 9 else one.received,
                told("unit"),
                word,
                lambda one, at: one.closed and (one.closed - early if at <= 9 else one.closed),
            ),
            strict=True,
        )
    )
    made = paper(rng, columns, rows)
    yield Office(
        key,
        "A24 1462 days",
        [("工单.xlsx", book("xlsx", made.sheet))],
        tabled([made], 40, counted(rows, "cases", "unit"), said="1904"),
    )


def clocks() -> Iterator[Office]:
    """Days with spoken clock times, with zones, and with a character missing."""
    spoken = ("上午9:30", "晚上8点", "中午12:00", "早上8:30", "凌晨0:30", "下午3点20分")
    forms = {
        "spoken-xlsx": (
            "xlsx",
            lambda one, at: f"{one.received.year}年{one.received.month}月{one.received.day}日 {spoken[at % 6]}",
        ),
        "no-day-sign-xls": (
            "xls",
            lambda one, at: f"{one.received.year}年{one.received.month}月{one.received.day}{'日' if at % 2 else ''}",
        ),
        "hao-csv": ("csv", lambda one, at: f"{one.received.year}年{one.received.month}月{one.received.day}号"),
    }
    for name, (fmt, spell) in forms.items():
        key = f"clock-{name}"
        rng = seeded(key)
        rows = drawn(rng, CHINESE, 40, first=date(2024, 3, 1), span=110, unit=ZH_UNITS)
        columns = (("序号", serial), ("来访时间", spell), ("接待单位", told("unit")), ("来访人数", persons), ("办理状态", word))
        made = paper(rng, columns, rows)
        inside = [replace(one, closed=None) for one in _inside(rows, date(2024, 5, 1), date(2024, 5, 31))]
        right = Right(((counted(inside, "visits", "unit", persons=True),),), Rows(40, len(inside), outside=40 - len(inside)))
        yield Office(key, "C7 dates", [(f"来访登记.{fmt}", book(fmt, made.sheet))], right, (*MAY, "--by", "unit"))
    zones = {"offset": "+0000", "cdt": "CDT", "utc": "UTC"}
    for name, zone in zones.items():
        key = f"clock-{name}-csv"
        rng = seeded(key)
        rows = drawn(rng, ENGLISH, 40, first=date(2024, 3, 1), span=110, unit=UNITS)
        columns = (
            ("SR_NUMBER", number("SR")),
            (
                "CREATED_DATE",
                lambda one, at, zone=zone: f"{one.received:%m/%d/%Y} {8 + at % 4:02}:10:31 {'AM' if at % 2 else 'PM'} {zone}",
            ),
            ("OWNER_DEPARTMENT", told("unit")),
            ("STATUS", word),
        )
        made = paper(rng, columns, rows)
        yield Office(
            key, "C7 dates", [("311.csv", book("csv", made.sheet))], _monthly([replace(one, closed=None) for one in rows]), MAY
        )


def short_years() -> Iterator[Office]:
    """24-05-06 is refused with a remedy, and read with it."""
    for words in ((), ("--date-order", "ymd")):
        key = f"short-years-{'typed' if words else 'plain'}"
        rng = seeded("short-years")
        rows = drawn(rng, CHINESE, 30, first=date(2024, 3, 1), span=110, unit=ZH_UNITS)
        columns = (
            ("编号", number("L")),
            ("收信日期", received(lambda day: f"{day:%y-%m-%d}")),
            ("承办单位", told("unit")),
            ("办理状态", word),
            ("备注", always("无")),
        )
        made = paper(rng, columns, rows, title="群众来信登记表", mess=(TITLE, FOOT))
        inside = [replace(one, closed=None) for one in _inside(rows, date(2024, 5, 1), date(2024, 5, 31))]
        right = Right(
            ((counted(inside, "letters", "unit"),),),
            Rows(made.rows, len(inside), skipped=made.rows - 30, outside=30 - len(inside)),
        )
        right = right if words else replace(right, refuse=True, words=("date-order",))
        yield Office(key, "C7 dates", [("来信.xlsx", book("xlsx", made.sheet))], right, (*MAY, *words))


def day_first() -> Iterator[Office]:
    """Day-first texts prove their order by themselves, few as they are."""
    key = "day-first-three-rows"
    days = (date(2024, 5, 13), date(2024, 5, 6), date(2024, 5, 6))
    rows = [Matter(day, None, frozenset(), "Open", told={"unit": "Parks"}) for day in days]
    columns = (
        ("Reference", number("R")),
        ("Date received", received(lambda day: f"{day:%d/%m/%Y}")),
        ("Department", told("unit")),
        ("Status", word),
    )
    made = paper(seeded(key), columns, rows)
    yield Office(key, "C7 dates", [("complaints.csv", book("csv", made.sheet))], _monthly(rows), MAY)


def offices() -> Iterator[Office]:
    """All of this page."""
    for make in (midnights, moments, offsets, half_converted, after_as_of, too_early, clocks, short_years, day_first):
        yield from make()
