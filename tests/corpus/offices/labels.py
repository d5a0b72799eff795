"""Labels: whole numbers, letters in another case, marks, levels in many words, composed headers (A1, A2, A11, C1, C2)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.writers import Cell

from .canaries import NAMES, TEXTS
from .matters import OPEN, RATES, Figures, Matter, Pair, State, counted, done, drawn, dropped
from .office import Office, Right, book, seeded, tabled
from .papers import (
    ALL,
    BLANK,
    FOOT,
    OFFICE,
    TITLE,
    TOTAL,
    UNITS,
    Fill,
    always,
    closed,
    notes,
    number,
    paper,
    persons,
    received,
    remarks,
    serial,
    told,
    word,
)

ENGLISH = (done("Closed"), State("Open"), State("Under investigation"))
CHINESE = (done("已办结"), State("办理中"), State("已受理"))


def half_as_text(name: str, *, point: bool = False) -> Fill:
    """A whole number that is a number in odd rows and a text in even ones, perhaps with `.0`."""

    def fill(matter: Matter, at: int) -> Cell:
        value = matter.told[name]
        return value if at % 2 else (f"{value}.0" if point else str(value))

    return fill


def wards() -> Iterator[Office]:
    """Ward 12 is one ward, however its number is kept."""
    for fmt in ("xlsx", "xls", "ods", "csv"):
        key = f"ward-numbers-{fmt}"
        rng = seeded(key)
        rows = [one.with_told(region=str(one.told["ward"])) for one in drawn(rng, ENGLISH, 36, ward=(3, 7, 12, 21))]
        columns = (
            ("Reference", number("CMP-")),
            ("Date received", received()),
            ("Ward", half_as_text("ward", point=fmt == "csv")),
            ("Status", word),
            ("Date closed", closed()),
        )
        mess = (TITLE, BLANK) if fmt != "csv" else ()
        made = paper(rng, columns, rows, title="Complaints register", mess=mess, english=True)
        right = tabled([made], 36, counted(rows, "cases", "region"))
        yield Office(key, "A1 whole numbers", [(f"complaints.{fmt}", book(fmt, made.sheet, remarks()))], right)


def wards_of_two_files() -> Iterator[Office]:
    """A workbook with numbers and an export with texts."""
    key = "ward-numbers-two-files"
    rng = seeded(key)
    first, second = (
        [one.with_told(region=str(one.told["ward"])) for one in drawn(rng, ENGLISH, 18, ward=(4, 5, 6))] for _ in range(2)
    )
    head = (("Case ref", number("A-")), ("Received", received()))
    tail = (("Status", word), ("Closed", closed()))
    book_paper = paper(rng, (*head, ("Ward", told("ward")), *tail), first, mess=(TOTAL,), english=True)
    text_paper = paper(rng, (("Case ref", number("B-")), head[1], ("Ward", told("ward", str)), *tail), second)
    files = [("april.xlsx", book("xlsx", book_paper.sheet)), ("may.csv", book("csv-bom", text_paper.sheet))]
    yield Office(
        key, "A1 whole numbers", files, tabled([book_paper, text_paper], 36, counted([*first, *second], "cases", "region"))
    )


def offices_by_number() -> Iterator[Office]:
    """Sections of an office that go by number, asked for by unit."""
    key = "section-numbers-xlsx"
    rng = seeded(key)
    rows = [one.with_told(unit=str(one.told["n"])) for one in drawn(rng, CHINESE, 40, n=(1, 2, 3))]
    columns = (
        ("序号", serial),
        ("信访件编号", number("XF2024")),
        ("登记日期", received()),
        ("承办科室", half_as_text("n")),
        ("办理状态", word),
        ("办结日期", closed()),
    )
    made = paper(rng, columns, rows, title="2024年信访事项办理台账", mess=(TITLE, OFFICE, FOOT))
    right = tabled([made], 40, counted(rows, "cases", "unit"))
    yield Office(key, "A1 whole numbers", [("台账.xlsx", book("xlsx", made.sheet, notes()))], right, ("--by", "unit"))


def status_codes() -> Iterator[Office]:
    """Numbers in a status column are in no set until somebody says so."""
    states = (State(1, weight=6), State(2), State(3, weight=8), State(9, weight=2))
    sets = {1: OPEN, 2: OPEN, 3: frozenset({"closed"}), 9: frozenset({"excluded"})}
    maps = ("--map-status", "3=closed", "--map-status", "9=excluded", "--map-status", "1=open", "--map-status", "2=open")
    for fmt, zh in (("xlsx", True), ("csv", False), ("ods", False)):
        for mapped in (False, True):
            key = f"status-codes-{'mapped-' if mapped else ''}{fmt}"
            rng = seeded(key)
            rows = drawn(rng, states, 40, category=("噪音", "路灯", "井盖") if zh else ("Noise", "Litter", "Lighting"))
            labels = ("工单编号", "登记时间", "问题类别", "状态") if zh else ("Ticket", "Created", "Category", "Status")
            columns = list(zip(labels, (number("T"), received(), told("category"), word), strict=True))
            made = paper(rng, columns, rows)
            meant = [replace(one, sets=sets[int(one.word or 0)]) for one in rows] if mapped else rows
            unknown = () if mapped else ("closed", "settled", "resolved", "excluded")
            one = counted(meant, "cases", "category", without=unknown)
            if not mapped:
                one.total.update(dict.fromkeys(RATES))
                for figures in one.groups.values():
                    figures.update(dict.fromkeys(RATES))
            right = tabled([made], 40, one, said="" if mapped else "map-status")
            file = ("工单" if zh else "tickets") + f".{fmt}"
            yield Office(key, "A1 whole numbers", [(file, book(fmt, made.sheet))], right, maps if mapped else ())


def flags() -> Iterator[Office]:
    """是否办结 as 1 and 0 means the same in a workbook and in a text."""
    for fmt, suffix in (("xlsx", "xlsx"), ("csv-gb18030", "csv"), ("et", "et")):
        key = f"flag-numbers-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, CHINESE, 34, level=("市级", "县级", "乡级"))
        columns = (
            ("序号", serial),
            ("来访日期", received()),
            ("接访级别", told("level")),
            ("来访人数", persons),
            ("是否办结", lambda one, _at: int("closed" in one.sets)),
        )
        made = paper(rng, columns, rows, title="领导干部接访登记表", mess=(TITLE, TOTAL) if fmt != "csv-gb18030" else (TITLE,))
        right = tabled([made], 34, counted(rows, "visits", "level", persons=True, days=False))
        yield Office(key, "A1 whole numbers", [(f"领导接访.{suffix}", book(fmt, made.sheet))], right)


def _rated(rows: Sequence[Matter]) -> Figures:
    """Satisfied of satisfied and dissatisfied."""
    good, bad = (sum(one.told["mark"] in marks for one in rows) for marks in ((4, 5), (1, 2)))
    return {"satisfaction_rate": Pair(good, good + bad)}


def marks() -> Iterator[Office]:
    """Marks of 1 to 5 are no yes and no: no rate before somebody gives the cut."""
    forms = {
        "zh-xlsx": ("xlsx", ("工单编号", "受理时间", "承办单位", "工单状态", "回访满意度")),
        "en-csv": ("csv", ("Ticket ID", "Created at", "Department", "Status", "Satisfaction")),
        "stars-ods": ("ods", ("Case number", "Opened", "Department", "Status", "Customer satisfaction rating")),
    }
    for name, (fmt, labels) in forms.items():
        zh = name.startswith("zh")
        for typed in ("measure", "preset", "mapped"):
            key = f"marks-{typed}-{name}"
            rng = seeded(key)
            units = ("市住建局", "市水务局", "市城管局") if zh else ("Housing", "Streets", "Water")
            rows = drawn(rng, CHINESE if zh else ENGLISH, 30, unit=units, mark=(5, 5, 4, 2, 1, 1))
            made = paper(rng, list(zip(labels, (number("W"), received(), told("unit"), word, told("mark")), strict=True)), rows)
            right, words = Right(refuse=True, words=("map-rating",)), ("-m", "cases,satisfaction_rate")
            if typed == "preset":
                dash: Figures = {"satisfaction_rate": None, "satisfied": None}
                nothing = counted(rows, "cases", "unit", days=False, also=lambda _, dash=dash: dash, without=tuple(RATES))
                right, words = tabled([made], 30, nothing), ("--preset", "12345")
            if typed == "mapped":
                right = tabled([made], 30, counted(rows, "cases", "unit", days=False, also=_rated))
                cut = {5: "满意", 4: "满意", 2: "不满意", 1: "不满意"}
                words = (*words, *(part for mark, one in cut.items() for part in ("--map-rating", f"{mark}={one}")))
            yield Office(key, "A2 marks", [(f"{'工单' if zh else 'tickets'}.{fmt}", book(fmt, made.sheet))], right, words)


def cases_of_letters() -> Iterator[Office]:
    """North, NORTH and north are one place."""
    for fmt in ("csv", "ods"):
        key = f"letter-case-{fmt}"
        rng = seeded(key)
        spelt = {
            "North End": ("North End", "NORTH END", "north end"),
            "Harbour": ("Harbour", "HARBOUR"),
            "Mill Hill": ("Mill Hill",),
        }
        rows = drawn(rng, ENGLISH, 32, region=tuple(spelt))
        columns = (
            ("SR number", number("SR-")),
            ("Date opened", received()),
            ("Neighborhood", lambda one, at, spelt=spelt: spelt[one.told["region"]][at % len(spelt[one.told["region"]])]),
            ("Status", word),
            ("Date closed", closed()),
        )
        made = paper(rng, columns, rows, english=True, mess=(FOOT,) if fmt == "ods" else ())
        yield Office(
            key,
            "A11 letter case",
            [(f"requests.{fmt}", book(fmt, made.sheet))],
            tabled([made], 32, counted(rows, "cases", "region")),
        )


def levels() -> Iterator[Office]:
    """Levels in many words are classes of their own, and no two share a row."""
    sets = {
        "founding-xlsx": ("xlsx", ("市级领导", "县市区党政一把手", "其他党政班子成员和乡镇领导"), "接访领导级别"),
        "posts-xls": ("xls", ("市直部门主要负责人", "市属高校和国有企业负责同志", "开发区管委会班子成员"), "领导层级"),
        "posts-html": (
            "html-xls",
            ("市委市政府班子成员及市人大主任", "派出机构和功能区主要负责人", "社区网格和物业片区负责人"),
            "接访层级",
        ),
    }
    for name, (fmt, words, label) in sets.items():
        key = f"levels-{name}"
        rng = seeded(key)
        rows = drawn(rng, CHINESE, 45, level=words)
        columns = (
            ("序号", serial),
            ("接访日期", received()),
            (label, told("level")),
            ("接访领导", always(*NAMES)),
            ("来访人数", persons),
            ("反映问题", always(*TEXTS)),
            ("办理情况", word),
            ("办结时间", closed()),
        )
        made = paper(rng, columns, rows, title="2024年上半年领导干部接访下访登记表", mess=ALL[:6])
        suffix = "xls" if fmt == "html-xls" else fmt
        right = tabled([made], 45, counted(rows, "visits", "level", persons=True))
        yield Office(key, "C1 level words", [(f"接访登记.{suffix}", book(fmt, made.sheet))], right)


def composed_headers() -> Iterator[Office]:
    """What a header ends with decides: the level of the leader who read the letter is a level."""
    forms = {
        "xlsx": ("*批阅领导级别", "批阅日期"),
        "html-xls": ("来信批示领导层级", "批示时间"),
        "xls": ("批办领导级别（选填）", "批办日期"),
    }
    for fmt, (label, day) in forms.items():
        key = f"composed-header-{fmt}"
        rng = seeded(key)
        rows = sorted(
            drawn(rng, CHINESE, 30, level=("园区管委会负责人", "市属企业负责人")), key=lambda one: str(one.told["level"])
        )
        same = [
            None if at and rows[at - 1].told["level"] == one.told["level"] else one.told["level"] for at, one in enumerate(rows)
        ]
        columns = (
            ("序号", serial),
            (day, received()),
            (label, lambda _one, at, same=same: same[at - 1] or "同上"),
            ("信件编号", number("LX")),
            ("办理状态", word),
            ("办结日期", closed()),
        )
        made = paper(rng, columns, rows, title="领导批阅群众来信台账", mess=(TITLE, UNITS))
        right = tabled([made], 30, counted(rows, "letters", "level"))
        yield Office(
            key, "C2 composed headers", [(f"批阅来信.{'xls' if fmt == 'html-xls' else fmt}", book(fmt, made.sheet))], right
        )


def tied() -> Iterator[Office]:
    """Three columns of heads that disagree: all three are named."""
    key = "three-head-counts-xlsx"
    rng = seeded(key)
    rows = drawn(rng, (*CHINESE, dropped("重复件")), 24, level=("市级", "县级"))
    labels = ("来访人数", "上访人数", "接访人数")
    heads = [(label, lambda one, at, more=more: one.persons + (at % 3) * more) for more, label in enumerate(labels)]
    columns = (("序号", serial), ("来访日期", received()), ("级别", told("level")), *heads, ("办理状态", word))
    made = paper(rng, columns, rows)
    yield Office(key, "A26 ties", [("接访登记.xlsx", book("xlsx", made.sheet))], Right(refuse=True, words=labels))


def offices() -> Iterator[Office]:
    """All of this page."""
    for make in (
        wards,
        wards_of_two_files,
        offices_by_number,
        status_codes,
        flags,
        marks,
        cases_of_letters,
        levels,
        composed_headers,
        tied,
    ):
        yield from make()
