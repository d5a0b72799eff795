"""Inspection of the inputs as text, JSON or a page: header, columns with evidence, words, rejects, unused columns."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import Any

from tabulate import tabulate

from xfstats.measures.tally import SheetTally
from xfstats.messages import has, name_of, say, several
from xfstats.model import FILE_MARK, ColumnUse, Heading, Position, Reject
from xfstats.render.json import dumps, gates_as_json, reasons_as_json, skipped_as_json
from xfstats.render.safe_text import display_width, escape_control, wrap_text
from xfstats.render.style import Style
from xfstats.reports.table import Input, Report, ledger_label

MAX_REJECTS = 20


def as_text(report: Report, style: Style) -> str:
    """Return the inspection of all files for a terminal."""
    blocks = [_file_text(report, file.name, style.width) for file in report.files]
    return "\n".join(blocks)


def _file_text(report: Report, name: str, cells: int | None) -> str:
    """Return the inspection of one file."""
    lang = report.lang
    tally = next(file for file in report.files if file.name == name)
    lines = [f"{say('inspect.file', lang)}  {escape_control(name)} ({tally.format}, sha256 {tally.sha256[:12]}…)"]
    lines += [
        say("inspect.passed", lang, sheet=escape_control(note.sheet), why=name_of("not_read", note.why, lang))
        for note in tally.not_read
    ]
    for one in report.inputs:
        if one.file == name:
            lines += ["", *_sheet_lines(one, report, cells)]
    return "\n".join(part for line in lines for part in _wrap_lines(line, cells)) + "\n"


def _wrap_lines(line: str, cells: int | None) -> list[str]:
    """Return the lines of a text wrapped to the width; lines that fit are unchanged."""
    return [part for own in line.split("\n") for part in wrap_text(own, cells, "  ")]


def _sheet_lines(one: Input, report: Report, cells: int | None) -> list[str]:
    """Return the printed lines about one sheet."""
    lang, tally = report.lang, one.tally
    title = f"「{escape_control(tally.sheet)}」" if tally.sheet else ""
    rows = "-".join(map(str, sorted({tally.header_rows[0], tally.header_rows[-1]})))
    names = (name_of("fields", one, lang) if has(one, "fields") else tally.columns.get(one, one) for one in tally.by)
    by = ", ".join(names) or "—"
    head = [
        f"{say('inspect.sheet', lang)}{title}",
        say("inspect.header", lang, rows=rows),
        say(
            "inspect.log",
            lang,
            log=ledger_label(tally.log, tally.kept_as, lang, parted=False),
            by=name_of("inspect_kind", tally.log_by, lang),
        ),
        say("inspect.by", lang, by=by),
    ]
    lines = ["  ".join(head), _column_table(tally, lang, cells)]
    if tally.columns_unused:
        lines.append(say("inspect.unused", lang, names="、".join(_unused_column_text(one, lang) for one in tally.columns_unused)))
    lines.append(say("inspect.rows", lang, **row_counts(tally)) + _reason_counts(tally, lang))
    lines += _reject_lines(tally, lang)
    findings = [said for said in report.findings if said.input is not None and report.inputs[said.input] is one]
    if findings:
        lines += [
            say("inspect.findings", lang) + say("mark.colon", lang).rstrip(),
            *(f"  {said.code} {escape_control(said.message, None)}" for said in findings),
        ]
    return lines


def row_counts(tally: SheetTally) -> dict[str, int]:
    """Return the numbers of all, counted, rejected, skipped and outside rows."""
    sums = {name: sum(getattr(tally, name).values()) for name in ("rejected", "skipped", "outside")}
    return {"rows": tally.rows, "counted": tally.counted, **sums}


def _reason_counts(tally: SheetTally, lang: str) -> str:
    """Return the reasons of uncounted rows with their numbers, in brackets."""
    parts = [
        f"{name_of('reasons', reason, lang)} {count}"
        for reasons in (tally.rejected, tally.skipped, tally.outside)
        for reason, count in sorted(reasons.items())
    ]
    return f" ({'、'.join(parts)})" if parts else ""


def _words_by_rows(use: ColumnUse) -> dict[str, int]:
    """Return the words of a column with their row counts, the most frequent first and ties by word."""
    return dict(sorted(use.words.items(), key=lambda item: (-item[1], item[0])))


def _column_table(tally: SheetTally, lang: str, cells: int | None) -> str:
    """Return the columns as a table; as one block a column where the terminal is too narrow."""
    heads = several("inspect.columns", lang)
    rows = [
        [
            f"{use.field} {name_of('fields', use.field, lang)}" if lang == "zh" else use.field,
            escape_control(use.header or ""),
            use.column,
            f"{use.filled}",
            _evidence_text(use, lang),
            "、".join(f"{escape_control(word)} {count}" for word, count in _words_by_rows(use).items()),
        ]
        for use in tally.columns_used
    ]
    text = tabulate(rows, headers=heads, tablefmt="simple", disable_numparse=True, maxcolwidths=[None] * 5 + [50])
    if cells is None or max(map(display_width, text.split("\n"))) <= cells:
        return text
    named_cells = [[f"  {head}: {cell}" for head, cell in zip(heads[1:], row[1:], strict=True) if cell] for row in rows]
    return "\n".join(line for row, own in zip(rows, named_cells, strict=True) for line in (row[0], *own))


def _evidence_text(use: ColumnUse, lang: str) -> str:
    """Return why a column serves its field, with the next best column where there is one."""
    why = name_of("inspect_evidence", use.evidence, lang)
    return say("inspect.runner_up", lang, why=why, name=escape_control(use.runner_up)) if use.runner_up else why


def _unused_column_text(one: Heading, lang: str) -> str:
    """Return a column's letter and header, with a note where it is about persons, or with the field that it can serve."""
    name = f"{one.column} {escape_control(one.header)}" if one.header else one.column
    field = say("inspect.could", lang, field=name_of("fields", one.field, lang), typed=one.field) if one.field else ""
    return name + (say("inspect.person", lang) if one.person else field)


