"""Narrative in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from xfstats.measures.definitions import BY_KEY, OUTCOMES, Count, label
from xfstats.model import Log
from xfstats.render.narrative.base import (
    MEASURES_WITH_CLAUSES,
    Narrator,
    Part,
    Quote,
    change_unit,
    count_of,
    direction_and_size,
    drop_leading_punctuation,
)
from xfstats.report.figures import Pair, Statistic
from xfstats.report.row import Row
from xfstats.report.table import Table

_OPENING_VERBS = {
    Log.VISITS: (("", "共接待来访群众"),),
    Log.CASES: (("包案", "包处案件"), ("工单", "受理工单"), ("", "受理信访事项")),
    Log.LETTERS: (("批阅", "批阅来信"), ("", "办理来信")),
    Log.BACKLOG: (("", "排查信访积案"),),
}
_COUNT_UNITS = {"visits": "批次", "persons": "人次", "cases": "件"}
_AMOUNT_NAMES = {"visits": "批次", "persons": "人次", "cases": "件数"}
_WINDOW_PHRASES = {"prev": "环比", "yoy": "同比"}
_LABEL_AND_UNIT = {"collective_visits": ("集体访", "批次"), "collective_persons": ("集体访", "人次")}
"""Measures whose label ends with the unit: the words before the figure, and those after it."""
_LARGEST_OPENINGS = {1: "居首位的是", 2: "居前两位的是", 3: "居前三位的是"}


class Chinese(Narrator):
    """Writer of the paragraph in Chinese."""

    def write_parts(self) -> Iterator[Part]:
        """Yield the parts of the paragraph."""
        yield from _period_clause(self.table)
        log = self.table.kind("zh")
        if self.table.empty:
            yield f"没有{log}记录。"
            return
        clauses = self._total_clauses()
        if not self.amount_measures(self.total):
            clauses = list(drop_leading_punctuation(iter(clauses))) or ["的数字见表"]
        if self.table.parted and self.amount_measures(self.total):
            yield f"{log}方面，"
        yield _opening_verb(self.table) if self.amount_measures(self.total) else log
        yield from clauses
        yield "。"
        yield from self.group_sentence()
        yield from self._subset_sentences()
        yield from self._place_sentences()
        yield from self._first_and_last_sentence()

    def _total_clauses(self) -> list[Part]:
        """Return the clauses about the total."""
        return [*self._amount_clause(self.total, changes=True), *self._outcome_clauses(self.total), *self._other_clauses()]

    def _amount_clause(self, row: Row, *, changes: bool = False) -> Iterator[Part]:
        """Yield: 308批次704人次，批次环比上升1.65%."""
        keys = self.amount_measures(row)
        for key in keys:
            yield self.quote(row, key)
            yield _COUNT_UNITS[key]
            yield from self.coverage_clause(row, key) if changes else ()
        for key in keys if changes else ():
            change_parts = list(self._change_clause(row, key))
            if change_parts:
                yield f"，{_AMOUNT_NAMES[key]}"
                yield from change_parts

    def _change_clause(self, row: Row, key: str) -> Iterator[Part]:
        """Yield: 环比上升1.65%、同比持平; 无基数 for the basis measure alone."""
        first = True
        for window, change in row.block.changes.get(key, {}).items():
            exact = change.exact if change else None
            if change is None or (exact is None and key != self.basis_measure):
                continue
            yield ("" if first else "、") + _WINDOW_PHRASES[window]
            first = False
            up, text = direction_and_size(change, exact, self.report.digits) if exact else (None, "")
            if up:
                yield "上升" if up > 0 else "下降"
                yield self.quote_derived(row, key, text, window)
                yield change_unit(change, "zh", text)
            else:
                yield "无基数" if up is None else "持平"

    def _outcome_clauses(self, row: Row, *, rates: bool = True) -> Iterator[Part]:
        """Yield: ，结案111件，结案率88.10%."""
        for key, rate in OUTCOMES.values():
            if row.figures.get(key) is not None:
                if not row.figures[key]:
                    if rates:
                        yield f"，没有{label(key, 'zh')}的"
                    continue
                yield f"，{label(key, 'zh')}"
                yield self.quote(row, key)
                yield _COUNT_UNITS[self.amount]
                yield from self.coverage_clause(row, key) if rates else ()
            if rates and rate in row.figures:
                yield from self._rate_clause(row, rate)

    def _rate_clause(self, row: Row, key: str) -> Iterator[Part]:
        """Yield a rate or a number of days with its change; nothing where it has no value."""
        figure = row.figures[key]
        if isinstance(figure, Pair | Statistic) and not figure.denominator:
            return
        yield f"，{label(key, 'zh')}"
        yield self.quote(row, key)
        if isinstance(figure, Statistic):
            yield "天"
        yield from self.coverage_clause(row, key)
        change_parts = list(self._change_clause(row, key))
        if change_parts:
            yield "，"
            yield from change_parts

    def _other_clauses(self) -> Iterator[Part]:
        """Yield the clauses about requested measures beside amounts and outcomes."""
        for key in self.table.measures:
            if key in MEASURES_WITH_CLAUSES:
                continue
            if not isinstance(BY_KEY[key], Count):
                yield from self._rate_clause(self.total, key)
                continue
            name, unit = _LABEL_AND_UNIT.get(key, (label(key, "zh"), _COUNT_UNITS[self.amount]))
            if self.total.figures[key] is None:
                continue
            if not self.total.figures[key]:
                yield f"，没有{name}{'' if key in _LABEL_AND_UNIT else '的'}"
                continue
            yield f"，{name}"
            yield self.quote(self.total, key)
            yield unit
            yield from self.coverage_clause(self.total, key)

    def all_groups_sentence(self, rows: list[Row], empty: list[Row]) -> Iterator[Part]:
        """Yield: 其中，市级96批次672人次；县级没有."""
        yield "其中，"
        for index, row in enumerate(rows):
            yield ("；" if index else "") + self._label_before_figure(row)
            yield from self._amount_clause(row)
            yield from self._outcome_clauses(row, rates=False)
        if empty:
            yield ("；" if rows else "") + self._join_names(empty) + "没有"
        yield "。"

    def series_sentence(self, first: Row, last: Row, highest: list[Row]) -> Iterator[Part]:
        """Yield: 其中，2025年1月31件，2026年8月20件；最多的是2025年9月，37件，占6.17%."""
        for before, row in (("其中，", first), ("，", last)):
            if count_of(row, self.amount):
                yield before + self._label_before_figure(row)
                yield from self._amount_clause(row)
            else:
                yield f"{before}{self.label(row)}没有"
        if self.can_be_named(highest):
            yield f"；最多的是{self._join_names(highest)}，" + ("各" if len(highest) > 1 else "")
            yield from self._amount_clause(highest[0])
            yield "，占"
            yield self.quote_share(highest[0])
        yield "。"

    def largest_groups_sentence(self, rows: list[Row]) -> Iterator[Part]:
        """Yield: 居前三位的是市教育局8件，占40.00%；市公安局6件，占30.00%."""
        yield _LARGEST_OPENINGS.get(len(rows), "居前三位（含并列）的是")
        for index, row in enumerate(rows):
            yield ("；" if index else "") + self._label_before_figure(row)
            yield from self._amount_clause(row)
            yield "，占"
            yield self.quote_share(row)
        yield "。"

    def label(self, row: Row) -> str:
        """Return the label of a row; a period of a series in words, without its year where the table has only one."""
        text = super().label(row)
        one = self.table.span is not None and self.table.span.first.year == self.table.span.last.year
        return spoken_step(text, self.series_unit, short=one) if self.series_unit else text

    def _label_before_figure(self, row: Row) -> str:
        """Return the label of a row, with a colon where a digit or letter at its end would touch the figure."""
        text = self.label(row)
        return f"{text}：" if text[-1:].isdigit() or (text[-1:].isascii() and text[-1:].isalpha()) else text

    def _join_names(self, rows: list[Row]) -> str:
        """Return several labels joined; a label that contains an enumeration is put in quotation marks."""
        names = [self.label(row) for row in rows]
        return "、".join(f"“{name}”" if "、" in name and len(names) > 1 else name for name in names)

    def _subset_sentences(self) -> Iterator[Part]:
        """Yield a sentence for each of-which row."""
        for row in self.table.rows:
            if row.of_which and row.figures.get(self.amount):
                yield f"其中{self._label_before_figure(row)}"
                yield from self._amount_clause(row)
                yield from self._outcome_clauses(row, rates=False)
                yield "。"

    def _place_sentences(self) -> Iterator[Part]:
        """Yield a sentence for each place of the office's own group."""
        for row, key, value in self.own_places():
            place = row.block.places[key] if value is None else row.cells[value].places[key]
            yield f"{self.label(row)}{(value or '')}{label(key, 'zh')}在"
            yield self.quote_derived(row, key, str(place.of), f"of.{value or ''}")
            yield f"个{self.table.field_label(self.table.by[-1], 'zh')}中居第"
            yield self.quote_derived(row, key, str(place.place), f"place.{value or ''}")
            yield "位"
            for name, before in place.before.items():
                if before:
                    yield "（上期第" if name == "prev" else "（上年第"
                    yield self.quote_derived(row, key, str(before), f"place.{value or ''}.{name}")
                    yield "位）"
            yield "。"

    def _first_and_last_sentence(self) -> Iterator[Part]:
        """Yield: 按结案率从高到低，居首的是…，居末的是…."""
        found, key = self.first_and_last(), self.table.ranked
        if found is None or key is None:
            return
        first, last, down = found
        name = _AMOUNT_NAMES.get(key, label(key, "zh"))
        yield f"按{name}从{'高到低' if down else '低到高'}，居首的是{self._join_names(first)}（"
        yield self.quote(first[0], key)
        yield f"），居末的是{self._join_names(last)}（"
        yield self.quote(last[0], key)
        yield "）。"


