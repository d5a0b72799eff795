"""Data-quality findings about the run: missing reporters, sheets without a needed column, duplicate case numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xfstats.config.plan import Plan
from xfstats.config.sources import is_unfinished
from xfstats.errors import XfstatsError
from xfstats.measures.capabilities import STATUS, column_for, column_of, is_met
from xfstats.measures.choices import Choices
from xfstats.measures.needs import required_fields
from xfstats.measures.tally import FileTally, SheetTally
from xfstats.messages import LANGS, raw
from xfstats.model import Finding
from xfstats.pipeline.merge import Merged
from xfstats.reports.table import Table

FLAG_FOR = {name: f"{name}_flag" for name in ("resolved", "settled", "excluded")}
"""The yes/no column that would tell a status set, where there is a column of states that does not."""


def check_run(
    locks: Sequence[str], unread: Sequence[str], skipped: Sequence[XfstatsError], passed: Sequence[str]
) -> list[Finding]:
    """Return findings about open workbooks, skipped files, and files of a folder that are packed, unfinished or hold no table."""
    open_files = [Finding("W214", values={"file": name}) for name in locks]
    bad = [
        Finding("W215", values={"file": error.position.file if error.position else "", "why": error.code}) for error in skipped
    ]
    empty = [Finding("W275", values={"file": name}) for name in passed]
    other = [Finding("W290" if is_unfinished(name) else "W281", values={"file": name}) for name in unread]
    return [*open_files, *bad, *empty, *other]


def check_saved(saved: Mapping[str, Any] | None, as_of: date, version: str) -> list[Finding]:
    """Return findings where a saved result has another as-of day, or was saved by a version with other definitions.

    Open and overdue records differ by the day; the definition of a figure changes with the second number of a version.
    """
    then, by = (saved.get("as_of"), saved.get("xfstats")) if saved else (None, None)
    found = [Finding("W248", values={"then": then, "now": as_of.isoformat()})] if then and then != as_of.isoformat() else []
    if isinstance(by, str) and by.split(".")[:2] != version.split(".")[:2]:
        found.append(Finding("W277", values={"then": by, "now": version}))
    return found


def check_logs(
    merged: Sequence[Merged], tables: Sequence[Table], choices: Choices, files: Sequence[FileTally] = ()
) -> list[Finding]:
    """Return findings about logs in which only some sheets have a column; of several `files` a sheet is named with its file."""
    found = []
    names = {id(sheet): place(file.name, sheet) for file in files for sheet in file.sheets} if len(files) > 1 else {}
    printed = {table.ledger: table.measures for table in tables}
    for one in merged:
        measures = printed.get(one.ledger, ())
        filled = [sheet for sheet in one.sheets if sheet.counted]
        blind = [sheet for sheet in filled if STATUS not in sheet.supports]
        if blind and len(blind) < len(filled):
            rows = sum(sheet.counted for sheet in blind)
            found.append(Finding("W212", rows, tuple(names.get(id(sheet), sheet.sheet) for sheet in blind)))
        for name in one.by:
            lacking = [sheet for sheet in filled if column_of(name) not in sheet.supports]
            if lacking and len(lacking) < len(filled):
                at = tuple(names.get(id(sheet), sheet.sheet) for sheet in lacking)
                found.append(Finding("W216", sum(sheet.counted for sheet in lacking), at, {"field": name}))
        found.extend(_check_missing_columns(filled, measures, choices, names))
    return found


def place(file: str, sheet: SheetTally) -> str:
    """Return a file's name with that of one of its sheets."""
    return f"{file}「{sheet.sheet}」" if sheet.sheet else file


