"""Which group each row of a sheet belongs to, and which rows a filter leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TypeAlias

import numpy as np

from xfstats.config import normalize
from xfstats.config.normalize import commonest
from xfstats.errors import InputFault
from xfstats.messages import both
from xfstats.model import WORD_FIELDS
from xfstats.readers.column import Column, Mask
from xfstats.records.label_paths import cut_paths
from xfstats.records.level_names import level_names
from xfstats.records.rejects import MOST_SHOWN, RowReview
from xfstats.records.word_groups import word_groups
from xfstats.schema.name_shapes import named_in_letters
from xfstats.schema.person_names import among_offices, named_persons
from xfstats.schema.personal import LEAST_ROWS, MOST_OF_WORD, MOST_WORDS, identities, identity, same, scattered

Labels: TypeAlias = Column[str | None]
_UNCLASSIFIED = both("unclassified")
"""How the group of the records without a label is printed."""
MOST_LABELS = 1000
"""Groups of one field; more is not a grouping (SECURITY.md)."""


class GroupLabels:
    """The labels of one sheet's fields, each found once; what is asked about them is noted among the fates."""

    def __init__(self, fates: RowReview) -> None:
        self.fates = fates
        self.raw, self.schema, self.vocabulary = fates.raw, fates.schema, fates.vocabulary
        self.words: dict[str, dict[str, int]] = {}
        """The level words that may be shown, as they are written, with their rows."""
        self.absent: dict[str, dict[str, int]] = {}
        """The values of filters that no row has, as FIELD=VALUE, with the values that there are and may be shown."""
        self.spellings: dict[str, dict[str, int]] = {}
        """How often each spelling of a label stands, field by field, of labels that can be spelled in several ways."""
        self._known: dict[str, Labels] = {}

    def groups(self) -> dict[str, Labels]:
        """Labels of every grouping field, and of those that rules look at."""
        rules = self.vocabulary.rules.get(self.schema.log, ())
        names = dict.fromkeys([*self.schema.by, *(name for rule in rules for name in rule.when)])
        return {name: self._of(name) for name in names if name in self.raw.values or name in self.schema.constants}

    def filtered(self) -> Mask:
        """The rows that a --where leaves out."""
        found = np.zeros(self.fates.rows, bool)
        for one in self.fates.plan.where:
            having = np.zeros(self.fates.rows, bool)
            for text in one.lists:
                having |= self._having(one.field, text)
            whole = bool((self.fates.recorded & having).any())
            for wanted in one.values:
                own = self._having(one.field, wanted)
                having |= own
                if not whole and not (self.fates.recorded & own).any():
                    self._note_absent(one.field, wanted)
            found |= having if one.negated else ~having
        return found

    def _having(self, name: str, wanted: str) -> Mask:
        """The rows that have a value."""
        levels = self.vocabulary.levels if name == "level" else {}
        text = levels.get(self.vocabulary.level(wanted), wanted)
        if wanted in _UNCLASSIFIED:
            return self._of(name).where(lambda label: label is None)
        return self._of(name).where(lambda label: same(label, wanted) or same(self._level(label) if levels else label, text))

    def _note_absent(self, name: str, wanted: str) -> None:
        """Note a value that no row has, with the values that there are and may be shown."""
        levels = self.vocabulary.levels if name == "level" else {}
        there = self._counts(self._of(name))
        personal = self._named(name, there.keys()) if name != "leader" else set()
        there = Counter({label: number for label, number in there.items() if not identity(label) and label not in personal})
        known = {label: number for label, number in there.items() if self.vocabulary.level(label) in levels}
        common = {label: number for label, number in there.most_common() if number >= LEAST_ROWS and len(label) <= MOST_OF_WORD}
        self.absent[f"{name}={wanted}"] = {**known, **(common if len(there) <= MOST_WORDS else {})}

    def _level(self, label: str | None) -> str | None:
        """The level that a class of leaders is known as, where it is printed under its own name."""
        return self.vocabulary.levels.get(self.vocabulary.level(label), label) if label else None

    def _counts(self, labels: Labels) -> Counter[str]:
        """How many records have each label."""
        counts = labels.counts(self.fates.recorded)
        return Counter({label: number for label, number in counts.items() if label})

    def _of(self, name: str) -> Labels:
        """The labels of one field; levels by the office's words, an unknown level a group of its own with a finding."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> Labels:
        if name not in self.raw.values:
            return Column([self.schema.constants[name][0]], np.zeros(self.fates.rows, np.int32))
        if (words := self._words_of(name)) is not None:
            return self._spelled(name, word_groups(words, self.raw.values[name], self.fates))
        texts = self.raw.values[name].map(normalize.group_label)
        if depth := self.fates.plan.depths.get(name):
            cut = cut_paths(filter(None, texts.values), depth)
            texts = texts.map(lambda text: cut.get(text) if text else None)
        labels = self._levels(texts) if name == "level" else texts
        if name in self.schema.by:
            self._refuse_what_groups_nothing(name, labels)
            labels = self._without_persons(name, labels)
        return self._spelled(name, labels)

    def _words_of(self, name: str) -> str | None:
        """The field of words that a column serves, by whose rules its words are printed; None where it serves none."""
        fields = self.schema.field_map.fields
        return next((one for one in (*WORD_FIELDS, "outcome") if fields.get(one) == fields[name]), None)

    def _refuse_what_groups_nothing(self, name: str, labels: Labels) -> None:
        """Identities are no groups, nor are labels that are nearly all distinct."""
        kept = labels.counts(self.fates.recorded)
        if name != "level" and identities(kept):
            raise InputFault("E327", self.fates.at, field=self.fates.plan.by_columns.get(name, name))
        if len(kept) > MOST_LABELS or (scattered(kept) and self.schema.field_map.evidence[name] != "map"):
            header = self.fates.plan.by_columns.get(name)
            way = "" if header else both("way.groups", field=name)
            raise InputFault("E318", self.fates.at, field=header or name, way=way)

    def _without_persons(self, name: str, labels: Labels) -> Labels:
        """The labels without those that hold an identity or telephone number, or are names that a column of names holds."""
        filled = set(filter(None, labels.values))
        held = {label for label in filled if identity(label)}
        if name not in {"level", "leader"}:
            held |= self._named(name, filled)
        self.fates.note("W247", self.fates.recorded & labels.where(lambda label: label in held), name)
        return labels.map(lambda label: None if label in held else label) if held else labels

    def _named(self, name: str, labels: Collection[str]) -> set[str]:
        """The labels that name a person; places are written as English names are."""
        found = named_persons(labels, self.vocabulary, self.fates.names_held)
        if name == "unit":
            found |= among_offices(labels, self.vocabulary)
        return found if name == "region" else found | named_in_letters(labels, self.vocabulary)

    def _spelled(self, name: str, labels: Labels) -> Labels:
        """The labels in the commonest spelling of each; how often each spelling stands is noted, for the sheets of a run."""
        counts = self._counts(labels)
        self.spellings[name] = {
            label: number for label, number in counts.items() if label.upper() != label.lower() or " " in label
        }
        other = commonest({**dict.fromkeys(filter(None, labels.values), 0), **counts})
        return labels.map(lambda label: other.get(label, label) if label else None) if other else labels

    def _levels(self, texts: Labels) -> Labels:
        """The level of each cell: by the office's words, a class of leaders or an unknown word under its own name."""
        kept = self.fates.kept
        counts = Counter({text: rows for text, rows in texts.counts(kept).items() if text and not identity(text)})
        named, unknown = level_names(counts, self.vocabulary, ruled=bool(self.vocabulary.rules.get(self.schema.log)))
        words = {text: normalize.word(text) for text in unknown}
        names = self.fates.names_held(set(words.values())) if words else frozenset()
        held = {text for text, word in words.items() if word in names} | named_persons(
            unknown, self.vocabulary, self.fates.names_held
        )
        unknown -= held
        counts = Counter({text: number for text, number in counts.items() if text not in held})
        self.words["level"] = dict(counts)
        self.fates.note("W247", kept & texts.where(lambda text: text in held), "level")
        strange = Counter({text: number for text, number in counts.items() if text in unknown})
        rows = kept & texts.where(lambda text: text in unknown)
        self.fates.note("W202", rows, "level", words=dict(strange.most_common(MOST_SHOWN)))
        return texts.map(lambda text: named.get(text, text) if text and text not in held else None)
