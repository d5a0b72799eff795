"""Grids of cells, and what every writer needs to know about one cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Literal, TypeAlias

State: TypeAlias = Literal["visible", "hidden", "veryHidden"]
NumberFormat: TypeAlias = str | int

DATE_FORMAT = "yyyy-mm-dd"
DATETIME_FORMAT = "yyyy-mm-dd hh:mm:ss"
DAY = timedelta(days=1)
# ECMA-376-1 §18.8.30: dates and times, and those of Chinese locales.
DATE_FORMAT_IDS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])

# [MS-XLS] 2.5.10, the same in all binary formats.
ERROR_CODES = {
    "#NULL!": 0x00,
    "#DIV/0!": 0x07,
    "#VALUE!": 0x0F,
    "#REF!": 0x17,
    "#NAME?": 0x1D,
    "#NUM!": 0x24,
    "#N/A": 0x2A,
}


@dataclass(frozen=True)
class Formula:
    """A formula, without its `=`, and the value stored with it; None stores no value."""

    text: str
    value: str | float | None = None


@dataclass(frozen=True)
class Error:
    """An error cell such as `#N/A`."""

    code: str


Cell: TypeAlias = str | int | float | bool | date | datetime | Formula | Error | None


@dataclass(frozen=True)
class Sheet:
    """One sheet; rows may be ragged, positions are 1-based, merges are (first_row, first_col, last_row, last_col)."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: Sequence[tuple[int, int, int, int]] = ()
    state: State = "visible"
    hidden_rows: frozenset[int] = frozenset()
    formats: Mapping[tuple[int, int], NumberFormat] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()  # in xlsx and xlsm only

    def __post_init__(self) -> None:
        """Refuse a merge that ends before it starts."""
        for top, left, bottom, right in self.merges:
            if not (1 <= top <= bottom and 1 <= left <= right):
                message = f"merge {(top, left, bottom, right)} is not 1-based (first_row, first_col, last_row, last_col)"
                raise ValueError(message)

    @cached_property
    def height(self) -> int:
        """Rows up to the last one that is given, merged or formatted."""
        tops = [row for row, _ in self.formats]
        return max([len(self.rows), *self.hidden_rows, *tops, *(merge[2] for merge in self.merges)])

    @cached_property
    def width(self) -> int:
        """Columns up to the last one that is given, merged or formatted."""
        lefts = [column for _, column in self.formats]
        return max([0, *map(len, self.rows), *lefts, *(merge[3] for merge in self.merges)])

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a 1-based position, None beyond the grid."""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return None
        return self.rows[row - 1][column - 1]

    def row(self, row: int) -> Iterator[tuple[int, Cell, NumberFormat | None]]:
        """Column, cell and number format of whatever a workbook stores in this row."""
        for column in range(1, self.width + 1):
            cell = self.cell(row, column)
            number_format = self.formats.get((row, column), default_format(cell))
            if cell is not None or number_format is not None:
                yield column, cell, number_format

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Rows and columns spanned by each merged cell, under its first position."""
        return {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in self.merges}

    def shown(self, *, date1904: bool) -> list[list[Cell]]:
        """The rows as ragged as given, with numbers under a date format as the dates they show."""
        return [
            [dated(cell, self.formats.get((row, column)), date1904=date1904) for column, cell in enumerate(cells, start=1)]
            for row, cells in enumerate(self.rows, start=1)
        ]

    def covered(self) -> set[tuple[int, int]]:
        """The positions hidden under a merge."""
        inside = {
            (row, column)
            for top, left, bottom, right in self.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }
        return inside - set(self.spans())


def default_format(cell: Cell) -> str | None:
    """The number format a spreadsheet gives to a typed-in date, None for other cells."""
    if isinstance(cell, datetime):
        return DATETIME_FORMAT
    return DATE_FORMAT if isinstance(cell, date) else None


def stored(cell: Cell) -> str | float | bool | date | Error | None:
    """The cell, or for a formula the value stored with it."""
    return cell.value if isinstance(cell, Formula) else cell


def serial(day: date, *, date1904: bool) -> float:
    """Days since the epoch of the workbook, with the 29th of February 1900 that never was."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    if date1904:
        days = (moment - datetime(1904, 1, 1)) / DAY
    else:
        days = (moment - datetime(1899, 12, 30)) / DAY
        days -= days < 61
    if days < 0:
        message = f"{day} is before the epoch of spreadsheets"
        raise ValueError(message)
    return int(days) if days == int(days) else days


def moment(cell: float, *, date1904: bool) -> date:
    """The date behind a serial number, with its time to the second unless it is midnight."""
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30) + DAY * (cell < 60)
    when = epoch + timedelta(seconds=round(cell * 86400))
    return when if when.time() != time.min else when.date()


def shows_date(number_format: NumberFormat | None) -> bool:
    """Whether a number under this format is shown as a date or time."""
    if not isinstance(number_format, str):
        return number_format in DATE_FORMAT_IDS
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.', "", number_format)
    return bare != "General" and bool(re.search("[ymdhs]", bare, re.IGNORECASE))


def dated(cell: Cell, number_format: NumberFormat | None, *, date1904: bool) -> Cell:
    """The cell, or the date it shows when it is a number under a date format, for files without serial numbers."""
    if isinstance(cell, Formula):
        value = dated(cell.value, number_format, date1904=date1904)
        return value if isinstance(value, date) else cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell >= 1 and shows_date(number_format):
        return moment(cell, date1904=date1904)
    return cell


def plain(cell: Cell) -> str:
    """What a text export holds: ISO dates, `2024-01-02 09:05:00`, plain numbers, TRUE, stored values of formulas."""
    match stored(cell):
        case None:
            return ""
        case bool() as truth:
            return str(truth).upper()
        case datetime() as when:
            return when.isoformat(sep=" ")
        case date() as day:
            return day.isoformat()
        case float() as number if number.is_integer() and abs(number) < 1e15:
            return str(int(number))
        case Error(code):
            return code
        case value:
            return str(value)
