"""Rows of one table: sums become figures, changes and places, in the requested order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, assert_never

from xfstats.config import leaders
from xfstats.config.periods import WEEKDAY, WEEKDAY_TEXTS, YEAR_TO_DATE
from xfstats.config.plan import Order, Plan, View
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import AMOUNT, BY_KEY, Count, DayStatistic, Rate, Share
from xfstats.measures.needs import coverage_key
from xfstats.messages import LANGS, raw
from xfstats.messages import keys as message_keys
from xfstats.model import GroupKey, Period
from xfstats.pipeline.merge import Merged
from xfstats.reports.figures import STATISTICS, Change, Figure, Pair, Place, in_hours
from xfstats.reports.groups import FEW_DAYS_KEY, REST_KEY, GroupSum, RowSums, crossed_values, row_keys, sum_rows, sum_subsets
from xfstats.reports.rank import first_groups, rank_groups, sort_groups
from xfstats.reports.row import FigureBlock, Row

CLASSED = frozenset([WEEKDAY, "repeat", "collective", "satisfaction"])
"""Groupings whose labels have an order of their own."""
_WHOLE_ROW = object()
"""Placeholder in the position of a crossed value: the row's own sums."""
PeriodSums: TypeAlias = tuple[RowSums, Mapping[str, RowSums], RowSums | None]
"""Sums of the period, of those that it is compared with, and of the year up to its end where asked for."""


