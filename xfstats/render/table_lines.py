"""Printed lines of a table, shared by all formats for people: title, rows, definitions, notes, reconciliation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from xfstats.config.periods import COMPARED, YEAR_TO_DATE, month_of, whole_months
from xfstats.frozen import frozen
from xfstats.measures.definitions import BY_KEY, Count, label
from xfstats.messages import joined, name_of, say
from xfstats.model import NotRead, Period
from xfstats.render.safe_text import MAX_LABEL_CHARS, MAX_WIDTH, escape_control, shorten_distinct
from xfstats.reports.figures import DASH, Change, Figure, Place, format_change, format_count, format_figure, format_with_pair
from xfstats.reports.row import Row
from xfstats.reports.table import Report, Revision, Table, ledger_label, rest_label, total_label, unclassified_label

MAX_FINDINGS = 20


CellValue: TypeAlias = Figure | Change | Place | None
"""Exact value of a cell; None for a change without a basis."""
FORMER: Mapping[str, str] = {"prev.base": "prev", "yoy.base": "yoy", "ytd.base": YEAR_TO_DATE}
"""The window of each aspect that shows the figure of a window."""
FORMER_OF = {window: aspect for aspect, window in FORMER.items()}
"""The aspect that shows the figure of each window; of those compared with it is the key of its name too."""
CUMULATIVE = FORMER_OF[YEAR_TO_DATE]
"""Aspect of a column that shows the figure of the year up to the end of the period."""
_PERCENT: Mapping[str, str] = {"prev": "prev.percent", "yoy": "yoy.percent"}
"""The text over a change of a count, by window."""
_UNITS: Mapping[int | None, str] = {1: "lines.now.month", 3: "lines.now.quarter"}
_WEEK = "lines.now.week"
_MONTHS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
_WHOLE_ROW = object()
"""Placeholder in the position of a crossed value: the row's own figures."""


@frozen
class FigureColumn:
    """Column of figures: a measure, its figure or its change in a window, or its place; of the row or of one crossed value."""

    measure: str
    aspect: str = "figure"
    crossed_value: object = _WHOLE_ROW

    def value_in(self, row: Row) -> CellValue:
        """Return the value of a row in this column."""
        block = (
            row.block
            if self.crossed_value is _WHOLE_ROW
            else row.cells[self.crossed_value if isinstance(self.crossed_value, str) else None]
        )
        match self.aspect:
            case "figure":
                return block.figures[self.measure]
            case "place":
                return block.places.get(self.measure)
            case aspect if aspect == CUMULATIVE:
                return block.cumulative[self.measure]
            case aspect:
                change = block.changes[self.measure][FORMER.get(aspect, aspect)]
                return change.base if change is not None and aspect in FORMER else change

    def head_text(self, table: Table, lang: str) -> str:
        """Return the column's head in one line."""
        parts = (
            [self._aspect_text(table, lang)] if self.aspect != "figure" else [_unit_text(table, lang)] if table.cumulative else []
        )
        if self.crossed_value is _WHOLE_ROW:
            if table.cross is not None:
                parts = [total_label(lang), *parts]
        else:
            across = shorten_distinct(value for value in table.total_row.cells if value is not None)
            parts = [across[self.crossed_value] if isinstance(self.crossed_value, str) else unclassified_label(lang), *parts]
        if table.cross is None or len(table.printed) > 1:
            parts.insert(
                len(parts) - (self.aspect != "figure" or table.cumulative is not None), table.measure_label(self.measure, lang)
            )
        return " ".join(parts)

    def _aspect_text(self, table: Table, lang: str) -> str:
        """Return the name of what a column shows of its measure; of a change of a count with the unit."""
        if self.aspect == CUMULATIVE and table.cumulative:
            return cumulative_text(table.cumulative.period, lang)
        counts = self.aspect in COMPARED and isinstance(BY_KEY[self.measure], Count)
        return say(_PERCENT[self.aspect] if counts else self.aspect, lang)

    def head_texts(self, table: Table, lang: str) -> tuple[str, str]:
        """Return the heads over all columns of its measure or crossed value, and over this one; "" where one is enough."""
        if table.cross is None and not table.has_several_periods:
            return self.head_text(table, lang), ""
        head = self._aspect_text(table, lang) if self.aspect != "figure" else _unit_text(table, lang)
        if table.cross is None:
            return table.measure_label(self.measure, lang), head
        value = escape_control(self.crossed_value, MAX_WIDTH) if isinstance(self.crossed_value, str) else unclassified_label(lang)
        several = len(table.printed) > 1 or (table.ranked == self.measure and not table.has_several_periods)
        parts = (
            [table.measure_label(self.measure, lang)] if several and (self.aspect != "place" or table.has_several_periods) else []
        )
        under = " ".join([*parts, *([head] if head and (self.aspect != "figure" or not parts) else [])])
        return (total_label(lang) if self.crossed_value is _WHOLE_ROW else value), under


