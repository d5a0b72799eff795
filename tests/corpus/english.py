"""Logs in English: 311 exports and council complaint registers (domain §1.5), with ISO dates."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.writers import Cell, Sheet

from .book import Log, file_suffix
from .truth import Expected, Record, Rows, table
from .words import CANARY_NAMES, CANARY_TEXT

AGENCIES = ("Parks", "Highways", "Housing", "Waste", "Licensing")
WARDS = ("North Test", "South Test", "East Test")
TYPES = ("Noise", "Street Light", "Missed Bin", "Pothole")
CHANNELS = ("Phone", "Online", "Mobile App", "Letter")
OPEN_WORDS = ("Open", "In Progress", "Pending", "Assigned")

Write = Callable[[date | None], Cell]
ISO: Mapping[str, Write] = {
    "iso-date": lambda day: day.isoformat() if day else None,
    "iso-time": lambda day: f"{day.isoformat()} 09:05:00" if day else None,
    "iso-t": lambda day: f"{day.isoformat()}T09:05:00" if day else None,
    "real": lambda day: day,
}

# Heading and what it holds; fields in braces of `truth.Record`, or one of the fillers below.
LAYOUTS: Mapping[str, Sequence[tuple[str, str]]] = {
    "nyc": (
        ("Unique Key", "key"), ("Created Date", "received"), ("Closed Date", "closed"), ("Agency", "unit"),
        ("Complaint Type", "category"), ("Descriptor", "text"), ("Incident Zip", "zip"), ("Status", "status"),
        ("Due Date", "blank"), ("Resolution Description", "text"), ("Borough", "region"),
        ("Open Data Channel Type", "channel"),
    ),
    "boston": (
        ("case_enquiry_id", "key"), ("open_dt", "received"), ("target_dt", "due"), ("closed_dt", "closed"),
        ("case_status", "status"), ("closure_reason", "text"), ("case_title", "text"), ("department", "unit"),
        ("neighborhood", "region"), ("source", "channel"),
    ),
    "la": (
        ("SRNumber", "key"), ("CreatedDate", "received"), ("Owner", "unit"), ("RequestType", "category"),
        ("Status", "status"), ("RequestSource", "channel"), ("ClosedDate", "closed"),
    ),
    "council": (
        ("Reference", "key"), ("Date received", "received"), ("Name", "name"), ("Department", "unit"), ("Category", "category"),
        ("Ward", "region"), ("Status", "status"), ("Date closed", "closed"),
    ),
    "ward": (
        ("Case number", "key"), ("Date opened", "received"), ("Ward", "region"), ("Type", "category"),
        ("Date closed", "closed"),
    ),
}  # fmt: skip
COLUMNS = {"received": "received_on", "closed": "closed_on"}
FILES = {
    "nyc": "311_service_requests",
    "boston": "tmp_export",
    "la": "MyLA311",
    "council": "Complaints log",
    "ward": "complaints",
}


def records(rng: random.Random, count: int, *, status: bool) -> list[Record]:
    """Matters with the words of these logs; without a status column only the close date tells."""
    drawn = []
    for _ in range(count):
        day = date(rng.randint(2022, 2025), rng.randint(1, 12), rng.randint(1, 28))
        closed = rng.random() < 0.65
        drawn.append(
            Record(
                received=day,
                closed=day + timedelta(days=rng.randint(0, 60)) if closed and (rng.random() < 0.9 or not status) else None,
                unit=rng.choice(AGENCIES),
                region=rng.choice(WARDS),
                category=rng.choice(TYPES),
                channel=rng.choice(CHANNELS),
                status="Closed" if closed else rng.choice(OPEN_WORDS),
            )
        )
    return drawn


def _cell(rng: random.Random, record: Record, holds: str, number: int, written: Write) -> Cell:
    match holds:
        case "received" | "closed":
            return written(getattr(record, holds))
        case "due":
            return written(record.received + timedelta(days=30)) if record.received else None
        case "key":
            return f"T-{number:06}"
        case "zip":
            return f"{number % 7:05}"
        case "name":
            return rng.choice(CANARY_NAMES)
        case "text":
            return f"{rng.choice(CANARY_TEXT)}, see note {number} of the test register"
        case "blank":
            return None
    return str(getattr(record, holds))


def log(key: str, layout: str, style: str, fmt: str, extra: str = "") -> Log:
    """One English log; `extra` is a title line, blanks for empty cells, or full-width letters in the header."""
    rng = random.Random(f"{key} {layout} {style} {fmt} {extra}")
    fields = LAYOUTS[layout]
    rows = records(rng, rng.randint(20, 45), status=any(holds == "status" for _, holds in fields))
    if extra == "blank-group":
        rows = [replace(record, unit=None, region=None) if rng.random() < 0.1 else record for record in rows]
    grid: list[list[Cell]] = [[heading.upper() if extra == "upper-header" else heading for heading, _ in fields]]
    for number, record in enumerate(rows, start=1):
        cells = [_cell(rng, record, holds, number, ISO[style]) for _, holds in fields]
        cells = [None if cell == "None" else cell for cell in cells]
        if extra == "lone-space":
            cells = [" " if cell is None else cell for cell in cells]
        grid.append(cells)
    if extra == "title-line":
        grid.insert(0, ["Complaints register, Test Council"])
    columns = frozenset(COLUMNS.get(holds, holds) for _, holds in fields)
    expected = Expected((table(rows, "cases", columns),), Rows(len(rows), len(rows)))
    mess = (
        "english",
        f"english-{style}",
        *([f"english-{extra}"] if extra else []),
        *([f"format-{fmt}"] if fmt != "xlsx" else []),
    )
    tier = "light" if not extra else "medium"
    name = FILES[layout] + file_suffix(fmt)
    return Log(key, "cases", tier, mess, name, fmt, [Sheet("Sheet1", grid)], expected)


LOGS: Sequence[tuple[str, str, str, str]] = (
    ("nyc", "iso-time", "csv", ""),
    ("nyc", "real", "xlsx", ""),
    ("nyc", "iso-t", "csv", "lone-space"),
    ("boston", "iso-time", "csv", "lone-space"),
    ("boston", "iso-date", "csv-bom", ""),
    ("la", "iso-date", "tsv", ""),
    ("la", "real", "ods", "blank-group"),
    ("council", "iso-date", "xlsx", "title-line"),
    ("council", "real", "xls", ""),
    ("council", "iso-date", "csv-utf16", "upper-header"),
    ("ward", "real", "xlsx", ""),
    ("ward", "iso-date", "html-xls", "title-line"),
)
