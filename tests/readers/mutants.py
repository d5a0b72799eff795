"""`python -m tests.readers.mutants --count 10000`: workbooks with a few places changed, by the scan and by python-calamine.

What both read is the same, cell by cell; both lanes of the scan say the same of every piece; what one of them refuses is counted
by its reason.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from python_calamine import CalamineError

from tests.readers.books import AT, PLAN, WRITERS, by_calamine, flat, grid, part_of, repacked, scanned, trimmed, written
from xfstats.errors import InputFault
from xfstats.readers.xlsx.book import XlsxScanner
from xfstats.readers.xlsx.quick_cells import read_quickly
from xfstats.readers.xlsx.sheet_xml import SheetXml
from xfstats.readers.xlsx.slow_rows import read_rows
from xfstats.readers.xlsx.xml_tags import HandOver

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
PARTS = [SHEET] * 6 + [STRINGS] * 2 + ["xl/styles.xml", "xl/workbook.xml"]
ROWS, WIDTH, OF_ONE = 6, 6, 100
"""Of a workbook, and how many mutants are made of it."""
PIECES = [
    '"',
    "<",
    ">",
    "/",
    " ",
    "1",
    "0",
    "A",
    "B",
    "&",
    "&#13;",
    "_x000D_",
    "x",
    "字",
    "\n",
    '<c r="B2"/>',
    "</row>",
    '<row r="2">',
    "<v>5</v>",
    "-",
    ".",
]


def mutant(xml: str, chance: random.Random, tag: str = "sheetData") -> str:
    """A part with a few places changed within an element."""
    start = xml.index(">", xml.index(f"<{tag}")) + 1
    for _ in range(chance.choice([1, 1, 2])):
        end = xml.rindex(f"</{tag}>")
        places = [found.start() + start for found in re.finditer(r"\d(?!\d*\")", xml[start:end])]
        if places and chance.random() < 0.7:
            place = chance.choice(places)
            xml = xml[:place] + chance.choice([*"0123456789", "", ".", "&#48;", "E"]) + xml[place + 1 :]
            continue
        size = min(chance.choice([0, 1, 1, 2, 5]), end - start)
        place = chance.randrange(start, end - size + 1)
        xml = xml[:place] + chance.choice(["", *PIECES]) + xml[place + size :]
    return xml


REASONS = {
    "a tag of other things than attributes": "damage",
    "a cell of other things": "calamine takes what it knows of it",
    "a text among other things": "calamine takes the texts",
    "a cell in another row": "calamine takes a cell where it says that it is",
    "a cell twice": "calamine takes both",
    "a row twice": "calamine takes both",
    "a row within another, or without its number": "calamine takes the cells' numbers",
    "rows among other things": "calamine passes over what stands between cells",
    "the end of a row that did not begin": "damage",
    "a type of cell that is not known": "calamine takes text for a number, and knows ISO dates",
    "a text without a number": "damage",
    "a reference that XML does not have": "damage",
    "a day that no calendar has": "calamine gives a number or a time",
    "rows in two places": "damage",
    "rows with comments": "calamine passes over them",
    "a length of time beyond all calendars": "calamine gives the length",
    "no rows": "damage",
    "a sheet twice": "calamine takes both",
    "a sheet without its part": "damage",
    "sheets among other things": "calamine takes the sheets",
    "a workbook with comments": "calamine passes over them",
    "no shared texts": "damage",
    "a shared text in pieces": "calamine takes the pieces",
    "shared texts among other things": "calamine takes the texts",
    "UnicodeDecodeError": "damage",
    "OverflowError": "a number beyond all bounds",
}


@dataclass
class Told:
    """What became of mutants: how many both read, those that were read differently, and the reasons of refusals."""

    both: int = 0
    different: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)


def tried(folder: Path, chance: random.Random, count: int) -> Told:
    """Make so many mutants of one workbook, and read each both ways."""
    writer = chance.choice([*WRITERS])
    data, told = written(folder, writer, grid(chance.randrange(1 << 20), ROWS, width=WIDTH)), Told()
    for change, spoilt in mutants(data, chance, count):
        found = both_ways(spoilt, told.reasons)
        told.both += found is not None
        if found is False:
            told.different.append(f"{writer}, {change}")
    return told


def mutants(data: bytes, chance: random.Random, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield what was changed of the workbook, in one of its parts, and the workbook."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    roots = {SHEET: "sheetData", STRINGS: "sst", "xl/styles.xml": "cellXfs", "xl/workbook.xml": "sheets"}
    parts = [part for part in PARTS if part in archive.namelist()]
    for _ in range(count):
        part = chance.choice(parts)
        before = archive.read(part).decode()
        after = mutant(before, chance, roots[part])
        place = next((one for one, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), 0)
        change = f"{part}: {before[max(0, place - 30) : place + 30]!r} -> {after[max(0, place - 30) : place + 30]!r}"
        yield change, repacked(data, partial(_changed, part, after.encode()), zipfile.ZIP_STORED)


def _changed(part: str, content: bytes, name: str, old: bytes) -> bytes:
    return content if name == part else old


def both_ways(data: bytes, reasons: Counter[str]) -> bool | None:
    """True if both read the same, None if one refuses, which is counted by its reason."""
    try:
        cells = trimmed(scanned(data))
        lanes(data)
    except HandOver as over:
        reasons[f"handed over: {over} ({REASONS[str(over)]})"] += 1
        return None
    except InputFault as fault:
        reasons[f"refused by the scan: {fault.code}"] += 1
        return None
    try:
        return cells == by_calamine(data)
    except (CalamineError, ValueError, OverflowError) as error:
        reasons[f"refused by calamine: {type(error).__name__}"] += 1
        return None


def lanes(data: bytes) -> None:
    """Assert that both lanes say the same of each piece."""
    scanner, last = XlsxScanner(data, PLAN, AT), -1
    types, other = scanner._types(), scanner._types()
    for xml in SheetXml(scanner.package, part_of(scanner)).pieces():
        slow, fast = read_rows(xml, other, last), read_quickly(xml, types, last)
        assert fast is None or flat(fast, types) == flat(slow, other)
        last = slow.last


def main() -> int:
    """Try them, and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance, all_told = random.Random(asked.seed), Told()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(-(-asked.count // OF_ONE)):
            told = tried(Path(folder), chance, OF_ONE)
            all_told.both += told.both
            all_told.different += told.different
            all_told.reasons += told.reasons
    print(
        f"{asked.count} mutants, seed {asked.seed}: {all_told.both} read by both, {len(all_told.different)} of them differently"
    )
    for reason, number in all_told.reasons.most_common():
        print(f"{number:6} {reason}")
    print(*all_told.different, sep="\n")
    return 1 if all_told.different else 0


if __name__ == "__main__":
    sys.exit(main())
