"""Group labels of the rows of a sheet, and the rows that a filter leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TypeAlias

import numpy as np

from xfstats.config import normalize
from xfstats.config.normalize import commonest
from xfstats.errors import InputFault
from xfstats.messages import both
from xfstats.model import FIELDS, WORD_FIELDS, Kind
from xfstats.readers.column import Column, Mask
from xfstats.records.label_paths import cut_paths
from xfstats.records.level_names import level_names
from xfstats.records.rejects import MOST_SHOWN, RowReview
from xfstats.records.word_groups import word_groups
from xfstats.schema.name_shapes import named_in_letters
from xfstats.schema.person_names import among_offices, named_persons, written_as_name
from xfstats.schema.personal import LEAST_ROWS, MOST_OF_WORD, MOST_WORDS, identities, identity, same, scattered

Labels: TypeAlias = Column[str | None]
MOST_LABELS = 1000
"""Most groups of one field; a column with more is refused (SECURITY.md)."""


class GroupLabels:
    """The labels of one sheet's fields, each computed once; findings about them are noted in its row review."""

    def __init__(self, review: RowReview) -> None:
        self.review = review
        self.raw, self.schema, self.vocabulary = review.raw, review.schema, review.vocabulary
        self.words: dict[str, dict[str, int]] = {}
        """The level words that may be shown, as they are written, with their numbers of rows."""
        self.absent: dict[str, dict[str, int]] = {}
        """The values of filters that no row has, as FIELD=VALUE, each with the existing values that may be shown."""
        self.spellings: dict[str, dict[str, int]] = {}
        """How often each spelling of a label occurs, field by field, for labels with letters of two cases or with blanks."""
        self._known: dict[str, Labels] = {}

    def groups(self) -> dict[str, Labels]:
        """Return the labels of every grouping field and of the fields that the office's rules use."""
        rules = self.vocabulary.rules.get(self.schema.log, ())
        names = dict.fromkeys([*self.schema.by, *(name for rule in rules for name in rule.when)])
        return {name: self._of(name) for name in names if name in self.raw.values or name in self.schema.constants}

    def filtered(self) -> Mask:
        """Return the rows that a --where leaves out."""
        found = np.zeros(self.review.rows, bool)
        for one in self.review.plan.where:
            having = np.zeros(self.review.rows, bool)
            for text in one.lists:
                having |= self._having(one.field, text)
            whole = bool((self.review.recorded & having).any())
            for wanted in one.values:
                own = self._having(one.field, wanted)
                having |= own
                if not whole and not (self.review.recorded & own).any():
                    self._note_absent(one.field, wanted)
            found |= having if one.negated else ~having
        return found

    def _having(self, name: str, wanted: str) -> Mask:
        """Return the rows that have a value in a field; for the name of the group without a label, the rows without one."""
        levels = self.vocabulary.levels if name == "level" else {}
        text = levels.get(self.vocabulary.level(wanted), wanted)
        if wanted in both("unclassified"):  # the name, in each language, of the group of the records without a label
            return self._of(name).where(lambda label: label is None)
        return self._of(name).where(lambda label: same(label, wanted) or same(self._level(label) if levels else label, text))

    def _note_absent(self, name: str, wanted: str) -> None:
        """Store a filter value that no row has, with the existing values that may be shown."""
        levels = self.vocabulary.levels if name == "level" else {}
        there = self._counts(self._of(name))
        personal = self._named(name, there.keys()) if name != "leader" else set()
        there = Counter({label: number for label, number in there.items() if not identity(label) and label not in personal})
        known = {label: number for label, number in there.items() if self.vocabulary.level(label) in levels}
        common = {label: number for label, number in there.most_common() if number >= LEAST_ROWS and len(label) <= MOST_OF_WORD}
        self.absent[f"{name}={wanted}"] = {**known, **(common if len(there) <= MOST_WORDS else {})}

    def _level(self, label: str | None) -> str | None:
        """Return the level of a label that is printed under its own name, as a class of leaders is; the label if it has none."""
        return self.vocabulary.levels.get(self.vocabulary.level(label), label) if label else None

    def _counts(self, labels: Labels) -> Counter[str]:
        """Return the number of rows, skipped ones apart, that have each label."""
        counts = labels.counts(self.review.recorded)
        return Counter({label: number for label, number in counts.items() if label})

    def _of(self, name: str) -> Labels:
        """Return the labels of one field, computed at the first call; raise InputFault where its column makes no groups."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> Labels:
        if name not in self.raw.values:
            return Column([self.schema.constants[name][0]], np.zeros(self.review.rows, np.int32))
        if (words := self._words_of(name)) is not None:
            return self._spelled(name, word_groups(words, self.raw.values[name], self.review))
        texts = self.raw.values[name].map(normalize.group_label)
        if depth := self.review.plan.depths.get(name):
            cut = cut_paths(filter(None, texts.values), depth)
            texts = texts.map(lambda text: cut.get(text) if text else None)
        labels = self._levels(texts) if name == "level" else texts
        if name in {*self.schema.by, *self.review.plan.by_columns}:
            self._refuse_what_groups_nothing(name, labels)
            labels = self._without_persons(name, labels)
        return self._spelled(name, labels)

    def _words_of(self, name: str) -> str | None:
        """Return the word field that is read from the same column, whose rules its labels follow; None where there is none."""
        fields = self.schema.field_map.fields
        return next((one for one in (*WORD_FIELDS, "outcome") if fields.get(one) == fields[name]), None)

    def _refuse_what_groups_nothing(self, name: str, labels: Labels) -> None:
        """Raise InputFault for labels that are identity or telephone numbers, too many, or nearly all distinct."""
        kept = labels.counts(self.review.recorded)
        if name != "level" and identities(kept):
            raise InputFault("E327", self.review.at, field=self.review.plan.by_columns.get(name, name))
        if len(kept) > MOST_LABELS or (scattered(kept) and self.schema.field_map.evidence[name] != "map"):
            header = self.review.plan.by_columns.get(name)
            way = "" if header else both("way.groups", field=name)
            raise InputFault("E318", self.review.at, field=header or name, way=way)

    def _without_persons(self, name: str, labels: Labels) -> Labels:
        """Return the labels with None, and a finding, where one holds an identity or telephone number or names a person."""
        filled = set(filter(None, labels.values))
        held = {label for label in filled if identity(label)}
        if name not in {"level", "leader"}:
            held |= self._named(name, filled)
        self.review.note("W247", self.review.recorded & labels.where(lambda label: label in held), name)
        return labels.map(lambda label: None if label in held else label) if held else labels

    def _named(self, name: str, labels: Collection[str]) -> set[str]:
        """Return the labels that name a person; names in letters are not sought in regions, as places are written like them."""
        found = named_persons(labels, self.vocabulary, self.review.names_held)
        if name in self.review.plan.by_columns and self._under_values(name):
            found |= {label for label in labels if written_as_name(label, self.vocabulary)}
        if name == "unit":
            found |= among_offices(labels, self.vocabulary)
        return found if name == "region" else found | named_in_letters(labels, self.vocabulary)

    def _under_values(self, name: str) -> bool:
        """True if the header of a field's column is one of days or numbers, under which a name proves nothing of the others."""
        candidates = self.schema.header.candidates[self.schema.field_map.fields[name]]
        return any(FIELDS[field] in {Kind.DATE, Kind.AMOUNT} for field, _ in candidates)

    def _spelled(self, name: str, labels: Labels) -> Labels:
        """Return the labels in the commonest spelling of each; store the counts of spellings, to align the sheets of a run."""
        counts = self._counts(labels)
        self.spellings[name] = {
            label: number for label, number in counts.items() if label.upper() != label.lower() or " " in label
        }
        other = commonest({**dict.fromkeys(filter(None, labels.values), 0), **counts})
        return labels.map(lambda label: other.get(label, label) if label else None) if other else labels

    def _levels(self, texts: Labels) -> Labels:
        """Return the level of each cell; classes of leaders and unknown words keep their names, names of persons become None."""
        kept = self.review.kept
        counts = Counter({text: rows for text, rows in texts.counts(kept).items() if text and not identity(text)})
        named, unknown = level_names(counts, self.vocabulary, ruled=bool(self.vocabulary.rules.get(self.schema.log)))
        words = {text: normalize.word(text) for text in unknown}
        names = self.review.names_held(set(words.values())) if words else frozenset()
        held = {text for text, word in words.items() if word in names} | named_persons(
            unknown, self.vocabulary, self.review.names_held
        )
        unknown -= held
        counts = Counter({text: number for text, number in counts.items() if text not in held})
        self.words["level"] = dict(counts)
        self.review.note("W247", kept & texts.where(lambda text: text in held), "level")
        strange = Counter({text: number for text, number in counts.items() if text in unknown})
        rows = kept & texts.where(lambda text: text in unknown)
        self.review.note("W202", rows, "level", words=dict(strange.most_common(MOST_SHOWN)))
        return texts.map(lambda text: named.get(text, text) if text and text not in held else None)
