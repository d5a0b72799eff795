"""csv and tsv: one wide table of exact figures, rates as decimals; text that no program takes for a formula."""

from __future__ import annotations

import csv
import io

from xfstats.render.style import Style
from xfstats.render.visible import guard
from xfstats.table import Report, plain


def as_csv(report: Report, style: Style) -> str:
    """RFC 4180 lines; a byte order mark where it goes to a file, so that Excel and WPS open it rightly."""
    return ("\ufeff" if style.bom else "") + _written(report, ",", "\r\n")


def as_tsv(report: Report, style: Style) -> str:
    """The same with tabs."""
    return ("\ufeff" if style.bom else "") + _written(report, "\t", "\n")


def _written(report: Report, delimiter: str, end: str) -> str:
    """`log, row, <by…>, <measures…>`: the union of the tables' columns; `row` is group, subtotal, of_which or total."""
    by = list(dict.fromkeys(field for table in report.tables for field in table.by))
    measures = list(dict.fromkeys(key for table in report.tables for key in table.measures))
    text = io.StringIO()
    writer = csv.DictWriter(text, ["log", "row", *by, *measures], delimiter=delimiter, lineterminator=end, restval="")
    writer.writeheader()
    for table in report.tables:
        for row in table.rows:
            kind = "of_which" if row.of_which else "subtotal" if row.subtotal else "group"
            labels = {field: guard(label or "") for field, label in row.group.items()}
            writer.writerow({"log": table.log.value, "row": kind, **labels, **plain(row.figures)})
        writer.writerow({"log": table.log.value, "row": "total", **plain(table.total)})
    return text.getvalue()
