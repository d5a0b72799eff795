"""Rows that are no records: blank, total, subtotal, repeated header, column numbers, hint, footnote, continuation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import pattern
from xfstats.errors import InputFault
from xfstats.model import Cell, Position
from xfstats.readers.column import Column, Mask
from xfstats.readers.columns import FEW
from xfstats.records.average_rows import averages
from xfstats.records.cells import RawCells
from xfstats.records.quotient_rows import quotients
from xfstats.records.total_rows import NUMBERS, added_up, labelled_sums
from xfstats.row_reasons import RowReason
from xfstats.schema.header import JOIN
from xfstats.schema.infer import WORDS, Schema

_WIDE = FEW + 1
"""Number of filled cells from which on only the first cell of a row is known."""
_NUMBER = pattern("row", "numbers")
_TOTAL = pattern("row", "total")
_PART = pattern("row", "part")
_OF_WHICH = pattern("row", "of_which")
_ALL = pattern("row", "total_of")
"""Totals such as All wards, Total complaints: 40 and 共60条记录."""
_WHOLE = pattern("row", "whole")
SECTION = pattern("row", "section")
_BRACKETED = re.compile(r"[(\[【（].*[)\]】）]")
_CHOICES = pattern("row", "choices")
_SAMPLES = pattern("row", "samples")
_SAMPLE = pattern("row", "sample")


def skipped(
    raw: RawCells, continued: Sequence[int], schema: Schema, vocabulary: Vocabulary, at: Position
) -> dict[int, RowReason]:
    """Return the rows (from 0 below the header) that are no records, each with its reason; raise InputFault at a second table."""
    values, labels, filled, first_row = raw.values, raw.labels, raw.filled, raw.first_row
    found = {row: RowReason.CONTINUATION for row in continued if not filled[row]}
    for row in np.flatnonzero(_unfilled(raw)).tolist():
        found.setdefault(row, RowReason.BLANK)
    found.update(_by_texts(raw, found, schema, vocabulary))
    for row in raw.totals:
        if 0 <= row - first_row < len(filled) and not _recorded(values, row - first_row, schema, vocabulary):
            found.setdefault(row - first_row, RowReason.TOTAL)
    for row, reason in _under_header(schema, vocabulary).items():
        found.setdefault(row, reason)
    for row in _repeated(values, schema, filled, first_row, at):
        found.setdefault(row, RowReason.REPEATED_HEADER)
        for above in (row - 1, row - 2):
            if above >= 0 and filled[above] == 1 and labels[above]:
                found.setdefault(above, RowReason.REPEATED_HEADER)
    for row in continued:
        found.setdefault(row, RowReason.CONTINUATION)
    found |= labelled_sums(raw, found, vocabulary.totals | vocabulary.subtotals)
    found |= averages(raw, found, vocabulary.averages, schema.dates)
    found |= quotients(raw, found, vocabulary.averages, schema.dates)
    return found | added_up(raw, found)


def _unfilled(raw: RawCells) -> Mask:
    """Return blank rows, and those with nothing but a serial number."""
    found: Mask = raw.filled == 0
    single = raw.filled == 1
    serial = raw.values.get("serial")
    return found | (single & serial.where(_numbers_only)) if serial is not None and single.any() else found


def _numbers_only(cell: Cell) -> bool:
    """True if a serial cell is only a number, as in the rows of a form numbered beforehand and not filled in."""
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdecimal())


def _by_texts(raw: RawCells, known: Mapping[int, RowReason], schema: Schema, vocabulary: Vocabulary) -> dict[int, RowReason]:
    """Return rows that are no records by their first text or, without a date and a case number, by any text of totals."""
    labels = raw.labels
    rows = np.flatnonzero(labels.first.where(lambda text: text is not None and _by_label(text, _WIDE, schema, vocabulary)))
    found: dict[int, RowReason] = {}
    for row in sorted({*rows.tolist(), *labels.few} - known.keys()):
        texts = labels[row]
        reason = _by_label(texts[0], int(raw.filled[row]), schema, vocabulary) if texts else None
        if reason is None and len(texts) > 1 and not _recorded(raw.values, row, schema, vocabulary):
            reason = next((hit for text in texts[1:] if (hit := _total(text, vocabulary))), None)
        if reason:
            found[row] = reason
    return found


def _recorded(values: Mapping[str, Sequence[Cell]], row: int, schema: Schema, vocabulary: Vocabulary) -> bool:
    """True if a row has a date of receipt or a case number, which no total has."""
    dated, numbered = values.get("received_on"), values.get("case_no")
    if dated is not None and (isinstance(day := schema.dates.read(dated[row]), date) or day == RowReason.DATE_AMBIGUOUS):
        return True
    return numbered is not None and not blank(numbered[row]) and _total(str(numbered[row]), vocabulary) is None


def _by_label(label: str, filled: int, schema: Schema, vocabulary: Vocabulary) -> RowReason | None:
    """Return the reason why a row with this first text is no record; None where the text gives none."""
    if not label or len(label) > 200:
        return None
    if found := _total(label, vocabulary):
        return found
    if filled <= 2 and label in schema.title_texts:
        return RowReason.REPEATED_HEADER
    word = normalize.word(label)
    if vocabulary.footnote.match(word) and (filled <= 2 or (filled <= 6 and re.match(r"\S{2,6}[:]", word))):
        return RowReason.FOOTNOTE
    return RowReason.SECTION if filled == 1 and SECTION.match(word) else None


def _total(text: str, vocabulary: Vocabulary) -> RowReason | None:
    """Return `total` or `subtotal` where a text says that its row is one; None for another text."""
    if len(text) > 40:
        return None
    word = normalize.word(text)
    if word in vocabulary.subtotals:
        return RowReason.SUBTOTAL
    if word in vocabulary.totals:
        return RowReason.TOTAL
    if _OF_WHICH.match(word):
        return RowReason.SUBTOTAL
    if _WHOLE.fullmatch(word) or _ALL.fullmatch(word):
        return RowReason.TOTAL
    if len(word) <= 24 and (hit := _TOTAL.match(word)):
        return RowReason.SUBTOTAL if _PART.fullmatch(hit[1]) or not word.startswith(hit[1]) else RowReason.TOTAL
    return None


def _under_header(schema: Schema, vocabulary: Vocabulary) -> dict[int, RowReason]:
    """Return rows of column numbers, hints and samples directly below the header, from the first rows that were read whole."""
    found: dict[int, RowReason] = {}
    for row, cells in enumerate(schema.first_rows):
        filled = [cell for cell in cells if not blank(cell)]
        if not filled:
            continue
        if _numbered(filled, least=3 if schema.one_record_per_row else 5):
            found[row] = RowReason.COLUMN_NUMBERS
        elif _hinting(cells, schema, vocabulary):
            found[row] = RowReason.HINT
        else:
            break
    return found


def _numbered(filled: Sequence[Cell], least: int) -> bool:
    """True if a row of at least `least` cells numbers the columns: 1 2 3 …, (1) (2) …, 甲 乙 1 2 …."""
    texts = [normalize.word(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)) for cell in filled]
    if len(texts) < least or not all(_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(found[1]) for text in texts if (found := _NUMBER.fullmatch(text)) and found[1]]
    return len(numbers) < 2 or all(later - earlier == 1 for earlier, later in pairwise(numbers))


def _hinting(cells: Sequence[Cell], schema: Schema, vocabulary: Vocabulary) -> bool:
    """True if a row tells how to fill in the form, or says that it is its sample.

    A row with a day, a number or a state is a record, unless its number or its first cell is itself a word of hints, or a cell
    says in brackets that it is a sample.
    """
    texts = [cell for cell in cells if isinstance(cell, str) and not blank(cell)]
    first = next((cell for cell in cells if not blank(cell)), None)
    stated = any(_SAMPLE.fullmatch(normalize.word(text)) for text in texts)
    hints = sum(1 for text in texts if _hinted(text, vocabulary))
    if any(_BRACKETED.fullmatch(text.strip()) and _SAMPLE.fullmatch(normalize.word(text)) for text in texts):
        return True
    if _is_hint(first, vocabulary) or any(_hinted(cell, vocabulary) for cell in _of(NUMBERS, cells, schema)):
        return stated or hints >= 2 or bool(texts and _SAMPLES.match(normalize.word(texts[0])))
    return (stated or hints >= 2) and not _filled_in(cells, schema, vocabulary)


def _of(fields: Sequence[str], cells: Sequence[Cell], schema: Schema) -> list[Cell]:
    """Return the filled cells of a row in the columns of some fields."""
    columns = (schema.field_map.column(field) for field in fields)
    return [cells[column] for column in columns if column is not None and column < len(cells) and not blank(cells[column])]


def _hinted(cell: Cell, vocabulary: Vocabulary) -> bool:
    """True if a text holds a word of hints, or is one of samples."""
    word = normalize.word(cell) if isinstance(cell, str) else ""
    return _SAMPLE.fullmatch(word) is not None or any(hint in word for hint in vocabulary.hints)


def _is_hint(cell: Cell, vocabulary: Vocabulary) -> bool:
    """True if a cell is nothing but a word of hints: 示例, (必填), example 1; a sentence that holds one is not."""
    word = normalize.word(cell).strip("()[]【】:*") if isinstance(cell, str) else ""
    return word in vocabulary.hints or _SAMPLE.fullmatch(word) is not None or _SAMPLES.match(word) is not None


def _filled_in(cells: Sequence[Cell], schema: Schema, vocabulary: Vocabulary) -> bool:
    """True if a row has a day, a number of its own or one state, no list of them to choose from, as a record has."""
    days = [schema.dates.read(cell) for cell in _of(("received_on", "closed_on"), cells, schema)]
    states = _of(WORDS, cells, schema)
    return (
        any(isinstance(day, date) or day == RowReason.DATE_AMBIGUOUS for day in days)
        or any(any(map(str.isdigit, str(cell))) for cell in _of(NUMBERS, cells, schema))
        or any(not _hinted(cell, vocabulary) and not _CHOICES.search(normalize.word(str(cell))) for cell in states)
    )


def _repeated(
    values: Mapping[str, Column[Cell]], schema: Schema, filled: NDArray[np.uint16], first_row: int, at: Position
) -> list[int]:
    """Return the rows that repeat the header (printed pages): two or more cells, or one of a short row, equal their headers.

    Raises InputFault where another cell of such a row says something else: a second table with columns of its own.
    """
    hits: dict[int, int] = {}
    for field, cells in values.items():
        for row in _saying(cells, schema.header.names[schema.field_map.fields[field]]):
            hits[row] = hits.get(row, 0) + 1
    again = {row for row, count in hits.items() if count >= 2 or (count == 1 and filled[row] <= 3)}
    for row in sorted(again):
        others = sum(1 for cells in values.values() if isinstance(cells[row], str) and not blank(cells[row])) - hits[row]
        if hits[row] >= 2 and others:
            raise InputFault("E323", at, one=schema.header.first + 1, other=first_row + row + 1)
    height = schema.header.last - schema.header.first
    below = {row + 1 for row in again if height and row + 1 < len(filled)} - again
    return [*again, *(row for row in below if all(blank(cells[row]) for cells in values.values()))]


def _saying(cells: Column[Cell], name: str | None) -> list[int]:
    """Return the rows whose cell is the header of its column, or one part of a header of several rows."""
    if not name:
        return []
    parts = {normalize.header(part) for part in name.split(JOIN)}
    starts = {part[:1] for part in name.split(JOIN)}

    def says(text: str) -> bool:
        return text.strip()[:1] in starts and len(text) <= 40 and normalize.header(text) in parts

    found: list[int] = np.flatnonzero(cells.where_text(says, digits=any(map(str.isdigit, starts)))).tolist()
    return found
