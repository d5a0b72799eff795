"""Logs as Chinese offices keep them: hotline, bureau, message board, leaders' visits, net, instructions, mailbox, backlog."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tests.corpus.words import SETTLED
from tests.writers import Cell

from .canaries import NAMES, PHONE, TEXTS
from .matters import Matter, State, counted, done, drawn, dropped
from .office import Office, book, seeded, tabled
from .papers import (
    BLANK,
    FOOT,
    HIDDEN,
    OFFICE,
    OFFSET,
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

UNITS_OF = ("市住房和城乡建设局", "市人力资源和社会保障局", "青溪区人民政府", "柏山县人民政府")
PLACES = ("东岭县", "青溪区", "柏山县", "经开区")
LEVELS = ("市级", "县级", "乡级")


def dotted(day: date) -> Cell:
    """2024.5.6."""
    return f"{day.year}.{day.month}.{day.day}"


def clock(day: date) -> Cell:
    """With the time of day."""
    return f"{day.isoformat()} 09:1{day.day % 10}:00"


def spoken(day: date) -> Cell:
    """2024年5月6日."""
    return f"{day.year}年{day.month}月{day.day}日"


def slashed(day: date) -> Cell:
    """2024/5/6."""
    return f"{day.year}/{day.month}/{day.day}"


def compact(day: date) -> Cell:
    """20240506 as a number."""
    return int(f"{day:%Y%m%d}")


def hotline() -> Iterator[Office]:
    """An export of 12345 work orders, three ways."""
    states = (done("已办结", weight=12), State("待签收", weight=2), State("办理中"), dropped("作废", weight=1))
    for fmt, spell, mess in (("xlsx", clock, ()), ("csv-gb18030", clock, ()), ("html-xls", slashed, (TITLE,))):
        key = f"zh-hotline-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, states, 50, unit=UNITS_OF)
        columns = (("工单编号", number("12345-2024", 6)), ("诉求类型", always("投诉", "咨询", "求助")), ("来电时间", received(spell)), ("来电人", always(*NAMES)),
                   ("来电号码", always(PHONE)), ("诉求内容", always(*TEXTS)), ("承办单位", told("unit")), ("工单状态", word), ("办结时间", closed(spell)),
                   ("回访满意度", always("满意", "基本满意", "不满意", None)))  # fmt: skip
        made = paper(rng, columns, rows, title="12345政务服务便民热线工单明细", mess=mess)
        file = f"12345热线工单.{fmt.split('-')[-1] if fmt.endswith('xls') else fmt.split('-')[0]}"
        yield Office(key, "shape: hotline", [(file, book(fmt, made.sheet))], tabled([made], 50, counted(rows, "cases", "unit")))


def bureau() -> Iterator[Office]:
    """The ledger of a petition bureau with two header rows and a total."""
    states = (done("办结"), State("正在办理"), dropped("不予受理"), done("息诉息访", SETTLED, weight=3))
    for fmt in ("xlsx", "xls", "ods"):
        key = f"zh-bureau-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, states, 44, region=PLACES)
        columns: Sequence[Column] = (("序号", serial), ("信访件编号", number("XFJ2024")), ("信访日期", received(dotted)), ("信访人", always(*NAMES)), ("信访人住址", always(*TEXTS)),
                                     ("问题属地", told("region")), ("信访目的", always("求决", "申诉", "意见建议")), ("办理状态", word), ("办结日期", closed(dotted)), ("备注", always(None, "市转")))  # fmt: skip
        parents = {"信访基本情况": (1, 6), "办理情况": (7, 8)}
        made = paper(rng, columns, rows, title="测试市2024年上半年群众信访事项登记台账", mess=(TITLE, OFFICE, UNITS, TOTAL, FOOT), parents=parents)
        yield Office(key, "shape: bureau", [(f"信访台账.{fmt}", book(fmt, made.sheet, notes()))], tabled([made], 44, counted(rows, "cases", "region")))


def message_board() -> Iterator[Office]:
    """Messages to leaders on the net, with two days and no state: a reply closes."""
    for fmt in ("csv-bom", "xlsx"):
        key = f"zh-messages-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, (done("x"), State("y")), 40, category=("城建", "交通", "教育", "三农"))
        columns = (("留言编号", number("LY")), ("留言主题", always(*TEXTS)), ("留言用户", always(*NAMES)), ("留言时间", received(clock)), ("留言领域", told("category")),
                   ("留言详情", always(*TEXTS)), ("答复意见", always(None)), ("答复时间", closed(clock)))  # fmt: skip
        made = paper(rng, columns, rows)
        file = f"网民留言.{fmt.split('-')[0]}"
        words = ("--map", "category=留言领域", "--by", "category")
        either = tuple((counted(rows, log, "category"),) for log in ("cases", "letters"))
        right = replace(tabled([made], 40), tables=either)
        yield Office(key, "shape: message board", [(file, book(fmt, made.sheet))], right, words)


def leaders_visits() -> Iterator[Office]:
    """Leaders receive visitors: wide header, leader's post, accompanying staff, heads with their unit, a total."""
    states = (done("已办结"), State("办理中"))
    for fmt, mess in (("xlsx", (TITLE, UNITS, TOTAL, OFFSET, HIDDEN)), ("et", (TITLE, OFFICE, BLANK)), ("html-xls", (TITLE, TOTAL, FOOT))):
        key = f"zh-leaders-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, states, 40, level=LEVELS)
        columns = (("序号", serial), ("接访时间", received(spoken)), ("接访地点", always("市信访接待中心", "区信访局")), ("接访领导", always(*NAMES)), ("领导级别", told("level")),
                   ("接访方式", always("现场接访", "下访", "约访")), ("来访批次", always(1)), ("来访人次", persons), ("反映问题", always(*TEXTS)), ("办理结果", word), ("办结时间", closed(spoken)), ("陪同接访人员", always(*NAMES)))  # fmt: skip
        made = paper(rng, columns, rows, title="测试市领导干部公开接访情况登记表（2024年1—6月）", mess=mess)
        one = counted(rows, "visits", "level", persons=True)
        yield Office(key, "shape: leaders' visits", [(f"公开接访.{fmt.split('-')[-1]}", book(fmt, made.sheet))], tabled([made], 40, one))


