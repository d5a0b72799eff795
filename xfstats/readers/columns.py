"""Rows of cells to the wanted columns and each row's outline, in one pass; all other cells are dropped here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from xfstats.config.normalize import dittos, word
from xfstats.model import Cell
from xfstats.readers.base import Cells, Columns, Merge, RowTexts
from xfstats.readers.blanks import BLANKS
from xfstats.readers.cell_hash import RowHash
from xfstats.readers.column import Column

V = TypeVar("V")
N = TypeVar("N", bound=np.generic)
FEW = 6
"""Most filled cells of a row of which all texts are kept, to detect blank rows, total rows and footnotes."""
SHORTEST = 2
"""Fewest characters of a name that is compared with words."""
_SEVERAL = re.compile(r"\s*[、,;/|&()]\s*")


def peeked(rows: Iterable[Sequence[Cell]], count: int) -> Cells:
    """Return the first `count` rows, each padded with None to the length of the widest."""
    taken = [list(row) for row in islice(rows, count)]
    width = max(map(len, taken), default=0)
    return [row + [None] * (width - len(row)) for row in taken]


def held(rows: Iterable[Sequence[Cell]], columns: Sequence[int], first_row: int, words: Collection[str]) -> frozenset[str]:
    """Return the words, normalised as by `word`, that equal or contain a cell of these columns or a name of a list in a cell.

    A cell of one character, such as a surname in its own column, is paired with those of the other columns.
    """
    found: set[str] = set()
    seen: set[Cell] = set()
    single: dict[int, set[str]] = {column: set() for column in columns}
    for row in islice(rows, first_row, None):
        cells = {column: cell for column in columns if column < len(row) and isinstance(cell := row[column], str) and cell}
        for column, cell in cells.items():
            if len(cell) == 1:
                single[column].add(word(cell))
            elif cell not in seen:
                seen.add(cell)
                names = [name for name in (word(cell), *_SEVERAL.split(word(cell))) if len(name) >= SHORTEST]
                found.update(one for one in words if any(_stands_in(name, one) for name in names))
    pairs = {
        one + other for column, ones in single.items() for one in ones for to in columns if to != column for other in single[to]
    }
    return frozenset(found | {one for one in words if any(one[at : at + 2] in pairs for at in range(len(one)))})


def _stands_in(name: str, text: str) -> bool:
    """True if a text contains a name; a name in ASCII letters must be a whole word, so that Ed is not found in closed."""
    if name not in text:
        return False
    return not name.isascii() or re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text) is not None


class _FillDown:
    """Fills vertically merged ranges and 同上 with the cell above, so that digests compare rows as a person reads them."""

    def __init__(self, merges: Sequence[Merge] | None) -> None:
        """Take the merged ranges; only those of several rows are kept."""
        ranges = [(top, left, bottom) for top, left, bottom, _ in merges or () if bottom > top]
        self._waiting = sorted(ranges, reverse=True)
        self._open: dict[int, tuple[int, Cell]] = {}
        self._above: Sequence[Cell] = ()
        self._dittos = dittos()

    def filled(self, number: int, row: Sequence[Cell]) -> Sequence[Cell]:
        """Return the row with its covered cells and its dittos filled from above; the row itself where it has neither."""
        full = row
        if self._open:
            self._open = {column: one for column, one in self._open.items() if one[0] >= number}
            filled = [*row, *[None] * (max(self._open, default=0) + 1 - len(row))]
            for column, (_, cell) in self._open.items():
                filled[column] = cell
            full = filled
        if not self._dittos.isdisjoint(full):
            above = self._above
            here = [*above, *[None] * (len(full) - len(above))] if above else full
            full = [here[place] if cell in self._dittos else cell for place, cell in enumerate(full)]
        while self._waiting and self._waiting[-1][0] <= number:
            top, left, bottom = self._waiting.pop()
            self._open[left] = bottom, full[left] if top == number and left < len(full) else None
        self._above = full
        return full


def gather(
    rows: Iterable[Sequence[Cell]],
    wanted: Sequence[int],
    first_row: int,
    serial: Sequence[int],
    marks: frozenset[str],
    merges: Sequence[Merge] | None = None,
) -> Columns:
    """Return the wanted columns and the outline of the rows from `first_row` on; blank rows at the end are cut."""
    columns: dict[int, list[Cell]] = {column: [] for column in wanted}
    pickers = list(columns.items())
    labels: list[str | None] = []
    few: dict[int, tuple[str, ...]] = {}
    filled: list[int] = []
    digests: list[int] = []
    places: list[int] = []
    totals: set[int] = set()
    sheet = hashlib.blake2b(digest_size=16)
    barred = frozenset(serial)
    down, hashes = _FillDown(merges), RowHash()
    for number, row in enumerate(islice(rows, first_row, None), first_row):
        filled_here = len(row) - row.count("") - row.count(None)
        if not filled_here:
            continue
        if filled_here <= FEW or not str(next(cell for cell in row if cell is not None and cell != "")).strip(BLANKS):
            full = [cell for cell in row if cell is not None and not (cell.__class__ is str and not str(cell).strip(BLANKS))]
            filled_here = len(full)
            if not filled_here:
                continue
        if len(places) < number - first_row and len(places) == (places[-1] + 1 if places else 0):
            _add_blank(pickers, labels, filled, digests)
            places.append(len(places))
        places.append(number - first_row)
        width = len(row)
        for column, cells in pickers:
            cells.append(row[column] if column < width else None)
        labels.append(_first(row))
        if filled_here <= FEW:
            few[places[-1]] = _texts(row)
        filled.append(filled_here)
        if not marks.isdisjoint(row):
            totals.add(number)
        whole = down.filled(number, row)
        digests.append(hashes.of(cell for column, cell in enumerate(whole) if column not in barred))
        sheet.update(digests[-1].to_bytes(8, "little"))
    return Columns(
        {column: _spread(cells, places) for column, cells in columns.items()},
        first_row,
        RowTexts(_spread(labels, places), few),
        _among_zeros(np.array(filled, np.uint16), places),
        _among_zeros(np.array(digests, np.uint64), places),
        sheet.hexdigest(),
        frozenset(totals),
    )


def _add_blank(
    pickers: Sequence[tuple[int, list[Cell]]], labels: list[str | None], filled: list[int], digests: list[int]
) -> None:
    """Add the entries of the first blank row that has filled rows after it; any others are spread from it."""
    for _, cells in pickers:
        cells.append(None)
    labels.append(None)
    filled.append(0)
    digests.append(0)


def _spread(cells: Sequence[V], places: Sequence[int]) -> Column[V]:
    """Return the column that has these cells at these rows, in ascending order, and None, one of them, in the rows between."""
    found = Column.fold(cells)
    if not places or places[-1] + 1 == len(places):
        return found
    codes = np.full(places[-1] + 1, next(code for code, value in enumerate(found.values) if value is None), np.int32)
    codes[places] = found.codes
    return Column(found.values, codes)


def _among_zeros(numbers: NDArray[N], places: Sequence[int]) -> NDArray[N]:
    """Return the numbers at these rows, in ascending order, and 0 in the rows between them."""
    found = np.zeros(places[-1] + 1 if places else 0, numbers.dtype)
    found[places] = numbers
    return found


def _first(row: Sequence[Cell]) -> str | None:
    """Return the first cell that is not empty if it is text, else None."""
    first = next(cell for cell in row if cell is not None and cell != "")
    return first if isinstance(first, str) else None


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    """Return all texts of a row that are not blank; "" is put first where the first filled cell is no text."""
    filled = [cell for cell in row if cell is not None and not (isinstance(cell, str) and not cell.strip(BLANKS))]
    texts = tuple(cell for cell in filled if isinstance(cell, str))
    return texts if isinstance(filled[0], str) else ("", *texts)
