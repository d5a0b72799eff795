"""Sheets of one file whose every row stands in another sheet: a filtered copy, a list by unit beside the whole list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xfstats.errors import InputFault
from xfstats.model import Position
from xfstats.sheets import Understood
from xfstats.tallies import Finding, SheetTally
from xfstats.understand import spelling
from xfstats.understand.shapes import blank

LEAST = 3
"""A sheet with fewer rows is never taken for a copy of another."""


@dataclass(frozen=True)
class Print:
    """What tells a sheet's rows again: digests of all cells but the serial; numbers with their dates where every row has both."""

    rows: frozenset[int]
    numbers: frozenset[str]
    named: Mapping[str, str]
    """The groups that the sheet's name states."""


def print_of(sheet: Understood) -> Print:
    """The print of a sheet's records."""
    kept = [row for row in range(sheet.records.rows) if row not in sheet.records.skipped]
    cells, days = sheet.raw.values.get("case_no"), sheet.raw.values.get("received_on")
    pairs = [(cells[row], days[row]) for row in kept] if cells is not None and days is not None else []
    whole = not any(blank(cell) or blank(day) for cell, day in pairs)
    return Print(
        frozenset(one for row, one in enumerate(sheet.raw.digests) if row not in sheet.records.skipped),
        frozenset(f"{spelling.word(str(cell))} {day}" for cell, day in pairs) if whole else frozenset(),
        {field: label for field, (label, _) in sheet.layout.constants.items()},
    )


def mark_copies(sheets: Sequence[SheetTally], prints: Sequence[Print], at: Position) -> list[SheetTally]:
    """The sheets, each that is a copy marked with the sheet that it is a copy of.

    Raises InputFault for two versions of one sheet: the same cases under the same columns, with other words in them.
    """
    kept = []
    for index, sheet in enumerate(sheets):
        whole = (
            other.sheet
            for place, other in enumerate(sheets)
            if place != index
            and (
                _same_rows(sheet, other, prints[index], prints[place])
                or _same_numbers(sheet, other, prints[index], prints[place])
            )
            and (_size(prints[index]) < _size(prints[place]) or place < index)
        )
        copied = next(whole, None)
        other = next((place for place, one in enumerate(sheets) if one.sheet == copied), index)
        if other != index and sheet.columns == sheets[other].columns and not prints[index].rows <= prints[other].rows:
            raise InputFault("E331", at, one=sheet.sheet, other=copied)
        kept.append(replace(sheet, copy_of=copied) if copied is not None else sheet)
    return kept


def _size(one: Print) -> tuple[int, int]:
    return len(one.numbers), len(one.rows)


def _same_rows(sheet: SheetTally, other: SheetTally, own: Print, rows: Print) -> bool:
    """All cells stand there too; only where a date or a number tells rows apart, and no sheet's name gives them another group."""
    told = {"received_on", "case_no"} & sheet.columns.keys()
    one_group = all(rows.named.get(field, label) == label for field, label in own.named.items())
    return bool(told) and len(own.rows) >= LEAST and own.rows <= rows.rows and sheet.columns == other.columns and one_group


def _same_numbers(sheet: SheetTally, other: SheetTally, own: Print, rows: Print) -> bool:
    """All numbers stand there too under their dates, with all fields that are counted here."""
    fields = sheet.columns.keys() - {"serial"}
    return sheet.log == other.log and len(own.numbers) >= LEAST and own.numbers <= rows.numbers and fields <= other.columns.keys()


def shared_numbers(sheets: Sequence[SheetTally], prints: Sequence[Print]) -> tuple[Finding, ...]:
    """Case numbers that stand in several sheets which are all counted."""
    counted = [(sheet, one) for sheet, one in zip(sheets, prints, strict=True) if sheet.copy_of is None]
    often = Counter(number for _, one in counted for number in one.numbers)
    shared = {number for number, places in often.items() if places > 1}
    names = tuple(sheet.sheet or "" for sheet, one in counted if one.numbers & shared)
    return (Finding("W220", len(shared), names),) if shared else ()
