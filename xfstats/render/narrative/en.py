"""Narrative in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xfstats.config.period_words import english_period
from xfstats.measures.definitions import BY_KEY, OUTCOMES, Count
from xfstats.measures.themes import THEMES
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
    joined_clauses,
)
from xfstats.reports.figures import Pair, Statistic
from xfstats.reports.row import Row
from xfstats.reports.table import Table

_AMOUNT_NOUNS: Mapping[Log, tuple[str, str]] = {
    Log.VISITS: ("visit", "visits"),
    Log.CASES: ("case", "cases"),
    Log.LETTERS: ("letter", "letters"),
    Log.BACKLOG: ("backlog item", "backlog items"),
}
_WINDOW_PHRASES = {"prev": "in the period before", "yoy": "a year before"}
_LEVEL_PHRASES = {"prev": "with the period before", "yoy": "with a year before"}
_LARGEST_OPENINGS = {1: "The largest was ", 2: "The two largest were ", 3: "The three largest were "}


class English(Narrator):
    """Writer of the paragraph in English."""

    def write_parts(self) -> Iterator[Part]:
        """Yield the parts of the paragraph."""
        yield from _period_clause(self.table)
        there = "there" if self.table.span else "There"
        log = self.table.kind("en").lower()
        if self.table.parted:
            there = f"{'under' if self.table.span else 'Under'} {log} there"
        if self.table.empty:
            yield f"{there} were no records of {log}."
            return
        clauses = [*self._amount_clause(self.total, changes=True), *self._outcome_clauses(self.total)]
        amounts = self.amount_measures(self.total)
        if amounts:
            yield f"{there} {'was' if count_of(self.total, amounts[0]) == 1 else 'were'} "
            yield from clauses
        else:
            yield f"{'the' if self.table.span else 'The'} log of {log} shows "
            clauses += self._other_clauses(self.table.printed)
            yield from list(drop_leading_punctuation(iter(clauses))) or ["the figures of the table"]
        yield ". "
        yield from self._theme_sentences() if amounts else ()
        yield from self.group_sentence()
        yield from self._subset_sentences()
        yield from self._place_sentences()
        yield from self._first_and_last_sentence()

    def _amount_clause(self, row: Row, *, changes: bool = False) -> Iterator[Part]:
        """Yield: 308 visits by 704 persons."""
        for index, key in enumerate(self.amount_measures(row)):
            yield " by " if index else ""
            yield self.quote(row, key)
            one, many = ("person", "persons") if key == "persons" else _AMOUNT_NOUNS[self.table.log]
            yield f" {one if count_of(row, key) == 1 else many}"
            if changes:
                yield from self.coverage_clause(row, key)
                yield from self._change_clause(row, key)

    def _change_clause(self, row: Row, key: str) -> Iterator[Part]:
        """Yield: (up 1.65% from 303 in the period before, level on a year before); that there were none of the basis measure."""
        told: list[list[Part]] = []
        for window, change in row.block.changes.get(key, {}).items():
            exact = change.exact if change else None
            if change is None or (exact is None and (key != self.basis_measure or change.base != 0)):
                continue
            up, text = direction_and_size(change, exact, self.report.digits) if exact else (None, "")
            if up:
                size = self.quote_derived(row, key, text, window)
                former = self.quote_former(row, key, change.base, window)
                unit = change_unit(change, "en", text)
                told.append([f"{'up' if up > 0 else 'down'} ", size, f"{unit} from ", former, f" {_WINDOW_PHRASES[window]}"])
            else:
                told.append([f"none {_WINDOW_PHRASES[window]}" if up is None else f"level {_LEVEL_PHRASES[window]}"])
        yield " (" if told else ""
        yield from joined_clauses(told, ", ")
        yield ")" if told else ""

    def _outcome_clauses(self, row: Row, *, rates: bool = True) -> Iterator[Part]:
        """Yield: ; 111 closed, closure rate 88.10%."""
        for key, rate in OUTCOMES.values():
            if key in self.table.printed and row.figures.get(key) is not None:
                if not row.figures[key]:
                    if rates:
                        yield f"; none {self.measure_name(key).lower()}"
                    continue
                yield "; " if rates else ", "
                yield self.quote(row, key)
                yield f" {self.measure_name(key).lower()}"
                yield from self.coverage_clause(row, key) if rates else ()
            if rates and rate in self.table.printed:
                yield from self._rate_clause(row, rate)

    def _rate_clause(self, row: Row, key: str) -> Iterator[Part]:
        """Yield a rate or a number of days with its change; nothing where it has no value."""
        figure = row.figures[key]
        if isinstance(figure, Pair | Statistic) and not figure.denominator:
            return
        yield f", {self.measure_name(key).lower()} "
        yield self.quote(row, key)
        yield from self.coverage_clause(row, key)
        yield from self._change_clause(row, key)

    def _theme_sentences(self) -> Iterator[Part]:
        """Yield a sentence about each theme of the measures beside amounts and outcomes: First visits: 12; repeat visits: 6."""
        for keys in THEMES.values():
            told = list(drop_leading_punctuation(self._other_clauses(keys)))
            if told and isinstance(told[0], str):
                told[0] = told[0][:1].upper() + told[0][1:]
            yield from (*told, ". ") if told else ()

    def _other_clauses(self, keys: Sequence[str]) -> Iterator[Part]:
        """Yield the clauses about those of these measures that are printed, beside amounts and outcomes."""
        for key in keys:
            if key in MEASURES_WITH_CLAUSES or key not in self.table.printed:
                continue
            if not isinstance(BY_KEY[key], Count):
                yield from self._rate_clause(self.total, key)
            elif self.total.figures[key] is not None:
                yield f"; {self.measure_name(key).lower()}: "
                yield self.quote(self.total, key) if self.total.figures[key] else "none"
                yield from self.coverage_clause(self.total, key)

    def all_groups_sentence(self, rows: list[Row], empty: list[Row]) -> Iterator[Part]:
        """Yield: Of these, 市级 had 96 visits by 672 persons; 县级 had none."""
        for index, row in enumerate(rows):
            yield ("; " if index else "Of these, ") + f"{self.label(row)} had "
            yield from self._amount_clause(row)
            yield from self._outcome_clauses(row, rates=False)
        if empty:
            yield ("; " if rows else "Of these, ") + self._join_names(empty) + " had none"
        yield ". "

    def series_sentence(self, first: Row, last: Row, highest: list[Row]) -> Iterator[Part]:
        """Yield: 2025-01 had 31 cases, 2026-08 20 cases; the most were in 2025-09, 37 cases (6.17% of all)."""
        for before, row in (("", first), (", ", last)):
            yield f"{before}{self.label(row)} had "
            if count_of(row, self.amount):
                yield from self._amount_clause(row)
            else:
                yield "none"
        if self.can_be_named(highest):
            yield f"; the most were in {self._join_names(highest)}, "
            yield from self._amount_clause(highest[0])
            yield " each (" if len(highest) > 1 else " ("
            yield self.quote_share(highest[0])
            yield " of all)"
        yield ". "

    def largest_groups_sentence(self, rows: list[Row]) -> Iterator[Part]:
        """Yield: The three largest were 市教育局 with 8 cases (40.00% of all); …."""
        yield _LARGEST_OPENINGS.get(len(rows), "In the first three places, ties included, were ")
        for index, row in enumerate(rows):
            yield ("; " if index else "") + f"{self.label(row)} with "
            yield from self._amount_clause(row)
            yield " ("
            yield self.quote_share(row)
            yield " of all)"
        yield ". "

    def _join_names(self, rows: list[Row]) -> str:
        """Return several labels joined."""
        names = [self.label(row) for row in rows]
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

    def _subset_sentences(self) -> Iterator[Part]:
        """Yield a sentence for each of-which row."""
        for row in self.table.rows:
            if row.of_which and row.figures.get(self.amount):
                yield f"Among them, {self.label(row)} had "
                yield from self._amount_clause(row)
                yield from self._outcome_clauses(row, rates=False)
                yield ". "

    def _place_sentences(self) -> Iterator[Part]:
        """Yield a sentence for each place of the office's own group."""
        for row, key, value in self.own_places():
            place = row.block.places[key] if value is None else row.cells[value].places[key]
            yield f"{self.label(row)}{f' ({value})' if value else ''} stands "
            yield self.quote_derived(row, key, str(place.place), f"place.{value or ''}")
            yield " of "
            yield self.quote_derived(row, key, str(place.of), f"of.{value or ''}")
            yield f" by {self.measure_name(key).lower()}"
            for name, before in place.before.items():
                if before:
                    yield ", in the period before " if name == "prev" else ", a year before "
                    yield self.quote_derived(row, key, str(before), f"place.{value or ''}.{name}")
            yield ". "

    def _first_and_last_sentence(self) -> Iterator[Part]:
        """Yield: By closure rate from the highest down, … is first (…) and … last (…)."""
        found, key = self.first_and_last(), self.table.ranked
        if found is None or key is None:
            return
        first, last, down = found
        order = "highest down" if down else "lowest up"
        yield f"By {self.measure_name(key).lower()} from the {order}, {self._join_names(first)} "
        yield "is first (" if len(first) == 1 else "are first ("
        yield self.quote(first[0], key)
        yield f") and {self._join_names(last)} last ("
        yield self.quote(last[0], key)
        yield "). "


def _period_clause(table: Table) -> Iterator[Part]:
    """Yield the period of the table."""
    if table.span is None:
        return
    first, last = table.span.first, table.span.last
    yield Quote(english_period(first, last), f"{table.name}:period")
    yield ", "
