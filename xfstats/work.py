"""`tally_file`: the one place where reading, understanding and counting meet; also the worker's entry point.

`python -P -m xfstats.work` takes one line of JSON (source and plan) on stdin, for `-` followed by the log's own bytes, and
writes one JSON object to stdout: a tally, or an error.  It holds the rows; only whole numbers, codes, positions and labels leave.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from hashlib import blake2b
from typing import Any

from xfstats import wire
from xfstats.count.tallying import Tally, tally
from xfstats.errors import InputFault, XfstatsError
from xfstats.model import ColumnUse, FileTally, Finding, NotRead, Plan, Position, SheetTally, Source, column_letter
from xfstats.read import open_source
from xfstats.read.protocol import Columns, Reader, SheetInfo
from xfstats.understand import spelling
from xfstats.understand.layout import PEEK, Layout, lay_out
from xfstats.understand.numbers import MOST_ADDED, amount
from xfstats.understand.raw import Raw
from xfstats.understand.records import Records, make_records
from xfstats.understand.shapes import blank, showable
from xfstats.understand.vocabulary import Vocabulary, compile_profile

MEMORY_MIB = 2048
LEAST_COPIED = 3
"""A sheet with fewer rows is never taken for a filtered copy of another."""
MOST_REJECTS = 10_000
"""Positions of rejected rows that a tally carries for each sheet."""


def tally_file(source: Source, plan: Plan) -> FileTally:
    """The tally of one file: pure in its bytes and the plan.  Raises XfstatsError where it cannot be read or understood."""
    vocabulary = compile_profile(plan.profile)
    reader = open_source(source, plan)
    try:
        sheets: list[SheetTally] = []
        prints: list[frozenset[int]] = []
        not_read: list[NotRead] = []
        for info in reader.sheets():
            why = _unselected(info, plan)
            done = why or _tally_sheet(reader, info, source, plan, vocabulary)
            if isinstance(done, str):
                not_read.append(NotRead(info.name or "", done))
            else:
                sheets.append(done[0])
                prints.append(done[1])
        findings = tuple(Finding("W207", at=(note.sheet,)) for note in not_read if note.why == "unrecognised")
        if not sheets:
            _refuse(source, plan, not_read)
        kept = _marked_copies(sheets, prints)
        return FileTally(source.name, reader.sha256, reader.format, tuple(kept), tuple(not_read), findings)
    finally:
        reader.close()


def _marked_copies(sheets: list[SheetTally], prints: list[frozenset[int]]) -> list[SheetTally]:
    """The sheets, one whose every row stands in a larger sheet of the file marked as its copy.

    Rows are told apart by a digest of all their cells but the serial; only where a date or a case number is among them.
    """
    kept = []
    for index, (sheet, own) in enumerate(zip(sheets, prints, strict=True)):
        dated = {"received_on", "case_no"} & sheet.columns.keys()
        larger = (
            other.sheet
            for place, (other, rows) in enumerate(zip(sheets, prints, strict=True))
            if own <= rows and (len(own) < len(rows) or place < index) and other.columns == sheet.columns
        )
        copied = next(larger, None) if dated and len(own) >= LEAST_COPIED else None
        kept.append(replace(sheet, copy_of=copied) if copied is not None else sheet)
    return kept


def _refuse(source: Source, plan: Plan, not_read: list[NotRead]) -> None:
    """A file without any log: say which sheet was asked for and is missing, that it is empty, or that no header was found."""
    if plan.sheets and all(note.why == "unselected" for note in not_read):
        raise InputFault("E319", Position(source.name), sheet=", ".join(plan.sheets))
    unknown = next((note for note in not_read if note.why == "unrecognised"), None)
    if unknown is None:
        why = "empty" if all(note.why == "empty" for note in not_read) else "no log"
        raise InputFault("E310", Position(source.name), why=why)
    raise InputFault("E309", Position(source.name, unknown.sheet or None))


def _unselected(info: SheetInfo, plan: Plan) -> str | None:
    """Why a sheet is not looked at: hidden and not asked for, or not among the --sheet globs."""
    if plan.sheets:
        wanted = [glob for glob in plan.sheets if not glob.startswith("!")] or ["*"]
        barred = [glob[1:] for glob in plan.sheets if glob.startswith("!")]
        name = info.name or ""
        chosen = any(fnmatchcase(name, glob) for glob in wanted) and not any(fnmatchcase(name, glob) for glob in barred)
        return None if chosen else "unselected"
    return "hidden" if not info.visible and not plan.include_hidden else None


def _tally_sheet(
    reader: Reader, info: SheetInfo, source: Source, plan: Plan, vocabulary: Vocabulary
) -> tuple[SheetTally, frozenset[int]] | str:
    """The tally of one sheet and the digests of its records, or why it is not a log."""
    at = Position(source.name, info.name)
    cells = reader.peek(info, PEEK)
    shape = reader.shape(info)
    layout = lay_out(cells, shape.merges, at, plan, vocabulary, date1904=shape.date1904)
    if isinstance(layout, str):
        return layout
    serial = [column for field, column in layout.roles.fields.items() if field == "serial"]
    first = layout.header.last + 1
    columns = reader.columns(info, sorted(set(layout.columns.values())), first, serial, vocabulary.marks)
    raw = Raw(
        {field: list(columns.values[column]) for field, column in layout.columns.items()},
        first,
        columns.labels,
        columns.filled,
        columns.digests,
        columns.totals,
        shape.merges,
        shape.errors,
        shape.no_values,
    )
    records = make_records(raw, layout, plan, vocabulary, at)
    prints = frozenset(digest for row, digest in enumerate(raw.digests) if row not in records.skipped)
    return _tallied(records, raw, columns, layout, plan, vocabulary, shape.hidden_rows, at), prints


def _tallied(
    records: Records,
    raw: Raw,
    columns: Columns,
    layout: Layout,
    plan: Plan,
    vocabulary: Vocabulary,
    hidden: int,
    at: Position,
) -> SheetTally:
    rows = records.counted
    rules = vocabulary.rules.get(layout.log, ()) if "level" in layout.by else ()
    every = sorted({*rows, *records.outside})
    amounts = {"batches": records.batches, "persons": records.persons}
    sums = tally(rows, every, layout.by, records.groups, records.outcomes.flags, amounts, records.days, rules)
    received = [day for row in rows if (day := records.received[row])] if records.received else []
    findings = list(records.findings)
    if hidden:
        findings.append(Finding("W208", hidden))
    findings.extend(_totals_that_differ(records, raw, layout))
    return SheetTally(
        sheet=at.sheet or "",
        log=layout.log,
        log_by=layout.log_by,
        title=layout.context.title,
        office=layout.context.office,
        header_rows=tuple(range(layout.header.first + 1, layout.header.last + 2)),
        columns={field: _header(layout, field) for field in layout.columns},
        by=layout.by,
        said={field: by for field, (_, by) in layout.constants.items() if field in layout.by},
        rows=records.rows,
        counted=len(rows),
        rejected=dict(Counter(reject.reason for reject in records.rejected.values())),
        skipped=dict(Counter(records.skipped.values())),
        outside=dict(Counter(records.outside.values())),
        digest=columns.digest,
        copy_of=None,
        span=(min(received).isoformat(), max(received).isoformat()) if received else None,
        supports=_supports(records, layout),
        **_sums(sums),
        words=_made(records),
        weighted=records.batches is not None,
        chinese=any(spelling.chinese(name) for name in layout.header.names if name),
        findings=tuple(findings),
        uses=_uses(records, raw, layout) if plan.evidence else (),
        unused=_unused(layout) if plan.evidence else (),
        case_digests=_case_digests(raw, rows, plan.salt) if plan.salt else (),
        rejects=tuple(reject for _, reject in sorted(records.rejected.items())[:MOST_REJECTS]),
    )


def _case_digests(raw: Raw, rows: list[int], salt: str) -> tuple[str, ...]:
    """Keyed digests of the case numbers of counted rows: equal in two files where the numbers are, and good for nothing else."""
    cells = raw.values.get("case_no", [])
    numbers = {spelling.word(str(cells[row])) for row in rows if cells and not blank(cells[row])}
    key = bytes.fromhex(salt)
    return tuple(sorted(blake2b(number.encode("utf-8", "replace"), key=key, digest_size=8).hexdigest() for number in numbers))


def _sums(sums: Tally) -> dict[str, Any]:
    return {
        "counts": {key: dict(one.counts) for key, one in sums.groups.items()},
        "days": {key: dict(one.days) for key, one in sums.groups.items() if one.days},
        "subsets": {name: dict(one.counts) for name, one in sums.subsets.items()},
        "subset_days": {name: dict(one.days) for name, one in sums.subsets.items() if one.days},
    }


def _supports(records: Records, layout: Layout) -> tuple[str, ...]:
    """What this sheet can tell: status sets, persons, days, and the fields that it has."""
    told = {f"set:{one}" for one in records.outcomes.supports} | {
        f"field:{name}" for name in (*layout.columns, *layout.constants)
    }
    if records.outcomes.by_words or "set:closed" in told:
        told.add("status")
    return tuple(sorted(told))


def _made(records: Records) -> dict[str, dict[str, int]]:
    """The words that put records into each set, and by which column: what the definitions under the table name."""
    found: dict[str, dict[str, int]] = {one: {} for one in records.outcomes.made}
    for one, words in records.outcomes.made.items():
        for name in ("status", "outcome"):
            counts = records.words.get(name, {})
            found[one].update({word: counts[word] for word in words if word in counts})
    return found


def _totals_that_differ(records: Records, raw: Raw, layout: Layout) -> list[Finding]:
    """A 合计 row whose head count or batches disagree with the sum of the records of its sheet."""
    totals = [row for row, why in records.skipped.items() if why == "total"]
    whole = [row for row in range(records.rows) if row not in records.skipped and row not in records.rejected]
    found = []
    for field, amounts in (("persons", records.persons), ("batches", records.batches)):
        if amounts is None or records.rejected:
            continue
        computed = sum(amounts[row] for row in whole)
        for row in totals:
            stated = amount(raw.values[field][row], MOST_ADDED, 0)
            if isinstance(stated, int) and stated != computed and len(totals) == 1:
                place = f"{column_letter(layout.roles.fields[field])}{raw.first_row + row + 1}"
                found.append(Finding("W209", 1, (place,), {"field": field, "stated": stated, "computed": computed}))
    return found


def _header(layout: Layout, field: str) -> str:
    column = layout.roles.fields[field]
    name = layout.header.names[column] if column < len(layout.header.names) else None
    return name or f"column:{column_letter(column)}"


def _uses(records: Records, raw: Raw, layout: Layout) -> tuple[ColumnUse, ...]:
    """For inspect: each column that serves a field, why, how many cells are filled, and the words that may be shown."""
    uses = [
        ColumnUse(
            field,
            column_letter(column),
            _header(layout, field),
            layout.roles.evidence[field],
            sum(1 for row, cell in enumerate(raw.values[field]) if row not in records.skipped and not blank(cell)),
            records.words.get(field, {}),
            layout.header.names[layout.roles.runners_up[field]] if field in layout.roles.runners_up else None,
        )
        for field, column in layout.columns.items()
    ]
    named = [
        ColumnUse(field, "", None, by, records.rows, {label: records.rows}) for field, (label, by) in layout.constants.items()
    ]
    return (*uses, *(use for use in named if use.field in layout.by))


def _unused(layout: Layout) -> tuple[str, ...]:
    """The columns that were not read: their headers where these may be shown, else their letters; persons' are said as such."""
    known = len(layout.header.known)
    shown = []
    for column, name in enumerate(layout.header.names):
        if name is None or column in layout.columns.values():
            continue
        letter = column_letter(column)
        text = name if layout.header.candidates[column] or showable(name, known) else ""
        mark = " (person)" if column in layout.roles.personal else ""
        shown.append(f"{letter} {text}".strip() + mark)
    return tuple(shown)


def _bound(limits: Mapping[str, int]) -> None:
    """Bound this process's memory and forbid core dumps, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    memory = limits.get("memory_mib", MEMORY_MIB) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def main() -> None:
    """Run one job from stdin; whatever happens ends as one JSON object, or as a dead process that the parent explains."""
    job = json.loads(sys.stdin.buffer.readline())
    _bound(job["plan"]["limits"])
    try:
        answer: dict[str, Any] = {"tally": wire.to_json(tally_file(Source(**job["source"]), Plan.from_json(job["plan"])))}
    except XfstatsError as error:
        answer = {"error": error.to_json()}
    except MemoryError:
        answer = {"error": InputFault("E304", Position(job["source"]["name"]), limit="memory_mib", value="").to_json()}
    except Exception as error:  # noqa: BLE001 - a bug becomes one line; a traceback may quote the log
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        place = f"{frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}" if frame else "?"
        answer = {"bug": f"{type(error).__name__} at {place}"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