def _check_missing_columns(
    sheets: Sequence[SheetTally], measures: Sequence[str], choices: Choices, names: Mapping[int, str]
) -> list[Finding]:
    """Return findings about sheets without a column that other sheets have and a measure needs; status is checked above."""
    served: dict[str, list[str]] = {}
    without: dict[str, set[int]] = {}
    for key in measures:
        for need in required_fields(key, choices):
            lacking = {at for at, sheet in enumerate(sheets) if not is_met(need, sheet.supports)}
            if need != (STATUS,) and lacking and len(lacking) < len(sheets):
                name = column_for(need[0])
                if name == "status" and all(column_of(name) in sheets[at].supports for at in lacking):
                    name = FLAG_FOR.get(need[0].of, name)
                without.setdefault(name, set()).update(lacking)
                served.setdefault(name, []).append(key)
    return [
        Finding(
            "W246",
            sum(sheets[at].counted for at in places),
            tuple(names.get(id(sheets[at]), sheets[at].sheet) for at in sorted(places)),
            {"field": field, "measures": tuple(dict.fromkeys(served[field]))},
        )
        for field, places in without.items()
    ]


def check_filters(files: Sequence[FileTally], plan: Plan) -> list[Finding]:
    """Return findings about --where values that no row has, with up to eight values that occur."""
    sheets = [sheet for file in files for sheet in file.sheets if sheet.rows > sum(sheet.skipped.values())]
    found = []
    for one in plan.where:
        keys = (f"{one.field}={value}" for value in one.values)
        missing = next((key for key in keys if sheets and all(key in sheet.absent for sheet in sheets)), None)
        if missing is not None:
            words = sum((Counter(sheet.absent[missing]) for sheet in sheets), Counter())
            there = tuple(word for word, _ in words.most_common(8))
            found.append(Finding("W230" if there else "W231", values={"field": one.field, "there": there}))
    return found


def check_case_numbers(files: Sequence[FileTally]) -> list[Finding]:
    """Return findings about case numbers in two sheets or files, where --case-numbers is given: number and places."""
    places: dict[str, set[str]] = {}
    for file in files:
        for sheet in file.sheets:
            for digest in sheet.case_digests:
                places.setdefault(digest, set()).add(place(file.name, sheet))
    shared = Counter(tuple(sorted(names)) for names in places.values() if len(names) > 1)
    return [Finding("W220", count, names) for names, count in sorted(shared.items())]


def check_roster(expected: Sequence[str], files: Sequence[FileTally], merged: Sequence[Merged]) -> list[Finding]:
    """Return a finding about offices of the profile's roster without rows: in no group, file, sheet or office name."""
    if not expected:
        return []
    labels = {label for one in merged for key, counts in one.now.counts.items() if any(counts.values()) for label in key if label}
    filled = [(file, sheet) for file in files for sheet in file.sheets if sheet.rows > sum(sheet.skipped.values())]
    names = [name for file, sheet in filled for name in (file.name, sheet.sheet, sheet.office or "")]
    missing = [one for one in expected if one not in labels and not any(_mentions(one, name, expected) for name in names)]
    if not missing:
        return []
    summary = {"expected": len(expected), "reported": len(expected) - len(missing), "missing": tuple(missing)}
    return [Finding("W219", 0, (), summary)]


def _mentions(one: str, name: str, expected: Sequence[str]) -> bool:
    """True if a name contains an office of the roster, but not within another's name: 大青山县 does not contain 青山县."""
    for other in expected:
        if one in other and one != other:
            name = name.replace(other, " ")
    before = "".join(raw("roster.before_name", lang) for lang in LANGS)  # characters that may end what stands before a name
    return re.search(rf"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]*[{before}])?{re.escape(one)}", name) is not None


def check_period(files: Sequence[FileTally], plan: Plan) -> list[Finding]:
    """Return a finding where a period was asked for, rows lie outside of it and none within: its year may be mistyped."""
    sheets = [sheet for file in files for sheet in file.sheets]
    outside = sum(sheet.outside.get("period", 0) for sheet in sheets)
    nothing = plan.period is not None and outside and not any(sheet.counted for sheet in sheets)
    return [Finding("W291", outside)] if nothing else []


def check_empty(files: Sequence[FileTally]) -> list[Finding]:
    """Return findings about files without a row below their header, where there are several files."""
    empty = [file.name for file in files if not any(sheet.rows for sheet in file.sheets)]
    return [Finding("W240", 0, (), {"file": name}) for name in empty] if len(files) > 1 else []
