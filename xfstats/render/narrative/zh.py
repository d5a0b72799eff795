"""Narrative in Chinese: one theme a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xfstats.measures.definitions import OUTCOME_RATES, OUTCOMES
from xfstats.measures.themes import THEMES
from xfstats.render.narrative.base import Clause, Part, Quote, count_of, sentences
from xfstats.render.narrative.zh_figures import ChineseFigures
from xfstats.render.narrative.zh_words import (
    AMOUNT_NAMES,
    COUNT_UNITS,
    SERIES_NAMES,
    are_leaders,
    enumerate_names,
    former_period,
    leaders_label,
    leaders_verb,
    opening_verb,
    spoken_period,
    spoken_step,
    subject_of_levels,
)
from xfstats.reports.figures import Place
from xfstats.reports.row import Row
from xfstats.reports.table import Report, Table

_LARGEST_OPENINGS = {1: "居首位的是", 2: "居前两位的是", 3: "居前三位的是"}


class Chinese(ChineseFigures):
    """Writer of the paragraph in Chinese."""

    def __init__(self, report: Report, table: Table) -> None:
        super().__init__(report, table)
        self.by_leaders = are_leaders(report, table)

    def write_parts(self) -> Iterator[Part]:
        """Yield the parts of the paragraph."""
        log = self.table.kind("zh")
        opening = [*self._period_clause()]
        if self.table.empty:
            yield from (*opening, f"没有{log}记录。")
            return
        told = iter([list(self._theme_clauses(keys)) for keys in THEMES.values()])
        received = next(told)
        if self.amount_measures(self.total):
            yield from self._received_sentences(opening, received, told)
        else:
            themes = [received, *told]
            first = next((theme for theme in themes if theme), themes[0])
            first[:1] = [[*opening, log, *(first[0] if first else ["的数字见表"])]]
            told = iter(themes)
        for theme in told:
            yield from sentences(theme)
        yield from self.group_sentence()
        yield from self._subset_sentence()
        yield from self._place_sentences()
        yield from self._first_and_last_sentence()

    def _period_clause(self) -> Iterator[Part]:
        """Yield the period of the table."""
        if self.table.span is not None:
            yield Quote(spoken_period(self.table.span.first, self.table.span.last), f"{self.table.name}:period")
            yield "，"

    def _received_sentences(self, opening: Clause, more: list[Clause], outcome: Iterator[list[Clause]]) -> Iterator[Part]:
        """Yield how much was received, its changes and what it was like; with the outcome where that is one short sentence."""
        who = f"{self.table.kind('zh')}方面，" if self.table.parted else ""
        who += subject_of_levels(self.table) if self.by_leaders else ""
        keys = self.amount_measures(self.total)
        first = [*opening, who + opening_verb(self.table), *self.amount_clause(self.total, coverage=True)]
        changes = {key: clause for key in keys if (clause := list(self.change_clause(self.total, key)))}
        compared = bool(changes)
        if len(keys) == 1 and compared:
            first += ["，", *changes.pop(keys[0])]
        none = [former_period(window, self.table.span) for window in self.windows_of_nothing()]
        ending: list[Clause] = (
            [[f"{'、'.join(none)}{'均' if len(none) > 1 else ''}没有{self.table.kind('zh')}记录"]] if none else []
        )
        if compared or none:
            yield from sentences([first])
            yield from sentences([*([AMOUNT_NAMES[key], *clause] for key, clause in changes.items()), *ending], "；")
            yield from sentences(more)
        else:
            yield from sentences([first, *(more or next(outcome))])

    def _theme_clauses(self, keys: Iterable[str]) -> Iterator[Clause]:
        """Yield a clause for each measure of a theme that the table has and that has a value; a rate stands with its count."""
        for key in keys:
            if key in OUTCOMES:
                yield from self.outcome_clause(key)
            elif key in self.table.printed and key not in {self.amount, "persons", "share"} and key not in OUTCOME_RATES:
                yield from self.measure_clause(key)

    def _group_clause(self, row: Row) -> Iterator[Part]:
        """Yield: 市级领导接待96批次672人次; 市教育局8件，结案7件."""
        yield self._group_subject(row)
        yield from self.amount_clause(row)
        for key in OUTCOMES:
            if not count_of(row, key):
                continue
            if self.all_done(row, key):
                yield f"，{self.all_done_text(row, key)}"
                continue
            yield f"，{self.measure_name(key)}"
            yield self.quote(row, key)
            yield COUNT_UNITS[self.amount]

    def _group_name(self, row: Row) -> str:
        """Return the label of a row, of leaders as such: 市级领导."""
        text = self.label(row)
        return leaders_label(text) if self.by_leaders else text

    def _group_subject(self, row: Row) -> str:
        """Return what stands before a row's figures, with a colon where a digit or letter would touch the figure."""
        text = self._group_name(row)
        if self.by_leaders and None not in row.group.values():
            return text + leaders_verb(self.table)
        return f"{text}：" if text[-1:].isdigit() or (text[-1:].isascii() and text[-1:].isalpha()) else text

    def all_groups_sentence(self, rows: list[Row], empty: list[Row]) -> Iterator[Part]:
        """Yield: 其中，市级领导接待96批次672人次；县级没有."""
        clauses = [list(self._group_clause(row)) for row in rows]
        if empty:
            verb = leaders_verb(self.table) if self.by_leaders else ""
            clauses.append([enumerate_names(map(self._group_name, empty)) + ("均" if len(empty) > 1 else "") + f"没有{verb}"])
        clauses[0] = ["其中，", *clauses[0]]
        yield from sentences(clauses, "；")

    def series_sentence(self, first: Row, last: Row, highest: list[Row]) -> Iterator[Part]:
        """Yield: 分月看，2025年1月31件，2026年8月20件；2025年9月最多，为37件，占6.17%."""
        for before, row in ((f"分{SERIES_NAMES[self.series_unit or 'month']}看，", first), ("，", last)):
            if count_of(row, self.amount):
                yield before + self._group_subject(row)
                yield from self.amount_clause(row)
            else:
                yield f"{before}{self.label(row)}没有"
        if self.can_be_named(highest):
            each = "各" if len(highest) > 1 else ""
            yield f"；{enumerate_names(map(self.label, highest))}最多，{each or '为'}"
            yield from self.amount_clause(highest[0])
            yield f"，{each}占"
            yield self.quote_share(highest[0])
        yield "。"

    def largest_groups_sentence(self, rows: list[Row]) -> Iterator[Part]:
        """Yield: 居前三位的是市教育局8件，占40.00%；市公安局6件，占30.00%."""
        clauses = [[self._group_subject(row), *self.amount_clause(row), "，占", self.quote_share(row)] for row in rows]
        clauses[0] = [_LARGEST_OPENINGS.get(len(rows), "居前列的是"), *clauses[0]]
        yield from sentences(clauses, "；")

    def label(self, row: Row) -> str:
        """Return the label of a row; a period of a series in words, without its year where the table has only one."""
        text = super().label(row)
        one = self.table.span is not None and self.table.span.first.year == self.table.span.last.year
        return spoken_step(text, self.series_unit, short=one) if self.series_unit else text

    def _subset_sentence(self) -> Iterator[Part]:
        """Yield the of-which rows: 其中，市委书记、市长批阅29件，已全部得到解决."""
        rows = [row for row in self.table.rows if row.of_which and row.figures.get(self.amount)]
        clauses = [list(self._group_clause(row)) for row in rows]
        if clauses:
            clauses[0] = ["上述合计中，" if self.tells_groups() else "其中，", *clauses[0]]
            yield from sentences(clauses, "；")

    def _place_sentences(self) -> Iterator[Part]:
        """Yield: 在11个地区中，清源市来市访批次居第5位，上年居第4位；到省访批次居第9位，上年居第2位."""
        places = [(row, key, value, self.place_of(row, key, value)) for row, key, value in self.own_places()]
        for number in dict.fromkeys(place.of for *_, place in places):
            same = [one for one in places if one[3].of == number]
            row, key, value, _ = same[0]
            clauses = [list(self._place_clause(*one, named=one[0] is not row or not place)) for place, one in enumerate(same)]
            of = self.quote_derived(row, key, str(number), f"of.{value or ''}")
            clauses[0] = ["在", of, f"个{self.table.field_label(self.table.by[-1], 'zh')}中，", *clauses[0]]
            yield from sentences(clauses, "；")

    def _place_clause(self, row: Row, key: str, value: str | None, place: Place, *, named: bool) -> Iterator[Part]:
        """Yield: 清源市来市访批次居第5位，上年居第4位."""
        yield f"{self.label(row) if named else ''}{value or ''}{AMOUNT_NAMES.get(key, self.measure_name(key))}居第"
        yield self.quote_derived(row, key, str(place.place), f"place.{value or ''}")
        yield "位"
        for window, before in place.before.items():
            if before:
                yield f"，{former_period(window, self.table.span)}居第"
                yield self.quote_derived(row, key, str(before), f"place.{value or ''}.{window}")
                yield "位"

    def _first_and_last_sentence(self) -> Iterator[Part]:
        """Yield: 按结案率由高到低，市教育局居首位（100.00%），市公安局、市水务局并列末位（均为50.00%）."""
        found, key = self.first_and_last(), self.table.ranked
        if found is None or key is None:
            return
        first, last, down = found
        yield f"按{AMOUNT_NAMES.get(key, self.measure_name(key))}由{'高到低' if down else '低到高'}"
        for rows, where in ((first, "首位"), (last, "末位")):
            several = len(rows) > 1
            yield f"，{enumerate_names(map(self.label, rows))}{'并列' if several else '居'}{where}（{'均为' if several else ''}"
            yield self.quote(rows[0], key)
            yield f"{self.unit(key, rows[0].figures[key])}）"
        yield "。"