def spoken_step(label: str, unit: str, *, short: bool) -> str:
    """Return a year, quarter, month or week in words; without its year where `short`.

    >>> spoken_step("2021-Q3", "quarter", short=False), spoken_step("2021-07", "month", short=True)
    ('2021年第三季度', '7月')
    """
    year, _, part = label.partition("-")
    if not year.isdecimal():
        return label
    spoken = {
        "year": "",
        "quarter": f"第{'〇一二三四'[int(part[1:] or 0)]}季度" if unit == "quarter" else "",
        "month": f"{part.lstrip('0')}月",
        "week": f"第{part[1:].lstrip('0')}周",
    }[unit]
    return spoken if short and spoken else f"{year}年{spoken}"


def _opening_verb(table: Table) -> str:
    """Return the opening verb for the words of the title."""
    return next(verb for word, verb in _OPENING_VERBS[table.log] if word in table.title)


def _period_clause(table: Table) -> Iterator[Part]:
    """Yield the period of the table."""
    if table.span is None:
        return
    first, last = table.span.first, table.span.last
    yield Quote(spoken_period(first, last), f"{table.name}:period")
    yield "，"


def spoken_period(first: date, last: date) -> str:
    """Return a period in words: 2026年10月, 2026年, 2026年8月3日, or 2021年5月27日至11月30日."""
    after = last + timedelta(days=1)
    if first == last:
        return f"{first.year}年{first.month}月{first.day}日"
    if first.day == 1 and after.day == 1:
        months = 12 * (after.year - first.year) + after.month - first.month
        if months == 12 and first.month == 1:
            return f"{first.year}年"
        if months == 1:
            return f"{first.year}年{first.month}月"
    end = f"{last.year}年" if last.year != first.year else ""
    return f"{first.year}年{first.month}月{first.day}日至{end}{last.month}月{last.day}日"
