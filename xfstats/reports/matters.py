"""The open matters that are overdue or soon due, of all inputs, in the order of their groups and due days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xfstats.frozen import frozen
from xfstats.measures.tally import SheetTally
from xfstats.model import Position
from xfstats.reports.table import Report, Table

SOON = 7
"""Days before the limit from which a matter is listed."""


@frozen
class OpenMatter:
    """One open matter: its case number (None: not to be shown), its place, its group's labels, its due day and days over it."""

    number: str | None
    at: Position
    group: tuple[str | None, ...]
    due: date
    days_over: int


@frozen
class MatterList:
    """The matters of one table that are listed, and the numbers of open ones that are due later or have no limit."""

    table: Table
    matters: tuple[OpenMatter, ...]
    later: int
    without_limit: int

    @property
    def overdue(self) -> int:
        """Return the number of listed matters that are overdue."""
        return sum(one.days_over > 0 for one in self.matters)


def matter_lists(report: Report) -> list[MatterList]:
    """Return the list of each table."""
    as_of = date.fromisoformat(report.as_of)
    found = []
    for table in report.tables:
        inputs = [one for one in report.inputs if (one.tally.log, one.tally.kept_as) == (table.log, table.ledger)]
        days = [day for one in inputs for day in one.tally.detail.get("due_on", ())]
        matters = [one for sheet in inputs for one in _matters(sheet.file, sheet.tally, table.by, as_of)]
        matters.sort(key=lambda one: (_sort_key(one.group), one.due, one.number or ""))
        listed = tuple(one for one in matters if one.days_over >= -SOON)
        found.append(MatterList(table, listed, len(matters) - len(listed), sum(day is None for day in days)))
    return found


def _matters(file: str, tally: SheetTally, by: Sequence[str], as_of: date) -> Iterator[OpenMatter]:
    """Yield the open matters of one sheet that have a due day."""
    columns = tally.detail
    for place, row in enumerate(columns.get("row", ())):
        day, number = columns["due_on"][place], columns["case_no"][place]
        if day is not None:
            due = date.fromisoformat(str(day))
            labels = (columns[field][place] if field in columns else None for field in by)
            group = tuple(None if label is None else str(label) for label in labels)
            shown = None if number is None else str(number)
            yield OpenMatter(shown, Position(file, tally.sheet or None, int(str(row))), group, due, (as_of - due).days)


def _sort_key(labels: tuple[str | None, ...]) -> tuple[tuple[bool, str], ...]:
    """Return the key by which groups are sorted, those without a label last."""
    return tuple((label is None, label or "") for label in labels)