def _reject_lines(tally: SheetTally, lang: str) -> list[str]:
    """Return the positions of the first rejects by reason, and how many more there are."""
    if not tally.rejects:
        return []
    lines = [f"{say('inspect.rejected', lang)}:"]
    shown = sorted(tally.rejects[:MAX_REJECTS], key=lambda one: (one.reason, one.field, one.row))
    for (reason, field), group in groupby(shown, key=lambda one: (one.reason, one.field)):
        places = " ".join(_cell_address(tally, one) for one in group)
        lines.append(f"  {reason} {name_of('reasons', reason, lang)} · {name_of('fields', field, lang)}: {places}")
    more = sum(tally.rejected.values()) - len(shown)
    return [*lines, f"  {say('inspect.more', lang, more=more)}"] if more > 0 else lines


def _cell_address(tally: SheetTally, reject: Reject) -> str:
    """Return a cell's position in Excel's form: 「10月」!F17."""
    cell = f"{reject.column}{reject.row}"
    return f"{Position('', escape_control(tally.sheet))}!{cell}" if tally.sheet else cell


def as_json(report: Report, style: Style) -> str:
    """Return the inspection as a JSON object; keys are only ever added."""
    files = []
    for file in report.files:
        sheets = [_sheet_as_json(one, index, report) for index, one in enumerate(report.inputs) if one.file == file.name]
        not_read = [{"sheet": note.sheet, "why": note.why} for note in file.not_read]
        files.append({"file": file.name, "format": file.format, "sha256": file.sha256, "sheets": sheets, "not_read": not_read})
    plain = {
        "schema": "xfstats.inspect/1",
        "xfstats": report.version,
        "as_of": report.as_of,
        "files": files,
        "skipped": skipped_as_json(report),
        "gates": gates_as_json(report),
        "attention": reasons_as_json(report.reasons),
    }
    return dumps(plain, indent=2)


def _sheet_as_json(one: Input, index: int, report: Report) -> dict[str, Any]:
    """Return the inspection of one sheet as plain values."""
    tally = one.tally
    return {
        "sheet": tally.sheet,
        "log": tally.log.value,
        "ledger": tally.kept_as.value,
        "log_by": tally.log_by,
        "by": list(tally.by),
        "header_rows": list(tally.header_rows),
        "columns": [
            {
                "field": use.field,
                "column": use.column,
                "header": use.header,
                "why": use.evidence,
                "filled": use.filled,
                "words": _words_by_rows(use),
                "runner_up": use.runner_up,
            }
            for use in tally.columns_used
        ],
        "unused": [
            f"{one.column} {one.header or ''}".strip() + (" (person)" if one.person else "") for one in tally.columns_unused
        ],
        "unused_columns": [
            {"column": one.column, "header": one.header, "person": one.person, "field": one.field} for one in tally.columns_unused
        ],
        **row_counts(tally),
        "reasons": {name: dict(getattr(tally, name)) for name in ("rejected", "skipped", "outside")},
        "rejects": [{"row": r.row, "column": r.column, "field": r.field, "reason": r.reason} for r in tally.rejects],
        "findings": [{"code": s.code, "rows": s.rows, "message": s.message} for s in report.findings if s.input == index],
    }


def as_html(report: Report, style: Style) -> str:
    """Return the inspection's text as a page, escaped."""
    body = escape(as_text(report, style))
    font = '"NSimSun","Noto Sans Mono CJK SC","Sarasa Mono SC","WenQuanYi Micro Hei Mono",monospace'
    return (
        f'<!DOCTYPE html>\n<html lang="{report.lang}"><head><meta charset="utf-8"><meta name="generator" content="{FILE_MARK}">'
        f"<title>xfstats inspect</title><style>pre{{font-family:{font}}}</style></head><body><pre>{body}</pre></body></html>\n"
    )