class TableBuilder:
    """Builder of one table's rows, of-which rows and total."""

    def __init__(
        self, merged: Merged, plan: Plan, view: View, profile: Mapping[str, Any], measures: Sequence[str], span: Period | None
    ) -> None:
        self.merged, self.plan, self.measures, self.span = merged, plan, measures, span
        sort, rank = (order if order and order.measure in measures else None for order in (view.sort, view.rank))
        self.view = replace(view, sort=sort, rank=rank)
        self.is_crossed = plan.cross is not None
        self.by = merged.by[:-1] if self.is_crossed else merged.by
        self.amount = AMOUNT[merged.log]
        self.month_start_day = Choices.of(profile).month_start_day
        self.group_rules: Sequence[Mapping[str, Any]] = profile.get("groups", {}).get(merged.log.value, ())
        self.label_places = self._label_order(profile["levels"])
        self.crossed_values = crossed_values(merged, self.label_places, self.amount) if self.is_crossed else []
        choices = Choices.of(profile)
        self.coverage_keys = {key: coverage_key(key, choices) for key in measures}
        self.current = sum_rows(merged.now, self.is_crossed, merged.told)
        self.compared = {name: sum_rows(added, self.is_crossed, merged.told) for name, added in merged.windows.items()}
        self.all_sums = (self.current, *self.compared.values())
        self.cumulative = self.compared.pop(YEAR_TO_DATE, None)

    def _label_order(self, levels: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """Return the order of known labels: group rules, then levels, each followed by its classes of leaders."""
        found = {label: 4 * place for place, label in enumerate([rule["label"] for rule in self.group_rules])}
        first = {name: 4 * (len(self.group_rules) + place) for place, name in enumerate(levels)}
        for name, words in levels.items():
            found.setdefault(words[0], first[name])
        if "level" in self.merged.by:
            column = self.merged.by.index("level")
            for label in {key[column] for added in (self.merged.now, *self.merged.windows.values()) for key in added.counts}:
                of = leaders.place(label) if label else None
                if label and of:
                    found.setdefault(label, first[of[0]] + of[1] + 1)
        for lang in LANGS if CLASSED & set(self.merged.by) else ():
            for place, key in enumerate(key for key in message_keys("classes") if key.partition(".")[0] in self.merged.by):
                found.setdefault(raw(key, lang, "classes"), 4 * (len(self.group_rules) + len(levels)) + place)
        return found

    def rows(self) -> list[Row]:
        """Return a row a group, with subtotals of nested groups; or the first or last groups and one row for the rest."""
        keys = row_keys(self.merged, self.by, self.plan.series, self.span, self.month_start_day)
        if self.by == ("level",):
            keys |= {(rule["label"],) for rule in self.group_rules if not rule.get("of_which")}
        if WEEKDAY in self.by:
            place = self.by.index(WEEKDAY)
            for lang in LANGS:
                week = [raw(key, lang) for key in WEEKDAY_TEXTS]
                keys |= {(*key[:place], day, *key[place + 1 :]) for key in keys if key[place] in week for day in week}
            for folded in self.all_sums:
                folded.fill_empty_rows(keys, place)
        if self.plan.series in self.by:
            for folded in self.all_sums:
                folded.fill_empty_rows(keys, self.by.index(str(self.plan.series)))
        if not self.by or (keys == {(None,)} and self.merged.now.subsets):
            return []
        if len(self.by) == 1 and (self.view.top or self.view.bottom):
            return self._top_rows(keys)
        standing = self._rank_places(keys)
        return self._with_subtotals(self._sort_keys(keys), standing)

    def _with_subtotals(self, keys: Sequence[GroupKey], standing: Mapping[object, Mapping[GroupKey, Place]]) -> list[Row]:
        """Return the rows of the groups, with a subtotal after the last row of each outer group."""
        rows: list[Row] = []
        for index, key in enumerate(keys):
            rows.append(self._make_row(key, "group", standing))
            following = keys[index + 1] if index + 1 < len(keys) else ()
            rows.extend(
                self._make_row(key[:depth], "subtotal", {})
                for depth in range(len(key) - 1, 0, -1)
                if following[:depth] != key[:depth]
            )
        return rows

    def _sort_keys(self, keys: set[GroupKey]) -> list[GroupKey]:
        """Return the groups in the order of their rows."""
        order = self.view.sort or self.view.rank
        return sort_groups(
            sorted(keys, key=lambda key: tuple((label is None, label or "") for label in key)),
            self.by,
            self.plan.series,
            self.label_places,
            lambda key: self.current.row(key).counts[self.amount],
            (lambda key: self._figure(order.measure, self.current.row(key), self.current)) if order else None,
            order,
        )

    def _top_rows(self, keys: set[GroupKey]) -> list[Row]:
        """Return the first or the last groups, then all others as one row, then records without a group."""
        order = self.view.sort or self.view.rank or Order(self.amount)
        if self.view.bottom:
            order = Order(order.measure, not order.ascending)
        kept = first_groups(
            sorted(keys, key=str), lambda key: self._row_figure(key, order.measure), self.view.top or self.view.bottom or 0, order
        )
        others = [key for key in keys if key not in kept and key[-1] is not None]
        standing = self._rank_places(keys)
        for folded in self.all_sums:
            folded.merge_rows(others, REST_KEY)
        rows = [self._make_row(key, "group", standing) for key in kept]
        if others:
            rows.append(self._make_row(REST_KEY, "rest", {}, rest=len(others)))
        return rows + [self._make_row(key, "group", {}) for key in keys if key[-1] is None]

    def subsets(self) -> list[Row]:
        """Return the of-which rows, in the order of the profile."""
        if "level" not in self.by:
            return []
        known_keys = self.merged.told
        now = sum_subsets(self.merged.now, self.merged.by, self.is_crossed, known_keys)
        before = {
            name: sum_subsets(added, self.merged.by, self.is_crossed, known_keys) for name, added in self.merged.windows.items()
        }
        sums = now, before, before.pop(YEAR_TO_DATE, None)
        labels = [rule["label"] for rule in self.group_rules if rule.get("of_which")]
        return [
            Row(
                {"level": label},
                self._make_block((label,), sums, {}),
                "of_which",
                0,
                self._crossed_blocks((label,), sums, {}),
            )
            for label in labels
        ]

    def total(self) -> Row:
        """Return the sum over all groups."""
        return self._make_row((), "total", {})

    def _make_row(self, key: GroupKey, kind: str, standing: Mapping[object, Mapping[GroupKey, Place]], rest: int = 0) -> Row:
        group = {self.by[0]: None} if kind == "rest" else dict(zip(self.by, key, strict=False))
        sums = self.current, self.compared, self.cumulative
        block = self._make_block(key, sums, standing.get(_WHOLE_ROW, {}))
        return Row(group, block, kind, rest, self._crossed_blocks(key, sums, standing))

    def _crossed_blocks(
        self,
        key: GroupKey,
        sums: PeriodSums,
        standing: Mapping[object, Mapping[GroupKey, Place]],
    ) -> dict[str | None, FigureBlock]:
        """Return the blocks of a row by crossed value."""
        return {value: self._make_block(key, sums, standing.get(value, {}), value) for value in self.crossed_values}

    def _make_block(
        self,
        key: GroupKey,
        periods: PeriodSums,
        standing: Mapping[GroupKey, Place],
        value: object = _WHOLE_ROW,
    ) -> FigureBlock:
        """Return the figures of one row or crossed cell, with their changes and the place."""
        now, before, year = periods
        sums = _sums_of(now, key, value)
        figures = {name: self._figure(name, sums, self.current) for name in self.measures}
        changes = {
            name: {
                window: self._make_change(name, key, value, window, folded, figures[name]) for window, folded in before.items()
            }
            for name in self.measures
            if before
        }
        rank = self.view.rank
        return FigureBlock(
            figures,
            changes,
            {rank.measure: standing[key]} if rank and key in standing else {},
            self._coverage(sums),
            self._cumulative_figures(year, _sums_of(year, key, value)) if year is not None else {},
        )

    def _cumulative_figures(self, year: RowSums, sums: GroupSum) -> dict[str, Figure]:
        """Return the figures of the year up to the end of the period; shares relate to the total of the whole year."""
        return {name: self._figure(name, sums, self.cumulative or year) for name in self.measures}

    def _coverage(self, sums: GroupSum) -> dict[str, Pair]:
        """Return how many records each measure is known for, where not for all; nothing with --public."""
        if self.view.public:
            return {}
        records = {name: sums.counts[key] for name, key in self.coverage_keys.items() if key is not None}
        every = sums.counts[self.amount]
        return {name: Pair(number, every) for name, number in records.items() if number < every}

    def _make_change(self, name: str, key: GroupKey, value: object, window: str, folded: RowSums, now: Figure) -> Change | None:
        """Return a figure's change from another period; None for the sum of a series, whose rows have a change each."""
        if self.plan.series in self.by and window == "prev" and len(key) <= self.by.index(str(self.plan.series)):
            return None
        base = self._figure(name, _sums_of(folded, key, value), self.compared[window])
        return None if now is None or base is None else Change(now, base)

    def _row_figure(self, key: GroupKey, measure: str) -> Figure:
        return self._figure(measure, self.current.row(key), self.current)

    def _figure(self, key: str, sums: GroupSum, whole: RowSums) -> Figure:
        """Return the exact figure of a measure from sums; shares relate to the total of `whole`."""
        measure = BY_KEY[key]
        match measure:
            case Count():
                return sums.counts[key] if self._is_known(key, sums) else None
            case Rate() if not self._is_known(key, sums):
                return Pair(0, 0)
            case Rate():
                return Pair(sums.counts[f"{key}.part"], sums.counts[f"{key}.base"])
            case Share():
                return Pair(sums.counts[self.amount], whole.row(()).counts[self.amount])
            case DayStatistic():
                known = self._is_known(key, sums) and not sums.counts[FEW_DAYS_KEY]
                if measure.unit == "hours":
                    return in_hours(STATISTICS[measure.statistic](sums.minutes if known else {}))
                figure = STATISTICS[measure.statistic](sums.days if known else {})
                return figure.whole if self.view.public else figure
            case _:
                assert_never(measure)

    def _is_known(self, key: str, sums: GroupSum) -> bool:
        """True if a record has the measure's column, or there is no record and the table has the column."""
        coverage_key = self.coverage_keys[key]
        return (
            coverage_key is None
            or bool(sums.counts[coverage_key])
            or (coverage_key in sums.counts and not sums.counts[self.amount])
        )

    def _rank_places(self, keys: set[GroupKey]) -> dict[object, dict[GroupKey, Place]]:
        """Return the places of the rows, and of the cells of each crossed value, where ranks were requested."""
        rank = self.view.rank
        if rank is None:
            return {}
        found = {}
        for value in (_WHOLE_ROW, *self.crossed_values):
            now = {key: self._figure(rank.measure, _sums_of(self.current, key, value), self.current) for key in keys}
            before = {}
            for name, folded in self.compared.items():
                there = keys if _sums_of(folded, (), value).counts[self.amount] else ()  # no ranks in a period without records
                before[name] = {key: self._figure(rank.measure, _sums_of(folded, key, value), folded) for key in there}
            found[value] = rank_groups(now, before, rank)
        return found


def _sums_of(folded: RowSums, key: GroupKey, value: object) -> GroupSum:
    """Return the sums of a row, or of its cell for a crossed value."""
    return folded.row(key) if value is _WHOLE_ROW else folded.cell(key, value if isinstance(value, str) else None)
