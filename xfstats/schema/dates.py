"""Date parsing: days from cells in a closed list of forms; the order of day and month is never guessed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from xfstats.config.normalize import BLANK_WORDS, INVISIBLE
from xfstats.config.word_patterns import words
from xfstats.model import Cell
from xfstats.readers.column import Column
from xfstats.row_reasons import RowReason
from xfstats.schema.date_cells import MONTHS, swapped
from xfstats.schema.date_forms import FORMS, SHORT, SLASHED, Habits, Parts
from xfstats.schema.date_order import lost_trailing_zeros, possible, short_years
from xfstats.schema.date_zones import Moment, ZoneKind, ZoneReading, clock_of
from xfstats.schema.decimal_days import decimal_days, may_lack_zero

FIRST_YEAR: Final = 1990
MIN_PROVING_CELLS: Final = 3
SERIAL_RANGE: Final = (20000, 80000)
EPOCH_1900: Final = date(1899, 12, 30)
EPOCH_1904: Final = date(1904, 1, 1)

_SLASHED, _SHORT = SLASHED.pattern, SHORT.pattern
_YEAR_FIRST = [form.pattern for form in FORMS if form.year_first]
_MONTH_FIRST = [form.pattern for form in FORMS if form.year_first or form.month_first]
_LARGEST: Final = 1e15
"""Largest number that is looked at as a serial or as 20240506."""
BLANK: Final = BLANK_WORDS - {"?", "??", "#n/a"} | {"", *words("cell", "blank")}


class DateReader:
    """The parser of the date columns of one sheet: `read` returns a day, None for a blank, or a reason code."""

    def __init__(
        self,
        year: int | None,
        as_of: date,
        *,
        until: date | None = None,
        date1904: bool = False,
        order: str = "none",
    ) -> None:
        self._until = until
        self.as_of = as_of
        self._last = date(as_of.year + 1, 12, 31)
        self._epoch = EPOCH_1904 if date1904 else EPOCH_1900
        self._stated = order != "none"
        self._habits = Habits(year, order, self._stated, self._stated)
        self.zones = ZoneReading(ZoneKind.NONE)
        """How moments with Z or an offset are read; as they are written until that is settled."""
        self.borrowed: int | None = None
        """The year that was given to a day written without one; None where no such day was read."""
        self.latest = date.min
        """The latest day that was read, of any cell."""

    def settle_order(self, columns: Sequence[Iterable[Cell]], *, chinese: bool = False, typed: bool = False) -> int:
        """Set the order of 3/4/2024, or of 3.4, where the columns prove it; return the number of cells that do, 0 if none.

        An order is proven where three different cells or more fit only this order, none fits only the other, and no cell is a
        real date or a serial: where some are, a program has already converted what it could, in an order of its own.  A cell
        that is no day in any order proves nothing.  For 3.4 in
        a `chinese` log one cell is enough; in a `typed` log texts are as entered, so 3.1 is never a 3.10 that lost its zero.
        """
        cells = {cell for column in columns for cell in set(column) if isinstance(cell, str) or isinstance(self.read(cell), date)}
        if self.order != "none" or not all(isinstance(cell, str) for cell in cells):
            return 0
        decimal: list[re.Match[str]] = []
        slashed = possible(hit for cell in cells if (hit := _SLASHED.fullmatch(bare(str(cell)))))
        found = [hit for hit in slashed if len(hit["y"]) == 4]
        order, telling = ("none", 0) if found else short_years(slashed, self.as_of.year % 100 + 1, MIN_PROVING_CELLS)
        self._habits = replace(self._habits, order=order, two_figures=telling > 0)
        if telling:
            return telling
        if not found and self._habits.year:
            found = possible((hit for cell in cells if (hit := _SHORT.fullmatch(str(cell).strip()))), self._habits.year)
            decimal = decimal_days(cell for column in columns for cell in set(column))
            self._habits = replace(self._habits, short=typed or not lost_trailing_zeros(found), decimal=bool(decimal))
            found = [*(found if self._habits.short else []), *decimal]
            found += _month_first(cells) if chinese and found else []
        first = sum(1 for hit in found if int(hit["a"]) > MONTHS)
        second = sum(1 for hit in found if int(hit["b"]) > MONTHS)
        worded = self._habits.short and any(hit not in decimal for hit in found)
        least = 1 if chinese and worded and not first else MIN_PROVING_CELLS
        if max(first, second) < least or min(first, second) > 0:
            return 0
        self._habits = replace(self._habits, order="dmy" if first else "mdy")
        return first + second

    @property
    def order(self) -> str:
        """Return the order of texts such as 3/4/2024: `none`, `mdy` or `dmy`."""
        return self._habits.order

    def column(self, cells: Column[Cell], *, ahead: int = 1, exchanged: bool = False) -> Column[date | RowReason | None]:
        """Return the day of each cell, none after the `ahead`-th year after as-of, or why not; with day and month `exchanged`."""
        self._last = date(self.as_of.year + ahead, 12, 31)
        return cells.map(self._read_exchanged if exchanged else self.read)

    def take_order(self, order: str) -> None:
        """Read texts in this order from now on, where the profile states none."""
        if not self._stated:
            self._stated, self._habits = True, replace(self._habits, order=order, two_figures=True)

    def moment(self, cell: Cell) -> Moment | None:
        """Return the moment in a cell; None where it has no zone, or no day that can be read.

        A date cell with an offset other than UTC gives None: its day is that of its own zone.
        """
        if isinstance(cell, datetime):
            size = cell.utcoffset()
            minute = cell.hour * 60 + cell.minute
            return Moment(cell.date(), minute, cell.second == 0, size) if size == timedelta(0) else None
        clock = clock_of(normalize_blanks(cell)) if isinstance(cell, str) else None
        if clock is None or clock.offset is None:
            return None
        day = self._day_of_text(clock.written)
        return Moment(day, clock.minute, clock.whole, clock.offset) if isinstance(day, date) else None

    def _read_exchanged(self, cell: Cell) -> date | RowReason | None:
        """Return a day as `read` does, with day and month exchanged where the cell is unambiguous."""
        day = self.read(cell)
        return self._seen(swapped(day)) if isinstance(day, date) and is_unambiguous(cell) else day

    def read(self, cell: Cell) -> date | RowReason | None:
        """Return the day of a cell, None where it is blank, or why not: date-text, date-range, date-ambiguous, date-year.

        Accepted: real dates; serials 20000-80000 of the book's epoch (ECMA-376-1 §18.17.4.1); 2024-1-2, 2024.1.2, 2024/1/2 9:05,
        20240102, 2024年1月2日, 二〇二四年一月二日; 1月2日, and 24.1.2 in 2024, where the context gives the year;
        2 Jan 2024.  Never 3/4/2024, nor 3.4, unless the profile states the order or the columns prove it.
        """
        match cell:
            case None:
                return None
            case datetime():
                moment = self.moment(cell)
                return self._within(cell.date() if moment is None else self.zones.day(moment))
            case date():
                return self._within(cell)
            case bool():
                return RowReason.DATE_TEXT
            case int() | float():
                return self._number(cell)
            case str():
                return self._text(cell)
            case _:
                return RowReason.DATE_TEXT

    def _within(self, day: date) -> date | RowReason:
        """Return a day from 1990 up to the last that is allowed, else date-range."""
        return self._seen(day) if day.year >= FIRST_YEAR and day <= self._last else RowReason.DATE_RANGE

    def _seen(self, day: date) -> date:
        """Return a day, after the latest one was noted."""
        self.latest = max(self.latest, day)
        return day

    def _number(self, number: float) -> date | RowReason:
        """Return the day of a serial number or of 20240506."""
        if not math.isfinite(number) or abs(number) > _LARGEST:
            return RowReason.DATE_TEXT
        if number == int(number) and 19000101 <= number <= 29991231:
            whole = int(number)
            return self._day(whole // 10000, whole // 100 % 100, whole % 100)
        if self._habits.decimal and (hit := _SHORT.fullmatch(str(number))):
            parts = SHORT.read(hit, replace(self._habits, short=True))
            if parts is not None:
                return RowReason.DATE_RANGE if may_lack_zero(hit) else self._day_of_parts(parts)
        if SERIAL_RANGE[0] <= number <= SERIAL_RANGE[1]:
            return self._within(self._epoch + timedelta(days=int(number)))
        return RowReason.DATE_RANGE if abs(number) < 10_000_000 else RowReason.DATE_TEXT

    def _text(self, cell: str) -> date | RowReason | None:
        """Return the day of a text, None where it is blank."""
        text = normalize_blanks(cell)
        if text.lower() in BLANK:
            return None
        clock = clock_of(text)
        day = self._day_of_text(clock.written if clock is not None else text)
        if clock is None or clock.offset is None or not isinstance(day, date):
            return day
        return self._seen(self.zones.day(Moment(day, clock.minute, clock.whole, clock.offset)))

    def _day_of_text(self, text: str) -> date | RowReason:
        """Return the day of a text with blanks as `normalize_blanks` leaves them, its zone left out."""
        for form in FORMS:
            if (found := form.pattern.fullmatch(text)) and (parts := form.read(found, self._habits)) is not None:
                return self._day_of_parts(parts)
        if (text.isascii() and text.isdigit() and len(text) == 5) or re.fullmatch(r"\d{5}\.\d+", text):
            return self._number(float(text))
        return RowReason.DATE_TEXT

    def _day_of_parts(self, parts: Parts | RowReason) -> date | RowReason:
        """Return the day of year, month and day; of the year that the context states where the text has none."""
        if isinstance(parts, RowReason):
            return parts
        year, month, day = parts
        if year is not None:
            return self._day(year, month, day)
        return self._in_year(self._habits.year, month, day) if self._habits.year else RowReason.DATE_YEAR

    def _in_year(self, year: int, month: int, day: int) -> date | RowReason:
        """Return a day of the year that the context states; none after the day up to which the log goes."""
        found = self._day(year, month, day)
        self.borrowed = year
        return RowReason.DATE_YEAR if isinstance(found, date) and self._until is not None and found > self._until else found

    def _day(self, year: int, month: int, day: int) -> date | RowReason:
        """Return a day that exists and is in range, else date-range."""
        try:
            return self._within(date(year, month, day))
        except ValueError:
            return RowReason.DATE_RANGE


def _month_first(cells: Iterable[Cell]) -> list[re.Match[str]]:
    """Return the days that are written month first beyond doubt, as 3月21日, in the parts a and b of a day such as 3.21."""
    hits = (hit for cell in cells for form in _MONTH_FIRST if (hit := form.fullmatch(normalize_blanks(str(cell)))))
    told = (_SHORT.fullmatch(f"{int(hit['m'])}.{int(hit['d'])}") for hit in hits)
    return possible(hit for hit in told if hit)


def bare(text: str) -> str:
    """Return a text for comparison, without the zone of its time of day."""
    text = normalize_blanks(text)
    clock = clock_of(text)
    return text if clock is None else clock.written


def is_unambiguous(cell: Cell) -> bool:
    """True if day and month of a cell are beyond doubt: a date cell, a number, a text that begins with a year of four figures."""
    return cell is not None and (not isinstance(cell, str) or any(form.fullmatch(normalize_blanks(cell)) for form in _YEAR_FIRST))


def normalize_blanks(text: str) -> str:
    """Return a text in NFKC, without invisible characters, with one blank for a run, which patterns would try at each place."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(INVISIBLE).split())
