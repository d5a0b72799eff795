"""Rows that are sums of the rows around them, whatever they call themselves; batches that only number the rows."""

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
from xfstats.records.cells import RawCells
from xfstats.records.events import Numbers
from xfstats.schema.numbers import MOST_ADDED, amount, amounts

AMOUNT_FIELDS = ("batches", "persons")
NUMBERS = ("case_no", "serial")
"""Fields that hold a number or a code in every record."""
STATES = ("status", "outcome", "closed_flag", "settled_flag", "resolved_flag", "excluded_flag", "on_time_flag")
TELLING = (*STATES, "closed_on", "case_no")
"""What a sum has none of."""
_WRITTEN = re.compile(r"[\d.,%]+")
MOST_FILLED = 4
LEAST = 3
"""So many rows are added up before another is taken for their sum."""


def added_up(raw: RawCells, known: Mapping[int, str]) -> dict[int, str]:
    """The rows that are totals or subtotals by their amounts; `known` rows are no records already."""
    values, kept = raw.values, raw.all_but(known)
    columns = [values[name] for name in AMOUNT_FIELDS if name in values]
    recorded = "received_on" in values
    if recorded and "case_no" in values:
        last = int(np.flatnonzero(kept)[-1]) if kept.any() else 0
        if len(kept) and counting(raw, last, int(kept.sum()) - 1):
            return {last: "total"}
    candidates = kept & (bare(raw) if recorded else raw.filled <= MOST_FILLED)
    if not columns or not candidates.any() or not (recorded or len(columns) == len(AMOUNT_FIELDS)):
        return {}
    read = [amounts(cells, MOST_ADDED, 0) for cells in columns]
    numbered = kept & np.logical_or.reduce([cells.where(_whole) for cells in read])
    numbers = np.stack([whole(cells)[numbered] for cells in read], axis=1)
    sums = dict(zip(np.flatnonzero(numbered).tolist(), map(tuple, numbers.tolist()), strict=True))
    return _among_records(sums, set(np.flatnonzero(candidates).tolist())) if recorded else _among_counts(sums)


def _whole(number: object) -> bool:
    return isinstance(number, int)


def whole(numbers: Column[int | str | None]) -> Numbers:
    """Return whole numbers, 0 where there is none."""
    return np.array([number if isinstance(number, int) else 0 for number in numbers.values], np.int64)[numbers.codes]


def bare(raw: RawCells) -> Mask:
    """Return rows without a date, a status and hardly anything else; a word where the others have their numbers is none."""
    others = [name for name in ("received_on", *TELLING) if name != "case_no"]
    found = (raw.filled <= MOST_FILLED) & raw.blank_in(others)
    return found & ~_numbered(raw.values["case_no"]) if found.any() and "case_no" in raw.values else found


def _numbered(cells: Column[Cell]) -> Mask:
    """Return the rows with a case number: any cell that is filled, but a word without digits where most others have some."""
    filled = {cell: number for cell, number in cells.counts().items() if not blank(cell)}
    coded = 2 * sum(number for cell, number in filled.items() if _digits(cell)) > sum(filled.values())
    return cells.where(lambda cell: not blank(cell) and (not coded or not isinstance(cell, str) or _digits(cell)))


def _digits(cell: Cell) -> bool:
    return any(map(str.isdigit, str(cell)))


def counting(raw: RawCells, row: int, above: int) -> bool:
    """Whether a last row without a date says under the case numbers, which are texts, how many records stand above it."""
    cells = raw.values["case_no"]
    if above < LEAST or raw.filled[row] > MOST_FILLED or not blank(raw.values["received_on"][row]) or isinstance(cells[row], str):
        return False
    texts = int(cells.where_text(lambda _: True).sum())
    return 2 * texts > len(cells) and cells[row] == above


def _among_records(sums: Mapping[int, tuple[int, ...]], candidates: set[int]) -> dict[int, str]:
    """Bare rows that are the sum of all records above, or of those since the last sum."""
    found: dict[int, str] = {}
    whole: list[tuple[int, ...]] = []
    part: list[tuple[int, ...]] = []
    for row, numbers in sums.items():
        if row in candidates and len(whole) >= LEAST and numbers == _sum(whole):
            found[row], part = "total", []
        elif row in candidates and len(part) >= 2 and numbers == _sum(part):
            found[row], part = "subtotal", []
        else:
            whole.append(numbers)
            part.append(numbers)
    return found


def _among_counts(sums: Mapping[int, tuple[int, ...]]) -> dict[int, str]:
    """In a table of counts: the row that is the sum of all others, and those that are sums of the rows above, if several are."""
    every = _sum(list(sums.values()))
    whole = {row: "total" for row, numbers in sums.items() if len(sums) > LEAST and tuple(2 * one for one in numbers) == every}
    parts: dict[int, str] = {}
    part: list[tuple[int, ...]] = []
    for row, numbers in sums.items():
        if row in whole:
            continue
        if len(part) >= 2 and numbers == _sum(part):
            parts[row], part = "subtotal", []
        else:
            part.append(numbers)
    return whole or (parts if len(parts) >= 2 else {})


