"""Headers of days of an end (师傅办结的时间, planned close date): whether a matter ended then, was to end by then, or neither."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from xfstats.config.word_patterns import any_of
from xfstats.frozen import frozen

LONGEST = 60
"""Characters of a header that is read."""


class Closing(StrEnum):
    """What a header with a word of closing says of its day."""

    ENDED = "ended"
    DUE = "due"
    UNRELATED = "not"
    UNKNOWN = "untold"
    """What stands before the word is not known: the values have to show it."""


@frozen
class ClosingHeaders:
    """The words around a word of closing; a word of ASCII letters counts as a whole part, a single character at the start."""

    word: re.Pattern[str]
    form: re.Pattern[str]
    limits: re.Pattern[str]
    plans: re.Pattern[str]
    neutral: re.Pattern[str]
    actors: re.Pattern[str]
    leading_modifier: re.Pattern[str]
    tails: re.Pattern[str]

    def read(self, header: str) -> Closing | None:
        """Return what a header, spelled as `normalize.header` does and turned, says; None where it has no word of closing."""
        if len(header) > LONGEST or not self.word.search(header):
            return None
        found = self.form.fullmatch(header)
        if found is None or self.plans.search(found[1]):
            return Closing.UNRELATED
        before = found[1]
        if self.limits.search(before):
            return Closing.DUE
        if self.neutral.fullmatch(before):
            return Closing.ENDED
        return Closing.ENDED if self.actors.search(before) and not self.leading_modifier.match(before) else Closing.UNKNOWN

    def is_planned_or_due(self, note: str) -> bool:
        """True if what stands in brackets behind a header, or above it, says that its day is planned or due: 办结时间（预计）."""
        bare = self.tails.sub("", note[:LONGEST])
        return bool(self.limits.fullmatch(bare) or self.plans.fullmatch(bare))


def closing_headers(parts: Mapping[str, Any], persons: Mapping[str, Sequence[str]]) -> ClosingHeaders:
    """Return the closing headers of a vocabulary's `parts`; `persons` holds the words of offices."""
    day, own = parts["date"], parts["date"]["closing"]
    ended = [word for rank in day["of"]["closed_on"] for word in rank]
    things = [word for rank in day["of"]["received_on"][:3] for word in rank if not word.isascii()]
    neutral = any_of([*parts["neutral"], *own["neutral"], *things, *persons["offices"]])
    closing = any_of(ended)
    tail = any_of([*day["ends"], *own["tails"], *parts["neutral"], *own["neutral"], *ended])
    return ClosingHeaders(
        re.compile(closing),
        re.compile(rf"(.*?)(?:{closing})(?:{tail}|\d)*"),
        _modifiers(own["limits"], neutral),
        _modifiers(own["plans"], neutral),
        re.compile(f"(?:{neutral})*"),
        re.compile(f".(?:{any_of(persons['office_ends'])})$"),
        re.compile(any_of(word for word in (*own["limits"], *own["plans"]) if len(word) == 1)),
        re.compile(f"(?:{tail})*$"),
    )


def _modifiers(words: Sequence[str], neutral: str) -> re.Pattern[str]:
    """Return a pattern of the words: Chinese ones wherever they stand, single characters and ASCII words as whole parts."""
    anywhere = [word for word in words if not word.isascii() and len(word) > 1]
    alone = any_of(word for word in words if word not in anywhere)
    return re.compile(f"{any_of(anywhere)}|^(?:{neutral})*(?:{alone})(?:{neutral}|{alone})*$")
