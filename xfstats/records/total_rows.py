"""Rows that are sums of the rows around them, whatever they call themselves; batches that only number the rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.model import GROUP_FIELDS, Cell
from xfstats.schema.numbers import MOST_ADDED, amount, amounts

AMOUNTS = ("batches", "persons")
NUMBERS = ("case_no", "serial")
"""Fields that hold a number or a code in every record."""
STATES = ("status", "outcome", "closed_flag", "settled_flag", "resolved_flag", "excluded_flag", "on_time_flag")
TELLING = (*STATES, "closed_on", "case_no")
"""What a sum has none of."""
_WRITTEN = re.compile(r"[\d.,%]+")
MOST_FILLED = 4
LEAST = 3
"""So many rows are added up before another is taken for their sum."""
_PLAIN = frozenset([int, float])
"""What most serial numbers are, passed over fast."""


def added_up(values: Mapping[str, list[Cell]], filled: Sequence[int], known: Mapping[int, str]) -> dict[int, str]:
    """The rows that are totals or subtotals by their amounts; `known` rows are no records already."""
    columns = [values[name] for name in AMOUNTS if name in values]
    recorded = "received_on" in values
    candidates = {row for row, count in enumerate(filled) if count <= MOST_FILLED and row not in known}
    if recorded and "case_no" in values:
        last = max((row for row in range(len(filled)) if row not in known), default=0)
        if counting(values, filled, last, len(filled) - len([row for row in known if row < len(filled)]) - 1):
            return {last: "total"}
    if not columns or not candidates or not (recorded or len(columns) == len(AMOUNTS)):
        return {}
    read = list(zip(*(amounts(cells, MOST_ADDED, 0) for cells in columns), strict=True))
    sums = {
        row: tuple(number if isinstance(number, int) else 0 for number in numbers)
        for row, numbers in enumerate(read)
        if row not in known and any(isinstance(number, int) for number in numbers)
    }
    return _among_records(sums, {row for row in candidates if bare(values, filled, row)}) if recorded else _among_counts(sums)


def bare(values: Mapping[str, list[Cell]], filled: Sequence[int], row: int) -> bool:
    """Whether a row has no date, no status and hardly anything else; a word where the others have their numbers is none."""
    if filled[row] > MOST_FILLED:
        return False
    others = [name for name in ("received_on", *TELLING) if name in values and name != "case_no"]
    return all(blank(values[name][row]) for name in others) and not _numbered(values.get("case_no"), row)


def _numbered(cells: Sequence[Cell] | None, row: int) -> bool:
    """Whether a row has a case number: any cell that is filled, but a word without digits where most others have some."""
    if cells is None or blank(cells[row]):
        return False
    if not isinstance(cells[row], str) or any(map(str.isdigit, str(cells[row]))):
        return True
    filled = [cell for cell in cells if not blank(cell)]
    return 2 * sum(1 for cell in filled if any(map(str.isdigit, str(cell)))) <= len(filled)


def counting(values: Mapping[str, list[Cell]], filled: Sequence[int], row: int, above: int) -> bool:
    """Whether a last row without a date says under the case numbers, which are texts, how many records stand above it."""
    cells = values["case_no"]
    if above < LEAST or filled[row] > MOST_FILLED or not blank(values["received_on"][row]) or isinstance(cells[row], str):
        return False
    texts = sum(1 for cell in cells if isinstance(cell, str))
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


def loose(values: Mapping[str, list[Cell]], filled: Sequence[int], skips: Mapping[int, str]) -> list[int]:
    """Bare rows without a serial number where the other rows have theirs: 去年同期, 最大值, a sum beside the name of a level."""
    serial = values.get("serial")
    if serial is None or "received_on" not in values or not values.keys() & set(AMOUNTS):
        return []
    counted = [values[name] for name in AMOUNTS if name in values]
    odd = [row for row, cell in enumerate(serial) if cell.__class__ not in _PLAIN and row not in skips]
    odd = [row for row in odd if isinstance(serial[row], str) or blank(serial[row])]
    bearing = [row for row in odd if bare(values, filled, row) and not all(blank(cells[row]) for cells in counted)]
    if not bearing:
        return []
    read = amounts(serial, MOST_ADDED, 0)
    rows = [row for row in range(len(filled)) if row not in skips]
    numbered = sum(1 for row in rows if isinstance(read[row], int))
    return [row for row in bearing if not isinstance(read[row], int)] if 2 * numbered > len(rows) else []


def shared_numbers(batches: Sequence[int]) -> bool:
    """Whether rows that follow each other share a rising number, as the persons of one batch do.

    >>> shared_numbers([1, 1, 1, 2, 2, 3, 4, 4, 5]), shared_numbers([1, 1, 2, 1, 1, 1, 3, 1, 1])
    (True, False)
    """
    return (
        len(set(batches)) >= 4
        and len(set(batches)) < len(batches)
        and all(now - before in {0, 1} for before, now in pairwise(batches))
    )


def only_numbers(batches: Sequence[int], days: Sequence[object]) -> bool:
    """Whether a column of batches just numbers its rows: always up or always down, perhaps anew, or anew for each day; five rows.

    >>> days = [1, 1, 1, 2, 3, 3, 4, 5, 5]
    >>> only_numbers([1, 2, 3, 1, 2, 1, 2, 3, 4], days), only_numbers([1, 2, 3, 1, 1, 2, 1, 1, 2], days)
    (True, True)
    >>> only_numbers([1, 1, 2, 1, 1, 3, 1, 1, 1], days), only_numbers([1] * 9, days)
    (False, False)
    """
    if len(batches) >= 5 and (_rising(batches) or _rising(batches[::-1])):
        return True
    if len(batches) < 5 or batches[0] != 1:
        return False
    steps = list(pairwise(batches))
    further = [now == before + 1 for before, now in steps]
    if not all(on or now == 1 for on, (_, now) in zip(further, steps, strict=True)):
        return False
    same_day = [before == now for before, now in pairwise(days)]
    return 2 * sum(further) > len(steps) or (sum(further) >= LEAST and further == same_day)


def _rising(numbers: Sequence[int]) -> bool:
    return all(before < now for before, now in pairwise(numbers))


def labelled_sums(
    values: Mapping[str, list[Cell]], labels: Sequence[tuple[str, ...]], known: Mapping[int, str], sums: frozenset[str]
) -> dict[int, str]:
    """Return the rows of a Subtotal command: no day, number or state, and a text that is another row's label and a word of sums.

    "Denmark Total" and "Total Danemark" stand beside rows of Denmark, in whatever language; the like row that ends the sheet
    after two of them, with a label of its own, is their total.  `sums` are words that tell it where no column is read that has
    the labels.  A number is no record's where it counts the rows above.
    """
    ended = [values[name] for name in ("received_on", "closed_on", *STATES) if name in values]
    numbers = [values[name] for name in NUMBERS if name in values]
    stateless = {row: written[0] for row in blank_in_all(ended or numbers) if len(written := _words(labels[row])) == 1}
    stateless = {row: text for row, text in stateless.items() if known.get(row, "total") == "total"}
    if not stateless:
        return {}
    groups = [values[name] for name in GROUP_FIELDS if name in values]
    said = {normalize.label(cell) for cells in groups for cell in set(cells) if isinstance(cell, str) and not blank(cell)}
    empty = {row for row in stateless if all(blank(cells[row]) for cells in numbers)}
    labelled = {row for row, text in stateless.items() if any(normalize.label(group) in said for group, _ in _parts(text))}
    counts = _counts(sorted(labelled or (row for row in stateless if _parts(stateless[row]))), numbers, known)
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
            found[row] = "subtotal"  # North Count 12, South Count 18, where no column is read that has the labels
    last = max((row for row in range(len(labels)) if row not in known), default=-1)
    if len(proven) > 1 and last in empty and last not in proven and last - 1 in proven:
        found[last] = "total"
    return found


def _parts(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a text as all but the last and the last, and as all but the first and the first.

    >>> _parts("West End Total")
    (('West End', 'Total'), ('End Total', 'West'))
    """
    words = text.split()
    return ((" ".join(words[:-1]), words[-1]), (" ".join(words[1:]), words[0])) if len(words) > 1 else ()


def _counts(rows: Sequence[int], numbers: Sequence[Sequence[Cell]], known: Mapping[int, str]) -> set[int]:
    """Return those of some rows whose one number says how many rows, or how many with a number, stand above since the last."""
    found: set[int] = set()
    first = 0
    for row in rows:
        filled = [cells for cells in numbers if not blank(cells[row])]
        above = [one for one in range(first, row) if one not in known]
        first = row + 1
        if len(filled) == 1 and above:
            numbered = sum(1 for one in above if not blank(filled[0][one]))
            if amount(filled[0][row], MOST_ADDED) in {len(above), numbered}:
                found.add(row)
    return found


def blank_in_all(columns: Sequence[Sequence[Cell]]) -> list[int]:
    """Return the rows that are blank in each of the columns; none where there are no columns."""
    rows: list[int] | None = None
    for cells in columns:
        blanks = {cell for cell in set(cells) if blank(cell)}
        rows = [row for row in (range(len(cells)) if rows is None else rows) if cells[row] in blanks]
    return rows or []


def _words(texts: Sequence[str]) -> list[str]:
    """Return the texts of a row that are no numbers."""
    return [text for text in texts if text and not _WRITTEN.fullmatch(text.strip())]
