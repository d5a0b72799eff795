"""Tables of counts: a line a day and unit with how many came and how many were closed, where a log has a line a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date, datetime, time

from xfstats.config import normalize
from xfstats.config.header_words import about_persons
from xfstats.config.normalize import blank
from xfstats.config.word_patterns import pattern
from xfstats.model import FIELDS, Cell, Kind
from xfstats.row_reasons import RowReason
from xfstats.schema.content import DATES, LONG, many
from xfstats.schema.dates import DateReader
from xfstats.schema.header import JOIN, Header
from xfstats.schema.numbers import MOST_ADDED, amount

_RATE = re.compile(r"\s*\d{1,3}(?:\.\d+)?\s*[%％]\s*")
_NUMBER = re.compile(r"\s*\d+(?:\.\d+)?\s*")
_CLOCK = re.compile(r"\d[:：]\d\d")
_DAYS = frozenset(["received_on", "closed_on"])
"""Date fields whose columns may hold counts, since headers such as Received and Closed suit both."""
_SUMS = frozenset(["persons", "batches"])
"""Amounts that a record has too: a rate beside them, or a number of closed ones without a day, shows that lines are sums."""
_LEAST = 3
"""Least number of lines of a table of counts."""


def counted_by_day(
    header: Header, sample: Sequence[Sequence[Cell]], fields: Mapping[str, int], mapped: Container[str], dates: DateReader
) -> bool:
    """True if no two lines have the same day and labels, and all other columns are numbers: two counts, with rates or closing.

    A case number, a state, persons, a text or a time of day shows that lines are records.  Without a column of days of receipt,
    the day is a date column without a field (Week ending).  Without any, labels must differ in each line (第1周), or the column
    of closing dates holds numbers.  Beside amounts that a record may have (批次, 人次), a rate under the name of one
    (结案率), which no record has, shows the sums; or a number of closed ones beside batches, in lines without a day.
    """
    if "persons" in mapped or "batches" in mapped:
        return False
    summed = _SUMS & fields.keys()
    served = {column: field for field, column in fields.items() if field in FIELDS}  # not by --by column:HEADER
    day = _day(header, sample, served, dates)
    counting: list[int] = []
    labels: list[int] = []
    rates = named = False
    for column in range(len(header.names)):
        values = [row[column] for row in sample if column < len(row) and not blank(row[column])]
        field = served.get(column)
        if column == day or not values or (field == "serial" and summed):
            continue
        if field in _SUMS and many(values):
            counting.append(column)
            continue
        if field is None and (
            about_persons(header.candidates[column]) or normalize.of_person(normalize.header(header.names[column] or ""))
        ):
            return False
        if field is None or field in _DAYS:
            if field and any(isinstance(dates.read(cell), date) for cell in values):
                return False
            rates |= _most(values, _is_rate)
            named |= not field and _named_rate(header.names[column] or "", values)
            if many(values) and not _most(values, _is_rate):
                counting.append(column)
            elif not _most(values, _is_number):
                labels.append(column)
        elif FIELDS[field] is Kind.GROUP:
            labels.append(column)
        else:
            return False
    closed = DATES["closed_on"]
    if day is None and fields.get("closed_on") in counting:
        return len(counting) > 1 and len(sample) >= _LEAST
    told = any(closed.search(normalize.header((header.names[column] or "").split(JOIN)[-1])) for column in counting)
    told = named or (told and day is None and "batches" in summed) if summed else told or rates
    return len(counting) > 1 and told and _a_line_each(sample, day, labels, dates)


def _day(header: Header, sample: Sequence[Sequence[Cell]], served: Mapping[int, str], dates: DateReader) -> int | None:
    """Return the column of days of receipt, else the first that serves no field; None where there is none."""
    for wanted in ("received_on", None):
        for column in range(len(header.names)):
            values = [row[column] for row in sample if column < len(row) and not blank(row[column])]
            if (
                served.get(column) == wanted
                and values
                and (
                    _most(values, lambda cell: isinstance(day := dates.read(cell), date) or day == RowReason.DATE_AMBIGUOUS)
                    or (wanted and not many(values))
                )
            ):
                return column
    return None


def _a_line_each(sample: Sequence[Sequence[Cell]], day: int | None, labels: Sequence[int], dates: DateReader) -> bool:
    """True if no two lines have the same day and labels, no day has a time, and the labels are not free text."""
    cells = [(None if day is None or day >= len(row) else row[day], row) for row in sample if not all(map(blank, row))]
    lines = [(cell, row) for cell, row in cells if day is None or isinstance(dates.read(cell), date)]
    if len(lines) < _LEAST or any(_timed(cell) for cell, _ in lines) or (day is None and not labels):
        return False
    if any(_prose([row[column] for _, row in lines if column < len(row)]) for column in labels):
        return False
    keys = {
        (None if day is None else dates.read(cell), *(row[column] if column < len(row) else None for column in labels))
        for cell, row in lines
    }
    return len(keys) == len(lines)


def _prose(values: Sequence[Cell]) -> bool:
    texts = [normalize.text_of(cell) for cell in values if not blank(cell)]
    return 2 * sum(1 for text in texts if len(text) > (LONG if normalize.chinese(text) else 2 * LONG)) > len(texts)


def _timed(cell: Cell) -> bool:
    if isinstance(cell, datetime):
        return cell.time() != time()
    return isinstance(cell, str) and _CLOCK.search(cell) is not None


def _most(values: Sequence[Cell], test: Callable[[Cell], bool]) -> bool:
    return 2 * sum(map(test, values)) > len(values)


def _named_rate(name: str, values: Sequence[Cell]) -> bool:
    """True if a column holds numbers or percentages under the name of a rate."""
    text = normalize.header(name.rsplit(JOIN, maxsplit=1)[-1])
    return pattern("value_header", "rate").search(text) is not None and _most(values, _is_number)


def _is_rate(cell: Cell) -> bool:
    """True if a cell is a percentage, or a fraction up to 1 as a spreadsheet stores a percentage."""
    if isinstance(cell, str):
        return _RATE.fullmatch(cell) is not None
    return isinstance(cell, float) and 0 < cell <= 1


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _NUMBER.fullmatch(cell) is not None or _is_rate(cell) or isinstance(amount(cell, MOST_ADDED, 0), int)
    return isinstance(cell, int | float)


def batches_beside_cases(fields: Mapping[str, int], sample: Sequence[Sequence[Cell]]) -> bool:
    """True if the batches belong to a small table beside a list of cases: fewer than half as many rows have batches."""
    if not {"batches", "case_no"} <= fields.keys():
        return False
    batches, cases = (
        sum(1 for row in sample if fields[name] < len(row) and not blank(row[fields[name]])) for name in ("batches", "case_no")
    )
    return 2 * batches < cases
