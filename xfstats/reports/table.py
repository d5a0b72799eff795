"""Report and tables with exact, unrounded figures; pandas is imported only for `to_frame`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from xfstats.config.periods import YEAR_TO_DATE
from xfstats.config.plan import Paper
from xfstats.errors import XfstatsError
from xfstats.frozen import frozen
from xfstats.measures.definitions import label
from xfstats.measures.tally import FileTally, SheetTally
from xfstats.messages import name_of, raw, say
from xfstats.model import Finding, Ledger, Log, NotRead, Period, Window
from xfstats.reports.exit_reasons import JudgedFigure, Reason
from xfstats.reports.figures import Figure, Pair, format_figure
from xfstats.reports.row import Row, row_values

if TYPE_CHECKING:
    import pandas as pd

_NAMED_MEASURES = 6
"""Number of measures that the short form of a table names."""


@frozen
class Table:
    """Table of one ledger: a row a group, and a total from merged counts."""

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
    """Periods that it is compared with."""
    cumulative: Window | None = None
    """The days of the year up to the end of the period, where figures of these stand beside the period's."""
    ranked: str | None = None
    smallest_first: bool = False
    """True if the smallest group ranks first."""
    empty: bool = False
    """True if no record was counted."""
    by_columns: Mapping[str, str] = field(default_factory=dict)
    """The header of each column that is grouped by as such, under its field in `by`."""
    wordings: Mapping[str, str] = field(default_factory=dict)
    """Names of measures that differ from the usual ones, as keys of [wordings]: 化解率 where the log says 化解."""
    left_out: frozenset[str] = frozenset()
    """Measures that formats for people do not print."""
    parted: bool = False
    """True if another ledger of the same log has a table of its own."""
    days: Mapping[int, int] = field(default_factory=dict)
    """Number of records of the total by days from received to closed; empty with --public, or without a measure of days."""

    @property
    def name(self) -> str:
        """Return the name of the table in figures, files and data: its log, or its ledger where the log has two."""
        return self.ledger.value if self.parted else self.log.value

    def __repr__(self) -> str:
        """Return one line: the table's name, how many rows by which fields, and the first measures; no label of a group."""
        more = [f"{len(self.measures) - _NAMED_MEASURES} more"] if len(self.measures) > _NAMED_MEASURES else []
        named = ", ".join([*self.measures[:_NAMED_MEASURES], *more]) or "no measures"
        return f"<xfstats.Table {self.name}: {self.size}; {named}>"

    @property
    def size(self) -> str:
        """Return how many rows it has by which fields; a column that is grouped by as `column`, without its header."""
        fields = "/".join("column" if field in self.by_columns else field for field in self.by) or "nothing"
        return f"{len(self.rows)} {'row' if len(self.rows) == 1 else 'rows'} by {fields}"

    def kind(self, lang: str) -> str:
        """Return the label of the table where its sheets have no title."""
        return ledger_label(self.log, self.ledger, lang, parted=self.parted)

    def measure_label(self, key: str, lang: str) -> str:
        """Return the name of a measure in the words of this table's log."""
        return raw(self.wordings[key], lang, "wordings") if key in self.wordings else label(key, lang)

    def field_label(self, field: str, lang: str) -> str:
        """Return the name of a grouping field: of a column its header."""
        return self.by_columns.get(field) or name_of("fields", field, lang)

    @property
    def has_several_periods(self) -> bool:
        """True if each measure has several columns: of periods that are compared, or of the year up to the period's end."""
        return bool(self.windows) or self.cumulative is not None

    @property
    def printed(self) -> tuple[str, ...]:
        """Return the measures that formats for people print."""
        return tuple(key for key in self.measures if key not in self.left_out)

    @property
    def total(self) -> Mapping[str, Figure]:
        """Return the total's figures by measure."""
        return self.total_row.figures

    def label(self, row: Row, lang: str) -> str:
        """Return the label of a row of a table with one grouping field."""
        return next(iter(row.group.values()), None) or unclassified_label(lang)

    def shown(self, lang: str = "zh", places: int = 2) -> dict[str, dict[str, str]]:
        """Return printed figures by label and measure, the total last; for tables with one grouping field."""
        rows = {self.label(row, lang): row.figures for row in self.rows} | {total_label(lang): self.total}
        return {name: {key: format_figure(figures[key], places) for key in self.measures} for name, figures in rows.items()}

    def printed_rows(self) -> list[Row]:
        """Return the rows in the order of formats for people: groups, total, of-which rows; no groups where none has a label."""
        rows = [row for row in self.rows if not row.of_which]
        if all(label is None for row in rows if not row.rest for label in row.group.values()):
            rows = []
        return [*rows, self.total_row, *(row for row in self.rows if row.of_which)]

    def flat(self) -> Iterator[Row]:
        """Yield all rows as in data formats, the total last: rows of crossed values as rows of their own, before their sum."""
        for row in (*self.rows, self.total_row):
            if self.cross is not None:
                kind = "subtotal" if row.kind == "total" else row.kind
                for value, block in row.cells.items():
                    yield Row({**row.group, self.cross: value}, block, kind, row.rest)
                row = replace(row, kind="subtotal" if row.kind == "group" else row.kind, cells={})  # noqa: PLW2901 - its sum
            yield row

    def columns(self, key: str, *, pairs: bool = False) -> tuple[str, ...]:
        """Return the data columns of a measure: itself, its pair if `pairs`, its changes and former figures, its places."""
        windows = [window.name for window in self.windows]
        paired = [name for name in ("numerator", "denominator") if pairs and isinstance(self.total.get(key), Pair)]
        places = ["place", *(f"place_{name}" for name in windows)] if key == self.ranked else []
        ytd = [YEAR_TO_DATE, *(f"{YEAR_TO_DATE}_{name}" for name in paired)] if self.cumulative else []
        return (key, *(f"{key}_{name}" for name in (*paired, *ytd, *windows, *(f"{name}_base" for name in windows), *places)))

    def to_frame(self) -> pd.DataFrame:
        """Return a DataFrame: one row for each row of the table, the total last, with its kind in `row`.

        Kinds are group, subtotal, of_which, rest and total. After a measure come its pair (`closure_rate_numerator`,
        `closure_rate_denominator`), its changes (`visits_prev`, a fraction; of a rate in points), the figures that it is compared
        with (`visits_prev_base`) and its places (`visits_place`, `visits_place_prev`). Rates are in [0, 1], NaN over a base of 0.
        Whole numbers are Int64.
        """
        import pandas as pd  # noqa: PLC0415 - pandas costs as much as the rest of the run; only who asks for a frame pays

        fields = (*self.by, self.cross) if self.cross else self.by
        columns = {name: self._dtype(key, name) for key in self.measures for name in self.columns(key, pairs=True)}
        rows = [{"row": row.kind, **{name: row.group.get(name) for name in fields}, **row_values(row)} for row in self.flat()]
        frame = pd.DataFrame(rows, columns=["row", *fields, *columns])
        return frame.astype({"row": "string", **dict.fromkeys(fields, "string"), **columns})

    def _dtype(self, key: str, column: str) -> str:
        """Return the type of a data column: Int64 of whole numbers (counts, pairs, places), else float64."""
        rest = column.removeprefix(key)
        if rest in {"", f"_{YEAR_TO_DATE}"}:
            whole = isinstance(self.total.get(key), int)
        else:
            whole = rest.startswith("_place") or rest.endswith(("_numerator", "_denominator"))
        return "Int64" if whole else "float64"


