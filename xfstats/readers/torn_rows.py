"""Repair of records of a text file that an unquoted line break has split: rejoined where width and cells prove it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from xfstats.config.normalize import blank
from xfstats.frozen import frozen
from xfstats.model import Cell

_DIGITS = re.compile(r"\d+")
_LOOKED_AT = 2000
"""Most whole rows from which the forms of each column's cells are learned."""


@frozen
class Rejoined:
    """A file's rows after split records are rejoined; row numbers from 0 in the file."""

    rows: list[list[Cell]]
    joined: frozenset[int] = frozenset()
    """Rows whose cells were moved to the row above; they are empty now."""
    torn: tuple[tuple[int, ...], ...] = ()
    """Groups of rows that look like pieces of one split record but cannot be joined to one."""


def rejoin(rows: list[list[Cell]]) -> Rejoined:
    """Return the rows, with consecutive short rows joined to one where the result has the usual width and its cells fit.

    A short row alone is left as it is: programs leave out empty cells at the end.  Pieces that make no record are noted as torn
    only where no blank line lies between them.
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
    """The rows, with the joined and the torn ones so far."""

    rows: list[list[Cell]]
    joined: list[int] = field(default_factory=list)
    torn: list[tuple[int, ...]] = field(default_factory=list)

    def add(self, pieces: Sequence[int], kept: _Columns, width: int) -> None:
        """Join some pieces to one row, or note them as torn where they make none and no blank line lies between them."""
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
    """The forms of the cells in those columns of a file that repeat words or a form of numbers and dates."""

    def __init__(self, rows: Iterable[Sequence[Cell]], width: int) -> None:
        """Take the forms from whole rows; a column whose cells do not repeat a form is not compared."""
        cells: list[list[str]] = [[] for _ in range(width)]
        for row in rows:
            for column, cell in enumerate(row):
                if not blank(cell):
                    cells[column].append(_form(cell))
        self._forms = [frozenset(one) if _repeats(one) else None for one in cells]

    def fit(self, row: Sequence[Cell]) -> bool:
        """True if each cell is blank, has a form known in its column, or is in a column that is not compared."""
        told = zip(row, self._forms, strict=False)
        return all(forms is None or blank(cell) or _form(cell) in forms for cell, forms in told)


def _repeats(forms: Sequence[str]) -> bool:
    """True if a column has at most half as many forms as cells, or one form for all cells but one, such as the header."""
    most = max(Counter(forms).values(), default=0)
    return most > 1 and (2 * len(set(forms)) <= len(forms) or most >= len(forms) - 1)


def _form(cell: Cell) -> str:
    """Return a cell's text with each run of digits as 0, so that 2024-05-01 and 2024-5-2 are alike."""
    return _DIGITS.sub("0", str(cell).strip())
