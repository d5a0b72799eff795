"""Common spelling of each label over all sheets of a run: North of one file and NORTH of another are one group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from xfstats.config.normalize import commonest
from xfstats.measures.tally import FileTally, SheetTally, Tally
from xfstats.model import GroupKey, Log

Spellings = Mapping[str, Mapping[str, str]]
"""Field → spelling → common spelling."""
V = TypeVar("V", int, str)


def agree(files: Sequence[FileTally]) -> list[FileTally]:
    """Return the tallies with each label in the spelling that the most rows of its kind of log have, over all sheets."""
    counts: dict[Log, dict[str, Counter[str]]] = {}
    for sheet in (sheet for file in files for sheet in file.sheets):
        for field, words in sheet.spellings.items():
            counts.setdefault(sheet.log, {}).setdefault(field, Counter()).update(words)
    spellings = {log: {field: commonest(words) for field, words in fields.items()} for log, fields in counts.items()}
    return [
        replace(file, sheets=tuple(_respelled(sheet, spellings.get(sheet.log, {})) for sheet in file.sheets)) for file in files
    ]


def _respelled(sheet: SheetTally, spellings: Spellings) -> SheetTally:
    """Return the tally of a sheet with its labels respelled."""
    if not any(spellings.get(field) for field in sheet.by):
        return sheet
    return replace(
        sheet,
        sums=_sums(sheet.sums, sheet.by, spellings),
        windows={name: _sums(sums, sheet.by, spellings) for name, sums in sheet.windows.items()},
        detail={
            name: tuple(spellings.get(name, {}).get(str(cell), cell) for cell in cells) if spellings.get(name) else cells
            for name, cells in sheet.detail.items()
        },
    )


def _sums(sums: Tally, by: Sequence[str], spellings: Spellings) -> Tally:
    """Return sums with the labels of their groups respelled; groups that then have equal labels are added."""

    def respelled(groups: Mapping[GroupKey, Mapping[V, int]]) -> dict[GroupKey, Counter[V]]:
        """Return numbers by respelled group."""
        found: dict[GroupKey, Counter[V]] = {}
        for key, numbers in groups.items():
            own = tuple(spellings.get(field, {}).get(label or "", label) for field, label in zip(by, key, strict=True))
            into = found.setdefault(own, Counter())
            for name, number in numbers.items():
                into[name] += number
        return found

    days, subset_days = respelled(sums.days), respelled(sums.subset_days)
    minutes, subset_minutes = respelled(sums.minutes), respelled(sums.subset_minutes)
    return Tally(respelled(sums.counts), days, respelled(sums.subsets), subset_days, minutes, subset_minutes)
