"""Files that must be refused or warned about, and tables that are easily counted wrongly."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tests.writers import Cell, Sheet

from .book import Log, file_suffix
from .drawing import PLAIN_COLUMNS, records
from .page import Context, page
from .truth import Expected, Record, Rows, Table, table
from .words import CANARY_NAMES, CANARY_TELEPHONE

Trap = Callable[[random.Random], tuple[str, str, Sequence[Sheet], Expected]]
REFUSED = Expected(refuse=True)


def _drawn(rng: random.Random, kind: str, mess: Sequence[str] = (), count: int = 24) -> tuple[Sheet, list[Record], Table]:
    """A plain sheet, its records and its table."""
    columns = PLAIN_COLUMNS[kind]
    rows = records(rng, kind, columns, count, 2024, 5, within_year=True)
    sheet = page(rng, "Sheet1", Context(kind, "", 2024), columns, rows, mess).sheet
    return sheet, rows, table(rows, kind, frozenset(columns))


def _counted(one: Table, count: int) -> Expected:
    """Either these figures or a refusal."""
    return Expected((one,), Rows(count, count), refuse=True)


def no_header(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """Visits without a header."""
    sheet, rows, one = _drawn(rng, "visits")
    return "visits", "接访台账", [replace(sheet, rows=sheet.rows[1:])], _counted(one, len(rows))


def no_header_cases(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """Cases without a header."""
    sheet, rows, one = _drawn(rng, "cases")
    return "cases", "包案", [replace(sheet, rows=sheet.rows[1:])], _counted(one, len(rows))


def _tied(rng: random.Random, kind: str, field: str, other: Callable[[Cell], Cell]) -> Sequence[Sheet]:
    """The sheet with one column twice under the same heading and with other cells."""
    sheet, _, _ = _drawn(rng, kind)
    at = PLAIN_COLUMNS[kind].index(field)
    rows = [[*row, row[at] if number == 0 else other(row[at])] for number, row in enumerate(sheet.rows)]
    return [replace(sheet, rows=rows)]


def tied_persons(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """Two columns 来访人数 that disagree."""
    return "visits", "接访台账", _tied(rng, "visits", "persons", lambda cell: int(str(cell)) + 2), REFUSED


def tied_level(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """Two columns 包案级别 that disagree."""
    after = {"市级": "县级", "县级": "乡级", "乡级": "市级"}
    return "cases", "包案台账", _tied(rng, "cases", "level", lambda cell: after.get(str(cell), "市级")), REFUSED


def _swapped(cell: Cell) -> Cell:
    """The state that a matter in this state is not in."""
    return "办理中" if cell != "办理中" else "已办结"


def tied_status(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """Two columns 办理状态 that disagree, without a close date to tell which is right."""
    (sheet,) = _tied(rng, "backlog", "status", _swapped)
    last = PLAIN_COLUMNS["backlog"].index("closed_on")
    rows = [row if number == 0 else [*row[:last], None, *row[last + 1 :]] for number, row in enumerate(sheet.rows)]
    return "backlog", "积案台账", [replace(sheet, rows=rows)], REFUSED


def proven_status(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """Two columns 办理状态 that disagree, the first of which agrees with every close date."""
    sheet, rows, one = _drawn(rng, "backlog")
    at = PLAIN_COLUMNS["backlog"].index("status")
    cells = [[*row, row[at] if number == 0 else _swapped(row[at])] for number, row in enumerate(sheet.rows)]
    return "backlog", "积案台账", [replace(sheet, rows=cells)], _counted(one, len(rows))


def _redated(rng: random.Random, kind: str, write: Callable[[date], Cell]) -> Sequence[Sheet]:
    sheet, rows, _ = _drawn(rng, kind)
    at = PLAIN_COLUMNS[kind].index("received_on")
    last = PLAIN_COLUMNS[kind].index("closed_on")
    grid: list[list[Cell]] = [list(sheet.rows[0])]
    for row, record in zip(sheet.rows[1:], rows, strict=True):
        cells = list(row)
        cells[at] = write(record.received or date(2024, 5, 6))
        cells[last] = None
        grid.append(cells)
    return [Sheet("Sheet1", grid)]


def ambiguous_dates(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """Every day of receipt as 5/8/2024."""
    written = _redated(rng, "visits", lambda day: f"{day.month}/{6 + day.day % 7}/{day.year}")
    return "visits", "接访台账", written, REFUSED


def ambiguous_dates_cases(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """Every day of receipt as 08-05-2024."""
    written = _redated(rng, "cases", lambda day: f"{6 + day.day % 7:02}-{day.month:02}-{day.year}")
    return "cases", "包案台账", written, REFUSED


def no_year(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """Every day of receipt as 5月6日, and a year nowhere."""
    return "visits", "接访台账", _redated(rng, "visits", lambda day: f"{day.month}月{day.day}日"), REFUSED


def no_year_letters(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """The same in letters."""
    return "letters", "来信登记", _redated(rng, "letters", lambda day: f"{day.month}月{day.day}日"), REFUSED


def american_dates(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """Days as 05/08/2024 09:05:00 AM that could be either."""
    grid: list[list[Cell]] = [["Unique Key", "Created Date", "Agency", "Complaint Type", "Status"]]
    for number in range(24):
        day = f"{rng.randint(1, 6):02}/{rng.randint(7, 12):02}/2024 09:05:00 AM"
        grid.append([f"T-{number:06}", day, rng.choice(["Parks", "Housing"]), "Noise", rng.choice(["Open", "Closed"])])
    return "cases", "311_requests", [Sheet("Sheet1", grid)], REFUSED


def side_by_side(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """Two tables of visits next to each other."""
    left, first, _ = _drawn(rng, "visits", count=20)
    right, second, _ = _drawn(rng, "visits", count=20)
    grid = [[*one, None, *other] for one, other in zip(left.rows, right.rows, strict=True)]
    both = table([*first, *second], "visits", frozenset(PLAIN_COLUMNS["visits"]))
    return "visits", "接访台账", [Sheet("Sheet1", grid)], _counted(both, 40)


def side_by_side_kinds(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """A table of visits next to one of cases."""
    left, _, one = _drawn(rng, "visits", count=20)
    right, _, other = _drawn(rng, "cases", count=20)
    grid: list[list[Cell]] = [["接访登记表", *[None] * 7, "包案登记表"]]
    grid += [[*here, None, *there] for here, there in zip(left.rows, right.rows, strict=True)]
    return "several", "台账", [Sheet("Sheet1", grid)], Expected((one, other), Rows(40, 40), refuse=True)


def title_against_columns(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """A title of visits over the columns of letters."""
    columns = PLAIN_COLUMNS["letters"]
    rows = records(rng, "letters", columns, 24, 2024, 5)
    sheet = page(rng, "Sheet1", Context("letters", "2024年5月领导接访登记表", 2024), columns, rows, ()).sheet
    one = table(rows, "letters", frozenset(columns))
    return "letters", "登记表", [sheet], _counted(one, len(rows))


def _grid(name: str, file: str, kind: str, rows: Sequence[Sequence[Cell]]) -> tuple[str, str, Sequence[Sheet], Expected]:
    return kind, file, [Sheet(name, rows)], REFUSED


def telephones(_rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """A telephone list."""
    rows = [[name, f"测试{at}科", "科员", f"{CANARY_TELEPHONE}{at:04}"] for at, name in enumerate(CANARY_NAMES * 3)]
    return _grid("Sheet1", "通讯录", "cases", [["姓名", "单位", "职务", "联系电话"], *rows])


def roster(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """A list of staff."""
    head: list[Cell] = ["序号", "姓名", "性别", "部门", "职务", "入职日期"]
    rows = [
        [at, rng.choice(CANARY_NAMES), rng.choice(["男", "女"]), f"测试{at % 3}科", "科员", date(2019, 1 + at % 12, 3)]
        for at in range(1, 20)
    ]
    return _grid("Sheet1", "人员花名册", "cases", [["职工花名册"], head, *rows])


def stores(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """A list of goods."""
    head: list[Cell] = ["序号", "物品名称", "规格", "单位", "数量", "入库日期"]
    rows = [[at, f"测试物品{at}", "大", "个", rng.randint(1, 9), date(2024, 1 + at % 12, 3)] for at in range(1, 20)]
    return _grid("Sheet1", "库存", "cases", [head, *rows])


def meetings(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """A list of meetings with head counts."""
    head: list[Cell] = ["日期", "会议名称", "参会人数", "地点"]
    rows = [[date(2024, 1 + at % 12, 3), f"测试会议{at}", rng.randint(3, 30), "一楼"] for at in range(12)]
    return _grid("Sheet1", "会议安排", "visits", [["会议安排表"], head, *rows])


def empty(_rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """A workbook of empty sheets."""
    return "cases", "空白", [Sheet("Sheet1", []), Sheet("Sheet2", [])], REFUSED


def header_alone(rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """A log without rows."""
    sheet, _, _ = _drawn(rng, "visits")
    return "visits", "接访台账", [Sheet("Sheet1", [["2024年5月接访登记表"], list(sheet.rows[0])])], REFUSED


def pivot_alone(_rng: random.Random) -> tuple[str, str, Sequence[Sheet], Expected]:
    """A pivot table without its data."""
    rows: list[list[Cell]] = [["行标签", "计数项:序号", "求和项:来访人数"], ["市级", 12, 40], ["县级", 20, 66], ["乡级", 31, 80]]
    return _grid("Sheet4", "透视", "visits", [[None], *rows, ["总计", 63, 186]])


TRAPS: Mapping[str, Trap] = {
    one.__name__.replace("_", "-"): one
    for one in (
        *(no_header, no_header_cases, tied_persons, tied_level, tied_status, proven_status),
        *(ambiguous_dates, ambiguous_dates_cases, no_year, no_year_letters, american_dates),
        *(side_by_side, side_by_side_kinds, title_against_columns),
        *(telephones, roster, stores, meetings, empty, header_alone, pivot_alone),
    )
}
FORMATS_OF_TRAPS = {"no-header": "csv", "ambiguous-dates-cases": "csv-gb18030", "american-dates": "csv", "roster": "xls"}


def log(key: str, name: str, make: Trap) -> Log:
    """The trap as a log of its own tier."""
    kind, file, sheets, expected = make(random.Random(f"{key} {name}"))
    fmt = FORMATS_OF_TRAPS.get(name, "xlsx")
    return Log(key, kind, "trap", (f"trap-{name}",), file + file_suffix(fmt), fmt, sheets, expected)
