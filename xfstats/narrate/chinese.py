"""The paragraph in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from xfstats.figures import Pair, Statistic, percent
from xfstats.measures import BY_KEY, Count, label
from xfstats.messages import FIELD_NAMES, LOGS, named
from xfstats.model import Log
from xfstats.narrate.telling import FEW, OUTCOMES, USUAL, Part, Quote, Telling, size, unit_of, whole
from xfstats.table import Row, Table

_OPENING = {
    Log.VISITS: (("", "共接待来访群众"),),
    Log.CASES: (("包案", "包处案件"), ("工单", "受理工单"), ("", "受理信访事项")),
    Log.LETTERS: (("批阅", "批阅来信"), ("", "办理来信")),
    Log.BACKLOG: (("", "排查信访积案"),),
}
_UNITS = {"visits": "批次", "persons": "人次", "cases": "件"}
_COUNTED = {"visits": "批次", "persons": "人次", "cases": "件数"}
_COMPARED = {"prev": "环比", "yoy": "同比"}


class Chinese(Telling):
    """A table told in Chinese."""

    def tell(self) -> Iterator[Part]:
        """The paragraph in Chinese."""
        yield from _span_zh(self.table)
        if not self.counted(self.total):
            yield f"没有{named(LOGS, self.table.log, 'zh')}记录。"
            return
        yield _verb(self.table)
        yield from self._amounts(self.total, changes=True)
        yield from self._outcomes(self.total)
        yield from self._others()
        yield "。"
        yield from self._groups()
        yield from self._subsets()
        yield from self._place()

    def _amounts(self, row: Row, *, changes: bool = False) -> Iterator[Part]:
        """308批次704人次，批次环比上升1.65%."""
        keys = [
            key for key in (self.amount, "persons") if key in row.figures and (key != "persons" or self.table.log is Log.VISITS)
        ]
        for key in keys:
            yield self.quote(row, key)
            yield _UNITS[key]
        for key in keys if changes else ():
            told = list(self._changes(row, key))
            if told:
                yield f"，{_COUNTED[key]}"
                yield from told

    def _changes(self, row: Row, key: str) -> Iterator[Part]:
        """环比上升1.65%、同比持平; nothing without a basis."""
        first = True
        for window, change in row.block.changes.get(key, {}).items():
            exact = change.exact if change else None
            if change is None or exact is None:
                continue
            yield ("" if first else "、") + _COMPARED[window]
            first = False
            up, text = size(change, exact, self.report.digits)
            if up:
                yield "上升" if up > 0 else "下降"
                yield self.named(row, key, text, window)
                yield unit_of(change, "zh")
            else:
                yield "持平"

    def _outcomes(self, row: Row, *, rates: bool = True) -> Iterator[Part]:
        """，结案111件，结案率88.10%."""
        for key, rate in OUTCOMES:
            if key in row.figures:
                if not row.figures[key]:
                    if rates:
                        yield f"，没有{label(key, 'zh')}的"
                    continue
                yield f"，{label(key, 'zh')}"
                yield self.quote(row, key)
                yield _UNITS[self.amount]
            if rates and rate in row.figures:
                yield from self._rate(row, rate)

    def _rate(self, row: Row, key: str) -> Iterator[Part]:
        figure = row.figures[key]
        if isinstance(figure, Pair | Statistic) and not figure.denominator:
            return
        yield f"，{label(key, 'zh')}"
        yield self.quote(row, key)
        if isinstance(figure, Statistic):
            yield "天"
        told = list(self._changes(row, key))
        if told:
            yield "，"
            yield from told

    def _others(self) -> Iterator[Part]:
        """What was asked for beside the amounts and outcomes."""
        for key in self.table.measures:
            if key in USUAL:
                continue
            if not isinstance(BY_KEY[key], Count):
                yield from self._rate(self.total, key)
            elif self.total.figures[key]:
                yield f"，{label(key, 'zh')}"
                yield self.quote(self.total, key)
                yield "" if key.endswith(("_visits", "_persons")) else _UNITS[self.amount]

    def _groups(self) -> Iterator[Part]:
        if self.amount not in self.table.measures:
            return
        rows, empty = self.groups()
        many = len([row for row in self.table.rows if row.kind == "group"]) > FEW
        if rows:
            yield "居前三位的是" if many else "其中，"
        for index, row in enumerate(rows):
            yield ("；" if index else "") + self.label(row)
            yield from self._amounts(row)
            if many:
                share = percent(whole(row, self.amount), whole(self.total, self.amount), self.report.digits)
                yield "，占"
                yield self.named(row, self.amount, share, "share")
            else:
                yield from self._outcomes(row, rates=False)
        if empty:
            yield ("；" if rows else "其中，") + "、".join(map(self.label, empty)) + "没有"
        if rows or empty:
            yield "。"

    def _subsets(self) -> Iterator[Part]:
        for row in self.table.rows:
            if row.of_which and row.figures.get(self.amount):
                yield f"其中{self.label(row)}"
                yield from self._amounts(row)
                yield from self._outcomes(row, rates=False)
                yield "。"

    def _place(self) -> Iterator[Part]:
        for row, key, value in self.places():
            place = row.block.places[key] if value is None else row.cells[value].places[key]
            yield f"{self.label(row)}{(value or '')}{label(key, 'zh')}在"
            yield self.named(row, key, str(place.of), f"of.{value or ''}")
            yield f"个{named(FIELD_NAMES, self.table.by[-1], 'zh')}中居第"
            yield self.named(row, key, str(place.place), f"place.{value or ''}")
            yield "位"
            for name, before in place.before.items():
                if before:
                    yield "（上期第" if name == "prev" else "（上年第"
                    yield self.named(row, key, str(before), f"place.{value or ''}.{name}")
                    yield "位）"
            yield "。"


def _verb(table: Table) -> str:
    """What was done, by the words of the title."""
    return next(verb for word, verb in _OPENING[table.log] if word in table.title)


def _span_zh(table: Table) -> Iterator[Part]:
    if table.span is None:
        return
    first, last = table.span.first, table.span.last
    yield Quote(period_zh(first, last), f"{table.log}:period")
    yield "，"


def period_zh(first: date, last: date) -> str:
    """2026年10月, 2026年, or 2021年5月27日至11月30日."""
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1:
        months = 12 * (after.year - first.year) + after.month - first.month
        if months == 12 and first.month == 1:
            return f"{first.year}年"
        if months == 1:
            return f"{first.year}年{first.month}月"
    end = f"{last.year}年" if last.year != first.year else ""
    return f"{first.year}年{first.month}月{first.day}日至{end}{last.month}月{last.day}日"
