"""Status sets of each record: by a yes/no column of the set, by the status and outcome words, or by the close date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import words
from xfstats.frozen import frozen
from xfstats.measures.deadlines import DayArray, as_days
from xfstats.model import BY_OUTCOME, SETS, Cell
from xfstats.readers.column import Column, Mask

FLAG_OF: Mapping[str, str] = {"closed_flag": "closed", "settled_flag": "settled", "resolved_flag": "resolved"}
OUT_FLAG = "excluded_flag"
"""The yes/no column of what is excluded, which adds to the words of a status."""
EMPTY = frozenset(words("cell", "nothing"))
"""Texts of a cell that mean no value."""
CROSSES = frozenset(words("cell", "cross"))
"""Marks that say no beside other answers; alone among blanks they may be ticks."""


@frozen
class Outcomes:
    """The status sets of each row as flags, the sets that the log can tell, the words that make them, and the unknown words."""

    flags: dict[str, Mask]
    supports: frozenset[str]
    words: dict[str, dict[str, int]]
    made: dict[str, tuple[str, ...]]
    unknown: dict[str, Column[str | None]]
    by_words: bool
    """True if a word column tells what is closed."""
    against: Mask
    """Records whose yes/no column of closed contradicts their known status word."""
    by_date: bool
    """True if a close date tells what is closed, alone or beside the words."""
    undated: Mask
    """Records that their words close and, where dates alone decide, their date does not."""
    spread: Mask
    """Records counted as closed by a tick in another column than 办结: one outcome, recorded in several tick columns."""
    by_timeliness: bool = False
    """True if the log's own column of timeliness tells what is closed, alone or beside the dates."""


def outcomes(
    columns: Mapping[str, Column[Cell]],
    closed_on: DayArray | None,
    ended: Mask,
    as_of: date,
    vocabulary: Vocabulary,
    rows: Mask,
    closed_by: str = "status",
) -> Outcomes:
    """Return the status sets of each row: a set's own yes/no column decides; no set implies another.

    Where there are words and close dates, `closed_by` says which of them close: `status`, `date` or `either`.

    Words are counted, and make a set known to the log, only where they stand in `rows`, the records.  An outcome column without
    a known word (upheld, 准予离婚) tells no status: beside a close date it is not used.
    """
    if closed_on is not None and "status" not in columns and "outcome" in columns:
        said = {word for word in _states(columns["outcome"], vocabulary).values if word is not None}
        if all(vocabulary.sets(word) is None for word in said):
            columns = {name: cells for name, cells in columns.items() if name != "outcome"}
    flags = {name: np.zeros(len(rows), bool) for name in SETS}
    made: dict[str, set[str]] = {name: set() for name in SETS}
    unknown: dict[str, Column[str | None]] = {}
    words: dict[str, dict[str, int]] = {}
    decided = {FLAG_OF[name] for name in columns if name in FLAG_OF}
    for name in ("status", "outcome"):
        if name not in columns:
            continue
        states = _states(columns[name], vocabulary)
        counts = states.counts(rows)
        words[name] = {word: count for word, count in counts.items() if word is not None and _known(word, vocabulary)}
        unknown[name] = states.map(lambda word: None if word is None or _known(word, vocabulary) else word)
        for one in SETS:
            if one not in decided and (name == "status" or "status" not in columns or one in BY_OUTCOME):
                flags[one] |= _in_set(states, one, vocabulary)
                made[one].update(word for word in words[name] if one in (vocabulary.sets(word) or ()))
    for name, one in (*FLAG_OF.items(), (OUT_FLAG, "excluded")):
        if name in columns:
            found, unknown[name], words[name] = _by_flag(columns[name], one, vocabulary, rows)
            flags[one] = flags[one] | found
            decided.add(one)
    spread = _tick_column_rows({name: columns[name] for name in columns if name != OUT_FLAG}, flags, vocabulary, rows)
    flags["closed"] = flags["closed"] | spread
    by_words = bool({"status", "outcome", "closed_flag"} & columns.keys())
    by_date = closed_on is not None and (not by_words or (closed_by != "status" and "closed_flag" not in columns))
    undated = np.zeros(len(rows), bool)
    if closed_on is not None and by_date:
        dated = ended | (closed_on <= as_days([as_of])[0])
        worded = flags["closed"]
        flags["closed"] = _dated(dated, flags, closed_by) if by_words else dated
        undated = rows & worded & ~flags["closed"]
        if by_words and closed_by == "date":
            made["closed"].clear()
    supports = {*decided, *(one for one in SETS if made[one]), *(["closed"] if by_date else [])}
    named = {one: tuple(sorted(found)) for one, found in made.items() if found}
    against = _status_conflicts(columns, flags["closed"], vocabulary, rows)
    return Outcomes(flags, frozenset(supports), words, named, unknown, by_words, against, by_date, undated, spread)


