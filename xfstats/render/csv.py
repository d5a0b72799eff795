"""csv and tsv: one wide table of exact figures, rates as decimals; text that no program takes for a formula."""

from __future__ import annotations

import csv
import io

from xfstats.render.safe_text import escape_formula
from xfstats.render.style import Style
from xfstats.report.table import Report, row_values


def as_csv(report: Report, style: Style) -> str:
    """RFC 4180 lines; a byte order mark where it goes to a file, so that Excel and WPS open it rightly."""
    return ("\ufeff" if style.bom else "") + _delimited_text(report, ",", "\r\n")


def as_tsv(report: Report, style: Style) -> str:
    """The same with tabs."""
    return ("\ufeff" if style.bom else "") + _delimited_text(report, "\t", "\n")


def _delimited_text(report: Report, delimiter: str, end: str) -> str:
    """`log, row, <by…>, <measures…>`: the union of the tables' columns; `row` is group, subtotal, of_which or total.

    `ledger` stands after `log` where a log has two.
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
            told = dict.fromkeys(ledger, table.ledger.value)
            writer.writerow({"log": table.log.value, **told, "row": row.kind, **labels, **row_values(row)})
    return text.getvalue()
