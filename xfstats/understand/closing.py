"""Rows below the records that are none: closing lines of a label and a day, and the sums of a spreadsheet's Subtotal command."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.model import GROUP_FIELDS, Cell
from xfstats.schema.dates import DateReader

NUMBERS = ("case_no", "serial")
"""Fields that hold a number or a code in every record."""
STATES = ("status", "outcome", "closed_flag", "settled_flag", "resolved_flag")
"""What a sum and a closing line have none of."""
_NUMBER = re.compile(r"[\d.,%]+")
_MOST = 0.9
_FEW = 3
"""Rows that show what a column holds; a day or a time beside the label and the number of a closing line at most."""


def closing_lines(
    values: Mapping[str, list[Cell]],
    labels: Sequence[tuple[str, ...]],
    filled: Sequence[int],
    known: Mapping[int, str],
    dates: DateReader,
) -> list[int]:
    """Return the rows at the end whose only cells are a label and a day, and that have no number or code as the others do.

    A row whose number looks like the others', or whose text stands in another row too, is a record.
    """
    found: list[int] = []
    for row in range(len(filled) - 1, -1, -1):
        if row in known:
            continue
        label = _label(row, values, labels, filled, dates)
        if label is None or not _unlike(label, row, values, [other for other in range(row) if other not in known], dates):
            break
        found.append(row)
    return found[::-1]


def _label(
    row: int, values: Mapping[str, list[Cell]], labels: Sequence[tuple[str, ...]], filled: Sequence[int], dates: DateReader
) -> str | None:
    """The one text of a row that has nothing else but days and times, one at least; None where it has more or less.

    A cell that is no text and stands in a column that is not read may be a day.
    """
    if not 2 <= filled[row] <= _FEW or any(not blank(values[name][row]) for name in STATES if name in values):
        return None
    written = [text for text in labels[row] if text]
    labelled = [text for text in written if not _day(text, dates)]
    others = [cells[row] for cells in values.values() if not blank(cells[row]) and not isinstance(cells[row], str)]
    return labelled[0] if len(labelled) == 1 and all(_day(cell, dates) for cell in others) else None


def _day(cell: Cell, dates: DateReader) -> bool:
    """True if a cell is a day or a time of day."""
    return isinstance(cell, time) or isinstance(read := dates.read(cell), date) or read == "date-ambiguous"


def _unlike(label: str, row: int, values: Mapping[str, list[Cell]], rest: Sequence[int], dates: DateReader) -> bool:
    """True if a row has no number or code where the others have theirs, and its label is in no other row."""
    numbered = [values[name] for name in NUMBERS if name in values]
    own = next((cells for cells in values.values() if cells[row] == label), None)
    if len(rest) < _FEW or not numbered or (own is not None and any(own[other] == label for other in rest)):
        return False
    return all(_differs(cells[row], [cells[other] for other in rest], dates) for cells in numbered)


def _differs(cell: Cell, others: Sequence[Cell], dates: DateReader) -> bool:
    """True if nearly all others hold digits and this cell is blank, a text without digits or with other characters, or a day."""
    if _day(cell, dates) and not any(_day(other, dates) for other in others):
        return True
    kinds = [_kinds(str(other)) for other in others if not blank(other)]
    if sum(1 for one in kinds if "0" in one) < _MOST * len(others):
        return False
    own = _kinds("" if cell is None else str(cell))
    return "0" not in own or not own <= frozenset().union(*kinds)


def _kinds(text: str) -> frozenset[str]:
    """The kinds of characters of a cell: digits, letters, Chinese, blanks."""
    return frozenset(
        "0" if char.isdigit() else " " if char.isspace() else "a" if char.isascii() else "中"
        for char in text
        if char.isalnum() or char.isspace()
    )


def labelled_sums(
    values: Mapping[str, list[Cell]], labels: Sequence[tuple[str, ...]], known: Mapping[int, str], sums: frozenset[str]
) -> dict[int, str]:
    """Return the rows of a Subtotal command: no day, number or state, and a text that is another row's label and a word of sums.

    "Denmark Total" and "Total Danemark" stand beside rows of Denmark, in whatever language; the like row that ends the sheet
    after two of them, with a label of its own, is their total.  `sums` are words that tell it where no column is read that has
    the labels.
    """
    telling = [values[name] for name in ("received_on", "closed_on", *NUMBERS, *STATES) if name in values]
    bare = {row: written[0] for row in _blank_in_all(telling) if len(written := _words(labels[row])) == 1}
    bare = {row: text for row, text in bare.items() if known.get(row, "total") == "total"}
    if not bare:
        return {}
    groups = [values[name] for name in GROUP_FIELDS if name in values]
    said = {normalize.label(cell) for cells in groups for cell in set(cells) if isinstance(cell, str) and not blank(cell)}
    found: dict[int, str] = {}
    proven: set[int] = set()
    for row, text in bare.items():
        words = text.split()
        parts = ((words[:-1], words[-1:]), (words[1:], words[:1])) if len(words) > 1 else ()
        if any(normalize.label(" ".join(group)) in said for group, _ in parts):
            proven.add(row)
            found[row] = "subtotal"
        elif row not in known and any(normalize.word(one[0]) in sums for _, one in parts):
            found[row] = "subtotal"
    last = max((row for row in range(len(labels)) if row not in known), default=-1)
    if len(proven) > 1 and last in bare and last not in proven and last - 1 in proven:
        found[last] = "total"
    return found


def _blank_in_all(columns: Sequence[Sequence[Cell]]) -> list[int]:
    """Return the rows that are blank in each of the columns; none where there are no columns."""
    rows: list[int] | None = None
    for cells in columns:
        blanks = {cell for cell in set(cells) if blank(cell)}
        rows = [row for row in (range(len(cells)) if rows is None else rows) if cells[row] in blanks]
    return rows or []


def _words(texts: Sequence[str]) -> list[str]:
    """Return the texts of a row that are no numbers."""
    return [text for text in texts if text and not _NUMBER.fullmatch(text.strip())]