def closed_by_timeliness(results: Outcomes, in_time: Mask, closed_on: DayArray | None) -> Outcomes:
    """Return the outcomes with the rows closed that a timeliness column closes, but for rows with a close date, which decides."""
    undated = in_time if closed_on is None else in_time & np.isnat(closed_on)
    flags = {**results.flags, "closed": results.flags["closed"] | undated}
    return replace(results, flags=flags, supports=results.supports | {"closed"}, by_timeliness=True)


def _dated(dated: Mask, flags: Mapping[str, Mask], closed_by: str) -> Mask:
    """Return the records closed by date, or by date or word (`either`); excluded records are closed only by word."""
    by_date = dated | flags["closed"] if closed_by == "either" else dated
    found: Mask = np.where(flags["excluded"], flags["closed"], by_date)
    return found


def _tick_column_rows(columns: Mapping[str, Column[Cell]], flags: Mapping[str, Mask], vocabulary: Vocabulary, rows: Mask) -> Mask:
    """Return the rows to count as closed where one outcome is recorded in tick columns that exclude each other in every row.

    If the columns were separate facts, a settled record would be ticked as closed too.  All cells must be ticks or blanks.
    """
    names, none = [name for name in FLAG_OF if name in columns], np.zeros(len(rows), bool)
    if len(names) != len(columns) or "closed_flag" not in names or len(names) < 2:
        return none
    cells = {cell for name in names for cell in columns[name].take(rows).values if not blank(cell)}
    if any(vocabulary.flag(str(cell), "") is not True for cell in cells):
        return none
    ticked = {name: rows & flags[FLAG_OF[name]] for name in names}
    if not all(hits.any() for hits in ticked.values()) or (np.sum(list(ticked.values()), axis=0) > 1).any():
        return none
    found: Mask = np.logical_or.reduce([hits for name, hits in ticked.items() if name != "closed_flag"])
    return found


def _status_conflicts(columns: Mapping[str, Column[Cell]], closed: Mask, vocabulary: Vocabulary, rows: Mask) -> Mask:
    if not {"status", "closed_flag"} <= columns.keys():
        return np.zeros(len(rows), bool)
    sets = _states(columns["status"], vocabulary).map(lambda word: vocabulary.sets(word) if word is not None else None)
    told = sets.where(lambda one: one is not None and "excluded" not in one)
    found: Mask = rows & told & (sets.where(lambda one: one is not None and "closed" in one) != closed)
    return found


def ended_by_word(cells: Column[Cell], vocabulary: Vocabulary) -> Mask:
    """Return the rows whose close-date cell is a word of closing, such as 当场办结, instead of a day."""
    return cells.where_text(lambda text: "closed" in (vocabulary.sets(vocabulary.state(text)) or ()))


def ones_beside(several: Mask, columns: Mapping[str, Column[Cell]]) -> dict[str, Mask]:
    """Return by yes/no column the rows of several batches that hold 1 in it, which may mean yes or one of the batches."""
    return {name: several & cells.where(_one) for name, cells in columns.items() if name in FLAG_OF}


def _one(cell: Cell) -> bool:
    return not isinstance(cell, bool) and _answer_word(cell, str(cell).strip()) == "1"


def _states(cells: Column[Cell], vocabulary: Vocabulary) -> Column[str | None]:
    """Return the status word of every cell, None where it is blank."""
    return cells.map(lambda cell: None if blank(cell) else vocabulary.state(normalize.text_of(cell)))


def _in_set(states: Column[str | None], one: str, vocabulary: Vocabulary) -> Mask:
    """Return the rows that have a word of a status set."""
    return states.where(lambda word: word is not None and one in (vocabulary.sets(word) or ()))


def _known(word: str, vocabulary: Vocabulary) -> bool:
    """True if a word is in a table, or means no value."""
    return vocabulary.sets(word) is not None or word in EMPTY


def _by_flag(cells: Column[Cell], of: str, vocabulary: Vocabulary, rows: Mask) -> tuple[Mask, Column[str | None], dict[str, int]]:
    """Return the rows with yes, the unknown words, and the known words with counts; blanks and unknown words are no.

    Crosses that stand alone, among blanks, may be ticks or say no: they are unknown until a profile or an option places them.
    """
    words = cells.map(lambda cell: None if blank(cell) else _answer_word(cell, vocabulary.state(normalize.text_of(cell))))
    counts = words.counts(rows)
    marks = counts.keys() - {None}
    answers = {word: vocabulary.flag(word, of) for word in words.values if word is not None}
    if marks <= CROSSES and None in counts:
        sets = {word: vocabulary.sets(word) for word in answers}
        answers = {word: None if told is None else of in told for word, told in sets.items()}
    known = {word: count for word, count in counts.items() if word is not None and answers[word] is not None}
    unknown = words.map(lambda word: word if word is not None and answers[word] is None else None)
    return words.where(lambda word: word is not None and answers[word] is True), unknown, known


def _answer_word(cell: Cell, word: str | None) -> str | None:
    """Return True and 1.0, which spreadsheets store for a ticked cell, as 1, likewise other whole numbers; else the word."""
    return str(int(cell)) if isinstance(cell, bool | float) and float(cell).is_integer() else word
