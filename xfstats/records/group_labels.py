"""Which group each row of a sheet belongs to, and which rows a filter leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xfstats.config import normalize
from xfstats.config.normalize import commonest
from xfstats.errors import InputFault
from xfstats.readers.columns import by_distinct
from xfstats.records.level_names import level_names
from xfstats.records.rejects import MOST_SHOWN, RowReview
from xfstats.schema.person_names import named_persons
from xfstats.schema.personal import LEAST_ROWS, MOST_OF_WORD, MOST_WORDS, identities, identity, same, scattered

MOST_LABELS = 1000
"""Groups of one field; more is not a grouping (trust note, limits)."""


class GroupLabels:
    """The labels of one sheet's fields, each found once; what is asked about them is noted among the fates."""

    def __init__(self, fates: RowReview) -> None:
        self.fates = fates
        self.raw, self.schema, self.vocabulary = fates.raw, fates.schema, fates.vocabulary
        self.words: dict[str, dict[str, int]] = {}
        """The level words that may be shown, as they are written, with their rows."""
        self.absent: dict[str, dict[str, int]] = {}
        """The fields of filters that no row fits, with the values that there are and may be shown."""
        self.spellings: dict[str, dict[str, int]] = {}
        """How often each spelling of a label stands, field by field, of labels that can be spelled in several ways."""
        self._known: dict[str, list[str | None]] = {}

    def groups(self) -> dict[str, list[str | None]]:
        """Labels of every grouping field, and of those that rules look at."""
        rules = self.vocabulary.rules.get(self.schema.log, ())
        names = dict.fromkeys([*self.schema.by, *(name for rule in rules for name in rule.when)])
        return {name: self._of(name) for name in names if name in self.raw.values or name in self.schema.constants}

    def filtered(self) -> frozenset[int]:
        """The rows that a --where leaves out."""
        return frozenset(row for name, wanted in self.fates.plan.where for row in self._others(name, wanted))

    def _others(self, name: str, wanted: str) -> set[int]:
        """The rows that have another value than is wanted; where all have, the values that may be shown are noted."""
        levels = self.vocabulary.levels if name == "level" else {}
        text = levels.get(self.vocabulary.level(wanted), wanted)
        labels = self._of(name)
        fitting = {label for label in set(labels) if same(label, wanted) or same(self._level(label) if levels else label, text)}
        others = {row for row, label in enumerate(labels) if label not in fitting}
        kept = [row for row in range(self.fates.rows) if row not in self.fates.skips]
        if others.issuperset(kept):
            there = Counter(label for row in kept if (label := labels[row]))
            personal = named_persons(there.keys(), self.vocabulary, self.fates.held) if name != "leader" else set()
            there = Counter({label: number for label, number in there.items() if not identity(label) and label not in personal})
            known = {label: number for label, number in there.items() if self.vocabulary.level(label) in levels}
            common = {
                label: number for label, number in there.most_common() if number >= LEAST_ROWS and len(label) <= MOST_OF_WORD
            }
            self.absent[name] = {**known, **(common if len(there) <= MOST_WORDS else {})}
        return others

    def _level(self, label: str | None) -> str | None:
        """The level that a class of leaders is known as, where it is printed under its own name."""
        return self.vocabulary.levels.get(self.vocabulary.level(label), label) if label else None

    def _of(self, name: str) -> list[str | None]:
        """The labels of one field; levels by the office's words, an unknown level a group of its own with a finding."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> list[str | None]:
        if name not in self.raw.values:
            return [self.schema.constants[name][0]] * self.fates.rows
        texts = by_distinct(self.raw.values[name], normalize.group_label)
        labels = self._levels(texts) if name == "level" else texts
        if name in self.schema.by:
            self._refuse_what_groups_nothing(name, labels)
            labels = self._without_persons(name, labels)
        return self._spelled(name, labels)

    def _refuse_what_groups_nothing(self, name: str, labels: Sequence[str | None]) -> None:
        """Identities are no groups, nor are labels that are nearly all distinct."""
        kept = [label for row, label in enumerate(labels) if row not in self.fates.skips]
        if name != "level" and identities(kept):
            raise InputFault("E327", self.fates.at, field=name)
        if len(set(kept)) > MOST_LABELS or (scattered(kept) and self.schema.field_map.evidence[name] != "map"):
            raise InputFault("E318", self.fates.at, field=name)

    def _without_persons(self, name: str, labels: list[str | None]) -> list[str | None]:
        """The labels without those that hold an identity or telephone number, or are names that a column of names holds."""
        filled = set(filter(None, labels))
        held = {label for label in filled if identity(label)}
        if name not in {"level", "leader"}:
            held |= named_persons(filled, self.vocabulary, self.fates.held)
        self.fates.find("W247", [row for row, label in enumerate(labels) if label in held and row not in self.fates.skips], name)
        return [None if label in held else label for label in labels] if held else labels

    def _spelled(self, name: str, labels: list[str | None]) -> list[str | None]:
        """The labels in the commonest spelling of each; how often each spelling stands is noted, for the sheets of a run."""
        counts = Counter(label for row, label in enumerate(labels) if label and row not in self.fates.skips)
        self.spellings[name] = {
            label: number for label, number in counts.items() if label.upper() != label.lower() or " " in label
        }
        other = commonest({**dict.fromkeys(filter(None, labels), 0), **counts})
        return [other.get(label, label) if label else None for label in labels] if other else labels

    def _levels(self, texts: Sequence[str | None]) -> list[str | None]:
        """The level of each cell: by the office's words, a class of leaders or an unknown word under its own name."""
        skips = self.fates.skips.keys() | self.fates.rejected.keys()
        counts = Counter(text for row, text in enumerate(texts) if text and row not in skips and not identity(text))
        named, unknown = level_names(counts, self.vocabulary, ruled=bool(self.vocabulary.rules.get(self.schema.log)))
        words = {text: normalize.word(text) for text in unknown}
        names = self.fates.held(set(words.values())) if words else frozenset()
        held = {text for text, word in words.items() if word in names} | named_persons(unknown, self.vocabulary, self.fates.held)
        unknown -= held
        counts = Counter({text: number for text, number in counts.items() if text not in held})
        self.words["level"] = dict(counts)
        self.fates.find("W247", [row for row, text in enumerate(texts) if text in held and row not in skips], "level")
        rows = [row for row, text in enumerate(texts) if text in unknown and row not in skips]
        self.fates.find("W202", rows, "level", words=dict(Counter(texts[row] for row in rows).most_common(MOST_SHOWN)))
        return [named.get(text, text) if text and text not in held else None for text in texts]
