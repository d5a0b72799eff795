"""Tally of one file: `tally_file` opens it, infers the schema of each sheet, builds its records and counts them.

It holds the rows; only whole numbers, codes, positions and labels leave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary, vocabulary_of
from xfstats.errors import InputFault, TotalsFault
from xfstats.measures.tally import FileTally, SheetTally
from xfstats.messages import both
from xfstats.model import Finding, NotRead, Position, Source
from xfstats.pipeline.duplicates import find_duplicates, shared_numbers
from xfstats.pipeline.file_zones import Zoned, differing
from xfstats.pipeline.tally_sheet import tally_sheet
from xfstats.pipeline.typed_sheet import read_typed_sheet
from xfstats.pipeline.unrelated_sheets import SheetProfile, sheet_profile, unrelated_sheets
from xfstats.readers import open_source
from xfstats.readers.base import Reader, SheetInfo
from xfstats.schema.infer import PEEK
from xfstats.schema.nearest_header import nearest_header

UNREAD_BY_NAME_REASONS = ("hidden", "notes", "summary", "schedule")
MIN_SUMMED_SHEETS = 2
"""Least number of sheets that a summary sheet adds up."""
UNREAD_DATA_REASONS = ("unrecognised", "traditional", "totals")
"""Codes for why a sheet with data was not read."""


def tally_file(source: Source, plan: Plan) -> FileTally:
    """Return the tally of one file, by its bytes and the plan alone; raise XfstatsError where it cannot be read."""
    vocabulary = vocabulary_of(plan.profile)
    reader = open_source(source, plan)
    try:
        sheets: list[SheetTally] = []
        zoned: dict[int, Zoned] = {}
        sheet_profiles: list[SheetProfile] = []
        not_read: list[NotRead] = []
        infos = reader.sheets()
        for info in infos:
            why = _unselected(info, plan)
            done = why or read_typed_sheet(reader, info, source.name, plan, vocabulary)
            if isinstance(done, str):
                not_read.append(NotRead(info.shown or "", done))
            else:
                if done.records.moments:
                    zoned[len(sheets)] = Zoned(info, done.records.moments, done.schema.dates.zones)
                sheets.append(tally_sheet(done, plan, vocabulary, compared=plan.compare_sheets or len(infos) > 1))
                sheet_profiles.append(sheet_profile(done))
        unrelated = unrelated_sheets(sheet_profiles) if not plan.sheets else frozenset()
        zones, others = differing(
            {index: own for index, own in zoned.items() if index not in unrelated}, plan, Position(source.name)
        )
        for index, info in others.items():
            done = read_typed_sheet(reader, info, source.name, plan, vocabulary, zones)
            if not isinstance(done, str):
                sheets[index] = tally_sheet(done, plan, vocabulary, compared=True)
        not_read += [NotRead(sheets[index].sheet, "unrecognised") for index in sorted(unrelated)]
        sheets = [sheet for index, sheet in enumerate(sheets) if index not in unrelated]
        findings = tuple(Finding("W207", at=(note.sheet,)) for note in not_read if note.why in UNREAD_DATA_REASONS)
        if not sheets:
            _raise_no_log(source, plan, not_read, reader.format, lambda sheet: _nearest(reader, infos, sheet, vocabulary))
        kept = _mark_copies(sheets, Position(source.name))
        findings += tuple(Finding("W220", count, names) for names, count in shared_numbers(kept).items())
        kept = kept if plan.compare_sheets else [replace(sheet, fingerprint=None) for sheet in kept]
        return FileTally(source.name, reader.sha256, reader.format, tuple(kept), tuple(not_read), findings)
    finally:
        reader.close()


def _mark_copies(sheets: list[SheetTally], at: Position) -> list[SheetTally]:
    """Return the sheets of one file, copies marked, shared rows as findings; raise InputFault for two versions of one list."""
    found = find_duplicates(sheets, [sheet.sheet for sheet in sheets])
    for one, other in found.versions:
        raise InputFault("E331", at, one=sheets[one].sheet, other=sheets[other].sheet)
    for name in _summary_sheets([sheet for index, sheet in enumerate(sheets) if index not in found.of]):
        raise InputFault("E334", at, sheet=name)
    kept = [
        replace(sheet, copy_of=sheets[found.of[index]].sheet) if index in found.of else sheet
        for index, sheet in enumerate(sheets)
    ]
    for code, one, other, rows in [("W227", *pair) for pair in found.shared] + [("W265", *pair) for pair in found.alike]:
        said = Finding(code, rows, (), {"first": f"「{sheets[other].sheet}」"})
        kept[one] = replace(kept[one], findings=(*kept[one].findings, said))
    return kept


def _summary_sheets(sheets: list[SheetTally]) -> list[str]:
    """Return the names of sheets whose counts and first and last day are those of all other sheets of their log together."""
    found = []
    for sheet in sheets:
        others = [other for other in sheets if other is not sheet and other.log == sheet.log and other.counted]
        spans = [other.span for other in others if other.span]
        if len(others) < MIN_SUMMED_SHEETS or sheet.counted < 2 * MIN_SUMMED_SHEETS or len(spans) < len(others):
            continue
        same_days = sheet.span == (min(first for first, _ in spans), max(last for _, last in spans))
        if same_days and _counted([sheet]) == _counted(others):
            found.append(sheet.sheet)
    return found


def _counted(sheets: list[SheetTally]) -> Counter[str]:
    """Return the sums over all groups of some sheets."""
    return sum((Counter(counts) for sheet in sheets for counts in sheet.sums.counts.values()), Counter())


def _nearest(reader: Reader, infos: Sequence[SheetInfo], sheet: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the message on the row of a sheet that looks most like a header, in Chinese and in English."""
    info = next(info for info in infos if (info.shown or "") == sheet)
    return nearest_header(reader.peek(info, PEEK), reader.structure(info).merges, vocabulary)


