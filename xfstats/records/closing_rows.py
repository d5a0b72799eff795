"""Closing lines below the records: a label and a day (打印日期, Report date), where the records have numbers of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

import numpy as np

from xfstats.config.normalize import blank
from xfstats.model import Cell
from xfstats.records.cells import RawCells
from xfstats.records.total_rows import NUMBERS, STATES
from xfstats.row_reasons import RowReason
from xfstats.schema.dates import DateReader

_MOST = 0.9
_FEW = 3
"""Fewest rows that show what a column holds; most filled cells of a closing line: a label and days or times."""


def closing_lines(raw: RawCells, known: Mapping[int, RowReason], dates: DateReader) -> list[int]:
    """Return the rows at the end whose only cells are a label and a day, and that have no number or code as the others do.

    A row whose number looks like those of the others, or whose label is in another row too, is a record.
    """
    found: list[int] = []
    for row in range(len(raw.filled) - 1, -1, -1):
        if row in known:
            continue
        label = _label(row, raw, dates)
        if label is None or not _unlike(label, row, raw.values, [other for other in range(row) if other not in known], dates):
            break
        found.append(row)
    return found[::-1]


def doubtful_line(raw: RawCells, known: Mapping[int, RowReason], dates: DateReader) -> list[int]:
    """Return the last row if it has only a label of its own and a day, and no status (or close date) although all others have.

    In a log without numbers nothing proves that such a row is no record: it is counted, with a finding.
    """
    rest, values = raw.all_but(known), raw.values
    ended = STATES if values.keys() & {*STATES} else ("closed_on",)
    if rest.sum() <= _FEW or not values.keys() & {*ended} or any(name in values for name in NUMBERS):
        return []
    last = int(np.flatnonzero(rest)[-1])
    label = _label(last, raw, dates)
    own = next((cells for cells in values.values() if label and cells[last] == label), None)
    rest[last] = False
    if own is None or not raw.blank_in(ended)[last] or (rest & own.where(lambda cell: cell == label)).any():
        return []
    return [] if (rest & raw.blank_in(ended)).any() else [last]


def _label(row: int, raw: RawCells, dates: DateReader) -> str | None:
    """Return the one text of a row whose other cells, one at least, are days and times; None for any other row.

    A cell that is no text, in a column that is not read, is taken for a day.
    """
    values = raw.values
    if not 2 <= raw.filled[row] <= _FEW or any(not blank(values[name][row]) for name in STATES if name in values):
        return None
    written = [text for text in raw.labels[row] if text]
    labelled = [text for text in written if not _day(text, dates)]
    others = [cells[row] for cells in values.values() if not blank(cells[row]) and not isinstance(cells[row], str)]
    return labelled[0] if len(labelled) == 1 and all(_day(cell, dates) for cell in others) else None


def _day(cell: Cell, dates: DateReader) -> bool:
    """True if a cell is a day or a time of day."""
    return isinstance(cell, time) or isinstance(read := dates.read(cell), date) or read == RowReason.DATE_AMBIGUOUS


def _unlike(label: str, row: int, values: Mapping[str, Sequence[Cell]], rest: Sequence[int], dates: DateReader) -> bool:
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
    """Return the kinds of characters in a text: digits, ASCII letters, other letters such as Chinese, blanks."""
    return frozenset(
        "0" if char.isdigit() else " " if char.isspace() else "a" if char.isascii() else "x"
        for char in text
        if char.isalnum() or char.isspace()
    )
