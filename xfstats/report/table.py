"""The unrounded table: rows of groups and their exact figures, and the report around it; plain values, no pandas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from xfstats.measures.tally import FileTally, SheetTally
from xfstats.messages import named, say
from xfstats.model import Finding, Ledger, Log, NotRead, Period, Window
from xfstats.report.figures import Change, Figure, Pair, Place, Statistic, format_figure, round_half_up

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Block:
    """The figures of one group by measure, their changes by measure and window, the group's places by measure."""

    figures: Mapping[str, Figure]
    changes: Mapping[str, Mapping[str, Change | None]] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    bases: Mapping[str, Pair] = field(default_factory=dict)
    """By measure, how many of the group's records stand in sheets that have its column, where those are not all."""


@dataclass(frozen=True)
class Row:
    """One group: its labels by field (a subtotal leaves the inner fields out) and its figures.

    `kind` is group, subtotal, of_which, rest (其余, of so many groups) or total; `cells` hold a crossed field's values.
    """

    group: Mapping[str, str | None]
    block: Block
    kind: str = "group"
    rest: int = 0
    cells: Mapping[str | None, Block] = field(default_factory=dict)

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The row's figures by measure."""
        return self.block.figures

    @property
    def of_which(self) -> bool:
        """Whether it is a 其中 row, outside the sum."""
        return self.kind == "of_which"

    @property
    def subtotal(self) -> bool:
        """Whether it is the sum of the rows of an outer group."""
        return self.kind == "subtotal"


@dataclass(frozen=True)
class Table:
    """One kind of log: a row a group, and the total from merged counts."""

    log: Log
    ledger: Ledger
    title: str
    by: tuple[str, ...]
    span: Period | None
    measures: tuple[str, ...]
    definitions: Mapping[str, str]
    rows: tuple[Row, ...]
    total_row: Row
    notes: tuple[str, ...] = ()
    cross: str | None = None
    windows: tuple[Window, ...] = ()
    ranked: str | None = None
    smallest_first: bool = False
    """Whether the first place is that of the smallest, where the groups are ranked."""
    empty: bool = False
    """Whether no record was counted at all."""
    parted: bool = False
    """Whether another ledger of the same log has a table of its own."""

    @property
    def name(self) -> str:
        """The name by which figures, files and data call the table: its log; its ledger where the log has two."""
        return self.ledger.value if self.parted else self.log.value

    def kind(self, lang: str) -> str:
        """What the table is called where no title says it."""
        return ledger_label(self.log, self.ledger, lang, parted=self.parted)

    @property
    def total(self) -> Mapping[str, Figure]:
        """The total's figures by measure."""
        return self.total_row.figures

    def label(self, row: Row, lang: str) -> str:
        """What stands in the first column for a row with one grouping field."""
        return next(iter(row.group.values()), None) or unclassified_label(lang)

    def shown(self, lang: str = "zh", places: int = 2) -> dict[str, dict[str, str]]:
        """Labels to measures to printed text, the total last; rows of one grouping field only."""
        rows = {self.label(row, lang): row.figures for row in self.rows} | {total_label(lang): self.total}
        return {name: {key: format_figure(figures[key], places) for key in self.measures} for name, figures in rows.items()}

    def flat(self) -> Iterator[Row]:
        """Every row as data has it, the total last: a crossed field's values as rows of their own, before their sum."""
        for row in (*self.rows, self.total_row):
            if self.cross is not None:
                kind = "subtotal" if row.kind == "total" else row.kind
                for value, block in row.cells.items():
                    yield Row({**row.group, self.cross: value}, block, kind, row.rest)
                row = replace(row, kind="subtotal" if row.kind == "group" else row.kind, cells={})  # noqa: PLW2901 - its sum
            yield row

    def columns(self, key: str, *, pairs: bool = False) -> tuple[str, ...]:
        """Return the columns of a measure as data has them: itself, its pair where asked, its changes by window, its places."""
        windows = [window.name for window in self.windows]
        paired = [name for name in ("numerator", "denominator") if pairs and isinstance(self.total.get(key), Pair)]
        places = ["place", *(f"place_{name}" for name in windows)] if key == self.ranked else []
        return (key, *(f"{key}_{name}" for name in (*paired, *windows, *places)))

    def to_frame(self) -> pd.DataFrame:
        """Return a DataFrame: one row a row of the table, the total last, `row` its kind.

        Kinds are group, subtotal, of_which, rest and total.  A measure is followed by its pair (`closure_rate_numerator`,
        `closure_rate_denominator`), its changes (`visits_prev`, a fraction; of a rate in points) and its places (`visits_place`,
        `visits_place_prev`).  Rates are in [0, 1], NaN where the base is 0.
        """
        import pandas as pd  # noqa: PLC0415 - pandas costs as much as the rest of the run; only who asks for a frame pays

        fields = (*self.by, self.cross) if self.cross else self.by
        columns = [name for key in self.measures for name in self.columns(key, pairs=True)]
        rows = [{"row": row.kind, **{name: row.group.get(name) for name in fields}, **row_values(row)} for row in self.flat()]
        return pd.DataFrame(rows, columns=["row", *fields, *columns])


