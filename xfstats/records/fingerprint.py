"""Row fingerprints: hashes to detect duplicate sheets without keeping any cell, and keyed digests of case numbers."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pandas as pd

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.measures.digest_sets import packed
from xfstats.measures.tally import MANY, Fingerprint
from xfstats.model import SETS, Cell
from xfstats.readers.column import Column, Mask
from xfstats.records.cells import RawCells
from xfstats.records.frame import Records
from xfstats.schema.infer import Schema
from xfstats.schema.numbers import MOST_ADDED, amounts

WIDE = 5
"""Fewest columns with a header, and fewest rows, by which a list can be identified."""


def fingerprint_of(raw: RawCells, records: Records, schema: Schema) -> Fingerprint:
    """Return the fingerprint of the rows of a sheet that are not skipped."""
    kept = records.recorded
    digests = raw.digests[kept]
    cells = raw.values["case_no"].take(kept) if "case_no" in raw.values else None
    wide = sum(1 for name in schema.header.names if name) >= WIDE
    telling = schema.has_own_text or (cells is not None and _distinct(cells))
    serials = [] if telling or "serial" not in raw.values else _serials(raw.values["serial"].take(kept))
    return Fingerprint(
        np.unique(digests.view(np.int64)).tobytes(),
        _numbers(cells, records.frame.get("received_on"), kept),
        {field: label for field, (label, _) in schema.constants.items()},
        int(kept.sum()),
        wide,
        telling,
        _typed(records, kept) if wide and kept.sum() >= (WIDE if telling else MANY) else None,
        packed(map(hash, zip(digests.tolist(), serials, strict=False))),
        max(serials, default=0) > len(serials),
    )


def _numbers(cells: Column[Cell] | None, dates: pd.Series[pd.Timestamp] | None, rows: Mask) -> bytes:
    """Return a digest of each case number with its day; an empty set where a row lacks either."""
    if cells is None or dates is None:
        return b""
    days = dates[rows]
    if days.isna().any() or any(map(blank, cells.values)):
        return b""
    pairs = pd.DataFrame({"cell": cells.codes, "day": days.to_numpy().astype("datetime64[D]")}).drop_duplicates()
    texts = np.datetime_as_string(pairs["day"].to_numpy(), unit="D").tolist()
    words = [normalize.word(str(cells.values[code])) for code in pairs["cell"].tolist()]
    return packed(hash(f"{word} {day}") for word, day in zip(words, texts, strict=True))


def _serials(cells: Column[Cell]) -> list[int]:
    """Return the serial numbers of rows; an empty list where a row has no whole number, or two have the same."""
    numbers = [number for number in amounts(cells, MOST_ADDED) if isinstance(number, int)]
    return numbers if len(set(numbers)) == len(cells) else []


def _distinct(numbers: Column[Cell]) -> bool:
    """True if most rows have a case number, and there are more than half as many different numbers as such rows."""
    words = numbers.map(lambda cell: None if blank(cell) else normalize.word(str(cell))).counts()
    filled = [count for word, count in words.items() if word is not None]
    return 2 * sum(filled) > len(numbers) and 2 * len(filled) > sum(filled)


def _typed(records: Records, rows: Mask) -> int | None:
    """Return one digest of the dates, amounts, labels and status sets of some rows, in their order; None if there is no date."""
    frame = records.frame
    dates = [name for name in frame if frame[name].dtype.kind == "M"]
    if not any(frame[name].notna().any() for name in dates):
        return None
    plain = [frame[name][rows].to_numpy() for name in (*dates, "persons", "batches", *SETS) if name in frame]
    found: list[object] = [column.tobytes() for column in plain]
    for name in records.labels:
        codes, labels = pd.factorize(records.labels[name][rows])
        found += [codes.tobytes(), tuple(labels)]
    return hash(tuple(found))


def case_digests(raw: RawCells, rows: Mask, salt: str) -> tuple[str, ...]:
    """Return digests of the case numbers of some rows, keyed by `salt`, to compare two files without the numbers."""
    cells = raw.values["case_no"].take(rows).values if "case_no" in raw.values else ()
    numbers = {normalize.word(str(cell)) for cell in cells if not blank(cell)}
    key = bytes.fromhex(salt)
    return tuple(sorted(blake2b(number.encode("utf-8", "replace"), key=key, digest_size=8).hexdigest() for number in numbers))
