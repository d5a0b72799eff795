"""Header detection: the row, or rows joined by ·, with the most known names among the first thirty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from xfstats.config import normalize
from xfstats.config.closing_headers import Closing
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import pattern, words
from xfstats.frozen import frozen
from xfstats.model import FIELDS, Cell, Kind
from xfstats.schema.header_rows import dated, lower_part, textual, without_numbers

DEPTH = 30
TALLEST = 3
JOIN = "·"
EVENT = frozenset(["received_on", "accepted_on", "due_on", "closed_on", "persons", "batches", "case_no"])
"""Fields that only a record of something that happened has."""
OF_RECORDS = frozenset(["received_on", "accepted_on", "closed_on", "case_no", "serial", "person", "leader"])
"""Fields of which any shows that a row is one record."""
ENDING = frozenset(["status", "outcome", "closed_flag", "settled_flag", "resolved_flag", "excluded_flag", "on_time_flag"])
"""Fields of the outcome of a record; a list of words for a drop-down menu has them too."""
UNCOUNTED = frozenset(["person", "leader", "serial"])
LENT = 6
"""Added to the rank of a field that a name gives only indirectly, such as by a parent header of amounts."""
OF_AN_END = frozenset(["closed_on", "closed_flag", "resolved_flag"])
"""Fields of the end of a matter: its date, or a flag that it ended."""
_NOTES = re.compile(r"[(\[【]([^()\[\]【】]+)[)\]】]")
_NUMBER_BEFORE = re.compile(r"^\s*[(\[]?(?:\d{1,3}(?:\.\d{1,2})?|[A-Za-z])[)\].:、．，]\s*(?=[^\W\d])")
"""The number of a column before its name: 1. Reference, 2) Received, b. Status."""
OF_WORDS = frozenset(["status", "outcome"])
"""Fields that a parent header does not give to a column with a name of its own: 办理情况·是否满意 is no status."""

(_WHETHER,) = words("header", "whether")


@frozen
class Header:
    """The rows of a header (from 0, both included), the name of each column, and the fields that each name may serve."""

    first: int
    last: int
    names: tuple[str | None, ...]
    candidates: tuple[tuple[tuple[str, int], ...], ...]
    withheld: frozenset[int] = frozenset()
    """Columns whose header contains a person's name, and is not shown."""

    @property
    def known(self) -> frozenset[str]:
        """Return the fields that the column names may serve."""
        return frozenset(field for fields in self.candidates for field, _ in fields)

    @property
    def chinese(self) -> bool:
        """True if a column name is Chinese: labels that are not from cells, such as weekdays, are then Chinese too."""
        return any(normalize.chinese(name) for name in self.names if name)

    @property
    def is_log(self) -> bool:
        """True if two fields are named, one of an event or an outcome: a telephone list has levels and units too."""
        counted = self.known - UNCOUNTED
        return len(counted) >= 2 and bool(counted & (EVENT | ENDING))


def find_header(
    cells: Sequence[Sequence[Cell]],
    merges: Sequence[tuple[int, int, int, int]] | None,
    vocabulary: Vocabulary,
    given: tuple[int, int] | None = None,
) -> Header | None:
    """Return the best header of a sheet, or that of the `given` rows from 1; None where no row names a field."""
    if given is not None and given[1] > len(cells):
        return None
    if given is not None:
        return _header(cells, merges, given[0] - 1, given[1] - given[0] + 1, vocabulary)
    best: tuple[tuple[bool, int, int, int, int], Header] | None = None
    for first in range(min(DEPTH, len(cells))):
        if not textual(cells[first]):
            continue
        undated = not any(map(dated, cells[first]))
        for height in range(1, TALLEST + 1):
            if first + height > len(cells) or (height > 1 and not lower_part(cells, first + height - 1)):
                break
            header = _header(cells, merges, first, height, vocabulary)
            score = (undated, *_score(header))
            if score[1] and (best is None or score > best[0]):
                best = (score, header)
    if best is None:
        return None
    found = best[1]
    last = min(_parted(_merged_to(found, merges), found.first, cells, merges), len(cells) - 1)
    return found if last == found.last else _header(cells, merges, found.first, last - found.first + 1, vocabulary)


