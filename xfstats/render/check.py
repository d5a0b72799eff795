"""Result of `xfstats check` as text or JSON: what to mend and where, what else to know, and the rows of each sheet; no cells."""

from __future__ import annotations

from typing import Any

from xfstats.messages import joined, name_of, raw, say
from xfstats.render.inspect import row_counts
from xfstats.render.json import dumps
from xfstats.render.safe_text import escape_control, wrap_text
from xfstats.render.style import Style
from xfstats.reports.check import Check, CheckItem, check_report, place_name
from xfstats.reports.table import Input, Report

MOST_PLACES = 10
"""Cells and ranges that the text names for one item."""


def as_text(report: Report, style: Style) -> str:
    """Return a numbered list of what to mend, each with its place and what to do, then what is only to know."""
    check, lang = check_report(report), report.lang
    lines = [say("check.mend", lang, number=len(check.mend)) if check.mend else say("check.nothing", lang)]
    for number, item in enumerate(check.mend, 1):
        lines += [
            f"{number:>2}. {_item_text(item, lang)}",
            f"    {raw('check.arrow', lang)} {escape_control(item.remedy or '', None)}",
        ]
    notes = [*(_item_text(item, lang) for item in check.notes), *_passed_texts(check)]
    lines += ["", raw("check.notes", lang), *(f"  - {text}" for text in notes)] if notes else []
    lines += ["", raw("check.read", lang), *(line for one in report.inputs for line in _sheet_lines(one, lang))]
    return "".join(f"{part}\n" for line in lines for part in (wrap_text(line, style.width, "      ") or [""]))


def _item_text(item: CheckItem, lang: str) -> str:
    """Return an item's place, cells, sentence and code in one line."""
    cells = raw("mark.places", lang).join(map(escape_control, item.at[:MOST_PLACES]))
    more = " …" if len(item.at) > MOST_PLACES or not item.complete else ""
    where = " ".join(filter(None, (escape_control(item.place or ""), f"{cells}{more}" if cells else "")))
    mark = raw("mark.colon", lang) if where else ""
    return f"{where}{mark}{escape_control(item.message, None)} [{item.code}]"


def _passed_texts(check: Check) -> list[str]:
    """Return the sheets that were passed over, with why; without those that are to mend."""
    lang = check.report.lang
    mended = {(item.file, item.sheet) for item in check.mend}
    passed = [
        (file, escape_control(note.sheet), name_of("not_read", note.why, lang))
        for file, note in check.report.not_read
        if note.sheet and (file, note.sheet) not in mended
    ]
    return [f"{escape_control(file)} {say('inspect.passed', lang, sheet=sheet, why=why)}" for file, sheet, why in passed]


def _sheet_lines(one: Input, lang: str) -> list[str]:
    """Return how a sheet was read: its rows by what became of them, and the column of each field."""
    tally = one.tally
    fields = joined((f"{name_of('fields', use.field, lang)} {use.column}" for use in tally.columns_used), lang)
    unused = joined((heading.column for heading in tally.columns_unused), lang)
    lines = [
        f"  {escape_control(place_name(one))} {say('inspect.rows', lang, **row_counts(tally))}",
        f"    {say('check.columns', lang, fields=fields)}",
    ]
    return [*lines, f"    {say('inspect.unused', lang, names=unused)}"] if unused else lines


def as_json(report: Report, style: Style) -> str:
    """Return what to mend and to know as a JSON object; keys are only ever added."""
    check = check_report(report)
    plain = {
        "schema": "xfstats.check/1",
        "xfstats": report.version,
        "as_of": report.as_of,
        "mend": [{**_item_as_json(item), "remedy": item.remedy} for item in check.mend],
        "notes": [_item_as_json(item) for item in check.notes],
        "sheets": [
            {
                "file": one.file,
                "sheet": one.tally.sheet or None,
                "log": one.tally.log.value,
                **row_counts(one.tally),
                "columns": {use.field: use.column for use in one.tally.columns_used},
                "unused": [heading.column for heading in one.tally.columns_unused],
            }
            for one in report.inputs
        ],
        "not_read": [{"file": file, "sheet": note.sheet or None, "why": note.why} for file, note in report.not_read],
    }
    return dumps(plain, indent=2)


def _item_as_json(item: CheckItem) -> dict[str, Any]:
    """Return an item as plain values."""
    return {
        "code": item.code,
        "file": item.file,
        "sheet": item.sheet,
        "field": item.field,
        "column": item.column,
        "rows": item.rows,
        "at": list(item.at),
        "complete": item.complete,
        "message": item.message,
    }
