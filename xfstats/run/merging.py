"""Tallies add up: one group of sums a kind of log, copies of a sheet or file dropped first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xfstats.copies import LEAST, compare, contradict
from xfstats.errors import InputFault
from xfstats.measures.tally import Added, FileTally, SheetTally, Sums, _add
from xfstats.model import Finding, Log, Position


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


def merge(files: Sequence[FileTally]) -> list[Merged]:
    """One Merged a kind of log, in the order of the kinds; sheets of one kind share their grouping."""
    found: dict[Log, Merged] = {}
    for file in files:
        for sheet in file.sheets:
            into = found.setdefault(sheet.log, Merged(sheet.log, sheet.by))
            into.add(sheet)
    return [found[log] for log in Log if log in found]


def drop_copies(files: Sequence[FileTally]) -> list[FileTally]:
    """The same tallies, a sheet whose rows all stand elsewhere emptied: its rows are skipped as `copy`, with a finding.

    Raises InputFault for two versions of one list in two files.
    """
    sheets = [(file, sheet) for file in files for sheet in file.sheets]
    first: dict[int, int] = {}
    seen: dict[tuple[str, int], int] = {}
    for index, (_, sheet) in enumerate(sheets):
        place = seen.setdefault((sheet.digest, sheet.rows), index)
        if place != index and sheet.rows and (sheet.rows >= LEAST or not contradict(sheet, sheets[place][1])):
            first[index] = place
    names = [f"{file.name}「{sheet.sheet}」" if sheet.sheet else file.name for file, sheet in sheets]
    within = {index: f"{file.name}「{sheet.copy_of}」" for index, (file, sheet) in enumerate(sheets) if sheet.copy_of is not None}
    found = compare(
        [replace(sheet, print=None) if index in first or index in within else sheet for index, (_, sheet) in enumerate(sheets)]
    )
    apart = {(one, other) for one, other, _ in found.shared if sheets[one][0] is not sheets[other][0]}
    for one, other in found.versions:  # of two files: those of one were refused when it was read
        raise InputFault("E331", Position(sheets[one][0].name), one=names[one], other=names[other])
    copied = within | {one: names[other] for one, other in {**found.of, **first}.items()}
    said = {one: Finding("W227", rows, (), {"first": names[other]}) for one, other, rows in found.shared if (one, other) in apart}
    done = [
        _copy(sheet, copied[index]) if index in copied else _told(sheet, said.get(index))
        for index, (_, sheet) in enumerate(sheets)
    ]
    return [replace(file, sheets=tuple(done.pop(0) for _ in file.sheets)) for file in files]


def _told(sheet: SheetTally, finding: Finding | None) -> SheetTally:
    return replace(sheet, print=None, findings=(*sheet.findings, finding) if finding else sheet.findings)


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
        print=None,
    )
