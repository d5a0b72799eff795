"""CSV and TSV: one wide table of exact figures, rates as decimals; cells that look like formulas are escaped."""

from __future__ import annotations

import csv
import io

from xfstats.render.safe_text import escape_formula
from xfstats.render.style import Style
from xfstats.reports.row import row_values
from xfstats.reports.table import Report


def as_csv(report: Report, style: Style) -> str:
    """Return RFC 4180 lines; with a byte order mark in a file, so that Excel and WPS detect UTF-8."""
    return ("\ufeff" if style.bom else "") + _delimited_text(report, ",", "\r\n")


def as_tsv(report: Report, style: Style) -> str:
    """Return the same table separated by tabs."""
    return ("\ufeff" if style.bom else "") + _delimited_text(report, "\t", "\n")


def _delimited_text(report: Report, delimiter: str, end: str) -> str:
    """Return the lines `log, row, <by…>, <measures…>` with the union of the tables' columns.

    `row` is group, subtotal, of_which, rest or total; a column `ledger` follows `log` where a log has two ledgers.
    """
    by = list(dict.fromkeys(field for table in report.tables for field in (*table.by, *([table.cross] if table.cross else []))))
    measures = list(dict.fromkeys(name for table in report.tables for key in table.measures for name in table.columns(key)))
    text = io.StringIO()
    ledger = ["ledger"] if any(table.parted for table in report.tables) else []
    writer = csv.DictWriter(
        text,
        ["log", *ledger, "row", *by, *measures],
        delimiter=delimiter,
        lineterminator=end,
        restval="",
        extrasaction="ignore",
    )
    writer.writeheader()
    for table in report.tables:
        for row in table.flat():
            labels = {field: escape_formula(label or "") for field, label in row.group.items()} if not row.rest else {}
            ledger_cells = dict.fromkeys(ledger, table.ledger.value)
            writer.writerow({"log": table.log.value, **ledger_cells, "row": row.kind, **labels, **row_values(row)})
    return text.getvalue()
