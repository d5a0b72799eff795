"""Shapes of columns of names, some of which are proven: common given names, and surnames before rare ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from xfstats.config import normalize
from xfstats.config.vocabulary import Vocabulary

_BEFORE = re.compile(r"(?:[A-Z]\. ?){1,3}[A-Z][a-z'’-]\w*")
_BEHIND = re.compile(r"([A-Z][a-z'’-]\w*),? (?:[A-Z]\.? ?){1,3}")
"""Initials with a full stop before, and any behind a surname."""
_BARE_INITIAL = re.compile(
    r"(?P<initial>[^\W\d_]) (?P<surname>[^\W\d_][\w'’-]+)|(?P<last>[^\W\d_][\w'’-]+),? (?P<behind>[^\W\d_])"
)
_COMPASS = frozenset("NESW")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_PARTS = re.compile(r"\s+[-–—/:|]+\s*|\s*[-–—/:|]+\s+|\s*[(),;\[\]]\s*")
"""Separators between an office and a name."""
_LONGEST = 3
"""Most words of a name in letters, and most characters of a Chinese name with a surname of one character."""


def mostly_names(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """True if nearly all of some distinct texts have the shape of a name and enough of them, two at least, are names.

    In letters four in five are one to three words, initials, or a given name, and a third are known names; in Chinese nine in ten
    have two or three characters, most of them three, and three in five, all that have two, begin with a common surname. So do
    texts of which nearly all have an initial, or end with a given name.
    """
    if any(normalize.chinese(text) for text in texts):
        return _mostly_chinese(texts, vocabulary)
    surnames = [found[1] for text in texts if (found := _BEHIND.fullmatch(text)) and _words(text, vocabulary)]
    apart = len(set(surnames)) == len(surnames)  # Block A and Block B are no names
    initials = with_initials(texts, vocabulary, 2)
    proven = [
        text for text in texts if _known(text, vocabulary) or text in initials or (apart and _BEHIND.fullmatch(text) is not None)
    ]
    if texts and 5 * len(_surname_first(texts, vocabulary)) >= 4 * len(texts):
        return True
    alike = [text for text in texts if text in proven or _capitalised(text, vocabulary)]
    return len(proven) >= 2 and 3 * len(proven) >= len(texts) and 5 * len(alike) >= 4 * len(texts)


def named_in_letters(labels: Collection[str], vocabulary: Vocabulary) -> set[str]:
    """Return the labels that name a person in letters: alone, or beside an office (Parks - John Testwright).

    Two labels or more hold a common given name with a word or two behind it; where these are a third of those that hold two or
    three capitalised words of no office, so do the others.
    """
    parts = {label: [part for part in _PARTS.split(label) if part] for label in labels if not normalize.chinese(label)}
    alike = {label for label, all_of in parts.items() if any(_capitalised(part, vocabulary) for part in all_of)}
    proven = {
        label for label in alike if any(_capitalised(part, vocabulary) and _known(part, vocabulary) for part in parts[label])
    }
    short = {part for label in alike for part in parts[label]}
    initials = with_initials(sorted(short), vocabulary, 3)
    found = {label for label in alike if initials.intersection(parts[label])}
    if len(proven) < 2:
        return found
    return alike if 3 * len(proven) >= len(alike) else proven | found


def with_initials(texts: Collection[str], vocabulary: Vocabulary, least: int) -> set[str]:
    """Return the texts that are a surname and an initial without a full stop (P Fakeham, fakeham p), `least` of them or more.

    Each has another surname, and the initials are not all one letter, points of the compass or the first letters of the alphabet,
    as of wards, desks and blocks. In small letters there are three or more.
    """
    found = {
        text: (parts["initial"] or parts["behind"], parts["surname"] or parts["last"])
        for text, parts in _initialled(texts).items()
        if _words(text, vocabulary)
    }
    initials = {initial.upper() for initial, _ in found.values()}
    surnames = {surname.lower() for _, surname in found.values()}
    listed = initials <= _COMPASS or initials == {chr(ord("A") + place) for place in range(len(initials))}
    small = any(text.islower() for text in found)
    enough = len(found) >= (max(3, least) if small else least) and len(initials) >= least
    return set(found) if enough and len(surnames) == len(found) and not listed else set()


def _initialled(texts: Collection[str]) -> dict[str, re.Match[str]]:
    """Return the texts that are one letter and a word, or a word and one letter."""
    return {text: found for text in texts if (found := _BARE_INITIAL.fullmatch(text))}


def _surname_first(texts: Collection[str], vocabulary: Vocabulary) -> list[str]:
    """Return the texts of two words that end with a common given name, three or more with another first word each."""
    pairs = {text: words for text in texts if len(words := _words(text.lower(), vocabulary)) == 2}
    found = {text: words for text, words in pairs.items() if words[1] in vocabulary.given_names}
    firsts = {words[0] for words in found.values()} - vocabulary.given_names
    return list(found) if len(found) > 2 and len(firsts) == len(found) else []


def given_alone(texts: Collection[str], vocabulary: Vocabulary) -> bool:
    """True if distinct texts are single capitalised words of no office, of which two and a third are common given names."""
    known = [text for text in texts if text.lower() in vocabulary.given_names]
    single = all(_WORD.fullmatch(text) and text[0].isupper() and _words(text, vocabulary) for text in texts)
    return single and len(known) >= 2 and 3 * len(known) >= len(texts)


def _known(text: str, vocabulary: Vocabulary) -> bool:
    """True if a text is a common given name, alone or with one or two words behind it, or a surname behind initials."""
    words = _words(text, vocabulary)
    return bool(words and words[0].lower().split("-")[0] in vocabulary.given_names) or _BEFORE.fullmatch(text) is not None


def _capitalised(text: str, vocabulary: Vocabulary) -> bool:
    words = _words(text, vocabulary)
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _words(text: str, vocabulary: Vocabulary) -> list[str]:
    """Return the words of a text that may be a name: one to three, none of an office, nothing else but blanks and full stops."""
    words = _WORD.findall(text)
    bare = re.sub(r"[\s.]", "", text) == "".join(words)
    few = 0 < len(words) <= _LONGEST and bare
    return words if few and not {word.lower() for word in words} & vocabulary.offices else []


def _mostly_chinese(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    shaped = [text for text in texts if _HAN.fullmatch(text) and _named(text, vocabulary)]
    surnamed = [text for text in shaped if text[:1] in vocabulary.surnames or text[:2] in vocabulary.surnames]
    long = [text for text in shaped if len(text) >= _LONGEST]
    enough = len(surnamed) >= 2 and 5 * len(surnamed) >= 3 * len(texts)
    return enough and 10 * len(shaped) >= 9 * len(texts) and 2 * len(long) > len(texts)


def _named(text: str, vocabulary: Vocabulary) -> bool:
    """True if a text has the length of a name, three characters with a rare surname, and does not end as an office or a place."""
    surname = 2 if text[:2] in vocabulary.surnames and len(text) > _LONGEST else 1
    if text[:surname] not in vocabulary.surnames and len(text) < _LONGEST:
        return False
    return 1 <= len(text) - surname <= 2 and not text.endswith(vocabulary.office_ends)
