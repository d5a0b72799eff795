"""CSV and TSV files as rows of fields; the delimiter is detected from the number of fields of the first records."""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from xfstats.config.limits import check_limit, limit, limit_error
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.messages import both
from xfstats.model import Cell, Position
from xfstats.readers.base import COUNTED_ROWS, Cells, Columns, SheetInfo, SheetStructure, TextRows
from xfstats.readers.columns import gather, held, peeked
from xfstats.readers.decoding import decode
from xfstats.readers.torn_rows import rejoin

DELIMITERS = ",;\t|"
TYPED = "，"
"""The full-width comma, the delimiter of files that were typed by hand."""
LOOKED_THROUGH = 1 << 18
"""Characters at the start of a text from which its delimiter is detected."""
LOOKED_AT = 60
_DIGITS = re.compile(r"\d+")
_ENOUGH = 2
"""Fewest fields with digits, such as a number and a date, that must have the same form in two records."""


class GridReader:
    """A reader of one or several sheets whose cells are already in memory."""

    def __init__(
        self, form: str, sha256: str, grids: Sequence[tuple[SheetInfo, Sequence[Sequence[Cell]], SheetStructure]]
    ) -> None:
        """Take the grids as they were read."""
        self.format, self.sha256, self._grids = form, sha256, {info.index: (info, rows, shape) for info, rows, shape in grids}

    def sheets(self) -> list[SheetInfo]:
        """Return the sheets in the file's order."""
        return [info for info, _, _ in self._grids.values()]

    def peek(self, sheet: SheetInfo, rows: int) -> Cells:
        """Return the first rows, empty cells as None."""
        return [[None if cell == "" else cell for cell in row] for row in peeked(self._grids[sheet.index][1], rows)]

    def structure(self, sheet: SheetInfo) -> SheetStructure:
        """Return what was read of the sheet beside its cells, such as merged ranges."""
        return self._grids[sheet.index][2]

    def columns(
        self, sheet: SheetInfo, wanted: Sequence[int], first_row: int, serial: Sequence[int], marks: frozenset[str]
    ) -> Columns:
        """Return the wanted columns below the header."""
        _, rows, shape = self._grids[sheet.index]
        return gather(rows, wanted, first_row, serial, marks, shape.merges)

    def hold(self, sheet: SheetInfo, columns: Sequence[int], first_row: int, words: Collection[str]) -> frozenset[str]:
        """Return those of `words` that equal or contain a cell of these columns of names."""
        return held(self._grids[sheet.index][1], columns, first_row, words)

    def close(self) -> None:
        """Release the rows."""
        self._grids = {}


def read_delimited(data: bytes, sha256: str, plan: Plan, at: Position) -> GridReader:
    """Return a CSV or TSV file as one sheet without a name; raises InputFault for damage and for what is beyond a limit."""
    decoded = decode(data, plan, at)
    text = decoded.text
    if "\x00" in text:
        raise InputFault("E307", at, what=both("looks.binary"))
    csv.field_size_limit(limit("csv_field", plan))
    longest = limit("csv_line", plan)
    if len(text) > longest:
        check_limit("csv_line", max(map(len, text.split("\n"))), plan, at)
    text, delimiter = stated(text)
    delimiter = plan.delimiter or delimiter or agreed(text)
    found = rejoin(list(_rows(titled(text, delimiter), delimiter, plan, at)))
    form = "tsv" if delimiter == "\t" else "csv"
    unended = len(found.rows[-1]) if found.rows and text[-1] not in "\r\n" else None
    counts = tuple(map(len, found.rows[:COUNTED_ROWS]))
    told = TextRows(last_fields(found.rows), found.joined, found.torn, unended, decoded.unsure, counts)
    return GridReader(form, sha256, [(SheetInfo(0, None), found.rows, SheetStructure(text=told))])


def last_fields(rows: Sequence[Sequence[Cell]]) -> array[int]:
    """Return for each row the index of its last field that is not empty, as `csv_pieces.Fields.last` does for records."""
    usual = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    spaced = {place for row in rows if len(row) <= usual for place in _spaced(row)}
    return array("i", (len(row) - 1 if len(row) > usual and _spaced(row) - spaced else _last(row) for row in rows))


def _spaced(row: Sequence[Cell]) -> set[int]:
    """Return the indices of the fields, after the first, that begin with a blank."""
    return {place for place, cell in enumerate(row) if place and isinstance(cell, str) and cell.startswith(" ")}


