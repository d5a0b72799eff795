"""Contents of rows that tell headers from records: texts and days that a header may hold, or a record does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from xfstats.config import normalize
from xfstats.model import Cell

_DAY = (
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d|(?<!\d)\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)"
    r"|(?<!\d)\d{1,2}(?:st|nd|rd|th)?[\s/-]+[a-z]{3,9}[\s,/-]+(?:\d{4}|\d{2})(?!\d)|[a-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
)
_VALUE = re.compile(rf"^\s*\d+\s*$|\d{{7,}}|{_DAY}", re.IGNORECASE)
"""A number or a day, which occurs in records and not in headers."""
_DATED = re.compile(rf"\s*(?:[a-z]{{3,9}},?\s+)?(?:{_DAY})(?:\D?\d|[T\s日号:.+]|[ap]m|Z|$)*+", re.IGNORECASE)
"""A cell that is a day, with or without its time."""


def dated(cell: Cell) -> bool:
    """True if a cell is a day, which is common in records and rare in headers."""
    return isinstance(cell, date) or (isinstance(cell, str) and _DATED.fullmatch(cell) is not None)


def filled_cells(row: Sequence[Cell]) -> list[Cell]:
    """Return the cells of a row that hold more than blanks."""
    return [cell for cell in row if cell is not None and not (isinstance(cell, str) and not cell.strip())]


def textual(row: Sequence[Cell]) -> bool:
    """True if a row may be a header: two texts at least, and more texts than other cells."""
    filled = filled_cells(row)
    texts = [cell for cell in filled if isinstance(cell, str)]
    return len(texts) >= 2 and 2 * len(texts) > len(filled)


def without_numbers(row: Sequence[Cell]) -> bool:
    """True if a row may be a lower part of a header: nothing but texts, none of them a number or a day."""
    filled = filled_cells(row)
    return bool(filled) and all(isinstance(cell, str) and not _VALUE.search(cell) for cell in filled)


def lower_part(cells: Sequence[Sequence[Cell]], row: int) -> bool:
    """True if a row may be a lower part of a header and is not like the records below it.

    A text of a header occurs once in its column, unless the whole row is repeated; a code such as R-12 has others like it below.
    """
    line = cells[row]
    if not without_numbers(line):
        return False
    others = [other for other in cells[row + 1 :] if other[: len(line)] != line]
    return not any(_stands(cell, column, others) for column, cell in enumerate(line) if isinstance(cell, str) and cell.strip())


def _stands(cell: str, column: int, rows: Sequence[Sequence[Cell]]) -> bool:
    """True if one of these rows has the text in this column, whatever its digits."""
    code = re.compile(r"\d+".join(map(re.escape, re.split(r"\d+", cell))))
    return any(isinstance(other, str) and code.fullmatch(other) for row in rows for other in row[column : column + 1])


def traditional(cells: Sequence[Sequence[Cell]]) -> bool:
    """True if more of the distinct characters of a sheet are only traditional than only simplified."""
    chars = {char for row in cells for cell in row if isinstance(cell, str) for char in cell if normalize.chinese(char)}
    return sum(1 for char in chars if _only_in(char, "big5", "gb2312")) > sum(
        1 for char in chars if _only_in(char, "gb2312", "big5")
    )


def _only_in(char: str, one: str, other: str) -> bool:
    """True if one of two encodings has a character and the other has not."""
    return bool(char.encode(one, "ignore")) and not char.encode(other, "ignore")
