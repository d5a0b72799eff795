"""Charts of a table as data, drawn alike in every format: amounts by group or period, parts of a whole, days.

A chart holds nothing but figures of the table's rows, and of the total's histogram of days, which is empty with --public: what is
protected in the table cannot be recomputed from a chart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from xfstats.config.periods import SERIES
from xfstats.frozen import frozen
from xfstats.measures.definitions import AMOUNT, BY_KEY, OUTCOMES, Count, DayStatistic
from xfstats.messages import say
from xfstats.render.day_classes import day_classes
from xfstats.render.safe_text import MAX_WIDTH, escape_control, shorten_distinct
from xfstats.render.table_lines import FORMER_OF
from xfstats.reports.figures import DASH, Change, Figure, Pair, Statistic, as_number, format_change, format_count, format_figure
from xfstats.reports.row import Row
from xfstats.reports.table import Report, Table, unclassified_label

MAX_GROUPS = 40
"""Number of groups up to which a table has charts of groups."""
MAX_STEPS = 120
"""Number of periods up to which a series has a chart."""
_LABEL_WIDTH = 36
_CHANGED = {"prev": "chart.prev", "yoy": "chart.yoy"}
"""The text of a change, by window."""
_PARTS = {**{rate: count for count, rate in OUTCOMES.values()}, "on_time_rate": "closed_in_time"}
"""The count that is the numerator of a rate, by rate."""


class Kind(StrEnum):
    """Form of a chart: horizontal bars, a line, stacked bars of parts, upright bars of a histogram."""

    BARS = "bars"
    LINE = "line"
    PARTS = "parts"
    HISTOGRAM = "histogram"


class Role(StrEnum):
    """Meaning of a series, which decides its colour: now, the period before, a year before, what is left."""

    NOW = "now"
    PREV = "prev"
    YOY = "yoy"
    LEFT = "left"


COLOURS: Mapping[Role, tuple[str, str]] = {
    Role.NOW: ("#2f5fa8", "#82b1f2"),
    Role.PREV: ("#75859b", "#94a3b8"),
    Role.YOY: ("#a37410", "#d9b45b"),
    Role.LEFT: ("#c2571a", "#f0995e"),
}
"""Colour of each role on a light and on a dark page."""


@frozen
class Series:
    """Values of one colour, one for each label of the chart; None where there is no value."""

    name: str
    role: Role
    values: tuple[float | None, ...]


@frozen
class Chart:
    """Description of a chart: its kind, texts and series; every renderer draws it alike."""

    kind: Kind
    measure: str
    """Key of the measure that it is of."""
    title: str
    subject: str
    """What the chart shows of its table, without the table's title."""
    label_axis: str
    """Name of what the labels are: 层级, 月."""
    value_axis: str
    """Name of the measure, with its unit where the name does not tell it."""
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    figures: tuple[str, ...]
    """Figure of each label as printed."""
    additions: tuple[str, ...] = ()
    """Changes and place of each label as printed, of the chart of a table's amounts; empty of other charts."""
    percent: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the figure of each label with what is added to it."""
        if not self.additions:
            return self.figures
        pairs = zip(self.figures, self.additions, strict=True)
        return tuple(" · ".join(filter(None, pair)) for pair in pairs)

    @property
    def most(self) -> float:
        """Return the largest value that a bar or a point reaches; 1 where all are 0."""
        columns = zip(*(one.values for one in self.series), strict=True)
        sums = [sum(value or 0 for value in column) for column in columns] if self.kind == Kind.PARTS else []
        return max([*sums, *(value or 0 for one in self.series for value in one.values if not sums)], default=0) or 1

    def spoken(self, place: int) -> str:
        """Return the label and the figures of one place in one line, for a screen reader."""
        return f"{self.labels[place]} {self.texts[place]}"


def chart_measure(table: Table) -> str | None:
    """Return the measure of a table's first chart (the ranked one, its amount, its first); None where it has no such chart."""
    rows = _chart_rows(table)
    if not table.by or not 2 <= len(rows) <= (MAX_STEPS if _is_series(rows) else MAX_GROUPS):
        return None
    amount = AMOUNT[table.log]
    ranked = [table.ranked] if table.ranked in table.measures else []
    return next((key for key in (*ranked, amount) if key in table.measures), table.measures[0])


