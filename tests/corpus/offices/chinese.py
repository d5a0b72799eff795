"""Logs as Chinese offices keep them: hotline, bureau, message board, leaders' visits, net, instructions, mailbox, backlog."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tests.corpus.words import SETTLED
from tests.writers import Cell

from .canaries import NAMES, PHONE, TEXTS
from .matters import State, counted, done, drawn, dropped
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
        columns = (
            ("工单编号", number("12345-2024", 6)),
            ("诉求类型", always("投诉", "咨询", "求助")),
            ("来电时间", received(spell)),
            ("来电人", always(*NAMES)),
            ("来电号码", always(PHONE)),
            ("诉求内容", always(*TEXTS)),
            ("承办单位", told("unit")),
            ("工单状态", word),
            ("办结时间", closed(spell)),
            ("回访满意度", always("满意", "基本满意", "不满意", None)),
        )
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
        columns: Sequence[Column] = (
            ("序号", serial),
            ("信访件编号", number("XFJ2024")),
            ("信访日期", received(dotted)),
            ("信访人", always(*NAMES)),
            ("信访人住址", always(*TEXTS)),
            ("问题属地", told("region")),
            ("信访目的", always("求决", "申诉", "意见建议")),
            ("办理状态", word),
            ("办结日期", closed(dotted)),
            ("备注", always(None, "市转")),
        )
        parents = {"信访基本情况": (1, 6), "办理情况": (7, 8)}
        made = paper(
            rng,
            columns,
            rows,
            title="测试市2024年上半年群众信访事项登记台账",
            mess=(TITLE, OFFICE, UNITS, TOTAL, FOOT),
            parents=parents,
        )
        yield Office(
            key,
            "shape: bureau",
            [(f"信访台账.{fmt}", book(fmt, made.sheet, notes()))],
            tabled([made], 44, counted(rows, "cases", "region")),
        )


def message_board() -> Iterator[Office]:
    """Messages to leaders on the net, with two days and no state: a reply closes."""
    for fmt in ("csv-bom", "xlsx"):
        key = f"zh-messages-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, (done("x"), State("y")), 40, category=("城建", "交通", "教育", "三农"))
        columns = (
            ("留言编号", number("LY")),
            ("留言主题", always(*TEXTS)),
            ("留言用户", always(*NAMES)),
            ("留言时间", received(clock)),
            ("留言领域", told("category")),
            ("留言详情", always(*TEXTS)),
            ("答复意见", always(None)),
            ("答复时间", closed(clock)),
        )
        made = paper(rng, columns, rows)
        file = f"网民留言.{fmt.split('-')[0]}"
        words = ("--map", "category=留言领域", "--by", "category")
        either = tuple((counted(rows, log, "category"),) for log in ("cases", "letters"))
        right = replace(tabled([made], 40), tables=either)
        yield Office(key, "shape: message board", [(file, book(fmt, made.sheet))], right, words)


def leaders_visits() -> Iterator[Office]:
    """Leaders receive visitors: wide header, leader's post, accompanying staff, heads with their unit, a total."""
    states = (done("已办结"), State("办理中"))
    for fmt, mess in (
        ("xlsx", (TITLE, UNITS, TOTAL, OFFSET, HIDDEN)),
        ("et", (TITLE, OFFICE, BLANK)),
        ("html-xls", (TITLE, TOTAL, FOOT)),
    ):
        key = f"zh-leaders-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, states, 40, level=LEVELS)
        columns = (
            ("序号", serial),
            ("接访时间", received(spoken)),
            ("接访地点", always("市信访接待中心", "区信访局")),
            ("接访领导", always(*NAMES)),
            ("领导级别", told("level")),
            ("接访方式", always("现场接访", "下访", "约访")),
            ("来访批次", always(1)),
            ("来访人次", persons),
            ("反映问题", always(*TEXTS)),
            ("办理结果", word),
            ("办结时间", closed(spoken)),
            ("陪同接访人员", always(*NAMES)),
        )
        made = paper(rng, columns, rows, title="测试市领导干部公开接访情况登记表（2024年1—6月）", mess=mess)
        one = counted(rows, "visits", "level", persons=True)
        yield Office(
            key, "shape: leaders' visits", [(f"公开接访.{fmt.split('-')[-1]}", book(fmt, made.sheet))], tabled([made], 40, one)
        )


def instructions() -> Iterator[Office]:
    """Papers with a leader's instruction."""
    states = (done("已办结"), State("正在落实"), State("办理中"))
    for fmt in ("xlsx", "xls"):
        key = f"zh-instructions-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, states, 32, unit=UNITS_OF)
        columns = (
            ("序号", serial),
            ("批示编号", number("PS〔2024〕", 3)),
            ("批示日期", received()),
            ("批示领导", always(*NAMES)),
            ("批示内容", always(*TEXTS)),
            ("主办单位", told("unit")),
            ("办理时限", always(None)),
            ("办理进展", word),
            ("办结时间", closed()),
        )
        made = paper(rng, columns, rows, title="市领导批示件办理情况台账", mess=(TITLE, FOOT))
        yield Office(
            key,
            "shape: instructions",
            [(f"批示件.{fmt}", book(fmt, made.sheet))],
            tabled([made], 32, counted(rows, "letters", "unit")),
        )


def offices() -> Iterator[Office]:
    """All of this page."""
    pages = (hotline, bureau, message_board, leaders_visits, instructions)
    for make in pages:
        yield from make()
