"""Which words of a log may be shown to people (design §8), and which two are the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xfstats.config import normalize

UNRECOGNISED = "未认出"
"""The group of level words that are unknown and could name a person: no word of an office in them, in fewer than three rows."""
LEVEL_LIKE = re.compile(
    r"[^\d]{0,9}[级省市州盟旗县区乡镇街村居社组部委局站所办处科室院校企厂矿园片域层类司会][^\d]{0,2}|[A-Za-z][A-Za-z -]{1,19}"
)


def shown_words(counts: Mapping[str, int] | Mapping[str | None, int], known: frozenset[str] = frozenset()) -> dict[str, int]:
    """Words that may be shown: known ones, or of at most 8 characters in three rows (design §8)."""
    return {
        word: count
        for word, count in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
        if word and (normalize.word(word) in known or (len(word) <= 8 and count >= 3))
    }


def same(label: str | None, wanted: str) -> bool:
    """Whether a label is the one that was typed."""
    return normalize.word(label or "") == normalize.word(wanted)