def _unit_text(table: Table, lang: str) -> str:
    """Return what the column of the period's own figure is called beside those of others; "" where it stands alone."""
    if table.windows or table.span is None:
        return say("lines.now", lang) if table.windows else ""
    unit = _UNITS.get(whole_months(table.span, table.span.first.day), _WEEK)
    return say(unit, lang) if table.cumulative else ""


def cumulative_text(period: Period, lang: str) -> str:
    """Return the name of the figures of a year up to a day: by its months where these are whole, else by its days."""
    first, last = period.first, period.last
    if whole_months(period, first.day):
        months = [month_of(day, first.day) % 12 + 1 for day in (first, last)]
        one, other = (name_of("month_names", _MONTHS[month - 1], lang) for month in months)
        return say("lines.cumulative.month" if one == other else "lines.cumulative.months", lang, first=one, last=other)
    one, other = (
        say("lines.cumulative.day", lang, month=name_of("month_names", _MONTHS[day.month - 1], lang), day=day.day)
        for day in (first, last)
    )
    return say("lines.cumulative.days", lang, first=one, last=other)


def figure_columns(table: Table) -> list[FigureColumn]:
    """Return the columns: each measure with former figures, changes and place, for every crossed value and then for the row."""
    values: list[object] = [*table.total_row.cells, _WHOLE_ROW] if table.cross is not None else [_WHOLE_ROW]
    compared = [aspect for window in table.windows for aspect in (FORMER_OF[window.name], window.name)]
    return [
        FigureColumn(measure, what, value)
        for value in values
        for measure in table.printed
        for what in (
            "figure",
            *([CUMULATIVE] if table.cumulative else []),
            *compared,
            *(("place",) if measure == table.ranked else ()),
        )
    ]


@frozen
class TableLine:
    """Printed row: labels and figures as text, kind of row, and exact values."""

    labels: tuple[str, ...]
    figures: tuple[str, ...]
    kind: str
    exact: tuple[CellValue, ...]


def title(table: Table, report: Report) -> str:
    """Return office, log, period, as-of day and version in one line."""
    return f"{headline(table, report)}  {subtitle(table, report)}"


def headline(table: Table, report: Report) -> str:
    """Return the office and the log; the title alone where it names the office."""
    office = report.office if report.office and report.office not in table.title else ""
    parts = [escape_control(text, 2 * MAX_WIDTH) for text in (office, table.title)]
    head = " ".join(part for part in parts if part)
    name = table.kind(report.lang)
    return head if name in head else f"{head} · {name}"


def subtitle(table: Table, report: Report) -> str:
    """Return the period, the as-of day and the version."""
    span = [say("lines.span", report.lang, first=table.span.first, last=table.span.last)] if table.span else []
    return "  ".join(
        [*span, say("lines.as_of", report.lang, day=report.as_of), say("lines.version", report.lang, version=report.version)]
    )


def column_heads(table: Table, lang: str) -> tuple[list[str], list[str]]:
    """Return the heads of the label columns and of the figure columns."""
    labels = [escape_control(table.field_label(field, lang)) for field in table.by] or [table.kind(lang)]
    return labels, [column.head_text(table, lang) for column in figure_columns(table)]


def printed_lines(table: Table, report: Report, cap: int | None = 2 * MAX_LABEL_CHARS) -> list[TableLine]:
    """Return rows, total, then of-which rows, which are no part of the sum; only the total where no record has a group.

    Labels have at most `cap` columns and 40 characters.
    """
    shown = shorten_distinct((label for row in table.rows for label in row.group.values() if label is not None), cap)
    total = (total_label(report.lang), *("",) * (max(len(table.by), 1) - 1))
    return [
        _make_line(total, row, table, report) if row is table.total_row else _labelled_line(row, table, report, shown)
        for row in table.printed_rows()
    ]


def _labelled_line(row: Row, table: Table, report: Report, shortened: Mapping[str, str]) -> TableLine:
    """Return a row with its labels by field; a subtotal is marked in its first free column, an of-which row before its label."""
    lang = report.lang
    given = [row.group.get(field, "") for field in table.by or [*row.group][:1]]
    labels = [unclassified_label(lang) if label is None else shortened.get(label, label) for label in given] or [""]
    if row.rest:
        labels[0] = say("rest", lang, rest=row.rest)
    if row.of_which:
        first = next((place for place, label in enumerate(labels) if label), 0)
        labels[first] = "  " + say("lines.of_which", lang) + labels[first]
    if row.subtotal and len(row.group) < len(labels):
        labels[len(row.group)] = say("lines.subtotal", lang)
    return _make_line(tuple(labels), row, table, report)


