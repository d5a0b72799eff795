"""Headings of a report that is sent out: its title, the names of its sections and tables, its days and units in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xfstats.config.period_words import english_day, english_days
from xfstats.measures.definitions import AMOUNT, BY_KEY, Count, DayStatistic
from xfstats.messages import joined, say
from xfstats.model import Log, Period
from xfstats.render.narrative.zh_words import AMOUNT_NAMES, COUNT_UNITS, are_leaders, spoken_period
from xfstats.reports.table import Report, Table

_NUMERALS = "〇一二三四五六七八九十"
_SUBJECTS = {
    Log.VISITS: (("来访", "群众来访"), ("", "接访")),
    Log.CASES: (("包案", "领导包案"), ("工单", "工单办理"), ("网信", "网上信访办理"), ("来电", "来电办理"), ("", "信访事项办理")),
    Log.LETTERS: (("批阅", "领导批阅来信"), ("批示", "批示件办理"), ("", "来信办理")),
    Log.BACKLOG: (("", "信访积案化解"),),
}
"""What a section is about, by the log and a word of the table's title or kind."""
_MAX_SUBJECTS = 2
"""Number of subjects up to which the title names them all."""
_ENGLISH_UNITS = {Log.VISITS: "visits", Log.CASES: "cases", Log.LETTERS: "letters", Log.BACKLOG: "items"}


def report_title(report: Report) -> tuple[str, ...]:
    """Return the title of a report in pieces after which a long one is broken: the given one, else office, period and subjects.

    For instance 清河市信访局 关于2026年10月 领导干部接访情况的通报, or Visits and letters, October 2026.
    """
    if report.paper.title:
        return (report.paper.title,)
    about = list(dict.fromkeys(subject(report, table) for table in report.tables))
    period = spoken_days(whole_span(report), report.lang)
    if report.lang == "zh":
        told = "、".join(about) if len(about) <= _MAX_SUBJECTS else f"{about[0]}等工作"
        return (*([report.office] if report.office else ()), f"关于{period}", f"{told}情况的通报")
    told = about[0] + "".join(f" and {one.lower()}" if one is about[-1] else f", {one.lower()}" for one in about[1:])
    return (f"{told}, {period}" if period else told,)


def whole_title(report: Report) -> str:
    """Return the title in one line; a composed English one after the office, which a Chinese one holds."""
    office = f"{report.office}: " if report.office and report.lang != "zh" and not report.paper.title else ""
    return office + "".join(report_title(report))


def table_scope(report: Report, table: Table) -> list[str]:
    """Return what stands above a table: its period, or its day, and its units."""
    lang, day = report.lang, spoken_day(date.fromisoformat(report.as_of), report.lang)
    key = "document.period" if table.span else "document.until"
    return [
        say(key, lang, period=spoken_days(table.span, lang), day=day),
        say("document.units", lang, units=unit_names(table, lang)),
    ]


def people(report: Report) -> list[str]:
    """Return what stands below a table: who prepared and checked it, or room for that, and its day."""
    lang, paper = report.lang, report.paper
    named = (("document.prepared", paper.prepared_by), ("document.checked", paper.checked_by))
    day = say("document.dated", lang, day=spoken_day(date.fromisoformat(report.as_of), lang))
    return [*(say(key, lang, name=name or "") for key, name in named), day]


def section_title(report: Report, table: Table, number: int) -> str:
    """Return the heading of a section: 一、领导干部接访情况; 1. Visits."""
    about = subject(report, table)
    return f"{numeral(number)}、{about}情况" if report.lang == "zh" else f"{number}. {about}"


def annex_part_title(lang: str, text: str, number: int) -> str:
    """Return the heading of a part of the annex: （一）统计口径; 1. Definitions."""
    return f"（{numeral(number)}）{text}" if lang == "zh" else f"{number}. {text}"


def table_name(report: Report, table: Table) -> str:
    """Return the name of a table: 2026年10月领导干部接访情况统计表; Visits by level, October 2026."""
    period = spoken_days(table.span, report.lang)
    about = subject(report, table)
    if report.lang == "zh":
        return f"{period}{about}情况统计表"
    fields = [table.field_label(field, "en").lower() for field in table.by]
    return about + (f" by {' and '.join(fields)}" if fields else "") + (f", {period}" if period else "")


def subject(report: Report, table: Table) -> str:
    """Return what a table is about: 领导干部接访, 信访积案化解; Visits."""
    if report.lang != "zh":
        return table.kind("en")
    names = f"{table.title} {table.kind('zh')}"
    if table.log is Log.VISITS and are_leaders(report, table):
        return "领导干部接访"
    return next(name for word, name in _SUBJECTS[table.log] if word in names)


def whole_span(report: Report) -> Period | None:
    """Return the days that the tables span together; None where none has days."""
    spans = [table.span for table in report.tables if table.span is not None]
    return Period(min(one.first for one in spans), max(one.end for one in spans)) if spans else None


def spoken_days(span: Period | None, lang: str) -> str:
    """Return a period in words, or an empty text: 2026年10月; October 2026; 27 May to 30 November 2021.

    >>> spoken_days(Period(date(2026, 10, 1), date(2026, 11, 1)), "en")
    'October 2026'
    """
    if span is None:
        return ""
    return spoken_period(span.first, span.last) if lang == "zh" else english_days(span.first, span.last)


def spoken_day(day: date, lang: str) -> str:
    """Return a day in words: 2026年11月2日; 2 November 2026."""
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return english_day(day)


def unit_names(table: Table, lang: str, measures: Sequence[str] | None = None) -> str:
    """Return the units of some measures (of all that are printed), each once, in their order: 批次、人次、%、天."""
    return joined(dict.fromkeys(_unit(table, key, lang) for key in measures or table.printed), lang)


def _unit(table: Table, key: str, lang: str) -> str:
    """Return the unit of a measure."""
    match BY_KEY[key]:
        case Count(weight="persons"):
            return COUNT_UNITS["persons"] if lang == "zh" else "persons"
        case Count():
            return COUNT_UNITS[AMOUNT[table.log]] if lang == "zh" else _ENGLISH_UNITS[table.log]
        case DayStatistic(unit="hours"):
            return "小时" if lang == "zh" else "hours"
        case DayStatistic():
            return "天" if lang == "zh" else "days"
        case _:
            return "%"


def numeral(number: int) -> str:
    """Return a whole number from 1 to 99 in Chinese numerals.

    >>> numeral(3), numeral(10), numeral(12), numeral(20)
    ('三', '十', '十二', '二十')
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[ones] if ones else ''}"


def chart_name(report: Report, table: Table, about: str) -> str:
    """Return the name of a chart that shows something of a table: 2026年10月领导干部接访情况：批次; Visits, October 2026."""
    period = spoken_days(table.span, report.lang)
    if report.lang == "zh":
        names = {table.measure_label(key, "zh"): name for key, name in AMOUNT_NAMES.items() if key in table.measures}
        return f"{period}{subject(report, table)}情况：{names.get(about, about)}"
    return about + (f", {period}" if period else "")
