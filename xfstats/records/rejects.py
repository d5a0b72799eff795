"""Status of each row of a sheet while it is read (counted, rejected, skipped, outside), with reject reasons and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import numpy as np
import pandas as pd

from xfstats.config import normalize
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.errors import InputFault
from xfstats.frozen import frozen
from xfstats.measures.deadlines import DayArray, as_days
from xfstats.model import BY_FIELDS, Finding, Position, Reject, column_letter
from xfstats.readers.column import Column, Mask
from xfstats.records.case_rows import Numbers
from xfstats.records.cells import RawCells
from xfstats.records.total_rows import AMOUNT_FIELDS, is_whole, numbers_are_shares, only_numbers, whole
from xfstats.row_reasons import RowReason
from xfstats.schema.date_zones import Moment
from xfstats.schema.infer import Schema, shown_header
from xfstats.schema.numbers import MOST_ADDED, MOST_PERSONS, amounts

WordsHeld: TypeAlias = Callable[[Collection[str]], frozenset[str]]


def hold_none(_words: Collection[str]) -> frozenset[str]:
    """Return no word: the sheet has no such column."""
    return frozenset()


@frozen
class NamesHeld:
    """Functions that return which of some words equal or contain a cell of certain columns of the sheet."""

    names: WordsHeld = hold_none
    """Columns of names."""
    capitalised: WordsHeld = hold_none
    """Those, and columns of capitalised words, of which none proves that they are names: for words that no table knows."""


_DAY = np.timedelta64(86_400, "s")
MAX_YEARS_AHEAD = 50
"""Years after as-of in which a due day, or a date that a period judges by, may lie; for other dates it is one year."""
_BLANK_AMOUNTS: Mapping[str, RowReason] = {"persons": RowReason.PERSONS_BLANK, "batches": RowReason.BATCHES_BLANK}
"""The reason to reject a row whose amount is blank, by field."""
MOST_SHOWN = 20
"""Most positions and words that one finding names."""


class RowReview:
    """The status of each row of one sheet while it is read, and the findings about them."""

    def __init__(
        self,
        raw: RawCells,
        schema: Schema,
        plan: Plan,
        vocabulary: Vocabulary,
        at: Position,
        skips: dict[int, RowReason],
        held: NamesHeld,
    ) -> None:
        self.names_held, self.capitalised_held = held.names, held.capitalised
        self.raw, self.schema, self.plan, self.vocabulary = raw, schema, plan, vocabulary
        self.at, self.rows, self.skips = at, len(raw.filled), skips
        self.rejected: dict[int, Reject] = {}
        self.findings: list[Finding] = []
        self.moments: dict[str, Counter[Moment]] = {}
        self.rows_by_finding: dict[int, Numbers] = {}
        """The rows of each finding that is about rows, by its index in `findings`."""
        self._recorded: tuple[int, Mask] = -1, np.zeros(0, bool)
        self.read: dict[str, DayArray] = {}
        self.unreadable: dict[str, list[int]] = {}
        self.exchanged: frozenset[str] = frozenset()
        """Date fields in whose cells day and month are exchanged."""

    def letter(self, name: str) -> str:
        """Return Excel's letter of a field's column."""
        return column_letter(self.schema.field_map.fields[name])

    def place(self, row: int, name: str) -> str:
        """Return Excel's name of a row's cell in a field's column."""
        return f"{self.letter(name)}{self.raw.first_row + row + 1}"

    @property
    def recorded(self) -> Mask:
        """Return the rows that are not skipped."""
        if len(self.skips) != self._recorded[0]:  # skipped rows are only added, so an equal number means equal rows
            self._recorded = len(self.skips), self.raw.all_but(self.skips)
        return self._recorded[1].copy()

    @property
    def kept(self) -> Mask:
        """Return the rows that are neither skipped nor rejected."""
        return self.recorded & self.raw.all_but(self.rejected)

    def note(self, code: str, rows: Mask | Sequence[int], name: str, **values: object) -> None:
        """Note a finding about some rows of a field, with the first positions."""
        places = np.flatnonzero(rows) if isinstance(rows, np.ndarray) else np.array(rows, np.int64)
        if places.size:
            self.rows_by_finding[len(self.findings)] = places
            self.findings.append(Finding(code, places.size, self.places(places, name), {"field": name, **values}))

    def places(self, rows: Numbers, name: str) -> tuple[str, ...]:
        """Return Excel's names of the first of some rows' cells."""
        return tuple(self.place(row, name) for row in rows[:MOST_SHOWN].tolist())

    def note_sheet(self, code: str, *, when: bool, **values: object) -> None:
        """Note a finding about the sheet, not about some of its rows."""
        if when:
            self.findings.append(Finding(code, 0, (), values))

    def reject(self, row: int, name: str, reason: RowReason, *, first: bool = False) -> None:
        """Reject a row that is not skipped; a later reason replaces the first only if `first`; an error cell is the reason."""
        if row in self.skips or (row in self.rejected and not first):
            return
        column = self.schema.field_map.fields.get(name, 0)
        spot = (self.raw.first_row + row, column)
        if spot in self.raw.errors:
            reason = RowReason.ERROR_CELL
        elif spot in self.raw.no_values:
            reason = RowReason.NO_VALUE
        self.rejected[row] = Reject(self.raw.first_row + row + 1, column_letter(column), name, reason)

    def dates(self, name: str, *, rejecting: bool) -> DayArray | None:
        """Return the days of a date column, None without one; unreadable cells reject their rows or go to `unreadable`."""
        cells = self.raw.values.get(name)
        if cells is None:
            return None
        judging = self.plan.period is not None and name == self.plan.judged_by
        ahead = MAX_YEARS_AHEAD if name == "due_on" or judging else 1
        parsed = self.schema.dates.column(cells, ahead=ahead, exchanged=name in self.exchanged)
        bad = [*np.flatnonzero(parsed.where_text(is_word)).tolist(), *self._rows_without_value(name, parsed)]
        if rejecting:
            for row in bad:
                why = parsed[row]
                self.reject(row, name, why if isinstance(why, RowReason) else RowReason.DATE_TEXT)
        else:
            self.unreadable[name] = bad
        self.read[name] = as_days([day if isinstance(day, date) else None for day in parsed.values])[parsed.codes]
        return self.read[name]

    def _rows_without_value(self, name: str, parsed: Column[date | RowReason | None]) -> list[int]:
        """Return the rows read as blank because their cell is an error or a formula without a stored value."""
        column = self.schema.field_map.fields[name]
        spots = self.raw.errors | self.raw.no_values
        rows = (row - self.raw.first_row for row, at in spots if at == column)
        return [row for row in rows if 0 <= row < self.rows and parsed[row] is None]

    def note_error_cells(self, name: str) -> list[int]:
        """Return the rows whose cell of a field is an error or a formula without a stored value, with a finding."""
        column = self.schema.field_map.fields[name]
        places = (row - self.raw.first_row for row, at in self.raw.errors | self.raw.no_values if at == column)
        rows = sorted(row for row in places if 0 <= row < self.rows and row not in self.skips)
        self.note("W242", rows, name)
        return rows

    def amounts(self, name: str) -> Numbers | None:
        """Return a column of whole numbers, None without one; a row without a readable number is rejected."""
        cells = self.raw.values.get(name)
        if cells is None:
            return None
        weighted = "batches" in self.raw.values
        read = amounts(cells, MOST_ADDED if weighted else MOST_PERSONS, 0 if weighted else 1)
        if name == "persons" and self.vocabulary.persons_default:
            read = read.map(lambda value: self.vocabulary.persons_default if value is None else value)
        for row in np.flatnonzero(self.recorded & ~read.where(is_whole)).tolist():
            value = read[row]
            self.reject(row, name, value if isinstance(value, RowReason) else _BLANK_AMOUNTS[name])
        return whole(read)

    def batches(self) -> Numbers | None:
        """Return the batches of each row, None if they only number the rows; raise InputFault where rows share rising numbers."""
        read = self.amounts("batches")
        days = self.read.get("received_on")
        kept = self.recorded
        if read is not None and days is not None and numbers_are_shares(read[kept]):
            raise InputFault("E333", self.at, header=shown_header(self.schema, self.schema.field_map.fields["batches"]))
        if read is None or days is None or not only_numbers(read[kept], days[kept].astype(np.int64)):
            return read
        self.note("W225", kept, "batches")
        return None

    def reject_sparse(self) -> None:
        """Reject overlong rows, torn rows and, in a log of four columns or more, rows with one filled cell beside the serial."""
        self._reject_overlong()
        self._reject_torn()
        if sum(1 for name in self.schema.header.names if name) >= 4:
            filled, blank_in = self.raw.filled, self.raw.blank_in
            numbered = (filled == 2) & ~blank_in(["serial"]) & blank_in(["received_on", "case_no", *AMOUNT_FIELDS])
            for row in np.flatnonzero(((filled == 1) | numbered) & self.recorded).tolist():
                self.reject(row, self.schema.wanted_fields[0], RowReason.TOO_FEW_FIELDS, first=True)

    def _reject_torn(self) -> None:
        """Reject pieces of records split by a line break; note joined records, doubtful encoding, incomplete last line."""
        text, first = self.raw.text, self.raw.first_row
        if text is None:
            return
        name = self.schema.wanted_fields[0]
        for pieces in text.torn:
            rows = [row - first for row in pieces if 0 <= row - first < self.rows]
            if len(rows) == len(pieces) and not any(row in self.skips for row in rows):
                for row in rows:
                    self.reject(row, name, RowReason.TOO_FEW_FIELDS, first=True)
        whole = {self._begun(row - first - 1, text.joined) for row in text.joined if row > first}
        self.note("W261", [row for row in sorted(whole) if row not in self.skips], name)
        self.note_sheet("W269", when=text.unsure)
        ended = self.rows - 1
        short = self.rows > 0 and text.unended is not None and text.unended < self._width() + 1
        self.note("W262", [ended] if short and len(text.last) == first + self.rows and ended not in self.skips else [], name)

    def _begun(self, row: int, joined: Collection[int]) -> int:
        """Return the row, at or above this one, that holds a record joined from pieces; blank and joined rows are passed over."""
        while row > 0 and (row >= self.rows or row + self.raw.first_row in joined or self.skips.get(row) == RowReason.BLANK):
            row -= 1
        return row

    def _width(self) -> int:
        """Return the index of the last column with a header, from 0."""
        return max((place for place, name in enumerate(self.schema.header.names) if name), default=0)

    def _reject_overlong(self) -> None:
        """Reject the few rows of a text file that have more fields than the header: a stray delimiter moved their cells."""
        if self.raw.text is None:
            return
        width = self._width()
        last = np.array(self.raw.text.last[self.raw.first_row : self.raw.first_row + self.rows], np.int64)
        long = np.flatnonzero((last > width) & self.recorded[: len(last)]).tolist()
        if len(long) <= max(1, self.rows // 20):
            for row in long:
                self.reject(row, self.schema.wanted_fields[0], RowReason.TOO_MANY_FIELDS, first=True)

    def reject_sum_labels(self) -> None:
        """Reject rows whose group label is a word of totals (合计, 小计) but that were not recognised as totals."""
        words = self.vocabulary.totals | self.vocabulary.subtotals
        for name in BY_FIELDS:
            if name in self.raw.values:
                said = self.raw.values[name].where_text(lambda text: normalize.word(text) in words)
                for row in np.flatnonzero(said).tolist():
                    self.reject(row, name, RowReason.SUM_ROW, first=True)

    def reject_void(self) -> None:
        """Reject a row whose serial number is a word such as 作废."""
        void = {word for word, sets in self.vocabulary.status.items() if "excluded" in sets}
        if "serial" in self.raw.values:
            said = self.raw.values["serial"].where_text(lambda text: _word(text) in void, digits=any(map(str.isdigit, void)))
            for row in np.flatnonzero(said).tolist():
                self.reject(row, "serial", RowReason.VOID, first=True)

    def check_duplicates(self) -> None:
        """Reject or note, as the plan asks, rows that repeat an earlier row in all cells but the serial."""
        kept = np.flatnonzero(self.kept)
        again = kept[pd.Series(self.raw.digests[kept]).duplicated().to_numpy()].tolist()
        name = self.schema.wanted_fields[0]
        if self.plan.duplicates == "reject":
            for row in again:
                self.reject(row, name, RowReason.DUPLICATE)
        else:
            self.note("W204", again, name)

    def outside(self, days: DayArray | None, filtered: Mask) -> dict[RowReason, Mask]:
        """Return the rows outside the period or filter, by reason; reject rows without the period's date, except a close date."""
        beyond = np.zeros(self.rows, bool)
        period, name = self.plan.period, self.plan.judged_by
        if period is not None and days is not None:
            first, end = as_days([period.first, period.end])
            for row in np.flatnonzero(self.kept & np.isnat(days)).tolist() if name != "closed_on" else ():
                self.reject(row, name, RowReason.DATE_BLANK)
            beyond = self.kept & ~((days >= first) & (days < end))
        return {RowReason.PERIOD: beyond, RowReason.WHERE: filtered & self.kept & ~beyond}

    def days(self, received: DayArray | None, closed: DayArray | None) -> Numbers | None:
        """Return whole days from received to closed; -1 without both, closed after as-of or, with a finding, before received."""
        if received is None or closed is None:
            return None
        told = ~np.isnat(received) & (closed <= as_days([self.plan.as_of])[0])
        days = np.full(self.rows, -1, np.int64)
        days[told] = (closed[told] - received[told]) // _DAY
        negative = told & (days < 0)
        self.note("W211", negative & self.recorded, "closed_on")
        return np.where(negative, -1, days)


def _word(cell: str) -> str:
    """Return the word of a cell for comparison; a text of digits is returned as it is."""
    return cell if cell.isascii() and cell.isdecimal() else normalize.word(cell)


def is_word(word: str | None) -> bool:
    """True if a cell was read as a word or a reason: not as nothing."""
    return word is not None
