"""What becomes of each row of a sheet while it is read: counted, rejected, skipped, outside; and what is asked about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.errors import InputFault
from xfstats.model import BY_FIELDS, Finding, Log, Position, Reject, column_letter
from xfstats.records import answers as answering
from xfstats.records.cells import RawCells
from xfstats.records.total_rows import AMOUNTS, only_numbers, shared_numbers
from xfstats.schema.date_zones import Moment
from xfstats.schema.infer import Schema, shown_header
from xfstats.schema.numbers import MOST_ADDED, MOST_PERSONS, amounts
from xfstats.schema.personal import MOST_OF_OUTCOME, MOST_OF_WORD, named_words

if TYPE_CHECKING:
    from xfstats.records.frame import Records

NamesHeld: TypeAlias = Callable[[Collection[str]], frozenset[str]]
"""Which of some words equal or contain a cell of a column of names of the sheet."""
AHEAD = 50
"""Years after as-of that a limit may lie, or a date that a period judges by; others lie in the year after it at the latest."""
MOST_SHOWN = 20
"""Positions and words that one finding names."""


class RowReview:
    """One sheet's reading in progress: the fates of its rows, and what is asked about them."""

    def __init__(
        self,
        raw: RawCells,
        schema: Schema,
        plan: Plan,
        vocabulary: Vocabulary,
        at: Position,
        rows: int,
        skips: dict[int, str],
        held: NamesHeld | None = None,
    ) -> None:
        self.held: NamesHeld = held or (lambda _: frozenset())
        self.raw, self.schema, self.plan, self.vocabulary = raw, schema, plan, vocabulary
        self.at, self.rows, self.skips = at, rows, skips
        self.rejected: dict[int, Reject] = {}
        self.findings: list[Finding] = []
        self.moments: dict[str, Counter[Moment]] = {}
        self.about: dict[int, Sequence[int]] = {}
        """The rows that each of the findings is about, by its place, where it is about rows."""
        self.read: dict[str, list[date | None]] = {}
        self.unreadable: dict[str, list[int]] = {}
        self.exchanged: frozenset[str] = frozenset()
        """Date fields in whose cells day and month changed places."""

    def letter(self, name: str) -> str:
        """Excel's name of a field's column."""
        return column_letter(self.schema.field_map.fields[name])

    def place(self, row: int, name: str) -> str:
        """Excel's name of a row's cell."""
        return f"{self.letter(name)}{self.raw.first_row + row + 1}"

    def find(self, code: str, rows: Sequence[int], name: str, **values: object) -> None:
        """Note a finding about some rows of a field, with the first positions."""
        if rows:
            self.about[len(self.findings)] = rows
            self.findings.append(Finding(code, len(rows), self.places(rows, name), {"field": name, **values}))

    def places(self, rows: Sequence[int], name: str) -> tuple[str, ...]:
        """Return Excel's names of the first of some rows' cells."""
        return tuple(self.place(row, name) for row in rows[:MOST_SHOWN])

    def find_whole(self, code: str, *, when: bool, **values: object) -> None:
        """Note a finding about the sheet, not about some of its rows."""
        if when:
            self.findings.append(Finding(code, 0, (), values))

    def reject(self, row: int, name: str, reason: str, *, first: bool = False) -> None:
        """Reject a row, once, with its first reason, or with one that explains what was found in it (`first`)."""
        if row in self.skips or (row in self.rejected and not first):
            return
        column = self.schema.field_map.fields.get(name, 0)
        spot = (self.raw.first_row + row, column)
        if spot in self.raw.errors:
            reason = "error-cell"
        elif spot in self.raw.no_values:
            reason = "no-value"
        self.rejected[row] = Reject(self.raw.first_row + row + 1, column_letter(column), name, reason)

    def dates(self, name: str, *, rejecting: bool) -> list[date | None] | None:
        """A date column; what is unreadable rejects its row, or is a finding."""
        cells = self.raw.values.get(name)
        if cells is None:
            return None
        judging = self.plan.period is not None and name == self.plan.judged_by
        ahead = AHEAD if name == "due_on" or judging else 1
        parsed = self.schema.dates.column(cells, ahead=ahead, exchanged=name in self.exchanged)
        bad = [row for row, day in enumerate(parsed) if day.__class__ is str] if str in set(map(type, parsed)) else []
        bad += self._odd(name, parsed)
        if rejecting:
            for row in bad:
                why = parsed[row]
                self.reject(row, name, why if isinstance(why, str) else "date-text")
        else:
            self.unreadable[name] = bad
        days = [day if isinstance(day, date) else None for day in parsed] if bad else parsed
        self.read[name] = days  # type: ignore[assignment]  # no str is left where nothing was bad
        return self.read[name]

    def _odd(self, name: str, parsed: Sequence[object]) -> list[int]:
        """Rows whose cell is blank to the reader because it is an error or a formula without a stored value."""
        column = self.schema.field_map.fields[name]
        spots = self.raw.errors | self.raw.no_values
        rows = (row - self.raw.first_row for row, at in spots if at == column)
        return [row for row in rows if 0 <= row < self.rows and parsed[row] is None]

    def spoiled(self, name: str) -> list[int]:
        """The rows whose cell of a field is an error or a formula without a stored value; found and said."""
        column = self.schema.field_map.fields[name]
        places = (row - self.raw.first_row for row, at in self.raw.errors | self.raw.no_values if at == column)
        rows = sorted(row for row in places if 0 <= row < self.rows and row not in self.skips)
        self.find("W242", rows, name)
        return rows

    def amounts(self, name: str) -> list[int] | None:
        """A column of whole numbers; a row without a readable one is rejected."""
        cells = self.raw.values.get(name)
        if cells is None:
            return None
        weighted = "batches" in self.raw.values
        read = amounts(cells, MOST_ADDED if weighted else MOST_PERSONS, 0 if weighted else 1)
        if name == "persons" and self.vocabulary.persons_default:
            read = [self.vocabulary.persons_default if value is None else value for value in read]
        if set(map(type, read)) == {int}:
            return read  # type: ignore[return-value]  # nothing but whole numbers
        for row, value in enumerate(read):
            if not isinstance(value, int):
                self.reject(row, name, value if isinstance(value, str) else f"{name}-blank")
        return [value if isinstance(value, int) else 0 for value in read]

    def batches(self) -> list[int] | None:
        """How many records each row stands for; None, with a finding, where the column just numbers the rows."""
        read = self.amounts("batches")
        days = self.read.get("received_on")
        kept = [row for row in range(self.rows) if row not in self.skips]
        if read is not None and days is not None and shared_numbers([read[row] for row in kept]):
            raise InputFault("E333", self.at, header=shown_header(self.schema, self.schema.field_map.fields["batches"]))
        if read is None or days is None or not only_numbers([read[row] for row in kept], [days[row] for row in kept]):
            return read
        self.find("W225", kept, "batches")
        return None

    def sparse(self) -> None:
        """Reject a row with one filled cell, its serial number aside, in a log of four columns or more: it is no record."""
        self._overlong()
        self._torn()
        if sum(1 for name in self.schema.header.names if name) >= 4:
            serial = self.raw.values.get("serial", [None] * self.rows)
            events = [self.raw.values[name] for name in ("received_on", "case_no", *AMOUNTS) if name in self.raw.values]
            for row, filled in enumerate(self.raw.filled):
                numbered = filled == 2 and not blank(serial[row]) and all(blank(cells[row]) for cells in events)
                if (filled == 1 or numbered) and row not in self.skips:
                    self.reject(row, self.schema.wanted_fields[0], "too-few-fields", first=True)

    def _torn(self) -> None:
        """Reject the pieces of records that a line break tore; say which were joined, and that the last line may be one."""
        text, first = self.raw.text, self.raw.first_row
        if text is None:
            return
        name = self.schema.wanted_fields[0]
        for pieces in text.torn:
            rows = [row - first for row in pieces if 0 <= row - first < self.rows]
            if len(rows) == len(pieces) and not any(row in self.skips for row in rows):
                for row in rows:
                    self.reject(row, name, "too-few-fields", first=True)
        whole = [row - first - 1 for row in sorted(text.joined) if row - 1 not in text.joined and row > first]
        self.find("W261", [row for row in whole if row not in self.skips], name)
        self.find_whole("W269", when=text.unsure)
        ended = self.rows - 1
        short = text.unended is not None and text.unended < self._width() + 1
        self.find("W262", [ended] if short and len(text.last) == first + self.rows and ended not in self.skips else [], name)

    def _width(self) -> int:
        """The last column with a header, from 0."""
        return max((place for place, name in enumerate(self.schema.header.names) if name), default=0)

    def _overlong(self) -> None:
        """Reject the few rows of a text file that have more fields than the header: a stray delimiter moved their cells."""
        if self.raw.text is None:
            return
        width = self._width()
        last = self.raw.text.last[self.raw.first_row : self.raw.first_row + self.rows]
        long = [row for row, place in enumerate(last) if place > width and row not in self.skips]
        if len(long) <= max(1, self.rows // 20):
            for row in long:
                self.reject(row, self.schema.wanted_fields[0], "too-many-fields", first=True)

    def sum_labels(self) -> None:
        """Reject a row whose group is 合计 or 小计 although it has a date: no group, and no total either."""
        words = self.vocabulary.totals | self.vocabulary.subtotals
        for name in BY_FIELDS:
            cells = self.raw.values.get(name, ())
            found = {cell for cell in set(cells) if isinstance(cell, str) and normalize.word(cell) in words}
            for row in (row for row, cell in enumerate(cells) if cell in found) if found else ():
                self.reject(row, name, "sum-row", first=True)

    def void(self) -> None:
        """Reject a row whose serial number is a word such as 作废."""
        for row, cell in enumerate(self.raw.values.get("serial", ())):
            if cell.__class__ is str and "excluded" in self.vocabulary.status.get(normalize.word(cell), ()):
                self.reject(row, "serial", "void", first=True)

    def duplicates(self) -> None:
        """Rows that are the same in all cells but the serial."""
        if len(set(self.raw.digests)) == len(self.raw.digests):
            return
        counts = Counter(self.raw.digests)
        seen: set[int] = set()
        again: list[int] = []
        for row, digest in enumerate(self.raw.digests):
            if counts[digest] > 1 and row not in self.skips and row not in self.rejected:
                if digest in seen:
                    again.append(row)
                seen.add(digest)
        name = self.schema.wanted_fields[0]
        if self.plan.duplicates == "reject":
            for row in again:
                self.reject(row, name, "duplicate")
        else:
            self.find("W204", again, name)

    def outside(self, days: Sequence[date | None] | None, filtered: frozenset[int]) -> dict[int, str]:
        """Rows that the period or a filter leaves out; a blank date is rejected where it judges."""
        found: dict[int, str] = {}
        period = self.plan.period
        name = self.plan.judged_by
        if period is not None and days is not None:
            for row, day in enumerate(days):
                if row in self.skips or row in self.rejected:
                    continue
                if day is None and name != "closed_on":
                    self.reject(row, name, "date-blank")
                elif day is None or not period.first <= day < period.end:
                    found[row] = "period"
        for row in filtered - self.skips.keys() - self.rejected.keys():
            found.setdefault(row, "where")
        return found

    def days(self, received: Sequence[date | None] | None, closed: Sequence[date | None] | None) -> list[int | None] | None:
        """Whole days from received to closed; closed before received, or after the as-of day, is left out with a finding."""
        if received is None or closed is None:
            return None
        last = self.plan.as_of
        days = [
            (end - start).days if start and end and end <= last else None for start, end in zip(received, closed, strict=True)
        ]
        negative = [row for row, count in enumerate(days) if count is not None and count < 0 and row not in self.skips]
        self.find("W211", negative, "closed_on")
        return [None if count is None or count < 0 else count for count in days]

    def conflicts(self, records: Records, closed: Sequence[date | None] | None) -> None:
        """Note what a careful clerk would ask about the rows that are counted."""
        rows = np.flatnonzero(records.counted).tolist()
        kept = frozenset(rows) if any(self.unreadable.values()) else frozenset()
        for name, bad in self.unreadable.items():
            self.find("W206", [row for row in bad if row in kept], name)
        received = self.read.get("received_on")
        if received is not None:
            late = {day for day in set(received) if day is not None and day > self.plan.as_of}
            self.find("W229", [row for row in rows if received[row] in late] if late else [], "received_on")
        status = records.outcomes
        self._unknown_words("W201", status.unknown, status.words, rows)
        self.find("W244", [row for row in status.spread if row in rows], "closed_flag")
        self.find("W224", [row for row in status.against if row in rows], "closed_flag")
        if closed is not None:
            self._closing(records, closed)
        self._unknown_words("W221", records.answers.unknown, records.answers.words, rows)
        self._numbers(rows)

    def _unknown_words(
        self,
        code: str,
        unknown: Mapping[str, Sequence[str | None]],
        known: Mapping[str, Mapping[str, int]],
        rows: Sequence[int],
    ) -> None:
        """Note the words of each field that are in no table: those that may be named, and the rows of those that may not."""
        for name, words in unknown.items():
            counts = Counter(word for row in rows if (word := words[row]) is not None)
            if not counts:
                continue
            of_anything = not known[name] and name not in {
                "status",
                "outcome",
            }  # without one 是 or 否 nothing tells what it is of
            shown = (
                {}
                if of_anything
                else named_words(counts, known[name], len(rows), MOST_OF_OUTCOME if name == "outcome" else MOST_OF_WORD)
            )
            named = {word: count for word, count in shown.items() if word not in (self.held(shown) if shown else ())}
            withheld = [row for row in rows if words[row] is not None and words[row] not in named]
            others = [row for row in rows if words[row] in named]
            placed = "way.rating" if name in answering.RATINGS else "way.table"
            table = {"table": name, "way": placed} if code == "W221" else {}
            self.find(code, [*withheld, *others], name, words=named, withheld=len(withheld), **table)

    def _closing(self, records: Records, closed: Sequence[date | None]) -> None:
        """Note close dates after the as-of day, and those that say of being closed what the words do not."""
        status, last = records.outcomes, self.plan.as_of
        said, out = status.flags["closed"], status.flags["excluded"]
        rows = np.flatnonzero(records.counted).tolist()
        judged = [row for row in rows if not out[row]]
        dated = [day is not None and day <= last for day in closed]
        self.find("W255", [row for row in rows if closed[row] and not dated[row]], "closed_on")
        if status.by_words:
            way = "way.status" if "closed_flag" in status.words else "way.closed_by"
            self.find("W203", [row for row in judged if dated[row] and not said[row]], "closed_on", way=way)
        self.find("W203", [row for row in judged if row in status.undated], "closed_on", way="way.undated")

    def _numbers(self, rows: Sequence[int]) -> None:
        """Note case numbers that stand in several of the rows."""
        numbers = self.raw.values.get("case_no")
        if numbers is not None:
            counts = Counter(numbers[row] for row in rows if not blank(numbers[row]))
            way = "" if self.schema.log is Log.VISITS else "way.per"
            self.find("W205", [row for row in rows if counts.get(numbers[row], 0) > 1], "case_no", way=way)
