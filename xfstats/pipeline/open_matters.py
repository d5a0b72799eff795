"""The open matters of a sheet for a list of reminders: case number, group, due day and row; no other cell leaves the worker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from xfstats.config.normalize import blank
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.measures.trace import details
from xfstats.pipeline.typed_sheet import TypedSheet, _columns, _rules
from xfstats.readers.column import Mask
from xfstats.schema.personal import identity

_MAX_NUMBER = 40
"""Characters of the longest case number that is shown."""
_LEAST_ALIKE = 3
"""Least number of case numbers with the same words in them: a name would stand in one or two."""


def open_matters(sheet: TypedSheet, rows: Mask, plan: Plan, vocabulary: Vocabulary) -> dict[str, tuple[str | int | None, ...]]:
    """Return the columns `row` (from 1), the grouping fields, `due_on` and `case_no` (None: not to be shown) of open records."""
    limits = sheet.flags.limits
    if limits is None:
        return {}
    flags = sheet.flags.columns
    chosen = rows & flags["in_base"].to_numpy() & flags["open"].to_numpy()
    frame = sheet.records.frame
    found = details(
        chosen,
        sheet.raw.first_row,
        sheet.schema.by,
        _columns(sheet, chosen, plan, 0),
        frame[[]],
        (),
        _rules(sheet.schema, vocabulary),
    )
    days = np.datetime_as_string(limits.due[chosen].astype("datetime64[D]")).tolist()
    return {
        **{name: cells for name, cells in found.items() if name == "row" or name in sheet.schema.by},
        "due_on": tuple(None if day == "NaT" else day for day in days),
        "case_no": _numbers(sheet, chosen),
    }


def _numbers(sheet: TypedSheet, chosen: Mask) -> tuple[str | None, ...]:
    """Return the case numbers of these records, or their serial numbers where the log has no others."""
    column = sheet.raw.values.get("case_no", sheet.raw.values.get("serial"))
    if column is None:
        return (None,) * int(chosen.sum())
    shown = showable_numbers([None if blank(cell) else _text(cell) for cell in column.values])
    return tuple(shown[code] for code in column.codes[chosen].tolist())


def _text(cell: object) -> str:
    """Return a cell as a case number: a whole number without decimals."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def showable_numbers(numbers: Sequence[str | None]) -> list[str | None]:
    """Return the distinct case numbers of a column, None for one that may hold an identity, a telephone number or a name.

    >>> showable_numbers(["信访2026001", "信访2026002", "信访2026003", "张某7", "13800000001"])
    ['信访2026001', '信访2026002', '信访2026003', None, None]
    """
    words = [re.sub(r"[\W\d_]+", " ", number or "").strip() for number in numbers]
    alike = Counter(words)
    return [
        number
        if number
        and re.search(r"\d", number)
        and number.isprintable()
        and len(number) <= _MAX_NUMBER
        and not identity(number)
        and (len(said) < 2 or alike[said] >= _LEAST_ALIKE)
        else None
        for number, said in zip(numbers, words, strict=True)
    ]
