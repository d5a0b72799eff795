"""The JSON contract: one object, exact figures, keys only ever added; and its schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from xfstats.figures import Figure, Pair, Statistic
from xfstats.measures import BY_KEY, kind, label
from xfstats.render.style import Style
from xfstats.render.visible import UNSEEN
from xfstats.table import Input, Report, Row, Table

_UNSEEN = re.compile(f"[{UNSEEN}]")


def dumps(plain: Any, indent: int | None = None) -> str:
    """JSON that is harmless on a terminal: what cannot be seen is written as JSON's own escape, so nothing changes."""
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(plain, ensure_ascii=False, indent=indent)) + "\n"


def as_json(report: Report, style: Style) -> str:
    """The whole report."""
    plain = {
        "schema": "xfstats/1",
        "xfstats": report.version,
        "as_of": report.as_of,
        "office": report.office,
        "tables": [_table(table, report.lang) for table in report.tables],
        "inputs": [_input(one) for one in report.inputs],
        "not_read": [{"file": file, "sheet": note.sheet or None, "why": note.why} for file, note in report.not_read],
        "findings": [_finding(said.code, said.input, said.rows, said.message, said.at) for said in report.findings],
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


def _finding(code: str, index: int | None, rows: int, message: str, at: tuple[str, ...]) -> dict[str, Any]:
    return {"code": code, "input": index, "rows": rows, "message": message, "at": list(at)}


def _table(table: Table, lang: str) -> dict[str, Any]:
    period = {"first": table.span.first.isoformat(), "last": table.span.last.isoformat()} if table.span else None
    return {
        "log": table.log.value,
        "title": table.title,
        "by": list(table.by),
        "period": period,
        "measures": [
            {"key": key, "label": label(key, lang), "kind": kind(BY_KEY[key]), "definition": table.definitions[key]}
            for key in table.measures
        ],
        "rows": [_row(row) for row in table.rows],
        "total": {"figures": figures(table.total)},
        "notes": list(table.notes),
    }


def _row(row: Row) -> dict[str, Any]:
    marks = {name: True for name, given in (("of_which", row.of_which), ("subtotal", row.subtotal)) if given}
    return {"group": dict(row.group), "figures": figures(row.figures), **marks}


def figures(given: Mapping[str, Figure]) -> dict[str, Any]:
    """Counts as whole numbers, rates as pairs with their value (null over nothing), days as numbers or null."""
    return {key: _figure(figure) for key, figure in given.items()}


def _figure(figure: Figure) -> Any:
    match figure:
        case Pair():
            return {"numerator": figure.numerator, "denominator": figure.denominator, "value": figure.value}
        case Statistic():
            return int(figure.value) if figure.value is not None and figure.value == int(figure.value) else figure.value
        case _:
            return figure


def _input(one: Input) -> dict[str, Any]:
    tally = one.tally
    return {
        "file": one.file,
        "sheet": tally.sheet or None,
        "log": tally.log.value,
        "header_rows": list(tally.header_rows),
        "columns": dict(tally.columns),
        "rows": tally.rows,
        "counted": tally.counted,
        "rejected": sum(tally.rejected.values()),
        "skipped": sum(tally.skipped.values()),
        "outside": sum(tally.outside.values()),
    }


def as_jsonl(report: Report, style: Style) -> str:
    """One figure a line, for streams and logs."""
    made = []
    for table in report.tables:
        rows = [(_kind(row), dict(row.group), row.figures) for row in table.rows]
        for name, group, given in [*rows, ("total", {}, table.total)]:
            for key, value in figures(given).items():
                figure = value if isinstance(value, dict) else {"value": value}
                made.append({"log": table.log.value, "row": name, "group": group, "measure": key, **figure})
    return "".join(dumps(one) for one in made)


def _kind(row: Row) -> str:
    return "of_which" if row.of_which else "subtotal" if row.subtotal else "group"


def schema() -> str:
    """The JSON Schema (2020-12) of `as_json`, as shipped."""
    return files("xfstats.render").joinpath("schema.json").read_text("utf-8")