@frozen
class Reconciliation:
    """Row counts, rows = counted + rejected + skipped + outside, with the reasons."""

    rows: int
    counted: int
    rejected: int
    skipped: int
    outside: int
    reasons: Mapping[str, Mapping[str, int]]


@frozen
class ReportFinding:
    """Finding with the index of its input in `inputs` and its sentence in the report's language."""

    code: str
    message: str
    rows: int | None
    input: int | None = None
    at: tuple[str, ...] = ()
    finding: Finding | None = None
    place: str | None = None
    """Name of its file, with its sheet where it is of one; None where it is about the run."""


@frozen
class Revision:
    """Figure that differs from a saved result: its log, group, kind of row and measure; None where it was or is missing."""

    log: str
    group: tuple[tuple[str, str | None], ...]
    kind: str
    measure: str
    was: Figure | None
    now: Figure | None
    ledger: str = ""
    """Ledger of its table, where the log has two."""


@frozen
class Input:
    """Sheet that was read, with the name of its file."""

    file: str
    tally: SheetTally


@frozen
class Report:
    """Results of a run: tables, inputs, findings, reconciliation; the argument of every renderer."""

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
    """Differences from a saved result; None where none was given."""
    asked: Mapping[str, Any] = field(default_factory=dict)
    """Options that decide the figures, as plain values (`snapshots.requested_options`)."""
    own: str | None = None
    """Label of the office's own group, whose place the paragraph states."""
    gates: tuple[tuple[str, float], ...] = ()
    """Lower limits of rates from gates; workbooks show figures below them in red."""
    command: str | None = None
    profile: tuple[str, str] | None = None
    """Digest and name of the profile in use."""
    paper: Paper = field(default_factory=Paper)
    judged: tuple[JudgedFigure, ...] = ()
    """Figures that conditions of --fail-if judge, those that pass too."""
    skipped: tuple[XfstatsError, ...] = ()
    """Errors of the files that were skipped."""
    reasons: tuple[Reason, ...] = ()
    """Reasons why the exit code is 1; empty where there is none."""

    @property
    def attention(self) -> tuple[str, ...]:
        """Return the reasons why the exit code is 1, one sentence each; empty where there is none."""
        return tuple(reason.message for reason in self.reasons)

    def __getitem__(self, name: str) -> Table:
        """Return the table of a ledger, or of a log with one table; raise KeyError with the ledgers of a log with two."""
        found = [table for table in self.tables if table.ledger == name] or [table for table in self.tables if table.log == name]
        if len(found) != 1:
            raise KeyError(", ".join(table.name for table in found) or name)
        return found[0]

    def to_frame(self) -> pd.DataFrame:
        """Return all tables in one DataFrame, with the columns `log` and `ledger`."""
        import pandas as pd  # noqa: PLC0415 - see Table.to_frame

        return pd.concat(
            [table.to_frame().assign(log=table.log.value, ledger=table.ledger.value) for table in self.tables], ignore_index=True
        )


def ledger_label(log: str, ledger: str, lang: str, *, parted: bool) -> str:
    """Return the label of a ledger; that of the log (接访) for receptions (领导接访) where the log has one ledger."""
    return name_of("logs", log, lang) if ledger == Ledger.RECEPTIONS and not parted else name_of("ledgers", ledger, lang)


def total_label(lang: str) -> str:
    """Return the label of the total."""
    return say("total", lang)


def rest_label(lang: str) -> str:
    """Return the label of the remaining groups where their number is unknown."""
    return say("others", lang)


def unclassified_label(lang: str) -> str:
    """Return the label of records without a group."""
    return say("unclassified", lang)
