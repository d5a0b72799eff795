"""List of the open matters that are overdue or soon due, as text and as CSV; its lines are shared by all formats."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from xfstats.messages import say
from xfstats.render.safe_text import escape_control, escape_formula, wrap_text
from xfstats.render.style import Style
from xfstats.render.table_lines import TableLine, column_heads, report_notes, table_notes
from xfstats.render.text import boxed_grid
from xfstats.reports.matters import SOON, MatterList, OpenMatter, matter_lists
from xfstats.reports.table import Report, total_label, unclassified_label


def as_text(report: Report, style: Style) -> str:
    """Return a table for each log, the number of other open matters below it, then findings and the reconciliation."""
    blocks = []
    for one in matter_lists(report):
        heads = matter_heads(one, report.lang)
        rows = [TableLine(tuple(line[:-1]), (line[-1],), "group", ()) for line in matter_lines(one, report)]
        total = (total_label(report.lang), *("" for _ in heads[2:]))
        rows.append(TableLine(total, (counted_text(len(one.matters), report.lang),), "total", ()))
        grid = [line.rstrip() for line in boxed_grid(rows, heads[:-1], heads[-1:])]
        notes = [line for text in (*summary(one, report.lang), *limit_notes(one)) for line in wrap_text(text, style.width, "  ")]
        blocks.append("\n".join([*wrap_text(list_title(one, report), style.width), *grid, *notes]))
    ending = [line for text in report_notes(report) for line in wrap_text(text, style.width, "  ")]
    return "\n\n".join([*blocks, "\n".join(ending)]) + "\n"


def as_csv(report: Report, style: Style) -> str:
    """Return one line a matter; with a byte order mark in a file."""
    return ("\ufeff" if style.bom else "") + _delimited(report, ",", "\r\n")


def as_tsv(report: Report, style: Style) -> str:
    """Return the same separated by tabs."""
    return ("\ufeff" if style.bom else "") + _delimited(report, "\t", "\n")


def _delimited(report: Report, delimiter: str, end: str) -> str:
    """Return `log,row,number,<by…>,due_on,days_over,file,sheet,sheet_row`; days before the limit are negative."""
    lists = matter_lists(report)
    by = list(dict.fromkeys(field for one in lists for field in one.table.by))
    text = io.StringIO()
    columns = ["log", "row", "number", *by, "due_on", "days_over", "file", "sheet", "sheet_row"]
    writer = csv.DictWriter(text, columns, delimiter=delimiter, lineterminator=end, restval="")
    writer.writeheader()
    for one in lists:
        for matter in one.matters:
            labels = {name: escape_formula(label or "") for name, label in zip(one.table.by, matter.group, strict=True)}
            place = {"file": escape_formula(matter.at.file), "sheet": escape_formula(matter.at.sheet or "")}
            known = {"number": escape_formula(matter.number or ""), "due_on": matter.due, "days_over": matter.days_over}
            writer.writerow({"log": one.table.name, "row": "matter", **known, **labels, **place, "sheet_row": matter.at.row})
    return text.getvalue()


def list_title(one: MatterList, report: Report) -> str:
    """Return the title of a list: office, log, that it is a list of reminders, and the day."""
    office = escape_control(report.office or "", None)
    return say("matters.title", report.lang, office=office, log=one.table.kind(report.lang), day=report.as_of).strip()


def matter_heads(one: MatterList, lang: str) -> list[str]:
    """Return the column heads: group, number, due day, days."""
    labels = column_heads(one.table, lang)[0] if one.table.by else []
    return [*labels, *(say(key, lang) for key in ("matters.number", "matters.due_on", "matters.days"))]


def matter_lines(one: MatterList, report: Report) -> Iterator[list[str]]:
    """Yield the cells of each matter as printed."""
    files = len(report.files)
    for matter in one.matters:
        labels = [unclassified_label(report.lang) if label is None else escape_control(label) for label in matter.group]
        yield [*labels, number_text(matter, files, report.lang), matter.due.isoformat(), days_text(matter, report.lang)]


def number_text(matter: OpenMatter, files: int, lang: str) -> str:
    """Return the case number, or the place of the row where there is none to show."""
    if matter.number is not None:
        return escape_control(matter.number)
    place = escape_control(f"{matter.at.file} {matter.at}" if files > 1 else str(matter.at))
    return say("matters.row", lang, place=place)


def days_text(matter: OpenMatter, lang: str) -> str:
    """Return how many days a matter is over its limit, or how many are left."""
    over = matter.days_over > 0
    return say("matters.over" if over else "matters.left", lang, days=abs(matter.days_over))


def counted_text(number: int, lang: str) -> str:
    """Return a number of matters with its unit."""
    return say("matters.counted", lang, number=number)


def summary(one: MatterList, lang: str) -> list[str]:
    """Return how many are overdue and soon due, and how many open matters are not listed."""
    soon = len(one.matters) - one.overdue
    told = [say("matters.sum", lang, all=len(one.matters), overdue=one.overdue, soon=soon, days=SOON)]
    if one.later or one.without_limit:
        told.append(say("matters.others", lang, later=one.later, none=one.without_limit, days=SOON))
    return told


def limit_notes(one: MatterList) -> list[str]:
    """Return the notes of the table: the limits, where due days came from, groups."""
    return table_notes(one.table)[len(one.table.definitions) - len(one.table.left_out) :]
