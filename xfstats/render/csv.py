"""csv and tsv: one wide table of exact figures, rates as decimals; text that no program takes for a formula."""

from __future__ import annotations

import csv
import io
from typing import Any

from xfstats.render.safe_text import guard
from xfstats.render.style import Style
from xfstats.report.figures import half_up
from xfstats.report.table import Report, Row, Table, plain


def as_csv(report: Report, style: Style) -> str:
    """RFC 4180 lines; a byte order mark where it goes to a file, so that Excel and WPS open it rightly."""
    return ("\ufeff" if style.bom else "") + _written(report, ",", "\r\n")


def as_tsv(report: Report, style: Style) -> str:
    """The same with tabs."""
    return ("\ufeff" if style.bom else "") + _written(report, "\t", "\n")


def _written(report: Report, delimiter: str, end: str) -> str:
    """`log, row, <by…>, <measures…>`: the union of the tables' columns; `row` is group, subtotal, of_which or total."""
    by = list(dict.fromkeys(field for table in report.tables for field in (*table.by, *([table.cross] if table.cross else []))))
    measures = list(dict.fromkeys(name for table in report.tables for name in _columns(table)))
    text = io.StringIO()
    writer = csv.DictWriter(text, ["log", "row", *by, *measures], delimiter=delimiter, lineterminator=end, restval="")
    writer.writeheader()
    for table in report.tables:
        for row in table.flat():
            labels = {field: guard(label or "") for field, label in row.group.items()} if not row.rest else {}
            writer.writerow({"log": table.log.value, "row": row.kind, **labels, **_values(row, table)})
    return text.getvalue()


def _columns(table: Table) -> list[str]:
    """Measures, each followed by its changes (as fractions) and its place."""
    windows = [window.name for window in table.windows]
    places = ["place", *(f"place_{name}" for name in windows)]
    return [
        name
        for key in table.measures
        for name in (
            key,
            *(f"{key}_{name}" for name in windows),
            *((f"{key}_{name}" for name in places) if key == table.ranked else ()),
        )
    ]


def _values(row: Row, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = dict(plain(row.figures))
    for key, windows in row.block.changes.items():
        for name, change in windows.items():
            exact = change.exact if change else None
            found[f"{key}_{name}"] = float(half_up(*exact, 6)) if exact else None
    for key, place in row.block.places.items():
        found[f"{key}_place"] = place.place
        found.update({f"{key}_place_{name}": before for name, before in place.before.items()})
    return found
