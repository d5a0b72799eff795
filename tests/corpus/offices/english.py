"""Logs as offices keep them in English: city requests, councils, ombudsmen, help desks, regulators."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tests.corpus.words import CLOSED, RESOLVED
from tests.writers import Cell

from .canaries import ENGLISH_NAMES, ENGLISH_TEXTS, PHONE
from .matters import OPEN, State, counted, done, drawn, dropped
from .office import Office, Right, book, seeded, tabled
from .papers import (
    BLANK,
    FOOT,
    HIDDEN,
    OFFICE,
    OFFSET,
    TITLE,
    TOTAL,
    Column,
    always,
    closed,
    number,
    paper,
    received,
    remarks,
    told,
    word,
)

AGENCIES = ("Parks", "Transportation", "Housing Preservation", "Sanitation")
SERVICES = ("Housing", "Planning", "Waste and Recycling", "Adult Social Care")
BOROUGHS = ("EASTHAM", "WESTBROOK", "NORCOTE")


def american(day: date) -> Cell:
    """05/13/2024 09:10:31 AM; the generator takes care that a day above 12 proves the order."""
    return f"{day:%m/%d/%Y} 09:10:31 AM"


def stamped(day: date) -> Cell:
    """2024-05-13 09:10:31."""
    return f"{day.isoformat()} 09:10:31"


def british(day: date) -> Cell:
    """13/05/2024."""
    return f"{day:%d/%m/%Y}"


def named(day: date) -> Cell:
    """13 May 2024."""
    return f"{day.day} {day:%B} {day.year}"


def initials(name: str) -> str:
    """The letters of an agency, and an X."""
    return "".join(part[0] for part in name.split()) + "X"


def new_york() -> Iterator[Office]:
    """Requests of a big city: an agency and its name, two places, an empty due day."""
    states = (done("Closed"), State("Open"), State("In Progress"), State("Assigned", weight=2), State("Pending", weight=2))
    for fmt, spell in (("csv", american), ("xlsx", lambda day: day), ("tsv", stamped)):
        key = f"en-nyc-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, states, 60, unit=AGENCIES)
        columns = (
            ("Unique Key", number("60", 6)),
            ("Created Date", received(spell)),
            ("Closed Date", closed(spell)),
            ("Agency", told("unit", initials)),
            ("Agency Name", told("unit")),
            ("Complaint Type", always("Noise", "Heat", "Rodent")),
            ("Descriptor", always(*ENGLISH_TEXTS)),
            ("Incident Zip", always("00001", "00002")),
            ("City", always("EASTHAM", "NORCOTE")),
            ("Status", word),
            ("Due Date", always(None)),
            ("Resolution Description", always(*ENGLISH_TEXTS)),
            ("Community Board", always("01 EASTHAM", "02 NORCOTE")),
            ("Borough", always(*BOROUGHS)),
            ("Open Data Channel Type", always("PHONE", "ONLINE", "MOBILE")),
        )
        made = paper(rng, columns, rows)
        by_name = tuple(
            (counted([one.with_told(unit=spelt(one.told["unit"])) for one in rows], "cases", "unit"),)
            for spelt in (str, initials)
        )
        right = replace(tabled([made], 60), tables=by_name)
        yield Office(key, "shape: 311", [(f"311_Service_Requests.{fmt}", book(fmt, made.sheet))], right)


def spaced(cell: Cell) -> Cell:
    """A lone space for a blank."""
    return " " if cell is None else cell


def boston() -> Iterator[Office]:
    """Requests with short headers, a lone space for blank, and a flag of timeliness."""
    key = "en-boston-csv"
    rng = seeded(key)
    rows = drawn(rng, (done("Closed"), State("Open")), 50, unit=("PWDx", "BTDT", "INFO", "ISD"))
    columns = (
        ("case_enquiry_id", number("1010", 8)),
        ("open_dt", received(stamped)),
        ("target_dt", always(" ")),
        ("closed_dt", lambda one, at: spaced(closed(stamped)(one, at))),
        ("ontime", always("ONTIME", "OVERDUE")),
        ("case_status", word),
        ("closure_reason", always(*ENGLISH_TEXTS)),
        ("case_title", always(*ENGLISH_TEXTS)),
        ("subject", always("Public Works", "Transport")),
        ("reason", always("Sanitation", "Signs")),
        ("department", told("unit")),
        ("neighborhood", always("Eastham", "Norcote")),
        ("source", always("Constituent Call", "City Worker App")),
    )
    made = paper(rng, columns, rows)
    yield Office(
        key, "shape: 311", [("tmpexport.csv", book("csv", made.sheet))], tabled([made], 50, counted(rows, "cases", "unit"))
    )


def los_angeles() -> Iterator[Office]:
    """Cancelled and referred requests carry a close day, too; the owner is a bureau."""
    key = "en-la-csv"
    rng = seeded(key)
    rows = drawn(
        rng, (done("Closed"), State("Open"), State("Pending", weight=2), dropped("Cancelled")), 60, unit=("BOS", "OCB", "LASAN")
    )
    columns = (
        ("SRNumber", number("1-", 7)),
        ("CreatedDate", received(american)),
        ("UpdatedDate", received(american)),
        ("Owner", told("unit")),
        ("RequestType", always("Bulky Items", "Graffiti Removal")),
        ("Status", word),
        ("RequestSource", always("Call", "Mobile App")),
        ("ServiceDate", always(None)),
        (
            "ClosedDate",
            lambda one, at: closed(american)(one, at) or (american(one.received) if one.word == "Cancelled" else None),
        ),
        ("AddressVerified", always("Y", "N")),
    )
    made = paper(rng, columns, rows)
    one = counted(rows, "cases", "unit", without=("median_days",))
    yield Office(key, "shape: 311", [("MyLA311_Service_Request_Data.csv", book("csv", made.sheet))], tabled([made], 60, one))


def chicago() -> Iterator[Office]:
    """Requests with capital headers, a duplicate flag and a ward that is a number."""
    key = "en-chicago-csv"
    rng = seeded(key)
    rows = drawn(
        rng, (done("Completed"), State("Open"), dropped("Canceled")), 50, unit=("Streets and San", "Water Mgmt", "Aviation")
    )
    columns = (
        ("SR_NUMBER", number("SR24-", 8)),
        ("SR_TYPE", always("Pothole", "Graffiti")),
        ("OWNER_DEPARTMENT", told("unit")),
        ("STATUS", word),
        ("ORIGIN", always("Phone Call", "Internet")),
        ("CREATED_DATE", received(american)),
        ("LAST_MODIFIED_DATE", received(american)),
        ("CLOSED_DATE", closed(american)),
        ("DUPLICATE", always("false")),
        ("LEGACY_RECORD", always("false")),
        ("WARD", always(3, 12, 42)),
    )
    made = paper(rng, columns, rows)
    yield Office(
        key,
        "shape: 311",
        [("311_Service_Requests.csv", book("csv", made.sheet))],
        tabled([made], 50, counted(rows, "cases", "unit")),
    )


def street_reports() -> Iterator[Office]:
    """Reports to a council through a map; fixed and closed are different ends."""
    for fmt in ("csv", "xls"):
        key = f"en-map-{fmt}"
        rng = seeded(key)
        states = (
            done("Closed"),
            done("Fixed - Council", RESOLVED),
            State("Open"),
            State("Investigating"),
            State("Action scheduled", weight=2),
        )
        rows = [
            replace(one, closed=None) for one in drawn(rng, states, 50, category=("Potholes", "Street lighting", "Flytipping"))
        ]
        columns = (
            ("Report ID", number("", 6)),
            ("Title", always(*ENGLISH_TEXTS)),
            ("User Name", always(*ENGLISH_NAMES)),
            ("Category", told("category")),
            ("Created", received(stamped)),
            ("Status", word),
            ("Latitude", always("51.000001")),
            ("Query", always("SW1A")),
        )
        made = paper(rng, columns, rows)
        yield Office(
            key,
            "shape: council",
            [(f"street-reports.{fmt}", book(fmt, made.sheet))],
            tabled([made], 50, counted(rows, "cases", "category")),
        )


def council() -> Iterator[Office]:
    """A council's register of complaints: title, team line, two-row header, hidden column, total, remarks."""
    states = (done("Closed"), State("Open"), dropped("Withdrawn"), State("Awaiting information", weight=2))
    for fmt, spell, mess in (
        ("xlsx", lambda day: day, (TITLE, OFFICE, TOTAL, FOOT, HIDDEN)),
        ("xls", british, (TITLE, BLANK)),
        ("ods", named, (TITLE, OFFICE, BLANK)),
        ("html-xls", british, (TITLE, TOTAL)),
        ("csv-utf16", british, ()),
    ):
        key = f"en-council-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, states, 40, unit=SERVICES)
        columns: Sequence[Column] = (
            ("Ref", number("CC/24/", 4)),
            ("Date received", received(spell)),
            ("Complainant", always(*ENGLISH_NAMES)),
            ("Phone", always(PHONE)),
            ("Service", told("unit")),
            ("Nature of complaint", always(*ENGLISH_TEXTS)),
            ("Status", word),
            ("Date closed", closed(spell)),
            ("Officer", always(*ENGLISH_NAMES)),
        )
        parents = {"Complaint": (1, 5), "Handling": (6, 8)} if fmt in {"xlsx", "html-xls"} else None
        made = paper(rng, columns, rows, title="Corporate Complaints Log 2024", mess=mess, parents=parents, english=True)
        file = f"complaints log.{fmt.split('-')[-1] if fmt.endswith('xls') else fmt.split('-')[0]}"
        yield Office(
            key, "shape: council", [(file, book(fmt, made.sheet, remarks()))], tabled([made], 40, counted(rows, "cases", "unit"))
        )


