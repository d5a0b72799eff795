"""Kind of log of a sheet, and sheets that are none by their name, their title or for want of cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import pattern
from xfstats.errors import InputFault
from xfstats.model import Cell, Log, Position
from xfstats.schema.context import Context, column_kinds, opposed, stated_kind
from xfstats.schema.fields import FieldMap
from xfstats.schema.header import Header


def passed_over(cells: Sequence[Sequence[Cell]], sheet: str | None, plan: Plan, vocabulary: Vocabulary) -> str | None:
    """Return why a sheet is not read: `empty`, or `notes` or `summary` by its name; None for a sheet to read."""
    if not any(not blank(cell) for row in cells for cell in row):
        return "empty"
    if plan.sheets or sheet is None:
        return None
    name = normalize.word(sheet)
    if name in vocabulary.notes_sheets or pattern("sheet", "notes").search(name):
        return "notes"
    if name in vocabulary.summary_sheets or pattern("sheet", "summary").search(name):
        return "summary"
    return None


def is_schedule(context: Context, at: Position) -> bool:
    """True if title, sheet or file name shows that this is a duty roster: who will receive on which day, not who came."""
    texts = (*context.titles, at.sheet or "", PurePath(at.file).stem)
    return any(pattern("title", "schedule").search(normalize.word(text)) for text in texts)


def has_data(cells: Sequence[Sequence[Cell]], *, text: bool = False) -> bool:
    """True if three rows at least have two filled cells or more: data that must not be skipped without a finding.

    Lines of a `text` file are prose where no number of fields is that of most lines, and most commas have a blank behind them.
    """
    rows = [[index for index, cell in enumerate(row) if not blank(cell)] for row in cells]
    if sum(1 for row in rows if len(row) >= 2) < 3:
        return False
    widths = Counter(row[-1] for row in rows if row)
    behind = [str(cell)[:1] for row in cells for cell in row[1:] if not blank(cell)]
    prose = 2 * max(number for last, number in widths.items() if last) <= widths.total() and 2 * behind.count(" ") > len(behind)
    return not (text and prose)


def log_kind(
    header: Header, field_map: FieldMap, context: Context, at: Position, plan: Plan, vocabulary: Vocabulary
) -> tuple[Log, str]:
    """Return the kind of log and its source (option, title, sheet, file, columns, default); raise InputFault on conflict."""
    if plan.log is not None:
        return plan.log, "option"
    stated = stated_kind(context, at.sheet, at.file, vocabulary)
    own = column_kinds(header.names)
    if stated is not None:
        against = opposed(stated[0], own)
        if against is not None:
            raise InputFault("E311", at, title=stated[0].value, columns=against.value)
        return stated
    if len(own) == 1:
        return next(iter(own)), "columns"
    if Log.BACKLOG in own and Log.VISITS not in own:
        return Log.BACKLOG, "columns"
    if field_map.column("case_no") is not None and Log.VISITS not in own:
        return Log.CASES, "columns"
    if field_map.column("persons") is not None or Log.VISITS in own:
        return Log.VISITS, "columns"
    return Log.CASES, "default"
