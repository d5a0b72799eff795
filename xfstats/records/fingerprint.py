"""What tells the rows of a sheet again, in its file and in others: digests that say nothing of what they are of."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.measures.tally import MANY, Fingerprint
from xfstats.model import Cell
from xfstats.records.cells import RawCells
from xfstats.records.frame import Records
from xfstats.schema.infer import Schema
from xfstats.schema.numbers import MOST_ADDED, amounts

WIDE = 5
"""Columns that a row needs to be known again, and rows that a list does."""


def fingerprint_of(raw: RawCells, records: Records, schema: Schema) -> Fingerprint:
    """The print of a sheet's records."""
    kept = [row for row in range(records.rows) if row not in records.skipped]
    cells, days = raw.values.get("case_no"), records.dates.get("received_on")
    pairs = [(cells[row], days[row]) for row in kept] if cells is not None and days is not None else []
    whole = not any(blank(cell) or day is None for cell, day in pairs)
    rows = frozenset(raw.digests[row] for row in kept)
    wide = sum(1 for name in schema.header.names if name) >= WIDE
    telling = schema.has_own_text or _distinct([cells[row] for row in kept] if cells is not None else [])
    serials = [] if telling else _serials([raw.values["serial"][row] for row in kept] if "serial" in raw.values else [])
    return Fingerprint(
        rows,
        frozenset(hash(f"{normalize.word(str(cell))} {day}") for cell, day in pairs) if whole else frozenset(),
        {field: label for field, (label, _) in schema.constants.items()},
        len(kept),
        wide,
        telling,
        _typed(records, kept) if wide and len(kept) >= (WIDE if telling else MANY) else None,
        frozenset(hash((raw.digests[row], serial)) for row, serial in zip(kept, serials, strict=False)),
        max(serials, default=0) > len(serials),
    )


def _serials(cells: list[Cell]) -> list[int]:
    """Return the serial numbers of rows; none where a row has no whole number, or two have the same."""
    numbers = [number for number in amounts(cells, MOST_ADDED) if isinstance(number, int)]
    return numbers if len(set(numbers)) == len(cells) else []


def _distinct(numbers: Sequence[Cell]) -> bool:
    """True if most rows have a number, and most numbers stand in one row."""
    filled = [normalize.word(str(cell)) for cell in numbers if not blank(cell)]
    return 2 * len(filled) > len(numbers) and 2 * len(set(filled)) > len(filled)


def _typed(records: Records, rows: Sequence[int]) -> int | None:
    """A digest of the dates, amounts, labels and sets of some rows, in their order; None where no date tells them apart."""
    if not any(day for column in records.dates.values() for day in column):
        return None
    amounts = [column for column in (records.persons, records.batches) if column is not None]
    columns: list[Sequence[object]] = [
        *records.dates.values(),
        *amounts,
        *records.groups.values(),
        *records.outcomes.flags.values(),
    ]
    return hash(tuple(str([column[row] for column in columns]) for row in rows))


def case_digests(raw: RawCells, rows: list[int], salt: str) -> tuple[str, ...]:
    """Keyed digests of the case numbers of counted rows: equal in two files where the numbers are, and good for nothing else."""
    cells = raw.values.get("case_no", [])
    numbers = {normalize.word(str(cells[row])) for row in rows if cells and not blank(cells[row])}
    key = bytes.fromhex(salt)
    return tuple(sorted(blake2b(number.encode("utf-8", "replace"), key=key, digest_size=8).hexdigest() for number in numbers))