@dataclass(frozen=True)
class Reconciliation:
    """rows = counted + rejected + skipped + outside, with the reasons."""

    rows: int
    counted: int
    rejected: int
    skipped: int
    outside: int
    reasons: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class ReportFinding:
    """A finding with the input it is about (an index into `inputs`) and its sentence in the report's language."""

    code: str
    message: str
    rows: int | None
    input: int | None = None
    at: tuple[str, ...] = ()
    finding: Finding | None = None


@dataclass(frozen=True)
class Revision:
    """A figure that is another since it was saved: its log, group, kind of row and measure; None where it was or is not there."""

    log: str
    group: tuple[tuple[str, str | None], ...]
    kind: str
    measure: str
    was: Figure | None
    now: Figure | None
    ledger: str = ""
    """The ledger of its table, where the log has two."""


@dataclass(frozen=True)
class Input:
    """One sheet that was read, as the report names it."""

    file: str
    tally: SheetTally


@dataclass(frozen=True)
class Report:
    """All that a run found: tables, inputs, findings, reconciliation; what every renderer gets."""

    version: str
    lang: str
    as_of: str
    office: str | None
    tables: tuple[Table, ...]
    inputs: tuple[Input, ...]
    files: tuple[FileTally, ...]
    not_read: tuple[tuple[str, NotRead], ...]
    findings: tuple[ReportFinding, ...]
    reconciliation: Reconciliation
    digits: int = 2
    revisions: tuple[Revision, ...] | None = None
    """What changed since a saved result; None where none was given."""
    asked: Mapping[str, Any] = field(default_factory=dict)
    """What was asked for, as plain values (`snapshots.asked`)."""
    own: str | None = None
    """The office's own group, whose place is told."""
    gates: tuple[tuple[str, float], ...] = ()
    """Rates that a gate asks to be at least so much: what a workbook shows in red below it."""
    command: str | None = None
    profile: tuple[str, str] | None = None
    """The digest and the name of the profile that it was made with."""
    attention: tuple[str, ...] = field(default=())
    """Why the exit code is 1, one sentence each; empty where all is well."""

    def __getitem__(self, name: str) -> Table:
        """The table of a ledger, or of the log that has one table; raises KeyError, naming the ledgers of a log that has two."""
        found = [table for table in self.tables if table.ledger == name] or [table for table in self.tables if table.log == name]
        if len(found) != 1:
            raise KeyError(", ".join(table.name for table in found) or name)
        return found[0]

    def to_frame(self) -> pd.DataFrame:
        """All tables in one DataFrame, with a column `log`."""
        import pandas as pd  # noqa: PLC0415 - see Table.to_frame

        return pd.concat(
            [table.to_frame().assign(log=table.log.value, ledger=table.ledger.value) for table in self.tables], ignore_index=True
        )


def ledger_label(log: str, ledger: str, lang: str, *, parted: bool) -> str:
    """Return what a ledger is called: 接访 for 领导接访 where the log has no other."""
    return named("logs", log, lang) if ledger == Ledger.RECEPTIONS and not parted else named("ledgers", ledger, lang)


def plain_numbers(figures: Mapping[str, Figure]) -> dict[str, int | float | None]:
    """Figures as plain numbers, rates as decimals."""
    return {key: figure.value if isinstance(figure, Pair | Statistic) else figure for key, figure in figures.items()}


def row_values(row: Row) -> dict[str, int | float | None]:
    """Return a row's figures as plain numbers by the columns that they stand in, with pairs, changes and places."""
    found = plain_numbers(row.figures)
    for key, figure in row.figures.items():
        if isinstance(figure, Pair):
            found |= {f"{key}_numerator": figure.numerator, f"{key}_denominator": figure.denominator}
    for key, windows in row.block.changes.items():
        for name, change in windows.items():
            exact = change.exact if change else None
            found[f"{key}_{name}"] = float(round_half_up(*exact, 6)) if exact else None
    for key, place in row.block.places.items():
        found |= {f"{key}_place": place.place, **{f"{key}_place_{name}": before for name, before in place.before.items()}}
    return found


def total_label(lang: str) -> str:
    """合计."""
    return say("total", lang)


def rest_label(lang: str) -> str:
    """其余, where how many groups it has is not known."""
    return say("others", lang)


def unclassified_label(lang: str) -> str:
    """What is printed for records without a group."""
    return say("unclassified", lang)