def _merged_to(header: Header, merges: Sequence[tuple[int, int, int, int]] | None) -> int:
    """Return the last row of the header, extended to the end of merged ranges that begin in it, to three rows at most."""
    within = (bottom for top, _, bottom, _ in merges or () if header.first <= top <= header.last)
    return max([header.last, *(bottom for bottom in within if bottom - header.first < TALLEST)])


def _parted(last: int, first: int, cells: Sequence[Sequence[Cell]], merges: Sequence[tuple[int, int, int, int]] | None) -> int:
    """Return `last`, or the row below where it only has names under names that are merged over several columns."""
    below = cells[last + 1] if last + 1 < len(cells) and last + 1 - first < TALLEST else []
    wide = {column for top, left, bottom, right in merges or () if top == bottom == last for column in range(left, right + 1)}
    named = {column for column, cell in enumerate(below) if _text(cell)}
    return last + 1 if len(named) >= 2 and named <= wide and without_numbers(below) else last


def second_header(cells: Sequence[Sequence[Cell]], header: Header, vocabulary: Vocabulary) -> int | None:
    """Return the row (from 0) of another, different header in the sheet: two tables; None where there is none."""
    own = {normalize.header(part) for name in header.names if name for part in (name, *name.split(JOIN))}
    for row, line in enumerate(cells):
        if header.first - 1 <= row <= header.last + 1 or not (textual(line) and without_numbers(line)):
            continue
        names = {normalize.header(cell) for cell in line if isinstance(cell, str) and cell.strip()}
        known = {name for name in names if vocabulary.headers.fields(name)}
        if len(known) >= 3 and 2 * len(known) > len(names) and 2 * len(names - own) > len(names):
            return row
    return None


def _score(header: Header) -> tuple[int, int, int, int]:
    """Return the rank of a header: more fields first, then more known columns, then fewer rows, then the earlier."""
    columns = sum(1 for fields in header.candidates if fields)
    return (len(header.known - {"person", "leader"}), columns, -(header.last - header.first), -header.first)


def _header(
    cells: Sequence[Sequence[Cell]],
    merges: Sequence[tuple[int, int, int, int]] | None,
    first: int,
    height: int,
    vocabulary: Vocabulary,
) -> Header:
    """Return the header that these rows make."""
    rows = _filled(cells, merges, first, height)
    width = max((len(row) for row in rows), default=0)
    names, candidates = [], []
    for column in range(width):
        parts: list[str] = []
        for row in rows:
            text = row[column] if column < len(row) else None
            if text and (not parts or normalize.header(text) != normalize.header(parts[-1])):
                parts.append(text)
        names.append(JOIN.join(parts) or None)
        candidates.append(_fields(parts, vocabulary))
    return Header(first, first + height - 1, tuple(names), tuple(candidates))


def _fields(parts: Sequence[str], vocabulary: Vocabulary) -> tuple[tuple[str, int], ...]:
    """Return the fields that a column's name may serve: by the whole name, else its lowest part, else a part above.

    A column under a parent header of amounts holds such amounts (来访人数 over 个体访), unless its own name is that of an amount
    or a date; a subset (其中…) serves no field.
    """
    found = _named(parts, vocabulary)
    if len(parts) < 2 or any(FIELDS[field] in {Kind.AMOUNT, Kind.DATE} for field, _ in _named(parts[-1:], vocabulary)):
        return found
    above = next((one for part in reversed(parts[:-1]) if (one := _named([part], vocabulary))), ())
    amounts = tuple((field, rank + LENT) for field, rank in above if FIELDS[field] is Kind.AMOUNT)
    return () if amounts and pattern("header", "of_which").search(parts[-1]) else amounts or found


def _named(parts: Sequence[str], vocabulary: Vocabulary) -> tuple[tuple[str, int], ...]:
    """Return the fields by all parts of a name, else by one of them with the lowest, else by one alone."""
    known, parts = vocabulary.headers.named, tuple(parts)
    if parts not in known:
        known[parts] = _look_up(parts, vocabulary) if parts else ()
    return known[parts]