def _raise_no_log(
    source: Source, plan: Plan, not_read: list[NotRead], form: str, nearest: Callable[[str], tuple[str, str]]
) -> None:
    """Raise InputFault for a file without any log: a sheet asked for is missing, the file is empty, or no header was found."""
    if plan.sheets and all(note.why == "unselected" for note in not_read):
        raise InputFault("E319", Position(source.name), sheet=", ".join(plan.sheets))
    totals = next((note for note in not_read if note.why == "totals"), None)
    if totals is not None:
        raise TotalsFault(Position(source.name, totals.sheet or None))
    traditional = next((note for note in not_read if note.why == "traditional"), None)
    if traditional is not None:
        raise InputFault("E348", Position(source.name, traditional.sheet or None))
    unknown = next((note for note in not_read if note.why == "unrecognised"), None)
    if unknown is None:
        if any(note.sheet and note.why in UNREAD_BY_NAME_REASONS for note in not_read):
            raise InputFault("E329", Position(source.name))
        raise InputFault(
            "E310",
            Position(source.name),
            why=both("no_table.text" if form == "csv" else "no_table"),
            without="table",
        )
    raise InputFault("E309", Position(source.name, unknown.sheet or None), nearest=nearest(unknown.sheet))


def _unselected(info: SheetInfo, plan: Plan) -> str | None:
    """Return `unselected` for a sheet that the --sheet globs exclude, `hidden` for a hidden one; None for a sheet to read."""
    if plan.sheets:
        wanted = [glob for glob in plan.sheets if not glob.startswith("!")] or ["*"]
        barred = [glob[1:] for glob in plan.sheets if glob.startswith("!")]
        name = info.name or ""
        chosen = any(fnmatchcase(name, glob) for glob in wanted) and not any(fnmatchcase(name, glob) for glob in barred)
        return None if chosen else "unselected"
    return "hidden" if not info.visible and not plan.include_hidden else None
