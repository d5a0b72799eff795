"""Which words of a log may be shown to people (design §8)."""

from __future__ import annotations

from collections.abc import Mapping

from xfstats.understand import spelling


def shown_words(counts: Mapping[str, int] | Mapping[str | None, int], known: frozenset[str] = frozenset()) -> dict[str, int]:
    """Words that may be shown: known ones, or of at most 8 characters in three rows (design §8)."""
    return {
        word: count
        for word, count in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
        if word and (spelling.word(word) in known or (len(word) <= 8 and count >= 3))
    }
