"""Tallies add up: one group of sums a kind of log, copies of a sheet or file dropped first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from xfstats.measures.capabilities import Capability
from xfstats.measures.tally import FileTally, SheetTally, Tally, sum_of
from xfstats.model import Ledger, Log


@dataclass
class Merged:
    """The sum of the tallies of one ledger: for the period, for each compared period, and the capabilities of its sheets."""

    log: Log
    ledger: Ledger
    by: tuple[str, ...]
    now: Tally = field(default_factory=Tally)
    windows: dict[str, Tally] = field(default_factory=dict)
    sheets: list[SheetTally] = field(default_factory=list)
    supports: set[Capability] = field(default_factory=set)
    words: dict[str, Counter[str]] = field(default_factory=dict)
    limits: Counter[str] = field(default_factory=Counter)

    told: set[str] = field(default_factory=set)
    """Names of the coverage counts (`coverage_key`) of all measures that at least one sheet supports."""

    def add(self, sheet: SheetTally) -> None:
        """Add all of the tally of one sheet but its sums."""
        self.sheets.append(sheet)
        for name, words in sheet.status_words.items():
            self.words.setdefault(name, Counter()).update(words)
        self.supports.update(sheet.supports)
        self.told.update(sheet.told)
        self.limits.update(sheet.limits)

    @property
    def total(self) -> Counter[str]:
        """Return the sum of each count over all groups of the period; 其中 rows are left out."""
        return self.now.total


def merge(files: Sequence[FileTally]) -> list[Merged]:
    """Return one Merged for each ledger that has sheets, in the order of `Ledger`; the grouping is that of its first sheet."""
    found: dict[Ledger, Merged] = {}
    for file in files:
        for sheet in file.sheets:
            into = found.setdefault(sheet.kept_as, Merged(sheet.log, sheet.kept_as, sheet.by))
            into.add(sheet)
    for one in found.values():
        one.now = sum_of(sheet.sums for sheet in one.sheets)
        names = dict.fromkeys(name for sheet in one.sheets for name in sheet.windows)
        one.windows = {name: sum_of(sheet.windows[name] for sheet in one.sheets if name in sheet.windows) for name in names}
    return [found[ledger] for ledger in Ledger if ledger in found]