def service_desks() -> Iterator[Office]:
    """Exports of help desks: a group that may be the unit, an assignee that never is."""
    forms: dict[str, tuple[str, tuple[str, ...], tuple[State, ...]]] = {
        "en-desk-now-csv": (
            "csv",
            ("number", "opened_at", "state", "category", "assignment_group", "assigned_to", "closed_at"),
            (done("Closed"), State("In Progress"), State("New"), done("Resolved", RESOLVED)),
        ),
        "en-desk-zen-csv": (
            "csv",
            ("Ticket ID", "Created at", "Status", "Topic", "Group", "Assignee", "Solved at"),
            (done("closed"), State("open"), State("pending")),
        ),
        "en-desk-fresh-xlsx": (
            "xlsx",
            ("Ticket ID", "Created time", "Status", "Type", "Group", "Agent", "Closed time"),
            (done("Closed"), State("Open"), State("Pending")),
        ),
        "en-desk-jira-csv": (
            "csv",
            ("Issue key", "Created", "Status", "Issue Type", "Component/s", "Assignee", "Resolved"),
            (done("Done"), State("To Do"), State("In Progress")),
        ),
    }
    for key, (fmt, labels, states) in forms.items():
        rng = seeded(key)
        rows = drawn(rng, states, 50, category=("Access", "Billing", "Hardware"), unit=("Front desk", "Field team"))
        fills = (number("INC"), received(stamped), word, told("category"), told("unit"), always(*ENGLISH_NAMES), closed(stamped))
        made = paper(rng, list(zip(labels, fills, strict=True)), rows)
        without = ("resolved", "resolution_rate") if "now" not in key else ()
        right = tabled([made], 50, counted(rows, "cases", "category", without=without))
        either = ((counted(rows, "cases", "category", without=without),), (counted(rows, "cases", "unit", without=without),))
        yield Office(key, "shape: help desk", [(f"export.{fmt}", book(fmt, made.sheet))], replace(right, tables=either))


