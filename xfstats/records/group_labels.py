"""Which group each row of a sheet belongs to, and which rows a filter leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.errors import InputFault
from xfstats.model import Cell
from xfstats.records.rejects import Fates
from xfstats.schema.personal import LEVEL_LIKE, UNRECOGNISED, identities, identity, same, scattered, shown_words

MOST_LABELS = 1000
"""Groups of one field; more is not a grouping (trust note, limits)."""


class Labels:
    """The labels of one sheet's fields, each found once; what is asked about them is noted among the fates."""

    def __init__(self, fates: Fates) -> None:
        self.fates = fates
        self.raw, self.layout, self.vocabulary = fates.raw, fates.layout, fates.vocabulary
        self.words: dict[str, dict[str, int]] = {}
        """The level words that may be shown, as they are written, with their rows."""
        self.absent: dict[str, dict[str, int]] = {}
        """The fields of filters that no row fits, with the values that there are and may be shown."""
        self._known: dict[str, list[str | None]] = {}

    def groups(self) -> dict[str, list[str | None]]:
        """Labels of every grouping field, and of those that rules look at."""
        rules = self.vocabulary.rules.get(self.layout.log, ())
        names = dict.fromkeys([*self.layout.by, *(name for rule in rules for name in rule.when)])
        return {name: self._of(name) for name in names if name in self.raw.values or name in self.layout.constants}

    def filtered(self) -> frozenset[int]:
        """The rows that a --where leaves out."""
        return frozenset(row for name, wanted in self.fates.plan.where for row in self._others(name, wanted))

    def _others(self, name: str, wanted: str) -> set[int]:
        """The rows that have another value than is wanted; where all have, the values that may be shown are noted."""
        levels = self.vocabulary.levels if name == "level" else {}
        text = levels.get(self.vocabulary.level(wanted), wanted)
        labels = self._of(name)
        others = {row for row, label in enumerate(labels) if not same(label, text)}
        kept = [row for row in range(self.fates.rows) if row not in self.fates.skips]
        if others.issuperset(kept):
            self.absent[name] = shown_words(Counter(labels[row] for row in kept), frozenset(levels))
        return others

    def _of(self, name: str) -> list[str | None]:
        """The labels of one field; levels by the office's words, an unknown level a group of its own with a finding."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> list[str | None]:
        if name not in self.raw.values:
            return [self.layout.constants[name][0]] * self.fates.rows
        cells = self.raw.values[name]
        known: dict[object, str | None] = {}
        levels = self.vocabulary.levels if name == "level" else {}
        for cell in set(cells):
            text = None if blank(cell) else normalize.label(str(cell))
            known[cell] = levels.get(self.vocabulary.level(text), text) if text else None
        labels = list(map(known.__getitem__, cells))
        if name in self.layout.by:
            self._refuse_what_groups_nothing(name, labels)
            labels = labels if name == "level" else self._without_numbers(name, labels)
        return self._levels(cells, labels) if name == "level" else labels

    def _refuse_what_groups_nothing(self, name: str, labels: Sequence[str | None]) -> None:
        """Identities are no groups, nor are labels that are nearly all distinct."""
        kept = [label for row, label in enumerate(labels) if row not in self.fates.skips]
        if name != "level" and identities(kept):
            raise InputFault("E327", self.fates.at, field=name)
        if len(set(kept)) > MOST_LABELS or (scattered(kept) and self.layout.roles.evidence[name] != "map"):
            raise InputFault("E318", self.fates.at, field=name)

    def _without_numbers(self, name: str, labels: list[str | None]) -> list[str | None]:
        """The labels without the few that hold an identity or telephone number: those rows have no group, with a finding."""
        held = {label for label in set(labels) if label and identity(label)}
        self.fates.find("W247", [row for row, label in enumerate(labels) if label in held and row not in self.fates.skips], name)
        return [None if label in held else label for label in labels] if held else labels

    def _levels(self, cells: Sequence[Cell], labels: list[str | None]) -> list[str | None]:
        """Unknown level words as groups of their own where they may be shown, else as one group that names no word."""
        skips = self.fates.skips
        canonical = set(self.vocabulary.levels.values())
        strange = {label for label in set(labels) if label and label not in canonical}
        rows = [row for row, label in enumerate(labels) if label in strange and row not in skips] if strange else []
        shown = shown_words(Counter(labels[row] for row in rows))
        self.fates.find("W202", rows, "level", words=shown)
        counts: Counter[str] = Counter()
        passed = Counter(cells[row] for row in skips)
        for cell, number in Counter(cells).items():
            if number > passed[cell] and not blank(cell):
                counts[normalize.label(str(cell))] += number - passed[cell]
        self.words["level"] = shown_words(counts, frozenset(self.vocabulary.levels))
        for row in rows:
            word = labels[row]
            if word not in shown and not LEVEL_LIKE.fullmatch(word or ""):
                labels[row] = UNRECOGNISED
        return labels
