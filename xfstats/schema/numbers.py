"""Number parsing: whole numbers of persons and batches from cells; nothing becomes 0."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from xfstats.config.normalize import INVISIBLE
from xfstats.config.word_patterns import either
from xfstats.model import Cell
from xfstats.readers.column import Column
from xfstats.row_reasons import RowReason
from xfstats.schema.dates import BLANK
from xfstats.schema.numerals import chinese_number

MOST_PERSONS: Final = 9_999
MOST_ADDED: Final = 10_000_000

_UNIT, _UNIT_OF_FIGURES = either("cell", "amount_unit"), either("cell", "amount_unit_of_figures")
_PLAIN = re.compile(
    rf"{either('cell', 'amount_before')}?\+?(\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.0+)?(?:{_UNIT}|{_UNIT_OF_FIGURES})?", re.IGNORECASE
)
_WORDS = re.compile(rf"([零〇一二两三四五六七八九十百千]+){_UNIT}?")
_LONGEST = 40


def amounts(cells: Column[Cell], most: int = MOST_PERSONS, least: int = 1) -> Column[int | RowReason | None]:
    """Return the number of each cell as `amount` does, each distinct cell parsed once."""
    return cells.map(lambda cell: amount(cell, most, least))


def amount(cell: Cell, most: int = MOST_PERSONS, least: int = 1) -> int | RowReason | None:
    """Return a whole number from `least` to `most`, None for a blank, or why not: number-text, number-range.

    Accepted: 12, 12.0, "12", "12人", "１２", "1,200", "十二", "两人", "共12人".  Never 若干, 3-5, 10余人, 约12.
    """
    match cell:
        case None:
            return None
        case bool():
            return RowReason.NUMBER_TEXT
        case int() | float():
            if cell != cell or cell in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN is what differs from itself
                return RowReason.NUMBER_TEXT
            return _within(int(cell), most, least) if cell == int(cell) else RowReason.NUMBER_RANGE
        case str():
            return _text(cell, most, least)
        case _:
            return RowReason.NUMBER_TEXT


def _text(cell: str, most: int, least: int) -> int | RowReason | None:
    """Return the number of a text."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell).translate(INVISIBLE))
    if text.lower() in BLANK:
        return None
    if len(text) > _LONGEST:
        return RowReason.NUMBER_TEXT
    if found := _PLAIN.fullmatch(text):
        return _within(int(found[1].replace(",", "")), most, least)
    if found := _WORDS.fullmatch(text):
        number = chinese_number(found[1])
        return RowReason.NUMBER_TEXT if number is None else _within(number, most, least)
    return RowReason.NUMBER_RANGE if re.fullmatch(r"-?\d+(\.\d+)?", text) else RowReason.NUMBER_TEXT


def _within(number: int, most: int, least: int) -> int | RowReason:
    """Return a number in its range, else number-range."""
    return number if least <= number <= most else RowReason.NUMBER_RANGE
