"""Rows: merged ones, copies by filling down, hints, closing lines, subtotals, one row an event (A3, A6, A7, A16, A19, A27)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.corpus.truth import Rows
from tests.writers import Cell

from .matters import OPEN, Matter, State, counted, done, drawn
from .office import Office, Right, book, seeded, tabled
from .papers import (
    Paper,
    always,
    closed,
    number,
    paper,
    received,
    serial,
    told,
    word,
)

CHINESE = (done("已办结"), State("办理中"), State("待答复", weight=2))
ENGLISH = (done("Closed"), State("Open"), State("Pending", weight=2))
CLOSING = frozenset({"closed"})


def _parts(paper_of: Paper, day: date, number_of: str, parts: Sequence[tuple[Cell, Cell, Cell]]) -> None:
    """One case over as many rows as it has parts: its number and day are merged over them."""
    top = len(paper_of.lines)
    for at, (unit, status, end) in enumerate(parts):
        head: list[Cell] = [number_of, day] if not at else [None, None]
        paper_of.lines.append([*head, unit, status, end])
    paper_of.merge(top, 0, top + len(parts) - 1, 0)
    paper_of.merge(top, 1, top + len(parts) - 1, 1)


def merged_cases() -> Iterator[Office]:
    """A case of two offices over two rows: one case, closed only where both are; with `--rows each` a record a row."""
    forms = {"xlsx": ("xlsx", True), "ods": ("ods", True), "html": ("html-xls", True), "xls-english": ("xls", False)}
    for name, (fmt, zh) in forms.items():
        for each in (False, True):
            key = f"merged-cases-{'each-' if each else ''}{name}"
            rng = seeded(key)
            units = ("市住建局", "区自然资源局", "镇政府") if zh else ("Housing", "Planning", "Highways")
            over, under = ("已办结", "办理中") if zh else ("Closed", "Open")
            made = Paper("Sheet1")
            labels = (
                ("信访件编号", "受理日期", "责任单位", "办理状态", "办结日期")
                if zh
                else ("Case no.", "Received", "Department", "Status", "Closed")
            )
            made.lines.append(list(labels))
            made.header = 1
            cases: list[Matter] = []
            parts: list[Matter] = []
            for at in range(16):
                day = date(2024, 3, 1) + timedelta(days=at * 2)
                states = [rng.random() < 0.6 for _ in range(1 if at % 3 == 2 else 2)]
                names = rng.sample(units, len(states))
                own = [
                    Matter(
                        day,
                        day + timedelta(days=9) if done_ else None,
                        CLOSING if done_ else OPEN,
                        over if done_ else under,
                        told={"unit": unit},
                    )
                    for done_, unit in zip(states, names, strict=True)
                ]
                _parts(made, day, f"XF{at:04}", [(one.told["unit"], one.word, one.closed) for one in own])
                parts += own
                cases.append(replace(own[0], closed=None, sets=CLOSING if all(states) else OPEN))
            said = "" if each else "rows each"
            one = counted(parts if each else cases, "cases", "unit", without=("median_days",))
            count = len(parts) if each else len(cases)
            right = Right(((one,),), Rows(len(parts), count, skipped=len(parts) - count), said=said)
            file = f"{'信访件' if zh else 'cases'}.{'xls' if fmt == 'html-xls' else fmt}"
            yield Office(key, "A3 merged cases", [(file, book(fmt, made.sheet))], right, ("--rows", "each") if each else ())


def merged_and_empty() -> Iterator[Office]:
    """Unit and state typed on the first row alone are those of the whole record: visitors stand one a row."""
    for fmt in ("xlsx", "ods"):
        key = f"merged-visitors-{fmt}"
        rng = seeded(key)
        made = Paper("Sheet1", [["来访日期", "接访级别", "来访人数", "来访人姓名", "办理状态", "办结日期"]], header=1)
        rows = drawn(rng, CHINESE, 18, level=("市级", "县级"))
        for one in rows:
            top = len(made.lines)
            made.lines.append([one.received, one.told["level"], one.persons, "贾测试", one.word, one.closed])
            more = min(one.persons, 3) - 1
            made.lines += [[None, None, None, "甄虚构", None, None] for _ in range(more)]
            if more:
                made.merge(top, 0, top + more, 0)
                made.merge(top, 2, top + more, 2)
        right = tabled([made], 18, counted(rows, "visits", "level", persons=True))
        yield Office(key, "A3 merged cases", [(f"来访登记.{fmt}", book(fmt, made.sheet))], right)


def closing_lines() -> Iterator[Office]:
    """A label and a day at the end of a sheet are no record, and are named."""
    forms: dict[str, tuple[str, list[list[Cell]]]] = {
        "printed-gbk": ("csv-gb18030", [["打印日期", date(2024, 6, 30)]]),
        "made-xlsx": ("xlsx", [["制表时间", date(2024, 7, 1)]]),
        "until-csv": ("csv", [["数据截至", "2024年6月30日"]]),
        "checked-ods": ("ods", [["审核日期", date(2024, 7, 2)]]),
        "english-csv": ("csv", [["Report date", date(2024, 7, 1)]]),
        "extract-tsv": ("tsv", [["Extracted on", "2024-07-01"]]),
    }
    for name, (fmt, below) in forms.items():
        key = f"closing-line-{name}"
        rng = seeded(key)
        zh = "english" not in name and "extract" not in name
        rows = drawn(rng, CHINESE if zh else ENGLISH, 26, unit=("市教育局", "市民政局") if zh else ("Parks", "Waste"))
        labels = (
            ("编号", "登记日期", "承办单位", "办理状态", "办结日期")
            if zh
            else ("Reference", "Date received", "Department", "Status", "Date closed")
        )
        columns = list(zip(labels, (number("C-", 3), received(), told("unit"), word, closed()), strict=True))
        made = paper(rng, columns, rows)
        made.lines += [[*line, *[None] * (5 - len(line))] for line in below]
        right = tabled([made], 26, counted(rows, "cases", "unit"), said=".")
        file = f"{'信访事项' if zh else 'complaints'}.{fmt.split('-')[0]}"
        yield Office(key, "A6 closing lines", [(file, book(fmt, made.sheet))], right)


def short_last_record() -> Iterator[Office]:
    """The last record has a number and a day only, and is a record."""
    for fmt in ("csv", "xlsx"):
        key = f"short-last-record-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, ENGLISH, 22, unit=("Parks", "Waste"))
        rows.append(Matter(date(2024, 6, 29), None, OPEN, None, told={"unit": None}))
        labels = ("Reference", "Date received", "Department", "Status", "Date closed")
        made = paper(rng, list(zip(labels, (number("C-", 3), received(), told("unit"), word, closed()), strict=True)), rows)
        yield Office(
            key,
            "A6 closing lines",
            [(f"complaints.{fmt}", book(fmt, made.sheet))],
            tabled([made], 23, counted(rows, "cases", "unit")),
        )


def filled_down() -> Iterator[Office]:
    """Rows that are alike only before their days are filled down are no copies."""
    for name, fmt, mark in (
        ("ditto-csv", "csv", "〃"),
        ("same-xlsx", "xlsx", "同上"),
        ("merged-xlsx", "xlsx", None),
        ("rowspan", "html-xls", None),
    ):
        key = f"filled-down-{name}"
        rng = seeded(key)
        rows = [
            Matter(date(2024, 5, 6 + at // 4), None, CLOSING if status == "已办结" else OPEN, status, heads, {"level": level})
            for at in range(24)
            for level, status, heads in [rng.choice([("县级", "已办结", 3), ("乡级", "办理中", 1)])]
        ]
        made = Paper("Sheet1", [["接访日期", "级别", "人数", "办理状态"]], header=1)
        for at, one in enumerate(rows):
            day: Cell = one.received if at % 4 == 0 else mark
            if at % 4 == 0 and mark is None:
                made.merge(len(made.lines), 0, len(made.lines) + 3, 0)
            made.lines.append([day, one.told["level"], one.persons, one.word])
        one = counted(rows, "visits", "level", persons=True)
        # equal rows of one day are alike in every cell, and that is said; those of different days are not
        right = tabled([made], 24, one)
        yield Office(key, "A7 filled down", [(f"接访.{fmt.split('-')[-1]}", book(fmt, made.sheet))], right)


def filled_down_apart() -> Iterator[Office]:
    """The same rows on each day, no two of a day alike: nothing is a copy."""
    for name, fmt, mark in (("ditto-csv", "csv-bom", "〃"), ("merged-ods", "ods", None)):
        key = f"filled-down-apart-{name}"
        made = Paper("Sheet1", [["来访日期", "接访级别", "来访人数", "办理状态"]], header=1)
        rows = []
        for week in range(6):
            for level, heads, status in (("市级", 2, "已办结"), ("县级", 3, "已办结"), ("乡级", 1, "办理中")):
                rows.append(
                    Matter(
                        date(2024, 4, 1 + 3 * week),
                        None,
                        CLOSING if status == "已办结" else OPEN,
                        status,
                        heads,
                        {"level": level},
                    )
                )
        for at, one in enumerate(rows):
            if at % 3 == 0 and mark is None:
                made.merge(len(made.lines), 0, len(made.lines) + 2, 0)
            made.lines.append([one.received if at % 3 == 0 else mark, one.told["level"], one.persons, one.word])
        right = tabled([made], 18, counted(rows, "visits", "level", persons=True), unsaid=("W204",))
        yield Office(key, "A7 filled down", [(f"接访.{fmt.split('-')[0]}", book(fmt, made.sheet))], right)


def like_hints() -> Iterator[Office]:
    """Records right under the header whose texts speak of forms and examples."""
    zh = ("群众反映表格填写困难", "已告知格式，例如身份证复印件", "必填项看不懂", "请按示例补充材料")
    english = (
        "The online form says a required field is missing",
        "Resident asks for an example of the format",
        "Optional garden bin not emptied",
    )
    for fmt, texts in (("csv", zh), ("xlsx", zh), ("ods", english)):
        key = f"like-hints-{fmt}"
        rng = seeded(key)
        chinese = texts is zh
        states = (done("回复完成"), State("处理中")) if chinese else ENGLISH
        rows = [
            replace(one, received=None, closed=None)
            for one in drawn(rng, states, 12, unit=("市人社局", "市医保局") if chinese else ("Benefits", "Waste"))
        ]
        labels = (
            ("工单编号", "承办单位", "工单状态", "主要内容", "回复内容")
            if chinese
            else ("Ref", "Department", "Status", "Details", "Response")
        )
        columns = list(zip(labels, (serial, told("unit"), word, always(*texts), always(*reversed(texts))), strict=True))
        made = paper(rng, columns, rows)
        file = f"{'12345工单' if chinese else 'enquiries'}.{fmt}"
        yield Office(key, "A16 like hints", [(file, book(fmt, made.sheet))], tabled([made], 12, counted(rows, "cases", "unit")))


def offices() -> Iterator[Office]:
    """All of this page."""
    pages = (merged_cases, merged_and_empty, closing_lines, short_last_record, filled_down, filled_down_apart, like_hints)
    for make in pages:
        yield from make()
