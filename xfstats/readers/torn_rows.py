"""Records of a text file that a line break without quotes has torn in two: rejoined where the pieces prove it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from xfstats.config.normalize import blank
from xfstats.model import Cell

_DIGITS = re.compile(r"\d+")
_LOOKED_AT = 2000
"""Whole rows from which it is learned what stands in each column."""


@dataclass(frozen=True)
class Rejoined:
    """What a file's rows are once torn records are rejoined; row numbers from 0 in the file."""

    rows: list[list[Cell]]
    joined: frozenset[int] = frozenset()
    """Rows whose cells stand in the row above now."""
    torn: tuple[tuple[int, ...], ...] = ()
    """Rows that look like the pieces of one record and do not make one together."""


def rejoin(rows: list[list[Cell]]) -> Rejoined:
    """Return the rows, each short one with those short ones behind it that begin no record as one, where its width and cells fit.

    A short row alone is whole: programs leave out empty cells at the end.  Pieces with blank lines between them are joined only
    where they make one record.
    """
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width = max(widths.items(), key=lambda item: (item[1], item[0]))[0] if widths else 0
    short = [number for number, row in enumerate(rows) if 0 < len(row) < width]
    first = next((number for number, row in enumerate(rows) if len(row) == width), 0)
    if len(short) < 2:
        return Rejoined(rows)
    kept = _Columns(islice((row for row in rows if len(row) == width), _LOOKED_AT), width)
    found = _Found(list(rows))
    pieces: list[int] = []
    for number in [*short, -1]:
        if pieces and number > 0 and not any(rows[pieces[-1] + 1 : number]) and not kept.fit(rows[number]):
            pieces.append(number)
            continue
        if len(pieces) > 1:
            found.add(pieces, kept, width)
        begins = number > first and len(rows[number]) > 1 and kept.fit(rows[number][:-1])
        pieces = [number] if begins else []
    return Rejoined(found.rows, frozenset(found.joined), tuple(found.torn))


@dataclass
class _Found:
    """What was found so far."""

    rows: list[list[Cell]]
    joined: list[int] = field(default_factory=list)
    torn: list[tuple[int, ...]] = field(default_factory=list)

    def add(self, pieces: Sequence[int], kept: _Columns, width: int) -> None:
        """Join some pieces to one row, or note that they make none."""
        whole: list[Cell] = list(self.rows[pieces[0]])
        broken: set[int] = set()
        for above, number in pairwise(pieces):
            head, *rest = self.rows[number]
            breaks = "\n" * (number - above)
            broken.add(len(whole) - 1)
            whole = [*whole[:-1], f"{whole[-1]}{breaks}{head}", *rest]
        if len(whole) != width or not kept.fit([None if column in broken else cell for column, cell in enumerate(whole)]):
            if pieces[-1] - pieces[0] == len(pieces) - 1:
                self.torn.append(tuple(pieces))
            return
        self.rows[pieces[0]] = whole
        for number in pieces[1:]:
            self.rows[number] = []
            self.joined.append(number)


class _Columns:
    """What stands in the columns of a file that repeat their words or the form of their numbers and days."""

    def __init__(self, rows: Iterable[Sequence[Cell]], width: int) -> None:
        """Learn it from whole rows; a column of texts that differ says nothing."""
        cells: list[list[str]] = [[] for _ in range(width)]
        for row in rows:
            for column, cell in enumerate(row):
                if not blank(cell):
                    cells[column].append(_form(cell))
        self._forms = [frozenset(one) if _repeats(one) else None for one in cells]

    def fit(self, row: Sequence[Cell]) -> bool:
        """True if no cell is of another form than the others of its column."""
        told = zip(row, self._forms, strict=False)
        return all(forms is None or blank(cell) or _form(cell) in forms for cell, forms in told)


def _repeats(forms: Sequence[str]) -> bool:
    """True if a column's cells are of few forms: half of them at most, or one beside that of its header."""
    most = max(Counter(forms).values(), default=0)
    return most > 1 and (2 * len(set(forms)) <= len(forms) or most >= len(forms) - 1)


def _form(cell: Cell) -> str:
    """A cell without its figures: 2024-05-01 and 2024-5-2 alike."""
    return _DIGITS.sub("0", str(cell).strip())
