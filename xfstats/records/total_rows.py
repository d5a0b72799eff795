"""Totals and subtotals, detected by their amounts or by labels of groups; columns of batches that only number the rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.model import GROUP_FIELDS, Cell
from xfstats.readers.column import Column, Mask
from xfstats.records.case_rows import Numbers
from xfstats.records.cells import RawCells
from xfstats.row_reasons import RowReason
from xfstats.schema.numbers import MOST_ADDED, amount, amounts

AMOUNT_FIELDS = ("batches", "persons")
NUMBERS = ("case_no", "serial")
"""Fields that hold a number or a code in every record."""
STATES = ("status", "outcome", "closed_flag", "settled_flag", "resolved_flag", "excluded_flag", "on_time_flag")
TELLING = (*STATES, "closed_on", "case_no")
"""Fields that are blank in a row of sums."""
ASKED = "column_"
"""How the names of columns begin that were asked for by their header."""
_WRITTEN = re.compile(r"[\d.,%]+")
MOST_FILLED = 4
LEAST = 3
"""Fewest rows of which another row is taken for the sum."""


def added_up(raw: RawCells, known: Mapping[int, RowReason]) -> dict[int, RowReason]:
    """Return the rows that are totals or subtotals by their amounts; `known` rows are left out."""
    values, kept = raw.values, raw.all_but(known)
    columns = [values[name] for name in AMOUNT_FIELDS if name in values]
    recorded = "received_on" in values
    if recorded and "case_no" in values:
        last = int(np.flatnonzero(kept)[-1]) if kept.any() else 0
        if len(kept) and counting(raw, last, int(kept.sum()) - 1):
            return {last: RowReason.TOTAL}
    candidates = kept & (bare(raw) if recorded else raw.filled <= MOST_FILLED)
    if not columns or not candidates.any() or not (recorded or len(columns) == len(AMOUNT_FIELDS)):
        return {}
    read = [amounts(cells, MOST_ADDED, 0) for cells in columns]
    numbered = kept & np.logical_or.reduce([cells.where(is_whole) for cells in read])
    numbers = np.stack([whole(cells)[numbered] for cells in read], axis=1)
    sums = dict(zip(np.flatnonzero(numbered).tolist(), map(tuple, numbers.tolist()), strict=True))
    return _among_records(sums, set(np.flatnonzero(candidates).tolist())) if recorded else _among_counts(sums)


def is_whole(number: object) -> bool:
    """True if a read number is none of the reasons why it is unreadable, nor blank."""
    return isinstance(number, int)


def whole(numbers: Column[int | RowReason | None]) -> Numbers:
    """Return the whole number of each row, 0 where there is none."""
    return np.array([number if isinstance(number, int) else 0 for number in numbers.values], np.int64)[numbers.codes]


def bare(raw: RawCells) -> Mask:
    """Return rows with few cells and no date, status or case number; among numbers with digits a mere word is no case number."""
    others = [name for name in ("received_on", *TELLING) if name != "case_no"]
    found = (raw.filled <= MOST_FILLED) & raw.blank_in(others)
    return found & ~_numbered(raw.values["case_no"]) if found.any() and "case_no" in raw.values else found


def _numbered(cells: Column[Cell]) -> Mask:
    """Return the rows with a case number: filled cells, but no words without digits where most other cells have digits."""
    filled = {cell: number for cell, number in cells.counts().items() if not blank(cell)}
    coded = 2 * sum(number for cell, number in filled.items() if _digits(cell)) > sum(filled.values())
    return cells.where(lambda cell: not blank(cell) and (not coded or not isinstance(cell, str) or _digits(cell)))


def _digits(cell: Cell) -> bool:
    return any(map(str.isdigit, str(cell)))


def counting(raw: RawCells, row: int, above: int) -> bool:
    """True if a row without a date holds, in a column of case numbers that are texts, the number of records above it."""
    cells = raw.values["case_no"]
    if above < LEAST or raw.filled[row] > MOST_FILLED or not blank(raw.values["received_on"][row]) or isinstance(cells[row], str):
        return False
    texts = int(cells.is_text.sum())
    return 2 * texts > len(cells) and cells[row] == above


def _among_records(sums: Mapping[int, tuple[int, ...]], candidates: set[int]) -> dict[int, RowReason]:
    """Return the candidates that are the sum of all records above (`total`) or of those since the last sum (`subtotal`)."""
    found: dict[int, RowReason] = {}
    whole: list[tuple[int, ...]] = []
    part: list[tuple[int, ...]] = []
    for row, numbers in sums.items():
        if row in candidates and len(whole) >= LEAST and numbers == _sum(whole):
            found[row], part = RowReason.TOTAL, []
        elif row in candidates and len(part) >= 2 and numbers == _sum(part):
            found[row], part = RowReason.SUBTOTAL, []
        else:
            whole.append(numbers)
            part.append(numbers)
    return found


def _among_counts(sums: Mapping[int, tuple[int, ...]]) -> dict[int, RowReason]:
    """Return in a table of counts the row that is the sum of all others or, without one, several rows that sum those above."""
    every = _sum(list(sums.values()))
    whole = {
        row: RowReason.TOTAL for row, numbers in sums.items() if len(sums) > LEAST and tuple(2 * one for one in numbers) == every
    }
    parts: dict[int, RowReason] = {}
    part: list[tuple[int, ...]] = []
    for row, numbers in sums.items():
        if row in whole:
            continue
        if len(part) >= 2 and numbers == _sum(part):
            parts[row], part = RowReason.SUBTOTAL, []
        else:
            part.append(numbers)
    return whole or (parts if len(parts) >= 2 else {})


def _sum(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def unnumbered_sums(raw: RawCells, kept: Mask) -> list[int]:
    """Return rows with amounts and no serial where most rows have one: 去年同期, 最大值, a sum beside the name of a level."""
    serial = raw.values.get("serial")
    if serial is None or "received_on" not in raw.values or not raw.values.keys() & set(AMOUNT_FIELDS):
        return []
    odd = kept & (serial.is_text | serial.blank)
    bearing = odd & bare(raw) & ~raw.blank_in(AMOUNT_FIELDS) if odd.any() else odd
    if not bearing.any():
        return []
    numbered = amounts(serial, MOST_ADDED, 0).where(is_whole)
    found: list[int] = np.flatnonzero(bearing & ~numbered).tolist()
    return found if 2 * int((kept & numbered).sum()) > int(kept.sum()) else []


def numbers_are_shares(batches: Numbers | Sequence[int]) -> bool:
    """True if rows that follow each other share a rising number, as the persons of one batch do.

    >>> numbers_are_shares([1, 1, 1, 2, 2, 3, 4, 4, 5]), numbers_are_shares([1, 1, 2, 1, 1, 1, 3, 1, 1])
    (True, False)
    """
    steps = np.diff(batches)
    different = len(pd.unique(np.asarray(batches)))
    return 4 <= different < len(batches) and bool(np.isin(steps, (0, 1)).all())


def only_numbers(batches: Numbers | Sequence[int], days: Numbers | Sequence[int]) -> bool:
    """True if a column of batches, five rows at least, only numbers the rows: always up or down, or from 1 again and again.

    >>> days = [1, 1, 1, 2, 3, 3, 4, 5, 5]
    >>> only_numbers([1, 2, 3, 1, 2, 1, 2, 3, 4], days), only_numbers([1, 2, 3, 1, 1, 2, 1, 1, 2], days)
    (True, True)
    >>> only_numbers([1, 1, 2, 1, 1, 3, 1, 1, 1], days), only_numbers([1] * 9, days)
    (False, False)
    """
    numbers, steps = np.asarray(batches), np.diff(batches)
    if len(numbers) >= 5 and ((steps > 0).all() or (steps < 0).all()):
        return True
    if len(numbers) < 5 or numbers[0] != 1:
        return False
    further = steps == 1
    if not (further | (numbers[1:] == 1)).all():
        return False
    same_day = np.diff(days) == 0
    return bool(2 * further.sum() > len(steps) or (further.sum() >= LEAST and (further == same_day).all()))


def labelled_sums(raw: RawCells, known: Mapping[int, RowReason], sums: frozenset[str]) -> dict[int, RowReason]:
    """Return the rows that a Subtotal command wrote: no day or status, and one text, a label of other rows beside a word.

    "Denmark Total" and "Total Danemark" are subtotals of the rows of Denmark, in any language.  The last row, after two of
    them, is the total if it has another label and no number but that of all rows.  `sums` are the words of totals, which are
    used where the labels are in no column that is read.  A number that counts the rows above is no case or serial number, no
    day and no status; the greatest or the least number of heads of these rows, below two of them, is no visit.
    """
    values, labels = raw.values, raw.labels
    numbers = [name for name in NUMBERS if name in values]
    ended = [name for name in ("received_on", "closed_on", *STATES) if name in values] or numbers
    counted = list(dict.fromkeys([*numbers, *ended]))
    if not ended:
        return {}
    rows = np.flatnonzero((raw.filled > 0) & (raw.blank_in(ended) | _one_number(raw, counted))).tolist()
    stateless = {row: written[0] for row in rows if len(written := _words(labels[row])) == 1}
    stateless = {row: text for row, text in stateless.items() if known.get(row, RowReason.TOTAL) == RowReason.TOTAL}
    if not stateless:
        return {}
    groups = [cells for name, cells in values.items() if name in GROUP_FIELDS or name.startswith(ASKED)]
    said = {normalize.label(cell) for cells in groups for cell in cells.values if isinstance(cell, str) and not blank(cell)}
    empty = {row for row in stateless if all(blank(values[name][row]) for name in counted)}
    labelled = {row for row, text in stateless.items() if any(normalize.label(group) in said for group, _ in _parts(text))}
    counts = _counts(
        sorted(labelled or (row for row in stateless if _parts(stateless[row]))), [values[name] for name in counted], known
    )
    counts |= _extremes([row for row in sorted(empty - labelled) if _parts(stateless[row])], raw, known)
    often = Counter(part for row in counts for part in enumerate(word for _, word in _parts(stateless[row])))
    found: dict[int, RowReason] = {}
    proven: set[int] = set()
    for row, text in stateless.items():
        words = [word for _, word in _parts(text)]
        told = any(normalize.word(word) in sums for word in words) and all(blank(values[name][row]) for name in ended)
        if row in labelled and (row in empty or row in counts or told):
            proven.add(row)
            found[row] = RowReason.SUBTOTAL
        elif row not in known and row in empty and told:
            found[row] = RowReason.SUBTOTAL
        elif row not in known and row in counts and any(often[part] > 1 for part in enumerate(words)):
            proven.add(row)
            found[row] = RowReason.SUBTOTAL  # North Count 12, South Count 18, where the labels are in no column that is read
    last = next((row for row in range(len(labels) - 1, -1, -1) if row not in known), -1)
    if len(proven) > 1 and last in stateless and last not in proven and last - 1 in proven:
        every = _counts([last], [values[name] for name in counted], {**known, **found}) if last not in empty else {last}
        found |= dict.fromkeys(every, RowReason.TOTAL)
    return found


def _one_number(raw: RawCells, names: Sequence[str]) -> Mask:
    """Return the rows of which one of some fields alone is filled, with a whole number."""
    found: Mask = np.sum([~raw.values[name].blank for name in names], axis=0) == 1
    found[found] = np.logical_or.reduce([raw.values[name].take(found).where(_whole_number) for name in names])
    return found


def _whole_number(cell: Cell) -> bool:
    return isinstance(amount(cell, MOST_ADDED), int)


def _extremes(rows: Sequence[int], raw: RawCells, known: Mapping[int, str]) -> set[int]:
    """Return those of some rows whose amounts are the greatest, or the least, of the dated rows since the one before."""
    dated = raw.values.get("received_on")
    columns = [amounts(raw.values[name], MOST_ADDED, 0) for name in AMOUNT_FIELDS if name in raw.values]
    if dated is None or not columns:
        return set()
    free = raw.all_but(known) & ~dated.blank
    found: set[int] = set()
    first = 0
    for row in rows:
        above, first = np.flatnonzero(free[first:row]) + first, row + 1
        own = [cells[row] for cells in columns]
        read = [[number for other in above.tolist() if isinstance(number := cells[other], int)] for cells in columns]
        for extreme in (max, min):
            if (
                len(above) > 1
                and all(own)
                and all(numbers and one == extreme(numbers) for one, numbers in zip(own, read, strict=True))
            ):
                found.add(row)
    return found


def _parts(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a text as all but the last and the last, and as all but the first and the first.

    >>> _parts("West End Total")
    (('West End', 'Total'), ('End Total', 'West'))
    """
    words = text.split()
    return ((" ".join(words[:-1]), words[-1]), (" ".join(words[1:]), words[0])) if len(words) > 1 else ()


def _counts(rows: Sequence[int], numbers: Sequence[Column[Cell]], known: Mapping[int, RowReason]) -> set[int]:
    """Return those of some rows whose one number is the count of the rows, or of the numbered rows, since the one before."""
    if not rows or not numbers:
        return set()
    written = [~cells.where(blank) for cells in numbers]
    free = np.ones(len(written[0]), bool)
    free[list(known)] = False
    found: set[int] = set()
    first = 0
    for row in rows:
        filled = [place for place, mask in enumerate(written) if mask[row]]
        above, first = slice(first, row), row + 1
        if len(filled) == 1 and free[above].any():
            numbered = int(np.count_nonzero(free[above] & written[filled[0]][above]))
            if amount(numbers[filled[0]][row], MOST_ADDED) in {int(np.count_nonzero(free[above])), numbered}:
                found.add(row)
    return found


def _words(texts: Sequence[str]) -> list[str]:
    """Return the texts of a row that are no numbers."""
    return [text for text in texts if text and not _WRITTEN.fullmatch(text.strip())]
