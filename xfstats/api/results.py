"""Results of the Python interface: values that can be shown in a notebook, written to files, and taken apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field, fields
from pathlib import Path
from typing import Any

from xfstats.cli.output import write_output
from xfstats.cli.ownership import add_mark
from xfstats.config.output_formats import Result, format_by_suffix
from xfstats.errors import UsageFault
from xfstats.frozen import frozen
from xfstats.model import ColumnUse
from xfstats.render import load_renderer
from xfstats.render.explain import as_json as explanation_as_json
from xfstats.render.explain import explanation_as_text
from xfstats.render.origin import check_annex
from xfstats.render.style import Style
from xfstats.render.verify import comparison_as_json, comparison_as_text
from xfstats.reports import table
from xfstats.reports.exit_reasons import Reason
from xfstats.reports.figures import Figure
from xfstats.reports.references import FoundFigure
from xfstats.reports.verify.compare import Comparison

_WRITTEN = {"report": Result.REPORT, "inspect": Result.INSPECTION}
"""What functions write that do not write tables."""


@frozen
class Report(table.Report):
    """Results of a run: tables, inputs, findings, reconciliation; `report["visits"]` is the table of a log."""

    made_by: str = "summarize"
    """Name of the function that made it, which decides what `to_json` and `write` write."""
    paths: tuple[Path, ...] = field(default=(), repr=False)
    """Files that were read; none of them may be written to."""

    @classmethod
    def of(cls, made: table.Report, made_by: str, paths: tuple[Path, ...]) -> Report:
        """Return a report with its methods."""
        return cls(**{one.name: getattr(made, one.name) for one in fields(made)}, made_by=made_by, paths=paths)

    def __repr__(self) -> str:
        """Return the number of rows counted by table, all rows, and the day of judgement."""
        tables = ", ".join(f"{one.name}: {one.size}" for one in self.tables)
        sums = self.reconciliation
        return f"<xfstats.Report {tables}; {sums.counted} of {sums.rows} rows counted; as of {self.as_of}>"

    def _repr_html_(self) -> str:
        """Return the tables with their definitions as markup, for notebooks."""
        page = str(load_renderer("html")(self, Style()))
        return f"<div>{page.partition('<main>')[2].partition('</main>')[0].strip()}</div>"

    def to_json(self) -> str:
        """Return the JSON that the command prints with `-f json`, obeying `xfstats schema`."""
        result = Result.INSPECTION if self.made_by == "inspect" else Result.TABLES
        return str(load_renderer("json", result)(self, Style()))

    def to_dict(self) -> dict[str, Any]:
        """Return the same as plain values."""
        plain: dict[str, Any] = json.loads(self.to_json())
        return plain

    def columns(self) -> dict[tuple[str, str], tuple[ColumnUse, ...]]:
        """Return how each column was understood, by file and sheet; empty unless made by `inspect`."""
        return {(one.file, one.tally.sheet): one.tally.columns_used for one in self.inputs}

    def write(self, path: str | Path, *, force: bool = False) -> Path:
        """Write a file in the format of its suffix, as a whole or not at all, and return its path.

        Reports are .docx .xlsx .html .md .txt .svg .png, other results .xlsx .csv .tsv .json .jsonl .md .html .txt. Raises
        UsageFault for another suffix and for a file that was read, OutputFault where it cannot be written, or stands there and
        was not written by xfstats or was edited since, unless `force`.
        """
        target = Path(path)
        result = _WRITTEN.get(self.made_by, Result.TABLES)
        row = format_by_suffix(target.suffix, report=result is Result.REPORT)
        if row is None or result not in row.renderers:
            raise UsageFault("E211", file=target.name)
        if result is Result.REPORT:
            check_annex(self.paper, [row.key])
        data = load_renderer(row.key, result)(self, Style(bom=row.bom))
        write_output(add_mark(data, target.suffix), target, force=force, inputs=self.paths)
        return target


@frozen
class Explanation:
    """One figure: its value, its definition, and the positions of its rows."""

    found: FoundFigure
    report: Report

    @property
    def figure(self) -> Figure:
        """Return the exact figure: a whole number, a pair, or days."""
        return self.found.figure

    @property
    def definition(self) -> str:
        """Return what the figure is, in the report's language."""
        return self.found.table.definitions[self.found.measure]

    def to_json(self) -> str:
        """Return the JSON of `xfstats explain -f json`."""
        return explanation_as_json(self.found, self.report, Style())

    def to_dict(self) -> dict[str, Any]:
        """Return the same as plain values; `rows` has the positions."""
        plain: dict[str, Any] = json.loads(self.to_json())
        return plain

    def __repr__(self) -> str:
        """Return the explanation as `xfstats explain` prints it."""
        return explanation_as_text(self.found, self.report, Style()).rstrip()


@frozen
class Verification:
    """Comparison of a report, perhaps edited by hand, with the logs."""

    comparison: Comparison
    lang: str
    reasons: tuple[Reason, ...] = ()

    @property
    def matches(self) -> bool:
        """True if no figure of the report differs from the logs."""
        return not self.comparison.different

    def to_json(self) -> str:
        """Return the JSON of `xfstats verify -f json`."""
        return comparison_as_json(self.comparison, self.reasons)

    def to_dict(self) -> Mapping[str, Any]:
        """Return the same as plain values."""
        plain: dict[str, Any] = json.loads(self.to_json())
        return plain

    def __repr__(self) -> str:
        """Return the comparison as `xfstats verify` prints it."""
        return comparison_as_text(self.comparison, self.lang, Style()).rstrip()
