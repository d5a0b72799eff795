"""Names of the levels in a level column, and of the classes of leaders that keep their own names."""

from __future__ import annotations

from collections.abc import Iterable

from xfstats.config import leaders
from xfstats.config.vocabulary import Vocabulary


def level_names(texts: Iterable[str], vocabulary: Vocabulary, *, ruled: bool) -> tuple[dict[str, str], frozenset[str]]:
    """Return the name of each distinct text of a level column, its level's or its own, and the texts that are not known.

    A class such as 县市区党政一把手 is known in a column without plain levels.  A word that is a class and a level (市级领导)
    keeps its name beside other classes, or where the column holds no other word; otherwise it is the level, and always
    where the office placed it or its rules make the groups.
    """
    levels = {text: vocabulary.levels.get(vocabulary.level(text)) for text in texts}
    places = {text: None if vocabulary.level(text) in vocabulary.placed else leaders.place(text) for text in levels}
    plain = any(level is not None and places[text] is None for text, level in levels.items())
    classes = any(places[text] is not None and level is None for text, level in levels.items())
    of = {place[0] for text, place in places.items() if place is not None and levels[text] is not None}
    speaking = not ruled and (classes or (not plain and of == {"city"}))
    names = {
        text: level if level is not None and (places[text] is None or not speaking) else leaders.name(text)
        for text, level in levels.items()
    }
    unknown = (text for text, level in levels.items() if level is None and (places[text] is None or plain or ruled))
    return names, frozenset(unknown)