def _sum(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def unnumbered_sums(raw: RawCells, kept: Mask) -> list[int]:
    """Bare rows without a serial number where the other rows have theirs: 去年同期, 最大值, a sum beside the name of a level."""
    serial = raw.values.get("serial")
    if serial is None or "received_on" not in raw.values or not raw.values.keys() & set(AMOUNT_FIELDS):
        return []
    odd = kept & (serial.where_text(lambda _: True) | serial.blank)
    bearing = odd & bare(raw) & ~raw.blank_in(AMOUNT_FIELDS) if odd.any() else odd
    if not bearing.any():
        return []
    numbered = amounts(serial, MOST_ADDED, 0).where(_whole)
    found: list[int] = np.flatnonzero(bearing & ~numbered).tolist()
    return found if 2 * int((kept & numbered).sum()) > int(kept.sum()) else []


def numbers_are_shares(batches: Numbers | Sequence[int]) -> bool:
    """Whether rows that follow each other share a rising number, as the persons of one batch do.

    >>> numbers_are_shares([1, 1, 1, 2, 2, 3, 4, 4, 5]), numbers_are_shares([1, 1, 2, 1, 1, 1, 3, 1, 1])
    (True, False)
    """
    steps = np.diff(batches)
    different = len(pd.unique(np.asarray(batches)))
    return 4 <= different < len(batches) and bool(np.isin(steps, (0, 1)).all())


def only_numbers(batches: Numbers | Sequence[int], days: Numbers | Sequence[int]) -> bool:
    """Whether a column of batches just numbers its rows: always up or always down, perhaps anew, or anew for each day; five rows.

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


def labelled_sums(raw: RawCells, known: Mapping[int, str], sums: frozenset[str]) -> dict[int, str]:
    """Return the rows of a Subtotal command: no day, number or state, and a text that is another row's label and a word of sums.

    "Denmark Total" and "Total Danemark" stand beside rows of Denmark, in whatever language; the like row that ends the sheet
    after two of them, with a label of its own and no number but that of all rows, is their total.  `sums` are words that tell
    it where no column is read that has the labels.  A number is no record's where it counts the rows above.
    """
    values, labels = raw.values, raw.labels
    numbers = [name for name in NUMBERS if name in values]
    ended = [name for name in ("received_on", "closed_on", *STATES) if name in values] or numbers
    rows = np.flatnonzero(raw.blank_in(ended)).tolist() if ended else []
    stateless = {row: written[0] for row in rows if len(written := _words(labels[row])) == 1}
    stateless = {row: text for row, text in stateless.items() if known.get(row, "total") == "total"}
    if not stateless:
        return {}
    groups = [values[name] for name in GROUP_FIELDS if name in values]
    said = {normalize.label(cell) for cells in groups for cell in cells.values if isinstance(cell, str) and not blank(cell)}
    empty = {row for row in stateless if all(blank(values[name][row]) for name in numbers)}
    labelled = {row for row, text in stateless.items() if any(normalize.label(group) in said for group, _ in _parts(text))}
    counts = _counts(
        sorted(labelled or (row for row in stateless if _parts(stateless[row]))), [values[name] for name in numbers], known
    )
    often = Counter(part for row in counts for part in enumerate(word for _, word in _parts(stateless[row])))
    found: dict[int, str] = {}
    proven: set[int] = set()
    for row, text in stateless.items():
        words = [word for _, word in _parts(text)]
        told = any(normalize.word(word) in sums for word in words)
        if row in labelled and (row in empty or row in counts or told):
            proven.add(row)
            found[row] = "subtotal"
        elif row not in known and row in empty and told:
            found[row] = "subtotal"
        elif row not in known and row in counts and any(often[part] > 1 for part in enumerate(words)):
            proven.add(row)
            found[row] = "subtotal"  # North Count 12, South Count 18, where no column is read that has the labels
    last = next((row for row in range(len(labels) - 1, -1, -1) if row not in known), -1)
    if len(proven) > 1 and last in stateless and last not in proven and last - 1 in proven:
        every = _counts([last], [values[name] for name in numbers], {**known, **found}) if last not in empty else {last}
        found |= dict.fromkeys(every, "total")
    return found


def _parts(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a text as all but the last and the last, and as all but the first and the first.

    >>> _parts("West End Total")
    (('West End', 'Total'), ('End Total', 'West'))
    """
    words = text.split()
    return ((" ".join(words[:-1]), words[-1]), (" ".join(words[1:]), words[0])) if len(words) > 1 else ()


def _counts(rows: Sequence[int], numbers: Sequence[Column[Cell]], known: Mapping[int, str]) -> set[int]:
    """Return those of some rows whose one number says how many rows, or how many with a number, stand above since the last."""
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
