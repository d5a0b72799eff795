"""Clauses of the Chinese paragraph about the figures of a row and their changes."""

from __future__ import annotations

from collections.abc import Iterator

from xfstats.measures.definitions import BY_KEY, OUTCOMES, Count
from xfstats.render.narrative.base import Clause, Narrator, Part, change_unit, count_of, direction_and_size, joined_clauses
from xfstats.render.narrative.zh_words import CLAUSE_NAMES, COLLECTIVE, COUNT_UNITS, SILENT_ZEROS, WINDOW_PHRASES, former_period
from xfstats.reports.figures import Change, Figure, Pair, Statistic
from xfstats.reports.row import Row

_ALL_DONE = {"resolved": "得到解决"}
"""Words behind 已全部 that differ from a measure's label."""
_MOVES = {True: ("增长", "上升", "增加"), False: ("下降", "下降", "减少")}
"""Words for a change of a count, of a rate and of days, up (True) and down."""


class ChineseFigures(Narrator):
    """Writer of clauses about figures."""

    def running_number(self, text: str) -> str:
        """Return a figure as running text has it: without thousands separators."""
        return text.replace(",", "")

    def amount_clause(self, row: Row, *, coverage: bool = False) -> Iterator[Part]:
        """Yield: 308批次704人次."""
        for key in self.amount_measures(row):
            yield self.quote(row, key)
            yield COUNT_UNITS[key]
            yield from self.coverage_clause(row, key) if coverage else ()

    def change_clause(self, row: Row, key: str) -> Iterator[Part]:
        """Yield: 环比增长12.50%，上月为32批次；同比下降5.26%，上年同期为38批次; 环比、同比均持平."""
        told = list(self._known_changes(row, key))
        level = [window for window, _, up, _ in told if not up]
        clauses: list[Clause] = [
            [f"{'、'.join(WINDOW_PHRASES[window] for window in level)}{'均' if len(level) > 1 else ''}持平"] if level else []
        ]
        clauses += [list(self._moved_clause(row, key, *one)) for one in told if one[2]]
        yield from joined_clauses((clause for clause in clauses if clause), "；")

    def _known_changes(self, row: Row, key: str) -> Iterator[tuple[str, Change, int, str]]:
        """Yield window, change, direction and printed size of each change that has a basis."""
        for window, change in row.block.changes.get(key, {}).items():
            if change is not None and change.exact is not None:
                yield window, change, *direction_and_size(change, change.exact, self.report.digits)

    def windows_of_nothing(self) -> Iterator[str]:
        """Yield the windows in which the basis measure was 0: no percentage tells its change."""
        for window, change in self.total.block.changes.get(self.basis_measure, {}).items():
            if change is not None and change.base == 0 and change.now:
                yield window

    def _moved_clause(self, row: Row, key: str, window: str, change: Change, up: int, text: str) -> Iterator[Part]:
        """Yield: 环比增长12.50%，上月为32批次."""
        kind = 0 if isinstance(change.now, int) else 1 if isinstance(change.now, Pair) else 2
        yield f"{WINDOW_PHRASES[window]}{_MOVES[up > 0][kind]}"
        yield self.quote_derived(row, key, self.running_number(text), window)
        yield f"{change_unit(change, 'zh', text)}，{former_period(window, self.table.span)}为"
        yield self.quote_former(row, key, change.base, window)
        yield self.unit(key, change.base)

    def unit(self, key: str, figure: Figure) -> str:
        """Return the unit behind a figure; a rate has its own."""
        match figure:
            case Pair():
                return ""
            case Statistic():
                return "小时" if figure.unit == "hours" else "天"
            case _:
                return COUNT_UNITS.get("persons" if key == "collective_persons" else key, COUNT_UNITS[self.amount])

    def outcome_clause(self, key: str) -> Iterator[Clause]:
        """Yield: 结案111件，结案率88.10%; 没有结案的事项; 已全部得到解决."""
        rate = OUTCOMES[key][1]
        clause: Clause = []
        if key in self.table.printed and self.total.figures.get(key) is not None:
            whole = self.all_done(self.total, key) and not self._has_changes(rate)
            clause = [self.all_done_text(self.total, key)] if whole else list(self._count_clause(key))
            if whole or not self.total.figures[key]:
                yield clause
                return
        if rate in self.table.printed and self._has_value(rate):
            clause += ["，"] * bool(clause) + list(self._rate_clause(rate))
        if clause:
            yield clause

    def measure_clause(self, key: str) -> Iterator[Clause]:
        """Yield the clause of a measure, unless it has no value."""
        if isinstance(BY_KEY[key], Count):
            second = key == COLLECTIVE[1] and self.total.figures.get(COLLECTIVE[0]) is not None
            if not second and (self.total.figures[key] or (self.total.figures[key] == 0 and key not in SILENT_ZEROS)):
                yield list(self._count_clause(key))
        elif self._has_value(key):
            yield list(self._rate_clause(key))

    def _count_clause(self, key: str) -> Iterator[Part]:
        """Yield: 结案111件; 集体访12批次89人次; 没有结案的事项."""
        name = CLAUSE_NAMES.get(key, self.measure_name(key))
        keys = [one for one in COLLECTIVE if self.total.figures.get(one)] if key in COLLECTIVE else [key]
        if not self.total.figures[key]:
            yield "没有集体访" if key in COLLECTIVE else f"没有{name.removesuffix('的')}的事项"
            return
        yield name
        for one in keys:
            yield self.quote(self.total, one)
            yield self.unit(one, self.total.figures[one])
            yield from self.coverage_clause(self.total, one)

    def _rate_clause(self, key: str) -> Iterator[Part]:
        """Yield: 结案率88.10%，环比上升2.31个百分点，上月为85.79%; 90%的事项在26天内办结."""
        figure = self.total.figures[key]
        within = key == "p90_days"
        yield "90%的事项在" if within else self.measure_name(key)
        yield self.quote(self.total, key)
        yield "天内办结" if within else self.unit(key, figure)
        yield from self.coverage_clause(self.total, key)
        changes = list(self.change_clause(self.total, key))
        if changes:
            yield "，"
            yield from changes

    def _has_value(self, key: str) -> bool:
        """True if a rate or a number of days has a base."""
        figure = self.total.figures[key]
        return isinstance(figure, Pair | Statistic) and bool(figure.denominator)

    def _has_changes(self, key: str) -> bool:
        """True if the total tells a change of the measure."""
        return any(True for _ in self._known_changes(self.total, key))

    def all_done(self, row: Row, key: str) -> bool:
        """True if all of a row's records are in a status set, and nothing else is to be said of its rate."""
        rate = row.figures.get(OUTCOMES[key][1])
        whole = not isinstance(rate, Pair) or rate.numerator == rate.denominator
        return bool(count_of(row, key)) and count_of(row, key) == count_of(row, self.amount) and whole

    def all_done_text(self, row: Row, key: str) -> str:
        """Return 已全部得到解决, or 已得到解决 of one record."""
        return f"已{'全部' if count_of(row, self.amount) > 1 else ''}{self._done_word(key)}"

    def _done_word(self, key: str) -> str:
        """Return the phrase after 已全部: the log's own name of the measure, or the usual one."""
        return self.measure_name(key) if key in self.table.wordings else _ALL_DONE.get(key, self.measure_name(key))
