"""Fields of columns whose header is unknown, inferred from their values and words in the header; the type of a column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date, time
from enum import StrEnum

from xfstats.config import leaders, normalize
from xfstats.config.closing_headers import Closing
from xfstats.config.normalize import blank
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import pattern
from xfstats.model import Cell
from xfstats.row_reasons import RowReason
from xfstats.schema.answer_columns import answered_field, yes_or_no
from xfstats.schema.dates import BLANK, DateReader
from xfstats.schema.header import JOIN, OF_RECORDS, Header, taken_back
from xfstats.schema.numbers import MOST_ADDED, amount

BY_VALUES = 90
"""The rank of a column that serves a field by its values alone: below every known header."""
TO_SHOW = BY_VALUES + 1
"""The rank of a closing date that a header only hints at: the values must show that the days are closing dates."""
MOST = 10
"""Nearly every record is MOST - 1 in MOST, nine in ten."""
DATES = {
    None if field == "none" else field: pattern("date_header", field) for field in ("due_on", "none", "closed_on", "received_on")
}
"""The field of a date column by a word in its header: the first pattern that matches; None is a date of no field."""
COUNTS = pattern("value_header", "counts_records")
"""Headers of columns that count records: each row is a sum of them."""
PIVOT = pattern("value_header", "pivot")
"""Headers that a spreadsheet program gives to a pivot table."""
HEADS = pattern("value_header", "counts_persons")
"""Headers of columns that count persons."""
OTHER_HEADS = pattern("value_header", "counts_other_persons")
"""Headers of columns that count other persons than those who came on one visit."""
IN_HEADS = pattern("value_header", "unit_of_persons")
REPEATED = pattern("value_header", "repeat")
"""Headers that ask whether a matter was brought before."""
ENDING = pattern("value_header", "status")
"""Headers of columns of status words."""
KINDS = pattern("value_header", "kind")
"""Endings of headers that say of what kind a matter is."""
STATED = pattern("value_header", "status_ending")
"""Endings of such headers: under them half of the words must be known status words, under others nine in ten."""


def by_values(
    name: str | None, values: Sequence[Cell], looks: ColumnType, vocabulary: Vocabulary, dates: DateReader
) -> tuple[tuple[str, int], ...]:
    """Return the field of a column and its rank: levels by their words; dates, persons, answers, states by the header too."""
    if looks is ColumnType.LEVELS:
        return (("level", BY_VALUES),)
    if name is None:
        return (("status", BY_VALUES),) if states(values, vocabulary, tenths=9) else ()
    text = normalize.header(name.split(JOIN)[-1])
    if HEADS.search(text) and not OTHER_HEADS.search(name):
        return (("persons", BY_VALUES),) if column_type(values, vocabulary, dates) is ColumnType.NUMBERS else ()
    if answered := answered_field(text, values, vocabulary):
        return ((answered, BY_VALUES),)
    if ENDING.search(name.lower()) and states(values, vocabulary, tenths=5 if STATED.search(text) else 9):
        return (("status", BY_VALUES),)
    if numbers_cases(text, values, vocabulary):
        return (("case_no", BY_VALUES),)
    if REPEATED.search(text) and yes_or_no(values, vocabulary, vocabulary.answers["repeat"].keys()):
        return (("repeat", BY_VALUES),)
    if KINDS.search(text) and repeating(values, vocabulary, dates):
        return (("category", BY_VALUES),)
    place = _hinted_day(name, text, vocabulary)
    return (place,) if place and column_type(values, vocabulary, dates) is ColumnType.DATES else ()


def _hinted_day(name: str, text: str, vocabulary: Vocabulary) -> tuple[str, int] | None:
    """Return the date field that a header hints at and its rank, `TO_SHOW` for a closing date that the values must confirm."""
    hinted = next((field for field, hint in DATES.items() if hint.search(name.lower())), "")
    if hinted in {None, "due_on"} or taken_back(name, vocabulary):
        return (hinted, BY_VALUES) if hinted == "due_on" else None
    said = vocabulary.headers.compounds.closes(text)
    if said is None and hinted == "closed_on":
        said = vocabulary.headers.compounds.closes(normalize.header(name))
    if said is Closing.UNRELATED:
        return None
    if said is None:
        return (hinted, TO_SHOW if hinted == "closed_on" else BY_VALUES) if hinted else None
    return ("due_on", BY_VALUES) if said is Closing.DUE else ("closed_on", BY_VALUES if said is Closing.ENDED else TO_SHOW)


def ended_then(days: Sequence[Cell], states: Sequence[Cell], vocabulary: Vocabulary, dates: DateReader) -> bool:
    """True if the days of a column may be closing dates, by the days themselves and the states in the same rows.

    At most half are after the as-of day, and fewer than half of the open records have one; without a column of known states
    more than one row in ten has none.
    """
    read = [None if blank(cell) else dates.read(cell) for cell in days]
    filled = [isinstance(day, date) or day == RowReason.DATE_AMBIGUOUS for day in read]
    if 2 * sum(1 for day in read if isinstance(day, date) and day > dates.as_of) > sum(filled):
        return False
    sets = [None if blank(cell) else vocabulary.sets(vocabulary.state(normalize.text_of(cell))) for cell in states]
    unended = [day for day, one in zip(filled, sets, strict=False) if one is not None and not one & {"closed", "excluded"}]
    if unended:
        return 2 * sum(unended) < len(unended)
    return any(one is not None for one in sets) or MOST * sum(filled) < (MOST - 1) * len(filled)


def stateless(values: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """True if no cell is a known status word."""
    return all(vocabulary.sets(vocabulary.state(str(cell))) is None for cell in set(values) if not blank(cell))


def states(values: Sequence[Cell], vocabulary: Vocabulary, tenths: int) -> bool:
    """True if at least `tenths` in ten of the filled cells are known status words, one of them of a closed record."""
    words = [vocabulary.state(str(cell)) for cell in values if not blank(cell)]
    known = [sets for word in words if (sets := vocabulary.sets(word)) is not None]
    return 10 * len(known) >= tenths * len(words) > 0 and any("closed" in sets for sets in known)


def counts_heads(name: str | None, values: Sequence[Cell], vocabulary: Vocabulary, dates: DateReader) -> bool:
    """True if a column about persons holds their number: numbers under a header with persons as its unit."""
    return bool(name and IN_HEADS.search(name)) and column_type(values, vocabulary, dates) is ColumnType.NUMBERS


def unnamed(values: Sequence[Cell], vocabulary: Vocabulary, dates: DateReader) -> ColumnType:
    """Return the type of a column without a known header where two cells are levels; else `words`."""
    known = sum(1 for cell in values if _is_level(cell, vocabulary))
    return column_type(values, vocabulary, dates) if known >= 2 else ColumnType.WORDS


def _is_level(cell: Cell, vocabulary: Vocabulary) -> bool:
    """True if a cell is a word of a level, or a class of leaders: 市级, 县市区党政一把手."""
    return isinstance(cell, str) and (vocabulary.level(cell) in vocabulary.levels or leaders.place(cell) is not None)


def may_be_day(name: str | None, vocabulary: Vocabulary) -> bool:
    """True if a header of a flag may be that of a day as well, as Resolved may: where its column is blank, it tells nothing."""
    return any(field == "closed_on" for field, _ in vocabulary.headers.fields(f"{normalize.header(name or '')}date"))


def few(values: Sequence[Cell]) -> bool:
    """True if a column may hold channels: at most ten different labels, or thirty that stand in five rows each on average."""
    filled = [normalize.word(normalize.text_of(cell)) for cell in values if not blank(cell)]
    differing = len(set(filled))
    return differing <= _FEW or (differing <= 3 * _FEW and _REPEATED * differing <= len(filled))


def repeating(values: Sequence[Cell], vocabulary: Vocabulary, dates: DateReader) -> bool:
    """True if a column holds few words, two at least, each of which stands in two rows on average."""
    filled = [normalize.word(normalize.text_of(cell)) for cell in values if not blank(cell)]
    differing = len(set(filled))
    told = differing > 1 and few(values) and 2 * differing <= len(filled)
    return told and column_type(values, vocabulary, dates) is ColumnType.WORDS


def numbers_cases(name: str, values: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """True if a column holds codes such as INC0012345 under the name of what they number: Task, Change Request."""
    named = any(field == "case_no" for field, _ in vocabulary.headers.fields(f"{name}number"))
    texts = [normalize.text_of(cell) for cell in values if not blank(cell)] if named else []
    codes = sum(1 for text in texts if _CODE.fullmatch(text.strip()))
    return len(texts) > 2 and MOST * codes >= (MOST - 1) * len(values)


def grouped(header: Header, sample: Sequence[Sequence[Cell]], fields: Mapping[str, int], mapped: Container[str]) -> bool:
    """True if the rows are sums of records: a column without a field counts them, or no column shows that a row is one record.

    Batches are accepted as a column of their own; numbers of persons, or others, in rows without a date, case number or person
    are sums.
    """
    free = [column for column in range(len(header.names)) if not header.candidates[column] and column not in fields.values()]
    counting = [column for column in free if many([row[column] for row in sample if column < len(row)])]
    if any(PIVOT.search(normalize.header(part)) for name in header.names if name for part in name.split(JOIN)):
        return True
    if "case_no" not in fields and any(COUNTS.match(normalize.header(header.names[column] or "")) for column in counting):
        return True
    if OF_RECORDS & (fields.keys() | header.known) or "batches" in fields or "persons" in mapped:
        return False
    return "persons" in fields or bool(counting)


def many(values: Sequence[Cell]) -> bool:
    """True if a column holds counts: mostly whole numbers, some above 1."""
    filled = [cell for cell in values if not blank(cell) and not isinstance(cell, bool)]
    numbers = [number for cell in filled if isinstance(number := amount(cell, MOST_ADDED, 0), int)]
    return bool(numbers) and 2 * len(numbers) >= len(filled) and max(numbers) > 1


_FEW, _REPEATED = 10, 5
_CODE = re.compile(r"[A-Za-z]{0,8}[-_# ]?\d[\d-]{3,}")
_CLOCK = re.compile(r"\d{1,2}(?::\d{2}){1,2}\s*(?:am|pm)?|\d{1,2}(?:\.\d{2}){1,2}\s*(?:am|pm)")
"""A time of day as a text: 9:05, 3:53:50 pm, 3.53.50 pm; 12.30.45 may be a day."""
LONG = 12
"""Most Chinese characters of a status word; of a word in letters twice as many."""


class ColumnType(StrEnum):
    """The type of most cells of a column."""

    BLANK = "blank"
    DATES = "dates"
    TIMES = "times"
    NUMBERS = "numbers"
    FLAGS = "flags"
    LEVELS = "levels"
    STATUS = "status"
    WORDS = "words"
    TEXTS = "texts"


def column_type(cells: Sequence[Cell], vocabulary: Vocabulary, dates: DateReader) -> ColumnType:
    """Return the type of at least half of the filled cells; `texts` where nearly all differ and no word is known."""
    filled = [cell for cell in cells if not blank(cell) and not (isinstance(cell, str) and cell.strip().lower() in BLANK)]
    if not filled:
        return ColumnType.BLANK
    others = [(cell, 1) for cell in filled if not isinstance(cell, str)]
    texts = Counter(normalize.word(cell) for cell in filled if isinstance(cell, str)).items()
    words = [*texts, *others]
    tests: tuple[tuple[ColumnType, Callable[[Cell], bool]], ...] = (
        (ColumnType.TIMES, lambda cell: isinstance(cell, time) or (isinstance(cell, str) and _CLOCK.fullmatch(cell) is not None)),
        (ColumnType.FLAGS, lambda cell: isinstance(cell, bool) or str(cell) in vocabulary.yes or str(cell) in vocabulary.no),
        (ColumnType.LEVELS, lambda cell: _is_level(cell, vocabulary)),
        (ColumnType.STATUS, lambda cell: isinstance(cell, str) and vocabulary.sets(vocabulary.state(cell)) is not None),
        (ColumnType.DATES, lambda cell: isinstance(day := dates.read(cell), date) or day == RowReason.DATE_AMBIGUOUS),
        (ColumnType.NUMBERS, lambda cell: isinstance(cell, int | float) or isinstance(amount(cell), int)),
    )
    for name, test in tests:
        if _at_least_half(words, test, len(filled)):
            return name
    known = sum(count for cell, count in texts if cell in vocabulary.status or cell in vocabulary.levels)
    long = sum(count for cell, count in words if len(str(cell)) > (LONG if normalize.chinese(str(cell)) else 2 * LONG))
    differing = len(texts) + len({cell for cell, _ in others})
    if len(filled) >= 5 and 2 * differing > len(filled) and 3 * known < len(filled) and 2 * long >= len(filled):
        return ColumnType.TEXTS
    return ColumnType.WORDS


def _at_least_half(counted: Iterable[tuple[Cell, int]], test: Callable[[Cell], bool], of: int) -> bool:
    """True if at least half of the cells, given with their counts, pass a test; it is asked until that is certain."""
    passed = failed = 0
    for cell, count in counted:
        if test(cell):
            passed += count
        else:
            failed += count
        if 2 * passed >= of:
            return True
        if 2 * failed > of:
            break
    return False


def tells_time(values: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """True if a column is blank or some cell says yes, no, in time, late or a state."""
    known = vocabulary.yes | vocabulary.no | vocabulary.answers["on_time_flag"].keys()
    words = {normalize.word(normalize.text_of(cell)) for cell in values if not blank(cell)}
    return not words or not known.isdisjoint(words) or any(vocabulary.sets(vocabulary.state(word)) is not None for word in words)


LEAST_NUMBERS = 2
"""Fewest cells that show whether a column numbers rows or matters."""
_MATTER = re.compile(r"(?=.*\d)(?=.*[^\d.\s]).{3,}|\d{6,}")


def only_codes(values: Sequence[Cell]) -> bool:
    """True if all filled cells are numbers: under a header of states these are codes, and 1 does not mean yes."""
    return all(normalize.text_of(cell).strip().isdecimal() for cell in values if not blank(cell))


def names_matters(values: Sequence[Cell]) -> bool:
    """True if four in five of the filled cells are longer than numbers of rows: XF0001, 2026-017, 20260017."""
    texts = [normalize.text_of(cell).strip() for cell in values if not blank(cell)]
    return len(texts) >= LEAST_NUMBERS and 5 * sum(map(bool, map(_MATTER.fullmatch, texts))) >= 4 * len(texts)