def table_charts(table: Table, report: Report) -> list[Chart]:
    """Return the charts of a table: the amount, what became of it, timeliness, and days."""
    found: list[Chart] = []
    if key := chart_measure(table):
        found.append(_amount_chart(table, key, report))
        printed = set(table.printed)
        outcome = next((rate for _, rate in OUTCOMES.values() if rate in printed), None)
        found += [_parts_chart(table, rate, report) for rate in (outcome, "on_time_rate") if rate is not None and rate in printed]
    days = [key for key in table.printed if isinstance(measure := BY_KEY[key], DayStatistic) and measure.unit == "days"]
    if days and sum(1 for _, count in day_classes(table.days) if count) > 1:
        found.append(_histogram(table, days[0], report))
    elif found and (days := [key for key in days if key != "mean_days"]):
        found.append(_days_chart(table, days, report))
    return found


def report_charts(report: Report) -> list[Chart]:
    """Return the charts of all tables of a report."""
    return [chart for table in report.tables for chart in table_charts(table, report)]


def _chart_rows(table: Table) -> list[Row]:
    """Return the rows that a chart shows: the outer groups, and the row of the remaining groups."""
    outer = [row for row in table.rows if row.subtotal and len(row.group) == 1]
    return outer or [row for row in table.rows if row.kind in {"group", "rest"}]


def _is_series(rows: Sequence[Row]) -> bool:
    """True if the labels of the rows are periods."""
    return bool(rows) and list(rows[0].group)[-1] in SERIES


def group_labels(rows: Sequence[Row], lang: str) -> tuple[str, ...]:
    """Return the labels of the rows, shortened so that different labels stay different."""
    shown = shorten_distinct((one for row in rows for one in row.group.values() if one is not None), _LABEL_WIDTH)
    parts = [(shown[one] if one is not None else unclassified_label(lang) for one in row.group.values()) for row in rows]
    return tuple(say("rest", lang, rest=row.rest) if row.rest else "·".join(own) for row, own in zip(rows, parts, strict=True))


def _make_chart(
    kind: Kind, key: str, table: Table, report: Report, subject: str, axis: str, series: Sequence[Series], **texts: Any
) -> Chart:
    """Return a chart over the groups of a table: its subject, and the name of its value axis."""
    rows = _chart_rows(table)
    fields = "·".join(escape_control(table.field_label(field, report.lang)) for field in rows[0].group)
    return Chart(
        kind, key, _title(table, subject), subject, fields, axis, group_labels(rows, report.lang), tuple(series), **texts
    )


def _title(table: Table, subject: str) -> str:
    """Return the title of a chart: the table's, and what the chart shows of it."""
    title = escape_control(table.title, MAX_WIDTH)
    return subject if title == subject else f"{title} · {subject}"


def _axis_name(measure: str, table: Table, lang: str) -> str:
    """Return the name of a measure, with its unit where it is a rate or a time."""
    name = table.measure_label(measure, lang)
    if isinstance(BY_KEY[measure], Count):
        return name
    unit = "%" if not isinstance(kind := BY_KEY[measure], DayStatistic) else say(kind.unit, lang).strip()
    return name if unit in name.casefold() else name + say("chart.unit", lang, unit=unit)


def _amount_chart(table: Table, key: str, report: Report) -> Chart:
    """Return the chart of a measure by group or period, beside the figures that it is compared with."""
    rows, lang = _chart_rows(table), report.lang
    series = [Series(_capital(say("lines.now", lang)), Role.NOW, tuple(_value(row.figures[key]) for row in rows))]
    for window in table.windows:
        if window.name == "prev" and _is_series(rows):
            continue  # the same line, one period on
        former = [change.base if (change := _change(row, key, window.name)) else None for row in rows]
        if any(map(_value, former)):
            name = _capital(say(FORMER_OF[window.name], lang))
            series.append(Series(name, Role(window.name), tuple(map(_value, former))))
    return _make_chart(
        Kind.LINE if _is_series(rows) else Kind.BARS,
        key,
        table,
        report,
        table.measure_label(key, lang),
        _axis_name(key, table, lang),
        series,
        figures=tuple(format_figure(row.figures[key], report.digits) for row in rows),
        additions=tuple(_changes_text(row, key, table, report) for row in rows),
        percent=isinstance(table.total[key], Pair),
    )


