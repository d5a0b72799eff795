"""Which status sets each record is in: by its own yes/no column, by the status and outcome words, or by the close date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xfstats.model import SETS, Cell
from xfstats.understand import spelling
from xfstats.understand.shapes import blank
from xfstats.understand.vocabulary import Vocabulary

FLAG_OF: Mapping[str, str] = {"closed_flag": "closed", "settled_flag": "settled", "resolved_flag": "resolved"}
BY_OUTCOME = ("settled", "resolved")
"""What an outcome column adds beside a status column; closed and excluded are the status column's."""


@dataclass(frozen=True)
class Outcomes:
    """A flag a row for every set; which sets the log can tell; the words that made them; cells not understood."""

    flags: dict[str, list[bool]]
    supports: frozenset[str]
    words: dict[str, dict[str, int]]
    made: dict[str, tuple[str, ...]]
    unknown: dict[str, list[str | None]]
    by_words: bool


def outcomes(
    columns: Mapping[str, Sequence[Cell]],
    closed_on: Sequence[date | None] | None,
    as_of: date,
    vocabulary: Vocabulary,
    rows: Sequence[int],
    size: int,
) -> Outcomes:
    """The sets of each of `size` rows (design §3, status sets): a set's own yes/no column decides; no set implies another.

    Words are counted, and make a set known to the log, only where they stand in `rows`, the records.
    """
    flags = {name: [False] * size for name in SETS}
    made: dict[str, set[str]] = {name: set() for name in SETS}
    unknown: dict[str, list[str | None]] = {}
    words: dict[str, dict[str, int]] = {}
    supports: set[str] = set()
    decided = {FLAG_OF[name] for name in columns if name in FLAG_OF}
    for name in ("status", "outcome"):
        if name not in columns:
            continue
        sets = [one for one in SETS if one not in decided and (name == "status" or "status" not in columns or one in BY_OUTCOME)]
        table, unknown[name], words[name] = _by_words(columns[name], vocabulary, rows)
        for one in sets:
            hits = [word is not None and one in table[word] for word in map(_key, columns[name])]
            flags[one] = [old or new for old, new in zip(flags[one], hits, strict=True)]
            made[one].update(word for word in words[name] if one in table[word])
    for name, one in FLAG_OF.items():
        if name in columns:
            flags[one], unknown[name], words[name] = _by_flag(columns[name], one, vocabulary, rows)
            supports.add(one)
    supports.update(one for one in SETS if made[one])
    by_words = bool(columns)
    if closed_on is not None and not ({"status", "outcome", "closed_flag"} & set(columns)):
        flags["closed"] = [day is not None and day <= as_of for day in closed_on]
        supports.add("closed")
        by_words = False
    named = {one: tuple(sorted(found)) for one, found in made.items() if found}
    return Outcomes(flags, frozenset(supports), words, named, unknown, by_words)


def _key(cell: Cell) -> str | None:
    """A cell's word, None where it is blank."""
    if cell.__class__ is str:
        return spelling.word(cell) or None
    return None if blank(cell) else spelling.word(str(cell))


def _by_words(
    cells: Sequence[Cell], vocabulary: Vocabulary, rows: Sequence[int]
) -> tuple[dict[str, frozenset[str]], list[str | None], dict[str, int]]:
    """The sets of each word that occurs, the words that are in no table (row by row), and the known ones counted."""
    keys = list(map(_key, cells))
    counts = Counter(keys[row] for row in rows)
    table: dict[str, frozenset[str]] = {}
    strange: set[str] = set()
    for word in set(keys):
        if word is None:
            continue
        found = vocabulary.status.get(word)
        table[word] = frozenset() if found is None else found
        if found is None and word not in {"-", "--", "—", "/", "无"}:
            strange.add(word)
    unknown = [key if key in strange else None for key in keys]
    return table, unknown, {word: counts[word] for word in table if word not in strange and counts[word]}


def _by_flag(
    cells: Sequence[Cell], of: str, vocabulary: Vocabulary, rows: Sequence[int]
) -> tuple[list[bool], list[str | None], dict[str, int]]:
    """Yes or no of each row; a blank is no, an unknown word is no with a finding."""
    keys = [str(int(cell)) if isinstance(cell, bool | float) and cell == int(cell) else _key(cell) for cell in cells]
    answers = {key: vocabulary.flag(key, of) for key in set(keys) if key is not None}
    counts = Counter(keys[row] for row in rows)
    flags = [key is not None and answers[key] is True for key in keys]
    unknown = [key if key is not None and answers[key] is None else None for key in keys]
    return flags, unknown, {key: counts[key] for key, answer in answers.items() if answer is not None and counts[key]}