def regulators() -> Iterator[Office]:
    """An ombudsman's and a landlord's casework, by stage, with the outcome beside the state."""
    forms: dict[str, tuple[str, tuple[str, ...], tuple[State, ...]]] = {
        "en-ombudsman-xlsx": (
            "xlsx",
            ("Case ref", "Date received", "Body complained about", "Subject", "Outcome", "Case status", "Decision date"),
            (done("Closed"), State("Open"), State("Under investigation")),
        ),
        "en-landlord-ods": (
            "ods",
            ("Complaint No", "Logged date", "Team", "Complaint category", "Outcome", "Status", "Response date"),
            (done("Closed"), State("Open")),
        ),
        "en-enquiries-xls": (
            "xls",
            ("Enquiry ID", "Received", "Department", "Theme", "Outcome", "Status", "Replied"),
            (done("Closed"), State("Awaiting response")),
        ),
    }
    for key, (fmt, labels, states) in forms.items():
        rng = seeded(key)
        rows = [
            one.with_told(result=rng.choice(("Upheld", "Partially upheld", "Not upheld")) if CLOSED in one.sets else None)
            for one in drawn(rng, states, 44, unit=SERVICES)
        ]
        fills = (number("R-"), received(), told("unit"), always("Delay", "Conduct"), told("result"), word, closed())
        made = paper(rng, list(zip(labels, fills, strict=True)), rows, title="Casework", mess=(TITLE, BLANK, FOOT), english=True)
        yield Office(
            key,
            "shape: ombudsman",
            [(f"casework.{fmt}", book(fmt, made.sheet, remarks()))],
            tabled([made], 44, counted(rows, "cases", "unit")),
        )


def stages() -> Iterator[Office]:
    """A table of services with counts of two stages is no log of complaints."""
    key = "en-stage-table-xlsx"
    rng = seeded(key)
    lines: list[list[Cell]] = [["Service", "Stage 1 received", "Stage 1 closed", "% within target", "Upheld %"]]
    lines += [[name, rng.randint(20, 90), rng.randint(5, 19), "85.7%", "41.2%"] for name in SERVICES]
    made = paper(rng, (("Service", always("x")),), [])
    made.lines = [*lines, ["Total", 240, 60, "85.7%", "41.2%"]]
    yield Office(key, "C11 tables of totals", [("complaints summary.xlsx", book("xlsx", made.sheet))], Right(refuse=True))


def offset() -> Iterator[Office]:
    """A log that starts in the second column under a title, without a state: the close day tells."""
    for fmt in ("xlsx", "html-xls"):
        key = f"en-offset-{fmt}"
        rng = seeded(key)
        rows = drawn(rng, (done("x"), State("y", OPEN)), 36, region=("Harbour", "Old Town"))
        columns = (
            ("Request no.", number("RQ")),
            ("Opened on", received()),
            ("Ward", told("region")),
            ("Type", always("Bin", "Lamp")),
            ("Completed on", closed()),
        )
        made = paper(rng, columns, rows, title="Requests from the public", mess=(TITLE, OFFSET, FOOT), english=True)
        yield Office(
            key,
            "shape: council",
            [(f"requests.{fmt.split('-')[-1]}", book(fmt, made.sheet))],
            tabled([made], 36, counted(rows, "cases", "region")),
        )


def offices() -> Iterator[Office]:
    """All of this page."""
    pages = (new_york, boston, los_angeles, chicago, street_reports, council, service_desks, regulators, stages, offset)
    for make in pages:
        yield from make()