def _capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def _change(row: Row, key: str, window: str) -> Change | None:
    """Return the change of a figure of a row."""
    return row.block.changes.get(key, {}).get(window)


def _changes_text(row: Row, key: str, table: Table, report: Report) -> str:
    """Return the changes of a figure, and its place."""
    lang, parts = report.lang, []
    for window in table.windows:
        if change := _change(row, key, window.name):
            text = format_change(change, lang, report.digits)
            if text != say("no_basis", lang):
                parts.append(say(_CHANGED[window.name], lang, change=text))
    if place := row.block.places.get(key):
        before = place.before.get("prev")
        parts.append(say("chart.place", lang, place=place.place) + (say("was", lang, place=before) if before else ""))
    return " · ".join(parts)


def _value(figure: Figure) -> float | None:
    """Return a figure as a number; None where it has no value."""
    return None if figure is None or (isinstance(figure, Pair | Statistic) and not figure.denominator) else as_number(figure)


def _parts_chart(table: Table, rate: str, report: Report) -> Chart:
    """Return the chart of a rate's numerator and of what its base has beside it."""
    lang, rows = report.lang, _chart_rows(table)
    done = table.measure_label(_PARTS[rate], lang)
    left = say("chart.not", lang, label=done if lang == "zh" else done[:1].lower() + done[1:])
    pairs = [figure if isinstance(figure := row.figures[rate], Pair) else Pair(0, 0) for row in rows]
    series = [
        Series(done, Role.NOW, tuple(float(pair.numerator) for pair in pairs)),
        Series(left, Role.LEFT, tuple(float(pair.denominator - pair.numerator) for pair in pairs)),
    ]
    subject = say("chart.and", lang, one=done, other=left if lang == "zh" else left.lower())
    figures = tuple(_pair_text(pair, report) for pair in pairs)
    amount = table.measure_label(AMOUNT[table.log], lang)
    return _make_chart(Kind.PARTS, rate, table, report, subject, amount, series, figures=figures)


def _pair_text(pair: Pair, report: Report) -> str:
    """Return a rate with its numerator and its base."""
    if not pair.denominator:
        return DASH
    rate = format_figure(pair, report.digits)
    return f"{format_count(pair.numerator)}/{format_count(pair.denominator)} · {rate}"


def _days_chart(table: Table, keys: Sequence[str], report: Report) -> Chart:
    """Return the chart of the median, and of the 90th percentile, of the days of each group."""
    rows, lang = _chart_rows(table), report.lang
    roles = (Role.NOW, Role.PREV)
    series = [
        Series(table.measure_label(key, lang), role, tuple(_value(row.figures[key]) for row in rows))
        for key, role in zip(keys, roles, strict=False)
    ]
    figures = tuple(" / ".join(format_figure(row.figures[key], report.digits) for key in keys) for row in rows)
    subject = " / ".join(one.name for one in series)
    return _make_chart(Kind.BARS, keys[0], table, report, subject, say("days", lang).strip(), series, figures=figures)


def _histogram(table: Table, days: str, report: Report) -> Chart:
    """Return the chart of the days from received to closed of all records, in classes."""
    lang = report.lang
    classes = list(day_classes(table.days))
    amount = table.measure_label(AMOUNT[table.log], lang)
    return Chart(
        Kind.HISTOGRAM,
        days,
        _title(table, say("chart.days", lang)),
        say("chart.days", lang),
        say("days", lang).strip(),
        amount,
        tuple(name for name, _ in classes),
        (Series(amount, Role.NOW, tuple(float(count) for _, count in classes)),),
        tuple(format_count(count) for _, count in classes),
    )