def _make_line(labels: tuple[str, ...], row: Row, table: Table, report: Report) -> TableLine:
    """Return the printed line of a row with these labels."""
    exact = tuple(column.value_in(row) for column in figure_columns(table))
    texts = [_value_text(value, column, report) for value, column in zip(exact, figure_columns(table), strict=True)]
    return TableLine(labels, tuple(texts), row.kind, exact)


def _value_text(value: CellValue, column: FigureColumn, report: Report) -> str:
    """Return a figure, a change or a place as printed."""
    lang, places = report.lang, report.digits
    match value:
        case None:
            return "" if column.aspect == "place" else DASH
        case Change():
            return format_change(value, lang, places)
        case Place(place, _, before):
            earlier = [say("was.yoy" if name == "yoy" else "was", lang, place=was) for name, was in before.items() if was]
            return f"{place}{''.join(earlier)}"
        case _:
            return format_figure(value, places)


def table_notes(table: Table) -> list[str]:
    """Return the definitions of what is printed, then the notes."""
    told = [text for key, text in table.definitions.items() if key not in table.left_out]
    return [escape_control(text, None) for text in (*told, *table.notes)]


def report_notes(report: Report) -> list[str]:
    """Return revisions, findings, sheets that were not read, and the reconciliation last."""
    lang = report.lang
    notes = [revision_text(one, lang, report.digits) for one in (report.revisions or ())[:MAX_FINDINGS]]
    if len(report.revisions or ()) > MAX_FINDINGS:
        notes.append(say("lines.more", lang, more=len(report.revisions or ()) - MAX_FINDINGS))
    notes += [
        say("lines.finding", lang, code=said.code, message=escape_control(said.message, None))
        for said in report.findings[:MAX_FINDINGS]
    ]
    if len(report.findings) > MAX_FINDINGS:
        notes.append(say("lines.more", lang, more=len(report.findings) - MAX_FINDINGS))
    if report.not_read:
        places = [_unread_sheet_text(file, note, len(report.files), lang) for file, note in report.not_read]
        notes.append(say("lines.not_read", lang) + say("mark.colon", lang) + joined(places, lang))
    return [*notes, reconciliation_text(report)]


def revision_text(one: Revision, lang: str, places: int = 2) -> str:
    """Return a revision in words: log, group, measure, the saved figure and the present one, rates with their pair."""
    group = "·".join(escape_control(label) if label is not None else unclassified_label(lang) for _, label in one.group)
    where = {"rest": rest_label(lang), "of_which": say("lines.of_which", lang) + group}.get(one.kind, group or total_label(lang))
    was, now = (DASH if figure is None else format_with_pair(figure, places) for figure in (one.was, one.now))
    log = ledger_label(one.log, one.ledger or one.log, lang, parted=bool(one.ledger))
    return say("lines.revised", lang, log=log, group=where, label=label(one.measure, lang), was=was, now=now)


def _unread_sheet_text(file: str, note: NotRead, files: int, lang: str) -> str:
    """Return a sheet that was not read, with the reason."""
    name = f"{escape_control(file)} " if files > 1 else ""
    sheet = f"「{escape_control(note.sheet)}」" if note.sheet else ""
    return f"{name}{sheet}" + say("mark.bare_brackets", lang, text=name_of("not_read", note.why, lang))


def signature(report: Report) -> list[str]:
    """Return what makes a report reproducible: digests of inputs and profile, and the command."""
    files = [f"sha256 {file.sha256}  {escape_control(file.name, None)}" for file in report.files]
    if report.profile:
        digest, name = report.profile
        files.append(f"{say('lines.profile', report.lang)} sha256 {digest}  {escape_control(name, None)}")
    return [*files, *([escape_control(f"xfstats {report.command}", None)] if report.command else [])]


def reconciliation_text(report: Report) -> str:
    """Return rows = counted + rejected + skipped + outside, with the reasons."""
    lang, sums = report.lang, report.reconciliation
    parts = [f"{say('lines.counted', lang)} {format_count(sums.counted)}"]
    for name, key in (("rejected", "lines.rejected"), ("skipped", "lines.skipped"), ("outside", "lines.outside")):
        reasons = sums.reasons.get(name, {})
        reasons_text = _reasons_text(reasons, lang) if name != "outside" or list(reasons) != ["period"] else ""
        parts.append(f"{say(key, lang)} {format_count(getattr(sums, name))}{reasons_text}")
    return say("lines.rows", lang, rows=format_count(sums.rows)) + " + ".join(parts).replace("） +", "）+")


def _reasons_text(reasons: Mapping[str, int], lang: str) -> str:
    """Return reasons with their numbers of rows, the most frequent first, in brackets."""
    items = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    if not items:
        return ""
    parts = [f"{name_of('reasons', reason, lang)} {format_count(count)}" for reason, count in items]
    return say("mark.behind", lang, text=joined(parts, lang))