def _last(row: Sequence[Cell]) -> int:
    """Return the index of the last field that is not empty; -1 where there is none."""
    for index in range(len(row) - 1, -1, -1):
        if row[index] != "":
            return index
    return -1


def stated(text: str) -> tuple[str, str | None]:
    """Return a text without Excel's `sep=;` line, and the delimiter that this line states; None where it states none."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        said = first.strip()[4]
        return rest, None if said == '"' else said  # no text can be parted at its quotes
    return text, None


def titled(text: str, delimiter: str) -> str:
    """Return the text with its first line quoted as one field where its quotes are invalid in CSV: ListSchema={"…":["…"]}."""
    first, end, rest = text.partition("\n")
    try:
        list(csv.reader([first], delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "expected after" in str(error):
            return '"' + first.rstrip("\r").replace('"', '""') + '"' + end + rest
    return text


def agreed(text: str) -> str:
    """Return the delimiter under which the records with equal number of fields hold most of the first lines' characters.

    Quoted lines are one record, so commas in the notes of a file with semicolons do not outvote these.  The full-width comma is
    tried where the best of the others has one such record or none.  Where quotes are invalid under the best delimiter, the
    first that splits every record is preferred.
    """
    lines = list(islice(io.StringIO(text[:LOOKED_THROUGH], newline=""), LOOKED_AT))
    found = {delimiter: _records_alike(lines, delimiter) for delimiter in DELIMITERS}
    if max(found.values())[1] <= 1:
        found[TYPED] = _records_alike(lines, TYPED)
    best = max(found, key=found.__getitem__)
    if _fewest(lines, best):
        return best
    return next((delimiter for delimiter in DELIMITERS if _fewest(lines, delimiter) > 1), best)


def _records_alike(lines: Sequence[str], delimiter: str) -> tuple[int, int, int]:
    """Return (characters, records, fields) of the number of fields, above 1, whose records have most characters; else zeros."""
    sizes: dict[int, list[int]] = {}
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if len(row) > 1 and not _beside(row):
                sizes.setdefault(len(row), []).append(sum(map(len, row)) + len(row))
    except csv.Error:
        return (0, 0, 0)
    return max(((sum(own), len(own), width) for width, own in sizes.items()), default=(0, 0, 0))


def _fewest(lines: Sequence[str], delimiter: str) -> int:
    """Return the fewest fields of a record; 0 where quotes are invalid, 1 where the last record is cut off within quotes."""
    try:
        return min((len(row) for row in csv.reader(lines, delimiter=delimiter, strict=True) if row), default=1)
    except csv.Error as error:
        return int("unexpected end" in str(error))


def _beside(row: Sequence[str]) -> bool:
    """True if all filled fields but the first start with one delimiter: some programs end each cell with a TAB and a comma."""
    filled = [cell for cell in row[1:] if cell]
    return bool(filled) and any(all(cell.startswith(other) for cell in filled) for other in DELIMITERS)


def unwrapped(cell: str) -> str:
    """Return a cell without the ="…" by which a program keeps it from being read as a number: ="0012" as 0012."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def swallowed(row: Sequence[str], delimiter: str) -> bool:
    """True if a quoted field holds the end of its record and the start of a similar one: the rows between would be lost."""
    for place, cell in enumerate(row):
        lines = cell.splitlines() or [""]
        behind, ahead = lines[0].split(delimiter), lines[-1].split(delimiter)
        if len(lines) > 1 and len(ahead) == place + 1 and len(behind) == len(row) - place:
            both = zip([*row[:place], *behind[1:]], [*ahead[:-1], *row[place + 1 :]], strict=True)
            alike = [_DIGITS.sub("0", one) == _DIGITS.sub("0", other) for one, other in both if _DIGITS.search(one)]
            return sum(alike) >= _ENOUGH
    return False


def _rows(text: str, delimiter: str, plan: Plan, at: Position) -> Iterator[list[Cell]]:
    """Yield rows of fields; raises InputFault beyond a limit, for invalid quotes and, with its line, for a quote never closed."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    wrapped = '="' in text
    line = 1
    try:
        for number, row in enumerate(reader, 1):
            check_limit("rows", number, plan, at)
            check_limit("columns", len(row), plan, at)
            if reader.line_num > line and swallowed(row, delimiter):
                raise InputFault("E316", at, line=line)
            yield [unwrapped(cell) for cell in row] if wrapped else row  # type: ignore[misc]  # texts are cells
            line = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise InputFault("E316", at, line=line) from None
        if "field larger" in str(error):
            raise limit_error("csv_field", plan, at) from None
        raise InputFault("E303", at, what=both("damage.line", line=line)) from None
