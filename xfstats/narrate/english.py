"""The paragraph in English."""

from __future__ import annotations

from collections.abc import Iterator

from xfstats.figures import Pair, Statistic, percent
from xfstats.measures import BY_KEY, Count, label
from xfstats.messages import LOGS, named
from xfstats.model import Log
from xfstats.narrate.telling import FEW, OUTCOMES, USUAL, Part, Quote, Telling, size, unit_of, whole
from xfstats.table import Row, Table

_UNITS = {"visits": "visits", "persons": "persons", "cases": "cases"}
_COMPARED = {"prev": "on the period before", "yoy": "on a year before"}


class English(Telling):
    """A table told in English."""

    def tell(self) -> Iterator[Part]:
        """The paragraph in English."""
        yield from _span_en(self.table)
        if not self.counted(self.total):
            yield f"there were no records of {named(LOGS, self.table.log, 'en').lower()}."
            return
        yield from self._amounts(self.total, changes=True)
        yield from self._outcomes(self.total)
        yield from self._others()
        yield ". "
        yield from self._groups()
        yield from self._subsets()
        yield from self._place()

    def _amounts(self, row: Row, *, changes: bool = False) -> Iterator[Part]:
        keys = [
            key for key in (self.amount, "persons") if key in row.figures and (key != "persons" or self.table.log is Log.VISITS)
        ]
        for index, key in enumerate(keys):
            yield " by " if index else ""
            yield self.quote(row, key)
            yield f" {_UNITS[key]}"
            if changes:
                yield from self._changes(row, key)

    def _changes(self, row: Row, key: str) -> Iterator[Part]:
        """(up 1.65% on the period before, level on a year before)."""
        made: list[list[Part]] = []
        for window, change in row.block.changes.get(key, {}).items():
            exact = change.exact if change else None
            if change is None or exact is None:
                continue
            up, text = size(change, exact, self.report.digits)
            said: list[Part] = ["level"]
            if up:
                said = ["up " if up > 0 else "down ", self.named(row, key, text, window), unit_of(change, "en")]
            made.append([*said, f" {_COMPARED[window]}"])
        for index, parts in enumerate(made):
            yield ", " if index else " ("
            yield from parts
        yield ")" if made else ""

    def _outcomes(self, row: Row, *, rates: bool = True) -> Iterator[Part]:
        for key, rate in OUTCOMES:
            if key in row.figures:
                if not row.figures[key]:
                    if rates:
                        yield f"; none {label(key, 'en').lower()}"
                    continue
                yield "; " if rates else ", "
                yield self.quote(row, key)
                yield f" {label(key, 'en').lower()}"
            if rates and rate in row.figures:
                yield from self._rate(row, rate)

    def _rate(self, row: Row, key: str) -> Iterator[Part]:
        figure = row.figures[key]
        if isinstance(figure, Pair | Statistic) and not figure.denominator:
            return
        yield f", {label(key, 'en').lower()} "
        yield self.quote(row, key)
        yield from self._changes(row, key)

    def _others(self) -> Iterator[Part]:
        for key in self.table.measures:
            if key in USUAL:
                continue
            if not isinstance(BY_KEY[key], Count):
                yield from self._rate(self.total, key)
            elif self.total.figures[key]:
                yield f"; {label(key, 'en').lower()}: "
                yield self.quote(self.total, key)

    def _groups(self) -> Iterator[Part]:
        if self.amount not in self.table.measures:
            return
        rows, empty = self.groups()
        many = len([row for row in self.table.rows if row.kind == "group"]) > FEW
        if rows:
            yield "The three largest: " if many else "Of these, "
        for index, row in enumerate(rows):
            yield ("; " if index else "") + self.label(row) + " "
            yield from self._amounts(row)
            if many:
                yield " ("
                share = percent(whole(row, self.amount), whole(self.total, self.amount), self.report.digits)
                yield self.named(row, self.amount, share, "share")
                yield " of all)"
            else:
                yield from self._outcomes(row, rates=False)
        if empty:
            yield ("; " if rows else "Of these, ") + "none from " + ", ".join(map(self.label, empty))
        if rows or empty:
            yield ". "

    def _subsets(self) -> Iterator[Part]:
        for row in self.table.rows:
            if row.of_which and row.figures.get(self.amount):
                yield f"Of which {self.label(row)} "
                yield from self._amounts(row)
                yield from self._outcomes(row, rates=False)
                yield ". "

    def _place(self) -> Iterator[Part]:
        for row, key, value in self.places():
            place = row.block.places[key] if value is None else row.cells[value].places[key]
            yield f"{self.label(row)}{f' ({value})' if value else ''} stands "
            yield self.named(row, key, str(place.place), f"place.{value or ''}")
            yield " of "
            yield self.named(row, key, str(place.of), f"of.{value or ''}")
            yield f" by {label(key, 'en').lower()}"
            for name, before in place.before.items():
                if before:
                    yield ", in the period before " if name == "prev" else ", a year before "
                    yield self.named(row, key, str(before), f"place.{value or ''}.{name}")
            yield ". "


def _span_en(table: Table) -> Iterator[Part]:
    if table.span is None:
        return
    yield Quote(f"From {table.span.first} to {table.span.last}", f"{table.log}:period")
    yield ", "
