"""Text files that are not what they seem: encodings, cut records, lists with a schema line (A12, A13, C5)."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from tests.corpus.truth import Rows

from .matters import OPEN, Matter, State, counted, done, drawn
from .office import Office, Right, seeded, tabled
from .papers import closed, number, paper, received, told, word

STATES = (done("Closed"), State("Open"))
PLACES = ("St Mary’s", "King’s Cross", "Market Square")


def _written(lines: list[list[object]], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([["" if cell is None else str(cell) for cell in line] for line in lines])
    return text.getvalue()


def encodings() -> Iterator[Office]:
    """Western text is no GB18030, an English log in GBK is one, and a cut file is cut."""
    rng = seeded("encodings")
    rows = drawn(rng, STATES, 40, region=PLACES)
    columns = (
        ("Reference", number("R")),
        ("Date received", received()),
        ("Ward", told("region")),
        ("Status", word),
        ("Date closed", closed()),
    )
    made = paper(rng, columns, rows)
    text = _written([list(line) for line in made.lines])
    right = tabled([made], 40, counted(rows, "cases", "region"))
    western = text.encode("cp1252")
    yield Office("cp1252-plain", "A12 encodings", [("complaints.csv", western)], Right(refuse=True, words=("encoding",)))
    yield Office("cp1252-named", "A12 encodings", [("complaints.csv", western)], right, ("--encoding", "cp1252"))
    accents = text.replace("King’s Cross", "Müllhübel").replace("St Mary’s", "Cañón Peña").encode("cp1252")
    yield Office("cp1252-accents", "A12 encodings", [("complaints.csv", accents)], Right(refuse=True, words=("encoding",)))
    places = ("Harbour", "朝阳")
    rows = drawn(rng, STATES, 40, region=("Harbour",) * 9 + places[1:])
    made = paper(rng, columns, rows)
    text = _written([list(line) for line in made.lines])
    right = tabled([made], 40, counted(rows, "cases", "region"))
    yield Office("gbk-english", "A12 encodings", [("complaints.csv", text.encode("gb18030"))], right)
    cut = _written([list(line) for line in made.lines] + [["R00041", "2024-06-12", "朝阳"]]).rstrip().encode()[:-1]
    yield Office("utf-8-cut", "A12 encodings", [("complaints.csv", cut)], Right(refuse=True))


def cut_records() -> Iterator[Office]:
    """A record broken in two by a line break is one record, or two rejected halves; a file without its last line end is said."""
    for name, breaks in (("one", (7,)), ("three", (3, 11, 19))):
        key = f"cut-record-{name}"
        rng = seeded(key)
        rows = drawn(rng, (done("已办结"), State("办理中")), 24, level=("市级", "县级", "乡级"))
        lines = ["来访日期,层级,人数,备注,办理状态"]
        for at, one in enumerate(rows):
            note = "补充材料\r\n下周再来" if at in breaks else "无"
            lines.append(f"{one.received},{one.told['level']},{one.persons},{note},{one.word}")
        content = ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
        rows = [replace(one, closed=None) for one in rows]
        whole = [one for at, one in enumerate(rows) if at not in breaks]
        joined, rejected = (counted(part, "visits", "level", persons=True) for part in (rows, whole))
        yield Office(key, "A13 cut records", [("来访.csv", content)], Right(((joined,), (rejected,)), None, said="."))
    key = "unfinished-file"
    rng = seeded(key)
    rows = [replace(one, closed=None) for one in drawn(rng, STATES, 30, unit=("Parks", "Roads"))]
    lines = [
        "Reference,Date received,Department,Status,Notes",
        *(f"R{at:04},{one.received},{one.told['unit']},{one.word},none" for at, one in enumerate(rows)),
    ]
    content = ("\n".join(lines) + "\nR0999,2024-06-30,Par").encode()
    half = Matter(date(2024, 6, 30), None, OPEN, None, told={"unit": "Par"})
    both = (counted([*rows, half], "cases", "unit"),), (counted(rows, "cases", "unit"),)
    yield Office(key, "A13 cut records", [("complaints.csv", content)], Right(both, None, said="."))


def lists() -> Iterator[Office]:
    """A list with `;` whose notes have several lines and many commas, perhaps under a schema line."""
    for name, first in (
        ("plain", ""),
        ("schema", 'ListSchema={"schemaXmlList":["<Field Name=\'Title\'>"]}\r\n'),
        ("sep", "sep=;\r\n"),
    ):
        key = f"semicolon-notes-{name}"
        rng = seeded(key)
        rows = drawn(rng, STATES, 30, unit=("Parks", "Roads", "Waste"))
        notes = "Called on Monday, Tuesday, and Friday,\nno answer, no message, nothing;\nletter sent, copied, filed"
        columns = (
            ("Case ID", number("L")),
            ("Created", received()),
            ("Department", told("unit")),
            ("Notes", lambda _one, _at, notes=notes: notes),
            ("Status", word),
            ("Closed", closed()),
        )
        made = paper(rng, columns, rows)
        content = (first + _written([list(line) for line in made.lines], ";")).encode("utf-8-sig")
        right = replace(tabled([made], 30, counted(rows, "cases", "unit")), rows=Rows(30, 30))
        yield Office(key, "C5 semicolons", [("export.csv", content)], right)


def ragged() -> Iterator[Office]:
    """A spreadsheet's CSV leaves out the empty cells at the end of a row: a short row alone is whole."""
    key = "ragged-rows-csv"
    rng = seeded(key)
    rows = drawn(rng, (done("Closed"), State(None)), 30, unit=("Parks", "Roads"))
    lines: list[list[object]] = [["Case ID", "Created", "Department", "Status", "Closed"]]
    for at, one in enumerate(rows):
        line: list[object] = [f"G{at:04}", one.received, one.told["unit"], one.word, one.closed]
        lines.append(line if one.closed else line[:3])
    content = _written(lines).encode()
    right = Right(((counted(rows, "cases", "unit"),),), Rows(30, 30))
    yield Office(key, "A13 cut records", [("export.csv", content)], right)


def serials() -> Iterator[Office]:
    """Days as the numbers behind them, in a text file, with one written out."""
    key = "serial-days-csv"
    rng = seeded(key)
    rows = drawn(rng, STATES, 30, unit=("Parks", "Roads"))
    columns = (
        ("Case ID", number("S")),
        ("Date received", lambda one, at: (one.received - date(1899, 12, 30)) // timedelta(days=1) if at != 5 else one.received),
        ("Department", told("unit")),
        ("Status", word),
        ("Date closed", closed(lambda day: (day - date(1899, 12, 30)) // timedelta(days=1))),
    )
    made = paper(rng, columns, rows)
    content = _written([list(line) for line in made.lines]).encode()
    yield Office(key, "serial days", [("export.csv", content)], tabled([made], 30, counted(rows, "cases", "unit")))


def offices() -> Iterator[Office]:
    """All of this page."""
    for make in (encodings, cut_records, lists, ragged, serials):
        yield from make()