def instructions() -> Iterator[Office]:
    """Papers with a leader's instruction."""
    states = (done("已办结"), State("正在落实"), State("办理中"))
    for fmt in ("xlsx", "xls"):
        key = f"zh-instructions-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, states, 32, unit=UNITS_OF)
        columns = (("序号", serial), ("批示编号", number("PS〔2024〕", 3)), ("批示日期", received()), ("批示领导", always(*NAMES)), ("批示内容", always(*TEXTS)), ("主办单位", told("unit")),
                   ("办理时限", always(None)), ("办理进展", word), ("办结时间", closed()))  # fmt: skip
        made = paper(rng, columns, rows, title="市领导批示件办理情况台账", mess=(TITLE, FOOT))
        yield Office(key, "shape: instructions", [(f"批示件.{fmt}", book(fmt, made.sheet))], tabled([made], 32, counted(rows, "letters", "unit")))


def mailbox() -> Iterator[Office]:
    """The mayor's mailbox and a register of letters."""
    key = "zh-mailbox-csv"
    rng = seeded(key)
    rows = drawn(rng, (done("已回复"), State("待回复"), State("处理中")), 40, unit=UNITS_OF)
    columns = (("信件编号", number("SZXX")), ("来信时间", received(clock)), ("信件类别", always("咨询", "投诉")), ("来信人", always(*NAMES)), ("信件标题", always(*TEXTS)), ("承办部门", told("unit")), ("信件状态", word), ("回复时间", closed(clock)))  # fmt: skip
    made = paper(rng, columns, rows)
    yield Office(key, "shape: mailbox", [("市长信箱.csv", book("csv", made.sheet))], tabled([made], 40, counted(rows, "letters", "unit")))
    key = "zh-letters-xlsx"
    rng = seeded(key)
    rows = drawn(rng, (done("已办结"), State("转办")), 36, level=LEVELS)
    columns = (("序号", serial), ("收信日期", received(compact)), ("来信人姓名", always(*NAMES)), ("批阅领导级别", told("level")), ("信件内容摘要", always(*TEXTS)), ("办理情况", word), ("办结日期", closed(compact)))  # fmt: skip
    made = paper(rng, columns, rows, title="领导批阅群众来信登记表", mess=(TITLE, UNITS, TOTAL, BLANK))
    yield Office(key, "shape: letters", [("批阅来信.xlsx", book("xlsx", made.sheet, notes()))], tabled([made], 36, counted(rows, "letters", "level")))


def calls() -> Iterator[Office]:
    """A register of telephone calls."""
    for fmt in ("xlsx", "tsv-xls"):
        key = f"zh-calls-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, (done("已答复"), State("已转办"), State("办理中")), 36, region=PLACES)
        columns = (("序号", serial), ("来电日期", received(slashed)), ("来电人姓名", always(*NAMES)), ("联系电话", always(PHONE)), ("来电事由", always(*TEXTS)), ("所属县区", told("region")), ("处理情况", word), ("答复日期", closed(slashed)))  # fmt: skip
        made = paper(rng, columns, rows, title="群众来电登记表", mess=(TITLE,) if fmt == "xlsx" else ())
        yield Office(key, "shape: calls", [(f"来电登记.{fmt.split('-')[-1]}", book(fmt, made.sheet))], tabled([made], 36, counted(rows, "cases", "region")))


