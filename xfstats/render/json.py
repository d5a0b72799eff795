"""JSON output, a contract: one object with exact figures, to which keys are only ever added."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from xfstats.measures.definitions import BY_KEY, kind
from xfstats.model import Window
from xfstats.render.safe_text import INVISIBLE
from xfstats.render.style import Style
from xfstats.reports.exit_reasons import Reason
from xfstats.reports.figures import Change, Figure, Statistic, figure_as_json, round_half_up
from xfstats.reports.gates import gate_numbers
from xfstats.reports.row import FigureBlock, Row
from xfstats.reports.table import Input, Report, Revision, Table

_INVISIBLE_CHARS = re.compile(f"[{INVISIBLE}]")


def dumps(plain: Any, indent: int | None = None) -> str:
    """Return JSON whose invisible and control characters are JSON escapes, which is harmless on a terminal and equal as data."""
    return (
        _INVISIBLE_CHARS.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(plain, ensure_ascii=False, indent=indent))
        + "\n"
    )


def as_json(report: Report, style: Style) -> str:
    """Return the whole report as one JSON object."""
    plain = {
        "schema": "xfstats/1",
        "xfstats": report.version,
        "as_of": report.as_of,
        "office": report.office,
        "asked": dict(report.asked),
        "tables": [_table_as_json(table, report.lang) for table in report.tables],
        "inputs": [_input_as_json(one) for one in report.inputs],
        "not_read": [
            *({"file": file, "sheet": note.sheet or None, "why": note.why} for file, note in report.not_read),
            *skipped_as_json(report),
        ],
        **({"revisions": [_revision_as_json(one) for one in report.revisions]} if report.revisions is not None else {}),
        "findings": [_finding_as_json(said.code, said.input, said.rows, said.message, said.at) for said in report.findings],
        "gates": gates_as_json(report),
        "attention": reasons_as_json(report.reasons),
        "reconciliation": {
            "rows": report.reconciliation.rows,
            "counted": report.reconciliation.counted,
            "rejected": report.reconciliation.rejected,
            "skipped": report.reconciliation.skipped,
            "outside": report.reconciliation.outside,
            "reasons": {name: dict(counts) for name, counts in report.reconciliation.reasons.items()},
        },
    }
    return dumps(plain, indent=2)


def skipped_as_json(report: Report) -> list[dict[str, Any]]:
    """Return the files that were skipped, with the codes of their errors."""
    names = [(error.position.file if error.position else None, error.code) for error in report.skipped]
    return [{"file": file, "sheet": None, "why": "skipped", "code": code} for file, code in names]


def gates_as_json(report: Report) -> list[dict[str, Any]]:
    """Return every figure that a condition of --fail-if judges: its value, the bound, the distance, and whether it fails."""
    return [
        {
            "condition": one.condition,
            "log": one.log,
            "ledger": one.ledger,
            "measure": one.measure,
            "group": dict(one.group),
            **({"window": one.window} if one.window else {}),
            **gate_numbers(one),
            "failed": one.failed,
        }
        for one in report.judged
    ]


def reasons_as_json(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """Return the reasons why the exit code is 1: a code, a sentence, and its numbers."""
    return [{"code": one.code, "message": one.message, "figures": dict(one.figures)} for one in reasons]


def _finding_as_json(code: str, index: int | None, rows: int | None, message: str, at: tuple[str, ...]) -> dict[str, Any]:
    return {"code": code, "input": index, "rows": rows, "message": message, "at": list(at)}


def _table_as_json(table: Table, lang: str) -> dict[str, Any]:
    """Return a table as plain values."""
    period = {"first": table.span.first.isoformat(), "last": table.span.last.isoformat()} if table.span else None
    return {
        "log": table.log.value,
        "ledger": table.ledger.value,
        "title": table.title,
        "by": list(table.by),
        **({"by_columns": dict(table.by_columns)} if table.by_columns else {}),
        "period": period,
        "measures": [
            {"key": key, "label": table.measure_label(key, lang), "kind": kind(BY_KEY[key]), "definition": table.definitions[key]}
            for key in table.measures
        ],
        "rows": [_row_as_json(row) for row in table.flat() if row.kind != "total"],
        "total": _block_as_json(table.total_row.block),
        "notes": list(table.notes),
        **({"cross": table.cross} if table.cross else {}),
        **({"rank": {"measure": table.ranked, "order": "asc" if table.smallest_first else "desc"}} if table.ranked else {}),
        **({"cumulative": _days_as_json(table.cumulative)} if table.cumulative else {}),
        **({"compared": [_window_as_json(one) for one in table.windows]} if table.windows else {}),
    }


def _window_as_json(window: Window) -> dict[str, Any]:
    """Return a compared period as plain values."""
    return {"window": window.name, "period": _days_as_json(window), "by_row": bool(window.steps)}


def _days_as_json(window: Window) -> dict[str, str]:
    """Return the first and last day of a period."""
    return {"first": window.period.first.isoformat(), "last": window.period.last.isoformat()}


def _row_as_json(row: Row) -> dict[str, Any]:
    """Return a row as plain values: its group, its figures and its kind."""
    marks = {name: True for name, given in (("of_which", row.of_which), ("subtotal", row.subtotal)) if given}
    return {"group": row.plain_group, **_block_as_json(row.block), **marks}


def _block_as_json(block: FigureBlock) -> dict[str, Any]:
    """Return figures, changes, coverage and places as plain values."""
    plain: dict[str, Any] = {"figures": figures_as_json(block.figures)}
    if block.changes:
        changes = block.changes.items()
        plain["changes"] = {key: {name: change_as_json(one) for name, one in windows.items()} for key, windows in changes}
        plain["former"] = {key: {name: _former_as_json(one) for name, one in windows.items()} for key, windows in changes}
    if block.cumulative:
        plain["cumulative"] = figures_as_json(block.cumulative)
    if block.bases:
        plain["bases"] = {key: {"records": base.numerator, "of": base.denominator} for key, base in block.bases.items()}
    if block.places:
        plain["places"] = {key: {"place": one.place, "of": one.of, **one.before} for key, one in block.places.items()}
    return plain


def change_as_json(change: Change | None) -> dict[str, Any] | None:
    """Return the compared figure and the change: `ratio` of a count, `points` of a rate, `days` or `hours`; None without one."""
    exact = change.exact if change else None
    if change is None or exact is None:
        return None
    name = change.now.unit if isinstance(change.now, Statistic) else "ratio" if isinstance(change.now, int) else "points"
    return {"base": figure_as_json(change.base), name: float(round_half_up(*exact, 6))}


def _former_as_json(change: Change | None) -> Any:
    """Return the figure of a compared period, also where it is no basis (0); None where there is none."""
    return figure_as_json(change.base) if change is not None else None


def _revision_as_json(one: Revision) -> dict[str, Any]:
    """Return a revision as plain values."""
    was, now = (None if figure is None else figure_as_json(figure) for figure in (one.was, one.now))
    ledger = {"ledger": one.ledger} if one.ledger else {}
    return {"log": one.log, **ledger, "row": one.kind, "group": dict(one.group), "measure": one.measure, "was": was, "now": now}


def figures_as_json(given: Mapping[str, Figure]) -> dict[str, Any]:
    """Return counts as whole numbers, rates as pairs with their value (null over 0), days as numbers or null."""
    return {key: figure_as_json(figure) for key, figure in given.items()}


def _input_as_json(one: Input) -> dict[str, Any]:
    """Return an input sheet with its row counts as plain values."""
    tally = one.tally
    return {
        "file": one.file,
        "sheet": tally.sheet or None,
        "log": tally.log.value,
        "ledger": tally.kept_as.value,
        "header_rows": list(tally.header_rows),
        "columns": dict(tally.columns),
        "rows": tally.rows,
        "counted": tally.counted,
        "rejected": sum(tally.rejected.values()),
        "skipped": sum(tally.skipped.values()),
        "outside": sum(tally.outside.values()),
    }


def as_jsonl(report: Report, style: Style) -> str:
    """Return one JSON object a line, a figure each, for streams."""
    objects = []
    for table in report.tables:
        for row in table.flat():
            for key, value in figures_as_json(row.figures).items():
                figure = value if isinstance(value, dict) else {"value": value}
                base = row.block.bases.get(key)
                of = {"records": base.numerator, "of": base.denominator} if base else {}
                row_keys = {
                    "log": table.log.value,
                    "ledger": table.ledger.value,
                    "row": row.kind,
                    "group": row.plain_group,
                }
                objects.append({**row_keys, "measure": key, **figure, **of})
    return "".join(dumps(one) for one in objects)
