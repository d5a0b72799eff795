"""Tallies add up: one group of sums a kind of log, copies of a sheet or file dropped first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from xfstats.model import GroupKey, Log
from xfstats.tallies import FileTally, Finding, SheetTally, Sums


@dataclass
class Added:
    """Sums and histograms by group, added up over sheets; 其中 rows apart."""

    counts: dict[GroupKey, Counter[str]] = field(default_factory=dict)
    days: dict[GroupKey, Counter[int]] = field(default_factory=dict)
    subsets: dict[GroupKey, Counter[str]] = field(default_factory=dict)
    subset_days: dict[GroupKey, Counter[int]] = field(default_factory=dict)

    def add(self, sums: Sums) -> None:
        """Add the sums of one sheet."""
        _add(self.counts, sums.counts)
        _add(self.days, sums.days)
        _add(self.subsets, sums.subsets)
        _add(self.subset_days, sums.subset_days)

    @property
    def total(self) -> Counter[str]:
        """The sum over all groups; 其中 rows are outside it."""
        return sum(self.counts.values(), Counter())

    @property
    def all_days(self) -> Counter[int]:
        """The histogram over all groups."""
        return sum(self.days.values(), Counter())


@dataclass
class Merged:
    """All that was counted in the logs of one kind: in the period, and in those it is compared with; what the sheets can tell."""

    log: Log
    by: tuple[str, ...]
    now: Added = field(default_factory=Added)
    windows: dict[str, Added] = field(default_factory=dict)
    sheets: list[SheetTally] = field(default_factory=list)
    supports: set[str] = field(default_factory=set)
    words: dict[str, Counter[str]] = field(default_factory=dict)
    limits: Counter[str] = field(default_factory=Counter)

    def add(self, sheet: SheetTally) -> None:
        """Add one sheet."""
        self.sheets.append(sheet)
        self.now.add(sheet.sums)
        for name, sums in sheet.windows.items():
            self.windows.setdefault(name, Added()).add(sums)
        _add(self.words, sheet.words)
        self.supports.update(sheet.supports)
        self.limits.update(sheet.limits)

    @property
    def total(self) -> Counter[str]:
        """The sum over all groups of the period."""
        return self.now.total


K = TypeVar("K")
V = TypeVar("V")


def _add(into: dict[K, Counter[V]], more: Mapping[K, Mapping[V, int]]) -> None:
    for key, counts in more.items():
        sums = into.setdefault(key, Counter())
        for name, number in counts.items():
            sums[name] += number


def merge(files: Sequence[FileTally]) -> list[Merged]:
    """One Merged a kind of log, in the order of the kinds; sheets of one kind share their grouping."""
    found: dict[Log, Merged] = {}
    for file in files:
        for sheet in file.sheets:
            into = found.setdefault(sheet.log, Merged(sheet.log, sheet.by))
            into.add(sheet)
    return [found[log] for log in Log if log in found]


def drop_copies(files: Sequence[FileTally]) -> list[FileTally]:
    """The same tallies, a sheet whose rows were seen already emptied: its rows are skipped as `copy`, with a finding."""
    seen: dict[tuple[str, int], str] = {}
    kept = []
    for file in files:
        sheets = []
        for sheet in file.sheets:
            place = f"{file.name}「{sheet.sheet}」" if sheet.sheet else file.name
            first = seen.setdefault((sheet.digest, sheet.rows), place)
            if first == place and sheet.copy_of is not None:
                first = f"{file.name}「{sheet.copy_of}」"
            sheets.append(sheet if first == place or not sheet.rows else _copy(sheet, first))
        kept.append(replace(file, sheets=tuple(sheets)))
    return kept


def _copy(sheet: SheetTally, first: str) -> SheetTally:
    zeros = Sums({key: dict.fromkeys(counts, 0) for key, counts in sheet.sums.counts.items()}, {}, {}, {})
    return replace(
        sheet,
        counted=0,
        rejected={},
        outside={},
        skipped={"copy": sheet.rows},
        sums=zeros,
        windows={},
        limits={},
        behind={},
        detail={},
        words={},
        findings=(Finding("W210", sheet.rows, (), {"first": first}),),
        rejects=(),
    )
