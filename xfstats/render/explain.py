"""Explanation of one figure as text or JSON: definition, numerator and denominator, positions of its rows, no cell values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xfstats.measures.definitions import BY_KEY, DayStatistic, label
from xfstats.messages import name_of, say
from xfstats.model import RowKind, RowRole
from xfstats.render.json import change_as_json, dumps, reasons_as_json
from xfstats.render.safe_text import escape_control, wrap_text
from xfstats.render.style import Style
from xfstats.reports.figures import Figure, Pair, Statistic, figure_as_json, format_change, format_figure
from xfstats.reports.references import FoundFigure
from xfstats.reports.table import Report, total_label, unclassified_label


def explanation_as_text(found: FoundFigure, report: Report, style: Style) -> str:
    """Return the explanation as lines of text."""
    lang, table = report.lang, found.table
    name = f"{label(found.measure, lang)}[{'·'.join(_row_labels(found, report))}]"
    figure = found.figure
    texts = [_figure_line(name, figure, found, report), *_change_lines(name, found, report)]
    notes = [table.definitions[found.measure], *(say(note, lang) for note in _note_keys(found, report))]
    texts += [f"  {text}" for text in notes]
    behind, window = rows_by_kind(report, found), say(found.window, lang) if found.window else ""
    for kind in sorted(behind, key=_kind_order):
        rows = sum(last - start + 1 for _, _, runs in behind[kind] for start, last in runs)
        texts.append(say("explain.rows", lang, what=_kind_label(kind, figure, lang, window), rows=rows))
        for file, sheet, runs in behind[kind]:
            place = escape_control(file, None) + (f"「{escape_control(sheet, None)}」" if sheet else "")
            texts.append(f"  {place} {' '.join(_row_range(*run) for run in runs)}")
    return "\n".join(line for text in texts for line in wrap_text(text, style.width, "    ")) + "\n"


def _figure_line(name: str, figure: Figure, found: FoundFigure, report: Report) -> str:
    """Return a figure with the whole numbers behind it: a quotient, or twice a median."""
    measure, value = BY_KEY[found.measure], format_figure(figure, report.digits)
    text = "explain.whole"
    if isinstance(figure, Pair) or (isinstance(measure, DayStatistic) and measure.statistic == "mean"):
        text = "explain.pair"
    elif isinstance(measure, DayStatistic) and measure.statistic == "median" and figure != Statistic(0, 0):
        text = "explain.median.hours" if measure.unit == "hours" else "explain.median"
    parts = (
        {} if figure is None or isinstance(figure, int) else {"numerator": figure.numerator, "denominator": figure.denominator}
    )
    return say(text, report.lang, name=name, value=value, **parts)


def _change_lines(name: str, found: FoundFigure, report: Report) -> list[str]:
    """Return the compared figure and the change; one line saying that there is no basis where there is none."""
    if found.window is None:
        return []
    window, change = say(found.window, report.lang), found.change
    if change is None:
        return [f"{name} {window}: {say('no_basis', report.lang)}"]
    before = _figure_line(say("explain.before", report.lang, what=name, window=window), change.base, found, report)
    return [before, f"{name} {window}: {format_change(change, report.lang, report.digits)}"]


def as_json(found: FoundFigure, report: Report, style: Style) -> str:
    """Return the explanation as a JSON object."""
    behind = rows_by_kind(report, found)
    plain: dict[str, Any] = {
        "schema": "xfstats.explain/1",
        "figure": found.name(report.tables),
        "log": found.table.log.value,
        "ledger": found.table.ledger.value,
        "measure": found.measure,
        "group": found.row.plain_group,
        "value": figure_as_json(found.figure),
        **({"change": {found.window: change_as_json(found.change)}} if found.window else {}),
        "definition": found.table.definitions[found.measure],
        "as_of": report.as_of,
        "rows": {
            kind.key: [
                {"file": file, "sheet": sheet or None, "rows": [list(run) for run in runs]} for file, sheet, runs in places
            ]
            for kind, places in behind.items()
        },
        "attention": reasons_as_json(report.reasons),
    }
    return dumps(plain, indent=2)


SheetRows = list[tuple[str, str, tuple[tuple[int, int], ...]]]


def rows_by_kind(report: Report, found: FoundFigure) -> Mapping[RowKind, SheetRows]:
    """Return the ranges of rows behind a figure by their kind, sheet by sheet."""
    kinds: dict[RowKind, SheetRows] = {}
    for one in report.inputs:
        if one.tally.kept_as == found.table.ledger:
            for kind, runs in one.tally.traced_rows.items():
                kinds.setdefault(kind, []).append((one.file, one.tally.sheet, runs))
    return kinds


def _row_labels(found: FoundFigure, report: Report) -> list[str]:
    """Return the labels of the figure's row as printed."""
    if found.row.rest:
        return [say("rest", report.lang, rest=found.row.rest)]
    group = found.row.group.values()
    return [escape_control(one, None) if one is not None else unclassified_label(report.lang) for one in group] or [
        total_label(report.lang)
    ]


def _note_keys(found: FoundFigure, report: Report) -> Iterator[str]:
    """Yield the keys of the notes that apply to the measure."""
    if found.measure in {"persons", "collective_persons"}:
        yield "explain.persons"
    elif any(one.tally.weighted for one in report.inputs if one.tally.kept_as == found.table.ledger):
        yield "explain.weighted"
    if found.measure == "share":
        yield "explain.share"


_ROLE_TEXTS: Mapping[RowRole, str] = {
    RowRole.COUNTED: "explain.part",
    RowRole.BASE: "explain.base",
    RowRole.LEFT_OUT: "explain.out",
    RowRole.REJECTED: "explain.rejected",
    RowRole.OUTSIDE: "explain.outside",
}


def _kind_label(kind: RowKind, figure: object, lang: str, window: str) -> str:
    """Return the description of a kind of rows."""
    why = name_of("explain_left_out" if kind.role is RowRole.LEFT_OUT else "reasons", kind.why, lang)
    numerator = kind.role is RowRole.COUNTED and isinstance(figure, Pair)
    text = say("explain.numerator" if numerator else _ROLE_TEXTS[kind.role], lang, why=why)
    return say("explain.before", lang, what=text, window=window) if kind.compared else text


def _kind_order(kind: RowKind) -> tuple[int, int, str]:
    """Return the sort key of a kind of rows: the figure's own rows, then the compared, then the uncounted ones."""
    first = {RowRole.REJECTED: 2, RowRole.OUTSIDE: 3}.get(kind.role, int(kind.compared))
    return first, {RowRole.COUNTED: 0, RowRole.BASE: 1}.get(kind.role, 2), kind.key


def _row_range(first: int, last: int) -> str:
    """Return a range of rows as text: 7 or 7-9."""
    return str(first) if first == last else f"{first}-{last}"