def _look_up(parts: Sequence[str], vocabulary: Vocabulary) -> tuple[tuple[str, int], ...]:
    """Return the fields by the parts of a name, one at least, as `_named` says."""
    tries = ["".join(parts), *(f"{one}{parts[-1]}" for one in parts[:-1]), *reversed(parts)] if len(parts) > 1 else list(parts)
    for text in tries:
        for form in _forms(text):
            found = vocabulary.headers.fields(form)
            if found and not (text in parts[:-1] and found[0][0] in OF_WORDS) and not _no_end(found, text, parts, vocabulary):
                return found
    name = normalize.header(parts[-1])
    asked = name.rpartition(_WHETHER)[2]  # 信访人是否息访 means the same as 是否息访
    found = vocabulary.headers.fields(f"{_WHETHER}{asked}") if asked else ()
    return tuple((field, rank + LENT) for field, rank in found) or ((("person", LENT),) if normalize.of_person(name) else ())


def _no_end(found: Sequence[tuple[str, int]], text: str, parts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """True if brackets or a parent header show that a closing date is planned or due: 办结时间（预计）, 计划 over 办结时间."""
    if found[0][0] not in OF_AN_END:
        return False
    above = [normalize.header(part) for part in parts[:-1]]
    if taken_back(text, vocabulary) or any(map(vocabulary.headers.compounds.closing.is_planned_or_due, above)):
        return True
    return text in parts[:-1] and vocabulary.headers.compounds.closes(normalize.header("".join(parts))) is Closing.UNRELATED


def taken_back(text: str, vocabulary: Vocabulary) -> bool:
    """True if a text in brackets in a name means that its date is planned or due."""
    notes = map(normalize.header, _NOTES.findall(normalize.word(text)))
    return any(map(vocabulary.headers.compounds.closing.is_planned_or_due, notes))


def _forms(text: str) -> tuple[str, ...]:
    """Return the spellings of a header that are looked up: as it is, without brackets, and each half of one in two languages."""
    numbered = _NUMBER_BEFORE.sub("", text)
    if numbered != text:
        return (normalize.header(text), *_forms(numbered))
    chinese = "".join(char for char in text if not char.isascii())
    other = "".join(char for char in text if char.isascii())
    both = (normalize.header(chinese), normalize.header(other)) if len(chinese) >= 2 and sum(map(str.isalpha, other)) >= 3 else ()
    return (normalize.header(text), normalize.header(_unbracketed(text)), *both)


def _unbracketed(text: str) -> str:
    """Return 来访(人数) as 来访人数."""
    return "".join(char for char in normalize.word(text) if char not in "()[]【】")


def _filled(
    cells: Sequence[Sequence[Cell]], merges: Sequence[tuple[int, int, int, int]] | None, first: int, height: int
) -> list[list[str | None]]:
    """Return the header's texts, blanks of merged ranges filled; without ranges a parent covers the columns to its right."""
    rows = [[_text(cell) for cell in cells[row]] for row in range(first, first + height)]
    if merges:
        for top, left, bottom, right in merges:
            if top > first + height - 1 or bottom < first or top < first:
                continue
            text = rows[top - first][left] if left < len(rows[top - first]) else None
            for row in range(top, min(bottom, first + height - 1) + 1):
                for column in range(left, min(right + 1, len(rows[row - first]))):
                    rows[row - first][column] = rows[row - first][column] or text
    elif height > 1:
        for upper, lower in pairwise(rows):
            _cover(upper, lower)
    return rows


def _cover(upper: list[str | None], lower: list[str | None]) -> None:
    """Fill blanks of a parent row from the left where the row below has a name of its own."""
    last: str | None = None
    for column, text in enumerate(upper):
        below = lower[column] if column < len(lower) else None
        if text:
            last = text if below else None
        elif below and last:
            upper[column] = last
        else:
            last = None


def _text(cell: Cell) -> str | None:
    """Return the text of a cell of a header; None for a blank or a date."""
    if cell is None or isinstance(cell, bool | date | datetime):
        return None
    return normalize.label(str(cell)) or None
