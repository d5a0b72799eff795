"""Due days and flags of timeliness (A18, A22)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from .canaries import ENGLISH_TEXTS
from .matters import Figures, Matter, Pair, State, counted, done, drawn
from .office import Office, Right, book, seeded, tabled
from .papers import (
    FOOT,
    Column,
    always,
    closed,
    notes,
    number,
    paper,
    received,
    remarks,
    told,
    word,
)

ZH_UNITS = ("市住建局", "市人社局", "青溪区政府")
UNITS = ("Housing", "Highways", "Parks")


def _on_time(rows: Sequence[Matter]) -> Figures:
    """Closed by the log's own due day, of those that have one; every row is closed."""
    due = [one for one in rows if one.told["due"]]
    return {"on_time_rate": Pair(sum(one.closed <= one.told["due"] for one in due if one.closed), len(due))}


def own_due_days() -> Iterator[Office]:
    """Only the log's own due days count, in the rows that have one."""
    forms: dict[str, tuple[str, tuple[str, ...]]] = {
        "csv": ("csv", ("Case number", "Received", "Department", "Due", "Closed", "Status")),
        "target-xlsx": ("xlsx", ("Reference", "Date logged", "Department", "Target date", "Date completed", "Status")),
        "zh-xlsx": ("xlsx", ("信访件编号", "登记日期", "责任单位", "限办日期", "办结日期", "办理状态")),
    }
    for name, (fmt, labels) in forms.items():
        zh = name.startswith("zh")
        for has in (True, False):
            key = f"due-days-{'own-' if has else 'none-'}{name}"
            rng = seeded(key)
            rows = [
                one.with_told(
                    due=one.received + timedelta(days=rng.randint(5, 40)) if rng.random() < 0.4 and one.received else None
                )
                for one in drawn(rng, (done("已办结" if zh else "Closed"),), 40, unit=ZH_UNITS if zh else UNITS)
            ]
            fills = (number("D"), received(), told("unit"), told("due"), closed(), word)
            columns = [pair for pair in zip(labels, fills, strict=True) if has or pair[0] != labels[3]]
            made = paper(rng, columns, rows)
            right = (
                tabled([made], 40, counted(rows, "cases", "unit", also=_on_time))
                if has
                else Right(refuse=True, words=("preset petition",))
            )
            file = f"{'信访件' if zh else 'cases'}.{fmt}"
            yield Office(key, "A18 due days", [(file, book(fmt, made.sheet))], right, ("-m", "cases,closed,on_time_rate"))


def _flagged(rows: Sequence[Matter]) -> Figures:
    """Closed in time by the log's own flag, of what is closed; all is closed."""
    return {"on_time_rate": Pair(sum(bool(one.told["timely"]) for one in rows), len(rows))}


Spell = Callable[[bool], str]
FLAGS: dict[str, tuple[str, tuple[str, ...], Spell]] = {
    "zh-xlsx": (
        "xlsx",
        ("工单编号", "登记时间", "承办单位", "工单状态", "办结时间", "是否按期办结"),
        lambda yes: "是" if yes else "否",
    ),
    "zh-ods": (
        "ods",
        ("信访件编号", "登记日期", "责任单位", "办理状态", "办结日期", "是否超期"),
        lambda yes: "否" if yes else "是",
    ),
    "short-zh-csv": (
        "csv",
        ("工单编号", "登记时间", "承办单位", "工单状态", "办结时间", "按期办结"),
        lambda yes: "是" if yes else "否",
    ),
    "boston-csv": (
        "csv",
        ("case_enquiry_id", "open_dt", "department", "case_status", "closed_dt", "ontime"),
        lambda yes: "ONTIME" if yes else "OVERDUE",
    ),
    "servicenow-csv": (
        "csv",
        ("number", "opened_at", "department", "state", "closed_at", "made_sla"),
        lambda yes: str(yes).lower(),
    ),
    "sla-xlsx": (
        "xlsx",
        ("Ticket ID", "Created", "Department", "Status", "Closed", "SLA met?"),
        lambda yes: "Yes" if yes else "No",
    ),
}


def timeliness() -> Iterator[Office]:
    """是否按期办结 = 否 is late, not open."""
    for name, (fmt, labels, spell) in FLAGS.items():
        zh = "zh" in name
        for status in (True, False):
            key = f"timeliness-{'state-' if status else 'date-'}{name}"
            rng = seeded(key)
            state = done("已办结" if zh else "Closed")
            rows = [one.with_told(timely=rng.random() < 0.6) for one in drawn(rng, (state,), 40, unit=ZH_UNITS if zh else UNITS)]
            fills = (number("D"), received(), told("unit"), word, closed(), told("timely", spell))
            columns: list[Column] = [pair for pair in zip(labels, fills, strict=True) if status or pair[0] != labels[3]]
            made = paper(rng, columns, rows, mess=(FOOT,) if fmt != "csv" else (), english=not zh)
            right = tabled([made], 40, counted(rows, "cases", "unit", also=_flagged if status else None))
            file = f"{'工单' if zh else 'requests'}.{fmt}"
            yield Office(
                key,
                "A22 timeliness",
                [(file, book(fmt, made.sheet, notes() if zh else remarks()))],
                right,
                ("-m", f"cases,closed,{'on_time' if status else 'closure'}_rate"),
            )


def complaints_bureau() -> Iterator[Office]:
    """A consumer bureau: a response, a timeliness column and no close day."""
    key = "timely-response-csv"
    rng = seeded(key)
    states = (
        done("Closed with explanation"),
        done("Closed with monetary relief"),
        done("Closed with non-monetary relief"),
        State("In progress"),
        done("Closed"),
    )
    rows = [replace(one, closed=None) for one in drawn(rng, states, 60, channel=("Web", "Phone", "Referral"))]
    columns = (
        ("Date received", received(lambda day: f"{day:%m/%d/%Y}")),
        ("Product", always("Mortgage", "Credit card", "Student loan")),
        ("Issue", always(*ENGLISH_TEXTS)),
        ("State", always("CA", "NY", "TX")),
        ("Submitted via", told("channel")),
        ("Company response to consumer", word),
        ("Timely response?", always("Yes", "Yes", "No")),
        ("Complaint ID", number("7", 6)),
    )
    made = paper(rng, columns, rows)
    unsure = ("resolved", "resolution_rate", "settled", "settlement_rate")
    one = counted(rows, "cases", "channel", without=unsure)
    yield Office(
        key, "A22 timeliness", [("complaints.csv", book("csv", made.sheet))], tabled([made], 60, one), ("--by", "channel")
    )


def offices() -> Iterator[Office]:
    """All of this page."""
    for make in (own_due_days, timeliness, complaints_bureau):
        yield from make()
