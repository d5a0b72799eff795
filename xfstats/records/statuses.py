"""Which status sets each record is in: by its own yes/no column, by the status and outcome words, or by the close date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.vocabulary import Vocabulary
from xfstats.model import BY_OUTCOME, SETS, Cell

FLAG_OF: Mapping[str, str] = {"closed_flag": "closed", "settled_flag": "settled", "resolved_flag": "resolved"}
OUT_FLAG = "excluded_flag"
"""The yes/no column of what is excluded, which adds to the words of a status."""
EMPTY = frozenset(["-", "--", "—", "/", "无"])
"""What stands in a cell for nothing."""


@dataclass(frozen=True)
class Outcomes:
    """A flag a row for every set; which sets the log can tell; the words that made them; cells not understood."""

    flags: dict[str, list[bool]]
    supports: frozenset[str]
    words: dict[str, dict[str, int]]
    made: dict[str, tuple[str, ...]]
    unknown: dict[str, list[str | None]]
    by_words: bool
    """Whether a word column tells what is closed."""
    against: tuple[int, ...] = ()
    """Records whose yes/no column says of being closed what their known status word does not."""
    by_date: bool = False
    """Whether a close date tells what is closed, alone or beside the words."""
    undated: frozenset[int] = frozenset()
    """Records that their words close and, where dates alone decide, their date does not."""
    spread: tuple[int, ...] = ()
    """Records that are closed by a tick in a column beside that of 办结: one outcome, spread over columns."""
    by_timeliness: bool = False
    """Whether the log's own column of timeliness tells what is closed, alone or beside the dates."""


def outcomes(
    columns: Mapping[str, Sequence[Cell]],
    closed_on: Sequence[date | None] | None,
    ended: Sequence[bool],
    as_of: date,
    vocabulary: Vocabulary,
    rows: Sequence[int],
    size: int,
    closed_by: str = "status",
) -> Outcomes:
    """The sets of each of `size` rows (design §3, status sets): a set's own yes/no column decides; no set implies another.

    Where there are words and close dates, `closed_by` says which of them close: `status`, `date` or `either`.

    Words are counted, and make a set known to the log, only where they stand in `rows`, the records.  An outcome column without
    a known word (upheld, 准予离婚) says nothing of the status: beside a close date it is passed over.
    """
    if closed_on is not None and "status" not in columns and "outcome" in columns:
        said = {word for word in _keys(columns["outcome"], vocabulary).values() if word is not None}
        if all(vocabulary.sets(word) is None for word in said):
            columns = {name: cells for name, cells in columns.items() if name != "outcome"}
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
        keys = _keys(columns[name], vocabulary)
        table, unknown[name], words[name] = _by_words(columns[name], keys, vocabulary, rows)
        for one in sets:
            hits = {cell: key is not None and one in table[key] for cell, key in keys.items()}
            if any(hits.values()):
                found = list(map(hits.__getitem__, columns[name]))
                flags[one] = found if name == "status" else [old or new for old, new in zip(flags[one], found, strict=True)]
            made[one].update(word for word in words[name] if one in table[word])
    for name, one in (*FLAG_OF.items(), (OUT_FLAG, "excluded")):
        if name in columns:
            found, unknown[name], words[name] = _by_flag(columns[name], one, vocabulary, rows)
            flags[one] = [old or new for old, new in zip(flags[one], found, strict=True)]
            supports.add(one)
    spread = _tick_column_rows({name: columns[name] for name in columns if name != OUT_FLAG}, flags, vocabulary, rows)
    for row in spread:
        flags["closed"][row] = True
    supports.update(one for one in SETS if made[one])
    by_words = bool({"status", "outcome", "closed_flag"} & columns.keys())
    by_date = closed_on is not None and (not by_words or (closed_by != "status" and "closed_flag" not in columns))
    undated: frozenset[int] = frozenset()
    if closed_on is not None and by_date:
        dated = [by_word or (day is not None and day <= as_of) for day, by_word in zip(closed_on, ended, strict=True)]
        worded = flags["closed"]
        flags["closed"] = _dated(dated, flags, closed_by) if by_words else dated
        undated = frozenset(row for row in rows if worded[row] and not flags["closed"][row])
        supports.add("closed")
        if by_words and closed_by == "date":
            made["closed"].clear()
    named = {one: tuple(sorted(found)) for one, found in made.items() if found}
    against = _status_conflicts(columns, flags["closed"], vocabulary, rows) if {"status", "closed_flag"} <= columns.keys() else ()
    return Outcomes(flags, frozenset(supports), words, named, unknown, by_words, against, by_date, undated, spread)


def closed_by_timeliness(results: Outcomes, in_time: Sequence[bool], closed_on: Sequence[date | None] | None) -> Outcomes:
    """Return the outcomes of a log without words of closing, with those closed that were so in time; a day of its own decides."""
    days = closed_on or [None] * len(in_time)
    rows = zip(results.flags["closed"], in_time, days, strict=True)
    flags = {**results.flags, "closed": [done or (own and day is None) for done, own, day in rows]}
    return replace(results, flags=flags, supports=results.supports | {"closed"}, by_timeliness=True)