def backlog() -> Iterator[Office]:
    """Old matters taken over by leaders, with three flags of their end."""
    for fmt, yes, no in (("xlsx", "是", "否"), ("xls", "√", None), ("csv-gb18030", "是", "否")):
        key = f"zh-backlog-{fmt}"
        rng = seeded(key)
        states = (State(None, frozenset({"closed", "settled"})), State(None, frozenset({"closed"}), 3), State(None))
        rows = [replace(one, closed=None) for one in drawn(rng, states, 38, region=PLACES)]

        def flag(name: str, yes: str = yes, no: str | None = no) -> Column:
            return ("是否办结" if name == "closed" else "是否息诉罢访", lambda one, _at: yes if name in one.sets else no)

        columns = (("序号", serial), ("案件编号", number("JA")), ("交办日期", received(dotted)), ("县（市、区）", told("region")), ("信访人姓名", always(*NAMES)), ("信访问题", always(*TEXTS)),
                   ("包案领导", always(*NAMES)), ("包案领导职务", always("副市长", "县委书记", "镇长")), flag("closed"), flag("settled"))  # fmt: skip
        made = paper(rng, columns, rows, title="集中治理重复信访、化解信访积案工作台账", mess=(TITLE, OFFICE, FOOT) if fmt != "csv-gb18030" else (TITLE,))
        right = tabled([made], 38, counted(rows, "backlog", "region"))
        yield Office(key, "shape: backlog", [(f"信访积案.{fmt.split('-')[0]}", book(fmt, made.sheet))], right)


def by_county() -> Iterator[Office]:
    """A sheet a month with the days as month and day, the year in the title alone."""
    key = "zh-months-xlsx"
    rng = seeded(key)
    parts: list[tuple[Paper, list[Matter]]] = []
    for month in (3, 4, 5):
        rows = drawn(rng, (done("已办结"), State("办理中")), 16, first=date(2024, month, 1), span=28, within=30, level=LEVELS)
        short = received(lambda day: f"{day.month}月{day.day}日")
        columns = (("序号", serial), ("来访日期", short), ("接访领导级别", told("level")), ("人数（人）", persons), ("办理状态", word))
        parts.append((paper(rng, columns, rows, name=f"{month}月", title=f"2024年{month}月领导接访登记表", mess=(TITLE, TOTAL)), rows))
    rows = [replace(one, closed=None) for _, part in parts for one in part]
    papers = [one for one, _ in parts]
    right = tabled(papers, 48, counted(rows, "visits", "level", persons=True))
    yield Office(key, "shape: months", [("领导接访（按月）.xlsx", book("xlsx", *(one.sheet for one in papers)))], right)


def inspectors() -> Iterator[Office]:
    """Matters that an inspection handed over, with a unit that stands merged over its rows."""
    for fmt in ("xlsx", "html-xls", "ods"):
        key = f"zh-inspection-{fmt}"
        rng = seeded(key)
        rows = sorted(drawn(rng, (done("已办结"), State("未办结")), 30, region=PLACES), key=lambda one: PLACES.index(one.told["region"]))
        made = Paper("Sheet1", [["环境问题转办件办理情况一览表"], ["被投诉地区", "受理编号", "转办日期", "污染类型", "办理状态", "办结时间"]], header=2)
        made.merge(0, 0, 0, 5)
        for at, one in enumerate(rows):
            first = at == 0 or rows[at - 1].told["region"] != one.told["region"]
            if first:
                count = sum(other.told["region"] == one.told["region"] for other in rows)
                made.merge(len(made.lines), 0, len(made.lines) + count - 1, 0)
            made.lines.append([one.told["region"] if first else None, f"D2024{at:04}", one.received, ("水", "大气", "噪声")[at % 3], one.word, one.closed])
        right = tabled([made], 30, counted(rows, "cases", "region"))
        yield Office(key, "shape: inspection", [(f"转办件.{fmt.split('-')[-1]}", book(fmt, made.sheet))], right, ("--by", "region"))


def traditional() -> Iterator[Office]:
    """A register in traditional characters: read rightly, or refused."""
    key = "zh-traditional-xlsx"
    rng = seeded(key)
    rows = drawn(rng, (done("已結案"), State("處理中")), 30, unit=("工務局", "環境保護局"))
    columns = (("案件編號", number("TW")), ("受理日期", received(slashed)), ("承辦單位", told("unit")), ("辦理狀態", word), ("結案日期", closed(slashed)))
    made = paper(rng, columns, rows, title="陳情案件登記表", mess=(TITLE,))
    right = replace(tabled([made], 30, counted(rows, "cases", "unit")), refuse=True)
    yield Office(key, "shape: traditional", [("陳情案件.xlsx", book("xlsx", made.sheet))], right)


def offices() -> Iterator[Office]:
    """All of this page."""
    pages = (hotline, bureau, message_board, leaders_visits, instructions, mailbox, calls, backlog, by_county, inspectors, traditional)
    for make in pages:
        yield from make()
