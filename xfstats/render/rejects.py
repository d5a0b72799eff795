"""List of rejected rows as CSV: file, sheet, row, column, field, reason, without cell values."""

from __future__ import annotations

import csv
import io

from xfstats.messages import name_of
from xfstats.render.safe_text import escape_formula
from xfstats.reports.table import Report


def rejects_csv(report: Report) -> str:
    """Return one line a rejected row, after a byte order mark, so that spreadsheet programs detect UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["file", "sheet", "row", "column", "field", "code", "reason"])
    for one in report.inputs:
        for reject in one.tally.rejects:
            reason = name_of("reasons", reject.reason, report.lang)
            place = [escape_formula(one.file), escape_formula(one.tally.sheet), reject.row, reject.column]
            writer.writerow([*place, reject.field, reject.reason, reason])
    return "\ufeff" + text.getvalue()