def _dated(dated: Sequence[bool], flags: Mapping[str, Sequence[bool]], closed_by: str) -> list[bool]:
    """Return which records are closed by their dates, or by dates or words; what is excluded is as its words have it."""
    rows = zip(dated, flags["closed"], flags["excluded"], strict=True)
    return [word if out else day or (word and closed_by == "either") for day, word, out in rows]


def _tick_column_rows(
    columns: Mapping[str, Sequence[Cell]], flags: Mapping[str, Sequence[bool]], vocabulary: Vocabulary, rows: Sequence[int]
) -> tuple[int, ...]:
    """The records settled or resolved where ticks in these columns and in that of 办结 exclude each other in every row.

    Were the columns facts of their own, what is settled would be ticked as closed too.  Only ticks and blanks are looked at.
    """
    names = [name for name in FLAG_OF if name in columns]
    cells = {cell for name in names for row in rows if not blank(cell := columns[name][row])}
    if (
        len(names) != len(columns)
        or "closed_flag" not in names
        or any(vocabulary.flag(str(cell), "") is not True for cell in cells)
    ):
        return ()
    ticked = {name: [row for row in rows if flags[FLAG_OF[name]][row]] for name in names}
    found = [row for hits in ticked.values() for row in hits]
    if len(names) < 2 or not all(ticked.values()) or len(found) != len(set(found)):
        return ()
    return tuple(sorted(row for name, hits in ticked.items() if name != "closed_flag" for row in hits))


def _status_conflicts(
    columns: Mapping[str, Sequence[Cell]], closed: Sequence[bool], vocabulary: Vocabulary, rows: Sequence[int]
) -> tuple[int, ...]:
    keys = _keys(columns["status"], vocabulary)
    sets = {cell: vocabulary.sets(key) if key is not None else None for cell, key in keys.items()}
    told = ((row, sets[columns["status"][row]]) for row in rows)
    return tuple(row for row, one in told if one is not None and "excluded" not in one and ("closed" in one) != closed[row])


def ended_by_word(cells: Sequence[Cell], vocabulary: Vocabulary) -> list[bool]:
    """Whether a column of close dates says 当场办结 instead of a day."""
    said = {cell: isinstance(cell, str) and "closed" in (vocabulary.sets(vocabulary.state(cell)) or ()) for cell in set(cells)}
    return list(map(said.__getitem__, cells))


def ones_beside(
    batches: Sequence[int] | None, columns: Mapping[str, Sequence[Cell]], rows: Sequence[int]
) -> dict[str, list[int]]:
    """The rows of several batches in which a yes/no column says 1: yes, or one of them."""
    several = [row for row in rows if batches is not None and batches[row] > 1]
    return {name: [row for row in several if _one(cells[row])] for name, cells in columns.items() if name in FLAG_OF}


def _one(cell: Cell) -> bool:
    return not isinstance(cell, bool) and _answer_word(cell, str(cell).strip()) == "1"


def _keys(cells: Sequence[Cell], vocabulary: Vocabulary) -> dict[Cell, str | None]:
    """The word of every distinct cell, None where it is blank."""
    return {cell: None if blank(cell) else vocabulary.state(normalize.text_of(cell)) for cell in set(cells)}


def _by_words(
    cells: Sequence[Cell], keys: Mapping[Cell, str | None], vocabulary: Vocabulary, rows: Sequence[int]
) -> tuple[dict[str, frozenset[str]], list[str | None], dict[str, int]]:
    """The sets of each word that occurs, the words that are in no table (row by row), and the known ones counted."""
    table = {word: vocabulary.sets(word) or frozenset() for word in keys.values() if word is not None}
    strange = {word for word in table if vocabulary.sets(word) is None and word not in EMPTY}
    strange_cells = {cell: word if word in strange else None for cell, word in keys.items()}
    counts = _counted(cells, keys, rows)
    known = {word: counts[word] for word in table if word not in strange and counts[word]}
    return table, list(map(strange_cells.__getitem__, cells)) if strange else [None] * len(cells), known


def _by_flag(
    cells: Sequence[Cell], of: str, vocabulary: Vocabulary, rows: Sequence[int]
) -> tuple[list[bool], list[str | None], dict[str, int]]:
    """Yes or no of each row; a blank is no, an unknown word is no with a finding."""
    keys = {cell: _answer_word(cell, word) for cell, word in _keys(cells, vocabulary).items()}
    answers = {key: vocabulary.flag(key, of) for key in keys.values() if key is not None}
    yes = {cell: key is not None and answers[key] is True for cell, key in keys.items()}
    strange = {cell: key if key is not None and answers[key] is None else None for cell, key in keys.items()}
    counts = _counted(cells, keys, rows)
    known = {key: counts[key] for key, answer in answers.items() if answer is not None and counts[key]}
    return list(map(yes.__getitem__, cells)), list(map(strange.__getitem__, cells)), known


def _answer_word(cell: Cell, word: str | None) -> str | None:
    """1 for True and 1.0, which spreadsheets store for a ticked cell."""
    return str(int(cell)) if isinstance(cell, bool | float) and float(cell).is_integer() else word


def _counted(cells: Sequence[Cell], keys: Mapping[Cell, str | None], rows: Sequence[int]) -> Counter[str | None]:
    """How often each word stands in these rows."""
    counts: Counter[str | None] = Counter()
    for cell, number in Counter(map(cells.__getitem__, rows)).items():
        counts[keys[cell]] += number
    return counts
