"""The unrounded table: rows of groups and their exact figures, and the report around it; plain values, no pandas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xfstats.figures import Figure, Pair, Statistic, shown
from xfstats.measures import label
from xfstats.model import FileTally, Finding, Log, NotRead, Period, SheetTally

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Row:
    """One group: its labels by field (a subtotal leaves the inner fields out), its figures by measure."""

    group: Mapping[str, str | None]
    figures: Mapping[str, Figure]
    of_which: bool = False
    subtotal: bool = False


@dataclass(frozen=True)
class Table:
    """One kind of log: a row a group, and the total from merged counts."""

    log: Log
    title: str
    by: tuple[str, ...]
    span: Period | None
    measures: tuple[str, ...]
    definitions: Mapping[str, str]
    rows: tuple[Row, ...]
    total: Mapping[str, Figure]
    notes: tuple[str, ...] = ()

    def label(self, row: Row, lang: str) -> str:
        """What stands in the first column for a row with one grouping field."""
        return next(iter(row.group.values()), None) or unclassified(lang)

    def shown(self, lang: str = "zh", places: int = 2) -> dict[str, dict[str, str]]:
        """Labels to measures to printed text, the total last; rows of one grouping field only."""
        rows = {self.label(row, lang): row.figures for row in self.rows} | {total_label(lang): self.total}
        return {name: {key: shown(figures[key], places) for key in self.measures} for name, figures in rows.items()}

    def records(self) -> Iterator[dict[str, Any]]:
        """One flat dict a row, the total last: log, groups, figures (rates as decimals), as csv and frames have them."""
        for row in self.rows:
            yield {"log": self.log.value, **{key: row.group.get(key) for key in self.by}, **plain(row.figures)}
        yield {"log": self.log.value, **dict.fromkeys(self.by), **plain(self.total)}

    def to_frame(self) -> pd.DataFrame:
        """A DataFrame: one row a group, one column a measure (rates in [0, 1], NaN where the base is 0), without the total."""
        import pandas as pd  # noqa: PLC0415 - pandas costs as much as the rest of the run; only who asks for a frame pays

        rows = [{**{key: row.group.get(key) for key in self.by}, **plain(row.figures)} for row in self.rows]
        return pd.DataFrame(rows, columns=[*self.by, *self.measures])


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
class Said:
    """A finding with the input it is about (an index into `inputs`) and its sentence in the report's language."""

    code: str
    message: str
    rows: int
    input: int | None = None
    at: tuple[str, ...] = ()
    finding: Finding | None = None


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
    findings: tuple[Said, ...]
    reconciliation: Reconciliation
    digits: int = 2
    notes: tuple[str, ...] = ()
    command: str | None = None
    attention: tuple[str, ...] = field(default=())
    """Why the exit code is 1, one sentence each; empty where all is well."""

    def __getitem__(self, log: str) -> Table:
        """The table of one kind of log."""
        for table in self.tables:
            if table.log == log:
                return table
        raise KeyError(log)

    def to_frame(self) -> pd.DataFrame:
        """All tables in one DataFrame, with a column `log`."""
        import pandas as pd  # noqa: PLC0415 - see Table.to_frame

        return pd.concat([table.to_frame().assign(log=table.log.value) for table in self.tables], ignore_index=True)


def plain(figures: Mapping[str, Figure]) -> dict[str, int | float | None]:
    """Figures as plain numbers, rates as decimals."""
    return {key: figure.value if isinstance(figure, Pair | Statistic) else figure for key, figure in figures.items()}


def total_label(lang: str) -> str:
    """合计."""
    return "合计" if lang == "zh" else "Total"


def unclassified(lang: str) -> str:
    """What is printed for records without a group."""
    return "未归类" if lang == "zh" else "(none)"


def headings(measures: Sequence[str], lang: str) -> list[str]:
    """The printed names of measures."""
    return [label(key, lang) for key in measures]
