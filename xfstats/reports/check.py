"""The list that `xfstats check` prints: what to mend in the logs, where and how, and what only to know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from xfstats.errors import FINDINGS, Severity
from xfstats.frozen import frozen
from xfstats.messages import has, name_of, raw, say
from xfstats.model import Reject
from xfstats.reports.findings import fill_finding
from xfstats.reports.table import Input, Report, ReportFinding

_CELL = re.compile(r"([A-Z]+)(\d+)")


@frozen
class CheckItem:
    """One thing to mend or to know: its code (of a finding or of a reject reason), its place, and what it is; no cell."""

    code: str
    message: str
    remedy: str | None
    """What to do in the log; None where it is only to know."""
    place: str | None
    """Name of the file, with the sheet where it is of one; None where it is about the run."""
    file: str | None = None
    sheet: str | None = None
    field: str | None = None
    column: str | None = None
    """Excel's letter of the column."""
    rows: int | None = None
    """Number of rows; None where it is not about rows."""
    at: tuple[str, ...] = ()
    """Cells and ranges of cells; the first ones, where there are many."""
    complete: bool = True
    """True if `at` names all cells."""


@frozen
class Check:
    """What to mend before a log is sent up, what else to know, and the report of the run that told it."""

    mend: tuple[CheckItem, ...]
    notes: tuple[CheckItem, ...]
    report: Report

    def __repr__(self) -> str:
        """Return one line: how many things are to mend and to know, and the report."""
        return f"<xfstats.Check {len(self.mend)} to mend, {len(self.notes)} to know; {self.report!r}>"


def check_report(report: Report) -> Check:
    """Return what a run's rejected rows and findings ask to be mended, sheet by sheet, and what they only tell."""
    items = [item for index, one in enumerate(report.inputs) for item in _sheet_items(one, index, report)]
    items += [_finding_item(said, None, report.lang) for said in report.findings if said.input is None]
    return Check(
        tuple(item for item in items if item.remedy is not None), tuple(item for item in items if item.remedy is None), report
    )


def _sheet_items(one: Input, index: int, report: Report) -> list[CheckItem]:
    """Return the items of one sheet: its rejected rows, then its findings."""
    rejected = [_reject_item(one, list(rows), report.lang) for rows in _rejects_by_cause(one.tally.rejects)]
    return [*rejected, *(_finding_item(said, one, report.lang) for said in report.findings if said.input == index)]


def _rejects_by_cause(rejects: Sequence[Reject]) -> list[list[Reject]]:
    """Return rejected rows of one reason and column together, in the order of the columns' letters."""

    def cause(reject: Reject) -> tuple[int, str, str]:
        return len(reject.column), reject.column, reject.reason

    return [list(rows) for _, rows in groupby(sorted(rejects, key=lambda one: (*cause(one), one.row)), key=cause)]


def _reject_item(one: Input, rejects: Sequence[Reject], lang: str) -> CheckItem:
    """Return what to mend of the rejected rows of one reason and column."""
    first = rejects[0]
    field, why = name_of("fields", first.field, lang), name_of("reasons", first.reason, lang)
    counts = {"field": field, "why": why, "rows": len(rejects)}
    return CheckItem(
        first.reason,
        say("check.rejected", lang, **counts),
        raw(first.reason, lang, "mend"),
        place_name(one),
        one.file,
        one.tally.sheet or None,
        first.field,
        first.column,
        len(rejects),
        cell_ranges(f"{reject.column}{reject.row}" for reject in rejects),
    )


def _finding_item(said: ReportFinding, one: Input | None, lang: str) -> CheckItem:
    """Return what a finding asks to be mended, or tells; of its sentence only the cause."""
    finding = said.finding
    if finding is None:  # only findings of a report that was made by hand
        return CheckItem(said.code, said.message, None, said.place)
    cause = raw(said.code, lang, "findings").partition(raw("check.semicolon", lang))[0]
    kind = FINDINGS[said.code]
    told = kind.severity is Severity.KNOW
    columns = {found[1] for cell in said.at if (found := _CELL.fullmatch(cell))}
    field = finding.values.get("field")
    return CheckItem(
        said.code,
        fill_finding(cause, finding, lang),
        None if told else fill_finding(raw(said.code, lang, "mend"), finding, lang),
        said.place,
        one.file if one else said.place,
        (one.tally.sheet if one else finding.at[0] if kind.of_sheets else None) or None,
        field if field is None or has(field, "fields") else None,
        columns.pop() if len(columns) == 1 else None,
        said.rows or None,
        cell_ranges(said.at),
        (said.rows or 0) <= len(said.at),
    )


def place_name(one: Input) -> str:
    """Return the name of a sheet's file, with the sheet."""
    return one.file + (f"「{one.tally.sheet}」" if one.tally.sheet else "")


def cell_ranges(cells: Iterable[str]) -> tuple[str, ...]:
    """Return cells in their order, those below one another as ranges.

    >>> cell_ranges(["D6", "D7", "D8", "B2"])
    ('D6:D8', 'B2')
    """
    ranges: list[tuple[str, int, int] | str] = []
    for cell in cells:
        found = _CELL.fullmatch(cell)
        last = ranges[-1] if ranges else ""
        if found is None:
            ranges.append(cell)
        elif isinstance(last, tuple) and (last[0], last[2] + 1) == (found[1], int(found[2])):
            ranges[-1] = (last[0], last[1], int(found[2]))
        else:
            ranges.append((found[1], int(found[2]), int(found[2])))
    return tuple(_range_name(*one) if isinstance(one, tuple) else one for one in ranges)


def _range_name(column: str, first: int, last: int) -> str:
    """Return Excel's name of some cells below one another."""
    return f"{column}{first}" + (f":{column}{last}" if last > first else "")
