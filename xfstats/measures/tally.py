"""The answer of a worker: whole numbers by group, reason codes, positions and labels; never a row."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from xfstats.frozen import frozen
from xfstats.measures.capabilities import Capability
from xfstats.model import Claim, ColumnUse, Finding, GroupKey, Heading, Ledger, Log, NotRead, Reject, RowKind


@dataclass
class Tally:
    """Counts and histograms of whole days and minutes by group over the records of a period, 其中 rows apart; tallies add up."""

    counts: Mapping[GroupKey, Mapping[str, int]] = field(default_factory=dict)
    days: Mapping[GroupKey, Mapping[int, int]] = field(default_factory=dict)
    subsets: Mapping[GroupKey, Mapping[str, int]] = field(default_factory=dict)
    subset_days: Mapping[GroupKey, Mapping[int, int]] = field(default_factory=dict)
    minutes: Mapping[GroupKey, Mapping[int, int]] = field(default_factory=dict)
    subset_minutes: Mapping[GroupKey, Mapping[int, int]] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        """Return the tally of the records of both."""
        return sum_of((self, other))

    @property
    def total(self) -> Counter[str]:
        """Return the sum of each count over all groups; 其中 rows are left out."""
        found: Counter[str] = Counter()
        for counts in self.counts.values():
            found.update(counts)
        return +found  # without counts of 0


def sum_of(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies; each of them takes as long as it has groups, however many there are."""
    total: dict[str, dict[Any, Counter[Any]]] = {one.name: {} for one in dataclasses.fields(Tally)}
    for tally in tallies:
        for name, groups in total.items():
            for key, numbers in getattr(tally, name).items():
                sums = groups.get(key)
                if sums is None:
                    sums = groups[key] = Counter()
                for one, number in numbers.items():
                    sums[one] += number
    return Tally(**total)


@frozen
class Fingerprint:
    """Digests of a sheet's rows: of all cells but the serial, and of case numbers with dates where all rows have both.

    The digests are Python's own hashes, whose key is new in every run, so that they cannot be used outside of it.
    Sets of them are packed (`digest_sets`).
    """

    rows: bytes
    numbers: bytes
    named: Mapping[str, str]
    """The groups that the sheet's name states."""
    kept: int
    """How many rows were digested."""
    wide: bool
    """True if five columns or more have a header."""
    telling: bool
    """True if rows have a case number or a text of their own."""
    typed: int | None
    """One digest of the typed values of all rows, equal for every file format; None for small or undated sheets."""
    numbered: bytes = b""
    """Digests of the rows with their serial numbers, where all rows have one and nothing else identifies them."""
    picked: bool = False
    """True if the serial numbers are those of a longer list: the highest is above the number of rows."""


@frozen
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
    """Grouping fields without a column: field → `sheet` or `file`, whose name gives the label."""
    rows: int
    counted: int
    rejected: Mapping[str, int]
    skipped: Mapping[str, int]
    outside: Mapping[str, int]
    digest: str
    copy_of: str | None
    """The sheet of the same file that holds every row of this one: a filtered copy."""
    span: tuple[str, str] | None
    supports: tuple[Capability, ...]
    sums: Tally
    windows: Mapping[str, Tally]
    """The tally of each compared period, by name."""
    limits: Mapping[str, int]
    """Number of counted records by the source of their due day: due_on, accepted_on, received_on, none; empty if not needed."""
    traced_rows: Mapping[RowKind, tuple[tuple[int, int], ...]]
    """Where one figure is explained: runs of its rows by kind (see `measures.trace`)."""
    detail: Mapping[str, tuple[str | int | None, ...]]
    """For a detail sheet: the columns of the counted rows by name, none of them personal; `row` is the row in the sheet."""
    status_words: Mapping[str, Mapping[str, int]]
    """Status set → its words → their rows; all words of all columns are in `columns_used`, where the plan asks for evidence."""
    weighted: bool
    chinese: bool
    findings: tuple[Finding, ...]
    columns_used: tuple[ColumnUse, ...] = ()
    columns_unused: tuple[Heading, ...] = ()
    rejects: tuple[Reject, ...] = ()
    ambiguous_fields: tuple[tuple[str, str, str], ...] = ()
    """Fields that a header hints at, or that another column could have served: field, header, the other header or ''."""
    year: tuple[int, str] | None = None
    """The year of days written without one, and where it was found: title, sheet or file."""
    unmapped: tuple[str, ...] = ()
    """Fields that --map names by a header that this sheet does not have."""
    fingerprint: Fingerprint | None = None
    """None where sheets are not compared."""
    case_digests: tuple[str, ...] = ()
    """Salted digests of the distinct case numbers, where the plan asks for them."""
    ledger: Ledger | None = None
    """The ledger of the sheet, settled with the other sheets of the run; None in a worker."""
    told: tuple[str, ...] = ()
    """The names of the coverage counts of the supported measures (`coverage_key`); empty in a worker."""
    absent: Mapping[str, Mapping[str, int]] = dataclasses.field(default_factory=dict)
    """Filter fields that no row matches: field → the values that occur and may be shown, with their numbers of rows."""
    spellings: Mapping[str, Mapping[str, int]] = dataclasses.field(default_factory=dict)
    """Number of rows of each spelling of labels that can be spelled in several ways: field → label → rows."""
    latest: str = ""
    """The latest day, of any cell or limit, that was compared with the as-of day."""

    @property
    def log(self) -> Log:
        """Return the kind of log."""
        return self.claim.log

    @property
    def kept_as(self) -> Ledger:
        """Return the ledger; the log's own where none has been settled."""
        return self.ledger or Ledger(self.claim.log.value)


@frozen
class FileTally:
    """What `tally_file` returns: the sheets that were counted, and those that were not."""

    name: str
    sha256: str
    format: str
    sheets: tuple[SheetTally, ...]
    not_read: tuple[NotRead, ...]
    findings: tuple[Finding, ...] = ()


MANY = 8
"""Least number of equal rows of two sheets of one list where rows have no case number or text of their own."""
