"""Offices drawn by seed: headers, words, days, formats and mess from pools, in any combination."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tests.corpus.words import RESOLVED, SETTLED
from tests.writers import Cell

from .canaries import ENGLISH_NAMES, ENGLISH_TEXTS, NAMES, PHONE, TEXTS
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

Spell = Callable[[date], Cell]
BOOKS = ("xlsx", "xls", "ods", "et", "html-xls")
TEXT_FORMATS = ("csv", "csv-bom", "csv-gb18030", "csv-utf16", "tsv", "tsv-xls")

ZH_HEADS: Mapping[str, Sequence[str]] = {
    "received": ("登记日期", "信访日期", "反映时间", "收件日期", "登记时间", "来件日期"),
    "visited": ("来访日期", "接访时间", "接待日期", "来访登记时间", "接访日期"),
    "status": ("办理状态", "办理情况", "当前状态", "案件状态", "进展情况", "办理进度", "处理状态"),
    "closed": ("办结日期", "办结时间", "结案日期", "办结日期（年月日）", "实际办结时间"),
    "unit": ("责任单位", "承办单位", "主办单位", "办理单位", "牵头单位", "责任部门"),
    "region": ("县市区", "区县", "属地", "所属乡镇", "镇街", "所属县区"),
    "category": ("问题类型", "诉求分类", "信访类别", "问题类别", "事项类别"),
    "case": ("信访编号", "受理编号", "登记编号", "工单号", "事项编号"),
    "persons": ("来访人数", "人数", "接待人数", "来访人数（人）", "上访人数"),
    "level": ("接访级别", "领导层级", "接访领导级别", "接待领导级别", "层级"),
    "name": ("信访人", "信访人姓名", "反映人"),
    "text": ("主要诉求", "反映问题", "信访内容", "主要内容", "问题概述"),
    "leader": ("接访领导", "包案领导", "接待领导姓名"),
}
EN_HEADS: Mapping[str, Sequence[str]] = {
    "received": ("Date received", "Received", "Date opened", "Created", "Date logged", "Created Date", "opened_at"),
    "status": ("Status", "Case status", "State", "Current status"),
    "closed": ("Date closed", "Closed", "Closed Date", "Date completed", "closed_at"),
    "unit": ("Department", "Service", "Agency", "Responsible department", "Directorate"),
    "region": ("Ward", "Borough", "Neighbourhood", "Area", "District"),
    "category": ("Category", "Complaint type", "Type", "Request type"),
    "case": ("Reference", "Case number", "Case ID", "Ticket ID", "Request ID", "Complaint ref"),
    "name": ("Complainant", "Customer name", "Name", "Caller"),
    "text": ("Details", "Description", "Summary", "Notes"),
}
ZH_STATES = ("办理中", "已受理", "待签收", "已交办", "处理中", "化解中", None)
EN_STATES = ("Open", "In Progress", "Pending", "Assigned", "New", "Under investigation", None)
PLACES = {
    "unit": ("市住建局", "市人社局", "市教育局", "青溪区政府"),
    "region": ("东岭县", "青溪区", "柏山县", "南浦镇"),
    "category": ("城乡建设", "劳动社保", "涉法涉诉"),
}
EN_PLACES = {
    "unit": ("Housing", "Highways", "Parks", "Waste"),
    "region": ("Harbour", "Old Town", "Uplands"),
    "category": ("Noise", "Litter", "Potholes"),
}
ZH_DAYS: Sequence[Spell] = (
    lambda day: day,
    lambda day: day.isoformat(),
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.isoformat()} 14:0{day.day % 10}:00",
)
EN_DAYS: Sequence[Spell] = (
    lambda day: day,
    lambda day: day.isoformat(),
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%m/%d/%Y} 02:15 PM",
    lambda day: f"{day.day} {day:%b} {day.year}",
    lambda day: f"{day:%d-%b-%Y}",
    lambda day: f"{day.isoformat()}T10:11:12",
)


def _states(rng: random.Random, *, zh: bool) -> list[State]:
    if zh:
        states = [done(name) for name in rng.sample(("已办结", "办结", "已结案", "已回复"), 2)]
        states += rng.choice(([], [done("息诉罢访", SETTLED, weight=4)], [done("已化解", RESOLVED, weight=4)]))
        states += rng.choice(([], [dropped("不予受理")], [dropped("作废")], [dropped("重复件")]))
    else:
        states = [done(name) for name in rng.sample(("Closed", "Completed"), rng.randint(1, 2))]
        states += rng.choice(([], [done("Resolved", RESOLVED, weight=4)]))
        states += rng.choice(([], [dropped("Duplicate")], [dropped("Cancelled")], [dropped("Withdrawn")]))
    return states + [State(name) for name in rng.sample(ZH_STATES if zh else EN_STATES, 3)]


def _columns(rng: random.Random, kind: str, by: str, *, zh: bool, spell: Spell) -> list[Column]:
    heads = ZH_HEADS if zh else EN_HEADS

    def head(name: str) -> str:
        return rng.choice(heads[name])

    personal: list[Column] = [
        (head("name"), always(*(NAMES if zh else ENGLISH_NAMES))),
        (head("text"), always(*(TEXTS if zh else ENGLISH_TEXTS))),
    ]
    if zh:
        personal.append(("联系电话", always(PHONE)))
    middle: list[Column] = [(head(by), told(by)), *rng.sample(personal, rng.randint(0, len(personal)))]
    if kind == "visits":
        middle += [(head("persons"), persons), *rng.sample([(head("leader"), always(*NAMES))], rng.randint(0, 1))]
    rng.shuffle(middle)
    first: list[Column] = [] if kind == "visits" else [(head("case"), number("BH" if zh else "C-", 5))]
    first = [("序号", serial), *first] if zh and (rng.random() < 0.7 or not first) else first
    day = (head("visited" if kind == "visits" else "received"), received(spell))
    ends = [[(head("status"), word), (head("closed"), closed(spell))], [(head("status"), word)]]
    return [*first, day, *middle, *rng.choice(ends)]


def _mess(rng: random.Random, fmt: str, *, plain_dates: bool) -> list[str]:
    pool = [TITLE, OFFICE, TOTAL, FOOT, BLANK] + ([UNITS, OFFSET, HIDDEN] if fmt in BOOKS else [])
    return rng.sample(pool, rng.randint(0, 4))


KINDS = {
    "visits": ("群众来访登记表", "领导接访登记表"),
    "cases": ("信访事项台账", "12345工单明细"),
    "letters": ("群众来信登记表",),
    "backlog": ("信访积案台账",),
}


def _office(at: int, *, zh: bool) -> Office:
    key = f"mixture-{'zh' if zh else 'en'}-{at:02}"
    rng = seeded(key)
    fmt = rng.choice(BOOKS if rng.random() < 0.6 else TEXT_FORMATS)
    kind = rng.choice(tuple(KINDS)) if zh else "cases"
    by = rng.choice(("level", "level", "unit", "region") if kind == "visits" else ("unit", "region", "category"))
    spell = rng.choice(ZH_DAYS if zh else EN_DAYS)
    states = _states(rng, zh=zh)
    places = {"level": ("市级", "县级", "乡级"), **(PLACES if zh else EN_PLACES)}[by]
    rows = drawn(rng, states, rng.randint(24, 60), **{by: (*places, *places, None) if rng.random() < 0.3 else places})
    columns = _columns(rng, kind, by, zh=zh, spell=spell)
    if not any(fill(one, 1) for one in rows for _, fill in columns[-1:]):
        columns = columns[:-1]
    dated = any(label in (ZH_HEADS if zh else EN_HEADS)["closed"] for label, _ in columns)
    truth_rows: list[Matter] = rows if dated else [replace(one, closed=None) for one in rows]
    title = rng.choice(KINDS[kind]) if zh else "Complaints and requests 2024"
    made = paper(rng, columns, rows, title=title, mess=_mess(rng, fmt, plain_dates=True), english=not zh)
    stem = title if zh else rng.choice(("complaints", "export", "requests"))
    suffix = fmt.split("-")[-1] if fmt.endswith("xls") else fmt.split("-")[0]
    extra = [notes() if zh else remarks()] if rng.random() < 0.4 else []
    truth = counted(truth_rows, kind, by, persons=kind == "visits")
    return Office(key, "mixture", [(f"{stem}.{suffix}", book(fmt, made.sheet, *extra))], tabled([made], len(rows), truth))


def offices() -> Iterator[Office]:
    """All of this page."""
    yield from (_office(at, zh=True) for at in range(1, 41))
    yield from (_office(at, zh=False) for at in range(1, 31))
