"""What a worker returns: whole numbers by group, reason codes, positions and labels; never a row."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from xfstats.model import Claim, ColumnUse, Finding, GroupKey, Heading, Ledger, Log, NotRead, Reject

K = TypeVar("K")
V = TypeVar("V")


@dataclass
class Tally:
    """Counts and histograms of whole days by group over the records of a period; 其中 rows apart.  It adds up, exactly."""

    counts: Mapping[GroupKey, Mapping[str, int]] = field(default_factory=dict)
    days: Mapping[GroupKey, Mapping[int, int]] = field(default_factory=dict)
    subsets: Mapping[GroupKey, Mapping[str, int]] = field(default_factory=dict)
    subset_days: Mapping[GroupKey, Mapping[int, int]] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        """Return the tally of the records of both."""
        return Tally(
            _sum(self.counts, other.counts),
            _sum(self.days, other.days),
            _sum(self.subsets, other.subsets),
            _sum(self.subset_days, other.subset_days),
        )

    @property
    def total(self) -> Counter[str]:
        """The sum over all groups; 其中 rows are outside it."""
        return sum(map(Counter, self.counts.values()), Counter())


def _sum(one: Mapping[K, Mapping[V, int]], other: Mapping[K, Mapping[V, int]]) -> dict[K, Counter[V]]:
    """Return the counts of both by group; only the groups that the other has are counted anew."""
    found = {key: counts if isinstance(counts, Counter) else Counter(counts) for key, counts in one.items()}
    for key, counts in other.items():
        sums = found[key] = Counter(found.get(key, {}))
        for name, number in counts.items():
            sums[name] += number
    return found


@dataclass(frozen=True)
class Fingerprint:
    """What tells a sheet's rows again: digests of all cells but the serial; of numbers and dates, where all rows have both.

    The digests are Python's own hashes, keyed anew in every run, and good for nothing outside it.
    """

    rows: frozenset[int]
    numbers: frozenset[int]
    named: Mapping[str, str]
    """The groups that the sheet's name states."""
    kept: int
    """How many rows were digested."""
    wide: bool
    """Whether a row has five columns or more."""
    telling: bool
    """Whether rows have a number or a text of their own."""
    typed: int | None
    """One digest of what was understood of all rows, the same from every format, where they are telling."""
    numbered: frozenset[int] = frozenset()
    """Digests of the rows with their serial numbers, where all have one and nothing else tells them apart."""
    picked: bool = False
    """Whether these serial numbers are those of a longer list: the highest is above the number of rows."""


@dataclass(frozen=True)
class SheetTally:
    """All that leaves a worker about one sheet: whole numbers, reason codes, positions, labels; no row."""

    sheet: str
    claim: Claim
    log_by: str
    title: str | None
    office: str | None
    header_rows: tuple[int, ...]
    columns: Mapping[str, str]
    by: tuple[str, ...]
    constants: Mapping[str, str]
    """Grouping fields that no column has: field → `sheet` or `file`, whose name says it."""
    rows: int
    counted: int
    rejected: Mapping[str, int]
    skipped: Mapping[str, int]
    outside: Mapping[str, int]
    digest: str
    copy_of: str | None
    """The sheet of the same file that holds every row of this one: a filtered copy."""
    span: tuple[str, str] | None
    supports: tuple[str, ...]
    sums: Tally
    windows: Mapping[str, Tally]
    """The same over the periods that are compared with, by name."""
    limits: Mapping[str, int]
    """Where the due days of counted records come from: due_on, accepted_on, received_on, none; empty where not needed."""
    traced_rows: Mapping[str, tuple[tuple[int, int], ...]]
    """Where one figure is explained: runs of its rows by what they are (`count.behind`)."""
    detail: Mapping[str, tuple[str | int | None, ...]]
    """Where it is asked for: the kept, impersonal columns of the counted rows, by name; `row` is the row in the sheet."""
    status_words: Mapping[str, Mapping[str, int]]
    weighted: bool
    chinese: bool
    findings: tuple[Finding, ...]
    columns_used: tuple[ColumnUse, ...] = ()
    columns_unused: tuple[Heading, ...] = ()
    rejects: tuple[Reject, ...] = ()
    ambiguous_fields: tuple[tuple[str, str, str], ...] = ()
    """Fields that a header hints at, or that another column could have served: field, header, the other header or ''."""
    year: tuple[int, str] | None = None
    """The year of days without one, and where it stands: title, sheet or file."""
    unmapped: tuple[str, ...] = ()
    """Fields that --map names by a header that this sheet has not."""
    fingerprint: Fingerprint | None = None
    """Where sheets are to be compared."""
    case_digests: tuple[str, ...] = ()
    """Salted digests of the distinct case numbers, where the plan asks for them."""
    ledger: Ledger | None = None
    """Where tallies are brought together: the ledger of the sheet beside those of the others."""
    told: tuple[str, ...] = ()
    """Where tallies are brought together: the counts that say how many records of a group can tell a measure."""
    absent: Mapping[str, Mapping[str, int]] = dataclasses.field(default_factory=dict)
    """The fields of filters that no row fits: field → the values that there are and may be shown, with their rows."""
    spellings: Mapping[str, Mapping[str, int]] = dataclasses.field(default_factory=dict)
    """Of labels that can be spelled in several ways, how often each spelling stands: field → label → rows."""

    @property
    def log(self) -> Log:
        """The kind of log."""
        return self.claim.log

    @property
    def kept_as(self) -> Ledger:
        """The ledger; the log's own name where none has been settled."""
        return self.ledger or Ledger(self.claim.log.value)


@dataclass(frozen=True)
class FileTally:
    """What `tally_file` returns: the sheets that were counted, and those that were not."""

    name: str
    sha256: str
    format: str
    sheets: tuple[SheetTally, ...]
    not_read: tuple[NotRead, ...]
    findings: tuple[Finding, ...] = ()


MANY = 8
"""Rows by which two sheets are versions of one list although nothing in a row is a person's or a case's."""
